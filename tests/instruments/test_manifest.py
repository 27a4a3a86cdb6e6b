import hashlib
import json

import msgspec
import pytest

from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.manifest import Manifest, ManifestError, exhibits_of, read
from gravamen.instruments.typeset import typeset
from gravamen.sentences import Instrument
from gravamen.values import canonical

from .letters import CASE, letter, motion


def manifest_of(instrument: Instrument) -> Manifest:
    return typeset(instrument, exhibits_of(instrument, CASE.sources)).manifest


@pytest.mark.parametrize("instrument", [letter(), motion(), motion("county"), letter(paper="a4")])
def test_a_manifest_gives_the_instrument_back_whole(instrument: Instrument) -> None:
    manifest = manifest_of(instrument)
    back, again = read(manifest.bytes)

    assert again == instrument
    assert back == manifest


def test_a_manifest_is_canonical_json_whose_digest_anyone_can_make() -> None:
    manifest = manifest_of(letter())
    data = json.loads(manifest.bytes)
    plain = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert plain.encode() == manifest.bytes
    assert hashlib.sha256(manifest.bytes).hexdigest() == manifest.digest
    data["seal"] = ""
    unsealed = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(unsealed.encode()).hexdigest() == manifest.seal


def test_a_manifest_says_what_each_sentence_is_and_rests_on() -> None:
    data = json.loads(manifest_of(letter()).bytes)
    stated = {s["id"]: s for s in data["sentences"]}
    source = CASE.sources["s.report"]

    assert data["schema"] == "gravamen.manifest/1"
    assert data["instrument"] == "letter-us.state.secretary"
    assert data["addressee"] == {
        "office": "us.state.secretary",
        "lines": ["The Secretary of State", "Department of State"],
    }
    assert (data["on"], data["language"], data["law_edition"]) == ("2024-01-15", "en", "2024-01")
    assert stated["s1"]["authority"] == "us.eo13818"
    assert stated["s1"]["office"] == "us.state.secretary"
    assert stated["s3"]["claims"] == [
        {
            "claim": "c.held",
            "version": CASE.version("c.held"),
            "source": "s.report",
            "source_sha256": source.sha256,
            "quote": "held 41 persons without charge",
            "start": 30,
            "end": 60,
            "page": None,
            "withheld": False,
            "translation": None,
            "translator": None,
        }
    ]
    assert set(stated["s3"]["place"]) == {"page", "x", "y"}
    assert [e["cited"] for e in data["exhibits"]] == [source.cited, CASE.sources["s.fa"].cited]
    assert data["signatories"][0]["capacity"] == "Supervisor, District 1"
    assert data["engine"]["name"] == "typst"
    assert {f["name"] for f in data["fonts"]} >= {"Noto Sans", "Noto Sans Armenian"}


def test_a_withheld_claim_leaves_only_its_commitment() -> None:
    manifest = manifest_of(letter())
    [claim] = [b for s in manifest.sentences for b in s.claims if b.withheld]

    assert (claim.quote, claim.source, claim.start) == ("", "", 0)
    assert claim.version == CASE.version("c.witness")
    assert manifest.disclosure.withheld == 1
    assert b"Tovash" not in manifest.bytes


def resealed(data: dict[str, object]) -> bytes:
    manifest = msgspec.convert({**data, "seal": ""}, Manifest)
    return msgspec.structs.replace(manifest, seal=manifest.digest).bytes


def test_a_changed_manifest_is_refused_with_the_reason() -> None:
    manifest = manifest_of(letter())
    data = json.loads(manifest.bytes)

    with pytest.raises(ManifestError, match="does not match its own seal"):
        read(manifest.bytes.replace(b"41 persons were held", b"42 persons were held"))
    with pytest.raises(ManifestError, match="not in canonical form"):
        read(json.dumps(data).encode())
    with pytest.raises(ManifestError, match="does not hold the instrument"):
        read(resealed({**data, "on": "2024-01-16"}))


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"{}",
        b"[1]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema":"gravamen.manifest/2"}',
    ],
)
def test_bytes_that_are_no_manifest_are_refused(hostile: bytes) -> None:
    with pytest.raises(ManifestError):
        read(hostile)


def test_a_frame_that_names_an_unknown_sentence_is_refused() -> None:
    data = json.loads(manifest_of(motion()).bytes)
    data["frame"]["sections"][0]["blocks"][0]["sentences"] = ["s404"]
    with pytest.raises(ManifestError, match="s404"):
        read(canonical(data))


def test_a_binding_to_a_source_that_the_case_lacks_is_refused() -> None:
    with pytest.raises(InstrumentError, match=r"s3 of .* rests on the source 's\.report'"):
        exhibits_of(letter(sections=letter().sections[2:]), {})
