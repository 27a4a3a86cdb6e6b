"""Follow-up: a reminder quotes the first letter; it names a time in law only where one runs."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest

from gravamen import law as lawdata
from gravamen.case import Judgement
from gravamen.casefile import CaseFile, Drafted, import_case
from gravamen.casefile.documents import documents
from gravamen.casefile.entries import (
    Docketed,
    Entry,
    Judged,
    Received,
    Requested,
    Sent,
    Signed,
)
from gravamen.casefile.following_up import followed_up, package_of
from gravamen.dates import Edtf, Moment
from gravamen.docket.first import instrument_id
from gravamen.docket.follow_up import follow_up
from gravamen.instruments.manifest import Manifest
from gravamen.instruments.package import prepare, write_all
from gravamen.instruments.setting import made_of
from gravamen.proceedings import (
    Answer,
    ClockSigner,
    ClockStarted,
    ClockStopped,
    Dispatch,
    Reply,
    RoundOpened,
    SignatureEnded,
    SignatureGiven,
)
from gravamen.sentences import Instrument
from gravamen.sources import capture
from gravamen.values import GravamenError, sha256

COUNTY = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
LAW = lawdata.load()
DRAFTED, ON = date(2024, 3, 5), date(2024, 6, 10)
ADA = "person:Ada"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    """The manifest of the county's letter to the Secretary of State."""
    folder = tmp_path_factory.mktemp("county")
    case = import_case(COUNTY, folder / "case", actor=ADA).case()
    package = prepare(case, LAW, on=DRAFTED)
    (letter,) = [i for i in package.instruments if i.id == "letter-us.state.secretary"]
    return made_of(letter, case=case).manifest


@pytest.fixture
def record(tmp_path: Path, first: Manifest) -> CaseFile:
    """The county's case with that letter sent by e-mail on 12 March 2024, as d.state."""
    record = import_case(COUNTY, tmp_path / "case", actor=ADA)
    mail = EmailMessage()
    mail.set_content("See the letter.")
    mail.add_attachment(first.bytes, maintype="application", subtype="json", filename="m.json")
    record.append(Sent(dispatch=dispatch(record.put_blob(bytes(mail)), first)), actor=ADA)
    return record


def dispatch(message: str | None, first: Manifest | None, **more: object) -> Dispatch:
    fields: dict[str, object] = {
        "id": "d.state",
        "at": Moment("2024-03-12T15:00Z"),
        "instrument": "letter-us.state.secretary",
        "channel": "email",
        "address": "secretary@state.example",
        "office": "us.state.secretary",
        "manifest": first.digest if first else None,
        "message": message,
        "reference": "alder-county/us.state.secretary",
        "requests": ("r.visa", "r.leahy"),
    }
    return Dispatch(**(fields | more))  # type: ignore[arg-type]  # fields by name


def reply(record: CaseFile, id: str, kind: str, day: str, **more: object) -> Received:
    source = next(iter(record.case().sources))
    return Received(
        reply=Reply(
            id=id, source=source, received=Moment(day), reply=kind,  # type: ignore[arg-type]  # a kind by its word
            dispatch="d.state", threaded_by="hand", **more,  # type: ignore[arg-type]  # fields by name
        )
    )  # fmt: skip


def reminder(record: CaseFile, *entries: Entry, on: date = ON, of: str = "d.state") -> Instrument:
    if entries:
        record.append(*entries, actor=ADA)
    (made,) = followed_up(record, LAW, dispatch=of, on=on).instruments
    return made


def text(made: Instrument) -> str:
    return " ".join(s.text for s in made.sentences())


def test_a_reminder_quotes_the_first_letter_word_for_word(record, first):
    made = reminder(record)

    asked = [s.text for s in first.sentences if s.kind == "request" and s.request]
    assert len(asked) == 2
    assert [s.text for s in made.sentences() if s.request] == [f"“{words}”" for words in asked]
    assert "On March 12, 2024 the Board of Supervisors of Alder County sent you" in text(made)
    assert "dated March 5, 2024" in text(made)
    assert "Its reference is alder-county/us.state.secretary." in text(made)
    assert "90 days have passed since then." in text(made)


