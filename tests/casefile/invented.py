"""A small invented case, with which the tests of the record begin."""

from datetime import UTC, datetime
from pathlib import Path

from gravamen.casefile import (
    Alleged,
    Argued,
    Attributed,
    CaseFile,
    Chosen,
    Consented,
    Entry,
    LawReviewed,
    Named,
    Opened,
    Reworded,
    Searched,
    Vetted,
)
from gravamen.claims import Allegation, Claim
from gravamen.flows import Flow, Vetting
from gravamen.parties import Name, Party
from gravamen.sources import Text, capture, locate
from gravamen.submission import Argument, Consent, LawReview, Rewording, Search

ADA = "person:Ada Marsh"
READER = "machine:gravamen.reading/1"
NOW = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
REPORT = "Guards beat six men in the yard.\nThe ministry denies it. Żółć, ղարաբաղ.\n"


def party(id: str = "p.velz", name: str = "Radomir Velz") -> Party:
    return Party(id=id, kind="person", names=(Name(text=name),))


def allegation(id: str = "a.yard", text: str = "guards beat six men") -> Allegation:
    return Allegation(id=id, kind="act", text=text)


def claim(text: Text, quote: str, *, id: str = "c.yard", source: str = "s.report") -> Claim:
    return Claim(
        id=id,
        about="a.yard",
        passage=locate(source, text, quote),
        speaker="p.velz",
        mode="reported",
    )


def small_case(folder: Path) -> CaseFile:
    """Seven entries: opened, one source with its text, a party, an allegation, three claims."""
    casefile = CaseFile.create(folder, Opened(id="yard", title="The yard"), actor=ADA, now=NOW)
    source = capture(REPORT.encode(), id="s.report", name="report.txt", publisher="Observatory")
    casefile.capture(source, actor=ADA, now=NOW)
    casefile.append(Named(party=party()), Alleged(allegation=allegation()), actor=ADA, now=NOW)
    quotes = ("Guards beat six men", "The ministry denies it.", "Żółć, ղարաբաղ.")
    for n, quote in enumerate(quotes):
        made = claim(source.text, quote, id=f"c.{n}")
        casefile.append(Attributed(claim=made), actor=READER if n else ADA, now=NOW)
    return casefile


CONSENT = Consent(
    id="k.velz",
    of="p.velz",
    uses=("sanctions-filing",),
    identity="pseudonym",
    on="2024-02",
    method="in writing, in Sarvenian",
    sources=("s.report",),
    risk="arrest of the family",
)
SEARCH = Search(
    id="h.list",
    topic="listing",
    where="the consolidated list of the Council",
    on="2024-03-01",
    by="Ada Marsh",
    party="p.velz",
    found="Nobody of that name is on it, but a namesake is.",
    claims=("c.0",),
)
ARGUMENT = Argument(
    id="g.interest",
    topic="interest",
    text="Officers of the yard train with ours.",
    authorities=("us.eo13818",),
    party="p.velz",
    claims=("c.0",),
)
REVIEW = LawReview(
    of="us.eo13818",
    by="Ada Marsh",
    on="2024-03-04",
    against="31 CFR 583.201, eCFR of 20 February 2024",
    edition="0123456789abcdef",
)
REWORDING = Rewording(
    id="w.1",
    instrument="dossier-p.velz-us",
    was="Guards beat six men.",
    now="Six men were beaten by guards.",
    source="a" * 64,
)

FLOW = Flow(
    id="f.xs.imet.2018",
    country="XS",
    dataset="fmtr",
    file="training.csv",
    sha256="b" * 64,
    vintage="2018_2019",
    at="7-9, 12",
    source="s.report",
    rows=4,
    kind="cost",
    year=2018,
    program="IMET-1",
    trainees=20,
    amount=599646.5,
)
VETTING = Vetting(
    id="v.velz",
    unit="p.velz",
    name="Guard BN # 3",
    file="training.csv",
    sha256="b" * 64,
    vintage="2018_2019",
    at="9",
    same="yes",
    why="The decree of 2017 gives both names.",
    on="2024-03-01",
)


def assistance() -> tuple[Entry, ...]:
    """A line of assistance that was chosen, and a unit that a person vetted."""
    return Chosen(flow=FLOW), Vetted(vetting=VETTING)


def submission() -> tuple[Entry, ...]:
    """An entry of each kind that is said beside the claims."""
    return (
        Consented(consent=CONSENT),
        Searched(search=SEARCH),
        Argued(argument=ARGUMENT),
        LawReviewed(review=REVIEW),
        Reworded(rewording=REWORDING),
    )
