"""Tests of checks/assistance.py: figures and their rows, lines and units that were asked about."""

import pytest
from msgspec.structs import replace

from gravamen.case import Judgement
from gravamen.claims import Role
from gravamen.flows import Vetting
from gravamen.sentences import Sentence

from .assisted import assisted, flow
from .building import act, bound, case, claim, drawn, letter, raised, request

SUSPEND = request(measure="suspend-assistance", target="p.tarn")
REFUSED = "339 of 634 programs disagree with the totals that report 2009_2010 itself prints."


def test_a_line_is_the_sum_of_its_rows() -> None:
    assert raised("assistance-sum", assisted(case(), flow())) == []


def test_a_line_that_its_rows_do_not_give_blocks() -> None:
    changed = assisted(case(), flow(amount=130000.0), stated=[flow()])
    (flag,) = raised("assistance-sum", changed)
    assert flag.blocks
    assert flag.where == "f.fmf"
    assert "Its rows add up to 120,294, and it gives 130,000." in flag.message


def test_a_rejected_line_is_not_asked_about() -> None:
    changed = assisted(case(), flow(amount=130000.0), stated=[flow()])
    rejected = replace(changed, judgements=(Judgement(target="f.fmf", verdict="rejected"),))
    assert raised("assistance-sum", rejected) == []


def test_lines_of_a_report_that_is_refused_are_told_once() -> None:
    lines = (flow("f.1", refused=REFUSED), flow("f.2", at="3", program="IMET-1", refused=REFUSED))
    (flag,) = raised("assistance-refused", assisted(case(), *lines))
    assert (flag.where, flag.severity) == ("f.1, f.2", "warning")
    assert flag.message == f"f.1 and f.2 count in no sum: {REFUSED}"
    (alone,) = raised("assistance-refused", assisted(case(), lines[0]))
    assert alone.message == f"f.1 counts in no sum: {REFUSED}"
    assert raised("assistance-refused", assisted(case(), flow())) == []


def test_assistance_that_no_line_shows_is_noted() -> None:
    (flag,) = raised("assistance-without-lines", case(requests=(SUSPEND,)))
    assert (flag.severity, flag.where) == ("note", "r1")
    assert flag.message == (
        "No line of assistance to Tarn was chosen: the letters name no program and no amount."
    )
    assert "gravamen aid import FILE" in flag.hint
    assert raised("assistance-without-lines", assisted(case(requests=(SUSPEND,)), flow())) == []
    assert raised("assistance-without-lines", case(requests=(request(target="p.zand"),))) == []


def test_lines_of_another_state_than_the_one_asked_about_are_told() -> None:
    other = assisted(case(requests=(SUSPEND,)), flow(country="XQ"))
    (flag,) = raised("assistance-without-lines", other)
    assert flag.severity == "warning"
    assert "the lines that were chosen are of XQ" in flag.message


def test_a_unit_that_nobody_compared_with_the_rows_is_told() -> None:
    asked = case(requests=(request(measure="suspend-assistance", target="p.unit"),))
    with_rows = assisted(asked, flow())
    (flag,) = raised("unit-not-compared", with_rows)
    assert flag.where == "p.unit"
    assert raised("unit-not-compared", asked) == []
    assert raised("unit-not-compared", assisted(asked, flow(unnamed_rows=1))) == []
    vetting = Vetting(
        id="v.1", unit="p.unit", name="9 BDE", file="t.csv", sha256="b" * 64, vintage="2018_2019",
        at="2", same="open", why="The place is not given.",
    )  # fmt: skip
    assert raised("unit-not-compared", replace(with_rows, vettings={"v.1": vetting})) == []


BEATEN = act(words="men were beaten", roles=(Role(kind="alleged-perpetrator", party="p.unit"),))


@pytest.mark.parametrize("law", ["us.leahy.state", "us.leahy.dod"])
def test_a_unit_of_which_no_gross_violation_is_alleged_blocks(law: str) -> None:
    asked = request(measure="suspend-assistance", target="p.unit", authority=law)
    bare = case(requests=(asked,))
    (flag,) = raised("unit-without-violation", bare)
    assert flag.blocks
    assert flag.where == "r1"
    assert "no allegation with a source says" in flag.message
    said = claim("c1", "a1", "Men were beaten.", "beaten")
    sources = {"s.report": "Men were beaten."}
    shown = case(requests=(asked,), allegations=(BEATEN,), claims=(said,), sources=sources)
    assert raised("unit-without-violation", shown) == []
    unsaid = case(requests=(asked,), allegations=(BEATEN,), sources=sources)
    assert raised("unit-without-violation", unsaid) != []
    nobody = replace(BEATEN, roles=(Role(kind="victim"),))
    untied = case(requests=(asked,), allegations=(nobody,), claims=(said,), sources=sources)
    (flag,) = raised("unit-without-violation", untied)
    assert (flag.severity, "alleged perpetrator" in (flag.hint or "")) == ("draft", True)
    other = replace(BEATEN, act="detention")
    mild = case(requests=(asked,), allegations=(other,), claims=(said,), sources=sources)
    assert raised("unit-without-violation", mild) != []


