"""The script that reads a PDF in a process of its own: PDF on standard input, JSON on output."""

import base64
import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import pypdfium2 as pdfium
from pypdfium2 import raw

INVISIBLE = 3
NO_REMARKS = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP)


def bound(seconds: int, size: int) -> None:
    """Bound the time and memory of this process, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(why: str) -> NoReturn:
    """End with the reason why the file cannot be read."""
    sys.stdout.buffer.write(why.encode("utf-8"))
    sys.stdout.flush()
    sys.exit(3)


def opened(data: bytes) -> pdfium.PdfDocument:
    """Open the document, or refuse with the reason."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            refuse(
                "is an encrypted PDF that opens only with a password; open it with the password, "
                "print it to a PDF without one, and capture that."
            )
        refuse(f"is a damaged PDF ({error}); fetch it again, or print it to PDF from a viewer.")


def page_of(document: pdfium.PdfDocument, index: int) -> dict[str, Any]:
    """Return text, remarks and oddities of one page; `error` where it cannot be read."""
    try:
        page = document[index]
        sheet = page.get_textpage()
    except pdfium.PdfiumError as error:
        return {"text": "", "error": str(error)}
    text = sheet.get_text_range(errors="replace") if sheet.count_chars() else ""
    found = {
        "text": text,
        "drawn": raw.FPDFPage_CountObjects(page) > 0,
        "invisible": invisible(page) if text.strip() else False,
        "remarks": remarks(page),
        "fields": fields(page),
    }
    sheet.close()
    page.close()
    return found


def invisible(page: pdfium.PdfPage) -> bool:
    """Whether some text of the page is set in ink that is not seen, as text recognition does."""
    things = (raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page)))
    return any(
        raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT
        and raw.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE
        for thing in things
    )


def annotations(page: pdfium.PdfPage) -> Iterator[Any]:
    """Yield the annotations of a page, each closed when the next one is asked for."""
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, i)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def remarks(page: pdfium.PdfPage) -> list[dict[str, str]]:
    """Return what annotations of the page say: contents, author and date."""
    return [
        {
            "text": string_of(annotation, b"Contents"),
            "author": string_of(annotation, b"T"),
            "date": string_of(annotation, b"M"),
        }
        for annotation in annotations(page)
        if raw.FPDFAnnot_GetSubtype(annotation) not in NO_REMARKS
        and string_of(annotation, b"Contents").strip()
    ]


def fields(page: pdfium.PdfPage) -> list[str]:
    """Return what is filled in on the page: the values of its form fields."""
    values = (
        string_of(annotation, b"V")
        for annotation in annotations(page)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET
    )
    return [value for value in values if value.strip()]


def string_of(annotation: Any, key: bytes) -> str:
    """Return a text entry of an annotation."""
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
    )
    return buffer.raw[:-2].decode("utf-16-le", errors="replace") if size >= 2 else ""


def attachments(document: pdfium.PdfDocument, most_bytes: int) -> list[dict[str, str]]:
    """Return the files embedded in the document."""
    found, total = [], 0
    for i in range(document.count_attachments()):
        attachment = document.get_attachment(i)
        try:
            data = bytes(attachment.get_data())
        except pdfium.PdfiumError:
            data = b""
        total += len(data)
        if total > most_bytes:
            refuse("holds attachments too large to unpack; capture the pages without them.")
        name = attachment.get_name()
        found.append({"name": name, "data": base64.b64encode(data).decode("ascii")})
    return found


def main(seconds: int, size: int, most_chars: int, most_pages: int) -> None:
    """Read the PDF on standard input and write what it holds."""
    bound(seconds, size)
    document = opened(sys.stdin.buffer.read())
    count = len(document)
    if count > most_pages:
        refuse(f"declares {count} pages, more than the {most_pages} allowed; split it.")
    pages, chars = [], 0
    for index in range(count):
        pages.append(page_of(document, index))
        chars += len(pages[-1]["text"])
        if chars > most_chars:
            refuse(f"holds more than {most_chars} characters of text; split it.")
    found = {"pages": pages, "attachments": attachments(document, size // 8)}
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:5]))
