"""Files that are broken, foreign or meant to harm, through the commands as a person gives them."""

import bz2
import csv
import io
import json
import lzma
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gravamen.cli import main

COUNTRY = (
    "country_code,country_name,region_id,region_name,income_group_acronym,income_group_name,"
    "transaction_type_id,transaction_type_name,fiscal_year,current_amount,constant_amount\n"
)
TRAINING = (
    "report,file,country,program,course_title,us_unit,student_unit,start_date,end_date,location,"
    "quantity,total_cost,page_number,is_total\n"
)
PROGRAM = "IMET-1 - FY 2018 DoS Training"
GRAVAMEN = str(Path(sys.executable).with_name("gravamen"))


def row(amount: str = "1000", year: str = "2020", name: str = "Armenia", code: str = "ARM") -> str:
    """A record of a country table."""
    cells = (code, name, "2", "Europe and Eurasia", "UMIC", "Upper Middle Income Country", "2")
    text = io.StringIO()
    told = (*cells, "Obligations", year, amount, amount)
    csv.writer(text, lineterminator="\n").writerow(told)
    return text.getvalue()


def training(**cells: str) -> str:
    """A record of a training report."""
    told = {
        "report": "2018_2019", "file": "a.pdf", "country": "Armenia", "program": PROGRAM,
        "course_title": "STAFF COURSE", "us_unit": "SCHOOL", "student_unit": "MOD",
        "start_date": "2018-01-02", "end_date": "2018-02-02", "location": "FORT", "quantity": "1",
        "total_cost": "$1,000", "page_number": "7", "is_total": "0",
    }  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow((told | cells).values())
    return text.getvalue()


def take_in(file: Path, data: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["aid", "import", str(file), "--data", str(data), *options])


def show(data: Path, *options: str, country: str = "AM") -> Result:
    asked = ["aid", "show", "--country", country, "--on", "2026-01-01", "--data", str(data)]
    return CliRunner().invoke(main, [*asked, *options])


def told(data: Path, *options: str, country: str = "AM") -> dict:
    result = show(data, "--json", *options, country=country)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def kept(data: Path) -> list[str]:
    """Every file and folder in the data folder, down to the editions."""
    return sorted(str(p.relative_to(data)) for p in data.rglob("*")) if data.exists() else []


def refused(result: Result, data: Path, *words: str) -> str:
    """The one sentence or two of a refusal: exit 2, place and remedy named, nothing kept."""
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    assert [p for p in kept(data) if not p.startswith(".lock")] == []
    said = result.stderr
    assert "Traceback" not in said
    assert len(said) < 2500, len(said)
    missing = [w for w in words if w not in said]
    assert missing == [], said
    return said


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def written(tmp_path: Path, content: str | bytes, name: str = "country_2024-01.csv") -> Path:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


# What is no table that can be read


