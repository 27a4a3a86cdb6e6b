"""Checks of claims as they are used: denials left out, claims taken back, proposals unreviewed."""

from collections import Counter
from collections.abc import Iterator

from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check


@check("blocks", of=("instruments",), remedy="Print the denial beside what it denies.")
def denial_omitted(q: Asked) -> Iterator[Found]:
    """The record holds a denial of what is alleged here, and it is not printed."""
    for instrument in q.instruments:
        if instrument.kind == "diagnosis":
            continue
        sentences = instrument.sentences()
        stated = dict.fromkeys(a for s in sentences for a in s.allegations)
        printed = {b.claim for s in sentences for b in s.bindings}
        for id in stated:
            for claim in q.claims_about(id):
                if claim.stance == "denies" and claim.id not in printed:
                    party = q.case.parties.get(claim.speaker)
                    yield Found(
                        message=f"{instrument.id} alleges {id} and does not print that "
                        f"{party.name if party else claim.speaker} denies it (claim {claim.id}).",
                        where=f"{id} of {instrument.id}",
                        instrument=instrument.id,
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
    """Something was proposed by a machine and no person has reviewed it."""
    if q.instruments:
        yield from _resting_on_proposals(q)
        return
    tables = {
        "request": q.case.requests,
        "allegation": q.case.allegations,
        "claim": q.case.claims,
        "party": q.case.parties,
    }
    counts: Counter[str] = Counter()
    machines: dict[str, None] = {}
    for thing, machine in q.case.proposed_by.items():
        if not q.reviewed(thing) and q.stands(thing):
            kind = next((k for k, table in tables.items() if thing in table), "thing")
            counts[kind] += 1
            machines[machine] = None
    if counts:
        told = [f"{n} {_plural(kind, n)}" for kind, n in counts.items()]
        n = sum(counts.values())
        yield Found(
            message=f"{joined(told)} {'was' if n == 1 else 'were'} proposed by "
            f"{joined(list(machines))}, and nobody has reviewed {'it' if n == 1 else 'them'}.",
            where="proposals",
        )


def _plural(kind: str, n: int) -> str:
    return kind if n == 1 else {"party": "parties"}.get(kind, f"{kind}s")


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
