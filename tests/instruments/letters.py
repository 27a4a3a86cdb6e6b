"""An invented letter, motion and diagnosis, and the case that they rest on."""

from gravamen.case import Case
from gravamen.claims import Allegation, Claim
from gravamen.instruments.wording import bind
from gravamen.parties import Name, Party
from gravamen.sentences import (
    Block,
    Cell,
    Copy,
    Instrument,
    Section,
    Sentence,
    Signatory,
    Table,
)
from gravamen.sources.source import Source, Text, locate
from gravamen.values import sha256

REPORT = (
    "Guards of the Second Regiment held 41 persons without charge in the cellars of Port Amel. "
    "Colonel Ilvan Teresh has commanded the regiment since March 2019."
)
PERSIAN = "او گفت که می‌خواهد برود."
TEXTS = {"s.report": REPORT, "s.fa": PERSIAN, "s.protected": "Mirel Tovash saw the cellars."}

NAMES = (
    Name(text="Արմեն Սարգսյան", lang="hy"),
    Name(text="Əli Quliyev", lang="az-Latn"),
    Name(text="Иван Щербаков", lang="ru"),
    Name(text="محمد الأحمد", lang="ar"),
    Name(text="می‌خواهم رضا", lang="fa"),
    Name(text="ნინო ბერიძე", lang="ka"),
    Name(text="王小明", lang="zh"),
    Name(text="דוד לוי", lang="he"),
)


def _source(id: str) -> Source:
    return Source(
        id=id,
        sha256=sha256(TEXTS[id].encode()),
        name=f"{id}.txt",
        media_type="text/plain",
        size=len(TEXTS[id]),
        title="Held at Port Amel" if id == "s.report" else None,
        publisher="Harbour Observatory",
        language="fa" if id == "s.fa" else "en",
    )


def _claim(id: str, source: str, quote: str, speaker: str = "Harbour Observatory") -> Claim:
    text = Text(extractor="plain", version="1", text=TEXTS[source])
    return Claim(id=id, about="a.held", passage=locate(source, text, quote), speaker=speaker)


CLAIMS = {
    claim.id: claim
    for claim in (
        _claim("c.held", "s.report", "held 41 persons without charge"),
        _claim("c.post", "s.report", "has commanded the regiment since March 2019"),
        _claim("c.fa", "s.fa", PERSIAN),
        _claim("c.witness", "s.protected", "Mirel Tovash saw the cellars", speaker="p.witness"),
    )
}

CASE = Case(
    id="port-amel",
    title="Held at Port Amel",
    sources={id: _source(id) for id in TEXTS},
    texts={id: Text(extractor="plain", version="1", text=text) for id, text in TEXTS.items()},
    parties={
        "p.witness": Party(
            id="p.witness",
            kind="person",
            names=(Name(text="Mirel Tovash"),),
            protected=True,
            pseudonym="W-1",
        )
    },
    allegations={"a.held": Allegation(id="a.held", kind="act", text="41 persons were held")},
    claims=CLAIMS,
)

SIGNATORIES = tuple(
    Signatory(id=f"p.{n}", name=name, capacity=f"Supervisor, District {n}", body="Alder County")
    for n, name in enumerate(
        ("Ada Merrow", "Tobias Quill", "Ines Farrow", "Nuno Ashby", "Lena Ostrander"), 1
    )
)


def sentence(
    id: str, text: str, *claims: str, kind: str = "allegation", **more: object
) -> Sentence:
    """A sentence bound to claims of the case."""
    bindings = bind(CASE, [CASE.claims[c] for c in claims])
    return Sentence(id=id, kind=kind, text=text, bindings=bindings, **more)  # type: ignore[arg-type]


def table() -> Table:
    """A table of eight names in eight scripts, each on a row of its own."""
    rows = tuple(
        (
            Cell(names=(name,)),
            Cell(sentences=(sentence(f"s{20 + n}", "since March 2019", "c.post"),)),
        )
        for n, name in enumerate(NAMES)
    )
    return Table(caption="Who is named", header=("Name", "In command"), rows=rows)


def letter(**more: object) -> Instrument:
    """A letter of five signatures: requests, names, allegations, a withheld witness."""
    fields = {
        "id": "letter-us.state.secretary",
        "kind": "letter",
        "title": "Three officers of the Second Regiment",
        "on": "2024-01-15",
        "body": "Alder County Board of Supervisors",
        "office": "us.state.secretary",
        "style": "letter",
        "letterhead": ("Alder County Board of Supervisors", "1 Orchard Street"),
        "addressee": ("The Secretary of State", "Department of State"),
        "reference": "port-amel/us.state.secretary",
        "salutation": "Dear Secretary:",
        "close": "Sincerely,",
        "signatories": SIGNATORIES,
        "copies": (Copy(office="The Chair of the Committee", why="can start the clock"),),
        "enclosures": ("Exhibit A",),
        "draft_reasons": ("First reason.", "Second reason.", "Third reason.", "Fourth reason."),
        "law_edition": "2024-01",
        "sections": (
            Section(
                heading="What we ask",
                blocks=(
                    Block(
                        sentences=(
                            sentence(
                                "s1",
                                "We ask you to look at the record.",
                                kind="request",
                                authority="us.eo13818",
                                office="us.state.secretary",
                                needs_review=True,
                            ),
                        ),
                        style="numbered",
                        label="1.",
                    ),
                    Block(
                        sentences=(sentence("s2", "To be completed.", kind="form"),), style="small"
                    ),
                ),
            ),
            Section(heading="Who is named", blocks=(table(),)),
            Section(
                heading="What is alleged",
                blocks=(
                    Block(sentences=(sentence("s3", "41 persons were held.", "c.held"),)),
                    Block(sentences=(sentence("s4", "He commanded it.", "c.post", "c.witness"),)),
                    Block(sentences=(sentence("s5", "“می‌خواهد”, it says.", "c.fa"),)),
                    Block(
                        sentences=(sentence("s6", "Nothing is denied.", kind="context"),),
                        style="bullet",
                        label="note",
                    ),
                    Block(
                        sentences=(sentence("s7", "First line\nSecond line", kind="form"),),
                        style="address",
                    ),
                    Block(sentences=(sentence("s8", "A quotation.", "c.held"),), style="quote"),
                ),
            ),
        ),
    }
    return Instrument(**{**fields, **more})  # type: ignore[arg-type]


def motion(style: str = "resolution", **more: object) -> Instrument:
    """A motion in either style, not a draft."""
    whereas = sentence(
        "s1", "the Harbour Observatory reported that 41 persons were held;", "c.held"
    )
    lead = sentence("s2", "now, therefore, be it", kind="form")
    asks = sentence("s3", "That the Board asks the Secretary of State to act.", kind="request")
    fields = {
        "id": f"motion-{style}",
        "kind": "motion",
        "title": "Motion on Port Amel",
        "on": "2024-01-15",
        "style": style,
        "draft": False,
        "letterhead": ("Alder County Board of Supervisors",),
        "addressee": ("Supervisor Merrow",),
        "sections": (
            Section(
                heading=None,
                blocks=(
                    Block(sentences=(whereas,), style="whereas", label="WHEREAS,"),
                    Block(sentences=(lead,)),
                    Block(sentences=(asks,), style="resolved", label="RESOLVED,"),
                ),
            ),
        ),
    }
    return Instrument(**{**fields, **more})  # type: ignore[arg-type]


def saying(text: str, **more: object) -> Instrument:
    """A motion whose only sentence says a text."""
    block = Block(sentences=(sentence("s1", text, kind="form"),))
    return motion(sections=(Section(heading=None, blocks=(block,)),), **more)
