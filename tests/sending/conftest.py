"""One signed case for all tests of sending; each test that changes it works on a copy."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gravamen.casefile import CaseFile
from gravamen.sending import dispatchable
from gravamen.signing.validate import examine
from tests.sending.building import signed


@pytest.fixture(scope="session", autouse=True)
def examined_once() -> Iterator[None]:
    """To look through the signatures of a file takes seconds; of each file it is done once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dispatchable, "examine", cache(examine))
        yield


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CaseFile:
    """The signed case; not to be changed."""
    return signed(tmp_path_factory.mktemp("signed") / "case")


@pytest.fixture
def folder(kept: CaseFile, tmp_path: Path) -> Path:
    """A copy of the signed case, to be changed."""
    return Path(shutil.copytree(kept.path, tmp_path / "case"))
