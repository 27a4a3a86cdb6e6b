"""Checks of claims as they are used: denials left out, claims taken back, proposals unreviewed."""

from collections import Counter
from collections.abc import Iterator

from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.claims import Stance
from gravamen.parties import with_article
from gravamen.sentences import InstrumentKind

_DONE: dict[Stance, str] = {"denies": "denied", "qualifies": "qualified", "affirms": "affirmed"}

CAME_BACK = "what came back"  # where a flag says that proposals about answers wait
_CAME_BACK = ("reply", "note")


@check("blocks", of=("instruments",), remedy="Print the denial beside what it denies.")
def denial_omitted(q: Asked) -> Iterator[Found]:
    """The record holds a denial of what is alleged here, and it is not printed."""
    for instrument in q.instruments:
        if instrument.kind == "diagnosis":
            continue
        sentences = instrument.sentences()
        told = [s for s in sentences if s.kind in ("allegation", "context")]
        stated = dict.fromkeys(a for s in told for a in s.allegations)
        printed = {b.claim for s in sentences for b in s.bindings}
        for id in stated:
            for claim in q.claims_about(id):
                if claim.id in printed or claim.stance not in _owed(instrument.kind):
                    continue
                yield Found(
                    message=f"{instrument.id} alleges {id} and does not print that it is "
                    f"{_DONE[claim.stance]} by {_named(q, claim.speaker)} (claim {claim.id}).",
                    where=f"{id} of {instrument.id}",
                    instrument=instrument.id,
                )


def _named(q: Asked, speaker: str) -> str:
    party = q.case.parties.get(speaker)
    if party is None:
        return speaker
    return party.name if party.kind == "person" else with_article(party.name)


def _owed(kind: InstrumentKind) -> tuple[Stance, ...]:
    """What a document must print of what is said against it: a dossier also what limits it."""
    return ("denies", "qualifies") if kind == "dossier" else ("denies",)


@check("blocks", of=("instruments",), remedy="Print it in the section on what speaks against.")
def adverse_finding_omitted(q: Asked) -> Iterator[Found]:
    """A search found something that speaks against the request, and it is not printed."""
    for dossier in q.dossiers:
        printed = {b.claim for s in dossier.sentences() for b in s.bindings}
        for search in q.case.searches.values():
            if search.topic != "adverse" or search.party not in (None, dossier.party):
                continue
            left = [c for c in search.claims if c not in printed and q.stands(c)]
            left = [c for c in left if c in q.case.claims and q.case.claims[c].withdrawn is None]
            if q.stands(search.id) and left:
                yield Found(
                    message=f"{dossier.id} does not print what the search {search.id} "
                    f"({search.where}) found: {joined(left)}.",
                    where=f"{search.id} of {dossier.id}",
                    instrument=dossier.id,
                )


@check("blocks", of=("instruments",), remedy="Remove the sentence, or rest it on another claim.")
def claim_withdrawn(q: Asked) -> Iterator[Found]:
    """A sentence rests on a claim that was taken back."""
    for p in q.outgoing:
        for binding in p.sentence.bindings:
            claim = q.case.claims.get(binding.claim)
            if claim is not None and claim.withdrawn is not None:
                yield Found(
                    message=f"Claim {claim.id} was taken back: {claim.withdrawn.rstrip('.')}.",
                    where=p.where,
                    instrument=p.instrument.id,
                )


@check("draft", of=("case", "instruments"), remedy="Accept, amend or reject each of them.")
def unreviewed_proposal(q: Asked) -> Iterator[Found]:
    """Something was proposed by a machine and no person has reviewed it.

    What came back is no part of what goes out: it is told of, and makes no draft.
    """
    if q.instruments:
        yield from _resting_on_proposals(q)
        return
    tables = {
        "reply": q.case.replies,
        "note": q.case.noted,
        "request": q.case.requests,
        "allegation": q.case.allegations,
        "claim": q.case.claims,
        "party": q.case.parties,
        "consent": q.case.consents,
        "search": q.case.searches,
        "argument": q.case.arguments,
        "flow": q.case.flows,
    }
    waiting: list[tuple[str, str]] = []
    for thing, machine in q.case.proposed_by.items():
        # Rewordings are told of in the instrument that they change (sentence-reworded).
        if not q.reviewed(thing) and q.stands(thing) and thing not in q.case.rewordings:
            kind = next((k for k, table in tables.items() if thing in table), "thing")
            waiting.append((kind, machine))
    if going := [(kind, machine) for kind, machine in waiting if kind not in _CAME_BACK]:
        yield Found(message=_proposed(going), where="proposals", hint=_at_once(q))
    if back := [(kind, machine) for kind, machine in waiting if kind in _CAME_BACK]:
        yield Found(message=_proposed(back), where=CAME_BACK, severity="warning")


def _at_once(q: Asked) -> str | None:
    """How proposed lines of assistance are accepted together; None where none waits."""
    waiting = (f for f in q.case.flows.values() if not q.reviewed(f.id) and q.stands(f.id))
    calls = [
        f"gravamen aid choose CASE --country {country}"
        for country in dict.fromkeys(f.country for f in waiting)
    ]
    if not calls:
        return None
    return (
        "Accept, amend or reject each of them; of the lines of assistance all at once, or those of "
        f"a program (--program): {'; '.join(calls)}."
    )


def _proposed(waiting: list[tuple[str, str]]) -> str:
    """How many proposals of each kind wait, and by which machines they were made."""
    told = [f"{n} {_plural(kind, n)}" for kind, n in Counter(k for k, _ in waiting).items()]
    machines = list(dict.fromkeys(machine for _, machine in waiting))
    one = len(waiting) == 1
    return (
        f"{joined(told)} {'was' if one else 'were'} proposed by {joined(machines)}, and nobody has "
        f"reviewed {'it' if one else 'them'}."
    )


def _plural(kind: str, n: int) -> str:
    odd = {"party": "parties", "search": "searches", "reply": "replies"}
    return kind if n == 1 else odd.get(kind, f"{kind}s")


def _resting_on_proposals(q: Asked) -> Iterator[Found]:
    by_instrument: dict[str, list[str]] = {}
    for p in q.outgoing:
        used = [*p.sentence.allegations, *(b.claim for b in p.sentence.bindings)]
        used += [p.sentence.request] if p.sentence.request else []
        if any(not q.reviewed(thing) for thing in used):
            by_instrument.setdefault(p.instrument.id, []).append(p.sentence.id)
    for instrument, sentences in by_instrument.items():
        n = len(sentences)
        yield Found(
            message=f"{n} sentence{' rests' if n == 1 else 's rest'} on proposals that nobody has "
            "reviewed.",
            where=f"{_few(sentences)} of {instrument}",
            instrument=instrument,
        )


def _few(ids: list[str]) -> str:
    return ", ".join(ids) if len(ids) <= 6 else f"{', '.join(ids[:5])} and {len(ids) - 5} more"
