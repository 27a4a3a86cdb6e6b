"""A place for each signature is in the file before anyone signs: tagged, the same bytes again."""

import io
import time

import msgspec
import pikepdf
import pytest

from gravamen.instruments.fields import field_name, with_fields
from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Instrument, Signatory

from .letters import CASE, SIGNATORIES, letter
from .structure import elements

NAME = pikepdf.Name


def pdf_of(instrument: Instrument) -> bytes:
    return typeset(instrument, exhibits_of(instrument, CASE.sources)).pdf


def fields(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """The fields of a file that have no fields below, by whole name."""
    found = {}
    todo = [("", f) for f in pdf.Root.AcroForm.Fields]
    while todo:
        above, field = todo.pop()
        name = f"{above}{field.T}"
        if "/Kids" in field:
            todo += [(f"{name}.", kid) for kid in field.Kids]
        else:
            found[name] = field
    return found


def test_each_signatory_has_one_field_over_the_line_to_sign_on() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(letter()))) as pdf:
        found = fields(pdf)
        boxes = {name: [float(n) for n in f.Rect] for name, f in found.items()}
        pages = {n: [a.objgen for a in p.obj.get("/Annots", ())] for n, p in enumerate(pdf.pages)}

        assert sorted(found) == sorted(field_name(s.id) for s in SIGNATORIES)
        for signatory in SIGNATORIES:
            field = found[field_name(signatory.id)]
            words = f"Signature of {signatory.name}"
            assert (field.FT, field.Subtype) == (NAME.Sig, NAME.Widget)
            assert (str(field.TU), str(field.Contents), int(field.F)) == (words, words, 4)
            assert field.AP.N.read_bytes() == b""
            assert "/A" not in field and "/V" not in field
            assert any(field.objgen in annotations for annotations in pages.values())
    heights = {round(top - low) for _, low, _, top in boxes.values()}
    widths = {round(right - left) for left, _, right, _ in boxes.values()}
    assert (heights, widths) == ({38}, {217})
    corners = sorted((left, low) for left, low, _, _ in boxes.values())
    assert len(set(corners)) == 5


def test_a_field_stands_in_the_structure_before_the_name_that_it_belongs_to() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(letter()))) as pdf:
        forms = [e for e in elements(pdf.Root.StructTreeRoot.K) if NAME.Form == e.S]

        assert [str(f.Alt) for f in forms] == [f"Signature of {s.name}" for s in SIGNATORIES]
        named = fields(pdf)
        for form, signatory in zip(forms, SIGNATORIES, strict=True):
            reference = form.K[0] if isinstance(form.K, pikepdf.Array) else form.K
            assert reference.Obj.objgen == named[field_name(signatory.id)].objgen
            block = form.P
            while NAME.Div != block.S:
                block = block.P
            below = [*elements(block)]
            assert [e.S for e in below].index(NAME.Form) < len(below) - 1


def test_the_same_letter_gives_the_same_fields_byte_for_byte() -> None:
    made = pdf_of(letter())

    time.sleep(1.1)  # an identifier made of the time, in seconds, would be another one now
    assert made == pdf_of(letter())
    assert made.endswith(b"%%EOF\n")


def test_a_motion_that_nobody_signs_has_no_form() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(letter(signatories=())))) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_twelve_signatories_over_two_pages_have_twelve_fields() -> None:
    many = tuple(Signatory(id=f"s{n}", name=f"Person {n}", capacity="Member") for n in range(12))

    with pikepdf.open(io.BytesIO(pdf_of(letter(signatories=many)))) as pdf:
        assert len(fields(pdf)) == 12


def test_ids_that_cannot_both_name_a_field_are_refused() -> None:
    for ids in (("p", "p.1"), ("p.1", "p"), ("p", "p"), ("p.",)):
        people = tuple(Signatory(id=i, name="A", capacity="Member") for i in ids)
        with pytest.raises(InstrumentError, match="cannot have a field"):
            pdf_of(letter(signatories=people))


def test_a_name_in_another_script_names_its_field_in_that_script() -> None:
    person = msgspec.structs.replace(SIGNATORIES[0], name="Արմեն Սարգսյան")

    with pikepdf.open(io.BytesIO(pdf_of(letter(signatories=(person,))))) as pdf:
        assert str(fields(pdf)["gravamen.p.1"].TU) == "Signature of Արմեն Սարգսյան"


def test_a_page_without_the_places_is_refused() -> None:
    made = pdf_of(letter(signatories=()))

    with pytest.raises(InstrumentError, match="0 places for signatures are set for 5"):
        with_fields(made, SIGNATORIES)
