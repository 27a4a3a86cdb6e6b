"""Body: what a Word document prints between its head and its foot, in the order of the page."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import Any

from gravamen.instruments.docx.figure import png
from gravamen.instruments.docx.markup import (
    Element,
    Words,
    element,
    mark,
    paragraph,
    picture,
    run,
    runs,
)
from gravamen.instruments.sheet import Data, plain

_STYLES = {
    "paragraph": None,
    "whereas": "Clause",
    "resolved": "Clause",
    "quote": "QuoteBlock",
    "small": "Small",
    "address": "Address",
}
_RUN_IN = {"whereas": "RunIn", "resolved": "RunIn"}
_BULLETS, _FIRST_LIST = 1, 2
_WIDEST_PICTURE_PT = 440
_KEPT_TOGETHER = 10
_UNCHECKED = (
    " stands where a sentence leans on law whose text has not been checked against the official "
    "edition."
)
_WITHHELD = (
    "A protected source stands behind this. It is withheld; the record is bound to it by the "
    "commitment "
)
_TO_CHECK = (
    "A record is kept inside this file: each sentence, its kind, its claims, their exact words and "
    "the digest of each source. The foot of each page and the code in it begin with the digest of "
    "that record. Run “gravamen verify” on the file to set the document again from its record and "
    "compare the two, byte for byte. After an edit, “gravamen import FILE --compare” says which "
    "sentences were changed."
)


class Body:
    """One writing of a document's body; `pictures` gathers the pictures that stand in it."""

    def __init__(self, sheet: Data, foot: Data) -> None:
        self._sheet, self._foot = sheet, foot
        self.pictures: dict[str, bytes] = {}
        self._bookmarks = 0
        self._lists = 0
        self._controls: set[int] = set()

    def blocks(self) -> Iterator[Element]:
        """Yield the paragraphs and tables."""
        d = self._sheet
        yield from self._letter_opening() if d["kind"] == "letter" else self._opening()
        yield from self._sections(annex=False)
        yield from self._closing()
        if d["enclosures"]:
            yield _heading(2, [run("Enclosures")])
            yield from (self._bullet(runs(e)) for e in d["enclosures"])
        if d["copies"]:
            yield _heading(2, [run("Copies to")])
            for copy in d["copies"]:
                yield self._bullet([*runs(copy["office"], "Strong"), run(", "), *runs(copy["why"])])
        yield from self._sections(annex=True)
        yield from self._sources()
        yield from self._check()

    def numbering(self) -> Element:
        """The lists of the document: bullets, and each counted list from 1; to be asked last."""
        bullet = _level("bullet", "•")
        counted = _level("decimal", "%1.")
        kinds = [element("w:abstractNum", bullet, abstractNumId=0)]
        kinds.append(element("w:abstractNum", counted, abstractNumId=1))
        lists = [element("w:num", element("w:abstractNumId", val=0), numId=_BULLETS)]
        for number in range(self._lists):
            anew = element("w:lvlOverride", element("w:startOverride", val=1), ilvl=0)
            lists.append(
                element(
                    "w:num", element("w:abstractNumId", val=1), anew, numId=_FIRST_LIST + number
                )
            )
        return element("w:numbering", *kinds, *lists)

    def _letter_opening(self) -> Iterator[Element]:
        d = self._sheet
        yield from self._draft_box()
        yield from self._letterhead()
        meta = [run(d["day"])]
        if d["reference"]:
            reference = [run("Our reference: ", "SmallFaint"), *runs(d["reference"], "SmallFaint")]
            meta += [element("w:r", element("w:tab")), *reference]
        yield paragraph("Meta", *meta)
        if d["addressee"]:
            yield paragraph("Address", *_lines(d["addressee"]))
        yield _heading(1, self._bookmarked(self._name, [run("Re: "), *runs(d["title"])]))
        if d["salutation"]:
            yield paragraph(None, *runs(d["salutation"]))

    def _opening(self) -> Iterator[Element]:
        d = self._sheet
        if d["kind"] == "motion":
            yield from self._draft_box()
        yield from self._letterhead()
        if d["kicker"]:
            yield paragraph("Kicker", *runs(d["kicker"]))
        yield _heading(1, self._bookmarked(self._name, runs(d["title"])))
        meta = [*runs(d["body"]), run(" · ")] if d["kind"] != "motion" and d["plain_body"] else []
        meta.append(run(d["day"]))
        if d["reference"]:
            meta += [run(" · "), *runs(d["reference"])]
        yield paragraph("Meta", *meta)
        if d["addressee"]:
            dossier = d["style"] == "dossier"
            before = "Moved by " if d["kind"] == "motion" else "To " if dossier else ""
            to = _joined([runs(line) for line in d["addressee"]], "; " if dossier else ", ")
            yield paragraph(None, *([run(before)] if before else []), *to)
        if d["kind"] != "motion":
            yield from self._draft_box()

    @property
    def _name(self) -> str:
        """The bookmark that says from which manifest the document was set."""
        return f"gvm_{self._foot['digest'][:16]}"

    def _draft_box(self) -> Iterator[Element]:
        d = self._sheet
        if not d["draft"]:
            return
        yield paragraph("Warning", run("DRAFT: not to be sent as it stands.", "Red"))
        for reason in d["reasons"]:
            yield paragraph("WarningItem", run("•  "), *runs(reason))
        yield paragraph("Gap")

    def _letterhead(self) -> Iterator[Element]:
        lines = self._sheet["letterhead"]
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            style = "LetterheadName" if not number else "LetterheadEnd" if last else "Letterhead"
            yield paragraph(style, *runs(line))

    def _sections(self, *, annex: bool) -> Iterator[Element]:
        for section in self._sheet["sections"]:
            if section["annex"] == annex:
                yield from self._section(section)

    def _section(self, section: Data) -> Iterator[Element]:
        new_page = [element("w:pageBreakBefore")] if section["annex"] else []
        if section["heading"]:
            yield _heading(section["level"], runs(section["heading"]), new_page)
        elif new_page:
            yield paragraph("Gap", properties=new_page)
        for block in section["blocks"]:
            yield from self._block(block)

    def _block(self, block: Data) -> Iterator[Element]:
        style = block["style"]
        if style == "table":
            yield from self._table(block)
        elif style == "figure":
            yield from self._figure(block)
        elif style == "numbered":
            yield from self._numbered(block["items"])
        elif style == "bullet":
            for item in block["items"]:
                label = [*runs(item["label"], "Tag"), run(" ")] if item["label"] else []
                yield self._bullet([*label, *self._sentences(item["sentences"])])
        else:
            yield paragraph(_STYLES[style], *self._labelled(block, _RUN_IN.get(style, "Strong")))

    def _labelled(self, block: Data, style: str) -> list[Element]:
        label = [*runs(block["label"], style), run(" ")] if block["label"] else []
        return [*label, *self._sentences(block["sentences"])]

    def _numbered(self, items: list[Data]) -> Iterator[Element]:
        """Items with labels of their own, or counted by the word processor from 1."""
        number = _FIRST_LIST + self._lists
        if not all(item["label"] for item in items):
            self._lists += 1
        for item in items:
            inside = self._sentences(item["sentences"])
            if item["label"]:
                tab = element("w:r", element("w:tab"))
                yield paragraph("Item", *runs(item["label"]), tab, *inside)
            else:
                yield paragraph("Item", *inside, properties=[_in_list(number)])

    def _bullet(self, inside: list[Element]) -> Element:
        return paragraph("Item", *inside, properties=[_in_list(_BULLETS)])

    def _sentences(self, sentences: list[Data]) -> list[Element]:
        return _joined([list(self._sentence(s)) for s in sentences], " ")

    def _sentence(self, sentence: Data) -> Iterator[Element]:
        """A sentence in its control and bookmark, and in another one the marks behind it."""
        control = element(
            "w:sdt",
            element(
                "w:sdtPr",
                element("w:alias", val=sentence["kind"]),
                element("w:tag", val=f"gravamen:{sentence['id']}"),
                element("w:id", val=self._number(sentence["id"])),
            ),
            element("w:sdtContent", *runs(sentence["text"])),
        )
        yield from self._bookmarked(f"gv_{sentence['id']}", [control])
        marks = [self._mark(r) for r in sentence["refs"]]
        if sentence["review"]:
            marks.append([mark("†")])
        if marks:
            inside = ([*([mark(", ")] if n else []), *one] for n, one in enumerate(marks))
            yield from self._bookmarked(f"gm_{sentence['id']}", chain.from_iterable(inside))

    def _mark(self, reference: Data) -> list[Element]:
        shown = mark(reference["text"])
        if reference["to"] is None:
            return [shown]
        return [element("w:hyperlink", shown, anchor=f"note_{reference['to']}", history=1)]

    def _number(self, id: str) -> int:
        """A number for a control: made of what it holds, so that it is the same each time."""
        whole = f"{self._sheet['id']}:{id}".encode()
        number = int.from_bytes(sha256(whole).digest()[:4], "big") >> 2 or 1
        while number in self._controls:
            number += 1
        self._controls.add(number)
        return number

    def _bookmarked(self, name: str, inside: Iterable[Element]) -> list[Element]:
        self._bookmarks += 1
        start = element("w:bookmarkStart", id=self._bookmarks, name=name)
        return [start, *inside, element("w:bookmarkEnd", id=self._bookmarks)]

    def _table(self, block: Data) -> Iterator[Element]:
        yield paragraph("Caption", *runs(block["caption"]))
        whole = sum(block["widths"])
        shares = [max(1, 5000 * w // whole) for w in block["widths"]]
        properties = element(
            "w:tblPr",
            element("w:tblStyle", val="Ruled"),
            element("w:tblW", w=5000, type="pct"),
            element("w:tblLayout", type="autofit"),
            element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0,
                    noHBand=1, noVBand=1),
            element("w:tblCaption", val=_one_line(block["caption"])),
        )  # fmt: skip
        grid = element(
            "w:tblGrid", *(element("w:gridCol", w=share * 9360 // 5000) for share in shares)
        )
        head = [[paragraph("HeaderCell", *runs(h))] for h in block["header"]]
        marks = [element("w:cantSplit"), element("w:tblHeader")]
        rows = [_row(head, shares, marks)]
        for row in block["rows"]:
            cells = [list(self._cell(c)) for c in row["cells"]]
            rows.append(_row(cells, shares, [] if row["tall"] else [element("w:cantSplit")]))
        yield element("w:tbl", properties, grid, *rows)
        yield paragraph("Gap")

    def _cell(self, cell: Data) -> Iterator[Element]:
        for number, name in enumerate(cell["names"]):
            backwards = [element("w:bidi"), element("w:jc", val="right")] if name["rtl"] else []
            words = runs(name["text"], None if number else "Strong", lang=name["lang"])
            yield paragraph("Cell", *words, properties=backwards)
        if cell["sentences"] or not cell["names"]:
            yield paragraph("Cell", *self._sentences(cell["sentences"]))

    def _figure(self, block: Data) -> Iterator[Element]:
        drawn, width_pt, height_pt = png(block["svg"])
        number = len(self.pictures) + 1
        self.pictures[f"figure{number}.png"] = drawn
        scale = min(1, _WIDEST_PICTURE_PT / width_pt)
        yield paragraph(
            "Picture",
            picture(
                number,
                f"figure{number}",
                alt=block["alt"],
                width_pt=width_pt * scale,
                height_pt=height_pt * scale,
            ),
        )
        yield paragraph("FigureCaption", *runs(block["caption"]))

    def _closing(self) -> Iterator[Element]:
        d = self._sheet
        if d["close"]:
            yield paragraph("Close", *runs(d["close"]))
        last = len(d["signatories"]) - 1
        together = last < _KEPT_TOGETHER
        for number, signatory in enumerate(d["signatories"]):
            lines = [runs(signatory["capacity"])]
            lines += [runs(signatory["body"], "Faint")] if signatory["body"] else []
            yield paragraph("Signature", *runs(signatory["name"]))
            for line in lines:
                goes_on = line is not lines[-1] or (together and number < last)
                properties = [element("w:keepNext")] if goes_on else []
                yield paragraph("Capacity", *line, properties=properties)

    def _sources(self) -> Iterator[Element]:
        d = self._sheet
        if not (d["exhibits"] or d["review"]):
            return
        yield _heading(2, [run("Sources")])
        if d["brief"]:
            yield paragraph(
                "Source",
                run("A mark in the text names the exhibit and the quotation that stand in the "
                    "dossier beside this summary."),
            )  # fmt: skip
        elif d["exhibits"]:
            yield paragraph(
                "Source",
                run("Each mark in the text leads to the exact words that the sentence rests on."),
            )
        if d["review"]:
            yield paragraph("Source", run("The mark "), run("†", "Red"), run(_UNCHECKED))
        for exhibit in () if d["brief"] else d["exhibits"]:
            yield from self._exhibit(exhibit)

    def _exhibit(self, exhibit: Data) -> Iterator[Element]:
        if exhibit["letter"] == "W":
            yield _heading(3, [run("Withheld")])
            for note in exhibit["notes"]:
                yield self._note(note, [run(_WITHHELD), run(note["commitment"], "Faint")])
            return
        yield _heading(3, [run(f"Exhibit {exhibit['letter']}. "), *runs(exhibit["cited"])])
        address = [element("w:r", element("w:br")), *runs(exhibit["url"])] if exhibit["url"] else []
        yield paragraph("Digest", run(f"SHA-256 {exhibit['sha256']}"), *address)
        for note in exhibit["notes"]:
            yield from self._quoted(note)

    def _quoted(self, note: Data) -> Iterator[Element]:
        quote = [run("“"), *runs(note["quote"], lang=note["lang"]), run("”")]
        place = [run(f"{note['where']}, claim ", "Faint"), *runs(note["claims"], "Faint")]
        if note["rtl"]:
            yield self._note(note, place)
            yield paragraph("NoteWords", *quote, properties=[element("w:bidi")])
        else:
            yield self._note(note, [*quote, run(" "), *place])
        if note["translation"]:
            yield paragraph("NoteWords", *runs(note["translation"]))

    def _note(self, note: Data, inside: list[Element]) -> Element:
        name = self._bookmarked(f"note_{note['id']}", [run(note["id"], "Tag")])
        return paragraph("Note", *name, element("w:r", element("w:tab")), *inside)

    def _check(self) -> Iterator[Element]:
        yield _heading(2, [run("How to check this document")])
        yield paragraph("Source", run(_TO_CHECK))


def _heading(level: int, inside: Iterable[Element], properties: Iterable[Element] = ()) -> Element:
    return paragraph(f"Heading{level}", *inside, properties=properties)


def _in_list(number: int) -> Element:
    return element("w:numPr", element("w:ilvl", val=0), element("w:numId", val=number))


def _level(kind: str, text: str) -> Element:
    return element(
        "w:lvl",
        element("w:start", val=1),
        element("w:numFmt", val=kind),
        element("w:lvlText", val=text),
        element("w:lvlJc", val="left"),
        element("w:pPr", element("w:ind", left=480, hanging=400)),
        ilvl=0,
    )


def _row(cells: list[list[Element]], shares: list[int], properties: Iterable[Element]) -> Element:
    made = (
        element("w:tc", element("w:tcPr", element("w:tcW", w=share, type="pct")), *inside)
        for inside, share in zip(cells, shares, strict=True)
    )
    about: list[Any] = [element("w:trPr", *properties)]
    return element("w:tr", *about, *made)


def _lines(lines: Iterable[Words]) -> Iterator[Element]:
    for number, line in enumerate(lines):
        if number:
            yield element("w:r", element("w:br"))
        yield from runs(line)


def _joined(parts: Iterable[list[Element]], between: str) -> list[Element]:
    """Stretches of runs as one, with signs between them."""
    joined: list[Element] = []
    for number, part in enumerate(parts):
        joined += [run(between), *part] if number else part
    return joined


def _one_line(words: Words) -> str:
    return " ".join(plain(words).split())
