"""A letter of five signatures as it was drafted, and after each signature; and ways to tamper."""

import io
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from gravamen.case import Case
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.setting import Made, made_of
from gravamen.proceedings import KeyRegistered, RoundOpened, SignatureGiven
from gravamen.sentences import Signatory
from gravamen.signing.key import Key
from gravamen.signing.pades import Material, sign_pdf
from gravamen.values import sha256
from tests.instruments.letters import CASE, SIGNATORIES, letter

from .authority import NOW, person, root

TRUST = Material(roots=(root().der,))


@cache
def made(**more: object) -> Made:
    """The files of the letter, not a draft."""
    return made_of(letter(draft=False, draft_reasons=(), **more), case=CASE)


def manifest() -> Manifest:
    """The manifest of the letter."""
    return made().manifest


def key(signatory: Signatory) -> Key:
    """The key of a signatory."""
    return person(signatory.name).key


def sign(
    pdf: bytes, signatory: Signatory, *, by: Key | None = None, at: datetime = NOW, **more: Any
) -> bytes:
    """A PDF with a signature more."""
    return sign_pdf(pdf, signatory=signatory, key=by or key(signatory), at=at, **more)


@cache
def signed(count: int) -> bytes:
    """The letter with the first of its signatures."""
    return made().pdf if count == 0 else sign(signed(count - 1), SIGNATORIES[count - 1])


def opened(**more: object) -> RoundOpened:
    """A round for the letter."""
    fields = {
        "id": "round.1",
        "at": NOW.isoformat(),
        "instrument": manifest().instrument,
        "manifest": manifest().digest,
        "file": sha256(made().pdf),
        "version": manifest().version,
        "on": manifest().on,
        "signatories": SIGNATORIES,
    }
    return RoundOpened(**{**fields, **more})  # type: ignore[arg-type]


def acts(count: int = 5) -> dict[str, Any]:
    """What the record says of the letter with so many signatures: round, keys, signatures."""
    found: list[Any] = [opened()]
    for n, signatory in enumerate(SIGNATORIES, 1):
        found.append(
            KeyRegistered(
                id=f"key.{n}",
                at=NOW.isoformat(),
                signatory=signatory.id,
                certificate=key(signatory).sha256,
                vouched_by="Ada Clerk",
                how="handed over in person",
            )
        )
        if n <= count:
            found.append(
                SignatureGiven(
                    id=f"signed.{n}",
                    at=NOW.isoformat(),
                    round="round.1",
                    signatory=signatory.id,
                    how="pades",
                    file=sha256(signed(n)),
                    certificate=key(signatory).sha256,
                )
            )
    return {act.id: act for act in found}


def recorded(count: int = 5, *more: Any) -> Case:
    """The case of the letter, with so many signatures recorded."""
    return msgspec.structs.replace(CASE, signings={**acts(count), **{act.id: act for act in more}})


def registered() -> dict[str, set[str]]:
    """The keys of all five."""
    return {s.id: {key(s).sha256} for s in SIGNATORIES}


def incremented(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """A PDF with an increment that nobody signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def new_title(writer: IncrementalPdfFileWriter) -> None:
    """Another title in the metadata (XMP)."""
    data = writer.root["/Metadata"].data
    words = "Three officers of the Second Regiment"
    assert words.encode() in data
    stream = StreamObject(stream_data=data.replace(words.encode(), b"Three friends"))
    stream[pdf_name("/Type")], stream[pdf_name("/Subtype")] = (
        pdf_name("/Metadata"),
        pdf_name("/XML"),
    )
    writer.root["/Metadata"] = writer.add_object(stream)
    writer.update_root()


def note(writer: IncrementalPdfFileWriter) -> None:
    """A note on the first page."""
    page, _ = writer.find_page_for_modification(0)
    page = page.get_object()
    words = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Text"),
            pdf_name("/Rect"): ArrayObject(map(NumberObject, (10, 10, 30, 30))),
            pdf_name("/Contents"): pdf_string("Not so."),
        }
    )
    page["/Annots"].append(writer.add_object(words))
    writer.update_container(page["/Annots"])


def language(writer: IncrementalPdfFileWriter) -> None:
    """Another language of the document."""
    writer.root["/Lang"] = pdf_string("fr")
    writer.update_root()


def other_manifest(writer: IncrementalPdfFileWriter) -> None:
    """Another manifest attached in place of the first."""
    spec = writer.root["/AF"][0].get_object()
    stream = StreamObject(stream_data=b'{"schema":"gravamen.manifest/1"}')
    stream[pdf_name("/Type")] = NameObject("/EmbeddedFile")
    ref = writer.add_object(stream)
    spec["/EF"]["/F"] = ref
    if "/UF" in spec["/EF"]:
        spec["/EF"]["/UF"] = ref
    writer.update_container(spec["/EF"])
