"""How far an allegation is borne out is said in words, over independent origins."""

from itertools import permutations

import msgspec
import pytest

from gravamen.claims import (
    Allegation,
    Claim,
    Corroboration,
    Quantity,
    Role,
    Stance,
    corroborate,
    independent_origins,
    origin_of,
)
from gravamen.sources import Passage, Source


def source(id: str, origin: str | None = None) -> Source:
    return Source(
        id=id, sha256="0" * 64, name=f"{id}.txt", media_type="text/plain", size=1, origin=origin
    )


SOURCES = {
    s.id: s
    for s in (
        source("s.report"),
        source("s.diary"),
        source("s.gazette"),
        source("s.wire_a", "o.wire"),
        source("s.wire_b", "o.wire"),
        source("s.reprint", "s.report"),
    )
}


def claim(
    id: str,
    source: str,
    stance: Stance = "affirms",
    *,
    speaker: str = "a neighbour",
    origin: str | None = None,
    withdrawn: str | None = None,
) -> Claim:
    return Claim(
        id=id,
        about="a.taken",
        passage=Passage(source=source, exact="taken", start=0, end=5),
        speaker=speaker,
        stance=stance,
        origin=origin,
        withdrawn=withdrawn,
    )


def borne_out(*claims: Claim, accused: frozenset[str] = frozenset()) -> Corroboration:
    return corroborate(claims, sources=SOURCES, subjects=accused)


def test_an_allegation_without_a_claim_is_unsupported() -> None:
    assert borne_out() == Corroboration(
        word="unsupported", origins=(), affirmed_by=(), denied_by=(), qualified_by=()
    )
    assert borne_out().spelled == "unsupported (0 origins)"


def test_one_claim_is_a_single_source() -> None:
    found = borne_out(claim("c.1", "s.report"))
    assert (found.word, found.origins) == ("single-source", ("s.report",))
    assert found.spelled == "single-source (1 origin)"


def test_two_wires_of_one_story_are_one_origin() -> None:
    found = borne_out(claim("c.1", "s.wire_a"), claim("c.2", "s.wire_b"))
    assert found == Corroboration(
        word="several dependent",
        origins=("o.wire",),
        affirmed_by=("c.1", "c.2"),
        denied_by=(),
        qualified_by=(),
    )
    assert found.spelled == "several dependent (1 origin)"


def test_a_reprint_that_names_the_report_as_its_origin_adds_none() -> None:
    found = borne_out(claim("c.1", "s.report"), claim("c.2", "s.reprint"))
    assert (found.word, found.origins) == ("several dependent", ("s.report",))


def test_two_origins_corroborate_each_other() -> None:
    found = borne_out(claim("c.1", "s.report"), claim("c.2", "s.wire_a"), claim("c.3", "s.wire_b"))
    assert (found.word, found.origins) == ("independently corroborated", ("o.wire", "s.report"))
    assert found.spelled == "independently corroborated (2 origins)"


def test_two_claims_of_one_source_are_one_origin_unless_they_say_otherwise() -> None:
    assert borne_out(claim("c.1", "s.report"), claim("c.2", "s.report")).word == (
        "several dependent"
    )
    witnesses = (
        claim("c.1", "s.report", origin="o.first_witness"),
        claim("c.2", "s.report", origin="o.second_witness"),
    )
    assert borne_out(*witnesses).word == "independently corroborated"


def test_reports_that_quote_one_witness_are_one_origin_where_the_claims_say_so() -> None:
    found = borne_out(
        claim("c.1", "s.report", origin="o.witness"), claim("c.2", "s.diary", origin="o.witness")
    )
    assert (found.word, found.origins) == ("several dependent", ("o.witness",))


def test_a_withdrawn_claim_counts_for_nothing_on_either_side() -> None:
    found = borne_out(
        claim("c.1", "s.report"),
        claim("c.2", "s.diary", withdrawn="The witness took it back on 3 May 2021."),
        claim("c.3", "s.gazette", "denies", withdrawn="The paper corrected itself."),
    )
    assert (found.word, found.affirmed_by, found.denied_by) == ("single-source", ("c.1",), ())


def test_a_denial_by_another_makes_it_contested_whatever_the_number_of_origins() -> None:
    found = borne_out(
        claim("c.1", "s.report"), claim("c.2", "s.diary"), claim("c.3", "s.gazette", "denies")
    )
    assert (found.word, found.support) == ("contested", "independently corroborated")
    assert found.spelled == "independently corroborated (2 origins); contested"


def test_a_denial_by_its_subject_is_said_as_such_and_outweighs_no_support() -> None:
    found = borne_out(
        claim("c.1", "s.report"),
        claim("c.2", "s.gazette", "denies", speaker="p.ministry"),
        claim("c.3", "s.diary", "denies"),
        accused=frozenset(("p.ministry",)),
    )
    assert (found.word, found.support) == ("denied by its subject", "single-source")
    assert found.denied_by == ("c.2", "c.3")
    assert found.spelled == "single-source (1 origin); denied by its subject"


def test_a_denial_alone_is_no_contest() -> None:
    assert borne_out(claim("c.1", "s.gazette", "denies")).word == "unsupported"
    denied = borne_out(
        claim("c.1", "s.gazette", "denies", speaker="p.x"), accused=frozenset(("p.x",))
    )
    assert denied.spelled == "unsupported (0 origins); denied by its subject"


