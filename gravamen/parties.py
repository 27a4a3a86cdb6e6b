"""Parties: persons, units, bodies, governments and groups; names in scripts, posts, command."""

import re
from typing import Literal

from gravamen.dates import Edtf
from gravamen.values import Value
from gravamen.vocabulary import PartyKind

NameKind = Literal["primary", "alias", "transliteration", "former"]
Sex = Literal["female", "male", "other"]
# Names that begin with a common noun or an ordinal take an article in a sentence.
_COMMON = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|Academy|Agency|Army|Association|Assembly|Battalion|Board|Brigade"
    r"|Bureau|Chamber|City|Coalition|Commission|Committee|Council|County|Court|Department"
    r"|Directorate|Federation|Foundation|General|Government|House|Institute|Interior|League"
    r"|Legislature|Medical|Ministry|National|Network|Observatory|Office|Ombudsman|Organi[sz]ation"
    r"|Parliament|Penitentiary|Police|Prison|Prosecutor|Red|Select|Senate|Service|Society|Special|State|Supreme"
    r"|Town|Tribunal|Union|United|Village|requesting|undersigned)\b|\S.*\b(?:Board|City Council"
    r"|Town Council|County Council|Assembly|Commission|Committee|Union|Federation|Parliament"
    r"|Legislature|Society|Network|Coalition|Center|Centre|Council|Ministry|Fellowship)\b"
)


def with_article(name: str) -> str:
    """Return a name as a sentence uses it: "the Board of Supervisors", "Amnesty", "the Union"."""
    return f"the {name}" if _COMMON.match(name) else name


class Name(Value):
    """A name as it is written in one script; `lang` is a BCP 47 tag ("hy", "az-Latn", "fa")."""

    text: str
    lang: str | None = None
    kind: NameKind = "primary"


class Identifier(Value):
    """A number that tells one person or body from another: passport, national id, registry."""

    kind: str
    value: str
    country: str | None = None


class Post(Value):
    """An office held in a body or unit, with its dates and the claims that prove it.

    Args:
        start, end: partial dates, None where unknown; end ".." while the post is held.
    """

    title: str
    body: str
    start: Edtf | None = None
    end: Edtf | None = None
    leads: bool = False
    claims: tuple[str, ...] = ()


class Command(Value):
    """Authority of this party over another one, between dates, and the claims that prove it."""

    over: str
    start: Edtf | None = None
    end: Edtf | None = None
    basis: str | None = None
    claims: tuple[str, ...] = ()


class Party(Value):
    """Somebody or something that acts in the case or suffers in it.

    Args:
        country: ISO 3166-1 alpha-2 code of the state a unit, body or government belongs to, or
            an invented state's own code of two letters or more.
        part_of: id of the body or government above a unit or body.
        protected: the names never leave in a public file; `pseudonym` stands for them.
        us_person: whether a US citizen, resident or entity; None where nobody says.
        claims: the claims that prove birth, sex and nationality.
    """

    id: str
    kind: PartyKind
    names: tuple[Name, ...]
    country: str | None = None
    part_of: str | None = None
    born: Edtf | None = None
    birthplace: str | None = None
    sex: Sex | None = None
    nationalities: tuple[str, ...] = ()
    us_person: bool | None = None
    family_of: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    posts: tuple[Post, ...] = ()
    commands: tuple[Command, ...] = ()
    claims: tuple[str, ...] = ()
    protected: bool = False
    pseudonym: str | None = None

    @property
    def name(self) -> str:
        """The name it is printed under: the pseudonym of a protected party, else the first."""
        if self.protected:
            return self.pseudonym or "a protected person"
        return self.names[0].text if self.names else "somebody unnamed"
