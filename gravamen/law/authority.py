"""The law as values: authorities, prongs, elements, offices, clocks, waivers; each value cited."""

import datetime
import difflib
from functools import cached_property
from typing import Literal, TypeVar

from gravamen.dates import Edtf
from gravamen.law.assistance import Hold, Program, compact, printed, without_holder
from gravamen.law.body import Body
from gravamen.law.cited import Cited, Mark, Provision
from gravamen.law.office import Office
from gravamen.values import GravamenError, Value, digest
from gravamen.vocabulary import (
    Act,
    ArgumentTopic,
    DossierSection,
    Measure,
    PartyKind,
    RoleKind,
    VictimKind,
)

T = TypeVar("T")
AuthorityKind = Literal[
    "person-sanctions", "visa", "unit-assistance", "country-assistance", "arms",
    "state-designation",
]  # fmt: skip
Reach = Literal[
    "individual", "entity", "government_entity", "official", "family", "unit", "state",
]  # fmt: skip
ElementRule = Literal[
    "foreign-person",  # a person or body that is not of the state `foreign_to`, and not a state
    "kind",  # the party is of one of `kinds`
    "act",  # an allegation in which the party has a role, of one of `acts`
    "entity-act",  # the same, for a body or unit in which the party holds or held a post
    "role",  # the party stands in one of `roles` towards such an act
    "victims",  # the victims of such an act are of one of `victims`
    "post",  # a post of the party, proven by claims
    "tenure",  # a post's dates cover the act's
    "pattern",  # several such acts, apart in time or place, from several origins
    "claims",  # only what a claim says that it serves (`serves: [el.x]`)
]


class LawError(GravamenError):
    """A law file that cannot be used, or an id that the law data do not know."""


class Element(Cited):
    """A yes-or-no question that a prong asks, the rule that finds what bears on it, and the gap.

    Args:
        acts: for every rule, which acts count as "such an act".
        minimum: how many allegations a pattern takes.
        foreign_to: for the rule foreign-person, the ISO code of the state that the law is of.
        good: what satisfies it; `thin`: what is not enough alone.
        guidance: the mark of all these together: which acts, roles, victims and kinds count, how
            many, what satisfies it and what does not. The law itself seldom says so.
        gap: one sentence, said when nothing supports it: what is missing, what would close it.
            May hold {party}, {entity}, {act}.
    """

    id: str
    test: str
    rule: ElementRule
    gap: str
    acts: tuple[Act, ...] = ()
    roles: tuple[RoleKind, ...] = ()
    victims: tuple[VictimKind, ...] = ()
    kinds: tuple[PartyKind, ...] = ()
    minimum: int = 1
    foreign_to: str = "US"
    good: tuple[str, ...] = ()
    thin: tuple[str, ...] = ()
    guidance: Mark = "inferred"


class Prong(Cited):
    """One way in which an authority reaches somebody: the elements that must all be met.

    Args:
        all_of: element ids; `any_of`: at least one of these besides, where given.
        also: elements worth showing though the prong does not hang on them (an exception that
            the other side would have to make good).
        reaches: whom this prong reaches, where narrower than the authority.
        when: for which facts to choose it, one sentence (the "which prong when" table).
    """

    id: str
    text: str
    all_of: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    reaches: tuple[Reach, ...] = ()
    when: str | None = None
    corruption: bool = False


class WaiverStep(Cited):
    """Something that happened to a bar or its waiver; dates as exactly as they are known.

    Args:
        event: the bar came into force; a waiver was granted or extended (`until` its last day);
            waivers were given on days that nobody read, so that no single day is known; a waiver
            lapsed and was not extended (`until` the last day of which that is said); the bar was
            repealed.
        until_mark: how surely `until` is known; inferred where it was computed.
        text: a clause without capital or full stop: "the Deputy Secretary extended the waiver".
    """

    on: Edtf
    event: Literal["barred", "waived", "undated", "not-extended", "repealed"]
    text: str
    until: Edtf | None = None
    until_mark: Mark = "sourced"


