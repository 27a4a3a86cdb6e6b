import json
import random
import time
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest

from gravamen.case import Case, Erasure
from gravamen.instruments import typeset as setter
from gravamen.instruments.manifest import Engine, Manifest, Template
from gravamen.instruments.setting import Files, write
from gravamen.instruments.verify import verify_file
from gravamen.sentences import Block, Section
from gravamen.values import GravamenError

from .letters import CASE, letter, motion, sentence

KINDS = ("pdf", "html", "docx", "akn", "manifest")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return write(letter(), tmp_path_factory.mktemp("out"), case=CASE)


def case(**more: Any) -> Case:
    return msgspec.structs.replace(CASE, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_file_agrees_with_itself_and_with_the_record(files: Files, kind: str) -> None:
    found = verify_file(files.paths()[kind], CASE)

    assert found.ok
    assert found.faults == ()
    assert found.strength == "bytes"
    assert found.against == "port-amel"
    assert [s.id for s in found.sentences] == [s.id for s in letter().sentences()]
    assert found.told().endswith(
        "In order: set again from its manifest, every byte is the same; all of it agrees with the "
        "record of\n  port-amel."
    )


def test_without_a_record_it_says_that_it_looked_at_the_file_only(files: Files) -> None:
    found = verify_file(files.pdf)

    assert found.ok
    assert found.against is None
    assert found.notes == (
        "Checked against itself only; give --case to check it against the record.",
    )


def test_it_lists_each_sentence_with_kind_claims_quotes_and_digests(files: Files) -> None:
    found = verify_file(files.pdf, CASE)
    [held] = [s for s in found.as_json()["sentences"] if s["id"] == "s3"]
    told = found.told()

    assert held["kind"] == "allegation"
    assert held["claims"][0]["quote"] == "held 41 persons without charge"
    assert held["claims"][0]["source_sha256"] == CASE.sources["s.report"].sha256
    assert "s3 allegation: 41 persons were held." in told
    assert "“held 41 persons without charge” s.report, 30–60, SHA-256" in told
    assert CASE.sources["s.report"].sha256 in told
    assert all(len(line) <= 100 for line in told.splitlines())
    json.dumps(found.as_json())


@pytest.mark.parametrize("kind", ["html", "manifest"])  # 300 bits of a PDF: test_attacks.py
def test_every_flipped_bit_is_found_and_none_ends_in_a_traceback(
    files: Files, kind: str, tmp_path: Path
) -> None:
    data = files.paths()[kind].read_bytes()
    damaged = tmp_path / files.paths()[kind].name
    chance = random.Random(20240115)
    for _ in range(60):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        damaged.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        found = verify_file(damaged)
        assert not found.ok, (kind, at, bit)
        assert found.faults


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_short_or_with_more_at_its_end_is_found(
    files: Files, kind: str, tmp_path: Path
) -> None:
    data = files.paths()[kind].read_bytes()
    damaged = tmp_path / files.paths()[kind].name
    for changed in (
        data[:-1],
        data[: len(data) // 2],
        data[:1],
        b"",
        data + b"\n",
        data + b"x" * 99,
    ):
        damaged.write_bytes(changed)
        assert verify_file(damaged).faults


def test_a_file_that_goes_on_after_the_instrument_is_named_as_such(
    files: Files, tmp_path: Path
) -> None:
    longer = tmp_path / "longer.pdf"
    longer.write_bytes(files.pdf.read_bytes() + b"% more\n")
    assert [f.id for f in verify_file(longer).faults] == ["file-continues"]


def test_a_changed_sentence_of_the_page_is_named(files: Files, tmp_path: Path) -> None:
    changed = tmp_path / "changed.html"
    page = files.html.read_text(encoding="utf-8")
    changed.write_text(
        page.replace(">41 persons were held.<", ">47 persons were held.<"), encoding="utf-8"
    )
    found = verify_file(changed)

    assert [f.id for f in found.faults] == ["file-changed", "sentence-changed"]
    assert found.faults[1].sentence == "s3"


def test_other_words_under_the_same_manifest_are_found(files: Files, tmp_path: Path) -> None:
    other = letter(
        sections=(
            *letter().sections[:2],
            Section(
                heading="What is alleged",
                blocks=(Block(sentences=(sentence("s3", "47 persons were held.", "c.held"),)),),
            ),
        )
    )
    forged = tmp_path / "forged.pdf"
    with (
        pikepdf.open(write(other, tmp_path, case=CASE).pdf) as pdf,
        pikepdf.open(files.pdf) as honest,
    ):
        manifest = honest.attachments["manifest.json"].get_file().read_bytes()
        pdf.attachments["manifest.json"] = pikepdf.AttachedFileSpec(pdf, manifest)
        pdf.save(forged)
    found = verify_file(forged)

    assert not found.ok
    assert "s3" in {f.sentence for f in found.faults if f.id == "sentence-changed"}


def test_a_file_saved_again_by_another_program_is_no_longer_the_file(
    files: Files, tmp_path: Path
) -> None:
    again = tmp_path / "again.pdf"
    with pikepdf.open(files.pdf) as pdf:
        pdf.docinfo["/Keywords"] = "x"
        pdf.save(again)
    found = verify_file(again, CASE)
    assert [f.id for f in found.faults] == ["file-changed"]


def changed_claim(id: str, **more: Any) -> Case:
    claims = {**CASE.claims, id: msgspec.structs.replace(CASE.claims[id], **more)}
    return case(claims=claims)


def test_a_changed_claim_makes_exactly_its_sentences_stale(files: Files) -> None:
    for kind in KINDS:
        found = verify_file(files.paths()[kind], changed_claim("c.held", speaker="Somebody else"))
        assert not found.ok
        assert [(f.id, f.sentence, f.claim) for f in found.faults] == [
            ("sentence-stale", "s3", "c.held"),
            ("sentence-stale", "s8", "c.held"),
        ]


def test_a_changed_withheld_claim_is_found_by_its_commitment(files: Files) -> None:
    found = verify_file(files.pdf, changed_claim("c.witness", hedged=True))
    assert [(f.id, f.sentence) for f in found.faults] == [("sentence-stale", "s4")]


def without(things: Any, id: str) -> dict[str, Any]:
    return {k: v for k, v in things.items() if k != id}


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (case(claims=without(CASE.claims, "c.fa")), "claim-missing"),
        (case(sources=without(CASE.sources, "s.fa")), "source-missing"),
        (case(texts=without(CASE.texts, "s.fa")), "source-missing"),
        (
            case(
                sources={
                    **CASE.sources,
                    "s.fa": msgspec.structs.replace(CASE.sources["s.fa"], sha256="0" * 64),
                }
            ),
            "source-changed",
        ),
        (
            case(
                texts={
                    **CASE.texts,
                    "s.fa": msgspec.structs.replace(CASE.texts["s.fa"], text="x" * 99),
                }
            ),
            "quote-differs",
        ),
        (
            case(
                erasures=(Erasure(target="c.fa", by="A. Clerk", on="2024-02-01", reason="asked"),)
            ),
            "erased",
        ),
    ],
)
def test_each_way_in_which_the_record_disagrees_is_named(
    files: Files, record: Case, fault: str
) -> None:
    found = verify_file(files.pdf, record)
    assert fault in {f.id for f in found.faults}
    assert {f.sentence for f in found.faults} == {"s5"}


