"""Decide: what a person says of a reply, in place of what was proposed or of what stood."""

from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from gravamen.case import Case
from gravamen.dates import Edtf, span
from gravamen.law.authority import Law
from gravamen.proceedings import Answer, Outcome, Reply, ReplyKind
from gravamen.sources.source import Passage, SourceError, Text, locate
from gravamen.values import GravamenError, Value

_OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Given(Value):
    """What a person says of a reply; None where nothing is said of it.

    Args:
        answers: each as "REQUEST=OUTCOME" or "REQUEST=OUTCOME:the words of the reply".
        office: id of the office that answers, where it is another than was asked.
        referred_to: id of an office, or the words for whoever was named.
        promised: the day by which the office says that it will answer.
    """

    kind: ReplyKind | None = None
    answers: tuple[str, ...] = ()
    office: str | None = None
    reference: str | None = None
    referred_to: str | None = None
    promised: str | None = None

    @property
    def decides(self) -> bool:
        """Whether a person said anything of what the reply says."""
        return self != Given()


def decide(
    case: Case, law: Law, reply: Reply, given: Given, texts: Mapping[str, Text], *, whole: bool
) -> Reply:
    """Return a reply as a person decided it.

    Args:
        texts: the texts in which its words may stand, by source: its own and its attachments'.
        whole: keep what the person says nothing about; otherwise only when it came and which
            dispatch it answers is kept.

    Raises:
        GravamenError: a request, office or day that cannot be, or words that do not stand there;
            no kind was said where nothing showed it.
    """
    kind = given.kind or (reply.reply if whole else None)
    if kind is None or (kind == "unclear" and given.kind is None):
        raise GravamenError(
            f"Nothing in {reply.id} shows what kind of reply it is; read it, and say which: "
            f"--kind {', '.join(k for k in get_args(ReplyKind) if k != 'unclear')}."
        )
    if given.office is not None and given.office not in law.offices:
        raise GravamenError(
            f"{given.office!r} is no office of the law data; `gravamen law list` names them."
        )
    if given.promised is not None:
        span(given.promised)
    said = {a.request: a for a in (_answer(case, reply, w, texts) for w in given.answers)}
    kept = {a.request: a for a in reply.answers} if whole else {}
    changes = {
        "reply": kind,
        "office": given.office or (reply.office if whole else None),
        "reference": given.reference or (reply.reference if whole else None),
        "referred_to": given.referred_to or (reply.referred_to if whole else None),
        "promised": Edtf(given.promised) if given.promised else reply.promised if whole else None,
        "answers": tuple((kept | said).values()),
    }
    return msgspec.structs.replace(reply, **changes)


def _answer(case: Case, reply: Reply, words: str, texts: Mapping[str, Text]) -> Answer:
    """An answer as a person writes it: "r.visa=refused:we are unable to"."""
    request, equals, rest = words.partition("=")
    outcome, _, quote = rest.partition(":")
    if not equals or outcome not in _OUTCOMES:
        raise GravamenError(
            f"{words!r} is no answer; write REQUEST=OUTCOME or REQUEST=OUTCOME:WORDS, the outcome "
            f"one of {', '.join(_OUTCOMES)}."
        )
    dispatch = case.dispatches.get(reply.dispatch or "")
    known = dispatch.requests if dispatch and dispatch.requests else tuple(case.requests)
    if request not in known:
        raise GravamenError(
            f"{request!r} is no request of {reply.dispatch or 'the case'}; there are: "
            f"{', '.join(known) or 'none'}."
        )
    passage = _passage(quote, list(texts.items())) if quote else None
    return Answer(request=request, outcome=outcome, passage=passage)  # type: ignore[arg-type]  # one of _OUTCOMES


def _passage(quote: str, texts: Sequence[tuple[str, Text]]) -> Passage:
    first: SourceError | None = None
    for source, text in texts:
        try:
            return locate(source, text, quote)
        except SourceError as error:
            first = first or error
    raise first or GravamenError(f"There is no text to find {quote!r} in.")
