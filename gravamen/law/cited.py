"""Cited: what every value of the law carries; its cite, where it was read, how surely, and when."""

from typing import Literal

from gravamen.dates import Edtf
from gravamen.values import Value

Mark = Literal["sourced", "checked", "secondary", "memory", "inferred"]
SURE: tuple[Mark, ...] = ("sourced", "checked")  # marks that leave nothing to review


class Cited(Value):
    """What every value of the law carries: its cite, where it was read, how surely, and when.

    Args:
        cite: the provision ("22 U.S.C. 10102(a)(1)").
        sources: ids in law/sources.yaml of what was read ("S1").
        mark: sourced (the text itself was read); checked (a person checked the value as it
            stands); secondary (through another text); memory or inferred (unchecked).
        as_of: the date of the text that was read, as exactly as it is known (EDTF).
    """

    cite: str
    sources: tuple[str, ...] = ()
    mark: Mark = "sourced"
    as_of: Edtf

    @property
    def needs_review(self) -> bool:
        """Whether a person must check it before anything leans on it."""
        return self.mark not in SURE


class Provision(Cited):
    """An exception, a waiver test, a consequence: one cited rule in words."""

    text: str
