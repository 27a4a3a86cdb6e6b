"""Evidence tables: each fact with what bears it out, what speaks against it, and nothing lost."""

import msgspec
import pytest

from gravamen.case import Case, Judgement
from gravamen.claims import Allegation, Claim, Role
from gravamen.findings import Finding
from gravamen.instruments.evidence import NOTHING_AGAINST, UNANSWERED, Sheet, evidence_tables
from gravamen.instruments.outgoing import Outgoing
from gravamen.parties import Name, Party, Post
from gravamen.sources.source import Source, Text, locate
from gravamen.submission import Argument, Search
from gravamen.values import GravamenError, sha256

TEXTS = {
    "s.report": "Six men were beaten. Teresh leads the yard. Near Mirel Tovash stood a guard.",
    "s.ministry": "Nobody was beaten.",
    "s.witness": "I saw them beaten.",
    "s.idle": "Nothing of note.",
}


def source(id: str, **more: object) -> Source:
    fields = {
        "id": id,
        "sha256": sha256(TEXTS[id].encode()),
        "name": f"{id}.txt",
        "media_type": "text/plain",
        "size": len(TEXTS[id]),
    }
    return Source(**{**fields, **more})  # type: ignore[arg-type]


def claim(id: str, about: str, source: str, quote: str, **more: object) -> Claim:
    text = Text(extractor="plain", version="1", text=TEXTS[source], pages=(0,))
    fields = {"id": id, "about": about, "passage": locate(source, text, quote), "speaker": "Clerk"}
    return Claim(**{**fields, **more})  # type: ignore[arg-type]


def case(*claims: Claim, **more: object) -> Case:
    fields = {
        "id": "yard",
        "title": "The yard",
        "sources": {
            s.id: s
            for s in (
                source("s.report", title="Report", reliability="careful", retrieved="2024-01-08"),
                source("s.ministry", publisher="Ministry", language="xs", translator="A. Reed"),
                source("s.witness"),
                source("s.idle"),
            )
        },
        "texts": {
            id: Text(extractor="plain", version="1", text=t, pages=(0,)) for id, t in TEXTS.items()
        },
        "parties": {
            p.id: p
            for p in (
                Party(
                    id="p.teresh",
                    kind="person",
                    names=(Name(text="Ilvan Teresh"),),
                    posts=(
                        Post(title="Commander", body="p.yard", start="2022", claims=("c.post",)),
                    ),
                ),
                Party(id="p.yard", kind="unit", names=(Name(text="the yard"),)),
                Party(
                    id="p.w",
                    kind="person",
                    names=(Name(text="Mirel Tovash"),),
                    protected=True,
                    pseudonym="W-1",
                ),
            )
        },
        "allegations": {
            a.id: a
            for a in (
                Allegation(
                    id="a.beaten",
                    kind="act",
                    text="six men were beaten",
                    date="2023-02",
                    place="Dock 4",
                    roles=(Role(kind="commander", party="p.teresh"),),
                ),
                Allegation(id="a.bare", kind="act", text="a door was locked"),
            )
        },
        "claims": {c.id: c for c in claims},
    }
    return Case(**{**fields, **more})  # type: ignore[arg-type]


BEATEN = claim("c.beaten", "a.beaten", "s.report", "Six men were beaten.", relayed_by=("p.yard",))
POST = claim("c.post", "p.teresh", "s.report", "Teresh leads the yard.", mode="document")
DENIED = claim(
    "c.denied", "a.beaten", "s.ministry", "Nobody was beaten.",
    stance="denies", mode="official", speaker="the Ministry",
)  # fmt: skip
SEEN = claim("c.seen", "a.beaten", "s.witness", "I saw them beaten.", speaker="p.w")
WHOLE = case(BEATEN, POST, DENIED, SEEN)


def tables(case: Case, **more: object) -> dict[str, Sheet]:
    return {s.name: s for s in evidence_tables(case, **more)}  # type: ignore[arg-type]


