"""The worked case of the county, drafted once, and the command line that judges its files."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from gravamen.cli import main

COUNTY = Path(__file__).resolve().parents[2] / "cases" / "alder-county"


class Told(NamedTuple):
    """What a command answered: its exit code and all that it printed."""

    code: int
    words: str

    @property
    def line(self) -> str:
        """What was printed, on one line."""
        return " ".join(self.words.split())


def gravamen(*args: str | Path) -> Told:
    """Run a command in this process; a traceback fails the test."""
    done = CliRunner().invoke(main, [str(a) for a in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Told(done.exit_code, done.output)


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the worked case's package, with its record in `case`; not to be changed."""
    out = tmp_path_factory.mktemp("county")
    told = gravamen(
        "draft", COUNTY / "case.yaml", "--on", "2024-03-05", "--out", out, "--by", "A. Clerk"
    )
    assert told.code == 0, told.words
    return out


@pytest.fixture
def package(drafted: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(drafted, tmp_path / "package"))


@pytest.fixture(scope="session")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All dossiers of the county on its commander, with the record in `case`; not to be changed."""
    out = tmp_path_factory.mktemp("dossiers")
    told = gravamen(
        "draft", COUNTY / "case.yaml", "--on", "2024-03-05", "--out", out, "--by", "A. Clerk",
        "--dossier", "teresh", "--json",
    )  # fmt: skip
    assert told.code == 0, told.words
    (out / "draft.json").write_text(told.words)
    return out
