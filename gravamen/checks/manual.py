"""The manual page of the checks: made from their ids, severities, docstrings and remedies."""

from collections.abc import Iterable

from gravamen.checks.flag import Check

_HEAD = """# Checks

Made from the checks themselves by `gravamen.checks.manual_text`; a test holds the two together. \
`gravamen check CASE` asks all of them and prints every flag in one run, each with its place and \
a remedy, often a more exact one than here.

**blocks**: nothing goes out while it stands. **draft**: every page says DRAFT. **warning**: read \
it and decide. **note**: good to know. The last column says what is asked: the *case* itself with \
the body's own text, the drafted *instruments*, their *rounds* of signatures, or a *dispatch* \
that is about to go.

The words behind `contested-name` and `loaded-words` lie in `gravamen/reading/data/rivals.yaml` \
and `loaded.yaml`. No rival name is the right one; all names of a group are flagged alike. Labels \
(`unattributed-characterisation`) are those of the reader, `characterisations.yaml`: a status or a \
conclusion in law blocks, a mere slant is a warning. Protected names (`protected-name`) are looked \
for whole, reversed and by surname, without regard to case, accents, unseen characters or script \
(Cyrillic, Greek, Armenian, Georgian letters are compared as Latin ones); a nickname is not found.

Consent (`consent-missing`, `consent-scope`) is asked for the words of protected parties, of \
persons who stand as victims or witnesses, and for all else that an unpublished source of theirs \
holds. A source counts as published where it has a publisher or an address. A document counts as \
open to anybody where it bears no marking about who may read it, but for the letters of a society \
or a person. `witness-identifiable` counts what a person was, the unit, birth, birthplace, and, of \
what they saw themselves, the day and the place; three of these together are told, fewer fit many \
people.

Some block in a dossier though they only warn elsewhere: `adverse-section-empty`, \
`argument-missing`, `consent-missing`. Checks of dossiers look at the laws over persons of the \
state that is asked: those that the dossier cites, else all. What the record lacks under them \
(`element-unsupported`) is told of the case where a request names the same party and law, and of \
the dossier otherwise.
"""


def manual_text(checks: Iterable[Check]) -> str:
    """Return the manual page, as Markdown: a line for each check, in the order they are asked."""
    lines = [
        _HEAD,
        "| id | severity | what it finds | what to do | asked of |",
        "|---|---|---|---|---|",
        *(
            f"| `{c.id}` | {c.severity} | {c.says} | {c.remedy} | {', '.join(c.of)} |"
            for c in checks
        ),
    ]
    return "\n".join(lines) + "\n"
