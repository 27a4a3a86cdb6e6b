"""Checks of citations: law without a cite, exhibits that are not there, forms of address."""

import re
from collections.abc import Iterator

from gravamen.checks.asked import Asked, Placed, joined
from gravamen.checks.flag import Found, check
from gravamen.checks.lists import unquoted
from gravamen.holders import holder_on
from gravamen.law.authority import Authority
from gravamen.proceedings import Dispatch
from gravamen.sentences import Instrument

# Words by which a sentence says what the law is, and does not merely speak of it.
_STATES_LAW = re.compile(
    r"(?<![\w-])(?:(?:the\s+)?(?:law|statute|act|regulations?|order|treaty|convention)s?\s+(?:also\s+)?"
    r"(?:requires?|prohibits?|forbids?|obliges?|bars?|allows?|permits?|empowers?|authori[sz]es?"
    r"|provides?|reach(?:es)?|covers?)"
    r"|(?:required|prohibited|forbidden|barred|obliged|permitted|authori[sz]ed)\s+by\s+(?:the\s+)?"
    r"(?:law|statute|act|regulations?|order|treaty|convention)"
    r"|(?:in\s+breach|in\s+violation)\s+of\s+(?:the\s+)?(?:international\s+|national\s+|domestic\s+)?"
    r"law)\b",
    re.IGNORECASE,
)
# What a cite has: a section sign, a number of an act, an article, a title of a code.
_CITED = re.compile(
    r"§|\b(?:section|article|art\.|regulation|reg\.|rule|paragraph|order|title|chapter|decision"
    r"|directive|law|act)\s+(?:\([^)]*\)\s*)?(?:no\.?\s*)?\(?\d|\b\d+\s+(?:U\.?S\.?C|C\.?F\.?R)"
    r"|\b(?:Pub\.\s?L|Stat|SI|S\.I|SOR|c)\.?\s*\d|\(\s*\d{4}/\d+|\b\d{4}/\d+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?<!\w)(?:(?P<letters>[A-Z]{1,2})\d*|(?P<digits>\d{1,3}))(?![\w-])")
_EXHIBIT = re.compile(
    r"\b(?i:exhibits?)\s+(?P<labels>(?:[A-Z]{1,2}\d*|\d{1,3})(?![\w-])"
    r"(?:,?\s+and\s+(?:[A-Z]{1,2}\d*|\d{1,3})(?![\w-])|,\s*(?:[A-Z]{1,2}\d*|\d{1,3})(?![\w-]))*)"
)
# As the exhibits of a document are lettered: no I and O; W marks what is withheld.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYZ"
_WITHHELD = "W"
_GENDERED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Sir|Madam|Madame)\b")


@check(
    "blocks",
    of=("instruments",),
    remedy="Add the provision that says so, or leave the statement of law out.",
)
def citation_missing(q: Asked) -> Iterator[Found]:
    """A sentence says what the law is and does not say where."""
    for p in q.outgoing:
        sentence = p.sentence
        if sentence.kind in ("allegation", "form") or sentence.authority or sentence.bindings:
            continue
        text = unquoted(sentence.text)
        if not _STATES_LAW.search(text) or _CITED.search(text):
            continue
        named = dict.fromkeys(found.authority for found in q.laws_read(text))
        near = [q.law.authorities[id] for id in named if id and id in q.law.authorities]
        yield Found(
            message=f"This states law without a cite: “{_short(sentence.text)}”.",
            where=p.where,
            instrument=p.instrument.id,
            hint=f"Add the provision: {joined([_cite(a) for a in near])}." if near else None,
        )


def _cite(authority: Authority) -> str:
    return f"{authority.short}, {authority.cite}"