def test_a_claim_that_qualifies_is_named_and_adds_no_origin() -> None:
    found = borne_out(claim("c.1", "s.report"), claim("c.2", "s.diary", "qualifies"))
    assert (found.word, found.origins, found.qualified_by) == (
        "single-source",
        ("s.report",),
        ("c.2",),
    )


def test_the_order_of_the_claims_does_not_change_the_answer() -> None:
    one, two = claim("c.1", "s.report"), claim("c.2", "s.diary")
    assert borne_out(one, two).origins == borne_out(two, one).origins


def test_a_claim_counts_under_its_own_origin_before_that_of_its_source() -> None:
    assert origin_of(claim("c.1", "s.wire_a", origin="o.own"), SOURCES) == "o.own"
    assert origin_of(claim("c.1", "s.wire_a"), SOURCES) == "o.wire"
    assert origin_of(claim("c.1", "s.report"), SOURCES) == "s.report"


@pytest.mark.parametrize(
    ("quantity", "json"),
    [
        (Quantity(value=94, bound="gt", unit="percent"),
         b'{"value":94,"bound":"gt","unit":"percent"}'),
        (Quantity(value=100_000, bound="gt"), b'{"value":100000,"bound":"gt"}'),
        (Quantity(value=4000), b'{"value":4000}'),
        (Quantity(value=44, unit="day"), b'{"value":44,"unit":"day"}'),
        (Quantity(value=20, bound="range", high=30), b'{"value":20,"bound":"range","high":30}'),
    ],
)  # fmt: skip
def test_a_quantity_keeps_its_bound_and_unit(quantity: Quantity, json: bytes) -> None:
    assert msgspec.json.decode(json, type=Quantity) == quantity


@pytest.mark.parametrize(
    "json",
    [
        b'{"value":1,"bound":"about"}',
        b'{"value":1,"unknown":2}',
        b'{"bound":"eq"}',
    ],
)
def test_an_unknown_bound_or_field_is_refused(json: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json, type=Quantity)


def test_an_act_a_role_or_a_stance_outside_the_vocabulary_is_refused() -> None:
    for value, type in (
        ({"id": "a.1", "kind": "act", "text": "x", "act": "mischief"}, Allegation),
        ({"kind": "culprit"}, Role),
        ({"kind": "victim", "certainty": "sure"}, Role),
    ):
        with pytest.raises(msgspec.ValidationError, match="Invalid enum value"):
            msgspec.convert(value, type)


def test_one_party_that_speaks_in_two_sources_is_one_origin() -> None:
    heard_twice = (
        claim("c.1", "s.report", speaker="p.witness"),
        claim("c.2", "s.diary", speaker="p.witness"),
    )
    found = borne_out(*heard_twice)
    assert (found.word, found.origins) == ("several dependent", ("s.diary",))
    # What else these two sources say may go back to the same, so it is no origin more.
    assert borne_out(*heard_twice, claim("c.3", "s.report")).origins == ("s.diary",)
    assert borne_out(*heard_twice, claim("c.3", "s.gazette")).word == "independently corroborated"


def test_words_for_a_speaker_make_no_two_speakers_one() -> None:
    found = borne_out(
        claim("c.1", "s.report", speaker="a guard"), claim("c.2", "s.diary", speaker="a guard")
    )
    assert found.word == "independently corroborated"


def test_a_claim_with_an_origin_of_its_own_counts_under_it_whoever_speaks() -> None:
    found = borne_out(
        claim("c.1", "s.report", speaker="p.court", origin="o.first_hearing"),
        claim("c.2", "s.diary", speaker="p.court", origin="o.second_hearing"),
    )
    assert found.origins == ("o.first_hearing", "o.second_hearing")


def test_origins_are_joined_through_others_in_whatever_order_they_come() -> None:
    claims = [
        claim("c.1", "s.report", speaker="p.a"),
        claim("c.2", "s.diary", speaker="p.b"),
        claim("c.3", "s.gazette", speaker="p.a"),
        claim("c.4", "s.gazette", speaker="p.b"),
        claim("c.5", "s.wire_a", speaker="p.c"),
    ]
    for order in permutations(claims):
        assert independent_origins(order, SOURCES) == ("o.wire", "s.diary")


@pytest.mark.parametrize(
    ("quantity", "wrong"),
    [
        (Quantity(value=20, bound="range", high=30), None),
        (Quantity(value=20, bound="range", high=20), None),
        (Quantity(value=94, bound="gt"), None),
        (Quantity(value=20, bound="range"),
         "is a range from 20 without its upper end; write high: with it."),
        (Quantity(value=20, bound="range", high=10),
         "is a range from 20 down to 10; write the lower end first."),
        (Quantity(value=20, bound="gt", high=30),
         "has a high end (30); write bound: range with it."),
        (Quantity(value=float("nan")),
         "is no number (nan to None); write the number that was said."),
    ],
)  # fmt: skip
def test_a_quantity_whose_bounds_mean_nothing_says_why(
    quantity: Quantity, wrong: str | None
) -> None:
    assert quantity.wrong == wrong
