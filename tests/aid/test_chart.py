"""Chart: the picture of an account, the same bytes for the same account, readable in grey."""

import io
import itertools
import re
import subprocess
import sys
import warnings
from typing import Any

import numpy
import pytest
from lxml import etree
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font
from pictured import FIGURES, account, copy, full, line, total
from PIL import Image

from gravamen.aid.line import GROUPS, Account
from gravamen.aid.pictures.bars import LOOKS, MOST, label, rows_of, said
from gravamen.aid.pictures.chart import alt, png, svg
from gravamen.aid.pictures.figure import MOST_DOTS
from gravamen.aid.pictures.lettering import font, shown
from gravamen.aid.pictures.panels import panels

HOSTILE = 'Quill <b onload=x> & "by" $x^2$ --> ]]> \x00\x07\u202e\ud800 国 %s {0}'


def root(of: bytes) -> etree._Element:
    return etree.fromstring(of)


def drawn_words(monkeypatch: pytest.MonkeyPatch, of: Account) -> list[str]:
    """The words that a picture writes."""
    found: list[str] = []
    write = Axes.annotate

    def noted(self: Axes, text: str, *args: object, **kwargs: object) -> object:
        found.append(text)
        return write(self, text, *args, **kwargs)

    monkeypatch.setattr(Axes, "annotate", noted)
    svg(of)
    return found


def test_the_same_account_gives_the_same_bytes():
    assert svg(full()) == svg(full())
    assert png(full(), dpi=50) == png(full(), dpi=50)


def test_what_a_user_set_for_matplotlib_changes_nothing():
    before = svg(full())

    with rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.facecolor": "red"}):
        assert svg(full()) == before


def test_no_day_and_no_program_stands_in_the_picture():
    for data in (svg(full()), png(full(), dpi=50)):
        assert b"matplotlib" not in data.replace(b"matplotlib.axis", b"")
        assert not re.search(rb"20\d\d-\d\d-\d\dT", data)
    assert "metadata" not in svg(full()).decode()


def test_the_picture_has_a_label_and_holds_no_style_and_no_script():
    tree = root(svg(full()))

    assert tree.get("role") == "img" and tree.get("aria-label") == alt(full())
    assert tree[0].tag.endswith("title") and "Quillby" in tree[0].text
    assert not any(n.get("style") for n in tree.iter())
    assert not list(tree.iter("{*}style", "{*}script"))


def test_two_pictures_on_a_page_share_no_id():
    first, second = (root(svg(full(), prefix=prefix)) for prefix in ("a-", "b-"))
    ids = [{n.get("id") for n in tree.iter() if n.get("id")} for tree in (first, second)]

    assert ids[0] and not ids[0] & ids[1]
    for tree, known in zip((first, second), ids, strict=True):
        link = "{http://www.w3.org/1999/xlink}href"
        used = {n.get(link)[1:] for n in tree.iter() if n.get(link)}
        used |= {
            u
            for n in tree.iter()
            for v in n.attrib.values()
            for u in re.findall(r"url\(#(.+?)\)", v)
        }
        assert used and used <= known


def test_every_group_has_a_grey_and_a_hatch_of_its_own():
    assert set(LOOKS) == set(GROUPS)
    greys = sorted(
        0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (to_rgb(x.fill) for x in LOOKS.values())
    )

    assert all(b - a > 0.1 for a, b in itertools.pairwise(greys))
    assert len({look.hatch for look in LOOKS.values()}) == len(LOOKS)


def test_the_hatches_are_in_the_picture():
    tree = root(svg(account(total(dict(FIGURES)))))

    patterns = list(tree.iter("{*}pattern"))
    assert len(patterns) == len([look for look in LOOKS.values() if look.hatch])


def drawn_bars(monkeypatch: pytest.MonkeyPatch, of: Account) -> list[tuple[float, float, str]]:
    """Size, foot and hatch of each part that is drawn."""
    found: list[tuple[float, float, str]] = []
    bar = Axes.bar

    def noted(self: Axes, x: float, size: float, width: float, foot: float, **look: Any) -> object:
        found.append((size, foot, look["hatch"]))
        return bar(self, x, size, width, foot, **look)

    monkeypatch.setattr(Axes, "bar", noted)
    svg(of)
    return found


