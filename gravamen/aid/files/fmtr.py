"""FMTR: the yearly Foreign Military Training Reports as one table, a row for each course.

"Foreign Military Training and DoD Engagement Activities of Interest", section IV, as its reports
of fiscal years 1999-2000 to 2020-2021 print it. The year in the name of a program counts: report
2018_2019 prints fiscal year 2018.
"""

import re
from collections.abc import Mapping

from gravamen.aid import countries
from gravamen.aid.files.dataset import Dataset
from gravamen.aid.files.printed import Printed
from gravamen.law import Law
from gravamen.values import GravamenError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "report": ("Report", "report_year", "source_report"),
    "file": ("File", "source_file"),
    "country": ("Country", "country_name"),
    "program": ("Program", "program_name", "training_program"),
    "course_title": ("Course Title", "course", "title"),
    "us_unit": ("US Unit", "U.S. Unit"),
    "student_unit": ("Student Unit", "students_unit", "Student's Unit"),
    "start_date": ("Start Date", "start"),
    "end_date": ("End Date", "end"),
    "location": ("Location", "Training Location"),
    "quantity": ("Quantity", "Qty", "students"),
    "total_cost": ("Total Cost", "cost"),
    "page_number": ("Page Number", "page"),
    "is_total": ("Is Total", "total"),
}
NEEDED = frozenset({"report", "country", "program", "quantity", "total_cost", "is_total"})
AGENCIES: Mapping[str, str] = {
    "DoS": "Department of State",
    "DoD": "Department of Defense",
    "DOHS": "Department of Homeland Security",
}
LACKED = ("2006_2007",)  # reports that the table as published does not hold
PIVOT = 50  # "FY 50" to "FY 99" are of the 20th century

_FY = r"(?:FY|Fiscal Year) *(?P<year>\d{4}|\d\d)?"
# "CTFP - Fiscal Year 2018 Department of Defense Training", "IMET-1 - FY 2008 DoS Training"
_LATE = re.compile(rf"(?P<name>.+?) - {_FY} (?P<agency>.+) Training")
# "DOS Africa Region, Benin,  Section 1004 (Note 1), FY 01": region, place, two blanks, name. The
# agency in front is printed in some rows only, and one report prints DoS in front of all.
_EARLY = re.compile(
    r"(?:[A-Z][A-Za-z ]+ Region, .+?,  )?"
    rf"(?P<name>.+?),? *(?<=[, ]){_FY}(?: FY *(?P=year))?"
)
_NOTE = re.compile(r" *\(Note \d+\)")
_SPLIT = re.compile(r"Republic [Oo]f, +")  # the end of a place, printed before the program
_NONE = re.compile(r"No activities reported for .+ in \d{4}-\d{4}")

_ROWS = """
create table rows as select
    p.row, c.value as country, p.country as place, trim(p.report) as vintage,
    m.year, m.program, m.agency, 'cost' as kind, 'USD' as currency,
    number(p.total_cost) as amount, whole(p.quantity) as trainees,
    nullif(p.student_unit, '') as unit, 'US' as donor,
    nullif(p.course_title, '') as activity, nullif(p.start_date, '') as start,
    nullif(p.end_date, '') as "end", nullif(p.page_number, '') as page,
    trim(p.is_total) = '1' as total,
    nullif(concat_ws('; ', unread(p.quantity, whole(p.quantity), 'quantity'),
    unread(p.total_cost, number(p.total_cost), 'cost')), '') as fault
from printed p
    join m_country c on c.printed = p.country
    join m_program m on m.printed = p.program
"""


def typed(printed: Printed) -> None:
    """Make the table `rows` of the training reports.

    A cell of quantity or cost that is no number ("1 Garmisch,", "1500 9/29/2009"), and a quantity
    that is no count of persons (-3, 1.5), give no figure,
    and `fault` holds its words: such cells are damage of the table, and what a report prints as
    total shows what they hide.

    Raises:
        AidError: a country, program, report or mark of a total that cannot be read.
    """
    con, law = printed.con, printed.law
    printed.mapped(
        "country",
        countries.code,
        what="a country or region that we know",
        remedy="If it is one, enter it in gravamen/aid/data/countries.yaml.",
    )
    printed.mapped(
        "program",
        lambda words: program(words, law),
        what="a program that the law data know",
        remedy="Enter it, or this spelling of it, in gravamen/law/programs.yaml.",
        into={"program": "VARCHAR", "year": "INTEGER", "agency": "VARCHAR"},
    )
    printed.refuse(
        r"select row, 'report', report from printed "
        r"where not regexp_full_match(trim(report), '\d{4}_\d{4}')",
        "a report, as 2018_2019",
    )
    printed.refuse(
        "select row, 'is_total', is_total from printed where trim(is_total) not in ('0', '1')",
        "0 or 1",
    )
    con.execute(
        "create or replace macro whole(x) as case when number(x) = trunc(number(x)) "
        "and number(x) >= 0 then try_cast(number(x) as bigint) end;"
        "create or replace macro unread(x, value, what) as case when value is null and "
        "trim(x, ' $') not in ('', 'N/A') then what || if(number(x) is null, ' is no number: ', "
        "' is no count of persons: ') || trim(x) end"
    )
    con.execute(_ROWS)


def program(words: str, law: Law) -> tuple[str | None, int | None, str | None] | None:
    """The code, the fiscal year and the agency of a program as a report prints it.

    The year is None where the report prints none, the agency where neither it nor the law data
    name one; a statement that nothing was reported has none of the three.

    Raises:
        GravamenError: the law data know no such program; it names what is near.
    """
    plain = words.strip()
    if _NONE.fullmatch(plain):
        return None, None, None
    parts = _LATE.fullmatch(plain) or _EARLY.fullmatch(plain)
    if not parts:
        return None
    name = " ".join(_SPLIT.sub("", _NOTE.sub("", parts["name"])).split())
    found = law.program_of(name)
    if not found:
        near = ", ".join(repr(n) for n in law.programs_near(name))
        raise GravamenError(f"the name in it is {name!r}; near it: {near or 'none'}")
    known, code = found
    agency = parts.groupdict().get("agency")
    return code, _year(parts["year"]), AGENCIES.get(agency, agency) if agency else known.agency


def _year(digits: str | None) -> int | None:
    if not digits:
        return None
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def reports(printed: Printed) -> str:
    """The vintage of a file whose name tells none: the first and the last report in it."""
    found = printed.con.execute(
        "select min(trim(report)), max(trim(report)) from printed"
    ).fetchone()
    first, last = found or ("", "")
    return str(first) if first == last else f"{first}--{last}"


DATASET = Dataset(
    name="fmtr",
    title="Foreign Military Training Reports",
    columns=COLUMNS,
    needed=NEEDED,
    typed=typed,
    vintage=reports,
)
