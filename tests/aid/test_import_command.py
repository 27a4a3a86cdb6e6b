"""gravamen aid import, gravamen aid list: what a person gives and what is said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gravamen.cli import main
from gravamen.editions import Editions

TABLE = (
    "Country Code,Country Name,Transaction Type ID,Transaction Type Name,Fiscal Year,"
    "current_amount\nARM,Armenia,2,Obligations,2020,1000\n"
)


def run(*words: str | Path, data: Path) -> Result:
    return CliRunner().invoke(main, ["aid", *(str(w) for w in words), "--data", str(data)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "country_2025-04.csv"
    made.write_text(TABLE)
    return made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_what_is_taken_in_is_said_with_the_way_to_undo_it(file: Path, data: Path) -> None:
    result = run("import", file, data=data)
    assert result.exit_code == 0, result.output
    assert "country_2025-04.csv: taken in as aid/foreignassistance/2025-04/" in result.stdout
    assert "(1 row)" in result.stdout
    assert f"To undo: remove the folder {data}" in " ".join(result.stdout.split())
    assert result.stderr == ""


def test_a_second_time_nothing_changes(file: Path, data: Path) -> None:
    run("import", file, data=data)
    result = run("import", file, data=data)
    assert result.exit_code == 0
    assert "already on hand as" in result.stdout
    assert len(Editions(data).all("aid")) == 1


def test_a_file_that_fails_is_told_and_the_others_go_on(
    file: Path, data: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad_2025-01.csv"
    bad.write_text(TABLE.replace("2020", "FY20"))
    result = run("import", bad, tmp_path / "none.csv", file, data=data)
    assert result.exit_code == 2
    assert "bad_2025-01.csv: column 'Fiscal Year': row 2: 'FY20'" in result.stderr
    assert "none.csv: No such file or directory" in result.stderr
    assert [e.file for e in Editions(data).all("aid")] == ["country_2025-04.csv"]


def test_the_object_says_what_became_of_each_file(file: Path, data: Path, tmp_path: Path) -> None:
    result = run("import", file, tmp_path / "none.csv", "--json", data=data)
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert told["schema"] == "gravamen.aid.import/1"
    assert [(f["file"], f["state"]) for f in told["files"]] == [
        (str(file), "taken-in"),
        (str(tmp_path / "none.csv"), "failed"),
    ]
    assert told["files"][0]["rows"] == 1
    assert told["files"][1]["error"].endswith("No such file or directory.")


def test_a_call_without_a_file_says_what_to_name(data: Path) -> None:
    result = run("import", data=data)
    assert result.exit_code == 2
    assert "Name a FILE" in result.stderr


def test_nothing_on_hand_is_said_with_the_next_step(data: Path) -> None:
    assert "gravamen aid import FILE" in " ".join(run("list", data=data).stdout.split())
    result = run("import", "--check", data=data)
    assert result.exit_code == 2
    assert "take one in with gravamen aid import FILE" in result.stderr


def test_progress_is_told_where_it_is_asked_for(file: Path, data: Path) -> None:
    said = run("import", file, "--progress", data=data).stderr.splitlines()
    assert said[0] == "country_2025-04.csv: reading 100%"
    assert said[-1].startswith("country_2025-04.csv: ")


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n"])
def test_a_delimiter_is_one_character(file: Path, data: Path, delimiter: str) -> None:
    result = run("import", file, "--delimiter", delimiter, data=data)
    assert result.exit_code == 2
    assert "cannot divide columns" in result.stderr


def test_tabs_are_given_by_name(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "country_2025-04.tsv"
    file.write_text(TABLE.replace(",", "\t"))
    assert run("import", file, "--delimiter", "TAB", data=data).exit_code == 0


def test_the_data_folder_may_stand_in_the_environment(file: Path, data: Path) -> None:
    result = CliRunner().invoke(
        main, ["aid", "import", str(file)], env={"GRAVAMEN_DATA": str(data)}
    )
    assert result.exit_code == 0
    assert len(Editions(data).all("aid")) == 1


def test_the_list_names_each_edition_what_is_refused_and_how_to_remove_it(
    real_editions: Editions,
) -> None:
    result = run("list", data=real_editions.folder)
    said = " ".join(result.stdout.split())
    assert "vintage 1999_2000--2020_2021: training_rows.csv.xz, 253,461 rows" in said
    assert "2009_2010: REFUSED for sums: 339 of 634 programs disagree" in said
    assert "5 editions in" in said
    assert "To remove one, delete its folder" in said


def test_the_list_as_an_object(real_editions: Editions) -> None:
    told = json.loads(run("list", "--json", data=real_editions.folder).stdout)
    assert told["schema"] == "gravamen.aid.list/1"
    found = {(e["dataset"], e["vintage"]): e for e in told["editions"]}
    assert len(found) == 5
    training = found["fmtr", "1999_2000--2020_2021"]
    assert [r["report"] for r in training["refused"]] == ["2009_2010", "2019_2020"]


def test_the_check_prints_the_table_of_all_reports(real_editions: Editions) -> None:
    result = run("import", "--check", data=real_editions.folder)
    assert result.exit_code == 0, result.output
    found = [line.split()[:4] for line in result.stdout.splitlines()]
    assert ["2008_2009", "605", "605", "0"] in found
    assert ["2009_2010", "634", "295", "339"] in found
    assert ["2019_2020", "771", "770", "1"] in found
    assert ["1999_2000", "-", "-", "-"] in found
    assert max(len(line) for line in result.stdout.splitlines()) <= 100


def test_the_check_as_an_object(real_editions: Editions) -> None:
    told = json.loads(run("import", "--check", "--json", data=real_editions.folder).stdout)
    assert told["schema"] == "gravamen.aid.check/1"
    found = {r["report"]: r for r in told["reports"] if r["dataset"] == "fmtr"}
    assert len(found) == 21
    assert [name for name, r in found.items() if r["refused"]] == ["2009_2010"]
    refused = found["2009_2010"]
    assert (refused["programs"], refused["agree"], refused["differ"]) == (634, 295, 339)
    assert refused["file"] == "training_rows.csv.xz"
    (angola,) = found["2019_2020"]["differing"]
    assert (angola["rows_sum"], angola["printed"]) == (948_284, 756_741)


def test_the_check_of_files_is_of_these_alone(file: Path, data: Path, tmp_path: Path) -> None:
    run("import", file, data=data)
    other = tmp_path / "country_2024-01.csv"
    other.write_text(TABLE.replace("1000", "7"))
    told = json.loads(run("import", other, "--check", "--json", data=data).stdout)
    assert [r["file"] for r in told["reports"]] == ["country_2024-01.csv"]
