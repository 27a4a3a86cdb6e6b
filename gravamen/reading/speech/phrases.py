"""Phrases: what is said in words that are no clause: denied nouns, figures, names, blame."""

import re

from gravamen.claims import Stance
from gravamen.reading.acts.withholding import withheld
from gravamen.reading.grammar import Chunk, Group, Parse
from gravamen.reading.spans import Stretch
from gravamen.reading.speech.content import Content, noun_content, stop
from gravamen.reading.speech.cues import cues, voice

_NO_EVIDENCE = re.compile(
    r"\b(?:no|little|insufficient|not any|not enough|any) (?:\w+ )?(?:evidence|proof"
    r"|indication|sign|signs|information|basis|grounds|record)\b"
)
_FIGURE_ENDS = re.compile(
    r"[,;:]| (?:and|but|while)(?= (?:\w+ (?:was|is|has|had|said)|says?|said|adds?)\b)"
)
_TELLS_MUCH = re.compile(r"\d|\b(?:of|by|against|on|among|in)\b|other")
_POINTING = ("it", "this", "that", "them", "him", "her")
_OF = re.compile(r"\bof\b")


def phrase_content(parse: Parse, group: Group, speaker: Chunk | None, i: int) -> Content | None:
    """Return the content of a verb of saying that is no clause: "put the figure at 200".

    Args:
        i: the token where content can begin.
    """
    known = cues()
    if speaker is None and group.form != "ing":
        return None
    named = _figure(parse, group) or (
        _naming(parse, group, i) if group.lemma in known.name else None
    )
    if named:
        return named
    if group.lemma in known.blame and group.lemma != "suspect":
        return _blaming(parse, group, i)
    if group.lemma in ("find", "have", "see"):
        return _lacking(parse, i)
    if on_paper(parse, speaker) and group.lemma in known.document and group.form == "finite":
        start = parse.tokens[group.head].start
        if noun_content(parse, i):
            return Content(start, stop(parse, start), "speech.paper")
    if group.lemma in known.noun and not group.negated:
        return _denied(parse, group, i)
    return None


def on_paper(parse: Parse, speaker: Chunk | None) -> bool:
    """Whether a document speaks."""
    return speaker is not None and voice(parse.words(speaker)) == "document"


def _lacking(parse: Parse, i: int) -> Content | None:
    """ "found no evidence that A"."""
    nothing = _NO_EVIDENCE.match(parse.copy, _offset(parse, i))
    stretch = noun_content(parse, i)
    if not nothing or not stretch:
        return None
    end = parse.end if _that_follows(parse.copy, nothing.end()) else stretch[1]
    return Content(nothing.start(), end, "speech.evidence", "qualifies")


def _denied(parse: Parse, group: Group, i: int) -> Content | None:
    """ "denied involvement", "denied having beaten X", "documented 40 killings"."""
    opening = parse.token(i)
    if withheld(parse, group) or _refused(parse, group, i):
        return None
    if opening and opening.tag == "verb" and opening.form == "ing":
        return Content(opening.start, stop(parse, opening.start), "speech.noun")
    stretch = noun_content(parse, i)
    words = parse.copy[slice(*stretch)] if stretch else ""
    if stretch is None or words.lower() in _POINTING:
        return None
    if cues().noun[group.lemma] == "affirms" and not _TELLS_MUCH.search(words):
        return None
    return None if _claims_clause(parse, stretch) else Content(*stretch, "speech.noun")


def _refused(parse: Parse, group: Group, i: int) -> bool:
    """Whether what is rejected or dismissed is nothing that was said: a request, a person."""
    known = cues()
    if known.noun[group.lemma] != "denies" or group.lemma == "deny":
        return False
    chunk = parse.phrase(i, joined=False)
    if chunk is None:
        return False
    links = (j for j in range(chunk.first, chunk.last) if parse.tokens[j].tag == "prep")
    head = parse.tokens[next(links, chunk.last) - 1].low
    return head in known.refused or known.speakers.get(head) in ("state", "reported", "witnessed")


def _claims_clause(parse: Parse, stretch: Stretch) -> bool:
    """Whether a noun phrase is "the claims of X that ...", which has its own rule."""
    words = re.findall(r"\w+", parse.copy[slice(*stretch)].lower())
    return not cues().claim_nouns.isdisjoint(words) and _that_follows(parse.copy, stretch[1])


def _that_follows(copy: str, end: int) -> bool:
    return bool(re.match(r" that\b", copy[end : end + 6]))


def _offset(parse: Parse, i: int) -> int:
    token = parse.token(i)
    return token.start if token else parse.end


def _figure(parse: Parse, group: Group) -> Content | None:
    """ "put the figure at N", "speaks of X"."""
    form = cues().figures.get(group.lemma)
    m = form.match(parse.copy, parse.tokens[group.head].end, parse.end) if form else None
    if m is None:
        return None
    end = _FIGURE_ENDS.search(parse.copy, m.end(), parse.end)
    return Content(m.end(), end.start() if end else parse.end, "speech.figure")


def _naming(parse: Parse, group: Group, i: int) -> Content | None:
    """ "described it as Y", "called the findings Y", "finds it Y"."""
    subject = parse.subject(group)
    link = parse.token(subject.first - 1) if subject else None
    if parse.phrase(i) is None or (link and link.low in ("whom", "what")):
        return None
    known, copy, start = cues(), parse.copy, _offset(parse, i)
    end = stop(parse, start)
    comma = copy.find(",", start, end)
    end = comma if comma >= 0 else end
    words = re.findall(r"[\w-]+", copy[start:end].lower())
    stance: Stance | None = None
    if not known.doubts.isdisjoint(words):
        stance = "qualifies"
    elif not known.dismissals.isdisjoint(words):
        stance = "denies"
    justified = not known.justifying.isdisjoint(words)
    whole = Content(start, end, "speech.name", stance)
    if stance and group.lemma in known.judging:
        return whole
    as_ = copy.find(" as ", start, end)
    if as_ >= 0 and group.lemma not in ("find", "consider"):
        judged = stance or justified or known.noun.get(group.lemma) == "denies"
        return whole if judged else whole._replace(start=as_ + len(" as "))
    marked = stance or justified or _names_anew(parse, i) or '"' in copy[start:end]
    return whole if marked and group.lemma in known.naming else None


def _names_anew(parse: Parse, i: int) -> bool:
    """Whether a second noun phrase follows the object: "called the protests a coup"."""
    chunk = parse.phrase(i, joined=False)
    after = parse.token(chunk.last) if chunk else None
    return after is not None and after.low in ("a", "an")


def _blaming(parse: Parse, group: Group, i: int) -> Content | None:
    """ "accused X of Y", "attributed A to B", "blamed X for Y"."""
    start = _offset(parse, i)
    if parse.object(group) is None or not parse.phrase(i):
        return None
    link = cues().blame_links.get(group.lemma, _OF)
    if group.lemma == "denounce" or not link.search(parse.copy, start, parse.end):
        return None
    return Content(start, stop(parse, start), "speech.blame")
