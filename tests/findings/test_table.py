"""Tests of the regimes side by side as text, JSON and a part of the web page."""

import msgspec

from gravamen.case import Case
from gravamen.findings import Side, matrix_html, side_by_side, sides_json, sides_text, weigh
from gravamen.law.authority import Law
from gravamen.parties import Name

from .building import (
    ABUSE,
    GUARD,
    ON,
    PASSPORT,
    SAID,
    STATUTE,
    UNIT,
    authority,
    case,
    lawbook,
    prong,
)
from .test_side_by_side import HELD, HELD_SAID, covering, ending

BRITISH = authority("uk.x", prong("uk.x.abuse", *ABUSE.all_of), jurisdiction="uk", mark="memory")
LAW = lawbook(BRITISH, authority("eo", ABUSE), authority("act", STATUTE, reaches=("individual",)))


def sides(record: Case, law: Law) -> tuple[Side, ...]:
    who = list(record.parties)
    found = weigh(record, law, on=ON, parties=who)
    return side_by_side(record, law, found, on=ON, parties=who)


def test_each_party_has_a_table_with_a_row_for_each_regime_by_jurisdiction() -> None:
    record = case()
    assert sides_text(record, LAW, sides(record, LAW)) == (
        "Ivo Marr (person)\n"
        "  Answer     Authority                     "
        "Ground that stands best          ✓    ±    ✗    Law\n"
        "  United States\n"
        "  yes        the eo Order                  eo.abuse                         3    0    0\n"
        "      on: a.beating\n"
        "  LACKS      the act Order                 act.a1                           3    0    1\n"
        "      el.victim: No el.victim of Ivo Marr.\n"
        "      on: a.beating\n"
        "  United Kingdom\n"
        "  yes        the uk.x Order                "
        "uk.x.abuse                       3    0    0    unchecked\n"
        "      on: a.beating\n"
        "\n"
        "✓, ±, ✗: how many of the things that the ground requires are supported, contested and "
        "missing. Each\n"
        "  ground is weighed on one act."
    )


def test_a_no_says_why_once_and_an_act_outside_beside_a_yes_is_named() -> None:
    law = covering(lawbook(authority("eo", ABUSE)), ("eo", "no"))
    held = case([GUARD], [HELD], [PASSPORT, HELD_SAID])
    text = sides_text(held, law, sides(held, law))
    assert text.count("eo says no.") == 1
    assert "outside it" not in text
    both = case([GUARD], [HELD, *case().allegations.values()], [PASSPORT, SAID, HELD_SAID])
    assert "      outside it: a.held. eo says no.\n" in sides_text(both, law, sides(both, law))


def test_the_end_of_a_regime_and_proposals_nobody_reviewed_are_said() -> None:
    law = lawbook(ending("2024-02-29"))
    record = case(proposed_by={"c.said": "machine:reader"})
    text = sides_text(record, law, sides(record, law))
    assert "the rules ran to 29 February 2024; a renewal was not found" in " ".join(text.split())
    assert text.endswith(
        "[unreviewed] It leans on a machine's proposal that no person has accepted."
    )


def test_no_line_is_too_long_and_no_control_character_gets_through() -> None:
    wide = msgspec.structs.replace(GUARD, names=(Name(text="司令" * 60 + "\x1b[31m" + "x" * 200),))
    long = authority("eo", ABUSE, jurisdiction="zz")
    law = lawbook(msgspec.structs.replace(long, short="the Act on " + "very " * 30 + "y" * 80))
    record = case([wide])
    text = sides_text(record, law, sides(record, law))
    assert max(sum(2 if ch in "司令" else 1 for ch in line) for line in text.split("\n")) <= 100
    assert "\x1b" not in text
    assert "\n  ZZ\n" in text


def test_the_json_holds_every_field_of_every_answer() -> None:
    record = case()
    answers = sides(record, LAW)
    found = sides_json(record, LAW, answers)
    assert found["schema"] == "gravamen.reach/1"
    assert found["case"] == "case"
    assert found["parties"] == [{"id": "p.guard", "name": "Ivo Marr", "kind": "person"}]
    assert found["authorities"]["uk.x"] == {
        "short": "the uk.x Order",
        "jurisdiction": "uk",
        "kind": "person-sanctions",
        "cite": "Test Code § 1",
    }
    assert [msgspec.convert(s, Side) for s in found["sides"]] == list(answers)
    assert set(found["sides"][0]) == set(Side.__struct_fields__)
    msgspec.json.encode(found)


def test_a_protected_party_appears_under_its_pseudonym_only() -> None:
    hidden = msgspec.structs.replace(GUARD, protected=True, pseudonym="W-1")
    record = case([hidden])
    answers = sides(record, LAW)
    every = (
        sides_text(record, LAW, answers)
        + str(sides_json(record, LAW, answers))
        + matrix_html(record, LAW, (), answers)
    )
    assert "Ivo Marr" not in every
    assert "W-1" in every


def test_the_page_has_one_table_of_regimes_for_each_party_and_escapes_all() -> None:
    odd = msgspec.structs.replace(GUARD, names=(Name(text="<b>Ivo</b> & \x1b"),))
    record = case([odd, UNIT])
    answers = sides(record, LAW)
    page = matrix_html(record, LAW, weigh(record, LAW, on=ON), answers)
    assert page.count('scope="rowgroup"') == 4
    assert "<b>" not in page
    assert "\x1b" not in page
    assert 'aria-label="&lt;b&gt;Ivo&lt;/b&gt; &amp; ' in page
    assert '<td class="state yes">✓ yes</td>' in page
    assert "It leans on law data that are marked as unchecked." in page
    assert "Regimes side by side" not in matrix_html(record, LAW, weigh(record, LAW, on=ON))


def test_nobody_weighed_is_said() -> None:
    assert sides_text(case(), LAW, ()) == "No party was weighed."
