"""Checks of sentences and of the shape of instruments: bound, of one kind, current, in form."""

import re
from collections.abc import Iterator

from gravamen.checks.asked import Asked, Placed
from gravamen.checks.figures import figures
from gravamen.checks.flag import Found, Severity, check
from gravamen.checks.lists import unquoted
from gravamen.sentences import Block, Instrument

_ASKS = re.compile(
    r"\b(?:we|the\s+(?:board|council|assembly|parliament|body|undersigned)|I)\s+"
    r"(?:ask|asks|urge|urges|request|requests|call|calls\s+on|demand|demands|petition|petitions)\b",
    re.IGNORECASE,
)
_WHEREAS = re.compile(r"^[ \t]*(?P<clause>WHEREAS\b.*)$", re.MULTILINE)
_WHEREAS_ANY = re.compile(r"whereas\b", re.IGNORECASE)
# What a body's own rules allow, as far as it was read: words, rule, how grave.
_LIMITS: dict[str, tuple[int, str, Severity]] = {
    "european-parliament": (
        500,
        "Rules of Procedure of the European Parliament, Rule 144 in the ninth term",
        "blocks",
    ),
}
_NO_NAME = ("", "requesting body")  # what stands where nobody told who asks
LETTER_WORDS = 1200  # two pages; our own measure, no rule
PAGE_WORDS = LETTER_WORDS // 2
REASONS_CHARS = 1000  # what the published ones have about the middle of; no rule
_ONE_PAGE = ("summary", "context")


@check("blocks", of=("instruments",), remedy="Bind it to the claim that it rests on, or delete it.")
def sentence_unbound(q: Asked) -> Iterator[Found]:
    """A sentence alleges something and no claim in the record bears it."""
    for p in q.drafted:
        sentence = p.sentence
        gone = [b.claim for b in sentence.bindings if b.claim not in q.case.claims]
        rejected = [b.claim for b in sentence.bindings if not q.stands(b.claim)]
        if gone or rejected:
            why = "is not in the record" if gone else "was rejected"
            yield Found(
                message=f"The sentence is bound to claim {(gone or rejected)[0]!r}, which {why}.",
                where=p.where,
                instrument=p.instrument.id,
            )
        elif not sentence.bindings and _must_be_bound(p.sentence.kind, sentence.request):
            yield Found(
                message=f"This {sentence.kind} has no claim: “{_short(sentence.text)}”.",
                where=p.where,
                instrument=p.instrument.id,
            )
        elif not sentence.bindings and p.section == "incidents" and sentence.kind == "argument":
            yield Found(
                message=f"This sentence about an incident has no source: "
                f"“{_short(sentence.text)}”.",
                where=p.where,
                instrument=p.instrument.id,
            )
        elif figure := _bare_figure(p):
            yield Found(
                message=f"This figure has no claim: “{figure}”.",
                where=p.where,
                instrument=p.instrument.id,
            )
        elif sentence.quotes and not sentence.bindings:
            yield Found(
                message=f"This quotation has no claim: “{_short(sentence.quotes[0])}”.",
                where=p.where,
                instrument=p.instrument.id,
            )


def _bare_figure(p: Placed) -> str | None:
    """The first figure of an argument that rests on nothing; those of a law have its cite, and
    what a section on law counts are the things that the law asks."""
    sentence = p.sentence
    if sentence.kind != "argument" or p.section == "legal":
        return None
    if sentence.bindings or sentence.authority:
        return None
    found = figures(unquoted(sentence.text))
    return next((f.words for f in found if f.said.value > 1 and f.said.unit), None)


def _must_be_bound(kind: str, request: str | None) -> bool:
    return kind == "allegation" or (kind == "context" and request is None)


