"""Assistance in letters: what each request reaches, and the annex with every figure bound."""

import re
from datetime import date
from pathlib import Path

import pytest
from checks.assisted import assisted, flow, reaching
from checks.building import TARN, UNIT, law
from msgspec.structs import replace

from gravamen.case import Case, Judgement, Requester
from gravamen.casefile.leaning import leaning
from gravamen.claims import Allegation, Role
from gravamen.flows import Flow, Vetting
from gravamen.instruments.asks import Book, asks
from gravamen.instruments.assistance.chosen import chosen, figures, sums
from gravamen.instruments.assistance.height import PAGE, height
from gravamen.instruments.assistance.unasked import unasked_laws
from gravamen.instruments.compose import compose
from gravamen.instruments.diagnosis import diagnosis
from gravamen.instruments.package import prepare, write_all
from gravamen.instruments.verify import verify_file
from gravamen.law import load
from gravamen.law.authority import Law
from gravamen.law.review import with_reviews
from gravamen.parties import Name, Party
from gravamen.requests import Request
from gravamen.sentences import Instrument, Section, Sentence, Table

ON = date(2022, 3, 5)
BOARD = Requester(name="Board of Supervisors of Ostra County", letterhead=("Ostra County",))
SUSPEND = Request(
    id="r1",
    measure="suspend-assistance",
    target="p.tarn",
    addressees=("us.state.secretary", "us.president"),
)
FMF = flow("f.fmf.18")
LINES = (
    FMF,
    flow("f.fmf.17", at="3", year=2017, vintage="2017_2018", trainees=20, amount=56886.0),
    flow("f.imet", at="4", program="IMET-1", trainees=20, amount=599646.0),
    flow("f.none", at="5", program="IMET-1", year=2017, vintage="2017_2018", trainees=2,
         amount=10.0, unnamed_rows=1, unnamed_trainees=2, unnamed_amount=10.0),
)  # fmt: skip


def case(*flows: Flow, **fields: object) -> Case:
    plain = Case(
        id="k",
        title="Aid to Tarn",
        requester=BOARD,
        parties={p.id: p for p in (TARN, UNIT)},
        requests={SUSPEND.id: SUSPEND},
    )
    return replace(assisted(plain, *flows) if flows else plain, **fields)


def book(of: Case, data: Law | None = None, on: date = ON) -> Book:
    return Book(case=of, law=data or law(), findings=(), choices=(), on=on)


def letter(of: Case, office: str = "us.state.secretary", **given: object) -> Instrument:
    return next(i for i in compose(book(of, **given)) if i.office == office)  # type: ignore[arg-type]


def asked(of: Instrument) -> str:
    return " ".join(
        s.text
        for section in of.sections
        if section.heading == "What we ask"
        for block in section.blocks
        for s in getattr(block, "sentences", ())
    )


def annex(of: Instrument) -> Section:
    (found,) = [s for s in of.sections if (s.heading or "").startswith("Annex")]
    return found


def annex_sentences(of: Instrument) -> tuple[Sentence, ...]:
    return replace(of, sections=(annex(of),)).sentences()


def tables(of: Instrument) -> list[Table]:
    return [b for b in annex(of).blocks if isinstance(b, Table)]


def grid(table: Table) -> list[list[str]]:
    return [[" / ".join(s.text for s in cell.sentences) for cell in row] for row in table.rows]


def test_without_lines_a_letter_is_as_it_was() -> None:
    plain = letter(case())
    assert not [s for s in plain.sections if s.annex]
    assert "annex" not in " ".join(s.text for s in plain.sentences())


def test_an_office_is_asked_once_under_each_law_that_reaches_a_line() -> None:
    found = asks(book(case(*LINES)))
    assert len({a.key for a in found}) == len(found)
    assert [a.authority for a in found if a.office == "us.state.secretary"] == [
        "us.leahy.state", "us.leahy.state", "us.faa.502B", "us.faa.116",
    ]  # fmt: skip


