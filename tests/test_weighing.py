"""weigh --all and law try on the command line: what they print, their JSON, their refusals."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from gravamen.casefile import import_case
from gravamen.cli import main
from gravamen.findings import Side

ROOT = Path(__file__).parent.parent
ON = ("--on", "2026-11-25")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("worked") / "case"
    import_case(ROOT / "cases" / "alder-county" / "case.yaml", folder, actor="person:Ada")
    return str(folder)


def test_all_regimes_stand_side_by_side_for_each_party(worked: str) -> None:
    done = run("weigh", worked, "--all", *ON)
    assert done.exit_code == 0
    for name in ("United States", "United Kingdom", "European Union", "Canada", "Australia"):
        assert f"\n  {name}\n" in done.output
    assert max(map(len, done.output.splitlines())) <= 100
    told = " ".join(done.output.split())
    assert "run to 8 December 2026; 13 days are left, and a renewal was not found" in told


def test_the_answers_as_json_have_every_field_and_every_regime(worked: str) -> None:
    found = json.loads(run("weigh", worked, "--all", "--json", *ON).stdout)
    assert found["schema"] == "gravamen.reach/1"
    assert set(found["sides"][0]) == set(Side.__struct_fields__)
    asked = {s["authority"] for s in found["sides"]}
    assert asked == set(found["authorities"])
    assert {"us.eo13818", "uk.ghr2020", "eu.ghrsr", "ca.jvcfoa", "ca.sema"} <= asked
    persons = [p["id"] for p in found["parties"] if p["kind"] == "person"]
    units = {s["party"] for s in found["sides"] if s["authority"] == "us.leahy.state"}
    assert persons
    assert not units & set(persons)


@pytest.mark.parametrize("flags", [(), ("--all",)])
def test_a_day_after_the_end_of_a_regime_tells_so(worked: str, flags: tuple[str, ...]) -> None:
    done = run("weigh", worked, *flags, "--authority", "eu.ghrsr", "--on", "2026-12-09")
    assert done.exit_code == 0
    assert "ran to 8 December 2026; a renewal was not found" in " ".join(done.output.split())


def test_party_and_authority_narrow_both_views(worked: str) -> None:
    words = ("--party", "p.teresh", "--authority", "uk.ghr2020", "--json", *ON)
    sides = json.loads(run("weigh", worked, "--all", *words).stdout)["sides"]
    assert [(s["party"], s["authority"]) for s in sides] == [("p.teresh", "uk.ghr2020")]
    matrix = json.loads(run("weigh", worked, *words).stdout)
    assert {f["party"] for f in matrix["findings"]} == {"p.teresh"}
    assert {f["authority"] for f in matrix["findings"]} == {"uk.ghr2020"}


def test_a_regime_not_in_force_is_a_row_side_by_side_and_an_error_alone(worked: str) -> None:
    words = ("weigh", worked, "--authority", "uk.ghr2020", "--on", "2020-01-01")
    beside = run(*words, "--all")
    assert beside.exit_code == 0
    assert "was not in force on 1 January 2020" in beside.output
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("flags", [(), ("--all",)])
def test_unknown_ids_are_refused_by_name(worked: str, flags: tuple[str, ...]) -> None:
    party = run("weigh", worked, *flags, "--party", "p.nobody", *ON)
    assert (party.exit_code, "'p.nobody'" in party.stderr) == (2, True)
    law = run("weigh", worked, *flags, "--authority", "uk.ghr", *ON)
    assert (law.exit_code, "near ones are: uk.ghr2020" in law.stderr) == (2, True)


def test_the_page_holds_the_regimes_where_they_are_asked_for(worked: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("weigh", worked, "--all", "--html", str(page), *ON).exit_code == 0
    assert "Regimes side by side" in page.read_text("utf-8")
    assert run("weigh", worked, "--html", str(page), *ON).exit_code == 0
    assert "Regimes side by side" not in page.read_text("utf-8")


SCENARIO = """\
name: A guard who beat a journalist
on: 2024-03-01
facts:
  parties:
    guard: {kind: person, nationality: XS, shown_by: [passport]}
  acts:
    beating: {act: torture, on: 2023-02-04, perpetrators: [guard], said_by: [man]}
expect:
  regimes:
    guard:
      uk.ghr2020: "yes"
      us.glomag.act: "yes"
