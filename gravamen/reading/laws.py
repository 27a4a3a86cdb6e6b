"""Laws: the legal references of a text, to authorities of the law data and to other legal texts."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec
import yaml

from gravamen.law.authority import Law
from gravamen.reading.mend import pattern
from gravamen.reading.proposal import LegalReferenceFound
from gravamen.reading.text import DATA, Document
from gravamen.values import Value

_CAP = r"[A-Z][\w'’-]*"
_IN = r"(?:of|on|for|against|to|and|or|the|in|by|from|with|all|its|their|other)"
# "Emergency Powers Act 2014", "Convention on the Rights of the Child", "Arms Act of 1961"
_HEAD = (
    r"(?:Act|Code|Convention|Conventions|Covenant|Treaty|Protocol|Charter|Statute|Constitution"
    r"|Regulations|Ordinance|Law|Accords?|Directive|Amendment)"
)
_NAME = (
    rf"(?:{_CAP},? (?:(?:{_IN}|{_CAP}),? ){{0,12}}?)?{_HEAD}\b"
    rf"(?: (?:on|against|for|of|relating to|concerning) (?:(?:{_IN}|{_CAP}),? )*{_CAP})?"
    r"(?:,? (?:of )?(?:1[5-9]|20)\d\d\b(?! \()|,? \((?:1[5-9]|20)\d\d\))?"
)
_PIN = r"\d+[A-Za-z]{0,2}(?:-\d+)?(?:\([\w.]{1,5}\))*(?:[.,]\d+)?(?: §{1,2} ?\d+)?"
_PROVISION = (
    r"(?:[Aa]rticles?|ARTICLES?|[Aa]rts?\.|[Ss]ections?|SECTIONS?|[Ss]ecs?\.|§{1,2}|[Rr]ules?"
    r"|[Pp]aragraphs?)"
)
_SECTION = pattern(
    rf"(?<![\w.])(?P<what>{_PROVISION}) ?(?P<first>{_PIN})"
    rf"(?P<more>(?:, ?{_PIN})*(?:,? (?:and|or|to) (?:{_PROVISION} )?{_PIN})?)"
    rf"(?P<of> (?:of|to|under) (?:the )?(?P<act>[Tt]itle \d+|{_NAME}|Rules of Court))?",
    case=True,
)
_NUMBERED = pattern(
    r"(?<![\w.])(?:(?:UN|United Nations|U\.N\.) )?(?:(?:Security Council|General Assembly"
    r"|Human Rights Council|Council"
    r"|Presidential|Government|Ministerial|Executive|Commission|Federal|House|Senate|Joint"
    r"|Assembly|Royal) )*"
    r"(?:Decree|Order|Resolution|Regulation|Decision|Law|Directive|Ordinance|Proclamation"
    r"|Edict|Act|Bill|Decree-Law"
    r"|Measure|decree|resolution|law|order)"
    r"(?: \((?:EU|EC|CFSP|EEC|E\.O\.)\))?(?P<no> (?:No\.?|no\.?|Nr\.?|number|#))? ?"
    r"(?P<n>\d+(?:,\d{3})?(?:[/-][\w]+)*)(?: ?\((?:1[89]|20)\d\d\))?(?![\w%])(?!\.\d|,\d{3})",
    case=True,
)
_CITED = pattern(
    r"(?<![\w.])(?:(?:H|S)\. ?(?:J\. ?|Con\. ?|R\. ?)?(?:Res\.|R\.)? ?\d{1,5}|H\.? ?R\.? ?\d{1,5}"
    r"|(?:H|S)(?:J|C)?R ?\d{1,4}|(?:HRes|SRes|HConRes|H\.Res\.|S\.Res\.|H\.Con\.Res\.) ?\d{1,4}"
    r"|(?:Public Law|Pub\. ?L\.(?: No\.)?|P\.L\.) \d{2,3}-\d{1,3}"
    r"|\d{1,2} (?:U\.S\.C\.|USC|U\.S\. Code|C\.F\.R\.|CFR)(?: (?:§+|[Ss]ections?"
    r"|[Pp]arts?))? ?\d+\w*(?:-\d+)?(?:\(\w{1,3}\))*(?:\.\d+)?"
    r"|(?:[AS]/(?:HRC/)?RES/\d+(?:/\d+)*)(?: ?\(\d{4}\))?"
    r"|(?:Assembly|Senate|House) (?:Bill|Joint Resolution|Concurrent Resolution|Resolution) "
    r"(?:No\. )?\d{1,4}"
    r"|(?:SI|S\.I\.|SOR)[ /]\d{4}[/-]\d{1,4}|S\.C\. \d{4}, c\. \d+)(?![\w/]|\.\d)",
    case=True,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TITLED = pattern(rf"(?<![\w'’-]){_NAME}", case=True)
_BACK = pattern(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ss]aid) "
    rf"(?P<head>{_HEAD}|Executive Order|Order|EO|Decree|Resolution|Bill)\b"
    r"(?! (?:of|on|against|No\b|[A-Z]))",
    case=True,
)
_ORDER = pattern(
    r"\b(?:today's |the |this |an? |that )?Executive Order(?= (?:implementing|under|issued"
    r"|pursuant|that|which|based|on)\b"
    r"[^.\n]{0,80}Global Magnitsky)",
    case=True,
)
_NOT_LAW = re.compile(
    r"(?:(?:international|humanitarian|human rights|martial|public|criminal|civil|common"
    r"|customary|natural"
    r"|rule of|islamic|military|national|domestic|constitutional|family|federal|state)[, "
    r"]+(?:and )?)+law\Z"
    r"|(?:the )?(?:law|act|amendment|code|directive|accord|protocol|charter|statute|treaty"
    r"|ordinance|convention"
    r"|conventions|regulations|covenant)\Z",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:The|A|An|In|Under|Of|On|By|This|That|These|Its|Their|His|Her|Our|For|With|As|If"
    r"|When|And|But|Both|Since|To"
    r"|Implement|Pursuant|Violating|Citing|Breaking)(?: the)? +"
)


_LINKS = (" ", ",", " and", " or")  # between two sections of one list


class Known(NamedTuple):
    """The names of laws as one pattern, with the id that each stands for."""

    form: re.Pattern[str]
    ids: dict[str, str | None]


def find_laws(document: Document, law: Law | None = None) -> list[LegalReferenceFound]:
    """Return the legal references of a text; `authority` is None for what the law data lack."""
    finder = _Finder(document, _known(_names(law)))
    finder.go()
    return sorted(finder.found, key=lambda f: f.start)


class Section(Value):
    """A number of a section that says which law is meant.

    Args:
        of: a word that must stand in the name of the act, where one is named.
        only: read only with that act named.
    """

    id: str
    of: str
    only: bool = False


class Names(Value):
    """The lists of `laws.yaml`: how texts write the laws, by their ids."""

    names: dict[str, list[str]]
    sections: dict[str, Section]
    nations: dict[str, list[str]]
    unknown: list[str]


@cache
def _written() -> Names:
    return msgspec.convert(yaml.safe_load((DATA / "laws.yaml").read_text("utf-8")), Names)


def _names(law: Law | None) -> tuple[tuple[str, str | None], ...]:
    """Return all names of laws with their ids; the reader's own forms win."""
    written = _written()
    names: dict[str, str | None] = {_plain(n): None for n in written.unknown}
    if law:
        for authority in law.authorities.values():
            names |= {_plain(n): authority.id for n in authority.names}
            names.setdefault(_plain(authority.title), authority.id)
    for id, forms in written.names.items():
        names |= {_plain(n): id for n in forms}
    return tuple(sorted(names.items()))


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").lower().split())


