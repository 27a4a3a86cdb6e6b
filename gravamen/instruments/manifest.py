"""Manifest: what an instrument says and rests on, as one canonical JSON that can set it again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Literal

import msgspec

from gravamen.instruments.fonts import BIDI_CONTROLS, UNSEEN, Font, MissingGlyph, missing_glyphs
from gravamen.parties import Name
from gravamen.sentences import (
    Binding,
    BlockStyle,
    Copy,
    Instrument,
    InstrumentKind,
    InstrumentStyle,
    Paper,
    Sentence,
    Signatory,
    Table,
)
from gravamen.sources.source import Source
from gravamen.values import GravamenError, Value, canonical, digest, sha256

SCHEMA: Literal["gravamen.manifest/1"] = "gravamen.manifest/1"
_ID = re.compile(r"[a-z0-9][A-Za-z0-9._-]*\Z")
_SENTENCE_ID = re.compile(r"[a-z]+[0-9]+\Z")
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
LONGEST_LINE = 1000
# What stands in headings, at the foot and in the letterhead; a PDF/A string has a limit, too.
_SHORT = frozenset(
    {
        "title",
        "heading",
        "body",
        "reference",
        "salutation",
        "close",
        "letterhead",
        "addressee",
        "signatory",
        "caption",
        "table header",
        "label",
        "name",
    }
)
_MOVED = ("id", "kind", "on", "lang", "law_edition", "signatories", "office", "addressee")


class InstrumentError(GravamenError):
    """An instrument that cannot be set as it stands."""


class ManifestError(GravamenError):
    """Bytes that are no manifest, or one that contradicts itself."""


class Exhibit(Value):
    """A source that sentences rest on, as the list of sources names it."""

    source: str
    cited: str
    sha256: str
    language: str | None = None
    url: str | None = None


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
    blocks: tuple[FrameBlock | FrameTable, ...] = ()


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
        version=digest(_whole(instrument)),
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
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, RecursionError) as error:
        raise ManifestError(
            f"The manifest cannot be read ({error}); take the file from the one who sent it."
        ) from error
    if manifest.bytes != data:
        raise ManifestError("The manifest is not in canonical form: its bytes were changed.")
    unsealed = msgspec.structs.replace(manifest, seal="")
    if unsealed.digest != manifest.seal:
        raise ManifestError("The manifest does not match its own seal: it was changed.")
    if digest(_whole(instrument)) != manifest.version:
        raise ManifestError("The manifest does not hold the instrument whose version it names.")
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
            found[source.id] = Exhibit(
                source=source.id,
                cited=source.cited,
                sha256=source.sha256,
                language=source.language,
                url=source.url,
            )
    return tuple(found.values())


def check(instrument: Instrument) -> None:
    """Refuse an instrument that cannot be set, naming the first thing that is wrong.

    Raises:
        InstrumentError: its id is no file name, its date no day, a sentence id is used twice, or
            a text holds a control character.
        MissingGlyph: a text holds a character that no font has.
    """
    if not _ID.match(instrument.id) or ".." in instrument.id:
        raise InstrumentError(
            f"{instrument.id!r} cannot be the id of an instrument, which also names its files; "
            "use letters, digits, dots and hyphens."
        )
    try:
        date.fromisoformat(instrument.on)
    except ValueError as error:
        raise InstrumentError(
            f"{instrument.id} bears the date {instrument.on!r}, which is no day; "
            "write it as 2024-01-15."
        ) from error
    seen: set[str] = set()
    for sentence in instrument.sentences():
        if not _SENTENCE_ID.match(sentence.id):
            raise InstrumentError(
                f"{instrument.id} has a sentence with the id {sentence.id!r}; write letters and a "
                'number, as in "s12".'
            )
        if sentence.id in seen:
            raise InstrumentError(
                f"{instrument.id} has two sentences {sentence.id!r}; give each its own id."
            )
        seen.add(sentence.id)
    for table in (b for s in instrument.sections for b in s.blocks if isinstance(b, Table)):
        if not table.header or any(len(row) != len(table.header) for row in table.rows):
            raise InstrumentError(
                f"The table {table.caption!r} of {instrument.id} has a row with another number of "
                f"cells than its header ({len(table.header)}); give each row one cell a column."
            )
    for where, lang in _languages(instrument):
        if not _LANG.match(lang):
            raise InstrumentError(
                f"{where} of {instrument.id} has the language {lang!r}, which is no BCP 47 tag; "
                'write "en", "hy" or "az-Latn".'
            )
    for where, text in printed(instrument):
        if where in _SHORT and len(text) > LONGEST_LINE:
            raise InstrumentError(
                f"The {where} of {instrument.id} is {len(text)} characters long; {LONGEST_LINE} "
                "fit at that place. Shorten it."
            )
        _check_text(instrument.id, where, text)


def _check_text(id: str, where: str, text: str) -> None:
    for char in text:
        if char in BIDI_CONTROLS or (char < " " and char not in "\n\t") or char in "\x7f\u0085":
            raise InstrumentError(
                f"{where} of {id} holds the control character U+{ord(char):04X}, which can make "
                "a text look like another one; remove it."
            )
    if missing := missing_glyphs([text]):
        raise MissingGlyph(
            f"No font has {missing[0].char!r} ({missing[0].named}), which stands in {where} of "
            f"{id}; write it otherwise or add a font that has it."
        )


def printed(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """All that an instrument prints but the quotes of its sources, each text with its place."""
    for name in ("title", "body", "reference", "salutation", "close"):
        if value := getattr(instrument, name):
            yield name, value
    for name in ("letterhead", "addressee", "enclosures", "draft_reasons"):
        for value in getattr(instrument, name):
            yield name, value
    for signatory in instrument.signatories:
        yield "signatory", signatory.name
        yield "signatory", signatory.capacity
        yield "signatory", signatory.body or ""
    for copy in instrument.copies:
        yield "copies", copy.office
        yield "copies", copy.why
    for section in instrument.sections:
        yield "heading", section.heading or ""
        for block in section.blocks:
            yield from _printed_block(msgspec.to_builtins(block))


def _printed_block(block: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "label", block.get("label") or ""
    yield "caption", block.get("caption", "")
    for text in block.get("header", ()):
        yield "table header", text
    cells = (cell for row in block.get("rows", ()) for cell in row)
    for holder in (block, *cells):
        for sentence in holder.get("sentences", ()):
            yield f"sentence {sentence['id']}", sentence["text"]
        for name in holder.get("names", ()):
            yield "name", name["text"]


@cache
def unprintable(char: str) -> bool:
    """Whether a character of a source's quote can only be shown by its number."""
    if char in BIDI_CONTROLS or char < " " or "\x7f" <= char <= "\x9f":
        return True
    return char not in UNSEEN and bool(missing_glyphs([char]))


def _languages(instrument: Instrument) -> Iterator[tuple[str, str]]:
    yield "The text", instrument.lang
    for sentence in instrument.sentences():
        yield f"Sentence {sentence.id}", sentence.lang
    for section in instrument.sections:
        for block in section.blocks:
            for row in getattr(block, "rows", ()):
                for name in (name for cell in row for name in cell.names if name.lang):
                    yield f"The name {name.text!r}", name.lang


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
