"""A letter is addressed to whom a person confirmed, as the record says, and to nobody guessed."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from gravamen import import_case, law, prepare
from gravamen.case import Case
from gravamen.dates import Edtf
from gravamen.instruments.setting import made_of
from gravamen.proceedings import Holder
from gravamen.sentences import Instrument

WORKED = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
LAW = law.load()
OFFICE = "us.state.secretary"
QUILL = Holder(
    id="h1", office=OFFICE, confirmed_by="Ada", confirmed_on=Edtf("2024-03-01"), source="read",
    name="Mara Quill", honorific="The Honorable", salutation="Dear Madam Secretary:",
    address=("Room 1", "1 Hill Street"), start=Edtf("2021-01-26"), end=Edtf("2024-03-20"),
)  # fmt: skip


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("addressing") / "case"
    return import_case(WORKED, folder, actor="person:Ada").case()


def letter(case: Case, on: date, *holders: Holder) -> Instrument:
    case = msgspec.structs.replace(case, noted={h.id: h for h in holders})
    found = {i.id: i for i in prepare(case, LAW, on=on).instruments}
    return found[f"letter-{OFFICE}"]


def flagged(case: Case, on: date, *holders: Holder) -> set[str]:
    case = msgspec.structs.replace(case, noted={h.id: h for h in holders})
    return {f.id for f in prepare(case, LAW, on=on).flags if f.instrument == f"letter-{OFFICE}"}


def test_a_confirmed_holder_is_named_and_greeted_as_the_record_says(worked: Case) -> None:
    found = letter(worked, date(2024, 3, 5), QUILL)

    assert found.addressee == (
        "The Honorable Mara Quill", "Secretary of State", "Room 1", "1 Hill Street",
    )  # fmt: skip
    assert found.salutation == "Dear Madam Secretary:"
    assert found.close == "Sincerely,"
    assert "address-form" not in flagged(worked, date(2024, 3, 5), QUILL)


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2024, 3, 21)])
def test_before_it_was_confirmed_and_after_the_term_the_title_alone_stands(
    worked: Case, on: date
) -> None:
    found = letter(worked, on, QUILL)

    assert found.addressee == ("The Secretary of State",)
    assert found.salutation == "Dear Secretary:"


def test_without_honorific_or_salutation_none_is_made_up(worked: Case) -> None:
    bare = msgspec.structs.replace(QUILL, honorific=None, salutation=None)
    found = letter(worked, date(2024, 3, 5), bare)

    assert found.addressee[0] == "Mara Quill"
    assert found.salutation == "Dear Secretary:"


def test_an_address_of_an_office_whose_holder_is_not_known_stands_under_its_title(
    worked: Case,
) -> None:
    nobody = msgspec.structs.replace(QUILL, name=None, honorific=None, salutation=None)
    found = letter(worked, date(2024, 3, 5), nobody)

    assert found.addressee == ("The Secretary of State", "Room 1", "1 Hill Street")


def test_a_name_in_another_script_is_set_in_its_letter(worked: Case) -> None:
    found = letter(worked, date(2024, 3, 5), msgspec.structs.replace(QUILL, name="Արմեն Քվիլ"))
    made = made_of(found, case=worked)

    assert "The Honorable Արմեն Քվիլ" in made.manifest.addressee.lines
    assert "Արմեն Քվիլ".encode() in made.html