def test_each_request_says_which_lines_it_reaches_with_their_amounts_like_with_like() -> None:
    words = asked(letter(case(*LINES)))
    assert (
        "it could reach, once a unit is named, at most the rows that name a unit, at the cost of "
        "training in current US dollars: fiscal year 2017 (report 2017_2018), FMF, 20 trainees, "
        "$56,886; fiscal year 2018 (report 2018_2019), FMF and IMET-1, 24 trainees, $719,940."
    ) in words
    assert "Of IMET-1 (2017) no row names a unit that could be told." in words
    assert "No line of the annex is known to fall under this law." in words
    assert words.count("24 trainees, $719,940") == 2  # the lines of 502B are others: told anew
    assert "this could reach what request 1 could." in words
    assert "what request 1 does" not in words  # 502B reaches whole lines, and not rows alone


def test_every_figure_is_bound_to_the_claims_of_its_lines() -> None:
    of = case(*LINES)
    for sentence in letter(of).sentences():
        if "$" in sentence.text and "trainee" in sentence.text:
            assert sentence.kind == "allegation"
            assert sentence.bindings
    (total,) = [s for s in letter(of).sentences() if s.text == "24 for $719,940"]
    assert {b.claim for b in total.bindings} == {"c.f.fmf.18", "c.f.imet"}


def test_the_annex_has_programs_down_and_years_across_on_a_page_of_its_own() -> None:
    drafted = letter(case(*LINES))
    assert annex(drafted).heading == "Annex: assistance to Tarn"
    assert drafted.sections[-1] == annex(drafted)
    assert annex(drafted).annex
    (table,) = tables(drafted)
    assert table.caption == (
        "Can be asked on that date: trainees and the cost of their training, current US dollars "
        "(t.csv)"
    )
    assert table.header == ("Line", "2017 (report 2017_2018)", "2018 (report 2018_2019)")
    assert grid(table) == [
        ["FMF, State (a, b, c, d)", "20 for $56,886", "4 for $120,294"],
        ["IMET-1, State (a, b, d)", "2 for $10", "20 for $599,646"],
        ["Together", "22 for $56,896", "24 for $719,940"],
        ["Of these, no unit named", "2 for $10", "none"],
    ]


def test_a_bar_that_stands_on_the_day_makes_a_line_barred_and_a_waiver_makes_it_asked() -> None:
    data = reaching(law(), "xt.aid", "FMF")
    barred = letter(case(FMF), data=data)
    assert tables(barred)[0].caption.startswith("Already barred on that date")
    assert "On that date these are barred by section 5" in " ".join(
        s.text for s in barred.sentences()
    )
    waived = letter(case(FMF), data=data, on=date(2024, 3, 5))
    assert tables(waived)[0].caption.startswith("Can be asked on that date")
    assert "would be barred by section 5, which is waived" in " ".join(
        s.text for s in waived.sentences()
    )


def test_a_humanitarian_line_is_outside_and_is_never_asked_to_stop() -> None:
    aid = flow("f.iha", at="9", program=None, account="International Disaster Assistance",
               humanitarian=True, trainees=None, amount=5.0)  # fmt: skip
    drafted = letter(case(FMF, aid))
    assert [t.caption.split(":")[0] for t in tables(drafted)] == [
        "Can be asked on that date", "Outside these laws",
    ]  # fmt: skip
    assert "International Disaster Assistance" not in asked(drafted)
    relief = letter(case(flow("f.relief", humanitarian=True)))
    assert tables(relief)[0].caption.startswith("Outside these laws")
    assert "$120,294" not in asked(relief)
    assert "We do not ask that they stop." in " ".join(s.text for s in drafted.sentences())


def test_a_vintage_after_the_date_of_the_letter_is_not_used() -> None:
    late = flow("f.late", at="9", dataset="foreignassistance", program=None, agency=None,
                file="country_2025-04.csv", vintage="2025-04", kind="obligated", trainees=None,
                amount=77.0)  # fmt: skip
    words = " ".join(s.text for s in letter(case(FMF, late)).sentences())
    assert "$77" not in words
    assert "1 chosen line of a later vintage is not shown." in words


def test_copies_that_differ_stand_side_by_side_and_are_never_added() -> None:
    shared = {
        "program": None, "agency": None, "dataset": "foreignassistance", "kind": "obligated",
        "trainees": None,
    }  # fmt: skip
    copies = (
        flow("f.a", at="7", vintage="2020-10", file="a.csv", amount=32357135.0, **shared),
        flow("f.b", at="8", vintage="2021-03", file="b.csv", sha256="c" * 64,
             amount=-658171.0, **shared),
    )  # fmt: skip
    (table,) = tables(letter(case(*copies)))
    assert table.header == ("Year", "Obligated, copy 2020-10", "Obligated, copy 2021-03")
    assert grid(table) == [["2018", "$32,357,135", "-$658,171, a deobligation"]]


