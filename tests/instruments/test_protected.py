"""No byte that goes out holds a protected name; the guard that sees to it is itself proven."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
import yaml

from gravamen.instruments import setting
from gravamen.instruments.leaks import ProtectedName, leaks
from gravamen.instruments.setting import write
from gravamen.instruments.wording import bind
from gravamen.parties import Name, Party
from gravamen.sentences import Block, Cell, Copy, Instrument, Section, Signatory, Table
from gravamen.values import sha256

from .conftest import COUNTY, gravamen
from .letters import CASE, letter, sentence

NAMES = (
    Name(text="Mirel Tovash"),
    Name(text="Мирел Товаш", lang="sr-Cyrl", kind="alias"),
    Name(text="Միրել Տովաշ", lang="hy", kind="alias"),
    Name(text="میرل توواش", lang="fa", kind="alias"),
    Name(text="მირელ ტოვაში", lang="ka", kind="alias"),
    Name(text="托瓦什", lang="zh", kind="alias"),
)
WITNESS = msgspec.structs.replace(CASE.parties["p.witness"], names=NAMES)
PROTECTING = msgspec.structs.replace(CASE, parties={"p.witness": WITNESS})


def seen(data: bytes) -> Iterable[str]:
    """All that a file may be read as: raw, its deflated streams, its escaped and UTF-16 strings."""
    parts = [data]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S):
        inflating = zlib.decompressobj()
        try:
            parts.append(inflating.decompress(found[1]))
        except zlib.error:
            continue
    for part in parts:
        yield part.decode("utf-8", "ignore")
        yield part.decode("utf-16-be", "ignore")
        yield part[1:].decode("utf-16-be", "ignore")
        for found in re.finditer(rb"<FEFF([0-9A-Fa-f\s]+)>", part):
            digits = re.sub(rb"\s", b"", found[1])
            yield bytes.fromhex(digits.decode()[: len(digits) // 4 * 4]).decode("utf-16-be")
        for found in re.finditer(rb"\((\xfe\xff(?:[^\\)]|\\.)*)\)", part, re.S):
            yield re.sub(rb"\\(.)", rb"\1", found[1]).decode("utf-16", "ignore")


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text.casefold()))


@cache
def read_as(path: Path, digest: str) -> tuple[str, ...]:
    """The letters of a file in each way in which it may be read."""
    data = path.read_bytes()
    texts = [path.name, *seen(data)]
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(data)
        texts.append("".join(p.get_textpage().get_text_range() for p in pages))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            texts += [t for name in archive.namelist() for t in seen(archive.read(name))]
    return tuple(letters(text) for text in texts)


def holding(paths: Iterable[Path], words: str) -> set[str]:
    """The names of the files in which some words stand: a search that shares nothing with ours."""
    wanted = letters(words)
    return {
        path.name
        for path in paths
        if any(wanted in text for text in read_as(path, sha256(path.read_bytes())))
    }


def test_the_package_of_the_worked_case_holds_nothing_of_its_protected_witness(
    drafted: Path,
) -> None:
    written = yaml.safe_load((COUNTY / "case.yaml").read_text(encoding="utf-8"))
    [witness] = [p for p in written["parties"] if p.get("protected")]
    statement = [c["quote"] for c in written["claims"] if c["speaker"] == witness["id"]]
    names = [n["text"] for n in witness["names"]]
    strings = [*names, *(" ".join(reversed(n.split())) for n in names), *statement]
    paths = sorted(drafted.glob("*.*"))

    assert len(paths) == 4 * len(setting.Files.__struct_fields__)
    assert len(strings) >= 4
    for words in strings:
        assert holding(paths, words) == set(), words
    assert leaks(paths, strings) == []
    assert holding(paths, witness["pseudonym"])


def test_the_search_itself_finds_what_is_there(drafted: Path) -> None:
    paths = sorted(drafted.glob("*.*"))
    everywhere = {p.name for p in paths if "state" in p.name}
    for words in ("Илван Тереш", "ILVAN  Teresh", "At least 17 detainees were beaten"):
        assert holding(paths, words) >= everywhere, words


def forms(name: str) -> dict[str, str]:
    """A name as it might be written so that a simple search misses it."""
    joined = "".join(f"{c}\u00ad" for c in name)
    return {
        "as it is": name,
        "capitals": name.upper(),
        "small": name.casefold(),
        "no-break space": name.replace(" ", "\u00a0"),
        "line break": name.replace(" ", "\n"),
        "hyphens": name.replace(" ", "-"),
        "soft hyphens": joined,
        "joiners": "\u200d".join(name),
        "decomposed": unicodedata.normalize("NFD", name),
        "family name first": ", ".join(reversed(name.split())),
        "inside other words": f"so (“{name}”) said",
    }


@pytest.mark.parametrize("name", [n.text for n in NAMES])
def test_a_protected_name_in_any_script_and_form_is_refused(name: str, tmp_path: Path) -> None:
    for form, text in forms(name).items():
        block = Block(sentences=(sentence("s1", f"It was {text}.", "c.held"),))
        instrument = letter(sections=(Section(heading=None, blocks=(block,)),))
        with pytest.raises(ProtectedName, match=r"sentences\[s1\]\.text") as refused:
            write(instrument, tmp_path, case=PROTECTING)
        assert letters(name) not in letters(str(refused.value)), form
        assert "W-1 (p.witness)" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_letters_of_one_sound_on_two_keyboards_are_the_same_name(tmp_path: Path) -> None:
    party = msgspec.structs.replace(WITNESS, names=(Name(text="علي الكردي"),))
    case = msgspec.structs.replace(CASE, parties={"p.witness": party})
    with pytest.raises(ProtectedName):
        write(letter(title="از علی الکردی گفت"), tmp_path, case=case)
    with pytest.raises(ProtectedName):
        write(letter(title="عـلـي الكـردي"), tmp_path, case=case)


def placed(where: str, words: str) -> tuple[Instrument, Any]:
    """A letter with some words at a place, and the case it is written from."""
    fields: dict[str, Any] = {
        "title": {"title": words},
        "body": {"body": words},
        "letterhead": {"letterhead": ("x", words)},
        "addressee": {"addressee": (words,)},
        "reference": {"reference": words},
        "salutation": {"salutation": words},
        "close": {"close": words},
        "enclosures": {"enclosures": (words,)},
        "draft-reasons": {"draft_reasons": (words,)},
        "office": {"office": words},
        "law-edition": {"law_edition": words},
        "signatory": {"signatories": (Signatory(id="p", name="x", capacity="y", body=words),)},
        "signatory-id": {"signatories": (Signatory(id=words, name="x", capacity="y"),)},
        "copies": {"copies": (Copy(office="x", why=words),)},
        "heading": {"sections": (Section(heading=words),)},
        "caption": {"sections": (named(words, "x"),)},
        "name": {"sections": (named("x", words),)},
        "characterised": {"sections": (said(characterisation_of=words),)},
        "authority": {"sections": (said(authority=words),)},
        "allegation-id": {"sections": (said(allegations=(words,)),)},
    }
    if where in fields:
        return letter(**fields[where]), PROTECTING
    source = CASE.sources["s.report"]
    change: dict[str, Any] = {where.split("-")[1]: words}
    sources = {**CASE.sources, "s.report": msgspec.structs.replace(source, **change)}
    return letter(), msgspec.structs.replace(PROTECTING, sources=sources)


def named(caption: str, name: str) -> Section:
    row = (Cell(names=(Name(text=name),)),)
    return Section(heading="x", blocks=(Table(caption=caption, header=("Name",), rows=(row,)),))


def said(**more: Any) -> Section:
    return Section(heading=None, blocks=(Block(sentences=(sentence("s1", "x", **more),)),))


PLACES = (
    "title", "body", "letterhead", "addressee", "reference", "salutation", "close", "enclosures",
    "draft-reasons", "office", "law-edition", "signatory", "signatory-id", "copies", "heading",
    "caption", "name", "characterised", "authority", "allegation-id", "source-title",
    "source-publisher", "source-url",
)  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_a_protected_name_at_any_place_of_a_document_is_refused(where: str, tmp_path: Path) -> None:
    instrument, case = placed(where, "by Mirel Tovash")
    with pytest.raises(ProtectedName):
        write(instrument, tmp_path / "out", case=case)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("where", PLACES)
def test_without_the_guard_the_same_name_is_in_the_bytes_of_every_file(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the guard is for: with it gone, both searches see the name go out."""
    monkeypatch.setattr(setting, "guard", lambda manifest, case: None)
    monkeypatch.setattr(setting, "guard_files", lambda files, case: None)
    instrument, case = placed(where, "by Mirel Tovash")
    paths = write(instrument, tmp_path, case=case).paths().values()
    names = {path.name for path in paths}

    assert holding(paths, "Mirel Tovash") == names
    assert {leak.file for leak in leaks(paths, ["Mirel Tovash"])} == names


