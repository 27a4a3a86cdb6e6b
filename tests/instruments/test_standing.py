"""A document against a record that went on: the sentences resting on a change, and no others."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gravamen.casefile import Attributed, CaseFile
from gravamen.instruments.manifest import read
from gravamen.instruments.verify import verify_file

from .conftest import gravamen

STEMS = ("diagnosis", "motion", "letter-us.treasury.secretary", "letter-us.state.secretary")
ENDINGS = ("pdf", "html", "manifest.json")


def resting_on(package: Path, stem: str, claim: str) -> set[str]:
    """The sentences of an instrument that are bound to a claim."""
    sentences = read((package / f"{stem}.manifest.json").read_bytes())[0].sentences
    return {s.id for s in sentences if any(b.claim == claim for b in s.claims)}


def hedged(record: CaseFile, claim: str) -> None:
    changed = msgspec.structs.replace(record.case().claims[claim], hedged=True)
    record.append(Attributed(claim=changed), actor="person:A. Clerk")


def rejected(record: CaseFile, claim: str) -> None:
    told = gravamen(
        "judge", record.path, claim, "--verdict", "rejected", "--reason", "withdrawn by the speaker"
    )
    assert told.code == 0, told.words


@pytest.mark.parametrize("claim", ["c.beatings.observatory", "c.birth", "c.beatings.w1"])
@pytest.mark.parametrize("change", [hedged, rejected], ids=lambda c: c.__name__)
def test_a_changed_claim_makes_exactly_its_sentences_stale_in_every_instrument(
    claim: str, change: Callable[[CaseFile, str], None], package: Path
) -> None:
    stale = {stem: resting_on(package, stem, claim) for stem in STEMS}
    assert any(stale.values())
    change(CaseFile.open(package / "case"), claim)
    record = CaseFile.open(package / "case").case()

    for stem in STEMS:
        for ending in ENDINGS:
            found = verify_file(package / f"{stem}.{ending}", record)
            assert {f.id for f in found.faults} <= {"sentence-stale"}
            assert {f.sentence for f in found.faults} == stale[stem], (stem, ending)
            assert {f.claim for f in found.faults} <= {claim}
        told = gravamen("verify", package / f"{stem}.pdf")
        assert told.code == (1 if stale[stem] else 0), told.words
        for sentence in stale[stem]:
            assert f"sentence-stale: Sentence {sentence}: " in told.line


def test_who_rejected_a_claim_and_why_is_said(package: Path) -> None:
    rejected(CaseFile.open(package / "case"), "c.beatings.observatory")
    told = gravamen("verify", package / "motion.pdf")
    assert "the claim c.beatings.observatory was rejected by " in told.line
    assert "(withdrawn by the speaker); draft the instrument again." in told.line


def test_what_is_drafted_again_after_a_rejection_is_in_order(package: Path) -> None:
    rejected(CaseFile.open(package / "case"), "c.beatings.observatory")
    told = gravamen("draft", package / "case", "--on", "2024-03-05", "--out", package)
    assert told.code == 0, told.words
    for stem in STEMS:
        assert gravamen("verify", package / f"{stem}.pdf").code == 0


def test_a_changed_byte_in_the_blob_of_a_source_is_named(package: Path) -> None:
    record = CaseFile.open(package / "case").case()
    digest = record.sources["s.observatory"].sha256
    [blob] = [p for p in package.glob("case/blobs/sha256/**/*") if p.name == digest]
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes().replace(b"17", b"71", 1))
    told = gravamen("verify", package / "letter-us.treasury.secretary.pdf")

    assert told.code == 1
    assert digest[:12] in told.line
    assert gravamen("verify", package / "case").code == 1


def test_a_source_described_anew_is_named_where_it_is_cited(package: Path) -> None:
    record = CaseFile.open(package / "case").case()
    source = msgspec.structs.replace(record.sources["s.observatory"], title="Another title")
    anew = msgspec.structs.replace(record, sources={**record.sources, source.id: source})
    found = verify_file(package / "motion.html", anew)

    assert [f.id for f in found.faults] == ["citation-differs"]
    assert "'Held at Lower Quay" in found.faults[0].message
    assert "'Another title" in found.faults[0].message


def test_an_erased_claim_is_said_to_be_erased_in_every_document(package: Path) -> None:
    told = gravamen(
        "erase", package / "case", "c.beatings.w1", "--reason", "consent withdrawn", "--yes"
    )
    assert told.code == 0, told.words
    for stem in STEMS:
        faults = verify_file(package / f"{stem}.pdf", CaseFile.open(package / "case").case()).faults
        gone = {f.sentence for f in faults if f.id == "erased" and f.claim == "c.beatings.w1"}
        assert gone == resting_on(package, stem, "c.beatings.w1")
