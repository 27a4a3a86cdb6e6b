"""Texts that try to be code, to hide or to break a page; and an instrument made of nothing else."""

from gravamen.parties import Name
from gravamen.sentences import (
    Block,
    BlockStyle,
    Cell,
    Copy,
    Instrument,
    Section,
    Signatory,
    Table,
)

from .letters import letter, sentence

# Each is printed as it stands.
PRINTED = {
    "typst-call": '#read("/etc/passwd")',
    "typst-rule": "#set page(width: 1cm); $x$ `c` @ref <label>",
    "typst-import": '#import "frame.typ": *; #panic("x") #include "/etc/hosts"',
    "markup": "*bold* _slant_ ~ = == - + /term: x",
    "comments": "// none /* none */ https://a.example//b -- --- ...",
    "quotes": "\"straight\" 'single' “curly” „low“ «french»",
    "script": "</script><script>alert(1)</script>",
    "attribute": '" onload="alert(1)" x=\'',
    "comment": "<!-- --><!--<script> -->",
    "cdata": "]]> <![CDATA[ &lt; &amp; &#x41;",
    "formula": '=HYPERLINK("http://x.example","y")',
    "jinja": "{{ 7*7 }} {% raw %} ${y} %s %(x)s",
    "json": '","claims":[],"x":"\\u003c \\',
    "traversal": "../../etc/passwd",
    "zero-width": "a\u200bb\u200cc\u200dd\u2060e",
    "soft-hyphen": "com\u00admit\u00adtee",
    "emoji": "😀 👩‍👩‍👧 ❤️ ✓",
    "marks": "e\u0301\u0323\u0308 ṩ Ạ̈",
    "spaces": "a\u00a0b\u2003c\u3000d",
    "scripts": "Əli Արմեն Иван محمد می‌خواهم ნინო 王小明",
}
# Each is refused, with the name of the check that refuses it.
REFUSED = {
    "a\u202ecod.exe": "bidi-control",
    "a\u2066b\u2069": "bidi-control",
    "a\0b": "control-character",
    "a\x1b[2Jb": "control-character",
    "a\u2028b": "control-character",
    "a\ufeffb": "control-character",
    "e" + "\u0301" * 90: "combining-flood",
    "a\U00012000": "glyph-missing",
    "a\uf0b7": "glyph-missing",
    "a\U000e0041": "glyph-missing",
    "a\ud800": "glyph-missing",
}
_STYLES: tuple[BlockStyle, ...] = (
    "paragraph", "whereas", "resolved", "bullet", "quote", "small", "address",
)  # fmt: skip


def everywhere(text: str, **more: object) -> Instrument:
    """A letter that says a text in each of its fields, or as much of it as fits there."""
    cell = Cell(sentences=(sentence("s30", text, "c.post"),))
    table = Table(caption=text, header=(text, text), rows=((Cell(names=(Name(text=text),)), cell),))
    blocks = [
        Block(sentences=(sentence(f"s{n}", text, "c.held"),), style=style, label=text[:120])
        for n, style in enumerate(_STYLES, 1)
    ]
    numbered = Block(sentences=(sentence("s9", text),), style="numbered", label=text[:20])
    fields = {
        "title": text,
        "body": text,
        "letterhead": (text, text),
        "addressee": (text, text),
        "reference": text,
        "salutation": text,
        "close": text,
        "signatories": (
            Signatory(id="p.1", name=text[:120], capacity=text[:120], body=text[:120]),
        ),
        "copies": (Copy(office=text, why=text),),
        "enclosures": (text,),
        "draft_reasons": (text,),
        "sections": (Section(heading=text, blocks=(table, *blocks, numbered)),),
    }
    return letter(**{**fields, **more})
