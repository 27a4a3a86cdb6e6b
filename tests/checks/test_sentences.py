"""Tests of checks/sentences.py: bound, of one kind, current; the form, length and signatures."""

import msgspec
import pytest

from gravamen.case import Judgement, Requester
from gravamen.sentences import Binding, Signatory

from .building import (
    act,
    bound,
    case,
    claim,
    dossier,
    drawn,
    letter,
    raised,
    request,
    sentence,
    tarn_law,
)

REPORT = "Guards beat detainees."


def _case():
    return case(
        sources={"s.report": REPORT},
        allegations=(act(),),
        claims=(claim("c1", "a1", REPORT, REPORT),),
    )


@pytest.mark.parametrize(
    ("kind", "unbound"),
    [
        ("allegation", True),
        ("context", True),
        ("argument", False),
        ("form", False),
        ("request", False),
    ],
)
def test_what_is_alleged_is_bound(kind: str, unbound: bool) -> None:
    sent = letter(sentence("Guards beat detainees.", kind))
    assert bool(drawn("sentence-unbound", _case(), sent)) is unbound


def test_a_bound_sentence_is_let_be_and_a_lost_or_rejected_claim_binds_nothing() -> None:
    kept = _case()
    sent = letter(sentence(REPORT, bindings=bound(kept, "c1")))
    assert drawn("sentence-unbound", kept, sent) == []
    rejected = msgspec.structs.replace(
        kept, judgements=(Judgement(target="c1", verdict="rejected"),)
    )
    (flag,) = drawn("sentence-unbound", rejected, sent)
    assert flag.message == "The sentence is bound to claim 'c1', which was rejected."
    lost = letter(sentence(REPORT, bindings=(Binding(claim="c9", version="0"),)))
    assert "which is not in the record" in drawn("sentence-unbound", kept, lost)[0].message


def test_a_quotation_without_a_claim_is_stopped_in_any_sentence() -> None:
    sent = letter(sentence("They said “no”.", "argument", quotes=("no",)))
    assert [f.message for f in drawn("sentence-unbound", _case(), sent)] == [
        "This quotation has no claim: “no”."
    ]


def test_a_sentence_is_stale_once_its_claim_changes() -> None:
    kept = _case()
    sent = letter(sentence(REPORT, bindings=bound(kept, "c1")))
    assert drawn("sentence-stale", kept, sent) == []
    changed = msgspec.structs.replace(kept.claims["c1"], hedged=True)
    (flag,) = drawn("sentence-stale", msgspec.structs.replace(kept, claims={"c1": changed}), sent)
    assert flag.message == "Claim c1 has changed since this sentence was written."


def test_a_text_that_asks_and_alleges_in_one_breath_is_seen() -> None:
    words = "Sanction Zand for the torture of detainees. Guards beat detainees."
    mixed = case(
        motion=words,
        allegations=(act(),),
        claims=(claim("c1", "a1", words, "torture of detainees", at="s.motion"),),
        requests=(request(motion=words, quote="Sanction Zand"),),
    )
    (flag,) = raised("mixed-kinds", mixed)
    assert flag.message.startswith("One sentence asks (r1) and alleges (a1)")
    apart = claim("c1", "a1", words, "Guards beat detainees.", at="s.motion")
    assert raised("mixed-kinds", msgspec.structs.replace(mixed, claims={"c1": apart})) == []


@pytest.mark.parametrize(
    ("kind", "words", "tied", "mixed"),
    [
        ("request", "We ask you to act.", True, True),
        ("request", "We ask you to act.", False, False),
        ("allegation", "We ask you to see that guards beat detainees.", True, True),
        ("allegation", "The Observatory says: “we ask the King to act”.", True, False),
    ],
)
def test_a_sentence_is_of_one_kind(kind: str, words: str, tied: bool, mixed: bool) -> None:
    kept = _case()
    sent = letter(sentence(words, kind, bindings=bound(kept, "c1") if tied else ()))
    assert bool(drawn("mixed-kinds", kept, sent)) is mixed


def test_no_full_stop_in_a_preamble() -> None:
    flags = raised(
        "preamble-form",
        case(motion="WHEREAS, guards beat detainees.\nWHEREAS, nobody was charged; and\nResolved."),
    )
    assert [(f.message, f.where) for f in flags] == [
        ("Clause 1 of the preamble ends with a full stop.", "s.motion, character 0")
    ]


@pytest.mark.parametrize(
    ("words", "label", "allegations", "wrong"),
    [
        ("it is said that guards beat detainees;", "WHEREAS,", ("a1",), None),
        ("It is said that guards beat detainees.", "WHEREAS,", ("a1",), "ends with a full stop"),
        ("it is said that guards beat detainees;", None, ("a1",), "lacks “Whereas”"),
        ("guards beat detainees and others;", "WHEREAS,", ("a1", "a2"), "holds two facts"),
    ],
)
def test_a_whereas_clause_has_its_form(
    words: str, label: str | None, allegations: tuple[str, ...], wrong: str | None
) -> None:
    clause = sentence(words, allegations=allegations)
    motion = letter(clause, kind="motion", style="resolution", blocks="whereas", label=label)
    messages = [f.message for f in drawn("preamble-form", _case(), motion)]
    assert messages == ([f"Clause 1 of the preamble {wrong}."] if wrong else [])


def test_a_text_too_long_for_its_body_is_stopped() -> None:
    parliament = msgspec.structs.replace(
        _case(), requester=Requester(name="European Parliament", kind="european-parliament")
    )
    long = letter(sentence("word " * 501, "form"), kind="motion")
    (flag,) = drawn("over-length", parliament, long)
    assert flag.blocks
    assert "motion has 501 words; the body allows 500" in flag.message
    assert drawn("over-length", _case(), long) == []
    short = letter(sentence("word " * 500, "form"), kind="motion")
    assert drawn("over-length", parliament, short) == []


