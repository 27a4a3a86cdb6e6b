"""Standing: whether the record still bears out what the sentences of a document rest on."""

from collections.abc import Collection, Iterator

from gravamen.case import Case
from gravamen.instruments.fault import Fault
from gravamen.instruments.manifest import Exhibit, Manifest, Stated
from gravamen.sentences import Binding

_SHOWN = 72


def standing(
    manifest: Manifest, case: Case, *, file: str, drafted: Collection[str] | None = None
) -> Iterator[Fault]:
    """Yield what the record says otherwise than a document.

    Args:
        file: digest of the document's file.
        drafted: digests of the files that were drafted from the case, as its record has them;
            None where nobody can say. A document that is none of them may be bound to claims that
            stand and still say what nobody drafted.
    """
    if drafted is not None and file not in drafted:
        yield Fault(
            id="file-not-recorded",
            message=f"The record of {case.id} has no draft with the digest {file[:16]}…: the file "
            "was drafted elsewhere, or by somebody else. Draft it again from the record.",
        )
    claims = {b.claim for s in manifest.sentences for b in s.claims}
    if claims and not claims & {*case.claims, *(e.target for e in case.erasures)}:
        yield Fault(
            id="other-case",
            message=f"None of the {len(claims)} claims that it rests on is in the record of "
            f"{case.id}: it was drafted from another case. Name that one.",
        )
        return
    for exhibit in manifest.exhibits:
        yield from _exhibit(case, exhibit)
    for sentence in manifest.sentences:
        claimed = sentence.kind == "allegation" or sentence.quotes
        if claimed and not sentence.claims and not manifest.frame.draft:
            yield Fault(
                id="sentence-unbound",
                message=f"Sentence {sentence.id} alleges or quotes, and no claim is bound to it, "
                f"though the document is no draft: {short(sentence.text)!r}.",
                sentence=sentence.id,
            )
        for binding in sentence.claims:
            yield from _binding(case, sentence, binding)
        yield from _quoted(case, sentence)


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _exhibit(case: Case, exhibit: Exhibit) -> Iterator[Fault]:
    """Whether the list of sources still names a source as the record does.

    One that is gone, or whose bytes are others, is told at each sentence that rests on it.
    """
    source = case.sources.get(exhibit.source)
    if source is None or source.sha256 != exhibit.sha256:
        return
    if exhibit != Exhibit.of(source):
        yield Fault(
            id="citation-differs",
            message=f"The source {exhibit.source} is cited as {short(exhibit.cited)!r} here; the "
            f"record now describes it as {short(source.cited)!r}, or gives it another language or "
            "address.",
        )


def _binding(case: Case, sentence: Stated, binding: Binding) -> Iterator[Fault]:
    """What the record says otherwise than a sentence about one of its claims."""
    erased = next((e for e in case.erasures if e.target in (binding.claim, binding.source)), None)
    if erased:
        yield _fault(
            "erased",
            f"{erased.target} was erased from the record by {erased.by} on {erased.on} "
            f"({erased.reason}); the sentence cannot be checked any more.",
            sentence,
            binding,
        )
        return
    if binding.claim not in case.claims:
        yield _fault(
            "claim-missing",
            f"the claim {binding.claim} is not in the record of {case.id}.",
            sentence,
            binding,
        )
        return
    if stale := _stale(case, binding):
        yield _fault("sentence-stale", stale, sentence, binding)
    if not binding.withheld:
        yield from _quote(case, sentence, binding)


def _stale(case: Case, binding: Binding) -> str | None:
    """Why a sentence that rests on a claim must be written anew; None where it need not."""
    claim = case.claims[binding.claim]
    for thing, what in ((binding.claim, "the claim"), (claim.about, "what it is about,")):
        if not case.stands(thing):
            last = next(j for j in reversed(case.judgements) if j.target == thing)
            return (
                f"{what} {thing} was rejected by {last.by} on {last.on}"
                f"{f' ({last.reason})' if last.reason else ''}; draft the instrument again."
            )
    if case.version(binding.claim) != binding.version:
        return (
            f"the claim {binding.claim} was changed since; review it and draft the instrument "
            "again."
        )
    return None


def _quote(case: Case, sentence: Stated, binding: Binding) -> Iterator[Fault]:
    source, text = case.sources.get(binding.source), case.texts.get(binding.source)
    if source is None or text is None:
        yield _fault(
            "source-missing",
            f"the source {binding.source} is not in the record.",
            sentence,
            binding,
        )
    elif source.sha256 != binding.source_sha256:
        yield _fault(
            "source-changed",
            f"the source {binding.source} has the digest {source.sha256[:16]}… in the record, "
            f"{binding.source_sha256[:16]}… here.",
            sentence,
            binding,
        )
    elif text.text[binding.start : binding.end] != binding.quote:
        yield _fault(
            "quote-differs",
            f"{short(binding.quote)!r} does not stand in {binding.source} at the characters "
            f"{binding.start}–{binding.end}.",
            sentence,
            binding,
        )


def _quoted(case: Case, sentence: Stated) -> Iterator[Fault]:
    """Whether what a sentence puts between quotation marks stands in a source bound to it.

    A source that is gone or has other bytes is told with its claim.
    """
    same = [
        b.source
        for b in sentence.claims
        if (source := case.sources.get(b.source)) and source.sha256 == b.source_sha256
    ]
    texts = [case.texts[source].text for source in same if source in case.texts]
    for words in sentence.quotes:
        if words not in sentence.text or (texts and not any(words in text for text in texts)):
            yield Fault(
                id="quote-differs",
                message=f"Sentence {sentence.id} quotes {short(words)!r}, which does not stand in "
                "the sources that it is bound to.",
                sentence=sentence.id,
            )


def _fault(id: str, message: str, sentence: Stated, binding: Binding) -> Fault:
    return Fault(
        id=id,
        message=f"Sentence {sentence.id}: {message}",
        sentence=sentence.id,
        claim=binding.claim,
    )
