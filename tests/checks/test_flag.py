"""Tests of checks/flag.py: a function becomes a check, and what it finds become flags."""

from collections.abc import Iterator

from gravamen.checks import Asked, Flag
from gravamen.checks.flag import Found, check

from .building import ON, case, law


@check("warning", remedy="Do better.")
def something_odd(q: Asked) -> Iterator[Found]:
    """Something is
    odd."""
    yield Found(message="It is odd.", where=q.case.id)
    yield Found(message="It is worse.", where="r1", hint="Stop.", severity="blocks", instrument="i")


def test_a_check_is_named_by_its_function_and_speaks_by_its_docstring() -> None:
    assert (something_odd.id, something_odd.says) == ("something-odd", "Something is odd.")
    assert something_odd.of == ("case",)


def test_what_it_finds_takes_its_severity_and_remedy_unless_it_has_its_own() -> None:
    flags = list(something_odd(Asked(case=case(), law=law(), on=ON)))
    assert flags == [
        Flag(
            id="something-odd",
            message="It is odd.",
            hint="Do better.",
            where="case",
            severity="warning",
        ),
        Flag(
            id="something-odd",
            message="It is worse.",
            hint="Stop.",
            where="r1",
            severity="blocks",
            instrument="i",
        ),
    ]
    assert [f.blocks for f in flags] == [False, True]
