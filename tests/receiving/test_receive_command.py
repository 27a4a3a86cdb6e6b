"""`gravamen receive`: what is recorded by whom, what a person decides, and what is refused."""

import json
from pathlib import Path

import pytest
import segno
from click.testing import CliRunner, Result

from gravamen.casefile import CaseFile, Named, Opened, Requested, Sent, Signed, verify
from gravamen.cli import main
from gravamen.dates import Edtf, Moment
from gravamen.proceedings import RoundOpened, SignatureGiven
from gravamen.sentences import Signatory
from tests.receiving.corpus import answered

CLERK = "person:Clerk"
REFUSAL = b"""From: secretary@state.example
In-Reply-To: <letter-state@alder.example>
Date: Mon, 01 Jun 2026 09:00:00 +0000
Message-ID: <r1@state.example>
Subject: Response

We decline to bar Mr Teresh from entry. No decision has been made on the assistance.
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case whose letters went out and were not answered."""
    state = answered()
    record = CaseFile.create(tmp_path / "case", Opened(id=state.id, title=state.title), actor=CLERK)
    record.append(
        *(Named(party=p) for p in state.parties.values()),
        *(Requested(request=r) for r in state.requests.values()),
        *(Sent(dispatch=d) for d in state.dispatches.values()),
        actor=CLERK,
    )
    return record.path


