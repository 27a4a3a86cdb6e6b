"""Verify: whether a document is what its manifest sets, and whether the record still agrees."""

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from gravamen.case import Case
from gravamen.instruments import manifest as manifests
from gravamen.instruments.extraction import attached, differing_sentences, pdf_text
from gravamen.instruments.manifest import Manifest, ManifestError, Stated
from gravamen.instruments.page import manifest_in, page
from gravamen.instruments.typeset import Typeset, typeset
from gravamen.sentences import Binding, Instrument
from gravamen.values import GravamenError, Value, sha256

Kind = Literal["pdf", "html", "manifest"]
Strength = Literal["bytes", "text", "none"]
LARGEST_FILE = 256 * 1024 * 1024
_PDF_HEAD = 1024


class Fault(Value):
    """One thing that does not agree: its id, a whole sentence, the sentence and claim it is in."""

    id: str
    message: str
    sentence: str | None = None
    claim: str | None = None


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

    def told(self, *, brief: bool = False) -> str:
        """The verification in words, in lines of at most 100 characters.

        Args:
            brief: without the sentences and their claims.
        """
        return "\n".join(_told(self, brief))


class _Found(NamedTuple):
    """What comparing a file with its manifest gave."""

    manifest: Manifest | None = None
    strength: Strength = "none"
    draft: bool = False
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def verify_file(path: Path, case: Case | None = None) -> Verification:
    """Return whether a PDF, page or manifest agrees with itself and with the record of a case.

    The manifest is taken out of the file, the instrument is set again from it, and the two are
    compared byte for byte. Then each sentence is compared with the record: its claims are there in
    the same version, and their quotes stand at the same places of the same sources.

    Args:
        case: the record; without one the file is compared with itself only, and a note says so.

    Raises:
        GravamenError: there is no such file, or it is none of the three kinds, or too large.
    """
    data = _read(path)
    kind = _kind(path, data)
    found = _itself(data, kind)
    manifest = found.manifest
    sentences = manifest.sentences if manifest else ()
    faults, notes = [*found.faults], [*found.notes]
    if case is None:
        notes.append("Checked against itself only; give --case to check it against the record.")
    elif manifest:
        faults += [f for s in sentences for b in s.claims for f in _binding(case, s, b)]
    return Verification(
        file=path.name,
        kind=kind,
        sha256=sha256(data),
        strength=found.strength,
        instrument=manifest.instrument if manifest else "",
        on=manifest.on if manifest else "",
        draft=found.draft,
        record=manifest.digest if manifest else "",
        against=case.id if case else None,
        sentences=sentences,
        faults=tuple(faults),
        notes=tuple(notes),
    )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise GravamenError(
                f"{path} is larger than {LARGEST_FILE // 1024 // 1024} MiB; no instrument is."
            )
        return path.read_bytes()
    except OSError as error:
        raise GravamenError(f"{path} cannot be read ({error.strerror}); name a file.") from error


def _kind(path: Path, data: bytes) -> Kind:
    """What a file is, by its content; by its name where the content is damaged."""
    head = data[:_PDF_HEAD].lstrip()
    if b"%PDF" in head or path.suffix.lower() == ".pdf":
        return "pdf"
    if head[:9].lower() == b"<!doctype" or path.suffix.lower() in (".html", ".htm"):
        return "html"
    if head[:1] == b"{" or path.suffix.lower() == ".json":
        return "manifest"
    raise GravamenError(
        f"{path} is no PDF, page or manifest made by gravamen; name one of these, or a case folder."
    )


def _itself(data: bytes, kind: Kind) -> _Found:
    """Compare a file with what its own manifest sets."""
    try:
        raw = {"pdf": attached, "html": manifest_in, "manifest": bytes}[kind](data)
        if raw is None:
            raise ManifestError(
                "The file carries no manifest that can be read: it was not made by gravamen, or it "
                "was damaged."
            )
        manifest, instrument = manifests.read(raw)
    except ManifestError as error:
        return _Found(faults=(Fault(id="manifest-unreadable", message=str(error)),))
    try:
        again = typeset(instrument, manifest.exhibits)
    except GravamenError as error:
        fault = Fault(id="cannot-be-set", message=f"It cannot be set again: {error}")
        return _Found(manifest, draft=instrument.draft, faults=(fault,))
    made = {
        "pdf": lambda: again.pdf,
        "html": lambda: page(again.sheet, again.foot),
        "manifest": lambda: again.manifest.bytes,
    }[kind]()
    if made == data:
        return _Found(manifest, "bytes", instrument.draft)
    others = _other_versions(manifest, again)
    if others:
        return _weaker(data, kind, manifest, instrument, others)
    faults = tuple(_differences(data, made, kind, manifest, again))
    return _Found(manifest, draft=instrument.draft, faults=faults)


def _other_versions(manifest: Manifest, again: Typeset) -> list[str]:
    """What the file was made with that is not what stands here."""
    here = again.manifest
    pairs = [
        (manifest.engine.name, manifest.engine.version, here.engine.version),
        *((k, v, here.engine.with_tools.get(k)) for k, v in manifest.engine.with_tools.items()),
        ("templates", manifest.template.version[:16], here.template.version[:16]),
    ]
    found = [f"{name} {then} (here {now})" for name, then, now in pairs if then != now]
    return found + (["other font files"] if manifest.fonts != here.fonts else [])


