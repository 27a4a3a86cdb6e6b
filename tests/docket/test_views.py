"""Views: written all or none; a protected name is in no byte of them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gravamen.case import Case
from gravamen.casefile import CaseFile, import_case
from gravamen.casefile.entries import Docketed, Received, Sent
from gravamen.cli import main
from gravamen.dates import Edtf, Moment
from gravamen.docket.views import Wanted, write_views
from gravamen.instruments.leaks import ProtectedName
from gravamen.parties import Name, Party
from gravamen.proceedings import Dispatch, FollowUp, Reply
from gravamen.values import GravamenError

from .views import docket, event, line, ours, several

COUNTY = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
GUARDED = Case(
    id="quillby-dorvel",
    title="Electric shocks at Dorvel prison",
    parties={
        "p.w": Party(
            id="p.w", kind="person", names=(Name(text="Mirel Tovash"),), protected=True,
            pseudonym="W-1",
        )
    },
)  # fmt: skip


def everything(folder: Path) -> Wanted:
    return Wanted(
        pages=folder / "pages",
        calendar=folder / "docket.ics",
        feed=folder / "docket.atom",
        picture=folder / "timeline.svg",
    )


def told(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(a) for a in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, " ".join(done.output.split())


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The worked case of the county, one letter sent, acknowledged, and past our own day."""
    record = import_case(COUNTY, tmp_path / "case", actor="person:Ada")
    sent = Dispatch(
        id="d.state", at=Moment("2024-03-12"), instrument="letter-us.state.secretary",
        channel="post", address="Washington", office="us.state.secretary", requests=("r.visa",),
    )  # fmt: skip
    ack = Reply(
        id="y.ack", source=next(iter(record.case().sources)), received=Moment("2024-03-20"),
        reply="ack", dispatch="d.state", threaded_by="hand",
    )  # fmt: skip
    day = FollowUp(
        id="f.1", due=Edtf("2024-05-15"), why="ask again", set_on=Edtf("2024-03-12"),
        dispatch="d.state",
    )  # fmt: skip
    record.append(Sent(dispatch=sent), Received(reply=ack), Docketed(noted=day), actor="person:Ada")
    return tmp_path / "case"


def test_what_is_wanted_is_written_and_nothing_else(tmp_path):
    files = write_views(several(), (GUARDED,), Wanted(calendar=tmp_path / "new" / "docket.ics"))

    assert files == (tmp_path / "new" / "docket.ics",)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["docket.ics"]


@pytest.mark.parametrize("words", ["Mirel Tovash", "tovash, mirel", "the family Tovash"])
@pytest.mark.parametrize("part", ["pages", "calendar", "feed", "picture"])
def test_a_protected_name_is_refused_in_every_view_and_nothing_is_written(tmp_path, words, part):
    named = docket(
        line(
            title=f"Case of {words}",
            events=(event("2026-05-14", "sent", "d", words),),
            clocks=(ours(),),
        )
    )
    wanted = Wanted(**{part: getattr(everything(tmp_path), part)})

    with pytest.raises(ProtectedName) as refused:
        write_views(named, (GUARDED,), wanted)
    assert "W-1" in str(refused.value) and "Tovash" not in str(refused.value)
    assert list(tmp_path.rglob("*")) == []


def test_a_name_that_one_case_protects_is_in_no_view_of_several(tmp_path):
    other = Case(id="other", title="Other")
    named = docket(line(case="other", title="Mirel Tovash"))

    with pytest.raises(ProtectedName):
        write_views(named, (other, GUARDED), everything(tmp_path))
    with pytest.raises(ProtectedName):
        write_views(named, (GUARDED, other), everything(tmp_path))


@pytest.mark.parametrize("indent", range(30))
def test_a_name_that_a_calendar_would_fold_or_escape_is_found(tmp_path, indent):
    named = docket(line(clocks=(ours(why=f"{'x' * indent}\nTovash wrote"),)))

    with pytest.raises(ProtectedName):
        write_views(named, (GUARDED,), Wanted(calendar=tmp_path / "docket.ics"))


def test_two_files_of_one_name_are_both_guarded(tmp_path):
    named = docket(line(events=(event("2026-05-14", "sent", "d", "Mirel Tovash"),)))
    wanted = Wanted(feed=tmp_path / "a" / "docket", calendar=tmp_path / "b" / "docket")

    with pytest.raises(ProtectedName):
        write_views(named, (GUARDED,), wanted)


def test_a_picture_of_several_cases_is_refused(tmp_path):
    both = docket(line(), line(case="other"))

    with pytest.raises(GravamenError, match="shows one case; here are 2: quillby-dorvel, other"):
        write_views(both, (GUARDED,), everything(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_page_of_something_else_is_not_written_over(tmp_path):
    (tmp_path / "index.html").write_text("my own page")

    with pytest.raises(GravamenError, match=r"is no page of a docket"):
        write_views(several(), (GUARDED,), Wanted(pages=tmp_path))
    assert (tmp_path / "index.html").read_text() == "my own page"


def test_a_docket_of_another_day_replaces_the_one_before(tmp_path):
    write_views(docket(line()), (GUARDED,), Wanted(pages=tmp_path))
    write_views(several(), (GUARDED,), Wanted(pages=tmp_path))

    assert "Secretary of the Treasury" in (tmp_path / "index.html").read_text()


def test_the_command_writes_every_view_of_a_case(county, tmp_path):
    code, words = told(
        "docket", county, "--on", "2024-06-10", "--html", tmp_path / "dk", "--ics",
        tmp_path / "d.ics", "--feed", tmp_path / "d.atom", "--svg", tmp_path / "t.svg",
    )  # fmt: skip

    assert code == 0 and "index.html" in words and "d.ics" in words
    assert "past our own day" in (tmp_path / "dk" / "index.html").read_text()
    assert "OUR-CHOICE" in (tmp_path / "d.ics").read_text()
    assert "reply: ack" in (tmp_path / "d.atom").read_text()
    assert "seen on 10 June 2024" in (tmp_path / "t.svg").read_text()


def test_an_earlier_day_shows_what_was_true_then(county, tmp_path):
    told("docket", county, "--on", "2024-03-15", "--html", tmp_path / "dk")

    text = (tmp_path / "dk" / "index.html").read_text()
    assert "y.ack" not in text and "past our own day" not in text and "d.state" in text


def test_the_command_still_prints_json_beside_what_it_writes(county, tmp_path):
    done = CliRunner().invoke(
        main, ["docket", str(county), "--on", "2024-06-10", "--json", "--ics", str(tmp_path / "x")]
    )

    assert json.loads(done.output)["schema"] == "gravamen.docket/1"
    assert (tmp_path / "x").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_command_refuses_a_protected_name_and_says_whose(county, tmp_path):
    record = CaseFile.open(county)
    secret = next(p for p in record.case().parties.values() if p.protected)
    noted = FollowUp(
        id="f.2", due=Edtf("2024-07-01"), why=f"ask {secret.names[0].text}",
        set_on=Edtf("2024-05-01"), dispatch="d.state",
    )  # fmt: skip
    record.append(Docketed(noted=noted), actor="person:Ada")

    code, words = told("docket", county, "--on", "2024-06-10", "--ics", tmp_path / "d.ics")
    assert code == 1 and "Nothing was written" in words
    assert secret.names[0].text not in words
    assert not (tmp_path / "d.ics").exists()
