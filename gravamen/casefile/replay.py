"""Replay: entries in order into the state of a case; nothing else is stored."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any, BinaryIO

import msgspec

from gravamen.case import Case, Erasure, Judgement
from gravamen.casefile.chain import MAX_LINE_BYTES, Chain, Fault, Head, Header, Step
from gravamen.casefile.entries import (
    MACHINE,
    RECORD_SCHEMA,
    Adopted,
    Alleged,
    Argued,
    Attributed,
    Captured,
    Chosen,
    Consented,
    Docketed,
    Drafted,
    Entry,
    Erased,
    Judged,
    LawReviewed,
    Named,
    Opened,
    Proposed,
    Received,
    Requested,
    Reworded,
    Searched,
    Sent,
    Signed,
    TextRecord,
    Vetted,
    known_by,
)
from gravamen.claims import Allegation, Claim
from gravamen.flows import Flow, Vetting
from gravamen.parties import Party
from gravamen.proceedings import AdoptionStep, Dispatch, Noted, Reply, SigningAct, kept_files
from gravamen.requests import Request
from gravamen.sources.source import Source, Text
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search

_KEEPING = frozenset((Signed, Sent))
_SCHEMA = re.compile(r"gravamen\.record/\d+\Z")


class State:
    """The state that the entries so far have made; `case` gives it as a value."""

    def __init__(self) -> None:
        self.opened: Opened | None = None
        self.sources: dict[str, Source] = {}
        self.texts: dict[str, TextRecord] = {}
        self.parties: dict[str, Party] = {}
        self.allegations: dict[str, Allegation] = {}
        self.claims: dict[str, Claim] = {}
        self.requests: dict[str, Request] = {}
        self.flows: dict[str, Flow] = {}
        self.vettings: dict[str, Vetting] = {}
        self.consents: dict[str, Consent] = {}
        self.searches: dict[str, Search] = {}
        self.arguments: dict[str, Argument] = {}
        self.law_reviews: dict[str, LawReview] = {}
        self.rewordings: dict[str, Rewording] = {}
        self.steps: dict[str, AdoptionStep] = {}
        self.signings: dict[str, SigningAct] = {}
        self.dispatches: dict[str, Dispatch] = {}
        self.replies: dict[str, Reply] = {}
        self.noted: dict[str, Noted] = {}
        self.proposed_by: dict[str, str] = {}
        self.judgements: list[Judgement] = []
        self.erasures: list[Erasure] = []
        self.blobs: dict[str, Header] = {}
        self.erased_blobs: dict[str, int] = {}
        self.erased_entries: set[int] = set()
        self.bodiless: dict[int, Header] = {}
        self._things: dict[type, tuple[dict[str, Any], Callable[[Any], Any]]] = {
            Named: (self.parties, attrgetter("party")),
            Alleged: (self.allegations, attrgetter("allegation")),
            Attributed: (self.claims, attrgetter("claim")),
            Requested: (self.requests, attrgetter("request")),
            Chosen: (self.flows, attrgetter("flow")),
            Vetted: (self.vettings, attrgetter("vetting")),
            Consented: (self.consents, attrgetter("consent")),
            Searched: (self.searches, attrgetter("search")),
            Argued: (self.arguments, attrgetter("argument")),
            Reworded: (self.rewordings, attrgetter("rewording")),
            Adopted: (self.steps, attrgetter("step")),
            Received: (self.replies, attrgetter("reply")),
            Docketed: (self.noted, attrgetter("noted")),
            Signed: (self.signings, attrgetter("act")),
            Sent: (self.dispatches, attrgetter("dispatch")),
        }
        self._acts: dict[type[Entry], Callable[[Header, Any], None]] = {
            Opened: self._opened,
            Captured: self._captured,
            LawReviewed: self._law_reviewed,
            Judged: self._judged,
            Erased: self._erased,
            Proposed: _nothing,
            Drafted: _nothing,
        }

    def apply(self, header: Header, entry: Entry) -> None:
        """Let one more entry have happened."""
        found = self._things.get(type(entry))
        if found is None:
            self._acts[type(entry)](header, entry)
        else:
            table, of = found
            thing = of(entry)
            self._record(table, header, thing)
            if type(entry) in _KEEPING:
                self._keep(header, kept_files(thing))

    def let_happen(self, steps: Iterable[Step]) -> None:
        """Let all entries of a ledger have happened, and remember which bodies are gone."""
        things, proposed, person = self._things, self.proposed_by, ""
        for header, entry, _ in steps:
            found = things.get(type(entry))
            if header.actor != person:
                person = "" if header.actor.startswith(MACHINE) else header.actor
            if found and person and not proposed:
                # What `apply` does, without the calls: a large case is nearly all of this.
                table, of = found
                thing = of(entry)
                table[thing.id] = thing
                if type(entry) in _KEEPING:
                    self._keep(header, kept_files(thing))
            elif entry is None:
                self.bodiless[header.seq] = header
            else:
                self.apply(header, entry)

    def tables(self) -> tuple[Mapping[str, Any], ...]:
        """All things of the case by id, a table for each kind of thing."""
        return (
            self.sources, self.parties, self.allegations, self.claims, self.requests,
            self.flows, self.vettings, self.consents, self.searches, self.arguments,
            self.law_reviews, self.rewordings, self.steps, self.signings, self.dispatches,
            self.replies, self.noted,
        )  # fmt: skip

    def find(self, thing: str) -> Any:
        """The thing of an id as it stands, None where there is none."""
        return next((table[thing] for table in self.tables() if thing in table), None)

    def kept(self, entry: Entry) -> tuple[dict[str, Any], Any] | None:
        """The table in which an entry puts its thing, and the thing; None for what does more."""
        found = self._things.get(type(entry))
        return (found[0], found[1](entry)) if found else None

    def judged(self, thing: str) -> bool:
        """Whether a person ever decided about a thing."""
        return any(j.target == thing for j in self.judgements)

    def erased(self, thing: str) -> bool:
        """Whether a thing was erased by its id."""
        return any(e.target == thing for e in self.erasures)

    def case(self, texts: Mapping[str, Text]) -> Case:
        """Return the state as a value that no later entry changes.

        Args:
            texts: the text of each source whose words are still there.
        """
        opened = self.opened
        if opened is None:
            raise AssertionError("the first entry opens the case, or the record was refused")
        return Case(
            id=opened.id,
            title=opened.title,
            language=opened.language,
            requester=opened.requester,
            motion=opened.motion,
            sources=dict(self.sources),
            texts=dict(texts),
            parties=dict(self.parties),
            allegations=dict(self.allegations),
            claims=dict(self.claims),
            requests=dict(self.requests),
            flows=dict(self.flows),
            vettings=dict(self.vettings),
            consents=dict(self.consents),
            searches=dict(self.searches),
            arguments=dict(self.arguments),
            law_reviews=dict(self.law_reviews),
            rewordings=dict(self.rewordings),
            steps=dict(self.steps),
            signings=dict(self.signings),
            dispatches=dict(self.dispatches),
            replies=dict(self.replies),
            noted=dict(self.noted),
            proposed_by=dict(self.proposed_by),
            judgements=tuple(self.judgements),
            erasures=tuple(self.erasures),
        )

    def _record(self, table: dict[str, Any], header: Header, thing: Any) -> None:
        id = known_by(thing)
        if header.actor.startswith(MACHINE):
            if table.get(id) != thing or id in self.proposed_by:
                self.proposed_by[id] = header.actor
        elif self.proposed_by:
            self.proposed_by.pop(id, None)
        table[id] = thing

    def _opened(self, _: Header, entry: Opened) -> None:
        self.opened = entry

    def _captured(self, header: Header, entry: Captured) -> None:
        source = entry.source
        self._record(self.sources, header, source)
        if entry.text is None:
            return
        self.texts[source.id] = entry.text
        self._keep(header, (source.sha256, entry.text.sha256))

    def _law_reviewed(self, header: Header, entry: LawReviewed) -> None:
        self._record(self.law_reviews, header, entry.review)

    def _keep(self, header: Header, digests: Iterable[str]) -> None:
        for digest in digests:
            self.blobs[digest] = header
            self.erased_blobs.pop(digest, None)

    def _judged(self, header: Header, entry: Judged) -> None:
        judgement = entry.judgement
        if not judgement.by or judgement.on is None:
            judgement = msgspec.structs.replace(
                judgement,
                by=judgement.by or header.actor,
                on=judgement.on or header.time[:10],
            )
        self.judgements.append(judgement)

    def _erased(self, header: Header, entry: Erased) -> None:
        self.erasures.extend(entry.erasures)
        self.erased_entries.update(entry.entries)
        for blob in entry.blobs:
            self.erased_blobs[blob] = header.seq
            self.blobs.pop(blob, None)


def _nothing(_: Header, __: Entry) -> None:
    """A reading and a draft leave the state of the case as it was."""


def replay(file: BinaryIO, chain: Chain, state: State | None = None) -> tuple[State, list[Fault]]:
    """Let every append that is whole happen, from a state on; return the new one and what is wrong.

    The list holds the faults of the chain, of bodies that this version cannot read, of an end
    that is not where the head says, and of bodies gone or back. A state with faults is not to be
    used.
    """
    state = state or State()
    if chain.tail.seq == 0 and (newer := _other_schema(file)):
        return state, [newer]
    state.let_happen(chain.steps(file))
    if chain.last > chain.tail.seq:
        # What was half appended has happened too; begin again, and stop before it.
        file.seek(0)
        state = State()
        state.let_happen(islice(Chain(head=None).steps(file), chain.tail.seq))
    return state, [*chain.faults, *_endings(chain), *_erasures(state)]


class _Schema(msgspec.Struct):
    schema: str | None = None


class _First(msgspec.Struct):
    body: _Schema | None = None


def _other_schema(file: BinaryIO) -> Fault | None:
    """Refuse a record of another schema before its unknown parts are met."""
    line = file.readline(MAX_LINE_BYTES)
    file.seek(0)
    try:
        body = msgspec.json.decode(line, type=_First).body
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    schema = body.schema if body else None
    if schema is None or schema == RECORD_SCHEMA:
        return None
    whose = "which a newer Gravamen writes" if _SCHEMA.match(schema) else "which is none of ours"
    return Fault(
        id="schema-unknown",
        message=f"The record says that its schema is {schema!r}, {whose}; this version reads "
        f"{RECORD_SCHEMA!r}.",
        seq=1,
        kind="opened",
        line=1,
    )


def _endings(chain: Chain) -> Iterator[Fault]:
    """What is wrong with where the ledger ends, beside the head."""
    head = chain.head
    if head is None:
        return
    if head.seq > chain.tail.seq:
        yield Fault(id="entries-cut", message=_cut(chain, head), seq=chain.last + 1)
    elif chain.hash_at_head != head.hash and not chain.faults:
        yield Fault(
            id="head-differs",
            message=f"head.json gives another hash for entry {head.seq} than the ledger; one of "
            "them was changed. Compare both with a copy.",
            seq=head.seq,
        )


def _cut(chain: Chain, head: Head) -> str:
    """Say which entries are missing at the end, and which ones do not stand without them."""
    first, last = chain.last + 1, max(chain.last + 1, head.seq)
    missing = f"entry {last} is" if first == last else f"entries {first} to {last} are"
    ends = (
        f"breaks off within entry {first}" if chain.broken_off else f"ends with entry {first - 1}"
    )
    alone = chain.tail.seq + 1
    kept = f"entry {alone}" if alone == first - 1 else f"entries {alone} to {first - 1}"
    together = f" With them go {kept}, of the same append." if alone < first else ""
    return (
        f"The ledger {ends}, and head.json says that it went on to entry {head.seq}: {missing} "
        f"missing at the end.{together} Restore the ledger from a copy."
    )


def _erasures(state: State) -> Iterator[Fault]:
    """What is wrong with the bodies that are gone, and with those that should be."""
    for seq, header in state.bodiless.items():
        if seq not in state.erased_entries:
            yield Fault(
                id="body-missing",
                message=f"Entry {seq} ({header.kind}) has no body, and no entry says that it was "
                "erased; restore it from a copy.",
                seq=seq,
                kind=header.kind,
            )
    for seq in sorted(state.erased_entries - state.bodiless.keys()):
        yield Fault(
            id="erased-body-present",
            message=f"Entry {seq} was erased, yet its body is there; erase it again.",
            seq=seq,
        )
