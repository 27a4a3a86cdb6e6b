"""The commands docket and note: what they print, what they refuse, what they leave unrecorded."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gravamen.casefile import CaseFile, Docketed, Opened, Received, Requested, Sent
from gravamen.cli import main
from gravamen.cli.docket_list import folded, wrapped
from gravamen.dates import Edtf
from gravamen.sources import capture

from .askings import STATE, chosen, public, reply, request, sent, started

ACTOR = "person:Ada"


HEAD = (
    "office                   asked for                 under            asked      state"
    "          days"
)
LAST = (
    "  last: 2024-02-02, We chose 1 April 2024 to come back on it: two months. No law sets that"
    " day."
)
ACKED = "acknowledged   52"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


def refused(*words: str) -> str:
    done = run(*words)
    assert done.exit_code == 2, done.output
    return done.stderr


def made(path: Path, *more: object, id: str = "quay") -> str:
    """A case with one request that was sent to the President."""
    record = CaseFile.create(path, Opened(id=id, title="Beatings at the quay"), actor=ACTOR)
    for name in ("s.reply", "s.joint", "s.list"):
        record.capture(capture(b"Words.", id=name, name="words.txt"), actor=ACTOR)
    record.append(Requested(request=request()), Sent(dispatch=sent()), actor=ACTOR)
    if more:
        record.append(*more, actor=ACTOR)  # type: ignore[arg-type]  # entries
    return str(path)


@pytest.fixture
def case(tmp_path: Path) -> str:
    return made(tmp_path / "case", Received(reply=reply("ack")))


def test_the_list_fits_a_hundred_columns_and_says_what_comes_next(case: str) -> None:
    added = run("note", "follow-up", case, "--set", "2024-02-02", "--due", "2024-04-01",
                "--why", "two months", "--by", "Ada")  # fmt: skip
    assert added.exit_code == 0, added.output
    assert "gravamen judge" in added.output
    lines = run("docket", case, "--on", "2024-03-01").output.splitlines()
    assert lines == [
        "WAITING FOR AN ANSWER (1)",
        HEAD,
        f"President of the United  sanctions: Colonel Teresh Global Magnitsky 2024-01-09 {ACKED}",
        "States                   (r.1)                     Act",
        LAST,
        "  next: 2024-04-01, our own day: two months",
        "",
        "1 line on 2024-03-01: 1 open, 0 for us to act.",
    ]
    assert max(map(len, lines)) <= 100


def test_the_list_says_first_what_is_for_us_to_do_and_why(tmp_path: Path) -> None:
    record = CaseFile.open(Path(made(tmp_path / "case", Docketed(noted=chosen("2024-02-20")))))
    record.append(
        Requested(request=request("r.2", addressees=(STATE,), authority=None)),
        Requested(request=request("r.3")),
        Sent(dispatch=sent("d.3", requests=("r.3",))),
        Received(reply=reply("refusal", "y.3", dispatch="d.3")),
        actor=ACTOR,
    )
    told = run("docket", str(record.path), "--on", "2024-03-01").output
    heads = [line for line in told.splitlines() if line.isupper() or line[:4] == "NOT "]
    assert heads == ["NEEDS YOU NOW (1)", "NOT SENT (1)", "DONE (1)"]
    assert "now: We chose to come back on 20 February 2024" in told
    assert "no law named" in told
    done = told[told.index("DONE") :]
    assert "last: 2024-02-01, A refusal (this request: refused)." in done
    assert "next:" not in done


def test_one_request_is_told_with_its_deadline_clocks_and_events(tmp_path: Path) -> None:
    case = made(
        tmp_path / "case",
        Received(reply=reply("ack")),
        Docketed(noted=started()),
        Docketed(noted=chosen("2024-05-01")),
        Docketed(noted=public("2024-08-01", requests=("r.1",))),
    )
    told = run("docket", case, "--on", "2024-09-01", "--request", "r.1").output
    words = " ".join(told.split())
    assert "r.1 to President of the United States: overdue" in words
    assert "Overdue by 64 days under 22 U.S.C. 10102(d), (j)" in words
    assert "started 2024-03-01; shown by s.joint." in words
    assert "From silence follows: none stated." in words
    assert "our own day 2024-05-01 (f.1): six weeks [ours]" in words
    assert "2024-08-01 outside: listing (o.1): The list names him, 6 months after" in words
    assert max(map(len, told.splitlines())) <= 100


def test_json_is_the_docket_with_its_schema(case: str) -> None:
    found = json.loads(run("docket", case, "--on", "2024-03-01", "--json").stdout)
    assert (found["schema"], found["on"], len(found["lines"])) == (
        "gravamen.docket/1",
        "2024-03-01",
        1,
    )
    assert found["lines"][0]["state"] == "acknowledged"


def test_several_cases_and_a_folder_of_cases_are_one_list(tmp_path: Path) -> None:
    made(tmp_path / "all" / "b", id="b")
    made(tmp_path / "all" / "a", id="a")
    (tmp_path / "all" / "notes").mkdir()
    told = run("docket", str(tmp_path / "all"), "--on", "2024-03-01").output
    assert told.index("Beatings at the quay (a)") < told.index("Beatings at the quay (b)")
    assert told.count("WAITING FOR AN ANSWER (2)") == 1
    twice = run("docket", str(tmp_path / "all" / "a"), str(tmp_path / "all"), "--on", "2024-03-01")
    assert twice.output == told


def test_the_list_is_narrowed_by_state_office_and_request(case: str) -> None:
    for words, count in (
        (("--state", "open"), 1), (("--state", "closed"), 0), (("--state", "ours"), 0),
        (("--state", "acknowledged"), 1), (("--office", "us.president"), 1),
    ):  # fmt: skip
        found = run("docket", case, "--on", "2024-03-01", "--json", *words)
        assert len(json.loads(found.stdout)["lines"]) == count, words
    assert "there are: us.president." in refused("docket", case, "--office", "us.presidnt")
    assert "there are: r.1." in refused("docket", case, "--request", "r.7")
    empty = run("docket", case, "--on", "2024-03-01", "--state", "closed")
    assert empty.output == "No line stands there on 2024-03-01.\n"


def test_a_folder_without_a_case_is_refused(tmp_path: Path) -> None:
    assert "is no case folder and holds none" in refused("docket", str(tmp_path))
    assert "No such file" in refused("docket", str(tmp_path / "nowhere"))


def test_a_proposal_to_judge_is_listed_below(tmp_path: Path) -> None:
    case = made(tmp_path / "case")
    record = CaseFile.open(case)
    record.append(Received(reply=reply("refusal")), actor="machine:reader/1")
    told = " ".join(run("docket", case, "--on", "2024-03-01").output.split())
    assert "1 with a proposal to judge." in told
    assert "To judge in quay: y.1 (refusal, received 2024-02-01). A machine proposed" in told
    assert run("judge", case, "y.1", "--verdict", "accepted").exit_code == 0
    assert "refused" in run("docket", case, "--on", "2024-03-01").output


def test_a_file_given_as_evidence_becomes_a_source(case: str, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("Stamped on 12 January 2024.\n", encoding="utf-8")
    done = run("note", "delivered", case, "d.1", "--at", "2024-01-12", "--evidence", str(receipt))
    assert done.exit_code == 0, done.output
    state = CaseFile.open(case).case()
    assert "s.delivered.1" in state.sources
    assert state.noted["delivered.1"].evidence == ("s.delivered.1",)  # type: ignore[union-attr]


def test_what_is_refused_records_nothing_and_keeps_no_file(case: str, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("Stamped.\n", encoding="utf-8")
    before = {p.name for p in Path(case).rglob("*") if p.is_file()} | {"lock"}
    head = CaseFile.open(case).head
    for words in (
        ("delivered", case, "d.9", "--evidence", str(receipt)),
        ("delivered", case, "d.1", "--evidence", str(tmp_path / "none")),
        ("delivered", case, "d.1", "--evidence", str(receipt), "--at", "12 January 2024"),
        ("delivered", case, "d.1"),
        ("clock-started", case, "clk.glomag.12", "--evidence", str(receipt)),
        ("clock-started", case, "clk.glomag.120", "--evidence", str(receipt), "--request", "r.9"),
        ("clock-started", case, "clk.glomag.120", "--signer", "us.senate.banking:chair"),
        ("clock-stopped", case, "k.1", "--why", "so", "--evidence", "s.list"),
        ("follow-up", case, "--set", "2024-02-02", "--due", "2024-02-01", "--why", "late"),
        ("outside", case, "listing", "--summary", "x", "--source", str(receipt),
         "--answer", "r.1=won"),
        ("outside", case, "listing", "--summary", "x", "--source", "s.list",
         "--answer", "r.9=granted"),
        ("request-ended", case, "r.1", "--how", "superseded"),
        ("request-ended", case, "r.9", "--how", "withdrawn"),
        ("holder", case, "us.state.secretry", "--source", "the page of the office"),
    ):  # fmt: skip
        assert refused("note", *words).count("\n") == 1, words
    assert CaseFile.open(case).head == head
    assert {p.name for p in Path(case).rglob("*") if p.is_file()} == before


def test_a_clock_says_at_once_whether_it_runs(case: str) -> None:
    chair, ranking = (f"us.senate.banking:{c}" for c in ("chairperson", "ranking-member"))
    start = ("note", "clock-started", case, "clk.glomag.120", "--at", "2024-03-01", "--request",
             "r.1", "--evidence", "s.joint", "--id", "k.1")  # fmt: skip
    alone = " ".join(run(*start, "--signer", chair).output.split())
    assert "The ranking member of us.senate.banking did not sign" in alone
    both = " ".join(
        run(*start, "--signer", chair, "--signer", f"{ranking}:Mara Quill").output.split()
    )
    assert "The last day was 29 June 2024" in both
    assert (
        json.loads(run("docket", case, "--on", "2024-07-01", "--json").stdout)["lines"][0]["state"]
        == "overdue"
    )
    met = run("note", "clock-stopped", case, "k.1", "--at", "2024-07-02", "--met", "--why",
              "the report came", "--evidence", "s.list")  # fmt: skip
    assert met.exit_code == 0, met.output
    (line,) = json.loads(run("docket", case, "--on", "2024-07-03", "--json").stdout)["lines"]
    assert (
        line["clocks"][0]["why"] == "Met on 2 July 2024, 3 days after the last day: the report came"
    )


def test_a_note_is_taken_back_by_rejecting_it_and_corrected_by_its_id(case: str) -> None:
    add = ("note", "outside", case, "listing", "--at", "2024-06-01", "--source", "s.list",
           "--summary", "The list names him", "--id", "o.1",
           "--of", "us.treasury.secretary")  # fmt: skip
    on = ("docket", case, "--on", "2024-07-01", "--json")
    assert run(*add, "--answer", "r.1=granted").exit_code == 0
    assert json.loads(run(*on).stdout)["lines"][0]["state"] == "granted"
    assert run(*add, "--answer", "r.1=partly").exit_code == 0
    assert json.loads(run(*on).stdout)["lines"][0]["state"] == "partly-granted"
    assert run("judge", case, "o.1", "--verdict", "rejected").exit_code == 0
    assert json.loads(run(*on).stdout)["lines"][0]["state"] == "acknowledged"


def test_a_holder_is_recorded_as_a_person_confirmed_it(case: str) -> None:
    done = run("note", "holder", case, STATE, "--name", "Mara Quill", "--address", "1 Square",
               "--address", "Alder", "--from", "2023", "--confirmed", "2024-01-05", "--source",
               "the page of the office", "--by", "Ada", "--json")  # fmt: skip
    noted = json.loads(done.stdout)["noted"]
    assert noted["confirmed_by"] == "Ada"
    assert (noted["confirmed_on"], noted["address"]) == ("2024-01-05", ["1 Square", "Alder"])


def test_hostile_words_neither_break_the_table_nor_steer_the_terminal(tmp_path: Path) -> None:
    case = made(tmp_path / "case")
    record = CaseFile.open(case)
    evil = "\x1b[31mred\x1b[0m " + "x" * 10_000 + " 漢字" * 50
    record.append(Requested(request=request(target_words=evil)), actor=ACTOR)
    for more in ((), ("--request", "r.1")):
        told = run("docket", case, "--on", "2024-03-01", *more).output
        assert "\x1b" not in told
        widths = [sum(1 + (c in "漢字") for c in line) for line in told.splitlines()]
        assert max(widths) <= 100


def test_a_cell_goes_on_below_itself_by_columns_not_by_characters() -> None:
    assert folded("漢字漢字", 5) == ("漢字", "漢字")
    assert folded("of the Senate", 6) == ("of the", "Senate")
    assert folded("a\tb\nc", 6) == ("a b c",)
    assert folded("", 6) == ("",)
    assert len(folded("x" * 10_000, 6)) == 12
    assert folded("x" * 10_000, 6)[-1] == "…"


def test_a_paragraph_keeps_the_width_and_loses_no_word() -> None:
    words = " ".join(f"word{n}" for n in range(100)) + " " + "y" * 250
    lines = list(wrapped(words, "  ", "    "))
    assert max(map(len, lines)) <= 100
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_clock_of_another_state_or_law_is_refused_and_records_nothing(case: str) -> None:
    head = CaseFile.open(case).head
    start = ("note", "clock-started", case)
    about = ("--at", "2024-03-01", "--request", "r.1", "--evidence", "s.joint")
    for clock, why in (
        ("clk.uk.urgent", "clk.uk.urgent is of the law of uk, and r.1 was asked of us"),
        ("clk.eu.framework", "is of the law of eu"),
        ("clk.116.0225", "which does not know sanctions (r.1)"),
        ("clk.502Bc.30", "which does not know sanctions (r.1)"),
        ("clk.foia", "which does not know sanctions (r.1)"),
        ("clk.brown", "is of the law of us-ca"),
    ):
        assert why in " ".join(refused(*start, clock, *about).split())
    assert CaseFile.open(case).head == head


def test_the_bar_on_assistance_is_refused_without_the_30_days_before_it(tmp_path: Path) -> None:
    case = made(
        tmp_path / "case",
        Requested(request=request("r.2", STATE, authority="us.faa.502B", measure="start-clock")),
    )
    about = ("--request", "r.2", "--evidence", "s.joint")
    bar = ("note", "clock-started", case, "clk.502Bc.default", "--at", "2024-03-03", *about)
    assert "runs only after clk.502Bc.30 ran and was not met" in " ".join(refused(*bar).split())
    first = run("note", "clock-started", case, "clk.502Bc.30", "--at", "2024-02-01", *about,
                "--signer", "us.senate.foreign_relations")  # fmt: skip
    assert first.exit_code == 0, first.output
    assert "It is owed to the Senate Committee on Foreign Relations and" in " ".join(
        first.output.split()
    )
    assert run(*bar).exit_code == 0


def test_evidence_that_appeared_before_the_event_is_refused(tmp_path: Path) -> None:
    case = made(tmp_path / "case")
    record = CaseFile.open(case)
    wire = capture(b"A wire.", id="s.wire", name="wire.txt", published=Edtf("2023-11-21"))
    record.capture(wire, actor=ACTOR)
    said = refused("note", "clock-started", case, "clk.glomag.120", "--at", "2024-03-01",
                   "--request", "r.1", "--evidence", "s.wire")  # fmt: skip
    assert "s.wire appeared on 21 November 2023, before the event of 1 March 2024" in " ".join(
        said.split()
    )


def test_a_clock_that_no_rule_lets_stand_still_is_not_stopped_until_a_day(case: str) -> None:
    run("note", "clock-started", case, "clk.glomag.120", "--at", "2024-03-01", "--request", "r.1",
        "--evidence", "s.joint", "--id", "k.1")  # fmt: skip
    stop = ("note", "clock-stopped", case, "k.1", "--at", "2024-03-05", "--why", "they are busy",
            "--evidence", "s.list")  # fmt: skip
    said = " ".join(refused(*stop, "--until", "2025-04-04").split())
    assert "No rule on file lets clk.glomag.120 stand still (22 U.S.C. 10102(d), (j))" in said
    assert run(*stop).exit_code == 0


def test_what_another_state_or_a_newspaper_says_decides_nothing(case: str) -> None:
    note = ("note", "outside", case)
    more = ("--at", "2024-06-01", "--source", "s.list", "--summary", "It names him")
    british = ("--of", "uk.fcdo.secretary")
    answer = ("--answer", "r.1=granted")
    said = " ".join(refused(*note, "listing", *more, *british, *answer).split())
    assert "r.1 was asked of: President of the United States. What Secretary of State for" in said
    assert "--of is missing; say whose act it is" in refused(*note, "listing", *more, *answer)
    assert "decides nothing by itself" in refused(*note, "press", *more, "--answer", "r.1=refused")
    assert run(*note, "listing", *more, *british, "--request", "r.1").exit_code == 0
    assert run(*note, "listing", *more, "--of", "us.treasury.secretary", *answer).exit_code == 0
    (line,) = json.loads(run("docket", case, "--on", "2024-07-01", "--json").stdout)["lines"]
    assert line["state_text"].startswith("What was asked happened on 1 June 2024, as a listing ")
