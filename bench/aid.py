"""Assistance: import and query of one large file, beside the plainest readings of the same bytes.

    python bench/aid.py [MEGABYTES | FILE] [COUNTRY] [PATTERN]

Without a file, one in the shape of ForeignAssistance.gov's complete transaction file is made
(bench/peers/aid_made.py, 300 MB). Every program runs in a process of its own, one after the other;
printed are wall seconds and the most memory that the process held, its start included. Beside our
import stand the plainest readings of the file: `wc -l`, Python's csv module, DuckDB. Beside our
question for one country, DuckDB doing the same sums on the file itself and on its own Parquet.
COUNTRY is as `aid show` takes it, PATTERN what the country's cell holds in the file. A ratio is how
many times as long we take as that program. The aim for memory is 500 MB, at any size.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
GRAVAMEN = str(Path(PYTHON).with_name("gravamen"))
MEGABYTES, AIM_MB, ROUNDS = 300, 500, 3

CSV_MODULE = """
import csv, lzma, sys
csv.field_size_limit(sys.maxsize)
opened = lzma.open if sys.argv[1].endswith(".xz") else open
with opened(sys.argv[1], "rt", encoding="utf-8-sig", newline="") as file:
    print(sum(1 for _ in csv.reader(file)) - 1)
"""
DUCKDB = "import duckdb, sys; duckdb.sql('set threads = 2; ' + sys.argv[1])"
SUMS = {
    "Country Code": (
        'select "Managing Agency Name", "Funding Account Name",'
        ' "Foreign Assistance Objective Name", "Transaction Type Name", "Fiscal Year",'
        ' count(*), sum("Current Dollar Amount"::bigint)'
        " from {table} where \"Country Code\" = '{country}' group by all"
    ),
    "country": (
        "select report, program, count(*), sum(try_cast(replace(replace(total_cost, ',', ''),"
        " '$', '') as bigint)) from {table} where country = '{country}' and is_total = '0'"
        " group by all"
    ),
}


class Took(NamedTuple):
    """What one program took: its name, wall seconds, the most memory in MB."""

    name: str
    seconds: float
    mb: float

    def line(self, ours: "Took | None" = None) -> str:
        """One line of the table; with ours, how many times as long we take."""
        ratio = "" if ours is None else f"   ours: {ours.seconds / self.seconds:6.1f} x"
        return f"  {self.name:<40}{self.seconds:8.2f} s {self.mb:7.0f} MB{ratio}"


def main(what: str = str(MEGABYTES), country: str = "AZ", pattern: str = "AZE") -> None:
    """Make or take the file, measure, print."""
    with tempfile.TemporaryDirectory(prefix="bench-aid-") as folder:
        file = Path(what) if not what.isdigit() else made(Path(folder), int(what))
        print(f"{file.name}: {file.stat().st_size / 1e6:,.0f} MB")
        data = Path(folder) / "data"
        ours = took("gravamen aid import", [GRAVAMEN, *importing(file, data)])
        print("\nReading the whole file")
        tell(ours, reads(file))
        print(f"\nWhat went to one country, by program, year and kind ({country})")
        asked = [GRAVAMEN, "aid", "show", "--country", country, "--years", "1946..2030", "--json"]
        query = best("gravamen aid show --json", [*asked, "--data", str(data)])
        tell(query, queries(file, Path(folder), pattern))
        kept = sum(f.stat().st_size for f in data.rglob("*.parquet"))
        print(f"\nThe edition holds {kept / 1e6:,.0f} MB on disk.")
        most = max(ours.mb, query.mb)
        print(f"Most memory: {most:,.0f} MB; the aim is {AIM_MB}: {verdict(most)}.")


def verdict(most: float) -> str:
    """Whether the aim for memory is met, in words."""
    return "met" if most <= AIM_MB else "NOT met"


def made(folder: Path, megabytes: int) -> Path:
    """A file of that size, made in a process of its own so that this one stays small."""
    file = folder / "us_foreign_aid_complete_2025-01.csv"
    subprocess.run(
        [PYTHON, str(HERE / "peers" / "aid_made.py"), str(file), str(megabytes)], check=True
    )
    return file


def importing(file: Path, data: Path) -> list[str]:
    """The command that takes the file in."""
    return ["aid", "import", str(file), "--data", str(data)]


def reads(file: Path) -> list[Took]:
    """The plain readings of the file."""
    found = [took("python csv, every record counted", [PYTHON, "-c", CSV_MODULE, str(file)])]
    if file.suffix == ".xz":
        return [*found, took("xz -dc | wc -l", ["sh", "-c", f"xz -dc '{file}' | wc -l"])]
    cells = f"select count(columns(*)) from {table(file)}"
    found.append(took("duckdb, every cell read", [PYTHON, "-c", DUCKDB + ".fetchall()", cells]))
    rows = f"select count(*) from {table(file)}"
    found.append(took("duckdb, every record counted", [PYTHON, "-c", DUCKDB + ".fetchall()", rows]))
    return [*found, took("wc -l", ["wc", "-l", str(file)])]


def queries(file: Path, folder: Path, country: str) -> list[Took]:
    """The same sums by DuckDB alone."""
    if file.suffix == ".xz":
        plain = folder / file.stem
        with plain.open("wb") as out:
            subprocess.run(["xz", "-dc", str(file)], stdout=out, check=True)
        file = plain
    parquet = folder / "peer.parquet"
    copy = f"copy (select * from {table(file)}) to '{parquet}' (format parquet)"
    written = took("duckdb, CSV to Parquet (once)", [PYTHON, "-c", DUCKDB, copy])
    sums = SUMS["Country Code" if b"Country Code" in file.open("rb").readline() else "country"]
    ask = [PYTHON, "-c", DUCKDB + ".fetchall()"]
    on_csv = sums.format(table=table(file), country=country)
    on_parquet = sums.format(table=f"'{parquet}'", country=country)
    return [
        written,
        best("duckdb on the CSV", [*ask, on_csv]),
        best("duckdb on its Parquet", [*ask, on_parquet]),
    ]


def table(file: Path) -> str:
    """The file as a table of text."""
    return f"read_csv('{file}', header = true, all_varchar = true, max_line_size = 20000000)"


def tell(ours: Took, others: Sequence[Took]) -> None:
    """Print ours, then each of the others beside it."""
    print(ours.line())
    for other in others:
        print(other.line(ours))


def best(name: str, command: Sequence[str]) -> Took:
    """The quickest of several runs, with the most memory of any."""
    runs = [took(name, command) for _ in range(ROUNDS)]
    return Took(name, min(r.seconds for r in runs), max(r.mb for r in runs))


def took(name: str, command: Sequence[str]) -> Took:
    """Run a program to its end, alone, and say what it took."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        pid = os.posix_spawnp(
            command[0],
            list(command),
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, told.fileno(), 1)],
        )
        _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"{name} failed: {' '.join(command)}")
    return Took(name, time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e6)


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv[1:]}:
        print(__doc__)
    else:
        main(*sys.argv[1:])