def run(*words: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["receive", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


def file(case: Path, data: bytes = REFUSAL, name: str = "answer.eml") -> Path:
    path = case.parent / name
    path.write_bytes(data)
    return path


def state_of(case: Path):
    return CaseFile.open(case).case()


def test_a_reply_is_recorded_as_a_proposal_of_the_reader(case):
    done = run(case, file(case), "--by", "Clerk")

    state = state_of(case)
    reply = state.replies["reply.1"]
    assert (reply.dispatch, reply.threaded_by, reply.reply) == ("d.state", "message-id", "refusal")
    assert reply.received == "2026-06-01T09:00:00Z"
    assert state.proposed_by["reply.1"] == "machine:gravamen-replies/1"
    assert not state.reviewed("reply.1")
    assert "We decline to bar Mr Teresh from entry." in done.output
    assert "judge" in done.output and "--amend reply.1" in done.output
    assert [e.header.actor for e in CaseFile.open(case).entries()][-2:] == [
        CLERK,
        "machine:gravamen-replies/1",
    ]
    assert verify(case).faults == ()


def test_the_same_file_twice_is_recorded_once(case):
    run(case, file(case))
    before = CaseFile.open(case).head

    done = run(case, file(case, name="copy.eml"))

    assert "is reply.1 already" in done.output
    assert CaseFile.open(case).head == before


def test_a_file_that_is_a_source_already_becomes_a_reply_without_a_second_copy(case):
    path = file(case)
    CliRunner().invoke(main, ["capture", str(case), str(path), "--id", "s.answer"])

    run(case, path)

    state = state_of(case)
    assert state.replies["reply.1"].source == "s.answer"
    assert [*state.sources] == ["s.answer"]


def test_accepted_in_the_same_go_it_stands_as_read(case):
    run(case, file(case), "--accept")

    state = state_of(case)
    assert state.reviewed("reply.1")
    assert state.replies["reply.1"].answers[0].outcome == "refused"


def test_what_a_person_says_is_the_persons_and_nothing_else_is_taken_over(case):
    run(
        case, file(case), "--kind", "interim", "--answer", "r.aid=partly:No decision", "--by", "Ada"
    )

    state = state_of(case)
    reply = state.replies["reply.1"]
    assert "reply.1" not in state.proposed_by
    assert reply.reply == "interim"
    assert [(a.request, a.outcome) for a in reply.answers] == [("r.aid", "partly")]
    assert reply.dispatch == "d.state"


def test_an_amended_reply_keeps_what_was_not_said_anew(case):
    run(case, file(case))

    run(case, "--amend", "reply.1", "--promised", "2026-07-01")

    state = state_of(case)
    reply = state.replies["reply.1"]
    assert state.reviewed("reply.1")
    assert (reply.promised, reply.reply) == ("2026-07-01", "refusal")
    assert reply.answers[0].outcome == "refused"


def test_a_dispatch_told_by_hand_gives_new_proposals_and_no_decision(case):
    letter = file(case, b"We decline to bar Mr Teresh from entry.", "letter.txt")
    assert "in the pen" in run(case, letter, "--received", "2026-06-02").output
    assert state_of(case).replies["reply.1"].dispatch is None

    run(case, "--amend", "reply.1", "--dispatch", "d.state")

    state = state_of(case)
    reply = state.replies["reply.1"]
    assert (reply.dispatch, reply.threaded_by) == ("d.state", "hand")
    assert reply.received == "2026-06-02"
    assert {a.request: a.outcome for a in reply.answers}["r.visa"] == "refused"
    assert not state.reviewed("reply.1")


def test_a_dispatch_told_of_a_decided_reply_leaves_what_was_decided(case):
    letter = file(case, b"Nothing that shows a kind.", "letter.txt")
    run(case, letter, "--kind", "no-power")

    run(case, "--amend", "reply.1", "--dispatch", "d.eu")

    state = state_of(case)
    assert state.replies["reply.1"].dispatch == "d.eu"
    assert state.replies["reply.1"].reply == "no-power"
    assert state.reviewed("reply.1")


def test_a_reply_whose_words_were_erased_can_still_be_decided(case):
    run(case, file(case))
    CaseFile.open(case).erase("s.reply-1", actor=CLERK, reason="asked")

    assert "were erased" in run(case, "--amend", "reply.1", "--dispatch", "d.eu", code=2).output
    run(case, "--amend", "reply.1", "--kind", "refusal")

    assert state_of(case).reviewed("reply.1")
    assert "The pen is empty" in run(case, "--pen").output


def test_an_unclear_reply_is_not_accepted_without_a_kind_and_nothing_is_recorded(case):
    before = CaseFile.open(case).head

    done = run(case, file(case, b"Fine weather.", "x.txt"), "--accept", code=2)

    assert "say which: --kind" in done.output
    assert CaseFile.open(case).head == before
    assert state_of(case).sources == {}


def test_a_wrong_quote_is_refused_and_nothing_is_recorded(case):
    before = CaseFile.open(case).head

    done = run(case, file(case), "--kind", "refusal", "--answer", "r.visa=refused:we never", code=2)

    assert "does not occur" in done.output
    assert CaseFile.open(case).head == before


def test_the_pen_lists_what_is_undecided_or_answers_nothing(case):
    run(case, file(case), "--accept")
    run(case, file(case, b"Thank you for your letter of May 12.", "b.txt"))
    run(case, file(case, b"We have your letter, ALDER-EU-1. It is receiving attention.", "c.txt"))

    listed = json.loads(run(case, "--pen", "--json").stdout)

    assert listed["schema"] == "gravamen.receive/1"
    assert [r["reply"]["id"] for r in listed["replies"]] == ["reply.2", "reply.3"]
    assert [r["state"] for r in listed["replies"]] == ["proposed", "proposed"]
    assert len(listed["replies"][0]["matches"]) == 7


def test_a_rejected_reply_leaves_the_pen(case):
    run(case, file(case))
    CliRunner().invoke(main, ["judge", str(case), "reply.1", "--verdict", "rejected"])

    assert "The pen is empty" in run(case, "--pen").output


def test_one_file_that_cannot_be_taken_does_not_hold_up_the_others(case):
    good, bad = file(case), file(case, b"", "empty.eml")
    last = file(case, b"We have your letter ALDER-EU-1.", "last.txt")

    done = run(case, good, bad, last, code=2)

    assert "empty.eml is empty" in done.output and "the others are recorded" in done.output
    assert [*state_of(case).replies] == ["reply.1", "reply.2"]
    assert "2/3" in done.stderr


def test_the_scan_of_a_letter_is_kept_and_waits_for_a_person(case):
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
    path = file(case, picture, "scan.png")

    run(case, path)
    assert state_of(case).replies["reply.1"].reply == "unclear"

    run(case, "--amend", "reply.1", "--kind", "refusal", "--dispatch", "d.eu")
    reply = state_of(case).replies["reply.1"]
    assert (reply.reply, reply.dispatch) == ("refusal", "d.eu")


def test_attachments_become_sources_and_can_be_quoted(case):
    with_letter = (
        b"From: secretary@state.example\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="b"\n\n'
        b"--b\nContent-Type: text/plain\n\nPlease see attached.\n"
        b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=letter.txt\n\n"
        b"The visa was refused by us.\n--b--\n"
    )

    run(
        case, file(case, with_letter), "--kind", "substantive",
        "--answer", "r.visa=granted:visa was refused",
    )  # fmt: skip

    state = state_of(case)
    assert {*state.sources} == {"s.reply-1", "s.reply-1.1"}
    assert state.replies["reply.1"].answers[0].passage.source == "s.reply-1.1"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "Give FILES"),
        (("--pen", "--amend", "reply.1"), "one of them"),
        (("--amend", "reply.9", "--kind", "ack"), "There is no reply 'reply.9'"),
        (("--pen", "--kind", "ack"), "--pen lists only"),
        (("x.eml", "--received", "yesterday"), "no moment"),
        (("x.eml", "--dispatch", "d.none"), "There is no dispatch"),
        (("x.eml", "y.eml", "--kind", "ack"), "one FILE"),
        (("x.eml", "--attested-by", "Clerk"), "--signature-of"),
        (("x.eml", "--signature-of", "odell"), "--attested-by and --paper-date are missing"),
        (("missing.eml",), "cannot be read"),
    ],
)
def test_a_wrong_call_exits_2_and_records_nothing(case, words, why):
    before = CaseFile.open(case).head

    assert why in run(case, *words, code=2).output
    assert CaseFile.open(case).head == before


