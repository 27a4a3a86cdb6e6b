"""Civic: what a body did with its motion as Open Civic Data (bill, votes) and Popolo (persons,
organisation, motion).

The fields are those of the schemas of opencivicdata/pupa (bill, vote_event) and of
popolo-project/popolo-spec (person, organization, membership, motion, vote_event, vote, count).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec

from gravamen.adoption import Adoption, Event, Tally, day_of, standing, threshold, zone_of
from gravamen.case import Case, Requester
from gravamen.dates import Edtf, instant
from gravamen.instruments.package import motion_on
from gravamen.law.authority import Law
from gravamen.proceedings import (
    Amended,
    BallotOption,
    Member,
    Minuted,
    Moved,
    Posted,
    SetAside,
    Voted,
)
from gravamen.sentences import Instrument
from gravamen.sources.annotation import named_by
from gravamen.values import GravamenError

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}\Z")
_DIVISION = re.compile(r"ocd-division/country:[a-z]{2}(/[^\W\d]+:[\w.~-]+)*\Z")
_NOT_NAME = re.compile(r"[^a-z0-9]+")
_OPTIONS: dict[BallotOption, str] = {
    "aye": "yes", "no": "no", "abstain": "abstain", "absent": "absent", "recused": "other",
}  # fmt: skip
_RESULTS = {True: "pass", False: "fail"}
_SET_ASIDE = {"withdrawn": ["withdrawal"], "referred": ["committee-referral"]}

Data = dict[str, Any]


class Civic(NamedTuple):
    """The files by name, how many of each thing they hold, and what could not be said there."""

    files: dict[str, bytes]
    counts: dict[str, int]
    left_out: tuple[str, ...]


def civic(case: Case, law: Law, *, on: date) -> Civic:
    """Return the motion of a case on a day as Open Civic Data and Popolo.

    An id of a division stands there only where the case gives one. Sessions are no part of the
    record: the year in which the motion came up stands for one, which `extras` says.

    Raises:
        GravamenError: the case names no body, its body adopts no motion, or its division id is
            none.
    """
    requester = case.requester
    drafted = motion_on(case, law, on=on)
    if requester is None or drafted is None:
        raise GravamenError(
            "There is no motion to export: the case names no body, or a body that adopts none."
        )
    if requester.division and not _DIVISION.match(requester.division):
        raise GravamenError(
            f"{requester.division!r} is no division id of Open Civic Data; write it as "
            "ocd-division/country:us/state:ca/county:… or leave it out."
        )
    return _Writing(case, law, requester, drafted.motion, on).all()


class _Writing:
    """Writes one motion."""

    def __init__(
        self, case: Case, law: Law, requester: Requester, motion: Instrument, on: date
    ) -> None:
        self._case, self._requester, self._motion = case, requester, motion
        self._found: Adoption = standing(case, law, on=on)
        self._zone = zone_of(case)
        self._left_out: list[str] = []
        first = next(iter(self._found.life), None)
        self._session = str(day_of(first.at, self._zone).year if first else on.year)
        self._organization = f"organization/{_slug(requester.name)}"

    def all(self) -> Civic:
        decided = [v for v in self._found.votes if v.carried is not None]
        for vote in self._found.votes:
            if vote.carried is None:
                self._left_out.append(f"the vote {vote.step.id}, whose result cannot be said")
        main = self._found.vote
        events = {
            "vote_event.json" if v is main else f"vote_event-{_slug(v.step.id)}.json": v
            for v in decided
        }
        members = self._members()
        whole: dict[str, Any] = {
            "bill.json": self._bill(),
            **{name: self._vote_event(v) for name, v in events.items()},
            "people.json": [self._person(m) for m in members],
            "organization.json": self._body(members),
            "motion.json": self._popolo_motion(decided),
        }
        files = {
            name: msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
            for name, data in whole.items()
        }
        counts = {"bills": 1, "votes": len(events), "persons": len(members)}
        return Civic(files, counts, tuple(self._left_out))

    def _bill(self) -> Data:
        found = self._found
        sponsors = [(name, True, "mover") for name in found.movers]
        sponsors += [(name, False, "seconder") for name in found.seconders]
        return {
            "legislative_session": self._session,
            "identifier": self._identifier,
            "title": self._motion.title,
            "from_organization": self._requester.name,
            "classification": ["resolution"],
            "subject": [],
            "abstracts": [],
            "other_titles": [],
            "other_identifiers": [
                {"identifier": id, "note": note, "scheme": ""}
                for id, note in ((self._motion.reference, "reference"), (found.item, "agenda item"))
                if id and id != self._identifier
            ],
            "sponsorships": [
                {
                    "name": name,
                    "primary": primary,
                    "classification": kind,
                    "entity_type": "person",
                    "person_id": None,
                    "organization_id": None,
                }
                for name, primary, kind in sponsors
            ],
            "actions": [self._action(e) for e in found.life],
            "related_bills": [],
            "versions": [],
            "documents": [*self._documents()],
            "sources": self._sources([s for e in found.life for s in self._evidence(e.id)]),
            "extras": {
                "case": self._case.id,
                "state": found.state,
                "on": found.on.isoformat(),
                "style": self._requester.style,
                "legislative_session": "the calendar year; the record holds no session",
                **({"division_id": d} if (d := self._requester.division) else {}),
            },
        }

    @property
    def _identifier(self) -> str:
        return self._found.number or self._motion.reference or self._case.id

    def _action(self, event: Event) -> Data:
        step = self._case.steps.get(event.id)
        related = [
            {"name": name, "entity_type": kind, "person_id": None, "organization_id": None}
            for name, kind in _related(step)
        ]
        return {
            "organization": self._requester.name,
            "date": self._time(event.at),
            "description": event.words,
            "classification": self._classified(step),
            "related_entities": related,
        }

    def _classified(self, step: object) -> list[str]:
        """The word of Open Civic Data for an action, where it has one."""
        match step:
            case Posted():
                return ["filing"]
            case Moved():
                return ["introduction"]
            case Amended():
                return ["amendment-introduction"]
            case Voted():
                vote = next(v for v in self._found.votes if v.step.id == step.id)
                main = step.question == "motion"
                words = {True: ("passage", "amendment-passage"),
                         False: ("failure", "amendment-failure")}  # fmt: skip
                return [words[vote.carried][not main]] if vote.carried is not None else []
            case SetAside():
                return _SET_ASIDE.get(step.how, [])
            case _:
                return []

    def _documents(self) -> Iterator[Data]:
        for posting in self._found.postings:
            if posting.step.url:
                yield {
                    "note": f"agenda: {posting.step.description}",
                    "date": day_of(posting.step.at, self._zone).isoformat(),
                    "links": [{"media_type": "", "url": posting.step.url}],
                }

    def _vote_event(self, vote: Tally) -> Data:
        main = vote.step.question == "motion"
        return {
            "identifier": vote.step.id,
            "motion_text": self._motion.title if main else f"Amendment {vote.step.question}",
            "motion_classification": ["bill-passage" if main else "amendment-passage"],
            "start_date": self._time(vote.step.at),
            "result": _RESULTS[bool(vote.carried)],
            "organization": self._requester.name,
            "legislative_session": self._session,
            "bill": self._identifier,
            "bill_action": next(e.words for e in self._found.life if e.id == vote.step.id),
            "votes": [
                {
                    "option": _OPTIONS[option],
                    "voter_name": self._found.name(member),
                    **({"note": note} if (note := self._note(vote, member, option)) else {}),
                }
                for option, member in _answers(vote)
            ],
            "counts": [{"option": o, "value": n} for o, n in _counts(vote).items()],
            "sources": self._sources(vote.step.evidence),
            "extras": {"rule": vote.why, **_uncounted(vote, self._found)},
        }

    def _note(self, vote: Tally, member: str, option: BallotOption) -> str:
        reasons = [b.reason for b in vote.step.ballots if b.member == member and b.reason]
        return "; ".join([*(["recused"] if option == "recused" else []), *reasons])

    def _members(self) -> list[Member]:
        """Those who sit on the body on the day, and all who voted."""
        voted = {b.member for v in self._found.votes for b in v.step.ballots}
        known = {m.id: m for m in self._requester.members}
        bare = [Member(id=id, name=id) for id in sorted(voted - known.keys())]
        return [*known.values(), *bare]

    def _person(self, member: Member) -> Data:
        return {
            "id": f"person/{member.id}",
            "name": member.name,
            "memberships": [self._membership(member)],
        }

    def _membership(self, member: Member) -> Data:
        data = {
            "person_id": f"person/{member.id}",
            "organization_id": self._organization,
            "role": member.capacity or "member",
            "start_date": self._day(member.start, f"when {member.id} became a member"),
            "end_date": self._day(member.end, f"when {member.id} ceased to be one"),
        }
        return {name: value for name, value in data.items() if value is not None}

    def _day(self, edtf: Edtf | None, what: str) -> str | None:
        """A date of Popolo; one that it does not take is left out, which is said."""
        if edtf is None or edtf == ".." or _DATE.match(edtf):
            return None if edtf == ".." else edtf
        words = f"{what} ({edtf})"
        if words not in self._left_out:
            self._left_out.append(words)
        return None

    def _body(self, members: Sequence[Member]) -> Data:
        division = self._requester.division
        return {
            "id": self._organization,
            "name": self._requester.name,
            "classification": self._requester.kind,
            **({"area_id": division} if division else {}),
            "memberships": [self._membership(m) for m in members],
        }

    def _popolo_motion(self, votes: Sequence[Tally]) -> Data:
        found, vote = self._found, self._found.vote
        movers = [m.id for m in self._requester.members if m.name in found.movers]
        moved = next((e.at for e in found.life if self._is_moved(e)), None)
        data = {
            "id": f"motion/{self._case.id}",
            "organization_id": self._organization,
            "legislative_session_id": self._session,
            "creator_id": f"person/{movers[0]}" if movers else None,
            "text": "\n".join(s.text for s in self._motion.sentences()),
            "classification": "resolution",
            "date": self._moment(moved) if moved else None,
            "requirement": threshold(vote.majority) if vote and vote.majority else None,
            "result": None if vote is None or vote.carried is None else _RESULTS[vote.carried],
            "vote_events": [self._popolo_event(v) for v in votes if v.step.question == "motion"],
        }
        return {name: value for name, value in data.items() if value is not None}

    def _is_moved(self, event: Event) -> bool:
        return isinstance(self._case.steps.get(event.id), Moved)

    def _popolo_event(self, vote: Tally) -> Data:
        data = {
            "id": f"vote_event/{vote.step.id}",
            "organization_id": self._organization,
            "motion_id": f"motion/{self._case.id}",
            "identifier": vote.step.id,
            "start_date": self._moment(vote.step.at),
            "result": _RESULTS[bool(vote.carried)],
            "counts": [{"option": o, "value": n} for o, n in _counts(vote).items()],
            "votes": [
                {"voter_id": f"person/{member}", "option": _OPTIONS[option]}
                for option, member in _answers(vote)
            ],
        }
        return {name: value for name, value in data.items() if value is not None}

    def _time(self, moment: str) -> str:
        """A moment as Open Civic Data takes it: a day, or a time with seconds and offset."""
        if instant(moment).at is None:
            return moment
        return datetime.fromisoformat(moment).isoformat(timespec="seconds")

    def _moment(self, moment: str) -> str | None:
        """A time as Popolo takes it; a day alone is none."""
        return self._time(moment) if instant(moment).at else None

    def _evidence(self, id: str) -> tuple[str, ...]:
        step = self._case.steps.get(id)
        return step.evidence if step else ()

    def _sources(self, ids: Sequence[str]) -> list[Data]:
        """Where it can be seen: the address of each source, or its digest; else the case."""
        found = []
        for id in dict.fromkeys(ids):
            if source := self._case.sources.get(id):
                found.append({"url": source.url or named_by(source.sha256), "note": source.id})
        return found or [{"url": f"urn:gravamen:case:{self._case.id}", "note": "the record"}]


def _related(step: object) -> list[tuple[str, str]]:
    match step:
        case SetAside(to=str(to)):
            return [(to, "organization")]
        case Minuted() | None:
            return []
        case _:
            by = getattr(step, "by", None)
            return [(by, "person")] if by else []


def _answers(vote: Tally) -> Iterator[tuple[BallotOption, str]]:
    sides: tuple[tuple[BallotOption, tuple[str, ...]], ...] = (
        ("aye", vote.ayes),
        ("no", vote.noes),
        ("abstain", vote.abstentions),
        ("absent", vote.absent),
        ("recused", vote.recused),
    )
    for option, members in sides:
        yield from ((option, m) for m in members)


def _counts(vote: Tally) -> dict[str, int]:
    """How many stand on each side, ayes and noes always."""
    found = {"yes": 0, "no": 0}
    for option, _ in _answers(vote):
        word = _OPTIONS[option]
        found[word] = found.get(word, 0) + 1
    return found


def _uncounted(vote: Tally, found: Adoption) -> dict[str, list[str]]:
    """Who is on no side: of whom nothing is recorded, and who was no member."""
    names = {"not_recorded": vote.not_recorded, "not_members": vote.strangers}
    return {what: [found.name(m) for m in who] for what, who in names.items() if who}


def _slug(words: str) -> str:
    return _NOT_NAME.sub("-", words.casefold()).strip("-") or "body"