@check("blocks", of=("instruments",), remedy="Read what changed and write the sentence anew.")
def sentence_stale(q: Asked) -> Iterator[Found]:
    """A claim has changed since the sentence that rests on it was written."""
    for p in q.drafted:
        for binding in p.sentence.bindings:
            claim = q.case.claims.get(binding.claim)
            if claim is None or binding.version == q.version(binding.claim):
                continue
            changed = ""
            if not binding.withheld and binding.quote != claim.passage.exact:
                changed = (
                    f": it was “{_short(binding.quote)}” and is “{_short(claim.passage.exact)}”"
                )
            yield Found(
                message=f"Claim {claim.id} has changed since this sentence was written{changed}.",
                where=p.where,
                instrument=p.instrument.id,
            )


@check(
    "warning",
    of=("case", "instruments"),
    remedy="Split it: ask in one sentence, allege in another, each with its own source.",
)
def mixed_kinds(q: Asked) -> Iterator[Found]:
    """One sentence asks and alleges at once."""
    if not q.instruments:
        yield from _asking_and_alleging(q)
        return
    for p in q.outgoing:
        sentence = p.sentence
        if sentence.kind == "request" and (sentence.bindings or sentence.allegations):
            yield Found(
                message=f"This request rests on claims, as an allegation does: "
                f"“{_short(sentence.text)}”.",
                where=p.where,
                instrument=p.instrument.id,
            )
        elif sentence.kind in ("allegation", "context") and _ASKS.search(unquoted(sentence.text)):
            yield Found(
                message=f"This {sentence.kind} asks for something: “{_short(sentence.text)}”.",
                where=p.where,
                instrument=p.instrument.id,
            )


def _asking_and_alleging(q: Asked) -> Iterator[Found]:
    """Sentences of the body's own text in which a request and an allegation both stand."""
    asking: dict[int, list[str]] = {}
    for request in q.requests:
        number = q.motion_sentence(request.passage)
        if number is not None:
            asking.setdefault(number, []).append(request.id)
    alleging: dict[int, list[str]] = {}
    for claim in q.claims:
        number = q.motion_sentence(claim.passage)
        if number in asking:
            alleging.setdefault(number, []).append(claim.about)
    for number, requests in asking.items():
        if number in alleging:
            alleged = ", ".join(dict.fromkeys(alleging[number]))
            yield Found(
                message=f"One sentence asks ({', '.join(requests)}) and alleges ({alleged}): "
                f"“{_short(q.motion[number].text)}”.",
                where=q.motion[number].where,
            )


@check("warning", of=("case", "instruments"), remedy="One fact, attributed, to each clause.")
def preamble_form(q: Asked) -> Iterator[Found]:
    """A clause of the preamble ends with a full stop, lacks its “Whereas”, or holds two facts."""
    if not q.instruments:
        for number, match in enumerate(_WHEREAS.finditer(q.motion_text), 1):
            if match["clause"].rstrip().endswith("."):
                yield Found(
                    message=f"Clause {number} of the preamble ends with a full stop.",
                    where=f"{q.case.motion}, character {match.start()}",
                    hint="End it with a semicolon; no full stop stands in a preamble.",
                )
        return
    for instrument in q.instruments:
        if instrument.kind == "motion" and instrument.style == "resolution":
            yield from _clauses(instrument)


def _clauses(instrument: Instrument) -> Iterator[Found]:
    blocks = [b for s in instrument.sections for b in s.blocks if isinstance(b, Block)]
    for number, block in enumerate((b for b in blocks if b.style == "whereas"), 1):
        if not block.sentences:
            continue
        wrong = []
        if block.sentences[-1].text.rstrip().endswith("."):
            wrong.append("ends with a full stop")
        opening = f"{block.label or ''} {block.sentences[0].text}".strip()
        if not _WHEREAS_ANY.match(opening):
            wrong.append("lacks “Whereas”")
        if len(block.sentences) > 1 or len(block.sentences[0].allegations) > 1:
            wrong.append("holds two facts")
        if wrong:
            yield Found(
                message=f"Clause {number} of the preamble {', '.join(wrong)}.",
                where=f"{block.sentences[0].id} of {instrument.id}",
                instrument=instrument.id,
            )


