"""Amending: each amendment that holds makes a new version; bindings go with their words."""

import msgspec
from instruments.letters import CASE, motion, sentence

from gravamen.adoption import Adoption, standing
from gravamen.instruments.amending import amended_motion, changed, told
from gravamen.proceedings import AdoptionStep, Amended, Change
from gravamen.sentences import Block, Instrument, Section

from .building import LAW, ON, board, vote

QUOTED = sentence(
    "s4", "It said “held 41 persons without charge”;", "c.held",
    quotes=("held 41 persons without charge",),
)  # fmt: skip


def drafted() -> Instrument:
    made = motion()
    [section] = made.sections
    first, lead, asks = section.blocks
    quoted = Block(sentences=(QUOTED,), style="whereas", label="WHEREAS,")
    section = msgspec.structs.replace(section, blocks=(first, quoted, lead, asks))
    return msgspec.structs.replace(made, id="motion", sections=(section,))


def by_id(instrument: Instrument, id: str):  # type: ignore[no-untyped-def]  # a Sentence
    return next(s for s in instrument.sentences() if s.id == id)


def put(*changes: Change, accepted: bool = True, id: str = "a1", at: str = "2026-05-12") -> Amended:
    return Amended(id=id, at=at, by="Supervisor Ash", changes=changes, accepted=accepted)


def adoption(*steps: AdoptionStep, on=ON) -> Adoption:  # type: ignore[no-untyped-def]  # a date
    made = msgspec.structs.replace(CASE, requester=board(), steps={s.id: s for s in steps})
    return standing(made, LAW, on=on)


def amended(*changes: Change) -> Instrument:
    return amended_motion(CASE, drafted(), adoption(put(*changes)))


def change(id: str, now: str | None, **more: object) -> Change:
    return Change(sentence=id, was=by_id(drafted(), id).text, now=now, **more)  # type: ignore[arg-type]


def test_a_changed_sentence_without_its_quotes_rests_on_nothing() -> None:
    made = by_id(amended(change("s4", "It said that many were held;")), "s4")
    assert (made.text, made.bindings, made.quotes) == ("It said that many were held;", (), ())


def test_a_changed_sentence_keeps_its_claims_where_its_quotes_still_stand() -> None:
    words = "Its report said “held 41 persons without charge”;"
    made = by_id(amended(change("s4", words)), "s4")
    assert (made.text, made.bindings, made.quotes) == (words, QUOTED.bindings, QUOTED.quotes)


def test_a_changed_paraphrase_rests_on_nothing_until_a_person_says_on_what() -> None:
    words = "the Harbour Observatory reported that 14 persons were held;"
    assert by_id(amended(change("s1", words)), "s1").bindings == ()
    told_so = by_id(amended(change("s1", words, rests_on=("c.post",))), "s1")
    assert [b.claim for b in told_so.bindings] == ["c.post"]


def test_what_is_not_changed_keeps_every_binding() -> None:
    made = amended(change("s4", "Other;"))
    assert by_id(made, "s1") == by_id(drafted(), "s1")


def test_a_sentence_is_struck_out_with_its_clause() -> None:
    made = amended(change("s4", None))
    assert [s.id for s in made.sentences()] == ["s1", "s2", "s3"]
    assert len(made.sections[0].blocks) == 3


def test_a_new_clause_stands_after_the_one_named_in_its_form() -> None:
    ask = by_id(drafted(), "s3")
    made = amended(Change(now="That the Board waits.", after="s3", follows=ask.text))
    last = made.sections[0].blocks[-1]
    assert isinstance(last, Block) and (last.style, last.label) == ("resolved", "RESOLVED,")
    assert (last.sentences[0].kind, last.sentences[0].text) == ("request", "That the Board waits.")
    assert len({s.id for s in made.sentences()}) == 5


