"""Casting: what was read in a body's own text becomes proposals, and nothing is added to it."""

from gravamen.law import load
from gravamen.reading.casting import OWN_VOICE, Proposed, propose
from gravamen.reading.offices import office_named
from gravamen.reading.proposal import (
    AllegationFound,
    AttributionFound,
    Found,
    LegalReferenceFound,
    PartyFound,
    QuantityFound,
    Read,
    Reading,
    RequestFound,
)
from gravamen.sources import capture

LAW = load()


class Page:
    """A text with hand-made proposals about it, found by their words."""

    def __init__(self, text: str) -> None:
        self.text, self.found = text, []

    def mark(self, kind: type[Found], words: str, **attributes: object) -> "Page":
        start = self.text.index(words)
        id = f"p{len(self.found) + 1}"
        self.found.append(
            kind(
                id=id,
                start=start,
                end=start + len(words),
                text=words,
                rule="r",
                why="w",
                **attributes,
            )
        )
        return self

    def act(
        self, words: str, act: str, perpetrator: str | None, victim: str | None, **more: object
    ):
        given = {"date": None, "place": None, "modality": "asserted", "hedged": False, **more}
        return self.mark(
            AllegationFound, words, act=act, perpetrator=perpetrator, victim=victim, **given
        )

    def said(self, words: str, speaker: str, stance: str = "affirms") -> "Page":
        return self.mark(
            AttributionFound,
            words,
            speaker=speaker,
            relayed_by=None,
            stance=stance,
            mode="reported",
        )

    def cast(self) -> Proposed:
        captured = capture(self.text.encode(), id="s.motion", name="m.txt")
        found = tuple(sorted(self.found, key=lambda p: (p.start, -p.end)))
        reading = Reading(
            reader="r/1", source=Read(sha256="0" * 64, chars=len(self.text)), proposals=found
        )
        return propose(reading, source=captured.source, text=captured.text, law=LAW)


def test_a_request_is_cast_with_its_law_target_and_offices():
    page = Page(
        "We urge the Secretary of the Treasury to sanction Tarn under the Global Magnitsky Act."
    )
    page.mark(PartyFound, "Tarn", type="state")
    page.mark(LegalReferenceFound, "Global Magnitsky Act", authority="us.glomag.act")
    page.mark(
        RequestFound,
        "sanction Tarn under the Global Magnitsky Act",
        measure="sanctions",
        target="Tarn",
        authority="us.glomag.act",
        addressees=("the Secretary of the Treasury", "the Minister of Fish"),
    )

    cast = page.cast()

    (request,) = cast.requests
    assert (request.measure, request.authority, request.target, request.target_words) == (
        "sanctions", "us.glomag.act", "p.tarn", "Tarn",
    )  # fmt: skip
    assert request.addressees == ("us.treasury.secretary",)
    assert request.addressee_words == ("the Minister of Fish",)
    assert request.passage.exact == "sanction Tarn under the Global Magnitsky Act"
    assert [(p.id, p.kind) for p in cast.parties] == [("p.tarn", "government")]


def test_a_state_and_its_government_are_one_party():
    page = Page("Tarn shelled Ost. The government of Tarn burned Vell.")
    page.mark(PartyFound, "Tarn", type="state").mark(PartyFound, "government of Tarn", type="state")
    page.act("shelled", "attack", "Tarn", "Ost")
    page.act("burned", "destruction", "The government of Tarn", "Vell")

    cast = page.cast()

    assert [p.id for p in cast.parties] == ["p.tarn"]
    assert {
        r.party for a in cast.allegations for r in a.roles if r.kind == "alleged-perpetrator"
    } == {"p.tarn"}


def test_officials_of_a_state_are_not_the_state():
    page = Page("Officials of Tarn beat Ada Orm.").mark(PartyFound, "Tarn", type="state")
    page.act("beat", "ill-treatment", "Officials of Tarn", "Ada Orm")

    (role, _) = page.cast().allegations[0].roles

    assert (role.party, role.words) == (None, "Officials of Tarn")


def test_a_perpetrator_whom_the_text_does_not_name_stays_unnamed():
    cast = (
        Page("Two prisoners were beaten.")
        .act("beaten", "ill-treatment", None, "Two prisoners")
        .cast()
    )

    assert [r.kind for r in cast.allegations[0].roles] == ["victim"]
    assert cast.claims[0].speaker == OWN_VOICE
    assert cast.claims[0].passage.exact == "Two prisoners were beaten"


def test_no_quotation_loses_the_word_that_turns_it():
    text = "No prisoner has been allowed to see a lawyer."
    page = Page(text).act("see a lawyer", "denial-of-lawyer", None, "prisoner")

    assert page.cast().claims[0].passage.exact == text


def test_a_denial_is_kept_as_what_its_speaker_denies():
    page = Page("Tarn denies that its guards beat Ada Orm.")
    page.said("its guards beat Ada Orm", "Tarn", "denies")
    page.act("beat", "ill-treatment", "its guards", "Ada Orm", modality="denied")

    (claim,) = page.cast().claims

    assert (claim.speaker, claim.stance) == ("Tarn", "denies")
    assert "denies" in claim.passage.exact


