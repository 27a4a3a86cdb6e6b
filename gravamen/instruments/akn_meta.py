"""Akoma Ntoso, what it says of itself: names by address, references, notes, its own manifest."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from lxml import etree

from gravamen.instruments.fonts import BIDI_CONTROLS
from gravamen.instruments.manifest import Exhibit, Manifest
from gravamen.instruments.sheet import Notes
from gravamen.sentences import Binding, Course
from gravamen.sources.annotation import named_by
from gravamen.values import canonical, sha256

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OURS = "urn:gravamen:akn:1"
# Where nobody says which state a document is of: the code that ISO 3166-1 leaves to its users.
NO_COUNTRY = "zz"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NUMBER_CHARS = 60
# ISO 639-2/T for the tags of two letters in use here; another tag stays as it is.
_THREE_LETTERS = {
    "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bs": "bos", "cs": "ces", "de": "deu",
    "el": "ell", "en": "eng", "es": "spa", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb",
    "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "it": "ita", "ja": "jpn", "ka": "kat",
    "kk": "kaz", "km": "khm", "ko": "kor", "ku": "kur", "ky": "kir", "my": "mya", "nl": "nld",
    "pl": "pol", "ps": "pus", "pt": "por", "ro": "ron", "ru": "rus", "sr": "srp", "sv": "swe",
    "ta": "tam", "th": "tha", "ti": "tir", "tr": "tur", "uk": "ukr", "ur": "urd", "uz": "uzb",
    "vi": "vie", "zh": "zho",
}  # fmt: skip
# What XML 1.0 cannot hold (section 2.2), and what would turn the reading direction of a page.
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff" + "".join(sorted(BIDI_CONTROLS)) + "]"
)
_NO_XML_IN_JSON = re.compile("[\ufffe\uffff]")


class Names(NamedTuple):
    """The addresses of a document: of the work, of its text in one language, of this file."""

    work: str
    expression: str
    manifestation: str


def add(parent: etree._Element, tag: str, words: str | None = None, **more: str) -> etree._Element:
    """Add an element; `lang` becomes xml:lang, a last underscore of a name is dropped."""
    child = etree.SubElement(parent, f"{{{AKN}}}{tag}")
    for name, value in more.items():
        child.set(_LANG if name == "lang" else name.rstrip("_"), xml_text(value))
    if words is not None:
        child.text = xml_text(words)
    return child


def xml_text(words: str) -> str:
    """Words as XML can hold them: what it cannot, or what would turn the direction of reading, is
    given by its number ("[U+202E]"). The manifest inside the document holds the very characters."""
    return _NO_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", words)


def three_letters(lang: str) -> str:
    """Return the language of a BCP 47 tag in three letters, as ISO 639-2/T has it ("eng")."""
    first = lang.split("-")[0].lower()
    return _THREE_LETTERS.get(first, first)


def meta(parent: etree._Element, manifest: Manifest, kind: tuple[str, str]) -> dict[str, str]:
    """Add the meta block; return the local address of each thing that a sentence may refer to.

    Args:
        kind: the element of the document and its name ("statement", "resolution").
    """
    block = add(parent, "meta")
    named = _names(manifest, kind)
    _identification(block, manifest, named)
    lifecycle = add(block, "lifecycle", source="#gravamen")
    add(lifecycle, "eventRef", date=manifest.on, source="#original", type="generation")
    course = manifest.frame.course
    if course:
        _course(block, lifecycle, course, by="#body" if manifest.frame.body else "#gravamen")
    found = _references(block, manifest, named.work)
    _notes(block, manifest)
    _proprietary(block, manifest)
    return found


def _course(block: etree._Element, lifecycle: etree._Element, course: Course, *, by: str) -> None:
    """Add what the body did: its steps as events, its votes as analysis with their counts."""
    for n, stage in enumerate(course.stages, 1):
        add(
            lifecycle, "eventRef", eId=f"event_{n}", date=stage.on, source=by,
            refersTo=f"#stage_{n}",
        )  # fmt: skip
    if not course.votes:
        return
    analysis = add(block, "analysis", source="#gravamen")
    place = add(analysis, "parliamentary")
    for n, vote in enumerate(course.votes, 1):
        voting = add(place, "voting", eId=f"voting_{n}", outcome=f"#outcome_{vote.outcome}")
        if vote.quorum is not None:
            add(voting, "quorum", eId=f"voting_{n}__quorum", value=str(vote.quorum))
        for m, (side, number) in enumerate(vote.counts, 1):
            add(
                voting, "count", eId=f"voting_{n}__count_{m}", value=str(number),
                refersTo=f"#side_{_slug(side)}",
            )  # fmt: skip


def _course_references(place: etree._Element, course: Course) -> None:
    """Add what the events and counts refer to."""
    for n, stage in enumerate(course.stages, 1):
        _reference(place, "TLCEvent", f"stage_{n}", "event", stage.id, stage.what)
    outcomes = dict.fromkeys(v.outcome for v in course.votes)
    sides = dict.fromkeys(side for v in course.votes for side, _ in v.counts)
    for outcome in outcomes:
        _reference(place, "TLCConcept", f"outcome_{outcome}", "outcome", outcome, outcome)
    for side in sides:
        _reference(place, "TLCConcept", f"side_{_slug(side)}", "side", _slug(side), side)


def manifest_in(data: bytes) -> bytes | None:
    """Return the manifest that a document carries, in canonical form; None where it has none."""
    root = tree(data)
    found = None if root is None else root.find(f".//{{{OURS}}}manifest")
    if found is None:
        return None
    try:
        return canonical(msgspec.json.decode((found.text or "").encode()))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def tree(data: bytes) -> etree._Element | None:
    """Return the elements of a document; None where it is no XML. Entities stay unresolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _names(manifest: Manifest, kind: tuple[str, str]) -> Names:
    country = (manifest.frame.country or NO_COUNTRY).lower()
    number = _slug(manifest.frame.reference or manifest.instrument)
    actor = _slug(manifest.frame.body) if manifest.frame.body else None
    parts = ("akn", country, *kind, *((actor,) if actor else ()), manifest.on, number)
    work = "/" + "/".join(parts)
    expression = f"{work}/{three_letters(manifest.language)}@{manifest.on}"
    return Names(work, expression, f"{expression}.akn")


