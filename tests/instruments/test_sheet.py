import msgspec

from gravamen.instruments.manifest import Exhibit, exhibits_of
from gravamen.instruments.sheet import Notes, plain, sheet, text
from gravamen.sentences import Binding, Cell, Section, Sentence, Table

from .letters import CASE, letter


def bound(quote: str, start: int = 0, source: str = "s.a", claim: str = "c.1") -> Binding:
    return Binding(
        claim=claim, version="v", source=source, source_sha256="0" * 64, quote=quote, start=start
    )


def notes(count: int = 1) -> Notes:
    ids = [f"s.{'abcdefghijklmnopqrstuvwxyz'[n % 26]}{n // 26 or ''}" for n in range(count)]
    return Notes([Exhibit(source=i, cited=i, sha256="0" * 64) for i in ids], home="en")


def test_a_quote_has_one_note_however_often_it_is_used() -> None:
    of = notes(2)
    marks = [of.refer([bound("x"), bound("y", source="s.b")]), of.refer([bound("x", claim="c.2")])]

    assert marks == [
        [{"text": "A1", "to": "A1"}, {"text": "B1", "to": "B1"}],
        [{"text": "A1", "to": "A1"}],
    ]
    [a, b] = of.listed()
    assert [n["claims"] for n in a["notes"]] == ["c.1, c.2"]
    assert [n["id"] for n in b["notes"]] == ["B1"]


def test_three_neighbouring_notes_are_one_mark() -> None:
    marks = notes().refer([bound("x", n) for n in (1, 2, 3)])
    assert marks == [{"text": "A1–A3", "to": "A1"}]


def test_letters_of_exhibits_go_on_after_the_last() -> None:
    letters = [e["letter"] for e in notes(30).listed()]
    assert letters[:9] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert letters[22:26] == ["Z", "AA", "AB", "AC"]


def test_withheld_claims_come_last_with_their_commitments_only() -> None:
    of = notes()
    held = Binding(claim="c.9", version="commitment", withheld=True)
    assert of.refer([bound("x"), held]) == [
        {"text": "A1", "to": "A1"},
        {"text": "W1", "to": "W1"},
    ]
    assert of.listed()[-1] == {
        "letter": "W",
        "notes": [{"id": "W1", "commitment": "commitment"}],
    }


def test_a_quote_with_unprintable_characters_shows_their_numbers() -> None:
    of = notes()
    of.refer([bound("a\uf0b7 b\u202e c\nd")])
    [exhibit] = of.listed()
    assert plain(exhibit["notes"][0]["quote"]) == "a[U+F0B7] b[U+202E] c d"


def test_plain_words_stay_a_string_and_others_become_stretches() -> None:
    assert text("plain, “words”") == "plain, “words”"
    assert text("a Ժ") == [
        {"pieces": ["a "], "lang": None, "family": None},
        {"pieces": ["Ժ"], "lang": "hy", "family": "Noto Sans Armenian"},
    ]


def test_only_a_word_that_is_too_long_is_cut() -> None:
    [stretch] = text("short " + "x" * 70 + " end")  # type: ignore[misc]
    assert stretch["pieces"] == ["short ", *"x" * 70, " end"]
    assert plain([stretch]) == "short " + "x" * 70 + " end"


def test_all_printed_words_of_a_letter_are_in_its_sheet_verbatim() -> None:
    instrument = letter()
    printed = sheet(instrument, exhibits_of(instrument, CASE.sources))
    found = {
        s["id"]: plain(s["text"])
        for section in printed["sections"]
        for block in section["blocks"]
        for holder in (
            *block.get("items", [block]),
            *(c for row in block.get("rows", []) for c in row["cells"]),
        )
        for s in holder.get("sentences", [])
    }
    assert found == {s.id: s.text for s in instrument.sentences()}


def test_a_day_is_spelt_as_the_paper_of_the_country_has_it() -> None:
    days = {p: sheet(letter(paper=p, sections=()), [])["day"] for p in ("us-letter", "a4")}
    assert days == {"us-letter": "January 15, 2024", "a4": "15 January 2024"}


def test_neighbouring_items_of_a_style_are_one_list() -> None:
    [section] = [s for s in letter().sections if s.heading == "What is alleged"]
    twice = msgspec.structs.replace(section, blocks=(section.blocks[3],) * 2)
    [made] = sheet(letter(sections=(twice,)), [])["sections"]
    assert [(b["style"], len(b["items"])) for b in made["blocks"]] == [("bullet", 2)]


def test_a_figure_that_its_column_holds_is_not_cut() -> None:
    heads = ("Year", *(f"Obligated, copy 2023-{n:02}" for n in range(1, 7)))
    cells = ("2019", *("$4,669,217,857" for _ in range(6)))
    row = tuple(
        Cell(sentences=(Sentence(id=f"s{n}", kind="form", text=t),)) for n, t in enumerate(cells)
    )
    table = Table(caption="Sums", header=heads, rows=(row,))
    [section] = sheet(letter(sections=(Section(heading=None, blocks=(table,)),)), [])["sections"]
    [made] = section["blocks"]
    assert made["header"] == list(heads)
    assert [c["sentences"][0]["text"] for c in made["rows"][0]["cells"]] == list(cells)
