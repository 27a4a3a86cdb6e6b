"""Programs of assistance as values: how reports print them, who pays, which laws reach them."""

from collections.abc import Iterator
from typing import Literal

from gravamen.law.cited import Cited

Nature = Literal["security", "economic", "humanitarian", "unclear"]


class Hold(Cited):
    """That an authority reaches a program, may reach it, or leaves it alone; and why.

    Args:
        authority: id in the law data ("us.leahy.state").
        how: reaches; argued (two readings are held, `why` gives both); carved-out (the law names
            it among what it leaves alone).
        why: one sentence or two.
    """

    authority: str
    how: Literal["reaches", "argued", "carved-out"]
    why: str


class Program(Cited):
    """A program or account of assistance: how it is printed, what pays for it, what can stop it.

    The cite is that of the authority which funds it.

    Args:
        id: "us.prog.imet"; stable, for files and links.
        name: in full ("International Military Education and Training").
        codes: the short names under which reports print its lines ("IMET-1", "IMET-2"); a code
            belongs to one program. An account is of the first.
        spellings: other printed names, without regard to case and spaces, and the code each is of
            ("International Military Education and Training (IMET)": "IMET").
        accounts: names of funding accounts as tables of spending print them.
        agency: who runs it ("Department of State"); None where that differs from line to line.
        holds: the authorities that bear on it; an authority that concerns only some states stands
            here too, and is asked of these states alone.
        holds_of: id of the program whose holds are its own too, where it has none itself;
            `Law.holds` follows it.
        unclear: why no law in the data can be said to reach it, where that is so; one sentence.
    """

    id: str
    name: str
    nature: Nature
    codes: tuple[str, ...]
    spellings: dict[str, str] = {}
    accounts: tuple[str, ...] = ()
    agency: str | None = None
    holds: tuple[Hold, ...] = ()
    holds_of: str | None = None
    unclear: str | None = None


# Who holds an account, as the Treasury and agencies print it before or behind the account's name.
_HOLDERS = frozenset(
    [
        "agencyforinternationaldevelopment", "agriculture", "defense", "departmentofagriculture",
        "departmentofdefense", "departmentofstate", "departmentofthetreasury", "executive",
        "foreignagriculturalservice", "fundsappropriatedtothepresident", "state", "treasury",
        "u.s.agencyforinternationaldevelopment", "unitedstatesagencyforinternationaldevelopment",
        "usaid",
    ]
)  # fmt: skip


def compact(words: str) -> str:
    """Printed words as they are compared: without regard to case, to spaces and to the comma
    before an "and"."""
    return "".join(words.replace(", and ", " and ").split()).casefold()


def without_holder(words: str) -> Iterator[str]:
    """Yield printed words as they are, and without who holds the account, where they name it:
    "Economic Support Fund, Executive", "Department of State, Peacekeeping Operations"."""
    yield words
    first, _, rest = words.partition(",")
    if compact(first) in _HOLDERS:
        yield rest
    start, _, last = words.rpartition(",")
    if compact(last) in _HOLDERS:
        yield start


def printed(program: Program) -> Iterator[tuple[str, str]]:
    """Yield each name under which a program is printed, and the code of its lines."""
    yield from ((code, code) for code in program.codes)
    yield from program.spellings.items()
    yield from ((account, code) for code in program.codes[:1] for account in program.accounts)