def _slug(words: str) -> str:
    """Words as a part of an address: small Latin letters and digits, else a digest of them."""
    folded = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    return found[:_NUMBER_CHARS].strip("-") or sha256(words.encode())[:16]


def _identification(block: etree._Element, manifest: Manifest, named: Names) -> None:
    whole = add(block, "identification", source="#gravamen")
    author = "#body" if manifest.frame.body else "#gravamen"
    for level, uri, this, by in (
        ("FRBRWork", named.work, f"{named.work}/!main", author),
        ("FRBRExpression", named.expression, f"{named.expression}/!main", author),
        ("FRBRManifestation", named.manifestation, f"{named.expression}/!main.akn", "#gravamen"),
    ):
        part = add(whole, level)
        add(part, "FRBRthis", value=this)
        add(part, "FRBRuri", value=uri)
        add(part, "FRBRdate", date=manifest.on, name="draft" if manifest.frame.draft else "issue")
        add(part, "FRBRauthor", href=by)
        if level == "FRBRWork":
            add(part, "FRBRcountry", value=(manifest.frame.country or NO_COUNTRY).lower())
            add(part, "FRBRnumber", value=manifest.frame.reference or manifest.instrument)
            add(part, "FRBRname", value=manifest.frame.title)
            add(part, "FRBRauthoritative", value="false")
        elif level == "FRBRExpression":
            add(part, "FRBRlanguage", language=three_letters(manifest.language))
        else:
            add(part, "FRBRformat", value="application/akn+xml")


def _references(block: etree._Element, manifest: Manifest, work: str) -> dict[str, str]:
    """Add everything that is referred to; return "#claim_1" by the thing's kind and id."""
    place = add(block, "references", source="#gravamen")
    add(place, "original", eId="original", href=work, showAs=manifest.frame.title)
    _reference(place, "TLCOrganization", "gravamen", "organization", "gravamen", "Gravamen")
    if body := manifest.frame.body:
        _reference(place, "TLCOrganization", "body", "organization", body, body)
    if office := manifest.addressee.office:
        title = next(iter(manifest.addressee.lines), office)
        _reference(place, "TLCRole", "addressee", "role", office, title)
    for n, signatory in enumerate(manifest.signatories, 1):
        _reference(place, "TLCPerson", f"signatory_{n}", "person", signatory.id, signatory.name)
    if manifest.frame.course:
        _course_references(place, manifest.frame.course)
    found: dict[str, str] = {}
    for tag, kind, name in _referred(manifest):
        key = f"{kind}:{name}"
        if key in found:
            continue
        eid = f"{kind}_{1 + sum(k.startswith(f'{kind}:') for k in found)}"
        found[key] = f"#{eid}"
        shown = "a withheld claim" if kind == "withheld" else name
        element = _reference(place, tag, eid, kind, name, shown)
        if tag == "TLCReference":
            element.set("name", kind)
    for letter, exhibit in _lettered(manifest):
        add(
            place, "TLCObject", eId=f"exhibit_{letter}", href=named_by(exhibit.sha256),
            showAs=exhibit.cited,
        )  # fmt: skip
    return found


