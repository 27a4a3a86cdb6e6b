"""Proceedings: what happens to an instrument once it is written: adopted by a body, signed, sent,
answered; each happening is a value with its own moment, and where it stands is derived.

A happening is about an instrument ("motion", "letter-us.state.secretary") and carries an id; an
entry that records the id again supersedes it. `at` is when it happened, whatever day it was noted.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from gravamen.dates import Edtf, Moment, instant
from gravamen.sentences import Signatory
from gravamen.sources.source import Passage
from gravamen.values import Value

# What a body did with its motion.

MeetingKind = Literal["regular", "special", "emergency"]
BallotOption = Literal["aye", "no", "abstain", "absent", "recused"]


class Member(Value):
    """A member of the body that asks, and while it was one; `id` is that of its signatory too."""

    id: str
    name: str
    capacity: str | None = None
    group: str | None = None
    start: Edtf | None = None
    end: Edtf | None = None


class Meeting(Value):
    """A meeting of the body: what kind, when and where."""

    at: Moment
    kind: MeetingKind = "regular"
    place: str | None = None


class Posted(Value, tag_field="kind", tag="posted"):
    """The item was put on an agenda or given notice of, where all can see it.

    Args:
        description: the words of the agenda about the item.
        place, url: where it hung and where it stood on the web.
        until: when it was taken down, where it was before the meeting.
        signed_by: the members who signed the notice, where the body's rules ask for it.
        version: digest of the motion (`Instrument` value) that was posted.
        evidence: ids of sources that show time and place.
    """

    id: str
    at: Moment
    meeting: Meeting
    description: str
    motion: str = "motion"
    item: str | None = None
    place: str | None = None
    url: str | None = None
    until: Moment | None = None
    signed_by: tuple[str, ...] = ()
    version: str | None = None
    evidence: tuple[str, ...] = ()


class Moved(Value, tag_field="kind", tag="moved"):
    """A member moved it; `by` is the member's name."""

    id: str
    at: Moment
    by: str
    motion: str = "motion"
    evidence: tuple[str, ...] = ()


class Seconded(Value, tag_field="kind", tag="seconded"):
    """A member seconded it."""

    id: str
    at: Moment
    by: str
    motion: str = "motion"
    evidence: tuple[str, ...] = ()


class Change(Value):
    """One sentence that an amendment changes.

    Args:
        sentence: id of the sentence in the version before; None for one that is inserted.
        was, now: its words before and after; None where it is inserted or struck out.
        after: for one that is inserted, the id of the sentence that it follows; `follows` its
            words, by which it is found where the ids have moved.
        claims: ids of the claims that the sentence rested on, touched by the change.
        rests_on: ids of the claims on which its new words rest, as a person says.
    """

    sentence: str | None = None
    was: str | None = None
    now: str | None = None
    after: str | None = None
    follows: str | None = None
    claims: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


class Amended(Value, tag_field="kind", tag="amended"):
    """An amendment was moved; it holds once a vote on it carried, or where it was accepted.

    Args:
        accepted: the movers took it over, so that no vote on it was needed.
        before, after: digests of the motion without it and with it.
        within_posting: why it is within the item that was posted, as a person says who was asked.
    """

    id: str
    at: Moment
    by: str
    changes: tuple[Change, ...]
    motion: str = "motion"
    accepted: bool = False
    before: str | None = None
    after: str | None = None
    within_posting: str | None = None
    evidence: tuple[str, ...] = ()


class Ballot(Value):
    """How one member voted at a roll call.

    Args:
        casting: it is the second vote of who presides, given because the votes were equal.
    """

    member: str
    option: BallotOption
    reason: str | None = None
    casting: bool = False


