"""gravamen sign: from the round that is opened to the file that five have signed."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from gravamen.casefile import CaseFile, RecordError
from gravamen.cli import giving, main
from gravamen.instruments.setting import write
from gravamen.proceedings import SignatureGiven
from gravamen.rounds import Round
from gravamen.values import sha256
from tests.instruments.letters import CASE, letter
from tests.signing.authority import person, revoked, root, served
from tests.signing.signed import incremented
from tests.signing.test_shadow import painted

ROOT = Path(__file__).parent.parent
CASE_YAML = ROOT / "cases" / "alder-county" / "case.yaml"
LETTER = "letter-us.state.secretary"
NAMES = {
    "odell": "Marguerite Odell",
    "rye": "Tomas Rye",
    "okonjo": "Adaeze Okonjo",
    "lindgren": "Per Lindgren",
    "batista": "Clara Batista",
}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [*map(str, words)], env={"GRAVAMEN_ACTOR": "A. Clerk"})


def done(*words: object) -> str:
    """What a command that went well printed, on one line."""
    told = run(*words)
    assert told.exit_code == 0, told.output
    return " ".join(told.output.split())


def refused(*words: object, code: int = 2) -> str:
    """What a command that was refused said, on one line."""
    told = run(*words)
    assert told.exit_code == code, told.output
    return " ".join(told.output.split())


class Desk:
    """A folder with a case, its drafts, and keys of its five signatories."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = folder / "case"
        self.letter = folder / f"{LETTER}.pdf"

    def key(self, name: str) -> tuple[object, ...]:
        """The options that name the key of a signatory."""
        return (
            "--key", self.folder / f"{name}.key.pem", "--cert", self.folder / f"{name}.cert.pem",
        )  # fmt: skip

    def open(self, *more: object) -> str:
        return done("sign", "open", self.case, LETTER, *more)

    def sign(self, name: str, *more: object) -> tuple[object, ...]:
        return ("sign", self.letter, "--case", self.case, "--as", name, *self.key(name), *more)

    def shown(self) -> dict[str, object]:
        (found,) = json.loads(run("sign", "show", self.case, "--json").stdout)["rounds"]
        return dict(found)

    @property
    def entries(self) -> int:
        return CaseFile.open(self.case).head.seq

    def scan(self, pdf: Path | None = None) -> Path:
        page = pypdfium2.PdfDocument(pdf or self.letter)[0].render(scale=150 / 72)
        page.to_pil().save(self.folder / "scan.png")
        return self.folder / "scan.png"


def prepared(folder: Path, *, voted: bool) -> Path:
    done("import", CASE_YAML, folder / "case")
    if voted:
        ayes = [word for name in ("odell", "rye", "okonjo") for word in ("--aye", name)]
        done("adopt", "vote", folder / "case", "--at", "2024-03-05", "--seats", 5, *ayes)
    done("draft", folder / "case", "--on", "2024-03-06", "--out", folder)
    for id, name in NAMES.items():
        issued = person(name)
        (folder / f"{id}.key.pem").write_bytes(issued.key_pem)
        (folder / f"{id}.cert.pem").write_bytes(issued.cert_pem)
    return folder