def test_parts_stand_on_each_other_each_in_its_hatch(monkeypatch):
    of = account(total({"already-barred": 3.0, "asked-now": 2.0, "hook-unclear": 4.0}))

    assert drawn_bars(monkeypatch, of) == [
        (3.0, 0.0, ""),
        (2.0, 3.0, LOOKS["asked-now"].hatch),
        (4.0, 5.0, LOOKS["hook-unclear"].hatch),
    ]


def test_negative_parts_hang_from_the_line_and_take_nothing_from_the_others(monkeypatch):
    of = account(
        total({"already-barred": 3.0, "asked-now": -2.0, "outside": 4.0, "hook-unclear": -1.0})
    )

    found = drawn_bars(monkeypatch, of)
    assert [(size, foot) for size, foot, _ in found] == [
        (3.0, 0.0),
        (-2.0, 0.0),
        (4.0, 3.0),
        (-1.0, -2.0),
    ]


def test_dollar_signs_are_drawn_as_such():
    number = FT2Font(str(font(9, bold=True).get_file())).get_char_index(ord("$"))
    ids = [n.get("id") or "" for n in root(svg(account(name="a$x^2$"))).iter()]

    assert f"DejaVuSans-Bold-{number:x}" in ids


def test_every_amount_is_written_above_its_column(monkeypatch):
    words = drawn_words(monkeypatch, full())

    assert {"≥ 965", "−658", "32.4", "24.7", "33.1"} <= set(words)
    assert {"2022-10", "2023-03", "2023-10 +1"} <= set(words)


def test_the_title_says_country_kind_dollars_file_vintage_and_day(monkeypatch):
    told = " ".join(drawn_words(monkeypatch, full()))

    for words in (
        "Assistance to Quillby, 2016 to 2020; the law as of 1 December 2025",
        "Cost as the report prints it, in thousands of current US dollars, by fiscal year",
        "Obligated, in millions of current US dollars",
        "training.csv", "Reports 2018_2019 and 2019_2020", "country_2022-10.csv",
    ):  # fmt: skip
        assert words in told


def test_a_year_without_a_figure_says_so_and_what_is_refused_is_an_outline(monkeypatch):
    words = drawn_words(monkeypatch, full())

    assert words.count("no figure") == 4  # 2016, 2017 and 2020 of one panel; 2016 to 2019 of one
    assert words.count("refused") == 1
    assert any(w.startswith("refused: lines that count in no sum") for w in words)
    dashed = [n for n in root(svg(full())).iter() if n.get("stroke-dasharray") == "2.7,1.8"]
    assert len(dashed) == 1


def test_a_refused_figure_does_not_change_the_scale():
    small = account(total({"outside": 5.0}))
    huge = account(total({"outside": 5.0}), line(amount=9e12, refused="It is damaged."))

    assert rows_of(panels(small)[0], 660)[1].high == rows_of(panels(huge)[0], 660)[1].high == 5.0


def test_a_negative_amount_hangs_below_the_line_and_the_note_says_what_it_is(monkeypatch):
    of = account(copy(-658_171.0, "2023-03", 2021), years=(2021, 2021))
    (scale,) = [rows_of(panel, 660)[1] for panel in panels(of)]

    assert scale.low < 0 < scale.under and scale.unit * scale.low == -658_171.0
    assert any("negative amounts" in w for w in drawn_words(monkeypatch, of))


def test_each_sign_is_explained_only_where_it_is_used(monkeypatch):
    told = " ".join(drawn_words(monkeypatch, account(total({"outside": 5.0}))))
    all_told = " ".join(drawn_words(monkeypatch, full()))

    for sign in ("≥:", "+1, +2:", "*:", "refused:", "Below the line:"):
        assert sign not in told and sign in all_told


def test_twenty_years_of_one_file_are_in_rows_of_columns_that_can_be_read():
    years = range(1999, 2021)
    (panel,) = panels(account(*(total(dict(FIGURES), year=y) for y in years), years=(1999, 2020)))

    rows, scale = rows_of(panel, 660)
    assert [len(row) for row in rows] == [11, 11]
    assert scale.span <= MOST and scale.pitch > 25
    assert not scale.turned


