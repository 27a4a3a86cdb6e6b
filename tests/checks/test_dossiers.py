"""Tests of checks/dossiers.py: the person, the link, the age of the acts, who submits."""

import msgspec
import pytest

from gravamen.case import Judgement, Requester
from gravamen.claims import Role
from gravamen.parties import Post
from gravamen.requests import Request
from gravamen.submission import Search, Submitter

from .building import (
    COLONEL,
    TARN,
    UNIT,
    Edtf,
    act,
    case,
    claim,
    dossier,
    drawn,
    letter,
    sentence,
    tarn_law,
)

REPORT = "Guards beat detainees. Zand stood in the yard."
SAID = sentence("Guards beat detainees.")


def _of(**fields):
    person = msgspec.structs.replace(COLONEL, **fields)
    return case(parties=(TARN, UNIT, person))


def _looked(kept, **fields):
    given = {
        "id": "h1",
        "topic": "identity",
        "where": "the register of births",
        "on": Edtf("2024-01-09"),
        "by": "counsel",
        "party": "p.zand",
    }
    return msgspec.structs.replace(kept, searches={"h1": Search(**{**given, **fields})})


def test_a_person_without_a_year_of_birth_is_stopped_until_somebody_looked() -> None:
    kept = _of(born=None)
    (flag,) = drawn("birth-unknown", kept, dossier(SAID))
    assert flag.blocks
    assert flag.message == "No date or year of birth of Orvel Zand is recorded."
    (flag,) = drawn("birth-unknown", _looked(kept), dossier(SAID))
    assert flag.severity == "warning"
    other = _looked(kept, party="p.unit")
    assert drawn("birth-unknown", other, dossier(SAID))[0].blocks
    judged = (Judgement(target="h1", verdict="rejected"),)
    rejected = msgspec.structs.replace(_looked(kept), judgements=judged)
    assert drawn("birth-unknown", rejected, dossier(SAID))[0].blocks


@pytest.mark.parametrize("born", ["1970", "197X", "1970-03-02"])
def test_a_year_of_birth_is_enough(born: str) -> None:
    assert drawn("birth-unknown", _of(born=Edtf(born)), dossier(SAID)) == []


def test_a_unit_is_not_born_and_a_letter_is_no_dossier() -> None:
    kept = _of(born=None)
    assert drawn("birth-unknown", kept, dossier(SAID, party="p.unit")) == []
    assert drawn("birth-unknown", kept, letter(SAID)) == []


def test_posts_have_dates() -> None:
    bare = Post(title="Deputy", body="p.unit", end=Edtf(".."))
    (flag,) = drawn("post-undated", _of(posts=(bare,)), dossier(SAID))
    assert flag.blocks
    assert flag.message == "Orvel Zand: the post 'Deputy' has no dates."
    (flag,) = drawn("post-undated", _of(posts=(bare, *COLONEL.posts)), dossier(SAID))
    assert flag.severity == "warning"
    ended = msgspec.structs.replace(bare, end=Edtf("2023"))
    assert drawn("post-undated", _of(posts=(ended,)), dossier(SAID)) == []
    assert drawn("post-undated", _of(posts=()), dossier(SAID)) == []


def _tied(kind: str, *, word: str = "torture", party: str = "p.zand", serves=(), **fields):
    roles = (Role(kind=kind, party=party),)
    fields.setdefault("date", Edtf("2023-02-04"))
    return case(
        sources={"s.report": REPORT},
        allegations=(act(act=word, roles=roles, **fields),),
        claims=(claim("c1", "a1", REPORT, "Guards beat detainees.", serves=serves),),
    )


@pytest.mark.parametrize(
    "kept",
    [
        _tied("commander"),
        _tied("official"),
        _tied("alleged-perpetrator", party="p.unit"),
        _tied("commander", serves=("el.xt.act",)),
        _tied("commander", serves=("post:p.zand/1",)),
    ],
)
def test_rank_alone_is_no_link(kept) -> None:
    (flag,) = drawn("link-by-rank-only", kept, dossier(SAID), book=tarn_law())
    assert flag.blocks
    assert flag.message == "Nothing ties Orvel Zand to a1 but the post (Commander)."


