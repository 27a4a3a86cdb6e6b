"""Tests of the matrix as a web page."""

from html.parser import HTMLParser

import msgspec

from gravamen.findings import (
    matrix_html,
    weigh,
)
from gravamen.parties import Name

from .building import GUARD, ON, ORDER, case


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_escapes_everything_scopes_its_headers_and_runs_nothing() -> None:
    hostile = msgspec.structs.replace(
        GUARD, names=(Name(text="<script>alert(1)</script>\"' & \u202eevil"),)
    )
    record = msgspec.structs.replace(case([hostile]), title="<img src=x onerror=alert(1)>")
    page = matrix_html(record, ORDER, weigh(record, ORDER, on=ON))
    tags = _Tags()
    tags.feed(page)
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags.seen}
    assert all(a.get("scope") in ("col", "row") for tag, a in tags.seen if tag == "th")
    assert not [a for _, attrs in tags.seen for a in attrs if a.startswith("on")]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page
    for word in ("supported", "missing"):
        assert f"{word}</td>" in page
