"""Civic: Open Civic Data and Popolo, valid by the schemas that those projects publish."""

import json
from datetime import date
from typing import Any

import jsonschema
import msgspec
import pytest

from gravamen.case import Case
from gravamen.exports.civic import civic
from gravamen.exports.export import made_as
from gravamen.instruments.leaks import ProtectedName
from gravamen.parties import Name, Party
from gravamen.proceedings import AdoptionStep, Amended, Change, Minuted, SetAside
from gravamen.values import GravamenError

from .building import LAW, MEMBERS, ON, board, case, moved, posted, seconded, vote

# The fields and closed lists of the schemas of opencivicdata/pupa (scrape/schemas) with those of
# python-opencivicdata (common.py), every field known; and of popolo-project/popolo-spec (schemas).
TEXT = {"type": "string", "minLength": 1}
MAYBE = {"type": ["string", "null"]}
TIME = {
    "type": "string",
    "pattern": r"^([0-9]{4}((-[0-9]{2}){0,2}|(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}"
    r"(Z|[+-][0-9]{2}(:[0-9]{2})?))?)?$",
}
DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
OPTION = {
    "enum": ["yes", "no", "absent", "abstain", "not voting", "paired", "excused", "other"]
}  # fmt: skip
ACTIONS = [
    "filing", "introduction", "passage", "failure", "withdrawal", "amendment-introduction",
    "amendment-passage", "amendment-failure", "committee-referral",
]  # fmt: skip


def thing(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required),
            "additionalProperties": False}  # fmt: skip


def many(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": item, **more}


SOURCES = many(thing("url", url={"type": "string", "format": "uri"}, note={"type": "string"}),
               minItems=1)  # fmt: skip
ENTITY = {"name": TEXT, "entity_type": {"enum": ["organization", "person", ""]},
          "person_id": MAYBE, "organization_id": MAYBE}  # fmt: skip
LINKED = many(
    thing(note=TEXT, date=DAY, links=many(thing(media_type={"type": "string"}, url=TEXT)))
)
BILL = thing(
    "legislative_session", "identifier", "title", "from_organization", "classification",
    "subject", "abstracts", "other_titles", "other_identifiers", "actions", "sponsorships",
    "related_bills", "versions", "documents", "sources", "extras",
    legislative_session=TEXT, identifier=TEXT, title=TEXT, from_organization=MAYBE,
    classification=many({"enum": ["bill", "resolution", "memorial", "petition"]}),
    subject=many(TEXT), abstracts=many({}), other_titles=many({}),
    other_identifiers=many(thing(identifier=TEXT, note={"type": "string"},
                                 scheme={"type": "string"})),
    actions=many(thing("date", "description", organization=MAYBE, date=TIME, description=TEXT,
                       classification=many({"enum": ACTIONS}),
                       related_entities=many(thing(**ENTITY)))),
    sponsorships=many(thing(primary={"type": "boolean"}, classification=TEXT, **ENTITY)),
    related_bills=many({}), versions=LINKED, documents=LINKED, sources=SOURCES,
    extras={"type": "object"},
)  # fmt: skip
COUNTS = many(thing("option", "value", option=OPTION, value={"type": "integer", "minimum": 0}))
VOTE_EVENT = thing(
    "motion_text", "start_date", "result", "organization", "bill", "votes", "counts", "sources",
    identifier={"type": "string"}, motion_text=TEXT, motion_classification=many(TEXT),
    start_date=TIME, result={"enum": ["pass", "fail"]}, organization=MAYBE,
    legislative_session=TEXT, bill=MAYBE, bill_action=MAYBE,
    votes=many(thing(option=OPTION, voter_name=TEXT, note={"type": "string"})),
    counts=COUNTS, sources=SOURCES, extras={"type": "object"},
)  # fmt: skip
MEMBERSHIP = thing(
    "person_id", "organization_id", person_id=TEXT, organization_id=TEXT, role=TEXT,
    start_date=DAY, end_date=DAY,
)  # fmt: skip
PEOPLE = many(thing("id", "name", id=TEXT, name=TEXT, memberships=many(MEMBERSHIP)))
ORGANIZATION = thing(
    "id", "name", id=TEXT, name=TEXT, classification=TEXT, area_id=TEXT,
    memberships=many(MEMBERSHIP),
)  # fmt: skip
POPOLO_MOTION = thing(
    "id", "organization_id", "text", id=TEXT, organization_id=TEXT, legislative_session_id=TEXT,
    creator_id=TEXT, text=TEXT, classification=TEXT, date={"type": "string", "format": "date-time"},
    requirement=TEXT, result={"enum": ["pass", "fail"]},
    vote_events=many(thing(
        id=TEXT, organization_id=TEXT, motion_id=TEXT, identifier=TEXT,
        start_date={"type": "string", "format": "date-time"}, result={"enum": ["pass", "fail"]},
        counts=COUNTS, votes=many(thing(voter_id=TEXT, option=OPTION)),
    )),
)  # fmt: skip
SCHEMAS = {
    "bill.json": BILL, "vote_event.json": VOTE_EVENT, "people.json": PEOPLE,
    "organization.json": ORGANIZATION, "motion.json": POPOLO_MOTION,
}  # fmt: skip

LIFE: tuple[AdoptionStep, ...] = (
    posted(item="12", evidence=()),
    moved(),
    seconded(),
    Amended(
        id="a1", at="2026-05-12T10:25-07:00", by="Supervisor Elm", changes=(Change(now="New."),)
    ),
    vote("aannn", "v0", "2026-05-12T10:30-07:00", question="a1"),
    vote("aaan."),
    Minuted(id="r1", at="2026-05-13", number="Resolution 7"),
)


def exported(*steps: AdoptionStep, on: date = ON, made: Case | None = None) -> dict[str, Any]:
    found = civic(made or case(*(steps or LIFE)), LAW, on=on)
    return {name: json.loads(data) for name, data in found.files.items()}


@pytest.mark.parametrize("on", ["2026-05-08", "2026-05-09", "2026-05-12", "2026-05-13"])
def test_every_file_is_valid_on_every_day(on: str) -> None:
    found = exported(on=date.fromisoformat(on))
    for name, data in found.items():
        schema = SCHEMAS["vote_event.json" if name.startswith("vote_event") else name]
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
            data
        )


