"""Tests for hooks: which laws bear on a line on a day, how each stands, in which group it is."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from gravamen.aid.hooks import grouped, hooks, program_of
from gravamen.aid.line import Group, Hook, HookState, Line, Part
from gravamen.law import load
from gravamen.law.authority import Law

LAW = load()
WAIVED, BARRED = date(2025, 12, 1), date(2024, 1, 15)
RENEWED, UNKNOWN = date(2022, 12, 1), date(2026, 11, 23)


def line(program: str | None = "IMET-1", country: str = "AZ", **fields: object) -> Line:
    given: dict[str, object] = {
        "year": 2018, "period": "fiscal-year", "name": None, "account": None, "agency": None,
        "kind": "cost", "dollars": "current", "currency": "USD", "rows": 20, "trainees": 20,
        "amount": 599646.0, "dataset": "fmtr", "file": "training_rows.csv.xz",
        "vintage": "2018_2019", "edition": "e", "at": "2-21", "donor": "US",
    }  # fmt: skip
    return Line(country=country, program=program, **(given | fields))  # type: ignore[arg-type]  # as given


def states(of: Line, on: date = BARRED, law: Law = LAW) -> dict[str, HookState]:
    return {hook.authority: hook.state for hook in hooks(of, law, on)}


def hook(of: Line, authority: str, on: date = BARRED) -> Hook:
    return next(h for h in hooks(of, LAW, on) if h.authority == authority)


def group(of: Line, on: date = BARRED, law: Law = LAW) -> tuple[Group, str]:
    return grouped(of, hooks(of, law, on), law)


def test_training_of_a_barred_state_carries_its_bar_and_the_laws_of_the_program() -> None:
    assert states(line("Section 333")) == {"us.leahy.dod": "open", "us.fsa.907": "barred"}
    for program in ("FMF", "IMET-1"):
        found = states(line(program))
        assert (found["us.leahy.state"], found["us.faa.502B"]) == ("open", "open")
        assert found["us.fsa.907"] == "barred"


@pytest.mark.parametrize(
    ("on", "state", "where"),
    [
        (RENEWED, "waived", "asked-now"),
        (BARRED, "barred", "already-barred"),
        (WAIVED, "waived", "asked-now"),
        (UNKNOWN, "unknown", "asked-now"),
        (date(2001, 6, 1), "barred", "already-barred"),
    ],
)
def test_a_bar_stands_on_the_day_as_its_waiver_does(
    on: date, state: HookState, where: Group
) -> None:
    assert states(line(), on)["us.fsa.907"] == state
    assert group(line(), on)[0] == where


def test_a_bar_is_told_with_its_waiver_its_mark_and_who_decides() -> None:
    found = hook(line(), "us.fsa.907")
    assert found.cite == "Pub. L. 102-511, section 907 (22 U.S.C. 5812 note)"
    assert found.decides == (
        "President of the United States (delegated to the Secretary of State by Executive Order "
        "12884)"
    )
    assert found.mark == "memory"
    assert found.waiver and "already barred by section 907" in found.waiver
    assert found.waiver.endswith("This is from memory and unchecked.")
    assert found.shows == (LAW.element("el.907.no_steps").test,)
    assert hook(line(), "us.fsa.907", RENEWED).mark == "inferred"  # its last day is computed
    assert hook(line(), "us.fsa.907", date(2001, 6, 1)).mark == "sourced"
    where, why = group(line())
    assert (where, why) == (
        "already-barred",
        "Section 907 bars it on that day, as far as the sources on file show; this is unchecked.",
    )
    assert group(line(), date(2001, 6, 1))[1] == "Section 907 bars it on that day."


def test_a_law_that_concerns_other_states_is_no_hook() -> None:
    assert "us.fsa.907" not in states(line(country="AM"))
    assert "us.faa.498A" in states(line("AEECA", country="AM"))
    assert "us.faa.498A" not in states(line("AEECA", country="PL"))


@pytest.mark.parametrize("country", ["AM", "EG", "CO", "NG", "UA", "GE"])
def test_states_that_no_law_names_stand_alike(country: str) -> None:
    mine = line("FMF", country=country)
    assert states(mine) == states(line("FMF", country="KE"))
    assert group(mine) == group(line("FMF", country="KE"))


def test_a_law_that_surely_began_later_is_no_hook() -> None:
    assert "us.fsa.907" not in states(line("HMA"), date(1992, 10, 23))
    assert "us.fsa.907" in states(line("HMA"), date(1992, 10, 24))
    surely = replace(LAW.authority("us.leahy.dod"), earlier=None)
    other = replace(LAW, authorities=LAW.authorities | {surely.id: surely})
    assert hooks(line("HMA"), other, date(1970, 1, 1)) == ()
    assert group(line("HMA"), date(1970, 1, 1), other) == (
        "outside",
        (
            "No law in the data that bears on Humanitarian mine action concerns the country and is "
            "in force that day."
        ),
    )


@pytest.mark.parametrize(
    ("program", "authority", "first"),
    [
        ("FMF", "us.leahy.state", date(2007, 12, 26)),
        ("Section 333", "us.leahy.dod", date(2014, 12, 19)),
        ("DA", "us.faa.116", date(1975, 12, 20)),
    ],
)
def test_before_a_law_began_it_is_unread_where_what_bound_before_was_not_read(
    program: str, authority: str, first: date
) -> None:
    before = first - timedelta(days=1)
    assert states(line(program, country="KE"), first)[authority] == "open"
    told = hook(line(program, country="KE"), authority, before)
    assert (told.state, told.mark) == ("unread", "memory")
    assert told.why.startswith("It is in force since ")
    assert "read." in told.why


def test_a_line_whose_only_law_is_unread_is_not_outside() -> None:
    assert group(line("HMA", country="KE"), date(2010, 1, 1)) == (
        "hook-unclear",
        "Whether the Defense Leahy law, or a law before it, bound on that day was not read.",
    )
    assert group(line("HMA"), date(2001, 6, 1))[0] == "already-barred"


def test_a_bar_that_was_repealed_is_no_hook() -> None:
    bar = LAW.authority("us.fsa.907")
    assert bar.waiver
    end = replace(bar.waiver.steps[0], on="2026-11-01", event="repealed", text="it was repealed")
    waiver = replace(bar.waiver, steps=(*bar.waiver.steps, end))
    other = replace(LAW, authorities=LAW.authorities | {bar.id: replace(bar, waiver=waiver)})
    assert "us.fsa.907" in states(line("HMA"), date(2026, 10, 31), other)
    assert "us.fsa.907" not in states(line("HMA"), date(2026, 11, 1), other)


def test_a_waiver_that_is_given_case_by_case_is_unknown_and_never_denied() -> None:
    found = hook(line("HMA"), "us.leahy.dod")
    assert (found.state, found.waiver) == (
        "open",
        (
            "Whether the Defense Leahy law was waived on 15 January 2024 is not known: it is "
            "waived case by case, and no record of a waiver is on file."
        ),
    )
    assert found.decides == "Secretary of Defense"
    assert any("all necessary corrective steps" in text for text in found.exceptions)


def test_a_law_on_units_needs_a_unit_where_no_row_names_one() -> None:
    none = line("HMA", country="AM", unnamed=Part(rows=20))
    assert states(none) == {"us.leahy.dod": "needs-unit"}
    assert group(none) == (
        "not-vettable",
        (
            "The Defense Leahy law reaches units of security forces, and no row of the line names "
            "one that can be told from others."
        ),
    )
    some = line("HMA", country="AM", unnamed=Part(rows=19))
    assert states(some) == {"us.leahy.dod": "open"}
    assert group(some) == (
        "asked-now", "An office can be asked to withhold it under the Defense Leahy law.",
    )  # fmt: skip


def test_a_bar_weighs_more_than_a_missing_unit_and_an_open_law_more_than_that() -> None:
    assert group(line("HMA", unnamed=Part(rows=20)))[0] == "already-barred"
    assert group(line("IMET-1", country="AM", unnamed=Part(rows=20)))[0] == "asked-now"


def test_two_readings_are_given_where_a_law_is_argued() -> None:
    found = hook(line("CTFP"), "us.fsa.907")
    assert (found.state, found.mark) == ("argued", "memory")
    assert found.why.startswith("One reading: ")
    assert "The other: " in found.why
    assert group(line("CTFP", unnamed=Part(rows=20))) == (
        "not-vettable",
        (
            "The Defense Leahy law reaches units of security forces, and no row of the line names "
            "one that can be told from others; whether section 907 reaches it is argued: by one "
            "reading it does, by another it does not."
        ),
    )
    assert group(line("CTFP"))[1] == (
        "An office can be asked to withhold it under the Defense Leahy law; whether section 907 "
        "reaches it is argued: by one reading it does, by another it does not."
    )
    assert group(line("MCC", country="AM")) == (
        "hook-unclear",
        "Whether section 116 reaches it is argued: by one reading it does, by another it does not.",
    )
    assert group(line("MCC"))[1] == (
        "Whether section 116 and section 907 reach it is argued: by one reading they do, by "
        "another they do not."
    )


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (line("IDA"), "International Disaster Assistance is humanitarian; "),
        (line("Food for Peace", country="AM"), "Food for Peace is humanitarian; "),
        (line("ESF", humanitarian=True), "The file marks it as humanitarian; "),
        (line(None, account="Migration and Refugee Assistance"), "Migration and Refugee"),
        (line("ESF", purpose="Emergency food assistance"), "Its purpose, 'Emergency food"),
        (line(None, purpose="Humanitarian Assistance - General"), "Its purpose, 'Humanitarian"),
        (
            line("ESF", purpose="Emergency food assistance (72040); Emergency response (720)"),
            "Its purpose, 'Emergency food",
        ),
    ],
)
def test_humanitarian_lines_stand_outside_on_every_day(of: Line, why: str) -> None:
    for on in (RENEWED, BARRED, WAIVED, UNKNOWN):
        where, said = group(of, on)
        assert where == "outside"
        assert said.startswith(why)
        assert said.endswith("such assistance is shown apart, and nothing asks to stop it.")


def test_a_purpose_is_not_humanitarian_where_the_file_says_so_or_for_its_name_alone() -> None:
    assert group(line("ESF", purpose="Emergency food assistance", humanitarian=False))[0] == (
        "already-barred"
    )
    assert group(line("HMA", purpose="Humanitarian mine action"))[0] == "already-barred"


@pytest.mark.parametrize(
    "purpose",
    [
        "Advocacy against humanitarian law", "Disaster of a dam, reconstruction loan",
        "Refugees/asylum seekers in donor countries (93010)", "Humanitarian demining",
        "Emergency food assistance (72040); Police training (15210)",
    ],
)  # fmt: skip
def test_a_word_in_a_purpose_makes_no_line_humanitarian(purpose: str) -> None:
    assert group(line("ESF", purpose=purpose))[0] == "already-barred"


def test_no_program_of_security_is_humanitarian_by_its_purpose() -> None:
    for program in ("FMF", "IMET-1", "Section 333", "HMA"):
        assert group(line(program, purpose="Humanitarian Assistance"))[0] == "already-barred"
        assert group(line(program, humanitarian=True))[0] == "outside"


def test_a_bar_leaves_a_humanitarian_line_alone_and_says_that_this_is_from_memory() -> None:
    for of in (line("ESF", humanitarian=True), line("ESF", purpose="Emergency food assistance")):
        found = hook(of, "us.fsa.907")
        assert (found.state, found.mark) == ("carved-out", "memory")
        assert "humanitarian" in found.why
    assert hook(line("ESF", humanitarian=False), "us.fsa.907").state == "barred"
    for program in ("MRA", "Food for Peace", "FHA", "NED", "DFC", "TDA"):
        carved = hook(line(program), "us.fsa.907")
        assert (carved.state, carved.mark) == ("carved-out", "memory")
        assert "fiscal years 2024 and 2026 were read" in carved.why
    assert group(line("TDA")) == (
        "outside",
        ("Section 907 leaves it alone, as far as the sources on file show; this is unchecked."),
    )


@pytest.mark.parametrize("recipient", ["non-government", "multilateral"])
def test_a_law_on_units_leaves_alone_what_goes_to_others(recipient: str) -> None:
    for program, authority in (("ESF", "us.leahy.state"), ("Section 333", "us.leahy.dod")):
        found = hook(line(program, recipient=recipient, unnamed=Part(rows=20)), authority)
        assert found.state == "carved-out"
        assert "units of the security forces" in found.why
        assert hook(line(program, recipient="government"), authority).state == "open"


@pytest.mark.parametrize("recipient", ["non-government", "multilateral"])
def test_a_law_on_a_government_leaves_alone_what_goes_elsewhere(recipient: str) -> None:
    away = line("DA", recipient=recipient)
    found = states(away)
    assert (found["us.fsa.907"], found["us.faa.116"]) == ("carved-out", "carved-out")
    assert found["us.faa.620I"] == "open"
    assert "It reaches assistance to the government" in hook(away, "us.fsa.907").why
    assert group(away)[0] == "asked-now"
    assert states(line("DA", recipient="government"))["us.fsa.907"] == "barred"
    dfc = line("DFC", recipient=recipient)
    assert states(dfc)["us.faa.116"] == "carved-out"


def test_a_line_that_every_law_leaves_alone_stands_outside() -> None:
    away = line("MCC", recipient="non-government")
    assert set(states(away).values()) == {"carved-out"}
    assert group(away) == ("outside", "Section 116 and section 907 leave it alone.")


def test_an_account_leads_to_its_program() -> None:
    of = line(None, account="Economic Support Fund")
    found = program_of(of, LAW)
    assert found and found.id == "us.prog.esf"
    assert states(of) == states(line("ESF"))


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (line(None), "The file gives a sum and names neither program nor account."),
        (line(None, account="Fund of X"), "The law data do not know the account 'Fund of X'."),
        (line("XYZ"), "The law data do not know the program 'XYZ'."),
        (line("DOHS/USCG"), LAW.program("us.prog.uscg").unclear),
    ],
)
def test_no_law_is_told_where_the_line_does_not_say_what_pays(of: Line, why: str) -> None:
    assert hooks(of, LAW, BARRED) == ()
    assert group(of) == ("hook-unclear", why)


def test_money_of_another_state_is_outside_these_laws() -> None:
    of = line("ESF", donor="SE", dataset="iati")
    assert hooks(of, LAW, BARRED) == ()
    assert group(of) == (
        "outside",
        (
            "The laws in the data are those of the United States; this is given by an agency of "
            "Sweden."
        ),
    )


def test_a_region_has_no_government_that_a_law_names() -> None:
    assert states(line("IMET-1", country="WLD")) == {"us.leahy.state": "open"}
    assert group(line("DA", country="WLD"))[0] == "hook-unclear"


def test_no_law_is_told_for_a_state_that_is_no_more() -> None:
    for program in ("IMET-1", "DA", "HMA"):
        assert hooks(line(program, country="YUCS"), LAW, BARRED) == ()
        assert group(line(program, country="YUCS")) == ("hook-unclear", "The state is no more.")
    assert group(line("IDA", country="YUCS"))[0] == "outside"


def test_what_is_said_of_a_group_names_each_law_that_can_be_asked() -> None:
    assert group(line("IMET-1"), WAIVED) == (
        "asked-now",
        (
            "An office can be asked to withhold it under the State Leahy law, section 502B and "
            "section 620I; section 907 is waived on that day, and an office can be asked to end "
            "that."
        ),
    )
    assert "whether section 907 is waived on that day is not known" in group(line(), UNKNOWN)[1]


def test_what_can_be_asked_also_names_the_law_that_wants_a_unit() -> None:
    unnamed = line("IMET-1", rows=3, unnamed=Part(rows=3))
    assert group(unnamed, WAIVED) == (
        "asked-now",
        (
            "An office can be asked to withhold it under section 502B and section 620I; section "
            "907 is waived on that day, and an office can be asked to end that; the State Leahy "
            "law reaches units of security forces, and no row of the line names one that can be "
            "told from others."
        ),
    )


def test_what_must_be_shown_goes_with_how_the_law_stands() -> None:
    steps, condition = LAW.element("el.907.no_steps").test, LAW.element("el.907.condD_fails").test
    assert hook(line(), "us.fsa.907", BARRED).shows == (steps,)
    for on in (WAIVED, UNKNOWN):
        assert hook(line(), "us.fsa.907", on).shows == (
            f"{steps} To ask for the end of a waiver: {condition}",
        )
    (shown,) = hook(line(), "us.leahy.state").shows
    assert shown.endswith(f"Against an exception: {LAW.element('el.no_effective_steps').test}")


@pytest.mark.parametrize("agency", ["Department of Defense", "Department of State"])
def test_a_fund_that_two_departments_are_printed_to_pay_has_both_unit_laws_as_argued(
    agency: str,
) -> None:
    found = line("PCCF", country="PK", agency=agency)
    assert states(found) == {"us.leahy.state": "argued", "us.leahy.dod": "argued"}
    assert {hook.mark for hook in hooks(found, LAW, BARRED)} == {"memory"}
    assert group(found) == (
        "hook-unclear",
        (
            "Whether the State Leahy law and the Defense Leahy law reach it is argued: by one "
            "reading they do, by another they do not."
        ),
    )


def test_an_exchange_under_the_assistance_act_may_be_reached_by_its_laws() -> None:
    found = states(line("PME"))
    assert {found[id] for id in ("us.leahy.state", "us.faa.502B", "us.faa.620I")} == {"argued"}
    assert hook(line("PME"), "us.leahy.state").mark == "memory"
    assert found["us.leahy.dod"] == "open"


def test_every_line_of_every_program_has_a_group_and_a_reason() -> None:
    for program in LAW.programs.values():
        for country in ("AZ", "AM", "EG", "WLD"):
            for on in (BARRED, WAIVED, date(1970, 1, 1)):
                where, why = group(line(program.codes[0], country=country), on)
                assert where in Group.__args__  # type: ignore[attr-defined]  # of a Literal
                assert why[0].isupper() or why[0].isdigit()
                assert why.endswith(".")


def test_nothing_hangs_on_which_state_it_is_but_what_the_law_data_say() -> None:
    bar = LAW.authority("us.fsa.907")
    other = replace(LAW, authorities=LAW.authorities | {bar.id: replace(bar, countries=("AM",))})
    assert states(line("Section 333", country="AM"), law=other)["us.fsa.907"] == "barred"
    assert "us.fsa.907" not in states(line("Section 333"), law=other)
