"""The dossier: each section is there, says what the record says, and leaves nothing out."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pypdfium2
import pytest

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.casefile import CaseFile
from gravamen.casefile.entries import Attributed
from gravamen.checks import Flag
from gravamen.checks.permitted import printable
from gravamen.instruments.asks import Book
from gravamen.instruments.compose import finish
from gravamen.instruments.dossier import party_of, regimes
from gravamen.instruments.manifest import exhibits_of
from gravamen.instruments.package import Package, Wanted, prepare
from gravamen.instruments.sheet import plain, sheet
from gravamen.sentences import Block, Figure, Instrument, Section, Sentence, Table
from gravamen.submission import Argument, Search, Submitter
from gravamen.values import GravamenError
from gravamen.vocabulary import DossierSection

from .conftest import COUNTY, gravamen
from .structure import problems

ON = date(2024, 3, 5)
REGIMES = ("us", "uk", "eu", "ca", "au")
LAW = lawdata.load()
replace = msgspec.structs.replace


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("county") / "case"
    assert gravamen("import", COUNTY / "case.yaml", folder, "--by", "A. Clerk").code == 0
    return CaseFile.open(folder).case()


def package(case: Case, regime: str = "us", party: str = "p.teresh") -> Package:
    return prepare(case, LAW, on=ON, dossiers=[Wanted(party=party, regime=regime)])


def dossier(case: Case, regime: str = "us", party: str = "p.teresh") -> Instrument:
    return next(i for i in package(case, regime, party).instruments if i.kind == "dossier")


def section(instrument: Instrument, id: str) -> list[Section]:
    return [s for s in instrument.sections if s.id == id]


def sentences(instrument: Instrument, id: str) -> list[Sentence]:
    part = replace(instrument, sections=tuple(section(instrument, id)))
    return list(part.sentences())


def words(instrument: Instrument, id: str) -> str:
    return " ".join(s.text for s in sentences(instrument, id))


def names(instrument: Instrument) -> list[str]:
    tables = [b for s in instrument.sections for b in s.blocks if isinstance(b, Table)]
    return [n.text for t in tables for row in t.rows for cell in row for n in cell.names]


@pytest.mark.parametrize("regime", REGIMES)
def test_every_section_of_the_schema_stands_in_its_order_and_says_something(
    county: Case, regime: str
) -> None:
    made = dossier(county, regime)
    ids = list(dict.fromkeys(s.id for s in made.sections))
    wanted = list(get_args(DossierSection))
    if not made.addressee:
        wanted.remove("reasons")

    assert set(ids) == set(wanted)
    assert ids.index("cover") == 0
    assert ids.index("summary") < ids.index("incidents") < ids.index("legal") < ids.index("adverse")
    assert all(words(made, id) for id in wanted)
    numbers = [s.heading.split(".")[0] for s in made.sections if s.heading and s.level == 2]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("regime", REGIMES)
def test_no_allegation_or_quotation_stands_without_a_claim(county: Case, regime: str) -> None:
    for made in package(county, regime).instruments:
        loose = [
            s.text
            for s in made.sentences()
            if (s.kind == "allegation" or s.quotes) and not s.bindings
        ]
        assert loose == []
        assert [s.id for s in made.sentences()] == [
            f"s{n}" for n in range(1, len(made.sentences()) + 1)
        ]


def test_each_office_is_asked_under_the_law_by_which_it_decides(county: Case) -> None:
    asked = {s.authority: s.office for s in sentences(dossier(county), "cover") if s.office}
    assert asked == {
        "us.eo13818": "us.treasury.secretary",
        "us.sfops.7031c": "us.state.secretary",
    }
    assert {s.office for s in sentences(dossier(county, "uk"), "cover") if s.office} == {
        LAW.authority("uk.ghr2020").decides
    }


def statements(instrument: Instrument) -> list[tuple[list[Sentence], Sentence]]:
    """The statements of reasons, each with the note that counts its characters."""
    blocks = section(instrument, "reasons")[0].blocks
    assert all(isinstance(b, Block) for b in blocks)
    return [
        (list(told.sentences), note.sentences[0])
        for told, note in zip(blocks[::2], blocks[1::2], strict=True)
        if isinstance(told, Block) and isinstance(note, Block)
    ]


def test_a_statement_of_reasons_keeps_to_its_limit_and_rests_on_what_can_be_cited(
    county: Case,
) -> None:
    assert len(statements(dossier(county))) == 2  # one for each law relied on
    for regime in ("us", "uk", "eu"):
        for statement, note in statements(dossier(county, regime)):
            text = " ".join(s.text for s in statement)
            assert len(text) <= 1000
            assert f"{len(text)} characters of at most 1000" in note.text
            assert not any(b.withheld for s in statement for b in s.bindings)
            assert "denies this" in text and "put forward as falling under" in text


def test_a_statement_of_reasons_says_first_what_the_party_itself_did(county: Case) -> None:
    (statement, _), *_ = statements(dossier(county))
    told = [s.allegations for s in statement if s.kind == "allegation"]
    assert told[0] == ("p.teresh",)  # the post
    assert told[1] == ("a.present",)  # the order is a protected person's word alone
    assert told[2] == ("a.beatings",)


def test_a_statement_too_long_leaves_out_acts_from_the_end(county: Case) -> None:
    long = {
        id: replace(a, text=f"{a.text}, {'and so it went on, ' * 18}until morning")
        for id, a in county.allegations.items()
    }
    for statement, note in statements(dossier(replace(county, allegations=long))):
        text = " ".join(s.text for s in statement)
        assert len(text) <= 1000 and str(len(text)) in note.text
        assert "in the yard" in text and "put forward" in text
        assert "17 detainees" not in text


def test_what_is_said_against_is_printed_in_its_exact_words(county: Case) -> None:
    made = dossier(county)
    denials = [c for c in county.claims.values() if c.stance == "denies"]
    assert len(denials) == 2
    said = words(made, "adverse")
    incidents = words(made, "incidents")
    for claim in denials:
        assert claim.passage.exact in said
        assert claim.passage.exact in incidents


def test_without_a_denial_it_says_where_it_was_looked_for(county: Case) -> None:
    silent = {id: c for id, c in county.claims.items() if c.stance == "affirms"}
    assert county.requester is not None
    untold = replace(county.requester, about=None)
    unsearched = replace(county, claims=silent, searches={}, requester=untold)
    bare = words(dossier(unsearched), "adverse")
    assert (
        bare == "It was looked for in the 9 sources of this record. It was looked for nowhere else."
    )

    looked = Search(
        id="x.press", topic="adverse", where="the Port Amel Courier's archive",
        on="2024-02-20", by="A. Clerk",
    )  # fmt: skip
    case = replace(county, claims=silent, searches={"x.press": looked})
    told = "the Port Amel Courier's archive (February 20, 2024, by A. Clerk: nothing was found)"
    assert told in words(dossier(case), "adverse")


def test_a_search_that_found_something_is_printed_with_what_it_would_change(county: Case) -> None:
    found = Search(
        id="x.alibi", topic="adverse", where="the hospital register", on="2024-02-20",
        by="A. Clerk", party="p.teresh", found="A Colonel Teresh was a patient that night.",
        changes="He was not in the yard.", answer="The register gives another first name.",
    )  # fmt: skip
    said = words(dossier(replace(county, searches={"x.alibi": found})), "adverse")
    for part in (found.found, found.changes, found.answer):
        assert part is not None and part in said


def test_an_identifier_that_no_source_shows_is_not_printed(county: Case) -> None:
    shown = words(dossier(county), "targets")
    assert "May 17, 1974" in shown
    assert "Port Amel" not in shown.split("Posts")[0].replace("Lower Quay prison in Port Amel", "")
    without = {id: c for id, c in county.claims.items() if id != "c.birth"}
    assert "1974" not in words(dossier(replace(county, claims=without)), "targets")
    assert "Илван Тереш" in names(dossier(county))


def test_nothing_is_said_to_rest_on_more_than_rank_where_there_is_only_rank(county: Case) -> None:
    told = words(dossier(county), "link")
    assert "The ground of the leader or official rests on the post and on its dates" in told
    assert "No ground rests on rank alone" in words(dossier(county, "uk"), "link")
    ranked = {
        id: replace(a, roles=tuple(r for r in a.roles if r.party != "p.teresh"))
        for id, a in county.allegations.items()
        if id not in ("a.present", "a.ordered")
    }
    only = words(dossier(replace(county, allegations=ranked)), "link")
    assert "every other ground" not in only and "No ground rests" not in only
    assert "shows the post of Ilvan Teresh and no act, order, presence or knowledge" in only
    assert "an order" in only.split("Not on record: ")[1]


def test_what_a_protected_person_alone_says_is_not_told_without_their_leave(county: Case) -> None:
    """In a room of few, the content of an account names the witness."""
    assert "told his men" in words(dossier(county), "link")
    kept = replace(county.consents["k.w1"], uses=("sanctions-filing",))
    closed = replace(county, consents={"k.w1": kept})
    made = dossier(closed)
    assert not [s.text for s in made.sentences() if "told his men" in s.text]
    assert "an order" in words(made, "link").split("Not on record: ")[1]
    assert "a.ordered" not in {a for s in made.sentences() for a in s.allegations}
    assert "A protected person says more than is told here" in words(made, "handling")
    shown = " ".join(s.text for s in made.sentences())
    assert "at least 17 detainees" in shown  # others say this too


def test_no_words_of_a_protected_person_are_printed_with_a_flag(county: Case) -> None:
    """A check may quote what it compares; a document may not, where the words are withheld."""
    words_of = county.claims["c.ordered.w1"].passage.exact
    flag = "The text says “two”, the claim “to go on until they talked”."
    assert "go on until they talked" in words_of
    assert printable(county, flag) == "The text says “[withheld]”, the claim “[withheld]”."
    named = "Claim c.ordered.w1 leaves out “not” from “he did not”."
    assert "did not" not in printable(county, named)
    free = "The text says “17”, the claim “at least 17 detainees”."
    assert printable(county, free) == free

    told = replace(county.allegations["a.ordered"], text="Teresh told two men, on the night of 4 "
                   "February 2023, to go on beating 23 prisoners until they talked")  # fmt: skip
    case = replace(county, allegations={**county.allegations, told.id: told})
    for made in package(case).instruments:
        shown = " ".join((*made.draft_reasons, *(s.text for s in made.sentences())))
        assert "until they talked." not in shown.replace(told.text, "")


def test_a_summary_is_a_draft_where_its_dossier_is_one(county: Case) -> None:
    silent = replace(county, arguments={})
    assert {i.kind: i.draft for i in package(silent).instruments} == {
        "dossier": True, "summary": True,
    }  # fmt: skip
    assert not any(i.draft for i in package(county).instruments)


def test_a_motion_hears_only_those_who_agreed_to_be_published(county: Case) -> None:
    def motion(case: Case) -> Instrument:
        return next(i for i in prepare(case, LAW, on=ON).instruments if i.id == "motion")

    def told(instrument: Instrument) -> set[str]:
        return {b.claim for s in instrument.sentences() for b in s.bindings}

    kept = replace(county.consents["k.w1"], uses=("sanctions-filing",))
    closed = replace(county, consents={"k.w1": kept})
    assert "c.ordered.w1" in told(motion(county))
    assert not {c for c in told(motion(closed)) if c.endswith(".w1")}
    denial = replace(county.claims["c.beatings.denied"], id="c.ordered.denied", about="a.ordered")
    denied = replace(closed, claims={**closed.claims, denial.id: denial})
    assert denial.id not in told(motion(denied))  # to print it would tell what is kept
    assert denial.id in told(motion(replace(denied, consents=county.consents)))
    letter = next(
        i for i in prepare(closed, LAW, on=ON).instruments if i.id.endswith("treasury.secretary")
    )
    assert "c.beatings.w1" in told(letter)


def test_a_post_that_goes_on_is_told_with_the_day_of_its_newest_source(county: Case) -> None:
    assert "last shown" not in words(dossier(county), "targets")
    later = prepare(
        county, LAW, on=date(2025, 6, 1), dossiers=[Wanted(party="p.teresh", regime="us")]
    ).instruments[0]
    assert "since March 1, 2022, last shown on January 12, 2024." in words(later, "summary")
    assert "to today, last shown on January 12, 2024" in words(later, "targets")


def test_nobody_is_made_to_say_more_than_the_quotation_does(county: Case) -> None:
    told = words(dossier(county), "incidents")
    assert "The Harbour Observatory (June 19, 2023) reported that guards of the 4th Guard" in told
    vague = replace(
        county.claims["c.beatings.observatory"],
        passage=replace(
            county.claims["c.beatings.observatory"].passage, exact="The prison has been run by"
        ),
    )
    claims = {**county.claims, vague.id: vague}
    claims = {k: c for k, c in claims.items() if c.about != "a.beatings" or k == vague.id}
    told = words(dossier(replace(county, claims=claims)), "incidents")
    assert "On the account of the Harbour Observatory (June 19, 2023), it is alleged that" in told


def test_the_answer_of_the_submitter_stands_beside_what_it_answers(county: Case) -> None:
    assert "No answer is on record." in words(dossier(county), "adverse")
    answer = Argument(
        id="g.answer", topic="answer", text="Two physicians saw the marks in May.",
        claims=("c.beatings.denied", "c.beatings.physicians"),
    )  # fmt: skip
    made = dossier(replace(county, arguments={**county.arguments, "g.answer": answer}))
    (table,) = [b for b in section(made, "adverse")[0].blocks if isinstance(b, Table)]
    row = next(r for r in table.rows if "was mistreated" in r[1].sentences[0].text)
    assert [s.text for s in row[3].sentences] == ["Two physicians saw the marks in May."]


def test_consent_is_told_without_what_could_lead_to_the_person(county: Case) -> None:
    told = words(dossier(county), "consent")
    consent = county.consents["k.w1"]
    assert "W-1, a former guard" in told and "a safety plan exists" in told
    for kept in (consent.risk, consent.safety, consent.method):
        assert kept and kept not in told


def test_the_chart_shows_the_chain_and_says_it_in_words(county: Case) -> None:
    (figure,) = [b for b in section(dossier(county), "link")[0].blocks if isinstance(b, Figure)]
    told = [box.words[0] for box in figure.boxes]
    assert told[0] == "Sarvenia" and told[-1] == "4th Guard Battalion"
    assert [b.strong for b in figure.boxes] == [False, False, True]
    assert all(b.x >= 0 and b.x + b.width <= figure.width for b in figure.boxes)
    assert all(b.y + b.height <= figure.height for b in figure.boxes)
    for word in ("Sarvenia", "Ministry of the Interior", "Commander Ilvan Teresh"):
        assert word in figure.alt


def test_every_element_of_a_ground_has_its_row_with_question_and_answer(county: Case) -> None:
    made = package(county)
    drawn = next(i for i in made.instruments if i.kind == "dossier")
    tables = [b for s in section(drawn, "legal") for b in s.blocks if isinstance(b, Table)]
    shown = {row[1].sentences[0].text for t in tables for row in t.rows}
    asked = {
        LAW.element(f.element).test
        for f in made.findings
        if f.party == "p.teresh" and f.prong in ("us.eo13818.shra", "us.eo13818.leader_entity")
    }
    assert len(asked) > 4
    assert [a for a in asked if not any(s.startswith(a) for s in shown)] == []
    assert "Global Magnitsky Act is not relied on" in words(drawn, "legal")


def test_an_act_outside_every_post_is_said_to_be_and_one_without_victims_is_told(
    county: Case,
) -> None:
    assert "outside the dates" not in words(dossier(county), "incidents")
    early = {id: replace(a, date="2019-02-02", victims=()) for id, a in county.allegations.items()}
    told = words(dossier(replace(county, allegations=early)), "incidents")
    assert "It lies outside the dates of every post of Ilvan Teresh" in told
    assert "done to: detainees." in told


def test_the_exhibits_bear_the_letters_of_the_notes(county: Case) -> None:
    made = dossier(county)
    printed = sheet(made, exhibits_of(made, county.sources))
    by_note = {e["letter"]: plain(e["cited"]) for e in printed["exhibits"] if e["letter"] != "W"}
    (table,) = [b for b in section(made, "sources")[0].blocks if isinstance(b, Table)]
    by_table = {r[0].sentences[0].text: r[1].sentences[0].text for r in table.rows}
    assert [*by_note, "W"] == list(by_table)
    assert by_table["W"] == "One withheld source: W-1, a former guard."
    assert all(by_table[k].startswith(by_note[k]) for k in by_note)
    decree = next(r for r in table.rows if "Decree No. 12" in r[1].sentences[0].text)
    row = " ".join(s.text for cell in decree for s in cell.sentences)
    assert "sr-Cyrl; translated by County Counsel's interpreter" in row
    assert "January 9, 2024" in row
    assert county.sources["s.decree"].sha256[:16] in row


def test_arguments_and_submitter_are_printed_where_they_apply(county: Case) -> None:
    told = replace(
        county,
        requester=replace(
            county.requester,
            about=Submitter(
                mandate="It governs the county.",
                standing="Forty families of Port Amel live in it.",
                interests="It is paid by the county alone.",
                contact=("Clerk of the Board",),
            ),
        ),
        arguments={
            "g.us": Argument(id="g.us", topic="interest", text="It protects trade.",
                             authorities=("us.eo13818",)),
            "g.uk": Argument(id="g.uk", topic="priority", text="Detainees are a priority.",
                             authorities=("uk.ghr2020",)),
        },
    )  # fmt: skip
    us, uk = dossier(told), dossier(told, "uk")
    assert "It protects trade." in words(us, "interest")
    assert "Detainees" not in words(us, "interest")
    assert "Detainees are a priority." in words(uk, "interest")
    assert "Forty families" in words(us, "submitter")
    assert "It is paid by the county alone." in words(us, "adverse")


def test_a_party_is_found_by_id_or_name_and_others_are_refused_with_a_remedy(county: Case) -> None:
    called = ("p.teresh", "teresh", "Ilvan Teresh", "Илван Тереш")
    assert {party_of(county, n).id for n in called} == {"p.teresh"}
    for name, why in (
        ("nobody", "No party is called 'nobody' in [^ ]+; name one of"),
        ("teresch", r"No party is called 'teresch' in [^ ]+ \(did you mean p.teresh\?\)"),
        ("Tersh", r"\(did you mean p.teresh\?\)"),
        ("sarvenia", "is a government"),
        ("w1", "is protected"),
    ):
        with pytest.raises(GravamenError, match=why) as refused:
            party_of(county, name)
        assert "p.teresh" in str(refused.value)
    with pytest.raises(GravamenError, match="is called 'Radomir Velz' in [^ ]+; name one"):
        party_of(county, "Radomir Velz")  # a protected name finds nobody
    assert set(regimes(LAW)) == set(REGIMES)


def test_the_command_writes_a_dossier_and_a_summary_for_each_state(dossiers: Path) -> None:
    stems = {f"{kind}-{r}-teresh" for kind in ("dossier", "summary") for r in REGIMES}
    made = json.loads((dossiers / "draft.json").read_text())
    assert {i["id"] for i in made["instruments"]} == stems
    assert all(i["unbound"] == 0 for i in made["instruments"])
    for stem in stems:
        for suffix in ("pdf", "html", "docx", "akn.xml", "manifest.json"):
            assert (dossiers / f"{stem}.{suffix}").stat().st_size > 1000


def test_a_summary_has_two_pages_at_most(dossiers: Path) -> None:
    pages = {p.name: len(pypdfium2.PdfDocument(p)) for p in dossiers.glob("summary-*.pdf")}
    assert len(pages) == len(REGIMES)
    assert max(pages.values()) <= 2, pages


def test_every_pdf_of_a_dossier_is_built_as_both_standards_ask(dossiers: Path) -> None:
    for path in dossiers.glob("*.pdf"):
        assert problems(path.read_bytes()) == [], path.name


def test_the_protected_name_is_in_the_case_and_in_no_byte_of_a_dossier(dossiers: Path) -> None:
    case = CaseFile.open(dossiers / "case").case()
    name = case.parties["p.w1"].names[0].text
    assert name in case.texts["s.w1"].text
    for path in dossiers.glob("*-teresh.*"):
        assert name.encode() not in path.read_bytes(), path.name
    manifest = json.loads((dossiers / "dossier-us-teresh.manifest.json").read_text())
    hidden = [c for s in manifest["sentences"] for c in s["claims"] if c["withheld"]]
    assert hidden and all(c["version"] and not c["quote"] for c in hidden)


def test_the_record_makes_each_dossier_again_byte_for_byte(dossiers: Path) -> None:
    told = gravamen("verify", dossiers / "case", "--brief")
    assert told.code == 0, told.words
    assert told.words.count("follows, byte for byte") == 2 * len(REGIMES)
    for path in sorted(dossiers.glob("*-uk-teresh.*")):
        if path.suffix in (".pdf", ".html"):
            assert gravamen("verify", path, "--brief").code == 0, path.name


def test_an_amended_claim_makes_its_sentences_of_every_dossier_stale_and_no_others(
    dossiers: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(dossiers, tmp_path / "made"))
    record = CaseFile.open(folder / "case")
    claim = record.case().claims["c.ordered.w1"]
    record.append(Attributed(claim=replace(claim, hedged=True)), actor="person:A. Clerk")
    for path in sorted(folder.glob("dossier-*.docx")):
        told = json.loads(gravamen("verify", path, "--json").words)
        bound = {
            s["id"] for s in told["sentences"] if any(c["claim"] == claim.id for c in s["claims"])
        }
        stale = {f["sentence"] for f in told["faults"] if f["id"] == "sentence-stale"}
        assert bound and stale == bound, path.name


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (("--regime", "uk"), "say with --dossier on whom"),
        (("--dossier", "teresh", "--regime", "fr"), "no law of 'fr'"),
        (("--dossier", "nobody"), "No party is called"),
    ],
)
def test_a_dossier_that_cannot_be_written_is_refused_before_anything_is(
    args: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    told = gravamen("draft", COUNTY / "case.yaml", "--on", "2024-03-05", "--out", tmp_path, *args)
    assert told.code != 0
    assert why in told.line
    assert not list(tmp_path.glob("*.pdf"))


def test_a_draft_prints_no_withheld_words_of_a_flag_among_its_reasons(county: Case) -> None:
    flag = Flag(
        id="figure-differs-from-claim", message="The claim says “until they talked”.",
        hint="See “told us to go on”.", where="motion", severity="blocks", instrument="motion",
    )  # fmt: skip
    book = Book(case=county, law=LAW, findings=(), choices=(), on=ON)
    motion = next(i for i in prepare(county, LAW, on=ON).instruments if i.id == "motion")
    report, marked = finish(book, [motion], flags=[flag])
    assert marked.draft_reasons == ("The claim says “[withheld]”.",)
    told = " ".join(s.text for s in report.sentences())
    assert "[withheld]" in told and "told us to go on" not in told
