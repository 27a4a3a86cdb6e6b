"""A scan of a page signed on paper is tied to the very version that it prints, or refused."""

import io
import random
from datetime import timedelta
from typing import Any

import msgspec
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from gravamen.case import Case
from gravamen.instruments.manifest import Manifest
from gravamen.proceedings import RoundClosed, SignatureEnded
from gravamen.signing.giving import NotToSign
from gravamen.signing.scan import MOST_PAGES, Code, ScanProblem, bind_scan, codes, pages_told

from .authority import NOW
from .signed import made, manifest, opened, recorded, signed

OTHER = "Three other officers of the Second Regiment"


def scan(
    pdf: bytes, *, page: int = 1, dots: int = 150, turned: float = 0, noise: int = 0,
    format: str = "PNG", quality: int = 60,
) -> bytes:  # fmt: skip
    """A page as a scanner sees it: turned, blurred, with grain, at so many dots per inch."""
    drawn = pypdfium2.PdfDocument(pdf)[page].render(scale=300 / 72, grayscale=True).to_pil()
    drawn = drawn.rotate(turned, fillcolor=255, resample=Image.Resampling.BICUBIC, expand=True)
    size = (drawn.width * dots // 300, drawn.height * dots // 300)
    drawn = drawn.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.6))
    if noise:
        grain = random.Random(7).randbytes(drawn.width * drawn.height)
        drawn = Image.blend(drawn, Image.frombytes("L", drawn.size, grain), noise / 100)
    return saved(drawn, format, quality=quality)


def saved(picture: Image.Image, format: str, **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **how)
    return file.getvalue()


def code_of(manifest: Manifest, page: int = 1) -> Code:
    return Code(manifest.instrument, manifest.digest[:32], page)


@pytest.mark.parametrize("turned", [-2, 2])
@pytest.mark.parametrize(("format", "quality"), [("PNG", 0), ("JPEG", 40), ("TIFF", 0)])
def test_a_page_at_150_dots_turned_by_two_degrees_with_grain_is_read(
    turned: float, format: str, quality: int
) -> None:
    found = codes(scan(made().pdf, turned=turned, noise=18, format=format, quality=quality))

    assert found == (code_of(manifest()),)


@pytest.mark.parametrize("turned", [90, 180, 47])
def test_a_page_put_in_the_wrong_way_is_read(turned: float) -> None:
    assert codes(scan(made().pdf, turned=turned, dots=200)) == (code_of(manifest()),)


def test_every_page_bears_the_code_and_each_page_of_a_scan_is_read() -> None:
    pages = [
        Image.open(io.BytesIO(scan(made().pdf, page=n, dots=200)))
        for n in range(len(pypdfium2.PdfDocument(made().pdf)))
    ]

    for format in ("TIFF", "PDF"):
        data = saved(pages[0], format, save_all=True, append_images=pages[1:], resolution=200)
        found = codes(data)
        assert {c.page for c in found} == {1, 2, 3}
        assert {(c.instrument, c.digest) for c in found} == {code_of(manifest())[:2]}


def test_other_codes_on_a_page_are_left_out() -> None:
    assert codes(saved(Image.new("L", (1200, 1600), 255), "PNG")) == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is no PNG, JPEG, TIFF or PDF"),
        (b"rubbish", "is no PNG, JPEG, TIFF or PDF"),
        (b"GIF89a" + b"\0" * 90, "is no PNG, JPEG, TIFF or PDF"),
        (b"%PDF-1.7 rubbish", "is a damaged PDF"),
        ("cut", "is a damaged picture"),
        ("bomb", "30000 by 30000 dots"),
        ("many", f"more than {MOST_PAGES} pages"),
    ],
    ids=["empty", "rubbish", "gif", "pdf", "cut", "bomb", "many"],
)
def test_what_is_no_scan_is_refused(data: bytes | str, words: str) -> None:
    if data == "cut":
        data = scan(made().pdf, format="JPEG")[:5000]
    if data == "bomb":
        data = saved(Image.new("1", (30_000, 30_000)), "PNG")
    if data == "many":
        pages = [Image.new("1", (10, 10))] * (MOST_PAGES + 1)
        data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    with pytest.raises(ScanProblem, match=words):
        codes(data)


