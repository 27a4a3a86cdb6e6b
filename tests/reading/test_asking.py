"""Tests of reading/requests on whole papers: who asks, what is not asked, and how lists ask."""

from pathlib import Path

import pytest

from gravamen.reading.proposal import RequestFound
from gravamen.reading.recase import recase
from gravamen.reading.text import Document

from .asked import asked, found

RESOLVED = "WHEREAS, Velda is at war; and\n\nBE IT RESOLVED that the Board "
LETTER = "Dear Secretary of State,\n\n"


def authorities(text: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    """Return measure, law and addressees of the requests in a text."""
    return [(r.measure, r.authority, r.addressees) for r in found(RequestFound, text)]


@pytest.mark.parametrize(
    "clause",
    [
        "asks the Secretary of State to refrain from suspending aid to Velda.",
        "urges the Secretary of State not to withhold assistance from Velda.",
        "urges Congress neither to cut off aid to Velda nor to impose sanctions on its officials.",
        "asks that assistance to Velda not be suspended.",
        "demands that no aid to Velda be suspended.",
        "urges the President to oppose any sanctions on Velda.",
        "urges the President to lift the sanctions on Velda.",
        "calls for the lifting of all sanctions on Velda.",
        "asks the Treasury not to designate General Osk Temir under Executive Order 13818.",
        "asks the Secretary of State to deny the request of Tarn to suspend aid to Velda.",
        "urges the President to veto any bill that would impose sanctions on Velda.",
        "urges the President to extend the waiver of section 907.",
        "urges the President to remove General Osk Temir from the sanctions list.",
        "opposes any suspension of aid to Velda.",
        "does not ask for sanctions on Velda.",
    ],
)
def test_what_is_not_to_be_done_is_never_asked_for(clause):
    assert asked(RESOLVED + clause) == []


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "urges the President not to extend the waiver of section 907.",
            ("suspend-assistance", None, ("the President",)),
        ),
        (
            "urges the Secretary of State to let the waiver of section 907 lapse.",
            ("suspend-assistance", None, ("the Secretary of State",)),
        ),
        (
            "asks Tarn not to fail to investigate the killings.",
            ("investigation", "the killings", ("Tarn",)),
        ),
        (
            "asks Tarn not to sell weapons to the army of Velda.",
            ("arms-embargo", "the army of Velda", ("Tarn",)),
        ),
        (
            "asks Tarn to refrain from executing prisoners.",
            ("prevention", None, ("Tarn",)),
        ),
    ],
)
def test_two_denials_are_one_request(clause, expected):
    assert asked(RESOLVED + clause) == [expected]


def test_the_words_of_a_negated_request_keep_its_not():
    text = RESOLVED + "urges the President not to extend the waiver of section 907."
    assert [r.text for r in found(RequestFound, text)] == [
        "not to extend the waiver of section 907"
    ]


def test_a_but_ends_what_a_not_denies():
    text = RESOLVED + "urges Congress not to cut aid to Velda but to impose sanctions on Osk Temir."
    assert asked(text) == [("sanctions", "Osk Temir", ("Congress",))]


def test_not_only_denies_nothing():
    text = RESOLVED + "urges the President not only to suspend aid to Velda."
    assert asked(text) == [("suspend-assistance", "Velda", ("the President",))]


def test_a_please_do_not_asks_for_nothing():
    assert asked(LETTER + "Please do not suspend aid to Velda.") == []


@pytest.mark.parametrize(
    "clause",
    [
        "notes that Human Rights Watch has urged the President to suspend aid to Velda.",
        "recalls that in 2019 this Board asked the President to suspend aid to Velda.",
        "thanks the Senate, which asked the President to suspend aid to Velda.",
    ],
)
def test_a_resolution_that_tells_of_an_ask_does_not_ask(clause):
    assert asked(RESOLVED + clause) == []


def test_a_recital_asks_for_nothing():
    text = "WHEREAS, the Senate urges the President to impose sanctions on Velda; and\n"
    assert asked(text) == []


