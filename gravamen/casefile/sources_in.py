"""The sources of a written case: files beside it captured, attachments and erased ones told."""

from collections.abc import Iterator, Sequence, Set
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from gravamen.casefile.entries import RecordError
from gravamen.casefile.folder import open_plain
from gravamen.casefile.written import Form, Item, Mistakes, form_of
from gravamen.sources.capture import Captured, Metadata, address, capture, keep_unread
from gravamen.sources.extraction import LIMITS
from gravamen.sources.source import Source, Text
from gravamen.values import GravamenError, sha256

_SHOWN_CHARS = 200
FILE_FIELDS = ("file", "encoding", "unread")
COMPUTED = ("size", "media_type", "notices")
TOLD = tuple(Metadata.__annotations__)
SOURCE_FORM: Form = {
    "id": (str, True),
    "file": (str | None, False),
    "encoding": (str | None, False),
    "unread": (str | None, False),
    **{field: (hint, False) for field, (hint, _) in form_of(Source, without=["id"]).items()},
}


class WrittenSources:
    """What the sources of a written case are, once their files are captured.

    Attributes:
        texts: the text of each source that has its words, attachments included.
        erased: the sources whose words were erased before the case was written.
    """

    def __init__(
        self, base: Path, items: Sequence[Item], erased: Set[str], wrong: Mistakes
    ) -> None:
        self.base = base
        self.wrong = wrong
        self.texts: dict[str, Text] = {}
        self.erased: dict[str, Source] = {}
        self._kept: dict[str, tuple[Item | None, Captured | Source]] = {}
        with_file = [i for i in items if i.fields.get("file") is not None]
        without = [i for i in items if i.fields.get("file") is None]
        for item in without:
            if item.id in erased:
                self._erased(item)
        for item in with_file:
            self._captured(item)
        for item in without:
            if item.id not in erased:
                self._attached(item)
        order = [i.id for i in items if i.id in self._kept]
        self._order = [*order, *(id for id in self._kept if id not in set(order))]

    def kept(self) -> Iterator[tuple[Item | None, Captured | Source]]:
        """Each source as it is to be recorded, in the order written, with the item that tells it.

        One that was erased comes as a bare Source, without bytes or text.
        """
        for id in self._order:
            yield self._kept[id]

    def _erased(self, item: Item) -> None:
        if not item.whole:
            return
        fields = {k: v for k, v in item.fields.items() if k not in FILE_FIELDS}
        lacking = [k for k in ("name", "media_type", "size", "sha256") if fields.get(k) is None]
        if lacking:
            self.wrong.add(
                item.node.line,
                f"{item.id} was erased, so {', '.join(lacking)} cannot be computed; write what "
                "the record says, or the file.",
            )
            return
        self.erased[item.id] = Source(**fields)
        self._kept[item.id] = (item, self.erased[item.id])

    def _captured(self, item: Item) -> None:
        fields = item.fields
        unread = fields.get("unread")
        for key in COMPUTED:
            if key in fields and not (unread and key == "media_type"):
                self.wrong.add(
                    item.line(key), f"{key!r} of {item.id} is computed from its file; remove it."
                )
        data = self._bytes(item)
        if data is None:
            return
        expected = fields.get("sha256")
        if expected is not None and expected != sha256(data):
            self.wrong.add(
                item.line("sha256"),
                f"{fields['file']} is not the file that was meant: its SHA-256 is {sha256(data)}; "
                "get the right file, or correct sha256.",
            )
            return
        name = fields.get("name") or PurePosixPath(fields["file"]).name
        told = {k: fields[k] for k in TOLD if fields.get(k) is not None}
        try:
            if unread:
                kind = {k: fields[k] for k in ("media_type",) if fields.get(k) is not None}
                captured = keep_unread(data, id=item.id, name=name, why=unread, **kind, **told)
            else:
                encoding = fields.get("encoding")
                captured = capture(data, id=item.id, name=name, encoding=encoding, **told)
        except GravamenError as error:
            self.wrong.add(item.line("file"), str(error))
            return
        self._keep(captured, item)

    def _keep(self, captured: Captured, item: Item | None) -> None:
        id = captured.source.id
        if id in self.erased:
            return
        if id in self._kept:
            line = item.line("id") if item else 1
            self.wrong.add(
                line, f"The id {id!r} is also that of an attachment here; choose another."
            )
            return
        # The name was told to the capture, which may have made it a plain one.
        fields = {k: v for k, v in item.fields.items() if k != "name"} if item else {}
        told = _told(captured.source, fields)
        self._kept[id] = (item, Captured(source=told, text=captured.text, data=captured.data))
        self.texts[id] = captured.text
        for child in captured.children:
            self._keep(child, None)

    def _attached(self, item: Item) -> None:
        """Tell more about an attachment, which came with the file of the source it lies in."""
        if not item.whole:
            return
        _, kept = self._kept.get(item.id, (None, None))
        if not isinstance(kept, Captured) or kept.source.parent is None:
            self.wrong.add(
                item.node.line,
                f"{item.id} has no file and is no attachment of another source; write file: and "
                "where its bytes lie beside this text.",
            )
            return
        changed = msgspec.structs.replace(kept, source=_told(kept.source, item.fields))
        self._kept[item.id] = (item, changed)

    def _bytes(self, item: Item) -> bytes | None:
        """Read a file that lies beside the text, never one elsewhere."""
        given, line = str(item.fields["file"]), item.line("file")
        parts = PurePosixPath(given).parts
        if not parts or given.startswith(("/", "~")) or ".." in parts or "\\" in given:
            self.wrong.add(
                line, f"{given!r} leads out of the folder; write a path below it, with slashes."
            )
            return None
        if "\0" in given:
            self.wrong.add(line, f"{given!r} is no name of a file; write the path without NUL.")
            return None
        path = self.base
        try:
            for part in parts:
                path = path / part
                if path.is_symlink():
                    self.wrong.add(line, f"{given!r} is or passes a link; put the file there.")
                    return None
            with open_plain(path) as file:
                return file.read(LIMITS.source_bytes + 1)
        except OSError as error:
            shown = given if len(given) <= _SHOWN_CHARS else f"{given[:_SHOWN_CHARS]}…"
            unread = f"{shown!r} cannot be read ({error.strerror}); put it there."
            self.wrong.add(line, address(shown) or unread)
        except RecordError as error:
            self.wrong.add(line, str(error))
        return None


def _told(source: Source, fields: dict[str, Any]) -> Source:
    """A captured source with all that a person wrote about it, empty values included."""
    told = {k: fields[k] for k in (*TOLD, "name") if k in fields}
    return msgspec.structs.replace(source, **told)
