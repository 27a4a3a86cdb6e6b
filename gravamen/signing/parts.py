"""Parts: the objects of a PDF in one of its revisions, read so that two can be compared."""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    StreamObject,
)

_OWN_IN_XMP = frozenset(("ModifyDate", "MetadataDate", "Producer", "CreatorTool"))
_LARGEST_XMP = 1024 * 1024


def entry(holder: Any, key: str) -> Any:
    """The value of an entry, through a reference; None where there is none."""
    if not isinstance(holder, DictionaryObject) or key not in holder:
        return None
    found = holder[key]
    return None if isinstance(found, NullObject) else found


def raw(holder: Any, key: str) -> Any:
    """The value of an entry as it is written, be it a reference; None where there is none."""
    return holder.raw_get(key) if isinstance(holder, DictionaryObject) and key in holder else None


def through(written: Any) -> Any:
    """The value that a reference leads to; any other value itself."""
    found: Any = written
    return found.get_object() if isinstance(written, IndirectObject) else found


def type_of(value: Any) -> str:
    return str(entry(value, "/Type") or "")


def keys_of(value: Any) -> set[str]:
    return {str(key) for key in value} if isinstance(value, DictionaryObject) else set()


def number(value: Any) -> int | None:
    """The number of the object that a reference names; None where it is no reference."""
    return int(value.idnum) if isinstance(value, IndirectObject) else None


def items(array: Any) -> list[Any]:
    """The items of an array as they are written."""
    return [array.raw_get(n) for n in range(len(array))] if isinstance(array, ArrayObject) else []


def references(value: Any) -> Iterator[IndirectObject]:
    """The references inside a value, not through any of them."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            yield one
        elif isinstance(one, DictionaryObject):
            waiting += [one.raw_get(key) for key in one]
        else:
            waiting += items(one)


def different(old: Any, new: Any) -> set[str]:
    """The keys whose values differ; "" for the data of a stream, or what is no dictionary."""
    if not (isinstance(old, DictionaryObject) and isinstance(new, DictionaryObject)):
        return set() if plain(old) == plain(new) else {""}
    keys = {
        key for key in keys_of(old) | keys_of(new) if plain(raw(old, key)) != plain(raw(new, key))
    }
    if isinstance(old, StreamObject) != isinstance(new, StreamObject):
        return keys | {""}
    if isinstance(old, StreamObject) and isinstance(new, StreamObject):
        keys -= {"/Length"}
        if old.data != new.data:
            keys.add("")
    return keys


def plain(value: Any) -> Any:
    """A value without the reader that it came from, so that two revisions can be compared."""
    if isinstance(value, IndirectObject):
        return ("reference", value.idnum, value.generation)
    if isinstance(value, DictionaryObject):
        return tuple(sorted((str(k), plain(value.raw_get(k))) for k in value))
    if isinstance(value, ArrayObject):
        return tuple(plain(one) for one in items(value))
    return f"{type(value).__name__} {value!r}"


def statements(metadata: Any) -> Any:
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
