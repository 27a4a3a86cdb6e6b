"""Tests of holders.py: who holds an office on a day, as persons confirmed it."""

from datetime import date
from itertools import permutations

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.dates import Edtf
from gravamen.holders import STALE_DAYS, address_by, holder_on, inside_address, stale
from gravamen.proceedings import Holder

OFFICE = "us.state.secretary"


def record(id: str, name: str | None, confirmed: str, **fields: object) -> Holder:
    return Holder(
        id=id, office=OFFICE, name=name, confirmed_by="A", confirmed_on=Edtf(confirmed),
        source="read", **fields,
    )  # type: ignore[arg-type]  # fmt: skip


def case(*holders: Holder, **fields: object) -> Case:
    return Case(id="c", title="C", noted={h.id: h for h in holders}, **fields)  # type: ignore[arg-type]


OLD = record("h1", "Mara Quill", "2024-01-10", start="2021-01-26")
ENDED = record("h2", "Mara Quill", "2025-01-22", start="2021-01-26", end="2025-01-20")
NEW = record("h3", "Odo Penn", "2025-01-22", start="2025-01-21")


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 1, 9), None),
        (date(2024, 1, 10), "Mara Quill"),
        (date(2025, 1, 21), "Mara Quill"),  # nobody had confirmed yet that the term had ended
        (date(2025, 1, 22), "Odo Penn"),
        (date(2026, 1, 1), "Odo Penn"),
    ],
)
def test_the_holder_is_the_one_confirmed_last_by_the_day(day: date, name: str | None) -> None:
    for order in permutations((OLD, ENDED, NEW)):
        found = holder_on(case(*order), OFFICE, day)
        assert (found.name if found else None) == name


def test_a_term_that_ended_does_not_come_back_through_an_older_record() -> None:
    assert holder_on(case(OLD, ENDED), OFFICE, date(2025, 6, 1)) is None


def test_a_note_on_an_earlier_holder_does_not_unseat_the_present_one() -> None:
    late = msgspec.structs.replace(ENDED, confirmed_on=Edtf("2025-05-01"))
    found = holder_on(case(OLD, NEW, late), OFFICE, date(2025, 6, 1))
    assert found == NEW


def test_a_record_that_was_rejected_or_only_proposed_counts_for_nothing() -> None:
    no = Judgement(target="h1", verdict="rejected")
    day = date(2024, 6, 1)
    assert holder_on(case(OLD, judgements=(no,)), OFFICE, day) is None
    assert holder_on(case(OLD, proposed_by={"h1": "machine:x/1"}), OFFICE, day) is None


def test_an_address_is_that_of_its_channel_or_none() -> None:
    found = record("h", "M", "2024-01-10", email="m@o.example", address=("Room 1", "1 Hill St"))
    assert address_by(found, "email") == "m@o.example"
    assert address_by(found, "post") == address_by(found, "hand") == "Room 1, 1 Hill St"
    assert address_by(found, "portal") is None
    assert address_by(found, "fax") is None


def test_a_record_is_stale_after_ninety_days() -> None:
    assert STALE_DAYS == 90
    assert stale(OLD, date(2024, 4, 9)) is None
    assert stale(OLD, date(2024, 4, 10)) == 91


def test_the_inside_address_names_only_what_the_record_says() -> None:
    full = record("h", "M Q", "2024", honorific="The Honorable", address=("Room 1",))
    bare = record("h", None, "2024", address=("Room 1",))
    assert inside_address(full, "Secretary") == ("The Honorable M Q", "Secretary", "Room 1")
    assert inside_address(bare, "Secretary") == ("Secretary", "Room 1")
