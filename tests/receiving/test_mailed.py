"""What mail systems say: bounces with the original inside, automatic replies, delays."""

from datetime import date

import pytest

from gravamen.receiving import Taken, take
from gravamen.sources import capture
from tests.receiving.corpus import LAW, answered
from tests.receiving.test_thread import mail, taken


def report(
    *, action: str, recipient: str, original: str = "", sender: str = "MAILER-DAEMON@mx.a.example"
) -> bytes:
    """A delivery status notification (RFC 3464) about one recipient."""
    return (
        f"From: {sender}\nTo: clerk@alder.example\nSubject: Delivery report\n"
        "Date: Wed, 13 May 2026 10:00:00 +0000\nMessage-ID: <dsn@mx.a.example>\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status;\n"
        ' boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nSee the report below.\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.a.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {original}\nFrom: clerk@alder.example\n"
        "Subject: Request\n\nWe ask you to decline nothing.\n\n--b--\n"
    ).encode()


def read(data: bytes) -> Taken:
    captured = capture(data, id="s.reply-1", name="dsn.eml")
    return take(answered(), LAW, captured, id="reply.1", today=date(2026, 6, 1))


def test_a_bounce_is_threaded_by_the_original_inside_it():
    found = read(
        report(
            action="failed", recipient="someone@else.example", original="<letter-ca@alder.example>"
        )
    )

    assert (found.reply.reply, found.shown_by) == ("bounced", "headers")
    assert (found.reply.dispatch, found.reply.threaded_by) == ("d.ca", "message-id")
    assert "someone@else.example" in found.why and "User unknown" in found.why
    assert found.reply.answers == ()


def test_a_bounce_is_threaded_by_its_recipient_where_the_original_is_not_inside():
    found = read(report(action="failed", recipient="Minister@foreign.ca.example"))

    assert (found.reply.dispatch, found.reply.threaded_by) == ("d.ca", "address")


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_of_anything_but_failure_is_no_bounce(action):
    assert read(report(action=action, recipient="minister@foreign.ca.example")).reply.reply != (
        "bounced"
    )


@pytest.mark.parametrize(
    "header",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated (rejected)"},
        {"X-Auto-Response-Suppress": "All"},
        {"Precedence": "auto_reply"},
        {"X-Autoreply": "yes"},
    ],
)
def test_a_header_of_a_machine_makes_an_automatic_acknowledgement(header):
    found = taken(mail("We decline to be disturbed.", From="secretary@state.example", **header))

    assert (found.reply.reply, found.shown_by) == ("auto-ack", "headers")
    assert found.reply.answers == ()


def test_a_header_that_says_that_a_person_wrote_is_no_machines():
    found = taken(mail("Thank you for your letter.", **{"Auto-Submitted": "no"}))

    assert found.reply.reply == "ack"


def test_a_decision_that_a_machine_sends_out_is_a_decision():
    body = "The Department has designated Ilvan Teresh under Executive Order 13818."
    found = taken(mail(body, In_Reply_To="<letter-treasury@alder.example>", Precedence="bulk"))

    assert found.reply.reply == "substantive"
    assert found.reply.answers[0].outcome == "granted"
