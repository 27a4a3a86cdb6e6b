"""Fields: a place in the PDF for the signature of each signatory, tagged, before anyone signs.

The template sets each place as a link to `gravamen:field/<n>`, so that its page, its box and where
it stands in the structure are those of the layout; here the link becomes the field.
"""

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from gravamen.instruments.fit import InstrumentError
from gravamen.sentences import Signatory

PREFIX = "gravamen"
_PLACE = "gravamen:field/"


def field_name(signatory: str) -> str:
    """Return the whole name of the field of a signatory, by the signatory's id.

    A full stop in it parts the name of a field from that of the one above (ISO 32000-1, 12.7.3.2).
    """
    return f"{PREFIX}.{signatory}"


def with_fields(pdf: bytes, signatories: Sequence[Signatory]) -> bytes:
    """Return a PDF whose places for signatures are fields; the same bytes each time.

    Each is one dictionary, field and widget at once, with an empty appearance, tagged as a form
    with words that say whose signature it takes (ISO 14289-1, 7.18.1 and 7.18.4).

    Raises:
        InstrumentError: the pages have not one place for each signatory, or two ids cannot both
            name a field.
    """
    if not signatories:
        return pdf
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        places = dict(_places(file))
        if sorted(places) != [*range(len(signatories))]:
            raise InstrumentError(
                f"{len(places)} places for signatures are set for {len(signatories)} signatories."
            )
        file.Root.AcroForm = file.make_indirect(Dictionary(Fields=Array()))
        parents = NumberTree(file.Root.StructTreeRoot.ParentTree)
        for n, signatory in enumerate(signatories):
            _make_field(file, places[n], parents[int(places[n].StructParent)], signatory)
            _hang(file, places[n], signatory.id)
        file.save(written, deterministic_id=True)
    return written.getvalue()


def _places(file: Pdf) -> Iterator[tuple[int, Object]]:
    """The number of each signatory for whom a place is set, and the link that stands there."""
    for page in file.pages:
        for annotation in page.obj.get("/Annots", Array()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(_PLACE):
                annotation.P = page.obj
                yield int(address.removeprefix(_PLACE)), annotation


def _make_field(file: Pdf, place: Object, element: Object, signatory: Signatory) -> None:
    """Turn a link and its structure element into a signature field and its form element."""
    words = String(f"Signature of {signatory.name}")
    x, y, right, top = (float(n) for n in place.Rect)
    for key in ("/A", "/Border"):
        del place[key]
    place.Subtype, place.FT = Name.Widget, Name.Sig
    place.TU = place.Contents = words
    form = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, right - x, top - y])
    )  # fmt: skip
    place.AP = Dictionary(N=file.make_stream(b"", form))
    element.S, element.Alt = Name.Form, words
    # Validators know the field of a form only where it is the one child itself, not in an array.
    if isinstance(element.K, Array) and len(element.K) == 1:
        element.K = element.K[0]


def _hang(file: Pdf, field: Object, id: str) -> None:
    """Put a field under those that the parts of its name before the last one name."""
    *above, last = field_name(id).split(".")
    over, fields = None, file.Root.AcroForm.Fields
    for part in above:
        found = next((f for f in fields if str(f.T) == part), None)
        if found is None:
            found = file.make_indirect(Dictionary(T=String(part), Kids=Array()))
            if over is not None:
                found.Parent = over
            fields.append(found)
        elif "/Kids" not in found:
            raise _unnameable(id)
        over, fields = found, found.Kids
    if not last or any(str(f.T) == last for f in fields):
        raise _unnameable(id)
    field.T, field.Parent = String(last), over
    fields.append(field)


def _unnameable(id: str) -> InstrumentError:
    return InstrumentError(
        f"The signatory {id!r} cannot have a field beside the others; give it an id that is no "
        "beginning of another's, without a full stop at its end."
    )
