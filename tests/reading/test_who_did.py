"""Who did it and who says so: whole roles, the right witness, the day of the act."""

from datetime import date

import pytest

from gravamen.reading.proposal import AllegationFound, AttributionFound
from gravamen.reading.read import read

ON = date(2031, 4, 9)


def voices(text: str) -> list[tuple[str | None, str, str]]:
    """Who says what in a text: speaker, content, mode."""
    return [
        (p.speaker, p.text, p.mode)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, AttributionFound)
    ]


def acts(text: str) -> list[tuple[str, str | None, str | None]]:
    """The acts of a text: act, perpetrator, victim."""
    return [
        (p.act, p.perpetrator, p.victim)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, AllegationFound)
    ]


def days(text: str) -> list[tuple[str, str | None]]:
    """The acts of a text with their dates."""
    return [
        (p.act, p.date)
        for p in read(text, reference_date=ON).proposals
        if isinstance(p, AllegationFound)
    ]


def test_whom_the_witnesses_name_is_no_witness() -> None:
    text = "According to six former inmates, Major Pell Arkov whipped the boys."
    assert voices(text) == [
        ("six former inmates", "Major Pell Arkov whipped the boys", "witnessed")
    ]


def test_a_name_with_its_post_between_commas_acts_itself() -> None:
    text = "According to a nurse, Major Pell Arkov, warden of Brun, whipped the boys."
    assert voices(text) == [
        ("a nurse", "Major Pell Arkov, warden of Brun, whipped the boys", "reported")
    ]


def test_a_name_before_another_subject_is_the_speaker() -> None:
    text = "According to the mayor, Lena Quist, soldiers whipped the boys."
    assert voices(text) == [("Lena Quist", "soldiers whipped the boys", "official")]


def test_who_takes_part_in_beatings_does_them() -> None:
    assert acts("Major Pell Arkov personally took part in beatings of farmers.") == [
        ("ill-treatment", "Major Pell Arkov", "farmers")
    ]


def test_a_date_suffers_nothing() -> None:
    assert acts("Major Arkov participated in the beatings on 3 May 2030.") == [
        ("ill-treatment", "Major Arkov", None)
    ]


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        (
            "Fighting between the Harn Army and the Free Valley Front has displaced 900 people.",
            "the Harn Army and the Free Valley Front",
        ),
        (
            "Clashes between Harn and Quorland have, in May, displaced 900 people.",
            "Harn and Quorland",
        ),
        (
            "Harnic, Quorlandic, Beltic and Soric forces displaced 900 people.",
            "Harnic, Quorlandic, Beltic and Soric forces",
        ),
        (
            "Soldiers, policemen, and prison guards displaced 900 people.",
            "Soldiers, policemen, and prison guards",
        ),
        (
            "The army, the police and the border guard displaced 900 people.",
            "The army, the police and the border guard",
        ),
    ],
)
def test_all_who_do_an_act_together_do_it(sentence: str, doer: str) -> None:
    assert acts(sentence) == [("displacement", doer, "900 people")]


@pytest.mark.parametrize(
    "opening", ["On Friday", "Last month", "In the market of Brun", "When he left Brun"]
)
def test_where_and_when_an_act_was_done_did_not_do_it(opening: str) -> None:
    assert acts(f"{opening}, soldiers and guards whipped the boys.") == [
        ("ill-treatment", "soldiers and guards", "the boys")
    ]


def test_those_who_are_held_are_more_than_where_they_come_from() -> None:
    assert acts("The nine pilots from Harn who are held in Quorland were tortured.") == [
        ("detention", None, "The nine pilots from Harn"),
        ("torture", None, "The nine pilots from Harn"),
    ]


def test_both_who_hold_prisoners_hold_them() -> None:
    text = "Prisoners of war held by the Army of Harn and by allied armed groups were whipped."
    assert acts(text)[0] == (
        "detention",
        "the Army of Harn and by allied armed groups",
        "Prisoners of war",
    )


def test_a_weapon_of_an_army_is_the_army() -> None:
    assert acts("A rocket of the Harn Army struck the school.") == [
        ("attack", "the Harn Army", "the school")
    ]


def test_what_a_body_says_that_it_did_the_body_did() -> None:
    assert acts("The navy of Quorland said it had struck a depot.") == [
        ("attack", "The navy of Quorland", "a depot")
    ]


def test_who_speaks_of_her_death_did_not_die() -> None:
    assert acts("The authorities insist that she died of a fever.") == [
        ("death-in-conflict", None, "she")
    ]


def test_an_act_is_not_dated_by_the_report_of_it() -> None:
    assert days("The League reported on 3 May 2030 that soldiers killed six herders.") == [
        ("killing", None)
    ]


