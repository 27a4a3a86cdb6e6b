"""Tests of reading/read.py: the same bytes each time, true places, no text that breaks it."""

import base64
import random
import re
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest

from gravamen.reading.proposal import Reading
from gravamen.reading.read import READER, numbered, read
from gravamen.values import GravamenError, sha256

from .marked import parse

UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.txt"))
# Broken words, odd spaces, marks of several languages: places must still be those of the text.
ROUGH = (
    "REP0RT\r\nOn 3\u00a0May 2024 sol-\r\ndiers of Velda killed four farm-\nners near “Aresh”, "
    "the Panel said\u200b.\n\n«Nobody was beaten», said the Min-\nistry of Jus-\ntice of Velda.\n"
)


def _texts() -> list[str]:
    return [ROUGH, *(parse(path.read_text("utf-8"))[0] for path in UNSEEN)]


@pytest.mark.parametrize("text", _texts())
def test_the_same_text_gives_the_same_bytes(text):
    first, second = (
        msgspec.json.encode(read(text, reference_date=date(2024, 5, 14))) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("text", _texts())
def test_every_proposal_is_the_slice_that_it_claims(text):
    reading = read(text)
    assert [p.text for p in reading.proposals] == [text[p.start : p.end] for p in reading.proposals]
    assert all(p.text.strip() == p.text != "" for p in reading.proposals)


@pytest.mark.parametrize("text", _texts())
def test_ids_are_unique_and_follow_the_text_longer_first(text):
    proposals = read(text).proposals
    assert [p.id for p in proposals] == [f"p{n}" for n in range(1, len(proposals) + 1)]
    places = [(p.start, -p.end) for p in proposals]
    assert places == sorted(places)


def test_every_proposal_names_its_rule_and_says_why_in_a_sentence():
    for proposal in read(ROUGH).proposals:
        assert proposal.rule
        assert proposal.why[:1].isupper() and proposal.why.endswith(".")


def test_the_reading_names_its_source_and_its_reader():
    reading = read("Velda fell.", reference_date=date(2024, 5, 14))
    assert reading.reader == READER
    assert reading.source.sha256 == sha256(b"Velda fell.")
    assert (reading.source.chars, reading.source.reference_date) == (11, "2024-05-14")


def test_a_reading_survives_its_own_json():
    reading = read(ROUGH)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_numbering_does_not_depend_on_the_order_of_finding():
    proposals = read(ROUGH).proposals
    shuffled = random.Random(3).sample(proposals, len(proposals))
    assert numbered(shuffled) == proposals


def test_half_of_a_surrogate_pair_is_refused_with_its_place():
    with pytest.raises(GravamenError, match=r"lone surrogate, '\\ud83d', at offset 6"):
        read("Velda \ud83d said")


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\r\n", "\ufeff", "\u200b", ".", "—"])
def test_a_text_without_words_gives_an_empty_reading(text):
    assert read(text).proposals == ()


_LONG = {
    "brackets": "(" * 50_000,
    "marks": '"' * 10_000 + "'" * 10_000,
    "commas": "a, " * 50_000,
    "no full stop": "word " * 100_000,
    "full stops": "." * 20_000,
    "capitals": "THE GOVERNMENT OF " * 1_500,
    "numbers": "1, " * 2_000 + "two hundred " * 1_000,
    "sections": "Section 1 and 2, " * 1_000 + "§" * 10_000,
    "verbs": "killed, " * 250 + "ask to " * 250 + "he said that " * 150,
    "broken words": "abc-\n" * 5_000,
    "one word": "x" * 100_000,
    "a megabyte of junk": base64.b64encode(random.Random(1).randbytes(750_000)).decode(),
}


@pytest.mark.parametrize("text", _LONG.values(), ids=_LONG)
def test_a_hostile_text_is_read_in_the_time_of_any_other(text):
    began = time.process_time()
    read(text, reference_date=date(2024, 5, 14))
    assert time.process_time() - began < 2 + 8 * len(text) / 200_000


_SOUP = (
    *re.findall(
        r"\S+",
        "and or that of by the not no as many up to between at least 1 2 two half dozens 2020 May "
        "Friday said denied killed asked should will have been is was A Velda Board Ministry in on "
        "( ) [ ] \" ' « » - — , ; : . ? 's s' § $ % … ² ٣ I you they who which",
    ),
    "\n",
    "\n\n",
    "a-\nb",
)


@pytest.mark.parametrize("seed", range(40))
def test_no_order_of_words_and_marks_breaks_it(seed):
    chance = random.Random(seed)
    text = " ".join(chance.choices(_SOUP, k=chance.randint(1, 120)))
    for proposal in read(text, reference_date=date(2024, 2, 29)).proposals:
        assert text[proposal.start : proposal.end] == proposal.text


@pytest.mark.parametrize(
    "text",
    [
        "There were as many",
        "un   million de personnes",
        "le 31 décembre 9999 and the next day",
        "on 0 January 0000 and 99.99.9999",
        "9" * 5000 + " people",
        "go " + "to go " * 900,
        "hit," * 1000,
        "Paris London " * 1000,
        "'" * 4000 + " he said",
    ],
)
def test_what_once_broke_a_rule_is_read(text):
    read(text, reference_date=date(1, 1, 1))