def test_a_refused_line_is_shown_with_both_figures_and_in_no_sum() -> None:
    why = "The rows give 948,284, the report prints 756,741."
    refused = flow("f.pko", at="9", program="PKO", trainees=1, amount=948284.0, printed=756741.0,
                   refused=why)  # fmt: skip
    drafted = letter(case(*LINES, refused))
    words = " ".join(s.text for s in drafted.sentences())
    assert "1 for $948,284, the report prints $756,741" in words
    assert f"In no sum: PKO. {why}" in words
    assert "the report prints $756,741" in words
    assert grid(tables(drafted)[0])[-2] == ["Together", "22 for $56,896", "24 for $719,940"]


def test_a_rejected_line_is_in_no_letter() -> None:
    of = case(*LINES, judgements=(Judgement(target="f.imet", verdict="rejected"),))
    assert "599,646" not in " ".join(s.text for s in letter(of).sentences())


ACCUSED = Allegation(
    id="a.1", kind="act", text="men were beaten", act="torture",
    roles=(Role(kind="alleged-perpetrator", party="p.unit"),),
)  # fmt: skip
VETTING = Vetting(
    id="v.1", unit="p.unit", name="9 BDE", file="t.csv", sha256="b" * 64, vintage="2018_2019",
    at="2", same="yes", why="The decree gives both names.",
)  # fmt: skip


def test_units_of_the_case_are_named_and_those_found_in_the_file_with_their_rows() -> None:
    accused = case(FMF, allegations={"a.1": ACCUSED})
    (unit,) = [a for a in asks(book(accused)) if a.measure == "suspend-assistance"][:1]
    assert (unit.authority, unit.targets, unit.open) == ("us.leahy.state", ("p.unit",), None)
    vetted = case(FMF, vettings={"v.1": VETTING})
    (told,) = [s for s in letter(vetted).sentences() if "stands as" in s.text]
    assert told.text == (
        "Ninth Brigade stands as 9 BDE in row 2 of t.csv (report 2018_2019), as a person "
        "found: The decree gives both names."
    )
    assert [b.claim for b in told.bindings] == ["c.f.fmf.18"]
    for other in (replace(VETTING, same="open"), replace(VETTING, same="no")):
        (open_,) = [a for a in asks(book(case(FMF, vettings={"v.1": other})))
                    if a.authority == "us.leahy.state" and a.measure != "information"
                    and a.office == "us.state.secretary"]  # fmt: skip
        assert open_.open == "units"


MANY = flow("f.many", at="220514-220516", rows=3, trainees=24, amount=719940.0, unnamed_rows=1,
            unnamed_trainees=10, unnamed_amount=500000.0)  # fmt: skip
ROWS = {"f.many": ((220514, 4, 60000.0), (220515, 10, 159940.0), (220516, 10, 500000.0))}
TWICE = {
    "v.1": replace(VETTING, at="220514"),
    "v.2": replace(VETTING, id="v.2", name="9 BDE A CO", at="220515", same="no"),
    "v.3": replace(VETTING, id="v.3", name="Brigade 9", at="9", why="It is said there."),
}


def vetted(**vettings: Vetting) -> Case:
    """A case in which a unit is accused, with a line of which one row is found to be its."""
    plain = case(allegations={"a.1": ACCUSED}, vettings=vettings)
    return assisted(plain, MANY, rows=ROWS)


def test_a_unit_gets_the_figures_of_its_rows_and_never_those_of_the_whole_line() -> None:
    words = asked(letter(vetted(**TWICE)))
    request, _ = words.split("We ask you to identify", 1)
    assert (
        "Of the assistance in the annex the rows that name Ninth Brigade are, at the cost of "
        "training in current US dollars: fiscal year 2018 (report 2018_2019), FMF, 4 trainees, "
        "$60,000 (row 220514)."
    ) in request
    assert "719,940" not in request
    (told,) = [s for s in letter(vetted(**TWICE)).sentences() if "$60,000" in s.text]
    assert [b.claim for b in told.bindings] == ["c.f.many"]


def test_a_unit_whose_rows_are_in_no_line_is_said_to_have_none() -> None:
    words = asked(letter(vetted()))
    request, _ = words.split("We ask you to identify", 1)
    assert "No row of the annex is known to name Ninth Brigade." in request
    assert "$" not in request


