"""The finding as a value: one element of one prong for one party; and the choice of a prong."""

from typing import Literal

from gravamen.values import Value

State = Literal["supported", "contested", "missing"]


class Finding(Value):
    """Whether one element of one prong is supported for one party, and by which claims.

    Args:
        state: supported; contested (something speaks for and something against); missing.
        claims: ids of the claims that speak for it; `against` those that speak against it,
            `qualified` those that limit it.
        allegations: ids of the allegations it rests on, all elements of a prong on the same.
        corroboration: the words of `Corroboration.spelled` of what bears on it.
        gap: one sentence: what is missing and what would close it; None when supported.
        unreviewed: it leans on a machine's proposal that no person has accepted yet.
        needs_review: the element, prong or authority rests on unchecked text.
    """

    party: str
    authority: str
    prong: str
    element: str
    state: State
    claims: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    qualified: tuple[str, ...] = ()
    allegations: tuple[str, ...] = ()
    corroboration: str = ""
    gap: str | None = None
    unreviewed: bool = False
    needs_review: bool = False


class Choice(Value):
    """Which prong to ask under for a party, and why; `rejected` says why not the others.

    Args:
        authority, prong: None where no authority of the law data reaches the party.
        also: ids of other prongs to cite beside it of which nothing is missing: one of each other
            authority, and the one for a post held then beside the one for the act.
        complete: every element it asks for is supported.
        rejected: one sentence per prong that was not chosen, the prong's id first.
        needs_review: what it leans on in the law is unchecked.
    """

    party: str
    authority: str | None
    prong: str | None
    complete: bool
    why: str
    also: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    needs_review: bool = False

    def under(self, authority: str) -> tuple[str, ...]:
        """The prongs to cite under an authority, the one to lead with first; empty for none."""
        chosen = (self.prong, *self.also)
        return tuple(p for p in chosen if p and p.startswith(f"{authority}."))
