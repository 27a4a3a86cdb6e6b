"""Spans: things that have a place in a text, kept sorted and found by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

from gravamen.reading.proposal import (
    AllegationFound,
    AttributionFound,
    CharacterisationFound,
    DateFound,
    LegalReferenceFound,
    PartyFound,
    PlaceFound,
    Proposal,
    QuantityFound,
    RequestFound,
)

Stretch = tuple[int, int]  # start and exclusive end


class Placed(Protocol):
    """Anything with a start and an exclusive end."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


class Spans(Sequence[P], Generic[P]):
    """An immutable sequence ordered by start, then longer first; every question is a bisection."""

    __slots__ = ("_items", "_longest", "_starts")

    def __init__(self, items: Iterable[P] = ()) -> None:
        self._items = tuple(sorted(items, key=lambda i: (i.start, -i.end)))
        self._starts = [i.start for i in self._items]
        self._longest = max((i.end - i.start for i in self._items), default=0)

    @overload
    def __getitem__(self, index: int) -> P: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[P]: ...
    def __getitem__(self, index: int | slice) -> P | Sequence[P]:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[P]:
        return iter(self._items)

    def within(self, start: int, end: int) -> tuple[P, ...]:
        """The items that lie wholly between two offsets."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(i for i in self._items[low:high] if i.end <= end)

    def overlapping(self, start: int, end: int) -> tuple[P, ...]:
        """The items that share at least one character with the stretch from start to end."""
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        return tuple(i for i in self._items[low:high] if i.end > start)

    def at(self, offset: int) -> P | None:
        """The shortest item that covers an offset."""
        around = self.overlapping(offset, offset + 1)
        return min(around, key=lambda i: i.end - i.start, default=None)

    def before(self, offset: int) -> P | None:
        """The last item that starts before an offset and does not reach beyond it."""
        for index in range(bisect_left(self._starts, offset) - 1, -1, -1):
            if self._items[index].end <= offset:
                return self._items[index]
            if offset - self._starts[index] > self._longest:
                break
        return None

    def after(self, offset: int) -> P | None:
        """The first item that starts at or after an offset."""
        index = bisect_left(self._starts, offset)
        return self._items[index] if index < len(self._items) else None

    def index_at(self, offset: int) -> int:
        """The number of the last item that starts at or before an offset; -1 before the first."""
        return bisect_right(self._starts, offset) - 1


class Proposals:
    """The proposals made so far, by kind; `add` gives a new one with more in it."""

    __slots__ = (
        "allegations",
        "all",
        "attributions",
        "characterisations",
        "dates",
        "laws",
        "names",
        "parties",
        "places",
        "quantities",
        "requests",
    )

    def __init__(self, items: Iterable[Proposal] = ()) -> None:
        self.all: Spans[Proposal] = Spans(items)
        self.dates = Spans(p for p in self.all if isinstance(p, DateFound))
        self.quantities = Spans(p for p in self.all if isinstance(p, QuantityFound))
        self.laws = Spans(p for p in self.all if isinstance(p, LegalReferenceFound))
        self.characterisations = Spans(p for p in self.all if isinstance(p, CharacterisationFound))
        self.parties = Spans(p for p in self.all if isinstance(p, PartyFound))
        self.places = Spans(p for p in self.all if isinstance(p, PlaceFound))
        self.names = Spans(p for p in self.all if isinstance(p, PartyFound | PlaceFound))
        self.attributions = Spans(p for p in self.all if isinstance(p, AttributionFound))
        self.allegations = Spans(p for p in self.all if isinstance(p, AllegationFound))
        self.requests = Spans(p for p in self.all if isinstance(p, RequestFound))

    def add(self, items: Iterable[Proposal]) -> "Proposals":
        """Return these and the given ones."""
        return Proposals([*self.all, *items])
