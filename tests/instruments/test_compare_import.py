"""`gravamen import FILE.docx --compare`: the worked case's documents, edited and brought back."""

import json
import shutil
from pathlib import Path

import pytest

from gravamen.casefile import CaseFile
from gravamen.checks import Flag
from gravamen.cli import comparing

from .conftest import COUNTY, gravamen
from .editing import changed, drop, joined, office, parts, put, tracked, type_after

MOTION = "motion"


@pytest.fixture
def edited(package: Path) -> Path:
    """The motion with a figure changed in one sentence."""
    path = package / "motion.docx"
    path.write_bytes(changed(path.read_bytes(), put("s4", "41", "14")))
    return path


def rows(path: Path, *more: str | Path) -> list[dict]:
    done = gravamen("import", path, "--compare", "--json", *more)
    found = json.loads(done.words)
    assert done.code == (0 if found["same"] else 1)
    return [row for row in found["rows"] if row["state"] != "same" or row["also"]]


def stripped(path: Path) -> None:
    """The record inside a document taken out, as a way through ODT does."""
    of = {k: v for k, v in parts(path.read_bytes()).items() if not k.startswith("customXml/")}
    of["word/_rels/document.xml.rels"] = of["word/_rels/document.xml.rels"].replace(
        b"../customXml/item1.xml", b"settings.xml"
    )
    path.write_bytes(joined(of))


def test_a_document_as_it_was_drafted_exits_0(package: Path) -> None:
    for path in sorted(package.glob("*.docx")):
        done = gravamen("import", path, "--compare")
        assert done.code == 0, done.words
        assert done.line.endswith("same.")


def test_one_edited_sentence_is_named_and_only_that(edited: Path) -> None:
    done = gravamen("import", edited, "--compare")
    assert done.code == 1
    assert "s4 changed:" in done.line and "[-41-]{+14+}" in done.line
    assert "motion.docx beside motion: 1 changed, 10 same." in done.line


def test_a_tracked_change_is_named_with_its_author(package: Path) -> None:
    path = package / "motion.docx"
    path.write_bytes(changed(path.read_bytes(), tracked("s4", "41", "14")))
    (row,) = rows(path)
    assert (row["sentence"], row["state"]) == ("s4", "changed")
    assert {t["author"] for t in row["tracked"]} == {"Ana Editor"}
    assert "Ana Editor" in gravamen("import", path, "--compare").words


def test_the_checks_are_asked_about_the_new_words(edited: Path) -> None:
    done = gravamen("import", edited, "--compare", "--json")
    flags = json.loads(done.words)["flags"]
    assert ("figure-differs-from-claim", "s4 of motion") in [(f["id"], f["where"]) for f in flags]


