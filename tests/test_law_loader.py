"""Tests for the loader of law files: every fault of all files at once, each with its line."""

import random
import shutil
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.law.authority import LawError
from gravamen.law.document import Document
from gravamen.law.loader import ClocksFile, ElementsFile, load

DATA = Path(str(resources.files("gravamen.law")))
ELEMENTS = (DATA / "elements.yaml").read_bytes()

CLOCK = """\
clocks:
  - id: clk.test
    start: receipt of the letter
    days: 30
    cite: Test Act § 2
    mark: memory
    as_of: 2024-05
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the law files that a test may spoil."""
    for file in sorted(DATA.rglob("*.yaml")):
        to = tmp_path / file.relative_to(DATA)
        to.parent.mkdir(exist_ok=True)
        shutil.copy(file, to)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Put other words into a law file; return the line on which they begin."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    with pytest.raises(LawError) as error:
        load(folder)
    head, *lines = str(error.value).splitlines()
    count = f"{len(lines)} fault{'s' if len(lines) > 1 else ''}"
    assert head == f"The law data cannot be used, {count}:"
    return lines


def clocks(text: str | bytes) -> Document[ClocksFile]:
    data = text.encode() if isinstance(text, str) else text
    return Document(data, ClocksFile, name="clocks.yaml")


def test_a_well_formed_file_becomes_its_values() -> None:
    (clock,) = clocks(CLOCK).value.clocks  # type: ignore[union-attr]  # None would fail here
    assert (clock.id, clock.days, clock.as_of, clock.needs_review) == (
        "clk.test",
        30,
        "2024-05",
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("days:", "dayz:", "4: The key 'dayz' is not known here; the nearest is 'days'."),
        ("days: 30", "days: many", "4: 'many' is not a whole number."),
        ("days: 30", "days: 0x1E", "4: '0x1E' is not a whole number."),
        ("days: 30", "days: [30]", "4: One value is wanted here, not a list or keys."),
        (
            "mark: memory",
            "mark: heard",
            "6: 'heard' is not one of the known words; the nearest is '",
        ),
        ("mark: memory", "mark: memoire", "6: 'memoire' is not one of the known words; the near"),
        ("    start: receipt of the letter\n", "", "2: The key 'start' is missing."),
        ("cite: Test Act § 2", "cite:", "5: '' is not a text."),
        ("cite: Test Act § 2", 'cite: "  "', "5: '  ' is not a text."),
        ("days: 30", "days: 30\n    days: 31", "5: The key 'days' is given twice."),
        ("days: 30", "days: 30\n    joint: yes", "5: 'yes' is not true or false."),
        ("days: 30", "days: 30\n    starters: us.senate", "5: A list is wanted here."),
        ("days: 30", "days: &d 30", "4: Anchors and aliases are not used here; write the value"),
        ("days: 30", "days: !!int 30", "4: The tag 'tag:yaml.org,2002:int' is not used here; rem"),
        ("days: 30", "days: !!python/name:os.system x", "4: The tag 'tag:yaml.org,2002:python/"),
        ("    as_of: 2024-05\n", "    as_of: 2024-05\n---\nclocks: []\n", "8: A file holds one d"),
        ("days: 30", "days: [30", "5: This is not YAML ("),
        ("clocks:", "- clocks:", "1: "),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, fault: str) -> None:
    assert old in CLOCK
    found = clocks(CLOCK.replace(old, new, 1))
    assert found.value is None
    assert found.faults[0].startswith(f"clocks.yaml:{fault}")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "The file is empty."),
        (b"# only a remark\n", "The file is empty."),
        (b"clocks: [\xff]", "The file is not UTF-8 at byte 9."),
        (b"clocks: \x00", "unacceptable character #x0000"),
        (b"[" * 100_000, "nested deeper than 30"),
        (b"clocks: " + b"[" * 99_999 + b"]" * 99_999, "nested deeper than 30"),
        (b"clocks: " + b"{a: " * 3_000, "nested deeper than 30"),
    ],
)
def test_hostile_bytes_are_a_fault_and_no_traceback(data: bytes, fault: str) -> None:
    found = clocks(data)
    assert found.value is None
    assert fault in found.faults[0]


@given(st.binary(max_size=200))
def test_any_bytes_give_a_value_or_faults(data: bytes) -> None:
    found = clocks(data)
    assert (found.value is None) == bool(found.faults)


