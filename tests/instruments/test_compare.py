"""An edited Word document comes back: which sentence was changed, how, and by whom."""

from collections.abc import Callable

import pytest
from lxml import etree

from gravamen.instruments import manifest as manifests
from gravamen.instruments.comparison import Comparison, Row, compare, rewordings, unlike
from gravamen.instruments.comparison.reading import read
from gravamen.instruments.comparison.view import page, summary
from gravamen.instruments.setting import Made, made_of
from gravamen.sentences import Block, Instrument, Section
from gravamen.sources.source import SourceError

from .editing import (
    changed,
    commented,
    control,
    copy,
    drop,
    hide,
    joined,
    merge,
    parts,
    put,
    split,
    swap,
    tracked,
    type_after,
    unmark,
    unwrap,
    w,
)
from .letters import CASE, letter, motion, sentence

LONG = (
    "The Harbour Observatory reported that 41 persons were held in the cellars.",
    "Colonel Teresh has commanded the regiment since March 2019, it says.",
    "The Ministry of the Interior denied that anybody was held there at any time.",
    "We ask you to open an inquiry and to tell us by what date it will end.",
)


def prose() -> Instrument:
    """A motion of four long sentences, two to a paragraph."""
    made = [sentence(f"s{n}", text, "c.held") for n, text in enumerate(LONG, 1)]
    blocks = (
        Block(sentences=tuple(made[:2]), style="whereas", label="WHEREAS,"),
        Block(sentences=tuple(made[2:])),
    )
    return motion(sections=(Section(heading="What is alleged", blocks=blocks),))


@pytest.fixture(scope="module")
def lettered() -> Made:
    return made_of(letter(), case=CASE)


@pytest.fixture(scope="module")
def prosaic() -> Made:
    return made_of(prose(), case=CASE)


def compared(made: Made, data: bytes) -> Comparison:
    manifest, instrument = manifests.read(made.manifest.bytes)
    return compare(data, manifest, instrument, name="back.docx")


def differing(made: Made, data: bytes) -> list[Row]:
    return [row for row in compared(made, data).rows if row.differs]


def told(rows: list[Row]) -> list[tuple[str | None, str, str]]:
    return [(row.sentence, row.state, row.marked) for row in rows]


def test_a_document_that_nobody_edited_is_the_same(lettered: Made, prosaic: Made) -> None:
    for made in (lettered, prosaic):
        found = compared(made, made.docx)
        assert found.same and not found.notes
        assert [r.sentence for r in found.rows] == [s.id for s in made.manifest.sentences]
        assert {r.by for r in found.rows} == {"control"}


def test_words_changed_in_a_control_are_named_word_by_word(lettered: Made) -> None:
    (row,) = differing(lettered, changed(lettered.docx, put("s3", "41", "14")))
    assert (row.sentence, row.state, row.by) == ("s3", "changed", "control")
    assert row.marked == "[-41-]{+14+} persons were held."


def test_a_tracked_change_shows_both_texts_and_whose_it_is(lettered: Made) -> None:
    (row,) = differing(lettered, changed(lettered.docx, tracked("s3", "41", "14")))
    assert (row.sentence, row.state) == ("s3", "changed")
    assert (row.now, row.before) == ("14 persons were held.", "41 persons were held.")
    assert [(t.kind, t.words, t.author, t.date) for t in row.tracked] == [
        ("deleted", "41", "Ana Editor", "2024-02-01T10:00:00Z"),
        ("inserted", "14", "Ana Editor", "2024-02-01T10:00:00Z"),
    ]


def test_a_sentence_deleted_with_its_control_is_missing(lettered: Made) -> None:
    rows = differing(lettered, changed(lettered.docx, drop("s4")))
    assert told(rows) == [("s4", "missing", "[-He commanded it.-]")]


