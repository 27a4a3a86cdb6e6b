"""What is put into a file beside its signatures so that nobody sees it: each way is found."""

import asyncio
import io
import re

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper

from gravamen.signing.examined import Examination
from gravamen.signing.looks import changed_on_pages
from gravamen.signing.pades import Material
from gravamen.signing.validate import examine
from tests.instruments.letters import SIGNATORIES

from .authority import clock, revoked, root
from .signed import TRUST, incremented, made, sign, signed

ADA, TOBIAS, *_ = SIGNATORIES
RED = b"1 0 0 rg 0 0 612 792 re f"
LASTING = Material(roots=(root().der,), crls=(revoked(),))


def looked(data: bytes) -> Examination:
    return examine(data, signatories=SIGNATORIES, trust=TRUST)


def ids(data: bytes) -> set[str]:
    return {f.id for f in looked(data).all_faults}


def contents(writer: IncrementalPdfFileWriter) -> IndirectObject:
    """The reference to what the first page shows."""
    page, _ = writer.find_page_for_modification(0)
    raw = page.get_object().raw_get("/Contents")
    return raw if isinstance(raw, IndirectObject) else raw.raw_get(0)


def painted(writer: IncrementalPdfFileWriter, **entries: str) -> None:
    """The first page painted red, by a stream in place of its own."""
    ref = contents(writer)
    stream = StreamObject(stream_data=RED)
    for key, value in entries.items():
        stream[pdf_name(f"/{key}")] = pdf_name(f"/{value}")
    writer.objects[(ref.generation, ref.idnum)] = stream


def called_a_store(writer: IncrementalPdfFileWriter) -> None:
    painted(writer, Type="DSS")


def called_an_entry_of_a_store(writer: IncrementalPdfFileWriter) -> None:
    painted(writer, Type="VRI")


def called_metadata(writer: IncrementalPdfFileWriter) -> None:
    painted(writer, Type="Metadata")


def store(writer: IncrementalPdfFileWriter, **entries: object) -> None:
    """A store of what later checks need, with entries of any kind."""
    found = DictionaryObject({pdf_name(f"/{k}"): v for k, v in entries.items()})
    writer.root["/DSS"] = writer.add_object(found)
    writer.update_root()


def _page(writer: IncrementalPdfFileWriter) -> IndirectObject:
    ref = contents(writer)
    return IndirectObject(ref.idnum, ref.generation, writer)


def in_an_entry_of_their_own(writer: IncrementalPdfFileWriter) -> None:
    store(writer, Foo=_page(writer))
    painted(writer)


def in_the_list_of_certificates(writer: IncrementalPdfFileWriter) -> None:
    store(writer, Certs=ArrayObject([_page(writer)]))
    painted(writer)


def as_the_list_of_revoked(writer: IncrementalPdfFileWriter) -> None:
    store(writer, CRLs=_page(writer))
    painted(writer)


def in_an_answer_about_a_signature(writer: IncrementalPdfFileWriter) -> None:
    one = DictionaryObject({pdf_name("/Cert"): ArrayObject([_page(writer)])})
    store(writer, VRI=DictionaryObject({pdf_name("/" + "A" * 40): one}))
    painted(writer)


SHADOWS = [
    called_a_store, called_an_entry_of_a_store, called_metadata, in_an_entry_of_their_own,
    in_the_list_of_certificates, as_the_list_of_revoked, in_an_answer_about_a_signature,
]  # fmt: skip


@pytest.mark.parametrize("change", SHADOWS)
def test_what_a_page_shows_is_not_changed_under_another_name(change) -> None:
    assert "changed-before-signature" in ids(sign(incremented(made().pdf, change), ADA))
    assert "changed-between-signatures" in ids(sign(incremented(signed(1), change), TOBIAS))
    assert "bytes-after-signature" in ids(incremented(signed(1), change))


def test_a_store_is_not_filled_with_what_is_no_certificate() -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        store(writer, Certs=ArrayObject([writer.add_object(StreamObject(stream_data=RED))]))

    assert "changed-before-signature" in ids(sign(incremented(made().pdf, change), ADA))


def other_root(writer: IncrementalPdfFileWriter) -> None:
    """A catalogue of one's own in place of that of the draft."""
    raw = {k: writer.root.raw_get(k) for k in writer.root}
    new = writer.add_object(DictionaryObject({**raw, pdf_name("/Lang"): pdf_string("fr")}))
    writer._root_object = new.get_object()
    writer._root = new


def action(writer: IncrementalPdfFileWriter) -> None:
    """What happens when the file is opened."""
    said = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root["/OpenAction"] = writer.add_object(DictionaryObject(said))
    writer.update_root()


def adrift(writer: IncrementalPdfFileWriter) -> None:
    """An object that nothing names."""
    writer.add_object(StreamObject(stream_data=RED))


def resources(writer: IncrementalPdfFileWriter) -> None:
    """Another graphics state or font for a page."""
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Rotate"] = NumberObject(180)
    writer.mark_update(page)


