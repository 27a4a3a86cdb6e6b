"""Tests of checks/signatures.py: who may sign, who did, and whether the text is still the same."""

from typing import Any

import msgspec

from gravamen.adoption import asked_digest
from gravamen.case import Requester
from gravamen.checks import CHECKS, Asked, Flag
from gravamen.proceedings import (
    Ballot,
    Dispatch,
    KeyRegistered,
    Member,
    Moved,
    RoundClosed,
    RoundOpened,
    Seconded,
    SignatureEnded,
    SignatureGiven,
    Voted,
)
from gravamen.sentences import Signatory, text_digest

from .building import ON, case, law, letter, request, sentence

NAMES = ("Ada Merrow", "Tobias Quill", "Ines Farrow", "Nuno Ashby", "Lena Ostrander")
FIVE = tuple(
    Signatory(id=f"m{n}", name=name, capacity="Supervisor") for n, name in enumerate(NAMES, 1)
)
MEMBERS = tuple(Member(id=s.id, name=s.name, start="2020") for s in FIVE)
BOARD = Requester(name="Board of Supervisors of Ostra County", members=MEMBERS)
SOCIETY = Requester(name="Harbour Society", kind="ngo", members=MEMBERS)


def opened(**more: Any) -> RoundOpened:
    fields = {
        "id": "r1", "at": "2024-03-01", "instrument": "letter", "manifest": "a" * 64,
        "file": "b" * 64, "on": ON.isoformat(), "signatories": FIVE, "version": "v1", **more,
    }  # fmt: skip
    return RoundOpened(**fields)


def signed(n: int, certificate: str | None = None, at: str = "2024-03-02") -> SignatureGiven:
    return SignatureGiven(
        id=f"s{n}", at=at, round="r1", signatory=f"m{n}", how="pades", file=str(n) * 64,
        certificate=certificate or f"{n}c" * 32,
    )  # fmt: skip


def ended(n: int, how: str, reason: str | None = None) -> SignatureEnded:
    return SignatureEnded(
        id=f"e{n}", at="2024-03-03", round="r1", signatory=f"m{n}", how=how, reason=reason
    )  # type: ignore[arg-type]  # each word of the three


def key(n: int, certificate: str | None = None) -> KeyRegistered:
    return KeyRegistered(
        id=f"k{n}", at="2024-03-01", signatory=f"m{n}", certificate=certificate or f"{n}c" * 32,
        vouched_by="Clerk", how="handed over in person",
    )  # fmt: skip


def found(
    id: str, *acts: Any, text: str = "We ask.", version: str = "v1", body: Requester = SOCIETY,
    on=ON, draft: tuple[str, ...] = (), said: tuple[Any, ...] = (), id_of: str = "letter",
    **more: Any,
) -> list[Flag]:  # fmt: skip
    (check,) = [c for c in CHECKS if c.id == id]
    of = case(requester=body, signings={a.id: a for a in acts}, **more)
    wrote = letter(
        *(said or (sentence(text, "form"),)), id=id_of, signatories=FIVE, draft=bool(draft),
        draft_reasons=draft,
    )  # fmt: skip
    return list(
        check(Asked(case=of, law=law(), instruments=(wrote,), on=on, versions={id_of: version}))
    )


FOUR = tuple(signed(n) for n in (1, 2, 4, 5))
SAYS_FIVE = "This letter bears five signatures."


def test_a_text_that_says_five_is_stopped_once_one_of_five_refused() -> None:
    (flag,) = found("signatures-short", opened(), *FOUR, ended(3, "refused"), text=SAYS_FIVE)
    assert flag.message == "The text speaks of 5 signatures; 4 are in force."
    assert flag.blocks
    assert flag.instrument == "letter"
    says_four = "This letter bears four signatures."
    assert not found("signatures-short", opened(), *FOUR, ended(3, "refused"), text=says_four)


def test_while_the_fifth_may_still_sign_the_text_may_say_five() -> None:
    assert not found("signatures-short", opened(), *FOUR, text=SAYS_FIVE)
    (flag,) = found("signatures-short", opened(), signed(1), ended(3, "refused"), text=SAYS_FIVE)
    assert flag.message == (
        "The text speaks of 5 signatures; 1 is in force and 3 can still be given."
    )


def test_a_withdrawn_signature_makes_five_too_many() -> None:
    acts = (opened(), *FOUR, signed(3), ended(3, "withdrawn"))
    assert len(found("signatures-short", *acts, text=SAYS_FIVE)) == 1
    assert not found("signatures-short", *acts[:-1], text=SAYS_FIVE)


def vote(*ayes: str, at: str = "2024-02-27", **more: Any) -> dict[str, Any]:
    ballots = tuple(Ballot(member=m.id, option="aye" if m.id in ayes else "no") for m in MEMBERS)
    steps = (
        Moved(id="moved", at=at, by="m1"),
        Seconded(id="seconded", at=at, by="m2"),
        Voted(id="vote-1", at=at, ballots=ballots, **more),
    )
    return {s.id: s for s in steps}


