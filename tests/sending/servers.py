"""Mail servers on this machine that behave, refuse, fall silent or go away."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Server:
    """What a server answers, and what it was given.

    Args:
        recipients: the answer to each recipient; "250 OK" to all others.
        answer: the answer after the message.
        hang: the verb at which it falls silent; `drop`: whether it goes away after the message.
    """

    def __init__(
        self,
        *,
        recipients: dict[str, str] | None = None,
        answer: str = "250 2.0.0 Ok: queued as 4F1C",
        hang: str | None = None,
        drop: bool = False,
    ) -> None:
        self._recipients, self._answer = recipients or {}, answer
        self._hang, self._drop = hang, drop
        self.got: list[Envelope] = []
        self.port = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self._wait("RCPT")
        answer = self._recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.got.append(envelope)
        if self._drop:
            assert server.transport is not None
            server.transport.abort()
        await self._wait("DATA")
        return self._answer

    async def _wait(self, verb: str) -> None:
        if self._hang == verb:
            await asyncio.sleep(3)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running(server: Server, **options: Any) -> Iterator[Server]:
    """A server that listens on this machine."""
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    server.port = controller.port
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def speaking(
    *,
    greeting: tuple[bytes, ...] = (b"220 here\r\n",),
    start: bytes = b"354 go on\r\n",
    end: bytes = b"250 ok\r\n",
    pause_s: float = 0.0,
) -> Iterator["Speaking"]:
    """A server that says to the letter what it is told to, whatever the standard says.

    Args:
        greeting: pieces, with a pause before each but the first.
        start: the answer to DATA; `end` that after the message.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Speaking(listening.getsockname()[1])
        speaker = threading.Thread(
            target=_speak, args=(listening, found, greeting, start, end, pause_s), daemon=True
        )
        speaker.start()
        yield found
    speaker.join(timeout=5)


class Speaking:
    """Where such a server listens, and the messages that it read to their end."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.got: list[bytes] = []


def _speak(
    listening: socket.socket,
    found: Speaking,
    greeting: tuple[bytes, ...],
    start: bytes,
    end: bytes,
    pause_s: float,
) -> None:
    with suppress(OSError):
        line, _ = listening.accept()
        with line, line.makefile("rb") as heard:
            for number, piece in enumerate(greeting):
                time.sleep(pause_s if number else 0)
                line.sendall(piece)
            for asked in heard:
                if asked[:4].upper() != b"DATA":
                    line.sendall(b"250 ok\r\n")
                    continue
                line.sendall(start)
                if not start.startswith(b"354"):
                    continue
                message = b"".join(iter(heard.readline, b".\r\n"))
                if message.endswith(b"end\r\n"):
                    found.got.append(message)
                line.sendall(end)
