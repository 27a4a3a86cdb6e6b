"""Plain text: bytes in some encoding into Unicode, and never a silent guess about which."""

import codecs
import re

from gravamen.sources.extraction import Extraction
from gravamen.sources.source import Notice, SourceError, Text

VERSION = "1"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings of the WHATWG standard that Python knows. Others (idna, punycode, utf-7,
# unicode_escape) are not for documents, and slow or deceptive in hostile ones.
_KNOWN = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|cp(866|874|125[0-8])|iso8859-([1-9]|1[03-6])|koi8-[ru]|"
    r"mac-(roman|cyrillic)|gb2312|gbk|gb18030|big5|big5hkscs|euc_jp|shift_jis|iso2022_jp|euc_kr|"
    r"ascii"
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
# What Windows wrote by default, by language; a script in the tag (sr-Latn, az-Cyrl) goes first.
_BY_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn"), "cp1251"),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr", "bs", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("tr", "az"), "cp1254"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), "cp1256"),
    **dict.fromkeys(("et", "lv", "lt"), "cp1257"),
    **dict.fromkeys(("he", "yi"), "cp1255"),
    "el": "cp1253", "vi": "cp1258", "th": "cp874", "ja": "cp932", "zh": "gb18030", "ko": "cp949",
}  # fmt: skip
_BY_SCRIPT = {"cyrl": "cp1251", "hant": "big5", "hans": "gb18030", "arab": "cp1256"}
_BY_TAG = {"sr-latn": "cp1250", "az-latn": "cp1254", "zh-tw": "big5", "zh-hk": "big5"}


def extract_plain(
    data: bytes, *, name: str, encoding: str | None = None, language: str | None = None
) -> Extraction:
    """Return the text of a plain text file, CRLF and CR turned to LF."""
    decoded, notices = decode(data, name=name, encoding=encoding, language=language)
    text = Text(extractor="gravamen.text", version=VERSION, text=newlines(decoded))
    return Extraction(text=text, notices=notices)


def newlines(text: str) -> str:
    """Return a text with CRLF and CR turned to LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def codec(label: str) -> str | None:
    """Return the codec for an encoding's label as browsers take it, None for an unknown one."""
    try:
        found = codecs.lookup(label.strip().replace("windows-", "cp")).name
    except (LookupError, UnicodeError, ValueError):
        return None
    return _AS_BROWSERS_DO.get(found, found) if _KNOWN.fullmatch(found) else None


def decode(
    data: bytes, *, name: str, encoding: str | None = None, language: str | None = None
) -> tuple[str, tuple[Notice, ...]]:
    """Return the text of bytes, and a notice wherever the encoding had to be assumed.

    A byte order mark decides; then the encoding that the caller declares; then UTF-8. Bytes that
    are no UTF-8 are read as Windows wrote the language that they are said to be in, or as
    Windows-1251 or Windows-1252, with a notice that says so and why.

    Raises:
        SourceError: the declared encoding is unknown or does not fit, or nothing fits.
    """
    for bom, found in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], found, name, "its byte order mark says"), ()
    if encoding is not None:
        known = codec(encoding)
        if known is None:
            raise SourceError(
                f"{name}: the encoding {encoding!r} is unknown; name one such as utf-8, "
                "windows-1251, windows-1254 or koi8-r."
            )
        text = _strict(data, known, name, "was declared")
        return text, (
            Notice(id="encoding-declared", message=f"{name} was read as {known}, as declared."),
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _legacy(data, name=name, language=language, at=error.start)


def decode_declared(
    data: bytes, label: str, *, name: str, language: str | None = None
) -> tuple[str, tuple[Notice, ...]]:
    """Return the text of bytes that declare their own encoding, wherever they agree with it.

    Bytes that are UTF-8 are read so, whatever they declare; a declaration that is unknown or
    wrong gives a notice, never an error.
    """
    known = codec(label)
    if known is None or known.startswith("utf-") or data.startswith(tuple(b for b, _ in _BOMS)):
        text, notices = decode(data, name=name, language=language)
        return text, notices if known else (*notices, _misdeclared(name, label, "is not known"))
    if not data.isascii() and _fits(data, "utf-8"):
        wrong = _misdeclared(name, label, "is not that of its bytes, which are UTF-8")
        return data.decode("utf-8"), (wrong,)
    if _fits(data, known):
        return data.decode(known), ()
    text, notices = decode(data, name=name, language=language)
    return text, (*notices, _misdeclared(name, label, "does not fit its bytes"))


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _misdeclared(name: str, label: str, why: str) -> Notice:
    return Notice(
        id="charset-misdeclared",
        message=f"{name} declares the encoding {label!r}, which {why}; look whether the words of "
        "its text are right.",
    )


def _strict(data: bytes, encoding: str, name: str, why: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not {encoding}, which {why}: byte {error.start} does not fit; save it as "
            "UTF-8 from the program that made it, or declare another encoding."
        ) from None


def _legacy(
    data: bytes, *, name: str, language: str | None, at: int
) -> tuple[str, tuple[Notice, ...]]:
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    whole = sum(c > "\x7f" and c != "\ufffd" for c in damaged)
    if whole > 2 * broken:
        places = "1 damaged place" if broken == 1 else f"{broken} damaged places"
        return damaged, (
            Notice(
                id="invalid-utf-8",
                message=f"{name} is UTF-8 but for {places}, the first at byte {at}; "
                "each is shown as U+FFFD. Get an undamaged copy if one can be had.",
            ),
        )
    encoding, why = _assumed(data, language)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is neither UTF-8 (byte {at}) nor {encoding} (byte {error.start}); save it as "
            "UTF-8 from the program that made it, or declare its encoding."
        ) from None
    return text, (
        Notice(
            id="encoding-assumed",
            message=f"{name} is not UTF-8 (byte {at}) and was read as {encoding}, because {why}; "
            "look whether the words are right, and declare the encoding if they are not.",
        ),
    )


def _assumed(data: bytes, language: str | None) -> tuple[str, str]:
    """The legacy encoding to try and why: by the declared language, else by the bytes."""
    if language:
        return _of_language(language.lower()), f"its language is {language!r}"
    high = len(re.findall(rb"[\xc0-\xff]", data))
    letters = len(re.findall(rb"[A-Za-z]", data))
    if high > letters:
        return "cp1251", "most of its letters lie where Windows-1251 has Cyrillic"
    return "cp1252", "most of its letters are Latin"


def _of_language(tag: str) -> str:
    """The legacy encoding of a language tag: by both parts of it, its script, its language."""
    language, _, rest = tag.partition("-")
    whole = _BY_TAG.get(tag)
    return whole or _BY_SCRIPT.get(rest[:4]) or _BY_LANGUAGE.get(language, "cp1252")
