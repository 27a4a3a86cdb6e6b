"""Withdrawal: the notice to an office that a signatory withdrew after the letter was sent."""

from datetime import date

from gravamen.case import Case
from gravamen.dates import instant
from gravamen.docket.first import First, framed, instrument_id
from gravamen.instruments.frame import requester_of
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import joined
from gravamen.law.authority import Law
from gravamen.parties import with_article
from gravamen.proceedings import RoundOpened, SignatureEnded, SignatureGiven
from gravamen.rounds import numeral
from gravamen.sentences import Instrument, Section, Signatory
from gravamen.values import GravamenError


def notice(case: Case, law: Law, letter: First, withdrawn: str, on: date) -> Instrument:
    """The notice that a signatory withdrew after the letter was sent; it gives no reason, which is
    the signatory's own to give."""
    requester = requester_of(case)
    pen = Pen(case, law, on=on, paper=requester.paper)
    opened, ended, who, left = _withdrawal(case, letter, withdrawn, on)
    body = with_article(requester.name)
    reference = letter.dispatch.reference
    number = f" Its reference is {reference}." if reference else ""
    later = instant(ended.at).first() > instant(letter.dispatch.at).last()
    since = ", after it was sent" if later else ""  # of one day, the order may not be known
    signer = ", ".join(filter(None, (who.name, who.capacity)))
    names = joined([s.name for s in left]) if left else ""
    stays = (
        f"The {'signature' if len(left) == 1 else 'signatures'} of {names} "
        f"{'remains' if len(left) == 1 else 'remain'}."
        if left
        else "No other signature remains under that letter."
    )
    few = f" {_too_few(opened, len(left))}" if len(left) < _needed(opened) else ""
    blocks = (
        pen.form(
            f"On {pen.day(letter.sent.isoformat())} {body} sent you a letter about the matter "
            f"“{case.title}”.{number}"
        ),
        pen.form(
            f"{signer}, signed that letter, and withdrew the signature on "
            f"{pen.day(instant(ended.at).day.isoformat())}{since}. The signature stays "
            f"in the letter that you hold; {body} asks that it no longer be counted."
        ),
        pen.form(f"{stays}{few} The words of the letter are those that were sent."),
    )
    return framed(
        case,
        law,
        letter,
        (Section(heading=None, blocks=blocks),),
        on=on,
        id=instrument_id(letter.dispatch.id, withdrawn),
        title=f"A signature was withdrawn: {case.title}",
        without={s.id for s in opened.signatories if s not in left},
    )


def _needed(opened: RoundOpened) -> int:
    """How many signatures were laid down for the letter."""
    return len(opened.signatories) if opened.minimum is None else opened.minimum


def _too_few(opened: RoundOpened, left: int) -> str:
    """That fewer are left than were laid down; what follows from it is not ours to say."""
    least = "" if opened.minimum is None else f"; our own least number is {numeral(opened.minimum)}"
    return (
        f"Of the {numeral(len(opened.signatories))} who were to sign it, {numeral(left)} "
        f"{'is' if left == 1 else 'are'} left{least}."
    )


def _withdrawal(
    case: Case, letter: First, withdrawn: str, on: date
) -> tuple[RoundOpened, SignatureEnded, Signatory, tuple[Signatory, ...]]:
    """The round, the withdrawal, who withdrew, and whose signatures are left on the day."""
    round = letter.dispatch.round
    opened = case.signings.get(round) if round else None
    if not isinstance(opened, RoundOpened) or round is None:
        raise GravamenError(
            f"{letter.dispatch.id} was sent without a round of signatures, so none can have been "
            "withdrawn."
        )
    acts = sorted(
        (
            a
            for a in case.signings.values()
            if isinstance(a, SignatureGiven | SignatureEnded)
            and a.round == round
            and case.stands(a.id)
            and instant(a.at).day <= on
        ),
        key=lambda a: (instant(a.at).first(), isinstance(a, SignatureEnded), a.id),
    )
    last = {a.signatory: a for a in acts}
    by_id = {s.id: s for s in opened.signatories}
    gone = {id: a for id, a in last.items() if _withdrew(a)}
    found = gone.get(withdrawn)
    if not isinstance(found, SignatureEnded) or withdrawn not in by_id:
        raise GravamenError(
            f"{withdrawn!r} withdrew no signature from {round} by {on}; those who did: "
            f"{', '.join(gone) or 'nobody'}."
        )
    if instant(found.at).last() < instant(letter.dispatch.at).first():
        raise GravamenError(
            f"{withdrawn!r} withdrew before {letter.dispatch.id} was sent; no notice is called for."
        )
    left = tuple(s for s in opened.signatories if isinstance(last.get(s.id), SignatureGiven))
    return opened, found, by_id[withdrawn], left


def _withdrew(act: SignatureGiven | SignatureEnded) -> bool:
    return isinstance(act, SignatureEnded) and act.how == "withdrawn"
