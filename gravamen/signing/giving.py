"""Giving: whether a signatory may sign now, and on which file."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from pyhanko.sign.timestamps import TimeStamper

from gravamen.case import Case
from gravamen.dates import Moment, span
from gravamen.instruments.verify import Verification, verify_bytes
from gravamen.proceedings import SignatureGiven
from gravamen.rounds import STILL_TO_SIGN, Round, Seat, before_opened, keys_of
from gravamen.signing.increments import drafted_part
from gravamen.signing.key import Key, check_valid
from gravamen.signing.looks import looked_at
from gravamen.signing.opening import fresh_id
from gravamen.signing.pades import Level, Material, sign_pdf
from gravamen.signing.validate import examine
from gravamen.values import GravamenError, sha256


class NotToSign(GravamenError):
    """A signature that may not be given: by this person, now, or on this file."""


def seat_to_sign(round: Round, signatory: str, *, on: date | None = None) -> Seat:
    """Return the place of a signatory that may sign in a round now.

    Args:
        on: the day of the signature; one after the last day of the round is refused.

    Raises:
        NotToSign: the round has ended, has no such signatory, that one has signed or refused, or
            it is another's turn.
    """
    seat = round.seat(signatory)
    if seat is None:
        known = ", ".join(s.signatory.id for s in round.seats)
        raise NotToSign(
            f"{signatory!r} is none of the signatories of {round.id}; they are: {known}."
        )
    if round.ended is not None:
        raise NotToSign(
            f"The round {round.id} has ended ({round.ended}); open a new one to go on signing."
        )
    closes = round.opened.closes
    if closes and on and on > (span(closes).last or on):
        raise NotToSign(
            f"The last day of {round.id} was {closes}; open a new round to go on signing."
        )
    if seat.state not in STILL_TO_SIGN:
        name = seat.signatory.name
        raise NotToSign(
            {
                "signed": f"{name} has signed already; nobody signs the same version twice.",
                "refused": f"{name} refused to sign in {round.id}; open a new round to ask again.",
            }.get(
                seat.state,
                f"The signature of {name} in {round.id} was {seat.state}; open a new round to sign "
                "again.",
            )
        )
    if signatory not in round.turn:
        raise NotToSign(
            f"The order of {round.id} is fixed: {round.turn[0]} signs next, {signatory} after that."
        )
    return seat


def check_opened(case: Case, round: Round, at: Moment) -> None:
    """Refuse a signature of a day or time before its round was opened.

    Raises:
        NotToSign: it was.
    """
    if before_opened(case, round, at):
        raise NotToSign(
            f"{round.id} was opened at {round.opened.at}, after {at}; nobody can have signed in it "
            "by then. Give the moment of the signature, or open the round as of the day that it "
            "was opened."
        )


def give(
    case: Case,
    round: Round,
    files: Mapping[str, bytes],
    *,
    signatory: str,
    key: Key,
    at: datetime,
    reason: str | None = None,
    level: Level = "B-B",
    timestamps: TimeStamper | None = None,
    material: Material | None = None,
) -> tuple[SignatureGiven, bytes]:
    """Sign the newest file of a round; return what is to be recorded, and the signed file.

    Args:
        files: what the record keeps for the round, by SHA-256; see `files_of`.
        at: when (aware); the others as in `sign_pdf`.

    Raises:
        NotToSign: the signatory may not sign now, the round was opened later, the key is not the
            one vouched for, or the file is not what its manifest sets.
        KeyProblem: the certificate is not valid at the time.
        SigningProblem: the file cannot be signed as asked.
    """
    seat = seat_to_sign(round, signatory, on=at.date())
    check_valid(key, at)
    check_key(case, round, signatory, key)
    check_opened(case, round, moment(at))
    base = newest(round, files)
    check_whole(base)
    signed = sign_pdf(
        base, signatory=seat.signatory, key=key, at=at, reason=reason, level=level,
        timestamps=timestamps, material=material,
    )  # fmt: skip
    given = SignatureGiven(
        id=fresh_id(case, f"{round.id}.signed.{signatory}"),
        at=moment(at),
        round=round.id,
        signatory=signatory,
        how="pades",
        file=sha256(signed),
        certificate=key.sha256,
        level=level,
    )
    return given, signed


def check_whole(pdf: bytes, *, words_suffice: bool = True) -> None:
    """Refuse to sign a file that is not what its own manifest sets, with nothing but signatures
    after it.

    Args:
        words_suffice: whether a file that another version of this program set may be signed, of
            which only the words can be compared.

    Raises:
        NotToSign: it is something else; nobody is to sign what they do not see.
    """
    wrong = next(_unlike_its_draft(pdf, words_suffice=words_suffice), None)
    if wrong:
        raise NotToSign(
            f"This file is not to be signed: {wrong} Take it as it was drafted, or as the last "
            "signatory left it; gravamen verify FILE says more."
        )


def _unlike_its_draft(pdf: bytes, *, words_suffice: bool) -> Iterator[str]:
    base = drafted_part(pdf)
    draft = _draft(base)
    yield from (f.message for f in draft.faults)
    if draft.strength == "none" or not (words_suffice or draft.strength == "bytes"):
        yield (
            "it was set by another version of this program, so that its bytes cannot be compared "
            "with what its manifest sets."
        )
    if pdf == base:
        return
    found = looked_at(examine(pdf), pdf)
    yield from (f.message for f in found.all_faults)
    if not found.signatures:
        yield f"{len(pdf) - len(base)} bytes follow the draft, and none of them is a signature."


@lru_cache(maxsize=8)  # each who signs in one call goes on the same draft
def _draft(base: bytes) -> Verification:
    return verify_bytes(base, Path("draft.pdf"))


def check_key(case: Case, round: Round, signatory: str, key: Key) -> None:
    """Refuse a key that is known to be another's, or another than that of the signatory.

    Where nobody vouched for a key of the signatory, any is taken; verification says so.

    Raises:
        NotToSign: it is registered for somebody else, or signed for somebody else in this round,
            or another one is registered for the signatory.
    """
    registered = keys_of(case)
    others = {
        s
        for s, acts in registered.items()
        if s != signatory and key.sha256 in {a.certificate for a in acts}
    }
    others |= {
        s.signatory.id
        for s in round.seats
        if s.signature and s.signature.certificate == key.sha256 and s.signatory.id != signatory
    }
    if others:
        raise NotToSign(
            f"The certificate of {key.subject} is that of {', '.join(sorted(others))}, not of "
            f"{signatory}; each signs with a key of one's own."
        )
    own = {a.certificate for a in registered.get(signatory, ())}
    if own and key.sha256 not in own:
        raise NotToSign(
            f"The certificate of {key.subject} (SHA-256 {key.sha256[:16]}…) is not the one vouched "
            f"for as {signatory}'s; sign with that one, or have this one vouched for (gravamen "
            "sign vouch)."
        )


def moment(at: datetime) -> Moment:
    """Return a time as the record writes it, in UTC to the second."""
    return Moment(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def newest(round: Round, files: Mapping[str, bytes]) -> bytes:
    """Return the file of a round that the next signature goes on: with all given so far.

    Each signature is an increment, so that the newest file begins with all before it.

    Args:
        files: by their SHA-256, those that the record keeps for the round; see `files_of`.
    """
    return max((files[f] for f in files_of(round) if f in files), key=len)


def files_of(round: Round) -> tuple[str, ...]:
    """The SHA-256 of the file of a round before anyone signed, and of those with signatures."""
    given = [s.signature for s in round.seats if isinstance(s.signature, SignatureGiven)]
    return (round.opened.file, *(g.file for g in given if g.file))


def check_base(round: Round, pdf: bytes, files: Mapping[str, bytes]) -> None:
    """Refuse a file that a signature of a round may not go on.

    Raises:
        NotToSign: it is of another version, or others have signed since.
    """
    last = newest(round, files)
    if pdf == last:
        return
    if last.startswith(pdf) or sha256(pdf) in files:
        raise NotToSign(
            f"Others have signed since this file was made; sign the newest one, which {round.id} "
            f"keeps (SHA-256 {sha256(last)})."
        )
    first = round.opened.file
    raise NotToSign(
        f"This file (SHA-256 {sha256(pdf)}) is not the one that {round.id} is for (SHA-256 "
        f"{first} before anyone signed, {sha256(last)} now); sign that one, or open a round for "
        "this one."
    )
