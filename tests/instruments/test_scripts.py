"""A name in any script is drawn with its own glyphs, shaped, or refused by number and name."""

import io
import json
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from gravamen.instruments.fonts import MissingGlyph, missing_glyphs
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.setting import write
from gravamen.instruments.typeset import typeset
from gravamen.parties import Name
from gravamen.sentences import Block, Box, Cell, Figure, Instrument, Line, Section, Table

from .letters import CASE, motion, saying, sentence
from .structure import codes, elements

PRINTED = {
    "hy": "Արմեն Սարգսյան",
    "az": "Əli Quliyev",
    "ru": "Иван Щербаков",
    "ar": "محمد الأحمد",
    "fa": "می‌خواهم رضا",
    "ka": "ნინო ბერიძე",
    "zh": "王小明",
    "he": "דוד לוי",
    "el": "Ελένη Παπαδοπούλου",
    "hi": "अनिल श्रीवास्तव",
    "th": "สมชาย ใจดี",
    "ko": "김민수",
    "ja": "山田太郎",
    "vi": "Đặng Thị Hồng",
    "am": "ኃይሌ ገብረሥላሴ",
    "km": "ឈ្មោះខ្មែរ",
    "my": "မောင်မောင်",
    "pa": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "ur": "محمد علی ٹیپو",
    "ug": "ئابدۇللا",
}
REFUSED = {
    "bo": ("བསྟན་འཛིན", "TIBETAN"),
    "dv": ("ޙުސައިން", "THAANA"),
    "nqo": ("ߞߊ߲ߞߊ߲", "NKO"),
    "mn": ("ᠮᠣᠩᠭᠣᠯ", "MONGOLIAN"),
    "syr": ("ܐܒܪܗܡ", "SYRIAC"),
    "akk": ("\U00012000", "CUNEIFORM"),
}


def named(lang: str, text: str, paper: str = "us-letter") -> Instrument:
    row = (Cell(names=(Name(text=text, lang=lang),)), Cell(sentences=(sentence("s1", text),)))
    table = Table(caption="Names", header=("Name", "Words"), rows=(row,))
    return motion(sections=(Section(heading=None, blocks=(table,)),), paper=paper)


def pdf_of(instrument: Instrument) -> bytes:
    return typeset(instrument, exhibits_of(instrument, CASE.sources)).pdf


def drawn(instrument: Instrument) -> list[tuple[str, list[int]]]:
    """What is drawn on page one: each stretch with the font it is in."""
    shown, font = [], ""
    with pikepdf.open(io.BytesIO(pdf_of(instrument))) as pdf:
        fonts = {k: str(v.BaseFont) for k, v in pdf.pages[0].Resources.Font.items()}
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) == "Tf":
                font = fonts[str(operands[0])]
            elif str(operator) in ("Tj", "TJ"):
                shown.append((font, list(codes(operands[0]))))
    return shown


@pytest.mark.parametrize("lang", PRINTED)
@pytest.mark.parametrize("paper", ["us-letter", "a4"])
def test_a_name_is_drawn_with_glyphs_of_its_own_and_marked_with_its_language(
    lang: str, paper: str
) -> None:
    instrument = named(lang, PRINTED[lang], paper)
    assert all(code for _, shown in drawn(instrument) for code in shown)
    with pikepdf.open(io.BytesIO(pdf_of(instrument))) as pdf:
        langs = {str(e.Lang) for e in elements(pdf.Root.StructTreeRoot.K) if "/Lang" in e}
    assert lang in langs


@pytest.mark.parametrize("lang", PRINTED)
def test_a_name_comes_back_from_the_manifest_and_the_page_code_point_for_code_point(
    lang: str, tmp_path: Path
) -> None:
    files = write(named(lang, PRINTED[lang]), tmp_path, case=CASE)
    rows = json.loads(files.manifest.read_bytes())["frame"]["sections"][0]["blocks"][0]["rows"]
    assert rows[0][0]["names"][0]["text"] == PRINTED[lang]
    page = files.html.read_text(encoding="utf-8")
    assert f'lang="{lang}"' in page
    assert f">{PRINTED[lang]}</bdi>" in page


