"""Tests of checks/manual.py: the manual page says what the checks say."""

import re
from pathlib import Path

from gravamen.checks import CHECKS, manual_text

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "checks.md"


def test_the_manual_page_is_made_from_the_checks() -> None:
    assert PAGE.read_text("utf-8") == manual_text(CHECKS)


def test_every_check_says_in_one_sentence_what_it_finds_and_what_to_do() -> None:
    for check in CHECKS:
        assert re.fullmatch(r"[A-Z“][^|]*\.", check.says), check.id
        assert re.fullmatch(r"[A-Z][^|]*\.", check.remedy), check.id
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", check.id)


def test_no_two_checks_share_an_id() -> None:
    assert len({c.id for c in CHECKS}) == len(CHECKS)


def test_every_check_has_a_case_where_it_fires_and_one_where_it_must_not() -> None:
    tests = "\n".join(p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    for check in CHECKS:
        assert f'"{check.id}"' in tests, check.id
