"""Happenings of every kind, made for tests: one of each, and any."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from invented import ADA, NOW, small_case

from gravamen.casefile import (
    Adopted,
    CaseFile,
    Docketed,
    Entry,
    Received,
    Requested,
    Sent,
    Signed,
)
from gravamen.casefile.fitness import unfitness
from gravamen.casefile.pointers import HAPPENINGS
from gravamen.dates import Edtf, Moment
from gravamen.proceedings import (
    Amended,
    Answer,
    Ballot,
    Change,
    ClockSigner,
    ClockStarted,
    ClockStopped,
    Delivered,
    Dispatch,
    FollowUp,
    Holder,
    Invited,
    KeyRegistered,
    Meeting,
    Minuted,
    Moved,
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
    Voted,
)
from gravamen.requests import Request
from gravamen.sentences import Signatory
from gravamen.sources import Passage, locate
from gravamen.values import Value, sha256

LETTER, SIGNED, MESSAGE = b"%PDF-1.7 a letter", b"%PDF-1.7 a letter, signed", b"To: desk\r\n\r\nHi."
FILES = (LETTER, SIGNED, MESSAGE)
DIGESTS = [sha256(data) for data in FILES]
OFFICE = "us.treasury.secretary"
EACH_ENTRY: dict[str, tuple[type[Entry], str]] = {
    "steps": (Adopted, "step"),
    "signings": (Signed, "act"),
    "dispatches": (Sent, "dispatch"),
    "replies": (Received, "reply"),
    "noted": (Docketed, "noted"),
}


def entry_of(thing: Any) -> Entry:
    """The entry that records a happening."""
    name = next(n for n, kinds in HAPPENINGS.items() if type(thing) in kinds)
    kind, field = EACH_ENTRY[name]
    return kind(**{field: thing})


def one_of_each(source: str, request: str, passage: Passage, *, claim: str) -> tuple[Value, ...]:
    """A happening of each kind, tied to a source, a request and words that the source has."""
    seen, asked = (source,), (request,)
    ada, ben = (Signatory(id=i, name=n, capacity="Member") for i, n in (("ada", "A"), ("ben", "B")))
    answer = Answer(request=request, outcome="partly", passage=passage, note="in part")
    return (
        Posted(
            id="st.1", at="2024-01-05T09:00-08:00", meeting=Meeting(at="2024-01-09", place="Hall"),
            description="Item 7", until="2024-01-09", signed_by=("ada",), version="a" * 64,
            evidence=seen,
        ),
        Moved(id="st.2", at="2024-01-09", by="A"),
        Seconded(id="st.3", at="2024-01-09", by="B"),
        Amended(
            id="st.4", at="2024-01-09", by="B", accepted=True, before="a" * 64, after="b" * 64,
            changes=(Change(sentence="x.1", was="one", now="two", claims=(claim,)),
                     Change(now="three", after="x.1")),
        ),
        Voted(
            id="st.5", at="2024-01-09T10:30-08:00", question="st.4", seats=5,
            ballots=(Ballot(member="A", option="aye"),
                     Ballot(member="B", option="recused", reason="kin")),
        ),
        SetAside(id="st.6", at="2024-01-10", how="referred", to="the committee", by="A"),
        Minuted(id="st.7", at="2024-01-11", number="24-7", evidence=seen),
        KeyRegistered(
            id="sg.1", at="2024-01-09", signatory="ada", certificate="c" * 64, vouched_by="Clerk",
            how="handed over",
        ),
        RoundOpened(
            id="sg.2", at="2024-01-09", instrument="motion", manifest="d" * 64, file=DIGESTS[0],
            on="2024-01-09", signatories=(ada, ben), order="fixed", minimum=1, closes="2024-01-20",
            authorised_by="st.5",
        ),
        Invited(id="sg.3", at="2024-01-09", round="sg.2", signatory="ada", viewed=True),
        SignatureGiven(
            id="sg.4", at="2024-01-10T12:00Z", round="sg.2", signatory="ada", how="pades",
            file=DIGESTS[1], certificate="c" * 64, level="B-B",
        ),
        SignatureGiven(
            id="sg.5", at="2024-01-10", round="sg.2", signatory="ben", how="wet-ink", scan=source,
            attested_by="Clerk", paper_date="2024-01",
        ),
        SignatureEnded(
            id="sg.6", at="2024-01-12", round="sg.2", signatory="ben", how="withdrawn", reason="no",
        ),
        RoundClosed(id="sg.7", at="2024-01-13", round="sg.2", why="superseded", by_round="sg.2"),
        Holder(
            id="n.1", office=OFFICE, confirmed_by="Clerk", confirmed_on="2024-01", source=source,
            name="N", start="2023", end="2024-02", address=("A Street", "B"), email="d@x.example",
        ),
        Dispatch(
            id="d.1", at="2024-01-15T16:02Z", instrument="motion", channel="email",
            address="d@x.example", office=OFFICE, holder="n.1", manifest="d" * 64,
            files={"letter.pdf": DIGESTS[1]}, message=DIGESTS[2], message_id="<1@x.example>",
            reference="G-1", requests=asked, round="sg.2", receipt="250 Ok", evidence=seen,
        ),
        Dispatch(
            id="d.2", at="2024-03-01", instrument="motion", channel="hand", address="Room 4",
            to="the desk", resends="d.1", copy_of="d.1", follows_up="d.1",
        ),
        Reply(
            id="y.1", source=source, received="2024-02-01T09:00Z", reply="referral", dispatch="d.1",
            noticed="2024-02-02", threaded_by="hand", office=OFFICE, reference="R 1",
            referred_to="the other desk", promised="2024-04", answers=(answer,),
        ),
        Delivered(id="n.2", at="2024-01-15", dispatch="d.1", evidence=seen, note="by a stamp"),
        ClockStarted(
            id="n.3", clock="clk.glomag.120", at="2024-01-16", evidence=seen, requests=asked,
            signers=(ClockSigner(office=OFFICE, capacity="chairperson", name="C"),),
        ),
        ClockStopped(id="n.4", clock="n.3", at="2024-03-01", why="met", until="2024-04-01"),
        FollowUp(
            id="n.5", due="2024-04-15", why="to ask again", set_on="2024-01-15", dispatch="d.1",
            requests=asked,
        ),
        Outside(
            id="n.6", at="2025-03-01", what="listing", summary="listed", source=source,
            requests=asked, answers=(answer, Answer(request=request, outcome="not-addressed")),
        ),
        RequestEnded(
            id="n.7", at="2025-04-01", request=request, how="superseded", by_request=request,
            reason="asked anew",
        ),
    )  # fmt: skip


def full_case(folder: Path) -> tuple[CaseFile, dict[str, Any]]:
    """The small case with a happening of each kind, and these by id."""
    casefile = small_case(folder)
    for data in FILES:
        casefile.put_blob(data)
    text = casefile.text("s.report")
    assert text is not None
    passage = locate("s.report", text, "The ministry denies it.")
    made: dict[str, Any] = {
        h.id: h  # type: ignore[attr-defined]  # each happening has an id
        for h in one_of_each("s.report", "r.one", passage, claim="c.0")
    }
    casefile.append(Requested(request=Request(id="r.one", measure="sanctions")), actor=ADA, now=NOW)
    casefile.append(*map(entry_of, made.values()), actor=ADA, now=NOW)
    return casefile, made


moments = st.sampled_from(["2024-01-05", "2024-03-05T10:00-08:00", "2024-03-05T17:00:30Z"])
edtf = st.sampled_from(["2024", "2024-03", "2024-03-05", "2024~", "2024-03-05/2024-04-01"])


def happenings(
    said: SearchStrategy[str], passages: SearchStrategy[Any], likes: Sequence[Value]
) -> SearchStrategy[list[Value]]:
    """Any happenings, one for each of those that are given, of its type and id.

    Every field of a type is drawn by its hint, ids from those that a small case has; what means
    nothing or points to itself stays as it was given.
    """
    ids: dict[str, SearchStrategy[Any]] = {
        "evidence": _some_of("s.0", "s.1"), "requests": _some_of("r.0", "r.1"),
        "claims": _some_of("c.0", "c.1"), "request": st.sampled_from(["r.0", "r.1"]),
        "source": st.sampled_from(["s.0", "s.1"]), "scan": st.sampled_from(["s.0", "s.1"]),
        "dispatch": st.just("d.1"), "round": st.just("sg.2"), "holder": st.just("n.1"),
        "resends": st.just("d.1"), "copy_of": st.just("d.1"), "follows_up": st.just("d.1"),
        "by_round": st.just("sg.2"), "authorised_by": st.just("st.5"), "office": st.just(OFFICE),
        "by_request": st.sampled_from(["r.0", "r.1"]), "signatory": st.sampled_from(["ada", "ben"]),
        "file": st.sampled_from(DIGESTS), "message": st.sampled_from(DIGESTS),
        "question": st.sampled_from(["motion", "st.4"]), "passage": passages,
        "seats": st.integers(5, 9), "minimum": st.integers(1, 2),
        "referred_to": said.filter(lambda w: " " in w) | st.just(OFFICE),
        "files": st.dictionaries(said, st.sampled_from(DIGESTS), max_size=2),
        **dict.fromkeys(("version", "before", "after", "certificate", "manifest"),
                        st.just("e" * 64)),
    }  # fmt: skip

    drawing = _Drawing(said, ids)
    return st.tuples(*(drawing.fit(like) for like in likes)).map(list)


class _Drawing:
    """Draws the fields of values by their names and hints."""

    def __init__(self, said: SearchStrategy[str], ids: dict[str, SearchStrategy[Any]]) -> None:
        self.said = said
        self.ids = ids

    def fit(self, like: Value) -> SearchStrategy[Value]:
        """Any value of a type that means something, else the one that is given."""
        return self.built(type(like), like).map(lambda made: like if unfitness(made) else made)

    def built(self, kind: type[Any], like: Any) -> SearchStrategy[Any]:
        hints, fields = get_type_hints(kind), {}
        for field in msgspec.structs.fields(kind):
            hint = hints[field.name]
            inner = next((a for a in get_args(hint) if a is not type(None)), hint)
            may_lack = type(None) in get_args(hint)
            given = getattr(like, field.name, None)
            if like is not None and field.name in ("id", "clock"):
                fields[field.name] = st.just(given)
            else:
                made = self.drawn(field.name, inner if may_lack else hint, given)
                fields[field.name] = st.none() | made if may_lack else made
        return st.builds(kind, **fields)

    def drawn(self, field: str, hint: Any, like: Any) -> SearchStrategy[Any]:
        if field in self.ids:
            return self.ids[field]
        if hint in (Edtf, Moment):
            return edtf if hint is Edtf else moments
        if hint is bool:
            return st.booleans()
        if get_origin(hint) is Literal:
            return st.sampled_from(get_args(hint))
        if get_origin(hint) is tuple:
            return self.several(get_args(hint)[0], like)
        if isinstance(hint, type) and issubclass(hint, Value):
            return self.built(hint, None)
        return self.said if hint is str else st.just(like)

    def several(self, hint: Any, like: Any) -> SearchStrategy[Any]:
        if hint in (Signatory, Ballot, Change):
            return st.just(like)
        return st.lists(self.drawn("", hint, None), max_size=2).map(tuple)


def _some_of(*ids: str) -> SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(ids)).map(lambda found: tuple(sorted(found)))
