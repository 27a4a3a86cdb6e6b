"""Accounts made by hand, about the invented state of Quillby, for pictures and pages."""

from typing import Any

from gravamen.aid.line import (
    Account,
    Difference,
    Group,
    Hook,
    Line,
    Part,
    Refused,
    Total,
)  # fmt: skip

LEAHY = Hook(
    authority="us.leahy.state",
    state="needs-unit",
    why="It reaches the units of this program.",
    cite="22 U.S.C. 2378d",
    decides="Secretary of State",
    shows=("Credible information that a unit committed a gross violation.",),
    exceptions=("The government takes effective steps to bring them to justice.",),
)
BAR = Hook(
    authority="us.fsa.907",
    state="waived",
    why="Its bar is waived on the day.",
    cite="Pub. L. 102-511, s. 907",
    decides="President of the United States",
    waiver="Waived until 8 August 2026.",
    mark="memory",
)
FIGURES: dict[Group, float] = {
    "already-barred": 120_294.0,
    "asked-now": 599_646.0,
    "outside": 46_000.0,
    "not-vettable": 180_929.0,
    "hook-unclear": 18_530.0,
}


def line(**fields: Any) -> Line:
    """A line of a report; FMF in the fiscal year 2018 unless told otherwise."""
    year = fields.get("year", 2018)
    given = {
        "country": "QV", "year": year, "period": "fiscal-year", "program": "FMF",
        "name": "Foreign Military Financing", "account": None, "agency": "Department of State",
        "kind": "cost", "dollars": "current", "currency": "USD", "rows": 4, "trainees": 8,
        "amount": 120_294.0, "dataset": "fmtr", "file": "training.csv",
        "vintage": f"{year}_{(year or 0) + 1}", "edition": "aid/fmtr/1999--2020/81a2a46d0748",
        "at": "12-15", "group": "already-barred", "why_group": "Section 907 bars it.",
    }  # fmt: skip
    return Line(**{**given, **fields})


def total(groups: dict[Group, float | None], **fields: Any) -> Total:
    """A sum of a report, by group."""
    year = fields.get("year", 2018)
    amounts = [amount for amount in groups.values() if amount is not None]
    given = {
        "dataset": "fmtr", "file": "training.csv", "vintage": f"{year}_{(year or 0) + 1}",
        "kind": "cost", "dollars": "current", "currency": "USD", "year": year,
        "period": "fiscal-year", "rows": 4 * len(groups), "trainees": 8 * len(groups),
        "amount": sum(amounts) if amounts else None, "checked": True,
        "groups": {g: Part(rows=4, trainees=8, amount=a) for g, a in groups.items()},
    }  # fmt: skip
    return Total(**{**given, **fields})


def copy(amount: float | None, vintage: str, year: int = 2020, **fields: Any) -> Total:
    """A sum for the country in one copy of a table."""
    given = {
        "dataset": "foreignassistance", "file": f"country_{vintage}.csv", "vintage": vintage,
        "kind": "obligated", "rows": 1, "trainees": None, "checked": None, "year": year,
    }  # fmt: skip
    return total({"hook-unclear": amount}, **{**given, **fields})


def account(*of: Line | Total, years: tuple[int, int] = (2018, 2018), **fields: Any) -> Account:
    """An account of Quillby on 1 December 2025."""
    given: dict[str, Any] = {
        "country": "QV", "name": "Quillby", "on": "2025-12-01", "years": years,
        "lines": tuple(x for x in of if isinstance(x, Line)),
        "totals": tuple(x for x in of if isinstance(x, Total)),
        "refused": (), "differences": (),
    }  # fmt: skip
    return Account(**{**given, **fields})


def full() -> Account:
    """An account with something of everything."""
    return account(
        line(hooks=(LEAHY, BAR)),
        line(program="IMET-1", name=None, group="asked-now", hooks=(LEAHY,), amount=599_646.0,
             rows=20, at="20-39", floor=True),
        line(program="HMA", group="outside", amount=46_000.0, why_group="It clears mines."),
        line(program="Section 333", group="not-vettable", amount=180_929.0, hooks=(LEAHY,),
             unnamed=Part(rows=4)),
        line(program="PKO", group="hook-unclear", amount=948_284.0, printed=756_741.0,
             refused="The rows of PKO come to 948,284, and the report prints 756,741."),
        line(year=2019, program="IMET-1", group="asked-now", amount=-658_171.0, later=True),
        total(dict(FIGURES), floor=True),
        total({"asked-now": -658_171.0}, year=2019, later=True),
        copy(32_357_135.0, "2022-10"), copy(24_717_577.0, "2023-03"),
        copy(33_051_180.0, "2023-10"), copy(33_051_180.0, "2025-04"),
        years=(2016, 2020),
        refused=(Refused(file="training.csv", what="PKO, 2018", why="rows and totals differ"),),
        differences=(
            Difference(
                dataset="foreignassistance", kind="obligated", dollars="current", currency="USD",
                year=2020, period="fiscal-year",
                figures=(("2022-10", 32_357_135.0), ("2023-03", 24_717_577.0), ("2024-01", None)),
            ),
        ),
        left_out=("training.csv shows training alone.",),
    )  # fmt: skip