def test_a_law_file_with_any_bytes_changed_gives_a_value_or_faults() -> None:
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(ELEMENTS)
        for _ in range(3):
            data[chance.randrange(len(data))] = chance.randrange(32, 127)
        found = Document(bytes(data), ElementsFile, name="elements.yaml")
        assert (found.value is None) == bool(found.faults)


def test_all_faults_of_all_files_come_in_one_error(folder: Path) -> None:
    office = change(folder, "offices.yaml", "salutation:", "salutaton:")
    element = change(folder, "elements.yaml", "rule: foreign-person", "rule: foreign")
    days = change(folder, "clocks.yaml", "days: 120", "days: soon")
    assert faults(folder) == [
        f"clocks.yaml:{days}: 'soon' is not a whole number.",
        (
            f"elements.yaml:{element}: 'foreign' is not one of the known words; the nearest is "
            "'foreign-person'."
        ),
        (
            f"offices.yaml:{office}: The key 'salutaton' is not known here; the nearest is "
            "'salutation'."
        ),
        f"offices.yaml:{office - 4}: The key 'salutation' is missing.",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (
            "us/glomag-act.yaml",
            "el.victim_seeks, el.responsible",
            "el.victim_seek, el.responsible",
            (
                "The element 'el.victim_seek' is not in the law data; the nearest is "
                "'el.victim_seeks'."
            ),
        ),
        (
            "us/glomag-act.yaml",
            "decides: us.president",
            "decides: us.presidents",
            "The office 'us.presidents' is not in the law data; the nearest is 'us.president'.",
        ),
        (
            "us/leahy-dod.yaml",
            "clocks: [clk.leahy.dod15]",
            "clocks: [clk.leahy.dod16]",
            "The clock 'clk.leahy.dod16' is not in the law data; the nearest is 'clk.leahy.dod15'.",
        ),
        (
            "us/ina-212a3E.yaml",
            "sources: [S3]",
            "sources: [S33]",
            "The source 'S33' is not in the law data; the nearest is 'S3'.",
        ),
        (
            "offices.yaml",
            "authorities: [us.fsa.907]",
            "authorities: [us.fsa.908]",
            "The authority 'us.fsa.908' is not in the law data; the nearest is 'us.fsa.907'.",
        ),
        (
            "coverage.yaml",
            "{authority: us.eo13818,",
            "{authority: us.eo13819,",
            "The authority 'us.eo13819' is not in the law data; the nearest is 'us.eo13818'.",
        ),
        (
            "coverage.yaml",
            "needs: [el.victim_seeks]",
            "needs: [el.victim_seek]",
            (
                "The element 'el.victim_seek' is not in the law data; the nearest is "
                "'el.victim_seeks'."
            ),
        ),
        (
            "bodies/us-county-board.yaml",
            "clock: clk.brown\n",
            "clock: clk.brwn\n",
            "The clock 'clk.brwn' is not in the law data; the nearest is 'clk.brown'.",
        ),
    ],
)
def test_a_dangling_id_is_refused_where_it_stands(
    folder: Path, name: str, old: str, new: str, fault: str
) -> None:
    line = change(folder, name, old, new)
    assert faults(folder) == [f"{name}:{line}: {fault}"]


def test_a_doubled_id_names_both_places(folder: Path) -> None:
    first = change(folder, "elements.yaml", "id: el.gv_act", "id: el.gv_act")
    second = change(folder, "elements.yaml", "id: el.gvhr_unit", "id: el.gv_act")
    assert faults(folder) == [
        f"elements.yaml:{second}: The id 'el.gv_act' is taken already, at elements.yaml:{first}."
    ]


def test_a_doubled_or_foreign_prong_is_refused(folder: Path) -> None:
    line = change(folder, "us/eo13818.yaml", "id: us.eo13818.attempt", "id: us.eo13818.shra")
    other = change(folder, "us/fsa-907.yaml", "id: us.fsa.907.bar", "id: us.fsa.908.bar")
    assert faults(folder) == [
        f"us/eo13818.yaml:{line}: The prong 'us.eo13818.shra' is given twice.",
        f"us/fsa-907.yaml:{other}: The prong 'us.fsa.908.bar' must begin with 'us.fsa.907.'.",
    ]


