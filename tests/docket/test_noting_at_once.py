from pathlib import Path

import pytest

from gravamen.casefile import CaseFile, Docketed, Opened, RecordError
from gravamen.cli.notes import put_down
from gravamen.dates import Edtf
from gravamen.proceedings import FollowUp


def day(why: str) -> FollowUp:
    return FollowUp(id="f.1", due=Edtf("2026-09-01"), set_on=Edtf("2026-05-20"), why=why)


def test_of_two_who_note_at_once_neither_takes_the_others_id(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    mine = CaseFile.create(folder, Opened(id="x", title="X"), actor="person:Ada")
    CaseFile.open(folder).append(Docketed(noted=day("theirs")), actor="person:Ben")

    with pytest.raises(RecordError, match="changed while this was made ready"):
        put_down(mine, folder, day("mine"), (), "Ada", as_json=True)
    assert CaseFile.open(folder).case().noted["f.1"] == day("theirs")
