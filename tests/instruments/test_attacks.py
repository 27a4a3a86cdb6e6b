"""Attacks on what `gravamen verify` vouches for, from the command line: each is found and named."""

import io
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pikepdf
import pytest

from gravamen.casefile import CaseFile, Drafted
from gravamen.instruments.manifest import Manifest, exhibits_of, make, read
from gravamen.instruments.setting import write
from gravamen.instruments.typeset import engine, template, typeset
from gravamen.instruments.verify import verify_file
from gravamen.sentences import Block, Instrument, Section

from .conftest import Told, gravamen
from .letters import CASE, letter, saying, sentence

STEM = "letter-us.state.secretary"


def verify(path: Path) -> Told:
    return gravamen("verify", path)


def changed(path: Path, old: str, new: str, count: int = -1) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


@pytest.mark.parametrize("kind", ["pdf", "html", "manifest.json"])
@pytest.mark.parametrize("stem", [STEM, "letter-us.treasury.secretary", "motion", "diagnosis"])
def test_a_file_as_it_was_drafted_is_in_order_to_the_last_quote(
    stem: str, kind: str, drafted: Path
) -> None:
    told = verify(drafted / f"{stem}.{kind}")
    sentences = read((drafted / f"{stem}.manifest.json").read_bytes())[0].sentences

    assert told.code == 0, told.words
    assert "every byte is the same; all of it agrees with the record of alder-county" in told.line
    for stated in sentences:
        assert f"{stated.id} {stated.kind}: " in told.words
        for binding in stated.claims:
            if not binding.withheld:
                assert f"“{' '.join(binding.quote.split())}”" in told.line
                assert (
                    f"{binding.start}–{binding.end}, SHA-256 {binding.source_sha256}" in told.line
                )


def glyph(pdf: pikepdf.Pdf) -> None:
    """Draw one character of page one as another one; the stream is compressed anew on saving."""
    page = pdf.pages[0]
    drawn = bytearray(page.Contents.read_bytes())
    at = drawn.rindex(b")]TJ") - 1
    drawn[at] ^= 1
    page.Contents = pdf.make_stream(bytes(drawn))


def cover(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\nq 1 g 0 0 300 300 re f Q\n")


def title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "Another title"


def last_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def second_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.txt"] = pikepdf.AttachedFileSpec(pdf, b"more")


def note(pdf: pikepdf.Pdf) -> None:
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[0, 0, 300, 300],
        Contents=pikepdf.String("not so"),
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(annotation)])


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("fr")


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        (glyph, "Page 1 reads “"),
        (cover, "Page 1 is drawn otherwise, though it reads the same."),
        (title, "Its metadata (title, author, date) read “"),
        (last_page, "It has 3 pages; its manifest sets 4."),
        (second_attachment, "It carries other attachments: manifest.json, more.txt."),
        (note, "Page 1 is drawn otherwise, though it reads the same."),
        (script, "The file holds a script or an action that runs when it is opened"),
        (language, "something else inside it differs"),
    ],
    ids=lambda a: a.__name__ if callable(a) else "",
)
def test_a_pdf_changed_and_saved_again_is_found_with_what_differs(
    attack: Callable[[pikepdf.Pdf], None], words: str, package: Path
) -> None:
    path = package / f"{STEM}.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        attack(pdf)
        pdf.save(path)
    told = verify(path)

    assert told.code == 1
    assert "file-changed: The file is not what its manifest sets" in told.line
    assert words in told.line
    assert "NOT in order" in told.words


def test_a_title_changed_in_place_is_found(package: Path) -> None:
    path = package / f"{STEM}.pdf"
    data = path.read_bytes()
    at = data.index(b"Request", data.index(b"<dc:title>"))
    path.write_bytes(data[:at] + b"Protest" + data[at + 7 :])

    told = verify(path)
    assert told.code == 1
    assert "Its metadata (title, author, date) read" in told.line
    assert "Protest to the Secretary" in told.line


def test_a_swapped_manifest_is_found_by_the_sentences_that_are_not_on_the_pages(
    package: Path,
) -> None:
    path = package / f"{STEM}.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        other = (package / "motion.manifest.json").read_bytes()
        pdf.attachments["manifest.json"] = pikepdf.AttachedFileSpec(pdf, other)
        pdf.save(path)
    told = verify(path)

    assert told.code == 1
    assert "It has 4 pages; its manifest sets 2." in told.line
    assert "sentence-changed: Sentence s7 does not stand in the file" in told.line


def test_bytes_appended_are_found(package: Path) -> None:
    path = package / f"{STEM}.pdf"
    path.write_bytes(path.read_bytes() + b"% and more\n")
    told = verify(path)

    assert told.code == 1
    assert "file-continues: 11 bytes follow the instrument" in told.line


