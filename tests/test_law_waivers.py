"""Tests for the law on a date: waivers of a bar, yearly editions, powers in force."""

from datetime import date

import pytest

from gravamen.law import edition_on, in_force, load, waiver_state
from gravamen.law.authority import Authority, Waiver, WaiverStep

SECTION_907 = load().authority("us.fsa.907")
SECTION_7031C = load().authority("us.sfops.7031c")


@pytest.mark.parametrize(
    ("on", "state", "needs_review"),
    [
        ("1992-10-23", "no-bar", False),
        ("1992-10-24", "barred", False),
        ("2001-12-31", "barred", False),
        ("2002-01-09", "barred", False),
        ("2002-01-10", "unknown", True),
        ("2002-06-01", "unknown", True),
        ("2010-06-01", "unknown", True),
        ("2021-12-31", "unknown", True),
        ("2022-03-01", "unknown", True),
        ("2022-06-20", "unknown", True),
        ("2022-06-21", "waived", True),
        ("2022-12-01", "waived", True),
        ("2023-06-20", "waived", True),
        ("2023-06-21", "barred", True),
        ("2024-01-15", "barred", True),
        ("2024-12-31", "barred", True),
        ("2025-03-01", "unknown", True),
        ("2025-08-07", "unknown", True),
        ("2025-08-08", "waived", True),
        ("2025-12-01", "waived", True),
        ("2026-08-07", "waived", True),
        ("2026-08-08", "unknown", True),
        ("2026-11-23", "unknown", True),
    ],
)
def test_the_state_of_section_907_on_a_day(on: str, state: str, needs_review: bool) -> None:
    found = waiver_state(SECTION_907, date.fromisoformat(on))
    assert (found.state, found.needs_review) == (state, needs_review)


def test_on_every_day_from_2001_to_2027_the_state_of_section_907_is_what_the_sources_bear() -> None:
    runs: list[tuple[str, str, bool]] = []
    for n in range(date(2001, 1, 1).toordinal(), date(2027, 12, 31).toordinal() + 1):
        day = date.fromordinal(n)
        found = waiver_state(SECTION_907, day)
        assert (found.state == "unknown") <= found.needs_review
        assert all(("unchecked" in found.sentence) >= s.needs_review for s in found.steps)
        if not runs or (found.state, found.needs_review) != runs[-1][1:]:
            runs.append((day.isoformat(), found.state, found.needs_review))
    assert runs == [
        ("2001-01-01", "barred", False),
        ("2002-01-10", "unknown", True),
        ("2022-06-21", "waived", True),
        ("2023-06-21", "barred", True),
        ("2025-01-01", "unknown", True),
        ("2025-08-08", "waived", True),
        ("2026-08-08", "unknown", True),
    ]


def test_waivers_on_days_that_nobody_read_leave_every_day_unknown() -> None:
    found = waiver_state(SECTION_907, date(2010, 6, 1))
    assert found.sentence == (
        "Whether the bar of section 907 was waived on 1 June 2010 is not known. On file is only "
        "that waivers were given year by year since 2002, on days that were not read (Pub. L. "
        "107-115, title II, (g)(2)-(6)). This is from memory and unchecked."
    )


def test_a_bar_without_a_waiver_says_so_with_its_mark() -> None:
    found = waiver_state(SECTION_907, date(2024, 1, 15))
    assert found.sentence == (
        "On 15 January 2024 assistance was already barred by section 907, as far as the sources on "
        "file show; no waiver in effect on that day was found: the last extension "
        "before that day on file is that of 21 June 2022 (extension of 21 June 2022 under Pub. L. "
        "107-115, title II, (g)). This is from memory and unchecked."
    )
    assert found.plain == found.sentence.removesuffix(" This is from memory and unchecked.")
    assert [s.on for s in found.steps] == ["2023-06-21"]


