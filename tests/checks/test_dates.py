"""Tests of checks/dates.py: days that cannot be, and posts that do not cover the acts."""

import msgspec
import pytest

from gravamen.claims import Role
from gravamen.parties import Post
from gravamen.submission import Consent, Search

from .building import COLONEL, TARN, UNIT, Edtf, act, case, claim, raised, request

REPORT = "Guards beat detainees."


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2023-02-30", "is not a day of the calendar"),
        ("last spring", "is not a date"),
        ("2024-03-06", "after the day of the request (5 March 2024)"),
        ("1969", "before the birth of Orvel Zand (1970-03-02)"),
    ],
)
def test_an_act_cannot_be_on_a_day_that_is_none(edtf: str, words: str) -> None:
    accused = Role(kind="alleged-perpetrator", party="p.zand")
    flags = raised("date-impossible", case(allegations=(act(date=Edtf(edtf), roles=(accused,)),)))
    assert any(words in f.message and f.blocks for f in flags)


def test_possible_dates_are_let_be() -> None:
    accused = Role(kind="alleged-perpetrator", party="p.zand")
    for edtf in ("2024-03-05", "2023", "2023-21", "1970~", "2023-02-02/2023-02-09"):
        assert (
            raised("date-impossible", case(allegations=(act(date=Edtf(edtf), roles=(accused,)),)))
            == []
        )


def test_a_claim_made_before_the_act_is_impossible() -> None:
    told = claim("c1", "a1", REPORT, REPORT, said_on=Edtf("2022-12"))
    early = case(
        sources={"s.report": REPORT}, allegations=(act(date=Edtf("2023-02-04")),), claims=(told,)
    )
    (flag,) = raised("date-impossible", early)
    assert flag.message == (
        "Claim c1 is of December 2022, before what it says happened (4 February 2023)."
    )
    later = msgspec.structs.replace(told, said_on=Edtf("2023-02"))
    kept = msgspec.structs.replace(early, claims={"c1": later})
    assert raised("date-impossible", kept) == []


def test_a_post_does_not_end_before_it_begins() -> None:
    wrong = Post(title="Commander", body="p.unit", start=Edtf("2022-05"), end=Edtf("2021"))
    (flag,) = raised(
        "date-impossible", case(parties=(msgspec.structs.replace(COLONEL, posts=(wrong,)),))
    )
    assert "ends (2021) before it begins (2022-05)" in flag.message


def test_a_source_printed_after_the_request_is_a_warning() -> None:
    kept = case(sources={"s.report": REPORT})
    late = msgspec.structs.replace(kept.sources["s.report"], published=Edtf("2025-01-01"))
    (flag,) = raised("date-impossible", msgspec.structs.replace(kept, sources={"s.report": late}))
    assert flag.severity == "warning"


@pytest.mark.parametrize(
    ("edtf", "outside"), [("2020-12-31", True), ("2021-01-01", False), (None, False)]
)
def test_a_post_that_misses_the_act_by_a_day_is_seen(edtf: str | None, outside: bool) -> None:
    charged = act(
        date=Edtf(edtf) if edtf else None, roles=(Role(kind="commander", party="p.zand"),)
    )
    flags = raised(
        "tenure-outside-acts", case(parties=(TARN, UNIT, COLONEL), allegations=(charged,))
    )
    assert [f.message for f in flags] == (
        [
            (
                "Orvel Zand held the post of Commander, Ninth Brigade, from 1 January 2021 to now; "
                "the act of allegation a1 is of 31 December 2020."
            )
        ]
        if outside
        else []
    )


def test_a_victim_needs_no_post() -> None:
    hurt = act(date=Edtf("2010"), roles=(Role(kind="victim", party="p.zand"),))
    assert raised("tenure-outside-acts", case(allegations=(hurt,))) == []


def _proven(words: str, serves: tuple[str, ...], *, on_request: bool = True, **fields):
    """The colonel (born 2 March 1970, commander since 1 January 2021), and what a claim says."""
    told = {k: fields.pop(k) for k in ("translation", "stance", "withdrawn") if k in fields}
    proof = claim("c1", "p.zand", words, words, serves=serves, **told)
    return case(
        sources={"s.report": words},
        parties=(TARN, UNIT, msgspec.structs.replace(COLONEL, **fields)),
        claims=(proof,),
        requests=(request(target="p.zand"),) if on_request else (),
    )


BIRTH, POST = ("birth",), ("post:p.zand/1",)


