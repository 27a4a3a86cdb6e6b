"""IATI: activity files of the International Aid Transparency Initiative, made into rows.

One row for each transaction and budget, and for each country or region that has a share in it; its
number is the line of the XML on which that transaction begins. The file is read activity by
activity; nothing outside it is opened, and a document type is refused.

What the standard leaves open is read so:
- the country is that of the transaction, else those of the activity, each with its percentage; a
  region without one, beside countries that take all, only says where they lie;
- a budget belongs to the year in which its period begins; one that a revised budget of the same
  period replaces has no amount, so that no money counts twice;
- the donor is the state whose government reports it, by the prefix of its identifier; of incoming
  money, the state of the provider.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from gravamen.aid.files.dataset import AidError, Dataset
from gravamen.aid.files.iati.activity import COLUMNS, rows
from gravamen.aid.files.iati.codes import codes
from gravamen.aid.files.printed import Printed

ROOT, ACTIVITY = "iati-activities", "iati-activity"
_BLOCK_BYTES = 1 << 16
_ROWS = """
create table rows as select
    row, recipient as country, place, ? as vintage, cast(year as integer) as year,
    'calendar-year' as period, nullif(reporting, '') as agency, nullif(sector, '') as purpose,
    nullif(objective, '') as objective, kind, currency,
    cast(nullif(amount, '') as decimal(24, 6)) as amount, nullif(goes_to, '') as recipient,
    nullif(donor, '') as donor, cast(nullif(humanitarian, '') as boolean) as humanitarian,
    cast(nullif(share, '') as decimal(9, 6)) as share, nullif(title, '') as activity,
    nullif(start, '') as start, nullif("end", '') as "end", nullif(fault, '') as fault
from printed
"""


def root(file: Path, name: str) -> tuple[str, dict[str, str]] | None:
    """Return the name and the attributes of the outermost element; None where the file is no XML.

    Args:
        name: of the file as it came, for errors.

    Raises:
        AidError: it declares a document type, which can make a file open others or swell.
    """
    seen: list[tuple[str, dict[str, str]]] = []

    def doctype(told: str, *_: object) -> None:
        raise AidError(
            f"{name}: line {parser.CurrentLineNumber}: It declares a document type "
            f"({told!r}). An IATI file needs none, and one can make a program open other files; "
            "remove the declaration."
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda *element: seen.append(element)
    try:
        with file.open("rb") as read:
            while not seen and (block := read.read(_BLOCK_BYTES)):
                parser.Parse(block)
    except expat.ExpatError:
        return seen[0] if seen else None
    return seen[0] if seen else None


def generated(file: Path) -> str | None:
    """Return the day on which the file says it was made, as "2025-04-01"; None where it does not.

    The vintage of an edition where the person who takes it in gives none.
    """
    found = root(file, file.name)
    return found[1].get("generated-datetime", "")[:10] or None if found else None


def flatten(source: Path, target: Path, name: str) -> None:
    """Write the transactions and budgets of an activity file as a CSV with our columns.

    Args:
        name: of the file as it came, for errors.

    Raises:
        AidError: it is no IATI activity file of a version that we read, is cut short, or holds a
            code, currency, date or number that is none; it names the line.
    """
    _admit(source, name)
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, COLUMNS)
        table.writeheader()
        for activity in _activities(source, name):
            table.writerows(rows(activity, name))


def typed(printed: Printed) -> None:
    """Make the table `rows` of what `flatten` wrote; all of it was read there."""
    printed.con.execute(_ROWS, [printed.vintage])


def _admit(source: Path, file: str) -> None:
    """Refuse what is no activity file of a version that we read."""
    found = root(source, file)
    name, attributes = found if found else ("", {})
    if name == "iati-organisations":
        raise AidError(
            f"{file}: This is an IATI organisation file; it holds no activities. Import "
            "the publisher's activity file."
        )
    if name != ROOT:
        raise AidError(
            f"{file}: This is no IATI activity file: it begins with {name!r}, not {ROOT!r}."
        )
    version = attributes.get("version")
    if version not in codes().versions:
        raise AidError(
            f"{file}: IATI version {version!r} is not read; {', '.join(codes().versions)} "
            "are. Ask the publisher for a file of one of these, or convert it."
        )


def _activities(source: Path, file: str) -> Iterator[etree._Element]:
    """Each activity in turn; what was read is let go."""
    seen: dict[str, int] = {}
    with source.open("rb") as stream:
        reader = etree.iterparse(
            stream, events=("end",), tag=ACTIVITY, resolve_entities=False, no_network=True,
            load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for _, activity in reader:
                _once(activity, seen, file)
                yield activity
                _let_go(activity, file)
        except etree.XMLSyntaxError as error:
            raise AidError(
                f"{file}: line {error.lineno}: {error.msg}. The file is cut short or is no "
                "XML; fetch it again."
            ) from None
        for element in reader.root if reader.root is not None else ():
            _known_here(element, file)


def _once(activity: etree._Element, seen: dict[str, int], file: str) -> None:
    """Refuse an activity whose identifier stands further up as well."""
    name = (activity.findtext("iati-identifier") or "").strip()
    line = int(str(activity.sourceline))
    if name and seen.setdefault(name, line) != line:
        raise AidError(
            f"{file}: line {line}: The activity {name!r} stands there a second time, after "
            f"line {seen[name]}; its money would count twice. Remove one."
        )


def _let_go(activity: etree._Element, file: str) -> None:
    activity.clear()
    above = activity.getparent()
    if above is None:
        return
    while (before := activity.getprevious()) is not None:
        _known_here(before, file)
        above.remove(before)


def _known_here(element: etree._Element, file: str) -> None:
    if element.tag != ACTIVITY and not str(element.tag).startswith("{"):
        raise AidError(
            f"{file}: line {element.sourceline}: {element.tag!r} is no element of an IATI "
            f"activity file, in which {ACTIVITY!r} is expected."
        )


DATASET = Dataset(
    name="iati",
    title="IATI activities",
    columns={word: (word,) for word in COLUMNS if word != "row"},
    needed=frozenset(COLUMNS) - {"row"},
    typed=typed,
    flatten=flatten,
)
