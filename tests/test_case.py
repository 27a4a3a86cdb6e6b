"""A case knows who is accused, what a person decided, and how far each allegation is borne out."""

from datetime import date

from gravamen.case import Case, Judgement, Verdict
from gravamen.claims import Allegation, Claim, Role, Stance
from gravamen.parties import Command, Name, Party, Post
from gravamen.sources import Passage, Source
from gravamen.submission import LawReview
from gravamen.vocabulary import PartyKind, RoleKind


def party(id: str, kind: PartyKind, name: str, **more: object) -> Party:
    return Party(id=id, kind=kind, names=(Name(text=name),), **more)  # type: ignore[arg-type]


def claim(id: str, stance: Stance = "affirms", *, speaker: str = "a neighbour") -> Claim:
    passage = Passage(source="s.report", exact="taken", start=0, end=5)
    return Claim(id=id, about="a.taken", passage=passage, speaker=speaker, stance=stance)


REPORT = Source(id="s.report", sha256="0" * 64, name="r.txt", media_type="text/plain", size=1)


def case(
    *claims: Claim,
    parties: tuple[Party, ...] = (),
    roles: tuple[Role, ...] = (),
    proposed: tuple[str, ...] = (),
    judgements: tuple[Judgement, ...] = (),
) -> Case:
    taken = Allegation(id="a.taken", kind="act", text="five men were taken", roles=roles)
    return Case(
        id="norrland",
        title="Norrland",
        sources={"s.report": REPORT},
        parties={p.id: p for p in parties},
        allegations={"a.taken": taken},
        claims={c.id: c for c in claims},
        proposed_by=dict.fromkeys(proposed, "reader 1"),
        judgements=judgements,
    )


def judged(*verdicts: Verdict) -> tuple[Judgement, ...]:
    return tuple(Judgement(target="c.1", verdict=verdict, by="M. Clerk") for verdict in verdicts)


GUARD = party("p.guard", "person", "I. Marr", posts=(Post(title="Guard", body="b.camp"),))
CAMP = party("b.camp", "unit", "Camp 4", part_of="b.ministry", country="NO2")
MINISTRY = party("b.ministry", "body", "Ministry of Order", part_of="g.state", country="NO2")
STATE = party("g.state", "government", "Republic of Norrland", country="NO2")
GENERAL = party("p.general", "person", "V. Dorosh", commands=(Command(over="b.camp"),))
OTHER = party("g.other", "government", "Sudrland", country="SU2")
VICTIM = party("p.victim", "person", "A. Ilen")
ALL = (GUARD, CAMP, MINISTRY, STATE, GENERAL, OTHER, VICTIM)


def accused(*roles: Role, parties: tuple[Party, ...] = ALL) -> frozenset[str]:
    found = case(parties=parties, roles=roles)
    return found.accused_by(found.allegations["a.taken"])


def test_an_accusation_reaches_up_through_post_unit_command_and_government() -> None:
    found = accused(
        Role(kind="alleged-perpetrator", party="p.guard"), Role(kind="victim", party="p.victim")
    )
    assert found == {
        "p.guard", "I. Marr", "b.camp", "Camp 4", "b.ministry", "Ministry of Order",
        "g.state", "Republic of Norrland", "p.general", "V. Dorosh",
    }  # fmt: skip


def test_victims_and_witnesses_are_not_accused() -> None:
    for kind in ("victim", "witness", "beneficiary"):
        role: RoleKind = kind
        assert accused(Role(kind=role, party="p.victim")) == frozenset()


def test_the_government_of_an_accused_unit_is_accused_by_its_country() -> None:
    loose = party("b.band", "unit", "Night band", country="SU2")
    found = accused(Role(kind="commander", party="b.band"), parties=(loose, OTHER, STATE))
    assert found == {"b.band", "Night band", "g.other", "Sudrland"}


def test_the_words_for_an_unknown_perpetrator_are_accused_and_a_circle_of_units_ends() -> None:
    assert accused(Role(kind="alleged-perpetrator", words="men in masks")) == {"men in masks"}
    one = party("b.one", "unit", "One", part_of="b.two")
    two = party("b.two", "unit", "Two", part_of="b.one")
    found = accused(Role(kind="alleged-perpetrator", party="b.one"), parties=(one, two))
    assert found == {"b.one", "One", "b.two", "Two"}


def test_a_denial_by_the_ministry_above_the_guard_is_a_denial_by_its_subject() -> None:
    roles = (Role(kind="alleged-perpetrator", party="p.guard"),)
    for speaker in ("b.ministry", "Ministry of Order"):
        found = case(
            claim("c.1"), claim("c.2", "denies", speaker=speaker), parties=ALL, roles=roles
        )
        assert found.corroboration("a.taken").word == "denied by its subject"
    foreign = case(
        claim("c.1"), claim("c.2", "denies", speaker="g.other"), parties=ALL, roles=roles
    )
    assert foreign.corroboration("a.taken").word == "contested"


def test_what_a_person_recorded_is_reviewed_and_what_a_machine_proposed_is_not() -> None:
    assert case(claim("c.1")).reviewed("c.1")
    assert not case(claim("c.1"), proposed=("c.1",)).reviewed("c.1")


def test_a_proposal_is_reviewed_once_a_person_accepts_or_amends_it() -> None:
    for verdicts, reviewed, stands in (
        (("accepted",), True, True),
        (("amended",), True, True),
        (("rejected",), False, False),
        (("accepted", "rejected"), False, False),
        (("rejected", "accepted"), True, True),
    ):
        found = case(claim("c.1"), proposed=("c.1",), judgements=judged(*verdicts))
        assert (found.reviewed("c.1"), found.stands("c.1")) == (reviewed, stands)
        assert found.verdict("c.1") == verdicts[-1]
    assert case(claim("c.1")).verdict("c.1") is None


def test_a_rejected_claim_bears_out_nothing() -> None:
    found = case(claim("c.1"), claim("c.2"), judgements=judged("rejected"))
    assert [c.id for c in found.claims_about("a.taken")] == ["c.2"]
    assert found.corroboration("a.taken").affirmed_by == ("c.2",)


def test_a_changed_claim_has_another_version() -> None:
    before, after = case(claim("c.1")), case(claim("c.1", speaker="another"))
    assert before.version("c.1") == case(claim("c.1")).version("c.1") != after.version("c.1")


def test_a_claim_has_another_version_once_what_it_is_about_was_changed():
    taken = Allegation(id="a.taken", kind="act", text="soldiers took five men")
    before = Case(
        id="k",
        title="K",
        sources={"s.report": REPORT},
        allegations={taken.id: taken},
        claims={"c1": claim("c1")},
    )
    changed = Allegation(id="a.taken", kind="act", text="soldiers took six men")
    after = Case(
        id="k",
        title="K",
        sources={"s.report": REPORT},
        allegations={changed.id: changed},
        claims={"c1": claim("c1")},
    )

    assert before.version("c1") != after.version("c1")
    assert before.version("c1") == before.version("c1")


def test_a_review_of_the_law_counts_from_its_day_on() -> None:
    review = LawReview(of="us.eo13818", by="Counsel", on="2024-03", against="x", edition="e")
    case = Case(id="k", title="K", law_reviews={"us.eo13818": review})
    assert case.editions_reviewed() == {"us.eo13818": "e"}
    assert case.editions_reviewed(date(2024, 3, 1)) == {"us.eo13818": "e"}
    assert case.editions_reviewed(date(2024, 2, 29)) == {}