def test_a_majority_of_a_public_body_signs_only_what_a_vote_authorised() -> None:
    (flag,) = found("round-without-motion", opened(), body=BOARD)
    assert flag.blocks
    assert flag.message == (
        "A majority of the Board of Supervisors of Ostra County would sign letter outside a "
        "meeting: no vote by 1 March 2024 authorised it."
    )
    carried = vote("m1", "m2", "m3", version="v")
    assert not found("round-without-motion", opened(), body=BOARD, steps=carried)
    named = opened(authorised_by="vote-1")
    assert not found("round-without-motion", named, body=BOARD, steps=carried)


def test_where_the_text_that_was_voted_on_is_not_on_file_a_warning_says_so() -> None:
    (flag,) = found("round-without-motion", opened(), body=BOARD, steps=vote("m1", "m2", "m3"))
    assert flag.severity == "warning"
    assert flag.message == (
        "Which text was voted on in vote-1, which authorises letter, is not on file."
    )


ASKED = request("r1")


def asking(*ids: str, **more: Any) -> list[Flag]:
    """The round of a letter that asks these, under a vote that noted r1 as it is in ASKED."""
    wrote = tuple(sentence("We ask.", "request", id=f"s{i}", request=i) for i in ids)
    known = {"r1": ASKED, "r2": request("r2")} | more.pop("requests", {})
    noted = asked_digest(case(requests=(ASKED,)), "r1")
    steps = vote("m1", "m2", "m3", version="v", requests=("r1",), asked=(noted,))
    more |= {"steps": steps, "said": wrote, "requests": tuple(known.values())}
    return found("round-without-motion", opened(), body=BOARD, **more)


def test_a_letter_is_authorised_only_where_the_body_voted_on_all_that_it_asks() -> None:
    assert not asking("r1")
    (flag,) = asking("r1", "r2")
    assert flag.blocks
    assert "outside a meeting: r2 was not in what vote-1 adopted." in flag.message


def test_a_request_that_was_changed_after_the_vote_is_not_the_one_voted_on() -> None:
    changed = msgspec.structs.replace(ASKED, measure="visa-ban")
    (flag,) = asking("r1", requests={"r1": changed})
    assert flag.blocks and "r1 was changed since vote-1 adopted it" in flag.message


def test_the_vote_must_have_come_before_the_round_by_the_clock() -> None:
    def opening(at: str, voted: str) -> list[Flag]:
        steps = vote("m1", "m2", "m3", at=voted, version="v")
        return found("round-without-motion", opened(at=at), body=BOARD, steps=steps)

    (early,) = opening("2024-03-01T07:00-07:00", "2024-03-01T10:40-07:00")
    assert early.blocks and "was taken later, at 2024-03-01T10:40-07:00" in early.message
    assert not opening("2024-03-01T10:41-07:00", "2024-03-01T10:40-07:00")
    assert not opening("2024-03-02", "2024-03-01T10:40-07:00")
    (untold,) = opening("2024-03-01", "2024-03-01T10:40-07:00")
    assert untold.blocks and "which came first is not on record" in untold.message


def test_members_are_known_by_name_and_whoever_is_not_known_counts_as_one() -> None:
    others = tuple(msgspec.structs.replace(s, id=f"d{n}") for n, s in enumerate(FIVE[:3]))
    assert found("round-without-motion", opened(signatories=others), body=BOARD)
    strange = tuple(
        Signatory(id=f"x{n}", name=f"Member {n}", capacity="Supervisor") for n in range(3)
    )
    assert found("round-without-motion", opened(signatories=strange), body=BOARD)
    unknown = msgspec.structs.replace(BOARD, kind="unknown")
    assert found("round-without-motion", opened(), body=unknown)


def test_the_vote_on_the_motion_does_not_reach_a_reminder_which_the_clerk_signs_alone() -> None:
    clerk = Signatory(id="clerk", name="Clerk of the Board", capacity="Clerk of the Board")
    body = msgspec.structs.replace(BOARD, clerk="Clerk of the Board")
    for id in ("follow-up-dispatch.x-1", "withdrawal-dispatch.x-1-m1"):
        by_all = opened(instrument=id)
        steps = vote("m1", "m2", "m3", version="v")
        (flag,) = found("round-without-motion", by_all, body=body, steps=steps, id_of=id)
        assert flag.blocks and "goes back to one of them" in flag.message
        alone = opened(instrument=id, signatories=(clerk,))
        assert not found("round-without-motion", alone, body=body, steps=steps, id_of=id)
        nobody_known = msgspec.structs.replace(body, members=())
        assert not found("round-without-motion", alone, body=nobody_known, steps=steps, id_of=id)
        named = opened(instrument=id, authorised_by="vote-1")
        assert found("round-without-motion", named, body=body, steps=steps, id_of=id)


