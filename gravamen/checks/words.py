"""Checks of words: conclusions that nobody is named for, rival names, words that argue."""

import re
from collections.abc import Iterator

import msgspec

from gravamen.checks.asked import Asked, Placed, joined
from gravamen.checks.flag import Found, check
from gravamen.checks.lists import gazetteer, labels, loaded, unquoted
from gravamen.claims import Allegation
from gravamen.values import Value

# "which Tarn calls the Lower Ostra district", "call this homeland Artsakh"
_RIVAL = re.compile(
    r"\b(?:which|that|what)\s+(?:the\s+)?(?:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*|some|others|many|they"
    r"|locals|residents)\s+calls?\s+(?:the\s+)?(?P<a>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)"
    r"|\bcall(?:s|ed)?\s+(?:it|this|these|that|their|the)\s+(?:[a-z]+\s+){0,4}"
    r"(?P<b>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)"
)
# Terms that slant a text and conclude nothing in law or about a status.
_SLANTS = frozenset(
    [
        "prisoner", "lawful", "legitimate", "enclave", "breakaway", "de-facto", "self-proclaimed",
        "unrecognised", "blockade", "ancestral-home", "enemy", "so-called", "baseless", "unfounded",
        "unsubstantiated", "fabricated", "false", "absurd", "fake", "slander", "propaganda",
        "disinformation", "provocation", "biased", "scare-quotes", "authoritarian", "proxy",
        "martyr", "regime", "dictator", "puppet", "indiscriminate",
        "disproportionate", "arbitrary", "militia", "combatant",
    ]
)  # fmt: skip
_ARGUABLE = ("allegation", "context", "request")


class _Place(Value):
    """A sentence of the case's own words or of an instrument, and how a flag names its place."""

    text: str
    where: str
    instrument: str | None = None


@check(
    "blocks",
    of=("case", "instruments"),
    remedy="Write who calls it so, or say in neutral words what happened.",
)
def unattributed_characterisation(q: Asked) -> Iterator[Found]:
    """A status or legal conclusion stands in the body's own voice, with nobody named for it."""
    if q.instruments:
        yield from _in_own_voice(q)
        return
    places: dict[object, list[tuple[Allegation, tuple[tuple[str, str], ...]]]] = {}
    for allegation in q.allegations:
        own = tuple((c.words, c.term) for c in allegation.characterisations if q.is_requester(c.by))
        if not allegation.characterisations and allegation.id not in q.case.proposed_by:
            own = tuple(labels(unquoted(allegation.text)))
        if own:
            places.setdefault(q.stated_in(allegation), []).append((allegation, own))
    for found in places.values():
        every = dict.fromkeys(label for _, own in found for label in own)
        flag = _unattributed(tuple(every), "; ".join(_where(q, a) for a, _ in found))
        unstated = all(a.kind == "context" for a, _ in found)  # no instrument prints it
        yield msgspec.structs.replace(flag, severity="warning") if unstated else flag


def _in_own_voice(q: Asked) -> Iterator[Found]:
    """Sentences that use a label outside quotation marks and name nobody for it."""
    for p in q.outgoing:
        if p.sentence.characterisation_of or not _states(p):
            continue
        text = unquoted(p.sentence.text)
        own = list(labels(text))
        for id in p.sentence.allegations:
            allegation = q.case.allegations.get(id)
            for c in allegation.characterisations if allegation else ():
                if re.search(rf"(?<!\w){re.escape(c.words)}(?!\w)", text, re.IGNORECASE):
                    own.append((c.words, c.term))
        if own:
            yield _unattributed(tuple(own), p.where, p.instrument.id)


def _states(p: Placed) -> bool:
    """Whether a sentence states something, as do the arguments in the background of a dossier."""
    kind = p.sentence.kind
    return kind in ("allegation", "context") or (kind == "argument" and p.section == "context")


