"""`law review`: shows what is compared, asks, records; lists what a case leans on unchecked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gravamen import law
from gravamen.casefile import CaseFile, LawReviewed, import_case
from gravamen.cli import main
from gravamen.law.review import unchecked, unchecked_words
from gravamen.submission import LawReview

CASE = Path(__file__).parent.parent / "cases" / "alder-county" / "case.yaml"
AGAINST = "31 CFR 583.201, eCFR of 20 February 2024"
GIVEN = ("--against", AGAINST, "--by", "Ada Marsh", "--on", "2024-03-04")


def run(*words: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=answer)


@pytest.fixture
def case(tmp_path: Path) -> str:
    import_case(CASE, tmp_path / "case", actor="person:Ada")
    return str(tmp_path / "case")


def reviews(case: str) -> dict[str, LawReview]:
    return dict(CaseFile.open(case).case().law_reviews)


def test_a_value_is_shown_with_what_is_unchecked_and_recorded_on_a_yes(case):
    done = run("law", "review", case, "us.eo13818", "el.shra_act", *GIVEN, answer="y\n")

    assert done.exit_code == 0, done.output
    book = law.load()
    assert reviews(case) == {
        id: LawReview(
            of=id, by="Ada Marsh", on="2024-03-04", against=AGAINST, edition=book.edition_of(id)
        )
        for id in ("us.eo13818", "el.shra_act")
    }
    assert f"Edition of this value: {book.edition_of('el.shra_act')}" in done.output
    assert f"    {unchecked(book, 'el.shra_act')[0][:60]}" in done.output
    assert "Ada Marsh compared all of these 2 values with 31 CFR 583.201" in done.output
    assert [h.header.actor for h in CaseFile.open(case).entries()][-1] == "person:Ada Marsh"


def test_a_program_that_shares_the_laws_of_another_says_where_they_are_compared(case):
    done = run("law", "review", case, "us.prog.usai", *GIVEN, answer="n\n")

    said = " ".join(done.output.split())
    assert (
        "The laws that bear on it are those of us.prog.333; this review leaves them as they are. "
        "Compare them with: gravamen law review CASE us.prog.333"
    ) in said
    own = run("law", "review", case, "us.prog.333", *GIVEN, answer="n\n")
    assert "this review leaves them" not in " ".join(own.output.split())


def test_each_text_that_a_review_clears_is_shown_with_its_mark(case):
    done = run("law", "review", case, "us.eo13818", "el.shra_act", *GIVEN, answer="y\n")

    said = " ".join(done.output.split())
    book = law.load()
    notes = [
        n for n in book.authorities["us.eo13818"].notes if n.mark not in ("sourced", "checked")
    ]
    assert notes
    for note in notes:
        assert f"{note.mark}; {note.cite} “{note.text}”" in said
    assert "el.shra_act guidance: memory “acts: killing, torture" in said
    points = len(unchecked(book, "us.eo13818"))
    assert f"Unchecked in it: this clears {points} points." in said
    assert "nobody was asked" not in said


def test_every_unchecked_value_of_the_law_has_words_to_compare():
    book = law.load()
    ids = [*book.authorities, *book.elements, *book.offices, *book.clocks]
    told = [(line, words) for id in ids for line, words in unchecked_words(book, id)]

    assert [line for line, _ in told] == [line for id in ids for line in unchecked(book, id)]
    assert [line for line, words in told if not words and "outside_unchecked" not in line] == []


def test_what_was_recorded_unread_is_said_and_who_compared(case):
    ids = ("us.eo13818", "el.shra_act")
    by = ("--by", "Ada Marl, counsel")
    done = run("law", "review", case, *ids, "--against", AGAINST, *by, "--yes")

    said = " ".join(done.output.split())
    points = sum(len(unchecked(law.load(), id)) for id in ids)
    assert f"nobody was asked: {points} unchecked points in 2 values count as compared now" in said
    assert "by Ada Marl, counsel, as the attestation of a dossier prints it" in said
    assert reviews(case)["el.shra_act"].by == "Ada Marl, counsel"


def test_the_next_step_names_every_value_that_is_left(case):
    run("law", "review", case, "us.eo13818", *GIVEN, "--yes")
    told = json.loads(run("law", "review", case, "--on", "2024-03-05", "--json").stdout)
    left = [o["id"] for o in told["leans_on"] if o.get("unchecked") and "review" not in o]

    said = " ".join(run("law", "review", case, "--on", "2024-03-05").output.split())
    assert len(left) > 1
    assert f"Next: gravamen law review {case} {' '.join(left)} --against" in said


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_what_is_declined_is_not_recorded(case, answer):
    done = run("law", "review", case, "us.eo13818", *GIVEN, answer=answer)

    assert done.exit_code == 2
    assert "Nothing was recorded" in done.output
    assert reviews(case) == {}


def test_json_asks_nothing_and_needs_yes(case):
    refused = run("law", "review", case, "us.eo13818", *GIVEN, "--json")
    assert (refused.exit_code, reviews(case)) == (2, {})
    assert "give --yes to record" in refused.output

    done = run("law", "review", case, "us.eo13818", *GIVEN, "--yes", "--json")
    assert [r["of"] for r in json.loads(done.stdout)["reviews"]] == ["us.eo13818"]
    assert reviews(case).keys() == {"us.eo13818"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("us.eo13818.shra", "--against", "x"), "is a prong, which is reviewed with its authority"),
        (("us.eo13881", "--against", "x"), "near ones are: us.eo13818"),
        (("us.eo13818",), "--against is missing; give the text that you compared with"),
        (("us.eo13818", "--against", " ", "--yes"), "has an empty 'against'"),
        (("us.eo13818", "--against", "x", "--by", "machine:x/1", "--yes"), "a person compares"),
        (("us.eo13818", "--against", "x", "--regime", "us"), "--regime narrows the list"),
        (("--against", "x"), "name what you compared with it"),
        (("--regime", "atlantis"), "hold no laws of 'atlantis'; give one of"),
    ],
)
def test_a_wrong_call_is_told_what_to_do_and_records_nothing(case, words, told):
    done = run("law", "review", case, *words)

    assert done.exit_code == 2
    assert told in done.output
    assert reviews(case) == {}


def test_what_the_case_leans_on_is_listed_until_it_was_compared(case):
    before = run("law", "review", case, "--on", "2024-03-05")
    edition, first = law.load().edition_of("us.eo13818"), unchecked(law.load(), "us.eo13818")[0]
    assert f"us.eo13818 (edition {edition})" in before.output
    assert first[:60] in before.output
    assert ", 0 compared, " in before.output

    run("law", "review", case, "us.eo13818", *GIVEN, "--yes")
    after = run("law", "review", case, "--on", "2024-03-05")
    assert "us.eo13818: compared by Ada Marsh on 4 March 2024 with 31 CFR" in after.output
    assert first[:60] not in after.output
    assert ", 1 compared, " in after.output

    told = json.loads(run("law", "review", case, "--on", "2024-03-05", "--json").stdout)
    assert {one["id"]: one.get("review") for one in told["leans_on"]}["us.eo13818"]["by"]


def test_a_review_of_an_older_edition_is_to_be_made_again(case):
    from_before = LawReview(
        of="us.eo13818", by="Ada", on="2024", against="the order", edition="0" * 16
    )
    CaseFile.open(case).append(LawReviewed(review=from_before), actor="person:Ada")

    listed = " ".join(run("law", "review", case, "--on", "2024-03-05").output.split())
    assert "compared by Ada on 2024 with the order, in the edition 0000000000000000: " in listed
    assert "0000000000000000: compare it again" in listed


def test_the_law_is_shown_with_the_edition_that_a_review_names():
    edition = law.load().edition_of("us.eo13818")

    assert f"Edition of this value: {edition}" in run("law", "show", "us.eo13818").output
    assert json.loads(run("law", "show", "us.eo13818", "--json").stdout)["value_edition"] == edition
    assert "Edition of this value" not in run("law", "show", "us.eo13818.shra").output


def test_what_is_beside_the_claims_is_shown_judged_and_erased(case):
    run("law", "review", case, "us.eo13818", *GIVEN, "--yes")

    assert "law_reviews: us.eo13818" in run("show", case).output
    assert f"against: {AGAINST}" in run("show", case, "us.eo13818").output
    judged = run("judge", case, "us.eo13818", "--verdict", "rejected", "--by", "Ada")
    assert judged.exit_code == 0
    assert CaseFile.open(case).case().editions_reviewed() == {}
    run("law", "review", case, "us.eo13818", *GIVEN, "--yes")
    assert CaseFile.open(case).case().editions_reviewed().keys() == {"us.eo13818"}
    assert run("erase", case, "us.eo13818", "--reason", "asked for", "--yes").exit_code == 0
    assert reviews(case) == {}
