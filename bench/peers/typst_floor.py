"""Bare typst, the floor: title and sentences as plain paragraphs, with our fonts and standards.

    python bench/peers/typst_floor.py WORDS.json

No table, notes, marks, code, places or record; one pass.
"""

import json
import sys
from pathlib import Path

import typst
from measure import measured, tell

SOURCE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: datetime(year: 2024, month: 3, day: 5))
#set text(font: d.families, fallback: false, size: 10pt, lang: "en", hyphenate: false)
#set page(paper: "us-letter")
#heading(level: 1, d.title)
#for s in d.sentences [ #par(s) ]
"""


def main(given: dict[str, list[object]]) -> None:
    """Measure it on the words given."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=given["fonts"]
    )
    compiler = typst.Compiler(SOURCE, font_paths=fonts)

    def set_(words: object) -> bytes:
        made: bytes = compiler.compile(
            input=SOURCE,
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            sys_inputs={"data": json.dumps(words)},
        )
        return made

    tell(measured(set_, given["work"]))


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