@pytest.mark.parametrize("kind", ["letter", "summary"])
def test_a_letter_of_many_pages_is_a_warning(kind: str) -> None:
    (flag,) = drawn("over-length", _case(), letter(sentence("word " * 1201, "form"), kind=kind))
    assert flag.severity == "warning"
    short = letter(sentence("word " * 1200, "form"), kind=kind)
    assert drawn("over-length", _case(), short) == []


SIGNED = tuple(Signatory(id=f"s{n}", name=f"Name {n}", capacity="Supervisor") for n in range(5))


@pytest.mark.parametrize(
    "words",
    [
        "Send a five-signature letter to the President.",
        "A letter with 5 signatures is to be sent.",
        "The letter is signed by all five Supervisors.",
    ],
)
def test_signatures_that_nobody_is_named_for_are_short(words: str) -> None:
    (flag,) = raised("signatures-short", case(motion=words))
    assert flag.message == "The text speaks of 5 signatures; nobody is named to sign."
    body = Requester(name="Board", signatories=SIGNED)
    assert raised("signatures-short", case(motion=words, requester=body)) == []


def test_a_letter_that_promises_more_signatures_than_it_has_is_stopped() -> None:
    words = sentence("This letter bears five signatures.", "form")
    assert len(drawn("signatures-short", case(), letter(words, signatories=SIGNED[:4]))) == 1
    assert drawn("signatures-short", case(), letter(words, signatories=SIGNED)) == []


def _asking(requester: Requester):
    return msgspec.structs.replace(_case(), requester=requester)


def test_those_who_sign_have_names() -> None:
    ada = Signatory(id="ada", name="Ada Marsh", capacity="Member")
    blank = Signatory(id="signatory-2", name=" ", capacity="Member")
    named = Requester(name="Board of Ostra County", signatories=(ada,))
    assert raised("signatories-unnamed", _asking(named)) == []
    (flag,) = raised(
        "signatories-unnamed", _asking(msgspec.structs.replace(named, signatories=(ada, blank)))
    )
    assert flag.message == "1 of 2 who are to sign has no name."
    assert (flag.severity, flag.where) == ("warning", "requester, signatories: signatory-2")


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [
        ("requesting body", True),
        ("The Requesting  Body", True),
        (" ", True),
        ("Board of Ostra County", False),
    ],
)
def test_the_body_that_asks_has_a_name(name: str, unnamed: bool) -> None:
    flags = raised("requester-unnamed", _asking(Requester(name=name)))
    assert [f.blocks for f in flags] == [True] * unnamed


def test_a_parliament_is_known_by_its_name_where_its_kind_is_that_of_all() -> None:
    parliament = Requester(name="European Parliament", kind="foreign-parliament")
    long = letter(sentence("word " * 501, "form"), kind="motion")
    assert len(drawn("over-length", _asking(parliament), long)) == 1


def test_a_figure_in_an_argument_rests_on_a_claim() -> None:
    words = "The state that is asked gave 40 million dollars in 2023."
    (flag,) = drawn("sentence-unbound", _case(), letter(sentence(words, "argument")))
    assert flag.message == "This figure has no claim: “40 million dollars”."
    kept = _case()
    rests = sentence(words, "argument", bindings=bound(kept, "c1"))
    assert drawn("sentence-unbound", kept, letter(rests)) == []
    in_law = sentence("An answer is due within 120 days.", "argument", authority="us.glomag.act")
    assert drawn("sentence-unbound", kept, letter(in_law)) == []
    counted = dossier(sentence("It lacks 1 of the 4 things that it asks.", "argument"), at="legal")
    assert drawn("sentence-unbound", kept, counted) == []
    plain = sentence("It would show that one law binds both.", "argument")
    assert drawn("sentence-unbound", kept, letter(plain)) == []


def test_every_sentence_on_an_incident_has_a_source() -> None:
    told = sentence("This shows a plan.", "argument")
    (flag,) = drawn("sentence-unbound", _case(), dossier(told))
    assert flag.message == "This sentence about an incident has no source: “This shows a plan.”."
    assert drawn("sentence-unbound", _case(), dossier(told, at="interest")) == []
    heading = sentence("The acts stand in order.", "form")
    assert drawn("sentence-unbound", _case(), dossier(heading)) == []


@pytest.mark.parametrize("section", ["summary", "context"])
def test_a_section_of_one_page_keeps_to_it(section: str) -> None:
    long = dossier(sentence("word " * 601, "form"), at=section)
    (flag,) = drawn("over-length", _case(), long)
    assert flag.severity == "warning"
    assert f"The section {section!r} of dossier-zand-xt has 601 words" in flag.message
    short = dossier(sentence("word " * 600, "form"), at=section)
    assert drawn("over-length", _case(), short) == []
    elsewhere = dossier(sentence("word " * 601, "form"))
    assert drawn("over-length", _case(), elsewhere) == []


def test_a_statement_of_reasons_fits_its_desk() -> None:
    long = dossier(sentence("x" * 801, "argument"), at="reasons")
    assert drawn("over-length", _case(), long, book=tarn_law()) == []
    (flag,) = drawn("over-length", _case(), long, book=tarn_law(reasons_limit=800))
    assert flag.blocks
    assert flag.message.endswith("has 801 characters; its desk takes 800.")
    note = dossier(sentence("x" * 801, "form"), at="reasons")
    assert drawn("over-length", _case(), note, book=tarn_law(reasons_limit=800)) == []
    longer = dossier(sentence("x" * 1001, "argument"), at="reasons")
    (flag,) = drawn("over-length", _case(), longer, book=tarn_law())
    assert flag.severity == "warning"
