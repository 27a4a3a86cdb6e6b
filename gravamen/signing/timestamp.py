"""Timestamp: an authority that says at what time it saw a signature (RFC 3161)."""

import asyncio
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urlsplit

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from gravamen.values import GravamenError

AUTHORITY_TIMEOUT_S = 10
_LARGEST_ANSWER_BYTES = 256 * 1024


class Authority(TimeStamper):
    """A timestamp authority at an address; it is asked at each signature, and nobody else is.

    It learns the digest of the signature, and nothing of what is signed.
    """

    def __init__(self, url: str, *, timeout_s: float = AUTHORITY_TIMEOUT_S) -> None:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise GravamenError(
                f"{url!r} is no address of a timestamp authority; write it whole, as "
                "https://time.example.org/tsr."
            )
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
        self.url = url
        self._timeout_s = timeout_s

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req.dump())

    def _ask(self, question: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(
            self.url,
            data=question,
            headers={"Content-Type": "application/timestamp-query"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_s) as answer:
                data = answer.read(_LARGEST_ANSWER_BYTES + 1)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise TimestampRequestError(f"it cannot be reached: {reason}") from error
        if len(data) > _LARGEST_ANSWER_BYTES:
            raise TimestampRequestError("its answer is longer than any timestamp")
        try:
            found = tsp.TimeStampResp.load(data, strict=True)
            found["status"].native  # noqa: B018  # reading it is what shows whether it can be read
        except ValueError as error:
            raise TimestampRequestError("its answer is no timestamp") from error
        return found
