"""Tests over the gold set: no kind falls under the figures that it once had.

The set and its scorer lie beside the project, so that whoever judges the reader does not use the
copy of whoever wrote it. The floors lie a little under what was measured.
"""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from gravamen.law import load
from gravamen.reading.read import read

FLOORS = {
    "date": {"f1": 0.98, "right edtf": 0.98},
    "quantity": {"f1": 0.97, "right value": 0.98, "right bound": 0.97, "right unit": 0.97},
    "legal_reference": {"f1": 0.97, "right authority": 0.98},
    "characterisation": {"f1": 0.97},
    "attribution": {"f1": 0.93, "right speaker": 0.97, "right stance": 0.96,
                    "right relayed_by": 0.96, "right mode": 0.92},
    "request": {"f1": 0.95, "right measure": 0.98, "right target": 0.98, "right addressees": 0.98},
    "allegation": {"f1": 0.9, "right act": 0.95, "right perpetrator": 0.9, "right victim": 0.85,
                   "right modality": 0.97, "right voice": 0.92},
    "name": {"f1": 0.97, "right kind": 0.98},
}  # fmt: skip


@pytest.fixture(scope="module")
def figures(shared_data: Path, tmp_path_factory: pytest.TempPathFactory):
    """What the scorer says of this reader, by kind."""
    gold, scorer = shared_data / "reading", shared_data.parent / "tools" / "score_reading.py"
    if not gold.is_dir() or not scorer.is_file():
        pytest.skip(f"no gold set or no scorer beside the project ({gold}, {scorer})")
    out = tmp_path_factory.mktemp("read")
    law = load()
    for path in sorted(gold.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        on = json.loads(path.read_text("utf-8"))["source"]["reference_date"]
        texts = (gold / "texts", shared_data / "founding-text")
        text = next(t for folder in texts if (t := folder / f"{name}.txt").is_file())
        reading = read(
            text.read_bytes().decode("utf-8"),
            reference_date=date.fromisoformat(on) if on else None,
            law=law,
        )
        (out / f"{name}.json").write_bytes(msgspec.json.encode(reading))
    command = [sys.executable, str(scorer), str(gold), str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("kind", "floors"), FLOORS.items())
def test_a_kind_does_not_fall_under_its_floors(figures, kind, floors):
    fallen = {
        k: (figures[kind][k], floor) for k, floor in floors.items() if figures[kind][k] < floor
    }
    assert fallen == {}
