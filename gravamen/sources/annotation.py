"""Annotations: a passage as W3C JSON-LD, for the tools of others."""

import base64
from typing import Any

from gravamen.sources.source import Passage, Source
from gravamen.values import digest

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# What the Web Annotation Data Model (W3C, 23 February 2017, 4.2.1) names for pages of a PDF.
_PAGES = "http://tools.ietf.org/rfc/rfc3778"


def annotation(passage: Passage, source: Source | None = None) -> dict[str, Any]:
    """Return a passage as a W3C Web Annotation: quote, position and, in a PDF, the page.

    Offsets count Unicode code points of the extracted text, as the TextPositionSelector asks.

    Args:
        source: where given, the target is named by the digest of its bytes (RFC 6920) and its
            address, else by its id in the case.
    """
    quote = {"type": "TextQuoteSelector", "exact": passage.exact}
    quote |= {"prefix": passage.prefix} if passage.prefix else {}
    quote |= {"suffix": passage.suffix} if passage.suffix else {}
    selectors: list[dict[str, Any]] = [
        quote,
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
    ]
    if passage.page is not None:
        page = {"type": "FragmentSelector", "conformsTo": _PAGES, "value": f"page={passage.page}"}
        selectors.append(page)
    target: dict[str, Any] = {
        "source": named_by(source.sha256) if source else passage.source,
        "selector": selectors,
    }
    if source and source.url:
        target["scope"] = source.url
    return {
        "@context": _CONTEXT,
        "id": named_by(digest(passage)),
        "type": "Annotation",
        "motivation": "identifying",
        "target": target,
    }


def named_by(sha256: str) -> str:
    """Return the name of bytes by their digest, as RFC 6920 writes it ("ni:///sha-256;…")."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
