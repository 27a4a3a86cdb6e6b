import datetime
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gravamen.case import Case, Judgement, Requester
from gravamen.proceedings import (
    Invited,
    KeyRegistered,
    RoundClosed,
    RoundOpened,
    SignatureEnded,
    SignatureGiven,
)
from gravamen.rounds import Round, cover_words, keys_of, numeral, round_of, rounds
from gravamen.sentences import Signatory
from gravamen.values import GravamenError

NAMES = ("Ada Merrow", "Tobias Quill", "Ines Farrow", "Nuno Ashby", "Lena Ostrander")
FIVE = tuple(
    Signatory(id=f"m{n}", name=name, capacity="Supervisor") for n, name in enumerate(NAMES, 1)
)


def opened(id: str = "r1", at: str = "2026-05-12", **more: Any) -> RoundOpened:
    fields = {
        "instrument": "letter-x", "manifest": "a" * 64, "file": "b" * 64, "on": "2026-05-12",
        "signatories": FIVE, **more,
    }  # fmt: skip
    return RoundOpened(id=id, at=at, **fields)


def signed(n: int, at: str = "2026-05-13", *, id: str | None = None, **more: Any) -> SignatureGiven:
    fields = {"round": "r1", "how": "pades", "file": str(n) * 64, **more}
    return SignatureGiven(id=id or f"s{n}", at=at, signatory=f"m{n}", **fields)


def ended(n: int, how: str, at: str = "2026-05-14", **more: Any) -> SignatureEnded:
    return SignatureEnded(id=f"e{n}", at=at, round="r1", signatory=f"m{n}", how=how, **more)


def closed(why: str, at: str = "2026-05-20", **more: Any) -> RoundClosed:
    return RoundClosed(id="c1", at=at, round="r1", why=why, **more)


def case(*acts: Any, **more: Any) -> Case:
    return Case(id="x", title="X", signings={a.id: a for a in acts}, **more)


def the(*acts: Any, on: str | None = None, **more: Any) -> Round:
    day = datetime.date.fromisoformat(on) if on else None
    (found,) = rounds(case(*acts, **more), on=day)
    return found


def states(round: Round) -> list[str]:
    return [s.state for s in round.seats]


def test_a_new_round_waits_for_all_of_its_signatories() -> None:
    found = the(opened())
    assert found.state == "open"
    assert found.words == "none of five"
    assert states(found) == ["pending"] * 5
    assert found.turn == ("m1", "m2", "m3", "m4", "m5")


def test_all_five_make_it_complete() -> None:
    found = the(opened(), *(signed(n) for n in (1, 2, 3, 4, 5)))
    assert found.state == "complete"
    assert found.words == "five of five"
    assert found.enough
    assert cover_words(found) == "Signed by all five of its signatories."


def test_one_of_five_refuses_and_it_is_four_of_five() -> None:
    found = the(opened(), *(signed(n) for n in (1, 2, 4, 5)), ended(3, "refused", reason="No."))
    assert found.words == "four of five"
    assert found.state == "short"
    assert not found.enough
    seat = found.seat("m3")
    assert seat and (seat.state, seat.reason, seat.at) == ("refused", "No.", "2026-05-14")
    assert cover_words(found) == "Signed by four of its five signatories."
    assert cover_words(found, names=True) == (
        "Signed by four of its five signatories. Ines Farrow declined to sign on 14 May 2026."
    )


def test_the_reason_of_a_refusal_stands_on_no_cover() -> None:
    found = the(opened(), ended(3, "refused", reason="My sister lives there."))
    assert "sister" not in cover_words(found, names=True)


def test_a_withdrawn_signature_is_kept_and_no_longer_counts() -> None:
    found = the(opened(), *(signed(n) for n in (1, 2, 3, 4, 5)), ended(2, "withdrawn"))
    seat = found.seat("m2")
    assert seat and seat.state == "withdrawn"
    assert seat.signature and seat.signature.file == "2" * 64
    assert (found.words, found.state) == ("four of five", "short")
    # It lies in the file, so the reader must know that it is not one of the four.
    assert cover_words(found).startswith("Signed by four of its five signatories. ")
    assert "withdrew the signature on" in cover_words(found)


