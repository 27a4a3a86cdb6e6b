"""Tests of reading/spans.py: things with a place, found by bisection."""

from typing import NamedTuple

from gravamen.reading.spans import Spans


class _Placed(NamedTuple):
    start: int
    end: int


SPANS = Spans([_Placed(8, 9), _Placed(0, 4), _Placed(0, 9), _Placed(5, 7)])


def test_they_stand_by_start_and_the_longer_first():
    assert list(SPANS) == [(0, 9), (0, 4), (5, 7), (8, 9)]
    assert len(SPANS) == 4
    assert SPANS[1:3] == ((0, 4), (5, 7))


def test_within_holds_what_lies_wholly_inside():
    assert SPANS.within(0, 7) == ((0, 4), (5, 7))


def test_overlapping_holds_what_shares_a_character():
    assert SPANS.overlapping(3, 6) == ((0, 9), (0, 4), (5, 7))
    assert SPANS.overlapping(9, 12) == ()


def test_at_gives_the_shortest_around():
    assert SPANS.at(6) == (5, 7)
    assert SPANS.at(20) is None


def test_before_and_after_give_the_nearest():
    assert SPANS.before(8) == (5, 7)
    assert SPANS.before(0) is None
    assert SPANS.after(6) == (8, 9)
    assert SPANS.after(9) is None