def _post(start: str | None, end: str | None = "..", **fields) -> tuple[Post, ...]:
    edtf = [Edtf(d) if d else None for d in (start, end)]
    return (Post(title="Commander", body="p.unit", start=edtf[0], end=edtf[1], **fields),)


@pytest.mark.parametrize(
    ("words", "born", "differs"),
    [
        ("Born 3 March 1970 in Aresh.", "1970-03-02", True),
        ("Born 2 March 1970 in Aresh.", "1970-03-02", False),
        ("Born in 1970.", "1970-03-02", False),
        ("Born about 1971.", "1970-03-02", False),
        ("Born in the 1960s.", "1970", True),
        ("Born on 02/03/1970.", "1970-03-02", False),
        ("Born in Aresh on 4 March.", "1970-03-02", False),
        ("Born in Aresh.", "1970-03-02", False),
        ("Рођен 3. марта 1970.", "1970-03-02", True),
    ],
)
def test_a_birth_is_that_of_the_claims_that_serve_it(words: str, born: str, differs: bool) -> None:
    flags = raised("date-differs-from-claim", _proven(words, BIRTH, born=Edtf(born)))
    assert [(f.blocks, f.where) for f in flags] == [(True, "p.zand, c1")] * differs


def test_what_differs_is_said() -> None:
    (flag,) = raised("date-differs-from-claim", _proven("Born 3 March 1970.", BIRTH))
    assert flag.message == (
        "The birth of Orvel Zand is recorded as 2 March 1970; c1 has 3 March 1970."
    )


@pytest.mark.parametrize(
    ("words", "posts", "end"),
    [
        ("Commander since March 2022.", _post("2021-01-01"), "start"),
        ("Commander since March 2022.", _post("2023-01-01"), "start"),
        ("Commander since March 2022.", _post("2022-03-01"), None),
        ("Commander since March 2022.", _post(None), None),
        ("Commander from March 2022 to May 2023.", _post("2022-03", "2023-05"), None),
        ("Commander from March 2022 to May 2023.", _post("2022-03", "2023-06"), "end"),
        ("Commander from March 2022 to May 2023.", _post("2022-10", "2023-05"), "start"),
        ("Dismissed in May 2023.", _post("2022-03", "2023-05"), None),
        ("Dismissed in May 2023.", _post("2022-03", "2023-04"), "both"),
        ("Commander of the brigade.", _post("2022-03", "2023-04"), None),
    ],
)
def test_a_post_has_the_dates_of_the_claims_that_serve_it(words, posts, end) -> None:
    flags = raised("date-differs-from-claim", _proven(words, POST, posts=posts))
    found = [f.message.split()[1] for f in flags]
    assert found == {None: [], "both": ["start", "end"]}.get(end, [end])


def test_a_claim_that_a_post_lists_is_compared_too_and_so_is_a_translation() -> None:
    listed = _post("2021-01-01", claims=("c1",))
    kept = _proven("Since March 2022.", (), posts=listed)
    assert len(raised("date-differs-from-claim", kept)) == 1
    told = _proven("Командант.", POST, translation="Commander since March 2022.")
    assert len(raised("date-differs-from-claim", told)) == 1


@pytest.mark.parametrize(
    "fields", [{"on_request": False}, {"stance": "denies"}, {"withdrawn": "a mistake"}]
)
def test_only_who_is_accused_and_only_what_stands_is_compared(fields) -> None:
    assert raised("date-differs-from-claim", _proven("Born in 1981.", BIRTH, **fields)) == []
    assert raised("date-differs-from-claim", _proven("Born in 1981.", ("sex",))) == []


def test_one_claim_for_birth_and_post_answers_for_both() -> None:
    words = "Born 2 March 1970; commander since 1 January 2021."
    assert raised("date-differs-from-claim", _proven(words, BIRTH + POST)) == []


def test_a_consent_or_a_search_lies_in_the_past() -> None:
    given = Consent(
        id="k1", of="p.zand", uses=("court",), identity="named", on=Edtf("2025-01-01"), method="x"
    )
    looked = Search(id="h1", topic="adverse", where="the press", on=Edtf("2025"), by="counsel")
    kept = msgspec.structs.replace(case(), consents={"k1": given}, searches={"h1": looked})
    assert [f.where for f in raised("date-impossible", kept)] == ["k1", "h1"]
    past = msgspec.structs.replace(
        kept, consents={"k1": msgspec.structs.replace(given, on=Edtf("2024-01-01"))}, searches={}
    )
    assert raised("date-impossible", past) == []
