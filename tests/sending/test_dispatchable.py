"""Tests of sending/dispatchable.py: what goes is what was signed, and what blocks is found."""

import io
from datetime import date
from pathlib import Path

import msgspec
import pikepdf
import pytest

from gravamen.casefile import CaseFile, Docketed, Sent, Signed, compile_case, export_case
from gravamen.dates import Edtf, Moment
from gravamen.instruments.package import prepare
from gravamen.instruments.verify import verify_file
from gravamen.proceedings import Dispatch, SignatureEnded, kept_files
from gravamen.rounds import round_of
from gravamen.sending.dispatchable import Way, dispatchable, text_of
from gravamen.values import GravamenError, sha256
from tests.sending.building import (
    ON,
    STATE,
    TREASURY,
    gravamen,
    holder,
    ids,
    law,
    opened,
    ready,
    sign,
)


def test_nothing_holds_back_a_letter_that_was_signed_and_whose_address_is_confirmed(
    kept: CaseFile,
) -> None:
    found = ready(kept)

    assert [(f.id, f.message) for f in found.grave] == []
    assert found.dispatch.address == "us.state.secretary@office.example"
    assert found.dispatch.holder == "holder.us.state.secretary"
    assert found.dispatch.round == f"round.{STATE}"
    assert found.signed == "Signed by all five of its signatories."


def test_the_bytes_that_go_are_those_of_the_last_signature(kept: CaseFile) -> None:
    found, round = ready(kept), round_of(kept.case(), STATE, on=ON)

    assert round is not None
    last = round.seats[-1].signature
    assert last is not None
    assert found.parts[0].name == f"{STATE}.pdf"
    assert found.parts[0].sha256 == last.file
    assert found.parts[0].data.startswith(kept.blob(round.opened.file))


def test_the_page_and_the_manifest_that_go_verify_against_the_record(
    kept: CaseFile, tmp_path: Path
) -> None:
    for part in ready(kept).parts[1:3]:
        (tmp_path / part.name).write_bytes(part.data)
        assert verify_file(tmp_path / part.name, kept.case()).ok, part.name


def test_the_digests_of_the_dispatch_are_those_of_its_files(kept: CaseFile) -> None:
    found = ready(kept, exhibits="all")

    assert dict(found.dispatch.files) == {p.name: sha256(p.data) for p in found.parts}
    assert found.dispatch.manifest == found.manifest.digest


def test_the_dispatch_carries_every_request_that_the_letter_makes(kept: CaseFile) -> None:
    case = kept.case()
    carried = {r for one in (STATE, TREASURY) for r in ready(kept, one).dispatch.requests}

    assert carried == set(case.requests)


def test_a_letter_that_nobody_signed_does_not_go(tmp_path: Path) -> None:
    found = ready(opened(tmp_path / "case"))

    assert ids(found) == {"signatures-missing"}
    assert "no round of signatures was opened" in found.grave[0].message


def test_a_round_short_of_its_minimum_does_not_go_and_one_that_reached_it_does(
    tmp_path: Path,
) -> None:
    record = opened(tmp_path / "case")
    sign(record, STATE, count=3, minimum=4)
    sign(record, TREASURY, count=4, minimum=4)

    short, enough = ready(record), ready(record, TREASURY)

    assert ids(short) == {"signatures-missing"}
    assert short.grave[0].message == f"Three of five have signed {STATE}; it takes four."
    assert ids(enough) == set()
    assert enough.signed == "Signed by four of its five signatories."
    assert ready(record, TREASURY, names=True).signed == (
        "Signed by four of its five signatories. Clara Batista has not signed."
    )


def test_a_signature_that_was_withdrawn_leaves_too_few(folder: Path) -> None:
    record = CaseFile.open(folder)
    gone = SignatureEnded(
        id="end-1", at=Moment("2024-03-11"), round=f"round.{STATE}", signatory="rye",
        how="withdrawn",
    )  # fmt: skip
    record.append(Signed(act=gone), actor="person:Ada Clerk")

    assert ids(ready(record)) == {"signatures-missing"}
    assert ids(ready(record, on=date(2024, 3, 10))) == set()


def test_a_letter_whose_holder_left_is_addressed_to_the_wrong_person(tmp_path: Path) -> None:
    record = opened(tmp_path / "case")
    sign(record, STATE)
    left = holder("us.state.secretary", end="2024-03-08")
    record.append(Docketed(noted=left), actor="person:Ada Clerk")
    alone = ready(record)
    new = holder("us.state.secretary", id="holder.new", name="Ines Farrow", start="2024-03-09")
    new = msgspec.structs.replace(new, confirmed_on=Edtf("2024-03-10"))
    record.append(Docketed(noted=new), actor="person:Ada Clerk")

    found = ready(record)

    assert ids(alone) == {"addressee-changed", "address-unconfirmed"}
    assert "held by nobody whom a person confirmed" in alone.grave[0].message
    assert ids(found) == {"addressee-changed"}
    assert found.grave[0].message == (
        "The office of Secretary of State is held by Ines Farrow since 9 March 2024; the letter "
        "names Mara Quill."
    )


def test_a_claim_that_changed_after_the_signatures_holds_the_letter_back(kept: CaseFile) -> None:
    case = kept.case()
    bound = {b.claim for s in ready(kept).instrument.sentences() for b in s.bindings}
    id = next(c for c in case.claims if c in bound)
    claim = msgspec.structs.replace(case.claims[id], speaker="somebody else")
    changed = msgspec.structs.replace(case, claims={**case.claims, id: claim})

    found = ready(kept, case=changed)

    assert {"sentence-stale", "text-changed-after-signature"} <= ids(found)


