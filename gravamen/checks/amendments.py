"""Checks of amendments: whether they stay within what was posted, and whether letters follow."""

import re
from collections.abc import Iterator

from gravamen.adoption import Adoption
from gravamen.checks.asked import Asked
from gravamen.checks.flag import Found, check
from gravamen.law.authority import Law
from gravamen.proceedings import Change
from gravamen.reading.gazetteer import countries
from gravamen.reading.laws import find_laws
from gravamen.reading.text import Document
from gravamen.sentences import Instrument, Sentence

_FEW = 5
_ASKING = ("request", "form")
_STEM = 5  # letters by which two forms of a word are taken for one
_WORD = re.compile(r"[^\W_][\w'’.,-]*[^\W_]|[^\W_]")
_EMPTY = frozenset(
    _WORD.findall("""
    a about after all also an and any are as asks at be been before being board but by can clause
    council each for from further had has have if in into is it its may more must no nor not of on
    or other resolved same shall should such than that the their them then there these they this
    those to too under until upon was we were what when where which while who whom whose will with
    would""")
)
# How an amendment speaks of a measure, by the beginning of the word.
_MEASURES = {
    "sanctions": ("sanction", "magnitsky"),
    "visa ban": ("visa",),
    "suspend assistance": ("assistance",),
    "arms embargo": ("arms",),
    "release": ("releas",),
}


@check(
    "blocks",
    of=("instruments",),
    remedy="Post it as an item of its own, or vote the amendment down; where it is within the "
    "item, record the amendment again, with the reason (--within-posting).",
)
def outside_posted_item(q: Asked) -> Iterator[Found]:
    """An amendment brings in what stands neither in the posted words nor in the motion."""
    found, motion = q.adoption, _motion(q)
    posted = found.posted
    if motion is None or posted is None:
        return
    own = [posted.step.description, motion.title, q.case.requester.name if q.case.requester else ""]
    before = " ".join([*own, *_as_posted(motion, found)])
    asked = " ".join([*own, *_as_posted(motion, found, asking=True)])
    for amendment in (a for a in found.amendments if a.state != "failed"):
        step = amendment.step
        asking = [c for c in step.changes if _asks(c, motion)]
        new = [s for c in asking for s in _beyond(c, before, asked, q)]
        told = [s for c in step.changes if c not in asking for s in _strange(c, before)]
        if not new and not told:
            continue
        reason = step.within_posting
        said = f" A person says that it is within it: {reason}" if reason else ""
        yield Found(
            message=f"The amendment {step.id} may go beyond what was posted: it brings in "
            f"{_listed([*new, *told])}.{said}",
            where=step.id,
            instrument=motion.id,
            severity="note" if reason else None if new and posted.rule else "warning",
        )


@check(
    "warning",
    of=("instruments",),
    remedy="Record what the body asks as a request of the case (requests:), and draft again.",
)
def letter_unlike_motion(q: Asked) -> Iterator[Found]:
    """An amendment made the motion ask for more, for less or in other words than the letters."""
    motion = _motion(q)
    if motion is None:
        return
    for sentence in q.struck:
        yield Found(
            message=f"The body struck “{_short(sentence.text)}” from its motion; no letter asks it "
            "any more.",
            where=sentence.id,
            instrument=motion.id,
            severity="note",
            hint="Look whether the clause that sends the letters still fits.",
        )
    for sentence in motion.sentences():
        if sentence.kind == "request" and sentence.request is None:
            yield Found(
                message=f"The motion asks “{_short(sentence.text)}”, and no request in the record "
                "says so: add one, so that a letter can carry it.",
                where=sentence.id,
                instrument=motion.id,
            )
    yield from _reworded(q, motion)


