"""The names of the package: each is that of its module, which is read once it is asked for."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import gravamen


def declared() -> dict[str, str]:
    """The names that `gravamen/__init__.py` declares, and the module of each."""
    tree = ast.parse(Path(gravamen.__file__).read_text("utf-8"))
    found = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module]
    return {
        name.name: str(node.module)
        for node in found
        for name in node.names
        if str(node.module).startswith("gravamen.")
    }


def test_every_name_of_the_package_is_that_of_its_module() -> None:
    assert sorted(declared()) == sorted(gravamen.__all__)
    for name, module in declared().items():
        assert getattr(gravamen, name) is getattr(import_module(module), name)
    assert set(gravamen.__all__) <= set(dir(gravamen))


def test_a_name_that_the_package_has_not_is_no_attribute_of_it() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'weight'"):
        gravamen.weight  # noqa: B018  # asking for it is the test
    with pytest.raises(ImportError, match="weight"):
        from gravamen import weight  # noqa: F401, PLC0415  # asking for it is the test


def test_the_command_line_starts_without_the_steps_that_no_command_has_asked_for() -> None:
    code = "import sys, gravamen.cli; print([m for m in sys.modules if m.startswith('gravamen.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    read = ast.literal_eval(done.stdout)
    steps = ("casefile", "checks", "instruments", "reading", "law")
    assert [m for m in read if m.split(".")[1] in steps] == []
