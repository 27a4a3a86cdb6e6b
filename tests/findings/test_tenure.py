"""Tests of tenure: what is said of a post that does not surely cover an act."""

import msgspec
import pytest

from .building import UNIT_BEATING, commander, one, under_command


@pytest.mark.parametrize(
    ("start", "end", "when", "gap"),
    [
        (
            "2018-02-05",
            "..",
            "2018-02-04",
            (
                "Ivo Marr's post as commander, 5th Battalion, began on or after "
                "5 February 2018, 1 day after the act (4 February 2018); who held it on that day "
                "is to be found, or a source that dates either otherwise."
            ),
        ),
        (
            "2015",
            "2018-01-01",
            "2018-02-04",
            (
                "Ivo Marr's post as commander, 5th Battalion, ended by 1 January 2018, "
                "34 days before the act (4 February 2018); who held it on that day is to be "
                "found, or a source that dates either otherwise."
            ),
        ),
        (
            None,
            None,
            "2018-02-04",
            (
                "No dated source for when Ivo Marr held the post of commander, 5th Battalion; an "
                "appointment decree or an official page captured with its date would close this."
            ),
        ),
        (
            "2018-03",
            "..",
            "2018",
            (
                "The act is dated 2018 and Ivo Marr's post as commander, 5th Battalion, began in "
                "March 2018 and is still held; a source with the day would close this."
            ),
        ),
        (
            "2017-01-01",
            None,
            "2018-02-04",
            (
                "Ivo Marr's post as commander, 5th Battalion, began on 1 January 2017, and "
                "nothing says whether it lasted until the act (4 February 2018); a dated page "
                "or report from after the act, or the decree that ended it, would close this."
            ),
        ),
        (
            "2017",
            "..",
            None,
            (
                "The act is not dated, so that nothing shows whether it fell within Ivo Marr's "
                "post as commander, 5th Battalion; a source with its date would close this."
            ),
        ),
    ],
)
def test_a_post_that_does_not_surely_cover_the_act_says_why(
    start: str | None, end: str | None, when: str | None, gap: str
) -> None:
    beating = msgspec.structs.replace(UNIT_BEATING, date=when)
    found = one(under_command(commander(start, end), beating), "p.guard", "eo.leader", "el.tenure")
    assert (found.state, found.gap) == ("missing", gap)


def test_what_is_no_date_stops_nothing_and_is_shown() -> None:
    beating = msgspec.structs.replace(UNIT_BEATING, date="2018-02-30")
    for start in ("2017", "2017-13"):
        weighed = under_command(commander(start, ".."), beating)
        gap = one(weighed, "p.guard", "eo.leader", "el.tenure").gap or ""
        assert gap.startswith("The act is dated “2018-02-30” (no date) and Ivo Marr's post")
