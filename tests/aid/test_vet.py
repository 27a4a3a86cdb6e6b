"""aid vet: names on file beside the units of a case; a miss clears nobody, a person decides."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from handmade import keep

from gravamen.aid.account.lines import connection
from gravamen.aid.extract.parts import found_as
from gravamen.aid.line import Row
from gravamen.aid.units.recipients import recipients
from gravamen.aid.units.vetting import vet
from gravamen.casefile import CaseFile, import_case
from gravamen.cli import main
from gravamen.editions import Edition, Editions

DAY = "2024-01-15"
CASE = """\
schema: gravamen.case/1
id: torvela
title: The quay
parties:
  - {id: p.torvela, kind: government, names: [{text: Torvela}], country: XT}
  - id: p.navy
    kind: unit
    names: [{text: Navy Unit 600}, {text: 600 saylı hərbi hissə, lang: az-Latn, kind: alias}]
    country: XT
  - {id: p.flyers, kind: unit, names: [{text: Air Force Unit 999}], country: XT}
  - {id: p.army, kind: unit, names: [{text: Army Unit}], country: XT}
  - {id: p.elsewhere, kind: unit, names: [{text: 4th Guard Battalion}], country: XU}
  - {id: p.nowhere, kind: unit, names: [{text: 4th Guard Battalion}]}
  - id: p.hidden
    kind: unit
    names: [{text: "Army Unit # 470"}]
    country: XT
    protected: true
    pseudonym: a unit of the army
  - {id: p.ministry, kind: body, names: [{text: Ministry of Defence of Torvela}], country: XT}
  - {id: p.watch, kind: body, names: [{text: the Harbour Watch}]}