class Waiver(Cited):
    """How a bar can be waived: the test, and what was done on which day.

    Args:
        since: the first day of the power to waive, where that is younger than the bar.
    """

    test: str
    since: datetime.date | None = None
    steps: tuple[WaiverStep, ...] = ()


class Edition(Cited):
    """The cite of an authority that is enacted anew, for the time in which it is in force."""

    name: str
    start: Edtf
    end: Edtf


class Term(Cited):
    """How long a power runs that is renewed from time to time; what comes after is not known.

    A power whose end is certain has `effective_to` instead.

    Args:
        what: what runs out, a noun phrase in the plural: "the framework and the listings".
        until: its last day as far as the texts that were read say; a renewal was not found.
    """

    what: str
    until: datetime.date


class Spared(Cited):
    """Whose own persons a law does not reach.

    Args:
        state: ISO code of the state ("CA").
        whom: those it does not reach, after "does not reach": "citizens of Canada".
        dual: what of a person who is a national of another state too.
    """

    state: str
    whom: str
    dual: Literal["spared", "unsettled"]


class Assistance(Cited):
    """Which assistance a country or unit authority reaches, and what lies outside it.

    Args:
        reaches: a noun phrase without full stop; each item of `outside` likewise, and of
            `outside_unchecked`, which rests on memory or inference whatever the mark of the rest.
        asks: what to ask for in its terms, after "asks you to"; "" where the powers say it.
        to_government: it reaches only what goes to the government of the state.
    """

    reaches: str
    outside: tuple[str, ...] = ()
    outside_unchecked: tuple[str, ...] = ()
    asks: str = ""
    to_government: bool = False

    @property
    def left_alone(self) -> tuple[str, ...]:
        """What lies outside it and is not said to be reached by a sister law."""
        items = (*self.outside, *self.outside_unchecked)
        return tuple(item for item in items if "reaches that" not in item)


class Authority(Cited):
    """A legal power: whom it reaches, by which prongs, who decides, what it can order.

    Args:
        names: how texts name it, case-insensitive ("Global Magnitsky Act").
        reaches: whom it can be used against; "state" only where it really reaches states.
        countries: ISO codes of the only states it concerns; empty means any.
        former_ussr: it concerns only the independent states of the former Soviet Union.
        decides: id of the office that decides; `consults` whom it must ask; `delegated` to whom
            the decision passed on, as words behind the title of the office.
        clocks: ids in law/clocks.yaml.
        effective_from, effective_to: when the power is in force; `effective_mark` is how surely.
        earlier: what is said to have bound before `effective_from`, where nobody read it.
        term: where it runs out unless it is renewed, and no renewal was found.
        spares: whose own persons it does not reach; `scope.spared` says so for every authority.
        contents: the sections that a file for its desk must have; `extras` what else, in words;
            `arguments` what its desk expects to be argued; `reasons_limit` how many characters a
            statement of reasons may have. None of the four is in the law: each is inferred from
            the legal tests and from guides, and needs review always.
    """

    id: str
    title: str
    short: str
    kind: AuthorityKind
    jurisdiction: str
    names: tuple[str, ...]
    reaches: tuple[Reach, ...]
    measures: tuple[Measure, ...]
    decides: str
    delegated: Provision | None = None
    effective_from: datetime.date
    effective_to: datetime.date | None = None
    effective_mark: Mark = "memory"
    earlier: Provision | None = None
    nature: str = ""
    consults: tuple[str, ...] = ()
    prongs: tuple[Prong, ...] = ()
    standard: Provision | None = None
    exceptions: tuple[Provision, ...] = ()
    notes: tuple[Provision, ...] = ()
    clocks: tuple[str, ...] = ()
    waiver: Waiver | None = None
    assistance: Assistance | None = None
    editions: tuple[Edition, ...] = ()
    countries: tuple[str, ...] = ()
    former_ussr: bool = False
    term: Term | None = None
    spares: Spared | None = None
    contents: tuple[DossierSection, ...] = ()
    extras: tuple[str, ...] = ()
    arguments: tuple[ArgumentTopic, ...] = ()
    reasons_limit: int | None = None


class Tolling(Cited):
    """The rule by which a time stands still, in words."""

    text: str


Owed = Literal["request", "report", "lapse", "window"]


