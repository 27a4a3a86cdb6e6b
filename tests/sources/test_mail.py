"""An e-mail gives its headers and its body as text, and its attachments as sources."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from gravamen.sources import Captured, Limits, SourceError, capture


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Received"] = "from a.example by b.example; Thu, 4 Mar 2021 10:00:00 +0000"
    message["DKIM-Signature"] = "v=1; d=norrland.example; b=abc"
    message["From"] = "Zoë Amar <zoe@norrland.example>"
    message["To"] = "Board <board@alder.example>"
    message["Subject"] = "Die fünf Männer"
    message["Date"] = "Thu, 4 Mar 2021 10:00:00 +0000"
    message["Message-ID"] = "<1@norrland.example>"
    return message


def taken(message: EmailMessage | bytes, limits: Limits | None = None) -> Captured:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return capture(data, id="s.mail", name="letter.eml", limits=limits or Limits())


def notices(captured: Captured) -> dict[str, str]:
    return {notice.id: notice.message for notice in captured.source.notices}


def test_headers_and_body_are_text_and_what_a_reader_is_not_shown_is_a_layer() -> None:
    message = letter()
    message.set_content("They were taken.\nAll five.\n")
    captured = taken(message)
    assert captured.text.text == (
        "From: Zoë Amar <zoe@norrland.example>\nTo: Board <board@alder.example>\n"
        "Subject: Die fünf Männer\nDate: Thu, 04 Mar 2021 10:00:00 +0000\n"
        "Received: from a.example by b.example; Thu, 4 Mar 2021 10:00:00 +0000\n"
        "DKIM-Signature: v=1; d=norrland.example; b=abc\nMessage-ID: <1@norrland.example>\n"
        'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 7bit\n'
        "MIME-Version: 1.0\n\nThey were taken.\nAll five.\n"
    )
    (layer,) = captured.text.layers
    assert layer.kind == "header"
    assert captured.text.text[layer.start : layer.end].startswith("Received:")
    assert captured.text.text[layer.start : layer.end].endswith("MIME-Version: 1.0\n")
    assert captured.source.media_type == "message/rfc822"
    assert captured.text.extractor == "gravamen.eml"
    assert captured.source.notices == ()


def test_of_two_versions_the_plain_one_is_taken_and_other_words_of_the_page_are_said() -> None:
    message = letter()
    message.set_content("Five men were taken.")
    message.add_alternative("<p>Five <b>men</b> were taken.<!-- x --></p>", subtype="html")
    assert notices(taken(message)) == {}

    message = letter()
    message.set_content("Five men were taken.")
    message.add_alternative("<p>Five men were beaten and taken.</p>", subtype="html")
    captured = taken(message)
    assert captured.text.text.endswith("\n\nFive men were taken.\n")
    assert (
        "words that the plain text has not (beaten, and)" in (notices(captured)["html-alternative"])
    )
    assert captured.children == ()


def test_a_mail_that_is_only_a_page_is_read_as_a_page() -> None:
    message = letter()
    message.set_content("<p>Five men<span hidden>, no six</span></p><p>taken</p>", subtype="html")
    captured = taken(message)
    assert captured.text.text.endswith("\n\nFive men\n, no six\n\ntaken")
    hidden = captured.text.layers[-1]
    assert (hidden.kind, captured.text.text[hidden.start : hidden.end]) == ("hidden", ", no six")


def test_attachments_are_captured_in_turn_and_one_that_cannot_be_read_is_kept() -> None:
    inner = letter()
    inner.set_content("The first letter.")
    inner.add_attachment(b"a;b\r\n", maintype="text", subtype="csv", filename="list.csv")
    message = letter()
    message.set_content("See below.")
    message.add_attachment(inner)
    message.add_attachment(
        b"\x89PNG\r\n\x1a\n\0", maintype="image", subtype="png", filename="map.png"
    )
    message.add_attachment(b"", maintype="text", subtype="plain", filename="empty.txt")

    first, picture, empty = taken(message).children

    assert (first.source.id, first.source.media_type) == ("s.mail.1", "message/rfc822")
    assert first.text.text.endswith("The first letter.\n")
    assert first.data == inner.as_bytes()
    assert [c.source.id for c in first.children] == ["s.mail.1.1"]
    assert first.children[0].data == b"a;b\r\n"
    assert first.children[0].source.parent == "s.mail.1"
    assert (picture.source.media_type, picture.text.text) == ("image/png", "")
    assert picture.data == b"\x89PNG\r\n\x1a\n\0"
    assert "map.png is a PNG picture" in notices(picture)["not-read"]
    assert notices(empty) == {"not-read": "empty.txt is empty (0 bytes); fetch it again."}


def test_an_attached_mail_keeps_its_bytes_whatever_its_line_ends() -> None:
    inner = letter()
    inner["X-Long"] = "word " * 60
    inner.set_content("x")
    message = letter()
    message.set_content("See below.")
    message.add_attachment(inner)
    data = message.as_bytes(policy=SMTP)
    (child,) = taken(data).children
    assert child.data in data
    assert "not-exact" not in notices(taken(data))


def test_attachments_count_under_the_origin_of_the_mail() -> None:
    message = letter()
    message.set_content("x")
    message.add_attachment(b"report", maintype="text", subtype="plain", filename="r.txt")
    data = message.as_bytes()
    alone = capture(data, id="s.mail", name="m.eml", retrieved="2021-03-05", language="en")
    wire = capture(data, id="s.mail", name="m.eml", origin="o.wire")
    assert alone.children[0].source.origin_group == "s.mail"
    assert alone.children[0].source.retrieved == "2021-03-05"
    assert wire.children[0].source.origin_group == "o.wire"


def test_the_name_of_an_attachment_is_only_a_name() -> None:
    message = letter()
    message.set_content("x")
    for name in ("../../etc/cron.d/x", "C:\\temp\\b.txt"):
        message.add_attachment(b"hello", maintype="text", subtype="plain", filename=name)
    captured = taken(message)
    assert [c.source.name for c in captured.children] == ["x", "b.txt"]
    assert "name-changed" in notices(captured)


def test_words_in_other_encodings_are_read_and_false_declarations_said() -> None:
    head = b"From: =?koi8-r?B?88XXxdLTyw==?= <a@b.example>\nMessage-ID: <1@b>\n"
    head += b"Content-Type: text/plain; "
    good = taken(head + b"charset=koi8-r\n\n" + "Северск".encode("koi8-r"))
    assert good.text.text.startswith("From: Северск <a@b.example>\n")
    assert good.text.text.endswith("\n\nСеверск")
    false = taken(head + b"charset=klingon\n\n" + "Zürich".encode())
    assert false.text.text.endswith("Zürich")
    assert "declares the encoding 'klingon'" in notices(false)["charset-misdeclared"]


HEAD = b"From: a@b.example\nMessage-ID: <1@b>\nMIME-Version: 1.0\n"


def nested(levels: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels)
    )
    return HEAD + head + b"Content-Type: text/plain\n\nend\n"


@pytest.mark.parametrize(
    "data",
    [
        nested(5000),
        nested(600),
        HEAD + b"Content-Type: message/rfc822\n\n" * 3000 + b"\nend",
        HEAD + b"To: " + b"(" * 100_000 + b"\n\nbody",
        HEAD + b"To: " + b"a@b.example, " * 50_000 + b"\n\nbody",
        HEAD + b"Content-Type: text/plain; " + b"a=b;" * 100_000 + b"\n\nbody",
        HEAD + b"Content-Disposition: attachment; filename*0*=''%ff; filename*0=x\n\nbody",
        HEAD + b"Content-Type: multipart/mixed\n\nno boundary",
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nnever closed',
        HEAD + b"Content-Transfer-Encoding: base64\n\n!!!not base64",
        HEAD + b"Subject: =?utf-8?B?////?= =?idna?Q?x?= =?utf-8?Q?=zz?=\n\nbody",
        HEAD + b"Subject: \xff\xfe raw bytes\n\nbody",
        HEAD + b"\n",
        HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 100_000,
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 3000,
    ],
    ids=range(15),
)
def test_hostile_mails_give_a_text_or_a_clear_error_in_time(data: bytes) -> None:
    try:
        captured = taken(data, Limits(worker_seconds=10))
    except SourceError as error:
        assert str(error).startswith("letter.eml ")
        assert "Traceback" not in str(error)
    else:
        assert captured.text.text.startswith("From: a@b.example\n")


def test_a_header_that_only_a_hostile_mail_has_is_refused_at_once() -> None:
    data = HEAD + b"Content-Type: text/plain; " + b"a=b;\n " * 10_000 + b"\n\nbody"
    with pytest.raises(SourceError, match="has a header of more than 20000 characters"):
        taken(data)


def test_mails_within_mails_are_read_to_a_depth_and_kept_beyond_it() -> None:
    message = letter()
    message.set_content("innermost")
    for _ in range(4):
        outer = letter()
        outer.set_content("around")
        outer.add_attachment(message)
        message = outer
    captured = taken(message, Limits(depth=2))
    last = captured.children[0].children[0].children[0]
    assert last.text.extractor == "gravamen.none"
    assert "lies deeper than 2 files within files" in notices(last)["not-read"]
    assert b"innermost" in last.data


def test_departures_from_the_standard_are_said() -> None:
    data = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nnever closed'
    assert "mail-defects" in notices(taken(data))


PGP = b"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n\n-----BEGIN PGP\n--b--\n"


def test_words_around_the_parts_which_no_program_shows_are_hidden_text() -> None:
    data = HEAD + (
        b"Content-Type: multipart/mixed; boundary=b\n\nBefore the parts.\n--b\n\nshown\n--b--\n"
        b"After them.\n"
    )
    captured = taken(data)
    text = captured.text.text
    hidden = [text[x.start : x.end] for x in captured.text.layers if x.kind == "hidden"]
    assert hidden == ["Before the parts.", "After them."]
    usual = data.replace(b"Before the parts.", b"This is a multi-part message in MIME format.")
    assert "multi-part" not in taken(usual).text.text


@pytest.mark.parametrize(
    "sealed",
    [
        b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIIB\n",
        b"Content-Type: multipart/encrypted; boundary=b\n\n" + PGP,
    ],
    ids=["s-mime", "pgp"],
)
def test_an_encrypted_mail_is_said_to_be_that(sealed: bytes) -> None:
    assert "open it in the mail program" in notices(taken(HEAD + sealed))["encrypted"]


def test_header_bytes_in_no_known_encoding_are_said() -> None:
    captured = taken(HEAD + "Subject: Überfall\n\nbody".encode("latin-1"))
    assert "UndecodableHeader" in notices(captured)["mail-defects"]
    assert notices(taken(HEAD + "Subject: Überfall\n\nbody".encode())) == {}
