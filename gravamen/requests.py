"""Requests: a measure, under an authority, against a party, asked of an office."""

from typing import Literal

from gravamen.sources.source import Passage
from gravamen.values import Value
from gravamen.vocabulary import Measure

TargetKind = Literal["person", "unit", "body", "government", "group", "state", "unnamed", "none"]


class Request(Value):
    """A measure, under an authority, against a party, asked of an office that holds the power.

    Args:
        authority: id in the law data ("us.eo13818"); None where none is named or known.
        authority_words: what the text calls the law, where the law data do not know it.
        prong: id of the prong ("us.eo13818.leader_entity") where one is chosen.
        target: id of a party; `target_words` as the text puts it.
        addressees: ids of offices in the law data, as the text addresses them;
            `addressee_words` the words for those that the law data do not know.
        why: the sentence that says why this authority reaches this target.
        passage: where a text asked it, if it comes from one.
    """

    id: str
    measure: Measure
    authority: str | None = None
    authority_words: str | None = None
    prong: str | None = None
    target: str | None = None
    target_words: str | None = None
    addressees: tuple[str, ...] = ()
    addressee_words: tuple[str, ...] = ()
    why: str | None = None
    passage: Passage | None = None