def test_a_reminder_goes_to_the_same_office_under_the_same_reference(record):
    made = reminder(record)

    assert (made.id, made.kind, made.office) == (
        "follow-up-d.state", "letter", "us.state.secretary",
    )  # fmt: skip
    assert made.reference == "alder-county/us.state.secretary"
    assert made.addressee == ("The Secretary of State",)
    assert [(s.id, s.name, s.capacity) for s in made.signatories] == [
        ("clerk", "Clerk of the Board", "for the Board of Supervisors of Alder County")
    ]


def test_a_reminder_claims_no_time_in_law_where_none_runs(record):
    said = text(reminder(record))

    assert "No law that we know of sets a time for your answer to that letter." in said
    assert (
        "We ask for it by July 10, 2024. That day is our own wish, and no law on file sets it."
        in said
    )
    assert "deadline" not in said and "overdue" not in said and "must" not in said


def joint(record: CaseFile, **more: object) -> Docketed:
    fields: dict[str, object] = {
        "id": "k.joint",
        "clock": "clk.glomag.120",
        "at": Moment("2024-02-01"),
        "evidence": (next(iter(record.case().sources)),),
        "requests": ("r.visa",),
        "signers": (
            ClockSigner(office="us.house.foreign_affairs", capacity="chairperson"),
            ClockSigner(office="us.house.foreign_affairs", capacity="ranking-member"),
        ),
    }
    return Docketed(noted=ClockStarted(**(fields | more)))  # type: ignore[arg-type]  # by name


def to_president(record: CaseFile) -> tuple[Entry, ...]:
    """A request to the President under the Act, sent as adopted on 12 March 2024, as d.pres."""
    asked = msgspec.structs.replace(
        record.case().requests["r.visa"], id="r.pres", authority="us.glomag.act",
        measure="sanctions", addressees=("us.president",),
    )  # fmt: skip
    sent = dispatch(
        None, None, id="d.pres", instrument="motion", reference=None, office="us.president",
        requests=("r.pres",),
    )  # fmt: skip
    return Requested(request=asked), Sent(dispatch=sent)


def test_what_a_law_sets_for_another_office_or_owes_to_others_is_no_time_of_this_one(record):
    report = joint(record, id="k.report", clock="clk.7031c.90", at=Moment("2026-02-03"), signers=())
    said = text(reminder(record, joint(record), report, on=date(2026, 7, 1)))

    assert "No law that we know of sets a time for your answer to that letter." in said
    assert "10102" not in said and "a time set by law runs" not in said


def test_a_reminder_says_the_law_where_a_time_runs(record):
    entries = (*to_president(record), joint(record, requests=("r.pres",)))
    made = reminder(record, *entries, of="d.pres")

    assert "That day is our own wish, and not the day that the law sets." in text(made)
    (said,) = [s for s in made.sentences() if "22 U.S.C. 10102(d), (j)" in s.text]
    assert (said.kind, said.authority) == ("argument", "us.glomag.act")
    assert "a time set by law runs for the President of the United States: determine" in said.text
    assert "It began on February 1, 2024, with receipt by the President" in said.text
    assert "by our count of 120 calendar days its last day is May 31, 2024" in said.text
    assert "and passed 10 days ago. It is about" in said.text
    assert said.text.endswith("It is about Ilvan Teresh (request 1 above).")
    assert "No law that we know of" not in text(made)


def test_a_reminder_counts_the_days_on_which_the_time_stood_still(record):
    asked = msgspec.structs.replace(
        record.case().requests["r.visa"], id="r.info", authority=None, measure="information"
    )
    sent = dispatch(
        None, None, id="d.info", instrument="motion", reference=None, requests=("r.info",)
    )
    shown = capture(b"Received on 12 March 2024.", id="s.receipt", name="receipt.txt")
    record.capture(shown, actor=ADA)
    start = joint(
        record,
        clock="clk.foia",
        at=Moment("2024-03-12"),
        requests=("r.info",),
        signers=(),
        evidence=("s.receipt",),
    )
    still = ClockStopped(
        id="k.still", clock="k.joint", at=Moment("2024-03-18"), why="it asked us for a date",
        until=Edtf("2024-03-25"), evidence=("s.receipt",),
    )  # fmt: skip

    entries = (Requested(request=asked), Sent(dispatch=sent), start, Docketed(noted=still))
    said = text(reminder(record, *entries, of="d.info"))
    assert "a time set by law runs for the Secretary of State: determine whether to comply" in said
    assert ", without 7 days on which it stood still, its last day is April 16, 2024" in said