@check(
    "warning",
    of=("instruments",),
    remedy="Cut context first, repetitions next, the names of persons never.",
)
def over_length(q: Asked) -> Iterator[Found]:
    """The text is longer than its body's rules, or an official's patience, allow."""
    kind = _ruled_by(q)
    for dossier in q.dossiers:
        yield from _long_sections(q, dossier)
    for instrument in q.instruments:
        words = sum(len(s.text.split()) for s in instrument.sentences())
        if instrument.kind == "motion" and kind in _LIMITS:
            limit, rule, severity = _LIMITS[kind]
            said = f"the body allows {limit} ({rule})"
        elif instrument.kind in ("letter", "summary"):
            limit, severity = LETTER_WORDS, "warning"
            said = f"two pages hold about {limit} (our own measure, no rule)"
        else:
            continue
        if words > limit:
            yield Found(
                message=f"{instrument.id} has {words} words; {said}.",
                where=instrument.id,
                instrument=instrument.id,
                severity=severity,
            )


def _long_sections(q: Asked, dossier: Instrument) -> Iterator[Found]:
    """The sections of a dossier that are to fit a page, and its draft of the reasons."""
    texts: dict[str, list[str]] = {}
    for p in q.by_instrument[dossier.id]:
        if p.section in _ONE_PAGE:
            texts.setdefault(p.section or "", []).append(p.sentence.text)
    for section in _ONE_PAGE:
        words = len(" ".join(texts.get(section, ())).split())
        if words > PAGE_WORDS:
            yield Found(
                message=f"The section {section!r} of {dossier.id} has {words} words; one page "
                f"holds about {PAGE_WORDS} (our own measure, no rule).",
                where=dossier.id,
                instrument=dossier.id,
            )
    long = max(map(len, _statements(dossier)), default=0)
    limits = [a.reasons_limit for a in q.laws_of(dossier) if a.reasons_limit]
    limit = min(limits, default=REASONS_CHARS)
    if long > limit:
        yield Found(
            message=f"The draft statement of reasons of {dossier.id} has {long} characters; "
            + (f"its desk takes {limit}." if limits else f"published ones have about {limit}."),
            where=dossier.id,
            instrument=dossier.id,
            severity="blocks" if limits else "warning",
        )


def _statements(dossier: Instrument) -> Iterator[str]:
    """The texts of the statements of reasons, one for each law."""
    for section in dossier.sections:
        for block in section.blocks if section.id == "reasons" else ():
            if isinstance(block, Block):
                said = [s.text for s in block.sentences if s.kind != "form"]
                yield " ".join(said)


def _ruled_by(q: Asked) -> str:
    """The body whose own rules bound the text; a parliament is known by its name."""
    if q.case.requester is None:
        return ""
    kind, name = q.case.requester.kind, q.case.requester.name.casefold()
    return "european-parliament" if "european parliament" in name else kind


@check("warning", remedy="Name them, or take the empty places for signatures out.")
def signatories_unnamed(q: Asked) -> Iterator[Found]:
    """Somebody is to sign who has no name."""
    signing = q.case.requester.signatories if q.case.requester else ()
    unnamed = [s.id for s in signing if not s.name.strip()]
    if unnamed:
        n, all_of = len(unnamed), len(signing)
        yield Found(
            message=f"{n} of {all_of} who are to sign {'has' if n == 1 else 'have'} no name.",
            where=f"requester, signatories: {', '.join(unnamed[:5])}"
            + (f" and {n - 5} more" if n > 5 else ""),
        )


@check("blocks", remedy="Write the name of the body that asks.")
def requester_unnamed(q: Asked) -> Iterator[Found]:
    """The body that asks has no name, and the text would say “requesting body” instead."""
    requester = q.case.requester
    if requester and " ".join(requester.name.casefold().split()).removeprefix("the ") in _NO_NAME:
        yield Found(message="The body that asks is not named.", where="requester")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:87] + "…"