def test_rows_that_name_no_unit_are_told_apart_in_the_letter_and_its_annex() -> None:
    of = assisted(case(), MANY, rows=ROWS)
    words = asked(letter(of))
    assert (
        "at most the rows that name a unit, at the cost of training in current US dollars: "
        in words
    )
    assert "FMF, 14 trainees, $219,940. " in words
    assert "does not reach the rows of these lines that name none" in words
    assert "FMF, 10 trainees, $500,000. " in words
    (table,) = tables(letter(of))
    assert grid(table)[-1] == ["Of these, no unit named", "10 for $500,000"]


def test_the_parts_of_a_line_pass_as_figures_of_its_claim_and_no_others_do(tmp_path: Path) -> None:
    for of in (assisted(case(), MANY, rows=ROWS), vetted(**TWICE)):
        flags = prepare(of, law(), on=ON).flags
        assert not [f for f in flags if f.id in ("assistance-sum", "figure-differs-from-claim")]


def test_years_that_the_annex_leaves_out_have_no_figures_in_the_letter_either() -> None:
    many = [
        flow(f"f.{code}.{year}", at=str(n * 20 + year), program=code, year=year,
             vintage=f"{year}_{year + 1}", trainees=year, amount=float(year * 1000 + n))
        for n, code in enumerate(("FMF", "IMET-1", "IMET-2", "IMET-X", "CTFP", "PKO", "INCLE"))
        for year in range(2010, 2021)
    ]  # fmt: skip
    drafted = letter(case(*many))
    printed = {y for t in tables(drafted) for y in re.findall(r"\b20\d\d\b", " ".join(t.header))}
    assert "2010" not in printed
    told = set(re.findall(r"fiscal year (20\d\d)", asked(drafted)))
    assert told
    assert told <= printed
    more = r"It reaches \d+ further lines of the years 2010 to 20\d\d; their figures stand in the"
    assert re.search(more, asked(drafted))


def test_a_law_of_which_nothing_is_claimed_is_not_said_to_be_open_and_the_diagnosis_says_why() -> (
    None
):
    of = case(*LINES)
    words = " ".join(s.text for s in annex_sentences(letter(of)))
    assert (
        "these fall under AECA section 3(c) (c) and section 620I (d) too, under which nothing is"
        in words
    )
    told = " ".join(s.text for s in diagnosis(book(of), asks=asks(book(of)), flags=()).sentences())
    assert (
        "Section 620I bears on FMF and IMET-1, and nothing is asked under it. No claim speaks to"
        in told
    )
    assert "Add one that serves el.us_aid_blocked." in told
    claims = {**of.claims}
    first = claims["c.f.fmf.18"]
    claims["c.f.fmf.18"] = replace(first, serves=("el.us_aid_blocked",))
    served = replace(of, claims=claims)
    assert "us.faa.620I" not in {u.authority for u in unasked_laws(book(served))}


def test_laws_that_bear_on_all_lines_of_a_group_alike_need_no_letters() -> None:
    drafted = letter(case(FMF))
    assert grid(tables(drafted)[0])[0][0] == "FMF, State"
    assert "the State Leahy law and section 502B" in " ".join(
        s.text for s in annex_sentences(drafted)
    )


def test_sums_never_run_over_vintages() -> None:
    lines = chosen(case(*LINES), law(), ON)
    assert [(figures(s.of, "USD"), s.flow.vintage) for s in sums(lines)] == [
        ("22 trainees, $56,896", "2017_2018"), ("24 trainees, $719,940", "2018_2019"),
    ]  # fmt: skip


def test_a_neighbour_gets_the_same_annex_from_the_same_lines() -> None:
    other = Party(id="p.osk", kind="government", names=(Name(text="Oskria"),), country="XO")
    of = case(*(replace(f, country="XO") for f in LINES))
    of = replace(
        of,
        parties={**of.parties, "p.osk": other},
        requests={"r1": replace(SUSPEND, target="p.osk")},
    )
    assert [grid(t) for t in tables(letter(of))] == [grid(t) for t in tables(letter(case(*LINES)))]


