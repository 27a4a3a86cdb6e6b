"""Checks of signatures: who may sign, who did, and whether it is still what the record says."""

import re
from collections.abc import Iterator
from datetime import date

from gravamen.adoption import backing, goes_back, public
from gravamen.case import Requester
from gravamen.checks.asked import Asked, joined
from gravamen.checks.flag import Found, check
from gravamen.dates import instant, spell, within
from gravamen.proceedings import Member
from gravamen.rounds import Round, Seat, keys_of, numeral, rounds
from gravamen.sentences import Instrument, text_digest

_COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_COUNTED)})"
_SIGNATURES = re.compile(
    rf"\b{_N}[\s-]+signatures?\b"
    rf"|\bsigned\s+by\s+(?:all\s+|the\s+)*{_N.replace('?P<n>', '?P<m>')}\s+"
    r"(?:members|supervisors|council\s?(?:members|lors|lers)|commissioners|aldermen|trustees)\b",
    re.IGNORECASE,
)


@check(
    "blocks",
    of=("case", "instruments", "rounds"),
    remedy="Name all who are to sign, or say how many do.",
)
def signatures_short(q: Asked) -> Iterator[Found]:
    """The text speaks of more signatures than there are signatories, or than stand or still can."""
    if q.versions is not None:
        for round, instrument in _signed_texts(q):
            yield from _too_few(q, round, instrument)
        return
    if q.instruments:
        for p in q.outgoing:
            if p.instrument.kind == "letter":
                for n in _more_than(p.sentence.text, len(p.instrument.signatories)):
                    named = len(p.instrument.signatories)
                    yield _unnamed(n, named, p.where, p.instrument.id)
        return
    named = len(q.case.requester.signatories) if q.case.requester else 0
    seen: set[int] = set()
    for stretch in q.motion:
        for n in _more_than(stretch.text, named):
            if n not in seen:
                seen.add(n)
                yield _unnamed(n, named, stretch.where, None)


def _unnamed(said: int, named: int, where: str, instrument: str | None) -> Found:
    who = "nobody is" if named == 0 else f"{named} {'is' if named == 1 else 'are'}"
    return Found(
        message=f"The text speaks of {said} signatures; {who} named to sign.",
        where=where,
        instrument=instrument,
    )


def _too_few(q: Asked, round: Round, instrument: Instrument) -> Iterator[Found]:
    """Where the text speaks of more signatures than stand or may still be given."""
    open_ = len(round.waiting) if round.state == "open" else 0
    can = round.count + open_
    stand = f"{round.count} {'is' if round.count == 1 else 'are'} in force"
    more = f" and {open_} can still be given" if open_ else ""
    for p in q.by_instrument[instrument.id]:
        for n in _more_than(p.sentence.text, can):
            yield Found(
                message=f"The text speaks of {n} signatures; {stand}{more}.",
                where=p.where,
                instrument=instrument.id,
                hint="Write no number, or that which stands, and open a round for the new text.",
            )


def _more_than(text: str, n: int) -> Iterator[int]:
    """The numbers of signatures that a text speaks of and that are more than there are."""
    for match in _SIGNATURES.finditer(text):
        said = (match["n"] or match["m"]).casefold()
        wanted = _COUNTED.get(said) or int(said)
        if wanted > n:
            yield wanted


@check(
    "blocks",
    of=("rounds",),
    remedy="Adopt the motion in a meeting first (gravamen adopt vote), then open the round.",
)
def round_without_motion(q: Asked) -> Iterator[Found]:
    """Members of a public body sign a letter that no vote in a meeting authorised."""
    body = q.case.requester
    if body is None or not public(body):
        return
    for round, instrument in _signed_texts(q):
        members = _members_on(body, instant(round.opened.at).day)
        signing = _of_the_body(body, round)
        alone = goes_back(instrument.id) and not signing
        if alone or (members and signing * 2 <= len(members)):
            continue
        asked = [s.request for s in instrument.sentences() if s.request]
        behind = backing(
            q.case,
            q.law,
            round.instrument,
            requests=dict.fromkeys(asked),
            at=round.opened.at,
            named=round.opened.authorised_by,
        )
        if behind.lacks:
            yield Found(
                message=f"A majority of {q.requester_name} would sign {round.instrument} outside a "
                f"meeting: {behind.lacks}.",
                where=round.id,
                instrument=round.instrument,
                hint="Have the clerk alone sign it." if goes_back(instrument.id) else None,
            )
        elif behind.unread and behind.vote:
            yield Found(
                message=f"Which text was voted on in {behind.vote.step.id}, which authorises "
                f"{round.instrument}, is not on file.",
                where=round.id,
                instrument=round.instrument,
                hint="Compare the letter with the motion that the body had before it.",
                severity="warning",
            )


