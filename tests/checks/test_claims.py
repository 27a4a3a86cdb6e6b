"""Tests of checks/claims.py: denials left out, claims taken back, proposals unreviewed."""

import msgspec

from gravamen.case import Case, Judgement
from gravamen.proceedings import Reply
from gravamen.submission import Search

from .building import (
    Edtf,
    act,
    bound,
    case,
    claim,
    dossier,
    drawn,
    letter,
    raised,
    request,
    sentence,
)

REPORT = "Guards beat detainees. The Ministry denies it."


def _case(**fields) -> Case:
    return case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(
            claim("c1", "a1", REPORT, "Guards beat detainees.", **fields),
            claim(
                "c2",
                "a1",
                REPORT,
                "The Ministry denies it.",
                stance="denies",
                speaker="the Ministry",
            ),
        ),
    )


def _says(of: Case, *claims: str):
    return letter(
        sentence(
            "It is said that guards beat detainees.",
            bindings=bound(of, *claims),
            allegations=("a1",),
        )
    )


def test_a_denial_that_is_not_printed_stops_the_letter() -> None:
    kept = _case()
    (flag,) = drawn("denial-omitted", kept, _says(kept, "c1"))
    assert flag.blocks
    assert "it is denied by the Ministry (claim c2)" in flag.message
    assert drawn("denial-omitted", kept, _says(kept, "c1", "c2")) == []


def test_a_claim_taken_back_bears_no_sentence() -> None:
    kept = _case(withdrawn="The Observatory corrected it.")
    (flag,) = drawn("claim-withdrawn", kept, _says(kept, "c1"))
    assert flag.message == "Claim c1 was taken back: The Observatory corrected it."
    assert drawn("claim-withdrawn", _case(), _says(_case(), "c1")) == []


def test_proposals_are_counted_until_a_person_decides() -> None:
    proposed = msgspec.structs.replace(_case(), proposed_by={"a1": "reader/1", "c1": "reader/1"})
    (flag,) = raised("unreviewed-proposal", proposed)
    assert flag.message == (
        "1 allegation and 1 claim were proposed by reader/1, and nobody has reviewed them."
    )
    assert flag.severity == "draft"
    decided = msgspec.structs.replace(
        proposed,
        judgements=(
            Judgement(target="a1", verdict="accepted"),
            Judgement(target="c1", verdict="rejected"),
        ),
    )
    assert raised("unreviewed-proposal", decided) == []


def test_what_came_back_makes_no_draft_before_a_person_decides() -> None:
    reply = Reply(id="reply.1", received="2024-03-12", source="s1", reply="auto-ack")
    proposed = msgspec.structs.replace(
        _case(), replies={"reply.1": reply}, proposed_by={"reply.1": "reader/1"}
    )
    (flag,) = raised("unreviewed-proposal", proposed)

    assert flag.message == "1 reply was proposed by reader/1, and nobody has reviewed it."
    assert (flag.severity, flag.where) == ("warning", "what came back")
    both = msgspec.structs.replace(proposed, proposed_by={"reply.1": "reader/1", "c1": "reader/1"})
    assert {f.severity for f in raised("unreviewed-proposal", both)} == {"draft", "warning"}


def test_sentences_on_proposals_are_counted_for_each_instrument() -> None:
    proposed = msgspec.structs.replace(_case(), proposed_by={"c1": "reader/1"})
    (flag,) = drawn("unreviewed-proposal", proposed, _says(proposed, "c1"))
    assert (flag.where, flag.instrument) == ("s1 of letter", "letter")
    assert drawn("unreviewed-proposal", _case(), _says(_case(), "c1")) == []


def test_a_request_that_a_machine_proposed_counts_too() -> None:
    asked = msgspec.structs.replace(case(requests=(request(),)), proposed_by={"r1": "reader/1"})
    sent = letter(sentence("We ask you to act.", "request", request="r1"))
    assert len(drawn("unreviewed-proposal", asked, sent)) == 1


def test_a_dossier_prints_what_limits_an_allegation_too() -> None:
    kept = _case()
    limits = msgspec.structs.replace(kept.claims["c2"], stance="qualifies")
    kept = msgspec.structs.replace(kept, claims={**kept.claims, "c2": limits})
    (told,) = _says(kept, "c1").sentences()
    (flag,) = drawn("denial-omitted", kept, dossier(told))
    assert "does not print that it is qualified by the Ministry (claim c2)" in flag.message
    assert drawn("denial-omitted", kept, _says(kept, "c1")) == []
    (both,) = _says(kept, "c1", "c2").sentences()
    assert drawn("denial-omitted", kept, dossier(both)) == []


def test_what_a_search_found_against_it_is_printed() -> None:
    search = Search(
        id="h1", topic="adverse", where="the court list", on=Edtf("2024-01-09"), by="counsel",
        party="p.zand", claims=("c2",),
    )  # fmt: skip
    kept = msgspec.structs.replace(_case(), searches={"h1": search})
    (told,) = _says(kept, "c1").sentences()
    (flag,) = drawn("adverse-finding-omitted", kept, dossier(told))
    assert flag.blocks
    assert flag.message == (
        "dossier-zand-xt does not print what the search h1 (the court list) found: c2."
    )
    (both,) = _says(kept, "c1", "c2").sentences()
    assert drawn("adverse-finding-omitted", kept, dossier(both)) == []
    assert drawn("adverse-finding-omitted", kept, dossier(told, party="p.unit")) == []
    listing = msgspec.structs.replace(search, topic="listing")
    other = msgspec.structs.replace(kept, searches={"h1": listing})
    assert drawn("adverse-finding-omitted", other, dossier(told)) == []
