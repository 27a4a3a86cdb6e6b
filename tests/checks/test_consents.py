"""Tests of checks/consents.py: who agreed to what, and who could be picked out."""

import msgspec
import pytest

from gravamen.case import Judgement, Requester
from gravamen.claims import Role
from gravamen.parties import Name, Party, Post
from gravamen.submission import Consent

from .building import (
    COLONEL,
    TARN,
    UNIT,
    Edtf,
    act,
    bound,
    case,
    claim,
    dossier,
    drawn,
    letter,
    sentence,
    source,
)

WORDS = "I saw men of my company beat prisoners with cables. The gate was shut."
QUOTE = "I saw men of my company beat prisoners with cables."
WITNESS = Party(
    id="p.w1",
    kind="person",
    names=(Name(text="Radomir Velz"),),
    protected=True,
    pseudonym="W-1",
)
VICTIM = Party(id="p.ada", kind="person", names=(Name(text="Ada Rell"),))


def _consent(**fields) -> Consent:
    given = {
        "id": "k1",
        "of": "p.w1",
        "uses": ("sanctions-filing",),
        "identity": "pseudonym",
        "on": Edtf("2024-01-11"),
        "method": "in writing",
    }
    return Consent(**{**given, **fields})


def _case(*consents: Consent, speaker: str = "p.w1", party: Party = WITNESS, **fields):
    kept = case(
        sources={"s.w1": WORDS},
        parties=(TARN, COLONEL, UNIT, party),
        allegations=(act(roles=(Role(kind="victim", party="p.ada"),)),),
        claims=(
            claim("c1", "a1", WORDS, QUOTE, at="s.w1", speaker=speaker),
            claim("c2", "a1", WORDS, "The gate was shut.", at="s.w1", speaker="a clerk"),
        ),
    )
    return msgspec.structs.replace(kept, consents={c.id: c for c in consents}, **fields)


def _sent(kept, *claims: str, kind: str = "dossier", words: str = "W-1 saw it.", **fields):
    told = sentence(words, bindings=bound(kept, *(claims or ("c1",))), allegations=("a1",))
    return dossier(told, **fields) if kind == "dossier" else letter(told, kind=kind, **fields)


@pytest.mark.parametrize(
    ("kind", "severity"), [("dossier", "blocks"), ("letter", "warning"), ("motion", "warning")]
)
def test_the_words_of_a_protected_person_want_a_consent(kind: str, severity: str) -> None:
    kept = _case()
    (flag,) = drawn("consent-missing", kept, _sent(kept, kind=kind))
    assert flag.severity == severity
    assert flag.message.startswith("No consent of W-1 (p.w1) is recorded;")
    assert flag.message.endswith("rests on their words: c1.")
    given = _case(_consent())
    assert drawn("consent-missing", given, _sent(given, kind=kind)) == []


def test_a_rejected_consent_is_none_and_the_diagnosis_stays_in_the_house() -> None:
    judged = (Judgement(target="k1", verdict="rejected"),)
    kept = _case(_consent(), judgements=judged)
    assert len(drawn("consent-missing", kept, _sent(kept))) == 1
    assert drawn("consent-missing", kept, _sent(kept, kind="diagnosis")) == []


def test_what_else_an_unpublished_paper_of_theirs_holds_wants_it_too() -> None:
    kept = _case()
    (flag,) = drawn("consent-missing", kept, _sent(kept, "c2"))
    assert flag.message.endswith("rests on their words: c2.")
    for told in ({"publisher": "The Ledger"}, {"url": "https://ledger.example/1"}):
        paper = source("s.w1", **told)
        published = msgspec.structs.replace(kept, sources={"s.w1": paper})
        assert drawn("consent-missing", published, _sent(published, "c2")) == []


