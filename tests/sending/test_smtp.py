"""Tests of sending/smtp.py: what is known of a message after a server was given it."""

import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gravamen.sending.smtp import Outcome, ServerError, connected, server, submit
from tests.sending.servers import Server, Speaking, free_port, running, speaking

MESSAGE = b"Subject: x\r\n\r\nLine\r\n.\r\n..two dots\r\nend\r\n"
MAIN, COPY = "office@state.example", "copy@house.example"
SENDER = "clerk@alder.example"


def handed(to: Server | Speaking, *recipients: str, timeout_s: float = 5.0) -> tuple[Outcome, ...]:
    with connected(server(f"smtp://127.0.0.1:{to.port}", timeout_s=timeout_s)) as talk:
        return submit(talk, MESSAGE, sender=SENDER, recipients=recipients or (MAIN,))


def test_an_accepted_message_arrives_byte_for_byte_and_its_answer_is_kept() -> None:
    with running(Server()) as here:
        (found,) = handed(here)

    assert found == Outcome(recipient=MAIN, state="accepted", answer="250 2.0.0 Ok: queued as 4F1C")
    assert [e.content for e in here.got] == [MESSAGE]
    assert here.got[0].mail_from == SENDER


def test_a_refused_recipient_gets_nothing_and_the_words_of_the_server_are_kept() -> None:
    with running(Server(recipients={MAIN: "550 5.1.1 no such user"})) as here:
        (found,) = handed(here)

    assert found == Outcome(recipient=MAIN, state="refused", answer="550 5.1.1 no such user")
    assert here.got == []


def test_a_refused_copy_does_not_stop_the_letter() -> None:
    with running(Server(recipients={COPY: "550 no"})) as here:
        found = handed(here, MAIN, COPY)

    assert [(o.recipient, o.state) for o in found] == [(MAIN, "accepted"), (COPY, "refused")]
    assert [e.rcpt_tos for e in here.got] == [[MAIN]]


def test_a_refused_addressee_stops_the_copies_too() -> None:
    with running(Server(recipients={MAIN: "550 no"})) as here:
        found = handed(here, MAIN, COPY)

    assert [o.state for o in found] == ["refused", "refused"]
    assert "the addressee was refused (550 no)" in found[1].answer
    assert here.got == []


def test_a_message_refused_after_it_was_read_is_refused() -> None:
    with running(Server(answer="554 5.7.1 not wanted")) as here:
        (found,) = handed(here)

    assert (found.state, found.answer) == ("refused", "554 5.7.1 not wanted")


def test_silence_after_the_message_leaves_open_whether_it_went() -> None:
    with running(Server(hang="DATA")) as here:
        (found,) = handed(here, timeout_s=0.3)

    assert (found.state, found.answer) == ("not-known", "no answer within the time")


def test_a_server_gone_after_the_message_leaves_open_whether_it_went() -> None:
    with running(Server(drop=True)) as here:
        (found,) = handed(here)

    assert found.state == "not-known"
    assert len(here.got) == 1


def test_silence_before_the_message_is_a_refusal_for_nothing_went() -> None:
    with running(Server(hang="RCPT")) as here:
        (found,) = handed(here, timeout_s=0.3)

    assert (found.state, found.answer) == ("refused", "no answer within the time")
    assert here.got == []


def test_several_messages_go_over_one_connection_after_one_was_refused() -> None:
    with (
        running(Server(recipients={"no@x.example": "550 no"})) as here,
        connected(server(f"smtp://127.0.0.1:{here.port}")) as talk,
    ):
        first = submit(talk, MESSAGE, sender=SENDER, recipients=["no@x.example"])
        second = submit(talk, MESSAGE, sender=SENDER, recipients=[MAIN])

    assert [o.state for o in (*first, *second)] == ["refused", "accepted"]


def test_a_message_larger_than_the_server_takes_is_refused_before_it_goes() -> None:
    with running(Server(), data_size_limit=10) as here:
        (found,) = handed(here)

    assert found.state == "refused"
    assert here.got == []


def test_a_server_that_is_not_there_is_named_and_nothing_was_sent() -> None:
    port = free_port()
    with (
        pytest.raises(ServerError, match=f":{port} does not answer .* nothing was sent"),
        connected(server(f"smtp://127.0.0.1:{port}")),
    ):
        pass


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://x", "smtp://", "smtp://h:99999", "smtp://h/path", "smtp://h?x=1", ""],
)
def test_what_is_no_server_is_refused_with_how_to_write_one(url: str) -> None:
    with pytest.raises(ServerError, match="no address of a mail server"):
        server(url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ServerError) as error:
        server("smtp://clerk:hunter2@mail.example")
    assert "hunter2" not in str(error.value)
    with pytest.raises(ServerError) as other:
        server("smtp://clerk:hunter2@mail.example/path")
    assert "hunter2" not in str(other.value)
    with pytest.raises(ServerError, match="--password-file"):
        server("smtp://clerk@mail.example")


