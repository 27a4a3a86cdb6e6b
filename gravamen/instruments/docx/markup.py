"""Markup: elements of a Word document, and words as runs with the language and font of each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from gravamen.instruments.fonts import LATIN, right_to_left
from gravamen.instruments.sheet import Data

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EAST_ASIAN = ("Noto Sans CJK SC",)
EMU_A_POINT = 12700

Words = str | list[Data]
Element = etree._Element


def named(name: str) -> str:
    """The whole name of an element or attribute: "w:p" with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if local else name


def element(
    name: str, /, *children: Element, attributes: Mapping[str, object] = {}, **of_word: object
) -> Element:
    """Return an element with its children.

    Args:
        attributes: by their names, with a prefix or without.
        of_word: attributes in the namespace of Word; one that is None is left out.
    """
    made = etree.Element(named(name), nsmap=NAMESPACES if name in _ROOTS else None)
    for key, value in attributes.items():
        made.set(named(key), str(value))
    for key, value in of_word.items():
        if value is not None:
            made.set(named(f"w:{key}"), str(value))
    made.extend(children)
    return made


_ROOTS = frozenset({"w:document", "w:hdr", "w:ftr"})


def paragraph(style: str | None, *inside: Element, properties: Iterable[Element] = ()) -> Element:
    """Return a paragraph in a style; `properties` stand in the order of the schema."""
    named_style = [element("w:pStyle", val=style)] if style else []
    both = [*named_style, *properties]
    return element("w:p", *([element("w:pPr", *both)] if both else []), *inside)


def runs(words: Words, style: str | None = None, *, lang: str | None = None) -> list[Element]:
    """Return words as runs, one for each stretch in a script or language of its own.

    Args:
        style: a character style.
        lang: language of the words, where no stretch says its own.
    """
    if isinstance(words, str):
        return [_run(words, style, lang=lang)]
    return [
        _run("".join(r["pieces"]), style, lang=r["lang"] or lang, family=r["family"]) for r in words
    ]


def run(text: str, style: str | None = None) -> Element:
    """Return words of our own in one run."""
    return _run(text, style)


def mark(text: str) -> Element:
    """Return a mark that leads from a sentence to its sources, as a superscript run."""
    raised = element("w:vertAlign", val="superscript")
    properties = element("w:rPr", element("w:rStyle", val="SourceMark"), raised)
    return element("w:r", properties, *_texts(text))


def field(instruction: str, shown: str) -> Element:
    """Return a field that a word processor counts by itself, such as the number of a page."""
    return element("w:fldSimple", run(shown), instr=instruction)


def picture(id: int, relation: str, *, alt: str, width_pt: float, height_pt: float) -> Element:
    """Return a run with a picture in the line, and the words that stand for it."""
    size = {"cx": round(width_pt * EMU_A_POINT), "cy": round(height_pt * EMU_A_POINT)}
    name = {"id": id, "name": f"Picture {id}", "descr": alt}
    blip = element("a:blip", attributes={"r:embed": relation})
    filled = element("pic:blipFill", blip, element("a:stretch", element("a:fillRect")))
    frame = element(
        "a:xfrm",
        element("a:off", attributes={"x": 0, "y": 0}),
        element("a:ext", attributes=size),
    )
    shape = element(
        "pic:spPr",
        frame,
        element("a:prstGeom", element("a:avLst"), attributes={"prst": "rect"}),
    )
    about = element("pic:nvPicPr", element("pic:cNvPr", attributes=name), element("pic:cNvPicPr"))
    data = element(
        "a:graphicData",
        element("pic:pic", about, filled, shape),
        attributes={"uri": NAMESPACES["pic"]},
    )
    inline = element(
        "wp:inline",
        element("wp:extent", attributes=size),
        element("wp:docPr", attributes=name),
        element("a:graphic", data),
        attributes={"distT": 0, "distB": 0, "distL": 0, "distR": 0},
    )
    return element("w:r", element("w:drawing", inline))


def _run(
    text: str, style: str | None = None, *, lang: str | None = None, family: str | None = None
) -> Element:
    backwards = right_to_left(text)
    properties = [element("w:rStyle", val=style)] if style else []
    if family and family != LATIN:
        fonts = dict.fromkeys(("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"), family)
        hint = "eastAsia" if family in _EAST_ASIAN else "cs" if backwards else None
        properties.append(element("w:rFonts", attributes=fonts, hint=hint))
    if backwards:
        properties.append(element("w:rtl"))
    if lang and lang != "und":
        kind = "bidi" if backwards else "eastAsia" if family in _EAST_ASIAN else "val"
        properties.append(element("w:lang", attributes={f"w:{kind}": lang}))
    return element("w:r", *([element("w:rPr", *properties)] if properties else []), *_texts(text))


def _texts(text: str) -> Iterator[Element]:
    """The words of a run; a line feed in them breaks the line."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield element("w:br")
        if line or not number:
            words: Any = element("w:t")
            words.text = line
            words.set(_SPACE, "preserve")
            yield words
