"""Vetting: the units of a case beside the names in the files on hand; a person decides.

That no name is found says only that: the files name few of those who were trained, and in many
spellings.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from msgspec.structs import replace

from gravamen.aid.account.lines import SUBJECT
from gravamen.aid.account.vintages import absent as reports_absent
from gravamen.aid.account.vintages import later
from gravamen.aid.countries import named, places
from gravamen.aid.files.check import checks_of
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.mapped import LISTS
from gravamen.aid.units.bodies import REASONS, Reason, why_not
from gravamen.aid.units.match import Match, match
from gravamen.aid.units.normal import normal
from gravamen.aid.units.recipients import Recipient, recipients
from gravamen.case import Case
from gravamen.dates import Edtf
from gravamen.editions import Editions
from gravamen.flows import Vetting
from gravamen.parties import Party
from gravamen.values import digest

_NO_UNIT: Reason = "names no unit"
# How a reader is told of names that are of no unit of a security force: of one, and of several.
_DULL: Mapping[Reason, tuple[str, str]] = {
    _NO_UNIT: (
        "of these names tells no unit from another",
        "of these names tell no unit from another",
    ),
    "a body of the United States": (
        "names a body of the United States",
        "name bodies of the United States",
    ),
    "a civil body": (
        "names a civil body, which is no unit of a security force",
        "name civil bodies, which are no units of a security force",
    ),
}
_RANKS = {"match": 0, "possible": 1, "no": 2}


class Candidate(NamedTuple):
    """A name in a file beside the unit that may be meant, and what a person decided of it."""

    recipient: Recipient
    match: Match
    decision: Vetting | None


class Dull(NamedTuple):
    """How many names are of no unit of a security force for one reason, in how many rows."""

    why: Reason
    names: int
    rows: int


class Vetted(NamedTuple):
    """What the files on hand have on one unit of the case.

    Args:
        candidates: names that match, may match, or were decided on; the most alike first. None
            are given of a protected unit, whose name they would tell.
        matches, possible: how many names match and how many may.
        names: how many different names of the unit's country were compared, those that cannot be
            told apart among them; in `rows` rows.
        not_vettable: names among them that name no unit of a security force which can be told from
            another, by the reason; reasons without a name are left out.
        sentence: what was found, for a reader.
    """

    party: Party
    candidates: tuple[Candidate, ...]
    matches: int
    possible: int
    names: int
    rows: int
    not_vettable: tuple[Dull, ...]
    as_of: date
    sentence: str


def vet(case: Case, editions: Editions, *, on: date, unit: str | None = None) -> tuple[Vetted, ...]:
    """Return, for each unit and body of the case, the names in the files that may be of it.

    Args:
        on: reports and copies that were not there on this day are left out.
        unit: only this party.

    Raises:
        AidError: nothing is on hand.
    """
    if not editions.all(SUBJECT) and not editions.all(LISTS):
        raise AidError(
            f"No table of assistance and no list of names is on hand in {editions.folder}; take "
            "one in with gravamen aid import FILE, or name another folder with --data."
        )
    by_country: dict[str, tuple[Recipient, ...]] = {}
    absent, found = _absent(editions, on), []
    for party in units_of(case):
        if unit is None or party.id == unit:
            country = party.country or ""
            if country not in by_country:
                by_country[country] = names_for(case, editions, country, on=on)
            found.append(_vetted(case, party, by_country[country], on, absent))
    return tuple(found)


def names_for(case: Case, editions: Editions, country: str, *, on: date) -> tuple[Recipient, ...]:
    """The names of a country that a case is compared with: of a report that the case quotes as it
    quotes it, so that what is decided of a name is of the rows that its letters speak of."""
    quoted = {(f.sha256, f.vintage) for f in case.flows.values() if case.stands(f.id)}
    return recipients(editions, country, on=on, quoted=quoted) if country else ()


def units_of(case: Case) -> tuple[Party, ...]:
    """The units and bodies of a case that can be looked for: not rejected, not the requester."""
    own = case.requester.party if case.requester else None
    return tuple(
        p
        for p in case.parties.values()
        if p.id != own
        and case.stands(p.id)
        and (p.kind == "unit" or (p.kind == "body" and p.country))
    )


def _decided(case: Case, party: Party, recipient: Recipient) -> Vetting | None:
    """What a person decided of a name as its file or list has it; where nothing was, the newest
    decision of the name in another file or list. None that was rejected."""
    asked = party.id, recipient.name, recipient.kind
    found = [v for v in case.vettings.values() if (v.unit, v.name, v.kind) == asked]
    return max(
        (v for v in reversed(found) if case.stands(v.id)),
        key=lambda v: (v.sha256 == recipient.sha256, v.on or ""),
        default=None,
    )


def decisions(
    party: Party,
    name: str,
    found: Iterable[Recipient],
    *,
    same: Literal["yes", "no", "open"],
    why: str,
    on: date,
) -> tuple[Vetting, ...]:
    """Return what a person decides of a name: one decision for each file that prints it.

    The id follows from unit, name and file, so that another decision takes the place of this one.

    Args:
        found: `recipients` of the country of the unit.
        same: "yes", "no" or "open".

    Raises:
        AidError: no file on hand has the name; it names those that are most alike. Or the unit is
            protected, or the name is one that cannot be told apart.
    """
    if party.protected:
        raise AidError(
            f"The name of {party.id} is protected, and a name that was found for it would tell it; "
            "keep the finding outside the case."
        )
    rows = tuple(r for r in found if r.name == name)
    if not rows:
        near = sorted(
            {r.name for r in found if r.name.casefold().split() == name.casefold().split()}
        )
        near = near or [r.name for r, _ in _alike(party, found)][:3]
        offered = f" Near it: {'; '.join(map(repr, near))}." if near else ""
        raise AidError(
            f"No file on hand prints {name!r} for {party.country or 'a unit without a country'}."
            f"{offered} Give the name exactly as gravamen aid vet prints it."
        )
    if why_not(name) == _NO_UNIT:
        raise AidError(
            f"{name!r} names no unit that can be told from another; nothing can be decided of it."
        )
    return tuple(
        Vetting(
            id=f"v.{party.id}.{digest((party.id, name, r.sha256))[:8]}",
            unit=party.id,
            name=name,
            file=r.file,
            sha256=r.sha256,
            vintage=r.vintage,
            at=r.at,
            same=same,
            why=why,
            kind=r.kind,
            on=Edtf(on.isoformat()),
        )
        for r in rows
    )


def _absent(editions: Editions, on: date) -> Mapping[str, tuple[str, ...]]:
    """By dataset, the yearly reports that no edition on hand holds, between the first and last."""
    there: dict[str, set[str]] = {}
    for edition in editions.all(SUBJECT):
        reports = (v for v in checks_of(editions, edition) if not later(v, on))
        there.setdefault(edition.dataset, set()).update(reports)
    return {dataset: reports_absent(reports) for dataset, reports in there.items()}


def _vetted(
    case: Case,
    party: Party,
    found: tuple[Recipient, ...],
    on: date,
    absent: Mapping[str, tuple[str, ...]],
) -> Vetted:
    """What some names have on one party."""
    alike = dict(_alike(party, found))
    candidates = tuple(
        Candidate(r, alike.get(r) or _best(party, r.name), decision)
        for r in found
        if (decision := _decided(case, party, r)) or r in alike
    )
    verdicts = {c.recipient.name: c.match.verdict for c in candidates}
    result = Vetted(
        party=party,
        candidates=() if party.protected else tuple(sorted(candidates, key=_order)),
        matches=sum(v == "match" for v in verdicts.values()),
        possible=sum(v == "possible" for v in verdicts.values()),
        names=len({r.name for r in found}),
        rows=sum(r.rows for r in found),
        not_vettable=tuple(_dull(found)),
        as_of=on,
        sentence="",
    )
    return result._replace(sentence=_sentence(result, found, absent))


def _dull(found: Iterable[Recipient]) -> Iterator[Dull]:
    """The names of no unit of a security force, counted by their reason."""
    known = tuple((r, why_not(r.name)) for r in found)
    for why in REASONS:
        rows = tuple(r for r, given in known if given == why)
        if rows:
            yield Dull(why, len({r.name for r in rows}), sum(r.rows for r in rows))


def _alike(party: Party, found: Iterable[Recipient]) -> Iterator[tuple[Recipient, Match]]:
    """The names that match a party or may, each with the best comparison over its own names."""
    for recipient in found:
        best = _best(party, recipient.name)
        if best.verdict != "no":
            yield recipient, best


def _best(party: Party, name: str) -> Match:
    """The comparison of a name with that name of a party which is most like it."""
    found = [match(own.text, name) for own in party.names]
    none = Match(verdict="no", why=("The unit has no name in the case.",))
    best = min(found, key=_rank, default=none)
    why = why_not(name)
    if best.verdict != "no" and why is not None:
        told = f"By its name it is {why}, and no unit of a foreign security force."
        best = replace(best, why=(*best.why, told))
    foreign = {c for codes in normal(name).of("country") for c in codes.split()}
    if best.verdict == "match" and foreign and party.country not in foreign:
        told = f"It names another country: {', '.join(sorted(foreign))}."
        return Match(verdict="possible", why=(*best.why, told), apart=1)
    return best


def _rank(found: Match) -> tuple[int, int]:
    return _RANKS[found.verdict], found.apart


def _order(candidate: Candidate) -> tuple[int, int, int, str, str]:
    recipient = candidate.recipient
    return (*_rank(candidate.match), -recipient.rows, recipient.name, recipient.edition)


def _sentence(
    vetted: Vetted, found: tuple[Recipient, ...], absent: Mapping[str, tuple[str, ...]]
) -> str:
    """What was found, in a sentence that claims no more than was looked at."""
    party, day = vetted.party, vetted.as_of.isoformat()
    if not party.country:
        return "The case gives it no country, so that it could be looked for nowhere."
    place = named(party.country) if party.country in places() else party.country
    if not found:
        return f"The files on hand name no unit of {place}, as of {day}."
    reasons = {why_not(name.text) for name in party.names}
    counts = f"in {_counted(vetted.names, 'name')} of {_counted(vetted.rows, 'row')}"
    where = f"{counts} for {place} ({'; '.join(_coverage(found, absent))}), as of {day}"
    dull = "".join(
        f" {_counted(n, *_DULL[why])} ({_counted(rows, 'row')})."
        for why, n, rows in vetted.not_vettable
    )
    if reasons <= {_NO_UNIT}:
        return (
            "None of its names in the case tells it from other units, so that it cannot be "
            f"compared with the names on file; there are {counts[3:]} for {place}.{dull}"
        )
    found_so = _counted(vetted.matches, "match", "matches") if vetted.matches else "No match"
    possible = f" {vetted.possible:,} may be of it." if vetted.possible else ""
    own = sorted(why for why in reasons if why is not None and why != _NO_UNIT)
    itself = f" By its own name it is {own[0]}." if own and None not in reasons else ""
    return f"{found_so} {where}.{possible}{dull}{itself}"


def _coverage(found: Iterable[Recipient], absent: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What was looked at: each file with its fiscal years and the reports that are absent between
    them, each list with its vintage."""
    files: dict[tuple[str, str, str], set[int]] = {}
    for r in found:
        vintage = r.vintage if r.kind == "list" else r.edition
        files.setdefault((r.kind, r.file, vintage), set()).update(r.years)
    for (kind, file, vintage), years in sorted(files.items()):
        if kind == "list":
            yield f"{file}, list of {vintage}"
        elif years:
            reports = absent.get(vintage.split("/")[1], ())
            lacked = [r for r in reports if min(years) <= int(r[:4]) <= max(years)]
            but = f" except {', '.join(lacked)}, not on hand" if lacked else ""
            yield f"{file}, reports FY{min(years)} to FY{max(years)}{but}"
        else:
            yield file


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
