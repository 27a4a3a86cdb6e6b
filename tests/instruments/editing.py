"""Edits of a Word document as a word processor leaves them, made in its parts by hand."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "word/document.xml"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"

Edit = Callable[[etree._Element], None]


def w(name: str) -> str:
    """A name in the namespace of Word."""
    return f"{{{W}}}{name}"


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def joined(of: dict[str, bytes]) -> bytes:
    """Parts as a document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in of.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, *edits: Edit, part: str = MAIN) -> bytes:
    """A document after edits of one of its parts."""
    of = parts(data)
    root = etree.fromstring(of[part])
    for edit in edits:
        edit(root)
    of[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return joined(of)


def control(root: etree._Element, id: str) -> etree._Element:
    """The content control of a sentence."""
    return next(
        sdt for sdt in root.iter(w("sdt"))
        if sdt.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")) == f"gravamen:{id}"
    )  # fmt: skip


def put(id: str, old: str, new: str) -> Edit:
    """Other words inside a sentence."""

    def edit(root: etree._Element) -> None:
        texts = [t for t in control(root, id).iter(w("t")) if old in (t.text or "")]
        assert texts, (id, old)
        texts[0].text = (texts[0].text or "").replace(old, new)

    return edit


def tracked(id: str, old: str, new: str) -> Edit:
    """Other words inside a sentence, as a tracked change by Ana Editor."""

    def edit(root: etree._Element) -> None:
        run = next(r for r in control(root, id).iter(w("r")) if old in "".join(r.itertext()))
        before, after = "".join(run.itertext()).split(old, 1)
        parent, at = run.getparent(), run.getparent().index(run)
        parent.remove(run)
        pieces = [_run(before), _change("del", old), _change("ins", new), _run(after)]
        for piece in reversed(pieces):
            parent.insert(at, piece)

    return edit


def drop(id: str) -> Edit:
    """A sentence deleted with its control; the bookmark stays, empty."""

    def edit(root: etree._Element) -> None:
        one = control(root, id)
        one.getparent().remove(one)

    return edit


def copy(id: str) -> Edit:
    """A sentence pasted a second time at the end of its paragraph, with its control."""

    def edit(root: etree._Element) -> None:
        one = control(root, id)
        one.getparent().append(deepcopy(one))

    return edit


def type_after(id: str, words: str) -> Edit:
    """Words typed behind a sentence, outside every control."""

    def edit(root: etree._Element) -> None:
        end = control(root, id).getnext()
        assert end.tag == w("bookmarkEnd")
        end.addnext(_run(words))

    return edit


def hide(id: str, words: str) -> Edit:
    """Hidden words put into a sentence."""

    def edit(root: etree._Element) -> None:
        run = _run(words)
        properties = etree.Element(w("rPr"))
        etree.SubElement(properties, w("vanish"))
        run.insert(0, properties)
        control(root, id).find(w("sdtContent")).append(run)

    return edit


def unwrap(root: etree._Element) -> None:
    """Every control taken away, its words left."""
    for sdt in list(root.iter(w("sdt"))):
        for child in list(sdt.find(w("sdtContent"))):
            sdt.addprevious(child)
        sdt.getparent().remove(sdt)


def unmark(root: etree._Element) -> None:
    """Every bookmark taken away."""
    for name in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(root.iter(w(name))):
            mark.getparent().remove(mark)


def swap(first: str, second: str) -> Edit:
    """Two sentences that change places, each with its bookmark."""

    def edit(root: etree._Element) -> None:
        one, other = control(root, first), control(root, second)
        for a, b in zip(_with_bookmark(one), _with_bookmark(other), strict=True):
            mark = etree.Element("mark")
            a.addprevious(mark)
            b.addprevious(a)
            mark.addprevious(b)
            mark.getparent().remove(mark)

    return edit


def _with_bookmark(sdt: etree._Element) -> list[etree._Element]:
    return [sdt.getprevious(), sdt, sdt.getnext()]


def split(id: str, at: str) -> Edit:
    """A paragraph cut in two inside a sentence whose control is gone (Enter was pressed)."""

    def edit(root: etree._Element) -> None:
        unwrap(root)
        run = next(r for r in root.iter(w("r")) if at in "".join(r.itertext()))
        text = next(t for t in run.iter(w("t")) if at in (t.text or ""))
        first, second = (text.text or "").split(at, 1)
        text.text = first
        paragraph = run.getparent()
        new = etree.Element(w("p"))
        rest = list(run.itersiblings())
        new.append(_run(at + second))
        new.extend(rest)
        paragraph.addnext(new)

    return edit


def merge(id: str) -> Edit:
    """The paragraph of a sentence joined to the one before it."""

    def edit(root: etree._Element) -> None:
        paragraph = next(p for p in control(root, id).iterancestors(w("p")))
        before = paragraph.getprevious()
        assert before.tag == w("p")
        before.append(_run(" "))
        before.extend([c for c in paragraph if c.tag != w("pPr")])
        paragraph.getparent().remove(paragraph)

    return edit


def commented(data: bytes, id: str, words: str) -> bytes:
    """A document with a comment by Ana Editor on a sentence."""

    def edit(root: etree._Element) -> None:
        one = control(root, id)
        for name, add in (("commentRangeStart", one.addprevious), ("commentRangeEnd", one.addnext)):
            add(etree.Element(w(name), {w("id"): "7"}))

    of = parts(changed(data, edit))
    of["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="Ana Editor" '
        f'w:date="2024-02-01T10:00:00Z"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        "</w:comments>"
    ).encode()
    of["word/_rels/document.xml.rels"] = of["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="c1" Type="{_COMMENTS}" Target="comments.xml"/>'.encode()
        + b"</Relationships>",
    )
    return joined(of)


def office(path: Path, to: str, out: Path) -> Path:
    """A file saved in another format by LibreOffice; the test is skipped where that is not."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice (LibreOffice Writer) is not installed")
    out.mkdir(parents=True, exist_ok=True)
    ending = to.partition(":")[0]
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={(out / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(out),
            str(path),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    made = out / f"{path.stem}.{ending}"
    assert made.exists(), done.stderr
    return made


def _run(words: str) -> etree._Element:
    run = etree.Element(w("r"))
    text = etree.SubElement(run, w("t"))
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _change(name: str, words: str) -> etree._Element:
    run = _run(words)
    if name == "del":
        run[0].tag = w("delText")
    change = etree.Element(
        w(name), {w("id"): "90", w("author"): "Ana Editor", w("date"): "2024-02-01T10:00:00Z"}
    )
    change.append(run)
    return change