def _of_the_body(body: Requester, round: Round) -> int:
    """How many signatories sit on the body: all but its clerk, since a name that is not on file
    may be that of a member."""
    members = {word.casefold() for m in body.members for word in (m.id, m.name)}
    clerk = (body.clerk or "").casefold()
    clerks = 0
    for signatory in (s.signatory for s in round.seats):
        words = {w.casefold() for w in (signatory.id, signatory.name)}
        is_clerk = clerk and clerk in {signatory.name.casefold(), signatory.capacity.casefold()}
        clerks += bool(is_clerk and not words & members)
    return len(round.seats) - min(clerks, 1)


@check("blocks", of=("rounds",), remedy="Leave the name out, or correct the dates of the member.")
def signatory_not_in_office(q: Asked) -> Iterator[Found]:
    """Somebody signs, or is to sign, who does not hold the seat on that day."""
    body = q.case.requester
    for round, _ in _signed_texts(q):
        for seat in round.seats:
            terms = [m for m in (body.members if body else ()) if m.id == seat.signatory.id]
            day = _day_of(seat, q.on) if seat.stands or seat in round.waiting else None
            if terms and day and not any(_holds(m, day) for m in terms):
                yield Found(
                    message=f"{seat.signatory.name} did not hold {seat.signatory.capacity} on "
                    f"{spell(day.isoformat())} ({joined([_term(m) for m in terms])}).",
                    where=f"{seat.signatory.id} in {round.id}",
                    instrument=round.instrument,
                )


def _day_of(seat: Seat, on: date) -> date:
    """The day of a signature that stands; of one still to be given, today."""
    return instant(seat.at).day if seat.stands and seat.at else on


def _holds(member: Member, day: date) -> bool:
    return within(day, member.start, member.end) != "no"


def _term(member: Member) -> str:
    start, end = member.start or "", member.end or ".."
    return f"member {spell(f'{start}/{end}')}"


def _members_on(body: Requester, day: date) -> list[Member]:
    return [m for m in body.members if _holds(m, day)]


@check(
    "warning",
    of=("rounds",),
    remedy="Wait for it, or let cover and docket say how many signed; they do by themselves.",
)
def unsigned_signatory(q: Asked) -> Iterator[Found]:
    """A place for a signature is empty, or its signature was withdrawn or does not hold."""
    for round, _ in _signed_texts(q):
        if missing := [seat for seat in round.seats if not seat.stands]:
            yield Found(
                message=" ".join([_of_all(round), *(_unsigned(seat) for seat in missing)]),
                where=round.id,
                instrument=round.instrument,
            )


def _of_all(round: Round) -> str:
    """How many of how many signatures stand: "Four of five signatures are there."."""
    said = f"{numeral(round.count)} of {numeral(round.of)} signatures"
    return f"{said[0].upper()}{said[1:]} {'is' if round.count == 1 else 'are'} there."


def _unsigned(seat: Seat) -> str:
    name, why = seat.signatory.name, f": {seat.reason.rstrip('.')}" if seat.reason else ""
    when = f" on {spell(instant(seat.at).day.isoformat())}" if seat.at else ""
    if seat.state == "refused":
        return f"{name} refused to sign{when}{why}."
    kept = "; it is still in the file" if seat.signature and seat.signature.file else ""
    if seat.state == "withdrawn":
        return f"{name} withdrew the signature{when}{why}{kept}."
    if seat.state == "invalidated":
        return f"The signature of {name} was found not to hold{when}{why}{kept}."
    if seat.state == "late":
        return f"{name} signed{when}, after the round had ended; it does not count{kept}."
    if seat.state == "early":
        return f"{name} signed{when}, before the round was opened; it does not count{kept}."
    asked = {"pending": "not asked yet", "invited": f"asked{when}", "viewed": f"looked at{when}"}
    return f"The block of {name} is empty: {asked[seat.state]}."


