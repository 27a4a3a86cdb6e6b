"""Ways to an office in the law data: dated, cited, and nothing invented."""

import shutil
from pathlib import Path

import pytest

import gravamen.law
from gravamen.law import LawError, load
from gravamen.law.describe import describe
from gravamen.law.manual import manual_text

FILES = Path(gravamen.law.__file__).parent


def altered(folder: Path, was: str, now: str) -> Path:
    """A copy of the law files with other words in the file of the offices."""
    copy = Path(shutil.copytree(FILES, folder / "law"))
    text = (copy / "offices.yaml").read_text("utf-8")
    assert was in text
    (copy / "offices.yaml").write_text(text.replace(was, now), "utf-8")
    return copy


def test_the_only_way_on_file_is_the_gateway_of_which_a_text_says_that_it_was_shut() -> None:
    (found,) = [(o.id, c) for o in load().offices.values() for c in o.channels]
    office, outlet = found

    assert office == "us.state.secretary"
    assert (outlet.channel, outlet.opened, outlet.closed) == ("portal", "2022", "2025-10")
    assert (outlet.sources, outlet.mark) == (("S16",), "secondary")
    assert outlet.told == (
        "The Human Rights Reporting Gateway (portal): open from 2022, closed by October 2025, "
        "looked up on 23 November 2026."
    )


def test_law_show_and_the_manual_say_it() -> None:
    law = load()
    told = " ".join(describe(law, "us.state.secretary").split())

    assert "closed by October 2025" in told
    assert "closed by October 2025" in manual_text(law)


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("closed: 2025-10", "closed: 2025-13", "2025-13"),
        ("closed: 2025-10", "shut: 2025-10", "shut"),
        ("sources: [S16]", "sources: [S99]", "S99"),
        ("channel: portal", "channel: pigeon", "pigeon"),
    ],
)
def test_a_wrong_way_is_a_fault_with_its_line(
    tmp_path: Path, was: str, now: str, words: str
) -> None:
    with pytest.raises(LawError, match=rf"offices\.yaml:\d+: .*{words}"):
        load(altered(tmp_path, was, now))
