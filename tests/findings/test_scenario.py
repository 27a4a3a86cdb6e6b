"""Tests of scenarios: what a file may say, faults with line and remedy, verdicts line by line."""

import pytest

from gravamen import law as lawdata
from gravamen.findings.scenario import Outcome, ScenarioError, hold, parse_scenario, stage

SCENARIO = """\
name: A guard who beat somebody
on: 2024-03-01
facts:
  parties:
    guard: {kind: person, nationality: XS, shown_by: [passport]}
  acts:
    beating: {act: torture, on: 2023-02-04, perpetrators: [guard], said_by: [man]}
expect:
"""


def tried(expect: str) -> list[Outcome]:
    file = parse_scenario((SCENARIO + expect).encode(), name="x.yaml")
    return list(hold(file.scenario, lawdata.load(), checking=lambda *_: {"checked": "words"}))


def one(expect: str) -> Outcome:
    [outcome] = tried(expect)
    return outcome


def fault(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text.encode(), name="x.yaml")
    first, *faults = str(caught.value).split("\n")
    assert first == "The scenario cannot be judged:"
    [only] = faults
    return only


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "nationality: XS",
            "nationalty: XS",
            "x.yaml:5: The key 'nationalty' is not known here; the nearest is 'nationality'.",
        ),
        (
            "act: torture",
            "act: torturing",
            "x.yaml:7: 'torturing' is not one of the known words; the nearest is 'torture'.",
        ),
        (
            "perpetrators: [guard]",
            "perpetrators: [gaurd]",
            "x.yaml:7: The facts name no party 'gaurd'; the nearest is 'guard'.",
        ),
        (
            "on: 2023-02-04",
            "on: 2023-02-30",
            "x.yaml:7: '2023-02-30' is not a day of the calendar",
        ),
        (
            "said_by: [man]",
            "said_by: [man], withdrawn: [woman]",
            "x.yaml:7: 'woman' says nothing about 'beating'; add it under 'said_by'.",
        ),
        (
            "said_by: [man]",
            "said_by: [man], proves: {el.agent: [woman]}",
            "x.yaml:7: 'woman' says nothing about 'beating'; add it under 'said_by'.",
        ),
        ("on: 2024-03-01", "on: 1 March 2024", "x.yaml:2: '1 March 2024' is not a day"),
        ("said_by: [man]", "said_by: man", "x.yaml:7: A list is wanted here."),
    ],
)
def test_a_fault_of_the_facts_names_its_line_and_what_to_do(old: str, new: str, said: str) -> None:
    text = SCENARIO.replace(old, new, 1) + "  weighed: [guard]\n"
    assert text != SCENARIO + "  weighed: [guard]\n"
    assert fault(text).startswith(said)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        (
            "  regimes: {guard: {uk.ghr2020: perhaps}}\n",
            "x.yaml:9: 'perhaps' is not one of the known words",
        ),
        ("  regimes: {gard: {}}\n", "x.yaml:9: The facts name no party 'gard'; the nearest is"),
        ("  weighed: [nobody]\n", "x.yaml:9: The facts name no party 'nobody'"),
        ("  reach: {guard: {us.eo13818: {reached: maybe}}}\n", "x.yaml:9: 'maybe' is not true"),
        ("  findings: {guard: [x]}\n", "x.yaml:9: Keys with values are wanted here."),
        ("  weighed: [guard]\n  weighed: []\n", "x.yaml:10: The key 'weighed' is given twice."),
    ],
)
def test_a_fault_of_the_expectations_names_its_line(expect: str, said: str) -> None:
    assert fault(SCENARIO + expect).startswith(said)


def test_rejected_and_proposed_things_must_be_there_and_the_nearest_is_named() -> None:
    text = SCENARIO.replace("expect:", "  rejected: [man on beeting]\nexpect:") + "  weighed: []\n"
    assert fault(text) == (
        "x.yaml:8: The facts hold no party, act or claim 'man on beeting'; the nearest is "
        "'man on beating'."
    )


def test_every_fault_is_said_at_once() -> None:
    text = SCENARIO.replace("[guard]", "[a, b]").replace("2023-02-04", "2023-13") + "  {}\n"
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text.encode(), name="x.yaml")
    assert str(caught.value).count("x.yaml:7: ") == 3


def test_an_expectation_holds_or_says_what_was_found_and_where_it_stands() -> None:
    outcome = one("  findings: {guard: {us.eo13818.shra: {el.shra_act: supported}}}\n")
    assert outcome.holds
    outcome = one("  findings: {guard: {us.eo13818.shra: {el.shra_act: missing}}}\n")
    assert not outcome.holds
    assert (outcome.expected, outcome.found) == ("missing", "supported")
    file = parse_scenario((SCENARIO + "  weighed:\n    [guard]\n").encode(), name="x.yaml")
    assert file.line(outcome.place) == 8
    assert file.line(("expect", "weighed", 0)) == 10


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("findings: {guard: {us.eo13818.shr: {el.shra_act: missing}}}", "no prong 'us.eo13818.shr"),
        ("findings: {guard: {us.eo13818.shra: {el.shra: missing}}}", "no element 'el.shra'"),
        ("reach: {guard: {us.eo: {reached: true}}}", "there is no authority 'us.eo'"),
        ("regimes: {guard: {uk.gr: no}}", "there is no authority 'uk.gr'"),
        ("waiver: {us.fsa: {state: barred}}", "there is no authority 'us.fsa'"),
        ("clock: {clk.no: {starts: true}}", "there is no clock 'clk.no'"),
        (
            "flags: {chekced: {fires: true}}",
            "there is no check 'chekced'; the nearest is 'checked'",
        ),
    ],
)
def test_what_the_law_data_do_not_know_fails_and_names_the_nearest(expect: str, said: str) -> None:
    outcome = one(f"  {expect}\n")
    assert not outcome.holds
    assert said in outcome.found


def test_a_known_prong_that_was_not_weighed_says_so() -> None:
    outcome = one("  findings: {guard: {us.leahy.state.unit: {el.unit: missing}}}\n")
    assert outcome.found.startswith("no finding: the prong was not weighed")


def test_the_answer_of_a_regime_is_judged_with_each_of_its_parts() -> None:
    told = "{answer: contested, prong: x, lacks: [], outside: [beating], why: sun, ends: moon}"
    outcomes = tried(f"  regimes: {{guard: {{us.glomag.act: {told}}}}}\n")
    assert [o.place[-1] for o in outcomes] == [
        "answer", "prong", "lacks", "outside", "why", "ends"
    ]  # fmt: skip
    assert not any(o.holds for o in outcomes)
    assert outcomes[2].found == "el.victim_seeks"


def test_flags_are_asked_of_the_checks_that_were_given() -> None:
    assert one("  flags: {checked: {fires: true}}\n").holds
    assert [o.holds for o in tried("  flags: {checked: {fires: true, says: word}}\n")] == [
        True, True
    ]  # fmt: skip


def test_a_scenario_can_be_staged_without_an_expectation() -> None:
    file = parse_scenario((SCENARIO + "  {}\n").encode(), name="x.yaml")
    staged = stage(file.scenario, lawdata.load())
    assert {s.authority: s.answer for s in staged.sides}["us.eo13818"] == "yes"
    assert list(staged.case.claims) == ["passport on guard", "man on beating"]


def test_a_file_of_another_encoding_is_an_error_that_says_so() -> None:
    with pytest.raises(ScenarioError, match="not UTF-8"):
        parse_scenario(SCENARIO.encode("utf-16"), name="x.yaml")
