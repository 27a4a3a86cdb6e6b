"""Increments: what each addition to the end of a PDF signs, and what else it changes.

A signature may add itself, its field's look and the day of the last change. Everything else that
an increment touches is named, whether or not a library would let it pass.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    Reference,
    StreamObject,
)
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from gravamen.values import Value

# What a signature, a timestamp or its material for later validation changes by itself
# (ETSI EN 319 142-1, 5.4 for the last).
_OWN_IN_ROOT = frozenset(("/Extensions", "/Version", "/DSS", "/Perms"))
_OWN_IN_FORM = frozenset(("/Fields", "/SigFlags", "/DR", "/DA"))
_OWN_IN_FIELD = frozenset(("/V", "/AP", "/F", "/MK"))
_OWN_IN_INFO = frozenset(("/ModDate", "/Producer"))
_OWN_IN_XMP = frozenset(("ModifyDate", "MetadataDate", "Producer", "CreatorTool"))
_LARGEST_XMP = 1024 * 1024

_ROOT = {
    "/AF": "the attached files",
    "/Names": "the attached files or names",
    "/Metadata": "the metadata",
    "/Lang": "the language of the document",
    "/Pages": "the pages",
    "/StructTreeRoot": "the structure",
    "/OpenAction": "what happens when the file is opened",
    "/AA": "what happens when the file is opened",
}
_PAGE = {"/Contents": "what a page shows", "/Annots": "the notes on a page"}
_TYPES = {
    "/Pages": "the pages",
    "/Filespec": "an attached file",
    "/EmbeddedFile": "an attached file",
    "/Sig": "a signature that was there",
    "/DocTimeStamp": "a timestamp that was there",
    "/StructElem": "the structure",
    "/StructTreeRoot": "the structure",
}
_MAINTAINED = ("/DSS", "/VRI")


class Increment(Value):
    """One addition to the end of a file.

    Args:
        number: from 1, in the order of the file; 0 would be what was drafted.
        signs: the field of the signature or timestamp that came with it; None: nobody signed it.
        material: it holds certificates and lists of revoked ones, for validation later on.
        other: what else it changed, in words.
    """

    number: int
    signs: str | None = None
    material: bool = False
    other: tuple[str, ...] = ()

    @property
    def alien(self) -> bool:
        """Whether it is neither a signature nor anything that serves one."""
        return bool(self.other) or not (self.signs or self.material)


def increments(reader: PdfFileReader, signed: Mapping[int, str]) -> tuple[Increment, ...]:
    """Return the increments of a file, the earliest first.

    Args:
        signed: the field that each increment signs, by its number.
    """
    return tuple(
        _increment(reader, number, signed.get(number))
        for number in range(1, reader.xrefs.total_revisions)
    )


def _increment(reader: PdfFileReader, number: int, signs: str | None) -> Increment:
    before = reader.get_historical_resolver(number - 1)
    after = reader.get_historical_resolver(number)
    found: dict[str, None] = {}
    material = False
    kept = {*_of_store(before), *_of_store(after)}
    for ref in sorted(reader.xrefs.explicit_refs_in_revision(number), key=lambda r: r.idnum):
        old = _there(reader, before, ref, number - 1)
        new = after.get_object(ref)
        if _type(new) in _MAINTAINED or ref.idnum in kept:
            material = True
            continue
        words = _appeared(new) if old is None else _changed(old, new, ref, before, after)
        found.update(dict.fromkeys(words))
    if reader.xrefs.refs_freed_in_revision(number):
        found["objects that were taken out"] = None
    return Increment(number=number, signs=signs, material=material, other=tuple(found))


def _of_store(resolver: HistoricalResolver) -> set[int]:
    """The numbers of the store of what later checks need, and of its lists."""
    root = resolver.root
    store = _entry(root, "/DSS")
    if not isinstance(store, DictionaryObject):
        return set()
    raw = [root.raw_get("/DSS"), *(store.raw_get(key) for key in store)]
    return {value.idnum for value in raw if isinstance(value, IndirectObject)}


def _there(
    reader: PdfFileReader, resolver: HistoricalResolver, ref: Reference, revision: int
) -> Any:
    """An object as it stood in a revision; None where it was not there yet."""
    if reader.xrefs.get_historical_ref(ref, revision) is None:
        return None
    return resolver.get_object(ref)


def _appeared(new: Any) -> Iterator[str]:
    """What a new object is, where it is more than part of a signature."""
    if not isinstance(new, DictionaryObject):
        return
    subtype = str(_entry(new, "/Subtype") or "")
    if "/Rect" in new and subtype and subtype != "/Widget":
        yield f"a note on a page ({subtype.removeprefix('/')})"
    elif "/FT" in new and new["/FT"] != "/Sig":
        yield "a field of a form"
    elif _type(new) in ("/Filespec", "/EmbeddedFile"):
        yield "an attached file"
    elif _type(new) in ("/Page", "/Pages"):
        yield "a page"


def _changed(
    old: Any, new: Any, ref: Reference, before: HistoricalResolver, after: HistoricalResolver
) -> Iterator[str]:
    """What changed in an object that was there before."""
    keys = _different(old, new)
    if not keys:
        return
    if not (isinstance(old, DictionaryObject) and isinstance(new, DictionaryObject)):
        yield "an object of the text"
    elif ref.idnum == after.root_ref.idnum:
        for key in sorted(keys - _OWN_IN_ROOT):
            if key != "/AcroForm" or key not in old:
                yield _ROOT.get(key, f"the entry {key} of the catalogue")
    elif _is(after.trailer_view, "/Info", ref):
        if keys - _OWN_IN_INFO:
            yield "the metadata"
    elif _is(before.root, "/AcroForm", ref):
        if keys - _OWN_IN_FORM:
            yield "the form"
    elif _type(new) == "/Metadata":
        if _statements(old) != _statements(new):
            yield "the metadata"
    else:
        yield from _changed_part(old, new, keys, before, after)


def _changed_part(
    old: DictionaryObject,
    new: DictionaryObject,
    keys: set[str],
    before: HistoricalResolver,
    after: HistoricalResolver,
) -> Iterator[str]:
    kind = _type(old)
    if _entry(old, "/FT") == "/Sig":
        if "/V" in old and "/V" in keys:
            yield "a signature that was there"
        if keys - _OWN_IN_FIELD:
            yield "a field for a signature"
    elif kind == "/Page":
        for key in sorted(keys):
            if key != "/Annots" or not _only_fields_more(old, new, after):
                yield _PAGE.get(key, f"the entry {key} of a page")
    else:
        note = "/Rect" in old and "/Subtype" in old
        yield "a note on a page" if note else _TYPES.get(kind, "an object of the text")


def _only_fields_more(
    old: DictionaryObject, new: DictionaryObject, after: HistoricalResolver
) -> bool:
    """Whether nothing but fields for signatures or timestamps came to those of a page."""
    then = [_plain(a) for a in _array(old)]
    now = [(_plain(a), a) for a in _array(new)]
    more = [a.get_object() for plain, a in now if plain not in then]
    kept = [plain for plain, _ in now if plain in then]
    return kept == then and all(
        isinstance(a, DictionaryObject) and _entry(a, "/FT") == "/Sig" for a in more
    )


def _array(page: DictionaryObject) -> list[Any]:
    found = _entry(page, "/Annots")
    return [found.raw_get(n) for n in range(len(found))] if isinstance(found, ArrayObject) else []


def _entry(holder: DictionaryObject, key: str) -> Any:
    """The value of an entry, through a reference; `get` gives the reference itself."""
    if key not in holder:
        return None
    return holder[key]


def _type(value: Any) -> str:
    return str(_entry(value, "/Type") or "") if isinstance(value, DictionaryObject) else ""


def _is(holder: DictionaryObject, key: str, ref: Reference) -> bool:
    """Whether an entry of a dictionary is an object of that number."""
    raw = holder.raw_get(key) if key in holder else None
    return isinstance(raw, IndirectObject) and raw.idnum == ref.idnum


def _different(old: Any, new: Any) -> set[str]:
    """The keys whose values differ; "" for the data of a stream, or what is no dictionary."""
    if not (isinstance(old, DictionaryObject) and isinstance(new, DictionaryObject)):
        return set() if _plain(old) == _plain(new) else {""}
    keys = {
        str(key)
        for key in {*old.keys(), *new.keys()}
        if _plain(old.raw_get(key) if key in old else None)
        != _plain(new.raw_get(key) if key in new else None)
    }
    streams = isinstance(old, StreamObject) and isinstance(new, StreamObject)
    if streams and old.data != new.data:  # type: ignore[attr-defined]  # both are streams
        keys.add("")
    return keys - ({"/Length"} if streams else set())


def _plain(value: Any) -> Any:
    """A value without the reader that it came from, so that two revisions can be compared."""
    if isinstance(value, IndirectObject):
        return ("reference", value.idnum, value.generation)
    if isinstance(value, DictionaryObject):
        return tuple(sorted((str(k), _plain(value.raw_get(k))) for k in value))
    if isinstance(value, ArrayObject):
        return tuple(_plain(value.raw_get(n)) for n in range(len(value)))
    return f"{type(value).__name__} {value!r}"


def _statements(metadata: Any) -> Any:
    """What metadata (XMP) states, without the dates of change and the last program's name."""
    data = metadata.data if isinstance(metadata, StreamObject) else b""
    if len(data) > _LARGEST_XMP:
        return data
    try:
        tree = etree.fromstring(
            data.strip(b"\x00 \n"),
            parser=etree.XMLParser(resolve_entities=False, no_network=True),
        )
    except (etree.XMLSyntaxError, ValueError):
        return data
    return {
        said for said in _said(tree) if said[1].strip() and said[0] not in {*_OWN_IN_XMP, "xmptk"}
    }


def _said(tree: etree._Element) -> Iterator[tuple[str, str]]:
    """The statements of metadata as property and value, be they elements or attributes."""
    for element in tree.iter(etree.Element):
        names = [
            etree.QName(e).localname
            for e in (element, *element.iterancestors())
            if etree.QName(e).localname not in ("li", "Seq", "Bag", "Alt")
        ]
        yield names[0], (element.text or "").strip()
        for name, value in element.attrib.items():
            attribute = etree.QName(name).localname
            if attribute == "resource":
                yield names[0], str(value)
            elif attribute not in ("about", "parseType"):
                yield attribute, str(value)
