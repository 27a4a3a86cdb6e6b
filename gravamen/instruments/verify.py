"""Verify: whether a document is what its manifest sets, and whether the record still agrees."""

import stat
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from gravamen.case import Case
from gravamen.instruments import manifest as manifests
from gravamen.instruments.akn import SUFFIX as AKN_SUFFIX
from gravamen.instruments.akn import akoma_ntoso
from gravamen.instruments.akn import manifest_in as manifest_in_akn
from gravamen.instruments.difference import Kind, differences, foreign, words_beside
from gravamen.instruments.docx import document
from gravamen.instruments.docx import manifest_in as manifest_in_docx
from gravamen.instruments.extraction import attached, differing_sentences, locked, pdf_text
from gravamen.instruments.fault import Fault
from gravamen.instruments.fonts import BIDI_CONTROLS, CONTROLS
from gravamen.instruments.manifest import Manifest, ManifestError, Stated
from gravamen.instruments.page import manifest_in, page
from gravamen.instruments.standing import short, standing
from gravamen.instruments.typeset import Typeset, typeset
from gravamen.sentences import Binding, Instrument
from gravamen.values import GravamenError, Value, sha256

Strength = Literal["bytes", "text", "none"]
LARGEST_FILE = 256 * 1024 * 1024
_PDF_HEAD = 1024
_FAR_TOO_LARGE = 100
_SUFFIX: dict[Kind, str] = {
    "pdf": ".pdf",
    "html": ".html",
    "docx": ".docx",
    "akn": AKN_SUFFIX,
    "manifest": ".manifest.json",
}


