"""A record takes only happenings that fit into it, and replays whatever it holds."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from happenings import DIGESTS, FILES, MESSAGE, entry_of, full_case
from invented import ADA, READER

from gravamen.case import Judgement, Requester
from gravamen.casefile import CaseFile, Judged, Opened, RecordError, verify
from gravamen.casefile.pointers import HAPPENINGS, OF_LAW, PARTS, POINTERS
from gravamen.proceedings import Answer, Ballot, Dispatch, Member, Voted
from gravamen.sentences import Signatory

change = msgspec.structs.replace
MEMBERS = (Member(id="ada", name="A"), Member(id="ben", name="B"))


def test_every_kind_of_happening_is_recorded_and_replayed(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    assert {type(h) for h in made.values()} == {k for kinds in HAPPENINGS.values() for k in kinds}
    case = CaseFile.open(tmp_path / "case").case()
    assert case == casefile.case()
    tables = (case.steps, case.signings, case.dispatches, case.replies, case.noted)
    assert {id: h for table in tables for id, h in table.items()} == made
    assert verify(tmp_path / "case").faults == verify(tmp_path / "case").notices == ()


def test_every_field_that_names_a_thing_is_looked_up(tmp_path: Path) -> None:
    assert POINTERS.keys() == {k for kinds in HAPPENINGS.values() for k in kinds}
    lists = {"sources", "parties", "claims", "requests", *HAPPENINGS, *PARTS}
    for table in (POINTERS, OF_LAW):
        for kind, pointers in table.items():
            for path, among in pointers:
                assert path[0] in kind.__struct_fields__, (kind, path)
                assert table is OF_LAW or among[0] in lists
    things = {"evidence", "requests", "request", "round", "dispatch", "source", "scan", "holder",
              "resends", "copy_of", "follows_up", "authorised_by", "by_round", "by_request",
              "question", "office", "clock", "answers", "changes", "signers"}  # fmt: skip
    for kind, pointers in POINTERS.items():
        seen = {path[0] for path, _ in (*pointers, *OF_LAW.get(kind, ()))}
        assert things & {*kind.__struct_fields__} <= seen, kind


@pytest.mark.parametrize(
    ("of", "changes", "words"),
    [
        ("st.1", {"evidence": ("s.none",)}, "st.1 points to 's.none', which is not among the sour"),
        ("st.5", {"question": "st.2"}, "not among the amendments here; record that first, or corr"),
        ("st.5", {"question": "motions"}, "not among the amendments here"),
        ("sg.2", {"authorised_by": "st.4"}, "not among the votes here"),
        ("sg.2", {"file": "0" * 64}, "names the file 000"),
        ("sg.2", {"file": "0" * 63}, "which is no SHA-256"),
        ("sg.2", {"signatories": ()}, "The round sg.2 has no signatory"),
        ("sg.2", {"signatories": (Signatory(id="ada", name="A", capacity="M"),)},
         "sg.5 is of 'ben', who is not among the signatories of sg.2"),
        ("sg.3", {"signatory": "cy"}, "sg.3 is of 'cy', who is not among the signatories of sg.2"),
        ("sg.4", {"round": "sg.1"}, "sg.4 points to 'sg.1', which is not among the rounds"),
        ("sg.5", {"scan": "s.none"}, "not among the sources"),
        ("sg.6", {"signatory": "cy"}, "who is not among the signatories"),
        ("sg.7", {"by_round": "sg.4"}, "not among the rounds"),
        ("d.1", {"requests": ("r.one", "r.none")}, "points to 'r.none', which is not among the re"),
        ("d.1", {"holder": "n.2"}, "not among the holders"),
        ("d.1", {"message": "0" * 64}, "which is not kept; keep its bytes first"),
        ("d.1", {"round": "d.1"}, "not among the rounds"),
        ("d.2", {"resends": "d.none"}, "not among the dispatches"),
        ("y.1", {"source": "s.none"}, "y.1 points to 's.none', which is not among the sources"),
        ("y.1", {"dispatch": "y.1"}, "not among the dispatches"),
        ("y.1", {"answers": (Answer(request="r.none", outcome="granted"),)}, "among the requests"),
        ("n.1", {"source": "s.none"}, "n.1 points to 's.none'"),
        ("n.2", {"dispatch": "d.none"}, "n.2 points to 'd.none'"),
        ("n.4", {"clock": "n.2"}, "not among the clocks that were started"),
        ("n.6", {"requests": ("r.none",)}, "n.6 points to 'r.none'"),
        ("n.7", {"by_request": "r.none"}, "n.7 points to 'r.none'"),
        ("n.5", {"due": "2024-01-14"}, "is due on 2024-01-14, before 2024-01-15 ('set_on')"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    tmp_path: Path, of: str, changes: dict[str, Any], words: str
) -> None:
    casefile, made = full_case(tmp_path / "case")
    before = casefile.head
    with pytest.raises(RecordError) as refused:
        casefile.append(entry_of(change(made[of], **changes)), actor=ADA)
    assert words in str(refused.value)
    assert casefile.head == before
    assert casefile.case() == CaseFile.open(tmp_path / "case").case()


@pytest.mark.parametrize("of", ["y.1", "n.6"])
def test_an_answer_quotes_what_its_source_says_or_is_refused(tmp_path: Path, of: str) -> None:
    casefile, made = full_case(tmp_path / "case")
    (answer, *_) = made[of].answers
    for passage in (
        change(answer.passage, exact="The ministry admits it."),
        change(answer.passage, start=0),
        change(answer.passage, source="s.none"),
    ):
        answers = (change(answer, passage=passage),)
        with pytest.raises(RecordError, match=f"Answer 1 of {of} quotes"):
            casefile.append(entry_of(change(made[of], answers=answers)), actor=ADA)


def test_words_may_stand_for_a_source_of_an_address(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    casefile.append(entry_of(change(made["n.1"], source="their letter of May")), actor=ADA)


def test_what_was_erased_may_be_pointed_to(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    for id in ("r.one", "d.1", "sg.2", "st.5", "n.3"):
        casefile.erase(id, actor=ADA, reason="asked for")
    again = [made[id] for id in ("d.2", "sg.4", "y.1", "n.2", "n.4", "n.6")]
    casefile.append(*map(entry_of, again), actor=ADA)
    assert verify(tmp_path / "case").well


def test_an_id_stays_of_the_kind_that_it_was_recorded_with(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    with pytest.raises(RecordError, match=r"'sg\.2' is the id of something of another kind"):
        casefile.append(entry_of(change(made["sg.3"], id="sg.2")), actor=ADA)
    with pytest.raises(RecordError, match=r"'d\.1' is the id of something of another kind"):
        casefile.append(entry_of(change(made["y.1"], id="d.1")), actor=ADA)


def _body(*members: Member) -> Opened:
    return Opened(id="yard", title="The yard", requester=Requester(name="Board", members=members))


def _vote(*ballots: Ballot) -> Voted:
    return Voted(id="st.5", at="2024-01-09", ballots=ballots)


def test_only_members_vote_where_the_members_are_known(tmp_path: Path) -> None:
    casefile, _ = full_case(tmp_path / "case")
    aye = Ballot(member="Cy", option="aye")
    casefile.append(entry_of(_vote(aye)), actor=ADA)  # nobody knows the members yet
    with pytest.raises(RecordError, match="has a ballot of 'Cy', who is not among the members"):
        casefile.append(_body(*MEMBERS), actor=ADA)
    by_id_and_name = (Ballot(member="ada", option="aye"), Ballot(member="B", option="no"))
    casefile.append(_body(*MEMBERS), entry_of(_vote(*by_id_and_name)), actor=ADA)
    with pytest.raises(RecordError, match="has a ballot of 'Cy'"):
        casefile.append(entry_of(_vote(*by_id_and_name, aye)), actor=ADA)
    with pytest.raises(RecordError, match="two ballots of one member, 'ada' and 'A'"):
        casefile.append(
            entry_of(_vote(*by_id_and_name, Ballot(member="A", option="no"))), actor=ADA
        )
    casting = Ballot(member="A", option="aye", casting=True)
    casefile.append(entry_of(_vote(*by_id_and_name, casting)), actor=ADA)
    with pytest.raises(RecordError, match="keep the member there with the `end` of the term"):
        casefile.append(_body(MEMBERS[0]), actor=ADA)


@pytest.mark.parametrize("of", ["st.2", "sg.3", "d.2"])
def test_a_machine_neither_votes_nor_signs_nor_sends(tmp_path: Path, of: str) -> None:
    casefile, made = full_case(tmp_path / "case")
    with pytest.raises(RecordError, match="is recorded by a person"):
        casefile.append(entry_of(made[of]), actor=READER)


def test_a_machine_reads_a_reply_and_a_person_decides(tmp_path: Path) -> None:
    casefile, made = full_case(tmp_path / "case")
    reply = change(made["y.1"], id="y.2")
    casefile.append(entry_of(reply), actor=READER)
    assert not casefile.case().reviewed("y.2")
    casefile.append(Judged(judgement=Judgement(target="y.2", verdict="accepted")), actor=ADA)
    assert casefile.case().reviewed("y.2")
    with pytest.raises(RecordError, match="A person recorded or judged 'y.2'"):
        casefile.append(entry_of(change(reply, reply="ack")), actor=READER)


def test_what_a_record_holds_is_replayed_whatever_it_points_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casefile, made = full_case(tmp_path / "case")
    stray = change(made["y.1"], id="y.2", source="s.none", dispatch="d.none", answers=())
    monkeypatch.setattr("gravamen.casefile.rules.check_happened", lambda *_: None)
    casefile.append(entry_of(stray), actor=ADA)
    monkeypatch.undo()
    assert CaseFile.open(tmp_path / "case").case().replies["y.2"] == stray
    assert verify(tmp_path / "case").well


def test_a_kept_file_stays_with_the_record(tmp_path: Path) -> None:
    casefile, _ = full_case(tmp_path / "case")
    assert [casefile.blob(digest) for digest in DIGESTS] == list(FILES)


def test_a_record_without_proposals_remembers_its_kept_files_too(tmp_path: Path) -> None:
    casefile = CaseFile.create(tmp_path / "case", Opened(id="x", title="x"), actor=ADA)
    message = casefile.put_blob(MESSAGE)
    sent = Dispatch(
        id="d.1", at="2024-03-05", instrument="motion", channel="hand", address="Room 4",
        to="the desk", message=message,
    )  # fmt: skip
    casefile.append(entry_of(sent), actor=ADA)
    again = verify(tmp_path / "case")
    assert (again.blobs, again.faults, again.notices) == (1, (), ())
    with pytest.raises(RecordError, match=r"is also the file of d\.1 \(entry 2\), which would be"):
        casefile.erase(f"blob:{message}", actor=ADA, reason="asked for")
    assert CaseFile.open(tmp_path / "case").blob(message) == MESSAGE
