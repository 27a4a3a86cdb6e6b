"""Tests of checks/dispatch.py: what holds back an instrument that is about to go."""

from datetime import date

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.checks import Flag, check_dispatches
from gravamen.dates import Edtf, Moment
from gravamen.law.authority import Law
from gravamen.law.office import Outlet
from gravamen.proceedings import (
    Ballot,
    Channel,
    Dispatch,
    Holder,
    Reply,
    RoundOpened,
    SignatureGiven,
    Voted,
)
from gravamen.sentences import Instrument, Signatory
from tests.checks.building import case, law, letter, sentence

OFFICE = "us.state.secretary"
DAY = date(2026, 6, 1)
ADA = Signatory(id="ada", name="Ada Merrow", capacity="Supervisor")
QUILL = Holder(
    id="h1", office=OFFICE, confirmed_by="Ada", confirmed_on=Edtf("2026-05-20"), source="read",
    name="Mara Quill", email="office@state.example", portal="https://state.example/form",
    address=("Room 1", "1 Hill Street"),
)  # fmt: skip


# The body is one of one seat, and voted for its letters long before.
CARRIED = {
    "v1": Voted(id="v1", at="2023-01-10", ballots=(Ballot(member="ada", option="aye"),), seats=1)
}


def going(**fields: object) -> Dispatch:
    fields = {
        "id": "d.2", "at": Moment("2026-06-01"), "instrument": "letter", "channel": "email",
        "address": "office@state.example", "office": OFFICE,
    } | fields  # fmt: skip
    return Dispatch(**fields)  # type: ignore[arg-type]  # the fields of a Dispatch


def written(*words: str, **fields: object) -> Instrument:
    said = tuple(sentence(w, "context", id=f"s{n}") for n, w in enumerate(words))
    fields = {"office": OFFICE, "draft": False, "addressee": ("Mara Quill",)} | fields
    return letter(*said, **fields)


def flags(
    dispatch: Dispatch, instrument: Instrument | None = None, *, of: Case | None = None,
    on: date = DAY, book: Law | None = None,
) -> list[Flag]:  # fmt: skip
    of = of or case(noted={"h1": QUILL})
    of = msgspec.structs.replace(of, steps=of.steps or CARRIED)
    found = check_dispatches(of, book or law(), (dispatch,), (instrument or written(),), on=on)
    return list(found)


def ids(*args: object, **fields: object) -> set[str]:
    return {f.id for f in flags(*args, **fields)}  # type: ignore[arg-type]


def test_nothing_is_found_about_a_letter_to_a_confirmed_address() -> None:
    assert flags(going()) == []


def test_the_reporting_gateway_is_refused_with_its_date_and_source() -> None:
    (flag,) = [
        f
        for f in flags(going(channel="portal", address="Human Rights Reporting Gateway (HRG)"))
        if f.id == "channel-closed"
    ]
    assert flag.blocks
    assert flag.message == (
        "The Human Rights Reporting Gateway was shut by October 2025 (Press of 23 October 2025 on "
        "the closing of the Human Rights Reporting Gateway; a law journal's note on the gateway)."
    )
    assert "still receives reports" in flag.hint


@pytest.mark.parametrize(
    ("on", "found"),
    [(date(2025, 9, 30), set()), (date(2025, 10, 1), {"channel-closed"})],
)
def test_a_channel_is_shut_from_the_month_of_its_closing(on: date, found: set[str]) -> None:
    portal = going(channel="portal", address="the human rights reporting gateway")
    assert ids(portal, on=on) & {"channel-closed"} == found


def test_another_portal_of_an_office_whose_only_known_one_is_shut_is_a_warning() -> None:
    found = flags(going(channel="portal", address="https://state.example/form"))
    assert [(f.id, f.severity) for f in found] == [("channel-closed", "warning")]


def test_a_channel_of_which_no_address_is_on_file_is_told_without_one() -> None:
    (closed,) = (f for f in flags(going(channel="portal", address="")) if f.id == "channel-closed")
    assert "“" not in closed.message
    assert closed.message.endswith("no other portal of this office is on file.")


def test_a_portal_beside_an_open_one_is_no_matter() -> None:
    real = law().office(OFFICE)
    open_ = Outlet(
        channel="portal", names=("Open form",), checked_on=DAY, cite="x", as_of=Edtf("2026")
    )
    office = msgspec.structs.replace(real, channels=(*real.channels, open_))
    book = msgspec.structs.replace(law(), offices={**law().offices, OFFICE: office})
    portal = going(channel="portal", address="https://state.example/form")
    assert "channel-closed" not in ids(portal, book=book)


def test_a_letter_that_names_no_one_or_the_present_holder_has_not_changed_its_addressee() -> None:
    assert "addressee-changed" not in ids(going(), written(addressee=("The Secretary of State",)))
    assert "addressee-changed" not in ids(going())


