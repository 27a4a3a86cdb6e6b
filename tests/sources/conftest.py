"""No test of the sources may hang: a hostile file that takes minutes is a defect, not a delay."""

import signal
from collections.abc import Iterator

import pytest

PATIENCE_S = 120


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    """End a test that has not ended after PATIENCE_S; on a quiet machine none takes two seconds."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"the test still runs after {PATIENCE_S} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
