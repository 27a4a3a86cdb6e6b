"""Fixtures that several test files share: real data beside the project, where there is any."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder `shared/data` beside a folder above this project; tests skip where it is not."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / "data").is_dir():
            return folder / "shared" / "data"
    pytest.skip("no folder shared/data beside the project: the real documents are not here")