def test_with_a_minimum_it_may_end_with_fewer() -> None:
    three = (opened(minimum=3), signed(1), signed(2), signed(3))
    assert (the(*three).state, the(*three).enough) == ("open", True)
    assert the(*three, closed("complete")).state == "complete"
    assert the(*three, ended(4, "refused"), ended(5, "refused")).state == "complete"
    assert the(*three, closed("complete"), ended(1, "withdrawn", "2026-05-21")).state == "short"


def test_its_last_day_passes() -> None:
    acts = (opened(closes="2026-05-20"), signed(1))
    assert the(*acts, on="2026-05-20").state == "open"
    assert the(*acts, on="2026-05-21").state == "expired"
    assert the(*acts, on="2026-05-21").turn == ()
    assert the(opened(closes="2026-05-20", minimum=1), signed(1), on="2026-05-21").state == (
        "complete"
    )


def test_a_signature_after_the_round_ended_does_not_count() -> None:
    found = the(opened(closes="2026-05-20"), signed(1, "2026-05-21"), on="2026-06-01")
    assert states(found)[0] == "late"
    assert found.count == 0
    assert the(opened(), closed("cancelled"), signed(1, "2026-05-21")).count == 0
    assert the(opened(), closed("complete"), signed(1, "2026-05-20")).count == 1


def test_a_signature_before_the_round_was_opened_does_not_count() -> None:
    found = the(opened(at="2026-05-12T10:00Z"), signed(1, "2026-05-12T09:00Z"))
    seat = found.seat("m1")

    assert (found.count, seat and seat.state, seat and seat.at) == (0, "early", "2026-05-12T09:00Z")
    assert "Ada Merrow signed before the round was opened, which does not count." in (
        cover_words(found)
    )
    assert the(opened(), signed(1, "2026-05-11")).count == 0
    # Where the order of one day cannot be told, it counts.
    assert the(opened(at="2026-05-12T10:00Z"), signed(1, "2026-05-12")).count == 1
    again = (signed(1, "2026-05-11"), signed(1, "2026-05-14", id="s1b"))
    assert the(opened(), *again).count == 1


def test_another_version_supersedes_the_round_and_starts_with_none() -> None:
    later = opened("r2", "2026-05-15", manifest="c" * 64)
    of = case(opened(), signed(1), signed(2), later)
    old, new = rounds(of)
    assert (old.state, old.words, old.ended_on) == ("superseded", "two of five", "2026-05-15")
    assert (new.state, new.words) == ("open", "none of five")
    assert round_of(of, "letter-x") == new
    assert round_of(of, "letter-x", on=datetime.date(2026, 5, 14)) == the(
        opened(), signed(1), signed(2)
    )
    assert round_of(of, "letter-y") is None


def test_a_round_for_another_instrument_supersedes_nothing() -> None:
    other = opened("r2", "2026-05-15", manifest="c" * 64, instrument="letter-y")
    assert [r.state for r in rounds(case(opened(), other))] == ["open", "open"]


def test_only_what_happened_by_the_day_counts() -> None:
    acts = (opened(), signed(1, "2026-05-13"), signed(2, "2026-05-15"), ended(1, "withdrawn"))
    assert the(*acts, on="2026-05-12").count == 0
    assert the(*acts, on="2026-05-13").words == "one of five"
    assert the(*acts, on="2026-05-14").words == "none of five"
    assert the(*acts, on="2026-05-15").words == "one of five"
    assert rounds(case(*acts), on=datetime.date(2026, 5, 11)) == ()


def test_a_fixed_order_lets_the_next_one_sign_alone() -> None:
    assert the(opened(order="fixed"), signed(1)).turn == ("m2",)
    assert the(opened(order="fixed"), signed(1), ended(2, "refused")).turn == ("m3",)


def test_being_asked_and_looking_are_told() -> None:
    asked = Invited(id="i1", at="2026-05-12", round="r1", signatory="m1")
    looked = Invited(id="i2", at="2026-05-13", round="r1", signatory="m1", viewed=True)
    assert states(the(opened(), asked))[0] == "invited"
    assert states(the(opened(), looked, asked))[0] == "viewed"
    assert states(the(opened(), looked, asked, signed(1)))[0] == "signed"


def test_a_withdrawal_of_the_same_day_counts_as_later_unless_both_times_are_known() -> None:
    day = "2026-05-13"
    assert the(opened(), signed(1, f"{day}T18:00Z"), ended(1, "withdrawn", day)).count == 0
    assert the(opened(), signed(1, day), ended(1, "withdrawn", f"{day}T08:00Z")).count == 0
    assert (
        the(
            opened(),
            ended(1, "invalidated", f"{day}T08:00Z"),
            signed(1, f"{day}T09:00Z", id="again"),
        ).count
        == 1
    )