@pytest.mark.parametrize(
    "told",
    [
        "In 2023 you asked the Treasury to impose sanctions on two officials of Velda.",
        "The Ambassador of Tarn said that the President must suspend aid to Velda. We reject that.",
        "Some say that the President should impose sanctions on Velda. We disagree.",
        "Amnesty International urges the President to suspend aid to Velda.",
        "A law would oblige the Secretary to publish the report.",
    ],
)
def test_a_letter_that_tells_of_an_ask_does_not_ask(told):
    assert asked(LETTER + told) == []


def test_a_report_relays_what_others_ask():
    text = "The Union asked the Prosecutor General to open an investigation into the killings."
    assert asked(text) == [("investigation", "the killings", ("the Prosecutor General",))]


def test_the_title_of_a_resolution_does_not_ask_again():
    text = (
        "A RESOLUTION URGING THE PRESIDENT TO SANCTION OSK TEMIR\n\n"
        "BE IT RESOLVED that the Council urges the President to sanction Osk Temir.\n"
    )
    assert asked(text) == [("sanctions", "Osk Temir", ("the President",))]


def test_header_lines_and_quoted_mail_do_not_ask():
    text = (
        "Subject: Please impose sanctions on Colonel Temir\n\n"
        "Dear Senator Orvel,\n\nWe ask you to cosponsor H.R. 12.\n\n"
        "> We urge the President to suspend aid to Velda.\n"
    )
    assert asked(text) == [("legislation", "H.R. 12", ("Senator Orvel",))]


@pytest.mark.parametrize(
    ("clause", "target"),
    [
        (
            "designate General Osk Temir and Colonel Lida Marsh under Executive Order 13818.",
            "General Osk Temir and Colonel Lida Marsh",
        ),
        (
            "impose sanctions on Colonel Osk Temir, head of the Guard, and on Judge Lida Marsh.",
            "Colonel Osk Temir, head of the Guard, and on Judge Lida Marsh",
        ),
        (
            "impose sanctions on those responsible for the killings, including Osk Temir.",
            "those responsible for the killings, including Osk Temir",
        ),
        (
            "impose sanctions on the Republic of Velda and on all its ministers.",
            "the Republic of Velda and on all its ministers",
        ),
        ("designate the same officials.", "the same officials"),
        (
            "sanction the Guard and its commander, Osk Temir.",
            "the Guard and its commander, Osk Temir",
        ),
        (
            "designate under Executive Order 13818 the Special Guard.",
            "the Special Guard",
        ),
        ("use the Global Magnitsky Act to sanction the judges.", "the judges"),
    ],
)
def test_a_target_is_whole_and_as_written(clause, target):
    text = RESOLVED + "urges the President to " + clause
    assert asked(text) == [("sanctions", target, ("the President",))]


def test_no_act_is_a_target():
    text = (
        RESOLVED + "asks Congress to pass the Velda Accountability Act and to repeal section 907."
    )
    assert asked(text) == [("legislation", None, ("Congress",))] * 2


@pytest.mark.parametrize("bullet", ["* ", "• ", "- ", "(a) ", ""])
def test_an_item_may_name_its_addressee(bullet):
    text = (
        "RESOLVED, that the Council urges:\n"
        f"{bullet}the Secretary of State to withhold aid from the 4th Brigade;\n"
        f"{bullet}the Government of Velda to release all prisoners.\n"
    )
    assert asked(text) == [
        ("suspend-assistance", "the 4th Brigade", ("the Secretary of State",)),
        ("release", "all prisoners", ("the Government of Velda",)),
    ]


def test_a_list_within_a_lettered_clause_asks():
    text = (
        "That the Senate:\n(c) calls on the Government to:\n"
        "(i) impose sanctions on the Guard, and\n(ii) release the prisoners; and\n"
        "(d) calls on Velda to halt all executions.\n"
    )
    assert asked(text) == [
        ("sanctions", "the Guard", ("the Government",)),
        ("release", "the prisoners", ("the Government",)),
        ("prevention", None, ("Velda",)),
    ]


