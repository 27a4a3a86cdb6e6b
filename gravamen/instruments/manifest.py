"""Manifest: what an instrument says and rests on, as one canonical JSON that can set it again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.fonts import Font
from gravamen.parties import Name
from gravamen.sentences import (
    Binding,
    BlockStyle,
    Copy,
    Course,
    Figure,
    Instrument,
    InstrumentKind,
    InstrumentStyle,
    Paper,
    Sentence,
    Signatory,
)
from gravamen.sources.source import Source
from gravamen.values import GravamenError, Value, canonical, digest, sha256

SCHEMA: Literal["gravamen.manifest/1"] = "gravamen.manifest/1"
_MOVED = ("id", "kind", "on", "lang", "law_edition", "signatories", "office", "addressee")


class ManifestError(GravamenError):
    """Bytes that are no manifest, or one that contradicts itself."""


class Exhibit(Value):
    """A source that sentences rest on, as the list of sources names it."""

    source: str
    cited: str
    sha256: str
    language: str | None = None
    url: str | None = None

    @classmethod
    def of(cls, source: Source) -> "Exhibit":
        """A source of the case as the list names it."""
        return cls(
            source=source.id,
            cited=source.cited,
            sha256=source.sha256,
            language=source.language,
            url=source.url,
        )


class Place(Value):
    """Where a sentence begins: the page from 1, and points from the page's upper left corner."""

    page: int
    x: float
    y: float


class Stated(Value):
    """A sentence in the manifest: what a `Sentence` holds, and its place on the pages."""

    id: str
    kind: str
    text: str
    place: Place | None
    claims: tuple[Binding, ...]
    allegations: tuple[str, ...] = ()
    request: str | None = None
    authority: str | None = None
    office: str | None = None
    quotes: tuple[str, ...] = ()
    characterisation_of: str | None = None
    lang: str = "en"
    needs_review: bool = False


class Addressee(Value):
    """The office that an instrument goes to, and the lines of its address."""

    office: str | None
    lines: tuple[str, ...]


class Template(Value):
    """The template an instrument was set with; `version` is the digest of all that shapes it."""

    name: str
    version: str


class Engine(Value):
    """The programs that set it, and their versions: other ones may give other bytes."""

    name: str
    version: str
    with_tools: Mapping[str, str]


class Disclosure(Value):
    """How much of the record goes out with it: `withheld` counts the ties that do not."""

    level: Literal["public"]
    withheld: int


class FrameCell(Value):
    """A table cell: the ids of its sentences, or names."""

    sentences: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


class FrameBlock(Value, tag="block"):
    """A block: the ids of its sentences."""

    sentences: tuple[str, ...]
    style: BlockStyle = "paragraph"
    label: str | None = None


class FrameTable(Value, tag="table"):
    """A table of frame cells."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[FrameCell, ...], ...]


class FrameSection(Value):
    """A heading and what stands under it."""

    heading: str | None
    blocks: tuple[FrameBlock | FrameTable | Figure, ...] = ()
    id: str | None = None
    level: Literal[2, 3] = 2
    annex: bool = False


class Frame(Value):
    """What stands around the sentences of an instrument, and which sentence stands where."""

    title: str
    sections: tuple[FrameSection, ...]
    body: str | None = None
    style: InstrumentStyle = "letter"
    paper: Paper = "us-letter"
    letterhead: tuple[str, ...] = ()
    reference: str | None = None
    salutation: str | None = None
    close: str | None = None
    copies: tuple[Copy, ...] = ()
    enclosures: tuple[str, ...] = ()
    draft: bool = True
    draft_reasons: tuple[str, ...] = ()
    party: str | None = None
    regime: str | None = None
    marking: str | None = None
    country: str | None = None
    course: Course | None = None


class Manifest(Value):
    """Everything that an instrument says and rests on, enough to set it again byte for byte.

    Args:
        version: digest of the `Instrument` value with all its fields.
        seal: digest of the manifest with an empty seal, so that it can be checked by itself.
    """

    schema: Literal["gravamen.manifest/1"]
    instrument: str
    kind: InstrumentKind
    version: str
    addressee: Addressee
    language: str
    on: str
    law_edition: str
    template: Template
    engine: Engine
    fonts: tuple[Font, ...]
    sentences: tuple[Stated, ...]
    exhibits: tuple[Exhibit, ...]
    signatories: tuple[Signatory, ...]
    disclosure: Disclosure
    frame: Frame
    seal: str

    @property
    def bytes(self) -> bytes:
        """The canonical JSON, as it is attached and written."""
        return canonical(_whole(self))

    @property
    def digest(self) -> str:
        """The digest of these bytes: what the foot of each page and the QR code begin with."""
        return sha256(self.bytes)


def version_of(instrument: Instrument) -> str:
    """Return the digest of an instrument with all its fields, by which its manifest names it."""
    return digest(_whole(instrument))


def make(
    instrument: Instrument,
    exhibits: Sequence[Exhibit],
    *,
    places: Mapping[str, Place],
    template: Template,
    engine: Engine,
    fonts: tuple[Font, ...],
) -> Manifest:
    """Return the manifest of an instrument that has been laid out once."""
    sentences = instrument.sentences()
    unsealed = Manifest(
        schema=SCHEMA,
        instrument=instrument.id,
        kind=instrument.kind,
        version=version_of(instrument),
        addressee=Addressee(office=instrument.office, lines=instrument.addressee),
        language=instrument.lang,
        on=instrument.on,
        law_edition=instrument.law_edition,
        template=template,
        engine=engine,
        fonts=fonts,
        sentences=tuple(_stated(s, places.get(s.id)) for s in sentences),
        exhibits=tuple(exhibits),
        signatories=instrument.signatories,
        disclosure=Disclosure(
            level="public", withheld=sum(b.withheld for s in sentences for b in s.bindings)
        ),
        frame=_frame(instrument),
        seal="",
    )
    return msgspec.structs.replace(unsealed, seal=unsealed.digest)


def read(data: bytes) -> tuple[Manifest, Instrument]:
    """Return a manifest and the instrument that it holds.

    Raises:
        ManifestError: the bytes are no manifest, not canonical, or contradict themselves.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
        instrument = _instrument(manifest)
    except (msgspec.MsgspecError, UnicodeError, KeyError, RecursionError) as error:
        raise ManifestError(
            f"The manifest cannot be read ({error}); take the file from the one who sent it."
        ) from error
    if manifest.bytes != data:
        raise ManifestError("The manifest is not in canonical form: its bytes were changed.")
    unsealed = msgspec.structs.replace(manifest, seal="")
    if unsealed.digest != manifest.seal:
        raise ManifestError("The manifest does not match its own seal: it was changed.")
    if version_of(instrument) != manifest.version:
        raise ManifestError("The manifest does not hold the instrument whose version it names.")
    claims = [b for s in manifest.sentences for b in s.claims if not b.withheld]
    bound = {(b.source, b.source_sha256) for b in claims}
    if {(e.source, e.sha256) for e in manifest.exhibits} != bound:
        raise ManifestError("The manifest lists other sources than its sentences rest on.")
    return manifest, instrument