def rows(sheet: Sheet) -> list[dict[str, str]]:
    headings = [c.heading for c in sheet.columns]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def test_a_row_of_the_evidence_says_who_where_how_and_how_far_it_is_borne_out() -> None:
    first = rows(tables(WHOLE)["evidence"])[0]

    assert first == {
        "No.": "1.1",
        "Fact": "Six men were beaten.",
        "Date": "2023-02",
        "Place": "Dock 4",
        "Exhibit": "A",
        "Page": "1",
        "Quote": "Six men were beaten.",
        "Translation": "",
        "Speaker": "Clerk, relayed by the yard",
        "How known": "reported it",
        "Stance": "",
        "Origin": "s.report",
        "Corroboration": "independently corroborated (2 origins); contested",
        "Contradicted by": "The Ministry (Exhibit B, page 1)",
        "Element served": "",
        "Claim": "c.beaten",
        "Review": "",
        "Commitment": "",
    }


def test_every_claim_that_stands_is_in_one_of_the_two_tables() -> None:
    both = tables(WHOLE)
    told = [r["Claim"] or r["Commitment"] for r in rows(both["evidence"])]
    against = [r["Record"] for r in rows(both["adverse"])]

    assert told == ["c.beaten", WHOLE.version("c.seen"), "", "c.post"]
    assert against == ["c.denied"]


def test_a_fact_that_nothing_bears_out_has_a_row_that_says_so() -> None:
    [bare] = [r for r in rows(tables(WHOLE)["evidence"]) if r["Fact"] == "A door was locked."]
    assert bare["Quote"] == "no source is on record"
    assert bare["Corroboration"] == "unsupported (0 origins)"


def test_a_post_is_a_fact_of_its_own_with_its_dates() -> None:
    [post] = [r for r in rows(tables(WHOLE)["evidence"]) if r["Claim"] == "c.post"]
    assert post["Fact"] == "Ilvan Teresh held the post of Commander in the yard."
    assert (post["No."], post["Date"], post["How known"]) == ("3.1", "2022", "document")


def test_a_protected_witness_is_there_as_a_commitment_only() -> None:
    [hidden] = [r for r in rows(tables(WHOLE)["evidence"]) if r["Commitment"]]
    assert (hidden["Exhibit"], hidden["Quote"]) == ("W", "withheld: a protected source")
    assert (hidden["Claim"], hidden["Origin"]) == ("", "withheld")
    words = repr(tables(WHOLE))
    assert "I saw them" not in words and "Tovash" not in words and "c.seen" not in words
    assert "s.witness" not in words and WHOLE.sources["s.witness"].sha256 not in words


def test_what_speaks_against_says_what_it_would_change_and_what_is_answered() -> None:
    [denial] = rows(tables(WHOLE)["adverse"])
    assert denial["Fact"] == "The Ministry (Exhibit B, page 1) denies that six men were beaten."
    assert denial["Quote"] == "Nobody was beaten."
    assert denial["What it would change"] == "If it is right, fact 1 does not hold."
    assert denial["Our answer"] == UNANSWERED
    answer = Argument(id="g.1", topic="answer", text="Two saw it.", claims=(DENIED.id,))
    told = msgspec.structs.replace(WHOLE, arguments={"g.1": answer})
    [denial] = rows(tables(told)["adverse"])
    assert denial["Our answer"] == "Two saw it."


def test_what_was_taken_back_is_adverse_and_not_evidence() -> None:
    taken = msgspec.structs.replace(BEATEN, withdrawn="He was mistaken.")
    both = tables(case(taken))
    assert "c.beaten" not in [r["Claim"] for r in rows(both["evidence"])]
    [row] = rows(both["adverse"])
    assert row["Fact"].endswith(
        "took back the statement that six men were beaten. He was mistaken."
    )
    assert row["What it would change"] == "It no longer counts for fact 1."


