"""Short ways to build the cases and instruments of these tests; every country here is invented."""

import datetime
from functools import cache

import msgspec

from gravamen.case import Case, Requester
from gravamen.checks import CHECKS, Asked, Flag, check_case
from gravamen.claims import Allegation, Characterisation, Claim, Quantity, Role
from gravamen.dates import Edtf
from gravamen.findings.finding import Finding
from gravamen.law import load
from gravamen.law.authority import (
    Assistance,
    Authority,
    Cover,
    Coverage,
    Element,
    Law,
    Prong,
    Waiver,
    WaiverStep,
)
from gravamen.parties import Name, Party, Post
from gravamen.requests import Request
from gravamen.sentences import Binding, Block, Instrument, Section, Sentence
from gravamen.sources.source import Source, Text, locate

ON = datetime.date(2024, 3, 5)
TARN = Party(id="p.tarn", kind="government", names=(Name(text="Tarn"),), country="XT")
BOARD = Requester(name="Board of Supervisors of Ostra County", party="p.board")
COLONEL = Party(
    id="p.zand",
    kind="person",
    names=(Name(text="Orvel Zand"), Name(text="Орвел Занд", lang="sr-Cyrl", kind="alias")),
    country="XT",
    born=Edtf("1970-03-02"),
    birthplace="Aresh",
    sex="male",
    nationalities=("XT",),
    posts=(Post(title="Commander", body="p.unit", start=Edtf("2021-01-01"), end=Edtf("..")),),
)
UNIT = Party(id="p.unit", kind="unit", names=(Name(text="Ninth Brigade"),), country="XT")


@cache
def law() -> Law:
    """The law data, and two powers that no country has: a bar on aid to Tarn with a waiver, and
    an embargo that reaches states."""
    real = load()
    invented = Authority(
        id="xt.aid",
        title="Tarn Assistance Act, section 5",
        short="Section 5",
        kind="country-assistance",
        jurisdiction="us",
        names=("Tarn Assistance Act", "section 5 of the Tarn Assistance Act"),
        reaches=("state",),
        measures=("suspend-assistance",),
        decides="us.president",
        countries=("XT",),
        effective_from=datetime.date(2000, 1, 1),
        assistance=Assistance(
            reaches="assistance to the Government of Tarn",
            outside=("humanitarian assistance",),
            cite="section 5(b)",
            as_of=Edtf("2020"),
        ),
        waiver=Waiver(
            test="the national interest",
            cite="section 5(c)",
            as_of=Edtf("2020"),
            steps=(
                WaiverStep(
                    on=Edtf("2000-01-01"),
                    event="barred",
                    text="the Act came into force",
                    cite="section 5(a)",
                    as_of=Edtf("2020"),
                ),
                WaiverStep(
                    on=Edtf("2024-01-10"),
                    until=Edtf("2025-01-09"),
                    event="waived",
                    text="the President granted the waiver",
                    cite="section 5(c)",
                    as_of=Edtf("2024"),
                ),
            ),
        ),
        cite="Tarn Assistance Act, section 5",
        as_of=Edtf("2020"),
    )
    embargo = msgspec.structs.replace(
        invented,
        id="xt.embargo",
        title="Embargo Powers Act",
        short="Embargo Powers Act",
        kind="state-designation",
        names=("Embargo Powers Act",),
        measures=("sanctions", "arms-embargo"),
        countries=(),
        assistance=None,
        waiver=None,
        cite="Embargo Powers Act, section 1",
    )
    return msgspec.structs.replace(
        real, authorities={**real.authorities, "xt.aid": invented, "xt.embargo": embargo}
    )


@cache
def tarn_law(**fields: object) -> Law:
    """The law data with an invented law of Tarn over persons ("xt"): it covers torture, covers no
    detention, and says nothing of killing. `fields` are those of the authority."""
    cited = {"cite": "Persons Act", "as_of": Edtf("2020")}
    elements = (
        Element(
            id="el.xt.act",
            test="Was somebody tortured?",
            rule="act",
            acts=("torture",),
            gap="Find who was tortured.",
            **cited,
        ),
        Element(
            id="el.xt.did",
            test="Did the person do it?",
            rule="role",
            roles=("alleged-perpetrator",),
            acts=("torture",),
            gap="Find who did it.",
            **cited,
        ),
        Element(
            id="el.xt.held",
            test="Did the person hold the post then?",
            rule="tenure",
            acts=("torture",),
            gap="Find the dates.",
            **cited,
        ),
    )
    leads = bool(fields.pop("leads", False))
    prong = Prong(
        id="xt.persons.a",
        text="persons who torture",
        all_of=("el.xt.act", "el.xt.held" if leads else "el.xt.did"),
        **cited,
    )
    authority = Authority(
        **{
            "id": "xt.persons",
            "title": "Persons Act",
            "short": "Persons Act",
            "kind": "person-sanctions",
            "jurisdiction": "xt",
            "names": ("Persons Act of Tarn",),
            "reaches": ("individual", "entity"),
            "measures": ("sanctions",),
            "decides": "us.president",
            "effective_from": datetime.date(2000, 1, 1),
            "prongs": (prong,),
            **cited,
            **fields,
        }
    )
    covers = (("torture", "yes"), ("detention", "no"))
    rows = {
        act: Coverage(
            id=act,
            label=act,
            acts=(act,),
            cells=(
                Cover(
                    authority="xt.persons", covers=said, why=f"The Act says {said} to it.", **cited
                ),
            ),
        )
        for act, said in covers
    }
    real = law()
    return msgspec.structs.replace(
        real,
        authorities={**real.authorities, "xt.persons": authority},
        elements={**real.elements, **{e.id: e for e in elements}},
        coverage=rows,
    )