def test_a_scan_finds_the_round_of_its_version() -> None:
    case = recorded(0)

    assert bind_scan(case, scan(made().pdf, turned=2, noise=18), signatory="p.2").opened == opened()


def test_a_scan_of_another_version_is_refused_with_both_digests() -> None:
    other = made(title=OTHER)
    grouped = " ".join(other.manifest.digest[n : n + 4] for n in range(0, 32, 4))
    ours = " ".join(manifest().digest[n : n + 4] for n in range(0, 32, 4))

    for round in (None, "round.1"):
        with pytest.raises(ScanProblem) as told:
            bind_scan(recorded(0), scan(other.pdf), signatory="p.2", round=round)
        assert grouped in str(told.value) and ours in str(told.value)


def test_pages_of_two_versions_in_one_scan_are_refused() -> None:
    pages = [Image.open(io.BytesIO(scan(m.pdf, dots=200))) for m in (made(), made(title=OTHER))]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    with pytest.raises(ScanProblem, match="pages of several versions"):
        bind_scan(recorded(0), data, signatory="p.2")


def test_the_printed_digits_are_typed_where_no_code_can_be_read() -> None:
    blank = saved(Image.new("L", (1200, 1600), 255), "PNG")
    printed = " ".join(manifest().digest[n : n + 4] for n in range(0, 16, 4))

    with pytest.raises(ScanProblem, match="type the 16 digits"):
        bind_scan(recorded(0), blank, signatory="p.2")
    for typed in (printed, printed.upper(), manifest().digest):
        assert (
            bind_scan(recorded(0), blank, signatory="p.2", typed=typed, uncoded="seen").opened
            == opened()
        )
    with pytest.raises(ScanProblem, match="is no digest"):
        bind_scan(recorded(0), blank, signatory="p.2", typed="12 ab")
    with pytest.raises(ScanProblem, match="no round here is for"):
        bind_scan(recorded(0), blank, signatory="p.2", typed="0" * 16)


def test_typed_digits_that_the_code_denies_are_refused() -> None:
    with pytest.raises(ScanProblem, match="look at the foot of the page again"):
        bind_scan(recorded(0), scan(made().pdf), signatory="p.2", typed="0" * 16)


def test_the_file_itself_is_no_scan_of_it() -> None:
    for pdf in (made().pdf, signed(1)):
        with pytest.raises(ScanProblem, match="is a file that was set here, not a scan"):
            bind_scan(recorded(0), pdf, signatory="p.2")


def with_(case: Case, *more: object) -> Case:
    return msgspec.structs.replace(case, signings={**case.signings, **{a.id: a for a in more}})  # type: ignore[attr-defined]


def test_who_may_not_sign_now_may_not_sign_on_paper_either() -> None:
    data = scan(made().pdf)
    refused = SignatureEnded(
        id="x", at=NOW.isoformat(), round="round.1", signatory="p.2", how="refused"
    )
    closed = RoundClosed(id="x", at=NOW.isoformat(), round="round.1", why="cancelled")

    with pytest.raises(NotToSign, match="signed already"):
        bind_scan(recorded(2), data, signatory="p.2")
    with pytest.raises(NotToSign, match="none of the signatories"):
        bind_scan(recorded(0), data, signatory="p.9")
    with pytest.raises(NotToSign, match="refused to sign"):
        bind_scan(with_(recorded(0), refused), data, signatory="p.2")
    with pytest.raises(NotToSign, match="has ended"):
        bind_scan(with_(recorded(0), closed), data, signatory="p.2")


def test_a_page_dated_before_its_round_was_opened_is_refused() -> None:
    day = NOW.date()

    assert bind_scan(recorded(0), scan(made().pdf), signatory="p.2", on=day).opened.id == "round.1"
    with pytest.raises(NotToSign, match="nobody can have signed in it by then"):
        bind_scan(recorded(0), scan(made().pdf), signatory="p.2", on=day - timedelta(days=1))