def test_the_law_in_a_reminder_is_no_deadline_that_the_checks_refuse(record):
    record.append(*to_president(record), joint(record, requests=("r.pres",)), actor=ADA)
    package = followed_up(record, LAW, dispatch="d.pres", on=ON)

    assert "clock-claimed-not-in-law" not in {f.id for f in package.flags}
    assert "citation-missing" not in {f.id for f in package.flags}


@pytest.mark.parametrize(
    "lacking", [{"evidence": ()}, {"signers": ()}, {"requests": ("r.designate-teresh",)}]
)
def test_a_time_that_nothing_on_file_started_is_in_no_reminder(record, lacking):
    start = joint(record, **({"requests": ("r.pres",)} | lacking))
    said = text(reminder(record, *to_president(record), start, of="d.pres"))

    assert "No law that we know of sets a time" in said and "10102" not in said


def test_a_reminder_says_what_came_back_and_nothing_that_nobody_accepted(record):
    ack = reply(record, "y.1", "ack", "2024-03-20", reference="SD-24-118")
    interim = reply(record, "y.2", "interim", "2024-04-02", promised=Edtf("2024-05-01"))
    record.append(ack, interim, reply(record, "y.4", "ack", "2024-05-01"), actor=ADA)
    record.append(reply(record, "y.3", "ack", "2024-04-10"), actor="machine:replies/1")
    rejected = Judged(judgement=Judgement(target="y.4", verdict="rejected"))

    said = text(reminder(record, rejected))
    assert "On March 20, 2024 you acknowledged our letter, under your reference SD-24-118." in said
    assert "an answer would follow, and named May 1, 2024 as its day." in said
    assert "April 10" not in said and "On May 1, 2024" not in said
    assert "We have had no answer" not in said


def test_a_reminder_says_so_where_nothing_came(record):
    assert "We have had no answer from you." in text(reminder(record))


def test_what_was_answered_is_not_asked_again(record):
    answer = reply(
        record, "y.1", "refusal", "2024-04-02",
        answers=(Answer(request="r.visa", outcome="refused"),),
    )  # fmt: skip

    made = reminder(record, answer)
    (asked,) = [s for s in made.sentences() if s.request]
    assert asked.request == "r.leahy"
    assert "That letter asked, word for word; 1 of its 2 requests is closed:" in text(made)
    assert "an answer in writing to the request above" in text(made)


def test_there_is_nothing_to_remind_of_where_all_was_answered(record):
    answers = tuple(Answer(request=r, outcome="refused") for r in ("r.visa", "r.leahy"))
    record.append(reply(record, "y.1", "refusal", "2024-04-02", answers=answers), actor=ADA)

    with pytest.raises(GravamenError, match=r"Every request of d\.state is closed on 2024-06-10"):
        reminder(record)
    assert reminder(record, on=date(2024, 4, 1)).id == "follow-up-d.state"


def test_a_letter_that_came_back_is_sent_again_and_not_reminded_of(record):
    record.append(reply(record, "y.1", "bounced", "2024-03-12"), actor=ADA)

    with pytest.raises(GravamenError, match=r"d\.state came back as undeliverable"):
        reminder(record)


def test_a_dispatch_that_is_not_there_or_not_yet_sent_is_refused(record):
    with pytest.raises(GravamenError, match=r"Nothing was sent as 'd\.x' in alder-county; .*d\.st"):
        reminder(record, of="d.x")
    with pytest.raises(GravamenError, match="was sent on 2024-03-12, after 2024-03-01"):
        reminder(record, on=date(2024, 3, 1))


def test_a_reminder_of_what_was_sent_again_counts_from_the_first(record, first):
    again = dispatch(None, first, id="d.again", at=Moment("2024-05-01"), resends="d.state")

    made = reminder(record, Sent(dispatch=again), of="d.again")
    assert made.id == "follow-up-d.state"
    assert "90 days have passed" in text(made)


def test_a_second_reminder_says_that_there_was_a_first(record, first):
    sent = dispatch(
        None, None, id="d.remind", at=Moment("2024-05-01"), follows_up="d.state",
        instrument="follow-up-d.state",
    )  # fmt: skip

    made = reminder(record, Sent(dispatch=sent), of="d.remind")
    assert "We reminded you of it on May 1, 2024." in text(made)
    assert [s.request for s in made.sentences() if s.request] == ["r.visa", "r.leahy"]