def test_a_unit_that_was_only_found_on_file_blocks_where_a_letter_would_name_it() -> None:
    found = Vetting(
        id="v.1", unit="p.unit", name="9 BDE", file="t.csv", sha256="b" * 64, vintage="2018_2019",
        at="2", same="yes", why="The decree gives both names.",
    )  # fmt: skip
    state = replace(SUSPEND, addressees=("us.state.secretary",))
    named = replace(assisted(case(requests=(state,)), flow()), vettings={"v.1": found})
    (flag,) = raised("unit-without-violation", named)
    assert "Ninth Brigade" in flag.message
    nobody = replace(named, requests={"r1": replace(state, addressees=("us.president",))})
    assert raised("unit-without-violation", nobody) == []
    assert raised("unit-without-violation", replace(named, vettings={})) == []


def test_too_broad_a_request_is_told_which_lines_were_chosen() -> None:
    motion = "We ask that all military and economic assistance to Tarn be suspended."
    quote = "all military and economic assistance to Tarn be suspended"
    asked = request(
        motion=motion, quote=quote, measure="suspend-assistance", target="p.tarn",
        authority="us.leahy.state",
    )  # fmt: skip
    plain = case(motion=motion, requests=(asked,))
    (flag,) = raised("assistance-too-broad", plain)
    assert "were chosen" not in flag.message
    (flag,) = raised("assistance-too-broad", assisted(plain, flow()))
    assert flag.message.endswith("The lines that were chosen are of FMF.")


TWO = (flow("f.1"), flow("f.2", at="3", program="IMET-1", trainees=20, amount=599646.0))


def _said(text: str, **fields: object) -> list[str]:
    of = assisted(case(), TWO[0], replace(TWO[1], **fields))
    sentence = Sentence(
        id="s1", kind="allegation", text=text, bindings=bound(of, "c.f.1", "c.f.2"),
        allegations=("f.1", "f.2"),
    )  # fmt: skip
    return [f.message for f in drawn("figure-differs-from-claim", of, letter(sentence))]


def test_a_sum_of_like_lines_is_a_figure_that_its_claims_give() -> None:
    assert _said("24 trainees, $719,940.") == []


def test_another_sum_is_none() -> None:
    assert _said("25 trainees, $719,940.") != []
    assert _said("24 trainees, $719,941.") != []


def test_a_sum_over_vintages_or_of_a_refused_line_is_none() -> None:
    assert _said("24 trainees, $719,940.", vintage="2019_2020") != []
    assert _said("24 trainees, $719,940.", refused=REFUSED) != []


def test_a_request_about_chosen_lines_needs_no_law_named_but_a_text_does() -> None:
    assert raised("authority-not-named", case(requests=(SUSPEND,))) != []
    assert raised("authority-not-named", assisted(case(requests=(SUSPEND,)), flow())) == []
    motion = "We ask that assistance to Tarn be suspended."
    quote = "assistance to Tarn be suspended"
    said = request(motion=motion, quote=quote, measure="suspend-assistance", target="p.tarn")
    text = assisted(case(motion=motion, requests=(said,)), flow())
    assert raised("authority-not-named", text) != []


def test_the_number_of_a_request_is_no_figure_of_its_lines() -> None:
    assert _said("Of the assistance in the annex this reaches what request 7 does.") == []
    assert _said("Of the assistance in the annex this reaches 7 trainees.") != []


def test_proposed_lines_say_how_all_are_accepted_at_once() -> None:
    proposed = replace(assisted(case(), *TWO), proposed_by={"f.1": "machine:gravamen.aid/1"})
    (flag,) = raised("unreviewed-proposal", proposed)
    assert "gravamen aid choose CASE --country XT" in flag.hint
    accepted = replace(proposed, judgements=(Judgement(target="f.1", verdict="accepted"),))
    assert raised("unreviewed-proposal", accepted) == []
