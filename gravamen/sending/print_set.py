"""Print set: an instrument to be printed and posted or handed over, with its address sheet."""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from gravamen.case import Case
from gravamen.holders import address_by
from gravamen.instruments.fonts import FAMILIES, MissingGlyph, folders
from gravamen.instruments.leaks import guard_files
from gravamen.instruments.sheet import text
from gravamen.instruments.typeset import TEMPLATES as FRAME
from gravamen.proceedings import Channel
from gravamen.sending.dispatchable import Dispatchable
from gravamen.sending.enclosures import Part
from gravamen.values import GravamenError, canonical

TEMPLATE = Path(__file__).parent / "templates" / "print.typ"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can name
_ENVELOPE = (
    "Print the files in the order above, on one side each, and put them into an envelope with the "
    "address sheet on top."
)
_STEPS: dict[Channel, tuple[str, ...]] = {
    "post": (
        _ENVELOPE,
        "Post it by a service that gives a receipt and a number to follow it by.",
    ),
    "hand": (
        "Print the files in the order above.",
        "Hand them over, and ask for a dated stamp or signature on a copy.",
    ),
    "fax": ("Print the files in the order above and fax them; keep the report of the machine.",),
    "portal": (
        "Put the files in the order above into the portal; keep the page that confirms it.",
    ),
    "email": ("Send the files by e-mail; keep the message as it lies among those sent.",),
}


def print_set(found: Dispatchable, case: Case) -> dict[str, bytes]:
    """Return the files of a print set by name, in the order in which they are to be printed.

    The first is the address sheet with the list of what is enclosed and what to do.

    Raises:
        GravamenError: the sheet cannot be set.
        ProtectedName: the name of a protected person would stand on it.
    """
    beside = (f"{found.instrument.id}.html", f"{found.instrument.id}.manifest.json")
    printed = [p for p in found.parts if p.name not in beside]
    # What a PDF prints stands in it as numbers of glyphs, so the words are searched before.
    guard_files({"the address sheet": "\n".join(_words(found, printed)).encode()}, case)
    files = {"00-address-sheet.pdf": address_sheet(found, printed)}
    return files | {f"{n:02}-{p.name}": p.data for n, p in enumerate(printed, 1)}


def _words(found: Dispatchable, printed: Sequence[Part]) -> Iterator[str]:
    """Everything that the address sheet says about the case."""
    yield from (found.instrument.title, found.instrument.reference or "", found.signed)
    yield from (*found.instrument.letterhead, *addressed(found), *found.left_out)
    yield from (f"{p.name} {p.what}" for p in printed)


def bundled(files: Mapping[str, bytes]) -> bytes:
    """Return files as one zip archive, the same bytes each time; the record keeps it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return buffer.getvalue()


def address_sheet(found: Dispatchable, printed: Sequence[Part]) -> bytes:
    """Return the address sheet as PDF/A and PDF/UA: to whom, from whom, what is in the envelope."""
    instrument, dispatch = found.instrument, found.dispatch
    record = f"gravamen send CASE {instrument.id} --via {dispatch.channel} --sent-at MOMENT"
    steps = (
        *_STEPS[dispatch.channel],
        f"Record it: {record} --receipt NUMBER (or --evidence FILE).",
    )
    data: dict[str, Any] = {
        "title": f"Address sheet: {instrument.title}",
        "shown_title": text(instrument.title),
        "author": instrument.body or "",
        "on": [int(part) for part in instrument.on.split("-")],
        "paper": instrument.paper,
        "families": FAMILIES,
        "sender": [text(line) for line in instrument.letterhead],
        "address": [text(line) for line in addressed(found)],
        "reference": text(instrument.reference or instrument.id),
        "signed": text(found.signed) if found.signed else None,
        "parts": [
            {"name": text(p.name), "what": text(p.what), "sha256": p.sha256} for p in printed
        ],
        "left_out": [text(line) for line in found.left_out],
        "steps": [text(line) for line in steps],
    }
    return _set(canonical(data))


def addressed(found: Dispatchable) -> tuple[str, ...]:
    """The lines of the address: those of the letter, and of the address what they do not hold."""
    lines, holder = found.instrument.addressee, found.holder
    if holder is None or address_by(holder, found.dispatch.channel) != found.dispatch.address:
        return (*lines, *filter(None, (found.dispatch.address,)))
    if found.dispatch.channel not in ("post", "hand"):
        return (*lines, found.dispatch.address)
    return (*lines, *(line for line in holder.address if line not in lines))


def _set(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gravamen-") as folder:
        desk = Path(folder)
        shutil.copy(FRAME / "frame.typ", desk)
        shutil.copy(TEMPLATE, desk)
        (desk / "print.json").write_bytes(data)
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(f) for f in folders()],
        )
        compiler = typst.Compiler(str(desk / TEMPLATE.name), root=desk, font_paths=fonts)
        try:
            made = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"])
        except RuntimeError as error:
            if "could not be displayed" in str(error):
                raise MissingGlyph(f"The address sheet cannot be set: {error}.") from error
            raise GravamenError(f"The address sheet cannot be set: {error}.") from error
    if not isinstance(made, bytes):
        raise GravamenError("The address sheet cannot be set: typst gave no single PDF.")
    return made
