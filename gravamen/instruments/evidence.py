"""Evidence: the facts of a case in rows, with what bears each out and what speaks against it."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gravamen.case import Case
from gravamen.checks.permitted import content
from gravamen.claims import Allegation, Claim, origin_of
from gravamen.findings import Finding
from gravamen.flows import Flow
from gravamen.instruments.outgoing import Outgoing
from gravamen.instruments.wording import capital, speaker
from gravamen.law.authority import Law
from gravamen.parties import Party
from gravamen.submission import Search

_MODES = {
    "witnessed": "saw it",
    "reported": "reported it",
    "official": "official statement",
    "document": "document",
    "inference": "concluded it",
}
_STANCES = {"affirms": "", "denies": "denies", "qualifies": "qualifies"}
_HIDDEN = "withheld: a protected source"
NOTHING_AGAINST = (
    "Nothing that speaks against the facts is on record, and no search for it is recorded."
)
UNANSWERED = "No answer is recorded."


class Column(NamedTuple):
    """A column of a table: its heading and how wide it is, in characters."""

    heading: str
    width: int


class Sheet(NamedTuple):
    """A table: the name of its file, its title, its columns and its rows of texts."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


_FACTS = (
    Column("No.", 6), Column("Fact", 44), Column("Date", 12), Column("Place", 18),
    Column("Exhibit", 8), Column("Page", 6), Column("Quote", 50), Column("Translation", 40),
    Column("Speaker", 24), Column("How known", 16), Column("Stance", 10), Column("Origin", 16),
    Column("Corroboration", 26), Column("Contradicted by", 34), Column("Element served", 26),
    Column("Claim", 14), Column("Review", 22), Column("Commitment", 20),
)  # fmt: skip
_AGAINST = (
    Column("No.", 6), Column("Fact", 44), Column("Source", 34), Column("Quote", 50),
    Column("What it would change", 40), Column("Our answer", 40), Column("Record", 14),
    Column("Commitment", 20),
)  # fmt: skip
_EXHIBITS = (
    Column("Exhibit", 8), Column("Cited as", 44), Column("SHA-256", 66), Column("Captured", 12),
    Column("Published", 12), Column("Language", 10), Column("Translator", 22),
    Column("Reliability", 36), Column("Origin", 18), Column("File", 24), Column("Kind", 22),
    Column("Address", 40), Column("Source", 14),
)  # fmt: skip
_ELEMENTS = (
    Column("Element", 26), Column("Question", 80), Column("Asked under", 50), Column("Of", 40),
)  # fmt: skip


def evidence_tables(
    case: Case,
    *,
    findings: Sequence[Finding] = (),
    law: Law | None = None,
    party: str | None = None,
) -> tuple[Sheet, ...]:
    """Return four tables: evidence, what speaks against it, exhibits, elements of the laws.

    The evidence has a row for each claim that affirms or qualifies a fact, numbered by fact and
    claim ("2.1"); a fact that nothing bears out has a row that says so. The second table is never
    empty. Exhibits are lettered in the order in which the evidence first uses them.

    Args:
        findings: what `weigh` found; it says which elements of a law a claim serves.
        law: where given, the last table tells the question of each element.
        party: id of the party that they are about; the whole case where None.

    Raises:
        GravamenError: there is no such party.
    """
    rows = _Rows(Outgoing(case, party=party), findings, law)
    who = f": {case.parties[party].name}" if party else ""
    return (
        Sheet("evidence", f"Evidence{who}", _FACTS, tuple(rows.facts())),
        Sheet("adverse", f"What speaks against it{who}", _AGAINST, tuple(rows.against())),
        Sheet("exhibits", "Exhibits", _EXHIBITS, tuple(rows.exhibits())),
        Sheet("elements", f"Elements served{who}", _ELEMENTS, tuple(rows.elements())),
    )


