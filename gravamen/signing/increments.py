"""Increments: what each addition to the end of a PDF signs, and what else it changes.

For each object that an increment adds or changes there must be a reason why a signature needs it;
all else is named, whether or not a library would let it pass.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import XRefSectionType

from gravamen.signing.parts import (
    different,
    entry,
    items,
    keys_of,
    number,
    plain,
    raw,
    references,
    statements,
    type_of,
)
from gravamen.signing.store import Store
from gravamen.values import Value

# What a signature, a timestamp or its material for later validation changes by itself
# (ETSI EN 319 142-1, 5.4 for the last).
_OWN_IN_ROOT = frozenset(("/Extensions", "/Version", "/DSS"))
_OWN_IN_FORM = frozenset(("/Fields", "/SigFlags"))
_OWN_IN_FIELD = frozenset(("/V", "/AP", "/F"))
_OWN_IN_INFO = frozenset(("/ModDate", "/Producer"))
_OWN_IN_STREAM = frozenset(("", "/Filter", "/DecodeParms"))
# All that the field of a timestamp has, which nobody is to see.
_IN_TIMESTAMP = frozenset(
    ("/FT", "/T", "/TU", "/V", "/Type", "/Subtype", "/F", "/Rect", "/P")
)  # fmt: skip
# Print; print and locked (ISO 32000-1, 12.5.3).
_FLAGS = (4, 132)
_CONTAINERS = ("/XRef", "/ObjStm")
_PLAIN_XREFS = (XRefSectionType.STANDARD, XRefSectionType.STREAM)
_MOST_PARENTS = 50

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
    "/Page": "a page",
    "/Filespec": "an attached file",
    "/EmbeddedFile": "an attached file",
    "/Metadata": "the metadata",
    "/Sig": "a signature that was there",
    "/DocTimeStamp": "a timestamp that was there",
    "/StructElem": "the structure",
    "/StructTreeRoot": "the structure",
}
_END = b"%%EOF"


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


def drafted_part(data: bytes) -> bytes:
    """Return the beginning of a PDF that was there before anything was added to its end: up to its
    first mark of an end, with the line feed after it."""
    end = data.find(_END)
    if end < 0:
        return data
    end += len(_END)
    return data[: end + 1] if data[end : end + 1] == b"\n" else data[:end]


def begins_with_draft(reader: PdfFileReader, data: bytes) -> bool:
    """Whether the beginning of a file is what the rest of it builds on, its first revision."""
    draft = drafted_part(data)
    named = re.findall(rb"startxref\s+(\d+)", draft)
    first = reader.xrefs.get_xref_container_info(0)
    return (
        bool(named)
        and int(named[-1]) == first.declared_startxref
        and first.end_location <= len(draft)
    )


def increments(reader: PdfFileReader, signed: Mapping[int, str]) -> tuple[Increment, ...]:
    """Return the increments of a file, the earliest first.

    Args:
        signed: the field that each increment signs, by its number.
    """
    return tuple(
        _Addition(reader, number, signed.get(number)).judged()
        for number in range(1, reader.xrefs.total_revisions)
    )


class _Addition:
    """One increment, with the file as it was before it and after."""

    def __init__(self, reader: PdfFileReader, number: int, signs: str | None) -> None:
        self._xrefs, self._number, self._signs = reader.xrefs, number, signs
        self._before = reader.get_historical_resolver(number - 1)
        self._after = reader.get_historical_resolver(number)
        self._had, self._has = Store(self._before.root), Store(self._after.root)
        refs = sorted(self._xrefs.explicit_refs_in_revision(number), key=lambda r: r.idnum)
        there = {r for r in refs if self._xrefs.get_historical_ref(r, number - 1) is not None}
        self._touched = [r for r in refs if r in there]
        self._new = {r.idnum: r for r in refs if r not in there}
        self._needed: set[int] = set()

    def judged(self) -> Increment:
        found = dict.fromkeys((*self._frame(), *self._changes(), *self._of_store(), *self._rest()))
        return Increment(
            number=self._number,
            signs=self._signs,
            material=self._keeps(),
            other=tuple(found),
        )

    def _frame(self) -> Iterator[str]:
        """What it changes in what leads to all objects."""
        before, after = self._before.trailer_view, self._after.trailer_view
        here = self._xrefs.get_xref_container_info(self._number)
        last = self._xrefs.get_xref_container_info(self._number - 1)
        for key in ("/Root", "/Info", "/Encrypt"):
            if plain(raw(before, key)) != plain(raw(after, key)):
                yield f"the entry {key} of the trailer"
        if here.xref_section_type not in _PLAIN_XREFS or here.start_location < last.end_location:
            yield "where the objects of the file are found"
        if self._xrefs.refs_freed_in_revision(self._number):
            yield "objects that were taken out"
        if any(r.generation for r in (*self._touched, *self._new.values())):
            yield "an object of a later generation"

    def _changes(self) -> Iterator[str]:
        """What it changes in objects that were there, beside what a signature does."""
        for ref in self._touched:
            old, new = self._before.get_object(ref), self._after.get_object(ref)
            if ref.idnum in self._had.holders & self._has.holders:
                continue
            if keys := different(old, new):
                yield from self._changed(ref, old, new, keys)

    def _changed(self, ref: Reference, old: Any, new: Any, keys: set[str]) -> Iterator[str]:
        id = ref.idnum
        if not (isinstance(old, DictionaryObject) and isinstance(new, DictionaryObject)):
            yield "an object of the text"
        elif id == self._after.root_ref.idnum:
            for key in sorted(keys - _OWN_IN_ROOT):
                yield _ROOT.get(key, f"the entry {key} of the catalogue")
        elif self._is(id, "/Info", self._before.trailer_view, self._after.trailer_view):
            if keys - _OWN_IN_INFO:
                yield "the metadata"
        elif self._is(id, "/AcroForm", self._before.root, self._after.root):
            yield from self._form(old, new, keys)
        elif self._is(id, "/Metadata", self._before.root, self._after.root):
            if keys - _OWN_IN_STREAM or statements(old) != statements(new):
                yield "the metadata"
        else:
            yield from self._changed_part(old, new, keys)

    def _changed_part(
        self, old: DictionaryObject, new: DictionaryObject, keys: set[str]
    ) -> Iterator[str]:
        if entry(old, "/FT") == "/Sig":
            yield from self._field(old, new, keys)
        elif type_of(old) == "/Page":
            for key in sorted(keys):
                if key != "/Annots" or not self._one_more(entry(old, key), entry(new, key)):
                    yield _PAGE.get(key, f"the entry {key} of a page")
        else:
            note = "/Rect" in old and "/Subtype" in old
            kind = _TYPES.get(type_of(old), "an object of the text")
            yield "a note on a page" if note else kind

    def _is(self, id: int, key: str, before: DictionaryObject, after: DictionaryObject) -> bool:
        """Whether an entry names an object of that number, before and after."""
        return number(raw(before, key)) == id == number(raw(after, key))

    def _form(self, old: DictionaryObject, new: DictionaryObject, keys: set[str]) -> Iterator[str]:
        more = "/Fields" in keys and not self._one_more(
            entry(old, "/Fields"), entry(new, "/Fields")
        )
        if more or keys - _OWN_IN_FORM or entry(new, "/SigFlags") not in (None, 1, 3):
            yield "the form"

    def _one_more(self, old: Any, new: Any) -> bool:
        """Whether nothing but the field of the timestamp that came with it stands at the end."""
        then, now = items(old), items(new)
        return [plain(one) for one in now[: len(then)]] == [plain(one) for one in then] and (
            len(now) == len(then) + 1 and self._of_timestamp(now[-1])
        )

    def _of_timestamp(self, written: Any) -> bool:
        """Whether a reference names a new field that nobody sees, which this increment signs."""
        id = number(written)
        field = self._after.get_object(self._new[id]) if id in self._new and id else None
        rect = [float(n) for n in entry(field, "/Rect") or ()]
        unseen = (
            not keys_of(field) - _IN_TIMESTAMP
            and entry(field, "/FT") == "/Sig"
            and len(rect) == 4
            and rect[:2] == rect[2:]
            and entry(field, "/F") in _FLAGS
            and self._name(field) == self._signs
        )
        if unseen:
            self._need(written)
        return unseen

    def _field(self, old: DictionaryObject, new: DictionaryObject, keys: set[str]) -> Iterator[str]:
        """What is changed in a field: once, when it is signed, it takes a value and a look."""
        if entry(old, "/V") is not None and "/V" in keys:
            yield "a signature that was there"
        signed = self._signs is not None and self._name(new) == self._signs
        if not signed or "/V" not in keys or keys - _OWN_IN_FIELD:
            yield "a field for a signature"
        elif "/F" in keys and entry(new, "/F") not in _FLAGS:
            yield "whether a signature is seen"
        elif "/AP" in keys and not self._own_look(entry(new, "/AP")):
            yield "the look of a signature"
        else:
            self._need(raw(new, "/V"))

    def _own_look(self, looks: Any) -> bool:
        """Whether the look of a field is one of its own; a viewer fits it into its place
        (ISO 32000-1, 12.5.5)."""
        id = number(raw(looks, "/N"))
        form = entry(looks, "/N")
        own = (
            keys_of(looks) == {"/N"}
            and id in self._new
            and isinstance(form, StreamObject)
            and entry(form, "/Subtype") == "/Form"
        )
        if own:
            self._need(raw(looks, "/N"))
        return own

    def _name(self, field: Any) -> str:
        """The whole name of a field."""
        names: list[str] = []
        for _ in range(_MOST_PARENTS):
            if field is None:
                break
            names.append(str(entry(field, "/T") or ""))
            field = entry(field, "/Parent")
        return ".".join(reversed(names))

    def _keeps(self) -> bool:
        """Whether it adds to what is kept for later checks."""
        store = self._has.holders | self._has.kept
        return any(r.idnum in store for r in (*self._touched, *self._new.values())) or plain(
            raw(self._before.root, "/DSS")
        ) != plain(raw(self._after.root, "/DSS"))

    def _of_store(self) -> Iterator[str]:
        """What is wrong in that store, whose objects are new ones or were of it before."""
        yield from (what for what in self._has.wrong if what not in self._had.wrong)
        for now, then in ((self._has.holders, self._had.holders), (self._has.kept, self._had.kept)):
            if now - then - self._new.keys():
                yield "an object of the text, named among what is kept for later checks"
            self._needed |= now & self._new.keys()
        if self._had.kept - self._has.kept:
            yield "certificates or lists that were kept for later checks"

    def _need(self, written: Any) -> None:
        """Note the new objects that a part of a signature leads to."""
        waiting = [*references(written)]
        while waiting:
            id = waiting.pop().idnum
            if id in self._new and id not in self._needed:
                self._needed.add(id)
                waiting += references(self._after.get_object(self._new[id]))

    def _rest(self) -> Iterator[str]:
        """What it adds that no signature needs."""
        for id in sorted(self._new.keys() - self._needed):
            new = self._after.get_object(self._new[id])
            if type_of(new) not in _CONTAINERS:
                yield _appeared(new)


def _appeared(new: Any) -> str:
    """What a new object is that no signature needs."""
    kind = str(entry(new, "/Subtype") or "")
    if raw(new, "/Rect") is not None and kind not in ("", "/Widget"):
        return f"a note on a page ({kind.removeprefix('/')})"
    if raw(new, "/FT") is not None:
        return "a field of a form"
    return {"/Page": "a page", "/Pages": "a page"}.get(
        type_of(new), _TYPES.get(type_of(new), "an object that no signature needs")
    )
