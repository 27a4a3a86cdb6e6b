"""The manual: names every command, check and law; its links lead somewhere; no number is bare."""

import re
from pathlib import Path

import click
import pytest

import gravamen
from gravamen.checks import CHECKS
from gravamen.cli import main
from gravamen.law import load

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
REFERENCE = ROOT / "docs" / "reference"


def names(group: click.Group) -> list[str]:
    found = []
    for name, command in group.commands.items():
        inner = names(command) if isinstance(command, click.Group) else [""]
        found += [f"{name} {i}".strip() for i in inner]
    return found


def test_the_manual_mentions_every_command():
    page = (REFERENCE / "commands.md").read_text("utf-8")

    assert [n for n in names(main) if f"{n} " not in page and f"{n}`" not in page] == []


def test_the_manual_mentions_every_check():
    page = (REFERENCE / "checks.md").read_text("utf-8")

    assert [c.id for c in CHECKS if f"`{c.id}`" not in page] == []


def test_the_manual_mentions_every_law_office_and_clock():
    page = (REFERENCE / "law.md").read_text("utf-8")
    law = load()

    ids = [*law.authorities, *law.offices, *law.clocks]
    assert [i for i in ids if i not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_the_readme_fits_one_screen():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 50


def test_the_worked_example_of_the_library_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    lines = (gravamen.__doc__ or "").splitlines()
    example = "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))

    exec(compile(example, "gravamen/__init__.py", "exec"), {})

    assert "el.shra_act contested" in capsys.readouterr().out
    assert (tmp_path / "out" / "motion.pdf").read_bytes().startswith(b"%PDF")


def test_all_names_of_the_public_face_are_there():
    assert [name for name in gravamen.__all__ if not hasattr(gravamen, name)] == []
