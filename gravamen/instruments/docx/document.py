"""Document: the parts of the Word document of an instrument, made from what its pages print."""

import io
from functools import cache

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from lxml import etree

from gravamen.instruments.docx.archive import default, manifest_item, packed, xml
from gravamen.instruments.docx.body import Body
from gravamen.instruments.docx.markup import (
    NAMESPACES,
    Element,
    element,
    field,
    paragraph,
    picture,
    run,
    runs,
)
from gravamen.instruments.page import TEMPLATES
from gravamen.instruments.sheet import Data

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = f"{_PACKAGE}/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# Width, height and margins in twentieths of a point.
_PAPER = {"us-letter": (12240, 15840), "a4": (11906, 16838)}
_SIDE, _TOP, _BOTTOM = 1440, 1361, 2154
_CODE_PT = 70.9
_TITLE_HALF_PT = {"letter": 23}
_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/header1.xml": f"{_WORD}.header+xml",
    "word/header2.xml": f"{_WORD}.header+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument"
    ".customXmlProperties+xml",
}
_RELATED = ("styles", "numbering", "settings", "fontTable", "header1", "header2", "footer1")


def document(sheet: Data, foot: Data) -> bytes:
    """Return the Word document of an instrument, in the same order and words as its PDF and page.

    Each sentence stands in a content control with the tag `gravamen:ID` and in a bookmark
    `gv_ID`; the manifest is a custom XML part. The same input gives the same bytes.

    Args:
        sheet: what `sheet()` gave.
        foot: the digest, code and manifest, as the PDF has them.
    """
    code = _code(foot)
    body = Body(sheet, foot)
    root = element("w:document", element("w:body", *body.blocks(), _section(sheet)))
    parts = {
        "word/document.xml": xml(root),
        "word/styles.xml": _styles(sheet),
        "word/numbering.xml": xml(body.numbering()),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/header1.xml": xml(_header(sheet, later=True)),
        "word/header2.xml": xml(_header(sheet, later=False)),
        "word/footer1.xml": xml(_footer(sheet, foot)),
        "word/media/code.png": code,
        **{f"word/media/{name}": data for name, data in body.pictures.items()},
        "word/_rels/document.xml.rels": _document_relations(body),
        "word/_rels/footer1.xml.rels": _relations(("code", "image", "media/code.png")),
        "customXml/item1.xml": manifest_item(str(foot["manifest"])),
        "customXml/itemProps1.xml": _item_properties(str(foot["digest"])),
        "customXml/_rels/item1.xml.rels": _relations(("rId1", "customXmlProps", "itemProps1.xml")),
        "docProps/core.xml": _core(sheet),
    }
    return packed({"[Content_Types].xml": _types(), "_rels/.rels": _package_relations(), **parts})


def measure(sheet: Data) -> int:
    """The width of a line in twentieths of a point."""
    return _PAPER[sheet["paper"]][0] - 2 * _SIDE


def _code(foot: Data) -> bytes:
    """The code of the foot as a picture; not compressed, so that every machine gives the same."""
    code = segno.make(foot["payload"], error="m", micro=False, boost_error=False, mask=foot["mask"])
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=4, border=4, compresslevel=0)
    return drawn.getvalue()


def _section(sheet: Data) -> Element:
    """The paper, its margins, and which head and foot stand on it."""
    width, height = _PAPER[sheet["paper"]]
    references = [
        element(f"w:{kind}Reference", attributes={"w:type": when, "r:id": part})
        for kind, when, part in (
            ("header", "default", "header1"),
            ("header", "first", "header2"),
            ("footer", "default", "footer1"),
            ("footer", "first", "footer1"),
        )
    ]
    return element(
        "w:sectPr",
        *references,
        element("w:pgSz", w=width, h=height),
        element(
            "w:pgMar", top=_TOP, right=_SIDE, bottom=_BOTTOM, left=_SIDE, header=620, footer=480,
            gutter=0,
        ),
        element("w:titlePg"),
        *([element("w:bidi")] if sheet["rtl"] else []),
    )  # fmt: skip


def _header(sheet: Data, *, later: bool) -> Element:
    """The head of each page: what the document is called (on later pages), marking, DRAFT."""
    inside = runs(sheet["running"]) if later else []
    inside.append(element("w:r", element("w:tab")))
    if sheet["marking"]:
        inside += runs(sheet["marking"], "Strong")
    if sheet["draft"]:
        inside += [run("   " if sheet["marking"] else ""), run("DRAFT not to be sent", "Red")]
    return element("w:hdr", paragraph("Header", *inside))