def test_what_the_checks_said_before_the_edit_is_not_said_again(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = comparing.check_instruments

    def always(case, law, instruments, **more):
        (one,) = instruments
        old = Flag(id="old", message="x", hint="y", where=one.id, severity="note")
        return (old, *asked(case, law, instruments, **more))

    monkeypatch.setattr(comparing, "check_instruments", always)
    flags = json.loads(gravamen("import", edited, "--compare", "--json").words)["flags"]
    assert "old" not in [f["id"] for f in flags]
    assert "figure-differs-from-claim" in [f["id"] for f in flags]


def test_new_words_that_rest_on_nothing_are_unbound(package: Path) -> None:
    path = package / "motion.docx"
    path.write_bytes(changed(path.read_bytes(), type_after("s3", " Nine of them died.")))
    found = json.loads(gravamen("import", path, "--compare", "--json").words)
    assert [r["now"] for r in found["rows"] if r["state"] == "new"] == ["Nine of them died."]
    assert "sentence-unbound" in [f["id"] for f in found["flags"]]


def test_a_quote_changed_in_word_is_no_longer_verbatim(package: Path) -> None:
    path = package / "motion.docx"
    path.write_bytes(changed(path.read_bytes(), put("s5", "No person held", "Nobody held")))
    found = json.loads(gravamen("import", path, "--compare", "--json").words)
    assert "quote-not-verbatim" in [f["id"] for f in found["flags"]]


def test_without_a_case_it_says_that_no_check_was_asked(edited: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(edited, tmp_path / "motion.docx"))
    done = gravamen("import", alone, "--compare")
    assert done.code == 1 and "the checks were not asked" in done.line


def test_a_page_of_the_comparison_is_written(edited: Path, tmp_path: Path) -> None:
    gravamen("import", edited, "--compare", "--html", tmp_path / "diff.html")
    shown = (tmp_path / "diff.html").read_text(encoding="utf-8")
    assert "<del>41</del><ins>14</ins>" in shown and "figure-differs-from-claim" in shown


@pytest.mark.parametrize("where", ["beside", "record", "told"])
def test_a_document_that_lost_its_record_finds_it(edited: Path, tmp_path: Path, where: str) -> None:
    stripped(edited)
    more: list[str | Path] = []
    manifests = list(edited.parent.glob("*.manifest.json"))
    if where == "told":
        told = Path(shutil.copy(edited.parent / "motion.manifest.json", tmp_path / "m.json"))
        more = ["--against", told]
    if where != "beside":
        for path in manifests:
            path.unlink()
    renamed = edited.rename(edited.with_name("back from the board.docx"))
    assert [(r["sentence"], r["state"]) for r in rows(renamed, *more)] == [("s4", "changed")]


def test_nobody_knowing_from_what_it_was_set_is_an_error(edited: Path, tmp_path: Path) -> None:
    stripped(edited)
    alone = Path(shutil.copy(edited, tmp_path / "x.docx"))
    done = gravamen("import", alone, "--compare")
    assert done.code == 2 and "--against" in done.line


def test_the_wrong_use_is_said(package: Path) -> None:
    path = package / "motion.docx"
    assert "no TO" in gravamen("import", path, package / "x", "--compare").line
    assert "need --compare" in gravamen("import", path, package / "x", "--record").line
    assert "Missing argument" in gravamen("import", path).line
    assert "is no DOCX" in gravamen("import", package / "motion.pdf", "--compare").line
    assert "no file" in gravamen("import", package / "none.docx", "--compare").line


def test_what_changed_is_proposed_and_printed_once_a_person_accepts(
    edited: Path, tmp_path: Path
) -> None:
    case, out = edited.parent / "case", tmp_path / "again"
    edited.write_bytes(changed(edited.read_bytes(), drop("s3")))
    done = gravamen("import", edited, "--compare", "--record")
    assert done.code == 1 and "w.motion.s3 w.motion.s4" in done.line
    state = CaseFile.open(case).case()
    assert {r.id: r.now is None for r in state.rewordings.values()} == {
        "w.motion.s3": True,
        "w.motion.s4": False,
    }
    assert all(id in state.proposed_by for id in state.rewordings)

    once_more = gravamen("import", edited, "--compare", "--record", "--json")
    assert json.loads(once_more.words)["recorded"] == []

    drafted = json.loads(
        gravamen("draft", case, "--on", "2024-03-05", "--out", out, "--json").words
    )
    assert {i["id"]: i["draft"] for i in drafted["instruments"]}["motion"] is True
    flag = next(f for f in drafted["flags"] if f["id"] == "sentence-reworded")
    assert "2 sentences were changed in Word" in flag["message"]
    page = (out / "motion.html").read_text(encoding="utf-8")
    assert "14 people had been held" in page and 'id="s3"' not in page

    gravamen("judge", case, "w.motion.s3", "w.motion.s4", "--verdict", "accepted")
    drafted = json.loads(
        gravamen("draft", case, "--on", "2024-03-05", "--out", out, "--json").words
    )
    assert "sentence-reworded" not in [f["id"] for f in drafted["flags"]]
    manifest = json.loads((out / "motion.manifest.json").read_bytes())
    (reworded,) = [s for s in manifest["sentences"] if "14 people had" in s["text"]]
    assert [c["claim"] for c in reworded["claims"]] == ["c.detention.observatory"]
    assert gravamen("verify", out / "motion.docx", "--case", case, "--brief").code == 0


def test_a_rewording_that_a_person_rejects_is_not_printed(edited: Path, tmp_path: Path) -> None:
    case = edited.parent / "case"
    gravamen("import", edited, "--compare", "--record")
    gravamen("judge", case, "w.motion.s4", "--verdict", "rejected")
    gravamen("draft", case, "--on", "2024-03-05", "--out", tmp_path)
    assert "41 people had been held" in (tmp_path / "motion.html").read_text(encoding="utf-8")
    again = gravamen("import", edited, "--compare", "--record", "--json")
    assert json.loads(again.words)["recorded"] == ["w.motion.s4.2"]


def test_words_are_changed_back_and_forth_and_the_draft_follows(edited: Path) -> None:
    out = edited.parent
    for old, new, id in (("14", "41", "w.motion.s4.2"), ("41", "14", "w.motion.s4.3")):
        gravamen("import", edited, "--compare", "--record")
        gravamen("draft", out / "case", "--on", "2024-03-05", "--out", out)
        assert gravamen("import", edited, "--compare").code == 0
        assert f"{old} people had been held" in (out / "motion.html").read_text(encoding="utf-8")
        edited.write_bytes(changed(edited.read_bytes(), put("s4", old, new)))
        done = json.loads(gravamen("import", edited, "--compare", "--record", "--json").words)
        assert done["recorded"] == [id]
    gravamen("draft", out / "case", "--on", "2024-03-05", "--out", out)
    assert "14 people had been held" in (out / "motion.html").read_text(encoding="utf-8")


def test_a_document_of_another_case_is_not_recorded_here(edited: Path, tmp_path: Path) -> None:
    source = COUNTY / "sources" / "motion.txt"
    gravamen("draft", source, "--on", "2024-03-05", "--out", tmp_path / "other")
    other = tmp_path / "other" / "case"
    done = gravamen("import", edited, "--compare", "--record", "--case", other)
    assert done.code == 2 and "Nothing was recorded" in done.line
    assert CaseFile.open(other).case().rewordings == {}


def test_a_page_in_which_somebody_typed_a_protected_name_is_not_written(package: Path) -> None:
    path, html = package / "motion.docx", package / "diff.html"
    [witness] = [p for p in CaseFile.open(package / "case").case().parties.values() if p.protected]
    family = witness.names[0].text.split()[-1]
    path.write_bytes(changed(path.read_bytes(), type_after("s3", f" So said {family}.")))
    done = gravamen("import", path, "--compare", "--html", html)
    assert done.code == 1 and "protected-name" in done.line
    assert family not in done.line and not html.exists()


def test_a_rewording_says_where_the_same_words_stay_and_that_new_ones_are_not_kept(
    package: Path,
) -> None:
    told = {
        p.name.removesuffix(".manifest.json"): {
            s["text"]: s["id"] for s in json.loads(p.read_bytes())["sentences"]
        }
        for p in package.glob("*.manifest.json")
    }
    text, others = next(
        (text, sorted(i for i in told if i != MOTION and text in told[i]))
        for text in told[MOTION]
        if any(i.startswith("letter") and text in told[i] for i in told)
    )
    path, id = package / "motion.docx", told[MOTION][text]
    word = text.split()[-1]
    edits = put(id, word, f"{word} Indeed"), type_after(id, " Nine of them died.")
    path.write_bytes(changed(changed(path.read_bytes(), edits[0]), edits[1]))
    done = gravamen("import", path, "--compare", "--record")
    said = " ".join(done.words.split())
    assert f"w.motion.{id} is for motion alone: the same words stand in" in said
    for other in others:
        assert other in said.split("is for motion alone")[1].split("and stay as they are")[0]
    assert "What is new is not proposed (1: after " in said
    assert [r.id for r in CaseFile.open(package / "case").case().rewordings.values()] == [
        f"w.motion.{id}"
    ]

    once = " ".join(gravamen("import", path, "--compare").words.split())
    assert "is for motion alone" not in once and "is not proposed" not in once


def test_a_diagnosis_is_never_reworded(package: Path) -> None:
    path = package / "diagnosis.docx"
    first = json.loads((package / "diagnosis.manifest.json").read_bytes())["sentences"][0]
    word = first["text"].split()[0]
    path.write_bytes(changed(path.read_bytes(), put(first["id"], word, "Otherwise")))
    done = gravamen("import", path, "--compare", "--record")
    assert done.code == 2 and "never reworded" in done.line


@pytest.mark.parametrize("way", [("docx:MS Word 2007 XML",), ("odt", "docx:MS Word 2007 XML")])
def test_an_edit_through_libreoffice_is_named_and_only_that(
    edited: Path, tmp_path: Path, way: tuple[str, ...]
) -> None:
    path = edited
    for number, to in enumerate(way):
        path = office(path, to, tmp_path / str(number))
    back = edited.with_name("back.docx")
    shutil.copy(path, back)
    (row,) = rows(back)
    assert (row["sentence"], row["state"]) == ("s4", "changed")
    assert "[-41-]{+14+}" in row["diff"]


def test_every_document_is_the_same_after_libreoffice_saved_it(
    package: Path, tmp_path: Path
) -> None:
    for path in sorted(package.glob("*.docx")):
        saved = office(path, "docx:MS Word 2007 XML", tmp_path / path.stem)
        shutil.copy(saved, path)
        assert rows(path) == [], path.name
