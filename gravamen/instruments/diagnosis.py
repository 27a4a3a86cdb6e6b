"""The diagnosis: what a text asks, why it cannot be acted on, what was done, what is left to do."""

from collections.abc import Sequence

from gravamen.case import Case
from gravamen.checks import CHECKS, Flag
from gravamen.checks.permitted import withheld
from gravamen.findings import Finding
from gravamen.instruments.asked_words import ask_words, cited
from gravamen.instruments.asks import Ask, Book, elsewhere
from gravamen.instruments.assistance.chosen import names
from gravamen.instruments.assistance.unasked import unasked_laws
from gravamen.instruments.frame import requester_of, to_fill
from gravamen.instruments.pen import Pen
from gravamen.instruments.wording import capital, joined, speaker
from gravamen.law.authority import Law
from gravamen.law.waivers import phrase
from gravamen.sentences import Block, Cell, Instrument, Section, Table

_GRAVE = ("blocks", "draft")
REMEDIES = {check.id: check.remedy for check in CHECKS}
SHOWN_OF_A_CHECK = 3


def diagnosis(book: Book, *, asks: tuple[Ask, ...], flags: Sequence[Flag]) -> Instrument:
    """Return the page that comes first: for the body itself, not for any office."""
    case, law, on, findings = book.case, book.law, book.on, book.findings
    requester = requester_of(case)
    pen = Pen(case, law, on=on, paper=requester.paper)
    sections = (
        Section(heading=None, blocks=(_verdict(case, pen, asks, flags),)),
        Section(heading="What the text asks", blocks=_asked(case, law, pen)),
        Section(heading=_why_heading(flags), blocks=_why(pen, flags)),
        Section(heading="What was done about it", blocks=_done(case, law, pen, asks)),
        Section(heading="What only a person can do next", blocks=_left(pen, asks, findings)),
        Section(heading="Who else could act", blocks=_others(book, pen)),
        Section(heading="Laws under which nothing is asked", blocks=_unasked(book, pen)),
        Section(heading="What the text alleges, and on whose word", blocks=_record(case, pen)),
        Section(heading="Further remarks", blocks=_remarks(pen, flags)),
    )
    return Instrument(
        id="diagnosis",
        kind="diagnosis",
        title=f"Diagnosis: {case.title}",
        on=on.isoformat(),
        sections=tuple(s for s in sections if s.blocks),
        body=requester.name,
        style="report",
        paper=requester.paper,
        lang=case.language,
        reference=f"{case.id}/diagnosis",
        law_edition=law.edition,
    )


def _verdict(case: Case, pen: Pen, asks: tuple[Ask, ...], flags: Sequence[Flag]) -> Block:
    """What a busy reader needs first: how many requests, whether they can go, what was made."""
    n, grave = len(case.requests), {f.id for f in flags if f.blocks}
    letters = len({a.office for a in asks})
    asked = (
        f"The text holds {_counted(n, 'request')}"
        if n
        else "The text asks nobody to do anything that was recognised as a request"
    )
    if grave:
        stands = f"As it stands it cannot be acted on, for {_counted(len(grave), 'reason')} below"
    elif any(f.severity == "draft" for f in flags):
        stands = "Nothing keeps it from being acted on once a person has reviewed what is marked"
    else:
        stands = "Nothing was found that would keep it from being acted on"
    society = requester_of(case).kind in ("ngo", "person")
    made = [*([] if society else ["a motion"]), *([_counted(letters, "letter")] if letters else [])]
    lies = "lie" if len(made) > 1 or letters > 1 else "lies"
    beside = (
        f"{capital(joined(made))} {lies} beside this page, mended as far as that can be done "
        "without inventing a fact, a name or a citation"
        if made
        else "Nothing could be written from it"
    )
    return pen.form(
        f"{asked}. {stands}. {beside}; what is left for a person stands under “What only a person "
        "can do next”."
    )


def _counted(n: int, thing: str) -> str:
    """ "one request", "3 letters"."""
    return f"one {thing}" if n == 1 else f"{n} {thing}s"