def _weaker(
    data: bytes, kind: Kind, manifest: Manifest, instrument: Instrument, others: list[str]
) -> _Found:
    """Compare the words only: other versions may set the same manifest in other bytes."""
    note = (
        f"It was made with {', '.join(others)}. Only its words could be compared, which is weaker: "
        "install these versions for the full answer."
    )
    faults = tuple(_by_text(data, kind, manifest))
    return _Found(manifest, "none" if faults else "text", instrument.draft, faults, (note,))


def _by_text(data: bytes, kind: Kind, manifest: Manifest) -> Iterator[Fault]:
    """What the words of a file say otherwise than its manifest."""
    if kind == "manifest":
        return
    pages = pdf_text(data) if kind == "pdf" else [data.decode("utf-8", "replace")]
    if kind == "pdf" and manifest.digest[:16] not in "".join("".join(pages).split()):
        yield Fault(
            id="digest-differs",
            message="The pages do not print the digest of the manifest that is attached.",
        )
    if kind == "html" and manifest.digest not in pages[0]:
        yield Fault(
            id="digest-differs", message="The page does not name the digest of its manifest."
        )
    for sentence in differing_sentences(data, kind, manifest.sentences):
        yield _missing(sentence)


def _differences(
    data: bytes, made: bytes, kind: Kind, manifest: Manifest, again: Typeset
) -> Iterator[Fault]:
    """Say where a file differs from what its manifest sets, and which sentences are not in it."""
    if manifest.bytes != again.manifest.bytes:
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
    at = next((n for n, (a, b) in enumerate(zip(data, made, strict=False)) if a != b), len(data))
    yield Fault(
        id="file-changed",
        message=f"The file is not what its manifest sets: it differs from byte {at} on "
        f"({len(data)} bytes; {len(made)} expected).",
    )
    if kind != "manifest":
        for sentence in differing_sentences(data, kind, manifest.sentences):
            yield _missing(sentence)


def _missing(sentence: Stated) -> Fault:
    return Fault(
        id="sentence-changed",
        message=f"Sentence {sentence.id} does not stand in the file as the manifest has it: "
        f"{_short(sentence.text)!r}.",
        sentence=sentence.id,
    )


def _binding(case: Case, sentence: Stated, binding: Binding) -> Iterator[Fault]:
    """What the record says otherwise than a sentence about one of its claims."""

    def fault(id: str, message: str) -> Fault:
        return Fault(
            id=id,
            message=f"Sentence {sentence.id}: {message}",
            sentence=sentence.id,
            claim=binding.claim,
        )

    erased = next((e for e in case.erasures if e.target in (binding.claim, binding.source)), None)
    if erased:
        yield fault(
            "erased",
            f"{erased.target} was erased from the record by {erased.by} on {erased.on} "
            f"({erased.reason}); the sentence cannot be checked any more.",
        )
        return
    if binding.claim not in case.claims:
        yield fault(
            "claim-missing", f"the claim {binding.claim} is not in the record of {case.id}."
        )
        return
    if case.version(binding.claim) != binding.version:
        yield fault(
            "sentence-stale",
            f"the claim {binding.claim} was changed since; review it and draft the instrument "
            "again.",
        )
    if not binding.withheld:
        yield from _quote(case, binding, fault)


def _quote(case: Case, binding: Binding, fault: Any) -> Iterator[Fault]:
    source, text = case.sources.get(binding.source), case.texts.get(binding.source)
    if source is None or text is None:
        yield fault("source-missing", f"the source {binding.source} is not in the record.")
    elif source.sha256 != binding.source_sha256:
        yield fault(
            "source-changed",
            f"the source {binding.source} has the digest {source.sha256[:16]}… in the record, "
            f"{binding.source_sha256[:16]}… here.",
        )
    elif text.text[binding.start : binding.end] != binding.quote:
        yield fault(
            "quote-differs",
            f"{_short(binding.quote)!r} does not stand in {binding.source} at the characters "
            f"{binding.start}–{binding.end}.",
        )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 72 else f"{words[:71]}…"


def sentences_told(sentences: Iterable[Stated]) -> Iterator[str]:
    """Yield lines that tell each sentence, its kind, its claims, their words and their source."""
    for sentence in sentences:
        yield from _wrapped(f"{sentence.id} {sentence.kind}: {sentence.text}", indent="  ")
        for binding in sentence.claims:
            yield from _wrapped(_claim_told(binding), indent="      ")


def _told(found: Verification, brief: bool) -> Iterator[str]:
    digest = " ".join(found.record[n : n + 4] for n in range(0, 16, 4))
    draft = ", DRAFT" if found.draft else ""
    yield from _wrapped(f"{found.file}: {found.instrument or found.kind}, {found.on or '-'}{draft}")
    if found.record:
        yield f"  record {digest} (first 16 of the 64 digits of its SHA-256)"
    if not brief:
        yield from sentences_told(found.sentences)
    for note in found.notes:
        yield from _wrapped(f"Note: {note}")
    for fault in found.faults:
        yield from _wrapped(f"{fault.id}: {fault.message}")
    yield from _wrapped(_verdict(found))


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


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, 100, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False
    )
