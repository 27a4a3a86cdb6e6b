"""Programs of assistance as values: how reports print them, who pays, which laws reach them."""

from typing import Literal

from gravamen.law.authority import Cited

Nature = Literal["security", "economic", "humanitarian", "unclear"]


class Hold(Cited):
    """That an authority reaches a program, may reach it, or leaves it alone; and why.

    Args:
        authority: id in the law data ("us.leahy.state").
        how: reaches; argued (two readings are held, `why` gives both); carved-out (the law names
            it among what it leaves alone).
        why: one sentence.
    """

    authority: str
    how: Literal["reaches", "argued", "carved-out"]
    why: str


class Program(Cited):
    """A program or account of assistance: how it is printed, what pays for it, what can stop it.

    The cite is that of the authority which funds it.

    Args:
        id: "imet"; stable, for files and links.
        name: in full ("International Military Education and Training").
        codes: the short names under which reports print its lines ("IMET-1", "IMET-2"); a code
            belongs to one program.
        spellings: other printed names, without regard to case and spaces, and the code each is of
            ("International Military Education and Training (IMET)": "IMET").
        accounts: names of funding accounts as tables of spending print them.
        agency: who runs it ("Department of State"); None where that differs from line to line.
        holds: the authorities that bear on it; an authority that concerns only some states stands
            here too, and is asked of these states alone.
        unclear: why no law in the data can be said to reach it, where that is so; one sentence.
    """

    id: str
    name: str
    nature: Nature
    codes: tuple[str, ...] = ()
    spellings: dict[str, str] = {}
    accounts: tuple[str, ...] = ()
    agency: str | None = None
    holds: tuple[Hold, ...] = ()
    unclear: str | None = None
