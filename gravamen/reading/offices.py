"""Offices: the office of the law data that some words name."""

import re

from gravamen.law.authority import Law
from gravamen.law.office import Office


def office_named(words: str, law: Law) -> Office | None:
    """Return the office that words name ("the [US] President"), None where the law has none."""
    wanted = bare(words)
    for office in law.offices.values():
        if any(bare(name) == wanted for name in (office.title, *office.names)):
            return office
    return None


def bare(words: str) -> str:
    """A name without article, brackets, country and case, so that its forms meet."""
    text = re.sub(r"\[[^\]]*\]", " ", words.casefold())
    text = re.sub(r"\b(?:the|of|united states|u\.s\.|us|u\.s)(?![\w])", " ", text)
    return " ".join(re.findall(r"[^\W_]+", text))
