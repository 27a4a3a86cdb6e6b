import json
import random
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from gravamen.case import Case
from gravamen.claims import Claim
from gravamen.cli import main
from gravamen.proceedings import RoundClosed, SignatureEnded, SignatureGiven
from gravamen.signing.increments import drafted_part
from gravamen.signing.report import Report
from gravamen.signing.verify import verify_document
from gravamen.values import sha256
from tests.instruments.letters import CASE, SIGNATORIES

from .authority import NOW, YEAR, issue, person, revoked, root
from .signed import TRUST, incremented, key, made, new_title, opened, recorded, sign, signed

ADA, TOBIAS, INES, NUNO, LENA = SIGNATORIES
LATER = (NOW + YEAR / 12).isoformat()


def put(folder: Path, data: bytes) -> Path:
    path = folder / "letter-us.state.secretary.pdf"
    path.write_bytes(data)
    return path


def verified(folder: Path, data: bytes, case: Case | None = None, **more) -> Report:
    drafted = {sha256(made().pdf)} if case else None
    return verify_document(put(folder, data), case, drafted=drafted, **{"trust": TRUST, **more})


def faults(report: Report) -> list[str]:
    own = report.examination.all_faults if report.examination else ()
    return [f.id for f in (*report.draft.faults, *own, *report.faults)]


def test_the_beginning_of_a_signed_file_is_the_draft() -> None:
    assert drafted_part(signed(5)) == made().pdf
    assert drafted_part(made().pdf) == made().pdf
    assert drafted_part(b"no end") == b"no end"


def test_a_letter_with_five_signatures_is_in_order_to_the_last_byte(tmp_path: Path) -> None:
    found = verified(tmp_path, signed(5), recorded(5))

    assert faults(found) == []
    assert found.ok
    assert found.signed
    assert found.draft.strength == "bytes"
    assert found.round and found.round.words == "five of five"
    told = found.told()
    assert "Signature of Ines Farrow, Supervisor, District 3: holds." in told
    assert "s3 allegation: 41 persons were held." in told
    assert told.count("vouched on") == 5
    assert "Note: Signed by all five of its signatories." in told
    assert told.endswith(
        "In order: 5 signatures on these very words, to the last byte; the record of port-amel "
        "agrees."
    )
    assert all(len(line) <= 100 for line in told.splitlines())


def test_it_is_told_as_data_too(tmp_path: Path) -> None:
    found = verified(tmp_path, signed(2), recorded(2)).as_json()
    json.dumps(found)
    assert found["sha256"] == sha256(signed(2))
    assert found["draft_sha256"] == sha256(made().pdf)
    assert [(s["name"], s["valid"]) for s in found["signatures"]] == [
        ("Ada Merrow", True),
        ("Tobias Quill", True),
    ]
    assert "Ada Clerk vouched on" in found["signatures"][0]["vouched"]
    assert found["unsigned"] == ["p.3", "p.4", "p.5"]
    assert found["round"]["words"] == "two of five"
    assert found["signed"] is True


def test_a_file_cut_back_to_the_third_signature_is_found_by_the_record(tmp_path: Path) -> None:
    alone = verified(tmp_path, signed(3))
    assert alone.ok  # all that it holds is whole

    found = verified(tmp_path, signed(3), recorded(5))
    assert faults(found) == ["signatures-missing"]
    assert "Nuno Ashby, Lena Ostrander" in found.faults[0].message
    assert not found.ok
    assert verified(tmp_path, signed(3), recorded(3)).ok


def test_a_bit_that_no_signature_covers_is_found_by_the_digest(tmp_path: Path) -> None:
    data = bytearray(signed(5))
    at = bytes(data).rindex(b"0" * 64)  # the padding of the last signature's container
    data[at] = ord("1")
    assert verified(tmp_path, bytes(data)).ok

    found = verified(tmp_path, bytes(data), recorded(5))
    assert faults(found) == ["file-not-recorded"]


def test_a_draft_that_its_manifest_does_not_set_is_found_under_good_signatures(
    tmp_path: Path,
) -> None:
    other = made().pdf.replace(b"/Lang (en)", b"/Lang (fr)")
    assert other != made().pdf
    found = verified(tmp_path, sign(other, ADA))

    assert "file-changed" in faults(found)
    assert found.examination and found.examination.signatures[0].valid
    assert not found.signed