def test_a_new_clause_of_the_preamble_alleges_and_must_be_bound() -> None:
    first = by_id(drafted(), "s1")
    bare = amended(Change(now="that more were held;", after="s1", follows=first.text))
    [new] = [s for s in bare.sentences() if s.text == "that more were held;"]
    assert (new.kind, new.bindings) == ("allegation", ())
    resting = Change(
        now="that more were held;", after="s1", follows=first.text, rests_on=("c.held",)
    )
    [bound] = [s for s in amended(resting).sentences() if s.text == "that more were held;"]
    assert [b.claim for b in bound.bindings] == ["c.held"]


def test_after_the_lead_a_new_clause_is_operative() -> None:
    lead = by_id(drafted(), "s2")
    made = amended(Change(now="That it hears.", after="s2", follows=lead.text))
    assert [s.kind for s in made.sentences()] == [
        "allegation", "allegation", "form", "request", "request",
    ]  # fmt: skip


def test_numbered_clauses_count_from_one_again() -> None:
    blocks = tuple(
        Block(
            sentences=(sentence(f"s{n}", f"Ask {n}.", kind="request"),),
            style="numbered",
            label=f"{n}.",
        )
        for n in (1, 2, 3)
    )
    county = motion("county", id="motion", sections=(Section(heading=None, blocks=blocks),))
    struck = changed(CASE, county, Change(sentence="s1", was="Ask 1."))
    assert [b.label for b in struck.sections[0].blocks if isinstance(b, Block)] == ["1.", "2."]
    more = changed(CASE, county, Change(now="Ask 4.", after="s1", follows="Ask 1."))
    assert [
        (b.label, b.sentences[0].text) for b in more.sections[0].blocks if isinstance(b, Block)
    ] == [("1.", "Ask 1."), ("2.", "Ask 4."), ("3.", "Ask 2."), ("4.", "Ask 3.")]


def test_a_sentence_is_found_by_its_words_where_ids_have_moved() -> None:
    moved = Change(sentence="s99", was=QUOTED.text, now="Other;")
    assert by_id(amended(moved), "s4").text == "Other;"
    gone = Change(sentence="s4", was="words that stand nowhere", now="Other;")
    assert amended(gone) == drafted()


def test_amendments_are_made_in_the_order_in_which_they_came_to_hold() -> None:
    first = put(change("s4", "One;"), id="a1", at="2026-05-12T10:05-07:00", accepted=False)
    second = put(
        Change(sentence="s4", was="One;", now="Two;"), id="a2", at="2026-05-12T10:01-07:00",
        accepted=False,
    )  # fmt: skip
    votes = (
        vote("aaaaa", "v1", "2026-05-12T10:10-07:00", question="a1"),
        vote("aaaaa", "v2", "2026-05-12T10:20-07:00", question="a2"),
    )
    made = amended_motion(CASE, drafted(), adoption(first, second, *votes))
    assert by_id(made, "s4").text == "Two;"


def test_one_that_failed_or_is_pending_changes_nothing() -> None:
    step = put(change("s4", "Other;"), accepted=False)
    assert amended_motion(CASE, drafted(), adoption(step)) == drafted()
    lost = vote("annnn", "v1", question="a1")
    assert amended_motion(CASE, drafted(), adoption(step, lost)) == drafted()


def test_the_motion_of_a_day_before_stays_as_it_was() -> None:
    step = put(change("s4", "Other;"))
    before = adoption(step, on=ON.replace(day=11))
    assert amended_motion(CASE, drafted(), before) == drafted()


def test_a_change_in_words_marks_what_changed_and_names_the_claims_touched() -> None:
    one = Change(sentence="s1", was="41 persons held", now="14 persons held", claims=("c.held",))
    assert told(one) == "s1: [-41-]{+14+} persons held (touches c.held)"
    assert told(Change(now="New.", after="s3")) == "after s3: {+New.+}"
    assert told(Change(sentence="s2", was="Gone.")) == "s2: [-Gone.-]"