@pytest.mark.parametrize("suffix", ["pdf", "html", "docx", "akn.xml"])
def test_every_format_of_a_letter_with_an_annex_verifies(tmp_path: Path, suffix: str) -> None:
    of = case(*LINES)
    package = prepare(of, law(), on=ON)
    files = write_all(package, tmp_path, of)
    stem = files["letter-us.state.secretary"].pdf.name.removesuffix(".pdf")
    found = verify_file(tmp_path / f"{stem}.{suffix}", of)
    assert not found.faults, found.faults
    assert not [f for f in package.flags if f.id in ("assistance-sum", "figure-differs-from-claim")]


def test_what_a_line_leans_on_is_listed_for_review_and_its_mark_goes_with_the_review() -> None:
    data = reaching(law(), "xt.aid", "FMF", mark="memory")
    of = case(FMF)
    (program,) = [v for v in leaning(of, data, on=ON) if v.id == "us.prog.fmf"]
    assert program.open
    marked = [s.text for s in letter(of, data=data).sentences() if s.needs_review]
    assert [words for words in marked if "barred by section 5" in words]
    checked = with_reviews(data, {"us.prog.fmf": data.edition_of("us.prog.fmf")})
    again = [s.text for s in letter(of, data=checked).sentences() if s.needs_review]
    assert not [words for words in again if "barred by section 5" in words]


def test_more_copies_than_a_page_is_wide_are_parted_by_kind() -> None:
    shared = {
        "program": None, "agency": None, "dataset": "foreignassistance", "trainees": None,
    }  # fmt: skip
    copies = [
        flow(f"f.{kind}.{n}", at=str(n), vintage=f"2021-0{n}", file=f"{n}.csv", amount=float(n),
             sha256=str(n) * 64, kind=kind, **shared)
        for kind in ("obligated", "disbursed")
        for n in range(1, 5)
    ]  # fmt: skip
    found = tables(letter(case(*copies)))
    assert [(len(t.header), t.header[1]) for t in found] == [
        (5, "Disbursed, copy 2021-01"), (5, "Obligated, copy 2021-01"),
    ]  # fmt: skip


def test_a_request_that_names_its_law_is_asked_under_no_other_though_lines_have_more() -> None:
    named = Request(
        id="r1", measure="suspend-assistance", authority="us.leahy.state", target="p.unit",
        addressees=("us.state.secretary",),
    )  # fmt: skip
    of = case(*LINES, requests={"r1": named}, vettings={"v.1": VETTING})
    assert {a.authority for a in asks(book(of))} == {"us.leahy.state"}
    words = asked(letter(of))
    assert words.count("stands as 9 BDE") == 1
    assert tables(letter(of))


def test_a_law_that_can_be_asked_is_told_as_one_whose_test_must_be_met() -> None:
    words = " ".join(s.text for s in letter(case(*LINES)).sentences())
    assert (
        "an office can be asked to withhold these, if its test is met, under the State Leahy law "
        in words
    )
    assert "could be stopped" not in words


def test_past_years_are_told_apart_from_what_is_asked_from_now_on() -> None:
    drafted = letter(case(*LINES))
    now = "The figures show what flowed in the years named; what is asked concerns assistance"
    assert asked(drafted).count(now) == 1
    (intro, *_) = annex(drafted).blocks
    (said,) = intro.sentences  # type: ignore[union-attr]  # the first block is a paragraph
    assert "What is asked concerns assistance from now on, not the years named" in said.text
    assert said.text.endswith("how a law stands is told for that day, not for those years.")
    assert now not in asked(letter(case()))


AZ = Party(id="p.az", kind="government", names=(Name(text="Azerbaijan"),), country="AZ")


@pytest.mark.parametrize(
    ("on", "state", "begins", "ends"),
    [
        (date(2022, 12, 1), "was waived, from June 21, 2022", "We ask you to rescind the waiver of",
         "once the waiver has ended."),
        (date(2021, 12, 1), "is not known", "We ask you to say whether a waiver of section 907",
         "where none is in effect."),
        (date(2024, 1, 15), "already barred", "We ask you to withhold assistance to the Government",
         "to the Committees on Appropriations."),
    ],
)  # fmt: skip
def test_what_is_asked_fits_how_the_bar_stands_on_the_day(
    on: date, state: str, begins: str, ends: str
) -> None:
    of = case(parties={"p.az": AZ}, requests={"r1": replace(SUSPEND, target="p.az")})
    for office in ("us.state.secretary", "us.president"):
        drafted = letter(of, office=office, data=load(), on=on)
        said = [s for s in drafted.sentences() if s.authority == "us.fsa.907"]
        (ask,) = [
            s for s in said
            if s.kind == "request" and "Azerbaijan" in s.text and "60 days" not in s.text
        ]  # fmt: skip
        assert ask.text.startswith(begins)
        assert ask.text.endswith(ends)
        (told,) = [s.text for s in said if s.kind == "argument" and state in s.text]
        assert " June 2022" not in told
    keys = {a.key for a in asks(book(of, load(), on)) if a.authority == "us.fsa.907"}
    assert keys == {
        a.key for a in asks(book(of, load(), date(2024, 1, 15))) if a.authority == "us.fsa.907"
    }


