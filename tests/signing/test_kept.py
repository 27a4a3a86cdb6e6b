from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gravamen.casefile import CaseFile, Opened, Signed
from gravamen.casefile.entries import Entry
from gravamen.cli import main
from gravamen.dates import Moment
from gravamen.proceedings import RoundClosed, SignatureEnded, SignatureGiven
from gravamen.rounds import rounds
from gravamen.signing.kept import SignedFile, signed_file
from gravamen.values import sha256

from .signed import SIGNATORIES, acts, incremented, made, new_title, recorded, signed

FILES = {sha256(signed(n)): signed(n) for n in range(6)}


def kept(count: int = 5, *more: object, files: dict[str, bytes] | None = None) -> SignedFile:
    case = recorded(count, *more)
    (round,) = rounds(case)
    found = signed_file(case, round, (files or FILES).__getitem__)
    assert found is not None
    return found


def last_is(data: bytes) -> dict[str, SignatureGiven]:
    """The last signature of three, with another file."""
    given = acts(3)["signed.3"]
    return {"signed.3": msgspec.structs.replace(given, file=sha256(data))}


def test_each_signatory_of_a_round_has_a_line_and_all_hold():
    found = kept()

    assert found.ok
    assert [s.valid for s in found.examination.signatures] == [True] * 5
    lines = list(found.told())
    assert len(lines) == 5
    assert all(line.endswith("; the signature holds.") for line in lines)
    assert lines[0].startswith(f"round.1, {made().manifest.instrument}: {SIGNATORIES[0].name}")


def test_who_has_not_signed_is_told_and_is_no_fault():
    found = kept(3)

    assert found.ok
    assert [line.endswith("has not signed (pending).") for line in found.told()] == (
        [False] * 3 + [True] * 2
    )


def test_a_round_that_nobody_signed_in_a_file_has_none():
    case = recorded(0)
    (round,) = rounds(case)

    assert signed_file(case, round, FILES.__getitem__) is None


def test_what_was_added_after_the_signatures_does_not_hold():
    changed = incremented(signed(3), new_title)
    found = kept(3, *last_is(changed).values(), files={**FILES, sha256(changed): changed})

    assert not found.ok
    assert "bytes-after-signature" in " ".join(found.told())


def test_a_round_that_another_version_replaced_fails_nothing():
    changed = incremented(signed(3), new_title)
    closed = RoundClosed(
        id="closed", at=Moment("2030-01-01"), round="round.1", why="cancelled", reason="reworded"
    )
    files = {**FILES, sha256(changed): changed}

    found = kept(3, *last_is(changed).values(), closed, files=files)
    assert found.ok
    assert "bytes-after-signature" in " ".join(found.told())


def test_a_file_that_holds_fewer_signatures_than_the_record_is_found():
    cut = {"signed.5": msgspec.structs.replace(acts()["signed.5"], file=sha256(signed(4)))}
    found = kept(5, *cut.values())

    assert not found.ok
    assert "signatures-missing" in {f.id for f in found.wrong}
    assert "no such signature is in the file" in " ".join(found.told())


def test_a_signature_withdrawn_since_is_told():
    gone = SignatureEnded(
        id="gone", at=Moment("2030-01-01"), round="round.1", signatory=SIGNATORIES[1].id,
        how="withdrawn",
    )  # fmt: skip

    found = kept(5, gone)
    assert found.ok
    assert "(withdrawn since); the signature holds." in list(found.told())[1]


def case_folder(tmp_path: Path, last: bytes) -> Path:
    record = CaseFile.create(
        tmp_path / "case", Opened(id="letter", title="Letter"), actor="person:Ada"
    )
    with record.all_or_none():
        for data in (*FILES.values(), last):
            record.put_blob(data)
        entries: list[Entry] = [Signed(act=a) for a in (acts(3) | last_is(last)).values()]
        record.append(*entries, actor="person:Ada")
    return record.path


@pytest.mark.parametrize("sound", [True, False])
def test_verifying_a_case_examines_what_was_signed_in_it(tmp_path, sound):
    last = signed(3) if sound else incremented(signed(3), new_title)
    path = case_folder(tmp_path, last)

    found = CliRunner().invoke(main, ["verify", str(path)])
    said = " ".join(found.output.split())
    assert found.exit_code == (0 if sound else 1)
    assert said.count("signed on") == 3
    assert ("round.1: bytes-after-signature" in said) is not sound
    assert ("Signatures that do not hold: in round.1." in said) is not sound
    as_json = CliRunner().invoke(main, ["verify", str(path), "--json"])
    assert as_json.exit_code == found.exit_code
    told = msgspec.json.decode(as_json.stdout)
    assert told["ok"] is sound
    assert [one["round"] for one in told["signed"]] == ["round.1"]