def text(words: str) -> Text:
    """A text as a plain file gives it."""
    return Text(extractor="plain", version="1", text=words)


def source(id: str, **fields: object) -> Source:
    """A source of no particular kind."""
    return Source(
        id=id, sha256="0" * 64, name=f"{id}.txt", media_type="text/plain", size=1, **fields
    )  # type: ignore[arg-type]  # the fields of a Source


def claim(id: str, about: str, words: str, quote: str, *, at: str = "s.report", **fields) -> Claim:
    """A claim whose quote is located in the words of its source."""
    fields.setdefault("speaker", "the Harbour Observatory")
    return Claim(id=id, about=about, passage=locate(at, text(words), quote), **fields)


def act(id: str = "a1", words: str = "guards beat detainees", **fields) -> Allegation:
    """An allegation of an act."""
    fields.setdefault("act", "torture")
    return Allegation(id=id, kind="act", text=words, **fields)


def case(
    *,
    motion: str | None = None,
    sources: dict[str, str] | None = None,
    origins: dict[str, str] | None = None,
    parties: tuple[Party, ...] = (TARN, COLONEL, UNIT),
    allegations: tuple[Allegation, ...] = (),
    claims: tuple[Claim, ...] = (),
    requests: tuple[Request, ...] = (),
    **fields,
) -> Case:
    """A case of these things; `sources` are texts by id, `origins` the origin of each."""
    texts = {**(sources or {}), **({"s.motion": motion} if motion is not None else {})}
    origins = origins or {}
    fields.setdefault("requester", BOARD)
    return Case(
        id="case",
        title="A case",
        motion="s.motion" if motion is not None else None,
        sources={id: source(id, origin=origins.get(id)) for id in texts},
        texts={id: text(words) for id, words in texts.items()},
        parties={p.id: p for p in parties},
        allegations={a.id: a for a in allegations},
        claims={c.id: c for c in claims},
        requests={r.id: r for r in requests},
        **fields,
    )


def request(id: str = "r1", *, motion: str | None = None, quote: str | None = None, **fields):
    """A request, with its passage in the motion where it has one."""
    passage = locate("s.motion", text(motion), quote) if motion and quote else None
    fields.setdefault("measure", "sanctions")
    return Request(id=id, passage=passage, **fields)


def raised(
    id: str, of: Case, *, on: datetime.date = ON, findings=(), book: Law | None = None
) -> list[Flag]:
    """The flags of one check over a case, under the law data or another law."""
    (check,) = [c for c in CHECKS if c.id == id]
    return list(check(Asked(case=of, law=book or law(), findings=findings, on=on)))


def drawn(
    id: str, of: Case, *instruments: Instrument, covered=None, book: Law | None = None, on=ON
) -> list[Flag]:
    """The flags of one check over instruments, under the law data or another law."""
    (check,) = [c for c in CHECKS if c.id == id]
    asked = Asked(case=of, law=book or law(), instruments=instruments, on=on, covered=covered)
    return list(check(asked))


def ids(of: Case, *, on: datetime.date = ON, findings: tuple[Finding, ...] = ()) -> set[str]:
    """The ids of all flags of a case."""
    return {flag.id for flag in check_case(of, law(), findings, on=on)}


def bound(of: Case, *claims: str) -> tuple[Binding, ...]:
    """The bindings of a sentence to claims as they stand."""
    return tuple(
        Binding(
            claim=id,
            version=of.version(id),
            source=of.claims[id].passage.source,
            source_sha256="0" * 64,
            quote=of.claims[id].passage.exact,
            start=of.claims[id].passage.start,
            end=of.claims[id].passage.end,
        )
        for id in claims
    )


def letter(*sentences: Sentence, **fields) -> Instrument:
    """A letter of these sentences, one paragraph each."""
    fields.setdefault("kind", "letter")
    fields.setdefault("id", fields["kind"])
    style = fields.pop("blocks", "paragraph")
    label = fields.pop("label", None)
    blocks = tuple(Block(sentences=(s,), style=style, label=label) for s in sentences)
    return Instrument(
        title="Letter",
        on=ON.isoformat(),
        sections=(Section(heading=None, blocks=blocks),),
        **fields,
    )


def dossier(*sentences: Sentence, at: str | None = "incidents", **fields) -> Instrument:
    """A dossier on the colonel under the invented law, its sentences in one section; with the
    request that every dossier has where `asks` is not False."""
    fields.setdefault("party", "p.zand")
    fields.setdefault("regime", "xt")
    asks = sentence("We ask the King to list him.", "request", id="s0", authority="xt.persons")
    blocks = tuple(Block(sentences=(s,)) for s in sentences)
    more = fields.pop("sections", ())
    cover = (Section(heading="Asked", id="cover", blocks=(Block(sentences=(asks,)),)),)
    return Instrument(
        id="dossier-zand-xt",
        kind="dossier",
        title="Dossier",
        on=ON.isoformat(),
        sections=(
            *(cover if fields.pop("asks", True) else ()),
            Section(heading="Part", id=at, blocks=blocks),
            *more,
        ),
        **fields,
    )


def sentence(words: str, kind: str = "allegation", **fields) -> Sentence:
    """A sentence of an instrument."""
    fields.setdefault("id", "s1")
    return Sentence(kind=kind, text=words, **fields)


__all__ = [
    "BOARD", "COLONEL", "ON", "TARN", "UNIT", "Allegation", "Characterisation", "Edtf", "Quantity",
    "Role", "act", "bound", "case", "claim", "dossier", "drawn", "ids", "law", "letter", "raised",
    "request", "sentence", "source", "tarn_law", "text",
]  # fmt: skip