def test_an_inline_list_asks_for_each_of_its_items():
    text = RESOLVED + "urges the President to (1) sanction Osk Temir; and (2) suspend aid to Velda."
    assert asked(text) == [
        ("sanctions", "Osk Temir", ("the President",)),
        ("suspend-assistance", "Velda", ("the President",)),
    ]


def test_a_label_before_an_item_is_its_addressee():
    text = (
        "WHAT WE ASK\n\n"
        "• The Treasury Department: sanction Osk Temir under E.O. 13818.\n"
        "• The State Department: 7031(c) designations for Lida Marsh and for Orvel Zand.\n"
        "• The Pentagon: stop training the Arys special unit.\n"
    )
    assert asked(text) == [
        ("sanctions", "Osk Temir", ("The Treasury Department",)),
        ("visa-ban", "Lida Marsh and for Orvel Zand", ("The State Department",)),
        ("suspend-assistance", "the Arys special unit", ("The Pentagon",)),
    ]


def test_items_that_begin_with_that_ask():
    text = "We request the following:\n1. That the President suspend all aid to Velda;\n"
    assert asked(text) == [("suspend-assistance", "Velda", ("the President",))]


@pytest.mark.parametrize(
    ("listed", "target"),
    [
        (
            "(a) Osk Temir, head of the Guard; and\n(b) Lida Marsh, judge.\n",
            "Osk Temir, head of the Guard; and\n(b) Lida Marsh, judge",
        ),
        (
            "Name | Position\nOsk Temir | Head of the Guard\nLida Marsh | Judge\n",
            "Osk Temir | Head of the Guard\nLida Marsh | Judge",
        ),
    ],
)
def test_the_following_are_the_list_that_follows(listed, target):
    text = LETTER + "We ask you to sanction the following persons:\n\n" + listed
    assert asked(text) == [("sanctions", target, ("Secretary of State",))]


def test_the_clauses_of_a_parliament_ask():
    text = (
        "The Parliament,\nA. whereas eleven lawyers were arrested;\n"
        "1. Strongly condemns the arrests and calls on the authorities to release the lawyers;\n"
        "2. Calls on the Council to impose sanctions on Judge Lida Marsh;\n"
        "3. Urges the Commission to suspend budget support to Velda;\n"
        "4. Reiterates its call on the Commission to investigate the killings;\n"
    )
    assert asked(text) == [
        ("release", "the lawyers", ("the authorities",)),
        ("sanctions", "Judge Lida Marsh", ("the Council",)),
        ("suspend-assistance", "Velda", ("the Commission",)),
        ("investigation", "the killings", ("the Commission",)),
    ]


def test_a_second_addressee_has_its_own_request_and_law():
    text = (
        "We ask the Secretary of the Treasury to designate Osk Temir under Executive Order 13818,"
        " and the Secretary of State to designate him under Section 7031(c)."
    )
    assert authorities(text) == [
        ("sanctions", "us.eo13818", ("the Secretary of the Treasury",)),
        ("visa-ban", "us.sfops.7031c", ("the Secretary of State",)),
    ]


def test_a_request_of_information_under_section_502b_starts_a_clock():
    text = (
        "We ask the Committee to request, under section 502B(c) of the Foreign Assistance Act, a"
        " statement on the practices of the Government of Velda."
    )
    assert asked(text) == [("start-clock", "the Government of Velda", ("the Committee",))]


def test_a_text_in_capitals_asks():
    text = (
        "BE IT RESOLVED THAT THE CITY COUNCIL URGES THE SECRETARY OF STATE TO IMPOSE VISA"
        " RESTRICTIONS ON THE OFFICIALS RESPONSIBLE, INCLUDING OSK TEMIR."
    )
    assert asked(text) == [
        (
            "visa-ban",
            "THE OFFICIALS RESPONSIBLE, INCLUDING OSK TEMIR",
            ("THE SECRETARY OF STATE",),
        )
    ]


def test_a_text_in_capitals_is_read_with_the_capitals_of_names():
    text = (
        "THE COUNCIL URGES THE SECRETARY OF STATE TO RELEASE GENERAL OSK TEMIR ON 7 MAY 2024, AND"
    )
    assert recase(text) == (
        "The Council urges the Secretary of State to release General Osk Temir on 7 May 2024, and"
    )


