"""Editions: a copy of a table is there whole or not, and is never written over."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from gravamen.editions import Edition, EditionError, Editions

EDITION = Edition(
    subject="aid",
    dataset="kites",
    vintage="2025-04",
    file="kites_2025-04.csv",
    sha256="ab" * 32,
    size=10,
    rows=1,
    columns=("a",),
    taken_in="2026-11-26T04:30:00Z",
    by="gravamen 0.1.0",
)


def keep(editions: Editions, edition: Edition, text: str = "x") -> Path:
    with editions.adding() as made:
        (made / "rows.txt").write_text(text)
        return editions.keep(edition, made)


def test_an_edition_is_found_under_its_id_and_by_its_bytes(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "data")
    place = keep(editions, EDITION)
    assert place == tmp_path / "data/aid/kites/2025-04/abababababab"
    assert (place / "rows.txt").read_text() == "x"
    assert editions.all("aid") == (EDITION,)
    assert editions.all("aid", "swans") == editions.all("lists") == ()
    assert editions.holding("ab" * 32) == EDITION
    assert editions.holding("ab" * 31 + "cd") is None


def test_a_folder_that_does_not_exist_holds_nothing_and_is_not_made(tmp_path: Path) -> None:
    editions = Editions(tmp_path / "none")
    assert editions.all("aid") == ()
    assert editions.holding("ab" * 32) is None
    assert not (tmp_path / "none").exists()


def test_vintages_of_a_table_lie_side_by_side(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    later = replace(EDITION, vintage="2025-10", sha256="cd" * 32)
    keep(editions, later)
    keep(editions, EDITION)
    assert editions.all("aid") == (EDITION, later)


def test_an_edition_is_never_written_over(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    place = keep(editions, EDITION, "first")
    with pytest.raises(EditionError, match="is there already"):
        keep(editions, EDITION, "second")
    assert (place / "rows.txt").read_text() == "first"
    assert list(tmp_path.glob(".adding-*")) == []


def test_what_fails_while_it_is_made_leaves_nothing(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    with pytest.raises(RuntimeError), editions.adding() as made:
        (made / "rows.txt").write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("vintage", ["", "..", "../x", "a/b", ".hidden", "2025 04", "x" * 81, "é"])
def test_a_vintage_cannot_name_another_place(tmp_path: Path, vintage: str) -> None:
    editions = Editions(tmp_path / "data")
    with pytest.raises(EditionError, match="cannot name an edition"):
        keep(editions, replace(EDITION, vintage=vintage))
    assert [p.name for p in tmp_path.rglob("*")] == ["data"]


def test_what_a_killed_program_left_is_swept_away_and_what_another_makes_is_not(
    tmp_path: Path,
) -> None:
    editions = Editions(tmp_path)
    left = tmp_path / ".adding-left"
    left.mkdir()
    (left / "rows.txt").write_text("half")
    with editions.adding() as one, editions.adding() as other:
        assert not left.exists()
        assert one.is_dir()
        assert other.is_dir()


def test_a_description_that_is_none_is_named_with_the_remedy(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    place = keep(editions, EDITION)
    (place / "edition.json").write_text('{"subject": 3}')
    with pytest.raises(EditionError, match=r"edition\.json: This is no description .*import"):
        editions.all("aid")


def test_an_edition_in_the_place_of_another_is_refused(tmp_path: Path) -> None:
    editions = Editions(tmp_path)
    place = keep(editions, EDITION)
    place.rename(place.parent / "cdcdcdcdcdcd")
    with pytest.raises(EditionError, match="belongs elsewhere"):
        editions.all("aid")


@pytest.mark.parametrize("name", ["data*", "data[1]", "da?ta"])
def test_a_folder_whose_name_stands_for_others_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EditionError, match="can have no"):
        Editions(tmp_path / name)
