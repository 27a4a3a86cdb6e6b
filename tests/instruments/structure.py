"""What PDF/A-3a and PDF/UA-1 ask of the structure of a file, as far as pikepdf can see it."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree

STANDARD = frozenset(
    {
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI",
        "Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L",
        "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span",
        "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB",
        "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
    }
)  # fmt: skip
_SHOWS = frozenset(("Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "Do", "sh"))


def problems(data: bytes) -> list[str]:
    """Return what is missing or wrong, a few words each; nothing for a good file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [*_catalog(pdf), *_metadata(pdf), *_attachment(pdf), *_fonts(pdf)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "no structure tree"]
        tree = [*elements(pdf.Root.StructTreeRoot.K)]
        roles = {str(k): str(v) for k, v in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}
        found += _tree(tree, roles)
        found += _pages(pdf, tree)
    return found


def elements(node: Any) -> Iterator[Any]:
    """The structure elements in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "encrypted"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "not marked as tagged"
    if not re.fullmatch(r"[a-z]{2,3}(-.+)?", str(root.get("/Lang", ""))):
        yield "no language"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the window would not show the title"
    if [str(o.S) for o in root.get("/OutputIntents", ())] != ["/GTS_PDFA1"]:
        yield "no output intent of PDF/A"
    for key in ("/OpenAction", "/AA"):
        if key in root:
            yield f"{key} in the catalog"
    if "/AcroForm" in root:
        yield from _form(root.AcroForm)
    if "/ID" not in pdf.trailer:
        yield "no file identifier"


def _form(form: Any) -> Iterator[str]:
    """A form of ours has places for signatures and nothing else."""
    for key in {"/XFA", "/NeedAppearances", "/CO", "/DA"} & set(form.keys()):
        yield f"{key} in the form"
    fields = list(form.get("/Fields", ()))
    while fields:
        field = fields.pop()
        if "/Kids" in field:
            fields += list(field.Kids)
        elif field.get("/FT") != "/Sig":
            yield "a field that is no signature"
        elif not str(field.get("/TU", "")) or "/N" not in field.get("/AP", {}):
            yield "a field without a name for people, or without an appearance"
        elif {"/AA", "/A"} & set(field.keys()):
            yield "a field that does something"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "no metadata"
        return
    if "/Filter" in stream:
        yield "metadata are compressed"
    root = etree.fromstring(stream.read_bytes())
    said = {
        etree.QName(e).namespace.rstrip("/#").rsplit("/", 1)[-1] + ":" + etree.QName(e).localname: (
            "".join(map(str, e.itertext())).strip()
        )
        for e in root.iter("{*}*")
    }
    text = etree.tostring(root).decode()
    for name, namespace, value in (
        ("part", "http://www.aiim.org/pdfa/ns/id/", "3"),
        ("conformance", "http://www.aiim.org/pdfa/ns/id/", "A"),
        ("part", "http://www.aiim.org/pdfua/ns/id/", "1"),
    ):
        elements_ = [e.text for e in root.iter(f"{{{namespace}}}{name}")]
        attributes = [e.get(f"{{{namespace}}}{name}") for e in root.iter()]
        if value not in (*elements_, *attributes):
            yield f"metadata do not say {namespace} {name} {value}"
    title = str(pdf.docinfo.get("/Title", ""))
    if not title or title not in said.values() or "title" not in text:
        yield "title missing, or other in the metadata than in the document information"


def _attachment(pdf: pikepdf.Pdf) -> Iterator[str]:
    files = pdf.Root.get("/AF", ())
    if len(files) != 1 or len(pdf.attachments) != 1:
        yield "not exactly one associated file"
        return
    file = files[0]
    if str(file.get("/AFRelationship", "")) != "/Data":
        yield "the associated file is not related as Data"
    if (str(file.F), str(file.UF)) != ("manifest.json", "manifest.json"):
        yield "the associated file is not named in both ways"
    if str(file.EF.F.get("/Subtype", "")) != "/application/json":
        yield "the associated file has no MIME type"
    if not str(file.get("/Desc", "")):
        yield "the associated file has no description"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        if thing.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(
            thing.keys()
        ):
            yield f"font {thing.FontName} is not embedded"
        if thing.get("/Subtype") == "/Type0" and "/ToUnicode" not in thing:
            yield f"font {thing.BaseFont} has no way back to characters"


def _tree(tree: list[Any], roles: dict[str, str]) -> Iterator[str]:
    def tag(element: Any) -> str:
        return roles.get(str(element.S), str(element.S)).removeprefix("/")

    for strange in {tag(e) for e in tree} - STANDARD:
        yield f"{strange} is no standard structure type"
    levels = [int(tag(e)[1]) for e in tree if re.fullmatch("H[1-6]", tag(e))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not exactly one heading 1, at the beginning"
    if any(b > a + 1 for a, b in zip(levels, levels[1:], strict=False)):
        yield f"headings leave out a level: {levels}"
    for element in tree:
        if tag(element) == "Figure" and not str(element.get("/Alt", "")):
            yield "a figure without an alternative text"
        if tag(element) == "Form" and not str(element.get("/Alt", "")):
            yield "a form without an alternative text"
        if tag(element) == "Table":
            yield from _table(element, tag)
        if tag(element) == "L" and {tag(k) for k in _kids(element)} - {"LI", "Caption", "L"}:
            yield "a list with other parts than items"
        if tag(element) == "LI" and {tag(k) for k in _kids(element)} - {"Lbl", "LBody"}:
            yield "a list item with other parts than label and body"


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", ())
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [k for k in kids if isinstance(k, pikepdf.Dictionary) and "/S" in k]


def _table(table: Any, tag: Any) -> Iterator[str]:
    rows = [e for e in elements(table.K) if tag(e) == "TR"]
    if not rows or {tag(c) for c in _kids(rows[0])} != {"TH"}:
        yield "a table whose first row is no header"
    if len({len(_kids(row)) for row in rows}) != 1:
        yield "a table with rows of unequal length"
    for cell in elements(table.K):
        if tag(cell) == "TH" and "Scope" not in str(cell.get("/A", "")):
            yield "a header cell without a scope"


def _pages(pdf: pikepdf.Pdf, tree: list[Any]) -> Iterator[str]:
    owned = {e.objgen for e in tree}
    for number, page in enumerate(pdf.pages, 1):
        if page.obj.get("/Annots") and str(page.obj.get("/Tabs", "")) != "/S":
            yield f"page {number} is not walked through in the order of its structure"
        if "/StructParents" not in page.obj:
            yield f"page {number} does not lead back to the structure"
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" not in annotation or not str(annotation.get("/Contents", "")):
                yield f"page {number} has a link without structure or words"
        yield from _marked(number, page)
    parents = pdf.Root.StructTreeRoot.ParentTree
    for entry in _numbers(parents):
        for parent in entry if isinstance(entry, pikepdf.Array) else [entry]:
            if isinstance(parent, pikepdf.Dictionary) and parent.objgen not in owned:
                yield "marked content leads to an element outside the structure tree"


def _numbers(node: Any) -> Iterator[Any]:
    for kid in node.get("/Kids", ()):
        yield from _numbers(kid)
    yield from list(node.get("/Nums", ()))[1::2]


def _marked(number: int, page: pikepdf.Page) -> Iterator[str]:
    """All that is drawn stands inside marked content; no glyph is the one that stands for none."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            depth += 1
        elif name == "EMC":
            depth -= 1
        elif name in _SHOWS and depth < 1:
            yield f"page {number} draws with {name} outside of marked content"
        if name in ("Tj", "TJ") and any(code == 0 for code in codes(operands[0])):
            yield f"page {number} draws a glyph that stands for none"


def codes(shown: Any) -> Iterator[int]:
    """The glyph codes of what a text operator shows; all our fonts have two bytes a code."""
    parts = [shown] if isinstance(shown, pikepdf.String) else list(shown)
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            yield from (raw[n] << 8 | raw[n + 1] for n in range(0, len(raw), 2))