BROKEN: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "empty": (b"", ("empty",)),
    "blank": (b"\n\n\n", ("country_2024-01.csv",)),
    "header alone": (COUNTRY.encode(), ("country_2024-01.csv",)),
    "utf-16": ((COUNTRY + row()).encode("utf-16"), ("UTF-16", "--encoding")),
    "utf-16 without a mark": ((COUNTRY + row()).encode("utf-16-le"), ("UTF-16", "--encoding")),
    "latin-1": (
        (COUNTRY + row(name="Côte d'Ivoire", code="CIV")).encode("latin-1"),
        ("row 2", "UTF-8", "--encoding"),
    ),
    "two encodings": (
        (COUNTRY + row() + row(name="Türkiye", code="TUR")).encode()
        + row(name="Côte d'Ivoire", code="CIV").encode("latin-1"),
        ("row 4", "UTF-8"),
    ),
    "cut short in a record": ((COUNTRY + row() + row()[:30]).encode(), ("row 3",)),
    "cut short in a quote": ((COUNTRY + row() + 'ARM,"Arm').encode(), ("country_2024-01.csv",)),
    "a record with a cell too many": ((COUNTRY + row()[:-1] + ",9\n").encode(), ("row 2",)),
    "a zero byte": ((COUNTRY + row(name="Arm\0enia")).encode(), ("row 2",)),
    "a column twice": (
        (COUNTRY[:-1] + ",country_code\n" + row()[:-1] + ",ARM\n").encode(),
        ("row 1", "country_code"),
    ),
    "an unknown column": (
        (COUNTRY[:-1] + ",secret\n" + row()[:-1] + ",1\n").encode(),
        ("row 1", "'secret'", "--allow-extra"),
    ),
    "a column short": (
        b"country_code,country_name,fiscal_year,current_amount\nARM,Armenia,2020,5\n",
        ("row 1", "transaction"),
    ),
    "ten thousand columns": (",".join(f"c{n}" for n in range(10_000)).encode() + b"\n", ("row 1",)),
    "semicolons": (COUNTRY.replace(",", ";").encode(), ("row 1", "--delimiter")),
    "a page of the web": (
        b"<!DOCTYPE html><html><body>Not found</body></html>\n",
        ("country_2024-01.csv",),
    ),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ("country_2024-01.csv",)),
    "a PDF": (b"%PDF-1.7\n", ("PDF", "CSV")),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_its_place_and_nothing_is_kept(case, tmp_path, data):
    content, words = BROKEN[case]

    refused(take_in(written(tmp_path, content), data), data, *words)


@pytest.mark.parametrize(
    ("cell", "year"),
    [(year, year) for year in ("20I9", "FY2020", "2019-2020", "99999", "", "-2020", "2020.5")],
)
def test_a_year_that_is_none_is_an_error_with_its_place(cell, year, tmp_path, data):
    file = written(tmp_path, COUNTRY + row() + row(year=year) + row(year=year))

    refused(take_in(file, data), data, "row 3", "fiscal_year", repr(cell), "country_2024-01.csv")


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("country_code", "ARM,Armenia", "QQQ,Nowhere at all"),
        ("transaction_type", "Obligations", "Gifts"),
    ],
)
def test_a_code_that_is_not_known_is_an_error_with_its_place(column, good, bad, tmp_path, data):
    file = written(tmp_path, COUNTRY + row() + row().replace(good, bad))

    said = refused(take_in(file, data), data, "row 3", bad.split(",")[0])
    assert column in said


def test_a_country_that_contradicts_its_code_is_refused(tmp_path, data):
    file = written(tmp_path, COUNTRY + row(name="Azerbaijan", code="ARM"))

    refused(take_in(file, data), data, "row 2", "ARM", "Azerbaijan")


def test_a_program_that_is_not_known_is_an_error_with_its_place(tmp_path, data):
    content = TRAINING + training() + training(program="Gift of Kites - FY 2018 DoS Training")

    refused(take_in(written(tmp_path, content, "t.csv"), data), data, "row 3", "Gift of Kites")


def test_a_file_without_a_vintage_asks_for_one(tmp_path, data):
    refused(take_in(written(tmp_path, COUNTRY + row(), "c.csv"), data), data, "--vintage")


@pytest.mark.parametrize("vintage", ["../../evil", "a/b", "x" * 200, ".hidden", "a\nb"])
def test_a_vintage_cannot_name_a_place_outside_the_data_folder(vintage, tmp_path, data):
    file = written(tmp_path, COUNTRY + row())

    result = take_in(file, data, "--vintage", vintage)

    assert result.exit_code == 2, result.output
    assert kept(data) == []
    assert sorted(p.name for p in tmp_path.iterdir()) in (
        ["country_2024-01.csv"],
        ["country_2024-01.csv", "data"],
    )


# What is packed