@pytest.mark.parametrize("text", ["ÜBER DIE STRASSE, ﬁNAL ẞ İ WORDS OF A LONG LINE IN CAPITALS,"])
def test_a_copy_for_reading_is_as_long_as_its_text(text):
    assert len(Document(text).copy) == len(text)


def test_a_letter_to_a_surname_goes_to_the_office_of_its_address():
    text = (
        "The Honorable Lida R. Marsh\nSecretary of the Treasury\n1500 Main Street\n\n"
        "Dear Secretary Marsh:\n\nWe ask you to sanction Osk Temir.\n"
    )
    assert asked(text) == [("sanctions", "Osk Temir", ("Secretary of the Treasury",))]


def test_an_honorific_is_no_part_of_an_addressee():
    text = "Dear Mr. President:\n\nWe demand that you impose sanctions on Osk Temir.\n"
    assert asked(text) == [("sanctions", "Osk Temir", ("President",))]


def test_a_body_that_resolves_is_no_addressee():
    text = "This Council resolves to:\n1. Call on the Government to release the prisoners.\n"
    assert asked(text) == [("release", "the prisoners", ("the Government",))]


def test_a_request_within_a_letter_to_be_written_is_asked_of_its_reader():
    text = (
        "This Council resolves to:\n"
        "1. Write to the Foreign Secretary asking her to impose sanctions on Judge Temir.\n"
    )
    assert asked(text) == [("sanctions", "Judge Temir", ("the Foreign Secretary",))]


def test_what_an_office_could_do_is_asked_of_it_in_a_letter():
    text = LETTER + (
        "The Secretary of State could, today, bar General Osk Temir, who commanded the force, from"
        " entering this country."
    )
    assert asked(text) == [("visa-ban", "General Osk Temir", ("The Secretary of State",))]


def test_a_question_may_ask():
    text = LETTER + "Would it be too much to ask Tarn to release the prisoners?"
    assert asked(text) == [("release", "the prisoners", ("Tarn",))]


ORDER = " under Executive Order 13818"
ENTRY = " under section 7031(c)"
TREASURY, STATE = "the Secretary of the Treasury", "the Secretary of State"


@pytest.mark.parametrize(
    ("clause", "target"),
    [
        (
            "that Major Oro Vend and the 7th Border Company be designated" + ORDER,
            "Major Oro Vend and the 7th Border Company",
        ),
        (
            "that Oro Vend, Ilo Marn and the 7th Border Company be sanctioned",
            "Oro Vend, Ilo Marn and the 7th Border Company",
        ),
        (
            "that Oro Vend, head of the 7th Border Company, and Sel Dath be designated",
            "Oro Vend, head of the 7th Border Company, and Sel Dath",
        ),
        (
            "that sanctions be imposed on Oro Vend and the 7th Border Company",
            "Oro Vend and the 7th Border Company",
        ),
    ],
)
def test_a_target_is_all_that_and_joins(clause, target):
    assert [r[:2] for r in asked(RESOLVED + "asks " + clause + ".")] == [("sanctions", target)]


def test_all_that_should_be_released_are_the_target():
    text = LETTER + "Oro Vend, Ilo Marn and Sel Dath must be released."
    assert asked(text) == [("release", "Oro Vend, Ilo Marn and Sel Dath", ("Secretary of State",))]


@pytest.mark.parametrize(
    "link", [", and a letter to ", ", and a second letter to ", "; and one to "]
)
def test_each_letter_has_its_own_requests(link):
    text = (
        "WE MOVE that the Board direct the Clerk to send a letter to the Secretary of the Treasury,"
        f" asking that Oro Vend be designated{ORDER}{link}the Secretary of State, asking that Oro"
        f" Vend be made ineligible for entry{ENTRY} and that assistance to the 7th Border Company"
        " be withheld under section 620M."
    )
    assert [r.text for r in found(RequestFound, text)] == [
        f"Oro Vend be designated{ORDER}",
        f"Oro Vend be made ineligible for entry{ENTRY}",
        "assistance to the 7th Border Company be withheld under section 620M",
    ]
    assert authorities(text) == [
        ("sanctions", "us.eo13818", (TREASURY,)),
        ("visa-ban", "us.sfops.7031c", (STATE,)),
        ("suspend-assistance", "us.leahy.state", (STATE,)),
    ]


