"""Findings: parties against the elements of each law; what is met, contested, missing."""

from gravamen.findings.choose import bearing_on, choose, needed
from gravamen.findings.finding import Choice, Finding, State
from gravamen.findings.matrix import matrix_json, matrix_text
from gravamen.findings.page import matrix_html
from gravamen.findings.reach import Reached, reach
from gravamen.findings.weigh import weigh, weighed_parties

__all__ = [
    "Choice",
    "Finding",
    "Reached",
    "State",
    "bearing_on",
    "choose",
    "matrix_html",
    "matrix_json",
    "matrix_text",
    "needed",
    "reach",
    "weigh",
    "weighed_parties",
]
