"""follow-up: the command writes the letter, records it, and it can be verified and sent."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gravamen.casefile import CaseFile, Drafted, RecordError
from gravamen.casefile.entries import Docketed, Sent, Signed
from gravamen.cli import main
from gravamen.dates import Edtf, Moment
from gravamen.proceedings import Dispatch, Holder, RoundOpened, SignatureEnded, SignatureGiven
from gravamen.values import sha256

COUNTY = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"


def told(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(a) for a in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county's package, its letter to the Secretary of State sent, and a reminder of it."""
    out = tmp_path_factory.mktemp("county")
    told("draft", COUNTY, "--on", "2024-03-05", "--out", out, "--by", "Ada")
    record = CaseFile.open(out / "case")
    manifest = (out / "letter-us.state.secretary.manifest.json").read_bytes()
    sent = Dispatch(
        id="d.state", at=Moment("2024-03-12T15:00Z"), instrument="letter-us.state.secretary",
        channel="post", address="Secretary of State, 1 Invented Street",
        office="us.state.secretary", manifest=sha256(manifest),
        message=record.put_blob(manifest), requests=("r.visa", "r.leahy"),
    )  # fmt: skip
    holder = Holder(
        id="h.state", office="us.state.secretary", confirmed_by="Ada",
        confirmed_on=Edtf("2024-06-01"), source="asked by telephone", name="Rowan Ellery",
        honorific="The Honorable", salutation="Dear Mr. Secretary:",
        address=("1 Invented Street", "Washington"), email="secretary@state.example",
    )  # fmt: skip
    record.append(Sent(dispatch=sent), Docketed(noted=holder), actor="person:Ada")
    code, words = told(
        "follow-up", out / "case", "d.state", "--on", "2024-06-10", "--out", out / "reminder",
        "--by", "Ada",
    )  # fmt: skip
    assert code == 0, words
    return out


def test_the_letter_lies_in_every_form_and_stands_in_the_record(out):
    files = sorted(p.name for p in (out / "reminder").iterdir())
    assert files == [f"follow-up-d.state.{end}" for end in
                     ("akn.xml", "docx", "html", "manifest.json", "pdf")]  # fmt: skip
    entries = [h.entry for h in CaseFile.open(out / "case").entries()]
    (drafted,) = [e for e in entries if isinstance(e, Drafted) and e.dispatch]
    assert (drafted.instrument, drafted.dispatch) == ("follow-up-d.state", "d.state")
    pdf = (out / "reminder" / "follow-up-d.state.pdf").read_bytes()
    assert drafted.files["pdf"] == sha256(pdf)


def test_the_letter_is_addressed_to_whoever_holds_the_office_on_the_day(out):
    page = (out / "reminder" / "follow-up-d.state.html").read_text()

    assert "The Honorable Rowan Ellery" in page and "Dear Mr. Secretary:" in page


@pytest.mark.parametrize("end", ["pdf", "html", "docx", "akn.xml", "manifest.json"])
def test_verify_holds_the_letter_against_the_record(out, end):
    code, words = told(
        "verify", out / "reminder" / f"follow-up-d.state.{end}", "--case", out / "case", "--brief"
    )

    assert code == 0, words


def test_verify_makes_the_letter_again_with_the_case(out):
    code, words = told("verify", out / "case", "--brief")

    assert code == 0
    assert "follow-up-d.state, drafted for 2024-06-10: follows, byte for byte." in words


def test_it_goes_out_as_what_goes_back_to_the_first(out, tmp_path):
    folder = shutil.copytree(out / "case", tmp_path / "case")
    code, words = told(
        "send", folder, "follow-up-d.state", "--via", "post", "--sent-at", "2024-06-12",
        "--receipt", "RR 1", "--despite", "signed on paper, to be recorded", "--on", "2024-06-12",
        "--print", tmp_path / "print",
    )  # fmt: skip
    assert code == 0, words

    (sent,) = [d for d in CaseFile.open(folder).case().dispatches.values() if d.follows_up]
    assert (sent.follows_up, sent.requests) == ("d.state", ("r.visa", "r.leahy"))
    _, docket = told("docket", folder, "--on", "2024-06-20", "--json")
    lines = {n["request"]: n for n in json.loads(docket)["lines"]}
    assert [e["what"] for e in lines["r.visa"]["events"]] == ["sent", "reminded"]
    assert lines["r.visa"]["days_open"] == 100