def test_no_column_is_lost_between_the_rows():
    copies = [copy(float(y), v, y) for y in range(1950, 2026) for v in ("a", "b")]
    (panel,) = panels(account(*copies, years=(1950, 2025)))

    rows, scale = rows_of(panel, 660)
    assert tuple(slot for row in rows for slot in row) == panel.slots
    assert scale.span <= MOST + 3


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (32_357_135.0, 1e6, "32.4"), (1_471_127_898.0, 1e6, "1,471"), (-658_171.0, 1e6, "−0.658"),
        (18_530.0, 1e6, "0.019"), (12.0, 1e6, "<0.001"), (-12.0, 1e6, "−<0.001"),
        (0.0, 1e6, "0.000"),
        (965_399.0, 1e3, "965"), (842.0, 1.0, "842"), (0.0, 1.0, "0"),
    ],
)  # fmt: skip
def test_an_amount_that_is_not_nothing_is_never_written_as_nothing(amount, unit, words):
    assert said(amount, unit) == words


def test_a_column_without_an_amount_says_so():
    (panel,) = panels(account(total({"outside": None})))

    assert label(panel.columns[0], 1.0) == "no amount"


def test_the_alt_text_says_what_is_seen():
    told = alt(full())

    assert told.startswith("Assistance to Quillby, 2016 to 2020; the law as of 1 December 2025.")
    for words in (
        "from -658,171 (2019, report 2019_2020) to at least 965,399 (2018, report 2018_2019)",
        "from 24,717,577 (2020, copy 2023-03) to 33,051,180 (2020, copy 2023-10 and copy 2025-04)",
        "already barred on that date; can be asked on that date; outside these laws",
        "Refused, in outline and in no sum: 2018.",
        "No figure: 2016, 2017 and 2020.",
    ):
        assert words in told
    assert alt(account()).endswith("No figure on file.")


def test_an_account_without_a_figure_is_a_picture_that_says_so(monkeypatch):
    assert "No figure on file." in drawn_words(monkeypatch, account())


@pytest.mark.parametrize("name", [HOSTILE, "قره", "x" * 400, "", "a\nb"])
def test_any_name_can_be_drawn_and_changes_nothing_else(name):
    of = account(
        line(file=name, vintage=name, refused=name), copy(5.0, name, 2018, file=name),
        name=name,
    )  # fmt: skip

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = root(svg(of))
        assert png(of, dpi=40).startswith(b"\x89PNG")
    assert not list(tree.iter("{*}b", "{*}script"))
    assert not [a for n in tree.iter() for a in n.attrib if a.startswith("on")]


def test_a_character_that_nobody_would_see_is_shown_by_its_number():
    assert shown("a\u202eb\x00国é$x^2$") == "a<202E>b<0000><56FD>é$x^2$"


def test_a_png_is_as_large_as_asked_and_a_very_high_one_is_smaller_than_that():
    small = Image.open(io.BytesIO(png(account(total({"outside": 5.0})), dpi=72)))
    assert small.width == 720

    copies = [copy(float(n), f"v{n}", y, kind=k) for y in range(1950, 2026) for n in range(4)
              for k in ("obligated", "disbursed", "requested")]  # fmt: skip
    high = Image.open(io.BytesIO(png(account(*copies, years=(1950, 2025)), dpi=1000)))
    assert high.width * high.height < MOST_DOTS * 1.01


def test_the_picture_reads_in_grey():
    of = account(total(dict.fromkeys(GROUPS, 1000000.0)), years=(2018, 2018))
    grey = numpy.asarray(Image.open(io.BytesIO(png(of, dpi=144))).convert("L"))

    expected = [
        round(255 * (0.299 * r + 0.587 * g + 0.114 * b))
        for r, g, b in (to_rgb(x.fill) for x in LOOKS.values())
    ]
    assert all((abs(grey.astype(int) - value) <= 1).sum() > 2000 for value in expected)


def test_the_plotting_library_is_read_only_where_a_picture_is_asked_for():
    asked = "import sys, gravamen.aid.pictures.page; print('matplotlib' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
