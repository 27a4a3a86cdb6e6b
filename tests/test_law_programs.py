"""Tests for programs of assistance as law: printed names, holds, the loader, the manual, review."""

import csv
import lzma
import re
import shutil
from importlib import resources
from pathlib import Path

import msgspec
import pytest

from gravamen import law as lawdata
from gravamen.aid.files import fmtr
from gravamen.law import load
from gravamen.law.assistance import Program
from gravamen.law.authority import LawError
from gravamen.law.review import unchecked, with_reviews

LAW = load()
DATA = Path(str(resources.files("gravamen.law")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the law files that a test may spoil."""
    for file in sorted(DATA.rglob("*.yaml")):
        to = tmp_path / file.relative_to(DATA)
        to.parent.mkdir(exist_ok=True)
        shutil.copy(file, to)
    return tmp_path


def change(folder: Path, old: str, new: str) -> int:
    """Put other words into the file of programs; return the line on which they begin."""
    file = folder / "programs.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    with pytest.raises(LawError) as error:
        load(folder)
    return str(error.value).splitlines()[1:]


def means(words: str) -> tuple[str, str] | None:
    found = LAW.program_of(words)
    return found and (found[0].id, found[1])


def holds(code: str) -> dict[str, str]:
    found = LAW.program_of(code)
    assert found
    return {hold.authority: hold.how for hold in LAW.holds(found[0])}


@pytest.mark.parametrize(
    ("words", "program", "code"),
    [
        ("IMET-1", "imet", "IMET-1"),
        ("imet-1", "imet", "IMET-1"),
        ("International Military Education And   Training (IMET)", "imet", "IMET"),
        ("International Military Education and Training", "imet", "IMET"),
        ("IMET 2-Year Funding Authority (Title VI Emergency Supplemental Appropriation)",
         "imet", "IMET"),
        ("Foreign Military Financing (FMF) Program", "fmf", "FMF"),
        ("Foreign Military Financing Program", "fmf", "FMF"),
        ("Credit (Repayable)", "fmf", "FMF Repay"),
        ("Enhanced International Peacekeeping Capabilities (EPIC)", "pko", "EIPC"),
        ("Regional Defense Counterterrorism Fellowship Program", "ctfp", "CTFP"),
        ("CTIWFP", "ctfp", "CTIWFP"),
        ("Asia Pacific Center", "centers", "Asia-Pacific Center"),
        ("Asia-Pacific Center", "centers", "Asia-Pacific Center"),
        ("Center For Hemispheric Defense Studies(CHDS)", "centers", "Hemispheric Center"),
        ("DoD Regional Centers for Strategic Studies", "centers", "Regional Centers"),
        ("Section 1004 - DoD Drug  Interdiction", "1004", "Section 1004"),
        ("Section 1206/2282", "2282", "Section 1206/2282"),
        ("HMA", "hma", "HMA"),
        ("SCSI", "msi", "SCSI"),
        ("Department of Homeland Security/United States Coat Guard Activities",
         "uscg", "DOHS/USCG"),
        ("Non-Security Assistance, Unified Command", "commands", "Non-SA, UC"),
        ("Economic Support Fund", "esf", "ESF"),
        ("Economic Support Fund, Executive", "esf", "ESF"),
        ("Department of State, Migration and Refugee Assistance", "mra", "MRA"),
        ("Nonproliferation, Antiterrorism, Demining, and Related Programs, State", "nadr", "NADR"),
        ("Nonproliferation, Antiterrorism, Demining and Related Programs", "nadr", "NADR"),
        ("Nonproliferation, Anti-terrorism, Demining, and Related Programs", "nadr", "NADR"),
        ("Section 2282", "2282", "Section 2282"),
        ("Office of Transition Initiatives", "ti", "TI"),
        ("Assistance for Eastern Europe and the Baltic States", "seed", "SEED"),
        ("Migration and Refugee Assistance", "mra", "MRA"),
        ("Drug Interdiction and Counter-Drug Activities, Defense", "1004", "Section 1004"),
    ],
)  # fmt: skip
def test_a_printed_name_means_one_program_and_one_code(words: str, program: str, code: str) -> None:
    assert means(words) == (f"us.prog.{program}", code)


def test_only_who_holds_an_account_is_left_out_of_its_name() -> None:
    assert means("Economic Support Fund, Invented Office") is None
    assert means("Invented Office, Economic Support Fund") is None
    assert means("Executive") is None
    assert means("") is None


def test_a_name_that_nobody_prints_means_nothing_and_has_near_ones() -> None:
    assert means("Section 334") is None
    assert LAW.programs_near("Section 334")[0] == "Section 333"
    assert "IMET-1" in LAW.programs_near("IMET-9")
    assert LAW.programs_near("zzzz") == ()


def test_every_code_and_name_of_every_program_leads_back_to_it() -> None:
    for program in LAW.programs.values():
        for code in program.codes:
            assert means(code) == (program.id, code)
        for words, code in program.spellings.items():
            assert means(words) == (program.id, code)
        for account in program.accounts:
            assert means(account) == (program.id, program.codes[0])


def test_every_program_that_the_reports_ever_printed_is_known(shared_data: Path) -> None:
    table = shared_data / "aid" / "fmtr" / "training_rows.csv.xz"
    if not table.is_file():
        pytest.skip("no table of trainings in the folder shared/data/aid/fmtr")
    with lzma.open(table, "rt", encoding="utf-8", newline="") as file:
        printed = {row["program"] for row in csv.DictReader(file)}
    assert len(printed) == 3094
    read = [fmtr.program(words, LAW) for words in sorted(printed)]
    assert None not in read
    codes = {found[0] for found in read if found}
    assert codes >= {"CTFP", "FMF", "HMA", "IMET-1", "Regional Centers", "Section 333", "PKO"}
    assert len(codes - {None}) == 55


def test_each_program_says_which_law_reaches_it_or_why_none_can_be_told() -> None:
    for program in LAW.programs.values():
        assert bool(LAW.holds(program)) != bool(program.unclear)
        assert program.codes
        for hold in LAW.holds(program):
            assert hold.why.endswith(".")
            assert hold.cite


def test_the_laws_of_each_kind_of_money() -> None:
    assert holds("IMET-1") == {
        "us.leahy.state": "reaches", "us.faa.502B": "reaches", "us.fsa.907": "reaches",
        "us.faa.620I": "reaches",
    }  # fmt: skip
    assert holds("FMF")["us.aeca.3c"] == "reaches"
    assert holds("Section 333") == {"us.leahy.dod": "reaches", "us.fsa.907": "reaches"}
    assert holds("HMA") == holds("USAI") == holds("Section 1004") == holds("Section 333")
    assert holds("CTFP") == {"us.leahy.dod": "reaches", "us.fsa.907": "argued"}
    assert holds("Regional Centers") == holds("Service Academies") == holds("CTFP")
    assert holds("NADR")["us.faa.502B"] == "reaches"
    assert holds("NADR")["us.fsa.907"] == "argued"
    assert holds("ESF")["us.faa.502B"] == "reaches"
    assert "us.faa.116" not in holds("ESF")
    assert holds("DA")["us.faa.116"] == "reaches"
    assert "us.faa.502B" not in holds("DA")
    assert holds("AEECA")["us.faa.498A"] == "reaches"
    assert holds("SEED") == {
        "us.faa.116": "argued", "us.leahy.state": "argued", "us.fsa.907": "reaches",
        "us.faa.620I": "argued",
    }  # fmt: skip
    assert LAW.program("us.prog.seed").mark == "memory"
    assert holds("DOHS/USCG") == {}


def test_no_law_reaches_humanitarian_money_unless_it_names_it() -> None:
    for program in LAW.programs.values():
        if program.nature == "humanitarian":
            reaching = {h.authority for h in LAW.holds(program) if h.how != "carved-out"}
            assert reaching == set()


def test_no_designation_is_told_of_a_program_for_none_is_on_file() -> None:
    told = {hold.authority for program in LAW.programs.values() for hold in program.holds}
    assert "us.state_sponsor" not in told
    assert LAW.authority("us.state_sponsor").waiver


def test_what_two_acts_leave_alone_is_from_memory_for_other_years() -> None:
    carved = [
        hold
        for program in LAW.programs.values()
        for hold in program.holds
        if hold.how == "carved-out" and "7046(a)" in hold.cite
    ]
    assert len(carved) == 6
    for hold in carved:
        assert (hold.mark, hold.as_of) == ("memory", "2026-02-03")
        assert "fiscal years 2024 and 2026 were read" in hold.why


def test_what_rests_on_memory_says_so() -> None:
    assert LAW.program("us.prog.academies").mark == "memory"
    assert not LAW.program("us.prog.imet").needs_review
    review = lawdata.check().review
    assert any(line.startswith("us.prog.academies: memory;") for line in review)
    assert any(line.startswith("us.prog.ctfp holds 2: memory;") for line in review)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("codes: [FMF, FMF Repay]", "codes: [FMF, IMET-1]",
         "The name 'IMET-1' means 'us.prog.imet' and 'us.prog.fmf'; keep one."),
        ("- Economic Support Fund\n", "- imet - 1\n",
         "The name 'imet - 1' means 'us.prog.imet' and 'us.prog.esf'; keep one."),
        ("Expanded IMET: IMET-X", "Expanded IMET: IMET-Y",
         "'us.prog.imet' has no code 'IMET-Y'; the nearest is 'IMET-X'."),
        ("Credit: FMF Repay", "FMF repay: FMF Repay",
         "'us.prog.fmf' gives the name 'FMF repay' twice."),
        ("codes: [ASFF]", "codes: []", "'us.prog.asff' has no code; give one."),
    ],
)  # fmt: skip
def test_a_name_that_is_doubled_or_of_no_code_is_refused_where_it_stands(
    folder: Path, old: str, new: str, fault: str
) -> None:
    change(folder, old, new)
    assert any(re.match(r"programs\.yaml:\d+: ", f) and f.endswith(fault) for f in faults(folder))


def test_the_holds_of_a_program_stand_once_and_somewhere(folder: Path) -> None:
    file = folder / "programs.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("holds_of: us.prog.333", "holds_of: us.prog.1004")
    file.write_text(text, encoding="utf-8")
    assert all(
        "'us.prog.1004' has no holds of its own; name a program that has them." in f
        for f in faults(folder)
    )


def test_a_program_without_holds_must_say_why(folder: Path) -> None:
    file = folder / "programs.yaml"
    text = file.read_text(encoding="utf-8")
    cut = re.sub(r"\n    unclear: \"?What the abbreviation[^\n]*", "", text)
    assert cut != text
    file.write_text(cut, encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.endswith(
        "'us.prog.camri' needs one of holds, holds_of and unclear; give exactly one."
    )


def test_a_law_that_is_not_there_and_one_named_twice_are_refused(folder: Path) -> None:
    file = folder / "programs.yaml"
    text = file.read_text(encoding="utf-8")
    first = text.index("authority: us.faa.502B")
    file.write_text(text[:first] + "authority: us.faa.502C" + text[first + 22 :], encoding="utf-8")
    (fault,) = faults(folder)
    line = text[:first].count("\n") + 1
    assert fault == (
        f"programs.yaml:{line}: The authority 'us.faa.502C' is not in the law data; the nearest is "
        "'us.faa.502B'."
    )
    file.write_text(
        text[:first] + "authority: us.leahy.state" + text[first + 22 :], encoding="utf-8"
    )
    (fault,) = faults(folder)
    assert fault == f"programs.yaml:{line}: 'us.prog.imet' says twice of 'us.leahy.state'."


def test_a_hold_without_cite_or_source_is_refused(folder: Path) -> None:
    file = folder / "programs.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(", sources: [S1], mark: sourced", ", mark: sourced", 1), "utf-8")
    (fault,) = faults(folder)
    assert "is marked 'sourced' and names no source" in fault
    cut = re.sub(r", cite: 22 U.S.C. 2378d \([^)]*\)", "", text, count=1)
    cut = cut if cut != text else re.sub(r', cite: "22 U.S.C. 2378d[^"]*"', "", text, count=1)
    assert cut != text
    file.write_text(cut, "utf-8")
    assert any("The key 'cite' is missing" in f for f in faults(folder))


def test_a_program_is_described_with_its_names_and_the_laws_that_bear_on_it() -> None:
    told = lawdata.describe(LAW, "us.prog.hma")
    assert told.startswith("us.prog.hma: Humanitarian mine action\n")
    assert "The laws that bear on it are those of us.prog.333:" in told
    assert "us.leahy.dod reaches it: " in told
    assert "Printed as: HMA" in told
    argued = lawdata.describe(LAW, "us.prog.ctfp")
    assert "us.fsa.907 may reach it: One reading: " in argued
    assert "us.fsa.907 leaves it alone: " in lawdata.describe(LAW, "us.prog.mra")
    assert "[10 U.S.C. 407; sourced, read in T8, as of April 2023]" in told
    assert "memory, as of 26 November 2026; needs" in argued
    unclear = lawdata.describe(LAW, "us.prog.uscg")
    assert "No law in the data can be said to reach it: What the Coast Guard does" in unclear


def test_the_manual_lists_every_program() -> None:
    manual = lawdata.manual_text(LAW)
    for program in LAW.programs.values():
        assert f"| `{program.id}` |" in manual
    assert "~`us.fsa.907` ?" in manual


def test_a_person_can_check_a_program() -> None:
    id = "us.prog.ctfp"
    assert unchecked(LAW, id) == (
        "us.prog.ctfp holds 2: memory; Pub. L. 102-511, section 907 (22 U.S.C. 5812 note)",
    )
    checked = with_reviews(LAW, {id: LAW.edition_of(id)})
    assert unchecked(checked, id) == ()
    assert [hold.mark for hold in checked.holds(checked.program(id))] == ["checked", "checked"]
    assert checked.program_of("CTFP") == (checked.program(id), "CTFP")
    other = with_reviews(LAW, {id: "0" * 16})
    assert unchecked(other, id) == unchecked(LAW, id)


def test_an_unknown_program_is_refused_with_those_near_it() -> None:
    with pytest.raises(LawError, match=r"no program 'us\.prog\.imett'.*us\.prog\.imet"):
        LAW.program("us.prog.imett")


def test_a_program_belongs_to_the_law_that_is_asked() -> None:
    none = lawdata.Law(
        edition="", authorities={}, elements={}, offices={}, clocks={}, definitions={}, sources={}
    )
    assert none.program_of("IMET") is None
    one = Program(
        id="us.prog.one", name="One", nature="security", codes=("ONE",), cite="Test", as_of="2026"
    )
    assert lawdata.load().program_of("ONE") is None
    assert msgspec.structs.replace(none, programs={one.id: one}).program_of("o n e") == (one, "ONE")
