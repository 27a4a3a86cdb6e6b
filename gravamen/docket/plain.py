"""Plain: words of a case without the characters that other formats cannot hold."""

import re

_REST = r"\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"  # controls, half pairs, no characters
_NEVER = re.compile(rf"[\x00-\x09{_REST}]")
_NOT_IN_A_LINE = re.compile(rf"[\x00-\x0a{_REST}]")


def plain(text: str, *, lines: bool = False) -> str:
    """Return a text with a space for each control character and half of a pair.

    Args:
        lines: whether its line breaks stay.
    """
    return (_NEVER if lines else _NOT_IN_A_LINE).sub(" ", text)
