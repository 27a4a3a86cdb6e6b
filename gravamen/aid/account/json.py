"""JSON of an account (schema gravamen.aid/1): each figure with its file, vintage and rows."""

from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from gravamen.aid.line import Account, Difference, Line, Part, Total
from gravamen.aid.words import NO_YEARS, kind_words

SCHEMA = "gravamen.aid/1"


def account_json(account: Account) -> dict[str, object]:
    """Return an account as JSON has it; a key is there also where its value is null.

    `kind` says what an amount is and in which dollars ("obligated, current"). A whole amount is
    printed as an integer; a total is rounded to the cent, a line has what its rows give. `years` is
    null where neither a line nor a file names one.
    """
    return {
        "schema": SCHEMA,
        "country": account.country,
        "country_name": account.name,
        "on": account.on,
        "years": None if account.years == NO_YEARS else list(account.years),
        "lines": [line_json(x, account.name) for x in account.lines],
        "totals": [_total(x) for x in account.totals],
        "refused": [to_builtins(x) for x in account.refused],
        "differences": [_difference(x) for x in account.differences],
        "left_out": list(account.left_out),
    }


def line_json(line: Line, country_name: str) -> dict[str, object]:
    """Return a line as JSON has it."""
    found = _told(line)
    found["country_name"] = country_name
    found["places"] = list(line.places)
    found["unnamed"] = line.unnamed and _part(line.unnamed)
    found["hooks"] = [asdict(h) for h in line.hooks]
    return found


def _total(total: Total) -> dict[str, object]:
    found = _told(total)
    found["without"] = list(total.without)
    found["groups"] = {group: _part(part) for group, part in total.groups.items()}
    return found


def _difference(difference: Difference) -> dict[str, object]:
    found = _told(difference)
    found["figures"] = [{"vintage": v, "amount": _number(a)} for v, a in difference.figures]
    return found


def _told(value: Line | Total | Difference) -> dict[str, object]:
    """The fields of a figure; its year is called fiscal_year, and its kind names the dollars."""
    fields = {k: _number(v) for k, v in asdict(value).items()}
    fields["fiscal_year"] = fields.pop("year")
    fields["kind"] = kind_words(value.kind, value.dollars)
    return fields


def _part(part: Part) -> Mapping[str, object]:
    return {k: _number(v) for k, v in asdict(part).items()}


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
