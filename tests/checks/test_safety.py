"""Tests of checks/safety.py: protected names, characters that deceive or cannot be printed."""

import msgspec
import pytest

from gravamen.parties import Identifier, Name, Party
from gravamen.sentences import Binding, Cell, Copy, Section, Signatory, Table

from .building import COLONEL, act, case, drawn, letter, raised, sentence, source

WITNESS = Party(
    id="p.w1",
    kind="person",
    names=(Name(text="Radomir Velz"), Name(text="Радомир Велз", lang="sr-Cyrl")),
    protected=True,
    pseudonym="W-1",
)


def _case(*others: Party):
    return case(parties=(WITNESS, COLONEL, *others))


@pytest.mark.parametrize(
    "words",
    [
        "Radomir Velz saw it.",
        "RADOMIR  VELZ saw it.",
        "Velz, Radomir, saw it.",
        "Guard Velz saw it.",
        "Р. Велз saw it.",
        "Radomír Vélz saw it.",
        "Rado\u200bmir Velz saw it.",
    ],
)
def test_a_protected_name_is_stopped_however_it_is_written(words: str) -> None:
    (flag,) = drawn("protected-name", _case(), letter(sentence(words)))
    assert flag.blocks
    assert flag.message == "The name of W-1 (p.w1) stands in what goes out."
    assert "Velz" not in flag.message


@pytest.mark.parametrize("words", ["W-1 saw it.", "Velzen is a town.", "Radomir is a common name."])
def test_what_is_not_the_name_is_let_be(words: str) -> None:
    assert drawn("protected-name", _case(), letter(sentence(words))) == []


@pytest.mark.parametrize("field", ["title", "publisher", "author", "url"])
def test_the_surname_in_what_the_list_of_sources_prints_is_stopped(field: str) -> None:
    words = "https://x.example/velz-r" if field == "url" else "By Velz"
    named = source("s.1", **{field: words})
    told = msgspec.structs.replace(_case(), sources={"s.1": named})
    bound = Binding(claim="c.1", version="1", source="s.1", quote="It was so.")
    said = msgspec.structs.replace(sentence("It was so."), bindings=(bound,))
    (flag,) = drawn("protected-name", told, letter(said))
    assert flag.blocks and flag.where.startswith("source s.1 of")
    hidden = msgspec.structs.replace(bound, withheld=True, quote="")
    kept = msgspec.structs.replace(said, bindings=(hidden,))
    assert drawn("protected-name", told, letter(kept)) == []


def test_the_surname_in_a_translation_is_stopped() -> None:
    bound = Binding(claim="c.1", version="1", quote="x", translation="Velz saw it.")
    said = msgspec.structs.replace(sentence("It was so."), bindings=(bound,))
    (flag,) = drawn("protected-name", _case(), letter(said))
    assert flag.blocks


def test_another_persons_whole_name_does_not_betray_the_witness() -> None:
    namesake = Party(id="p.velz", kind="person", names=(Name(text="Ana Velz"),))
    sent = letter(sentence("Ana Velz gave the order."))
    assert drawn("protected-name", _case(namesake), sent) == []
    assert len(drawn("protected-name", _case(), sent)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"letterhead": ("Office of R. Velz",)},
        {"addressee": ("c/o Radomir Velz",)},
        {"signatories": (Signatory(id="s", name="Radomir Velz", capacity="witness"),)},
        {"copies": (Copy(office="us.senate", why="Velz lives there"),)},
        {"draft_reasons": ("Velz has not agreed.",)},
    ],
)
def test_the_frame_is_searched_too(fields: dict[str, object]) -> None:
    assert len(drawn("protected-name", _case(), letter(sentence("It was so."), **fields))) == 1


def test_headings_tables_and_notes_are_searched_too() -> None:
    told = Binding(claim="c1", version="0", quote="Velz was there")
    table = Table(
        caption="c", header=("Name",), rows=((Cell(names=(Name(text="Радомир Велз"),)),),)
    )
    sent = letter(sentence("It was so.", bindings=(told,)))
    full = msgspec.structs.replace(
        sent, sections=(*sent.sections, Section(heading="What Velz saw", blocks=(table,)))
    )
    places = {f.where for f in drawn("protected-name", _case(), full)}
    assert places == {"heading of letter", "table of letter", "s1, claim c1 of letter"}


def test_a_case_that_names_its_witness_in_an_allegation_is_stopped() -> None:
    named = case(parties=(WITNESS,), allegations=(act("a1", "guard Velz beat the men"),))
    assert [f.where for f in raised("protected-name", named)] == ["a1"]
    assert raised("protected-name", case(parties=(WITNESS,))) == []


def test_a_character_that_no_font_has_is_named() -> None:
    def covered(char: str) -> bool:
        return char != "ꙮ"

    sent = letter(sentence("An eye: ꙮ."))
    (flag,) = drawn("glyph-missing", case(), sent, covered=covered)
    assert flag.message == "No font has U+A66E (CYRILLIC LETTER MULTIOCULAR O)."
    assert drawn("glyph-missing", case(), letter(sentence("An eye.")), covered=covered) == []
    assert drawn("glyph-missing", case(), sent) == []


def test_a_control_that_turns_the_reading_order_is_stopped() -> None:
    turned = Party(id="p.x", kind="person", names=(Name(text="Orvel \u202ednaZ"),))
    (flag,) = raised("bidi-control", case(parties=(turned,)))
    assert flag.message == "“Orvel <202E>dnaZ” holds U+202E (RIGHT-TO-LEFT OVERRIDE)."
    sent = letter(sentence("A name: Orvel \u2066dnaZ."))
    assert [f.where for f in drawn("bidi-control", case(), sent)] == ["s1 of letter"]


def test_persian_and_hebrew_names_need_no_control_and_are_let_be() -> None:
    names = (Name(text="می\u200cخواهم", lang="fa"), Name(text="יוסף\u200e", lang="he"))
    assert (
        raised("bidi-control", case(parties=(Party(id="p.x", kind="person", names=names),))) == []
    )


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Оrvel", "“Оrvel” mixes Cyrillic and Latin letters (U+041E, CYRILLIC CAPITAL LETTER O)."),
        ("Orvel Занд", None),
        ("山田たろうカ", None),
        ("Əliyev", None),
        ("O'Brien-Müller", None),
        ("Արցախ", None),
    ],
)
def test_a_word_of_two_scripts_is_seen(name: str, mixed: str | None) -> None:
    party = Party(id="p.x", kind="person", names=(Name(text=name),))
    assert [f.message for f in raised("homoglyph", case(parties=(party,)))] == (
        [mixed] if mixed else []
    )
    sent = letter(sentence(f"A name: {name}."))
    assert [f.message for f in drawn("homoglyph", case(), sent)] == ([mixed] if mixed else [])


def test_a_number_of_a_document_gives_a_protected_person_away() -> None:
    numbered = msgspec.structs.replace(
        WITNESS, identifiers=(Identifier(kind="passport", value="XT 442817"),)
    )
    kept = case(parties=(numbered,))
    (flag,) = drawn("protected-name", kept, letter(sentence("Passport XT 442817 was shown.")))
    assert flag.message == "The number of a document of W-1 (p.w1) stands in what goes out."
    assert drawn("protected-name", kept, letter(sentence("Passport XT 442818 was shown."))) == []


def test_the_marking_at_the_head_of_the_pages_is_searched_too() -> None:
    sent = letter(sentence("It was so."), marking="Kept from Radomir Velz")
    assert [f.where for f in drawn("protected-name", _case(), sent)] == ["frame of letter"]