def incremented(data: bytes) -> bytes:
    """A PDF with a second revision, in which page one is drawn with more on it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        number, root = pdf.pages[0].Contents.objgen[0], pdf.trailer.Root.objgen[0]
        size, drawn = int(pdf.trailer.Size), pdf.pages[0].Contents.read_bytes()
    more = drawn + b"\nq 1 g 0 0 300 300 re f Q"
    before = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    added = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(more), more)
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (
        number,
        len(data),
        size,
        root,
        before,
    )
    return data + added + table + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(added))


def test_an_incremental_update_is_found(package: Path) -> None:
    path = package / f"{STEM}.pdf"
    path.write_bytes(incremented(path.read_bytes()))
    with pikepdf.open(path) as pdf:
        assert b"300 300 re f" in pdf.pages[0].Contents.read_bytes()
    told = verify(path)

    assert told.code == 1
    assert "file-continues" in told.line


@pytest.mark.parametrize("user", ["secret", ""])
def test_an_encrypted_pdf_is_named_as_such(user: str, package: Path) -> None:
    path = package / f"{STEM}.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="x", user=user))
    told = verify(path)

    assert told.code == 1
    assert "The file is encrypted" in told.line


def test_a_file_from_another_case_is_not_borne_out_by_this_one(
    package: Path, tmp_path: Path
) -> None:
    foreign = write(letter(), tmp_path, case=CASE).pdf
    told = gravamen("verify", foreign, "--case", package / "case")

    assert told.code == 1
    assert (
        "other-case: None of the 4 claims that it rests on is in the record of alder-county"
        in told.line
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (" detainees with cables", " prisoners with cables", "where “"),
        ("</main>", "<p hidden>and one thing more</p></main>", "reads “"),
        ("</body>", "<script>document.title = 1</script></body>", "active-content: The page holds"),
        ("<body", '<body onload="alert(1)"', "active-content: The page holds"),
        ('"kind":"request"', '"kind":"context"', "does not match its own seal"),
        ("</style>", "#s4 { display: none }</style>", "From byte"),
        ("<main", "<!-- checked by nobody --><main", "From byte"),
    ],
    ids=["word", "hidden-words", "script", "handler", "manifest", "style", "comment"],
)
def test_a_changed_page_is_found_with_what_differs(
    old: str, new: str, words: str, package: Path
) -> None:
    path = package / f"{STEM}.html"
    changed(path, old, new, 1)
    told = verify(path)

    assert told.code == 1
    assert words in told.line


def test_a_second_record_hidden_in_a_page_is_found(package: Path) -> None:
    path = package / f"{STEM}.html"
    changed(path, "</head>", '<script type="application/json" id="manifest">{}</script></head>')
    assert verify(path).code == 1


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("empty.pdf", b"", 1, "carries no manifest"),
        ("empty.html", b"", 1, "carries no manifest"),
        ("empty.json", b"", 1, "cannot be read"),
        ("empty", b"", 2, "or manifest made by gravamen"),
        ("notes.txt", b"Only notes.", 2, "or manifest made by gravamen"),
        ("other.html", b"<!doctype html><p>x", 1, "was not made by gravamen"),
        ("other.json", b'{"a": 1}', 1, "cannot be read"),
        ("deep.json", b'{"a":' + b"[" * 200_000, 1, "cannot be read"),
    ],
)
def test_what_is_none_of_ours_is_refused_in_a_sentence(
    name: str, data: bytes, code: int, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    told = verify(path)

    assert told.code == code
    assert words in told.line


@pytest.mark.parametrize("name", ["none.pdf", "/dev/null"])
def test_a_path_that_is_no_file_is_the_callers_error(name: str, tmp_path: Path) -> None:
    assert verify(tmp_path / name).code == 2


def test_another_programs_pdf_was_not_made_here(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    told = verify(path)
    assert (told.code, "was not made by gravamen" in told.line) == (1, True)


def test_a_file_of_a_hundred_megabytes_is_answered(package: Path) -> None:
    path = package / f"{STEM}.html"
    with path.open("ab") as file:
        file.truncate(100 * 1024 * 1024)
    told = verify(path)

    assert told.code == 1
    assert "so much was added that it was not read to the end" in told.line


def test_a_renamed_file_is_still_itself_and_the_other_name_is_noted(package: Path) -> None:
    renamed = (package / f"{STEM}.pdf").rename(package / "letter (1).pdf")
    told = verify(renamed)

    assert told.code == 0
    assert f"bears another name than the one it was written with, {STEM}.pdf" in told.line


def test_a_page_saved_under_the_name_of_a_pdf_is_judged_by_what_it_is(package: Path) -> None:
    shutil.copy(package / f"{STEM}.pdf", package / "letter.html")
    assert verify(package / "letter.html").code == 0


def test_300_flipped_bits_in_a_pdf_are_all_found(tmp_path: Path) -> None:
    damaged, chance = write(saying("41 were held."), tmp_path, case=CASE).pdf, random.Random(300)
    data = damaged.read_bytes()
    for _ in range(300):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        damaged.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        found = verify_file(damaged)
        assert found.faults, (at, bit)
        assert found.told().endswith(("faults.", "fault."))


WEIRD = (
    "", "x" * 2000, "\u202e", "\0", "\U00012000", "../../etc/passwd", "#panic()", "zz", "\n", None,
    0, -1, 2**63, 1.5, True, [], {}, "2024-02-31", "note-A1", "e" + "\u0301" * 40,
)  # fmt: skip


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of all values inside plain data."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(p for key, v in inner for p in places(v, (*path, key)))]


def forged(kind: type[msgspec.Struct], honest: object, chance: random.Random) -> msgspec.Struct:
    """A value with something weird at one of its places, as far as its type takes it."""
    all_places = [p for p in places(honest) if p and p != ("seal",)]
    while True:
        data = json.loads(json.dumps(honest))
        *path, last = chance.choice(all_places)
        holder = data
        for key in path:
            holder = holder[key]
        holder[last] = chance.choice(WEIRD)
        if data == json.loads(json.dumps(honest)):
            continue
        try:
            return msgspec.convert(data, kind)
        except msgspec.ValidationError:
            continue


def test_a_manifest_forged_and_sealed_anew_ends_in_a_sentence_never_in_a_traceback(
    tmp_path: Path,
) -> None:
    """The forger knows how manifests are made and sealed; what he writes is refused or found."""
    honest, exhibits = letter(), exhibits_of(letter(), CASE.sources)
    made = typeset(honest, exhibits).manifest
    path, chance = tmp_path / "forged.manifest.json", random.Random(5)
    for n in range(60):
        if n % 2:  # a weird instrument, with the manifest that belongs to it
            instrument = forged(Instrument, msgspec.to_builtins(honest), chance)
            manifest = make(
                instrument, exhibits, places={}, template=template(), engine=engine(), fonts=()
            )
        else:  # a weird manifest
            plain = json.loads(made.bytes)
            manifest = forged(Manifest, {**plain, "seal": ""}, chance)
            manifest = msgspec.structs.replace(manifest, seal="")
            manifest = msgspec.structs.replace(manifest, seal=manifest.digest)
        path.write_bytes(manifest.bytes)
        found = verify_file(path, CASE)
        other_name = any("they set the same bytes as those here" in n for n in found.notes)
        assert not found.ok or other_name, found.notes
        assert without_controls(found.told())


def without_controls(told: str) -> bool:
    return not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)


def test_a_strangers_file_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    binding = sentence("s1", "x", "c.held").bindings[0]
    hostile = msgspec.structs.replace(binding, claim="c.\x1b[2J\u202e", quote="\x1b[31m\x9b")
    block = Block(sentences=(msgspec.structs.replace(sentence("s1", "x"), bindings=(hostile,)),))
    instrument = letter(sections=(Section(heading=None, blocks=(block,)),))
    told = verify_file(write(instrument, tmp_path, case=CASE).pdf, CASE).told()

    assert "c.[U+001B][2J[U+202E]" in told
    assert "“[U+001B][31m[U+009B]”" in told
    assert without_controls(told)


def test_words_that_nobody_drafted_are_found_by_the_record_though_all_their_claims_stand(
    package: Path,
) -> None:
    """The strongest forgery: our own program sets other words, bound to claims that stand."""
    record = CaseFile.open(package / "case")
    files = [e.entry.files for e in record.entries() if isinstance(e.entry, Drafted)]
    drafted = {digest for of in files for digest in of.values()}
    manifest, instrument = read((package / "motion.manifest.json").read_bytes())
    allegation = next(s for s in manifest.sentences if s.kind == "allegation")
    forged = msgspec.convert(
        json.loads(
            msgspec.json.encode(instrument).replace(
                json.dumps(allegation.text, ensure_ascii=False).encode(), b'"He confessed to it;"'
            )
        ),
        Instrument,
    )
    path = write(forged, package / "forged", case=record.case()).pdf
    found = verify_file(path, record.case(), drafted=drafted)

    assert verify_file(package / "motion.pdf", record.case(), drafted=drafted).ok
    assert [f.id for f in found.faults] == ["file-not-recorded"]
    assert "He confessed to it;" in found.told()
