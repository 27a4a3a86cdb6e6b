"""Makes the picture of the manual's page on assistance: make_assistance.py PICTURE.png.

The state of Quillby and its figures are invented.
"""

import io
import sys
from pathlib import Path

from PIL import Image

from gravamen.aid.line import Account, Group, Line, Part, Total
from gravamen.aid.pictures.chart import png

GROUPS: tuple[Group, ...] = (
    "already-barred", "asked-now", "outside", "not-vettable", "hook-unclear",
)  # fmt: skip
# By fiscal year: dollars by group, None where the report prints no line of it.
COSTS: dict[int, tuple[float | None, ...]] = {
    2013: (None, 715_300, 102_400, 88_000, None),
    2014: (None, 802_750, 96_100, None, 35_500),
    2015: (212_000, 640_900, 130_000, 150_250, None),
    2017: (365_400, 412_800, 121_600, 96_300, 61_000),
    2018: (388_150, 377_500, 118_200, None, 64_800),
    2019: (402_900, 341_000, None, 120_700, 58_400),
    2020: (431_700, 286_300, 140_900, 77_000, None),
}
# By copy: dollars obligated in each fiscal year; the last is less than nothing, a deobligation.
COPIES: dict[str, dict[int, float]] = {
    "2023-10": {2018: 8_940_300, 2019: 7_215_800, 2020: 3_102_500, 2021: -412_600},
    "2025-04": {2018: 8_940_300, 2019: 7_398_100, 2020: 5_870_200, 2021: -412_600},
}


def report(year: int, amounts: tuple[float | None, ...]) -> Total:
    """The sum of a report of training."""
    given = {g: a for g, a in zip(GROUPS, amounts, strict=True) if a is not None}
    return Total(
        dataset="fmtr", file="training_rows.csv", vintage=f"{year}_{year + 1}", kind="cost",
        dollars="current", currency="USD", year=year, period="fiscal-year", rows=len(given),
        trainees=None, amount=sum(given.values()), floor=year == 2014,
        groups={group: Part(rows=1, amount=amount) for group, amount in given.items()},
    )  # fmt: skip


def copy(vintage: str, year: int, amount: float) -> Total:
    """The sum for the country in a copy of the table of all agencies."""
    return Total(
        dataset="foreignassistance", file=f"country_{vintage}.csv", vintage=vintage,
        kind="obligated", dollars="current", currency="USD", year=year, period="fiscal-year",
        rows=1, trainees=None, amount=amount,
        groups={"hook-unclear": Part(rows=1, amount=amount)},
    )  # fmt: skip


REFUSED = Line(
    country="QX", year=2018, period="fiscal-year", program="PKO", name=None, account=None,
    agency=None, kind="cost", dollars="current", currency="USD", rows=1, trainees=None,
    amount=948_000, dataset="fmtr", file="training_rows.csv", vintage="2018_2019",
    edition="", at="53", printed=756_000, refused="The report prints another total.",
)  # fmt: skip

ACCOUNT = Account(
    country="QX",
    name="Quillby",
    on="2026-11-23",
    years=(2013, 2021),
    lines=(REFUSED,),
    totals=(
        *(report(year, amounts) for year, amounts in COSTS.items()),
        *(copy(v, year, amount) for v, of in COPIES.items() for year, amount in of.items()),
    ),
    refused=(),
    differences=(),
)

picture = Image.open(io.BytesIO(png(ACCOUNT, dpi=110))).convert("RGB")
with Path(sys.argv[1]).open("wb") as out:
    picture.quantize(64).save(out, format="png", optimize=True)
