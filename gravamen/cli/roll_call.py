"""Roll call: who is meant by an id or a name, and the ballots of a CSV file."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, get_args

from gravamen.case import Case
from gravamen.proceedings import Ballot, BallotOption, Member
from gravamen.values import GravamenError

OPTIONS: tuple[BallotOption, ...] = get_args(BallotOption)
LARGEST_ROLL = 1024 * 1024
_COLUMNS = ("member", "option", "reason")


def member(case: Case, said: str) -> str:
    """Return the id of a member by id or name; where no members are on file, the words as given.

    Raises:
        GravamenError: there is no such member.
    """
    members = members_of(case)
    low = said.strip().casefold()
    found = [m.id for m in members if low in (m.id.casefold(), m.name.casefold())]
    if not found and members:
        there = ", ".join(f"{m.id} ({m.name})" for m in members)
        raise GravamenError(f"There is no member {said!r}; the members are: {there}.")
    return found[0] if found else said.strip()


def named(case: Case, said: str) -> str:
    """Return the name of a member by id or name."""
    id = member(case, said)
    return next((m.name for m in members_of(case) if m.id == id), id)


def members_of(case: Case) -> Sequence[Member]:
    """Who sits on the body, as far as the case says so."""
    return case.requester.members if case.requester else ()


def cast_vote(case: Case, casting: str) -> Ballot:
    """Return the casting vote of who presides, from MEMBER=aye."""
    who, _, said = casting.rpartition("=")
    option = next((o for o in OPTIONS[:2] if o == said), None)
    if not who or option is None:
        raise GravamenError(f"{casting!r} is no casting vote; write it as MEMBER=aye or MEMBER=no.")
    return Ballot(member=member(case, who), option=option, casting=True)


def rolled(case: Case, file: Path) -> Iterator[Ballot]:
    """The ballots of a CSV file; an unknown column, option or member is an error with its line."""
    if not file.is_file():
        raise GravamenError(f"There is no file {file}; name a CSV with the columns member, option.")
    data = file.read_bytes()
    if len(data) > LARGEST_ROLL:
        raise GravamenError(f"{file} is larger than {LARGEST_ROLL} bytes; no roll call is.")
    try:
        rows = csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        columns = [c.strip() for c in rows.fieldnames or ()]
        _columns(file, columns)
        rows.fieldnames = columns
        for row in rows:
            yield _ballot(case, file, rows.line_num, row)
    except UnicodeDecodeError as error:
        raise GravamenError(f"{file} is not UTF-8 at byte {error.start}.") from None
    except csv.Error as error:
        raise GravamenError(f"{file} cannot be read as CSV: {error}.") from None


def _columns(file: Path, columns: Sequence[str]) -> None:
    odd = [c for c in columns if c not in _COLUMNS]
    if odd or "member" not in columns or "option" not in columns:
        what = f"has a column {odd[0]!r}" if odd else "lacks a column"
        raise GravamenError(f"{file}:1 {what}; the columns are member, option and reason.")


def _ballot(case: Case, file: Path, line: int, row: dict[Any, Any]) -> Ballot:
    said = (row["option"] or "").strip().lower()
    option = next((o for o in OPTIONS if o == said), None)
    who = (row["member"] or "").strip()
    if None in row or option is None or not who:
        raise GravamenError(
            f"{file}:{line} is no ballot: give a member, and as option one of {', '.join(OPTIONS)}."
        )
    try:
        id = member(case, who)
    except GravamenError as error:
        raise GravamenError(f"{file}:{line}: {error}") from None
    return Ballot(member=id, option=option, reason=(row.get("reason") or "").strip() or None)