def test_a_named_victim_is_asked_and_a_bystander_is_not() -> None:
    kept = _case(speaker="p.ada", party=VICTIM)
    assert [f.severity for f in drawn("consent-missing", kept, _sent(kept))] == ["blocks"]
    paper = source("s.w1", publisher="The Ledger")
    published = msgspec.structs.replace(kept, sources={"s.w1": paper})
    (flag,) = drawn("consent-missing", published, _sent(published))
    assert flag.severity == "warning"
    assert flag.hint.startswith("Their words were published by others already")
    nobody = _case(speaker="p.zand", party=VICTIM)
    assert drawn("consent-missing", nobody, _sent(nobody)) == []
    town = _case(speaker="p.ada", party=msgspec.structs.replace(VICTIM, kind="body"))
    assert drawn("consent-missing", town, _sent(town)) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"uses": ("advocacy",)}, "covers advocacy, not a filing for sanctions"),
        ({"withdrawn": Edtf("2024-02-01")}, "was taken back on 1 February 2024"),
        ({"review": Edtf("2024-03-04")}, "was to be asked anew by 4 March 2024"),
        ({"sources": ("s.other",)}, "covers s.other, not s.w1"),
        (
            {"identity": "not-at-all"},
            "asks that they do not appear at all, and the pseudonym is printed",
        ),
    ],
)
def test_a_consent_for_less_does_not_cover_it(fields: dict, why: str) -> None:
    kept = _case(_consent(**fields))
    (flag,) = drawn("consent-scope", kept, _sent(kept))
    assert flag.blocks
    assert flag.message == (
        f"The consent of W-1 (k1) does not cover dossier-zand-xt: it {why}. Their words: c1."
    )
    assert drawn("consent-missing", kept, _sent(kept)) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"uses": ("sanctions-filing", "court")},
        {"review": Edtf("2024-03-05")},
        {"sources": ("s.w1",)},
        {"identity": "named"},
    ],
)
def test_a_consent_for_as_much_covers_it(fields: dict) -> None:
    kept = _case(_consent(**fields))
    assert drawn("consent-scope", kept, _sent(kept)) == []


def test_who_does_not_appear_may_be_relied_on() -> None:
    kept = _case(_consent(identity="not-at-all"))
    assert drawn("consent-scope", kept, _sent(kept, words="A person saw it.")) == []


def test_one_of_two_consents_is_enough() -> None:
    kept = _case(_consent(uses=("court",)), _consent(id="k2"))
    assert drawn("consent-scope", kept, _sent(kept)) == []


def test_a_person_named_where_a_pseudonym_was_agreed_is_stopped() -> None:
    kept = _case(_consent(of="p.ada"), speaker="p.ada", party=VICTIM)
    (flag,) = drawn("consent-scope", kept, _sent(kept))
    assert "asks for a pseudonym, and the case names the person" in flag.message


def test_a_name_in_a_public_file_wants_consent_to_publication() -> None:
    named = _consent(of="p.ada", identity="named")
    kept = _case(named, speaker="p.ada", party=VICTIM)
    (flag,) = drawn("consent-scope", kept, _sent(kept))
    assert "does not cover publication under the name" in flag.message
    assert drawn("consent-scope", kept, _sent(kept, marking="For officials only")) == []
    society = msgspec.structs.replace(kept, requester=Requester(name="Society", kind="ngo"))
    assert drawn("consent-scope", society, _sent(society, kind="letter")) == []
    public = msgspec.structs.replace(
        kept, consents={"k1": msgspec.structs.replace(named, uses=(*named.uses, "publication"))}
    )
    assert drawn("consent-scope", public, _sent(public)) == []


def test_a_consent_for_one_office_is_not_for_another() -> None:
    kept = _case(_consent(recipients=("the Department of the Treasury",)))
    other = _sent(kept, kind="letter", office="us.state.secretary")
    (flag,) = drawn("consent-scope", kept, other)
    assert flag.severity == "warning"
    assert "is for the Department of the Treasury; letter goes to the Secretary" in flag.message
    right = _sent(kept, kind="letter", office="us.treasury.secretary")
    assert drawn("consent-scope", kept, right) == []


GUARD = msgspec.structs.replace(
    WITNESS,
    pseudonym="W-1, a former guard",
    posts=(Post(title="Guard", body="p.unit"),),
    birthplace="Aresh",
)
TOLD = "W-1, a former guard, said that guards beat detainees in the yard on 4 February 2023."


def _seen(party: Party = GUARD, *, mode: str = "witnessed", date: str = "2023-02-04"):
    kept = _case(party=party)
    told = act(date=Edtf(date), place="yard")
    saw = msgspec.structs.replace(kept.claims["c1"], mode=mode)
    return msgspec.structs.replace(kept, allegations={"a1": told}, claims={"c1": saw})


