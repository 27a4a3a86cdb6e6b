"""Vote record: a motion bears its vote once it was taken; Akoma Ntoso holds it as data."""

import datetime
from pathlib import Path

import msgspec
import pytest
from instruments.letters import CASE, motion
from lxml import etree

from gravamen.adoption import standing, words_digest
from gravamen.case import Case
from gravamen.instruments.akn_meta import AKN
from gravamen.instruments.manifest import read
from gravamen.instruments.setting import made_of, write
from gravamen.instruments.verify import verify_file
from gravamen.instruments.vote_record import HEADING, with_record
from gravamen.law.body import Majority
from gravamen.proceedings import AdoptionStep, Amended, Ballot, Change, Minuted, Voted
from gravamen.sentences import Instrument

from .building import FOUR_FIFTHS, LAW, ON, board, moved, posted, quorum, seconded, vote

NS = {"a": AKN}
HALF = quorum(share="1/2", more=True)
LIFE = (
    posted(item="7-B"),
    moved(),
    seconded(),
    Amended(
        id="a1", at="2026-05-12T10:25-07:00", by="elm", accepted=True,
        changes=(Change(sentence="s1", was="x", now="y"),),
    ),
    vote("aaanr"),
    Minuted(id="r1", at="2026-05-13", number="Resolution 7"),
)  # fmt: skip


def case_of(*steps: AdoptionStep, **requester: object) -> Case:
    return msgspec.structs.replace(
        CASE, requester=board(clerk="County Clerk", **requester), steps={s.id: s for s in steps}
    )


def recorded(
    *steps: AdoptionStep, on: datetime.date = ON, style: str = "resolution", **requester: object
) -> Instrument:
    case = case_of(*steps, **requester)
    return with_record(case, motion(style, id="motion"), standing(case, LAW, on=on))


def words(instrument: Instrument) -> list[str]:
    [section] = [s for s in instrument.sections if s.heading == HEADING]
    return [s.text for b in section.blocks for s in b.sentences]  # type: ignore[union-attr]


def test_the_record_tells_item_movers_amendment_roll_call_result_and_number() -> None:
    assert words(recorded(*LIFE)) == [
        (
            "Item 7-B on the agenda of the regular meeting of May 12, 2026, posted 72 hours before "
            "it; Cal. Gov. Code 54954.2 asks for 72 hours."
        ),
        "Moved by Supervisor Ash and seconded by Supervisor Birch.",
        "Amended before the vote as Supervisor Elm moved (accepted by the movers).",
        "Roll call of May 12, 2026.",
        "Ayes (3): Supervisor Ash, Supervisor Birch and Supervisor Cedar.",
        "Noes (1): Supervisor Dogwood.",
        "Recused (1): Supervisor Elm.",
        "The count: 3 ayes and 1 no, of 5 seats.",
        "Which text was voted on is not on file.",
        "Recorded by the County Clerk on May 13, 2026 as Resolution 7.",
    ]


def test_the_sentences_of_the_record_are_form_and_rest_on_nothing() -> None:
    found = recorded(*LIFE)
    new = found.sentences()[3:]
    assert {(s.kind, s.bindings) for s in new} == {("form", ())}
    assert len({s.id for s in found.sentences()}) == len(found.sentences())


def test_before_the_vote_the_motion_is_as_it_was() -> None:
    assert recorded(*LIFE, on=datetime.date(2026, 5, 11)) == motion(id="motion")


def test_a_failed_vote_says_so_and_what_was_needed() -> None:
    found = words(recorded(vote("aaann"), majority=FOUR_FIFTHS, quorum=HALF))
    assert (
        "The motion did not carry: 3 ayes of 5, where it takes 4 (at least four fifths of all "
        "seats; Board rule 9)." in found
    )
    few = words(recorded(vote("aaxxx"), majority=FOUR_FIFTHS, quorum=HALF))
    assert any(
        w.startswith("The motion did not carry: 2 took part, and a quorum is 3") for w in few
    )


def test_what_cannot_be_decided_is_not_said_to_have_carried() -> None:
    found = words(recorded(vote("aaaaa"), members=()))
    assert any(w.startswith("Whether the motion carried cannot be said: how many") for w in found)


