"""Tests of sending/print_set.py: what is printed, in order, under the right address."""

import io
import zipfile

import msgspec
import pypdfium2
import pytest

from gravamen.casefile import CaseFile
from gravamen.instruments.leaks import ProtectedName
from gravamen.sending.print_set import addressed, bundled, print_set
from tests.sending.building import STATE, WITNESS, ready


def pages(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in pdf]


def test_the_set_holds_the_signed_letter_and_the_exhibits_in_order(kept: CaseFile) -> None:
    found = ready(kept, channel="post", exhibits="all")
    files = print_set(found, kept.case())

    assert list(files)[:4] == [
        "00-address-sheet.pdf", f"01-{STATE}.pdf", "02-exhibits.txt", "03-exhibit-A.html",
    ]  # fmt: skip
    assert files[f"01-{STATE}.pdf"] == found.parts[0].data
    assert not any(STATE in name and not name.endswith(".pdf") for name in files)


def test_the_sheet_says_to_whom_from_whom_who_signed_and_what_to_do(kept: CaseFile) -> None:
    found = ready(kept, channel="post")
    first, second = pages(print_set(found, kept.case())["00-address-sheet.pdf"])

    printed = " ".join(first.split())
    assert "The Honorable Mara Quill Secretary of State Room 1 1 Hill Street, Capital" in printed
    assert "Board of Supervisors" in first
    assert "Signed by all five of its signatories." in second
    assert found.parts[0].sha256 in second
    assert "--via post --sent-at MOMENT" in " ".join(second.split())


def test_the_same_set_has_the_same_bytes_and_is_a_sound_archive(kept: CaseFile) -> None:
    found = ready(kept, channel="post")
    one, other = (bundled(print_set(found, kept.case())) for _ in range(2))

    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.testzip() is None
        assert archive.read(f"01-{STATE}.pdf") == found.parts[0].data


def test_a_moved_office_gets_the_new_lines_and_a_fax_its_number(kept: CaseFile) -> None:
    found = ready(kept, channel="post")
    assert found.holder is not None
    moved = msgspec.structs.replace(found.holder, address=("Room 2", "9 Quay"), fax="+1 555 0100")
    there = msgspec.structs.replace(found.dispatch, address="Room 2, 9 Quay")
    fax = msgspec.structs.replace(found.dispatch, channel="fax", address="+1 555 0100")

    assert addressed(found) == found.instrument.addressee
    assert addressed(found._replace(holder=moved, dispatch=there))[-2:] == ("Room 2", "9 Quay")
    assert addressed(found._replace(holder=moved, dispatch=fax))[-1] == "+1 555 0100"


def test_a_protected_name_on_the_sheet_stops_the_set(kept: CaseFile) -> None:
    found = ready(kept, channel="post")._replace(left_out=(f"Not for {WITNESS}.",))

    with pytest.raises(ProtectedName, match="the address sheet"):
        print_set(found, kept.case())