class Verification(Value):
    """What was found about a file.

    Args:
        sha256: digest of the file.
        record: digest of its manifest, as the foot of its pages begins; "" where it has none.
        strength: "bytes": set again, every byte is the same; "text": made by other versions, so
            only the words of the pages were compared; "none": neither could be done.
        against: id of the case whose record it was compared with; None: with itself only.
        notes: what limits the answer, a sentence each.
    """

    file: str
    kind: Kind
    sha256: str
    strength: Strength
    instrument: str = ""
    on: str = ""
    draft: bool = False
    record: str = ""
    against: str | None = None
    sentences: tuple[Stated, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every byte is what the manifest sets, and nothing in the record disagrees."""
        return self.strength == "bytes" and not self.faults

    def as_json(self) -> dict[str, Any]:
        """The verification as plain data, with a source's digest beside every quote."""
        return {
            "file": self.file,
            "kind": self.kind,
            "sha256": self.sha256,
            "strength": self.strength,
            "instrument": self.instrument,
            "on": self.on,
            "draft": self.draft,
            "manifest_sha256": self.record,
            "against": self.against,
            "sentences": msgspec.to_builtins(self.sentences),
            "faults": msgspec.to_builtins(self.faults),
            "notes": list(self.notes),
        }

    def told(self, *, brief: bool = False, verdict: bool = True) -> str:
        """The verification in words, in lines of at most 100 characters.

        Args:
            brief: without the sentences and their claims.
            verdict: with the last line, which sums it up.
        """
        lines = list(_told(self, brief))
        return "\n".join([*lines, *wrapped(_verdict(self))] if verdict else lines)


class _Found(NamedTuple):
    """What comparing a file with its manifest gave."""

    manifest: Manifest | None = None
    strength: Strength = "none"
    draft: bool = False
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def verify_file(
    path: Path, case: Case | None = None, *, drafted: Collection[str] | None = None
) -> Verification:
    """Return whether a file of an instrument agrees with itself and with the record of a case.

    The manifest is taken out of the file, the instrument is set again from it, and the two are
    compared byte for byte. Then each sentence is compared with the record: its claims are there in
    the same version, nobody rejected them, and their quotes stand at the same places of the same
    sources.

    Args:
        case: the record; without one the file is compared with itself only, and a note says so.
        drafted: digests of all files that the record says were drafted from it; without them it
            is not asked whether this file is one of them.

    Raises:
        GravamenError: there is no such file, or it is none of these kinds, or too large.
    """
    return verify_bytes(read_file(path), path, case, drafted=drafted)


def verify_bytes(
    data: bytes, path: Path, case: Case | None = None, *, drafted: Collection[str] | None = None
) -> Verification:
    """Return the same of bytes that came from a file, all of it or its beginning."""
    kind = kind_of(path, data)
    found = _itself(data, kind)
    manifest = found.manifest
    digest = sha256(data)
    faults, notes = [*found.faults], [*found.notes]
    if manifest and path.name != (written := f"{manifest.instrument}{_SUFFIX[kind]}"):
        notes.append(f"The file bears another name than the one it was written with, {written}.")
    if case is None:
        notes.append("Checked against itself only; give --case to check it against the record.")
    elif manifest:
        faults += standing(manifest, case, file=digest, drafted=drafted)
    return Verification(
        file=path.name,
        kind=kind,
        sha256=digest,
        strength=found.strength,
        instrument=manifest.instrument if manifest else "",
        on=manifest.on if manifest else "",
        draft=found.draft,
        record=manifest.digest if manifest else "",
        against=case.id if case else None,
        sentences=manifest.sentences if manifest else (),
        faults=tuple(faults),
        notes=tuple(notes),
    )


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that may be an instrument; raises as `verify_file`."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise GravamenError(f"{path} is no file; name a PDF, page or manifest.")
        if path.stat().st_size > LARGEST_FILE:
            raise GravamenError(
                f"{path} is larger than {LARGEST_FILE // 1024 // 1024} MiB; no instrument is."
            )
        return path.read_bytes()
    except OSError as error:
        raise GravamenError(f"{path} cannot be read ({error.strerror}); name a file.") from error


def kind_of(path: Path, data: bytes) -> Kind:
    """Return what a file is, by its content; by its name where the content is damaged.

    Raises:
        GravamenError: it is none of these.
    """
    head = data[:_PDF_HEAD].lstrip()
    if b"%PDF" in head or path.suffix.lower() == ".pdf":
        return "pdf"
    if data[:4] == b"PK\x03\x04" or path.suffix.lower() == ".docx":
        return "docx"
    if head[:9].lower() == b"<!doctype" or path.suffix.lower() in (".html", ".htm"):
        return "html"
    if head[:5] == b"<?xml" or path.suffix.lower() == ".xml":
        return "akn"
    if head[:1] == b"{" or path.suffix.lower() == ".json":
        return "manifest"
    raise GravamenError(
        f"{path} is no PDF, page, DOCX, Akoma Ntoso document or manifest made by gravamen; name "
        "one of these, or a case folder."
    )


def _itself(data: bytes, kind: Kind) -> _Found:
    """Compare a file with what its own manifest sets."""
    try:
        manifest, instrument = _inside(data, kind)
    except ManifestError as error:
        return _Found(faults=(Fault(id="manifest-unreadable", message=str(error)),))
    try:
        again = typeset(instrument, manifest.exhibits)
        made, others = _made(again, kind), _other_versions(manifest, again.manifest)
        if made != data and others == _other_templates(manifest, again.manifest):
            named = typeset(instrument, manifest.exhibits, named=manifest.template)
            if _made(named, kind) == data:
                note = f"It names {others[0]}; they set the same bytes as those here."
                return _Found(manifest, "bytes", instrument.draft, notes=(note,))
    except GravamenError as error:
        fault = Fault(id="cannot-be-set", message=f"It cannot be set again: {error}")
        return _Found(manifest, draft=instrument.draft, faults=(fault,))
    if made == data:
        return _Found(manifest, "bytes", instrument.draft)
    if len(data) > _FAR_TOO_LARGE * len(made):
        fault = Fault(
            id="file-changed",
            message=f"The file has {len(data)} bytes, its manifest sets {len(made)}: so much was "
            "added that it was not read to the end.",
        )
        return _Found(manifest, draft=instrument.draft, faults=(fault,))
    alien = tuple(foreign(data, kind))
    if others:
        return _weaker(data, made, kind, manifest, alien, others)
    found = [*_differences(data, made, kind, manifest, again.manifest)]
    told = {fault.id for fault in found}
    faults = (*(a for a in alien if a.id not in told), *found)
    return _Found(manifest, draft=instrument.draft, faults=faults)


def _inside(data: bytes, kind: Kind) -> tuple[Manifest, Instrument]:
    """The manifest inside a file, and the instrument that it holds."""
    raw = _INSIDE[kind](data)
    if raw is None and kind == "pdf" and locked(data):
        raise ManifestError(
            "The file is encrypted, so that nothing in it can be read; no instrument is. Ask for "
            "it as it was made."
        )
    if raw is None:
        raise ManifestError(
            "The file carries no manifest that can be read: it was not made by gravamen, or it was "
            "damaged."
        )
    return manifests.read(raw)


_INSIDE: dict[Kind, Callable[[bytes], bytes | None]] = {
    "pdf": attached,
    "html": manifest_in,
    "docx": manifest_in_docx,
    "akn": manifest_in_akn,
    "manifest": bytes,
}


def _made(set_: Typeset, kind: Kind) -> bytes:
    """The file of a kind that was set."""
    if kind == "html":
        return page(set_.sheet, set_.foot)
    if kind == "docx":
        return document(set_.sheet, set_.foot)
    if kind == "akn":
        return akoma_ntoso(set_.sheet, set_.manifest)
    return set_.pdf if kind == "pdf" else set_.manifest.bytes


def _other_versions(manifest: Manifest, here: Manifest) -> list[str]:
    """What the file was made with that is not what stands here."""
    pairs = [
        (manifest.engine.name, manifest.engine.version, here.engine.version),
        *((k, v, here.engine.with_tools.get(k)) for k, v in manifest.engine.with_tools.items()),
    ]
    found = [f"{name} {then} (here {now})" for name, then, now in pairs if then != now]
    found += _other_templates(manifest, here)
    return found + (["other font files"] if manifest.fonts != here.fonts else [])


def _other_templates(manifest: Manifest, here: Manifest) -> list[str]:
    then, now = manifest.template, here.template
    if then == now:
        return []
    return [f"templates {then.name} {then.version[:16]} (here {now.name} {now.version[:16]})"]


def _weaker(
    data: bytes,
    made: bytes,
    kind: Kind,
    manifest: Manifest,
    alien: tuple[Fault, ...],
    others: list[str],
) -> _Found:
    """Compare the words only: other versions may set the same manifest in other bytes."""
    weaker = (
        f"It was made with {', '.join(others)}. Only its words could be compared, which is weaker: "
        "install these versions for the full answer."
    )
    notes = [weaker]
    if more := words_beside(data, made, kind):
        notes.append(
            "Words in it that are not in what is set here, by the other version or by another "
            f"hand: {' '.join(more)}"
        )
    faults = (*alien, *_by_text(data, kind, manifest))
    strength: Strength = "none" if faults else "text"
    return _Found(manifest, strength, manifest.frame.draft, faults, tuple(notes))


def _by_text(data: bytes, kind: Kind, manifest: Manifest) -> Iterator[Fault]:
    """What the words of a file say otherwise than its manifest."""
    if kind == "manifest":
        return
    pages = pdf_text(data) if kind == "pdf" else (data.decode("utf-8", "replace"),)
    if kind == "pdf" and manifest.digest[:16] not in "".join("".join(pages).split()):
        yield Fault(
            id="digest-differs",
            message="The pages do not print the digest of the manifest that is attached.",
        )
    if kind in ("html", "akn") and manifest.digest not in pages[0]:
        yield Fault(
            id="digest-differs", message="The page does not name the digest of its manifest."
        )
    for sentence in differing_sentences(data, kind, manifest.sentences):
        yield _missing(sentence)


def _differences(
    data: bytes, made: bytes, kind: Kind, manifest: Manifest, here: Manifest
) -> Iterator[Fault]:
    """Say where a file differs from what its manifest sets, and which sentences are not in it."""
    if manifest.bytes != here.bytes:
        yield Fault(
            id="manifest-changed",
            message="The manifest is not the one that its own instrument gives: it was changed.",
        )
    elif data.startswith(made):
        yield Fault(
            id="file-continues",
            message=f"{len(data) - len(made)} bytes follow the instrument; what they change on the "
            "pages is not known.",
        )
        return
    what = " ".join(differences(data, made, kind))
    if kind == "docx":
        what += " Which sentences were changed, and how: gravamen import FILE --compare."
    yield Fault(
        id="file-changed",
        message=f"The file is not what its manifest sets ({len(data)} bytes; {len(made)} "
        f"expected). {what}",
    )
    if kind != "manifest":
        for sentence in differing_sentences(data, kind, manifest.sentences):
            yield _missing(sentence)


def _missing(sentence: Stated) -> Fault:
    return Fault(
        id="sentence-changed",
        message=f"Sentence {sentence.id} does not stand in the file as the manifest has it: "
        f"{short(sentence.text)!r}.",
        sentence=sentence.id,
    )


def sentences_told(sentences: Iterable[Stated]) -> Iterator[str]:
    """Yield lines that tell each sentence, its kind, its claims, their words and their source."""
    for sentence in sentences:
        yield from wrapped(f"{sentence.id} {sentence.kind}: {sentence.text}", indent="  ")
        for binding in sentence.claims:
            yield from wrapped(_claim_told(binding), indent="      ")


def _told(found: Verification, brief: bool) -> Iterator[str]:
    digest = " ".join(found.record[n : n + 4] for n in range(0, 16, 4))
    draft = ", DRAFT" if found.draft else ""
    yield from wrapped(f"{found.file}: {found.instrument or found.kind}, {found.on or '-'}{draft}")
    if found.record:
        yield f"  record {digest} (first 16 of the 64 digits of its SHA-256)"
    if not brief:
        yield from sentences_told(found.sentences)
    for note in found.notes:
        yield from wrapped(f"Note: {note}")
    for fault in found.faults:
        yield from wrapped(f"{fault.id}: {fault.message}")


def _claim_told(binding: Binding) -> str:
    if binding.withheld:
        return f"{binding.claim}: withheld, commitment {binding.version[:16]}…"
    page = f"page {binding.page}, " if binding.page is not None else ""
    return (
        f"{binding.claim}: “{' '.join(binding.quote.split())}” {binding.source}, {page}"
        f"{binding.start}–{binding.end}, SHA-256 {binding.source_sha256}"
    )


def _verdict(found: Verification) -> str:
    count = len(found.faults)
    if count:
        return f"NOT in order: {count} fault{'s' if count != 1 else ''}."
    if found.strength != "bytes":
        return "The words agree, but the bytes could not be compared."
    against = f"; all of it agrees with the record of {found.against}" if found.against else ""
    return f"In order: set again from its manifest, every byte is the same{against}."


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text in lines of at most 100 characters, its controls by their number."""
    return textwrap.wrap(
        "".join(_visible(c) for c in text),
        100,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    )


def _visible(char: str) -> str:
    """A character of a file that a stranger made, on a terminal: controls by their number."""
    shown = char not in CONTROLS and char not in BIDI_CONTROLS and not "\ud800" <= char <= "\udfff"
    return char if shown else f"[U+{ord(char):04X}]"
