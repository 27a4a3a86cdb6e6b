"""Tests of checks/regimes.py: the term of a law, what it covers, what its desk wants."""

import datetime

import msgspec
import pytest

from gravamen.case import Judgement
from gravamen.checks import check_case
from gravamen.claims import Role
from gravamen.law.authority import Term
from gravamen.law.review import with_reviews
from gravamen.sentences import Block, Section
from gravamen.submission import Argument, LawReview

from .building import (
    ON,
    Edtf,
    act,
    case,
    claim,
    dossier,
    drawn,
    law,
    letter,
    raised,
    request,
    sentence,
    tarn_law,
)
from .test_signatures import opened, signed

REPORT = "Guards beat detainees. Men were held without charge."


def _review(edition: str, of: str = "us.eo13818") -> LawReview:
    return LawReview(
        of=of, by="Counsel", on=Edtf("2024-02-20"), against="the Federal Register", edition=edition
    )


def _reviewed(edition: str, of: str = "us.eo13818"):
    return msgspec.structs.replace(case(), law_reviews={of: _review(edition, of)})


def test_a_law_that_changed_since_it_was_compared_is_stopped() -> None:
    today = law().edition_of("us.eo13818")
    assert raised("law-changed-since", _reviewed(today)) == []
    (flag,) = raised("law-changed-since", _reviewed("0" * 16))
    assert flag.blocks
    assert flag.message.startswith(
        "Executive Order 13818 (us.eo13818) has changed since Counsel compared it with the Federal "
        "Register on 20 February 2024 (edition 0000000000000000): its edition is "
    )
    (gone,) = raised("law-changed-since", _reviewed("0" * 16, "xx.none"))
    assert gone.message.endswith("the law data hold it no more.")


def test_a_review_that_was_taken_up_is_current() -> None:
    today = law().edition_of("us.eo13818")
    reviewed = with_reviews(law(), {"us.eo13818": today})
    kept = _reviewed(today)
    assert "law-changed-since" not in {f.id for f in check_case(kept, reviewed, on=ON)}


def test_a_text_by_another_edition_of_the_law_is_stopped() -> None:
    sent = letter(sentence("We ask.", "request"), law_edition=law().edition)
    assert drawn("law-changed-since", case(), sent) == []
    old = msgspec.structs.replace(sent, law_edition="f" * 64)
    (flag,) = drawn("law-changed-since", case(), old)
    assert flag.message.startswith("The law data have changed since letter was written:")
    bare = msgspec.structs.replace(sent, law_edition="")
    assert drawn("law-changed-since", case(), bare) == []
    own = msgspec.structs.replace(old, kind="diagnosis")
    assert drawn("law-changed-since", case(), own) == []


def test_a_signed_text_by_another_edition_is_stopped_only_where_its_law_is_gone() -> None:
    acts = (opened(), signed(1), signed(2))
    of = msgspec.structs.replace(case(), signings={a.id: a for a in acts})
    wrote = letter(
        sentence("Under the Order we ask.", "request", authority="us.eo13818"), law_edition="f" * 64
    )

    (flag,) = drawn("law-changed-since", of, wrote)
    assert (flag.severity, flag.blocks) == ("warning", False)
    assert "it cites Executive Order 13818 (us.eo13818), in force" in flag.message
    assert " signed it (r1); " in flag.message
    assert flag.message.endswith("in force as before.")
    (unsigned,) = drawn("law-changed-since", case(), wrote)
    assert unsigned.blocks

    real = law()
    ended = msgspec.structs.replace(
        real.authorities["us.eo13818"], effective_to=ON - datetime.timedelta(days=1)
    )
    over = msgspec.structs.replace(real, authorities={**real.authorities, "us.eo13818": ended})
    (stopped,) = drawn("law-changed-since", of, wrote, book=over)
    assert stopped.blocks and "is no longer in force or on file" in stopped.message
    kept = {k: v for k, v in real.authorities.items() if k != "us.eo13818"}
    (gone,) = drawn("law-changed-since", of, wrote,
                    book=msgspec.structs.replace(real, authorities=kept))  # fmt: skip
    assert gone.blocks


TERM = Term(
    what="the framework and the listings",
    until=datetime.date(2024, 4, 10),
    cite="Persons Act",
    as_of=Edtf("2024"),
)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (datetime.date(2024, 2, 9), None),
        (datetime.date(2024, 2, 10), "run to 10 April 2024; 60 days are left"),
        (datetime.date(2024, 4, 9), "run to 10 April 2024; 1 day is left"),
        (datetime.date(2024, 4, 10), "run to 10 April 2024; this is the last day"),
        (datetime.date(2024, 4, 11), "ran to 10 April 2024"),
    ],
)
def test_a_law_that_runs_out_is_told_of(on: datetime.date, told: str | None) -> None:
    book = tarn_law(term=TERM)
    flags = drawn("regime-ends-soon", case(), dossier(sentence("x")), book=book, on=on)
    assert [f.severity for f in flags] == ["warning"] * bool(told)
    if told:
        assert flags[0].message == (
            f"Persons Act: the framework and the listings {told}, and a renewal was not found."
        )


