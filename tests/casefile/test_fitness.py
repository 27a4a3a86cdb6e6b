"""What means nothing as it is written is said with its field; what means something is not."""

from pathlib import Path

import msgspec
import pytest
from invented import ADA, ARGUMENT, CONSENT, REVIEW, REWORDING, SEARCH, party

from gravamen.case import Requester
from gravamen.casefile import CaseFile, Opened, RecordError
from gravamen.casefile.fitness import unfitness
from gravamen.parties import Identifier
from gravamen.submission import Submitter

change = msgspec.structs.replace


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
