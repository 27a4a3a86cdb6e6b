"""Tests of `gravamen send`: what goes, what is recorded, and what is not."""

import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from gravamen.casefile import CaseFile, Docketed, compile_case, export_case, verify
from gravamen.cli import sending
from gravamen.cli.going import Going
from gravamen.dates import Edtf
from gravamen.proceedings import Dispatch, FollowUp, RoundOpened, kept_files
from gravamen.values import sha256
from tests.sending.building import STATE, TREASURY, gravamen, holder, opened, sign
from tests.sending.servers import Server, free_port, running

FROM = ("--from", "Clerk of the Board <clerk@alder.example>")
ON = ("--on", "2024-03-11")
OFFICE = "us.state.secretary@office.example"
NOON = datetime(2024, 3, 11, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server takes what goes at noon of that day."""
    monkeypatch.setattr(sending, "now", lambda: NOON)


def dispatches(folder: Path) -> list[Dispatch]:
    return list(CaseFile.open(folder).case().dispatches.values())


def files_in(data: bytes) -> dict[str, str]:
    message = message_from_bytes(data, policy=default)
    return {
        part.get_filename() or "": sha256(part.get_payload(decode=True))  # type: ignore[arg-type]
        for part in message.iter_attachments()
    }


def test_one_message_file_for_each_office_with_the_digests_of_the_record(
    folder: Path, tmp_path: Path
) -> None:
    told = gravamen("send", folder, "--all", "--to-eml", tmp_path / "a", *FROM, *ON, "--json")
    again = gravamen("send", folder, "--all", "--to-eml", tmp_path / "b", *FROM, *ON)
    found = json.loads(told.words)["dispatches"]

    assert (told.code, again.code) == (0, 0)
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [f"{STATE}.eml", f"{TREASURY}.eml"]
    signings = CaseFile.open(folder).case().signings
    for one in found:
        data = Path(one["path"]).read_bytes()
        files = files_in(data)
        assert files == one["files"]
        last = signings[f"round.{one['instrument']}.batista"]
        assert files[f"{one['instrument']}.pdf"] in kept_files(last)
        assert data == (tmp_path / "b" / f"{one['instrument']}.eml").read_bytes()
        assert (one["state"], one["recorded"]) == ("written", False)
    assert dispatches(folder) == []
    assert "Nothing is recorded as sent." in again.line


def test_what_the_server_accepts_is_recorded_with_its_answer_and_its_bytes(folder: Path) -> None:
    with running(Server()) as here:
        told = gravamen("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM,
                        *ON, "--exhibits", "all")  # fmt: skip
    (found,) = dispatches(folder)

    assert told.code == 0, told.words
    assert found.receipt == "250 2.0.0 Ok: queued as 4F1C"
    assert (found.at, found.office, found.address) == (
        "2024-03-11T12:00:00+00:00", "us.state.secretary", OFFICE
    )  # fmt: skip
    assert found.message is not None
    kept = CaseFile.open(folder).blob(found.message)
    assert kept == here.got[0].content
    assert message_from_bytes(kept, policy=default)["Message-ID"] == found.message_id
    assert files_in(kept) == dict(found.files)
    assert verify(folder).faults == ()


def test_what_was_sent_survives_export_and_import(folder: Path, tmp_path: Path) -> None:
    with running(Server()) as here:
        gravamen("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM, *ON)
    record = CaseFile.open(folder)
    written = export_case(record, tmp_path / "out")
    again = compile_case(written, tmp_path / "again", actor="person:Ada Clerk").casefile

    assert again.case().dispatches == record.case().dispatches
    (found,) = record.case().dispatches.values()
    assert again.blob(found.message or "") == record.blob(found.message or "")


@pytest.mark.parametrize(
    ("server", "state"),
    [
        (Server(recipients={OFFICE: "550 5.1.1 no such user"}), "refused"),
        (Server(answer="554 not wanted"), "refused"),
        (Server(hang="RCPT"), "refused"),
        (Server(hang="DATA"), "not-known"),
        (Server(drop=True), "not-known"),
    ],
)
def test_what_was_not_accepted_is_not_recorded(folder: Path, server: Server, state: str) -> None:
    before = (folder / "ledger.jsonl").read_bytes()
    with running(server) as here:
        told = gravamen("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM,
                        *ON, "--timeout", "0.5", "--json")  # fmt: skip

    assert told.code == 1
    assert [d["state"] for d in json.loads(told.words)["dispatches"]] == [state]
    assert (folder / "ledger.jsonl").read_bytes() == before


def test_a_lost_answer_is_told_plainly_with_how_to_record_it(folder: Path) -> None:
    with running(Server(drop=True)) as here:
        told = gravamen("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM,
                        *ON)  # fmt: skip
    id = message_from_bytes(here.got[0].content, policy=default)["Message-ID"]

    assert "it may have been sent or not" in told.line
    assert f"Look for {id} in the log" in told.line
    done = gravamen("send", folder, STATE, *ON, *FROM, "--sent-at", "2024-03-11",
                    "--receipt", "queued as 4F1C")  # fmt: skip
    (found,) = dispatches(folder)
    assert done.code == 0
    assert found.message == sha256(here.got[0].content or b"")
    assert found.message_id == id


def test_of_several_letters_those_that_were_accepted_are_recorded(folder: Path) -> None:
    refusing = Server(recipients={OFFICE: "550 no"})
    with running(refusing) as here:
        told = gravamen("send", folder, "--all", "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM,
                        *ON)  # fmt: skip

    assert told.code == 1
    assert [d.instrument for d in dispatches(folder)] == [TREASURY]
    assert "NOT SENT, not recorded" in told.line


def test_a_server_that_is_not_there_is_the_callers_error(folder: Path) -> None:
    told = gravamen("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{free_port()}", *FROM, *ON)

    assert told.code == 2
    assert "nothing was sent" in told.line
    assert dispatches(folder) == []


def test_one_letter_that_blocks_holds_all_of_them_and_nothing_is_written(tmp_path: Path) -> None:
    record = opened(tmp_path / "case", holder("us.treasury.secretary", name="Odo Penn"))
    sign(record, STATE, TREASURY)
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    with running(Server()) as here:
        for way in (("--to-eml", tmp_path / "out"), ("--smtp", f"smtp://127.0.0.1:{here.port}")):
            told = gravamen("send", tmp_path / "case", "--all", *way, *FROM, *ON)
            assert told.code == 1
            assert "BLOCKS address-unconfirmed" in told.line
            assert "Nothing was sent, written or recorded." in told.line

    assert here.got == []
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == before


def test_a_dry_run_says_what_would_go_and_exits_1_where_it_would_not(
    folder: Path, tmp_path: Path
) -> None:
    well = gravamen("send", folder, STATE, "--dry-run", *ON)
    ill = gravamen("send", folder, STATE, "--via", "fax", "--dry-run", *ON)

    assert (well.code, ill.code) == (0, 1)
    assert "Would go: " in well.line
    assert "Nothing holds them back." in well.line
    assert "BLOCKS address-unconfirmed" in ill.line


def test_the_closed_gateway_is_refused_with_date_and_source(folder: Path) -> None:
    record = CaseFile.open(folder)
    there = holder("us.state.secretary", portal="Human Rights Reporting Gateway",
                   confirmed_on=Edtf("2026-03-01"))  # fmt: skip
    record.append(Docketed(noted=there), actor="person:Ada Clerk")

    told = gravamen("send", folder, STATE, "--via", "portal", "--print", folder.parent / "out",
                    "--on", "2026-03-11")  # fmt: skip

    assert told.code == 1
    assert "shut by October 2025 (Press of 23 October 2025" in told.line


def test_a_second_time_wants_a_reason_and_is_linked_to_the_first(folder: Path) -> None:
    with running(Server()) as here:
        call = ("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM, *ON)
        first, second = gravamen(*call), gravamen(*call)
        third = gravamen(*call, "--again", "the first one was not opened")

    assert (first.code, second.code, third.code) == (0, 1, 0)
    assert "Already sent to the Secretary of State by e-mail on 11 March 2024" in second.line
    one, other = dispatches(folder)
    assert (other.resends, other.note) == (one.id, "the first one was not opened")
    reply = message_from_bytes(here.got[1].content or b"", policy=default)
    assert reply["References"] == one.message_id


@pytest.mark.parametrize(
    "how",
    [
        ("--smtp",),
        ("--sent-at", "2024-03-11T11:00Z", "--receipt", "queued as 4F1C"),
    ],
)
def test_of_two_who_send_at_once_the_second_is_told_and_sends_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, how: tuple[str, ...]
) -> None:
    gathered = sending.gathered

    with running(Server()) as here:
        url = f"smtp://127.0.0.1:{here.port}"
        first = ("send", folder, STATE, "--smtp", url, *FROM, *ON)

        def meanwhile(*asked: Any, **more: Any) -> list[Going]:
            monkeypatch.setattr(sending, "gathered", gathered)
            found = gathered(*asked, **more)
            assert gravamen(*first).code == 0
            return found

        monkeypatch.setattr(sending, "gathered", meanwhile)
        way = (*how, url) if how == ("--smtp",) else how
        told = gravamen("send", folder, STATE, *way, *FROM, *ON)

    assert told.code == 2
    assert "changed while this was made ready" in told.line
    assert len(here.got) == 1
    (only,) = dispatches(folder)
    assert only.message == sha256(here.got[0].content or b"")


def test_what_a_person_posted_is_recorded_with_its_number_and_the_whole_set(
    folder: Path, tmp_path: Path
) -> None:
    printed = gravamen("send", folder, STATE, "--print", tmp_path / "out", *ON)
    slip = tmp_path / "slip.txt"
    slip.write_text("Posted on 12 March 2024, RR123\n")
    told = gravamen("send", folder, STATE, "--via", "post", "--sent-at", "2024-03-12",
                    "--receipt", "RR123", "--evidence", slip, "--by", "Ada Clerk")  # fmt: skip
    (found,) = dispatches(folder)

    assert (printed.code, told.code) == (0, 0), told.words
    assert (found.at, found.channel, found.receipt) == ("2024-03-12", "post", "RR123")
    assert found.address == "Room 1, 1 Hill Street, Capital"
    record = CaseFile.open(folder)
    assert [record.case().sources[s].name for s in found.evidence] == ["slip.txt"]
    with zipfile.ZipFile(io.BytesIO(record.blob(found.message or ""))) as archive:
        for file in (tmp_path / "out" / STATE).iterdir():
            assert archive.read(file.name) == file.read_bytes()


def test_the_message_that_really_went_is_kept_and_another_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    gravamen("send", folder, "--all", "--to-eml", tmp_path, *FROM, *ON)
    went = tmp_path / "sent.eml"
    data = (tmp_path / f"{STATE}.eml").read_bytes()
    went.write_bytes(data.replace(b"Message-ID: <gravamen.", b"Message-ID: <program."))
    call = ("send", folder, STATE, *ON, "--sent-at", "2024-03-11T10:00Z", "--message")

    wrong = gravamen(*call, tmp_path / f"{TREASURY}.eml")
    right = gravamen(*call, went)

    assert (wrong.code, right.code) == (2, 0)
    assert "does not carry" in wrong.line
    (found,) = dispatches(folder)
    assert (found.message_id or "").startswith("<program.")
    assert CaseFile.open(folder).blob(found.message or "") == went.read_bytes()


def test_what_went_in_spite_of_a_flag_is_recorded_with_the_reason_alone(folder: Path) -> None:
    call = ("send", folder, STATE, "--via", "hand", *ON, "--sent-at", "2024-03-11",
            "--receipt", "stamped copy", "--address", "12 Other Street")  # fmt: skip
    held = gravamen(*call)
    done = gravamen(*call, "--despite", "handed over at a hearing")

    assert (held.code, done.code) == (1, 0)
    assert "record it with --despite" in held.line
    (found,) = dispatches(folder)
    assert (found.address, found.note) == ("12 Other Street", "handed over at a hearing")
    assert found.holder is None


def test_a_mail_server_takes_it_now_and_not_as_of_another_day(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "now", lambda: datetime(2026, 11, 26, 3, tzinfo=UTC))
    with running(Server()) as here:
        call = ("send", folder, STATE, "--smtp", f"smtp://127.0.0.1:{here.port}", *FROM)
        past = gravamen(*call, *ON)
        assert (here.got, dispatches(folder)) == ([], [])
        today = gravamen(*call)

    assert past.code == 2
    assert "A mail server takes it today, 2026-11-26" in past.line
    assert "was confirmed on 1 March 2024, 1000 days ago" in today.line
    (sent,) = dispatches(folder)
    message = message_from_bytes(here.got[0].content or b"", policy=default)
    assert sent.at == "2026-11-26T03:00:00+00:00"
    assert message["Date"].datetime == datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((STATE,), "Say in one way how it goes"),
        ((STATE, "--dry-run", "--to-eml", "x"), "Say in one way how it goes"),
        (("--dry-run",), "Name the instruments, or give --all"),
        ((STATE, "--all", "--dry-run"), "Name the instruments, or give --all"),
        ((STATE, "--to-eml", "x"), "Who sends it? Give --from"),
        ((STATE, "--sent-at", "2024-03-11"), "What shows that it went?"),
        ((STATE, "--sent-at", "soon", "--receipt", "x", "--via", "post"), "'soon' is no moment"),
        ((STATE, "--dry-run", "--receipt", "x"), "belong to what has gone"),
        (
            (STATE, "--sent-at", "2024-03-12", "--receipt", "x", "--via", "post", *ON),
            "It went on 2024-03-12, for which all is asked; leave --on 2024-03-11 out",
        ),
        (("--all", "--sent-at", "2024-03-11", "--receipt", "x"), "is that of one instrument"),
        ((STATE, "--to-eml", "x", "--from", "a\nb@c.example"), "control character U+000A"),
        ((STATE, "--to-eml", "x", "--via", "post", *FROM), "goes by e-mail, not by post"),
        (("letter-x", "--dry-run"), "no instrument 'letter-x'"),
        ((STATE, "--smtp", "smtp://a:b@c", *FROM), "The address holds a password"),
        (("motion", "--dry-run", "--to", "us.nobody"), "no office 'us.nobody'"),
    ],
)
def test_a_call_that_cannot_be_meant_exits_2_with_what_to_do(
    folder: Path, options: tuple[str, ...], words: str
) -> None:
    told = gravamen("send", folder, *options)

    assert told.code == 2
    assert words in told.line
    assert not Path("x").exists()


def test_a_file_that_is_there_already_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / f"{STATE}.eml").write_text("mine")
    told = gravamen("send", folder, STATE, "--to-eml", tmp_path, *FROM, *ON)

    assert told.code == 2
    assert (tmp_path / f"{STATE}.eml").read_text() == "mine"


def test_a_letter_goes_to_no_other_office_than_it_asks(folder: Path) -> None:
    told = gravamen("send", folder, STATE, "--dry-run", "--to", "us.president", *ON)

    assert told.code == 2
    assert "is addressed to us.state.secretary" in told.line


def test_what_is_held_back_is_told_as_data_too(folder: Path) -> None:
    told = gravamen("send", folder, "--all", "--via", "fax", "--print", folder.parent / "out",
                    *ON, "--json")  # fmt: skip
    found = json.loads(told.words)

    assert told.code == 1
    assert found["schema"] == "gravamen.send/1"
    assert [d["state"] for d in found["dispatches"]] == ["held", "held"]
    assert all(
        f["id"] == "address-unconfirmed" for d in found["dispatches"] for f in d["flags"]
        if f["blocks"]
    )  # fmt: skip


def test_the_day_that_a_letter_names_stands_in_the_docket_once_it_went(folder: Path) -> None:
    gravamen("send", folder, STATE, "--via", "post", "--sent-at", "2024-03-11", *ON,
             "--receipt", "RR 1")  # fmt: skip
    gravamen("send", folder, STATE, "--via", "post", "--sent-at", "2024-03-12", *ON[:1],
             "2024-03-12", "--receipt", "RR 2", "--again", "It was lost.")  # fmt: skip
    case = CaseFile.open(folder).case()
    (first, second) = case.dispatches.values()
    (ours,) = (n for n in case.noted.values() if isinstance(n, FollowUp))

    assert (second.resends, ours.dispatch) == (first.id, first.id)
    on = next(r.on for r in case.signings.values() if isinstance(r, RoundOpened))
    assert ours.due == (date.fromisoformat(on) + timedelta(days=60)).isoformat()