def test_a_claim_that_changed_after_the_signature_leaves_the_signature_valid(
    tmp_path: Path,
) -> None:
    case = recorded(5)
    held: Claim = case.claims["c.held"]
    changed = msgspec.structs.replace(held, speaker="somebody else")
    case = msgspec.structs.replace(case, claims={**case.claims, "c.held": changed})
    found = verified(tmp_path, signed(5), case)

    assert found.signed
    assert not found.ok
    assert {f.id for f in found.changed_since} == {"sentence-stale"}
    assert {f.sentence for f in found.changed_since} == {"s3", "s8"}
    assert " ".join(found.told(brief=True).split()).endswith(
        "In order: 5 signatures on these very words, to the last byte. But the record has changed "
        "since it was signed, as told above."
    )
    assert all(s["valid"] for s in found.as_json()["signatures"])


def test_four_of_five_is_told_and_the_one_who_withdrew_is_named(tmp_path: Path) -> None:
    ended = SignatureEnded(
        id="e", at=LATER, round="round.1", signatory="p.3", how="withdrawn", reason="Unsure."
    )
    found = verified(tmp_path, signed(5), recorded(5, ended))

    assert found.ok  # the signatures are what they were
    assert found.round and found.round.words == "four of five"
    told = " ".join(found.told(brief=True).split())
    assert "Signed by four of its five signatories. Ines Farrow withdrew the signature" in told
    assert "The signature of Ines Farrow is in the file and does not count: withdrawn on" in told


def test_the_file_of_a_superseded_round_verifies_as_what_it_is(tmp_path: Path) -> None:
    newer = opened(id="round.2", at=LATER, manifest="f" * 64)
    found = verified(tmp_path, signed(2), recorded(2, newer))
    assert found.ok
    assert found.round and found.round.state == "superseded"
    assert "another version took its place" in " ".join(found.told(brief=True).split())


def test_signatures_on_a_version_without_a_round_are_told(tmp_path: Path) -> None:
    other = msgspec.structs.replace(
        CASE, signings={"round.2": opened(id="round.2", manifest="f" * 64)}
    )
    assert faults(verified(tmp_path, signed(1), other)) == ["round-not-recorded"]
    none = verified(tmp_path, signed(1), CASE)
    assert none.ok
    assert "has no round of signatures for letter-us.state.secretary" in none.notes[0]


def test_a_signature_that_the_record_does_not_know_is_told(tmp_path: Path) -> None:
    found = verified(tmp_path, signed(3), recorded(2))
    assert faults(found) == ["file-not-recorded", "signature-not-recorded"]
    assert "Ines Farrow" in found.faults[1].message


def test_a_key_that_is_not_the_registered_one_is_told(tmp_path: Path) -> None:
    data = sign(made().pdf, ADA, by=issue("Ada Merrow", by=root()).key)
    found = verified(tmp_path, data, recorded(1))
    assert "key-of-another" in faults(found)
    assert "key-differs-from-record" in faults(found)


def test_ink_is_attested_and_never_valid(tmp_path: Path) -> None:
    ink = SignatureGiven(
        id="ink", at=NOW.isoformat(), round="round.1", signatory="p.5", how="wet-ink",
        scan="s.scan", attested_by="Otto Clerk", paper_date="2024-01-16",
    )  # fmt: skip
    found = verified(tmp_path, signed(2), recorded(2, ink))

    assert found.ok
    assert [a.name for a in found.attested] == ["Lena Ostrander"]
    told = " ".join(found.told(brief=True).split())
    assert (
        "Signature of Lena Ostrander, in ink: attested by Otto Clerk, dated 16 January 2024 on "
        "paper (scan s.scan)." in told
    )
    assert "one of them in ink" in told
    assert "Ostrander: holds" not in told


def test_a_printed_letter_that_only_ink_signs_tells_its_round(tmp_path: Path) -> None:
    ink = SignatureGiven(
        id="ink", at=NOW.isoformat(), round="round.1", signatory="p.1", how="wet-ink",
        scan="s.scan", attested_by="Otto Clerk",
    )  # fmt: skip
    found = verified(tmp_path, made().pdf, recorded(0, ink))
    assert found.ok
    assert not found.signed
    assert "no key signed it" in found.told(brief=True)
    assert "attested by Otto Clerk" in found.told(brief=True)


def test_a_cancelled_round_is_told(tmp_path: Path) -> None:
    over = RoundClosed(id="c", at=LATER, round="round.1", why="cancelled")
    found = verified(tmp_path, signed(2), recorded(2, over))
    assert any("was cancelled" in note for note in found.notes)


def test_the_words_of_a_certificate_cannot_steer_the_terminal(tmp_path: Path) -> None:
    odd = issue("Ada\u202e\x1b[2J", by=root()).key
    told = verified(tmp_path, sign(made().pdf, ADA, by=odd)).told(brief=True)
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_a_key_that_nobody_vouched_for_and_an_empty_field_are_told(tmp_path: Path) -> None:
    case = recorded(1)
    kept = {id: act for id, act in case.signings.items() if not id.startswith("key.")}
    told = verified(tmp_path, signed(1), msgspec.structs.replace(case, signings=kept)).told()
    assert "Nobody vouched in the record that this key is theirs." in told
    assert "Not signed in this file: Tobias Quill, Ines Farrow, Nuno Ashby, Lena Ostrander." in told


