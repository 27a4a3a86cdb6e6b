"""Tests of sending/copies.py: copies are dispatches of their own, to addresses that are known."""

import msgspec
import pytest

from gravamen.casefile import CaseFile
from gravamen.sending.copies import copies_of
from gravamen.sending.dispatchable import Dispatchable
from gravamen.sentences import Copy
from tests.sending.building import ON, holder, law, ready

SENATE = "us.senate.foreign_relations"


@pytest.fixture(scope="module")
def found(kept: CaseFile) -> Dispatchable:
    """A letter with two copies: one to a committee, one to nobody in the law data."""
    letter = ready(kept)
    copies = (Copy(office=law().office(SENATE).title, why="it can ask"), Copy(office="X", why="x"))
    return letter._replace(instrument=msgspec.structs.replace(letter.instrument, copies=copies))


def test_a_copy_is_a_dispatch_of_its_own_that_asks_for_nothing(
    kept: CaseFile, found: Dispatchable
) -> None:
    case = kept.case()
    case = msgspec.structs.replace(case, noted={**case.noted, "h": holder(SENATE, id="h")})
    going, left_out = copies_of(found, case, law(), on=ON)

    assert [(c.dispatch.id, c.dispatch.office, c.dispatch.address) for c in going] == [
        (f"dispatch.{SENATE}-1", SENATE, f"{SENATE}@office.example")
    ]
    assert going[0].dispatch.copy_of == found.dispatch.id
    assert going[0].dispatch.requests == ()
    assert going[0].dispatch.files == found.dispatch.files
    assert len(left_out) == 1


def test_an_office_without_a_confirmed_address_gets_no_copy_and_that_is_said(
    kept: CaseFile, found: Dispatchable
) -> None:
    going, left_out = copies_of(found, kept.case(), law(), on=ON)

    assert going == ()
    assert left_out[0].startswith(f"No copy goes to the {law().office(SENATE).title}: no address")