def _unattributed(own: tuple[tuple[str, str], ...], where: str, of: str | None = None) -> Found:
    """The flag for labels without an owner; it blocks where one of them is a conclusion."""
    named = [f"“{' '.join(w.split())}”" for w in dict.fromkeys(words for words, _ in own)]
    grave = any(term not in _SLANTS for _, term in own)
    what = "conclusion" if grave else "label"
    is_, them = (f"is a {what}", "it") if len(named) == 1 else (f"are {what}s", "them")
    return Found(
        message=f"{joined(named)} {is_}, and nobody is named for {them}.",
        where=where,
        instrument=of,
        severity="blocks" if grave else "warning",
    )


def _where(q: Asked, allegation: Allegation) -> str:
    for claim in q.claims_about(allegation.id):
        if claim.passage.source == q.case.motion:
            return f"{allegation.id}, {claim.passage.source}, character {claim.passage.start}"
    return allegation.id


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Choose this document's own style, say so once with the other name beside it, and keep "
    "each source's own name inside quotations.",
)
def contested_name(q: Asked) -> Iterator[Found]:
    """A place, state or group is called by one of several rival names."""
    for places in _documents(q):
        used: dict[str, dict[str, _Place]] = {}
        for place in places:
            for id, name, _ in gazetteer().used(unquoted(place.text)):
                used.setdefault(id, {}).setdefault(name, place)
        for id, names in used.items():
            group = gazetteer().groups[id]
            wrong = [n for n in names if n in group.misspelt]
            if wrong and not set(group.misspelt_with) & set(used):
                continue
            first = next(iter(names.values()))
            told = joined([f"“{n}”" for n in names])
            odd = f" ({joined([f'“{n}”' for n in wrong])} is neither)" if wrong else ""
            also = [n for n in group.names if n not in names]
            more = [f"{len(also) - 4} more"] if len(also) > 5 else also[4:]
            beside = f"; also in use: {joined([*also[:4], *more])}" if also else ""
            yield Found(
                message=f"{told} {'names' if len(names) == 1 else 'name'} a {group.kind} that has "
                f"rival names{odd}{beside}.",
                where=first.where,
                instrument=first.instrument,
            )
        yield from _named_by_text(places, {n for names in used.values() for n in names})


def _named_by_text(places: list[_Place], known: set[str]) -> Iterator[Found]:
    """Names of which the text itself says that somebody calls a thing so."""
    seen: set[str] = set()
    for place in places:
        for match in _RIVAL.finditer(unquoted(place.text)):
            name = match["a"] or match["b"]
            if name in seen or any(k in name or name in k for k in known):
                continue
            seen.add(name)
            yield Found(
                message=f"“{name}” is, as the text itself says, one side's name.",
                where=place.where,
                instrument=place.instrument,
            )


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Move it into an argument of your own, or leave it out.",
)
def loaded_words(q: Asked) -> Iterator[Found]:
    """Words argue where only a statement belongs."""
    for places in _documents(q):
        for place in places:
            words = loaded().used(unquoted(place.text))
            if words:
                named = joined([f"“{w}”" for w in words])
                yield Found(
                    message=f"{named} argue{'s' if len(words) == 1 else ''} inside a statement.",
                    where=place.where,
                    instrument=place.instrument,
                )


def _documents(q: Asked) -> Iterator[list[_Place]]:
    """The words to look at, a list for each document: the case's own, or each instrument's."""
    if not q.instruments:
        yield list(_own_words(q))
        return
    for instrument in q.instruments:
        if instrument.kind == "diagnosis":
            continue
        yield [
            _Place(text=p.sentence.text, where=p.where, instrument=instrument.id)
            for p in q.outgoing
            if p.instrument.id == instrument.id and p.sentence.kind in _ARGUABLE
        ]


def _own_words(q: Asked) -> Iterator[_Place]:
    """The body's own text, and what a person wrote into the case."""
    for stretch in q.motion:
        yield _Place(text=stretch.text, where=stretch.where)
    for allegation in q.allegations:
        if allegation.id not in q.case.proposed_by:
            yield _Place(text=allegation.text, where=allegation.id)
    for request in q.requests:
        if request.id not in q.case.proposed_by and request.why:
            yield _Place(text=request.why, where=request.id)