def test_without_a_root_or_somebody_who_vouches_it_is_not_known_who_signed(tmp_path: Path) -> None:
    vouched = recorded(2)
    nobody = {id: act for id, act in vouched.signings.items() if not id.startswith("key.")}
    one = {id: act for id, act in vouched.signings.items() if id != "key.1"}

    def found(acts) -> Report:
        case = msgspec.structs.replace(vouched, signings=acts)
        return verified(tmp_path, signed(2), case, trust=None)

    told = " ".join(found(nobody).told().split())
    assert (
        "Signature in the field of Ada Merrow, Supervisor, District 1: whole, but who signed is "
        "not known."
    ) in told
    assert "; who made them is not known" in told
    assert ": holds." not in told
    assert {s["signer_known"] for s in found(nobody).as_json()["signatures"]} == {False}
    assert "Signature of Tobias Quill" in found(one).told()
    assert "; who made 1 of them is not known" in " ".join(found(one).told().split())
    assert "not known" not in found(vouched.signings).told()


def test_words_that_look_like_a_signature_make_none(tmp_path: Path) -> None:
    longer = verified(tmp_path, made().pdf + b"% /ByteRange\n")
    assert faults(longer) == ["file-continues"]
    assert longer.examination is None

    titled = made(title="On /ByteRange and other words").pdf
    assert b"/ByteRange" in titled
    assert verified(tmp_path, titled).ok

    page = tmp_path / "letter-us.state.secretary.html"
    page.write_bytes(made(title="On /ByteRange and other words").html)
    assert verify_document(page).ok


def test_flipped_bits_are_all_found_with_the_record_and_none_ends_in_an_error(
    tmp_path: Path,
) -> None:
    data, case = signed(1), recorded(1)
    chance = random.Random(20260513)
    for _ in range(40):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        found = verified(tmp_path, data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], case)
        assert not found.ok, (at, bit)
        assert "NOT in order" in found.told(brief=True)


# As its user calls it.


def run(*arguments: object):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_the_command_says_who_signed_and_whether_somebody_trusted_stands_for_it(
    tmp_path: Path,
) -> None:
    path = put(tmp_path, signed(5))
    trust = ("--trust", tmp_path / "root.pem")
    (tmp_path / "root.pem").write_bytes(root().cert_pem)
    plain = run("verify", path, "--brief")
    assert plain.exit_code == 0
    assert "chain: unknown" in plain.output
    assert "Not signed in this file" not in plain.output
    trusted = run("verify", path, "--brief", *trust)
    assert trusted.exit_code == 0
    assert "chain: trusted" in trusted.output

    (tmp_path / "gone.crl").write_bytes(revoked(person("Ines Farrow").certificate))
    gone = run(
        "verify", path, "--json", "--trust", tmp_path / "root.pem", "--crl", tmp_path / "gone.crl"
    )
    assert gone.exit_code == 1
    told = json.loads(gone.output)
    assert told["schema"] == "gravamen.verify/1"
    assert [s["chain"] for s in told["signatures"]][2] == "revoked"
    assert told["ok"] is False


def test_the_command_finds_what_was_added(tmp_path: Path) -> None:
    found = run("verify", put(tmp_path, incremented(signed(5), new_title)), "--brief")
    assert found.exit_code == 1
    assert "bytes-after-signature" in found.output
    assert "the metadata" in found.output
    assert "Traceback" not in found.output


@pytest.mark.parametrize("option", ["--trust", "--crl"])
def test_a_root_that_is_none_is_refused(tmp_path: Path, option: str) -> None:
    (tmp_path / "rubbish").write_bytes(b"rubbish")
    found = run("verify", put(tmp_path, signed(1)), option, tmp_path / "rubbish")
    assert found.exit_code == 2
    assert "PEM or DER" in found.output


def test_two_who_sign_the_same_base_apart_make_two_files(tmp_path: Path) -> None:
    by_ada, by_lena = signed(1), sign(made().pdf, LENA)
    assert verified(tmp_path, by_ada).ok
    assert verified(tmp_path, by_lena).ok
    found = verified(tmp_path, by_lena, recorded(1))
    assert faults(found) == ["file-not-recorded", "signatures-missing", "signature-not-recorded"]
    assert key(LENA).sha256 != key(ADA).sha256