def test_unknown_is_said_as_unknown_with_the_last_waiver_on_file() -> None:
    found = waiver_state(SECTION_907, date(2026, 11, 23), style="us")
    assert found.sentence == (
        "Whether the bar of section 907 was waived on November 23, 2026 is not known. The last "
        "waiver on file ran to August 7, 2026, and nothing after it was found: the President "
        "extended the waiver by a memorandum of August 8, 2025 for the year that the law gives, "
        "whose last day is computed (memorandum published in the Federal Register on August 15, "
        "2025). The last day given is inferred and unchecked."
    )


def authority(*steps: WaiverStep) -> Authority:
    waiver = Waiver(test="a test", steps=steps, cite="Test Act § 2", as_of="2024")
    return Authority(
        id="xx.act",
        title="Test Act",
        short="Test Act",
        kind="country-assistance",
        jurisdiction="xx",
        names=(),
        reaches=("state",),
        measures=("suspend-assistance",),
        decides="xx.minister",
        effective_from=date(2000, 1, 1),
        effective_to=date(2010, 12, 31),
        waiver=waiver if steps else None,
        cite="Test Act § 1",
        as_of="2024",
    )


def step(on: str, event: str, until: str | None = None) -> WaiverStep:
    return WaiverStep(
        on=on, event=event, until=until, text="it was so", cite="Test Act § 2", as_of="2024"
    )


def test_a_repealed_bar_is_none() -> None:
    act = authority(step("2000-01-01", "barred"), step("2005-05-05", "repealed"))
    assert waiver_state(act, date(2005, 5, 4)).state == "barred"
    assert waiver_state(act, date(2005, 5, 5)).state == "no-bar"
    assert waiver_state(act, date(2005, 5, 5)).sentence == (
        "By 5 May 2005 the Test Act was repealed: it was so (Test Act § 2)."
    )


def test_a_waiver_known_only_by_its_month_leaves_that_month_unknown() -> None:
    act = authority(step("2000-01-01", "barred"), step("2004-03", "waived", "2005-02"))
    days = {d: waiver_state(act, date.fromisoformat(d)).state for d in (
        "2004-02-29", "2004-03-15", "2004-04-01", "2005-01-31", "2005-02-10", "2005-03-01",
    )}  # fmt: skip
    assert days == {
        "2004-02-29": "barred",
        "2004-03-15": "unknown",
        "2004-04-01": "waived",
        "2005-01-31": "waived",
        "2005-02-10": "unknown",
        "2005-03-01": "unknown",
    }


def test_an_authority_without_a_waiver_says_that_none_is_on_file() -> None:
    found = waiver_state(authority(), date(2005, 1, 1))
    assert (found.state, found.sentence) == (
        "no-waiver",
        "The law data hold no waiver of the Test Act.",
    )


def test_a_power_is_in_force_from_its_first_day_to_its_last() -> None:
    act = authority()
    days = [date(1999, 12, 31), date(2000, 1, 1), date(2010, 12, 31), date(2011, 1, 1)]
    assert [in_force(act, day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        ("2019-12-19", None),
        ("2019-12-20", "fiscal year 2020"),
        ("2022-03-14", "fiscal year 2021"),
        ("2022-03-15", "fiscal year 2022"),
        ("2024-01-15", "fiscal year 2023"),
        ("2024-03-23", "fiscal year 2024"),
        ("2026-01-31", "fiscal year 2025"),
        ("2026-02-02", "fiscal year 2025"),
        ("2026-02-03", "fiscal year 2026"),
        ("2026-09-30", "fiscal year 2026"),
        ("2026-10-01", "fiscal year 2027 to 11 December 2026"),
        ("2026-12-11", "fiscal year 2027 to 11 December 2026"),
        ("2026-12-12", None),
    ],
)
def test_the_edition_of_section_7031c_on_a_day(on: str, edition: str | None) -> None:
    found = edition_on(SECTION_7031C, date.fromisoformat(on))
    assert (found.name if found else None) == edition


def test_editions_that_were_not_read_need_review() -> None:
    read = [e.name for e in SECTION_7031C.editions if not e.needs_review]
    assert read == ["fiscal year 2024", "fiscal year 2026"]


def test_an_authority_that_is_not_enacted_yearly_has_no_editions() -> None:
    assert edition_on(SECTION_907, date(2024, 1, 15)) is None