def test_a_packed_file_that_is_cut_short_is_refused(tmp_path, data):
    whole = lzma.compress((COUNTRY + row() * 5000).encode())

    file = written(tmp_path, whole[: len(whole) // 2], "country_2024-01.csv.xz")
    refused(take_in(file, data), data, "cut short", "xz", "again")


@pytest.mark.parametrize(("suffix", "pack"), [("xz", lzma.compress), ("bz2", bz2.compress)])
def test_a_bomb_is_stopped_before_it_goes_off(suffix, pack, tmp_path, data):
    bomb = pack(b"0" * 100_000_000)

    file = written(tmp_path, bomb, f"country_2024-01.csv.{suffix}")
    refused(take_in(file, data), data, "opens to more than")


def test_a_zip_bomb_is_stopped_before_it_goes_off(tmp_path, data):
    file = tmp_path / "country_2024-01.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", COUNTRY + "0" * 100_000_000)

    refused(take_in(file, data), data, "opens to more than")


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/evil.csv", "..\\evil.csv", "C:\\e.csv"])
def test_a_zip_whose_file_points_elsewhere_is_refused(name, tmp_path, data):
    file = tmp_path / "country_2024-01.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, COUNTRY + row())

    refused(take_in(file, data), data, "points out")
    assert not (tmp_path / "evil.csv").exists()


def test_a_zip_with_two_tables_is_refused(tmp_path, data):
    file = tmp_path / "country_2024-01.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.csv", COUNTRY + row())
        archive.writestr("b.csv", COUNTRY + row())

    refused(take_in(file, data), data, "a.csv", "b.csv")


# What is no file


def test_a_folder_a_pipe_and_what_is_not_there_are_refused(tmp_path, data):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")

    for name in ("folder", "pipe.csv", "nothing.csv"):
        process = importing(tmp_path / name, data)
        try:
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
        assert (process.returncode, name in said, "Traceback" in said) == (2, True, False), said
        assert kept(data) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path, data):
    file = written(tmp_path, COUNTRY + row())
    file.chmod(0)

    refused(take_in(file, data), data, "country_2024-01.csv")


# What can be read, and how


def test_a_mark_of_byte_order_is_no_part_of_the_first_column(tmp_path, data):
    file = written(tmp_path, b"\xef\xbb\xbf" + (COUNTRY + row()).encode())

    assert take_in(file, data).exit_code == 0
    assert [x["amount"] for x in told(data)["lines"]] == [1000]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "latin-1"])
def test_another_encoding_is_read_once_it_is_named(encoding, tmp_path, data):
    file = written(tmp_path, (COUNTRY + row(name="Côte d'Ivoire", code="CIV")).encode(encoding))

    done = take_in(file, data, "--encoding", encoding)

    assert done.exit_code == 0, done.output
    assert len(told(data, country="CI")["lines"]) == 1


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(end, tmp_path, data):
    file = written(tmp_path, (COUNTRY + row() + row(year="2021")).replace("\n", end))

    done = take_in(file, data)

    assert done.exit_code == 0, done.output
    assert [(x["fiscal_year"], x["rows"]) for x in told(data)["lines"]] == [(2020, 1), (2021, 1)]


def test_thousands_signs_and_currency_do_not_change_a_number(tmp_path, data):
    cells = ("1,234,567", "$2,000", " 3000 ", "-658,171", "(1,000)", "0")
    file = written(
        tmp_path, COUNTRY + "".join(row(c, year=str(2010 + n)) for n, c in enumerate(cells))
    )

    assert take_in(file, data).exit_code == 0
    assert [x["amount"] for x in told(data)["lines"]] == [1234567, 2000, 3000, -658171, -1000, 0]


@pytest.mark.parametrize(
    "cell", ["[Redacted]", "1500 9/29/2009", "1,23", "1e9", "NaN", "٣٤", "1.2.3"]
)
def test_what_is_no_number_counts_as_none_and_is_told_with_its_place(cell, tmp_path, data):
    file = written(tmp_path, COUNTRY + row("5") + row(cell, year="2021"))

    done = take_in(file, data)

    if done.exit_code == 2:
        refused(done, data, "row 3", cell)
        return
    answer = told(data)
    assert [(x["amount"], x["rows"]) for x in answer["lines"]] == [(5, 1), (None, 1)]
    said = show(data).output
    assert cell in said and "row 3" in said


