"""Tests over the founding text: all that a person marked in it is found with its value."""

import json
from datetime import date

import pytest

from gravamen.law import load
from gravamen.reading.proposal import (
    AllegationFound,
    DateFound,
    LegalReferenceFound,
    QuantityFound,
    RequestFound,
)
from gravamen.reading.read import read

ADDRESSEES = (
    "the [US] President",
    "the Secretary of State",
    "the Secretary of the Treasury",
)


@pytest.fixture(scope="module")
def gold(shared_data):
    path = shared_data / "reading" / "motion-2024-01-15.gold.json"
    if not path.is_file():
        pytest.skip(f"no gold for the founding text beside the project ({path})")
    return json.loads(path.read_text("utf-8"))["proposals"]


@pytest.fixture(scope="module")
def reading(shared_data):
    path = shared_data / "founding-text" / "motion-2024-01-15.txt"
    if not path.is_file():
        pytest.skip(f"no founding text beside the project ({path})")
    text = path.read_bytes().decode("utf-8")
    return read(text, reference_date=date(2024, 1, 15), law=load())


@pytest.mark.parametrize(
    ("kind", "type", "attributes"),
    [
        ("date", DateFound, ["edtf"]),
        ("quantity", QuantityFound, ["value", "bound", "unit"]),
        ("legal_reference", LegalReferenceFound, ["authority"]),
    ],
)
def test_every_date_figure_and_law_is_found_with_its_value(gold, reading, kind, type, attributes):
    wanted = {
        (g["text"], *(g[a] for a in attributes))
        for g in gold
        if g["kind"] == kind and not g.get("optional")
    }
    given = {
        (p.text, *(getattr(p, a) for a in attributes))
        for p in reading.proposals
        if isinstance(p, type)
    }
    assert wanted
    assert wanted - given == set()


def test_both_requests_are_found_with_their_three_addressees(reading):
    requests = [p for p in reading.proposals if isinstance(p, RequestFound)]
    assert [(r.measure, r.target, r.authority) for r in requests] == [
        ("sanctions", "Azerbaijan", "us.glomag.act"),
        ("suspend-assistance", "Azerbaijan", None),
    ]
    assert {r.addressees for r in requests} == {ADDRESSEES}


def test_every_act_is_found_with_its_victim(gold, reading):
    given = [p for p in reading.proposals if isinstance(p, AllegationFound)]
    wanted = [g for g in gold if g["kind"] == "allegation" and g.get("victim")]
    missed = [
        (g["act"], g["victim"])
        for g in wanted
        if not any(p.act == g["act"] and _overlap(p, g) and _same(p.victim, g) for p in given)
    ]
    assert len(wanted) > 10
    assert missed == []


def _overlap(p, g):
    return min(p.end, g["end"]) > max(p.start, g["start"])


def _same(victim, g):
    """Whether one of two victims holds the words of the other."""
    one, other = (victim or "").removeprefix("the "), g["victim"].removeprefix("the ")
    return bool(one) and (one in other or other in one)
