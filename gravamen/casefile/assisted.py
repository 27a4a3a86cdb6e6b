"""Assisted: what a text asks to stop, as lines of assistance that the machine proposes."""

from datetime import date

from gravamen.aid import countries
from gravamen.aid.account.account import account
from gravamen.aid.account.selection import select
from gravamen.aid.extract.extract import extracts
from gravamen.aid.extract.extracted import MADE_BY
from gravamen.case import Case
from gravamen.casefile.choosing import record
from gravamen.casefile.ledger import CaseFile
from gravamen.editions import Editions
from gravamen.law.authority import Law


def propose_lines(
    casefile: CaseFile, editions: Editions, law: Law, *, on: date, actor: str
) -> None:
    """Propose the lines on file of each state whose assistance the case asks to stop.

    Nothing is proposed of a state of which the files on hand hold nothing.

    Args:
        actor: who captures the extracts of the rows; the lines are proposed by the machine.
    """
    for country in filter(countries.code, states_asked(casefile.case())):
        found = account(editions, law, country=country, years=None, on=on).lines
        if lines := select(found, years=None):
            record(
                casefile,
                extracts(lines, editions),
                actor=actor,
                by=f"machine:{MADE_BY}",
                on=on.isoformat(),
            )


def states_asked(case: Case) -> tuple[str, ...]:
    """Return the codes of the states whose assistance a case asks to stop."""
    targets = (
        case.parties.get(r.target or "")
        for r in case.requests.values()
        if r.measure == "suspend-assistance" and case.stands(r.id)
    )
    codes = (p.country for p in targets if p is not None)
    return tuple(dict.fromkeys(c for c in codes if c))
