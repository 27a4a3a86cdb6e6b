"""Which dispatch a reply answers, how that shows, and what stays in the pen."""

from datetime import date
from email.message import EmailMessage

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.dates import Edtf, Moment
from gravamen.proceedings import Holder
from gravamen.receiving import Taken, take
from gravamen.sources import capture
from tests.receiving.corpus import LAW, answered

TODAY = date(2026, 6, 1)


def mail(body: str = "Thank you for your letter.", **headers: str) -> bytes:
    message = EmailMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message.as_bytes()


def taken(data: bytes, case: Case | None = None, name: str = "x.eml") -> Taken:
    captured = capture(data, id="s.reply-1", name=name)
    return take(case or answered(), LAW, captured, id="reply.1", today=TODAY)


def threads(found: Taken) -> tuple[str | None, str | None]:
    return found.reply.dispatch, found.reply.threaded_by


@pytest.mark.parametrize("header", ["In-Reply-To", "References"])
def test_a_reply_is_threaded_by_the_message_id_that_it_answers(header):
    found = taken(mail(From="x@state.example", **{header: "<a@b> <letter-state@alder.example>"}))

    assert threads(found) == ("d.state", "message-id")
    assert found.notes == ()


def test_the_nearest_message_of_a_thread_outweighs_nothing_where_both_are_ours():
    found = taken(mail(References="<letter-state@alder.example> <letter-eu@alder.example>"))

    assert found.reply.dispatch is None
    assert {m.dispatch for m in found.matches[:2]} == {"d.eu", "d.state"}
    assert "fit it equally well" in " ".join(found.notes)


def test_a_reply_that_claims_our_message_from_elsewhere_is_said_to_be_a_strangers():
    found = taken(mail(From="x@evil.example", In_Reply_To="<letter-state@alder.example>"))

    assert threads(found) == ("d.state", "message-id")
    assert "whoever saw our letter could have written it" in " ".join(found.notes)


def test_a_colleague_of_the_same_domain_is_no_stranger():
    found = taken(mail(From="x@public.state.example", In_Reply_To="<letter-state@alder.example>"))

    assert found.notes == ()


@pytest.mark.parametrize(
    "body", ["Your reference: ALDER-STATE-1.", "re alder-state-1", "> ref ALDER-STATE-1"]
)
def test_our_reference_threads_a_reply_wherever_it_stands(body):
    assert threads(taken(body.encode(), name="x.txt")) == ("d.state", "reference")


def test_a_longer_reference_is_another():
    assert threads(taken(b"Our file ALDER-STATE-17.", name="x.txt")) == (None, None)


def test_the_digest_at_the_foot_of_our_letter_threads_a_copy_of_it():
    assert threads(taken(b"(copy) 3333 3333 3333 3333", name="x.txt")) == ("d.sfrc", "reference")


def test_the_address_that_we_wrote_to_threads_a_reply():
    assert threads(taken(mail(From="Secretary@State.example"))) == ("d.state", "address")


def test_the_address_of_the_holder_of_the_office_threads_a_reply():
    holder = Holder(
        id="h.1",
        office="us.state.secretary",
        confirmed_by="Clerk",
        confirmed_on=Edtf("2026-05-01"),
        source="call",
        email="chief@elsewhere.example",
    )
    case = msgspec.structs.replace(answered(), noted={"h.1": holder})

    found = taken(mail(From="chief@elsewhere.example"), case)
    assert threads(found) == ("d.state", "address")
    assert found.notes == ()


def test_another_office_that_answers_is_named_and_is_no_stranger():
    holder = Holder(
        id="h.1",
        office="us.treasury.secretary",
        confirmed_by="Clerk",
        confirmed_on=Edtf("2026-05-01"),
        source="call",
        email="desk@ofac.example",
    )
    case = msgspec.structs.replace(answered(), noted={"h.1": holder})

    found = taken(mail("Ref ALDER-STATE-1. We have your letter.", From="desk@ofac.example"), case)
    assert (found.reply.dispatch, found.reply.office) == ("d.state", "us.treasury.secretary")
    assert found.notes == ()


def test_two_letters_to_one_address_leave_a_reply_in_the_pen():
    case = answered()
    again = msgspec.structs.replace(case.dispatches["d.state"], id="d.again", message_id=None)
    case = msgspec.structs.replace(case, dispatches=dict(case.dispatches) | {"d.again": again})

    found = taken(mail(From="secretary@state.example"), case)
    assert threads(found) == (None, None)
    assert {m.dispatch for m in found.matches[:2]} == {"d.again", "d.state"}


def test_a_name_a_day_or_a_domain_makes_a_candidate_and_no_more():
    found = taken(b"The Department of State thanks you for your letter of May 12.", name="x.txt")

    assert threads(found) == (None, None)
    assert found.matches[0].dispatch == "d.state"
    assert "names the office" in found.matches[0].why and "May 12" in found.matches[0].why
    other = taken(mail(From="nobody@state.example"))
    assert threads(other) == (None, None)
    assert other.matches[0].dispatch == "d.state"


def test_a_dispatch_that_was_rejected_is_no_candidate():
    judged = (Judgement(target="d.state", verdict="rejected"),)
    case = msgspec.structs.replace(answered(), judgements=judged)

    assert threads(taken(mail(In_Reply_To="<letter-state@alder.example>"), case))[0] is None


def test_it_came_when_the_last_machine_took_it_in_and_not_when_its_sender_says():
    found = taken(
        mail(
            Received="from a by b; Sat, 30 May 2026 10:00:00 +0200",
            Date="Fri, 29 May 2026 10:00:00 +0000",
        )
    )

    assert found.reply.received == Moment("2026-05-30T08:00:00Z")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("Mon, 01 Jun 2093 10:00:00 +0000", "still to come"),
        ("Mon, 01 Jun 1998 10:00:00 +0000", "before our letter went out"),
        ("no day at all", None),
        ("Mon, 99 Jun 2026 99:00:00 +9999", None),
    ],
)
def test_a_date_that_cannot_be_is_not_believed(day, why):
    found = taken(mail(In_Reply_To="<letter-state@alder.example>", Date=day))

    assert found.reply.received == "2026-06-01"
    assert why is None or why in " ".join(found.notes)
