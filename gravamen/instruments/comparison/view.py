"""View: a comparison in words, as lines and as one web page that needs no script."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from gravamen.checks import Flag
from gravamen.instruments.comparison.compare import Comparison, Row
from gravamen.instruments.comparison.words import Stretch, compare_words

_STATES = ("changed", "missing", "new", "duplicated", "moved", "hidden", "same")


def summary(comparison: Comparison) -> str:
    """Return the outcome in one sentence: "1 changed, 1 new, 14 same"."""
    counts = comparison.counts
    told = ", ".join(f"{counts[state]} {state}" for state in _STATES if counts.get(state))
    remarks = sum(len(row.comments) for row in comparison.rows)
    if remarks:
        told += f", {remarks} comment{'s' if remarks > 1 else ''}"
    return f"{comparison.file} beside {comparison.instrument}: {told}."


def stretches(row: Row) -> tuple[Stretch, ...]:
    """Return the words of a row as stretches that are in both texts or in one of them."""
    if row.state == "duplicated":
        return (Stretch("new", row.now or ""),)
    return compare_words(row.was or "", row.now or "")


def aside(row: Row) -> Iterator[str]:
    """Yield sentences about a row: tracked changes, hidden words, comments, how it was found."""
    for change in row.tracked:
        by = f" by {change.author}" if change.author else ""
        when = f" on {change.date}" if change.date else ""
        yield f"Tracked: {change.kind}{by}{when}: “{change.words}”"
    if row.before is not None:
        yield f"Before the tracked changes: “{row.before}”"
    for words in row.hidden:
        yield f"Hidden: “{words}”"
    for comment in row.comments:
        by = f" by {comment.author}" if comment.author else ""
        when = f" on {comment.date}" if comment.date else ""
        yield f"Comment{by}{when}: {comment.words}"
    if row.by == "text" and row.state != "duplicated":
        yield "Found by its words alone: its control and bookmark are gone."


def page(comparison: Comparison, flags: Sequence[Flag] = ()) -> str:
    """Return a comparison as a web page; it reads in black and white."""
    return _template().render(
        c=comparison,
        flags=flags,
        summary=summary(comparison),
        stretches=stretches,
        aside=aside,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("comparison.html.j2")