def test_a_casting_vote_and_who_is_not_recorded_stand_in_the_record() -> None:
    rule = Majority(basis="voting", casting=True, text="x", cite="Rule 1", as_of="2026")
    ballots = (*vote("aann.").ballots, Ballot(member="ash", option="aye", casting=True))
    found = words(recorded(Voted(id="v1", at="2026-05-12", ballots=ballots), majority=rule))
    assert "Casting vote of who presided: aye." in found
    assert "Not recorded (1): Supervisor Elm." in found
    assert "The votes were equal, 2 to 2, and the casting vote of who presided was aye." in found
    sure = recorded(Voted(id="v1", at="2026-05-12", ballots=ballots), majority=rule, quorum=HALF)
    assert (
        "The motion carried: the votes were equal, 2 to 2, and the casting vote of who presided "
        "was aye (Rule 1)." in words(sure)
    )


def test_a_rule_from_memory_decides_nothing_in_the_motion() -> None:
    found = " ".join(words(recorded(vote("aaann"))))
    assert "The count: 3 ayes and 2 noes, of 5 seats." in found
    assert "memory" not in found and "25005" not in found and "carried" not in found
    own = words(recorded(vote("aaaan"), majority=FOUR_FIFTHS, quorum=HALF))
    assert (
        "The motion carried: 4 ayes of 5, where it takes 4 (at least four fifths of all seats; "
        "Board rule 9)." in own
    )


def test_a_posting_that_nothing_shows_is_not_stated_as_a_fact() -> None:
    for lacking in ({"evidence": ()}, {"url": None}):
        found = words(recorded(posted(item="7-B", **lacking), vote()))
        assert found[0] == "Item 7-B on the agenda of the regular meeting of May 12, 2026."
    short = words(recorded(posted("2026-05-09T11:00-07:00"), vote()))
    assert "posted 71 hours before it; Cal. Gov. Code 54954.2 asks for 72 hours." in short[0]


def test_the_vote_stands_under_the_words_that_were_voted_on_and_no_others() -> None:
    wrote = motion("resolution", id="motion")
    same = recorded(vote(version=words_digest(wrote)))
    assert HEADING in [s.heading for s in same.sections]
    assert "Which text was voted on is not on file." not in words(same)
    assert recorded(vote(version="0" * 64)) == wrote
    assert words_digest(same) == words_digest(wrote)


@pytest.fixture(scope="session")
def schema(shared_data: Path) -> etree.XMLSchema:
    path = shared_data / "akn" / "akomantoso30.xsd"
    if not path.exists():
        pytest.skip("no Akoma Ntoso schema in shared/data/akn")
    return etree.XMLSchema(etree.parse(str(path)))


@pytest.mark.parametrize("style", ["resolution", "county"])
def test_akoma_ntoso_holds_the_vote_and_is_valid(style: str, schema: etree.XMLSchema) -> None:
    root = etree.fromstring(made_of(recorded(*LIFE, style=style), case=CASE).akn)
    schema.assertValid(root)
    [voting] = root.iterfind(".//a:meta/a:analysis/a:parliamentary/a:voting", NS)
    assert voting.get("outcome") == "#outcome_carried"
    counts = {c.get("refersTo"): c.get("value") for c in voting.iterfind("a:count", NS)}
    assert counts == {
        "#side_ayes": "3", "#side_noes": "1", "#side_abstentions": "0", "#side_absent": "0",
        "#side_recused": "1", "#side_not-recorded": "0",
    }  # fmt: skip
    quorum = voting.find("a:quorum", NS)
    assert quorum is not None and quorum.get("value") == "3"
    events = [e.get("date") for e in root.iterfind(".//a:lifecycle/a:eventRef", NS)]
    assert events == ["2024-01-15", "2026-05-09", *["2026-05-12"] * 4, "2026-05-13"]


def test_every_reference_of_the_vote_leads_somewhere() -> None:
    root = etree.fromstring(made_of(recorded(*LIFE), case=CASE).akn)
    ids = {e.get("eId") for e in root.iter() if isinstance(e.tag, str)}
    wanted = [
        r for e in root.iter() for name in ("refersTo", "outcome", "source")
        for r in (e.get(name) or "").split() if r.startswith("#")
    ]  # fmt: skip
    assert [r for r in wanted if r[1:] not in ids] == []


def test_the_manifest_carries_the_vote_and_the_document_verifies(tmp_path: Path) -> None:
    made = recorded(*LIFE)
    assert read(made_of(made, case=CASE).manifest.bytes)[1] == made
    assert made.course is not None and made.course.votes[0].counts[0] == ("ayes", 3)
    for path in write(made, tmp_path, case=CASE).paths().values():
        if path.suffix != ".json":
            assert verify_file(path, CASE).ok, path