def _reworded(q: Asked, motion: Instrument) -> Iterator[Found]:
    """The requests whose words an amendment changed in the motion, and not in the letter."""
    put = {c.now for a in q.adoption.amendments if a.holds for c in a.step.changes if c.was}
    letters = [s for i in q.instruments if i.kind == "letter" for s in i.sentences()]
    for sentence in motion.sentences():
        if sentence.kind != "request" or sentence.text not in put:
            continue
        same = [s for s in letters if sentence.office and _made(s) == _made(sentence)]
        if same:
            yield Found(
                message=f"The motion was amended to ask “{_short(sentence.text)}”; the letter asks "
                f"it in the words of the record: “{_short(same[0].text)}”.",
                where=sentence.id,
                instrument=motion.id,
                hint="Compare them; where they differ in substance, change the request.",
            )


def _made(sentence: Sentence) -> tuple[str | None, str | None, str | None]:
    return sentence.request, sentence.authority, sentence.office


def _motion(q: Asked) -> Instrument | None:
    return next((i for i in q.instruments if i.id == q.adoption.motion), None)


def _as_posted(motion: Instrument, found: Adoption, *, asking: bool = False) -> Iterator[str]:
    """The words of the motion before it was amended; those alone by which it asks."""
    changes = [c for a in found.amendments for c in a.step.changes]
    put = {c.now for c in changes}
    kept = (s for s in motion.sentences() if s.text not in put)
    yield from (s.text for s in kept if s.kind in _ASKING or not asking)
    yield from (c.was for c in changes if c.was and (not asking or _asks(c, motion)))


def _asks(change: Change, motion: Instrument) -> bool:
    """Whether a change is of a clause by which the body asks or resolves something; one whose
    place cannot be told is taken to be."""
    kinds = {s.text: s.kind for s in motion.sentences()}
    words = (change.now, change.was, change.follows)
    kind = next((kinds[w] for w in words if w in kinds), "request")
    return kind in _ASKING


def _beyond(change: Change, before: str, asked: str, q: Asked) -> Iterator[str]:
    """What the new words name and those before do not: measures, laws, offices, states; names
    that stood in nothing that was asked; and the words themselves where half of them are new.

    The name of the body itself says nothing of what it does.
    """
    now = change.now or ""
    low, had = now.casefold(), before.casefold()
    for measure, stems in _MEASURES.items():
        if any(re.search(rf"\b{s}", low) for s in stems) and not any(s in had for s in stems):
            yield measure
    known = _laws(before, q.law)
    yield from (q.law.authority(a).short for a in _laws(now, q.law) if a not in known)
    for office in q.law.offices.values():
        if office.title.casefold() in low and office.title.casefold() not in had:
            yield f"the {office.title}"
    names = [c.names[0] for c in countries()]
    names += [p.name for p in q.case.parties.values() if p.kind == "government"]
    for name in names:
        if re.search(rf"\b{re.escape(name)}\b", now) and name.casefold() not in had:
            yield name
    body = q.case.requester.name if q.case.requester else ""
    new, all_ = _new(change, before), [w for w in _content(now) if w not in _content(body)]
    first = _WORD.search(now)
    named = [w for w in _new(change, asked) if w[0].isupper() and not (first and w == first[0])]
    yield from (f"“{w}”" for w in (new if new and 2 * len(new) >= len(all_) else named))


def _strange(change: Change, before: str) -> Iterator[str]:
    """The new words of a change none of whose words stood there before."""
    new = _new(change, before)
    if new and len(new) == len(_content(change.now or "")):
        yield from (f"“{w}”" for w in new)


def _new(change: Change, before: str) -> list[str]:
    """The words of a change, in their order, that stand nowhere before it."""
    had = {_stem(w) for w in _content(before)}
    return [w for w in _content(change.now or "") if _stem(w) not in had]


def _content(words: str) -> list[str]:
    """The words that say something, each once."""
    return list(dict.fromkeys(w for w in _WORD.findall(words) if w.casefold() not in _EMPTY))


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def _laws(words: str, law: Law) -> list[str]:
    return [f.authority for f in find_laws(Document(words), law) if f.authority]


def _listed(new: list[str]) -> str:
    once = list(dict.fromkeys(new))
    more = f" and {len(once) - _FEW} more" if len(once) > _FEW else ""
    return f"{', '.join(once[:_FEW])}{more}"


def _short(words: str) -> str:
    return words if len(words) <= 100 else f"{words[:99]}…"
