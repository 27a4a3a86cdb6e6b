"""Flags: what a check found; and what makes a function a check: its id, severity and remedy."""

from collections.abc import Callable, Iterator
from typing import Literal

from gravamen.checks.asked import Asked
from gravamen.values import Value

Severity = Literal["blocks", "draft", "warning", "note"]
Subject = Literal["case", "instruments", "rounds", "dispatch"]


class Flag(Value):
    """What a check found: its stable id, a whole sentence, the remedy, where, how grave.

    Args:
        where: "s12 of motion", a claim id, a request id, "s.report, character 120".
        instrument: id of the instrument it is about; None for the case as a whole.
    """

    id: str
    message: str
    hint: str
    where: str
    severity: Severity
    instrument: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether nothing may be sent while it stands."""
        return self.severity == "blocks"


class Found(Value):
    """One thing that a check's own question turned up; the check makes a flag of it.

    Args:
        hint: where a remedy more exact than the check's own can be given.
        severity: where it is graver or lighter than the check's own.
    """

    message: str
    where: str
    hint: str | None = None
    instrument: str | None = None
    severity: Severity | None = None


Question = Callable[[Asked], Iterator[Found]]


class Check:
    """A question asked of a case before it goes out: called with what is asked, it yields flags.

    Args:
        id: the name of its function with hyphens; it never changes.
        of: asked of the case itself, of the drafted instruments, of the rounds of signatures, of
            what is about to be sent, or of several in turn.
        says: the docstring of its function, the sentence that the user reads.
    """

    __slots__ = ("_question", "id", "of", "remedy", "says", "severity")

    def __init__(
        self, question: Question, severity: Severity, remedy: str, of: tuple[Subject, ...]
    ) -> None:
        self._question, self.severity, self.remedy, self.of = question, severity, remedy, of
        self.id = question.__name__.replace("_", "-")
        self.says = " ".join((question.__doc__ or "").split())

    def __call__(self, q: Asked) -> Iterator[Flag]:
        """Yield a flag for everything found."""
        for found in self._question(q):
            yield Flag(
                id=self.id,
                message=found.message,
                hint=found.hint or self.remedy,
                where=found.where,
                severity=found.severity or self.severity,
                instrument=found.instrument,
            )


def check(
    severity: Severity, *, remedy: str, of: tuple[Subject, ...] = ("case",)
) -> Callable[[Question], Check]:
    """Make a check of a function: the function's name is its id, its docstring what it asks."""

    def made(question: Question) -> Check:
        return Check(question, severity, remedy, of)

    return made