def _asked(case: Case, law: Law, pen: Pen) -> tuple[Block | Table, ...]:
    if not case.requests:
        return (pen.form("No request was found in it: nobody is asked to do anything."),)
    rows = []
    for request in case.requests.values():
        words = request.passage.exact if request.passage else request.why or request.measure
        law_named = request.authority_words or (
            law.authority(request.authority).short if request.authority else "none named"
        )
        offices = [law.office(o).title for o in request.addressees]
        measure = request.measure.replace("-", " ")
        target = request.target_words or _target(case, request.target)
        cells = (
            " ".join(words.split()),
            f"{measure}, against {target}",
            law_named,
            ", ".join((*offices, *request.addressee_words)) or "nobody named",
        )
        rows.append(
            tuple(Cell(sentences=(pen.say("context", c, request=request.id),)) for c in cells)
        )
    table = Table(
        caption="The requests, as the text puts them",
        header=("In its words", "Measure and target", "Law named", "Asked of"),
        rows=tuple(rows),
    )
    return (table,)


def _target(case: Case, target: str | None) -> str:
    return case.parties[target].name if target and target in case.parties else "none named"


def _flagged(pen: Pen, flags: Sequence[Flag], severities: tuple[str, ...]) -> tuple[Block, ...]:
    """Flags as list items, one for each check: what it found, how often, and the remedy."""
    seen: dict[str, list[Flag]] = {}
    for flag in flags:
        if flag.severity in severities:
            seen.setdefault(flag.id, []).append(flag)
    return tuple(_of_check(pen, id, found) for id, found in seen.items())


def _of_check(pen: Pen, id: str, found: Sequence[Flag]) -> Block:
    messages = list(dict.fromkeys(f.message for f in found))
    shown = [pen.say("argument", message) for message in messages[:SHOWN_OF_A_CHECK]]
    if (more := len(messages) - len(shown)) > 0:
        there = "There is one more" if more == 1 else f"There are {more} more"
        shown.append(pen.say("form", f"{there} of this kind."))
    hints = list(dict.fromkeys(f.hint for f in found))
    remedy = pen.say("form", f"What to do: {hints[0] if len(hints) == 1 else REMEDIES[id]}")
    return Block(sentences=(*shown, remedy), style="bullet", label=id)


def _why_heading(flags: Sequence[Flag]) -> str:
    if any(f.blocks for f in flags):
        return "Why it cannot be acted on as it stands"
    return (
        "What still marks it as a draft"
        if any(f.severity == "draft" for f in flags)
        else ("Whether it can be acted on")
    )


def _why(pen: Pen, flags: Sequence[Flag]) -> tuple[Block, ...]:
    return _flagged(pen, flags, _GRAVE) or (
        pen.form("Nothing was found that would keep it from being acted on."),
    )


def _remarks(pen: Pen, flags: Sequence[Flag]) -> tuple[Block, ...]:
    return _flagged(pen, flags, ("warning", "note"))


def _done(case: Case, law: Law, pen: Pen, asks: tuple[Ask, ...]) -> tuple[Block | Table, ...]:
    kept = _kept(case, law, pen, asks)
    if not asks:
        return (
            pen.form(
                "No letter could be written: no office that was addressed holds a power over "
                "what is asked, as far as the law data go."
            ),
            *kept,
        )
    lead = pen.form(
        "Each request was parted by office and by law, so that every office is asked only for "
        f"what it can do: {_counted(len(case.requests), 'request')} became "
        f"{_counted(len(asks), 'request')}, proposed here until the body adopts them. Nothing was "
        "added to what the text alleges."
    )
    rows = [_asked_of(case, law, pen, ask) for ask in asks]
    table = Table(
        caption="What each office is asked in its letter, and under which provision",
        header=("Office", "Is asked to", "Left open"),
        rows=tuple(rows),
    )
    states = dict.fromkeys((a.state, a.authority, a.needs_review) for a in asks if a.state)
    told = tuple(
        Block(sentences=(pen.say("argument", state or "", authority=of, needs_review=review),))
        for state, of, review in states
    )
    return (lead, table, *told, *kept)


def _kept(case: Case, law: Law, pen: Pen, asks: tuple[Ask, ...]) -> tuple[Block, ...]:
    """The requests that no letter carries, so that none is lost in silence."""
    carried = {id for ask in asks for id in ask.requests}
    left = [r for r in case.requests.values() if case.stands(r.id) and r.id not in carried]
    if not left:
        return ()
    lead = pen.form(
        "No letter carries these, for the law data hold no power of the office addressed over "
        "them; a motion keeps them as they are written, and whether they can be granted is not "
        "assessed:"
    )
    items = []
    for request in left:
        whom = [*(law.office(o).title for o in request.addressees), *request.addressee_words]
        words = request.passage.exact if request.passage else request.measure
        text = f"{' '.join(words.split())} ({', '.join(whom) or 'nobody named'})"
        sentence = pen.say("context", text, request=request.id)
        items.append(Block(sentences=(sentence,), style="bullet"))
    return (lead, *items)


