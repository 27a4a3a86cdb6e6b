"""The manual: names every command, check and law; its links lead somewhere; no number is bare."""

import re
import shlex
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner

import gravamen
from gravamen.case import Case, Requester
from gravamen.casefile.documents import Document
from gravamen.checks import CHECKS
from gravamen.claims import Mode
from gravamen.cli import main
from gravamen.instruments.manifest import Stated
from gravamen.instruments.verify import Verification
from gravamen.law import load
from gravamen.reading.proposal import Read, Reading
from gravamen.sentences import Binding
from gravamen.sources.source import Passage, Source
from gravamen.vocabulary import Act, Measure, RoleKind, VictimKind

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
REFERENCE = ROOT / "docs" / "reference"


def names(group: click.Group) -> list[str]:
    found, context = [], click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
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


def test_the_ten_lines_of_the_readme_run_as_they_stand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    part = (ROOT / "README.md").read_text("utf-8").split("## Ten lines")[1]
    lines = [shlex.split(line, comments=True) for line in part.split("```")[1].strip().split("\n")]

    calls = [line[1:] for line in lines if line[0] == "gravamen"]
    assert (len(lines), len(calls)) == (10, 8)
    for call in calls:
        done = CliRunner().invoke(main, call)
        assert done.exit_code == 0, (call, done.output)
    assert {p.name for p in tmp_path.iterdir()} == {"cases", "out"}
    assert len({c[c.index("--on") + 1] for c in calls if "--on" in c}) == 1


def test_the_manual_says_what_a_written_case_may_say():
    page = (ROOT / "docs" / "how-to" / "write-a-case.md").read_text("utf-8")

    words = [w for kind in (Act, Measure, RoleKind, VictimKind, Mode) for w in get_args(kind)]
    words += [*load().bodies, *Requester.__struct_fields__]
    assert [w for w in words if f"`{w}`" not in page] == []


def test_the_manual_names_every_key_of_what_show_draft_and_verify_print():
    page = (REFERENCE / "commands.md").read_text("utf-8")
    kinds = (Case, Source, Passage, Verification, Stated, Binding, Reading, Read, Document)
    fields = {f for kind in kinds for f in kind.__struct_fields__}
    own = {*Source.__struct_fields__} - {"id", "sha256", "name", "media_type", "size", "notices"}

    # What else is known of a source stands with the keys of a written case; these are renamed.
    named = {*re.findall(r"\w+", page)}
    assert sorted(fields - own - {"record"} - named) == []


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
