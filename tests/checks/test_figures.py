"""Tests of checks/figures.py: whose figures are, and whether they are what the source said."""

import msgspec
import pytest

from gravamen.claims import Allegation, Quantity

from .building import bound, case, claim, drawn, letter, raised, sentence

REPORT = (
    "Between 2 and 9 February 2023 more than 1,200 people fled. At least 17 men were beaten. "
    "The Ministry counted 41 prisoners."
)


def _case(quote: str, words: str, **fields):
    fields.setdefault("speaker", "the Observatory")
    at = fields.pop("at", "s.report")
    return case(
        motion=REPORT,
        sources={"s.report": REPORT},
        allegations=(Allegation(id="a1", kind="figure", text=words, quantity=Quantity(value=1)),),
        claims=(claim("c1", "a1", REPORT, quote, at=at, **fields),),
    )


def test_a_figure_of_the_boards_own_has_no_origin() -> None:
    own = _case(
        "more than 1,200 people fled", "1,200 people fled", speaker="The motion", at="s.motion"
    )
    (flag,) = raised("figure-without-origin", own)
    assert flag.message.startswith("Nobody is named for the figure 1: only the Board of")
    assert raised("figure-without-origin", _case("more than 1,200 people fled", "1,200 fled")) == []


@pytest.mark.parametrize(
    ("quote", "words", "dropped"),
    [
        ("more than 1,200 people fled", "1,200 people fled", True),
        ("At least 17 men were beaten", "17 men were beaten", True),
        ("more than 1,200 people fled", "more than 1,200 people fled", False),
        ("counted 41 prisoners", "41 prisoners were counted", False),
    ],
)
def test_a_bound_that_is_dropped_is_seen(quote: str, words: str, dropped: bool) -> None:
    flags = raised("figure-without-bound", _case(quote, words))
    assert bool(flags) is dropped
    assert raised("figure-differs-from-claim", _case(quote, words)) == []


@pytest.mark.parametrize(
    ("quote", "words", "message"),
    [
        (
            "At least 17 men were beaten",
            "71 men were beaten",
            "The text says “71”, the claim “At least 17”.",
        ),
        (
            "men were beaten",
            "30 men were beaten",
            "The text says “30”; no claim that it rests on gives a figure.",
        ),
    ],
)
def test_another_figure_than_the_claims_is_stopped(quote: str, words: str, message: str) -> None:
    (flag,) = raised("figure-differs-from-claim", _case(quote, words))
    assert flag.message == message
    assert flag.blocks


def test_dates_cites_and_names_are_no_figures() -> None:
    words = "between 2 and 9 February 2023 the 4th Guard Battalion acted under Decree No. 12"
    assert raised("figure-differs-from-claim", _case("men were beaten", words)) == []


def test_the_figures_of_a_sentence_are_compared_with_the_claims_it_is_bound_to() -> None:
    kept = _case("At least 17 men were beaten", "men were beaten")
    right = sentence("The Observatory (5 May 2023) says that at least 17 men were beaten.")
    for words, ids in (
        (right.text, []),
        ("The Observatory says that 17 men were beaten.", ["figure-without-bound"]),
        ("The Observatory says that 19 men were beaten.", ["figure-differs-from-claim"]),
        ("Corroboration: independently corroborated (2 origins).", []),
    ):
        sent = letter(sentence(words, bindings=bound(kept, "c1"), allegations=("a1",)))
        found = [
            f.id
            for check in ("figure-without-bound", "figure-differs-from-claim")
            for f in drawn(check, kept, sent)
        ]
        assert found == ids, words


def test_a_figure_of_a_translation_counts_as_the_claims() -> None:
    kept = _case("counted 41 prisoners", "nobody", translation="counted forty-one prisoners")
    sent = letter(
        sentence("It counted forty-one.", bindings=bound(kept, "c1"), allegations=("a1",))
    )
    assert drawn("figure-differs-from-claim", kept, sent) == []


def test_a_machines_own_words_are_not_compared() -> None:
    kept = _case("men were beaten", "30 men were beaten")
    proposed = msgspec.structs.replace(kept, proposed_by={"a1": "reader/1"})
    assert raised("figure-differs-from-claim", proposed) == []


BEATEN = "Guards beat at least nine men. The Ministry: nobody was hit. Guards beat men."
NINE = "guards beat at least nine men"
DENIED = f"The Ministry denied that {NINE}: “nobody was hit”."


def _denied(*, affirmed: str | None = "Guards beat at least nine men", **fields):
    denial = claim("c2", "a1", BEATEN, "nobody was hit", stance="denies", **fields)
    claims = (claim("c1", "a1", BEATEN, affirmed), denial) if affirmed else (denial,)
    allegation = Allegation(id="a1", kind="figure", text=NINE, quantity=Quantity(value=9))
    return case(sources={"s.report": BEATEN}, allegations=(allegation,), claims=claims)


def _differing(kept, words: str, *claims: str) -> list[str]:
    sent = letter(sentence(words, bindings=bound(kept, *claims), allegations=("a1",)))
    return [f.message for f in drawn("figure-differs-from-claim", kept, sent)]


@pytest.mark.parametrize("affirmed", ["Guards beat at least nine men", "Guards beat men", None])
def test_a_denial_is_never_asked_for_the_figure_that_it_denies(affirmed: str | None) -> None:
    kept = _denied(affirmed=affirmed)
    assert _differing(kept, DENIED, "c2") == []
    qualified = _denied(affirmed=affirmed, translation="nobody at all")
    assert _differing(qualified, DENIED.replace("denied", "did not confirm"), "c2") == []


def test_a_denial_does_not_make_another_figure_right_or_a_right_one_wrong() -> None:
    message = "The text says “ninety”, the claim “at least nine”."
    kept = _denied()
    assert _differing(kept, DENIED.replace("at least nine", "ninety"), "c2") == [message]
    assert _differing(kept, "The Observatory says that guards beat ninety men.", "c1") == [message]
    assert _differing(kept, f"The Observatory says that {NINE}.", "c1", "c2") == []


def test_a_figure_may_be_that_of_another_claim_that_affirms_the_same() -> None:
    kept = _denied(affirmed="Guards beat men")
    more = claim("c3", "a1", BEATEN, "Guards beat at least nine men")
    told = f"The Observatory says that {NINE}."
    assert _differing(kept, told, "c1") != []
    both = msgspec.structs.replace(kept, claims={**kept.claims, "c3": more})
    assert _differing(both, told, "c1") == []
    denying = msgspec.structs.replace(more, stance="denies")
    other = msgspec.structs.replace(kept, claims={**kept.claims, "c3": denying})
    assert _differing(other, told, "c1") != []
