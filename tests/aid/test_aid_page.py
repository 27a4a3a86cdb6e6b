"""Page: an account as one web page; each figure in its place, hostile words only words."""

import re

import lxml.html
import pytest
from msgspec.structs import replace
from pictured import BAR, LEAHY, account, copy, full, line, total

from gravamen import law as lawdata
from gravamen.aid.line import GROUPS, HookState
from gravamen.aid.pictures.page import MEANINGS, STATES, page, parts

LAW = lawdata.load()
HOSTILE = (
    '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{% x %}\x00\x07\u202e\ud800'
)


def tree(of: object) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page(of, LAW))


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(str(node.text_content()).split())


def section(root: lxml.html.HtmlElement, id: str) -> str:
    (found,) = [n for n in root.iter("section") if n.get("aria-labelledby") == id]
    return words(found)


def rows(root: lxml.html.HtmlElement, caption: str) -> list[list[str]]:
    """The cells of the first table whose caption begins so."""
    found = [t for t in root.iter("table") if words(t.find("caption")).startswith(caption)]
    return [[words(cell) for cell in row] for row in found[0].find("tbody")]


def test_every_group_and_state_has_its_words():
    assert set(MEANINGS) == set(GROUPS)
    assert MEANINGS["asked-now"] == (
        "No bar is shown to stand on that day; an office can be asked."
    )
    assert set(STATES) == set(HookState.__args__)


def test_every_line_stands_in_its_group_and_nowhere_else():
    root = tree(full())

    shown = {part.id: [line.program for line in part.lines] for part in parts(full(), LAW)}
    assert shown == {
        "already-barred": ["FMF"], "asked-now": ["IMET-1", "IMET-1"], "outside": ["HMA"],
        "not-vettable": ["Section 333"], "hook-unclear": ["PKO"],
    }  # fmt: skip
    for id, programs in shown.items():
        (found,) = [n for n in root.iter("section") if n.get("aria-labelledby") == id]
        table = found.findall(".//table")[-1]
        heads = [words(row[0].find("bdi")) for row in table.find("tbody")]
        assert heads == programs


def test_a_line_has_amount_kind_file_vintage_and_rows():
    (cells,) = rows(tree(account(line(hooks=(LEAHY,)))), "The lines")

    assert cells == [
        "FMF Foreign Military Financing Department of State", "2018", "cost, current", "$120,294",
        "8", "reaches units, and none is named: State Leahy law",
        "training.csv, report 2018_2019, rows 12-15 (4)",
    ]  # fmt: skip


def test_a_law_stands_once_in_a_group_with_its_state_and_waiver():
    told = section(tree(full()), "already-barred")

    assert told.count("Foreign Assistance Act of 1961, section 620M") == 1
    assert "its bar is waived on that day: FMF. Its bar is waived on the day." in told
    assert "Waiver: Waived until 8 August 2026." in told


def test_what_a_law_asks_stands_once_for_the_page():
    root = tree(full())
    told = section(root, "laws")

    for once in (*LEAHY.shows, *LEAHY.exceptions):
        assert words(root).count(once) == told.count(once) == 1
    assert "not checked against the law: memory" in told
    assert told.count("not checked") == 1


def test_a_law_that_reads_differently_for_two_programs_shows_both():
    argued = replace(BAR, state="argued", why="Two readings are held.")
    told = section(
        tree(account(line(hooks=(BAR,)), line(program="CTFP", hooks=(argued,)))), "already-barred"
    )

    assert "its bar is waived on that day: FMF." in told
    assert "two readings are held: CTFP. Two readings are held." in told


def test_what_the_hooks_of_one_law_say_differently_stands_side_by_side():
    other = replace(
        LEAHY, cite="22 U.S.C. 2378d(b)", decides="Deputy Secretary", shows=("A unit.",),
        exceptions=("None.",), mark="memory",
    )  # fmt: skip
    root = tree(account(line(hooks=(LEAHY,)), line(program="PKO", group="outside", hooks=(other,))))

    told = section(root, "laws")
    for both in (
        "22 U.S.C. 2378d; 22 U.S.C. 2378d(b)", "Secretary of State; Deputy Secretary", "memory",
        *LEAHY.shows, "A unit.", *LEAHY.exceptions, "None.",
    ):  # fmt: skip
        assert both in told
    assert "22 U.S.C. 2378d(b)" not in section(root, "already-barred")


def test_the_table_beside_the_picture_has_every_figure_in_full():
    root = tree(full())

    assert rows(root, "The figures of the picture in full: cost") == [
        ["2016", "no figure"],
        ["2017", "no figure"],
        ["2018", "2018_2019", "$120,294", "$599,646", "$46,000", "$180,929", "$18,530",
         "at least $965,399 1 line refused", "20", "40", "agrees"],
        ["2019", "2019_2020 not there yet on that day", "none", "-$658,171", "none", "none", "none",
         "-$658,171", "4", "8", "agrees"],
        ["2020", "no figure"],
    ]  # fmt: skip
    assert rows(root, "The figures of the picture in full: obligated")[1:] == [
        ["2020", "2022-10", "$32,357,135", "$32,357,135", "1"],
        ["2020", "2023-03", "$24,717,577", "$24,717,577", "1"],
        ["2020", "2023-10, 2025-04", "$33,051,180", "$33,051,180", "1"],
    ]


