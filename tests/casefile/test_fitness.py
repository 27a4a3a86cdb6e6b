"""What means nothing as it is written is said with its field; what means something is not."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from happenings import one_of_each
from invented import ADA, ARGUMENT, CONSENT, REVIEW, REWORDING, SEARCH, party

from gravamen.case import Requester
from gravamen.casefile import CaseFile, Opened, RecordError
from gravamen.casefile.fitness import unfitness
from gravamen.parties import Identifier
from gravamen.proceedings import Ballot, Change, Holder, Meeting, Member, SignatureGiven
from gravamen.sentences import Signatory
from gravamen.sources import Passage
from gravamen.submission import Submitter

change = msgspec.structs.replace
INK = SignatureGiven(
    id="g.1", at="2024-01-10", round="r.1", signatory="ben", how="wet-ink", scan="s.1",
    attested_by="Ada Clerk",
)  # fmt: skip
KEYED = SignatureGiven(
    id="g.2", at="2024-01-10", round="r.1", signatory="ada", how="pades", file="a" * 64,
    certificate="b" * 64,
)  # fmt: skip


@pytest.mark.parametrize(
    "thing",
    [
        CONSENT,
        SEARCH,
        ARGUMENT,
        REVIEW,
        REWORDING,
        change(CONSENT, on="2024-02", withdrawn="2024-02-01", review="2024"),
        change(CONSENT, withdrawn="2024"),
        change(SEARCH, found=None, claims=()),
        change(REWORDING, now=None, source=None),
        Submitter(mandate="We count.", standing="We were there."),
        Requester(name="Watch", country="QX"),
        change(party(), country="OST", nationalities=("QX", "FR")),
    ],
)
def test_what_means_something_is_fit(thing: object) -> None:
    assert unfitness(thing) is None


@pytest.mark.parametrize(
    ("thing", "field", "words"),
    [
        (change(CONSENT, method=" "), "method", "k.velz has an empty 'method'; write it."),
        (change(CONSENT, risk=""), "risk", "has an empty 'risk'; write it, or leave the key out."),
        (change(CONSENT, recipients=("The desk", "")), "recipients", "has an empty 'recipients'"),
        (change(CONSENT, uses=()), "uses", "k.velz is for no use; write at least one of sanct"),
        (
            change(CONSENT, withdrawn="2024-01-31"),
            "withdrawn",
            "was withdrawn on 2024-01-31, before it was given on 2024-02; correct one of them.",
        ),
        (change(CONSENT, review="2023"), "review", "is to be asked anew on 2023, before it was"),
        (change(SEARCH, where="\n"), "where", "h.list has an empty 'where'; write it."),
        (change(SEARCH, found=None), "claims", "found nothing, and yet has 'claims'; write what"),
        (
            change(SEARCH, found=None, claims=(), answer="It is no namesake."),
            "answer",
            "found nothing, and yet has 'answer'",
        ),
        (change(SEARCH, found=None, claims=(), changes="All."), "changes", "yet has 'changes'"),
        (change(ARGUMENT, text=""), "text", "The argument g.interest has an empty 'text'; write"),
        (change(REVIEW, against=" "), "against", "review of us.eo13818 has an empty 'against'"),
        (
            change(REVIEW, edition="current"),
            "edition",
            "is none; write its 16 hexadecimal digits, as `gravamen law show us.eo13818` gives th",
        ),
        (change(REWORDING, now=REWORDING.was), "now", "w.1 changes nothing; remove it, or write"),
        (change(REWORDING, was=""), "was", "w.1 has an empty 'was'; write it."),
        (change(REWORDING, source="a.docx"), "source", "'a.docx' of the rewording w.1 is no SHA"),
        (change(party(), country="Ostrelle"), "country", "'Ostrelle', which is no code of a state"),
        (change(party(), country="q"), "country", "write its two capital letters, such as FR"),
        (change(party(), nationalities=("QX", "fr")), "nationalities", "is 'fr', which is no code"),
        (
            change(party(), identifiers=(Identifier(kind="passport", value="1", country="here"),)),
            "identifiers",
            "is 'here', which is no code of a state",
        ),
        (Requester(name="Watch", country=""), "country", "'country' of the requester is ''"),
        (change(INK, scan=None), "scan", "is in ink and names no scan; write the id of the source"),
        (change(INK, attested_by=None), "attested_by", "is in ink; write who saw it given."),
        (change(KEYED, file=None), "file", "names none; write its SHA-256"),
        (change(KEYED, certificate=None), "certificate", "names no certificate; write the SHA-256"),
        (Submitter(mandate="", standing="x"), "mandate", "the requester has an empty 'mandate'"),
        (
            Submitter(mandate="x", standing="x", interests=" "),
            "interests",
            "an empty 'interests'; write it, or leave the key out.",
        ),
    ],
)
def test_what_means_nothing_is_said_with_its_field(thing: object, field: str, words: str) -> None:
    unfit = unfitness(thing)
    assert unfit is not None
    assert unfit.field == field
    assert words in unfit.message


def test_a_case_is_not_opened_for_a_requester_of_no_state(tmp_path: Path) -> None:
    opened = Opened(id="yard", title="The yard", requester=Requester(name="W", country="Norway"))
    with pytest.raises(RecordError, match="'country' of the requester is 'Norway', which is no co"):
        CaseFile.create(tmp_path / "case", opened, actor=ADA)
    assert list(tmp_path.iterdir()) == []


HAPPENED: dict[str, Any] = {
    thing.id: thing  # type: ignore[attr-defined]  # each happening has an id
    for thing in one_of_each(
        "s.report", "r.one", Passage(source="s.report", exact="a", start=0, end=1), claim="c.0"
    )
}
MEMBER = Member(id="ada", name="A", start="2020", end="2024")


@pytest.mark.parametrize(
    "thing",
    [
        *HAPPENED.values(),
        change(HAPPENED["st.1"], until="2024-01-05"),  # on the day is not before the hour
        change(HAPPENED["st.5"], seats=2),
        change(
            HAPPENED["st.5"],
            ballots=(
                Ballot(member="A", option="aye"),
                Ballot(member="A", option="no", casting=True),
            ),
        ),
        change(HAPPENED["n.5"], due="2024-01-15"),
        change(HAPPENED["n.5"], due="2024-01"),
        change(HAPPENED["n.1"], start=None, end=".."),
        Requester(name="Board", members=(MEMBER, Member(id="ben", name="A"))),
    ],
    ids=lambda thing: getattr(thing, "id", "body"),
)
def test_a_happening_that_means_something_is_fit(thing: object) -> None:
    assert unfitness(thing) is None


@pytest.mark.parametrize(
    ("of", "changes", "field", "words"),
    [
        ("st.1", {"description": " "}, "description", "The posting st.1 has an empty 'descriptio"),
        ("st.1", {"until": "2024-01-04"}, "until", "was taken down on 2024-01-04, before 2024-01"),
        ("st.1", {"until": "2024-01-05T08:59-08:00"}, "until", "before 2024-01-05T09:00-08:00 ('"),
        ("st.1", {"meeting": Meeting(at="2024-01-09", place=" ")}, "meeting", "empty 'place'"),
        ("st.1", {"until": "9999-12-31"}, "until", "9999-12-31 as 'until', a year before 1000 or"),
        ("st.1", {"version": "a"}, "version", "'version' of the posting st.1 is 'a', which is no"),
        ("st.4", {"changes": ()}, "changes", "The amendment st.4 has no changes"),
        ("st.4", {"changes": (Change(sentence="x", was="a", now="a"),)}, "changes", "nothing"),
        ("st.4", {"before": "A" * 64}, "before", "which is no SHA-256"),
        ("st.5", {"ballots": ()}, "ballots", "has no ballots; write how each member voted."),
        ("st.5", {"ballots": (Ballot(member="A", option="no"),) * 2}, "ballots", "two ballots of"),
        ("st.5", {"ballots": (Ballot(member="A", option="no", casting=True),) * 2}, "ballots",
         "two ballots of 'A'"),
        ("st.5", {"ballots": (Ballot(member="A", option="no", reason=""),)}, "ballots",
         "What is under 'ballots' of the vote st.5 has an empty 'reason'"),
        ("st.5", {"seats": 1}, "seats", "has 2 ballots and 1 seats; correct one of them."),
        ("sg.1", {"certificate": "c" * 63}, "certificate", "which is no SHA-256"),
        ("sg.2", {"minimum": 0}, "minimum", "takes 0 signatures of 2 signatories; write a number "),
        ("sg.2", {"minimum": 3}, "minimum", "from 1 to 2, or leave it out for all of them."),
        ("sg.2", {"signatories": (Signatory(id="a", name="A", capacity="M"),) * 2}, "signatories",
         "has two signatories of the id 'a'"),
        ("sg.4", {"file": None}, "file", "The signature sg.4 is in a file and names none"),
        ("sg.5", {"level": "B-B"}, "level", "The signature sg.5 is in ink, and yet has 'level'"),
        ("sg.7", {"by_round": "sg.7"}, "by_round", "is itself; write another's id."),
        ("d.1", {"office": None}, "id", "The dispatch d.1 went to nobody"),
        ("d.1", {"files": {"a": "b"}}, "files", "'files' of the dispatch d.1 is 'b', which is no"),
        ("d.1", {"files": {" ": "a" * 64}}, "files", "A file of the dispatch d.1 has no name"),
        ("d.1", {"message": "../x"}, "message", "which is no SHA-256"),
        ("d.2", {"resends": "d.2"}, "resends", "'resends' of the dispatch d.2 is itself"),
        ("y.1", {"noticed": "2024-01-31"}, "noticed", "was noticed on 2024-01-31, before 2024-02-"),
        ("y.1", {"promised": "2023"}, "promised", "promises an answer on 2023, before 2024-02"),
        ("n.1", {"end": "2022"}, "end", "left the office on 2022, before 2023 ('start')"),
        ("n.1", {"address": ("A", "")}, "address", "has an empty 'address'"),
        ("n.4", {"until": "2024-02"}, "until", "goes on again on 2024-02, before 2024-03-01"),
        ("n.5", {"why": ""}, "why", "The follow-up n.5 has an empty 'why'; write it."),
        ("n.6", {"summary": "\n"}, "summary", "has an empty 'summary'"),
    ],
)  # fmt: skip
def test_a_happening_that_means_nothing_is_said_with_its_field(
    of: str, changes: dict[str, Any], field: str, words: str
) -> None:
    unfit = unfitness(change(HAPPENED[of], **changes))
    assert unfit is not None
    assert (unfit.field, words in unfit.message) == (field, True), unfit


def test_members_are_named_once_and_leave_after_they_came() -> None:
    twice = unfitness(Requester(name="Board", members=(MEMBER, MEMBER)))
    assert twice is not None and twice.message == (
        "The requester has two members of the id 'ada'; name each once."
    )
    early = unfitness(Requester(name="Board", members=(change(MEMBER, end="2019"),)))
    assert early is not None and "The member ada left the body on 2019, before" in early.message


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("email", "office@state.example\nBcc: all@state.example"),
        ("email", "office@state.example\r"),
        ("name", "Mara Quill\nSecond Line"),
        ("honorific", "The\u2028Honorable"),
        ("salutation", "Dear\tSecretary:"),
        ("address", ("Room 1", "1 Hill\u202e Street")),
        ("fax", "1\x00"),
    ],
)
def test_a_holder_is_written_on_lines_of_plain_words(field: str, given: object) -> None:
    holder = Holder(
        id="holder.state", office="us.state.secretary", confirmed_by="Ada", source="its website",
        confirmed_on="2024-03-01",
    )  # fmt: skip
    assert unfitness(holder) is None
    unfit = unfitness(change(holder, **{field: given}))

    assert unfit is not None
    assert unfit.field == field
    assert "on one line of plain words" in unfit.message