def test_an_empty_amount_makes_a_floor_and_is_not_nought(tmp_path, data):
    content = TRAINING + training() + training(total_cost="")
    assert take_in(written(tmp_path, content, "t.csv"), data).exit_code == 0

    line = told(data)["lines"][0]
    assert (line["rows"], line["amount"], line["floor"]) == (2, 1000, True)
    assert "at least" in show(data).output


def test_the_quarter_of_transition_is_no_fiscal_year_1976(tmp_path, data):
    file = written(tmp_path, COUNTRY + row("1", year="1976") + row("2", year="1976tq"))

    assert take_in(file, data).exit_code == 0
    found = {(x["fiscal_year"], x["period"]): x["amount"] for x in told(data)["lines"]}
    assert found == {(1976, "fiscal-year"): 1, (1976, "transition-quarter"): 2}


def test_a_figure_that_stands_twice_in_a_country_table_counts_once(tmp_path, data):
    file = written(tmp_path, COUNTRY + row("7") + row("7"))

    assert take_in(file, data).exit_code == 0
    assert told(data)["lines"][0]["amount"] == 7
    assert "row 3" in show(data).output


def test_of_two_figures_for_one_thing_none_counts(tmp_path, data):
    file = written(tmp_path, COUNTRY + row("7") + row("8"))

    assert take_in(file, data).exit_code == 0
    assert told(data)["lines"][0]["amount"] is None
    assert "7 and 8" in show(data).output or "8 and 7" in show(data).output


def test_two_trainings_alike_are_two_trainings(tmp_path, data):
    assert take_in(written(tmp_path, TRAINING + training() * 2, "t.csv"), data).exit_code == 0

    line = told(data)["lines"][0]
    assert (line["rows"], line["trainees"], line["amount"], line["at"]) == (2, 2, 2000, "2-3")


def test_a_record_that_stands_in_two_vintages_is_never_added(tmp_path, data):
    for vintage, amount in (("2022-01", "7"), ("2023-01", "7"), ("2024-01", "9")):
        other = row(year=vintage[:4], name="Georgia", code="GEO")
        file = written(tmp_path, COUNTRY + row(amount) + other, f"country_{vintage}.csv")
        assert take_in(file, data).exit_code == 0

    answer = told(data)

    assert [(x["vintage"], x["amount"]) for x in answer["lines"]] == [
        ("2022-01", 7),
        ("2023-01", 7),
        ("2024-01", 9),
    ]
    assert sorted(t["amount"] for t in answer["totals"]) == [7, 7, 9]
    assert "2024-01" in show(data).output


def test_other_bytes_under_the_same_name_are_another_edition(tmp_path, data):
    assert take_in(written(tmp_path, COUNTRY + row("1")), data).exit_code == 0
    before = kept(data)

    assert take_in(written(tmp_path, COUNTRY + row("2")), data).exit_code == 0

    assert set(before) < set(kept(data))
    assert sorted(x["amount"] for x in told(data)["lines"]) == [1, 2]


def test_the_same_bytes_are_taken_in_once(tmp_path, data):
    file = written(tmp_path, COUNTRY + row())
    assert take_in(file, data).exit_code == 0
    before = kept(data)

    again = take_in(file, data)

    assert "already" in again.output
    assert kept(data) == before


def test_a_cell_of_ten_megabytes_is_read_or_refused_with_its_place(tmp_path, data):
    file = written(
        tmp_path, TRAINING + training() + training(course_title="x" * 10_000_000), "t.csv"
    )

    done = take_in(file, data)

    if done.exit_code:
        refused(done, data, "row 3")
    else:
        assert told(data)["lines"][0]["rows"] == 2
        assert len(show(data).output) < 20_000