def _asked_of(case: Case, law: Law, pen: Pen, ask: Ask) -> tuple[Cell, ...]:
    """A row: the office, what it is asked, and what a person must fill in or have checked."""
    words = cited(ask, ask_words(ask, case, law, pen.day))
    asked = pen.say(
        "argument",
        f"{capital(words)}.",
        authority=ask.authority,
        office=ask.office,
        needs_review=ask.needs_review,
    )
    left = [f"name the {ask.open}"] if ask.open else []
    left += ["have the law checked"] if ask.needs_review else []
    return (
        Cell(sentences=(pen.say("form", law.office(ask.office).title),)),
        Cell(sentences=(asked,)),
        Cell(sentences=(pen.say("form", "; ".join(left) or "nothing"),)),
    )


def _left(pen: Pen, asks: tuple[Ask, ...], findings: Sequence[Finding]) -> tuple[Block, ...]:
    fills = dict.fromkeys(capital(words) for a in asks if (words := to_fill(a)))
    asked = {prong for ask in asks for prong in ask.prongs}
    gaps = dict.fromkeys(
        f.gap for f in findings if f.gap and f.prong in asked and f.state != "supported"
    )
    todo = [*fills, *gaps]
    return tuple(pen.form(words, style="bullet") for words in todo)


def _others(book: Book, pen: Pen) -> tuple[Block, ...]:
    """Offices that were not addressed and hold a power over what is asked, or start a clock."""
    case, law = book.case, book.law
    by_words: dict[str, list[Ask]] = {}
    for ask in elsewhere(book):
        words = cited(ask, ask_words(ask, case, law, pen.day))
        by_words.setdefault(words, []).append(ask)
    blocks = []
    for words, found in by_words.items():
        offices = joined([f"the {law.office(a.office).title}" for a in found])
        were = "was" if len(found) == 1 else "were"
        text = f"{capital(offices)} {were} not addressed and could be asked to {words}."
        sentence = pen.say(
            "argument",
            text,
            authority=found[0].authority,
            needs_review=any(a.needs_review for a in found),
        )
        blocks.append(Block(sentences=(sentence,), style="bullet"))
    return tuple(blocks)


def _unasked(book: Book, pen: Pen) -> tuple[Block, ...]:
    """Laws that reach chosen lines of assistance and under which nothing is asked, with the
    ground."""
    lines = {x.flow.id: x for x in book.lines}
    blocks = []
    for law in unasked_laws(book):
        authority = book.law.authority(law.authority)
        reached = names(lines[id] for id in law.lines)
        sentence = pen.say(
            "argument",
            f"{capital(phrase(authority))} bears on {reached}, and nothing is asked under it. "
            f"{law.why}",
            authority=authority.id,
            needs_review=authority.needs_review,
        )
        blocks.append(Block(sentences=(sentence,), style="bullet"))
    return tuple(blocks)


def _record(case: Case, pen: Pen) -> tuple[Block | Table, ...]:
    rows = []
    for allegation in case.allegations.values():
        claims = case.claims_about(allegation.id)
        if not claims:
            continue
        shown = next((c for c in claims if not withheld(case, c)), None)
        words = f"“{shown.passage.exact}”" if shown else allegation.text
        said = pen.say(
            "context" if allegation.kind == "context" else "allegation",
            words,
            claims=claims,
            quotes=(shown.passage.exact,) if shown else (),
            characterisation_of=speaker(case, shown or claims[0]),
        )
        who = ", ".join(dict.fromkeys(f"{speaker(case, c)} ({c.stance})" for c in claims))
        rows.append(
            (
                Cell(sentences=(said,)),
                Cell(sentences=(pen.say("form", allegation.kind),)),
                Cell(sentences=(pen.say("form", who),)),
                Cell(sentences=(pen.say("form", case.corroboration(allegation.id).spelled),)),
            )
        )
    if not rows:
        return ()
    table = Table(
        caption="Each statement, kept as somebody's claim",
        header=("In words that can be shown", "Kind", "Said by", "Borne out"),
        rows=tuple(rows),
    )
    return (table,)
