"""Happenings in a record: what each must point to before the record takes it."""

from collections.abc import Callable, Iterable

from gravamen.casefile.entries import (
    Adopted,
    Docketed,
    Entry,
    Opened,
    Received,
    RecordError,
    Sent,
    Signed,
)
from gravamen.casefile.pointers import PARTS, POINTERS, spared, targets
from gravamen.casefile.replay import State
from gravamen.proceedings import (
    Answer,
    Happening,
    Invited,
    Outside,
    Reply,
    RoundOpened,
    SignatureEnded,
    SignatureGiven,
    SigningAct,
    Voted,
)
from gravamen.sources.source import Passage
from gravamen.values import Value

Quoted = Callable[[Passage, str], None]


def check_happened(entry: Entry, state: State, quoted: Quoted) -> None:
    """Refuse a happening that does not fit into what is recorded.

    Args:
        state: after the entry and all that is recorded with it.
        quoted: refuses a passage whose words do not stand in its source.

    Raises:
        RecordError: it points to what is not there, a ballot is that of nobody on the body, a
            signature that of nobody in its round, or an answer quotes what its source does not say.
    """
    match entry:
        case Opened():
            for step in state.steps.values():
                _check_ballots(step, state)
        case Adopted(step=step):
            _check_pointers(step, state)
            _check_ballots(step, state)
        case Signed(act=act):
            _check_pointers(act, state)
            _check_signatories(act, state)
        case Sent(dispatch=dispatch):
            _check_pointers(dispatch, state)
        case Received(reply=thing) | Docketed(noted=thing):
            _check_pointers(thing, state)
            for n, answer in enumerate(answers_of(thing), 1):
                if answer.passage:
                    quoted(answer.passage, f"Answer {n} of {thing.id}")


def answers_of(happening: Happening) -> tuple[Answer, ...]:
    """What a happening says to each request."""
    return happening.answers if isinstance(happening, Reply | Outside) else ()


def _check_pointers(happening: Happening, state: State) -> None:
    for path, kinds in POINTERS[type(happening)]:
        for target in targets(happening, path):
            if spared(target, kinds) or any(_among(target, kind, state) for kind in kinds):
                continue
            if not state.erased(target):
                raise RecordError(
                    f"{happening.id} points to {target!r}, which is not among the {kinds[0]} here; "
                    "record that first, or correct the id."
                )


def _among(target: str, kind: str, state: State) -> bool:
    """Whether an id is that of one of a kind of things."""
    table, type_ = PARTS.get(kind, (kind, Value))
    return isinstance(getattr(state, table, {}).get(target), type_)


def _check_ballots(step: Happening, state: State) -> None:
    requester = state.opened.requester if state.opened else None
    if not isinstance(step, Voted) or requester is None or not requester.members:
        return
    ids = {name: m.id for m in requester.members for name in (m.name, m.id)}
    given: dict[tuple[str, bool], str] = {}
    for ballot in step.ballots:
        who = ids.get(ballot.member)
        if who is None:
            raise RecordError(
                f"The vote {step.id} has a ballot of {ballot.member!r}, who is not among the "
                "members of the requester; write the id or the name of one, or keep the member "
                "there with the `end` of the term."
            )
        cast = (who, ballot.casting)
        if cast in given:
            raise RecordError(
                f"The vote {step.id} has two ballots of one member, {given[cast]!r} and "
                f"{ballot.member!r}; write each member once."
            )
        given[cast] = ballot.member


def _check_signatories(act: SigningAct, state: State) -> None:
    """Who acts in a round is among its signatories; who acted stays among them."""
    if isinstance(act, RoundOpened):
        acts: Iterable[SigningAct] = state.signings.values()
    else:
        acts = (act,)
    for one in acts:
        if not isinstance(one, Invited | SignatureGiven | SignatureEnded):
            continue
        opened = state.signings.get(one.round)
        if not isinstance(opened, RoundOpened) or isinstance(act, RoundOpened) and opened != act:
            continue
        if one.signatory not in (s.id for s in opened.signatories):
            raise RecordError(
                f"{one.id} is of {one.signatory!r}, who is not among the signatories of "
                f"{opened.id}; write the id of one of them."
            )