@check(
    "blocks",
    of=("case", "instruments", "dispatch"),
    remedy="Enclose it, or take the reference out.",
)
def exhibit_missing(q: Asked) -> Iterator[Found]:
    """An exhibit is cited that is not enclosed, or that the record does not have."""
    if q.dispatches:
        yield from _left_out(q)
        return
    if not q.instruments:
        kept = len([s for s in q.case.sources if s != q.case.motion])
        for stretch in q.motion:
            for label in _cited_exhibits(stretch.text):
                if _number(label) > kept:
                    yield Found(
                        message=f"Exhibit {label} is cited; the case holds {kept or 'no'} "
                        f"source{'' if kept == 1 else 's'} beside the text.",
                        where=stretch.where,
                        severity="warning",
                        hint="Capture it, so that it can be enclosed.",
                    )
        return
    for instrument in q.instruments:
        if instrument.kind != "diagnosis":
            yield from _not_enclosed(q, instrument)


def _not_enclosed(q: Asked, instrument: Instrument) -> Iterator[Found]:
    placed = q.by_instrument[instrument.id]
    shown = {b.source for p in placed for b in p.sentence.bindings if not b.withheld}
    withheld = any(b.withheld for p in placed for b in p.sentence.bindings)
    for p in placed:
        for lost in dict.fromkeys(
            b.source
            for b in p.sentence.bindings
            if not b.withheld and b.source not in q.case.sources
        ):
            yield _absent(p, f"The sentence cites {lost!r}, which is not a source of this case.")
        for label in _cited_exhibits(unquoted(p.sentence.text)):
            if label == _WITHHELD and withheld:
                continue
            if label == _WITHHELD or _number(label) > len(shown):
                yield _absent(
                    p,
                    f"Exhibit {label} is cited; {len(shown) or 'no'} exhibit"
                    f"{' is' if len(shown) == 1 else 's are'} enclosed with {instrument.id}.",
                )


def _left_out(q: Asked) -> Iterator[Found]:
    """Exhibits that the text of an instrument cites and a dispatch of it does not enclose."""
    for d in q.dispatches:
        for p in q.by_instrument.get(d.instrument, ()):
            for label in _cited_exhibits(unquoted(p.sentence.text)):
                if label != _WITHHELD and not _enclosed(d, label):
                    yield _absent(
                        p,
                        f"Exhibit {label} is cited but not enclosed at this disclosure level.",
                    )


def _enclosed(dispatch: Dispatch, label: str) -> bool:
    """Whether a dispatch has a file of an exhibit, named by letter or, in the text, by number."""
    letter = _LETTERS[int(label) - 1] if label.isdigit() and 0 < int(label) <= 23 else label
    return any(name.startswith(f"exhibit-{letter}.") for name in dispatch.files)


def _absent(p: Placed, message: str) -> Found:
    return Found(message=message, where=p.where, instrument=p.instrument.id)


def _cited_exhibits(text: str) -> list[str]:
    """The labels of the exhibits that a text cites: "3", "B"."""
    labels = (m for cited in _EXHIBIT.finditer(text) for m in _LABEL.finditer(cited["labels"]))
    return list(dict.fromkeys(m["letters"] or m["digits"] for m in labels))


def _number(label: str) -> int:
    """Which exhibit a label means, from 1; a letter that none bears counts as beyond them all."""
    if label.isdigit():
        return int(label)
    number = 0
    for letter in label:
        if letter not in _LETTERS:
            return 10_000
        number = number * len(_LETTERS) + _LETTERS.index(letter) + 1
    return number


@check("warning", of=("instruments",), remedy="Write the form of the office.")
def address_form(q: Asked) -> Iterator[Found]:
    """A letter opens or closes otherwise than is the form for the office."""
    for letter in q.instruments:
        office = q.law.offices.get(letter.office or "")
        if letter.kind != "letter" or office is None:
            continue
        holder = holder_on(q.case, office.id, q.on)
        confirmed = holder.salutation if holder else None
        for said, form in ((letter.salutation, office.salutation), (letter.close, office.close)):
            if said is None or _plain(said) == _plain(form) or said == confirmed:
                continue
            guess = " nobody confirmed who holds the office." if _GENDERED.search(said) else ""
            yield Found(
                message=f"“{said}” is not the form for the {office.title} in the law data"
                f"{';' + guess if guess else '.'}",
                where=letter.id,
                instrument=letter.id,
                hint=f"Write “{form}”"
                + (
                    ", unless somebody confirmed the holder and the form of address."
                    if guess
                    else "."
                ),
            )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(",:.")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:87] + "…"
