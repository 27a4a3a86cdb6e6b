"""A signature is given in turn, once, on the newest file of the round, by a key of one's own."""

from datetime import timedelta

import msgspec
import pytest

from gravamen.case import Case
from gravamen.instruments import manifest as manifests
from gravamen.instruments.setting import Made, made_of
from gravamen.proceedings import KeyRegistered, RoundOpened
from gravamen.rounds import Round, rounds
from gravamen.sentences import text_digest
from gravamen.signing.giving import NotToSign, check_base, files_of, give, newest
from gravamen.signing.key import KeyProblem
from gravamen.signing.opening import NotToOpen, fresh_id, open_round
from gravamen.values import sha256
from tests.instruments.letters import CASE, SIGNATORIES, letter

from .authority import NOW, YEAR, issue, person
from .signed import key, made, sign

ADA, TOBIAS, INES, NUNO, LENA = SIGNATORIES
DAY = "2024-03-05"


def with_acts(case: Case, *acts: object) -> Case:
    return msgspec.structs.replace(case, signings={**case.signings, **{a.id: a for a in acts}})  # type: ignore[attr-defined]


def begun(pdf: bytes | None = None, **more: object) -> Case:
    opened = open_round(CASE, pdf or made().pdf, id="round-1", at=DAY, **more)  # type: ignore[arg-type]
    return with_acts(CASE, opened)


