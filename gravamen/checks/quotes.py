"""Checks of quotations: word for word, in their context, with their translators."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from gravamen.checks.asked import Asked, Placed
from gravamen.checks.flag import Found, check
from gravamen.claims import Claim
from gravamen.reading.text import sentences
from gravamen.sentences import Binding

_TURNS = re.compile(
    r"\b(?:not|never|nobody|no one|no evidence|alleged|allegedly|reportedly|purportedly|unless"
    r"|denied|denies|deny|denying|disputed|false|falsely|untrue)\b|n['’]t\b",
    re.IGNORECASE,
)
_REACH_CHARS = 80
_AROUND_CHARS = 400  # enough to see where the sentences around a quotation begin and end
_MARKED = re.compile(r"“(?P<words>[^“”]+)”")
_QUOTED_WORDS = 4  # shorter ones are words somebody uses, not quotations
_PIECE_CHARS = 40


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Copy the words as they stand in the source, or paraphrase.",
)
def quote_not_verbatim(q: Asked) -> Iterator[Found]:
    """A quotation differs from the words of its source."""
    if q.instruments:
        for p in q.drafted:
            yield from _bindings_differ(q, p)
            yield from _quotes_differ(q, p)
        return
    for claim in q.claims:
        text = q.case.texts.get(claim.passage.source)
        if text is None:
            continue
        there = text.text[claim.passage.start : claim.passage.end]
        if there != claim.passage.exact:
            at = _first_difference(there, claim.passage.exact)
            yield Found(
                message=f"Claim {claim.id} differs from {claim.passage.source} at character "
                f"{claim.passage.start + at}: the claim has {_piece(claim.passage.exact, at)}, the "
                f"source {_piece(there, at)}.",
                where=claim.id,
            )


def _bindings_differ(q: Asked, p: Placed) -> Iterator[Found]:
    """Bindings whose words are no longer those of their source."""
    for binding in p.sentence.bindings:
        text = q.case.texts.get(binding.source)
        if binding.withheld or text is None:
            continue
        there = text.text[binding.start : binding.end]
        if there != binding.quote:
            at = _first_difference(there, binding.quote)
            yield Found(
                message=f"The words bound to this sentence differ from {binding.source} at "
                f"character {binding.start + at}: {_piece(binding.quote, at)} here, "
                f"{_piece(there, at)} in the source.",
                where=p.where,
                instrument=p.instrument.id,
            )


def _quotes_differ(q: Asked, p: Placed) -> Iterator[Found]:
    """Quotations of a sentence that no claim which it is bound to bears out."""
    marked = [m["words"] for m in _MARKED.finditer(p.sentence.text)] if p.sentence.bindings else []
    long = [words for words in marked if len(words.split()) >= _QUOTED_WORDS]
    quotes = list(dict.fromkeys(_plain(words) for words in (*p.sentence.quotes, *long)))
    if not quotes:
        return
    said, printed = (
        [_plain(words) for words in _said(q, p.sentence.bindings)],
        _plain(p.sentence.text),
    )
    for quote in quotes:
        borne_out = any(quote in words for words in said)
        if borne_out and quote in printed:
            continue
        message = f"Nothing that this sentence is bound to says {_piece(quote, 0)}."
        if borne_out:
            at, here = _parts_from(quote, [printed])
            message = (
                f"The sentence leaves its source at character {at} of the quotation: {here} here, "
                f"{_piece(quote, at)} in the source."
            )
        elif said:
            at, there = _parts_from(quote, said)
            message = (
                f"The quotation leaves its source at its character {at}: {_piece(quote, at)} here, "
                f"{there} in the source."
            )
        yield Found(message=message, where=p.where, instrument=p.instrument.id)


def _said(q: Asked, bindings: tuple[Binding, ...]) -> Iterator[str]:
    """What the claims of a sentence say: quotes, translations, and the stretch from the first to
    the last of those in one source."""
    by_source: dict[str, list[Binding]] = {}
    for binding in bindings:
        claim = q.case.claims.get(binding.claim)
        if binding.withheld or claim is None:
            continue
        yield binding.quote
        if claim.translation:
            yield claim.translation
        by_source.setdefault(binding.source, []).append(binding)
    for source, of in by_source.items():
        text = q.case.texts.get(source)
        if text and len(of) > 1:
            yield text.text[min(b.start for b in of) : max(b.end for b in of)]


def _parts_from(quote: str, texts: list[str]) -> tuple[int, str]:
    """How many characters of a quotation some text holds, at most, and what it has after them."""
    best, there = 0, "“”"
    for text in texts:
        low, high = 0, len(quote)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if quote[:middle] in text else (low, middle - 1)
        if low >= best:
            best, there = low, _piece(text, text.find(quote[:low]) + low)
    return best, there


def _piece(text: str, at: int) -> str:
    return f"“{text[at : at + _PIECE_CHARS]}”"


def _plain(words: str) -> str:
    """Words with every run of blanks as one space, and without the stop at their end."""
    return " ".join(words.split()).rstrip(".;,")


def _first_difference(a: str, b: str) -> int:
    """The offset at which two texts part."""
    for at, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return at
    return min(len(a), len(b))


@check("warning", remedy="Quote more of the sentence, or mark the claim as hedged or denying.")
def quote_out_of_context(q: Asked) -> Iterator[Found]:
    """The words left out around a quotation turn its sense: “not”, “alleged”, “unless”."""
    for claim in q.claims:
        text = q.case.texts.get(claim.passage.source)
        if text is None or claim.stance != "affirms" or claim.withdrawn is not None:
            continue
        if claim.passage.source == q.case.motion and claim.id in q.case.proposed_by:
            continue  # the reader cuts its passages itself; the body does not quote itself
        if not _turning_near(claim, text.text):
            continue  # to part a text into sentences is dear
        before, after = _left_out(claim, text.text)
        turned = _TURNS.search(before) or _TURNS.search(after)
        if turned and not (claim.hedged and turned[0].casefold().endswith("edly")):
            yield Found(
                message=f"Claim {claim.id} leaves out “{turned[0]}” from the sentence that it "
                f"quotes: “{' '.join((before[-60:] + '[…]' + after[:60]).split())}”.",
                where=claim.id,
            )


def _turning_near(claim: Claim, text: str) -> bool:
    """Whether a word that turns the sense stands near a quotation, in its sentence or not."""
    start, end = claim.passage.start, claim.passage.end
    around = text[max(0, start - _REACH_CHARS) : start], text[end : end + _REACH_CHARS]
    return any(_TURNS.search(words) for words in around)


def _left_out(claim: Claim, text: str) -> tuple[str, str]:
    """What stands before and after a quotation in the sentences that it cuts into."""
    start, end = claim.passage.start, claim.passage.end
    cut = max(0, start - _AROUND_CHARS)
    bounds = [(a + cut, b + cut) for a, b in sentences(text[cut : end + _AROUND_CHARS])]
    first = bisect_right(bounds, start, key=lambda b: b[0]) - 1
    last = bisect_left(bounds, end, key=lambda b: b[1])
    opens = bounds[first][0] if first >= 0 and start < bounds[first][1] else start
    closes = bounds[last][1] if last < len(bounds) and bounds[last][0] < end else end
    before = text[max(opens, start - _REACH_CHARS) : start]
    after = text[end : min(closes, end + _REACH_CHARS)]
    return before, after


@check("warning", of=("case", "instruments"), remedy="Print the original, or name the translator.")
def translation_unmarked(q: Asked) -> Iterator[Found]:
    """Translated words are shown without saying that they are, or by whom."""
    if q.instruments:
        yield from _printed_unmarked(q)
        return
    for claim in q.claims:
        source = q.case.sources.get(claim.passage.source)
        if source is None:
            continue
        if claim.translation and not (claim.translator or source.translator):
            yield Found(
                message=f"The translation of claim {claim.id} names no translator.",
                where=claim.id,
            )
        elif not claim.translation and _foreign(source.language, q.case.language):
            yield Found(
                message=f"Claim {claim.id} quotes {source.id} in its own language "
                f"({source.language}) and has no translation into the case's "
                f"({q.case.language}).",
                where=claim.id,
                hint="Add a translation and its translator.",
            )


def _foreign(language: str | None, own: str) -> bool:
    return language is not None and language.split("-")[0] != own.split("-")[0]


def _printed_unmarked(q: Asked) -> Iterator[Found]:
    """Sentences that print a translation and do not say so."""
    for p in q.outgoing:
        text = _plain(p.sentence.text)
        for binding in p.sentence.bindings:
            claim = q.case.claims.get(binding.claim)
            if claim is None or not claim.translation or "translat" in text.casefold():
                continue
            if _plain(claim.translation) in text:
                yield Found(
                    message=f"The sentence prints the translation of claim {claim.id} as if it "
                    "were the words of the source.",
                    where=p.where,
                    instrument=p.instrument.id,
                )
