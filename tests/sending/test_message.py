"""Tests of sending/message.py: a message that any mail program reads, the same bytes each time."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import msgspec
import pytest

from gravamen.casefile import CaseFile
from gravamen.dates import Moment
from gravamen.instruments.leaks import ProtectedName
from gravamen.proceedings import Dispatch
from gravamen.sending.enclosures import Part
from gravamen.sending.headers import Mailbox, MessageError
from gravamen.sending.message import (
    Envelope,
    email_of,
    mail_of,
    mailbox,
    message_id,
    subject_of,
)
from gravamen.values import sha256
from tests.sending.building import STATE, WITNESS, law, ready

CLERK = Mailbox(address="clerk@alder.example", name="Clerk of the Board")
OFFICE = Mailbox(address="office@state.example", name="Mara Quill")
PDF = Part("letter.pdf", b"%PDF-1.7\n.\r\n..\n\x00\xff", "application/pdf", "the letter", True)


def envelope(**fields: object) -> Envelope:
    fields = {
        "sender": CLERK, "to": OFFICE, "at": Moment("2024-03-11"), "id": "<x.1@alder.example>",
    } | fields  # fmt: skip
    return Envelope(**fields)  # type: ignore[arg-type]  # the fields of an Envelope


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def made(subject: str = "Request", body: str = "Words.\n", **fields: object) -> bytes:
    return email_of(envelope(**fields), subject=subject, body=body, parts=(PDF,))


@pytest.mark.parametrize(
    "words",
    [
        "Պետքարտուղար Արմեն",
        "وزير الخارجية محمد",
        "国务卿王小明",
        "Государственный секретарь, «Щербаков»; ведомство внешних сношений и сотрудничества",
        'Quill, "Mara" <not@an.address>',
    ],
)
def test_words_in_any_script_come_back_from_every_header(words: str) -> None:
    data = made(words * 3, to=Mailbox(address="office@state.example", name=words))
    message = read(data)

    assert message["Subject"] == words * 3
    raw = data.partition(b"\r\nTo: ")[2].partition(b"\r\nReply-To")[0].decode("ascii")
    name = str(make_header(decode_header(raw.replace("\r\n", "")))).rpartition("<")[0].strip()
    assert name.strip('"').replace('\\"', '"') == words
    assert [a.addr_spec for a in message["To"].addresses] == ["office@state.example"]


@pytest.mark.parametrize("name", ["письмо-Щербаков.pdf", "رسالة.pdf", "信.pdf", 'a "b"; c=d.pdf'])
def test_a_file_name_in_any_script_comes_back(name: str) -> None:
    data = email_of(envelope(), subject="S", body="B", parts=(PDF._replace(name=name),))

    assert [p.get_filename() for p in read(data).iter_attachments()] == [name]


def test_no_header_line_is_longer_than_the_standard_allows_and_all_of_it_is_ascii() -> None:
    data = made("Պետքարտուղար " * 40)
    head = data.partition(b"\r\n\r\n")[0]

    assert head.isascii()
    assert max(len(line) for line in head.split(b"\r\n")) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_file_comes_back_byte_for_byte_with_its_type() -> None:
    (part,) = read(made()).iter_attachments()

    assert part.get_content_type() == "application/pdf"
    assert sha256(part.get_payload(decode=True)) == PDF.sha256  # type: ignore[arg-type]


def test_a_text_of_ours_says_its_encoding_and_a_mail_inside_stays_as_it_is() -> None:
    page = Part("letter.html", "<p>Ա</p>".encode(), "text/html", "page", True)
    mail = Part("exhibit-A.eml", b"Subject: x\n\nb\n", "message/rfc822", "exhibit")
    first, second = read(
        email_of(envelope(), subject="S", body="B", parts=(page, mail))
    ).iter_attachments()

    assert (first.get_content_type(), first.get_content_charset()) == ("text/html", "utf-8")
    assert second.get_content_type() == "application/octet-stream"
    assert second.get_payload(decode=True) == mail.data


@pytest.mark.parametrize("bad", ["\r\nBcc: spy@x.example", "\n", "\0", "\u202e", "\u2028", "\x85"])
def test_a_line_break_or_control_in_a_header_is_refused(bad: str) -> None:
    with pytest.raises(MessageError, match="control character U\\+"):
        made(f"Request{bad}")
    with pytest.raises(MessageError, match="control character U\\+"):
        made(to=Mailbox(address="office@state.example", name=f"Quill{bad}"))
    with pytest.raises(MessageError, match="control character U\\+"):
        mailbox(f"Clerk{bad} <clerk@a.example>", what="--from")
    with pytest.raises(MessageError, match="control character U\\+"):
        email_of(envelope(), subject="S", body="B", parts=(PDF._replace(name=f"a{bad}.pdf"),))


@pytest.mark.parametrize(
    "text",
    [
        "", "clerk", "clerk@", "@a.example", "a@b@c.example", "clerk @a.example", "a@a..example",
        "a@b.example, c@d.example", "<a@b.example> c@d.example", "ա@a.example", "a@b.example>",
        "x" * 250 + "@a.example", "a@-.example;rm",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(MessageError, match="write it as"):
        mailbox(text, what="--from")


def test_an_address_is_read_with_its_name_and_a_domain_in_any_script() -> None:
    assert mailbox("clerk@a.example", what="x") == Mailbox(address="clerk@a.example")
    assert mailbox('"Town, Clerk" <clerk@a.example>', what="x") == Mailbox(
        address="clerk@a.example", name="Town, Clerk"
    )
    assert mailbox("clerk@пример.example", what="x").address == "clerk@xn--e1afmkfd.example"


def test_the_date_is_the_moment_that_was_given_and_of_a_day_its_noon() -> None:
    assert read(made())["Date"].datetime == datetime(2024, 3, 11, 12, tzinfo=UTC)
    at = Moment("2024-03-11T09:30-08:00")
    assert read(made(at=at))["Date"].datetime == datetime(2024, 3, 11, 17, 30, tzinfo=UTC)


def test_the_same_message_has_the_same_bytes_and_another_dispatch_another_id() -> None:
    assert made() == made()
    one = message_id("case", "dispatch.x-1", "ab", "a.example")
    assert one == message_id("case", "dispatch.x-1", "ab", "a.example")
    assert one.endswith("@a.example>")
    others = [("other", "dispatch.x-1", "ab"), ("case", "dispatch.x-2", "ab"),
              ("case", "dispatch.x-1", "cd")]  # fmt: skip
    assert one not in {message_id(*o, "a.example") for o in others}


def test_the_letter_as_a_message_says_what_it_is_who_signed_and_how_to_check_it(
    kept: CaseFile,
) -> None:
    found = ready(kept)
    mail = mail_of(found, kept.case(), law(), sender=CLERK)
    message = read(mail.data)
    body = message.get_body()
    assert body is not None
    words = " ".join(body.get_content().split())

    assert message["Message-ID"] == mail.id
    assert message["Reply-To"] == "Clerk of the Board <clerk@alder.example>"
    assert message["Subject"] == subject_of(found.instrument)
    assert message["Subject"].endswith(f"[{found.instrument.reference}]")
    assert "Signed by all five of its signatories." in words
    assert f"gravamen verify {STATE}.pdf" in words
    assert found.manifest.digest in words
    asked = [s.text for s in found.instrument.sentences() if s.request]
    assert asked
    assert all(" ".join(text.split()) in words for text in asked)


def test_the_files_of_the_message_are_those_of_the_dispatch(kept: CaseFile) -> None:
    found = ready(kept, exhibits="all")
    mail = mail_of(found, kept.case(), law(), sender=CLERK)
    files = {
        part.get_filename(): sha256(part.get_payload(decode=True))  # type: ignore[arg-type]
        for part in read(mail.data).iter_attachments()
    }

    assert files == dict(found.dispatch.files)
    assert mail.data == mail_of(found, kept.case(), law(), sender=CLERK).data


def test_what_goes_again_answers_the_first_message(kept: CaseFile) -> None:
    case = kept.case()
    found = ready(kept)
    first = Dispatch(
        id="d.1", at=Moment("2024-03-08"), instrument=STATE, channel="email",
        address="office@state.example", message_id="<first@alder.example>",
    )  # fmt: skip
    case = msgspec.structs.replace(case, dispatches={"d.1": first})
    again = found._replace(dispatch=msgspec.structs.replace(found.dispatch, resends="d.1"))

    message = read(mail_of(again, case, law(), sender=CLERK).data)

    assert message["In-Reply-To"] == message["References"] == "<first@alder.example>"
    assert read(mail_of(found, case, law(), sender=CLERK).data)["In-Reply-To"] is None


def test_a_protected_name_in_a_header_stops_the_message(kept: CaseFile) -> None:
    with pytest.raises(ProtectedName, match="its headers"):
        mail_of(
            ready(kept), kept.case(), law(),
            sender=Mailbox(address="clerk@alder.example", name=WITNESS),
        )  # fmt: skip


@pytest.mark.parametrize(
    "boxes",
    [
        {"sender": Mailbox(address="radomir.velz@alder.example")},
        {"sender": Mailbox(address="velz@alder.example")},
        {"sender": Mailbox(address="clerk@radomir-velz.example")},
        {"sender": Mailbox(address="clerk@alder.example", name="Velz, Clerk")},
        {"sender": CLERK, "reply_to": Mailbox(address="velz.radomir@alder.example")},
        {"sender": CLERK, "reply_to": Mailbox(address="a@alder.example", name=WITNESS)},
    ],
)
def test_a_protected_name_in_an_address_of_ours_stops_the_message(
    kept: CaseFile, boxes: dict[str, Mailbox]
) -> None:
    with pytest.raises(ProtectedName, match="its headers"):
        mail_of(ready(kept), kept.case(), law(), **boxes)  # type: ignore[arg-type]  # a Mailbox each


@pytest.mark.parametrize("copied", [False, True])
def test_a_protected_name_in_the_address_of_an_office_stops_the_message(
    kept: CaseFile, copied: bool
) -> None:
    found = ready(kept)
    other = msgspec.structs.replace(found.dispatch, address="radomir.velz@office.example")
    to, copies = found, [found._replace(dispatch=other)]
    if not copied:
        to, copies = copies[0], []

    with pytest.raises(ProtectedName, match="its headers"):
        mail_of(to, kept.case(), law(), sender=CLERK, copies=copies)
