"""Pointers: what a happening points to, in the case and in the law data."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from gravamen.claims import PARTY_PREFIX
from gravamen.proceedings import (
    AdoptionStep,
    Amended,
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Holder,
    Invited,
    KeyRegistered,
    Minuted,
    Moved,
    Noted,
    Outside,
    Posted,
    Reply,
    RequestEnded,
    RoundClosed,
    RoundOpened,
    Seconded,
    SetAside,
    SignatureEnded,
    SignatureGiven,
    SigningAct,
    Voted,
)
from gravamen.values import Value

Path = tuple[str, ...]
Pointer = tuple[Path, tuple[str, ...]]
EACH = "*"

# The lists of what happened since an instrument was written: what an item of each may be.
HAPPENINGS: dict[str, tuple[type[Value], ...]] = {
    "steps": get_args(AdoptionStep),
    "signings": get_args(SigningAct),
    "dispatches": (Dispatch,),
    "replies": (Reply,),
    "noted": get_args(Noted),
}
# What is in one of these lists and not the whole of it: the list, and the type of its items.
PARTS: dict[str, tuple[str, type[Value]]] = {
    "amendments": ("steps", Amended),
    "votes": ("steps", Voted),
    "rounds": ("signings", RoundOpened),
    "holders": ("noted", Holder),
    "clocks that were started": ("noted", ClockStarted),
}

# The words of somebody may stand there; what looks like an id must be one.
VOICE = ("parties", "or words")
_READ = ("sources", "or words")
_PREFIXES = {"parties": PARTY_PREFIX, "sources": "s."}

_EVIDENCE: Pointer = (("evidence", EACH), ("sources",))
_SOURCE: Pointer = (("source",), ("sources",))
_REQUESTS: Pointer = (("requests", EACH), ("requests",))
_ANSWERED: Pointer = (("answers", EACH, "request"), ("requests",))
_DISPATCH: Pointer = (("dispatch",), ("dispatches",))
_ROUND: Pointer = (("round",), ("rounds",))

POINTERS: Mapping[type[Value], tuple[Pointer, ...]] = {
    Posted: (_EVIDENCE,),
    Moved: (_EVIDENCE,),
    Seconded: (_EVIDENCE,),
    Amended: (
        _EVIDENCE,
        (("changes", EACH, "claims", EACH), ("claims",)),
        (("changes", EACH, "rests_on", EACH), ("claims",)),
    ),
    Voted: (_EVIDENCE, _REQUESTS, (("question",), ("amendments", "or motion"))),
    SetAside: (_EVIDENCE,),
    Minuted: (_EVIDENCE,),
    KeyRegistered: (),
    RoundOpened: ((("authorised_by",), ("votes",)),),
    Invited: (_ROUND,),
    SignatureGiven: (_ROUND, (("scan",), ("sources",))),
    SignatureEnded: (_ROUND,),
    RoundClosed: (_ROUND, (("by_round",), ("rounds",))),
    Dispatch: (
        _EVIDENCE,
        _REQUESTS,
        _ROUND,
        (("holder",), ("holders",)),
        (("resends",), ("dispatches",)),
        (("copy_of",), ("dispatches",)),
        (("follows_up",), ("dispatches",)),
    ),
    Reply: (_SOURCE, _DISPATCH, _ANSWERED),
    Holder: ((("source",), _READ),),
    Delivered: (_EVIDENCE, _DISPATCH),
    ClockStarted: (_EVIDENCE, _REQUESTS),
    ClockStopped: (_EVIDENCE, (("clock",), ("clocks that were started",))),
    FollowUp: (_DISPATCH, _REQUESTS),
    Outside: (_SOURCE, _REQUESTS, _ANSWERED),
    RequestEnded: ((("request",), ("requests",)), (("by_request",), ("requests",))),
}
# The places of ids of the law data, and its table; "or words": only what looks like an id is one.
OF_LAW: Mapping[type[Value], tuple[Pointer, ...]] = {
    Dispatch: ((("office",), ("offices",)),),
    Reply: (
        (("office",), ("offices",)),
        (("referred_to",), ("offices", "or words")),
    ),
    Holder: ((("office",), ("offices",)),),
    Outside: ((("office",), ("offices",)),),
    ClockStarted: (
        (("clock",), ("clocks",)),
        (("signers", EACH, "office"), ("offices",)),
    ),
}


def tag_of(kind: type[Value]) -> str:
    """The word by which a written happening says what it is ("posted")."""
    return str(kind.__struct_config__.tag)


def spared(target: str, kinds: tuple[str, ...]) -> bool:
    """Whether what stands at a place need not be an id there: words, or the motion itself."""
    if kinds[-1] == "or motion":
        return target == "motion"
    return kinds[-1] == "or words" and (" " in target or not target.startswith(_PREFIXES[kinds[0]]))


def targets(value: Any, path: Path) -> Iterator[str]:
    """Yield each id that stands under a path of a value."""
    if not path:
        if value is not None:
            yield str(value)
    elif path[0] == EACH:
        for inner in value:
            yield from targets(inner, path[1:])
    else:
        yield from targets(getattr(value, path[0]), path[1:])