def test_json_says_what_was_read_and_why(case):
    found = json.loads(run(case, file(case), "--json").stdout)["replies"][0]

    assert found["state"] == "proposed"
    assert found["shown_by"] == "words"
    assert found["passage"]["exact"] == "We decline to bar Mr Teresh from entry."
    assert found["matches"][0]["dispatch"] == "d.state"


def test_what_would_steer_the_terminal_does_not_reach_it(case):
    words = "We decline \x1b[31mto bar \u202eTeresh from entry."
    path = file(case, f"Our ref: ALDER-STATE-1. {words}".encode(), "x.txt")

    done = CliRunner().invoke(main, ["receive", str(case), str(path)], color=True)

    assert "Teresh from entry" in done.output
    assert "\x1b" not in done.output and "\u202e" not in done.output


DIGEST = "5a79bfe11abaed6d87375f55f986ae10" * 2


def page(case: Path, digest: str = DIGEST) -> Path:
    """The scan of a page that bears the code of a version of the letter."""
    path = case.parent / f"{digest[:4]}.png"
    segno.make(f"GRAVAMEN:1:letter-x:{digest[:32]}").save(str(path), scale=6, border=6)
    return path


def opened(case: Path) -> None:
    record = CaseFile.open(case)
    round_opened = RoundOpened(
        id="round-1",
        at=Moment("2026-05-01"),
        instrument="letter-x",
        manifest=DIGEST,
        file=record.put_blob(b"%PDF-1.7 as nobody has signed it"),
        on=Edtf("2026-05-01"),
        signatories=(Signatory(id="odell", name="Marguerite Odell", capacity="Chair"),),
    )
    record.append(Signed(act=round_opened), actor=CLERK)


def test_a_page_signed_on_paper_is_bound_to_the_version_that_it_bears(case):
    opened(case)

    run(case, page(case), "--signature-of", "odell", "--attested-by", "Clerk",
        "--paper-date", "2026-05-12", "--block-shown")  # fmt: skip

    state = state_of(case)
    given = next(a for a in state.signings.values() if isinstance(a, SignatureGiven))
    assert (given.signatory, given.how, given.attested_by) == ("odell", "wet-ink", "Clerk")
    assert state.sources[given.scan].media_type == "image/png"
    assert state.replies == {}


def test_a_page_of_another_version_is_refused_and_nothing_is_recorded(case):
    opened(case)
    before = CaseFile.open(case).head

    done = run(case, page(case, "ab" * 32), "--signature-of", "odell", "--attested-by", "Clerk",
               "--paper-date", "2026-05-12", code=2)  # fmt: skip

    assert "abab abab" in done.output and "5a79 bfe1" in done.output
    assert CaseFile.open(case).head == before


def test_a_reply_from_before_its_letter_is_refused_with_the_remedy(case):
    before = CaseFile.open(case).head

    done = run(case, file(case), "--received", "2023-01-01", "--accept", "--by", "Clerk", code=2)
    assert "It would have come on 2023-01-01, before d.state went (" in done.output
    assert "(--received), or which letter it answers (--dispatch)" in done.output
    assert CaseFile.open(case).head == before

    run(case, file(case), "--by", "Clerk")
    done = run(case, "--amend", "reply.1", "--received", "2023-01-01", "--by", "Clerk", code=2)
    assert "before d.state went (" in done.output


def test_a_mail_that_fits_no_encoding_is_taken_with_a_notice(case):
    data = (
        b"From: secretary@state.example\nIn-Reply-To: <letter-state@alder.example>\n"
        b"Date: Mon, 01 Jun 2026 09:00:00 +0000\nContent-Type: text/plain; charset=us-ascii\n\n"
        b"We \xe2\x80\x9cdecline\xe2\x80\x9d to bar Mr Teresh from entry. \xff\n"
    )
    done = run(case, file(case, data), "--by", "Clerk")

    assert "fits no encoding (us-ascii); it was read as UTF-8" in " ".join(done.output.split())
    assert state_of(case).replies["reply.1"].dispatch == "d.state"


def test_the_encoding_of_a_text_can_be_given(case):
    words = "Мы отказываем Ильвану Терешу во въезде.".encode("koi8-r")

    run(case, file(case, words, "answer.txt"), "--encoding", "koi8-r", "--by", "Clerk")
    state = state_of(case)
    assert state.texts[state.replies["reply.1"].source].text.startswith("Мы отказываем")


def test_a_mail_with_unseen_signs_cannot_be_accepted_unread(case):
    words = "The Secretary has no\u200bt designated Ilvan Teresh."
    data = REFUSAL.partition(b"\n\n")[0] + b"\n\n" + words.encode()
    before = CaseFile.open(case).head

    done = run(case, file(case, data), "--accept", "--by", "Clerk", code=2)
    assert "nothing to accept; read it, and say which: --kind" in " ".join(done.output.split())
    assert CaseFile.open(case).head == before
