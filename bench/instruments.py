"""Setting instruments beside two peers on the same words: bare typst, and WeasyPrint on our page.

    python bench/instruments.py [LETTERS] [SENTENCES]

Each program runs in a process of its own, one after the other. Bare typst is the floor
(bench/peers/typst_floor.py); WeasyPrint sets the page that we made, where it and its Pango are
here. A ratio is how many times as long we take as the peer. Aims (research, section 10, check 20):
a letter in at most 150 ms first and 10 ms warm, 600 sentences in 1 s, 100 letters in all formats in
20 s, at most 150 MiB.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import import_case
from gravamen.instruments.fonts import FAMILIES, folders
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.package import prepare
from gravamen.instruments.setting import made_of, write
from gravamen.instruments.typeset import typeset
from gravamen.instruments.verify import verify_file
from gravamen.parties import Name
from gravamen.sentences import Block, Cell, Instrument, Section, Table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "peers"))

from measure import WARM_RUNS, measured, tell, timed  # noqa: E402  (its folder is no package)

COUNTY = HERE.parent / "cases" / "alder-county" / "case.yaml"
OFFICE = "letter-us.treasury.secretary"
NAMES = (
    ("Արմեն Սարգսյան", "hy"), ("Əli Quliyev", "az-Latn"), ("Иван Щербаков", "ru"),
    ("محمد الأحمد", "ar"), ("می\u200cخواهم رضا", "fa"), ("ნინო ბერიძე", "ka"), ("王小明", "zh"),
)  # fmt: skip
ROWS = (
    ("letter, first in a process", "first", 1000, "ms"),
    ("letter, warm (median)", "warm", 1000, "ms"),
    ("letter, warm (best)", "best", 1000, "ms"),
    ("{sentences} sentences, PDF", "long", 1, "s"),
    ("   its size", "kib", 1, "KiB"),
    ("peak memory, one letter", "one_mib", 1, "MiB"),
    ("peak memory, letters one after another", "many_mib", 1, "MiB"),
    ("peak memory, with the long document", "long_mib", 1, "MiB"),
)


class Work:
    """Letters that differ in their words, with names in seven scripts; a long document last."""

    def __init__(self, letters: int, sentences: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            record = import_case(COUNTY, Path(folder) / "case", actor="person:Bench")
            self.case: Case = record.case()
        package = prepare(self.case, lawdata.load(), on=date(2024, 3, 5))
        letter = next(i for i in package.instruments if i.id == OFFICE)
        self.more = list(self._letters(letter, letters))
        self.instruments = [
            *self._letters(letter, 1 + WARM_RUNS),
            self._long(letter, sentences),
        ]

    def _letters(self, letter: Instrument, count: int) -> Iterator[Instrument]:
        rows = tuple((Cell(names=(Name(text=text, lang=lang),)),) for text, lang in NAMES)
        table = Table(caption="Names", header=("Name",), rows=rows)
        sections = (Section(heading="Names", blocks=(table,)), *letter.sections)
        for n in range(count):
            yield msgspec.structs.replace(
                letter, title=f"{letter.title}, copy {n}", reference=f"copy/{n}", sections=sections
            )

    def _long(self, letter: Instrument, count: int) -> Instrument:
        bound = [s for s in letter.sentences() if s.bindings]
        said = [bound[n % len(bound)] for n in range(count)]
        blocks = [
            Block(sentences=(msgspec.structs.replace(s, id=f"s{n}", text=f"{n}. {s.text}"),))
            for n, s in enumerate(said, 1)
        ]
        sections = tuple(
            Section(heading=f"Part {n // 30 + 1}", blocks=tuple(blocks[n : n + 30]))
            for n in range(0, count, 30)
        )
        return msgspec.structs.replace(letter, id="long", sections=sections)

    def pages(self) -> list[str]:
        """Our web page of each."""
        return [made_of(i, case=self.case).html.decode() for i in self.instruments]

    def words(self) -> dict[str, object]:
        """The title, names and sentences of each, for bare typst."""
        work = []
        for instrument in self.instruments:
            names = [
                name.text
                for section in instrument.sections
                for block in section.blocks
                for row in getattr(block, "rows", ())
                for cell in row
                for name in cell.names
            ]
            said = [s.text for s in instrument.sentences()]
            work.append(
                {"title": instrument.title, "families": FAMILIES, "sentences": names + said}
            )
        return {"fonts": [str(f) for f in folders()], "work": work}


def ourselves(letters: int, sentences: int) -> None:
    """Measure our own setting in this process, and what only we do."""
    work = Work(letters, sentences)
    sources = work.case.sources
    found = measured(lambda i: typeset(i, exhibits_of(i, sources)).pdf, work.instruments)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        found["formats"] = timed(lambda: [write(i, out, case=work.case) for i in work.more])
        one, long = (write(work.instruments[n], out, case=work.case).pdf for n in (0, -1))
        found["verify"] = timed(lambda: verify_file(one, work.case))
        found["verify_long"] = timed(lambda: verify_file(long, work.case))
    tell(found)


def asked(*command: object) -> dict[str, float] | None:
    """What a program of its own measured; None where it cannot run here, which is said."""
    done = subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"{command[0]} did not run: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(letters: int, sentences: int) -> None:
    """Measure all programs and print them side by side."""
    with tempfile.TemporaryDirectory() as folder:
        pages, words = Path(folder) / "pages.json", Path(folder) / "words.json"
        work = Work(letters, sentences)
        pages.write_text(json.dumps(work.pages()))
        words.write_text(json.dumps(work.words()))
        ours = asked(__file__, "ourselves", letters, sentences)
        found = {
            "typst": asked(HERE / "peers" / "typst_floor.py", words),
            "weasyprint": asked(HERE / "peers" / "weasyprint_pages.py", pages),
        }
    if ours is None:
        sys.exit(1)
    peers = {name: peer for name, peer in found.items() if peer is not None}
    print(f"{'':<40}{'gravamen':>12}" + "".join(f"{name:>16}{'ratio':>8}" for name in peers))
    for name, key, factor, unit in ROWS:
        digits = 2 if unit == "s" else 0 if unit in ("KiB", "MiB") else 1
        line = f"{name.format(sentences=sentences):<40}"
        line += f"{ours[key] * factor:>8.{digits}f} {unit:<3}"
        for peer in peers.values():
            line += f"{peer[key] * factor:>12.{digits}f} {unit:<3}{ours[key] / peer[key]:>8.2f}"
        print(line)
    told = f"{letters} letters in all five formats:"
    print(f"{told:<40}{ours['formats']:>8.2f} s")
    print(f"{'verify one letter against the record:':<40}{ours['verify'] * 1000:>8.0f} ms")
    print(f"{'verify the long document:':<40}{ours['verify_long'] * 1000:>8.0f} ms")


if __name__ == "__main__":
    given = [int(n) for n in sys.argv[1:] if n.isdigit()]
    chosen = (*given, *(100, 600)[len(given) :])
    (ourselves if "ourselves" in sys.argv else main)(*chosen)