def test_a_bill_bears_number_movers_steps_and_agenda() -> None:
    bill = exported()["bill.json"]
    assert bill["identifier"] == "Resolution 7"
    assert [(s["name"], s["primary"]) for s in bill["sponsorships"]] == [
        ("Supervisor Ash", True), ("Supervisor Birch", False),
    ]  # fmt: skip
    assert [a["classification"] for a in bill["actions"]] == [
        ["filing"], ["introduction"], [], ["amendment-introduction"], ["amendment-failure"],
        ["passage"], [],
    ]  # fmt: skip
    assert bill["actions"][0]["date"] == "2026-05-09T10:00:00-07:00"
    assert bill["documents"][0]["links"][0]["url"] == "https://ostra.example/agenda"


def test_a_vote_event_counts_who_voted_and_names_who_is_not_recorded() -> None:
    event = exported()["vote_event.json"]
    assert event["result"] == "pass"
    assert event["counts"] == [{"option": "yes", "value": 3}, {"option": "no", "value": 1}]
    assert [v["voter_name"] for v in event["votes"]] == [m.name for m in MEMBERS[:4]]
    assert event["extras"]["not_recorded"] == ["Supervisor Elm"]


def test_votes_on_amendments_have_files_of_their_own() -> None:
    found = exported()
    assert found["vote_event-v0.json"]["result"] == "fail"
    assert found["vote_event-v0.json"]["motion_classification"] == ["amendment-passage"]


def test_a_vote_whose_result_cannot_be_said_is_left_out_and_named() -> None:
    made = case(vote("aaaaa"), requester=board(members=()))
    found = civic(made, LAW, on=ON)
    assert "vote_event.json" not in found.files
    assert found.left_out == ("the vote v1, whose result cannot be said",)


def test_a_division_stands_only_where_the_case_gives_one() -> None:
    assert "area_id" not in exported()["organization.json"]
    division = "ocd-division/country:us/state:ca/county:ostra"
    made = case(*LIFE, requester=board(division=division))
    assert exported(made=made)["organization.json"]["area_id"] == division
    with pytest.raises(GravamenError, match="is no division id of Open Civic Data"):
        exported(made=case(*LIFE, requester=board(division="county:ostra")))


def test_dates_that_popolo_does_not_take_are_left_out_and_named() -> None:
    members = (
        msgspec.structs.replace(MEMBERS[0], start="2020~", end=".."),
        msgspec.structs.replace(MEMBERS[1], start="2020-01", end="2028"),
    )
    found = civic(case(requester=board(members=members)), LAW, on=ON)
    people = json.loads(found.files["people.json"])
    assert "start_date" not in people[0]["memberships"][0]
    assert people[1]["memberships"][0]["start_date"] == "2020-01"
    assert found.left_out == ("when ash became a member (2020~)",)


def test_a_referral_names_the_committee() -> None:
    aside = SetAside(id="t1", at="2026-05-12", how="referred", to="Rules Committee")
    [action] = exported(aside)["bill.json"]["actions"]
    assert action["classification"] == ["committee-referral"]
    assert action["related_entities"][0]["entity_type"] == "organization"


def test_a_body_without_a_motion_has_nothing_to_export() -> None:
    with pytest.raises(GravamenError, match="no motion to export"):
        civic(case(requester=board(kind="ngo")), LAW, on=ON)


def test_a_protected_name_stops_the_export() -> None:
    witness = Party(
        id="p.w", kind="person", names=(Name(text="Supervisor Ash"),), protected=True,
        pseudonym="W-1",
    )  # fmt: skip
    made = case(*LIFE, parties={"p.w": witness})
    with pytest.raises(ProtectedName):
        made_as("civic", made, law=LAW, findings=(), on=ON)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert civic(case(*LIFE), LAW, on=ON).files == civic(case(*LIFE), LAW, on=ON).files
