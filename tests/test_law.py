"""Tests for the law data: what they say, how surely, who can be asked, and in which words."""

import json
import re
import shutil
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from gravamen import law as lawdata
from gravamen.law.audit import SCHEMA
from gravamen.law.authority import Authority, Law, LawError
from gravamen.law.body import Body
from gravamen.law.cited import Cited
from gravamen.law.document import parts
from gravamen.law.loader import BODIES, FILES, _load

BOOK = lawdata.load()
DATA = Path(str(resources.files("gravamen.law")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the law files that a test may spoil."""
    for file in sorted(DATA.rglob("*.yaml")):
        to = tmp_path / file.relative_to(DATA)
        to.parent.mkdir(exist_ok=True)
        shutil.copy(file, to)
    return tmp_path


def elements_of(authority: Authority) -> dict[str, None]:
    """The elements on which the prongs of an authority hang, without those shown beside."""
    return dict.fromkeys(e for p in authority.prongs for e in (*p.all_of, *p.any_of))


def cited(book: Law) -> list[Cited]:
    tables: list[Any] = [
        book.authorities, book.elements, book.offices, book.clocks, book.definitions,
        book.identifiers, book.bodies, book.coverage, book.programs,
    ]  # fmt: skip
    return [
        part
        for table in tables
        for value in table.values()
        for _, part in parts(value)
        if isinstance(part, Cited)
    ]


def test_the_authorities_of_the_united_states_are_there() -> None:
    assert sorted(a.id for a in BOOK.authorities.values() if a.jurisdiction == "us") == [
        "us.aeca.36",
        "us.aeca.3c",
        "us.eo13818",
        "us.faa.116",
        "us.faa.498A",
        "us.faa.502B",
        "us.faa.505d",
        "us.faa.620I",
        "us.fsa.907",
        "us.glomag.act",
        "us.ina.212a3E",
        "us.leahy.dod",
        "us.leahy.state",
        "us.sfops.7031c",
        "us.state_sponsor",
    ]


def test_the_act_and_the_order_have_all_their_prongs() -> None:
    assert {p.id: (p.all_of, p.any_of) for p in BOOK.authority("us.glomag.act").prongs} == {
        "us.glomag.act.a1": (
            ("el.foreign_person", "el.gv_act", "el.victim_seeks", "el.responsible"),
            (),
        ),
        "us.glomag.act.a2": (
            ("el.foreign_person", "el.gv_act", "el.victim_seeks", "el.agent"),
            (),
        ),
        "us.glomag.act.a3": (
            ("el.foreign_person", "el.senior_associate", "el.corruption_significant"),
            ("el.responsible", "el.complicit"),
        ),
        "us.glomag.act.a4": (("el.foreign_person", "el.material_support_corruption"), ()),
    }
    regulation, order = "31 C.F.R. 583.201(a)(2)", "Executive Order 13818, section 1(a)"
    assert {p.id: p.cite for p in BOOK.authority("us.eo13818").prongs} == {
        "us.eo13818.shra": f"{regulation}(i); {order}(ii)(A)",
        "us.eo13818.corruption": f"{regulation}(ii); {order}(ii)(B)",
        "us.eo13818.leader_entity": f"{regulation}(iii)(A); {order}(ii)(C)(1)",
        "us.eo13818.leader_blocked": f"{regulation}(iii)(B); {order}(ii)(C)(2)",
        "us.eo13818.attempt": f"{regulation}(iv); {order}(ii)(D)",
        "us.eo13818.support": f"{order}(iii)(A)",
        "us.eo13818.owned_acting": f"{order}(iii)(B)",
    }


def test_an_element_of_the_order_is_cited_to_the_order() -> None:
    """A question shared between laws may hide a difference; the Order's own cite its rule."""
    shared = {"el.foreign_person"}
    asked = {e for p in BOOK.authority("us.eo13818").prongs for e in (*p.all_of, *p.any_of)}
    assert all("Executive Order 13818" in _rule_of(e) for e in asked - shared)


def _rule_of(element: str) -> str:
    """Where an element is cited to, the regulation that carries the Order out standing for it."""
    return BOOK.element(element).cite.replace("31 C.F.R. 583.201", "Executive Order 13818")


def test_a_waiver_of_section_907_is_consulted_on_with_the_committees_on_appropriations() -> None:
    assert BOOK.authority("us.fsa.907").consults == (
        "us.senate.appropriations",
        "us.house.appropriations",
    )


def test_every_committee_that_gets_the_annual_report_can_be_asked_to_ask_for_it() -> None:
    getting = {o.id for o in BOOK.holders("information", "us.glomag.act")} - {"us.president"}
    assert getting == {
        f"us.{house}.{committee}"
        for house, committees in {
            "senate": ("foreign_relations", "banking", "appropriations", "judiciary"),
            "house": ("foreign_affairs", "financial_services", "appropriations", "judiciary"),
        }.items()
        for committee in committees
    }


def test_no_power_over_persons_reaches_a_state_and_a_state_sponsor_designation_does() -> None:
    reach = {a.id for a in BOOK.authorities.values() if "state" in a.reaches}
    persons = {a.id for a in BOOK.authorities.values() if a.kind in ("person-sanctions", "visa")}
    assert persons == {
        "us.glomag.act",
        "us.eo13818",
        "us.sfops.7031c",
        "us.ina.212a3E",
        "uk.ghr2020",
        "eu.ghrsr",
        "ca.jvcfoa",
        "ca.sema",
        "au.thematic.hr",
    }
    assert not persons & reach
    assert "us.state_sponsor" in reach


def test_every_value_has_a_cite_a_source_unless_it_is_unchecked_and_a_date() -> None:
    values = cited(BOOK)
    assert len(values) > 250
    for value in values:
        assert value.cite.strip()
        assert value.as_of
        assert value.sources or value.mark in ("memory", "inferred"), value


def test_what_was_not_read_in_its_own_text_needs_review() -> None:
    assert all(value.needs_review == (value.mark != "sourced") for value in cited(BOOK))
    order = BOOK.authority("us.eo13818")
    assert not order.needs_review
    american = {
        e for a in BOOK.authorities.values() if a.jurisdiction == "us" for e in elements_of(a)
    }
    unread = {e.id: e.mark for e in BOOK.elements.values() if e.id in american and e.needs_review}
    assert not unread
    assert BOOK.element("el.907.condD_fails").mark == "inferred"
    assert not [
        a.id for a in BOOK.authorities.values() if a.jurisdiction == "us" and a.needs_review
    ]


@pytest.mark.parametrize("id", ["us.glomag.act", "us.eo13818", "us.sfops.7031c"])
def test_what_a_letter_about_persons_leans_on_was_read_in_its_own_text(id: str) -> None:
    """Each ground, its elements, the standard, and the power of the office that decides."""
    authority = BOOK.authority(id)
    leaning: list[Cited] = [authority, *authority.prongs]
    leaning += [BOOK.element(e) for e in elements_of(authority)]
    leaning += [authority.standard] if authority.standard else []
    leaning += [
        p
        for p in BOOK.office(authority.decides or "").powers
        if id in p.authorities and p.measure in authority.measures
    ]
    assert [value.cite for value in leaning if value.needs_review] == []


def test_a_question_of_the_law_holds_no_answer_of_practice() -> None:
    """What counts in practice is a matter of the guidance and stays marked as unchecked."""
    for id in ("el.shra_act", "el.foreign_person", "el.responsible", "el.complicit", "el.official"):
        element = BOOK.element(id)
        assert element.mark == "sourced"
        assert element.guidance in ("memory", "inferred")
    assert BOOK.element("el.shra_act").test == "Is the act a serious human rights abuse?"
    practice = [n for n in BOOK.authority("us.eo13818").notes if "reason to believe" in n.text]
    assert [n.mark for n in practice] == ["memory"]


@pytest.mark.parametrize(
    ("measure", "authority", "holders"),
    [
        ("sanctions", "us.glomag.act", {"us.president"}),
        ("sanctions", "us.eo13818", {"us.treasury.secretary"}),
        ("visa-ban", "us.sfops.7031c", {"us.state.secretary"}),
        ("visa-ban", "us.ina.212a3E", {"us.state.secretary"}),
        ("suspend-assistance", "us.leahy.state", {"us.state.secretary"}),
        ("suspend-assistance", "us.leahy.dod", {"us.defense.secretary"}),
        ("suspend-assistance", "us.fsa.907", {"us.president", "us.state.secretary"}),
        ("suspend-assistance", "us.faa.502B", {"us.state.secretary"}),
        ("suspend-assistance", "us.faa.498A", {"us.president"}),
        ("arms-embargo", "us.aeca.3c", {"us.president"}),
        (
            "start-clock",
            "us.glomag.act",
            {
                "us.senate.foreign_relations",
                "us.senate.banking",
                "us.house.foreign_affairs",
                "us.house.financial_services",
            },
        ),
        (
            "start-clock",
            "us.faa.502B",
            {"us.senate.foreign_relations", "us.house.foreign_affairs", "us.senate", "us.house"},
        ),
    ],
)
def test_each_power_lies_with_the_offices_that_the_law_names(
    measure: Any, authority: str, holders: set[str]
) -> None:
    assert {o.id for o in BOOK.holders(measure, authority)} == holders


def test_those_who_can_start_a_clock_hold_the_power_to() -> None:
    for clock in BOOK.clocks.values():
        if clock.starters:
            assert clock.authority
            holders = {o.id for o in BOOK.holders("start-clock", clock.authority)}
            assert set(clock.starters) == holders, clock.id


def test_only_the_statute_has_a_joint_clock_of_120_days() -> None:
    joint = [c for c in BOOK.clocks.values() if c.joint]
    assert [(c.id, c.authority, c.days) for c in joint] == [
        ("clk.glomag.120", "us.glomag.act", 120)
    ]


def test_what_an_office_is_asked_reads_on_after_asks_you_to() -> None:
    for office in BOOK.offices.values():
        for power in office.powers:
            asks = power.asks
            assert re.match(r"[a-z]+\b", asks), asks
            assert not asks.endswith((".", ":", ";")), asks
            assert not re.search(r"\byou(?:rs?)?\b", asks), asks
            assert not power.authorities or power.cite in asks, asks


def test_no_salutation_guesses_who_holds_the_office() -> None:
    for office in BOOK.offices.values():
        assert not re.search(r"\b(?:Mr|Mrs|Ms|Madam|Sir)\b", office.salutation), office.id
        assert office.salutation.startswith("Dear ") and office.salutation.endswith(":")
        assert office.address == ()
    american = {o.id: o.close for o in BOOK.offices.values() if o.jurisdiction == "us"}
    assert american.pop("us.president") == "Respectfully,"
    assert set(american.values()) == {"Sincerely,"}
    others = [o for o in BOOK.offices.values() if o.jurisdiction != "us"]
    assert {o.close for o in others} == {"Yours sincerely,"}
    assert {o.forms for o in others} == {"memory"}


def test_a_gap_names_only_party_entity_and_act() -> None:
    for element in BOOK.elements.values():
        assert set(re.findall(r"\{(\w*)\}", element.gap)) <= {"party", "entity", "act"}
        said = element.gap.format(party="A. Person", entity="the 4th Unit", act="the act")
        assert said.endswith("would close this."), said


def test_a_required_identifier_is_what_the_lists_give() -> None:
    need = {i.id: i.need for i in BOOK.identifiers.values()}
    assert need == {
        "birth": "required",
        "sex": "required",
        "nationality": "required",
        "native-name": "required",
        "position": "required",
        "birthplace": "expected",
        "alias": "optional",
        "passport": "optional",
        "national-id": "optional",
    }
    rates = {i.id: [(r.filled, r.entries) for r in i.rates] for i in BOOK.identifiers.values()}
    assert rates == {
        "birth": [(100, 235), (96, 75), (86, 136)],
        "sex": [(100, 235), (93, 136)],
        "nationality": [(86, 235), (96, 75), (90, 136)],
        "native-name": [],
        "position": [(77, 75), (80, 136)],
        "birthplace": [(76, 235), (80, 75), (62, 136)],
        "alias": [(94, 136)],
        "passport": [(41, 235), (23, 75), (7, 136)],
        "national-id": [(33, 235), (12, 75), (17, 136)],
    }


def test_a_county_board_asks_and_orders_nobody() -> None:
    board = BOOK.body("us-county-board")
    assert "ask" in board.may
    assert "start a clock in federal law" in board.cannot
    assert [(n.clock, BOOK.clock(n.clock).hours) for n in board.notices] == [
        ("clk.brown", 72),
        ("clk.brown.special", 24),
    ]
    assert all("California only" in n.applies for n in board.notices)
    assert BOOK.body("ngo").notices == ()


def test_what_is_humanitarian_lies_outside_every_hook_on_assistance() -> None:
    for authority in BOOK.authorities.values():
        if authority.kind == "country-assistance":
            assert authority.assistance
            alone = authority.assistance.left_alone
            assert any("humanitarian" in item for item in alone), authority.id
            assert not any("reaches that" in item for item in alone)


# The files and their schema


class _CoreLoader(yaml.SafeLoader):
    """YAML as an editor with YAML 1.2 reads it: numbers, true and false, null; no dates."""


_CoreLoader.yaml_implicit_resolvers = {}
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf")
)
_CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?[0-9]+\Z"), list("-0123456789")
)


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.yaml")), ids=lambda f: f.name)
def test_every_file_agrees_with_the_schema_kept_beside_it(file: Path) -> None:
    schema = json.loads((DATA / SCHEMA).read_text(encoding="utf-8"))
    assert schema == lawdata.schema()
    single = Body if file.parent.name == BODIES else Authority
    kind = FILES[file.name].__name__ if file.parent == DATA else single.__name__
    value = yaml.load(file.read_text(encoding="utf-8"), Loader=_CoreLoader)
    jsonschema.Draft202012Validator({**schema, "anyOf": [{"$ref": f"#/$defs/{kind}"}]}).validate(
        value
    )