def _footer(sheet: Data, foot: Data) -> Element:
    """The foot of each page: name, page, the digest of the record, and its code."""
    page = [run("Page "), field(" PAGE ", "1"), run(" of "), field(" NUMPAGES ", "1")]
    record = [
        run("Record "),
        run(foot["groups"], "Strong"),
        run(" (first 16 of the 64 digits of its SHA-256)"),
    ]
    tab = element("w:r", element("w:tab"))
    words = [
        paragraph("Footer", *runs(sheet["running"]), tab, *page),
        paragraph("Footer", *record),
    ]
    shown = picture(900, "code", alt=foot["alt"], width_pt=_CODE_PT, height_pt=_CODE_PT)
    right = [element("w:jc", val="right")]
    cells = (
        (measure(sheet) - 1700, words),
        (1700, [paragraph("Footer", shown, properties=right)]),
    )
    rule = element("w:top", val="single", sz=4, space=0, color="B8C0CA")
    ruled = [element("w:tcBorders", rule)]
    row = element(
        "w:tr",
        *(
            element(
                "w:tc",
                element("w:tcPr", element("w:tcW", w=w, type="dxa"), *borders),
                *inside,
            )
            for (w, inside), borders in zip(cells, (ruled, []), strict=True)
        ),
    )
    edges = (element(f"w:{side}", w=0, type="dxa") for side in ("left", "right"))
    properties = element(
        "w:tblPr",
        element("w:tblW", w=measure(sheet), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *edges),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=w) for w, _ in cells))
    return element("w:ftr", element("w:tbl", properties, grid, row), paragraph("Gap"))


def _styles(sheet: Data) -> bytes:
    made = _template().render(
        lang=sheet["lang"],
        rtl=sheet["rtl"],
        measure=measure(sheet),
        title=_TITLE_HALF_PT.get(sheet["kind"], 30),
    )
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True)
    return xml(etree.fromstring(made.strip().encode(), parser))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=False
    )
    return environment.get_template("docx-styles.xml.j2")


@cache
def _settings() -> bytes:
    mode = element(
        "w:compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return xml(
        element("w:settings", element("w:defaultTabStop", val=720), element("w:compat", mode))
    )


@cache
def _fonts() -> bytes:
    """What a machine without the font of the text takes in its place."""
    latin = element("w:font", element("w:altName", val="Arial"), name="Noto Sans")
    return xml(element("w:fonts", latin))


def _core(sheet: Data) -> bytes:
    """Title, author, date and language: those of the instrument, not of the machine."""
    root = etree.Element(
        f"{{{_CORE}}}coreProperties",
        nsmap={"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI},
    )
    fields = (
        (_DC, "title", sheet["plain_title"]),
        (_DC, "creator", sheet["plain_body"]),
        (_DC, "language", sheet["lang"]),
        (_CORE, "contentStatus", "Draft" if sheet["draft"] else "Final"),
    )
    for space, name, value in fields:
        if value:
            etree.SubElement(root, f"{{{space}}}{name}").text = " ".join(str(value).split())
    for name in ("created", "modified"):
        day = etree.SubElement(root, f"{{{_TERMS}}}{name}")
        day.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        day.text = f"{sheet['date']}T00:00:00Z"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _item_properties(digest: str) -> bytes:
    """The properties of the manifest's part; its id is made of the digest of the manifest."""
    space = f"{_OFFICE}/customXml"
    id = f"{{{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}}}".upper()
    root = etree.Element(f"{{{space}}}datastoreItem", nsmap={"ds": space})
    root.set(f"{{{space}}}itemID", id)
    etree.SubElement(root, f"{{{space}}}schemaRefs")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _types() -> bytes:
    space = f"{_PACKAGE}/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap=default(space))
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ):
        etree.SubElement(root, f"{{{space}}}Default", Extension=extension, ContentType=kind)
    for part, kind in _TYPES.items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{part}", ContentType=kind)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _package_relations() -> bytes:
    return _relations(
        ("rId1", "officeDocument", "word/document.xml"),
        ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    )


def _document_relations(body: Body) -> bytes:
    return _relations(
        *((part, part.rstrip("12"), f"{part}.xml") for part in _RELATED),
        ("code", "image", "media/code.png"),
        *((name.partition(".")[0], "image", f"media/{name}") for name in body.pictures),
        ("item1", "customXml", "../customXml/item1.xml"),
    )


def _relations(*of: tuple[str, str, str]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap=default(space))
    for id, kind, target in of:
        whole = kind if "/" in kind else f"{NAMESPACES['r']}/{kind}"
        etree.SubElement(root, f"{{{space}}}Relationship", Id=id, Type=whole, Target=target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