# What is XML, and what a mapping may be


ACTIVITY = "<iati-activities version='2.03'><iati-activity>{}</iati-activity></iati-activities>"
XML: dict[str, tuple[str, tuple[str, ...]]] = {
    "entities that grow": (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        + ACTIVITY.format("&b;"),
        ("document type", "remove"),
    ),
    "an entity that is a file": (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + ACTIVITY.format("&e;"),
        ("document type", "remove"),
    ),
    "cut short": (
        "<iati-activities version='2.03'><iati-activity><iati-identifier>XX-1</iati-id",
        ("cut short", "again"),
    ),
    "something else": ("<rss version='2.0'/>", ("'rss'", "iati-activities")),
}


@pytest.mark.parametrize("case", XML)
def test_xml_that_is_meant_to_harm_is_refused(case, tmp_path, data):
    content, words = XML[case]
    file = written(tmp_path, f"<?xml version='1.0'?>{content}", "activities_2024-01.xml")

    refused(take_in(file, data), data, "activities_2024-01.xml", *words)


@pytest.mark.parametrize(
    "mapping",
    [
        b"a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
        b'!!python/object/apply:os.system ["true"]\n',
        b"\xff\xfe\x00\x01",
        b"- only\n- a list\n",
        b"",
    ],
)
def test_a_mapping_that_is_none_is_refused(mapping, tmp_path, data):
    file = written(tmp_path, "Land,Betrag\nZembla,5\n", "zembla_2024-01.csv")
    told_by = written(tmp_path, mapping, "zembla.yaml")

    refused(take_in(file, data, "--mapping", str(told_by)), data, "zembla.yaml")


# What comes out again


FORMULAS = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1+1")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_an_export_begins_a_formula(formula, tmp_path, data):
    content = TRAINING + training(student_unit=formula, course_title=formula, us_unit=formula)
    assert take_in(written(tmp_path, content, "=evil.csv"), data).exit_code == 0

    done = show(data, "--csv")

    assert done.exit_code == 0, done.output
    for record in csv.reader(io.StringIO(done.stdout)):
        for cell in record:
            plain = cell.lstrip(" \t\r\n")
            number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
            assert number or not plain.startswith(("=", "+", "-", "@")), record


def test_what_a_file_says_is_text_in_the_page_and_never_markup(tmp_path, data):
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    content = TRAINING + training(student_unit=evil, course_title=evil, us_unit=evil)
    assert take_in(written(tmp_path, content, "t&<b>.csv"), data).exit_code == 0
    page = tmp_path / "page.html"

    done = show(data, "--html", "--out", str(page))
    if done.exit_code == 2:
        done = show(data, "--html", str(page))
    text = page.read_text("utf-8") if page.exists() else done.stdout

    assert done.exit_code == 0, done.output
    assert "<script" not in text and "<img src=x" not in text
    assert "<b>" not in text.replace("<body", "")


CONTROLS = "\x1b]0;owned\x07\x1b[31mRED\u202egnp.exe\u2066\x9b2J"


@pytest.mark.parametrize("how", [(), ("--csv",), ("--html",)])
def test_controls_of_a_terminal_and_of_direction_are_shown_as_such(how, tmp_path, data):
    content = TRAINING + training(student_unit=CONTROLS, course_title=CONTROLS)
    done = take_in(written(tmp_path, content, "t.csv"), data)
    assert done.exit_code in (0, 2)
    out = show(data, *how) if done.exit_code == 0 else done

    assert not set(out.output) & set("\x1b\x07\x9b\u202e\u2066")


def test_an_error_shows_controls_as_such(tmp_path, data):
    file = written(tmp_path, COUNTRY + row(name=f"No{CONTROLS}", code="QQQ"))

    said = refused(take_in(file, data), data, "row 2")
    assert not set(said) & set("\x1b\x07\x9b\u202e\u2066")