@pytest.mark.parametrize("lang", REFUSED)
def test_a_script_without_a_font_is_refused_by_number_and_name(lang: str) -> None:
    text, script = REFUSED[lang]
    with pytest.raises(
        MissingGlyph, match=rf"No font has .*U\+[0-9A-F]{{4,5}} {script} .*\(glyph-missing\)"
    ):
        pdf_of(named(lang, text))
    assert missing_glyphs([text])


def stretch(text: str, family: str) -> list[int]:
    """The glyphs of a sentence that are drawn from one font."""
    return [c for font, shown in drawn(saying(text)) if family in font for c in shown]


@pytest.mark.parametrize("text", [*PRINTED.values(), "😀 👩‍👩‍👧"])
def test_words_in_the_boxes_of_a_drawing_are_printed_in_any_script(text: str) -> None:
    box = Box(x=20, y=10, width=160, height=40, words=(text, "since 2019"), strong=True)
    line = Line(corners=((100, 50), (100, 60), (90, 60)), dashed=True)
    drawing = Figure(
        caption="The chain", alt="One body.", width=200, height=70, boxes=(box,), lines=(line,)
    )
    block = Block(sentences=(sentence("s1", "A sentence."),))
    pdf = pdf_of(motion(sections=(Section(heading=None, blocks=(block, drawing)),)))
    with pikepdf.open(io.BytesIO(pdf)) as read:
        tags = [e for e in elements(read.Root.StructTreeRoot.K) if e.S == "/Figure"]
        assert [str(e.Alt) for e in tags][:1] == ["One body."]
    assert "since 2019" in "".join(
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)
    )


def test_arabic_letters_take_the_form_of_their_place() -> None:
    first, middle, last = stretch("ععع", "Arabic")
    assert len({first, middle, last}) == 3


def test_the_joiner_of_a_persian_name_keeps_two_letters_apart() -> None:
    assert stretch("می‌خواهم", "Arabic") != stretch("میخواهم", "Arabic")


def test_consonants_of_hindi_join_and_the_vowel_sign_goes_before_its_letter() -> None:
    assert len(stretch("क्ष", "Devanagari")) == 1
    assert len(stretch("क्‌ष", "Devanagari")) > 1
    ka, *_, last = stretch("क कि", "Devanagari")
    assert ka == last


def test_right_to_left_words_are_drawn_from_the_right() -> None:
    """The first letter of a Hebrew word is the rightmost one."""
    page = pypdfium2.PdfDocument(pdf_of(saying("אב")))[0].get_textpage()
    text = page.get_text_range()
    left = {c: page.get_charbox(text.index(c))[0] for c in "אב"}
    assert left["א"] > left["ב"]


def ink(instrument: Instrument, crop: tuple[float, float, float, float]) -> Image.Image:
    page = pypdfium2.PdfDocument(pdf_of(instrument))[0]
    picture = page.render(scale=2).to_pil().convert("L")
    width, height = picture.size
    left, top, right, bottom = crop
    return picture.crop(
        (int(left * width), int(top * height), int(right * width), int(bottom * height))
    )


@pytest.mark.parametrize("lang", PRINTED)
def test_the_picture_of_a_name_shows_it_and_no_row_of_boxes(lang: str) -> None:
    """Another name of as many letters gives another picture: what is drawn are not boxes."""
    name = PRINTED[lang]
    turned = name[::-1] if name[::-1] != name else f"{name[1:]}{name[0]}"
    middle = (0.1, 0.15, 0.9, 0.5)
    first, second = ink(named(lang, name), middle), ink(named(lang, turned), middle)

    assert first.getextrema()[0] < 90
    assert first.tobytes() != second.tobytes()