def exhibits_of(instrument: Instrument, sources: Mapping[str, Source]) -> tuple[Exhibit, ...]:
    """Return the sources that an instrument rests on, in the order in which it first uses them.

    Raises:
        InstrumentError: a sentence rests on a source that is not among them, or on other bytes.
    """
    found: dict[str, Exhibit] = {}
    for sentence in instrument.sentences():
        for binding in sentence.bindings:
            if binding.withheld or binding.source in found:
                continue
            source = sources.get(binding.source)
            if source is None:
                raise InstrumentError(
                    f"Sentence {sentence.id} of {instrument.id} rests on the source "
                    f"{binding.source!r}, which the case does not hold; bind it to one it holds."
                )
            found[source.id] = Exhibit.of(source)
    return tuple(found.values())


def _whole(value: Any) -> Any:
    """A value as plain data with every field, those at their default too.

    Leaving a default out asks whether it is the same object, which a value that was read is not.
    """
    if isinstance(value, msgspec.Struct):
        fields = {name: _whole(field) for name, field in msgspec.structs.asdict(value).items()}
        tag = value.__struct_config__.tag
        return {"type": tag, **fields} if tag else fields
    if isinstance(value, Mapping):
        return {name: _whole(field) for name, field in value.items()}
    return [_whole(v) for v in value] if isinstance(value, tuple) else value


def _stated(sentence: Sentence, place: Place | None) -> Stated:
    fields = msgspec.structs.asdict(sentence)
    return Stated(place=place, claims=fields.pop("bindings"), **fields)


def _sentence(stated: Stated) -> Sentence:
    fields = msgspec.to_builtins(stated)
    del fields["place"]
    fields["bindings"] = fields.pop("claims")
    return msgspec.convert(fields, Sentence)


def _frame(instrument: Instrument) -> Frame:
    """The instrument without its sentences; each is replaced by its id."""
    frame: dict[str, Any] = msgspec.to_builtins(instrument)
    for name in _MOVED:
        frame.pop(name, None)
    for holder in _holders(frame):
        if "sentences" in holder:
            holder["sentences"] = [s["id"] for s in holder["sentences"]]
    return msgspec.convert(frame, Frame)


def _instrument(manifest: Manifest) -> Instrument:
    stated = {s.id: msgspec.to_builtins(_sentence(s)) for s in manifest.sentences}
    frame: dict[str, Any] = msgspec.to_builtins(manifest.frame)
    for holder in _holders(frame):
        if "sentences" in holder:
            holder["sentences"] = [stated[id] for id in holder["sentences"]]
    return msgspec.convert(
        {
            **frame,
            "id": manifest.instrument,
            "kind": manifest.kind,
            "on": manifest.on,
            "lang": manifest.language,
            "law_edition": manifest.law_edition,
            "office": manifest.addressee.office,
            "addressee": manifest.addressee.lines,
            "signatories": msgspec.to_builtins(manifest.signatories),
        },
        Instrument,
    )


def _holders(frame: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The blocks and cells of a frame: whatever holds sentences."""
    for section in frame["sections"]:
        for block in section.get("blocks", ()):
            yield block
            for row in block.get("rows", ()):
                yield from row
