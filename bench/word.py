"""DOCX beside a peer on the same words: writing with python-docx, and comparing with difflib.

    python bench/word.py [SENTENCES]

Both sides run in turns in this process on the dossier of the county's commander, made longer. The
peer writes one plain paragraph a sentence: no controls, bookmarks, notes, tables or manifest; and
it compares the texts of the paragraphs in their order, without knowing which sentence is which. So
a ratio says what all that costs. Aim (research, section 10, check 20): no peer's, but 600 sentences
in all formats in a few seconds.
"""

import difflib
import io
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

import docx
import msgspec

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import import_case
from gravamen.instruments.comparison import compare
from gravamen.instruments.docx import document
from gravamen.instruments.manifest import Manifest, exhibits_of
from gravamen.instruments.package import Wanted, prepare
from gravamen.instruments.setting import made_of
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Block, Instrument, Section

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))

from measure import timed  # noqa: E402  (its folder is no package)

COUNTY = HERE.parent / "cases" / "alder-county" / "case.yaml"
RUNS = 5


def longer(count: int) -> tuple[Case, Instrument]:
    """The case and its dossier with so many more bound sentences."""
    with tempfile.TemporaryDirectory() as folder:
        case = import_case(COUNTY, Path(folder) / "case", actor="person:Bench").case()
    wanted = Wanted(party="p.teresh", regime="us")
    made = prepare(case, lawdata.load(), on=date(2024, 3, 5), dossiers=[wanted]).instruments[0]
    bound = [s for s in made.sentences() if s.bindings]
    blocks = [
        Block(
            sentences=(
                msgspec.structs.replace(
                    bound[n % len(bound)], id=f"x{n + 1}", text=f"{n}. {bound[n % len(bound)].text}"
                ),
            )
        )
        for n in range(count)
    ]
    more = Section(heading="More", blocks=tuple(blocks))
    return case, msgspec.structs.replace(made, sections=(*made.sections, more))


def plain(texts: list[str]) -> bytes:
    """The words as python-docx writes them, a paragraph each."""
    file = docx.Document()
    for text in texts:
        file.add_paragraph(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def read_and_diff(data: bytes, texts: list[str]) -> int:
    """How many paragraphs differ, as python-docx reads them and difflib compares."""
    there = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    matcher = difflib.SequenceMatcher(a=texts, b=there, autojunk=False)
    return sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")


def edited(data: bytes, word: str, to: str) -> bytes:
    """A document in which python-docx changed one word, saved again."""
    file = docx.Document(io.BytesIO(data))
    for run in file.element.body.iter(f"{{{file.element.nsmap['w']}}}t"):
        if run.text and word in run.text:
            run.text = run.text.replace(word, to, 1)
            break
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def main(count: int) -> None:
    """Measure both sides in turns and print them."""
    case, instrument = longer(count)
    set_ = typeset(instrument, exhibits_of(instrument, case.sources))
    manifest: Manifest = set_.manifest
    texts = [s.text for s in instrument.sentences()]
    ours, theirs = document(set_.sheet, set_.foot), plain(texts)
    our_edit, their_edit = (edited(d, "beaten", "struck") for d in (ours, theirs))
    found: dict[str, tuple[list[float], list[float]]] = {}
    for _ in range(RUNS):
        for name, us, peer in (
            ("write", lambda: document(set_.sheet, set_.foot), lambda: plain(texts)),
            (
                "compare, one edit",
                lambda: compare(our_edit, manifest, instrument, name="edited.docx"),
                lambda: read_and_diff(their_edit, texts),
            ),
        ):
            pair = found.setdefault(name, ([], []))
            pair[0].append(timed(us))
            pair[1].append(timed(peer))
    print(f"{len(texts)} sentences{'':<14}{'gravamen':>12}{'python-docx':>16}{'ratio':>8}")
    for name, (mine, other) in found.items():
        a, b = statistics.median(mine), statistics.median(other)
        print(f"{name:<28}{a * 1000:>9.0f} ms{b * 1000:>13.0f} ms{a / b:>8.2f}")
    print(f"{'all five formats':<28}{timed(lambda: made_of(instrument, case=case)):>9.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