def test_of_a_version_that_no_round_is_for_the_rounds_of_its_instrument_alone_are_told() -> None:
    other = opened(id="round.2", instrument="letter-us.president", manifest="e" * 64)
    with pytest.raises(ScanProblem) as told:
        bind_scan(with_(recorded(0), other), scan(made(title=OTHER).pdf), signatory="p.2")

    assert "round.1 is for" in str(told.value)
    assert "round.2" not in str(told.value)


def test_a_round_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ScanProblem, match="no round 'round.9'; there are: round.1"):
        bind_scan(recorded(0), scan(made().pdf), signatory="p.2", round="round.9")


def test_of_two_open_rounds_for_a_version_one_is_named() -> None:
    case = with_(recorded(0), opened(id="round.2"))

    with pytest.raises(ScanProblem, match="Several rounds"):
        bind_scan(case, scan(made().pdf), signatory="p.2")
    assert (
        bind_scan(case, scan(made().pdf), signatory="p.2", round="round.2").opened.id == "round.2"
    )


OURS = [scan(made().pdf, page=n, dots=200) for n in range(3)]


def stack(*pages: bytes) -> bytes:
    """Several scanned pages in one PDF."""
    drawn = [Image.open(io.BytesIO(p)).convert("L") for p in pages]
    return saved(drawn[0], "PDF", save_all=True, append_images=drawn[1:], resolution=200)


def without_code(page: bytes) -> bytes:
    """A page whose code was painted out."""
    picture = Image.open(io.BytesIO(page)).convert("L")
    for code in zxingcpp.read_barcodes(picture):
        at = code.position
        box = (at.top_left.x - 9, at.top_left.y - 9, at.bottom_right.x + 9, at.bottom_right.y + 9)
        picture.paste(255, box)
    return saved(picture, "PNG")


def test_a_page_of_another_letter_with_its_code_painted_out_is_refused() -> None:
    other = without_code(scan(made(title=OTHER).pdf, page=2, dots=200))

    with pytest.raises(ScanProblem, match="No code of ours can be read on page 2"):
        bind_scan(recorded(0), stack(OURS[0], other), signatory="p.2")
    with pytest.raises(ScanProblem, match="No code of ours can be read on page 2"):
        bind_scan(recorded(0), stack(OURS[0], other), signatory="p.2", uncoded=" ")
    with pytest.raises(ScanProblem, match="No code of ours can be read on page 1"):
        bind_scan(recorded(0), other, signatory="p.2", typed=manifest().digest[:16])
    bound = bind_scan(recorded(0), stack(OURS[0], other), signatory="p.2", uncoded="coffee on it")
    assert bound == (opened(), 2, (2,))


def test_a_code_of_another_instrument_is_refused_though_the_digest_is_ours() -> None:
    drawn = zxingcpp.create_barcode(
        f"GRAVAMEN:1:letter-nonsense:{manifest().digest[:32]}", zxingcpp.BarcodeFormat.QRCode
    )
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(drawn, scale=8))
    page = Image.new("L", (1000, 1000), 255)
    page.paste(picture, (200, 200))

    with pytest.raises(ScanProblem, match="is of 'letter-nonsense', and round.1 is for letter-us"):
        bind_scan(recorded(0), saved(page, "PNG"), signatory="p.2")


def test_of_a_part_of_the_pages_a_person_says_that_the_signed_one_is_there() -> None:
    def told(*pages: bytes, **more: Any) -> str:
        bound = bind_scan(recorded(0), stack(*pages), signatory="p.2", uncoded=more.get("uncoded"))
        how = {"block_shown": False, "attested_by": "A. Clerk", **more}
        return pages_told(bound, made().pdf, **how)

    assert told(*OURS) == "3 of 3 pages scanned"
    with pytest.raises(ScanProblem, match="1 of 3 pages. Scan the letter whole"):
        told(OURS[0])
    assert told(OURS[1], OURS[2], block_shown=True) == (
        "2 of 3 pages scanned; that with the signature is among them, says A. Clerk"
    )
    assert told(OURS[0], OURS[1], without_code(OURS[2]), uncoded="coffee on it") == (
        "3 of 3 pages scanned; no code could be read on page 3 of the scan (coffee on it)"
    )
    with pytest.raises(ScanProblem, match="4 of 3 pages, more than the letter has"):
        told(*OURS, OURS[0])