def test_details_that_together_pick_a_witness_out_are_listed() -> None:
    kept = _seen()
    (flag,) = drawn("witness-identifiable", kept, _sent(kept, words=TOLD, kind="letter"))
    assert flag.severity == "warning"
    assert flag.message.endswith(
        "from what is printed together: what they were (“W-1, a former guard”); the day (4 "
        "February 2023); the place (yard)."
    )


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (_seen(WITNESS), "W-1 said that guards beat detainees in the yard on 4 February 2023."),
        (_seen(mode="reported"), TOLD),
        (_seen(), "One who was there said that men were beaten in the yard on 4 February 2023."),
        (_seen(date="2023"), TOLD),
        (_seen(), "W-1, a former guard, said that guards beat detainees on 4 February 2023."),
        (
            _seen(msgspec.structs.replace(WITNESS, pseudonym="W-1, a former detainee")),
            TOLD.replace("guard,", "detainee,"),
        ),
    ],
)
def test_what_fits_many_people_is_let_be(kept, words: str) -> None:
    assert drawn("witness-identifiable", kept, _sent(kept, words=words, kind="letter")) == []


def test_the_unit_and_the_birthplace_count_as_details() -> None:
    kept = _seen(mode="reported")
    words = "W-1, a former guard of the Ninth Brigade, born at Aresh, said so."
    pseudonym = msgspec.structs.replace(GUARD, pseudonym="W-1, a former guard")
    kept = msgspec.structs.replace(kept, parties={**kept.parties, "p.w1": pseudonym})
    (flag,) = drawn("witness-identifiable", kept, _sent(kept, words=words, kind="letter"))
    assert "where they served (Ninth Brigade)" in flag.message
    assert "where they were born (Aresh)" in flag.message


def test_only_what_rests_on_the_witness_counts() -> None:
    kept = _seen(mode="reported")
    birth = msgspec.structs.replace(GUARD, born=Edtf("1988-05-01"))
    kept = msgspec.structs.replace(kept, parties={**kept.parties, "p.w1": birth})
    before = sentence("The Ninth Brigade was raised at Aresh.", "context")
    own = sentence(
        "W-1, a former guard, said so.", bindings=bound(kept, "c1"), allegations=("a1",), id="s2"
    )
    assert drawn("witness-identifiable", kept, letter(before, own)) == []
    told = msgspec.structs.replace(
        own, text="W-1, a former guard of the Ninth Brigade, born in 1988, said so."
    )
    (flag,) = drawn("witness-identifiable", kept, letter(before, told))
    assert flag.where == "s2 of letter"
    assert "the year of their birth (1988)" in flag.message
    later = msgspec.structs.replace(told, id="s3")
    (flag,) = drawn("witness-identifiable", kept, letter(before, told, later))
    assert flag.where == "s2 of letter"


def test_an_allegation_with_the_words_of_a_protected_person_is_told() -> None:
    words = "He stood in the door. He told the guards to go on until the men had signed."
    told = act(words="the colonel told the guards to go on until the men had signed")
    secret = claim(
        "c1", "a1", words, "He told the guards to go on until the men had signed.", speaker="p.w1"
    )
    open_ = claim("c2", "a1", words, "He stood in the door.")
    sources = {"s.report": words}

    def of(*claims, **more):
        return case(
            sources=sources, parties=(TARN, UNIT, COLONEL, WITNESS), allegations=(told,),
            claims=claims, **more,
        )  # fmt: skip

    (flag,) = drawn("protected-words-in-allegation", of(secret, open_))
    assert "what W-1 says (claim c1)" in flag.message
    assert drawn("protected-words-in-allegation", of(secret)) == []  # veiled as a whole
    both = claim("c2", "a1", words, "He told the guards to go on until the men had signed.")
    assert drawn("protected-words-in-allegation", of(secret, both)) == []
    agreed = {"k1": _consent(uses=("publication", "sanctions-filing"))}
    assert drawn("protected-words-in-allegation", of(secret, open_, consents=agreed)) == []
