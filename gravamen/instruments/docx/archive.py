"""Archive: the parts of a Word document packed the same way each time, and taken out again."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import msgspec
from lxml import etree

from gravamen.sources.extraction import LIMITS
from gravamen.sources.package import Package
from gravamen.sources.source import SourceError
from gravamen.values import canonical

MANIFEST = "urn:gravamen:manifest:1"
_PIECE = 2**20  # characters; readers of XML refuse a text of more than 10 MB in one piece
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_ITEM = re.compile(r"customXml/item\d+\.xml\Z")
# JSON may hold these as they are, XML may not.
_NOT_IN_XML = str.maketrans({"\ufffe": "\\ufffe", "\uffff": "\\uffff", "\x7f": "\\u007f"})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a ZIP archive, in their order, without a trace of when or where.

    They are stored, not deflated: what deflating gives depends on the library of the machine, and
    `verify` compares bytes.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system = 0
            archive.writestr(entry, data)
    return out.getvalue()


def loaded(data: bytes) -> tuple[list[str], list[str]]:
    """Return the names of a document's parts, and what they load from elsewhere.

    Raises:
        SourceError: it is hostile or damaged.
    """
    package = Package(data, name="document", limits=LIMITS)
    outside = []
    for part in package.parts:
        root = package.xml(part) if part.endswith(".rels") else None
        for relation in root if root is not None else ():
            link = (relation.get("Type") or "").endswith("/hyperlink")
            if relation.get("TargetMode") == "External" and not link:
                outside.append(relation.get("Target") or "")
    return list(package.parts), outside


def manifest_item(manifest: str) -> bytes:
    """Return the part of a document that holds its manifest; a long one goes on in elements."""
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap=default(MANIFEST))
    text = manifest.translate(_NOT_IN_XML)
    root.text = text[:_PIECE]
    for start in range(_PIECE, len(text), _PIECE):
        more = etree.SubElement(root, f"{{{MANIFEST}}}more")
        more.text = text[start : start + _PIECE]
    return xml(root)


def manifest_in(data: bytes) -> bytes | None:
    """Return the manifest that a document carries, in canonical form; None where it has none."""
    try:
        package = Package(data, name="document", limits=LIMITS)
        return manifest_of(package)
    except SourceError:
        return None


def manifest_of(package: Package) -> bytes | None:
    """Return the manifest in a package that was opened; None where it has none.

    Raises:
        SourceError: a part is hostile or damaged.
    """
    for part in sorted(package.parts):
        root = package.xml(part) if _ITEM.fullmatch(part) else None
        if root is not None and root.tag == f"{{{MANIFEST}}}manifest":
            try:
                return canonical(msgspec.json.decode("".join(map(str, root.itertext()))))
            except (msgspec.DecodeError, UnicodeError, RecursionError):
                return None
    return None


def default(namespace: str) -> Any:
    """The namespace of names without a prefix, as lxml wants it said."""
    return {None: namespace}


def xml(root: etree._Element) -> bytes:
    """Return a part as bytes."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