def test_a_vote_that_failed_came_later_or_is_another_authorises_nothing() -> None:
    for steps in (vote("m1", "m2"), vote("m1", "m2", "m3", at="2024-03-04")):
        assert len(found("round-without-motion", opened(), body=BOARD, steps=steps)) == 1
    carried = vote("m1", "m2", "m3")
    for named in ("vote-9", "moved"):
        acts = (opened(authorised_by=named),)
        assert len(found("round-without-motion", *acts, body=BOARD, steps=carried)) == 1


def test_a_society_or_a_minority_may_write_without_a_vote() -> None:
    assert not found("round-without-motion", opened(), body=SOCIETY)
    two = opened(signatories=FIVE[:2])
    assert not found("round-without-motion", two, body=BOARD)
    assert found("round-without-motion", opened(signatories=FIVE[:3]), body=BOARD)


def _left(end: str) -> Requester:
    gone = msgspec.structs.replace(MEMBERS[2], end=end)
    return msgspec.structs.replace(SOCIETY, members=(*MEMBERS[:2], gone, *MEMBERS[3:]))


def test_who_had_left_before_signing_was_not_in_office() -> None:
    (flag,) = found("signatory-not-in-office", opened(), signed(3), body=_left("2024-02-01"))
    assert flag.blocks
    assert flag.message == (
        "Ines Farrow did not hold Supervisor on 2 March 2024 (member 2020 to 1 February 2024)."
    )


def test_who_left_after_signing_stays_a_signatory() -> None:
    body = _left("2024-03-04")
    assert not found("signatory-not-in-office", opened(), signed(3), body=body)
    assert found("signatory-not-in-office", opened(), body=body)  # and can no longer sign


def test_empty_blocks_are_one_flag_that_names_each_with_its_reason() -> None:
    acts = (opened(), *FOUR[:2], signed(5), ended(3, "refused", "No."), ended(5, "withdrawn"))
    (flag,) = found("unsigned-signatory", *acts)
    assert flag.message == (
        "Two of five signatures are there. Ines Farrow refused to sign on 3 March 2024: No. "
        "The block of Nuno Ashby is empty: not asked yet. "
        "Lena Ostrander withdrew the signature on 3 March 2024; it is still in the file."
    )
    assert (flag.where, flag.severity) == ("r1", "warning")
    assert not found("unsigned-signatory", opened(), *FOUR, signed(3))


def test_a_text_that_the_record_writes_otherwise_now_is_stopped() -> None:
    (flag,) = found("text-changed-after-signature", opened(), *FOUR, version="v2")
    assert flag.blocks
    assert "is no longer the one that four of five signed" in flag.message
    assert not found("text-changed-after-signature", opened(), *FOUR)
    (flag,) = found(
        "text-changed-after-signature", opened(), *FOUR, version="v2", draft=("A claim fell.",)
    )
    assert flag.message.endswith("It would be DRAFT now: A claim fell.")


def test_draft_and_another_edition_of_the_law_change_no_signed_word() -> None:
    text = text_digest(letter(sentence("We ask.", "form"), id="letter", signatories=FIVE))
    acts = (opened(text=text), *FOUR)

    assert not found("text-changed-after-signature", *acts, version="another law edition")
    assert not found("text-changed-after-signature", *acts, draft=("A reply waits.",))
    assert found("text-changed-after-signature", *acts, text="We ask you.")
    marked = sentence("We ask.", "form", needs_review=True)
    assert not found("text-changed-after-signature", *acts, said=(marked,))
    asked = sentence("We ask.", "form", office="us.president")
    assert found("text-changed-after-signature", *acts, said=(asked,))


def test_what_was_sent_or_is_superseded_is_not_asked_again() -> None:
    sent = Dispatch(
        id="d1", at="2024-03-04", instrument="letter", channel="post", address="x", round="r1"
    )
    acts = (opened(), *FOUR)
    assert not found("text-changed-after-signature", *acts, version="v2", dispatches={"d1": sent})
    over = RoundClosed(id="c", at="2024-03-04", round="r1", why="superseded")
    assert not found("text-changed-after-signature", *acts, over, version="v2")


def test_a_key_that_nobody_vouched_for_is_told() -> None:
    (flag,) = found("key-unregistered", opened(), signed(1), signed(2), key(1))
    assert flag.severity == "warning"
    assert flag.where == "m2 in r1"
    assert "nobody vouched that it is theirs" in flag.message
    (flag,) = found("key-unregistered", opened(), signed(1), key(1, "f" * 64))
    assert "another is registered (ffffffffffffffff)" in flag.message
    assert not found("key-unregistered", opened(), signed(1), key(1))


def test_one_key_for_two_is_stopped() -> None:
    flags = found("key-shared", opened(), signed(1, "e" * 64), signed(2, "e" * 64))
    assert [f.where for f in flags] == ["m1 in r1", "m2 in r1"]
    assert all(f.blocks for f in flags)
    (flag,) = found("key-shared", opened(), signed(1), key(2, "1c" * 32))
    assert flag.message.endswith("is also that of m2.")
    assert not found("key-shared", opened(), signed(1), signed(2), key(1), key(2))