class Clock(Cited):
    """A time that the law sets: what starts it, who can, how long, who must act, what then.

    Args:
        starters: ids of the offices that can start it.
        joint: chairperson and ranking member of one committee must sign together.
        authority: None for a time that no authority of the law data sets (a notice rule).
        measures: what a request must ask that it is about, where no authority says it.
        owed: on the request that started it; a report or another act to others than who asks; a
            lapse, where somebody may act or let it end; or a window, in which something may be
            done or must wait. Only a time that is owed on a request can be overdue.
        owed_to: to whom, in words; "" where the sources do not say it.
        after: id of the clock that must have run; `unmet`: and must have ended without being met.
        days: None where the law names a day of the year, hours, or no number.
        or_days: the other number, where `depends` says that one of two holds.
        months: a time in months or years from the start event; the last day is its anniversary.
        yearly: the day of every year on which it falls, "12-10" for 10 December.
        until: the one day on which it ends, where the law names it.
        recurs: it comes again, after as many days or months (a yearly one always does); the first
            time after `first` days, the last time by `recurs_until`.
        since: the day from which the rule that is cited holds; an earlier start is under another.
        depends: what the day depends on that no record shows, one sentence.
        tolling: the rule by which it stands still; without one nothing stops it for a while.
        before: the days are counted back from the start event, which has to be told of in time.
        from_next: the law says that the day after the start event is the first; else that is the
            usual rule.
        jurisdiction: whose calendar and time zone count, where no authority or office says it.
    """

    id: str
    authority: str | None = None
    measures: tuple[Measure, ...] = ()
    start: str
    starters: tuple[str, ...] = ()
    joint: bool = False
    owed: Owed = "report"
    owed_to: str = ""
    after: str | None = None
    unmet: bool = False
    days: int | None = None
    or_days: int | None = None
    hours: int | None = None
    months: int | None = None
    yearly: str | None = None
    until: datetime.date | None = None
    recurs: bool = False
    first: int | None = None
    recurs_until: datetime.date | None = None
    since: datetime.date | None = None
    depends: str = ""
    tolling: Tolling | None = None
    before: bool = False
    from_next: bool = False
    jurisdiction: str | None = None
    counted: Literal["calendar", "working", "hours", "yearly"] = "calendar"
    due: str = ""
    must_act: str = ""
    consequence: str = "none stated"


class Definition(Cited):
    """What a legal term means in a law: the test in words; the term is never ours to apply."""

    id: str
    term: str
    test: str


class Rate(Cited):
    """In how many entries of a published list a field is filled: `filled` percent of `entries`."""

    list: str
    filled: int
    entries: int


class IdentifierNorm(Cited):
    """What a list of sanctioned persons gives to tell one person from another, and how often.

    Args:
        need: required of every person named, expected, or optional.
        why: the rule that sets `need`, one sentence.
    """

    id: str
    label: str
    need: Literal["required", "expected", "optional"]
    why: str
    rates: tuple[Rate, ...] = ()


class Cover(Cited):
    """Whether an authority covers a kind of act, what that takes, and why.

    Args:
        covers: yes; conditional (only with what `needs` names); no; unsettled (nobody settled it).
        needs: ids of elements ("el.victim_seeks"), or words where no element says it.
        why: one sentence.
    """

    authority: str
    covers: Literal["yes", "conditional", "no", "unsettled"]
    needs: tuple[str, ...] = ()
    why: str


class Coverage(Value):
    """A kind of act, and which authorities cover it; an authority without a cell is not said.

    Args:
        label: the act in plain words ("detention for long without charge and trial").
        acts: the words of the vocabulary that such an act is recorded under.
    """

    id: str
    label: str
    acts: tuple[Act, ...]
    cells: tuple[Cover, ...]

    def under(self, authority: str) -> Cover | None:
        """Return the cell of an authority; None where nothing is said."""
        return next((c for c in self.cells if c.authority == authority), None)


class LawSource(Value):
    """What was read: which texts, of which date, and when they were read."""

    id: str
    title: str
    read_on: datetime.date