class Voted(Value, tag_field="kind", tag="voted"):
    """A roll call; whether it carried is derived from the ballots and the rules of the body.

    Args:
        question: "motion", or the id of an amendment.
        seats: how many seats the body had on the day, where its members are not on file.
        version: digest of the words that were voted on (`words_digest`), as the record gave them
            when the vote was recorded; None where that is not on file.
        requests: ids of the requests in them; `asked` the digest of each as it was recorded then,
            in the same order (`asked_digest`).
    """

    id: str
    at: Moment
    ballots: tuple[Ballot, ...]
    question: str = "motion"
    motion: str = "motion"
    seats: int | None = None
    version: str | None = None
    requests: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class SetAside(Value, tag_field="kind", tag="set-aside"):
    """It was withdrawn by its movers, laid on the table, or referred to a committee (`to`)."""

    id: str
    at: Moment
    how: Literal["withdrawn", "tabled", "referred"]
    motion: str = "motion"
    to: str | None = None
    by: str | None = None
    reason: str | None = None
    evidence: tuple[str, ...] = ()


class Minuted(Value, tag_field="kind", tag="recorded"):
    """The clerk recorded it: the number that it bears, and the minutes as a source."""

    id: str
    at: Moment
    motion: str = "motion"
    number: str | None = None
    by: str | None = None
    evidence: tuple[str, ...] = ()


AdoptionStep = Posted | Moved | Seconded | Amended | Voted | SetAside | Minuted

# Who signed which bytes.


class KeyRegistered(Value, tag_field="kind", tag="key"):
    """Somebody vouches that a certificate is that of a signatory.

    Args:
        certificate: SHA-256 of the certificate in DER.
        vouched_by: who says so, and `how` they know ("handed over in person").
    """

    id: str
    at: Moment
    signatory: str
    certificate: str
    vouched_by: str
    how: str


class RoundOpened(Value, tag_field="kind", tag="opened"):
    """A round of signatures for one version of one instrument.

    Args:
        manifest: SHA-256 of its manifest, as its pages print; `file` that of its PDF before anyone
            signed, which the record keeps.
        order: "fixed": as `signatories` stand; "any".
        minimum: how many signatures it takes; all of them where None.
        closes: the last day to sign.
        authorised_by: id of the vote that lets a public body sign it.
        on: the date that the instrument bears.
        version: digest of the instrument, as its manifest names it; other templates set the same
            instrument with another manifest.
        text: digest of what it says (`text_digest`); None where the round is older than that.
    """

    id: str
    at: Moment
    instrument: str
    manifest: str
    file: str
    on: Edtf
    signatories: tuple[Signatory, ...]
    order: Literal["any", "fixed"] = "any"
    minimum: int | None = None
    closes: Edtf | None = None
    authorised_by: str | None = None
    version: str | None = None
    text: str | None = None


class Invited(Value, tag_field="kind", tag="invited"):
    """A signatory was asked to sign, or looked at what was to be signed (`viewed`)."""

    id: str
    at: Moment
    round: str
    signatory: str
    viewed: bool = False


class SignatureGiven(Value, tag_field="kind", tag="signed"):
    """A signatory signed.

    Args:
        file: SHA-256 of the PDF with this signature, which the record keeps; None for wet ink.
        certificate: SHA-256 of the certificate in DER; `level` of the signature.
        scan: id of the source that is the scan of the page signed on paper; `attested_by` who saw
            it signed; `paper_date` the date written on it.
        scanned: in words, how many of the pages were scanned, and what a person said of those
            that show no code.
    """

    id: str
    at: Moment
    round: str
    signatory: str
    how: Literal["pades", "wet-ink"]
    file: str | None = None
    certificate: str | None = None
    level: Literal["B-B", "B-T", "B-LTA"] | None = None
    scan: str | None = None
    attested_by: str | None = None
    paper_date: Edtf | None = None
    scanned: str | None = None


class SignatureEnded(Value, tag_field="kind", tag="ended"):
    """A signatory refused, withdrew a signature that was given, or it turned out not to hold.

    A signature that was withdrawn stays in its file; it no longer counts.
    """

    id: str
    at: Moment
    round: str
    signatory: str
    how: Literal["refused", "withdrawn", "invalidated"]
    reason: str | None = None