def test_an_act_keeps_the_date_that_the_report_gives_it() -> None:
    text = "On 3 May 2030 the League reported that soldiers had killed six herders in June 2028."
    assert days(text) == [("killing", "2028-06")]


def test_a_date_before_a_source_between_commas_dates_the_act() -> None:
    text = "In June 2028, according to the League, soldiers killed six herders."
    assert days(text) == [("killing", "2028-06")]


def test_who_orders_a_strike_commands() -> None:
    assert acts("General Obar Tesk ordered the strike that killed 33 herders.") == [
        ("command", "General Obar Tesk", None),
        ("killing", None, "33 herders"),
    ]


def test_an_officer_who_is_present_is_linked() -> None:
    assert acts("Colonel Obar Tesk was present while the boys were whipped.") == [
        ("command", "Colonel Obar Tesk", None),
        ("ill-treatment", None, "the boys"),
    ]


def test_bystanders_who_are_present_are_not_linked() -> None:
    assert acts("Reporters were present while the boys were whipped.") == [
        ("ill-treatment", None, "the boys")
    ]


def test_who_has_the_command_is_linked() -> None:
    assert acts("Troops under the command of Colonel Obar Tesk burned the mill village.")[0] == (
        "command",
        "Colonel Obar Tesk",
        None,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2019, after the vote, Harn declared its independence.",
        "After two days of talks, the council determined the new border.",
        "The men were charged with treason, while their families waited.",
        "If it is true, somebody must answer for it.",
        "Holds that the respondent State is to pay the costs.",
    ],
)
def test_what_is_done_with_an_object_of_its_own_is_no_speech(sentence: str) -> None:
    assert voices(sentence) == []


@pytest.mark.parametrize("tag", ["said on Friday", "told reporters", "said in a statement", "said"])
def test_a_verb_of_saying_at_the_end_gives_what_stands_before_it(tag: str) -> None:
    assert voices(f"Soldiers burned the mill, the mayor {tag}.") == [
        ("the mayor", "Soldiers burned the mill", "official")
    ]


def test_the_court_judges_a_complaint_that_is_another_persons() -> None:
    text = "As to the third applicant's claim that he was whipped, the Court finds it unproven."
    assert voices(text) == [
        ("the third applicant", "he was whipped", "witnessed"),
        ("the Court", "it unproven", "official"),
    ]


def test_that_which_opens_an_item_of_a_motion_is_no_part_of_who_speaks() -> None:
    assert voices("That the Quorland Tribunal concluded that the army killed nine herders.") == [
        ("the Quorland Tribunal", "the army killed nine herders", "official")
    ]


def test_what_somebody_is_charged_with_he_did_not_say() -> None:
    assert voices('Six poets were arrested in Brun and charged with "sedition".') == []


def test_a_speaker_who_goes_on_is_heard_twice() -> None:
    assert voices("The militia denies targeting herders and says that the clashes were local.") == [
        ("The militia", "targeting herders", "reported"),
        ("The militia", "the clashes were local", "reported"),
    ]


def test_a_report_with_a_long_name_speaks_under_all_of_it() -> None:
    text = "the report of the League on Prisons, which states that nine monks were whipped;"
    assert voices(text) == [
        ("the report of the League on Prisons", "nine monks were whipped", "document")
    ]


def test_who_sentences_somebody_is_the_court() -> None:
    assert acts("The court of Brun sentenced nine herders to ten years.") == [
        ("detention", "The court of Brun", "nine herders")
    ]


def test_an_annex_of_a_motion_is_no_conquest() -> None:
    assert acts("Annex A holds nine statements, annex B the maps.") == []


def test_abuse_of_power_has_no_victim() -> None:
    assert acts("The court spoke of an abuse of power.") == []


def test_a_day_on_which_a_report_was_published_is_no_part_of_what_it_says() -> None:
    text = "According to a report published by Brun Watch on May 3, 2030, soldiers whipped boys."
    assert voices(text) == [("a report", "soldiers whipped boys", "document")]


def test_the_object_after_a_source_between_commas_suffers() -> None:
    text = "Soldiers have displaced, according to the League, some 900 people."
    assert acts(text) == [("displacement", "Soldiers", "some 900 people")]


def test_what_she_has_not_is_said_once() -> None:
    text = "The director, Lena Quist, said that she had no proof of the killing."
    assert voices(text) == [("Lena Quist", "she had no proof of the killing", "official")]


def test_armed_groups_arm_nobody() -> None:
    assert acts("The valley is held by affiliated armed groups.") == []