@cache
def _known(names: tuple[tuple[str, str | None], ...]) -> Known:
    listed = sorted((n for n, _ in names if n), key=len, reverse=True)
    form = "|".join(re.escape(n).replace("\\ ", " ") for n in listed)
    nations = "|".join(w for words in _written().nations.values() for w in words)
    return Known(
        pattern(
            rf"(?<![\w-])(?:(?P<nation>{nations})(?:'s)?"
            r" (?:(?:Global )?Magnitsky(?:-style)?(?: \w+)?"
            r" (?:Act|law|legislation|regime|regulations|sanctions)\b|Global Magnitsky)"
            rf"|(?P<name>{form})(?:,? (?:of )?(?:1[89]|20)\d\d\b)?)(?![\w-])"
        ),
        dict(names),
    )


class _Finder:
    """Takes one stretch of the text for one reference, the fuller forms first."""

    def __init__(self, document: Document, known: Known) -> None:
        self.document = document
        self.copy = document.copy
        self.known = known
        self.taken = bytearray(len(document.copy))
        self.found: list[LegalReferenceFound] = []

    def go(self) -> None:
        """Read sections, names of the law data, numbered texts, titles, then back-references."""
        for m in _SECTION.finditer(self.copy):
            self._section(m)
        for m in _ORDER.finditer(self.copy):
            self._take(
                m.start(), m.end(), "us.eo13818", "law.order", "The order that implements the law."
            )
        for m in self.known.form.finditer(self.copy):
            self._take(m.start(), m.end(), self._id(m), "law.name", "A name of this law.")
        for m in _CITED.finditer(self.copy):
            self._take(m.start(), m.end(), None, "law.cite", "The form of a citation or bill.")
        for m in _NUMBERED.finditer(self.copy):
            if _YEAR.fullmatch(m["n"]) and not m["no"]:
                continue  # "Emergency Powers Act 2014" has a year and no number
            self._take(m.start(), m.end(), None, "law.number", "A legal text with its number.")
        for m in _TITLED.finditer(self.copy):
            self._titled(m.start(), m.end())
        self._back_references()

    def _id(self, m: re.Match[str]) -> str | None:
        if m["nation"]:
            nation = m["nation"].lower()
            nations = _written().nations.items()
            return next(id for id, words in nations if nation in map(str.lower, words))
        return self.known.ids[_plain(m["name"])]

    def _take(self, start: int, end: int, authority: str | None, rule: str, why: str) -> bool:
        if any(self.taken[start:end]):
            return False
        self.taken[start:end] = b"\x01" * (end - start)
        place = self.document.place(start, end)
        self.found.append(
            LegalReferenceFound(id="", start=place.start, end=place.end, text=place.text,
                                rule=rule, why=why, authority=authority)
        )  # fmt: skip
        return True

    def _section(self, m: re.Match[str]) -> None:
        """Read "Section 620I of the Foreign Assistance Act of 1961", "Articles 2 and 3"."""
        act = m["act"]
        article = m["what"].lower().startswith("art")
        starts = [m.start(), *(m.start("more") + p.start() for p in self._pins(m["more"]))]
        pins = [m["first"], *(p[0] for p in self._pins(m["more"]))]
        each = [self._section_id(pin, act) for pin in pins]
        if not act and not article and not any(each):
            return
        if len(set(each)) == 1:
            starts, pins, each = starts[:1], pins[:1], each[:1]
        ends = [*(self._before(s) for s in starts[1:]), m.end()]
        for start, end, id in zip(starts, ends, each, strict=True):
            self._take(start, end, id, "law.section", "A provision, by its number.")

    @staticmethod
    def _pins(more: str) -> Iterable[re.Match[str]]:
        return re.finditer(rf"(?:{_PROVISION} +)?{_PIN}", more)

    def _before(self, offset: int) -> int:
        while link := next((w for w in _LINKS if self.copy.endswith(w, 0, offset)), None):
            offset -= len(link)
        return offset

    def _section_id(self, pin: str, act: str | None) -> str | None:
        number = re.sub(r"^[^\d]*", "", pin)
        while number:
            entry = _written().sections.get(number)
            if entry and (act or not entry.only):
                return entry.id if act is None or entry.of.lower() in act.lower() else None
            number = re.sub(r"\([^()]*\)$", "", number) if number.endswith(")") else ""
        known = self.known.form.search(act) if act else None
        return self._id(known) if known else None

    def _titled(self, start: int, end: int) -> None:
        while lead := _LEADING.match(self.copy, start, end):
            start = lead.end()
        words = self.copy[start:end]
        if _NOT_LAW.match(words) or not words[:1].isupper() or len(words.split()) < 2:
            return
        if self.copy[end : end + 2] == " (" or not re.match(r" +[A-Z]", self.copy[end : end + 3]):
            known = self.known.form.search(words)
            self._take(start, end, self._id(known) if known else None, "law.title",
                       "The form of a law's title.")  # fmt: skip

    def _back_references(self) -> None:
        """Read "the Act" as the law last named before it that can be called so."""
        named = sorted((f.start, f) for f in self.found)
        latest: dict[str, LegalReferenceFound] = {}
        index = 0
        for m in _BACK.finditer(self.copy):
            while index < len(named) and named[index][0] < m.start():
                for head in _heads(named[index][1]):
                    latest[head] = named[index][1]
                index += 1
            law = latest.get(m["head"])
            if law:
                why = f"Short for {law.text!r}, named before it."
                self._take(m.start(), m.end(), law.authority, "law.back", why)


def _heads(law: LegalReferenceFound) -> Iterator[str]:
    """Yield the words by which a law may be called later on."""
    if law.authority and law.authority.startswith("us.eo"):
        yield from ("Executive Order", "Order", "EO")
    if law.authority and (
        law.authority.endswith(".act") or law.authority in ("ca.jvcfoa", "ca.sema")
    ):
        yield "Act"
    for m in re.finditer(rf"\b(?:{_HEAD}|Decree|Resolution|Order|Bill)\b", law.text):
        yield m[0]