class _Rows:
    """Makes the rows of one case."""

    def __init__(self, out: Outgoing, findings: Sequence[Finding], law: Law | None) -> None:
        self._out, self._case, self._law, self._findings = out, out.case, law, findings
        self._about: dict[str, list[Claim]] = {}
        for claim in out.claims:
            self._about.setdefault(claim.about, []).append(claim)
        self._serves: dict[str, dict[str, None]] = {}
        for finding in findings:
            for id in (*finding.claims, *finding.qualified):
                self._serves.setdefault(id, {})[finding.element] = None
        things = [a.id for a in out.allegations]
        things += [id for id in self._about if id in self._case.parties]
        things += [f.id for f in self._out.flows]
        self._numbers = {id: n for n, id in enumerate(things, 1)}

    def facts(self) -> Iterator[tuple[str, ...]]:
        for allegation in self._out.allegations:
            yield from self._fact(allegation)
        for id in self._about:
            if id in self._case.parties:
                yield from self._of_party(self._case.parties[id])
        for flow in self._out.flows:
            yield from self._of_flow(flow)

    def _of_flow(self, flow: Flow) -> Iterator[tuple[str, ...]]:
        n, when = self._numbers[flow.id], str(flow.year or "")
        for k, claim in enumerate(self._standing(flow.id), 1):
            fact = f"Assistance, as a file gives it: {claim.passage.exact}"
            yield (f"{n}.{k}", fact, when, flow.country, *self._said(claim), "", "",
                   *self._tail(claim))  # fmt: skip

    def _fact(self, allegation: Allegation) -> Iterator[tuple[str, ...]]:
        claims = [c for c in self._standing(allegation.id) if c.stance != "denies"]
        head = (
            _sentence(content(self._case, allegation)),
            str(allegation.date or ""),
            allegation.place_normal or allegation.place or "",
        )
        word = self._case.corroboration(allegation.id).spelled
        denied = "; ".join(
            self._source(c) for c in self._standing(allegation.id) if c.stance == "denies"
        )
        n = self._numbers[allegation.id]
        for k, claim in enumerate(claims, 1):
            yield (f"{n}.{k}", *head, *self._said(claim), word, denied, *self._tail(claim))
        if not claims:
            nothing = ("", "", "no source is on record", "", "", "", "", "")
            review = self._review(allegation.id)
            yield (f"{n}", *head, *nothing, word, denied, "", "", review, "")

    def _of_party(self, party: Party) -> Iterator[tuple[str, ...]]:
        n = self._numbers[party.id]
        for k, claim in enumerate(self._standing(party.id), 1):
            if claim.stance == "denies":
                continue
            fact, when = _told_of(party, claim, self._case)
            yield (f"{n}.{k}", fact, when, "", *self._said(claim), "", "", *self._tail(claim))

    def _standing(self, about: str) -> list[Claim]:
        return [c for c in self._about.get(about, ()) if c.withdrawn is None]

    def _said(self, claim: Claim) -> tuple[str, ...]:
        """Exhibit, page, quote, translation, speaker, mode, stance and origin."""
        mode, stance = _MODES[claim.mode], _STANCES[claim.stance]
        if self._out.withholds(claim):
            return ("W", "", _HIDDEN, "", "a protected source", mode, stance, "withheld")
        by = claim.translator or self._case.sources[claim.passage.source].translator
        told = claim.translation or ""
        if told:
            told = f"{told} (translated by {by or 'a translator who is not named'})"
        page = claim.passage.page
        return (
            self._out.exhibits[claim.passage.source],
            "" if page is None else str(page),
            claim.passage.exact,
            told,
            self._voices(claim),
            mode,
            stance,
            origin_of(claim, self._case.sources),
        )

    def _tail(self, claim: Claim) -> tuple[str, ...]:
        """Elements served, claim, review and commitment."""
        hidden = self._out.withholds(claim)
        served = self._serves.get(claim.id) or dict.fromkeys(claim.serves)
        elements = ", ".join(served)
        commitment = self._case.version(claim.id) if hidden else ""
        return elements, "" if hidden else claim.id, self._review(claim.id), commitment

    def _review(self, thing: str) -> str:
        return "" if self._case.reviewed(thing) else "proposed by a machine, not reviewed"

    def _voices(self, claim: Claim) -> str:
        through = [
            self._case.parties[v].name if v in self._case.parties else v for v in claim.relayed_by
        ]
        name = capital(speaker(self._case, claim))
        return f"{name}, relayed by {', '.join(through)}" if through else name

    def _source(self, claim: Claim) -> str:
        """Who says it, and where: "The Ministry (Exhibit B, page 2)"."""
        if self._out.withholds(claim):
            return "A protected source (withheld)"
        page = claim.passage.page
        where = "" if page is None else f", page {page}"
        letter = self._out.exhibits[claim.passage.source]
        return f"{self._voices(claim)} (Exhibit {letter}{where})"

    def against(self) -> Iterator[tuple[str, ...]]:
        rows = [*self._spoken_against(), *map(self._searched, self._searches())]
        if not rows:
            rows = [(NOTHING_AGAINST, "", "", "", "", "", "")]
        for n, row in enumerate(rows, 1):
            yield (str(n), *row)

    def _spoken_against(self) -> Iterator[tuple[str, ...]]:
        for claim in self._out.claims:
            tell = _AGAINST_BY.get("withdrawn" if claim.withdrawn else claim.stance)
            if tell is None:
                continue
            hidden = self._out.withholds(claim)
            n = self._numbers[claim.about]
            about = self._case.allegations.get(claim.about)
            what = f"that {content(self._case, about)}" if about else "what is recorded of it"
            fact, change = tell(self._source(claim), what, n)
            if claim.withdrawn:
                fact = f"{fact} {'The reason is withheld.' if hidden else claim.withdrawn}"
            answer = self._answer(claim)
            yield (
                fact,
                self._source(claim),
                _HIDDEN if hidden else claim.passage.exact,
                change,
                answer,
                "" if hidden else claim.id,
                self._case.version(claim.id) if hidden else "",
            )

    def _answer(self, claim: Claim) -> str:
        """What the submitter answers to a statement: its arguments on that topic that name it."""
        found = [
            a.text
            for a in self._case.arguments.values()
            if a.topic == "answer" and claim.id in a.claims and self._case.stands(a.id)
        ]
        return " ".join(found) or UNANSWERED

    def _searches(self) -> list[Search]:
        return [
            s
            for s in self._case.searches.values()
            if s.topic == "adverse"
            and self._case.stands(s.id)
            and (self._out.party is None or s.party in (None, self._out.party))
        ]

    def _searched(self, search: Search) -> tuple[str, ...]:
        edition = f" ({search.edition})" if search.edition else ""
        where = f"{search.where}{edition}, looked through on {search.on} by {search.by}"
        claims = [c for c in self._out.claims if c.id in search.claims]
        quotes = "\n".join(_HIDDEN if self._out.withholds(c) else c.passage.exact for c in claims)
        found = ", ".join(self._source(c) for c in claims)
        source = f"{where}; {found}" if found else where
        if search.found is None:
            return ("Nothing was found.", source, quotes, "", "", search.id, "")
        change = search.changes or "Nobody has recorded what it would change."
        return (search.found, source, quotes, change, search.answer or UNANSWERED, search.id, "")

    def exhibits(self) -> Iterator[tuple[str, ...]]:
        for id, letter in self._out.exhibits.items():
            source = self._case.sources[id]
            yield (
                letter,
                source.cited,
                source.sha256,
                str(source.retrieved or ""),
                str(source.published or ""),
                source.language or "",
                source.translator or "",
                source.reliability or "",
                source.origin_group,
                source.name,
                source.media_type,
                source.url or "",
                id,
            )
        for n, commitment in enumerate(self._out.commitments, 1):
            words = f"{capital(_HIDDEN)}; the record is bound to it by the commitment {commitment}"
            yield (f"W{n}", words, *[""] * (len(_EXHIBITS) - 2))
        if kept := len(self._out.kept_back):
            words = f"Not listed: {kept} of the case's sources, on which no claim here rests"
            yield ("", words, *[""] * (len(_EXHIBITS) - 2))

    def elements(self) -> Iterator[tuple[str, ...]]:
        """Each element that a claim serves: its question, the prongs that ask it, and of whom."""
        asked: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
        for found in self._findings:
            if self._out.party in (None, found.party) and (found.claims or found.qualified):
                prongs, parties = asked.setdefault(found.element, ({}, {}))
                prongs[found.prong] = None
                parties[self._case.parties[found.party].name] = None
        for element, (prongs, parties) in asked.items():
            known = self._law.elements.get(element) if self._law else None
            question = known.test if known else ""
            yield element, question, ", ".join(prongs), ", ".join(parties)


