"""Tests for `gravamen aid waivers`: how a law stands on a day, by which steps, what is unknown."""

import json
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from gravamen.cli import main
from gravamen.law import load
from gravamen.law.authority import LawError
from gravamen.law.naming import authority_named
from gravamen.law.relief import relief, relievable

LAW = load()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["aid", "waivers", *arguments])


def told(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    shown = json.loads(result.output)
    assert shown["schema"] == "gravamen.aid.waivers/1"
    waivers: list[dict[str, Any]] = shown["waivers"]
    return waivers


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("2378d", "us.leahy.state"), ("Section 2378d", "us.leahy.state"), ("505", "us.faa.505d"),
        ("2314", "us.faa.505d"), ("2304", "us.faa.502B"), ("7031", "us.sfops.7031c"),
        ("22 USC 2304", "us.faa.502B"), ("2378-1", "us.faa.620I"), ("362", "us.leahy.dod"),
    ],
)  # fmt: skip
def test_a_section_names_a_law_without_title_or_part(words: str, id: str) -> None:
    assert authority_named(LAW, words).id == id


@pytest.mark.parametrize("words", ["2378", "50", "d", "22", "620"])
def test_what_is_no_whole_section_names_no_law(words: str) -> None:
    with pytest.raises(LawError):
        authority_named(LAW, words)


@pytest.mark.parametrize(
    ("on", "state", "review", "says"),
    [
        ("1990-01-01", "no-bar", False, "was not yet law"),
        ("2001-06-01", "barred", False, "already barred by section 907: section 907 became law"),
        ("2005-05-05", "unknown", True, "On file is only that waivers were given year by year"),
        ("2002-01-09", "barred", False, "section 907 became law"),
        ("2002-01-10", "unknown", True, "on days that were not read"),
        ("2022-12-01", "waived", True, "The last day given is inferred and unchecked."),
        ("2023-06-20", "waived", True, "extended the waiver on 21 June 2022"),
        ("2024-01-15", "barred", True, "as far as the sources on file show"),
        ("2025-12-01", "waived", True, "by a memorandum of 8 August 2025"),
        ("2026-11-23", "unknown", True, "nothing after it was found"),
    ],
)
def test_section_907_stands_on_a_day_as_the_sources_on_file_show(
    on: str, state: str, review: bool, says: str
) -> None:
    (found,) = told("907", "--on", on)
    assert (found["authority"], found["state"], found["needs_review"]) == (
        "us.fsa.907", state, review,
    )  # fmt: skip
    assert says in found["sentence"]
    assert ("unchecked" in found["sentence"]) >= any(
        step["decides"] and step["mark"] == "memory" for step in found["steps"]
    )


def test_each_step_has_its_source_and_the_one_that_decides_is_told() -> None:
    (found,) = told("907", "--on", "2025-12-01")
    assert [step["event"] for step in found["steps"]] == [
        "barred", "undated", "waived", "not-extended", "waived",
    ]  # fmt: skip
    assert [step["decides"] for step in found["steps"]] == [False, False, False, False, True]
    for step in found["steps"]:
        assert step["cite"]
        assert bool(step["sources"]) == (step["mark"] == "sourced")
        assert all(LAW.sources[s["id"]].title == s["title"] for s in step["sources"])
    assert [step["until_mark"] for step in found["steps"]] == [
        "sourced", "sourced", "inferred", "sourced", "inferred",
    ]  # fmt: skip
    assert "(A or B or C) and D" in found["test"]
    assert (
        '"is necessary to support the operational readiness of United States Armed Forces or '
        'coalition partners to counter international terrorism"'
    ) in found["test"]
    assert (
        '"will not undermine or hamper ongoing efforts to negotiate a peaceful settlement between '
        'Armenia and Azerbaijan or be used for offensive purposes against Armenia"'
    ) in found["test"]
    assert found["cite"].startswith("Pub. L. 107-115")
    assert {clock["id"]: clock["days"] for clock in found["clocks"]} == {
        "clk.907.annual": 365, "clk.907.60": 60,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("907", "us.fsa.907"),
        ("section 907", "us.fsa.907"),
        ("Sec. 907", "us.fsa.907"),
        ("us.fsa.907", "us.fsa.907"),
        ("us.leahy.dod", "us.leahy.dod"),
        ("leahy dod", "us.leahy.dod"),
        ("10 USC 362", "us.leahy.dod"),
        ("10 U.S.C. 362", "us.leahy.dod"),
        ("2249e", "us.leahy.dod"),
        ("5812 note", "us.fsa.907"),
        ("22 USC 5812 note", "us.fsa.907"),
        ("620I", "us.faa.620I"),
        ("620i", "us.faa.620I"),
        ("22 usc 2378-1", "us.faa.620I"),
        ("502B", "us.faa.502B"),
        ("§ 7031(c)", "us.sfops.7031c"),
        ("498A", "us.faa.498A"),
        ("state sponsor of terrorism", "us.state_sponsor"),
    ],
)
def test_a_law_is_found_by_its_id_section_or_cite(words: str, id: str) -> None:
    assert authority_named(LAW, words).id == id


def test_every_name_in_the_law_data_leads_to_its_law() -> None:
    for authority in LAW.authorities.values():
        for name in (authority.id, authority.title, authority.short, *authority.names):
            assert authority_named(LAW, name) is authority


def test_an_unknown_law_is_an_error_with_those_near_it() -> None:
    with pytest.raises(LawError, match=r"no law '90'; near ones are: .*us\.fsa\.907"):
        authority_named(LAW, "90")
    result = run("lehy dod")
    assert result.exit_code == 2
    assert "us.leahy.dod" in result.output
    with pytest.raises(LawError, match=r"no law 'zzzzz'; gravamen law list shows them\.$"):
        authority_named(LAW, "zzzzz")