@pytest.fixture(scope="session")
def voted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case whose motion carried; not to be changed."""
    return prepared(tmp_path_factory.mktemp("voted"), voted=True)


@pytest.fixture
def desk(voted: Path, tmp_path: Path) -> Desk:
    """A copy of it that a test may change."""
    return Desk(Path(shutil.copytree(voted, tmp_path / "desk")))


def test_a_board_signs_under_a_motion_that_carried_or_not_at_all(tmp_path: Path) -> None:
    desk = Desk(prepared(tmp_path, voted=False))
    before = desk.entries

    told = refused("sign", "open", desk.case, LETTER, code=1)

    assert "round-without-motion" in told and "Nothing was recorded" in told
    assert desk.entries == before


def test_five_sign_in_the_file_and_the_record_keeps_each_step(desk: Desk) -> None:
    draft = desk.letter.read_bytes()
    assert "Opened round-1" in desk.open()
    files = [draft]
    for name in ("lindgren", "odell", "batista", "rye", "okonjo"):
        done(*desk.sign(name))
        files.append(desk.letter.read_bytes())

    assert all(b.startswith(a) for a, b in zip(files, files[1:], strict=False))
    found = desk.shown()
    assert (found["words"], found["state"], found["turn"]) == ("five of five", "complete", [])
    assert found["file"] == sha256(draft)
    record = CaseFile.open(desk.case)
    assert [record.blob(sha256(f)) for f in files] == files
    opened = record.case().signings["round-1"]
    assert opened.authorised_by in record.case().steps
    done("verify", desk.letter, "--case", desk.case)
    done("verify", desk.case)


def test_the_plain_form_signs_without_a_record(desk: Desk) -> None:
    before = desk.entries
    out = desk.folder / "signed.pdf"
    told = done("sign", desk.letter, "--as", "odell", *desk.key("odell"), "--out", out)

    assert "Nothing was recorded" in told
    assert out.read_bytes().startswith(desk.letter.read_bytes())
    assert desk.entries == before
    assert "is signed already" in refused("sign", out, "--as", "odell", *desk.key("odell"))
    assert "'nobody' is none of the signatories" in refused(
        "sign", out, "--as", "nobody", *desk.key("rye")
    )


def test_a_draft_is_not_signed(tmp_path: Path) -> None:
    path = write(letter(), tmp_path, case=CASE).pdf
    (tmp_path / "k").write_bytes(person("Ada").key_pem)
    (tmp_path / "c").write_bytes(person("Ada").cert_pem)
    before = path.read_bytes()

    told = refused("sign", path, "--as", "p.1", "--key", tmp_path / "k", "--cert", tmp_path / "c")

    assert "marked DRAFT" in told
    assert path.read_bytes() == before


def test_a_file_that_others_signed_since_is_not_signed(desk: Desk) -> None:
    desk.open()
    old = desk.folder / "old.pdf"
    shutil.copy(desk.letter, old)
    done(*desk.sign("odell"))
    before = (desk.entries, old.read_bytes())

    told = refused("sign", old, "--case", desk.case, "--as", "rye", *desk.key("rye"))

    assert "Others have signed since" in told
    assert (desk.entries, old.read_bytes()) == before
    done("sign", desk.case, "--as", "rye", *desk.key("rye"))
    assert desk.shown()["words"] == "two of five"


def test_a_fixed_order_is_kept_and_nobody_signs_twice(desk: Desk) -> None:
    desk.open("--order", "fixed", "--first", "okonjo")

    assert "okonjo signs next" in refused(*desk.sign("odell"))
    done(*desk.sign("okonjo"))
    done(*desk.sign("odell"))
    assert "Adaeze Okonjo has signed already" in refused(*desk.sign("okonjo"))


def test_a_key_is_vouched_for_and_then_no_other_signs(desk: Desk) -> None:
    desk.open()
    cert = desk.folder / "odell.cert.pem"
    vouching = ("--vouched-by", "A. Clerk", "--how", "handed over in person")
    told = done("sign", "vouch", desk.case, "--as", "odell", "--cert", cert, *vouching)
    assert "A. Clerk vouches for odell" in told
    assert "no signatory" in refused(
        "sign", "vouch", desk.case, "--as", "nobody", "--cert", cert, *vouching
    )

    other = ("sign", desk.letter, "--case", desk.case, "--as", "odell", *desk.key("rye"))
    assert "not the one vouched for" in refused(*other)
    assert "Nobody vouched" not in done(*desk.sign("odell"))
    assert "Nobody vouched for this key" in done(*desk.sign("rye"))


def test_a_passphrase_comes_from_a_variable_or_a_file_and_is_never_an_argument(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = desk.folder / "secret"
    secret.write_text("open sesame\n")
    made = ("new-key", "Marguerite Odell", "--out", desk.folder / "new")
    done("sign", *made, "--passphrase-file", secret)
    key = ("--key", desk.folder / "new.key.pem", "--cert", desk.folder / "new.cert.pem")
    assert (desk.folder / "new.key.pem").stat().st_mode & 0o077 == 0
    call = ("sign", desk.letter, "--as", "odell", *key)

    assert "give its passphrase by --passphrase-env" in refused(*call)
    assert "variable SECRET is not set" in refused(*call, "--passphrase-env", "SECRET")
    monkeypatch.setenv("SECRET", "wrong")
    assert "passphrase is not that of the key" in refused(*call, "--passphrase-env", "SECRET")
    assert "same key, not the same person" in done(*call, "--passphrase-file", secret)
    assert "No such option" in refused(*call, "--passphrase", "x")
    assert "is there already" in refused("sign", *made)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ((), "Name one key"),
        (("--p12", "odell.key.pem"), "no PKCS#12 key"),
        (("--p12", "missing.p12"), "No such file"),
        (("--key", "odell.key.pem"), "Name one key"),
        (("--key", "odell.cert.pem", "--cert", "odell.cert.pem"), "holds no private key"),
        (("--key", "odell.key.pem", "--cert", "rye.cert.pem"), "belongs to another key"),
    ],
)
def test_a_key_that_cannot_be_used_leaves_the_file_as_it_was(desk: Desk, key, words) -> None:
    desk.open()
    before = (desk.entries, desk.letter.read_bytes())
    options = [w if w.startswith("--") else desk.folder / w for w in key]

    told = refused("sign", desk.letter, "--case", desk.case, "--as", "odell", *options)

    assert words in told
    assert (desk.entries, desk.letter.read_bytes()) == before


def test_an_authority_that_is_off_changes_nothing(desk: Desk) -> None:
    desk.open()
    before = (desk.entries, desk.letter.read_bytes())
    with served() as url:
        pass

    told = refused(*desk.sign("odell", "--level", "B-T", "--timestamps", url))

    assert "gave no timestamp" in told
    assert (desk.entries, desk.letter.read_bytes()) == before
    assert [p.name for p in desk.folder.iterdir() if p.name.startswith(".")] == []


def test_a_lasting_signature_takes_roots_and_lists_from_files(desk: Desk) -> None:
    desk.open()
    (desk.folder / "root.pem").write_bytes(root().cert_pem)
    (desk.folder / "list.crl").write_bytes(revoked())
    more = ("--root", desk.folder / "root.pem", "--crl", desk.folder / "list.crl")
    with served() as url:
        done(*desk.sign("odell", "--level", "B-LTA", "--timestamps", url, *more))

    assert CaseFile.open(desk.case).case().signings["round-1.signed.odell"].level == "B-LTA"


def test_another_file_is_not_written_over(desk: Desk) -> None:
    desk.open()
    other = desk.folder / "motion.pdf"
    before = (desk.entries, other.read_bytes())

    assert "is another file" in refused(*desk.sign("odell", "--out", other))
    assert (desk.entries, other.read_bytes()) == before


def test_what_cannot_be_recorded_is_not_written_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    before = desk.letter.read_bytes()

    def full(*args: object, **options: object) -> None:
        raise RecordError("The disk is full.")

    monkeypatch.setattr(CaseFile, "append", full)
    assert "The disk is full" in refused(*desk.sign("odell"))
    assert desk.letter.read_bytes() == before
    assert [p.name for p in desk.folder.iterdir() if p.name.startswith(".")] == []


def test_a_page_signed_in_ink_is_attested_and_kept(desk: Desk) -> None:
    desk.open("--at", "2024-03-07")
    done(*desk.sign("odell"))
    words = ("--attested-by", "A. Clerk", "--paper-date", "2024-03-14")
    call = ("sign", "ink", desk.case, "--as", "rye", "--scan", desk.scan(), *words)
    assert "1 of 4 pages. Scan the letter whole" in refused(*call)
    call = (*call, "--block-shown")
    told = done(*call)

    assert "attested by A. Clerk" in told and "valid" not in told
    case = CaseFile.open(desk.case).case()
    given = case.signings["round-1.signed.rye"]
    assert (given.how, given.at, given.paper_date) == ("wet-ink", "2024-03-14", "2024-03-14")
    assert given.scanned == (
        "1 of 4 pages scanned; that with the signature is among them, says A. Clerk"
    )
    assert given.scanned in told
    assert case.sources[given.scan].media_type == "image/png"
    assert case.sources[given.scan].sha256 == sha256(desk.scan().read_bytes())
    assert "has signed already" in refused(*call)
    done(*desk.sign("okonjo"))
    assert desk.shown()["words"] == "three of five"
    done("verify", desk.case)


def test_a_scan_of_another_version_is_refused_with_both_digests(desk: Desk) -> None:
    desk.open()
    before = desk.entries
    scan = desk.scan(desk.folder / "letter-us.treasury.secretary.pdf")

    told = refused(
        "sign", "ink", desk.case, "--as", "rye", "--scan", scan, "--attested-by", "A. Clerk",
        "--paper-date", "2024-03-14",
    )  # fmt: skip

    ours = str(desk.shown()["manifest"])
    theirs = json.loads((desk.folder / "letter-us.treasury.secretary.manifest.json").read_text())
    assert " ".join(ours[n : n + 4] for n in range(0, 32, 4)) in told
    assert theirs["instrument"] == "letter-us.treasury.secretary"
    assert "which no round here is for" in told
    assert desk.entries == before


def test_a_signature_withdrawn_stays_in_the_file_and_no_longer_counts(desk: Desk) -> None:
    desk.open()
    assert "nothing to take back" in refused("sign", "withdraw", desk.case, "round-1", "odell")
    done(*desk.sign("odell"))
    signed = desk.letter.read_bytes()
    assert "has signed in round-1" in refused("sign", "refuse", desk.case, "round-1", "odell")
    told = done("sign", "withdraw", desk.case, "round-1", "odell", "--reason", "The text changed")

    assert "none of five" in told
    assert desk.letter.read_bytes() == signed
    assert CaseFile.open(desk.case).blob(sha256(signed)) == signed
    assert "open a new round" in refused(*desk.sign("odell"))
    done("judge", desk.case, "round-1.withdrawn.odell", "--verdict", "rejected")
    assert desk.shown()["words"] == "one of five"


def test_who_refused_does_not_sign_and_the_reason_is_shown(desk: Desk) -> None:
    desk.open()
    done("sign", "invite", desk.case, "round-1", "odell", "rye")
    done("sign", "refuse", desk.case, "round-1", "rye", "--reason", "Not consulted")

    assert "Tomas Rye refused to sign" in refused(*desk.sign("rye"))
    shown = done("sign", "show", desk.case)
    assert "Tomas Rye, refused: Not consulted" in shown
    assert "Marguerite Odell invited" in shown
    assert "none of the signatories" in refused("sign", "invite", desk.case, "round-1", "nobody")
    assert "Missing option '--reason'" in refused(
        "sign", "invalidate", desk.case, "round-1", "odell"
    )


def test_a_closed_round_takes_no_signature(desk: Desk) -> None:
    desk.open()
    close = ("sign", "close", desk.case, "round-1", "--why")
    assert "is not complete: none of five" in refused(*close, "complete")
    assert "needs a reason" in refused(*close, "cancelled")
    done(*close, "cancelled", "--reason", "Put otherwise")

    assert "No round of signatures is open" in refused(*desk.sign("odell"))
    assert "has ended already (cancelled)" in refused(*close, "expired")
    assert "There is no round 'round-9'" in refused(
        "sign", "close", desk.case, "round-9", "--why", "expired"
    )


def test_a_changed_letter_has_no_signatures(desk: Desk) -> None:
    desk.open()
    done(*desk.sign("odell"))
    done(*desk.sign("rye"))
    old = desk.letter.read_bytes()
    done("draft", desk.case, "--on", "2024-03-07", "--out", desk.folder / "again")
    told = desk.open()

    assert "takes the place of round-1, whose two of five signatures stay" in told
    rounds = json.loads(run("sign", "show", desk.case, "--json").stdout)["rounds"]
    assert [(r["id"], r["state"], r["count"]) for r in rounds] == [
        ("round-1", "superseded", 2),
        ("round-2", "open", 0),
    ]
    assert "No round of signatures is open for this version" in refused(*desk.sign("okonjo"))
    assert desk.letter.read_bytes() == old


def test_only_what_was_drafted_from_the_record_is_opened(desk: Desk) -> None:
    assert "was not drafted" in refused("sign", "open", desk.case, "letter-nobody")
    motion = desk.folder / "motion.pdf"
    assert f"is motion, not {LETTER}" in refused(
        "sign", "open", desk.case, LETTER, "--file", motion
    )
    done(*("sign", desk.letter, "--as", "odell", *desk.key("odell")))
    assert "is not what its manifest and the record set" in refused(
        "sign", "open", desk.case, LETTER, "--file", desk.letter
    )
    assert "carries no manifest" in refused("sign", CASE_YAML, "--as", "x", *desk.key("odell"))


def test_a_round_closes_on_its_day(desk: Desk) -> None:
    desk.open("--at", "2024-03-07", "--closes", "2024-03-20")

    assert "The last day of round-1 was 2024-03-20" in refused(*desk.sign("odell"))
    ink = (
        "sign", "ink", desk.case, "--as", "rye", "--scan", desk.scan(), "--attested-by", "A",
        "--block-shown",
    )  # fmt: skip
    assert "The last day of round-1" in refused(*ink, "--paper-date", "2024-03-21")
    done(*ink, "--paper-date", "2024-03-20")


def test_several_rounds_are_opened_and_signed_in_one_call(desk: Desk) -> None:
    letters = ("letter-us.treasury.secretary", LETTER)
    told = done("sign", "open", desk.case, *letters)
    assert f"Opened round-1: {letters[0]}" in told and f"Opened round-2: {LETTER}" in told

    at = datetime.now(UTC).replace(microsecond=0)
    every = ("sign", desk.case, "--all", "--as", "rye", *desk.key("rye"))
    told = done(*every, "--out", desk.folder / "signed", "--at", at.isoformat())

    assert all(f"signed {one} in round-" in told for one in letters)
    acts = CaseFile.open(desk.case).case().signings.values()
    given = [a.at for a in acts if isinstance(a, SignatureGiven) and a.signatory == "rye"]
    assert given == [at.strftime("%Y-%m-%dT%H:%M:%SZ")] * 2
    for one in letters:
        assert (desk.folder / "signed" / f"{one}.pdf").read_bytes().startswith(b"%PDF")
    assert "No open round" in refused(*every)


def test_of_several_rounds_all_are_opened_or_none(desk: Desk) -> None:
    before = desk.entries
    assert "'letter-nobody' was not drafted" in refused(
        "sign", "open", desk.case, LETTER, "letter-nobody"
    )
    assert "those of one instrument" in refused(
        "sign", "open", desk.case, LETTER, "letter-us.president", "--id", "round-a"
    )
    assert desk.entries == before


def test_a_signature_states_a_time_and_not_a_day(desk: Desk) -> None:
    desk.open()
    assert "2024-03-07 is a day; write a time" in refused(*desk.sign("rye", "--at", "2024-03-07"))
    url = ("--timestamps", "http://127.0.0.1:9", "--at", "2024-03-07T10:00Z")
    assert "leave --at out" in refused(*desk.sign("rye", *url))
    early = refused(*desk.sign("rye", "--at", "2001-03-07T10:00Z"))
    assert "is valid from" in early


def test_all_rounds_are_those_of_a_case(desk: Desk) -> None:
    desk.open()
    assert "--all is for a case folder" in refused(*desk.sign("rye", "--all"))


def test_of_two_who_sign_at_once_the_second_signs_what_the_first_signed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.open()
    found, files = giving._round_for, [desk.folder / f"{name}.pdf" for name in ("rye", "odell")]

    def meanwhile(*asked: Any) -> Round:
        monkeypatch.setattr(giving, "_round_for", found)
        seen = found(*asked)
        done("sign", desk.case, "--as", "rye", *desk.key("rye"), "--out", files[0])
        return seen

    monkeypatch.setattr(giving, "_round_for", meanwhile)
    done("sign", desk.case, "--as", "odell", *desk.key("odell"), "--out", files[1])

    assert files[1].read_bytes().startswith(files[0].read_bytes())
    assert desk.shown()["words"] == "two of five"
    done("verify", desk.case)


def test_a_page_that_was_swapped_is_not_signed(desk: Desk) -> None:
    whole = desk.letter.read_bytes()
    swapped = desk.folder / "swapped.pdf"
    swapped.write_bytes(incremented(whole, painted))
    short = desk.folder / "short.pdf"
    with pikepdf.open(desk.letter) as pdf:
        del pdf.pages[-1]
        pdf.save(short)
    after = desk.folder / "after.pdf"
    after.write_bytes(whole + b"% more\n")

    for file in (swapped, short, after):
        told = refused("sign", file, "--as", "odell", *desk.key("odell"))
        assert "This file is not to be signed" in told
        assert file.read_bytes().count(b"/ByteRange") == 0
    done("sign", desk.letter, "--as", "odell", *desk.key("odell"))
    desk.letter.write_bytes(incremented(desk.letter.read_bytes(), painted))
    told = refused("sign", desk.letter, "--as", "rye", *desk.key("rye"))
    assert "bytes follow the last signature, which nobody signed" in told


def test_a_file_that_was_lost_on_its_way_out_is_written_again(desk: Desk) -> None:
    desk.open()
    out = desk.folder / "signed.pdf"
    done(*desk.sign("odell", "--out", out))
    kept, entries = out.read_bytes(), desk.entries
    out.unlink()
    left = out.with_name(f".signed.pdf.{'0a' * 16}")
    left.write_bytes(kept)

    told = done(*desk.sign("odell", "--out", out))

    assert "Marguerite Odell had signed" in told and "nothing was signed now" in told
    assert out.read_bytes() == kept
    assert not left.exists()
    assert desk.entries == entries
    assert "has signed already" in refused(*desk.sign("odell", "--out", out))
    out.unlink()
    other = ("sign", desk.letter, "--case", desk.case, "--as", "odell", *desk.key("rye"))
    assert "has signed already" in refused(*other, "--out", out)
    assert not out.exists()


def test_a_full_disk_is_told_in_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    desk.open()
    entries = desk.entries
    monkeypatch.setattr(giving, "write_new", full)
    told = refused(*desk.sign("odell"))
    assert "cannot be written (No space left on device), so that nothing was signed" in told
    monkeypatch.undo()
    monkeypatch.setattr(CaseFile, "put_blob", full)
    told = refused(*desk.sign("odell"))
    assert "The record in" in told and "nothing was signed" in told
    assert desk.entries == entries
    assert b"/ByteRange" not in desk.letter.read_bytes()