def test_the_schema_refuses_an_unknown_key() -> None:
    validator = jsonschema.Draft202012Validator(lawdata.schema())
    value = yaml.load((DATA / "clocks.yaml").read_text(encoding="utf-8"), Loader=_CoreLoader)
    assert validator.is_valid(value)
    value["clocks"][0]["dayz"] = 1
    assert not validator.is_valid(value)


def test_the_edition_changes_with_every_byte(folder: Path) -> None:
    assert lawdata.load(folder).edition == BOOK.edition
    file = folder / "us" / "fsa-907.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert lawdata.load(folder).edition != BOOK.edition


def test_the_law_loads_from_inside_an_archive(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "law.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(DATA.rglob("*.yaml")):
            file.write(path, f"law/{path.relative_to(DATA)}")
    assert _load(zipfile.Path(archive, "law/")) == BOOK


# Asking the data


def test_an_unknown_id_names_near_ones() -> None:
    with pytest.raises(LawError) as error:
        BOOK.authority("us.eo13181")
    assert str(error.value).startswith("The law data know no authority 'us.eo13181'; near ones")
    assert "us.eo13818" in str(error.value)
    with pytest.raises(LawError) as error:
        lawdata.find(BOOK, "el.tenure_overlaps")
    assert str(error.value) == (
        "The law data hold no 'el.tenure_overlaps'; the nearest is 'el.tenure_overlap'."
    )


def test_everything_can_be_described_within_100_columns_with_cite_and_mark() -> None:
    for table in (BOOK.authorities, BOOK.elements, BOOK.offices, BOOK.clocks, BOOK.definitions,
                  BOOK.bodies, BOOK.identifiers):  # fmt: skip
        for id, value in table.items():
            text = lawdata.describe(BOOK, id)
            assert max(map(len, text.splitlines())) <= 100
            flat = " ".join(text.split())
            assert value.cite in flat, id
            own = f"; {value.mark}, " if not value.sources else f"; {value.mark}, read in"
            assert own in flat, id
            if value.needs_review:
                assert "needs review" in flat, id


def test_what_is_our_reading_is_described_as_unchecked() -> None:
    shown = " ".join(lawdata.describe(BOOK, "el.pattern").split())
    assert "what satisfies it is inferred; needs review: Acts:" in shown
    shown = lawdata.describe(BOOK, "us.glomag.act")
    assert "A file holds (inferred; needs review):" in shown
    assert "choose it when (our reading):" in shown


def test_a_clock_is_described_whole() -> None:
    assert lawdata.describe(BOOK, "clk.502Bc.30") == (
        "clk.502Bc.30: receipt by the Secretary of State of a request by the Senate Committee on "
        "Foreign\n"
        "  Relations, the House Committee on Foreign Affairs, or a resolution of either House\n"
        "  [22 U.S.C. 2304(c); sourced, read in S1, S15, as of April 2023]\n"
        "  Sets it: us.faa.502B\n"
        "  Can be started by: Senate Committee on Foreign Relations; House Committee on Foreign "
        "Affairs;\n"
        "    Senate of the United States; House of Representatives of the United States\n"
        "  Runs: 30 calendar days; transmit to both committees a statement on human rights in the "
        "country, on\n"
        "    the steps taken to promote respect for them and to dissociate the United States from "
        "violations,\n"
        "    and on whether extraordinary circumstances require the assistance to go on and it is "
        "in the\n"
        "    national interest\n"
        "  Must act: us.state.secretary\n"
        "  Owed: to the Senate Committee on Foreign Relations and the House Committee on Foreign "
        "Affairs\n"
        "  Can stand still: by no rule on file\n"
        "  If nothing is done: no security assistance is delivered until the statement is "
        "transmitted, unless\n"
        "    a law specifically authorises it\n"
    )


# The audit


def test_the_law_data_have_no_fault_and_say_what_needs_review() -> None:
    audit = lawdata.check()
    assert audit.faults == ()
    cite = BOOK.authority("us.state_sponsor").cite
    assert f"us.state_sponsor effective_from: memory; {cite}" in audit.review
    assert any(line.startswith("us.fsa.907 waiver steps 4: memory;") for line in audit.review)
    assert any(line.startswith("us.sfops.7031c editions 8: secondary;") for line in audit.review)
    assert not any(line.startswith("us.eo13818.support:") for line in audit.review)
    unchecked = [v for v in cited(BOOK) if v.needs_review]
    undated = [a for a in BOOK.authorities.values() if a.effective_mark != "sourced"]
    assert len(audit.review) == len(unchecked) + len(undated)


def test_the_audit_finds_what_is_unused_powerless_ambiguous_and_stale(folder: Path) -> None:
    def change(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    change("us/eo13818.yaml", "[el.foreign_person, el.attempt]", "[el.foreign_person]")
    change("us/leahy-dod.yaml", "measures: [suspend-assistance]", "measures: [arms-embargo]")
    change("us/leahy-dod.yaml", "clocks: [clk.leahy.dod15]\n", "")
    change("us/leahy-dod.yaml", "- DoD Leahy law\n", "- Leahy Law\n")
    (folder / SCHEMA).write_text("{}", encoding="utf-8")
    assert lawdata.check(folder).faults == (
        "elements.yaml: The element 'el.attempt' is asked by no prong; use it or remove it.",
        "us.leahy.dod: No office has the power 'arms-embargo' under it; add one.",
        "us.leahy.dod: Its clock 'clk.leahy.dod15' is missing from its list of clocks.",
        (
            "The name 'Leahy law' means two of authority: 'us.leahy.dod' and 'us.leahy.state'; "
            "keep one."
        ),
        "schema.json: It differs from the types; write gravamen.law.schema_text() into it.",
    )


def test_the_audit_hands_on_what_the_loader_refuses(folder: Path) -> None:
    (folder / "clocks.yaml").write_text("clockz: []\n", encoding="utf-8")
    assert lawdata.check(folder).faults == (
        "clocks.yaml:1: The key 'clockz' is not known here; the nearest is 'clocks'.",
        "clocks.yaml:1: The key 'clocks' is missing.",
    )


def test_the_manual_page_is_made_from_the_data() -> None:
    page = Path(__file__).parents[1] / "docs" / "reference" / "law.md"
    assert page.read_text(encoding="utf-8") == lawdata.manual_text(BOOK)


def test_the_manual_names_every_law_element_office_and_clock() -> None:
    page = lawdata.manual_text(BOOK)
    for table in (BOOK.authorities, BOOK.elements, BOOK.offices, BOOK.clocks, BOOK.definitions):
        for id in table:
            assert f"`{id}`" in page, id
