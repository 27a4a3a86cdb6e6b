"""Hostile input: whatever the texts, names and references are, the checks raise nothing."""

import time

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gravamen.checks import check_case, check_instruments
from gravamen.claims import Claim
from gravamen.parties import Name, Party, Post
from gravamen.sources.source import Passage
from gravamen.submission import Argument, Consent, LawReview, Search

from .building import ON, Edtf, act, bound, case, dossier, law, letter, request, sentence, tarn_law

WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["WHEREAS, all aid.", "“", "“”", "five signatures", "\u202e", "Артsakh", "FY 2020", "must",
         "which Tarn calls the X", "2023-02-30", "..", "1/0", "Tarn", "us.eo13818", "", "\x00"]
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(WORDS, min_size=1, max_size=6), other=WORDS, edtf=WORDS, at=st.integers(0, 80)
)
def test_no_text_name_date_or_reference_breaks_a_check(words, other, edtf, at) -> None:
    text = "\n".join(words)
    passage = Passage(source="s.motion", exact=other, start=at, end=at + len(other))
    person = Party(
        id="p.x",
        kind="person",
        names=(Name(text=other),),
        born=Edtf(edtf),
        posts=(Post(title=other, body=other, start=Edtf(edtf), end=Edtf(edtf)),),
    )
    hidden = Party(id="p.y", kind="person", names=(Name(text=edtf),), protected=True)
    kept = case(
        motion=text,
        parties=(person, hidden),
        allegations=(act("a1", other, date=Edtf(edtf)),),
        claims=(
            Claim(id="c1", about="a1", passage=passage, speaker=other, said_on=Edtf(edtf)),
            Claim(id="c2", about="a1", passage=passage, speaker="p.y", mode="witnessed"),
        ),
        requests=(
            request("r1", target="p.x", authority=other, authority_words=text),
            request("r2", target_words=other, addressees=(other,), addressee_words=(edtf,)),
        ),
    )
    sent = letter(
        sentence(text, bindings=bound(kept, "c1", "c2"), allegations=("a1",), quotes=(other,)),
        sentence(other, "request", request="r1", id="s2"),
    )
    told = {
        "consents": Consent(
            id="k1", of="p.y", uses=(), identity="not-at-all", on=Edtf(edtf), method=other,
            sources=(other,), recipients=(text,), withdrawn=Edtf(edtf), review=Edtf(edtf),
        ),
        "searches": Search(
            id="h1", topic="adverse", where=other, on=Edtf(edtf), by=other, party=other,
            claims=(other, "c1"),
        ),
        "arguments": Argument(id="g1", topic="interest", text=text, claims=(other,)),
        "law_reviews": LawReview(of=other, by=other, on=Edtf(edtf), against=text, edition=other),
    }  # fmt: skip
    kept = msgspec.structs.replace(kept, **{k: {"x": v} for k, v in told.items()})
    parts = (*sent.sentences(), sentence(text, "argument", id="s3"))
    files = [dossier(*parts, at=at_, party=p) for at_ in (other, "context") for p in ("p.x", other)]
    check_case(kept, tarn_law(), on=ON)
    for file in (sent, *files):
        check_instruments(kept, tarn_law(), (file,), on=ON, covered=str.isascii)


@pytest.mark.parametrize(
    "piece",
    ["“", "WHEREAS ", "all ", "that Aa Bb ", "must ", '"', "and the ", "it is a ", "\u202e"],
)
def test_a_long_text_of_one_piece_takes_no_long_time(piece: str) -> None:
    words = piece * (40_000 // len(piece)) + "x"
    sent = letter(*(sentence(words, kind) for kind in ("form", "context", "request")))
    began = time.perf_counter()
    check_instruments(case(), law(), (sent,), on=ON)
    check_case(case(motion=words), law(), on=ON)
    assert time.perf_counter() - began < 5