def test_a_quotation_that_names_a_protected_person_is_withheld_or_refused(tmp_path: Path) -> None:
    """The words stand in a claim of another speaker, once over a line break of the source."""
    claim = CASE.claims["c.witness"]
    for exact in ("Mirel Tovash saw the cellars", "Mirel\n  Tovash saw the cellars"):
        passage = msgspec.structs.replace(claim.passage, exact=exact)
        other = msgspec.structs.replace(claim, speaker="Harbour Observatory", passage=passage)
        case = msgspec.structs.replace(PROTECTING, claims={**CASE.claims, other.id: other})
        bound = msgspec.structs.replace(sentence("s1", "x"), bindings=bind(case, [other]))
        block = Block(sentences=(bound,))
        instrument = letter(sections=(Section(heading=None, blocks=(block,)),))
        if bound.bindings[0].withheld:
            assert holding(write(instrument, tmp_path, case=case).paths().values(), exact) == set()
        else:
            with pytest.raises(ProtectedName):
                write(instrument, tmp_path, case=case)


def test_a_short_name_is_refused_as_a_word_and_not_inside_others(tmp_path: Path) -> None:
    party = Party(id="p.witness", kind="person", names=(Name(text="Li"),), protected=True)
    case = msgspec.structs.replace(CASE, parties={"p.witness": party})
    with pytest.raises(ProtectedName, match=r"a protected person \(p\.witness\)"):
        write(letter(title="What Li saw"), tmp_path, case=case)
    assert write(letter(title="Believed to be alive"), tmp_path, case=case)


def test_a_case_whose_title_names_its_protected_witness_is_not_written(tmp_path: Path) -> None:
    text = (COUNTY / "case.yaml").read_text(encoding="utf-8")
    written = yaml.safe_load(re.sub(r"^( +)on:", r'\1"on":', text, flags=re.MULTILINE))
    for source in written["sources"]:
        source["file"] = str(Path("sources") / Path(source["file"]).name)
    written["title"] = "What RADOMIR  Velz saw"
    folder = tmp_path / "in"
    (folder / "sources").mkdir(parents=True)
    for path in (COUNTY / "sources").iterdir():
        (folder / "sources" / path.name).write_bytes(path.read_bytes())
    (folder / "case.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")
    told = gravamen("draft", folder / "case.yaml", "--on", "2024-03-05", "--out", tmp_path / "out")

    assert told.code != 0
    assert "protected-name" in told.line
    assert "velz" not in told.words.casefold()
    assert list(tmp_path.glob("out/*.*")) == []
