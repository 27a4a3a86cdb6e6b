"""Enclosures: which exhibits of an instrument may go out with it, and why others stay behind."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from gravamen.case import Case
from gravamen.checks.permitted import permitted, withheld
from gravamen.instruments.leaks import ProtectedName, guard_files, protected
from gravamen.instruments.manifest import Exhibit, Manifest
from gravamen.instruments.outgoing import Outgoing
from gravamen.instruments.searched import Unsearchable
from gravamen.instruments.sheet import exhibit_letter
from gravamen.sources.sniff import MEDIA_TYPES
from gravamen.values import GravamenError, sha256

Level = Literal["none", "list", "all"]
LIST = "exhibits.txt"
_SUFFIXES = {
    MEDIA_TYPES["text"]: ".txt",
    MEDIA_TYPES["html"]: ".html",
    MEDIA_TYPES["pdf"]: ".pdf",
    MEDIA_TYPES["docx"]: ".docx",
    MEDIA_TYPES["eml"]: ".eml",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
}


class Part(NamedTuple):
    """A file that goes out: its name, bytes, media type, and what it is, in words.

    Args:
        ours: that it was made here, so that a text is in UTF-8.
    """

    name: str
    data: bytes
    media_type: str
    what: str
    ours: bool = False

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return sha256(self.data)


class Enclosed(NamedTuple):
    """The exhibits that go out, and for each that does not, a sentence that says why."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...]


def suffix_of(media_type: str) -> str:
    """Return how the name of a file of a media type ends."""
    return _SUFFIXES.get(media_type, ".bin")


def enclosures(
    case: Case, manifest: Manifest, *, level: Level, blob: Callable[[str], bytes]
) -> Enclosed:
    """Return the exhibits of an instrument that may go out at a level.

    An exhibit is named by its letter, never by the name of its file. It stays behind, and the list
    says so, where a protected name or what such a person says may stand in it, where somebody
    whose words it holds did not agree to publication, and where its bytes are gone.

    Args:
        level: "none": no exhibit; "list": the list of them with their digests; "all": the list
            and each exhibit that may go out.
        blob: gives the bytes of a digest.
    """
    if level == "none" or not manifest.exhibits:
        return Enclosed((), ())
    out = Outgoing(case)
    parts, left_out, lines = [], [], []
    for n, exhibit in enumerate(manifest.exhibits):
        letter = exhibit_letter(n)
        found = _exhibit(case, out, exhibit, letter, blob) if level == "all" else "on request"
        if isinstance(found, Part):
            parts.append(found)
            lines += _listed(letter, exhibit, f"enclosed as {found.name}")
        else:
            lines += _listed(letter, exhibit, f"not enclosed: {found}")
            if level == "all":
                left_out.append(f"Exhibit {letter} is not enclosed: {found}.")
    listed = Part(LIST, "\n".join(lines).encode(), "text/plain", "the list of exhibits", True)
    return Enclosed((listed, *parts), tuple(left_out))


def _listed(letter: str, exhibit: Exhibit, state: str) -> list[str]:
    url = [f"  {exhibit.url}"] if exhibit.url else []
    return [f"Exhibit {letter}: {exhibit.cited}", f"  SHA-256 {exhibit.sha256}", *url,
            f"  {state}", ""]  # fmt: skip


def _exhibit(
    case: Case, out: Outgoing, exhibit: Exhibit, letter: str, blob: Callable[[str], bytes]
) -> Part | str:
    """An exhibit as a file, or why it stays behind."""
    source = case.sources.get(exhibit.source)
    if source is None or source.sha256 != exhibit.sha256:
        return "the record does not hold these bytes any more"
    if why := _kept_back(case, out, exhibit.source):
        return why
    try:
        data = blob(exhibit.sha256)
    except GravamenError:
        return "its bytes were erased or are missing"
    name = f"exhibit-{letter}{suffix_of(source.media_type)}"
    try:
        guard_files(_texts(case, exhibit.source), case, family_names=True)
        guard_files({name: data}, case, family_names=True, foreign=True)
    except ProtectedName:
        return "a protected name stands in it"
    except Unsearchable as error:
        return f"it cannot be searched for protected names ({error.why})"
    return Part(name, data, source.media_type, f"exhibit {letter}, {exhibit.cited}")


def _kept_back(case: Case, out: Outgoing, source: str) -> str | None:
    """Why the whole of a source may not go out, whatever words of it a letter quotes."""
    claims = [c for c in case.claims.values() if c.passage.source == source and case.stands(c.id)]
    if source not in out.exhibits or any(withheld(case, c) for c in claims):
        return "it holds what a protected person says"
    if not all(permitted(case, c, "publication") for c in claims):
        return "a person whose words it holds did not agree to publication"
    text = case.texts.get(source)
    if protected(case) and not (text and text.text.strip()):
        return "it has no text in which protected names could be looked for"
    return None


def _texts(case: Case, source: str) -> dict[str, bytes]:
    """What was read in a source and in what was attached to it: bytes may hide it (an e-mail)."""
    family, found = [source], {}
    for id in family:
        family += [s.id for s in case.sources.values() if s.parent == id]
        if id in case.texts:
            found[f"the text of {id}"] = case.texts[id].text.encode("utf-8", "replace")
        if id != source:  # the bytes of an e-mail hold the names of what is attached
            found[f"the name of {id}"] = case.sources[id].name.encode("utf-8", "replace")
    return found