def test_a_text_that_was_sent_as_adopted_is_quoted_from_its_source(record):
    plain = dispatch(None, None, id="d.text", instrument="motion", reference=None)

    made = reminder(record, Sent(dispatch=plain), of="d.text")
    assert "The text that was sent asked, word for word:" in text(made)
    assert "“Colonel Ilvan Teresh be made ineligible for entry under section 7031(c)”" in text(made)


def test_words_that_are_no_longer_kept_are_not_made_up(record, first):
    lost = dispatch(None, first, id="d.lost")

    with pytest.raises(GravamenError, match=r"keeps no words of what d\.lost asked"):
        reminder(record, Sent(dispatch=lost), of="d.lost")


def test_a_message_with_another_manifest_is_not_quoted(record):
    other = dispatch(record.case().dispatches["d.state"].message, None, id="d.other")
    wrong = dispatch(other.message, None, id="d.wrong", manifest="0" * 64)

    with pytest.raises(GravamenError, match=r"keeps no words of what d\.wrong asked"):
        reminder(record, Sent(dispatch=wrong), of="d.wrong")


def test_a_reminder_is_made_again_from_the_record_byte_for_byte(record, tmp_path):
    package = followed_up(record, LAW, dispatch="d.state", on=ON)
    files = write_all(package, tmp_path / "out", record.case())
    drafted = Drafted(
        instrument="follow-up-d.state", on="2024-06-10", dispatch="d.state",
        files=files["follow-up-d.state"].digests(),
    )  # fmt: skip
    record.append(drafted, actor=ADA)
    sent = dispatch(
        None, None, id="d.remind", at=Moment("2024-06-10T18:00Z"), follows_up="d.state",
        instrument="follow-up-d.state",
    )  # fmt: skip
    record.append(Sent(dispatch=sent), actor=ADA)

    (document,) = documents(record, LAW)
    assert (document.instrument, document.why) == ("follow-up-d.state", None)
    again = package_of(record, LAW, "follow-up-d.state", on=ON)
    assert [i.id for i in again.instruments] == ["follow-up-d.state"]
    assert "letter-us.state.secretary" in [
        i.id for i in package_of(record, LAW, "letter-us.state.secretary", on=ON).instruments
    ]


def signed(record: CaseFile, first: Manifest, *, minimum: int | None = None) -> None:
    """A round of five, four of whom signed; two withdrew, one before it was sent."""
    opened = RoundOpened(
        id="round-1", at=Moment("2024-03-06"), instrument=first.instrument,
        manifest=first.digest, file=record.put_blob(b"%PDF-1.7"), on=Edtf("2024-03-05"),
        signatories=first.signatories, minimum=minimum,
    )  # fmt: skip
    given = [
        SignatureGiven(id=f"g.{who}", at=Moment("2024-03-07"), round="round-1", signatory=who,
                       how="wet-ink", scan=next(iter(record.case().sources)), attested_by="Ada")
        for who in ("odell", "rye", "okonjo", "lindgren")
    ]  # fmt: skip
    ended = [
        SignatureEnded(id="w.1", at=Moment("2024-03-08"), round="round-1", signatory="odell",
                       how="withdrawn"),
        SignatureEnded(id="w.2", at=Moment("2024-04-03"), round="round-1", signatory="rye",
                       how="withdrawn", reason="a reason that is his own"),
    ]  # fmt: skip
    message = record.case().dispatches["d.state"].message
    record.append(*(Signed(act=a) for a in (opened, *given, *ended)), actor=ADA)
    record.append(
        Sent(dispatch=dispatch(message, first, round="round-1")), actor=ADA
    )  # recorded again, with the round behind it


def test_a_notice_says_who_withdrew_and_when_and_what_stands(record, first):
    signed(record, first)
    package = followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn="rye")

    (made,) = package.instruments
    said = text(made)
    assert made.id == "withdrawal-d.state-rye"
    assert (
        "Tomas Rye, Supervisor, Second District, signed that letter, and withdrew the signature on "
        "April 3, 2024, after it was sent."
    ) in said
    assert (
        "The signature stays in the letter that you hold; the Board of Supervisors of Alder County "
        "asks that it no longer be counted. The signatures of Adaeze Okonjo and Per Lindgren "
        "remain. Of the five who were to sign it, two are left."
    ) in said
    assert "a reason that is his own" not in said
    assert [s.id for s in made.signatories] == ["clerk"]
    assert "signatures-short" not in {f.id for f in package.flags if f.instrument == made.id}