def test_searches_are_adverse_information_whether_or_not_they_found_something() -> None:
    common = {"topic": "adverse", "on": "2024-02-01", "by": "A. Reed"}
    searches = {
        "h.none": Search(id="h.none", where="the press", **common),  # type: ignore[arg-type]
        "h.some": Search(
            id="h.some", where="the courts", found="He was acquitted.", edition="of 2023",
            claims=("c.denied",), answer="Of another charge.", changes="The link.", **common,
        ),  # type: ignore[arg-type]
        "h.open": Search(id="h.open", where="a blog", found="He gave alms.", **common),  # type: ignore[arg-type]
        "h.list": Search(id="h.list", where="a list", topic="listing", on="2024", by="A. Reed"),
    }  # fmt: skip
    found = rows(tables(case(BEATEN, DENIED, searches=searches))["adverse"])
    by_record = {r["Record"]: r for r in found}

    assert [*by_record] == ["c.denied", "h.none", "h.some", "h.open"]
    assert by_record["h.none"]["Fact"] == "Nothing was found."
    assert by_record["h.none"]["Source"] == "the press, looked through on 2024-02-01 by A. Reed"
    assert by_record["h.some"]["Our answer"] == "Of another charge."
    assert by_record["h.some"]["Quote"] == "Nobody was beaten."
    assert "(of 2023)" in by_record["h.some"]["Source"]
    assert by_record["h.open"]["Our answer"] == UNANSWERED


def test_the_adverse_table_is_never_empty() -> None:
    [row] = rows(tables(case(BEATEN))["adverse"])
    assert row["Fact"] == NOTHING_AGAINST


def test_exhibits_are_lettered_as_used_and_what_is_not_listed_is_counted() -> None:
    found = rows(tables(WHOLE)["exhibits"])
    assert [r["Exhibit"] for r in found] == ["A", "B", "W1", ""]
    assert found[0]["SHA-256"] == WHOLE.sources["s.report"].sha256
    assert (found[0]["Captured"], found[0]["Reliability"]) == ("2024-01-08", "careful")
    assert (found[1]["Language"], found[1]["Translator"]) == ("xs", "A. Reed")
    assert WHOLE.version("c.seen") in found[2]["Cited as"]
    assert found[3]["Cited as"].startswith("Not listed: 2 of the case's sources")


def test_elements_are_those_that_weighing_found_a_claim_to_serve() -> None:
    finding = Finding(
        party="p.teresh", authority="us.x", prong="us.x.one", element="el.act",
        state="supported", claims=("c.beaten",),
    )  # fmt: skip
    lacking = msgspec.structs.replace(finding, element="el.none", state="missing", claims=())
    both = tables(WHOLE, findings=(finding, lacking))

    assert rows(both["evidence"])[0]["Element served"] == "el.act"
    assert rows(both["elements"]) == [
        {"Element": "el.act", "Question": "", "Asked under": "us.x.one", "Of": "Ilvan Teresh"}
    ]


def test_one_party_gets_what_concerns_it_and_an_unknown_one_is_refused() -> None:
    about = [r["Fact"] for r in rows(tables(WHOLE, party="p.teresh")["evidence"])]
    assert "A door was locked." not in about and len(about) == 3
    with pytest.raises(GravamenError, match=r"no party 'p.nobody' in yard; there are: p.teresh"):
        evidence_tables(WHOLE, party="p.nobody")


def test_what_a_person_rejected_is_left_out_and_what_nobody_reviewed_is_marked() -> None:
    rejected = case(
        BEATEN, DENIED, SEEN,
        judgements=(Judgement(target="c.denied", verdict="rejected"),),
        proposed_by={"c.beaten": "machine:reader 1"},
    )  # fmt: skip
    both = tables(rejected)
    assert rows(both["adverse"])[0]["Fact"] == NOTHING_AGAINST
    assert rows(both["evidence"])[0]["Review"] == "proposed by a machine, not reviewed"


@pytest.mark.parametrize("quote", ["Tovash stood", "Near Mirel", "el Tov", "Near Mirel Tovash"])
def test_a_quote_that_cuts_through_a_protected_name_is_withheld(quote: str) -> None:
    cut = claim("c.cut", "a.beaten", "s.report", quote)
    out = Outgoing(case(cut))
    assert out.withholds(cut) and out.open == () and out.exhibits == {}


def test_words_around_a_quote_stay_out_where_they_touch_a_protected_name() -> None:
    near = claim("c.near", "a.beaten", "s.report", "stood a guard")
    far = claim("c.far", "a.beaten", "s.report", "Six men")
    out = Outgoing(case(near, far))
    assert near.passage.prefix.endswith("Tovash ")
    assert (out.surrounded(near.passage).prefix, out.surrounded(near.passage).suffix) == ("", "")
    assert out.surrounded(far.passage) == far.passage
