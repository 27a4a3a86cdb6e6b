"""Lines of assistance to an invented state, with the text in which their rows stand."""

from collections.abc import Iterable

import msgspec

from gravamen.case import Case
from gravamen.claims import Claim
from gravamen.flows import Flow
from gravamen.law.assistance import Hold
from gravamen.law.authority import Law
from gravamen.law.cited import Mark
from gravamen.sources.source import Source, Text, locate
from gravamen.values import sha256

SOURCE = "s.aid.fmtr.xt"
Rows = dict[str, tuple[tuple[int, int | None, float | None], ...]]


def flow(id: str = "f.fmf", **fields: object) -> Flow:
    """FMF of 2018 to Tarn, four trainees for $120,294, unless said otherwise."""
    given: dict[str, object] = {
        "country": "XT", "dataset": "fmtr", "file": "t.csv", "sha256": "b" * 64,
        "vintage": "2018_2019", "at": "2", "source": SOURCE, "rows": 1, "kind": "cost",
        "year": 2018, "program": "FMF", "agency": "Department of State", "trainees": 4,
        "amount": 120294.0,
    }  # fmt: skip
    return Flow(id=id, **(given | fields))  # type: ignore[arg-type]  # the fields of a Flow


def words(of: Flow) -> str:
    """The sentence of a flow."""
    amount = "no amount" if of.amount is None else f"${of.amount:,.2f}".removesuffix(".00")
    return f"{of.program or 'All'}, {of.year}, {of.vintage}: {of.trainees} trainees, {amount}."


def extract(flows: Iterable[Flow], rows: Rows | None = None) -> Text:
    """The text of an extract: a sentence and one row for each, or the rows given for it."""
    text = "The columns:\nrow,trainees,amount,quantity,cost\n"
    for f in flows:
        text += f"\n{words(f)}\n"
        for at, people, money in (rows or {}).get(f.id, ((f.at, f.trainees, f.amount),)):
            amount = "" if money is None else f"{money:.2f}"
            trainees = "" if people is None else str(people)
            text += f"{at},{trainees},{amount},{trainees},{amount}\n"
    return Text(extractor="plain", version="1", text=text)


def assisted(
    case: Case, *flows: Flow, stated: Iterable[Flow] | None = None, rows: Rows | None = None
) -> Case:
    """A case with these lines.

    Args:
        stated: the lines as the extract has them, where it has others.
        rows: the rows of lines that have more than one, each its number, trainees and amount.
    """
    there = tuple(flows if stated is None else stated)
    text = extract(there, rows)
    source = Source(
        id=SOURCE,
        sha256=sha256(text.text.encode()),
        name="assistance-XT.txt",
        media_type="text/plain",
        size=len(text.text),
        publisher="Training reports",
        origin="aid.fmtr",
    )
    claims = {
        f"c.{f.id}": Claim(
            id=f"c.{f.id}",
            about=f.id,
            passage=locate(SOURCE, text, words(s)),
            speaker="Training reports, as extracted",
            mode="document",
        )
        for f, s in zip(flows, there, strict=True)
    }
    return msgspec.structs.replace(
        case,
        flows={f.id: f for f in flows},
        sources={**case.sources, SOURCE: source},
        texts={**case.texts, SOURCE: text},
        claims={**case.claims, **claims},
    )


def reaching(law: Law, authority: str, *programs: str, mark: Mark = "sourced") -> Law:
    """A law that reaches some programs beside those that the data give it."""
    hold = Hold(
        authority=authority,
        how="reaches",
        why="It reaches them.",
        cite="section 5",
        as_of="2020",
        mark=mark,
    )
    found = dict(law.programs)
    for code in programs:
        program = law.program_of(code)
        assert program is not None
        held = found[program[0].id]
        found[held.id] = msgspec.structs.replace(held, holds=(hold, *held.holds))
    return msgspec.structs.replace(law, programs=found)
