"""Clauses: where a statement of fact begins and ends in a body's own text, and what is none."""

import re

# Where a motion stops stating and begins to act.
OPERATIVE = re.compile(
    r"\bTHEREFORE\b|\bRESOLVED\b|\bBe [Ii]t (?:[Ff]urther )?[Rr]esolved\b|\bresolves to\b"
    r"|\b(?:we|I|WE),? (?:(?:THEREFORE|therefore),? )?(?:move|MOVE)\b|\bpropose that the Assembly\b"
    r"|^[ \t]*\(?[0-9a-z]{1,2}[.)][ \t]+(?:[Cc]alls|[Uu]rges|[Cc]ondemns|[Ii]nvites|[Rr]equests"
    r"|[Ii]nstructs|[Rr]eiterates|[Dd]eplores) ",
    re.MULTILINE,
)
# Where a clause that tells an act ends: a strong mark, or a comma before what only adds to it. A
# comma in a date or a list is none.
CLAUSE_ENDS = re.compile(
    r"[;:](?=\s|$)|\s[-–—]\s|\n\s*\n"
    r"|,(?=\s+(?:and|but|while|whereas|which|who|whom|where|when|including|according|as|after|before"
    r"|because|so|although|though|following|despite|thereby|\w+ing|\w+ed to)\b)"
)
CLAUSE_BEGINS = re.compile(
    r"[;:,]\s|\s[-–—]\s|\b(?:that|which|who|whom|where|when|while|because|after|before|although"
    r"|WHEREAS|[Ww]hereas)\b,?\s|\n\s*\n|[”\"’]\s"
)
JOINS = re.compile(r"\s*(?:,\s*)?\b(?:and|or|but|while)\b|,")
# Words that turn a statement round or weaken it: a quotation keeps them.
TURNING = re.compile(
    r"\b(?:no|not|never|none|nobody|no one|nor|neither|without|cannot|hardly|den(?:y|ies|ied|ying)"
    r"|reject\w*|refut\w*|disput\w*|alleged(?:ly)?|reportedly|claim(?:s|ed)?|if|unless|would|could"
    r"|may|might|suspected|rumou?red)\b|n[’']t\b",
    re.IGNORECASE,
)
# What a paper says of itself and its sender, and rows of a table: nobody's statement of fact.
_FORMAL = re.compile(
    r"(?:Dear|Excellency|We|I|Our|My|Please|Sincerely|Respectfully|Yours|Adopted|ADOPTED|PASSED"
    r"|Passed|Signed|Attest|ATTEST|(?:RE|Re|SUBJECT|Subject|FROM|From|TO|To|CC|Cc|DATE|Date):"
    r"|[Tt]hat (?:a )?cop(?:y|ies)|(?:[Tt]hat )?[Tt]he (?:City |County |Town )?Clerk)(?!\w)"
    r"|[^\n|]*\|[^\n|]*\|"
)
_TELLS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|did|does|do|will|would|can|could|may|must"
    r"|[a-z]{2,}ed|[a-z]{3,}s|[a-z]+en|made|took|fled|held|said|led|fell|told|began|came|went)\b"
)


def is_statement(words: str) -> bool:
    """Whether a sentence states something of the world, as far as its form tells."""
    return not _FORMAL.match(words.lstrip(" \t-–•*")) and _TELLS.search(words) is not None


def unended(words: str) -> str:
    """Some words without the marks and joining words that end their clause there."""
    kept = ""
    while kept != words:
        kept, words = words, words.rstrip(" \t\r\n\u00a0,;:.")
        for joining in (" and", " or", " but", " while"):
            words = words.removesuffix(joining)
    return kept


def stands_in(name: str, words: str) -> bool:
    """Whether a name stands in some words as a whole."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def nearest(text: str, words: str, at: int, low: int, high: int) -> int | None:
    """The offset of the occurrence of some words nearest to a place, within a sentence."""
    places: list[int] = []
    found = text.find(words, low, high)
    while found >= 0:
        places.append(found)
        found = text.find(words, found + 1, high)
    return min(places, key=lambda p: abs(p - at)) if places else None