def _sentence(clause: str) -> str:
    """An allegation's clause as a sentence."""
    words = capital(clause.strip())
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _told_of(party: Party, claim: Claim, case: Case) -> tuple[str, str]:
    """The fact of a party that a claim bears out, and when."""
    for post in party.posts:
        if claim.id in post.claims:
            body = case.parties[post.body].name if post.body in case.parties else post.body
            when = f"{post.start or ''}/{post.end or ''}".strip("/")
            return f"{party.name} held the post of {post.title} in {body}.", when
    for command in party.commands:
        if claim.id in command.claims:
            over = case.parties[command.over].name if command.over in case.parties else command.over
            when = f"{command.start or ''}/{command.end or ''}".strip("/")
            return f"{party.name} had authority over {over}.", when
    return f"Who {party.name} is: birth, sex, nationality or another mark.", ""


def _denies(source: str, what: str, n: int) -> tuple[str, str]:
    return f"{source} denies {what}.", f"If it is right, fact {n} does not hold."


def _qualifies(source: str, what: str, n: int) -> tuple[str, str]:
    return f"{source} qualifies {what}.", f"It limits fact {n}."


def _withdrawn(source: str, what: str, n: int) -> tuple[str, str]:
    return f"{source} took back the statement {what}.", f"It no longer counts for fact {n}."


_AGAINST_BY: dict[str, Callable[[str, str, int], tuple[str, str]]] = {
    "denies": _denies,
    "qualifies": _qualifies,
    "withdrawn": _withdrawn,
}
