"""The package: a DOCX as a ZIP archive that may be hostile; its parts as checked XML."""

import posixpath
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from gravamen.sources.extraction import Limits
from gravamen.sources.source import SourceError

_MOST_ENTRIES = 10_000
_SMALL_BYTES = 2**20
_ENCRYPTED = 0x1


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute, in whichever namespace it stands."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


class Package:
    """A DOCX opened: refused where its archive is made to deceive or exhaust.

    Raises:
        SourceError: it is damaged or encrypted, has entries twice or outside its folder, or
            unpacks to more than the limits allow.
    """

    def __init__(self, data: bytes, *, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError) as error:
            raise SourceError(f"{name} is a damaged DOCX ({error}); fetch it again.") from None
        self.parts = self._checked(self._archive.infolist())

    def xml(self, part: str) -> etree._Element | None:
        """Return the root of a part, None where the package has no such part.

        Raises:
            SourceError: it is no XML, declares a document type, or is too large.
        """
        if part not in self.parts:
            return None
        data = self._read(self.parts[part])
        if b"<!DOCTYPE" in data:
            self._refuse_doctype(part)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise SourceError(
                f"{self.name}: its part {part!r} is damaged, or nested beyond what is read "
                f"({error.msg}); save it again from a word processor."
            ) from None
        if root.getroottree().docinfo.internalDTD is not None:
            self._refuse_doctype(part)
        return root

    def data(self, part: str) -> bytes | None:
        """Return the bytes of a part, None where the package has no such part.

        Raises:
            SourceError: it cannot be unpacked, or unpacks to too much.
        """
        return self._read(self.parts[part]) if part in self.parts else None

    def related(self, part: str) -> list[tuple[str, str]]:
        """Return the parts that a part refers to: the last word of the relation, and the part."""
        folder, base = posixpath.split(part)
        relations = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = []
        for relation in relations if relations is not None else ():
            if attribute(relation, "TargetMode") == "External":
                continue
            target = attribute(relation, "Target") or ""
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            found.append((kind, posixpath.normpath(path)))
        return found

    def _checked(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(entries) > _MOST_ENTRIES:
            raise SourceError(
                f"{self.name} has {len(entries)} parts, more than {_MOST_ENTRIES}; save it again "
                "from a word processor."
            )
        found: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.filename in found:
                raise SourceError(
                    f"{self.name} has the part {entry.filename!r} twice, so that programs may show "
                    "different texts of it; save it again from a word processor."
                )
            if _outside(entry.filename):
                raise SourceError(
                    f"{self.name} has a part {entry.filename!r}, which lies outside the document; "
                    "it is damaged or made to do harm. Get another copy."
                )
            if entry.flag_bits & _ENCRYPTED:
                raise SourceError(
                    f"{self.name} is encrypted; open it with its password, save it without one, "
                    "and capture that."
                )
            found[entry.filename] = entry
        return found

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        self._unpacked += entry.file_size
        ratio = entry.file_size / max(entry.compress_size, 1)
        bomb = entry.file_size > _SMALL_BYTES and ratio > self._limits.part_ratio
        if bomb or self._unpacked > self._limits.unpacked_bytes:
            raise SourceError(
                f"{self.name} unpacks to too much ({entry.filename!r}: {entry.compress_size} bytes "
                f"become {entry.file_size}), as a ZIP bomb does; get another copy."
            )
        try:
            return self._archive.read(entry)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            OSError,
            ValueError,
            EOFError,
            zlib.error,
        ) as error:
            raise SourceError(
                f"{self.name}: its part {entry.filename!r} cannot be unpacked ({error}); fetch it "
                "again."
            ) from None

    def _refuse_doctype(self, part: str) -> None:
        raise SourceError(
            f"{self.name}: its part {part!r} declares a document type, which no word processor "
            "writes and hostile files use; get another copy."
        )


def _outside(name: str) -> bool:
    return (
        name.startswith(("/", "\\"))
        or "\0" in name
        or ":" in name
        or ".." in name.replace("\\", "/").split("/")
    )