def test_what_went_already_goes_again_only_with_a_reason(folder: Path) -> None:
    record = CaseFile.open(folder)
    first = ready(record).dispatch
    record.append(Sent(dispatch=first), actor="person:Ada Clerk")

    again = ready(record)
    other = ready(record, channel="post")
    meant = ready(record, again="nobody opened it")

    assert [f.message for f in again.flags if f.id == "duplicate-dispatch"] == [
        f"Already sent to the Secretary of State by e-mail on 11 March 2024 ({first.id})."
    ]
    assert "duplicate-dispatch" not in {f.id for f in (*other.flags, *meant.flags)}
    assert (meant.dispatch.resends, meant.dispatch.note) == (first.id, "nobody opened it")
    assert meant.dispatch.id == "dispatch.us.state.secretary-2"


def test_again_where_it_never_went_is_refused(kept: CaseFile) -> None:
    with pytest.raises(GravamenError, match="never went to the Secretary of State"):
        ready(kept, again="why not")


def test_an_instrument_that_the_case_has_not_is_named_with_those_it_has(kept: CaseFile) -> None:
    with pytest.raises(GravamenError, match=rf"no instrument 'letter-x'; there are: .*{STATE}"):
        ready(kept, "letter-x")


def test_a_file_that_does_not_continue_the_one_that_was_opened_is_refused(folder: Path) -> None:
    record = CaseFile.open(folder)
    act = record.case().signings[f"round.{STATE}.batista"]
    other = record.put_blob(b"%PDF-1.7 another file, and a longer one" + bytes(10_000_000))
    record.append(Signed(act=msgspec.structs.replace(act, file=other)), actor="person:Ada Clerk")

    with pytest.raises(GravamenError, match="do not follow from one another"):
        ready(record)


def test_a_motion_needs_an_office_and_then_goes_without_signatures(kept: CaseFile) -> None:
    with pytest.raises(GravamenError, match="say to which it goes"):
        ready(kept, "motion")

    found = ready(kept, "motion", office="us.state.secretary")

    assert found.dispatch.office == "us.state.secretary"
    assert found.dispatch.round is None


def test_an_address_that_nobody_confirmed_is_no_address(kept: CaseFile) -> None:
    found = ready(kept, channel="fax")
    given = ready(kept, address="other@office.example")

    assert (found.dispatch.address, ids(found)) == ("", {"address-unconfirmed"})
    assert ids(given) == {"address-unconfirmed"}
    assert given.dispatch.holder is None


def test_ids_of_dispatches_count_on(kept: CaseFile) -> None:
    assert isinstance(ready(kept).dispatch, Dispatch)
    assert ready(kept).dispatch.id == "dispatch.us.state.secretary-1"


def test_a_signature_that_does_not_hold_in_the_file_keeps_it_back(folder: Path) -> None:
    record = CaseFile.open(folder)
    act = record.case().signings[f"round.{STATE}.batista"]
    (digest,) = kept_files(act)
    pdf = bytearray(record.blob(digest))
    pdf[pdf.rindex(b"/ByteRange") + 40] ^= 1
    for data, words in ((bytes(pdf), "Clara Batista"), (record.blob(digest) + b"%\n", "bytes")):
        broken = msgspec.structs.replace(act, file=record.put_blob(data))
        record.append(Signed(act=broken), actor="person:Ada Clerk")
        found = ready(record)

        assert ids(found) == {"text-changed-after-signature"}
        assert any(words in f.message for f in found.grave), found.grave


def test_a_reminder_is_linked_to_the_dispatch_that_its_id_names(kept: CaseFile) -> None:
    first = Dispatch(
        id="d.1", at=Moment("2024-03-08"), instrument=STATE, channel="email", address="a@b.example"
    )
    case = msgspec.structs.replace(kept.case(), dispatches={"d.1": first})
    package = prepare(case, law(), on=ON)
    text = text_of(case, package, STATE, on=ON, blob=kept.blob)
    reminder = msgspec.structs.replace(text.instrument, id="follow-up-d.1")

    found = dispatchable(
        case, law(), text._replace(instrument=reminder), Way(channel="email"), package=package,
        on=ON, at=Moment("2024-03-11"), blob=kept.blob,
    )  # fmt: skip

    assert found.dispatch.follows_up == "d.1"
    assert ready(kept, case=case, follows_up="d.1").dispatch.follows_up == "d.1"
    assert ready(kept, case=case).dispatch.follows_up is None
    with pytest.raises(GravamenError, match=r"no dispatch 'd\.9'; there are: d\.1"):
        ready(kept, case=case, follows_up="d.9")


def painted(pdf: bytes) -> bytes:
    """A PDF with a red first page, saved anew, its manifest untouched."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
        opened_pdf.pages[0].contents_add(b"1 0 0 rg 0 0 600 800 re f")
        opened_pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("count", [0, 1])
def test_a_round_for_another_page_than_the_manifest_sets_holds_the_letter_back(
    tmp_path: Path, count: int
) -> None:
    record = opened(tmp_path / "case")
    sign(record, STATE, count=count, minimum=1, altered=painted)
    written = export_case(record, tmp_path / "out")
    again = compile_case(written, tmp_path / "again", actor="person:Ada Clerk").casefile

    for one in (record, again):
        assert "text-changed-after-signature" in ids(ready(one))
        told = gravamen("verify", one.path)
        assert told.code == 1
        assert f"Signatures that do not hold: in round.{STATE}." in told.line