# Where it is kept


@pytest.mark.parametrize("name", ["da'ta", 'da"ta', "da ta", "dätä"])
def test_a_data_folder_may_have_a_name_with_blanks_and_quotes(name, tmp_path):
    file = written(tmp_path, TRAINING + training(), "t.csv")
    assert take_in(file, tmp_path / name).exit_code == 0

    (line,) = told(tmp_path / name)["lines"]
    assert (line["rows"], line["amount"], line["at"]) == (1, 1000, "2")


@pytest.mark.parametrize("name", ["data*", "data[1]", "da?ta"])
def test_a_data_folder_whose_name_stands_for_others_never_adds_their_rows(name, tmp_path):
    file = written(tmp_path, TRAINING + training(), "t.csv")
    for neighbour in ("data1", "daxta"):
        assert take_in(file, tmp_path / neighbour).exit_code == 0

    done = take_in(file, tmp_path / name)

    if done.exit_code:
        refused(done, tmp_path / name, name, "another folder")
        assert show(tmp_path / name).exit_code == 2
        return
    (line,) = told(tmp_path / name)["lines"]
    assert (line["rows"], line["amount"], line["at"]) == (1, 1000, "2")


def test_a_full_disk_is_told_as_such(tmp_path, data):
    file = big(tmp_path)
    command = f"ulimit -f 20; exec {GRAVAMEN} aid import {file} --data {data}"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert "exception_type" not in done.stderr and "CSV" not in done.stderr, done.stderr
    assert str(data) in done.stderr
    assert kept(data) == []


# What happens at once, or is cut off


MANY = 100_000


def big(tmp_path: Path, name: str = "training.csv", cost: str = "1") -> Path:
    return written(tmp_path, TRAINING + training(total_cost=cost) * MANY, name)


def importing(file: Path, data: Path) -> "subprocess.Popen[str]":
    command = [GRAVAMEN, "aid", "import", str(file), "--data", str(data)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_an_import_that_is_killed_leaves_the_editions_as_they_were(tmp_path, data):
    assert take_in(written(tmp_path, COUNTRY + row("1")), data).exit_code == 0
    before = [p for p in kept(data) if not p.startswith(".")]
    file = big(tmp_path)

    process = importing(file, data)
    while process.poll() is None and not list(data.glob(".adding-*/*")):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert process.returncode == -signal.SIGKILL
    assert [p for p in kept(data) if not p.startswith(".")] == before
    assert [x["amount"] for x in told(data)["lines"]] == [1]
    assert take_in(file, data).exit_code == 0
    assert sorted(x["rows"] for x in told(data)["lines"]) == [1, MANY]
    assert list(data.glob(".adding-*")) == []


def test_two_imports_at_once_do_not_disturb_each_other(tmp_path, data):
    one, other = big(tmp_path), big(tmp_path, "other.csv", "2")
    processes = [importing(f, data) for f in (one, other, one)]
    said = [p.communicate(timeout=120) for p in processes]

    codes = [p.returncode for p in processes]
    assert codes[1] == 0, said
    assert sorted((codes[0], codes[2])) in ([0, 0], [0, 2]), said
    assert "Traceback" not in "".join(err for _, err in said)
    found = told(data)["lines"]
    assert sorted((x["file"], x["amount"]) for x in found) == [
        ("other.csv", 2 * MANY),
        ("training.csv", MANY),
    ]
    assert list(data.glob(".adding-*")) == []


def test_an_edition_that_somebody_damaged_is_named_with_the_remedy(tmp_path, data):
    assert take_in(written(tmp_path, COUNTRY + row()), data).exit_code == 0
    edition = next(data.rglob("edition.json")).parent
    (edition / "rows.parquet").write_bytes(b"PAR1 and nothing more")

    done = show(data)

    assert done.exit_code == 2, (done.output, done.exception)
    assert "rows.parquet" in done.stderr and "import" in done.stderr
