"""Annotations: every quote of a case as a W3C Web Annotation, with who says it and about what."""

from typing import Any

from gravamen.case import Case
from gravamen.checks.permitted import content
from gravamen.claims import Claim, origin_of
from gravamen.instruments.outgoing import Outgoing
from gravamen.instruments.wording import capital, speaker
from gravamen.sources.annotation import annotation, named_by
from gravamen.values import digest

VOCABULARY = "urn:gravamen:claim:1#"
_ANNO = "http://www.w3.org/ns/anno.jsonld"


def annotations(out: Outgoing) -> dict[str, Any]:
    """Return the quotes that go out as one AnnotationCollection (W3C Web Annotation Data Model).

    Each target is named by the digest of the source's bytes and selected by quote, position and,
    where there are pages, page; positions count code points of the text whose digest stands beside
    them. Each body says the fact in words and, under the prefix `gravamen`, the claim: speaker, who
    relayed it, how it is known, whether it affirms, denies or qualifies, and its origin. Claims
    that are withheld are counted, and named by their commitments.
    """
    items = [_annotation(out, claim) for claim in out.open]
    identity = named_by(digest([out.case.id, out.party, [i["id"] for i in items]]))
    collection: dict[str, Any] = {
        "@context": [_ANNO, {"gravamen": VOCABULARY}],
        "id": identity,
        "type": "AnnotationCollection",
        "label": out.case.title,
        "total": len(items),
        "gravamen:withheld": list(out.commitments),
    }
    if items:
        collection["first"] = {
            "id": f"{identity}#page-1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        }
    return collection


def _annotation(out: Outgoing, claim: Claim) -> dict[str, Any]:
    case = out.case
    source = case.sources[claim.passage.source]
    made = annotation(out.surrounded(claim.passage), source)
    del made["@context"]  # that of the collection holds for all of them
    text = case.texts.get(source.id)
    if text is not None:
        made["target"] |= {
            "gravamen:textSha256": text.sha256,
            "gravamen:extractor": f"{text.extractor} {text.version}",
        }
    return made | {
        "id": named_by(case.version(claim.id)),
        "motivation": "describing",
        "body": [*_translated(claim), _described(out, claim)],
    }


def _beside(case: Case, about: str) -> str:
    """What a claim is about that is about no allegation: a party, or a line of assistance."""
    return f"about {case.parties[about].name}" if about in case.parties else "about assistance"


def _described(out: Outgoing, claim: Claim) -> dict[str, Any]:
    """The claim as the body of an annotation; what is unknown is left out."""
    case = out.case
    about = case.allegations.get(claim.about)
    fact = content(case, about) if about else _beside(case, claim.about)
    through = [case.parties[v].name if v in case.parties else v for v in claim.relayed_by]
    known = {
        "gravamen:claim": claim.id,
        "gravamen:about": claim.about,
        "gravamen:speaker": capital(speaker(case, claim)),
        "gravamen:relayedBy": through,
        "gravamen:mode": claim.mode,
        "gravamen:stance": claim.stance,
        "gravamen:origin": origin_of(claim, case.sources),
        "gravamen:saidOn": claim.said_on,
        "gravamen:withdrawn": claim.withdrawn,
        "gravamen:proposedBy": None if case.reviewed(claim.id) else case.proposed_by[claim.id],
    }
    return {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "language": case.language,
        "value": capital(fact),
        **{key: value for key, value in known.items() if value not in (None, [])},
    }


def _translated(claim: Claim) -> list[dict[str, Any]]:
    if not claim.translation:
        return []
    body = {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "value": claim.translation,
        "gravamen:translator": claim.translator,
    }
    return [{key: value for key, value in body.items() if value is not None}]
