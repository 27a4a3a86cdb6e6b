"""Wording: who is made to say what."""

import msgspec

from gravamen.case import Case, Judgement
from gravamen.checks.permitted import withheld
from gravamen.claims import Allegation, Claim
from gravamen.instruments.wording import attributed, denials, quoting
from gravamen.parties import Name, Party
from gravamen.sources import capture, locate
from gravamen.submission import Consent

TEXT = "At least 17 men were beaten, a guard told the Union. The Ministry says nobody was touched."
CAPTURED = capture(TEXT.encode(), id="s.wire", name="wire.txt", published="2023-03-14")


def claim(id: str, quote: str, speaker: str, **more: object) -> Claim:
    passage = locate("s.wire", CAPTURED.text, quote)
    return Claim(id=id, about="a", passage=passage, speaker=speaker, **more)


def case(*claims: Claim, proposed: bool = False, parties: tuple[Party, ...] = ()) -> Case:
    allegation = Allegation(id="a", kind="act", act="torture", text="at least 17 men were beaten")
    return Case(
        id="k",
        title="K",
        sources={"s.wire": CAPTURED.source},
        texts={"s.wire": CAPTURED.text},
        allegations={"a": allegation},
        claims={c.id: c for c in claims},
        parties={p.id: p for p in parties},
        proposed_by={"a": "machine:reader/1"} if proposed else {},
    )


GUARD = claim(
    "c1", "At least 17 men were beaten", "a guard", relayed_by=("the Union",), mode="witnessed"
)
DENIAL = claim("c2", "nobody was touched", "p.ministry", stance="denies", mode="official")
MINISTRY = Party(id="p.ministry", kind="body", names=(Name(text="Ministry of the Interior"),))


def test_an_allegation_is_given_as_what_its_speaker_said():
    k = case(GUARD)

    sentence = attributed(k, k.allegations["a"], id="s1", paper="us-letter")

    assert sentence.text == (
        "A guard (relayed by the Union, March 14, 2023) stated that at least 17 men were beaten."
    )
    assert [(b.claim, b.quote) for b in sentence.bindings] == [("c1", GUARD.passage.exact)]
    assert sentence.kind == "allegation"


def test_a_second_voice_is_not_made_to_say_the_words_of_the_first():
    other = claim("c3", "told the Union", "Dr Lind", mode="inference")
    k = case(GUARD, other)

    sentence = attributed(k, k.allegations["a"], id="s1", paper="a4")

    assert sentence.text.endswith("; Dr Lind (14 March 2023) gave an account that bears on it.")


def test_what_a_machine_proposed_is_only_quoted_until_a_person_puts_it_into_words():
    k = case(GUARD, proposed=True)

    sentence = attributed(k, k.allegations["a"], id="s1", paper="a4")
    words = Case(
        **{f: getattr(k, f) for f in k.__struct_fields__ if f != "judgements"},
        judgements=(Judgement(target="a", verdict="amended"),),
    )

    assert sentence.text == "A guard said: “At least 17 men were beaten”."
    assert sentence.quotes == ("At least 17 men were beaten",)
    again = attributed(words, words.allegations["a"], id="s1", paper="a4")
    assert "stated that" in again.text


def test_a_denial_is_printed_in_its_own_words():
    k = case(GUARD, DENIAL, parties=(MINISTRY,))

    sentence = denials(k, k.allegations["a"], id="s2")

    assert sentence.text == (
        "The Ministry of the Interior denied that at least 17 men were beaten: "
        "“nobody was touched”."
    )
    assert sentence.quotes == ("nobody was touched",)


def test_a_claim_taken_back_is_not_stated():
    k = case(claim("c1", "At least 17 men were beaten", "a guard", withdrawn="He took it back."))

    assert attributed(k, k.allegations["a"], id="s1", paper="a4") is None


def test_words_of_a_protected_person_are_withheld_with_their_place():
    guard = Party(
        id="p.g", kind="person", names=(Name(text="Ilo Ve"),), protected=True, pseudonym="W-1"
    )
    spoken = claim("c1", "At least 17 men were beaten", "p.g")
    k = case(spoken, parties=(guard,))
    assert withheld(k, spoken)
    assert attributed(k, k.allegations["a"], id="s1", paper="a4") is None  # nobody else says it

    agreed = Consent(
        id="k1",
        of="p.g",
        uses=("publication",),
        identity="pseudonym",
        on="2024",
        method="in writing",
    )
    k = msgspec.structs.replace(k, consents={"k1": agreed})
    sentence = attributed(k, k.allegations["a"], id="s1", paper="a4")

    assert [(b.withheld, b.quote, b.source, b.start) for b in sentence.bindings] == [
        (True, "", "", 0)
    ]
    assert "Ilo Ve" not in sentence.text


def test_words_that_name_a_protected_person_are_withheld_whoever_speaks_them():
    named = Party(id="p.g", kind="person", names=(Name(text="a guard"),), protected=True)
    spoken = claim("c1", "a guard told the Union", "the wire")

    assert withheld(case(spoken, parties=(named,)), spoken)


def test_allegations_of_one_sentence_are_quoted_as_one_stretch():
    other = claim("c3", "told the Union", "a guard")
    k = case(GUARD, other, proposed=True)

    sentence = quoting(k, [k.allegations["a"]], id="s1", whereas=True)

    assert sentence.text == "A guard said: “At least 17 men were beaten, a guard told the Union”;"
