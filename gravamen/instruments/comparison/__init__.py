"""Comparison: an edited Word document beside the instrument that it was set from."""

from gravamen.instruments.comparison.compare import (
    Comparison,
    ComparisonError,
    Row,
    State,
    beginning,
    compare,
)
from gravamen.instruments.comparison.proposals import edited, rewordings, unlike

__all__ = [
    "Comparison",
    "ComparisonError",
    "Row",
    "State",
    "beginning",
    "compare",
    "edited",
    "rewordings",
    "unlike",
]