@pytest.mark.parametrize(
    ("minimum", "told"),
    [
        (3, "Of the five who were to sign it, two are left; our own least number is three."),
        (2, None),
    ],
)
def test_a_notice_says_where_fewer_signatures_are_left_than_were_laid_down(
    record, first, minimum, told
):
    signed(record, first, minimum=minimum)

    (made,) = followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn="rye").instruments
    assert told in text(made) if told else "are left" not in text(made)


def test_without_a_clerk_the_first_signatory_signs_alone_and_nobody_who_withdrew(record, first):
    signed(record, first)
    requester = msgspec.structs.replace(record.case().requester, clerk=None)
    case = msgspec.structs.replace(record.case(), requester=requester)
    kept = [record.blob(record.case().dispatches["d.state"].message)]

    def signing(**more: str) -> list[str]:
        (made,) = follow_up(case, LAW, dispatch="d.state", on=ON, kept=kept, **more).instruments
        return [s.id for s in made.signatories]

    assert signing() == ["odell"]
    assert signing(withdrawn="rye") == ["okonjo"]


def test_a_notice_says_no_order_that_nobody_knows(record, first):
    signed(record, first)
    same_day = SignatureEnded(
        id="w.2", at=Moment("2024-03-12"), round="round-1", signatory="rye", how="withdrawn"
    )
    record.append(Signed(act=same_day), actor=ADA)

    (made,) = followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn="rye").instruments
    assert "withdrew the signature on March 12, 2024. The signature stays" in text(made)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("odell", r"'odell' withdrew before d\.state was sent"),
        ("okonjo", r"'okonjo' withdrew no signature .* those who did: odell, rye"),
        ("nobody", r"'nobody' withdrew no signature"),
    ],
)
def test_no_notice_tells_of_a_withdrawal_that_was_not(record, first, who, why):
    signed(record, first)

    with pytest.raises(GravamenError, match=why):
        followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn=who)


def test_no_notice_goes_out_before_the_day_of_the_withdrawal(record, first):
    signed(record, first)

    with pytest.raises(GravamenError, match="withdrew no signature"):
        followed_up(record, LAW, dispatch="d.state", on=date(2024, 4, 2), withdrawn="rye")


def test_no_notice_tells_of_a_letter_that_nobody_signed_in_a_round(record):
    with pytest.raises(GravamenError, match="sent without a round of signatures"):
        followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn="rye")


def test_an_id_that_can_be_no_file_name_is_put_as_its_digest():
    assert instrument_id("d.state") == "follow-up-d.state"
    hostile = instrument_id("../../etc/passwd")
    assert hostile == f"follow-up-{sha256(b'../../etc/passwd')[:12]}"
    assert instrument_id("a/b", "rye").startswith("withdrawal-")


def proposed(record: CaseFile, **more: object) -> None:
    """A reply as a machine read it, about which nobody has decided."""
    came = reply(record, "y.new", "substantive", "2024-04-02")
    received = msgspec.structs.replace(came.reply, **more)
    record.append(Received(reply=received), actor="machine:reader/1")


@pytest.mark.parametrize(("answers", "draft"), [("d.state", True), (None, True), ("d.it", False)])
def test_a_reminder_is_held_up_only_by_proposals_that_it_rests_on(record, first, answers, draft):
    record.append(Sent(dispatch=dispatch(None, first, id="d.it")), actor=ADA)
    before = reminder(record).draft_reasons
    proposed(record, dispatch=answers)

    after = [r for r in reminder(record).draft_reasons if r not in before]
    assert len(after) == draft
    assert all("nobody has reviewed it" in reason for reason in after)


def test_a_notice_rests_on_no_reply(record, first):
    signed(record, first)
    proposed(record)

    (made,) = followed_up(record, LAW, dispatch="d.state", on=ON, withdrawn="rye").instruments
    assert not [r for r in made.draft_reasons if "nobody has reviewed" in r]


def test_a_notice_that_was_sent_reminded_of_nothing(record, first):
    signed(record, first)
    told = dispatch(
        None, None, id="d.told", at=Moment("2024-04-05"), requests=(), follows_up="d.state",
        withdrawn="rye", instrument="withdrawal-d.state-rye",
    )  # fmt: skip

    assert "We reminded you" not in text(reminder(record, Sent(dispatch=told)))
