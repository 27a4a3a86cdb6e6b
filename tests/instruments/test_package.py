"""Tests of instruments/package.py: what was signed, beside what the record writes now."""

import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gravamen import law as lawdata
from gravamen.case import Case, Judgement
from gravamen.casefile import import_case
from gravamen.instruments import manifest as manifests
from gravamen.instruments.manifest import version_of
from gravamen.instruments.package import Package, prepare
from gravamen.instruments.setting import made_of
from gravamen.proceedings import Amended, Change, RoundOpened, SignatureEnded, SignatureGiven
from gravamen.sentences import Instrument, text_digest

QUILLBY = Path(__file__).parents[2] / "cases" / "quillby-dorvel" / "case.yaml"
DRAFTED = datetime.date(2026, 5, 12)
LATER = datetime.date(2026, 6, 1)
LETTER = "letter-us.treasury.secretary"
OF_ROUNDS = (
    "text-changed-after-signature", "unsigned-signatory", "signatures-short",
    "round-without-motion",
)  # fmt: skip


@pytest.fixture(scope="module")
def quillby(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("quillby") / "case"
    return import_case(QUILLBY, folder, actor="person:Test").case()


@pytest.fixture(scope="module")
def signed(quillby: Case) -> Case:
    return signed_by_two(quillby)


def prepared(case: Case, on: datetime.date) -> Package:
    return prepare(case, lawdata.load(), on=on)


def signed_by_two(case: Case) -> Case:
    letter = next(i for i in prepared(case, DRAFTED).instruments if i.id == LETTER)
    opened = RoundOpened(
        id="round-1", at="2026-05-13", instrument=LETTER, manifest="a" * 64, file="b" * 64,
        on=letter.on, signatories=letter.signatories, version=version_of(letter),
    )  # fmt: skip
    acts: list[Any] = [
        opened,
        *(
            SignatureGiven(
                id=f"s.{who}", at="2026-05-14", round="round-1", signatory=who, how="wet-ink",
                scan="s.scan",
            )
            for who in ("nollard", "sarth")
        ),
        SignatureEnded(
            id="e.tack", at="2026-05-15", round="round-1", signatory="tack", how="refused"
        ),
    ]  # fmt: skip
    return msgspec.structs.replace(case, signings={a.id: a for a in acts})


def test_a_round_is_asked_about_on_any_later_day_and_makes_no_text_a_draft(signed: Case) -> None:
    found = prepared(signed, LATER)
    flags = {f.id: f for f in found.flags if f.id in OF_ROUNDS}

    assert set(flags) == {"unsigned-signatory", "round-without-motion"}
    assert flags["round-without-motion"].blocks
    assert all(not i.draft for i in found.instruments)
    # The text of the day that it bears is what it was, though the day is another now.
    then = next(i for i in prepared(signed, DRAFTED).instruments if i.id == LETTER)
    assert version_of(then) == signed.signings["round-1"].version  # type: ignore[union-attr]


def test_a_claim_rejected_after_the_signatures_stops_what_was_signed(signed: Case) -> None:
    no = Judgement(target="c.ovresti.decree", verdict="rejected", by="person:Test", on="2026-05-20")
    case = msgspec.structs.replace(signed, judgements=(*signed.judgements, no))
    flags = {f.id: f for f in prepared(case, LATER).flags}

    changed = flags["text-changed-after-signature"]
    assert changed.blocks
    assert changed.instrument == LETTER
    assert "is no longer the one that two of four signed" in changed.message
    assert "c.ovresti.decree" in changed.message


def test_without_a_round_nothing_is_asked_about_signatures(quillby: Case) -> None:
    flags = prepared(quillby, LATER).flags
    assert not {f.id for f in flags} & set(OF_ROUNDS)


def striking(case: Case, *offices: str) -> Case:
    """The case, its motion without what is asked first of some offices."""
    motion = next(i for i in prepared(case, DRAFTED).instruments if i.id == "motion")
    asking = [next(s for s in motion.sentences() if s.office == o) for o in offices]
    changes = tuple(Change(sentence=s.id, was=s.text) for s in asking)
    step = Amended(id="a1", at="2026-05-12", by="Nollard", accepted=True, changes=changes)
    return msgspec.structs.replace(case, steps={"a1": step})


def test_what_the_body_struck_from_its_motion_no_letter_asks(quillby: Case) -> None:
    au = "au.foreign_minister"
    case = striking(quillby, "us.treasury.secretary", au)
    before = {i.id: i for i in prepared(quillby, DRAFTED).instruments}
    found = prepared(case, DRAFTED)
    after = {i.id: i for i in found.instruments}

    def asked(instrument: Instrument) -> list[str]:
        return [s.text for s in instrument.sentences() if s.request]

    assert before.keys() - after.keys() == {"letter-us.treasury.secretary"}
    old, new = asked(before[f"letter-{au}"]), asked(after[f"letter-{au}"])
    assert new == old[1:] and new
    state = "letter-us.state.secretary"
    assert asked(after[state]) == asked(before[state])
    told = [f.message for f in found.flags if f.id == "letter-unlike-motion"]
    assert len(told) == 2 and all("no letter asks it any more" in t for t in told)


def test_what_is_read_from_a_signed_file_says_what_was_drafted(quillby: Case) -> None:
    letter = next(i for i in prepared(quillby, DRAFTED).instruments if i.id == LETTER)
    _, read = manifests.read(made_of(letter, case=quillby).manifest.bytes)
    assert text_digest(read) == text_digest(letter)