class Law(Value, dict=True, gc=True):  # the dict keeps what is derived once
    """All law data of an edition; the edition is the digest of the files."""

    edition: str
    authorities: dict[str, Authority]
    elements: dict[str, Element]
    offices: dict[str, Office]
    clocks: dict[str, Clock]
    definitions: dict[str, Definition]
    sources: dict[str, LawSource]
    identifiers: dict[str, IdentifierNorm] = {}
    bodies: dict[str, Body] = {}
    coverage: dict[str, Coverage] = {}
    programs: dict[str, Program] = {}

    def authority(self, id: str) -> Authority:
        """Return an authority; an unknown id raises LawError naming near ones."""
        return _get(self.authorities, id, "authority")

    def element(self, id: str) -> Element:
        """Return an element."""
        return _get(self.elements, id, "element")

    def office(self, id: str) -> Office:
        """Return an office."""
        return _get(self.offices, id, "office")

    def decider(self, authority: Authority) -> str:
        """The title of the office that decides under an authority, and to whom that passed on:
        "President of the United States (delegated to the Secretary of State by ...)"."""
        title = self.office(authority.decides).title
        return f"{title} ({authority.delegated.text})" if authority.delegated else title

    def clock(self, id: str) -> Clock:
        """Return a clock."""
        return _get(self.clocks, id, "clock")

    def definition(self, id: str) -> Definition:
        """Return a definition."""
        return _get(self.definitions, id, "definition")

    def body(self, id: str) -> Body:
        """Return a kind of body."""
        return _get(self.bodies, id, "kind of body")

    def program(self, id: str) -> Program:
        """Return a program of assistance."""
        return _get(self.programs, id, "program")

    def program_of(self, words: str) -> tuple[Program, str] | None:
        """Return the program that a report or table means, and the code of its lines.

        Args:
            words: a code, a spelling or a funding account as printed, without the year; case,
                spaces and the comma before an "and" do not count, nor does who holds the account
                ("..., Executive").
        """
        for name in without_holder(words):
            if found := self._printed.get(compact(name)):
                return self.programs[found[0]], found[1]
        return None

    def programs_near(self, words: str) -> tuple[str, ...]:
        """The printed names that are most like some words, the best first, at most five."""
        names = self._printed
        near = difflib.get_close_matches(compact(words), names, n=5, cutoff=0.6)
        return tuple(names[key][2] for key in near)

    def holds(self, program: Program) -> tuple[Hold, ...]:
        """The authorities that bear on a program: its own holds, or those that it shares."""
        return self.program(program.holds_of).holds if program.holds_of else program.holds

    @cached_property
    def _printed(self) -> dict[str, tuple[str, str, str]]:
        return {
            compact(words): (id, code, words)
            for id, program in self.programs.items()
            for words, code in printed(program)
        }

    def coverage_of(self, act: Act, authority: str) -> tuple[Cover, ...]:
        """Return what is said of an act under an authority: a cell of each row that is of it."""
        rows = (row for row in self.coverage.values() if act in row.acts)
        return tuple(cell for row in rows if (cell := row.under(authority)))

    def edition_of(self, id: str) -> str:
        """Return the edition of an authority, element, office, clock or program: 16 hex digits.

        They begin the SHA-256 of its canonical JSON, so that what a person said of the value can
        be held to it: one changed word, cite or mark gives another edition.

        Raises:
            LawError: no value of these tables has the id.
        """
        known: dict[str, Value] = {
            **self.authorities, **self.elements, **self.offices, **self.clocks, **self.programs,
        }  # fmt: skip
        return digest(_get(known, id, "authority, element, office, clock or program"))[:16]

    def holders(self, measure: Measure, authority: str | None) -> tuple[Office, ...]:
        """The offices that can take a measure (under an authority, where one is named)."""
        return tuple(
            office
            for office in self.offices.values()
            if any(
                p.measure == measure and (authority is None or authority in p.authorities)
                for p in office.powers
            )
        )


def _get(table: dict[str, T], id: str, what: str) -> T:
    if id not in table:
        near = difflib.get_close_matches(id, table, n=5, cutoff=0.5) or list(table)
        raise LawError(f"The law data know no {what} {id!r}; near ones are: {', '.join(near)}.")
    return table[id]