def test_what_is_only_feared_or_asked_for_is_left_out_and_said_so():
    page = Page("Tarn would kill the prisoners. Stop the shelling.")
    page.act("kill", "killing", "Tarn", "the prisoners", modality="hypothetical")
    page.act("shelling", "attack", None, None, modality="requested")

    cast = page.cast()

    assert [a for a in cast.allegations if a.kind == "act"] == []
    assert len(cast.left_out) == 2


def test_a_count_of_victims_belongs_to_the_act_and_other_figures_stand_alone():
    page = Page(
        "At least 17 men were beaten. Over 94% of the people of the valley lived there in peace."
    )
    page.act("beaten", "ill-treatment", None, "At least 17 men")
    page.mark(QuantityFound, "At least 17", value=17, bound="ge", unit="persons")
    page.mark(QuantityFound, "Over 94%", value=94, bound="gt", unit="percent")

    figures = [(a.kind, a.quantity.value, a.quantity.bound) for a in page.cast().allegations]

    assert figures == [("act", 17, "ge"), ("figure", 94, "gt")]


def test_what_a_body_does_itself_is_no_figure_and_no_context():
    page = Page(
        "It was so. BE IT RESOLVED that a copy of this be sent within 30 days to every member here."
    )
    page.mark(QuantityFound, "30 days", value=30, bound="eq", unit="days")

    assert page.cast().allegations == ()


def test_sanctions_on_a_state_for_an_act_do_not_make_a_quotation_of_the_state():
    text = "We ask for sanctions on Tarn for the torture of Ada Orm."
    page = Page(text).mark(PartyFound, "Tarn", type="state")
    page.mark(
        RequestFound,
        "sanctions on Tarn",
        measure="sanctions",
        target="Tarn",
        authority=None,
        addressees=(),
    )
    page.act("torture", "torture", "Tarn", "Ada Orm")

    cast = page.cast()

    assert cast.claims[0].passage.exact == "torture of Ada Orm"
    assert cast.allegations[0].roles[0].party == "p.tarn"


def test_offices_are_known_by_their_forms():
    forms = {
        "the [US] President": "us.president",
        "President of the United States": "us.president",
        "the Secretary of the Treasury": "us.treasury.secretary",
        "U.S. Secretary of State": "us.state.secretary",
        "House Foreign Affairs Committee": "us.house.foreign_affairs",
        "the Minister of Fish": None,
        "President of Tarn": None,
    }

    found = {words: office_named(words, LAW) for words in forms}

    assert {w: o and o.id for w, o in found.items()} == forms


def asked_of(target: str, *people: str, states: tuple[str, ...] = ()) -> Page:
    page = Page(f"We urge the President to sanction {target}.")
    for name in people:
        page.mark(PartyFound, name, type="person")
    for name in states:
        page.mark(PartyFound, name, type="state")
    return page.mark(
        RequestFound,
        f"sanction {target}",
        measure="sanctions",
        target=target,
        authority=None,
        addressees=("the President",),
    )


def test_everybody_who_is_named_in_one_target_is_asked_for():
    cast = asked_of("Ada Orm, Bo Lind and Cy Vell", "Ada Orm", "Bo Lind", "Cy Vell").cast()

    assert [(r.id, r.target, r.target_words) for r in cast.requests] == [
        ("r1", "p.ada-orm", "Ada Orm"),
        ("r2", "p.bo-lind", "Bo Lind"),
        ("r3", "p.cy-vell", "Cy Vell"),
    ]
    assert {r.passage.exact for r in cast.requests} == {"sanction Ada Orm, Bo Lind and Cy Vell"}


def test_a_state_and_its_ministers_are_the_state_and_nobody_named():
    (request,) = asked_of("Tarn and all its ministers", states=("Tarn",)).cast().requests

    assert (request.target, request.target_words) == ("p.tarn", "Tarn and all its ministers")


def test_a_clause_is_quoted_whole_and_no_comma_of_a_date_ends_it():
    page = Page(
        "The ministry says that at least 45 people were killed by soldiers on January 29, 2031, "
        "and houses burned."
    )
    page.act("killed", "killing", "soldiers", "at least 45 people")

    (claim,) = [c for c in page.cast().claims if c.about == "a1"]

    assert claim.passage.exact == "at least 45 people were killed by soldiers on January 29, 2031"


def test_headings_addresses_and_rows_are_no_statements():
    page = Page(
        "Motion of the Board on Tarn\n\nDear Mr. President of the United States of America,\n\n"
        "| No | Name | was commander of the guard |\n\nWe are the families of those who were taken."
    )

    assert page.cast().allegations == ()


def test_a_body_whose_name_reads_like_a_persons_is_a_body():
    cast = asked_of("Northern Border Directorate", "Northern Border Directorate").cast()

    assert [(p.id, p.kind) for p in cast.parties] == [("p.northern-border-directorate", "body")]
