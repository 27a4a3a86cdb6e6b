"""Page: an instrument as one web page that needs no script and carries its manifest."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from gravamen.instruments.sheet import Data, plain
from gravamen.values import canonical

TEMPLATES = Path(__file__).parent / "templates"
OPENING = b'<script type="application/json" id="manifest">'
CLOSING = b"</script>"


def page(sheet: Data, foot: Data) -> bytes:
    """Return the page of an instrument, in the same order as its PDF.

    Args:
        sheet: what `sheet()` gave.
        foot: the digest, code and manifest, as the PDF has them.
    """
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    return (
        _template()
        .render(
            d=sheet,
            foot=foot,
            style=Markup(style),
            style_digest=f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}",
            code=Markup(str(foot["qr"])),
            manifest=Markup(str(foot["manifest"]).replace("<", "\\u003c")),
        )
        .encode()
    )


def manifest_in(page: bytes) -> bytes | None:
    """Return the manifest that a page carries, in canonical form; None where it carries none."""
    _, opening, rest = page.partition(OPENING)
    inside, closing, _ = rest.partition(CLOSING)
    if not (opening and closing):
        return None
    try:
        return canonical(msgspec.json.decode(inside))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.filters["drawn"] = Markup
    return environment.get_template("page.html.j2")
