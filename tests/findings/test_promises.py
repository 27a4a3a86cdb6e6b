"""What holds of every finding, whatever the case: tried on many small invented cases."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gravamen import law as lawdata
from gravamen.case import Case, Judgement
from gravamen.findings import (
    choose,
    matrix_html,
    matrix_text,
    needed,
    reach,
    side_by_side,
    weigh,
)
from gravamen.parties import Name, Party, Post

from .building import ON, act, case, claim

PARTIES = ("p.guard", "p.colonel", "p.unit", "p.ministry", "p.state")
KINDS = ("alleged-perpetrator", "commander", "official", "supplier", "investigator", "victim")
ACTS = ("torture", "killing", "detention", "command", "support", "corruption", "blockade")
DATES = ("2018", "2018-02", "2018-02-04", "2017-12-31/2018-02-04", "2018~", "2018-13", None)
SERVES = ("el.responsible", "el.link_shra", "el.agent", "nationality", "post:p.colonel/1")


@st.composite
def cases(draw: Any) -> Case:
    post = Post(
        title="commander",
        body=draw(st.sampled_from(PARTIES)),
        start=draw(st.sampled_from(DATES)),
        end=draw(st.sampled_from((*DATES, ".."))),
        claims=draw(st.sampled_from(((), ("c0",), ("c0", "c.gone")))),
    )
    kinds = ("person", "person", "unit", "body", "government")
    parties = [
        Party(
            id=id,
            kind=kind,  # type: ignore[arg-type]  # the words of the closed list
            names=(Name(text=id),),
            country="XS",
            part_of=draw(st.sampled_from((None, "p.unit", "p.ministry", "p.state", id))),
            nationalities=draw(st.sampled_from(((), ("XS",), ("US", "XS")))),
            posts=(post,) if kind == "person" else (),
        )
        for id, kind in zip(PARTIES, kinds, strict=True)
    ]
    allegations = [
        act(
            f"a{n}",
            draw(st.dictionaries(st.sampled_from(PARTIES), st.sampled_from(KINDS), max_size=3)),
            act=draw(st.sampled_from(ACTS)),
            date=draw(st.sampled_from(DATES)),
            victims=draw(st.sampled_from(((), ("captive",), ("journalist",)))),
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    about = st.sampled_from((*PARTIES, *(a.id for a in allegations)))
    claims = [
        claim(
            f"c{n}",
            draw(about),
            origin=draw(st.sampled_from(("ngo", "un"))),
            speaker=draw(st.sampled_from(("witness", "p.ministry"))),
            stance=draw(st.sampled_from(("affirms", "affirms", "denies", "qualifies"))),
            serves=draw(st.lists(st.sampled_from(SERVES), max_size=2)),
            withdrawn=draw(st.sampled_from((None, None, "taken back"))),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    gone = draw(st.lists(st.sampled_from([c.id for c in claims]), max_size=2)) if claims else []
    judged = tuple(Judgement(target=id, verdict="rejected") for id in gone)
    return case(parties, allegations, claims, judgements=judged)


@settings(max_examples=150, deadline=None)
@given(cases())
def test_every_finding_keeps_what_the_manual_promises(record: Case) -> None:
    law = lawdata.load()
    found = weigh(record, law, on=ON, parties=PARTIES)
    assert found == weigh(record, law, on=ON, parties=PARTIES)
    for finding in found:
        named = [record.claims[c] for c in (*finding.claims, *finding.against, *finding.qualified)]
        assert all(record.stands(c.id) and c.withdrawn is None for c in named)
        assert (finding.gap is None) == (finding.state == "supported")
        assert finding.gap is None or (finding.gap.endswith(".") and "{" not in finding.gap)
        if finding.state == "supported":
            assert finding.claims and not finding.against
        if finding.state == "contested":
            assert finding.claims and finding.against
    for party in PARTIES:
        choice = choose(record, law, found, party)
        bearing = [f for f in found if f.party == party and f.prong == choice.prong]
        assert not choice.complete or all(
            f.state == "supported" or f.element not in _needed(law, choice.prong) for f in bearing
        )
    assert all(len(line) <= 80 for line in matrix_text(record, law, found, width=80).split("\n"))
    assert matrix_html(record, law, found).endswith("</html>\n")


@settings(max_examples=60, deadline=None)
@given(cases())
def test_every_answer_side_by_side_follows_from_the_findings(record: Case) -> None:
    law = lawdata.load()
    day = date(2026, 11, 25)
    found = weigh(record, law, on=day, parties=PARTIES)
    for side in side_by_side(record, law, found, on=day, parties=PARTIES):
        own = [f for f in found if (f.party, f.authority) == (side.party, side.authority)]
        by_prong = {p: [f for f in own if f.prong == p] for p in {f.prong for f in own}}
        reached = reach(record.parties[side.party], law.authority(side.authority))
        missing = {
            p.id: [f for f in needed(p, by_prong[p.id]) if f.state == "missing"]
            for p in law.authority(side.authority).prongs
            if p.id in by_prong
        }
        whole = bool(reached) and any(not lacking for lacking in missing.values())
        assert (side.answer in ("yes", "contested")) == whole
        assert (side.missing == 0) == (whole or side.prong is None)
        assert [w.element for w in side.lacks] == [
            f.element for f in missing.get(side.prong or "", []) if reached
        ]
        assert side.why.endswith(".")
        assert side.answer != "yes" or (side.contested, side.disputed) == (0, ())


def _needed(law: Any, prong: str | None) -> set[str]:
    every = [p for a in law.authorities.values() for p in a.prongs if p.id == prong]
    return set(every[0].all_of) if every else set()