def test_json_says_what_was_written(out, tmp_path):
    code, words = told(
        "follow-up", out / "case", "d.state", "--on", "2024-06-11", "--out", tmp_path, "--json"
    )

    told_ = json.loads(words)
    assert code == 0 and told_["schema"] == "gravamen.follow-up/1"
    assert (told_["instrument"], told_["dispatch"], told_["unbound"]) == (
        "follow-up-d.state", "d.state", 0,
    )  # fmt: skip
    assert all(Path(path).is_file() for path in told_["files"].values())


def test_a_wrong_call_writes_nothing_and_says_what_there_is(out, tmp_path):
    before = CaseFile.open(out / "case").head
    code, words = told(
        "follow-up", out / "case", "d.nothing", "--on", "2024-06-10", "--out", tmp_path / "x"
    )

    assert code == 2 and "dispatches are: d.state" in words
    assert not (tmp_path / "x").exists()
    assert CaseFile.open(out / "case").head == before


def test_a_notice_goes_out_as_what_goes_back_to_the_letter_and_asks_nothing(out, tmp_path):
    folder = shutil.copytree(out / "case", tmp_path / "case")
    withdrew(CaseFile.open(folder))
    code, words = told(
        "follow-up", folder, "d.state", "--withdrawn", "rye", "--on", "2024-06-10",
        "--out", tmp_path / "notice", "--by", "Ada",
    )  # fmt: skip
    assert code == 0, words
    code, words = told(
        "send", folder, "withdrawal-d.state-rye", "--via", "post", "--sent-at", "2024-06-12",
        "--receipt", "RR 1", "--despite", "signed on paper, to be recorded", "--on", "2024-06-12",
        "--print", tmp_path / "print", "--by", "Ada",
    )  # fmt: skip
    assert code == 0, words

    (sent,) = [d for d in CaseFile.open(folder).case().dispatches.values() if d.withdrawn]
    assert (sent.follows_up, sent.withdrawn, sent.requests) == ("d.state", "rye", ())
    _, docket = told("docket", folder, "--on", "2024-06-20", "--json")
    found = json.loads(docket)
    lines = {n["request"]: n for n in found["lines"]}
    for request in ("r.visa", "r.leahy"):
        happened = [e["what"] for e in lines[request]["events"]]
        assert happened == ["sent", "signature withdrawn", "withdrawal told"]
    assert not [note for note in found["notes"] if sent.id in note]


def withdrew(record: CaseFile) -> None:
    """A round behind the letter, in which one signed in ink and withdrew after it was sent."""
    case = record.case()
    drafted = next(
        h.entry
        for h in record.entries()
        if isinstance(h.entry, Drafted) and h.entry.instrument == "letter-us.state.secretary"
    )
    acts = (
        RoundOpened(
            id="round-1", at=Moment("2024-03-06"), instrument=drafted.instrument,
            manifest=case.dispatches["d.state"].manifest or "", file=record.put_blob(b"%PDF-1.7"),
            on=Edtf(drafted.on), signatories=case.requester.signatories,
        ),
        SignatureGiven(
            id="g.rye", at=Moment("2024-03-07"), round="round-1", signatory="rye", how="wet-ink",
            scan=next(iter(case.sources)), attested_by="Ada",
        ),
        SignatureEnded(
            id="w.rye", at=Moment("2024-04-03"), round="round-1", signatory="rye", how="withdrawn"
        ),
    )  # fmt: skip
    sent = msgspec.structs.replace(case.dispatches["d.state"], round="round-1")
    record.append(*(Signed(act=a) for a in acts), Sent(dispatch=sent), actor="person:Ada")


@pytest.mark.parametrize("command", ["send", "receive"])
def test_what_cannot_be_recorded_leaves_no_file_behind(out, tmp_path, monkeypatch, command):
    folder = shutil.copytree(out / "case", tmp_path / "case")
    (tmp_path / "reply.txt").write_text("We received your letter.")
    calls = {
        "send": (
            "follow-up-d.state", "--via", "post", "--sent-at", "2024-06-12", "--receipt", "RR 1",
            "--despite", "signed on paper, to be recorded", "--on", "2024-06-12",
            "--print", tmp_path / "print",
        ),
        "receive": (tmp_path / "reply.txt", "--received", "2024-06-13"),
    }  # fmt: skip
    before = {p for p in folder.rglob("*") if p.is_file()}

    def refuse(*_: object, **__: object) -> None:
        raise RecordError("It cannot be recorded.")

    monkeypatch.setattr(CaseFile, "append_as", refuse)
    code, words = told(command, folder, *calls[command], "--by", "Ada")

    assert code == 2 and "It cannot be recorded." in words
    assert {p for p in folder.rglob("*") if p.is_file()} == before