class Desk:
    """A round that goes on: the case and the files that its record would keep."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.files = {sha256(made().pdf): made().pdf}

    @property
    def round(self) -> Round:
        return rounds(self.case)[-1]

    def sign(self, signatory: str, by: str | None = None) -> bytes:
        who = next(s for s in SIGNATORIES if s.id == signatory)
        given, pdf = give(
            self.case, self.round, self.files, signatory=signatory,
            key=person(by or who.name).key, at=NOW,
        )  # fmt: skip
        self.files[sha256(pdf)] = pdf
        self.case = with_acts(self.case, given)
        return pdf


def test_a_round_is_for_one_version_and_keeps_what_was_laid_down() -> None:
    _, instrument = manifests.read(made().manifest.bytes)
    opened = open_round(
        CASE, made().pdf, id="round-1", at=DAY, order="fixed", first=("p.3", "p.1"), minimum=3,
        closes="2024-04-01", authorised_by="vote-1",
    )  # fmt: skip

    assert opened == RoundOpened(
        id="round-1",
        at=DAY,
        instrument="letter-us.state.secretary",
        manifest=made().manifest.digest,
        file=sha256(made().pdf),
        on="2024-01-15",
        signatories=(INES, ADA, TOBIAS, NUNO, LENA),
        order="fixed",
        minimum=3,
        closes="2024-04-01",
        authorised_by="vote-1",
        version=made().manifest.version,
        text=text_digest(instrument),
    )


def drafted() -> Made:
    return made(id="letter-x", signatories=())


@pytest.mark.parametrize(
    ("pdf", "more", "words"),
    [
        (b"rubbish", {}, "carries no manifest"),
        ("nobody", {}, "names nobody to sign it"),
        ("draft", {}, "marked DRAFT on every page"),
        (None, {"minimum": 6}, "6 signatures cannot be asked of 5"),
        (None, {"minimum": 0}, "0 signatures cannot be asked of 5"),
        (None, {"first": ("p.9",)}, "'p.9' is none of the signatories"),
    ],
)
def test_a_round_that_makes_no_sense_is_not_opened(pdf, more, words) -> None:
    if pdf == "nobody":
        pdf = drafted().pdf
    if pdf == "draft":
        pdf = made_of(letter(), case=CASE).pdf

    with pytest.raises(NotToOpen, match=words):
        begun(pdf, **more)


def test_one_version_has_one_open_round_and_another_version_begins_with_none() -> None:
    case = begun()
    with pytest.raises(NotToOpen, match="round-1 is open for this version"):
        open_round(case, made().pdf, id="round-2", at=DAY)

    desk = Desk(case)
    desk.sign("p.1")
    other = made(title="Three other officers of the Second Regiment").pdf
    case = with_acts(desk.case, open_round(desk.case, other, id="round-2", at="2024-03-06"))

    old, new = rounds(case)
    assert (old.state, new.state, new.count) == ("superseded", "open", 0)
    with pytest.raises(NotToSign, match="round-1 has ended .superseded"):
        give(case, old, desk.files, signatory="p.2", key=key(TOBIAS), at=NOW)


def test_five_sign_one_after_the_other_on_one_growing_file() -> None:
    desk = Desk(begun())
    files = [made().pdf, *(desk.sign(s.id) for s in (LENA, ADA, NUNO, TOBIAS, INES))]

    assert all(b.startswith(a) for a, b in zip(files, files[1:], strict=False))
    assert (desk.round.words, desk.round.state) == ("five of five", "complete")
    assert set(files_of(desk.round)) == {sha256(f) for f in files}
    assert newest(desk.round, desk.files) == files[-1]


def test_what_is_recorded_says_file_key_level_and_time() -> None:
    given, pdf = give(
        begun(), rounds(begun())[0], {sha256(made().pdf): made().pdf}, signatory="p.1",
        key=key(ADA), at=NOW,
    )  # fmt: skip

    assert (given.id, given.round, given.how, given.level) == (
        "round-1.signed.p.1", "round-1", "pades", "B-B",
    )  # fmt: skip
    assert (given.file, given.certificate) == (sha256(pdf), key(ADA).sha256)
    assert given.at == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_fixed_order_is_kept() -> None:
    desk = Desk(begun(order="fixed", first=("p.3",)))

    with pytest.raises(NotToSign, match="p.3 signs next, p.1 after that"):
        desk.sign("p.1")
    desk.sign("p.3")
    desk.sign("p.1")
    with pytest.raises(NotToSign, match="p.2 signs next"):
        desk.sign("p.5")


def test_nobody_signs_twice_and_nobody_else_signs_at_all() -> None:
    desk = Desk(begun())
    desk.sign("p.1")

    with pytest.raises(NotToSign, match="Ada Merrow has signed already"):
        desk.sign("p.1")
    with pytest.raises(NotToSign, match="'p.9' is none of the signatories"):
        give(desk.case, desk.round, desk.files, signatory="p.9", key=key(ADA), at=NOW)


def test_each_signs_with_a_key_of_ones_own() -> None:
    desk = Desk(begun())
    desk.sign("p.1")
    with pytest.raises(NotToSign, match="is that of p.1, not of p.2"):
        desk.sign("p.2", by="Ada Merrow")

    vouched = KeyRegistered(
        id="k", at=DAY, signatory="p.3", certificate=key(INES).sha256, vouched_by="C", how="seen"
    )
    desk.case = with_acts(desk.case, vouched)
    with pytest.raises(NotToSign, match="not the one vouched for as p.3's"):
        desk.sign("p.3", by="Somebody Else")
    with pytest.raises(NotToSign, match="is that of p.3, not of p.4"):
        desk.sign("p.4", by="Ines Farrow")
    desk.sign("p.3")


def test_a_key_that_has_expired_does_not_sign() -> None:
    over = issue("Ada Merrow", first=NOW - 2 * YEAR, last=NOW - timedelta(days=1)).key
    desk = Desk(begun())

    with pytest.raises(KeyProblem, match="expired"):
        give(desk.case, desk.round, desk.files, signatory="p.1", key=over, at=NOW)


def test_nobody_signs_in_a_round_before_it_was_opened() -> None:
    later = NOW + timedelta(minutes=1)
    opened = open_round(CASE, made().pdf, id="round-1", at=later.isoformat())  # type: ignore[arg-type]
    desk = Desk(with_acts(CASE, opened))

    with pytest.raises(NotToSign, match="round-1 was opened at .* nobody can have signed in it"):
        desk.sign("p.1")


def test_a_signature_goes_on_the_newest_file_of_the_round_alone() -> None:
    desk = Desk(begun())
    first = desk.sign("p.1")
    second = desk.sign("p.2")

    check_base(desk.round, second, desk.files)
    for old in (made().pdf, first):
        with pytest.raises(NotToSign, match="Others have signed since"):
            check_base(desk.round, old, desk.files)
    stranger = sign(first, NUNO)
    other = made(title="Three other officers of the Second Regiment").pdf
    for pdf in (stranger, other, second + b"\n"):
        with pytest.raises(NotToSign, match="is not the one that round-1 is for"):
            check_base(desk.round, pdf, desk.files)


def test_a_fresh_id_is_not_taken_yet() -> None:
    case = begun()

    assert fresh_id(case, "round-2") == "round-2"
    assert fresh_id(case, "round-1") == "round-1-2"
    taken = with_acts(case, open_round(CASE, made().pdf, id="round-1-2", at=DAY))
    assert fresh_id(taken, "round-1") == "round-1-3"