class RoundClosed(Value, tag_field="kind", tag="closed"):
    """A round ended: complete, past its day, superseded by another version, or called off."""

    id: str
    at: Moment
    round: str
    why: Literal["complete", "expired", "superseded", "cancelled"]
    reason: str | None = None
    by_round: str | None = None


SigningAct = KeyRegistered | RoundOpened | Invited | SignatureGiven | SignatureEnded | RoundClosed

# What went out.

Channel = Literal["email", "post", "portal", "fax", "hand"]


class Dispatch(Value):
    """An instrument went to an office, and was accepted by whoever carries it.

    Args:
        office: id of the office in the law data; `to` names whoever is none.
        address: the one address that it went to; `holder` the record that it was taken from.
        manifest: SHA-256 of the manifest of what was sent; `files` of each file, by name.
        message: SHA-256 of the message as sent, or of the print set; the record keeps it.
        message_id: of the e-mail, by which replies are threaded; `reference` stands in the letter.
        requests: ids of the requests that it carries.
        round: the round of signatures that stands behind it.
        resends: id of the dispatch that it repeats; `copy_of` that whose copy it is.
        follows_up: id of the dispatch that it reminds of, or tells a withdrawal from.
        withdrawn: id of the signatory who withdrew, where it tells that and asks for nothing.
        receipt: what the carrier answered ("250 2.0.0 Ok: queued as 4F1C"), or a tracking number.
        note: why it went again, or went though something spoke against it.
    """

    id: str
    at: Moment
    instrument: str
    channel: Channel
    address: str
    office: str | None = None
    to: str | None = None
    holder: str | None = None
    manifest: str | None = None
    files: Mapping[str, str] = {}
    message: str | None = None
    message_id: str | None = None
    reference: str | None = None
    requests: tuple[str, ...] = ()
    round: str | None = None
    resends: str | None = None
    copy_of: str | None = None
    follows_up: str | None = None
    withdrawn: str | None = None
    receipt: str | None = None
    evidence: tuple[str, ...] = ()
    note: str | None = None


# What came back.

ReplyKind = Literal[
    "auto-ack", "ack", "referral", "interim", "substantive", "refusal", "no-power",
    "clarification", "bounced", "misdirected", "unclear",
]  # fmt: skip
Outcome = Literal["granted", "partly", "refused", "no-power", "referred", "not-addressed"]


class Answer(Value):
    """What a reply says to one request, and in which words."""

    request: str
    outcome: Outcome
    passage: Passage | None = None
    note: str | None = None


class Reply(Value):
    """Something that came back: a source, which dispatch it answers, and what it says.

    Args:
        source: id of the source that holds it.
        received: when it came; `noticed` when it was seen, where that was later.
        dispatch: id of the dispatch it answers; None while nobody knows.
        threaded_by: how that is known.
        office: id of the office that answers, where it is another than was asked.
        reference: the number that the office gave it.
        referred_to: id of the office, or the words for it, where it was referred.
        promised: the day by which the office says that it will answer.
    """

    id: str
    source: str
    received: Moment
    reply: ReplyKind
    noticed: Moment | None = None
    dispatch: str | None = None
    threaded_by: Literal["message-id", "reference", "address", "hand"] | None = None
    office: str | None = None
    reference: str | None = None
    referred_to: str | None = None
    promised: Edtf | None = None
    answers: tuple[Answer, ...] = ()


# What else moves the docket.

OutsideKind = Literal[
    "listing", "delisting", "visa-ban", "notice", "waiver", "report", "hold", "cosponsorship",
    "letter", "meeting", "press", "litigation", "other",
]  # fmt: skip


class Holder(Value, tag_field="kind", tag="holder"):
    """Who holds an office and where it is reached, as a person confirmed on a day.

    Args:
        start, end: from when to when the person holds it; open where unknown.
        address: lines of the postal address; `email` and `portal` where it takes mail otherwise.
        honorific, salutation: as the letter writes them ("The Honorable", "Dear Madam Secretary:").
        source: where it was read: the id of a source, or words.
    """

    id: str
    office: str
    confirmed_by: str
    confirmed_on: Edtf
    source: str
    name: str | None = None
    start: Edtf | None = None
    end: Edtf | None = None
    honorific: str | None = None
    salutation: str | None = None
    address: tuple[str, ...] = ()
    email: str | None = None
    portal: str | None = None
    fax: str | None = None


