"""Findings: parties against the elements of each law; what is met, contested, missing."""

from gravamen.findings.choose import bearing_on, choose, needed
from gravamen.findings.finding import Choice, Finding, State
from gravamen.findings.matrix import matrix_json, matrix_text
from gravamen.findings.page import matrix_html
from gravamen.findings.reach import Reached, reach
from gravamen.findings.side_by_side import Side, side_by_side
from gravamen.findings.table import sides_json, sides_text
from gravamen.findings.weigh import weigh, weighed_parties

__all__ = [
    "Choice",
    "Finding",
    "Reached",
    "Side",
    "State",
    "bearing_on",
    "choose",
    "matrix_html",
    "matrix_json",
    "matrix_text",
    "needed",
    "reach",
    "side_by_side",
    "sides_json",
    "sides_text",
    "weigh",
    "weighed_parties",
]