def test_another_letter_is_addressed_to_its_own_reader():
    text = (
        "WE MOVE that the Board send a letter to the Secretary of the Treasury, urging him to"
        " designate Oro Vend, and another to the Secretary of State, urging her to bar Oro Vend"
        " from entry."
    )
    assert asked(text) == [
        ("sanctions", "Oro Vend", (TREASURY,)),
        ("visa-ban", "Oro Vend", (STATE,)),
    ]


@pytest.mark.parametrize(
    "targets", ["Oro Vend", "Oro Vend and the 7th Border Company", "Oro Vend and Captain Ilo Marn"]
)
@pytest.mark.parametrize("law", ["", ORDER])
def test_a_second_office_after_and_does_not_take_the_first_ones_target(targets, law):
    text = (
        RESOLVED + f"urges the Secretary of the Treasury to impose sanctions on {targets}{law} and"
        f" the Secretary of State to bar Oro Vend from entry{ENTRY}."
    )
    assert asked(text) == [
        ("sanctions", targets, (TREASURY,)),
        ("visa-ban", "Oro Vend", (STATE,)),
    ]
    assert [a[1] for a in authorities(text)] == ["us.eo13818" if law else None, "us.sfops.7031c"]


@pytest.mark.parametrize(
    "text",
    [
        "The Council resolves: That the Secretary of State bar Oro Vend from entry.",
        "The Council resolves that the Secretary of State deny a visa to Oro Vend.",
        "RESOLVED, That the Secretary of State refuse entry to Oro Vend.",
        "The Council resolves:\n\n1. That the Secretary of State bar Oro Vend from entry.\n",
    ],
)
def test_what_a_body_resolves_that_an_office_do_is_asked_of_it(text):
    assert asked(text) == [("visa-ban", "Oro Vend", (STATE,))]


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED, That Oro Vend is designated under Executive Order 13818.",
        "RESOLVED, That this Council sanction Councilmember Drey.",
        "RESOLVED, That the City Clerk send this resolution to the Secretary of State.",
        "RESOLVED, That the Secretary of State not suspend aid to Velda.",
        "RESOLVED, That no sanctions be imposed on Oro Vend.",
        "WE MOVE to adjourn. In 2019 the Senate resolved that the President suspend aid to Velda.",
    ],
)
def test_what_a_body_resolves_of_itself_or_not_to_be_done_is_no_request(text):
    assert asked(text) == []


@pytest.mark.parametrize("joined", ["and be barred", "and barred", "and that he be barred"])
def test_a_joined_passive_is_a_request_with_its_own_law(joined):
    text = RESOLVED + f"asks that Oro Vend be designated{ORDER} {joined} from entry{ENTRY}."
    assert authorities(text) == [
        ("sanctions", "us.eo13818", ()),
        ("visa-ban", "us.sfops.7031c", ()),
    ]
    assert asked(text)[1][1] == ("he" if "he" in joined.split() else "Oro Vend")


def test_he_stays_as_written():
    text = LETTER + "Oro Vend ran the prison. We ask that he be made ineligible for entry."
    assert asked(text) == [("visa-ban", "he", ("Secretary of State",))]


def test_the_motion_of_the_founding_kind_makes_its_asks():
    motion = Path(__file__).parents[2] / "cases" / "alder-county" / "sources" / "motion.txt"
    assert asked(motion.read_text("utf-8")) == [
        ("sanctions", "Colonel Ilvan Teresh and the 4th Guard Battalion", (TREASURY,)),
        ("visa-ban", "Colonel Ilvan Teresh", (STATE,)),
        ("suspend-assistance", "the 4th Guard Battalion", (STATE,)),
    ]
