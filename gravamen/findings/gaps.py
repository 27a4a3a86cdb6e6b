"""Gaps: what an element lacks for a party and what would close it, in one sentence."""

from collections.abc import Callable

from gravamen.claims import Allegation
from gravamen.findings.reach import both, of, own, own_words
from gravamen.findings.standing import Evidence, Standing, told
from gravamen.findings.subject import Anchor, Subject, tied
from gravamen.findings.tenure import tenure_gap
from gravamen.law.authority import Element, ElementRule


def gap(subject: Subject, element: Element, anchor: Anchor, found: Evidence) -> str | None:
    """The sentence for an element that is not supported: who denies it, or what is missing."""
    if found.state == "supported":
        return None
    voices = subject.standing.voices(found.against)
    if found.state == "contested":
        more = "an independent source on this very point, or an answer to the denial,"
        if len(found.origins) >= 2:
            more = "an answer to the denial, or the finding of a court or inquiry,"
        deny = "denies" if len(voices) == 1 else "deny"
        return f"{' and '.join(voices)} {deny} it; {more} would close this."
    special = _SPECIAL.get(element.rule)
    said = found.gap or (special and special(subject, element, anchor))
    words = said or fill(element.gap, subject, anchor)
    if found.against and not own(subject.party, element.foreign_to):
        return f"Only a denial is on record, by {' and '.join(voices)}; {lowered(words)}"
    if found.withdrawn and not found.claims:
        return f"What spoke for it was withdrawn; {lowered(words)}"
    return words


def _foreign_person(subject: Subject, element: Element, anchor: Anchor) -> str | None:
    party = subject.party
    home = element.foreign_to
    if home != "US" and of(party, home):
        return f"{own_words(party, home)}; {lowered(fill(element.gap, subject, anchor))}"
    if own(party, home) or party.kind == "government":
        words = own_words(party, home) if own(party, home) else f"{party.name} is a state"
        return f"{words}, and this authority reaches foreign persons and bodies only."
    if both(party, home):
        return (
            f"{own_words(party, home)} and a national of another state; whether the law's foreign "
            "person is also somebody who is both stands in its definition (gravamen law show "
            "def.foreign_person), and an opinion on that would close this."
        )
    said = " and ".join(filter(None, subject.states))
    if not said:
        return None
    acting = subject.states_acting(element.roles) if element.roles else ()
    if acting and not set(acting) & set(subject.states):
        return (
            f"{subject.name} is recorded as of {said}, and those who acted as of "
            f"{' and '.join(acting)}; {lowered(fill(element.gap, subject, anchor))}"
        )
    return (
        f"That {subject.name} is of {said} is recorded without a source; a passport entry, an "
        "official biography or a registry extract would close this."
    )


def _role(subject: Subject, element: Element, anchor: Anchor) -> str | None:
    """The gap of a party that stands in an act by its position, or by suspicion, alone."""
    if anchor.act is None:
        return None
    ties = tied(subject.acts.get(anchor.act, []), element.roles)
    if not ties:
        return None
    what = act_words(subject.standing.allegations[anchor.act])
    if all(t.role.certainty == "possible" for t in ties):
        return (
            f"{subject.name} is only suspected of a part in {what}; an eyewitness, a signed order "
            "or a court finding would close this."
        )
    return (
        f"{subject.name} stands as {ties[0].role.kind} in {what} by position alone, and rank is "
        "not enough; a source that shows an order, presence, knowledge or a failure to act, "
        "marked as serving this element, would close this."
    )


def _victims(subject: Subject, element: Element, anchor: Anchor) -> str | None:
    allegation = subject.standing.allegations[anchor.act] if anchor.act else None
    if (
        allegation is None
        or not allegation.victims
        or set(allegation.victims) & set(element.victims)
    ):
        return None
    said = " and ".join(v.replace("-", " ") for v in allegation.victims)
    return (
        f"The victims of {act_words(allegation)} are recorded as {said} and no more; "
        f"{lowered(fill(element.gap, subject, anchor))}"
    )


def _post(subject: Subject, element: Element, anchor: Anchor) -> str | None:
    if anchor.station is None:
        return None
    station, proof = subject.stations[anchor.station], subject.proofs[anchor.station]
    body = body_name(subject.standing, station.body)
    kinds = {p.kind for p in subject.standing.above(station.body)}
    if element.kinds and not kinds & set(element.kinds):
        return (
            f"Nothing on record ties {body}, in which {subject.name} held a post, to a "
            f"{' or '.join(element.kinds)}; a decree or an official page that shows what it "
            "belongs to would close this."
        )
    if proof.against or proof.withdrawn:
        return None
    return (
        f"That {subject.name} held the post of {station.title}, {body}, is recorded without a "
        "source; an appointment decree or an official page captured with its date would close "
        "this."
    )


def _tenure(subject: Subject, element: Element, anchor: Anchor) -> str | None:
    if anchor.station is None or anchor.act is None:
        return None
    if subject.proofs[anchor.station].state == "missing":
        return _post(subject, element, anchor)
    station = subject.stations[anchor.station]
    body = body_name(subject.standing, station.body)
    when = subject.standing.allegations[anchor.act].date
    return tenure_gap(station, when, who=subject.name, body=body)


_SPECIAL: dict[ElementRule, Callable[[Subject, Element, Anchor], str | None]] = {
    "foreign-person": _foreign_person,
    "role": _role,
    "victims": _victims,
    "post": _post,
    "tenure": _tenure,
}


def fill(words: str, subject: Subject, anchor: Anchor) -> str:
    """An element's gap sentence with the party, the body and the act named in it."""
    standing = subject.standing
    allegation = standing.allegations[anchor.act] if anchor.act else None
    entity = "the body"
    if anchor.station is not None:
        entity = body_name(standing, subject.stations[anchor.station].body)
    elif subject.stations:
        entity = body_name(standing, subject.stations[0].body)
    slots = {
        "{party}": subject.name,
        "{entity}": entity,
        "{act}": act_words(allegation) if allegation else "the act",
    }
    for slot, value in slots.items():
        words = words.replace(slot, value)
    return words


def act_words(allegation: Allegation) -> str:
    """How a sentence names an act: "the torture alleged (2 February 2023)"."""
    act = f"the {(allegation.act or allegation.kind).replace('-', ' ')}"
    return f"{act} alleged ({told(allegation.date)})" if allegation.date else f"{act} alleged"


def body_name(standing: Standing, id: str) -> str:
    """The name of a body that a post names, by id or in words."""
    party = standing.case.parties.get(id)
    return party.name if party else id


def lowered(sentence: str) -> str:
    """A sentence as it goes on after a semicolon, where its first word is no name."""
    first = sentence.split(" ", 1)[0]
    plain = first in ("No", "Nothing", "Nobody", "None", "The", "A", "An", "One", "Only")
    return sentence[0].lower() + sentence[1:] if plain else sentence