@pytest.mark.parametrize(
    "kept",
    [
        _tied("alleged-perpetrator"),
        _tied("supplier"),
        _tied("commander", word="command"),
        _tied("official", word="failure-to-investigate"),
        _tied("commander", serves=("el.xt.did",)),
        case(),
    ],
)
def test_what_a_person_did_ordered_or_left_undone_is_a_link(kept) -> None:
    assert drawn("link-by-rank-only", kept, dossier(SAID), book=tarn_law()) == []


def test_to_have_seen_what_the_unit_did_is_no_doing() -> None:
    kept = _tied("commander", word="command", party="p.unit")
    seen = (*kept.allegations["a1"].roles, Role(kind="witness", party="p.zand"))
    saw = msgspec.structs.replace(kept.allegations["a1"], roles=seen)
    kept = msgspec.structs.replace(kept, allegations={"a1": saw})
    assert len(drawn("link-by-rank-only", kept, dossier(SAID), book=tarn_law())) == 1


def test_a_law_that_reaches_leaders_by_the_post_makes_it_a_warning() -> None:
    (flag,) = drawn(
        "link-by-rank-only", _tied("commander"), dossier(SAID), book=tarn_law(leads=True)
    )
    assert flag.severity == "warning"
    assert flag.hint.startswith("Persons Act can reach a leader by the post alone;")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2019-03-06", None),
        ("2019-03-05", "is of 5 March 2019, 5 years before this. A post is still held."),
        ("2019", None),
        ("2018", "is of 2018, 5 years before this."),
        (
            "2013-05/2014-01",
            "is of May 2013 to January 2014, 10 years before this. Few are listed for acts as old",
        ),
        ("2013/..", None),
        ("no date", None),
    ],
)
def test_old_acts_are_told_of_and_never_stopped(date: str, words: str | None) -> None:
    kept = _tied("alleged-perpetrator", date=Edtf(date))
    flags = drawn("acts-old", kept, dossier(SAID))
    assert [f.severity for f in flags] == ["warning"] * bool(words)
    if words:
        assert words in flags[0].message


def test_a_later_act_makes_it_current() -> None:
    kept = _tied("alleged-perpetrator", date=Edtf("2010"))
    late = act("a2", roles=(Role(kind="commander", party="p.unit"),), date=Edtf("2023"))
    more = claim("c2", "a2", REPORT, "Zand stood in the yard.")
    both = msgspec.structs.replace(
        kept, allegations={**kept.allegations, "a2": late}, claims={**kept.claims, "c2": more}
    )
    assert drawn("acts-old", both, dossier(SAID)) == []
    assert len(drawn("acts-old", kept, dossier(SAID))) == 1


def test_who_submits_and_who_pays_is_said() -> None:
    (flag,) = drawn("submitter-undisclosed", case(), dossier(SAID))
    assert flag.severity == "warning"
    about = Submitter(mandate="It serves the county.", standing="It heard the families.")
    told = Requester(name="Board", about=about)
    (flag,) = drawn("submitter-undisclosed", case(requester=told), dossier(SAID))
    assert flag.severity == "note"
    open_ = msgspec.structs.replace(about, interests="It is paid from county funds.")
    full = Requester(name="Board", about=open_)
    assert drawn("submitter-undisclosed", case(requester=full), dossier(SAID)) == []
    assert drawn("submitter-undisclosed", case(), letter(SAID)) == []


def test_a_body_that_votes_recommends_only_what_it_asks() -> None:
    asked = Request(id="r1", measure="sanctions", authority="xt.persons", target="p.zand")
    assert drawn("not-asked", case(requests=(asked,)), dossier(SAID), book=tarn_law()) == []
    (flag,) = drawn("not-asked", case(), dossier(SAID), book=tarn_law())
    assert flag.severity == "draft" and "has not resolved" in flag.message
    other = msgspec.structs.replace(asked, target="p.unit")
    assert drawn("not-asked", case(requests=(other,)), dossier(SAID), book=tarn_law())
    society = Requester(name="Society", kind="ngo")
    assert drawn("not-asked", case(requester=society), dossier(SAID), book=tarn_law()) == []