def test_only_this_machine_is_spoken_to_in_the_clear() -> None:
    found = {
        url: server(url).security
        for url in ("smtp://127.0.0.1", "smtp://localhost:25", "smtp://mail.example", "smtps://h")
    }
    assert list(found.values()) == ["plain", "plain", "starttls", "tls"]
    assert (server("smtp://m.example").port, server("smtps://m.example").port) == (587, 465)


class _Doorkeeper:
    """Lets the clerk in who knows the word."""

    def __call__(
        self, _: object, __: object, ___: object, mechanism: str, data: object
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and data == LoginPassword(b"clerk", b"word")
        return AuthResult(success=known, handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.alder.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def _guarded(certificate: Path) -> dict[str, object]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return {
        "tls_context": context, "require_starttls": True, "auth_required": True,
        "authenticator": _Doorkeeper(),
    }  # fmt: skip


def test_a_password_goes_over_tls_alone_to_a_server_that_somebody_vouches_for(
    certificate: Path,
) -> None:
    with running(Server(), **_guarded(certificate)) as here:
        url = f"smtp://clerk@127.0.0.1:{here.port}"
        with connected(server(url, password="word", ca=certificate)) as talk:
            (found,) = submit(talk, MESSAGE, sender=SENDER, recipients=[MAIN])
        assert found.state == "accepted"

        with (
            pytest.raises(ServerError, match="cannot be spoken to safely"),
            connected(server(url, password="word")),
        ):
            pass
        with (
            pytest.raises(ServerError, match="refuses the user 'clerk'"),
            connected(server(url, password="wrong", ca=certificate)),
        ):
            pass
    assert len(here.got) == 1


def test_a_server_that_offers_no_starttls_gets_nothing_where_it_is_not_this_machine() -> None:
    with running(Server()) as here:
        asked = server(f"smtp://127.0.0.1:{here.port}")
        with (
            pytest.raises(ServerError, match="cannot do what is needed"),
            connected(type(asked)(host="127.0.0.1", port=here.port, security="starttls")),
        ):
            pass
    assert here.got == []


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (b"250 2.0.0 queued\r\n", "accepted"),
        (b"250-2.0.0 queued\r\n250 as 4F1C\r\n", "accepted"),
        (b"451 4.3.0 later\r\n", "refused"),
        (b"554 5.7.1 no\r\n", "refused"),
        (b"\xff\xfe\x00 nonsense\r\n", "not-known"),
        (b"nonsense\r\n", "not-known"),
        (b"250ok\r\n", "not-known"),
        (b"251 ok\r\n", "not-known"),
        (b"252 perhaps\r\n", "not-known"),
        (b"354 more\r\n", "not-known"),
        (b"250-ok\r\n550 no\r\n", "not-known"),
        (b"250 ok\r\n550 not really\r\n", "not-known"),
    ],
)
def test_only_a_plain_250_is_a_yes_and_only_4xx_and_5xx_a_no(end: bytes, state: str) -> None:
    with speaking(end=end) as here:
        (found,) = handed(here)

    assert found.state == state
    assert len(here.got) == 1


def test_an_answer_before_the_end_of_the_message_is_no_acceptance() -> None:
    with speaking(start=b"354 go on\r\n250 2.0.0 queued\r\n") as here:
        (found,) = handed(here)

    assert found.state == "refused"
    assert "answered before it was asked (250 2.0.0 queued)" in found.answer
    assert here.got == []


def test_after_an_answer_out_of_turn_nothing_more_goes_over_that_line() -> None:
    with (
        speaking(start=b"354 go on\r\n250 early\r\n") as here,
        connected(server(f"smtp://127.0.0.1:{here.port}")) as talk,
    ):
        submit(talk, MESSAGE, sender=SENDER, recipients=[MAIN])
        (second,) = submit(talk, MESSAGE, sender=SENDER, recipients=[COPY])

    assert (second.state, second.answer) == ("refused", "the connection is closed")
    assert here.got == []


def test_a_server_that_takes_data_for_done_gets_no_message() -> None:
    with speaking(start=b"250 ok whatever\r\n") as here:
        (found,) = handed(here)

    assert (found.state, found.answer) == ("refused", "250 ok whatever")
    assert here.got == []


def test_what_a_server_says_is_kept_to_a_thousand_signs_that_can_be_seen() -> None:
    with speaking(end=b"250 ok \x1b[31m\xe2\x80\xae" + b"Q" * 5000 + b"\r\n") as here:
        (found,) = handed(here)

    assert found.state == "accepted"
    assert len(found.answer) < 1010
    assert found.answer.isprintable()
    assert found.answer.endswith("QQ…")


def test_an_answer_without_end_is_cut_off() -> None:
    with speaking(end=b"".join(b"250-%d\r\n" % n for n in range(20_000))) as here:
        (found,) = handed(here)

    assert (found.state, found.answer) == ("not-known", "an answer longer than 64 KiB")


def test_a_greeting_that_drips_is_given_no_more_than_the_time() -> None:
    dripping = (b"220-x\r\n",) * 20
    with (
        speaking(greeting=dripping, pause_s=0.1) as here,
        pytest.raises(ServerError, match="no answer within the time"),
        connected(server(f"smtp://127.0.0.1:{here.port}", timeout_s=0.3)),
    ):
        pass
