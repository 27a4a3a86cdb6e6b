from pathlib import Path

import pikepdf
import pytest

from gravamen.instruments.fit import InstrumentError
from gravamen.instruments.setting import write
from gravamen.values import sha256

from .letters import CASE, letter


def test_an_instrument_is_written_as_files_of_its_name(tmp_path: Path) -> None:
    files = write(letter(), tmp_path / "new" / "folder", case=CASE)

    assert {k: p.name for k, p in files.paths().items()} == {
        "pdf": "letter-us.state.secretary.pdf",
        "html": "letter-us.state.secretary.html",
        "docx": "letter-us.state.secretary.docx",
        "akn": "letter-us.state.secretary.akn.xml",
        "manifest": "letter-us.state.secretary.manifest.json",
    }
    assert files.digests() == {k: sha256(p.read_bytes()) for k, p in files.paths().items()}
    with pikepdf.open(files.pdf) as pdf:
        attached = pdf.attachments["manifest.json"].get_file().read_bytes()
    assert attached == files.manifest.read_bytes()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write(letter(), tmp_path / "a", case=CASE).digests()
    assert write(letter(), tmp_path / "b", case=CASE).digests() == first


def test_nothing_is_written_where_the_instrument_cannot_be_set(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError):
        write(letter(id="../out"), tmp_path / "none", case=CASE)
    assert not (tmp_path / "none").exists()