@pytest.mark.parametrize("change", [other_root, action, adrift, resources])
def test_all_that_no_signature_needs_is_named(change) -> None:
    for data in (
        sign(incremented(made().pdf, change), ADA),
        sign(incremented(signed(1), change), TOBIAS),
    ):
        assert ids(data) & {"changed-before-signature", "changed-between-signatures"}


def test_the_look_of_a_signature_is_not_changed_afterwards() -> None:
    def change(writer: IncrementalPdfFileWriter) -> None:
        ref = _field_of(writer, "1")
        look = StreamObject(stream_data=RED)
        look[pdf_name("/Subtype")] = pdf_name("/Form")
        look[pdf_name("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 9, 9)))
        ref.get_object()["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(look)})
        writer.mark_update(ref)

    assert "changed-between-signatures" in ids(sign(incremented(signed(1), change), TOBIAS))


def _field_of(writer: IncrementalPdfFileWriter, last: str) -> IndirectObject:
    found = {name: ref for name, _, ref in fields.enumerate_sig_fields(writer)}
    return found[f"gravamen.p.{last}"]


def stamped_over(data: bytes, box: tuple[int, ...], *, look: bool) -> bytes:
    """A timestamp by anyone, in a field that has a place on the first page, or a look."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec("Evil", on_page=0, box=box))
    form = writer.root["/AcroForm"]
    ref = form["/Fields"].raw_get(len(form["/Fields"]) - 1)
    if look:
        stream = StreamObject(stream_data=RED)
        stream[pdf_name("/Subtype")] = pdf_name("/Form")
        stream[pdf_name("/BBox")] = ArrayObject(map(NumberObject, box))
        ref.get_object()["/AP"] = DictionaryObject({pdf_name("/N"): writer.add_object(stream)})
    writer.mark_update(ref)
    stamper = PdfTimeStamper(clock(), field_name="Evil")
    out = io.BytesIO()
    asyncio.run(stamper.async_timestamp_pdf(writer, "sha256", None, output=out))
    return out.getvalue()


@pytest.mark.parametrize(
    ("box", "look"), [((0, 0, 612, 792), True), ((0, 0, 612, 792), False), ((0, 0, 0, 0), True)]
)
def test_a_timestamp_has_no_place_on_a_page_and_no_look(box, look: bool) -> None:
    assert "changed-with-signature" in ids(stamped_over(signed(5), box, look=look))


def begun_anew(base: bytes, other: bytes) -> bytes:
    """The draft, then a whole other file that does not name it (no /Prev)."""
    with pikepdf.open(io.BytesIO(other)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(RED)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = out.getvalue()
    head = re.search(rb"xref\n0 (\d+)\n", data)
    assert head
    count, at = int(head[1]), head.end()
    entries = [data[at + 20 * n : at + 20 * n + 20] for n in range(count)]
    moved = b"".join(
        b"%010d" % (int(e[:10]) + len(base)) + e[10:] if e[17:18] == b"n" else e for e in entries
    )
    data = data[:at] + moved + data[at + 20 * count :]
    return base + re.sub(
        rb"startxref\n(\d+)", lambda m: b"startxref\n%d" % (int(m[1]) + len(base)), data
    )


def test_a_file_that_leaves_its_draft_aside_is_found() -> None:
    data = begun_anew(made().pdf, made(title="Another letter").pdf)
    assert "draft-left-aside" in ids(sign(data, ADA))
    for signatory in SIGNATORIES:
        data = sign(data, signatory)
    assert "draft-left-aside" in ids(data)


@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LTA"])
def test_signatures_of_every_level_are_let_through(level) -> None:
    data = made().pdf
    for signatory in SIGNATORIES:
        more = {} if level == "B-B" else {"timestamps": clock()}
        if level == "B-LTA":
            more["material"] = LASTING
        data = sign(data, signatory, level=level, **more)
    assert looked(data).all_faults == ()


# The pages drawn by another program, whatever the objects of the file are said to be.


@pytest.mark.parametrize("change", SHADOWS)
def test_a_page_that_looks_otherwise_is_found_by_its_look(change) -> None:
    (fault,) = changed_on_pages(made().pdf, sign(incremented(made().pdf, change), ADA))
    assert fault.id == "changed-on-page"
    assert fault.message.startswith("Page 1 of the signed file does not look")


def test_what_lies_over_a_page_is_found_by_its_look() -> None:
    over = stamped_over(signed(5), (0, 0, 612, 792), look=True)
    assert [f.id for f in changed_on_pages(made().pdf, over)] == ["changed-on-page"]
    other = sign(begun_anew(made().pdf, made(title="Another letter").pdf), ADA)
    assert [f.id for f in changed_on_pages(made().pdf, other)] == ["changed-on-page"]


def test_signatures_change_no_page_outside_of_their_places() -> None:
    assert [*changed_on_pages(made().pdf, signed(5))] == []


def test_pages_that_cannot_be_drawn_are_told() -> None:
    (fault,) = changed_on_pages(made().pdf, b"%PDF-1.7 rubbish")
    assert fault.id == "pages-unreadable"