def test_days_are_those_of_the_body() -> None:
    body = Requester(name="Board", zone="America/Los_Angeles")
    acts = (opened(closes="2026-05-20"), signed(1, "2026-05-21T05:00Z"))
    assert the(*acts, on="2026-05-20", requester=body).count == 1
    assert the(*acts, on="2026-05-22", requester=body).count == 1
    assert the(*acts, on="2026-05-22").count == 0
    with pytest.raises(GravamenError, match="'Mars/Base' is no time zone"):
        the(*acts, requester=Requester(name="Board", zone="Mars/Base"))


def test_what_a_person_rejected_did_not_happen() -> None:
    no = Judgement(target="s1", verdict="rejected", by="person:Ada", on="2026-05-14")
    assert the(opened(), signed(1), signed(2), judgements=(no,)).words == "one of five"


def test_ink_is_told_on_the_cover() -> None:
    ink = {"how": "wet-ink", "file": None, "scan": "s.scan", "attested_by": "Clerk"}
    found = the(opened(), signed(1, **ink), signed(2))
    assert cover_words(found, names=True).startswith(
        "Signed by two of its five signatories, one of them in ink. Ines Farrow has not signed."
    )
    assert found.seats[0].how == "wet-ink"


def test_one_signatory_alone_is_told_as_one() -> None:
    one = opened(signatories=FIVE[:1])
    assert cover_words(the(one)) == "Not signed by its one signatory."
    assert cover_words(the(one, signed(1))) == "Signed by its one signatory."


def test_numbers_are_words_to_twelve() -> None:
    assert [numeral(n) for n in (0, 1, 12, 13, 200)] == ["none", "one", "twelve", "13", "200"]


def test_keys_are_told_by_signatory_and_day() -> None:
    def key(n: int, at: str) -> KeyRegistered:
        return KeyRegistered(
            id=f"k{n}", at=at, signatory="m1", certificate=f"{n}" * 64, vouched_by="Clerk", how="-"
        )

    of = case(key(2, "2026-05-14"), key(1, "2026-05-12"))
    assert [k.id for k in keys_of(of)["m1"]] == ["k1", "k2"]
    assert [k.id for k in keys_of(of, on=datetime.date(2026, 5, 13))["m1"]] == ["k1"]


_ACTS = (
    opened(), opened("r2", "2026-05-16", manifest="c" * 64), opened("r3", "2026-05-16T10:00Z"),
    *(signed(n, f"2026-05-1{n + 2}") for n in (1, 2, 3)), signed(4, "2026-05-14T09:00-07:00"),
    ended(1, "withdrawn", "2026-05-15"), ended(2, "refused", "2026-05-14"),
    ended(3, "invalidated", "2026-05-15T10:00Z"), closed("expired", "2026-05-18"),
    Invited(id="i5", at="2026-05-13", round="r1", signatory="m5"),
)  # fmt: skip


@given(
    st.randoms(use_true_random=False),
    st.sets(st.sampled_from(range(len(_ACTS)))),
    st.dates(datetime.date(2026, 5, 11), datetime.date(2026, 5, 20)),
)
def test_the_order_in_which_things_were_recorded_changes_nothing(
    chance: random.Random, left_out: set[int], day: datetime.date
) -> None:
    acts = [a for n, a in enumerate(_ACTS) if n not in left_out]
    shuffled = acts[:]
    chance.shuffle(shuffled)
    assert rounds(case(*shuffled), on=day) == rounds(case(*acts), on=day)
    known = [a for a in acts if a.at[:10] <= day.isoformat()]
    assert rounds(case(*known), on=day) == rounds(case(*acts), on=day)


def test_a_round_is_data() -> None:
    found = the(opened(), signed(1))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Round) == found


def test_a_round_opened_again_for_the_same_version_supersedes_nothing() -> None:
    again = opened("r2", "2026-05-21")
    first, second = rounds(case(opened(closes="2026-05-20"), again), on=datetime.date(2026, 5, 22))
    assert (first.state, second.state) == ("expired", "open")


def test_a_cover_writes_days_as_its_paper_does() -> None:
    found = the(opened(), signed(1), ended(1, "withdrawn"))
    assert "on May 14, 2026" in cover_words(found, style="us")
    assert "on 14 May 2026" in cover_words(found)