"""


def test_no_page_is_written_in_which_a_protected_name_stands(tmp_path: Path) -> None:
    folder = tmp_path / "written"
    shutil.copytree(ROOT / "cases" / "alder-county", folder)
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    [witness] = [p for p in yaml.safe_load(text)["parties"] if p.get("protected")]
    name = witness["names"][0]["text"]
    told = text.replace("{text: Ilvan Teresh}", f"{{text: Teresh of {name}}}", 1)
    assert told != text
    (folder / "case.yaml").write_text(told, encoding="utf-8")
    case, page = str(tmp_path / "case"), tmp_path / "x.html"
    import_case(folder / "case.yaml", case, actor="person:Ana")
    done = run("weigh", case, "--all", *ON, "--html", str(page))
    assert done.exit_code == 1 and "protected-name" in done.output
    assert name not in done.output and not page.exists()


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def test_a_scenario_is_judged_line_by_line(scenario: Path) -> None:
    done = run("law", "try", str(scenario))
    assert done.exit_code == 1
    assert "  holds  line 11: guard under uk.ghr2020: yes\n" in done.output
    assert "  FAILS  line 12: guard under us.glomag.act: expected yes; found lacks" in done.output
    assert done.output.endswith("2 expectations, 1 failed.\n")


def test_a_changed_fact_is_judged_anew(scenario: Path) -> None:
    told = SCENARIO.replace("said_by", "victims: [journalist], said_by")
    scenario.write_text(told, encoding="utf-8")
    done = run("law", "try", str(scenario))
    assert (done.exit_code, done.output.count("holds")) == (0, 2)


def test_all_that_the_law_finds_can_be_shown(scenario: Path) -> None:
    done = run("law", "try", str(scenario), "--show", "--all")
    assert "supported el.uk.right: single-source" in done.output
    assert "Ground that stands best" in done.output


def test_what_the_law_finds_is_shown_in_short_the_nearest_first(scenario: Path) -> None:
    scenario.write_text(SCENARIO.split("expect:")[0] + "expect: {}\n", encoding="utf-8")
    done = run("law", "try", str(scenario), "--show")
    lines = done.output.splitlines()
    assert done.exit_code == 0 and len(lines) < 50
    assert "  uk.ghr2020.responsible: supported el.uk.right, el.uk.responsible" in lines
    whole = [n for n, line in enumerate(lines) if ": supported" in line and "missing" not in line]
    lacking = [n for n, line in enumerate(lines) if "; missing" in line]
    assert whole and lacking and max(whole) < min(lacking)
    assert any(line.startswith("  regimes, yes: ") and "uk.ghr2020" in line for line in lines)
    assert lines[-1] == "Every gap and reason: --show --all."
    alone = run("law", "try", str(scenario), "--all")
    assert (alone.exit_code, "give both" in alone.stderr) == (2, True)


def test_an_element_that_is_expected_to_be_lacking_and_is_none_is_an_error(scenario: Path) -> None:
    told = SCENARIO.replace(
        'us.glomag.act: "yes"', "us.glomag.act: {answer: lacks, lacks: [el.vic]}"
    )
    scenario.write_text(told, encoding="utf-8")
    done = run("law", "try", str(scenario))
    assert done.exit_code == 2
    assert "mine.yaml:12: The law data hold no element 'el.vic'" in done.stderr
    assert "FAILS" not in done.output


def test_of_several_scenarios_those_that_fail_are_shown(scenario: Path) -> None:
    good = SCENARIO.replace('      us.glomag.act: "yes"\n', "")
    (scenario.parent / "good.yaml").write_text(good, encoding="utf-8")
    done = run("law", "try", str(scenario.parent))
    assert done.exit_code == 1
    assert "good.yaml" not in done.output
    assert "holds" not in done.output
    assert done.output.endswith("2 scenarios: 1 failed.\n")


def test_a_trial_as_json_has_the_line_and_both_sides(scenario: Path) -> None:
    done = run("law", "try", str(scenario), "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == "gravamen.law-try/1"
    [tried] = found["scenarios"]
    assert (tried["file"], tried["holds"], done.exit_code) == ("mine.yaml", False, 1)
    assert tried["outcomes"][0] == {
        "line": 11, "what": "guard under uk.ghr2020", "expected": "yes",
        "found": "yes (All 2 things that it requires are supported.)", "holds": True,
    }  # fmt: skip


def test_a_scenario_that_cannot_be_judged_names_the_line(scenario: Path) -> None:
    scenario.write_text(SCENARIO.replace("[guard]", "[gaurd]"), encoding="utf-8")
    done = run("law", "try", str(scenario))
    assert done.exit_code == 2
    assert "mine.yaml:7: The facts name no party 'gaurd'; the nearest is 'guard'." in done.stderr


def test_a_folder_without_scenarios_is_an_error(tmp_path: Path) -> None:
    done = run("law", "try", str(tmp_path))
    assert (done.exit_code, "holds no scenario" in done.stderr) == (2, True)
    assert run("law", "try", str(tmp_path / "none.yaml")).exit_code == 2
