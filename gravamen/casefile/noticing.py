"""Noticing: what a written case may say and seldom means to, each thing with its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from gravamen.casefile.written import Item, Mistakes, Node
from gravamen.claims import Allegation
from gravamen.parties import Party
from gravamen.sources.source import Text

Values = Mapping[str, Sequence[tuple[Item, Any]]]
_WORD = re.compile(r"\w[\w'\N{RIGHT SINGLE QUOTATION MARK}-]*")
# Words that begin no name, or only one ("The Hague") that a notice may ask about in vain.
_NO_NAMES = re.compile(
    r"(?:a|after|all|an|as|at|before|by|during|each|every|for|from|he|her|his|in|its?|many|no|on|one"
    r"|people|several|she|since|some|that|the|their|there|these|they|this|those|under|until|we|when"
    r"|where|while|who|with)\Z"
)
_SHORTENED = re.compile(r"(?:\b\w\.(?:\w\.)*|\b(?:Co|Corp|Inc|Jr|Ltd|No|Sr|St)\.)\Z")
# Lists of names, in which a comma may part one in two.
_LISTS = ("recipients", "partners", "contact")


class _Noted(NamedTuple):
    """The key at which something is noted, and a sentence."""

    key: str
    message: str


def notice(root: Node, values: Values, texts: Mapping[str, Text], notes: Mistakes) -> None:
    """Note what a person wrote and seldom means; what a machine proposed is for a person to
    judge."""
    named = {w for _, p in values["parties"] for n in p.names for w in _WORD.findall(n.text)}
    for item, allegation in values["allegations"]:
        if item.actor is None:
            for noted in _of_allegation(allegation, named, texts):
                notes.add(item.line(noted.key), noted.message)
    for item, party in values["parties"]:
        if item.actor is None:
            for noted in _of_party(party):
                notes.add(item.line(noted.key), noted.message)
    for item, consent in values["consents"]:
        _split(item.node, f"the consent {consent.id}", notes)
    if about := _under(root, "requester", "about"):
        _split(about, "the requester", notes)


def _of_allegation(
    allegation: Allegation, named: set[str], texts: Mapping[str, Text]
) -> Iterator[_Noted]:
    id, text = allegation.id, allegation.text.strip()
    if allegation.kind == "act" and allegation.date is None:
        yield _Noted(
            "id",
            f"The act {id} has no date, so that no post and no command can cover it; write its "
            "date as far as a source gives it (2023, 2023-02, 2023-02-09).",
        )
    wrong = []
    if _begins_no_name(text, named, texts):
        wrong.append("begins with a capital that begins no name")
    if text.endswith(".") and not _SHORTENED.search(text):
        wrong.append("ends with a full stop")
    if wrong:
        yield _Noted(
            "text",
            f"The text of {id} {' and '.join(wrong)}, and it is printed after the word “that”; "
            "write it as it goes on there.",
        )


def _begins_no_name(text: str, named: set[str], texts: Mapping[str, Text]) -> bool:
    """Whether a text begins with a capital letter as a sentence does.

    A word is no name that joins others, or that the sources have in small letters; not so where a
    second capital follows.
    """
    first, *more = [*_WORD.findall(text)[:2], ""]
    small = first.lower()
    if not first[:1].isupper() or first[1:] != first[1:].lower() or first in named:
        return False
    if _NO_NAMES.match(small):
        return True
    as_word = re.compile(rf"\b{re.escape(small)}\b")
    return not more[0][:1].isupper() and any(as_word.search(t.text) for t in texts.values())


def _of_party(party: Party) -> Iterator[_Noted]:
    if party.protected and not party.pseudonym:
        yield _Noted(
            "protected",
            f"{party.id} is protected and has no pseudonym, and is printed as “{party.name}” like "
            "any other without one; write one, such as Witness A.",
        )
    if party.pseudonym and not party.protected:
        yield _Noted(
            "pseudonym",
            f"{party.id} has a pseudonym and is not protected: the name is printed and the "
            "pseudonym is not; write protected: true where the name must not be seen.",
        )


def _under(node: Node, *path: str) -> Node | None:
    """What lies under a path of keys; None where nothing does."""
    inner: Node | None = node
    for key in path:
        inner = inner.value.get(key) if inner and isinstance(inner.value, dict) else None
    return inner


def _split(node: Node, named: str, notes: Mistakes) -> None:
    """Note items of a list that begin with "and", as where a comma parted a name in two."""
    for key in _LISTS:
        listed = _under(node, key)
        for item in listed.value if listed and isinstance(listed.value, list) else ():
            if isinstance(item.value, str) and item.value.startswith("and "):
                notes.add(
                    item.line,
                    f"An item of {key!r} of {named} begins with {item.value[:30]!r}: in [ ] each "
                    "comma parts two items. Where it is the end of the one before, write each item "
                    "on a line of its own, with a - before it.",
                )
