"""What the tests of findings are built from: a small law, a guard, a unit, an act, a claim."""

from collections.abc import Sequence
from datetime import date

import msgspec

from gravamen.case import Case
from gravamen.claims import Allegation, Claim
from gravamen.findings import (
    Finding,
    weigh,
)
from gravamen.law.authority import Authority, Element, Law, Prong
from gravamen.parties import Name, Party, Post
from gravamen.sources.source import Passage, Source

ON = date(2024, 3, 1)
READ = "2024-01-01"
CITE = {"cite": "Test Code § 1", "as_of": READ}


def element(id: str, rule: str, **more: object) -> Element:
    return msgspec.convert(
        {"id": id, "test": f"Is {id} met?", "rule": rule, "gap": f"No {id} of {{party}}.",
         **CITE, **more},
        Element,
    )  # fmt: skip


def prong(id: str, *all_of: str, **more: object) -> Prong:
    return msgspec.convert({"id": id, "text": "does it", "all_of": all_of, **CITE, **more}, Prong)


def authority(id: str, *prongs: Prong, **more: object) -> Authority:
    return Authority(
        id=id,
        title=id,
        short=f"the {id} Order",
        names=(),
        prongs=prongs,
        **{  # type: ignore[arg-type]  # the defaults a test may override
            "jurisdiction": "us", "kind": "person-sanctions", "decides": "office",
            "measures": ("sanctions",), "reaches": ("individual", "entity", "government_entity"),
            "effective_from": date(2017, 1, 1), **CITE, **more,
        },
    )  # fmt: skip


def lawbook(*authorities: Authority, edition: str = "e" * 64) -> Law:
    elements = [
        element("el.foreign", "foreign-person"),
        element("el.act", "act", acts=["torture", "killing"]),
        element("el.victim", "victims", victims=["journalist"]),
        element("el.link", "role", roles=["alleged-perpetrator", "commander"]),
        element("el.entity", "entity-act", acts=["torture"]),
        element("el.post", "post"),
        element("el.tenure", "tenure"),
        element("el.claims", "claims"),
        element("el.unit", "kind", kinds=["unit"]),
        element("el.pattern", "pattern", acts=["torture"], minimum=3),
    ]
    law = Law(
        edition=edition,
        authorities={a.id: a for a in authorities},
        elements={e.id: e for e in elements},
        offices={},
        clocks={},
        definitions={},
        sources={},
    )
    return law


ABUSE = prong("eo.abuse", "el.foreign", "el.act", "el.link")
LEADER = prong("eo.leader", "el.foreign", "el.entity", "el.post", "el.tenure")
STATUTE = prong("act.a1", "el.foreign", "el.act", "el.victim", "el.link")
ORDER = lawbook(authority("eo", ABUSE, LEADER))


def claim(
    id: str, about: str, *, origin: str | None = None, speaker: str = "witness", **more: object
) -> Claim:
    passage = Passage(source=f"s.{origin or id}", exact="x", start=0, end=1)
    return msgspec.convert(
        {"id": id, "about": about, "passage": msgspec.to_builtins(passage), "speaker": speaker,
         **more},
        Claim,
    )  # fmt: skip


def act(id: str, roles: dict[str, str], **more: object) -> Allegation:
    return msgspec.convert(
        {"id": id, "kind": "act", "act": "torture", "text": id, "date": "2018-02-04",
         "roles": [{"kind": kind, "party": party} for party, kind in roles.items()], **more},
        Allegation,
    )  # fmt: skip


GUARD = Party(
    id="p.guard", kind="person", names=(Name(text="Ivo Marr"),), nationalities=("XS",),
    claims=("c.passport",),
)  # fmt: skip
PASSPORT = claim("c.passport", "p.guard", serves=["nationality"])
UNIT = Party(id="p.unit", kind="unit", names=(Name(text="5th Battalion"),), country="XS")
BEATING = act("a.beating", {"p.guard": "alleged-perpetrator"})
SAID = claim("c.said", "a.beating", origin="ngo")


def case(
    parties: Sequence[Party] = (GUARD,),
    allegations: Sequence[Allegation] = (BEATING,),
    claims: Sequence[Claim] = (PASSPORT, SAID),
    **more: object,
) -> Case:
    sources = {
        c.passage.source: Source(
            id=c.passage.source, sha256="0" * 64, name="x", media_type="text/plain", size=1
        )
        for c in claims
    }
    return Case(
        id="case",
        title="A case",
        parties={p.id: p for p in parties},
        allegations={a.id: a for a in allegations},
        claims={c.id: c for c in claims},
        sources=sources,
        **more,  # type: ignore[arg-type]  # requests, judgements, proposals
    )


def one(findings: tuple[Finding, ...], party: str, prong: str, element: str) -> Finding:
    [found] = [f for f in findings if (f.party, f.prong, f.element) == (party, prong, element)]
    return found


def states(findings: tuple[Finding, ...], party: str, prong: str) -> dict[str, str]:
    return {f.element: f.state for f in findings if (f.party, f.prong) == (party, prong)}


def commander(
    start: str | None, end: str | None, *, claims: tuple[str, ...] = ("c.decree",)
) -> Party:
    post = Post(title="commander", body="p.unit", start=start, end=end, leads=True, claims=claims)
    return msgspec.structs.replace(GUARD, posts=(post,))


UNIT_BEATING = act("a.beating", {"p.unit": "alleged-perpetrator", "p.guard": "commander"})
DECREE = claim("c.decree", "p.guard", serves=["post:p.guard/1"])


def under_command(party: Party, beating: Allegation = UNIT_BEATING) -> tuple[Finding, ...]:
    claims = [PASSPORT, SAID, DECREE] if party.posts[0].claims else [PASSPORT, SAID]
    return weigh(case([party, UNIT], [beating], claims), ORDER, on=ON)


STATE = Party(id="p.state", kind="government", names=(Name(text="Sarvenia"),), country="XS")


def unchecked_elements(law: Law) -> Law:
    elements = {e.id: msgspec.structs.replace(e, mark="inferred") for e in law.elements.values()}
    return msgspec.structs.replace(law, elements=elements)