@pytest.mark.parametrize("words", ["", "  ", ".", "section"])
def test_a_name_of_nothing_is_an_error(words: str) -> None:
    with pytest.raises(LawError, match="names no law; give an id"):
        authority_named(LAW, words)
    assert run(words).exit_code == 2


def test_a_name_of_two_laws_is_an_error_that_gives_both() -> None:
    other = replace(LAW.authority("us.faa.116"), names=("Leahy law",))
    book = replace(LAW, authorities=LAW.authorities | {other.id: other})
    with pytest.raises(LawError, match="'leahy law' names us.faa.116 and us.leahy.state; name one"):
        authority_named(book, "leahy law")


@pytest.mark.parametrize("name", ["10 USC 362", "502B", "620I", "498A", "state sponsor of terror"])
def test_a_waiver_given_case_by_case_is_unknown_where_no_record_is_on_file(name: str) -> None:
    (found,) = told(name, "--on", "2024-01-15")
    assert (found["state"], found["needs_review"], found["steps"]) == ("unknown", True, [])
    assert "no record of a waiver is on file" in found["sentence"]
    assert found["test"]
    (before,) = told(name, "--on", "1950-01-01")
    assert before["state"] == "no-bar"
    assert "was not yet law" in before["sentence"]


def test_a_law_with_exceptions_alone_has_no_waiver_and_its_use_is_unknown() -> None:
    (found,) = told("us.leahy.state", "--on", "2024-01-15")
    assert (found["state"], found["test"]) == ("unknown", None)
    assert found["sentence"].startswith(
        "There is no waiver of the State Leahy law (22 U.S.C. 2378d). It has an exception; "
    )
    (other,) = told("116", "--on", "2024-01-15")
    assert other["sentence"].startswith("The law data hold no waiver of section 116. It has an")
    head = "cannot be waived, as far as the law data hold; whether its exception was used is not"
    assert head in " ".join(run("116", "--on", "2024-01-15").output.split())
    assert "effective steps" in found["exceptions"][0]["text"]


def test_a_law_without_waiver_and_exception_says_so() -> None:
    (found,) = told("505(d)", "--on", "2024-01-15")
    assert (found["state"], found["exceptions"]) == ("no-waiver", [])
    assert found["sentence"] == "The law data hold no waiver of section 505(d)."
    head = "Section 505(d) (us.faa.505d), 15 January 2024: cannot be waived, as far as the law data"
    assert " ".join(run("505(d)", "--on", "2024-01-15").output.split()).startswith(head)


@pytest.mark.parametrize("name", ["505(d)", "116", "us.leahy.state", "502B"])
def test_a_law_that_was_not_yet_law_is_said_to_be_none(name: str) -> None:
    (found,) = told(name, "--on", "1950-01-01")
    assert (found["state"], found["test"]) == ("no-bar", None)
    assert "was not yet law" in found["sentence"]
    assert "not law on that day" in " ".join(run(name, "--on", "1950-01-01").output.split())


def test_the_test_of_a_waiver_is_not_told_for_a_day_on_which_nothing_could_be_waived() -> None:
    (found,) = told("907", "--on", "2002-01-09")
    assert found["test"] is None
    text = " ".join(run("907", "--on", "2002-01-09").output.split())
    assert "Test of a waiver: None on that day; a power to waive is of 10 January 2002." in text
    assert told("907", "--on", "2002-01-10")[0]["test"]


def test_without_a_name_every_law_that_can_be_waived_or_excepted_is_told() -> None:
    found = {row["authority"]: row["state"] for row in told("--on", "2025-12-01")}
    assert found["us.fsa.907"] == "waived"
    assert set(found) == {a.id for a in relievable(LAW)}
    assert {a.id for a in LAW.authorities.values() if a.waiver} <= set(found)
    assert {"us.faa.116", "us.leahy.state", "us.leahy.dod", "us.sfops.7031c"} <= set(found)


def test_no_law_is_ever_said_to_be_unwaived_for_want_of_a_record() -> None:
    for authority in relievable(LAW):
        for on in (date(1990, 1, 1), date(2010, 6, 1), date(2024, 1, 15), date(2026, 11, 23)):
            found = relief(authority, on)
            steps = bool(authority.waiver and authority.waiver.steps)
            assert steps or found.state in ("unknown", "no-waiver", "no-bar")
            assert (found.state == "unknown") <= found.needs_review


def test_the_text_gives_the_test_the_steps_the_times_and_what_was_read() -> None:
    result = run("907", "--on", "2024-01-15")
    assert result.exit_code == 0
    text = " ".join(result.output.split())
    assert text.startswith(
        "Section 907 (us.fsa.907), 15 January 2024: barred: no waiver in effect is on file"
    )
    assert "This is from memory and unchecked." in text
    assert "* 21 June 2023 to 31 December 2024:" in text
    assert "exercise of the waiver: 60 days; report on the nature" in text
    assert "S17: Press of 15 and 26 August 2025" in text
    assert max(map(len, result.output.splitlines())) <= 100


def test_the_help_has_examples_that_run() -> None:
    assert "gravamen aid waivers 907 --on 2024-01-15" in run("--help").output
    for arguments in ([], ["907", "--on", "2024-01-15"], ["10 USC 362", "--json"]):
        assert run(*arguments).exit_code == 0
    wrong = run("907", "--on", "2024-02-30")
    assert wrong.exit_code == 2
    assert "2024-02-30" in wrong.output