def test_a_sentence_whose_words_are_tracked_as_deleted_is_missing(lettered: Made) -> None:
    (row,) = differing(lettered, changed(lettered.docx, tracked("s4", "He commanded it.", "")))
    assert (row.sentence, row.state, row.before) == ("s4", "missing", "He commanded it.")


def test_an_emptied_control_that_shows_its_placeholder_is_missing(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        one = control(root, "s4")
        etree.SubElement(one.find(w("sdtPr")), w("showingPlcHdr"))
        next(one.iter(w("t"))).text = "Click or tap here to enter text."

    rows = differing(lettered, changed(lettered.docx, edit))
    assert told(rows) == [("s4", "missing", "[-He commanded it.-]")]


def test_a_sentence_copied_is_named_as_duplicated(lettered: Made) -> None:
    rows = differing(lettered, changed(lettered.docx, copy("s3")))
    assert [(r.sentence, r.state, r.now) for r in rows] == [
        ("s3", "duplicated", "41 persons were held.")
    ]


def test_a_sentence_copied_and_changed_keeps_the_original_as_the_same(lettered: Made) -> None:
    data = changed(lettered.docx, copy("s3"), put("s3", "41", "14"))
    rows = [r for r in compared(lettered, data).rows if r.sentence == "s3"]
    assert [(r.state, r.now) for r in rows] == [
        ("same", "41 persons were held."),
        ("duplicated", "14 persons were held."),
    ]


def test_a_copy_pasted_as_plain_words_is_named_as_duplicated(prosaic: Made) -> None:
    (row,) = differing(prosaic, changed(prosaic.docx, type_after("s4", f" {LONG[0]}")))
    assert (row.sentence, row.state, row.by) == ("s1", "duplicated", "text")


def test_words_typed_between_two_controls_are_new(prosaic: Made) -> None:
    data = changed(prosaic.docx, type_after("s1", " Nine of them were minors."))
    (row,) = differing(prosaic, data)
    assert (row.sentence, row.state, row.now) == (None, "new", "Nine of them were minors.")
    assert row.place == "after s1"


def test_hidden_words_are_named_as_hidden(lettered: Made) -> None:
    (row,) = differing(lettered, changed(lettered.docx, hide("s3", " All of them died.")))
    assert (row.sentence, row.state, row.now) == ("s3", "hidden", "41 persons were held.")
    assert row.hidden == ("All of them died.",)


@pytest.mark.parametrize(("name", "value"), [("color", "FFFFFF"), ("sz", "2")])
def test_white_and_tiny_words_are_hidden_too(lettered: Made, name: str, value: str) -> None:
    def edit(root: etree._Element) -> None:
        hide("s3", " All of them died.")(root)
        vanish = next(control(root, "s3").iter(w("vanish")))
        vanish.tag = w(name)
        vanish.set(w("val"), value)

    (row,) = differing(lettered, changed(lettered.docx, edit))
    assert (row.sentence, row.state) == ("s3", "hidden")


def test_words_that_their_style_hides_are_hidden(lettered: Made) -> None:
    def styled(root: etree._Element) -> None:
        hide("s3", " All of them died.")(root)
        vanish = next(control(root, "s3").iter(w("vanish")))
        vanish.tag = w("rStyle")
        vanish.set(w("val"), "Unseen")

    def style(root: etree._Element) -> None:
        one = etree.SubElement(root, w("style"), {w("type"): "character", w("styleId"): "Unseen"})
        etree.SubElement(etree.SubElement(one, w("rPr")), w("vanish"))

    data = changed(changed(lettered.docx, styled), style, part="word/styles.xml")
    (row,) = differing(lettered, data)
    assert (row.sentence, row.state, row.hidden) == ("s3", "hidden", ("All of them died.",))


def test_hidden_words_outside_every_sentence_are_named(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        hide("s3", "Sign here.")(root)
        run = list(control(root, "s3").iter(w("r")))[-1]
        control(root, "s3").getnext().addnext(run)

    (row,) = differing(lettered, changed(lettered.docx, edit))
    assert (row.sentence, row.state, row.hidden) == (None, "hidden", ("Sign here.",))


def test_without_controls_the_bookmarks_find_every_sentence(lettered: Made) -> None:
    found = compared(lettered, changed(lettered.docx, put("s3", "41", "14"), unwrap))
    assert told([r for r in found.rows if r.differs]) == [
        ("s3", "changed", "[-41-]{+14+} persons were held.")
    ]
    assert {r.by for r in found.rows} == {"bookmark"}
    assert any("bookmarks" in note for note in found.notes)


def test_without_controls_and_bookmarks_the_words_find_them(prosaic: Made) -> None:
    found = compared(
        prosaic, changed(prosaic.docx, put("s2", "March 2019", "2018"), unwrap, unmark)
    )
    (row,) = [r for r in found.rows if r.differs]
    assert (row.sentence, row.state) == ("s2", "changed")
    assert row.marked.endswith("the regiment since [-March 2019-]{+2018+}, it says.")
    assert {r.by for r in found.rows} == {"text"}


def test_a_changed_first_word_does_not_take_the_label_into_the_sentence(prosaic: Made) -> None:
    data = changed(prosaic.docx, put("s1", "The Harbour", "A Harbour"), unwrap, unmark)
    (row,) = differing(prosaic, data)
    assert row.marked.startswith("[-The-]{+A+} Harbour")


def test_sentences_in_another_order_are_moved(prosaic: Made) -> None:
    rows = differing(prosaic, changed(prosaic.docx, swap("s2", "s3")))
    assert [r.state for r in rows] == ["moved"]
    assert rows[0].sentence in ("s2", "s3")
    far = differing(prosaic, changed(prosaic.docx, swap("s1", "s2"), swap("s1", "s4")))
    assert {r.state for r in far} == {"moved"}


def test_a_sentence_moved_and_changed_says_both(prosaic: Made) -> None:
    data = changed(prosaic.docx, swap("s1", "s2"), swap("s1", "s3"), put("s1", "41", "14"))
    row = next(r for r in compared(prosaic, data).rows if r.sentence == "s1")
    assert (row.state, row.also) == ("changed", ("moved",))


@pytest.mark.parametrize("edit", [split("s2", "since March"), merge("s3")], ids=["split", "merged"])
def test_paragraphs_split_or_merged_change_no_sentence(prosaic: Made, edit: Callable) -> None:
    assert differing(prosaic, changed(prosaic.docx, edit)) == []


def test_a_comment_is_shown_with_its_author_and_counts_as_a_difference(lettered: Made) -> None:
    found = compared(lettered, commented(lettered.docx, "s3", "Is this right?"))
    (row,) = [r for r in found.rows if r.differs]
    assert (row.sentence, row.state) == ("s3", "same")
    assert [(c.words, c.author) for c in row.comments] == [("Is this right?", "Ana Editor")]
    assert not found.same and "1 comment" in summary(found)


def test_words_in_table_cells_are_sentences_like_others(lettered: Made) -> None:
    (row,) = differing(lettered, changed(lettered.docx, put("s23", "2019", "2018")))
    assert (row.sentence, row.marked) == ("s23", "since March [-2019-]{+2018+}")


def test_a_name_changed_in_a_table_is_named(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        text = next(t for t in root.iter(w("t")) if t.text == "Əli Quliyev")
        text.text = "Əli Quliyeva"

    (row,) = differing(lettered, changed(lettered.docx, edit))
    assert (row.sentence, row.was, row.now) == (None, "Quliyev", "Quliyeva")


@pytest.mark.parametrize("part", ["word/header1.xml", "word/footer1.xml"])
def test_words_put_into_a_head_or_foot_are_named(lettered: Made, part: str) -> None:
    def edit(root: etree._Element) -> None:
        next(t for t in root.iter(w("t")) if "port-amel" in (t.text or "")).text += " secret"

    rows = differing(lettered, changed(lettered.docx, edit, part=part))
    assert [(r.state, r.now, r.place) for r in rows] == [("new", "secret", part[5:11])]


def test_page_numbers_that_a_word_processor_counted_are_no_difference(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        for field in root.iter(w("fldSimple")):
            next(field.iter(w("t"))).text = "9"

    assert differing(lettered, changed(lettered.docx, edit, part="word/footer1.xml")) == []


def test_a_heading_struck_out_is_named(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        text = next(t for t in root.iter(w("t")) if t.text == "What is alleged")
        text.text = "What is known"

    (row,) = differing(lettered, changed(lettered.docx, edit))
    assert (row.state, row.was, row.now) == ("changed", "alleged", "known")


def test_a_mark_to_another_source_is_named(lettered: Made) -> None:
    def edit(root: etree._Element) -> None:
        next(t for t in root.iter(w("t")) if t.text == "B1").text = "A1"

    (row,) = differing(lettered, changed(lettered.docx, edit))
    assert (row.was, row.now, row.place) == ("B1", "A1", "after s5")


def test_another_picture_is_said(lettered: Made) -> None:
    of = parts(lettered.docx)
    of["word/media/code.png"] += b"x"
    assert any("pictures" in note for note in compared(lettered, joined(of)).notes)


@pytest.mark.parametrize("change", ["doctype", "bomb", "cut"])
def test_hostile_documents_are_refused_in_words(lettered: Made, change: str) -> None:
    of = parts(lettered.docx)
    if change == "doctype":
        of["word/document.xml"] = of["word/document.xml"].replace(
            b"<w:document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1
        )
    elif change == "bomb":
        of["word/document.xml"] = b"<a>" + b" " * 200_000_000 + b"</a>"
    data = joined(of) if change != "cut" else lettered.docx[:-200]
    with pytest.raises(SourceError):
        compared(lettered, data)


def test_the_page_of_a_comparison_needs_no_script_and_escapes(prosaic: Made) -> None:
    data = changed(prosaic.docx, put("s1", "41", "<script>alert(1)</script>"))
    shown = page(compared(prosaic, data))
    assert "<script" not in shown
    assert "<del>41</del><ins>&lt;script&gt;" in shown
    assert 'lang="en"' in shown and 'scope="row"' in shown


def test_a_document_says_from_which_manifest_it_was_set(lettered: Made) -> None:
    found = read(lettered.docx, name="x")
    assert found.manifest == lettered.manifest.bytes
    assert lettered.manifest.digest.startswith(found.begins or "-")


def twice() -> Instrument:
    """A motion in which the same words stand in two places."""
    made = [sentence("s1", LONG[0]), sentence("s2", LONG[1]), sentence("s3", LONG[0])]
    return motion(sections=(Section(heading="x", blocks=(Block(sentences=tuple(made)),)),))


def test_the_same_words_in_two_places_are_reworded_together_or_not_at_all() -> None:
    made = made_of(twice(), case=CASE)

    def back(*edits: Callable[[etree._Element], None]) -> tuple[Instrument, Comparison]:
        manifest, instrument = manifests.read(made.manifest.bytes)
        data = changed(made.docx, *edits)
        return instrument, compare(data, manifest, instrument, name="x.docx")

    one = back(put("s3", "41", "14"))
    assert unlike(*one) == {"s3": ("s1",)} and rewordings(*one) == ()
    apart = back(put("s1", "41", "15"), put("s3", "41", "14"))
    assert unlike(*apart) == {"s1": ("s3",), "s3": ("s1",)} and rewordings(*apart) == ()
    struck = back(drop("s1"))
    assert unlike(*struck) == {"s1": ("s3",)} and rewordings(*struck) == ()

    both = back(put("s1", "41", "14"), put("s3", "41", "14"), put("s2", "2019", "2018"))
    assert unlike(*both) == {}
    assert [r.id for r in rewordings(*both)] == ["w.motion-resolution.s1", "w.motion-resolution.s2"]