def test_a_letter_to_somebody_whose_record_was_rejected_is_for_the_wrong_person() -> None:
    no = Judgement(target="h1", verdict="rejected")
    of = case(noted={"h1": QUILL}, judgements=(no,))
    found = {f.id: f.message for f in flags(going(), of=of)}
    assert found["addressee-changed"] == (
        "The office of Secretary of State is held by nobody whom a person confirmed for this day; "
        "the letter names Mara Quill."
    )
    assert "address-unconfirmed" in found


@pytest.mark.parametrize(
    ("channel", "address", "found"),
    [
        ("email", "office@state.example", set()),
        ("post", "Room 1, 1 Hill Street", set()),
        ("hand", "Room 1, 1 Hill Street", set()),
        ("email", "other@state.example", {"address-unconfirmed"}),
        ("fax", "", {"address-unconfirmed"}),
    ],
)
def test_an_address_is_confirmed_for_its_channel(
    channel: Channel, address: str, found: set[str]
) -> None:
    assert ids(going(channel=channel, address=address)) == found


def test_an_address_confirmed_long_ago_is_a_warning_that_says_when() -> None:
    (flag,) = flags(going(), on=date(2026, 8, 19))
    assert (flag.id, flag.severity) == ("address-unconfirmed", "warning")
    assert "confirmed on 20 May 2026, 91 days ago" in flag.message


def test_the_same_address_twice_is_a_duplicate_and_another_address_is_none() -> None:
    first = going(id="d.1", at=Moment("2026-05-22"))
    of = case(noted={"h1": QUILL}, dispatches={"d.1": first})
    elsewhere = going(channel="post", address="Room 1, 1 Hill Street")

    assert [f.message for f in flags(going(), of=of)] == [
        "Already sent to the Secretary of State by e-mail on 22 May 2026 (d.1)."
    ]
    assert [f.severity for f in flags(going(), of=of)] == ["warning"]
    assert "duplicate-dispatch" not in ids(elsewhere, of=of)
    assert "duplicate-dispatch" not in ids(going(resends="d.1"), of=of)
    assert "duplicate-dispatch" not in ids(going(), of=of, on=date(2026, 5, 21))


def test_a_duplicate_of_what_came_back_says_that_it_came_back() -> None:
    first = going(id="d.1", at=Moment("2026-05-22"))
    back = Reply(
        id="reply.1", source="s.x", received=Moment("2026-05-23"), reply="bounced", dispatch="d.1"
    )
    of = case(noted={"h1": QUILL}, dispatches={"d.1": first}, replies={"reply.1": back})
    assert "it came back on 23 May 2026" in flags(going(), of=of)[0].message


def test_a_dispatch_that_was_rejected_is_no_first_one() -> None:
    no = Judgement(target="d.1", verdict="rejected")
    of = case(noted={"h1": QUILL}, dispatches={"d.1": going(id="d.1")}, judgements=(no,))
    assert "duplicate-dispatch" not in ids(going(), of=of)


def test_a_draft_is_never_sent() -> None:
    found = flags(going(), written(draft=True, draft_reasons=("No law named.", "Two.")))
    assert [(f.id, f.blocks) for f in found] == [("still-draft", True)]
    assert found[0].message == "letter says DRAFT on every page: No law named. (1 more.)"


def test_a_letter_with_places_for_signatures_wants_a_round_with_enough_of_them() -> None:
    opened = RoundOpened(
        id="round-1", at=Moment("2026-05-20"), instrument="letter", manifest="a" * 64,
        file="b" * 64, on=Edtf("2026-05-20"), signatories=(ADA,),
    )  # fmt: skip
    given = SignatureGiven(
        id="g", at=Moment("2026-05-21"), round="round-1", signatory="ada", how="pades",
        file="c" * 64,
    )  # fmt: skip
    text = written(signatories=(ADA,))
    none = case(noted={"h1": QUILL})
    some = case(noted={"h1": QUILL}, signings={"round-1": opened})
    all_ = case(noted={"h1": QUILL}, signings={"round-1": opened, "g": given})

    assert ids(going(), text, of=none) == {"signatures-missing"}
    assert ids(going(), text, of=some) == {"signatures-missing"}
    assert ids(going(), text, of=all_) == set()


def test_an_exhibit_that_is_cited_must_be_enclosed_at_the_level() -> None:
    text = written("See Exhibit B, and Exhibit 1.")
    some = going(files={"exhibit-A.pdf": "0" * 64})
    both = going(files={"exhibit-A.pdf": "0" * 64, "exhibit-B.txt": "0" * 64})

    assert [f.message for f in flags(some, text) if f.id == "exhibit-missing"] == [
        "Exhibit B is cited but not enclosed at this disclosure level."
    ]
    assert "exhibit-missing" not in ids(both, text)