def test_an_erased_claim_that_is_gone_from_the_record_is_said_to_be_erased(files: Files) -> None:
    record = case(
        claims=without(CASE.claims, "c.fa"),
        erasures=(Erasure(target="c.fa", by="A. Clerk", on="2024-02-01", reason="asked"),),
    )
    [fault] = verify_file(files.pdf, record).faults
    assert fault.id == "erased"
    assert "erased from the record by A. Clerk on 2024-02-01 (asked)" in fault.message


def older(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Files:
    """Files as another version of the engine would have made them."""
    monkeypatch.setattr(
        setter, "engine", lambda: Engine(name="typst", version="0.14.2", with_tools={})
    )
    files = write(letter(), folder, case=CASE)
    monkeypatch.undo()
    return files


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_another_version_of_the_engine_gives_a_weaker_answer_and_says_so(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = verify_file(older(monkeypatch, tmp_path).paths()[kind], CASE)

    assert found.faults == ()
    assert found.strength == "text"
    assert not found.ok
    assert found.notes[0].startswith("It was made with typst 0.14.2 (here 0.15.0). Only its words")
    assert found.told().endswith("The words agree, but the bytes could not be compared.")


def test_another_version_is_no_way_round_a_changed_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = older(monkeypatch, tmp_path).html
    page.write_bytes(
        page.read_bytes().replace(b">41 persons were held.<", b">47 persons were held.<")
    )
    found = verify_file(page)
    assert [(f.id, f.sentence) for f in found.faults] == [("sentence-changed", "s3")]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b"</body>", b"<script>x()</script></body>", "active-content"),
        (b"<body", b"<body onload='x()'", "active-content"),
        (b"</main>", b"<img src='https://a.example/b'></main>", "active-content"),
    ],
)
def test_another_version_is_no_way_round_what_could_run(
    old: bytes, new: bytes, fault: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = older(monkeypatch, tmp_path).html
    page.write_bytes(page.read_bytes().replace(old, new, 1))
    found = verify_file(page)
    assert [f.id for f in found.faults] == [fault]
    assert found.strength == "none"


def test_another_version_is_no_way_round_a_later_revision(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pdf = older(monkeypatch, tmp_path).pdf
    data = pdf.read_bytes()
    for more in (b"1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n", b"% and more"):
        pdf.write_bytes(data + more)
        assert "file-continues" in {f.id for f in verify_file(pdf).faults}


def test_words_beside_the_sentences_of_another_version_are_noted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = older(monkeypatch, tmp_path).html
    page.write_bytes(page.read_bytes().replace(b"</main>", b"<p hidden>Unsaid things</p></main>"))
    notes = " ".join(verify_file(page).notes)
    assert "Words in it that are not in what is set here" in notes
    assert "Unsaid things" in notes


@pytest.mark.parametrize("kind", KINDS)
def test_other_templates_that_set_the_same_bytes_are_noted_and_in_order(
    kind: str, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comment changed in a template changes its digest, and not a byte of what it sets."""
    monkeypatch.setattr(setter, "template", lambda: Template(name="gravamen", version="0" * 64))
    found = verify_file(files.paths()[kind], CASE)

    assert found.ok
    assert found.notes[0].startswith("It names templates gravamen ")
    assert found.notes[0].endswith("they set the same bytes as those here.")


def test_other_templates_are_no_way_round_a_changed_byte(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / files.html.name
    page.write_bytes(files.html.read_bytes().replace(b"<main", b"<main ", 1))
    monkeypatch.setattr(setter, "template", lambda: Template(name="gravamen", version="0" * 64))
    found = verify_file(page, CASE)
    assert not found.ok
    assert found.strength == "text"


def test_a_manifest_that_lists_other_sources_than_it_rests_on_is_refused(
    files: Files, tmp_path: Path
) -> None:
    manifest = msgspec.json.decode(files.manifest.read_bytes(), type=Manifest)
    forged = msgspec.structs.replace(manifest, exhibits=manifest.exhibits[:1], seal="")
    path = tmp_path / "forged.manifest.json"
    path.write_bytes(msgspec.structs.replace(forged, seal=forged.digest).bytes)
    [fault] = verify_file(path).faults
    assert fault.message == "The manifest lists other sources than its sentences rest on."


def test_a_resealed_manifest_that_is_not_its_instruments_own_is_found(
    files: Files, tmp_path: Path
) -> None:
    manifest = msgspec.json.decode(files.manifest.read_bytes(), type=Manifest)
    moved = msgspec.structs.replace(
        manifest.sentences[0], place=msgspec.structs.replace(manifest.sentences[0].place, page=9)
    )
    forged = msgspec.structs.replace(manifest, sentences=(moved, *manifest.sentences[1:]), seal="")
    path = tmp_path / "forged.manifest.json"
    path.write_bytes(msgspec.structs.replace(forged, seal=forged.digest).bytes)

    assert [f.id for f in verify_file(path).faults] == ["manifest-changed", "file-changed"]


def test_a_pdf_without_a_manifest_was_not_made_here(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    [fault] = verify_file(path).faults
    assert fault.id == "manifest-unreadable"
    assert "carries no manifest that can be read" in fault.message


def test_a_missing_file_and_a_foreign_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GravamenError, match="cannot be read"):
        verify_file(tmp_path / "none.pdf")
    (tmp_path / "notes.txt").write_text("Only notes.")
    with pytest.raises(GravamenError, match="or manifest made by gravamen"):
        verify_file(tmp_path / "notes.txt")


def test_ten_pages_are_verified_in_less_than_a_second(tmp_path: Path) -> None:
    blocks = tuple(
        Block(sentences=(sentence(f"s{n}", f"Sentence {n} of the report. " * 6, "c.held"),))
        for n in range(200)
    )
    files = write(motion(sections=(Section(heading=None, blocks=blocks),)), tmp_path, case=CASE)
    with pikepdf.open(files.pdf) as pdf:
        assert len(pdf.pages) >= 10
    begun = time.perf_counter()
    assert verify_file(files.pdf, CASE).ok
    assert time.perf_counter() - begun < 1