class Delivered(Value, tag_field="kind", tag="delivered"):
    """A dispatch reached its office, as its evidence shows."""

    id: str
    at: Moment
    dispatch: str
    evidence: tuple[str, ...]
    note: str | None = None


class ClockSigner(Value):
    """Who set a clock running: an office of the law data, and in what capacity."""

    office: str
    capacity: Literal["chairperson", "ranking-member", "member", "whole"] = "whole"
    name: str | None = None


class ClockStarted(Value, tag_field="kind", tag="clock-started"):
    """What starts the time that a law sets happened, as its evidence shows.

    Args:
        at: the day of the start event (receipt of the joint letter, use of a waiver, …).
        signers: who asked, where the law lets only some start it.
        evidence: ids of sources that show the event and its day; without any, no time runs.
    """

    id: str
    clock: str
    at: Moment
    evidence: tuple[str, ...]
    requests: tuple[str, ...] = ()
    signers: tuple[ClockSigner, ...] = ()
    corruption: bool = False
    note: str | None = None


class ClockStopped(Value, tag_field="kind", tag="clock-stopped"):
    """A clock that runs was stopped: for good (met, ended), or until a day (tolled).

    Args:
        clock: id of the `ClockStarted`.
        until: the day on which it goes on; None: it ended.
        met: it ended because what the law asks was done.
    """

    id: str
    clock: str
    at: Moment
    why: str
    until: Edtf | None = None
    met: bool = False
    evidence: tuple[str, ...] = ()


class FollowUp(Value, tag_field="kind", tag="follow-up"):
    """A day that we chose to come back on; no law sets it."""

    id: str
    due: Edtf
    why: str
    set_on: Edtf
    dispatch: str | None = None
    requests: tuple[str, ...] = ()


class Outside(Value, tag_field="kind", tag="outside"):
    """Something public that bears on a request: a listing, a notice, a waiver, a news report.

    It came after the request; that it came because of it is never said.

    Args:
        source: id of the source that shows it; `edition` which edition of a list that is.
        office: whose act it is, an id of the law data; None where that is not on file.
        answers: what it means for each request, where it means something.
    """

    id: str
    at: Moment
    what: OutsideKind
    summary: str
    source: str
    edition: str | None = None
    office: str | None = None
    requests: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()


class RequestEnded(Value, tag_field="kind", tag="request-ended"):
    """A request was withdrawn by the body, or superseded by another (`by_request`)."""

    id: str
    at: Moment
    request: str
    how: Literal["withdrawn", "superseded"]
    reason: str | None = None
    by_request: str | None = None


Noted = Holder | Delivered | ClockStarted | ClockStopped | FollowUp | Outside | RequestEnded
Happening = AdoptionStep | SigningAct | Dispatch | Reply | Noted


def kept_files(happening: Happening) -> tuple[str, ...]:
    """The SHA-256 of each file that the record keeps for a happening."""
    match happening:
        case RoundOpened(file=file):
            return (file,)
        case SignatureGiven(file=str(file)):
            return (file,)
        case Dispatch(message=str(message)):
            return (message,)
        case _:
            return ()


def moment_of(happening: Happening) -> str:
    """When a happening happened: a day or a time."""
    match happening:
        case Reply(received=received):
            return received
        case Holder(confirmed_on=day):
            return day
        case FollowUp(set_on=day):
            return day
        case _:
            return happening.at


# The clocks of the machines that carry mail differ; who answers within it is not taken for early.
CLOCKS_DIFFER = timedelta(hours=1)


def came_before(reply: Reply, dispatch: Dispatch) -> bool:
    """Whether a reply is dated before the letter that it is said to answer, which cannot be."""
    came, sent = instant(reply.received), instant(dispatch.at)
    if came.at and sent.at:
        return came.at < sent.at - CLOCKS_DIFFER
    return came.day < sent.day