def test_a_value_without_its_mark_is_refused(folder: Path) -> None:
    text = (folder / "definitions.yaml").read_text(encoding="utf-8")
    (folder / "definitions.yaml").write_text(
        text.replace(", mark: sourced", "", 1), encoding="utf-8"
    )
    (fault,) = faults(folder)
    assert fault == "definitions.yaml:4: The key 'mark' is missing beside '22 U.S.C. 2304(d)(1)'."


def test_sourced_without_a_source_is_refused(folder: Path) -> None:
    line = change(folder, "clocks.yaml", "mark: memory", "mark: sourced")
    assert faults(folder) == [
        (
            f"clocks.yaml:{line}: '5 U.S.C. 552(a)(6)' is marked 'sourced' and names no source; "
            "name it or mark it memory or inferred."
        )
    ]


def test_no_file_says_that_a_person_checked_a_value(folder: Path) -> None:
    line = change(folder, "clocks.yaml", "mark: memory", "mark: checked")
    assert faults(folder) == [
        (
            f"clocks.yaml:{line}: '5 U.S.C. 552(a)(6)' is marked 'checked', which only the review "
            "of a person gives; mark it sourced, secondary, memory or inferred."
        )
    ]


def test_a_row_of_the_coverage_names_an_authority_once(folder: Path) -> None:
    line = change(
        folder, "coverage.yaml", "{authority: us.leahy.dod,", "{authority: us.leahy.state,"
    )
    assert faults(folder) == [
        (
            f"coverage.yaml:{line}: The row 'killing' says of 'us.leahy.state' twice whether it "
            "covers the act."
        )
    ]


def test_a_date_that_is_none_is_refused(folder: Path) -> None:
    line = change(folder, "us/fsa-907.yaml", "on: 2022-06-21", "on: 2022-06-31")
    (fault,) = faults(folder)
    assert fault.startswith(f"us/fsa-907.yaml:{line}: '2022-06-31' is not a day of the calendar")
    other = change(folder, "us/fsa-907.yaml", "effective_from: 1992-10-24", "effective_from: 1992")
    assert f"us/fsa-907.yaml:{other}: '1992' is not a day (write 2020-09-27)." in faults(folder)


def test_no_file_is_passed_over(folder: Path) -> None:
    (folder / "notes.yaml").write_text("a: b\n", encoding="utf-8")
    (folder / "us" / "notes.txt").write_text("a\n", encoding="utf-8")
    (folder / "coverage.yaml").unlink()
    shutil.rmtree(folder / "bodies")
    assert faults(folder) == [
        "coverage.yaml:1: The file is missing; each kind of value has one.",
        "bodies: The folder is missing; each kind of body has a file there.",
        (
            "notes.yaml:1: No law file has this name; authorities stand in a folder of their "
            "jurisdiction (us/), kinds of bodies in bodies/, the rest in sources.yaml, "
            "elements.yaml, offices.yaml, clocks.yaml, definitions.yaml, identifiers.yaml, "
            "coverage.yaml, programs.yaml."
        ),
        "us/notes.txt:1: Only .yaml files, one authority each, stand here.",
    ]


def test_a_body_has_a_file_of_its_own(folder: Path) -> None:
    (folder / "bodies" / "notes.txt").write_text("a\n", encoding="utf-8")
    assert faults(folder) == [
        "bodies/notes.txt:1: Only .yaml files, one kind of body each, stand here."
    ]


def test_a_rule_from_which_no_number_follows_is_refused(folder: Path) -> None:
    name = "bodies/uk-council.yaml"
    share = change(folder, name, "share: 1/4", "share: a quarter")
    by = change(folder, name, 'by: "10:00"', 'by: "25:00"')
    assert faults(folder) == [
        f"{name}:{by}: '25:00' is no time of day; write it as 10:00.",
        f"{name}:{share}: 'a quarter' is no share; write one as 1/2 or 4/5.",
    ]
    change(folder, name, "    share: a quarter\n", "")
    change(folder, name, "    working_days: 10\n", "")
    change(folder, name, 'by: "25:00"', 'by: "10:00"')
    assert [f.split(": ", 1)[1] for f in faults(folder)] == [
        "A notice has a clock or a number of working days; give one.",
        "A quorum has either a share or a number; give one of them.",
    ]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert faults(tmp_path / "no") == [
        f"{tmp_path / 'no'}: There is no such folder; name one with law files."
    ]


def test_the_package_is_read_once() -> None:
    assert load() is load()