def test_a_request_under_a_law_that_runs_out_is_told_of_too() -> None:
    kept = case(requests=(request(authority="xt.persons", target="p.zand"),))
    flags = raised("regime-ends-soon", kept, book=tarn_law(term=TERM), on=TERM.until)
    assert [f.where for f in flags] == ["r1"]
    assert raised("regime-ends-soon", kept, book=tarn_law()) == []


def _alleged(*acts: str, role: str = "alleged-perpetrator", stance: str = "affirms"):
    by = (Role(kind=role, party="p.zand"),)
    told = tuple(act(f"a{n}", REPORT, act=word, roles=by) for n, word in enumerate(acts, 1))
    claims = tuple(
        claim(f"c{n}", f"a{n}", REPORT, "Guards beat detainees.", stance=stance)
        for n in range(1, len(told) + 1)
    )
    return case(sources={"s.report": REPORT}, allegations=told, claims=claims)


def test_detention_alone_under_a_law_that_does_not_cover_it_is_stopped() -> None:
    kept = _alleged("detention", "command")
    (flag,) = drawn("act-not-covered", kept, dossier(sentence("x")), book=tarn_law())
    assert flag.blocks
    assert flag.message == (
        "What is alleged of Orvel Zand, detention (a1), is not covered by Persons Act: The Act "
        "says no to it."
    )


def test_another_law_that_covers_the_act_is_named() -> None:
    book = tarn_law()
    persons = book.authorities["xt.persons"]
    abroad = msgspec.structs.replace(
        persons, id="xq.persons", short="Quay Act", jurisdiction="xq", prongs=()
    )
    row = book.coverage["detention"]
    covers = msgspec.structs.replace(row.cells[0], authority="xq.persons", covers="yes")
    cells = msgspec.structs.replace(row, cells=(*row.cells, covers))
    wider = msgspec.structs.replace(
        book,
        authorities={**book.authorities, "xq.persons": abroad},
        coverage={**book.coverage, "detention": cells},
    )
    (flag,) = drawn("act-not-covered", _alleged("detention"), dossier(sentence("x")), book=wider)
    assert flag.hint == "Such acts are covered by Quay Act."
    (flag,) = drawn("act-not-covered", _alleged("detention"), dossier(sentence("x")), book=book)
    assert flag.hint.startswith("Recommend it under a law that covers the acts")


@pytest.mark.parametrize("acts", [("torture",), ("detention", "torture"), ("killing",), ()])
def test_what_a_law_covers_or_is_silent_on_is_let_be(acts: tuple[str, ...]) -> None:
    flags = drawn("act-not-covered", _alleged(*acts), dossier(sentence("x")), book=tarn_law())
    assert flags == []


def test_an_act_that_is_only_denied_is_nobodys() -> None:
    kept = _alleged("detention", stance="denies")
    assert drawn("act-not-covered", kept, dossier(sentence("x")), book=tarn_law()) == []


def test_a_desk_that_wants_an_argument_gets_it() -> None:
    book = tarn_law(arguments=("interest", "gravity"))
    (flag,) = drawn("argument-missing", case(), dossier(sentence("x")), book=book)
    assert flag.blocks
    assert flag.message == (
        "Nothing in the case says why it lies in the interest of the state that is asked; or why "
        "it is among the gravest. Expected under Persons Act."
    )
    asked = letter(sentence("We ask.", "request", authority="xt.persons"))
    assert [f.severity for f in drawn("argument-missing", case(), asked, book=book)] == ["warning"]
    thanks = letter(sentence("We argue.", "argument", authority="xt.persons"))
    assert drawn("argument-missing", case(), thanks, book=book) == []


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({}, False),
        ({"authorities": ("xt.persons",), "party": "p.zand"}, False),
        ({"authorities": ("us.eo13818",)}, True),
        ({"party": "p.unit"}, True),
        ({"topic": "effect"}, True),
        ({"text": " "}, True),
    ],
)
def test_an_argument_for_another_law_or_party_is_none(fields: dict, missing: bool) -> None:
    given = {"id": "g1", "topic": "interest", "text": "It serves the peace."}
    one = Argument(**{**given, **fields})
    kept = msgspec.structs.replace(case(), arguments={"g1": one})
    book = tarn_law(arguments=("interest",))
    assert bool(drawn("argument-missing", kept, dossier(sentence("x")), book=book)) is missing
    rejected = msgspec.structs.replace(
        kept, judgements=(Judgement(target="g1", verdict="rejected"),)
    )
    assert len(drawn("argument-missing", rejected, dossier(sentence("x")), book=book)) == 1


def test_a_section_that_the_desk_needs_is_there_and_not_empty() -> None:
    book = tarn_law(contents=("cover", "incidents", "legal"))
    empty = Section(heading="Law", id="legal")
    full = msgspec.structs.replace(empty, blocks=(Block(sentences=(sentence("x", "form"),)),))
    (flag,) = drawn("section-missing", case(), dossier(sentence("x"), sections=(empty,)), book=book)
    assert flag.message == (
        "dossier-zand-xt has nothing in legal, which a file under Persons Act needs."
    )
    assert (
        drawn("section-missing", case(), dossier(sentence("x"), sections=(full,)), book=book) == []
    )