def test_every_total_of_the_account_is_in_a_table():
    of = account(*(total({"outside": 1000.0 + y}, year=y) for y in range(1990, 2026)),
                 *(copy(5000.0 + y, "2022-10", y) for y in range(1990, 2026)),
                 years=(1990, 2025))  # fmt: skip
    told = words(tree(of))

    assert [t for t in of.totals if f"${t.amount:,.0f}" not in told] == []


def test_what_copies_say_differently_stands_side_by_side():
    assert rows(tree(full()), "foreignassistance: obligated, current USD") == [
        ["2020", "$32,357,135", "$24,717,577", "no figure"]
    ]


def test_two_files_of_one_vintage_that_differ_show_both_figures():
    (difference,) = full().differences
    twice = replace(difference, figures=(("2022-10", 1.0), ("2022-10", 2.0)))

    told = rows(tree(replace(full(), differences=(twice,))), "foreignassistance: obligated")
    assert told == [["2020", "$1; $2"]]


def test_what_is_refused_and_what_cannot_be_shown_is_told():
    root = tree(full())

    assert rows(root, "The rows stand") == [["training.csv", "PKO, 2018", "rows and totals differ"]]
    assert "training.csv shows training alone." in section(root, "cannot")


def test_a_copy_that_came_later_is_marked():
    assert "not there yet on that day" in section(tree(full()), "asked-now")
    assert "not there yet" not in words(tree(account(line(), total({"outside": 5.0}))))


def test_the_page_begins_with_the_sheet_that_prints_as_the_annex():
    (sheet,) = [d for d in tree(full()).iter("div") if d.get("class") == "sheet"]

    told = words(sheet)
    assert "Assistance to Quillby" in told and "1 December 2025" in told
    assert [row[0] for row in rows(sheet, "In short")] == list(GROUPS.values())
    assert sheet.find(".//{*}svg") is not None or sheet.find(".//svg") is not None
    assert "$599,646" in told
    assert ".sheet { break-after: page; }" in page(full(), LAW)


def test_the_page_is_sound_for_those_who_do_not_see_it():
    root = tree(full())

    assert root.get("lang") == "en"
    assert all(words(t.find("caption")) for t in root.iter("table"))
    assert all(h.get("scope") in ("col", "row") for h in root.iter("th"))
    ids = [n.get("id") for n in root.iter() if n.get("id")]
    assert len(ids) == len(set(ids))
    assert all(s.get("role") == "img" and s.get("aria-label") for s in root.iter("svg"))
    assert len(list(root.iter("svg"))) == 2
    heads = [int(n.tag[1]) for n in root.iter("h1", "h2", "h3")]
    assert heads[0] == 1 and set(heads[1:]) == {2}


def test_every_link_leads_to_a_part_of_the_page():
    root = tree(full())
    ids = {n.get("id") for n in root.iter() if n.get("id")}

    links = [a.get("href") for a in root.iter("a")]
    assert links and all(link[0] == "#" and link[1:] in ids for link in links)


def test_a_cell_says_its_column_where_the_head_of_the_table_is_not_seen():
    for row in tree(full()).iter("tr"):
        if row.getparent().tag == "tbody":
            assert all(cell.get("data-head") or cell.get("colspan") for cell in row)


def test_the_page_holds_all_it_needs_and_runs_nothing():
    text = page(full(), LAW)

    assert "<script" not in text and "javascript:" not in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    assert "default-src 'none'" in text
    assert ' style="' not in text and text.count("<style") == 1


@pytest.mark.parametrize("hostile", [HOSTILE, "قره باغ", "x" * 500])
def test_hostile_words_are_words_and_nothing_else(hostile):
    hook = replace(
        LEAHY, authority=hostile, why=hostile, cite=hostile, decides=hostile, shows=(hostile,),
        exceptions=(hostile,), waiver=hostile,
    )  # fmt: skip
    of = line(
        program=hostile, name=hostile + ".", account=hostile, agency=hostile, file=hostile,
        vintage=hostile, edition=hostile, at=hostile, purpose=hostile, refused=hostile,
        objective=hostile, recipient=hostile, why_group=hostile, hooks=(hook,), dataset=hostile,
        currency=hostile,
    )  # fmt: skip
    given = full()
    (difference,) = given.differences
    made = page(
        account(
            of, copy(5.0, hostile, dataset=hostile, file=hostile, currency=hostile), name=hostile,
            refused=(replace(given.refused[0], file=hostile, what=hostile, why=hostile),),
            differences=(replace(difference, dataset=hostile, currency=hostile,
                                 figures=((hostile, 1.0),)),),
            left_out=(hostile,),
        ),
        LAW,
    )  # fmt: skip

    root = lxml.html.document_fromstring(made.encode())
    assert not list(root.iter("script", "img"))
    assert not [a for n in root.iter() for a in n.attrib if a.startswith("on")]
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", made)
    assert "49" not in words(root).replace("{{7*7}}", "")


def test_words_that_turn_the_order_of_reading_stay_where_they_stand():
    root = tree(account(line(program="\u202eFMF", why_group="why \u202eso"),
                        name="Quill\u202eby", left_out=("a\u202eb",)))  # fmt: skip

    for node in root.iter():
        own = (node.text or "") + "".join(child.tail or "" for child in node)
        if "\u202e" in own:
            assert node.tag in ("bdi", "title")


def test_an_account_without_a_line_says_so():
    told = words(tree(account()))

    assert "hold no line for this question. That does not show that nothing flowed." in told


def test_the_same_account_gives_the_same_page():
    assert page(full(), LAW) == page(full(), LAW)
