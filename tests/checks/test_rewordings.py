"""Tests of checks/rewordings.py: who changed a sentence in Word, and what became of it."""

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.checks import Flag, check_case, check_instruments
from gravamen.submission import Rewording

from .building import ON, case, law, letter, sentence

MACHINE = "machine:gravamen-compare/0"


def _case(*rewordings: Rewording, verdict: str | None = None, by_machine: bool = True) -> Case:
    return msgspec.structs.replace(
        case(),
        rewordings={r.id: r for r in rewordings},
        proposed_by={r.id: MACHINE for r in rewordings} if by_machine else {},
        judgements=tuple(
            Judgement(target=r.id, verdict=verdict)  # type: ignore[arg-type]
            for r in rewordings if verdict
        ),
    )  # fmt: skip


def _flags(made: Case, id: str, text: str = "Now.") -> list[Flag]:
    one = letter(sentence(text, kind="form"))
    return [f for f in check_instruments(made, law(), (one,), on=ON) if f.id == id]


def _put(now: str | None, id: str = "w.1") -> Rewording:
    return Rewording(id=id, instrument=letter().id, was="Before.", now=now)


def test_a_sentence_changed_in_word_keeps_the_document_a_draft_until_a_person_says_so() -> None:
    (flag,) = _flags(_case(_put("Now.")), "sentence-reworded")
    assert (flag.severity, flag.instrument) == ("draft", letter().id)
    assert "1 sentence was changed in Word" in flag.message and "w.1" in flag.message


def test_sentences_struck_out_count_too() -> None:
    (flag,) = _flags(_case(_put("Now."), _put(None, "w.2")), "sentence-reworded")
    assert flag.message.startswith("2 sentences were changed")


@pytest.mark.parametrize(
    "made",
    [
        _case(_put("Now."), verdict="accepted"),
        _case(_put("Now."), verdict="rejected"),
        _case(_put("Now."), by_machine=False),
        _case(_put("Other.")),
        _case(),
    ],
    ids=["accepted", "rejected", "a person's own", "not printed", "none"],
)
def test_no_draft_for_what_a_person_decided_or_nobody_prints(made: Case) -> None:
    assert _flags(made, "sentence-reworded") == []


def test_a_rewording_of_what_is_no_longer_drafted_is_named() -> None:
    (flag,) = _flags(_case(_put("Other.")), "rewording-orphan")
    assert flag.severity == "warning" and "w.1" in flag.message and "“Before.”" in flag.message


@pytest.mark.parametrize(
    "made",
    [
        _case(_put("Now.")),
        _case(_put(None)),
        _case(_put("Other."), verdict="rejected"),
        _case(
            _put("Second."), Rewording(id="w.2", instrument=letter().id, was="Second.", now="Now.")
        ),
    ],
    ids=["printed", "struck out", "rejected", "reworded again"],
)
def test_a_rewording_that_is_used_or_rejected_is_no_orphan(made: Case) -> None:
    assert _flags(made, "rewording-orphan") == []


def test_proposed_rewordings_do_not_hold_up_the_other_documents() -> None:
    made = _case(_put("Now."))
    assert "unreviewed-proposal" not in [f.id for f in check_case(made, law(), on=ON)]