"""


def row(number: int, unit: str | None, **others: object) -> Row:
    fields = {"vintage": "2018_2019", "year": 2018, "program": "FMF", "trainees": 1, "kind": "cost"}
    return Row(row=number, country="XT", place="Torvela", unit=unit, **(fields | others))


ROWS = (
    row(2, "Navy Unit # 600", trainees=3),
    row(3, "Navy Unit # 600", program="IMET-1"),
    row(4, "NAVY UNIT #600", vintage="2019_2020", year=2019),
    row(5, "Naval Commando Unit 600"),
    row(6, "Navy Unit # 601"),
    row(7, "Army Unit"),
    row(8, "Army Unit"),
    row(9, "Army Unit # 470"),
    row(10, ""),
    row(11, None),
    row(12, "Navy Unit # 600", total=True),
    row(13, "MOD", trainees=None),
    row(14, "Navy Unit #600", vintage="2022_2023", year=2022),
    Row(row=15, country="XV", place="Ostrava", vintage="2018_2019", unit="Navy Unit # 600"),
)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    made = Editions(tmp_path / "data")
    keep(made, ROWS, dataset="fmtr", vintage="2018_2019--2022_2023", file="rows.csv")
    return made


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    import_case(tmp_path / "case.yaml", tmp_path / "case", actor="person:Ada")
    return tmp_path / "case"


def run(case: Path, editions: Editions, *words: str, on: str = DAY) -> Result:
    called = ["aid", "vet", str(case), "--data", str(editions.folder), "--on", on, *words]
    return CliRunner().invoke(main, called)


def plain(result: Result) -> str:
    return " ".join(result.output.split())


def unit(result: Result, id: str) -> dict:
    assert result.exit_code == 0, result.output
    return next(u for u in json.loads(result.output)["units"] if u["unit"] == id)


def decide(case: Path, editions: Editions, same: str, *, on: str = DAY, **others: str) -> Result:
    given = {"unit": "p.navy", "name": "Navy Unit # 600", "why": "The decree says so."} | others
    words = [word for key, value in given.items() for word in (f"--{key}", value)]
    return run(case, editions, *words, "--same", same, "--by", "Ada Lorn", on=on)


def keep_list(editions: Editions, names: list[tuple[int, str, str | None]]) -> None:
    edition = Edition(
        subject="lists", dataset="list-navy", vintage="2023-05", file="navy.csv", sha256="ab" * 32,
        size=1, rows=len(names), columns=("name",), taken_in="2026-11-26T04:30:00Z", by="tests",
    )  # fmt: skip
    with editions.adding() as made, closing(connection()) as con:
        con.execute("create table names (row bigint, name varchar, country varchar)")
        con.executemany("insert into names values (?, ?, ?)", [list(n) for n in names])
        con.execute(f"copy names to '{made / 'names.parquet'}' (format parquet)")
        editions.keep(edition, made)


def test_the_names_on_file_are_found_with_their_rows_years_and_programs(editions):
    found = {r.name: r for r in recipients(editions, "XT", on=date(2024, 1, 15))}

    navy = found["Navy Unit # 600"]
    assert (navy.rows, navy.trainees, navy.at) == (2, 4, "2-3")
    assert (navy.years, navy.programs) == ((2018,), ("FMF", "IMET-1"))
    assert (navy.file, navy.vintage, navy.kind) == ("rows.csv", "2018_2019", "training")
    assert found["MOD"].trainees is None
    assert "" not in found


def test_a_report_that_came_after_the_day_is_left_out(editions):
    before = {r.name for r in recipients(editions, "XT", on=date(2024, 1, 1))}
    early = {r.name for r in recipients(editions, "XT", on=date(2020, 6, 1))}

    assert "Navy Unit #600" in before
    assert "Navy Unit #600" not in early
    assert "NAVY UNIT #600" not in early
    assert "Navy Unit # 600" in early


def test_matches_come_first_and_a_different_number_is_no_candidate(case, editions):
    found = unit(run(case, editions, "--json"), "p.navy")

    assert [(c["name"], c["verdict"]) for c in found["candidates"]] == [
        ("Navy Unit # 600", "match"),
        ("NAVY UNIT #600", "match"),
        ("Navy Unit #600", "match"),
        ("Naval Commando Unit 600", "possible"),
    ]
    first = found["candidates"][0]
    assert first == {
        "name": "Navy Unit # 600",
        "verdict": "match",
        "why": ["Same number: unit 600.", "Same words: navy."],
        "rows": 2,
        "trainees": 4,
        "years": [2018],
        "programs": ["FMF", "IMET-1"],
        "kind": "training",
        "file": "rows.csv",
        "vintage": "2018_2019",
        "at": "2-3",
        "decision": None,
    }


def test_the_json_says_what_was_looked_at(case, editions):
    result = run(case, editions, "--json")
    found = unit(result, "p.navy")

    assert json.loads(result.output)["schema"] == "gravamen.aid.vet/1"
    assert json.loads(result.output)["on"] == DAY
    assert (found["names"], found["rows"], found["as_of"]) == (8, 10, DAY)
    assert (found["not_vettable"], found["not_vettable_rows"]) == (1, 2)


def test_a_miss_says_how_much_was_looked_at_and_never_clears(case, editions):
    result = run(case, editions)

    assert (
        "No match in 8 names of 10 rows for XT (rows.csv, reports FY2018 to FY2022 except "
        "2020_2021, 2021_2022, not on hand), as of "
        "2024-01-15. 1 of these names tells no unit from another (2 rows)." in plain(result)
    )
    assert "clear" not in result.output.casefold()


CIVIL = (
    row(2, "Navy Unit # 600"),
    row(3, "Army"),
    row(4, "Ministry of Health"),
    row(5, "Ministry of Health"),
    row(6, "Parliament"),
    row(7, "United States Central Command"),
)


def test_civil_bodies_and_those_of_the_united_states_are_counted_apart(case, tmp_path):
    made = Editions(tmp_path / "civil")
    keep(made, CIVIL, dataset="fmtr", vintage="2018_2019", file="rows.csv")
    found = unit(run(case, made, "--json"), "p.flyers")

    assert (found["names"], found["not_vettable"], found["not_vettable_rows"]) == (5, 4, 5)
    assert found["not_vettable_why"] == [
        {"why": "names no unit", "names": 1, "rows": 1},
        {"why": "a body of the United States", "names": 1, "rows": 1},
        {"why": "a civil body", "names": 2, "rows": 3},
    ]
    assert found["sentence"].endswith(
        "1 of these names tells no unit from another (1 row). 1 names a body of the United States "
        "(1 row). 2 name civil bodies, which are no units of a security force (3 rows)."
    )


def test_a_civil_body_of_the_case_is_told_to_be_one(tmp_path):
    text = CASE.replace("Ministry of Defence of Torvela", "Ministry of Health of Torvela")
    (tmp_path / "health.yaml").write_text(text, "utf-8")
    made = import_case(tmp_path / "health.yaml", tmp_path / "health", actor="person:Ada")
    editions = Editions(tmp_path / "civil")
    keep(editions, CIVIL, dataset="fmtr", vintage="2018_2019", file="rows.csv")

    (found,) = vet(made.case(), editions, on=date(2024, 1, 15), unit="p.ministry")
    assert found.sentence.endswith("By its own name it is a civil body.")
    (candidate,) = found.candidates
    assert candidate.recipient.name == "Ministry of Health"
    assert candidate.match.why[-1] == (
        "By its name it is a civil body, and no unit of a foreign security force."
    )


def test_a_unit_whose_own_name_tells_nothing_is_not_compared(case, editions):
    found = unit(run(case, editions, "--json"), "p.army")

    assert found["candidates"] == []
    assert found["sentence"].startswith("None of its names in the case tells it from other units")


def test_a_country_that_no_file_holds_is_said(case, editions):
    result = run(case, editions, "--json")

    assert unit(result, "p.elsewhere")["sentence"] == (
        "The files on hand name no unit of XU, as of 2024-01-15."
    )
    assert unit(result, "p.nowhere")["sentence"] == (
        "The case gives it no country, so that it could be looked for nowhere."
    )


def test_bodies_with_a_country_are_looked_for_and_others_are_not(case, editions):
    result = run(case, editions, "--json")

    units = [u["unit"] for u in json.loads(result.output)["units"]]
    assert "p.ministry" in units
    assert "p.watch" not in units
    assert "p.torvela" not in units


def test_a_protected_unit_is_counted_and_its_name_stands_nowhere(case, editions):
    for words in ((), ("--json",)):
        result = run(case, editions, "--unit", "p.hidden", *words)
        assert result.exit_code == 0, result.output
        assert "470" not in result.output
        assert "a unit of the army" in result.output
    assert "1 match in 8 names" in plain(run(case, editions, "--unit", "p.hidden"))

    refused = decide(case, editions, "yes", unit="p.hidden", name="Army Unit # 470")
    assert refused.exit_code == 2
    assert "is protected" in refused.output
    assert CaseFile.open(case).case().vettings == {}


def test_a_decision_is_recorded_by_a_person_and_shown_in_the_next_run(case, editions):
    done = decide(case, editions, "yes")

    assert done.exit_code == 0, done.output
    state = CaseFile.open(case).case()
    (vetting,) = state.vettings.values()
    assert (vetting.unit, vetting.name, vetting.same) == ("p.navy", "Navy Unit # 600", "yes")
    assert (vetting.file, vetting.vintage, vetting.at) == ("rows.csv", "2018_2019", "2-3")
    assert (vetting.why, vetting.on) == ("The decree says so.", DAY)
    assert [h.header.actor for h in CaseFile.open(case).entries()][-1] == "person:Ada Lorn"
    assert found_as(state, "p.navy") == (vetting,)
    shown = unit(run(case, editions, "--json"), "p.navy")["candidates"][0]
    assert shown["decision"]["same"] == "yes"
    assert "Decided: the same unit. The decree says so." in plain(run(case, editions))


def test_deciding_again_replaces_the_decision(case, editions):
    decide(case, editions, "yes")
    decide(case, editions, "no", why="The decree was another.")

    state = CaseFile.open(case).case()
    assert [v.same for v in state.vettings.values()] == ["no"]
    assert found_as(state, "p.navy") == ()


def decisions(case: Path, editions: Editions, name: str) -> dict[tuple[str, str], str | None]:
    """What is shown as decided of a name for the navy, by kind and file."""
    shown = unit(run(case, editions, "--json"), "p.navy")["candidates"]
    return {
        (c["kind"], c["file"]): c["decision"]
        and f"{c['decision']['file']}: {c['decision']['same']}"
        for c in shown
        if c["name"] == name
    }


def test_each_file_and_list_shows_what_was_decided_of_it(case, editions):
    name = "Navy Unit # 600"
    more = [row(2, name, vintage="2019_2020", year=2019)]
    keep(editions, more, dataset="fmtr", vintage="2019_2020", file="more.csv")
    keep_list(editions, [(2, name, "XT")])
    decide(case, editions, "yes")
    decide(case, editions, "no", on="2020-06-01")

    assert decisions(case, editions, name) == {
        ("training", "rows.csv"): "rows.csv: no",
        ("training", "more.csv"): "more.csv: yes",
        ("list", "navy.csv"): "navy.csv: yes",
    }


def test_a_file_that_came_after_shows_what_was_decided_of_another_and_a_list_does_not(
    case, editions
):
    name = "Navy Unit # 600"
    decide(case, editions, "yes")
    more = [row(2, name, vintage="2019_2020", year=2019)]
    keep(editions, more, dataset="fmtr", vintage="2019_2020", file="more.csv")
    keep_list(editions, [(2, name, "XT")])

    assert decisions(case, editions, name) == {
        ("training", "rows.csv"): "rows.csv: yes",
        ("training", "more.csv"): "rows.csv: yes",
        ("list", "navy.csv"): None,
    }
    assert plain(run(case, editions)).count("Decided, of rows.csv: the same unit.") == 1


def test_a_rejected_decision_is_not_shown(case, editions):
    decide(case, editions, "yes")
    (id,) = CaseFile.open(case).case().vettings
    taken = CliRunner().invoke(main, ["judge", str(case), id, "--verdict", "rejected"])

    assert taken.exit_code == 0, taken.output
    assert unit(run(case, editions, "--json"), "p.navy")["candidates"][0]["decision"] is None
    again = decide(case, editions, "yes")
    assert "A person rejected it before, and that stands" in plain(again)


def test_a_person_may_decide_on_a_name_that_the_program_holds_apart(case, editions):
    decide(case, editions, "yes", name="Navy Unit # 601", why="Renumbered in 2019.")

    last = unit(run(case, editions, "--json"), "p.navy")["candidates"][-1]
    assert (last["name"], last["verdict"], last["decision"]["same"]) == (
        "Navy Unit # 601",
        "no",
        "yes",
    )


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"name": "navy unit # 600"}, "prints 'navy unit # 600'"),
        ({"name": "Army Unit"}, "names no unit that can be told from another"),
        ({"unit": "p.nobody"}, "There is no unit or body 'p.nobody'"),
        ({"unit": "p.watch"}, "There is no unit or body 'p.watch'"),
        ({"why": "  "}, "A decision needs"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_recorded(case, editions, others, words):
    done = decide(case, editions, "yes", **others)

    assert done.exit_code == 2
    assert words in plain(done)
    assert CaseFile.open(case).case().vettings == {}


def test_a_name_misspelled_is_answered_with_the_one_on_file(case, editions):
    assert "Near it: 'NAVY UNIT #600'" in plain(
        decide(case, editions, "yes", name="navy unit #600")
    )


def test_half_a_decision_is_refused(case, editions):
    done = run(case, editions, "--unit", "p.navy", "--same", "yes")

    assert done.exit_code == 2
    assert "A decision needs --unit ID" in plain(done)


def test_an_empty_data_folder_is_said_with_the_remedy(case, tmp_path):
    done = run(case, Editions(tmp_path / "none"))

    assert done.exit_code == 2
    assert "gravamen aid import FILE" in plain(done)


def test_a_list_is_looked_at_too_and_names_its_vintage(case, editions):
    keep_list(
        editions, [(2, "Navy Unit 600", "XT"), (3, "Navy Unit No. 600", None), (4, "x", "XU")]
    )
    found = unit(run(case, editions, "--json"), "p.navy")

    listed = [(c["name"], c["verdict"]) for c in found["candidates"] if c["kind"] == "list"]
    assert listed == [("Navy Unit 600", "match"), ("Navy Unit No. 600", "match")]
    assert "navy.csv, list of 2023-05" in found["sentence"]
    decide(case, editions, "yes", name="Navy Unit 600")
    state = CaseFile.open(case).case()
    assert [v.kind for v in state.vettings.values()] == ["list"]
    assert found_as(state, "p.navy") == ()
    early = unit(run(case, editions, "--json", on="2023-01-01"), "p.navy")
    assert "navy.csv" not in early["sentence"]


def test_a_name_of_another_country_in_the_row_is_possible_at_most(tmp_path, editions):
    text = CASE.replace("country: XT", "country: AM").replace("Defence of Torvela", "Defence")
    (tmp_path / "am.yaml").write_text(text, "utf-8")
    made = import_case(tmp_path / "am.yaml", tmp_path / "am", actor="person:Ada")
    rows = [
        Row(row=2, country="AM", place="Armenia", vintage="2018_2019", unit="Ministry of Defense"),
        Row(row=3, country="AM", place="Armenia", vintage="2018_2019", unit="Georgia, MOD"),
    ]
    keep(editions, rows, dataset="fmtr", vintage="2018_2019")

    (found,) = vet(made.case(), editions, on=date(2024, 1, 15), unit="p.ministry")
    assert [(c.recipient.name, c.match.verdict) for c in found.candidates] == [
        ("Ministry of Defense", "match"),
        ("Georgia, MOD", "possible"),
    ]
    assert found.candidates[1].match.why[-1] == "It names another country: GE."


def test_every_spelling_of_one_real_unit_is_found_and_no_other_number(real_editions):
    found = recipients(real_editions, "AZ", on=date(2024, 1, 15))
    names = {r.name for r in found}

    assert {"Unit # 877, OCC Battalion", "Unit #877, OCC BN", "Air Force Unit # 843"} <= names
    assert sum(r.rows for r in found if r.name == "Seargents Academy") == 398
    assert sum(r.rows for r in found if r.name == "Sergeants Academy") == 236
