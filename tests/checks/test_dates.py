"""Tests of checks/dates.py: days that cannot be, and posts that do not cover the acts."""

import msgspec
import pytest

from gravamen.claims import Role
from gravamen.parties import Post

from .building import COLONEL, TARN, UNIT, Edtf, act, case, claim, raised

REPORT = "Guards beat detainees."


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-02-30", "is not a day of the calendar"),
        ("last spring", "is not a date"),
        ("2024-03-06", "after the day of the request (5 March 2024)"),
        ("1969", "before the birth of Orvel Zand (1970-03-02)"),
    ],
)
def test_an_act_cannot_be_on_a_day_that_is_none(edtf: str, words: str) -> None:
    accused = Role(kind="alleged-perpetrator", party="p.zand")
    flags = raised("date-impossible", case(allegations=(act(date=Edtf(edtf), roles=(accused,)),)))
    assert any(words in f.message and f.blocks for f in flags)


def test_possible_dates_are_let_be() -> None:
    accused = Role(kind="alleged-perpetrator", party="p.zand")
    for edtf in ("2024-03-05", "2023", "2023-21", "1970~", "2023-02-02/2023-02-09"):
        assert (
            raised("date-impossible", case(allegations=(act(date=Edtf(edtf), roles=(accused,)),)))
            == []
        )


def test_a_claim_made_before_the_act_is_impossible() -> None:
    told = claim("c1", "a1", REPORT, REPORT, said_on=Edtf("2022-12"))
    early = case(
        sources={"s.report": REPORT}, allegations=(act(date=Edtf("2023-02-04")),), claims=(told,)
    )
    (flag,) = raised("date-impossible", early)
    assert flag.message == (
        "Claim c1 is of December 2022, before what it says happened (4 February 2023)."
    )
    later = msgspec.structs.replace(told, said_on=Edtf("2023-02"))
    kept = msgspec.structs.replace(early, claims={"c1": later})
    assert raised("date-impossible", kept) == []


def test_a_post_does_not_end_before_it_begins() -> None:
    wrong = Post(title="Commander", body="p.unit", start=Edtf("2022-05"), end=Edtf("2021"))
    (flag,) = raised(
        "date-impossible", case(parties=(msgspec.structs.replace(COLONEL, posts=(wrong,)),))
    )
    assert "ends (2021) before it begins (2022-05)" in flag.message


def test_a_source_printed_after_the_request_is_a_warning() -> None:
    kept = case(sources={"s.report": REPORT})
    late = msgspec.structs.replace(kept.sources["s.report"], published=Edtf("2025-01-01"))
    (flag,) = raised("date-impossible", msgspec.structs.replace(kept, sources={"s.report": late}))
    assert flag.severity == "warning"


@pytest.mark.parametrize(
    ("edtf", "outside"), [("2020-12-31", True), ("2021-01-01", False), (None, False)]
)
def test_a_post_that_misses_the_act_by_a_day_is_seen(edtf: str | None, outside: bool) -> None:
    charged = act(
        date=Edtf(edtf) if edtf else None, roles=(Role(kind="commander", party="p.zand"),)
    )
    flags = raised(
        "tenure-outside-acts", case(parties=(TARN, UNIT, COLONEL), allegations=(charged,))
    )
    assert [f.message for f in flags] == (
        [
            (
                "Orvel Zand held the post of Commander, Ninth Brigade, from 1 January 2021 to now; "
                "the act of allegation a1 is of 31 December 2020."
            )
        ]
        if outside
        else []
    )


def test_a_victim_needs_no_post() -> None:
    hurt = act(date=Edtf("2010"), roles=(Role(kind="victim", party="p.zand"),))
    assert raised("tenure-outside-acts", case(allegations=(hurt,))) == []