def _reference(
    place: etree._Element, tag: str, eid: str, kind: str, name: str, shown: str
) -> etree._Element:
    return add(place, tag, eId=eid, href=f"/ontology/{kind}/{quote(name, safe='')}", showAs=shown)


def _referred(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """What sentences rest on or speak of: the element, the kind of thing, its id."""
    for sentence in manifest.sentences:
        for binding in sentence.claims:
            yield ("TLCReference", *claim_key(binding))
        if sentence.authority:
            yield "TLCConcept", "authority", sentence.authority
        if sentence.office:
            yield "TLCRole", "office", sentence.office
        if sentence.request:
            yield "TLCReference", "request", sentence.request
    if manifest.frame.party:
        yield "TLCReference", "party", manifest.frame.party


def claim_key(binding: Binding) -> tuple[str, str]:
    """The kind and id under which a claim is referred to: of a withheld one, its commitment."""
    return ("withheld", binding.version) if binding.withheld else ("claim", binding.claim)


def _lettered(manifest: Manifest) -> Iterator[tuple[str, Exhibit]]:
    """The exhibits with the letters that they have in print."""
    of = {e.source: e for e in manifest.exhibits}
    seen = set()
    for note, bindings in _noted(manifest):
        letter = note.rstrip("0123456789")
        if letter not in seen and not bindings[0].withheld:
            seen.add(letter)
            yield letter, of[bindings[0].source]


def _noted(manifest: Manifest) -> Iterator[tuple[str, list[Binding]]]:
    """The notes with their numbers, as they are printed, and the claims that each is of."""
    notes = Notes(manifest.exhibits, home=manifest.language)
    found: dict[str, list[Binding]] = {}
    for sentence in manifest.sentences:
        for binding in sentence.claims:
            found.setdefault(notes.refer([binding])[0]["to"], []).append(binding)
    return iter(found.items())


def _notes(block: etree._Element, manifest: Manifest) -> None:
    noted = [*_noted(manifest)]
    if not noted:
        return
    place = add(block, "notes", source="#gravamen")
    of = {e.source: e for e in manifest.exhibits}
    for id, bindings in noted:
        note = add(place, "note", eId=f"note_{id}", marker=id, placement="bottom")
        first = bindings[0]
        if first.withheld:
            words = "A protected source stands behind this. It is withheld; the record is bound to "
            add(note, "p", f"{words}it by the commitment {first.version}.", class_="withheld")
            continue
        _quoted(note, id.rstrip("0123456789"), of[first.source], bindings)


def _quoted(note: etree._Element, letter: str, exhibit: Exhibit, bindings: list[Binding]) -> None:
    first = bindings[0]
    lang: dict[str, Any] = {"lang": exhibit.language} if exhibit.language else {}
    add(add(note, "p", class_="quote", **lang), "span", first.quote, class_="words")
    page = f"page {first.page}, " if first.page is not None else ""
    place = add(note, "p", class_="place")
    add(place, "ref", f"Exhibit {letter}", href=f"#exhibit_{letter}")
    claims = ", ".join(dict.fromkeys(b.claim for b in bindings))
    place[-1].tail = xml_text(
        f", {exhibit.cited}, {page}characters {first.start}–{first.end}, SHA-256 {exhibit.sha256}, "
        f"claim {claims}"
    )
    if told := next((b for b in bindings if b.translation), None):
        by = told.translator or "a translator who is not named"
        add(note, "p", f"{told.translation} (translated by {by})", class_="translation")


def _proprietary(block: etree._Element, manifest: Manifest) -> None:
    place = add(block, "proprietary", source="#gravamen")
    ours = etree.SubElement(place, f"{{{OURS}}}manifest", nsmap={"gravamen": OURS})
    ours.set("sha256", manifest.digest)
    ours.text = _NO_XML_IN_JSON.sub(
        lambda found: f"\\u{ord(found[0]):04x}", manifest.bytes.decode()
    )
