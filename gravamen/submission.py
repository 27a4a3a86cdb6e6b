"""Submission: what a recommendation says beside its claims: who submits, who consented to what,
where somebody looked, what is argued, and which law a person checked."""

from typing import Literal

from gravamen.dates import Edtf
from gravamen.values import Value
from gravamen.vocabulary import ArgumentTopic

Use = Literal["sanctions-filing", "advocacy", "publication", "court"]
Identity = Literal["named", "pseudonym", "not-at-all"]
SearchTopic = Literal["adverse", "listing", "identity", "proceedings"]


class Submitter(Value):
    """What an office asks about whoever submits: each a sentence or two, without a heading.

    Args:
        mandate: what it is and what it is there for.
        standing: why it has the information.
        contact: lines of the point of contact; nothing private of a person at risk.
        interests: who funds it, and what interest of its own it has in the matter.
    """

    mandate: str
    standing: str
    partners: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    interests: str | None = None


class Consent(Value):
    """What a person agreed to: for which uses, towards whom, under which name, and until when.

    Args:
        of: id of the party who agreed.
        sources: ids of the sources that it covers; all that hold words of this party where empty.
        recipients: who may get it, in words ("the Department of the Treasury").
        identity: how the person may appear.
        method: how it was given and explained ("in writing, in Sarvenian, before counsel").
        risk: the risk that was weighed with the person; `safety` what was agreed against it.
        withdrawn: the day on which it was taken back; None while it stands.
        review: the day on which it is to be asked anew.
    """

    id: str
    of: str
    uses: tuple[Use, ...]
    identity: Identity
    on: Edtf
    method: str
    sources: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    risk: str | None = None
    safety: str | None = None
    withdrawn: Edtf | None = None
    review: Edtf | None = None


class Search(Value):
    """That somebody looked for something, where, when, and what came of it.

    A search that found nothing is as much a part of the record as one that did.

    Args:
        party: id of the party it was about; None for the case as a whole.
        where: what was looked through, a noun phrase ("the consolidated list of the Council").
        edition: which edition of a list ("of 2 March 2024").
        found: what was found, a sentence; None where nothing was.
        listed: that the party itself, and no namesake, stands on the list that was searched.
        claims: ids of claims that hold what was found.
        answer: what is answered to it; `changes` what it would change if it were true.
    """

    id: str
    topic: SearchTopic
    where: str
    on: Edtf
    by: str
    party: str | None = None
    edition: str | None = None
    found: str | None = None
    listed: bool = False
    claims: tuple[str, ...] = ()
    answer: str | None = None
    changes: str | None = None


class Argument(Value):
    """One sentence that argues: why it lies in a government's interest, how grave it is, what
    would follow. It is the submitter's own and is printed as such.

    Args:
        authorities: ids of the laws under which it is used; all where empty.
        party: id of the party that it is about; None for every party.
        claims: ids of claims on which it rests.
    """

    id: str
    topic: ArgumentTopic
    text: str
    authorities: tuple[str, ...] = ()
    party: str | None = None
    claims: tuple[str, ...] = ()


class LawReview(Value):
    """That a person compared a value of the law data with the law itself, for this case.

    Args:
        of: id of an authority, element, office, clock or program.
        against: what it was compared with ("31 CFR 583.201, eCFR of 20 February 2024").
        edition: digest of the value that was compared (`Law.edition_of`); another one today means
            that the review is stale.
    """

    of: str
    by: str
    on: Edtf
    against: str
    edition: str


class Rewording(Value):
    """That a person put a sentence of an instrument otherwise than the program wrote it.

    Args:
        instrument: id of the instrument; `was` the sentence as drafted, word for word.
        now: the sentence as the person wrote it; None where it was struck out.
        source: SHA-256 of the file in which it came back.
    """

    id: str
    instrument: str
    was: str
    now: str | None
    source: str | None = None
