"""Tests of checks/quotes.py: word for word, in their context, with their translators."""

import msgspec

from gravamen.sources.source import Passage

from .building import act, bound, case, claim, drawn, letter, raised, sentence

REPORT = "The guard said: they beat us with cables until dawn. Nobody was charged with it."
QUOTE = "they beat us with cables"


def _case(**fields):
    return case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(
            claim("c1", "a1", REPORT, QUOTE, **fields),
            claim("c2", "a1", REPORT, "until dawn"),
        ),
    )


def test_a_claim_whose_words_do_not_stand_there_is_stopped_with_place_and_both_texts() -> None:
    kept = _case()
    wrong = Passage(source="s.report", exact="they beat us with sticks", start=16, end=40)
    changed = msgspec.structs.replace(kept.claims["c1"], passage=wrong)
    (flag,) = raised("quote-not-verbatim", msgspec.structs.replace(kept, claims={"c1": changed}))
    assert flag.message == (
        "Claim c1 differs from s.report at character 34: the claim has “sticks”, the "
        "source “cables”."
    )
    assert raised("quote-not-verbatim", kept) == []


def _sent(kept, words: str, *quotes: str, claims: tuple[str, ...] = ("c1",)):
    return letter(
        sentence(words, quotes=quotes, bindings=bound(kept, *claims), allegations=("a1",))
    )


def test_a_quotation_that_changes_a_word_is_stopped() -> None:
    kept = _case()
    changed = "they beat us with chains"
    (flag,) = drawn("quote-not-verbatim", kept, _sent(kept, f"He said “{changed}”.", changed))
    assert flag.message == (
        "The quotation leaves its source at its character 19: “hains” here, “ables” in the source."
    )
    assert drawn("quote-not-verbatim", kept, _sent(kept, f"He said “{QUOTE}”.", QUOTE)) == []


def test_a_quotation_that_is_not_declared_is_read_off_its_marks() -> None:
    kept = _case()
    assert (
        len(drawn("quote-not-verbatim", kept, _sent(kept, "He said “they beat us with chains”.")))
        == 1
    )
    assert drawn("quote-not-verbatim", kept, _sent(kept, "He called it a “bad dream”.")) == []


def test_a_quotation_over_two_claims_of_one_source_is_borne_out_by_both() -> None:
    kept = _case()
    both = "they beat us with cables until dawn"
    assert (
        drawn("quote-not-verbatim", kept, _sent(kept, f"“{both}”", both, claims=("c1", "c2"))) == []
    )
    assert len(drawn("quote-not-verbatim", kept, _sent(kept, f"“{both}”", both))) == 1


def test_a_declared_quotation_must_be_printed() -> None:
    kept = _case()
    (flag,) = drawn("quote-not-verbatim", kept, _sent(kept, "He said “they beat us”.", QUOTE))
    assert "The sentence leaves its source at character 12 of the quotation" in flag.message


def test_a_binding_that_the_source_no_longer_bears_out_is_stopped() -> None:
    kept = _case()
    sent = _sent(kept, "He spoke.")
    rewritten = kept.texts["s.report"].text.replace("cables", "sticks")
    texts = {"s.report": msgspec.structs.replace(kept.texts["s.report"], text=rewritten)}
    (flag,) = drawn("quote-not-verbatim", msgspec.structs.replace(kept, texts=texts), sent)
    assert "“cables” here, “sticks” in the source" in flag.message


def test_words_left_out_that_turn_the_sense_are_seen() -> None:
    report = "The Ministry says it is not true that guards beat detainees."
    turned = case(
        sources={"s.report": report},
        allegations=(act(),),
        claims=(claim("c1", "a1", report, "guards beat detainees"),),
    )
    (flag,) = raised("quote-out-of-context", turned)
    assert "leaves out “not”" in flag.message
    denying = msgspec.structs.replace(turned.claims["c1"], stance="denies")
    assert (
        raised("quote-out-of-context", msgspec.structs.replace(turned, claims={"c1": denying}))
        == []
    )


def test_a_negation_in_the_next_sentence_turns_nothing() -> None:
    assert raised("quote-out-of-context", _case()) == []


def test_a_hedged_claim_may_leave_out_allegedly() -> None:
    report = "He allegedly gave the order."
    claims = (claim("c1", "a1", report, "gave the order", hedged=True),)
    hedged = case(sources={"s.report": report}, allegations=(act(),), claims=claims)
    assert raised("quote-out-of-context", hedged) == []
    bare = msgspec.structs.replace(claims[0], hedged=False)
    assert (
        len(raised("quote-out-of-context", msgspec.structs.replace(hedged, claims={"c1": bare})))
        == 1
    )


def test_a_translation_needs_its_translator() -> None:
    (flag,) = raised("translation-unmarked", _case(translation="sie schlugen uns mit Kabeln"))
    assert flag.message == "The translation of claim c1 names no translator."
    named = _case(translation="sie schlugen uns mit Kabeln", translator="A. Interpreter")
    assert raised("translation-unmarked", named) == []


def test_a_quote_in_a_foreign_tongue_wants_a_translation() -> None:
    kept = _case()
    foreign = msgspec.structs.replace(kept.sources["s.report"], language="fa")
    flags = raised(
        "translation-unmarked", msgspec.structs.replace(kept, sources={"s.report": foreign})
    )
    assert [f.where for f in flags] == ["c1", "c2"]


def test_a_printed_translation_says_that_it_is_one() -> None:
    kept = _case(translation="they struck us with cables", translator="A. Interpreter")
    printed = "He said: “they struck us with cables”"
    assert len(drawn("translation-unmarked", kept, _sent(kept, f"{printed}."))) == 1
    told = _sent(kept, f"{printed} (translated by A. Interpreter).")
    assert drawn("translation-unmarked", kept, told) == []
    assert drawn("quote-not-verbatim", kept, told) == []
