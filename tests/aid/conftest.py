"""Fixtures of the tests about assistance: the real tables, taken in once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gravamen import law as lawdata
from gravamen.aid.files.intake import take_in
from gravamen.editions import Editions

REAL_FILES = (
    "fmtr/training_rows.csv.xz",
    "foreignassistance/country_2022-10.csv",
    "foreignassistance/country_2023-03.csv",
    "foreignassistance/country_2023-10.csv",
    "foreignassistance/country_2025-04.csv",
)
TAKEN_IN = datetime(2026, 11, 26, 4, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def real_editions(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """A data folder with the five real tables; read it, and never write into it."""
    editions = Editions(tmp_path_factory.mktemp("reference-data"))
    for name in REAL_FILES:
        file = shared_data / "aid" / name
        if not file.is_file():
            pytest.skip(f"no {name} in the folder shared/data/aid: the real tables are not here")
        take_in(file, editions, lawdata.load(), at=TAKEN_IN)
    return editions
