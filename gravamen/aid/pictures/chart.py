"""Chart: an account as a picture, SVG or PNG: columns by year, stacked by group.

It reads in black and white: each group has a grey of its own, a hatch and a place in the key. The
same account gives the same bytes. No figure stands in the picture alone: the page has each in full.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from gravamen.aid.line import GROUPS, Account
from gravamen.aid.pictures.panels import Column, Panel, exact, heading, listed, panels
from gravamen.aid.words import vintage_words

DPI = 200
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_OWN = re.compile(r"#(?=[A-Za-z])")


def svg(account: Account, shown: Sequence[Panel] | None = None, *, prefix: str = "") -> bytes:
    """Return the picture as SVG that can stand alone or inside a page.

    It has no style sheet and no script, its letters are drawn, and it holds `alt` as its label.

    Args:
        shown: the panels to draw, of `panels(account)`; all where none are given.
        prefix: before each id in it, for a page that holds several pictures.
    """
    from gravamen.aid.pictures.figure import drawn  # noqa: PLC0415  # matplotlib loads slowly

    of = panels(account) if shown is None else shown
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(drawn(account, of, "svg"), parser)
    for node in [*root.iter(f"{_SVG}metadata", f"{_SVG}style")]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in root.iter(etree.Element):
        _plain_style(node)
        _rename(node, prefix)
    title = etree.Element(f"{_SVG}title")
    title.text = _valid(heading(account))
    root.insert(0, title)
    for name, value in (
        ("role", "img"),
        ("aria-label", _valid(alt(account, of))),
        ("stroke-linejoin", "round"),
        ("stroke-linecap", "butt"),
    ):
        root.set(name, value)
    return etree.tostring(root, encoding="utf-8")


def png(account: Account, shown: Sequence[Panel] | None = None, *, dpi: int = DPI) -> bytes:
    """Return the picture as PNG, at `dpi` dots per inch, or fewer where it is very high."""
    from gravamen.aid.pictures.figure import drawn  # noqa: PLC0415  # matplotlib loads slowly

    return drawn(account, panels(account) if shown is None else shown, "png", dpi=dpi)


def alt(account: Account, shown: Sequence[Panel] | None = None) -> str:
    """Return in words what the picture shows, for those who do not see it."""
    of = panels(account) if shown is None else shown
    if not of:
        return f"{heading(account)}. No figure on file."
    return f"{heading(account)}. {' '.join(' '.join(_told(panel)) for panel in of)}"


def _told(panel: Panel) -> Iterator[str]:
    """What a panel shows, by sentences."""
    copies = listed(vintage_words(vintage) for vintage in panel.vintages)
    yield f"Columns: {panel.what}; {panel.dataset}, {copies}, from {listed(panel.files)}."
    figures = [
        (
            column.amount,
            f"{exact(column.amount, floor=column.floor)} ({_where(panel, column, year)})",
        )
        for year, column in ((slot.words, c) for slot in panel.slots for c in slot.columns)
        if column.amount is not None
    ]
    if len(figures) == 1:
        yield f"The figure is {figures[0][1]}."
    elif figures:
        yield f"The figures run from {min(figures)[1]} to {max(figures)[1]}."
    if panel.groups:
        yield f"Stacked by group: {'; '.join(GROUPS[group] for group in panel.groups)}."
    if refused := [slot.words for slot in panel.slots if any(c.refused for c in slot.columns)]:
        yield f"Refused, in outline and in no sum: {listed(refused)}."
    if gaps := [slot.words for slot in panel.slots if not slot.columns]:
        yield f"No figure: {listed(gaps)}."


def _where(panel: Panel, column: Column, year: str) -> str:
    if len(panel.vintages) == 1:
        return year
    return f"{year}, {listed(vintage_words(vintage) for vintage, _ in column.copies)}"


def _plain_style(node: etree._Element) -> None:
    """Write the style of an element as attributes, which no rule of a page about styles forbids."""
    for rule in str(node.attrib.pop("style", "")).split(";"):
        name, colon, value = rule.partition(":")
        if colon:
            node.set(name.strip(), value.strip())


def _rename(node: etree._Element, prefix: str) -> None:
    """Put the prefix before the id of an element and before each id that it points to."""
    for name, value in ((str(n), str(v)) for n, v in node.attrib.items()):
        if name == "id":
            node.set(name, prefix + value)
        elif name == _LINK or value.startswith("url(#"):
            node.set(name, _OWN.sub(f"#{prefix}", value))


def _valid(words: str) -> str:
    """Some words with a space for each character that XML cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", words)
