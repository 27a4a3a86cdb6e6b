"""The script that reads codes from a scan in a process of its own: the scan in, JSON out."""

import json
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image, ImageSequence, UnidentifiedImageError
from pypdfium2 import raw

# A page is drawn at the first of these; where no code can be read there, at the next.
DOTS_PER_INCH = (200, 300)
POINTS_PER_INCH = 72
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
KINDS = ("PNG", "JPEG", "TIFF")


def bound(seconds: int, size: int) -> None:
    """Bound the time and memory of this process, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(why: str) -> NoReturn:
    """End with the reason why the scan cannot be read."""
    sys.stdout.buffer.write(why.encode("utf-8"))
    sys.stdout.flush()
    sys.exit(3)


def in_pdf(data: bytes, pages: int, pixels: int) -> Iterator[list[str]]:
    """What the codes on each page of a PDF say."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            refuse("is an encrypted PDF; save it without a password.")
        refuse(f"is a damaged PDF ({error}); scan the page again.")
    if len(document) > pages:
        refuse(f"has {len(document)} pages, more than {pages}; keep those that were signed.")
    for page in document:
        yield in_page(page, pixels)


def in_page(page: pdfium.PdfPage, pixels: int) -> list[str]:
    """What the codes on a page say."""
    for dots in DOTS_PER_INCH:
        scale = dots / POINTS_PER_INCH
        if page.get_width() * page.get_height() * scale * scale > pixels:
            refuse(f"has a page of more than {pixels} dots; scan it in its own size.")
        found = read(page.render(scale=scale, grayscale=True).to_pil())
        if found:
            return found
    return []


def in_pictures(data: bytes, pages: int, pixels: int) -> Iterator[list[str]]:
    """What the codes on each page of a picture say; a TIFF may have several."""
    try:
        with Image.open(BytesIO(data), formats=KINDS) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if number > pages:
                    refuse(f"has more than {pages} pages; keep those that were signed.")
                if frame.width * frame.height > pixels:
                    refuse(
                        f"has {frame.width} by {frame.height} dots, more than {pixels} in all; "
                        "scan it at 300 dots per inch."
                    )
                yield read(frame.convert("L"))
    except UnidentifiedImageError:
        refuse("is no PNG, JPEG, TIFF or PDF; save the scan as one of these.")
    except (OSError, SyntaxError, ValueError) as error:
        refuse(f"is a damaged picture ({error}); scan the page again.")


def read(picture: Image.Image) -> list[str]:
    """What the QR codes of a picture say."""
    codes = zxingcpp.read_barcodes(picture, formats=QR)
    return [code.text for code in codes]


def main() -> None:
    """Read the scan on standard input; bounds: seconds, bytes, pages, pixels of a page."""
    seconds, size, pages, pixels = map(int, sys.argv[1:])
    bound(seconds, size)
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the pixels are counted above, before they are unpacked
    data = sys.stdin.buffer.read()
    kind = in_pdf if b"%PDF" in data[:1024] else in_pictures
    sys.stdout.write(json.dumps([*kind(data, pages, pixels)]))


if __name__ == "__main__":
    main()