def test_a_name_in_rows_of_several_lines_is_bound_to_each_of_them() -> None:
    spread = replace(VETTING, at="2-3, 7")
    of = case(FMF, LINES[1], vettings={"v.1": spread})
    (told,) = [s for s in letter(of).sentences() if "stands as" in s.text]
    assert told.text == (
        "Ninth Brigade stands as 9 BDE in rows 2-3, 7 of t.csv (report 2018_2019), as a person "
        "found: The decree gives both names. Of these, row 3 is in FMF, fiscal year 2017; row 2 is "
        "in FMF, fiscal year 2018; the others are in no line of the annex."
    )
    assert {b.claim for b in told.bindings} == {"c.f.fmf.18", "c.f.fmf.17"}
    nowhere = case(FMF, vettings={"v.1": replace(VETTING, at="99")})
    (told,) = [s for s in letter(nowhere).sentences() if "stands as" in s.text]
    assert told.text.endswith("None of these rows is in a line of the annex.")
    assert not told.bindings


def many(programs: int, years: range) -> list[Flow]:
    """A line for each agency and year; the first agencies are the largest."""
    return [
        flow(f"f.{n:02}.{year}", at=str(100 * n + year - 1900), agency=f"Agency {n:02}", year=year,
             vintage=f"{year}_{year + 1}", trainees=n + 1,
             amount=float(1_000_000 * (programs - n) + year))
        for n in range(programs)
        for year in years
    ]  # fmt: skip


def test_an_annex_that_no_page_holds_keeps_the_largest_lines_and_sums_the_others() -> None:
    drafted = letter(case(*many(40, range(2014, 2019))))
    (table,) = tables(drafted)
    assert height(annex(drafted), "us-letter") <= PAGE["us-letter"]
    *shown, smaller, together = grid(table)
    assert len(shown) > 3
    assert [row[0] for row in shown] == [f"FMF, Agency {n:02}" for n in range(len(shown))]
    assert smaller[0] == f"{40 - len(shown)} smaller, each in the notes"
    assert together[0] == "Together"
    rest, whole = (list(row[-1].sentences) for row in table.rows[-2:])
    assert len(rest[0].bindings) == 40 - len(shown)
    assert len(whole[0].bindings) == 40
    amount = sum(1_000_000 * (40 - n) + 2018 for n in range(len(shown), 40))
    assert smaller[-1].endswith(f"for ${amount:,}")


def test_older_years_that_no_page_holds_stand_in_the_notes() -> None:
    drafted = letter(case(*many(12, range(1999, 2019))))
    assert height(annex(drafted), "us-letter") <= PAGE["us-letter"]
    (said,) = [s for s in drafted.sentences() if "Not printed here" in s.text]
    assert "of the years 1999 to " in said.text
    shown = {
        b.claim
        for table in tables(drafted)
        for row in table.rows
        for cell in row
        for s in cell.sentences
        for b in s.bindings
    }
    assert said.text.startswith(f"Not printed here: {240 - len(shown)} lines stand in the notes")
    assert len(shown | {b.claim for b in said.bindings}) == 240


def test_what_counts_in_no_sum_is_never_folded_into_one() -> None:
    lines = many(40, range(2014, 2019))
    refused = replace(lines[-1], refused="The report disagrees.", printed=5.0)
    labels = [row[0] for row in grid(tables(letter(case(*lines[:-1], refused)))[0])]
    assert "FMF, Agency 39" in labels
    assert any("smaller" in label for label in labels)


def test_the_numbers_of_sentences_do_not_tell_how_often_an_annex_was_tried() -> None:
    numbers = [int(s.id[1:]) for s in letter(case(*many(40, range(2014, 2019)))).sentences()]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
