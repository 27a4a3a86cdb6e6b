"""Match: whether two names can be of the same unit, and why; a person decides."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple

from gravamen.aid.units.normal import Number, Part, Unit, distinct, normal
from gravamen.aid.units.spelling import allowed, another, slips
from gravamen.aid.units.words import Word, tables
from gravamen.values import Value

Verdict = Literal["match", "possible", "no"]
_SHORTEST = 4  # letters of a name that may be spelled in two ways
_SURE = 7  # letters of a name from which one slip is taken for another spelling
_LONG = 10  # letters from which two slips are
_SEVERAL = 2
_TELLING = 3  # digits of a number that tells a unit without a word beside it
_SKELETON = 3  # consonants by which a name without vowels can be compared
_VOWELS = str.maketrans("", "", "aeiouwy")
# The kinds of words of which two names that differ in them are of two units.
_STRICT: tuple[tuple[str, str], ...] = (
    ("country", "countries"),
    ("branch", "services"),
    ("ministry", "ministries"),
)
_SIZES = ("combat", "office", "school", "site")
_TASKS = ("special", "common")
_COMMON_ABOVE = frozenset(("armed forces",))


class Match(Value):
    """Whether two names can be of one unit.

    Args:
        verdict: match where nothing differs but the spelling; possible where one says more than
            the other, or says it in words that may mean the same; no where they differ.
        why: what agrees, what only one of them says, what differs; each a sentence.
        apart: in how many words and numbers they differ, to set the more alike first.
    """

    verdict: Verdict
    why: tuple[str, ...]
    apart: int = 0


class _Pairing(NamedTuple):
    """The words of two names, held against each other."""

    shared: frozenset[Word]
    alike: tuple[tuple[Word, Word, bool], ...]
    left: frozenset[Word]
    right: frozenset[Word]


def match(one: str, other: str) -> Match:
    """Compare two names of units as they were printed.

    A different number is a different unit. The same two names in the other order give the same
    verdict.
    """
    first, second = sorted((one, other))
    return _compared(first, second)


@cache
def _compared(one: str, other: str) -> Match:
    a, b = normal(one), normal(other)
    for unit in (a, b):
        if not distinct(unit):
            why = f"{unit.printed!r} names no unit that can be told from another."
            return Match(verdict="no", why=(why,))
    differ = tuple(_strict(a, b)) + tuple(_numbers(a, b))
    if differ:
        return Match(verdict="no", why=differ)
    return _worded(a, b)


def _strict(a: Unit, b: Unit) -> Iterator[str]:
    """Services, countries and ministries that differ."""
    for kind, named in _STRICT:
        left, right = a.of(kind) - _COMMON_ABOVE, b.of(kind) - _COMMON_ABOVE
        if kind == "country":
            left, right = _codes(left), _codes(right)
        if left and right and not left & right:
            yield f"The {named} differ: {_listed(left)} and {_listed(right)}."


def _codes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(code for word in words for code in word.split())


def _numbers(a: Unit, b: Unit) -> Iterator[str]:
    """Numbers of the same thing that differ, and numbers of which none is shared."""
    left, right = a.numbers, b.numbers
    values = {n.value for n in left} & {n.value for n in right}
    for role in sorted({n.role for n in left} & {n.role for n in right}):
        mine, theirs = _values(left, role), _values(right, role)
        if not (mine <= theirs or theirs <= mine):
            yield f"The numbers differ: {_told(role, mine)} and {_told(role, theirs)}."
            return
    if left and right and not values:
        yield f"The numbers differ: {_all_told(left)} and {_all_told(right)}."


def _values(numbers: frozenset[Number], role: str) -> frozenset[str]:
    return frozenset(n.value for n in numbers if n.role == role)


def _told(role: str, values: Iterable[str]) -> str:
    number = _listed(v.upper() for v in values)
    return f"number {number}" if role == "loose" else f"{role} {number}"


def _all_told(numbers: frozenset[Number]) -> str:
    return _listed(_told(n.role, (n.value,)) for n in numbers)


def _worded(a: Unit, b: Unit) -> Match:
    """The verdict over two names whose numbers, services and ministries can be of one unit."""
    pairing = _paired(_compared_words(a, b), _compared_words(b, a))
    sizes = _sizes(a, b, pairing)
    if sizes:
        return Match(verdict="no", why=(sizes,))
    shared = tuple(_agreeing(a, b, pairing))
    left, right = _said(a, b, pairing.left), _said(b, a, pairing.right)
    near = tuple(_near_told(p, q) for p, q, sure in pairing.alike if not sure)
    spelled = tuple(
        f"Taken for two spellings: {p.value} and {q.value}."
        for p, q, sure in pairing.alike
        if sure and p.value != q.value
    )
    if not (left or right or near):
        if _counts(a) != _counts(b):
            near = ("A number stands more often in one than in the other.",)
            return Match(verdict="possible", why=(*shared, *spelled, *near), apart=1)
        return Match(verdict="match", why=(*shared, *spelled))
    told = tuple(_only(u, said) for u, said in ((a, left), (b, right)) if said)
    sides = left and right or (near and (left or right))
    if sides and not _core_holds(a, b, pairing):
        return Match(verdict="no", why=told)
    if not _core(a, b, pairing):
        return Match(verdict="no", why=told or near)
    why = (*shared, *spelled, *near, *told)
    return Match(verdict="possible", why=why, apart=len(left) + len(right) + len(near))


def _compared_words(unit: Unit, other: Unit) -> frozenset[Word]:
    """The words of a name that are held against those of another.

    That a unit is of the armed forces, of its own country or of the ministry of defense tells
    nothing where more is said; a country that only one of them names is taken to be that of both.
    """
    kept = frozenset(w for w in _words(unit) if w.kind not in ("filler", "post", "unit"))
    idle = {w for w in kept if w.kind == "country" or w == Word("branch", "armed forces")}
    defense = Word("ministry", "defense")
    if defense not in _words(other) and (unit.numbers or unit.of("combat", "site", "school")):
        idle.add(defense)
    if "embassy" in unit.of("office") | other.of("office"):  # whose it is, and where, tells it
        order = [w.value for part in unit.parts for w in part.words if w.kind == "country"]
        sides = zip(("of", "in"), order, strict=False)
        return (kept - idle) | {Word("word", f"{side} {country}") for side, country in sides}
    return kept - idle


def _words(unit: Unit) -> frozenset[Word]:
    return frozenset(word for part in unit.parts for word in part.words)


def _paired(left: frozenset[Word], right: frozenset[Word]) -> _Pairing:
    """The words that agree, those that may be one in two spellings or senses, and the others."""
    shared = left & right
    rest, others = sorted(left - shared), sorted(right - shared)
    alike: list[tuple[Word, Word, bool]] = []
    for sure in (True, False):
        for word in tuple(rest):
            found = next((o for o in others if _alike(word, o, sure=sure)), None)
            if found is not None:
                alike.append((word, found, sure))
                rest.remove(word)
                others.remove(found)
    return _Pairing(shared, tuple(alike), frozenset(rest), frozenset(others))


def _alike(a: Word, b: Word, *, sure: bool) -> bool:
    """Whether two words are one: in two spellings (sure), or perhaps, in two senses."""
    if a.kind != "word" or b.kind != "word":
        near = any(a.value in group and b.value in group for group in tables().near)
        return not sure and near
    if any(c.isdigit() for c in a.value + b.value):
        return False
    if a.value.startswith("~") or b.value.startswith("~"):
        bones = [w.value.lstrip("~").translate(_VOWELS) for w in (a, b)]
        return not sure and bones[0] == bones[1] and len(bones[0]) >= _SKELETON
    short, long = sorted((a.value, b.value), key=len)
    if len(short) < _SHORTEST or short[0] != long[0] or another(short, long):
        return False
    apart = slips(short, long)
    if sure:
        return apart <= (1 if len(short) >= _SURE else 0) or (apart == 2 and len(short) >= _LONG)
    return apart <= allowed(short)


def _sizes(a: Unit, b: Unit, pairing: _Pairing) -> str | None:
    """Sizes that differ: a battalion is no brigade, unless it is named as a part of it."""
    left = {w for w in pairing.left if w.kind in _SIZES}
    right = {w for w in pairing.right if w.kind in _SIZES}
    both = {w for w in pairing.shared if w.kind in _SIZES}
    both |= {w for pair in pairing.alike for w in pair[:2] if w.kind in _SIZES}
    if left and right:
        return _differing(left, right)
    if swapped := _swapped(a, b):
        return f"What does what differs: {swapped}."
    mine = {w for w in _compared_words(a, b) if w.kind in _SIZES}
    theirs = {w for w in _compared_words(b, a) if w.kind in _SIZES}
    if mine and theirs and not both:
        return _differing(mine, theirs)
    return None


def _swapped(a: Unit, b: Unit) -> str | None:
    """A task that two names give to units of different size: "infantry", of the battalion in one
    and of the brigade in the other."""
    mine, theirs = _bearers(a), _bearers(b)
    for task in sorted(mine.keys() & theirs.keys()):
        if not mine[task] & theirs[task]:
            return f"{task} is of the {_listed(mine[task])} or of the {_listed(theirs[task])}"
    return None


def _bearers(unit: Unit) -> dict[str, frozenset[str]]:
    """Of which size of unit each task is, where a name gives several sizes: the next one."""
    if len(unit.of("combat")) < _SEVERAL:
        return {}
    found: dict[str, frozenset[str]] = {}
    for part in unit.parts:
        waiting: list[str] = []
        for word in part.words:
            if word.kind in _TASKS:
                waiting.append(word.value)
            elif word.kind == "combat":
                for task in waiting:
                    found[task] = found.get(task, frozenset()) | {word.value}
                waiting = []
    return found


def _differing(left: Iterable[Word], right: Iterable[Word]) -> str:
    sides = [_listed(w.value for w in side) for side in (left, right)]
    return f"What they are differs: {sides[0]} and {sides[1]}."


def _counts(unit: Unit) -> Counter[str]:
    return Counter(number.value for part in unit.parts for number in part.numbers)


def _said(unit: Unit, other: Unit, words: frozenset[Word]) -> tuple[str, ...]:
    """What only one name says: words, and numbers."""
    numbers = unit.numbers - other.numbers
    values = {n.value for n in other.numbers - unit.numbers}
    fresh = sorted(n for n in numbers if n.value not in values or n.role != "loose")
    told = [_told(n.role, (n.value,)) for n in fresh]
    return (*(_shown(w) for w in sorted(words)), *told)


def _shown(word: Word) -> str:
    """A word as a reader is told it."""
    if word.kind == "ministry":
        return f"ministry of {word.value}"
    return word.value.lstrip("~")


def _only(unit: Unit, said: tuple[str, ...]) -> str:
    return f"Only {unit.printed!r} says: {', '.join(said)}."


def _near_told(a: Word, b: Word) -> str:
    left, right = _shown(a), _shown(b)
    if a.kind == "word":
        return f"{left} and {right} may be two spellings of one name."
    return f"One says {left}, the other {right}; these may be words for one thing, or for two."


def _core(a: Unit, b: Unit, pairing: _Pairing) -> bool:
    """Whether what two names share tells a unit from others by itself."""
    words = pairing.shared | {p for p, _, _ in pairing.alike} | (_words(a) & _words(b))
    numbers = a.numbers & b.numbers
    values = {n.value for n in a.numbers} & {n.value for n in b.numbers}
    named = {n.value for n in a.numbers | b.numbers if n.role == "unit"}
    telling = {v for v in values if words or v in named or len(v) >= _TELLING}
    loose = frozenset(Number(value=v, role="unit") for v in telling)
    core = Unit(printed="", parts=(Part(words=tuple(words), numbers=tuple(numbers | loose)),))
    return distinct(core)


def _core_holds(a: Unit, b: Unit, pairing: _Pairing) -> bool:
    """Whether two names that each say something of their own can still be of one unit.

    They share the number of one thing, and neither names a task that the other does not; the
    number of a unit stays when it gets another task.
    """
    if any(number.role == "unit" for number in a.numbers & b.numbers):
        return True
    tasks = [any(w.kind in _TASKS for w in side) for side in (pairing.left, pairing.right)]
    return not all(tasks) and any(_one(x, y) for x in a.numbers for y in b.numbers)


def _one(x: Number, y: Number) -> bool:
    """Whether two numbers can be one: of the same thing, or of a thing that one does not name."""
    roles = {x.role, y.role}
    return x.value == y.value and (len(roles) == 1 or bool(roles & {"unit", "loose"}))


def _agreeing(a: Unit, b: Unit, pairing: _Pairing) -> Iterator[str]:
    """What two names share, in words."""
    numbers = a.numbers & b.numbers
    if numbers:
        yield f"Same number: {_all_told(numbers)}."
    elif {n.value for n in a.numbers} & {n.value for n in b.numbers}:
        values = {n.value for n in a.numbers} & {n.value for n in b.numbers}
        yield f"The same number of two things: {_listed(v.upper() for v in values)}."
    if pairing.shared:
        yield f"Same words: {_listed(_shown(w) for w in pairing.shared)}."


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
