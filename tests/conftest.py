"""Fixtures that several test files share: real data beside the project, where there is any."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_data_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees what the person who runs the tests has in a data folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GRAVAMEN_DATA", str(tmp_path_factory.mktemp("no-data")))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder `shared/data` beside a folder above this project; tests skip where it is not."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / "data").is_dir():
            return folder / "shared" / "data"
    pytest.skip("no folder shared/data beside the project: the real documents are not here")
