"""Weighing a large invented case against all law data: how long it takes, and its renderings.

    python bench/findings.py [PARTIES] [ALLEGATIONS]

Prints seconds; the aim for 500 parties and 2,000 allegations is about two for `weigh`.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.claims import Allegation, Claim, Role, Stance
from gravamen.dates import Edtf
from gravamen.findings import choose, matrix_html, matrix_json, matrix_text, weigh
from gravamen.parties import Name, Party, Post
from gravamen.sources.source import Passage, Source
from gravamen.vocabulary import Act, VictimKind

SOURCES, ORIGINS, FIRST_YEAR = 300, 60, 2010
ACTS: tuple[Act, ...] = ("torture", "killing", "detention", "command")
VICTIMS: tuple[VictimKind, ...] = ("captive", "journalist")


class Invented:
    """A case of that size: units in a chain of command, persons with posts, acts, denials."""

    def __init__(self, parties: int, allegations: int) -> None:
        self.chance = random.Random(1)
        self.claims: dict[str, Claim] = {}
        self.units = [f"u{n}" for n in range(parties // 10)]
        self.persons = [f"p{n}" for n in range(parties - len(self.units) - 1)]
        made = [
            Party(id="gov", kind="government", names=(Name(text="Gov"),), country="XS"),
            *(self.unit(n, id) for n, id in enumerate(self.units)),
            *(self.person(id) for id in self.persons),
        ]
        acts = [self.act(n) for n in range(allegations)]
        sources = [
            Source(
                id=f"s{n}", sha256="0" * 64, name="x", media_type="text/plain", size=1,
                origin=f"o{n % ORIGINS}",
            )
            for n in range(SOURCES)
        ]  # fmt: skip
        self.case = Case(
            id="large",
            title="Large",
            sources={s.id: s for s in sources},
            parties={p.id: p for p in made},
            allegations={a.id: a for a in acts},
            claims=self.claims,
        )

    def claim(
        self, about: str, *serves: str, stance: Stance = "affirms", speaker: str = "witness"
    ) -> str:
        id = f"c{len(self.claims)}"
        source = f"s{self.chance.randrange(SOURCES)}"
        self.claims[id] = Claim(
            id=id,
            about=about,
            passage=Passage(source=source, exact="x", start=0, end=1),
            speaker=speaker,
            stance=stance,
            serves=serves,
        )
        return id

    def unit(self, n: int, id: str) -> Party:
        above = self.units[n // 5] if n >= 5 else "gov"
        return Party(id=id, kind="unit", names=(Name(text=id),), country="XS", part_of=above)

    def person(self, id: str) -> Party:
        posts = tuple(
            Post(
                title="commander",
                body=self.chance.choice(self.units),
                start=Edtf(str(FIRST_YEAR + 3 * n)),
                end=Edtf(str(FIRST_YEAR + 3 + 3 * n)),
                leads=True,
                claims=(self.claim(id, f"post:{id}/{n + 1}"),),
            )
            for n in range(self.chance.randrange(3))
        )
        nationality = self.claim(id, "nationality")
        return Party(
            id=id, kind="person", names=(Name(text=id),), nationalities=("XS",), posts=posts,
            claims=(nationality,),
        )  # fmt: skip

    def act(self, n: int) -> Allegation:
        id = f"a{n}"
        for _ in range(self.chance.randrange(1, 4)):
            self.claim(id)
        if n % 3 == 0:
            self.claim(id, stance="denies", speaker=self.chance.choice(self.units))
        month = self.chance.randrange(1, 10)
        return Allegation(
            id=id,
            kind="act",
            text=id,
            act=self.chance.choice(ACTS),
            date=Edtf(f"{self.chance.randrange(FIRST_YEAR, FIRST_YEAR + 10)}-0{month}"),
            place=f"place {n % 40}",
            victims=(self.chance.choice(VICTIMS),),
            roles=(
                Role(
                    kind="alleged-perpetrator",
                    party=self.chance.choice(self.units + self.persons),
                ),
                Role(kind="commander", party=self.chance.choice(self.persons)),
            ),
        )


def timed(what: str, work: Callable[[], object]) -> None:
    """Print how long some work takes."""
    begun = time.perf_counter()
    work()
    print(f"{what:<28}{time.perf_counter() - begun:6.2f} s")


def main(parties: int, allegations: int) -> None:
    """Measure a case of that size."""
    case, law = Invented(parties, allegations).case, lawdata.load()
    on = date(2024, 3, 1)
    found = weigh(case, law, on=on)
    print(f"{parties} parties, {allegations} allegations, {len(case.claims)} claims:")
    print(f"{len(found)} findings under {len(law.authorities)} authorities")
    timed("weigh", lambda: weigh(case, law, on=on))
    weighed = dict.fromkeys(f.party for f in found)
    timed("choose for each party", lambda: [choose(case, law, found, p) for p in weighed])
    timed("matrix as text", lambda: matrix_text(case, law, found))
    timed("matrix as JSON", lambda: matrix_json(case, law, found))
    timed("matrix as a page", lambda: matrix_html(case, law, found))


if __name__ == "__main__":
    main(*(int(n) for n in (sys.argv[1:] or ("500", "2000"))))