@check(
    "blocks",
    of=("rounds",),
    remedy="Open a new round for the new text, or take the change back; the old file stays signed "
    "for its own words.",
)
def text_changed_after_signature(q: Asked) -> Iterator[Found]:
    """The record gives another text for an instrument than the one that is being signed."""
    sent = {d.round for d in q.case.dispatches.values() if instant(d.at).day <= q.on}
    for round, instrument in _signed_texts(q):
        if round.id in sent or _same_text(q, round, instrument):
            continue
        why = f" It would be DRAFT now: {instrument.draft_reasons[0]}" if instrument.draft else ""
        yield Found(
            message=f"The text of {instrument.id} that the record gives for "
            f"{spell(instrument.on)} is no longer the one that {round.words} signed "
            f"({round.id}, manifest {round.opened.manifest[:16]}).{why}",
            where=round.id,
            instrument=instrument.id,
        )


def _same_text(q: Asked, round: Round, instrument: Instrument) -> bool:
    """Whether an instrument still says what a round is for; DRAFT and another edition of the law
    data change no word."""
    then, version = round.opened.text, round.opened.version
    if then is not None:
        return then == text_digest(instrument)
    return version is None or version == (q.versions or {}).get(instrument.id)


@check(
    "warning",
    of=("rounds",),
    remedy="Have somebody vouch for it who knows whose it is (gravamen sign vouch).",
)
def key_unregistered(q: Asked) -> Iterator[Found]:
    """A signature was made with a key that nobody vouched for as that of the signatory."""
    keys = keys_of(q.case, on=q.on)
    for round, _ in _signed_texts(q):
        for seat, certificate in _certificates(round):
            own = keys.get(seat.signatory.id, ())
            if certificate not in {k.certificate for k in own}:
                yield Found(
                    message=f"{seat.signatory.name} signed with the certificate "
                    f"{certificate[:16]}, and "
                    + (f"another is registered ({own[-1].certificate[:16]})." if own
                       else "nobody vouched that it is theirs."),
                    where=f"{seat.signatory.id} in {round.id}",
                    instrument=round.instrument,
                )  # fmt: skip


@check("blocks", of=("rounds",), remedy="Have each sign with a key of their own.")
def key_shared(q: Asked) -> Iterator[Found]:
    """One key signed for two signatories, or is registered as that of another."""
    keys = keys_of(q.case, on=q.on)
    for round, _ in _signed_texts(q):
        used = {seat.signatory.id: certificate for seat, certificate in _certificates(round)}
        for seat, certificate in _certificates(round):
            own = seat.signatory.id
            others = {who for who, other in used.items() if other == certificate and who != own}
            others |= {
                who
                for who, of in keys.items()
                if who != own and certificate in {k.certificate for k in of}
            }
            if others:
                yield Found(
                    message=f"The key that signed for {seat.signatory.name} (certificate "
                    f"{certificate[:16]}) is also that of {joined(sorted(others))}.",
                    where=f"{own} in {round.id}",
                    instrument=round.instrument,
                )


def _certificates(round: Round) -> Iterator[tuple[Seat, str]]:
    """The seats that were signed with a key, and the certificate of each."""
    for seat in round.signed:
        if seat.signature and seat.signature.certificate:
            yield seat, seat.signature.certificate


def _signed_texts(q: Asked) -> Iterator[tuple[Round, Instrument]]:
    """The last round of each instrument that is asked about, unless it was called off."""
    newest = {r.instrument: r for r in rounds(q.case, on=q.on)}
    for instrument in q.instruments:
        round = newest.get(instrument.id)
        if round and round.state not in ("superseded", "cancelled"):
            yield round, instrument
