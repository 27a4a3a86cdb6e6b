"""An invented country's training, with the words as they are printed, in a data folder."""

from contextlib import closing
from datetime import date

from handmade import keep

from gravamen.aid.account.lines import connection, lines
from gravamen.aid.line import Line, Row
from gravamen.editions import Edition, Editions
from gravamen.law import load

COLUMNS = ("report", "country", "program", "student_unit", "quantity", "total_cost")
ROWS = (
    Row(row=2, country="XS", place="Sarvenia", vintage="2018_2019", year=2018, program="FMF",
        kind="cost", trainees=4, amount=120294, unit="Guard BN # 3", agency="Department of State"),
    Row(row=3, country="XS", place="Sarvenia", vintage="2018_2019", year=2018, program="IMET-1",
        kind="cost", trainees=1, amount=1500.5, unit="Guard BN # 3", agency="Department of State"),
    Row(row=4, country="XS", place="Sarvenia", vintage="2018_2019", year=2018, program="IMET-1",
        kind="cost", trainees=2, amount=None, unit="Army Unit", agency="Department of State"),
    Row(row=6, country="XS", place="Sarvenia", vintage="2019_2020", year=2019, program="FMF",
        kind="cost", trainees=7, amount=10, unit="Guard BN # 3", agency="Department of State"),
)  # fmt: skip
PRINTED = (
    (2, "2018_2019", "Sarvenia", "FMF, FY 18", "Guard BN # 3", "4", "$120,294"),
    (3, "2018_2019", "Sarvenia", "IMET-1, FY 18", '=HYPERLINK("http://x")', "1", "$1,500.50"),
    (4, "2018_2019", "Sarvenia", "IMET-1, FY 18", "Army\nUnit", "2", "1500 9/29/2018"),
    (6, "2019_2020", "Sarvenia", "FMF, FY 19", "Guard BN # 3", "7", "$10"),
)


def training(editions: Editions, rows: tuple[Row, ...] = ROWS, unit: str | None = None) -> Edition:
    """Take in the training of Sarvenia: rows as typed, and their words.

    Args:
        unit: who is trained in every row, as printed, where it is not that of PRINTED.
    """
    printed = [(*p[:4], unit, *p[5:]) if unit is not None else p for p in PRINTED]
    edition = keep(editions, rows, dataset="fmtr", vintage="2018_2019--2019_2020", file="t.csv")
    with closing(connection()) as con:
        columns = ", ".join(("row BIGINT", *(f'"{c}" VARCHAR' for c in COLUMNS)))
        con.execute(f"create table printed ({columns})")
        con.executemany(f"insert into printed values ({', '.join('?' * 7)})", printed)
        file = editions.path(edition) / "printed.parquet"
        con.execute(f"copy printed to '{file}' (format parquet)")
    return edition


def chosen(editions: Editions, *, on: str = "2024-01-15") -> tuple[Line, ...]:
    """All lines of Sarvenia on a day."""
    return lines(editions, load(), country="XS", years=None, on=date.fromisoformat(on))
