"""Exports: annotations and FollowTheMoney; no protected name in any byte of any form."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from click.testing import CliRunner
from test_exports_tables import HOSTILE

from gravamen.case import Case, Judgement
from gravamen.claims import Allegation, Claim, Role
from gravamen.cli import main
from gravamen.exports import annotations, entities, made_as
from gravamen.exports.followthemoney import AS_FOUND, UNREVIEWED
from gravamen.instruments.leaks import ProtectedName, leaks_in, surnames
from gravamen.instruments.outgoing import Outgoing
from gravamen.law.authority import Law
from gravamen.parties import Command, Identifier, Name, Party, Post
from gravamen.sources.source import Source, Text, locate
from gravamen.submission import Search
from gravamen.values import sha256

DAY = date(2024, 3, 5)
LAW = Law(
    edition="none", authorities={}, elements={}, offices={}, clocks={}, definitions={}, sources={}
)
COUNTY = Path(__file__).resolve().parent.parent / "cases" / "alder-county"
TEXT = "Six men were beaten. Teresh leads the yard. Mirel Tovash stood near. " + " ".join(HOSTILE)


def invented(**more: object) -> Case:
    """A case of a commander, a unit, a state, a protected witness, and hostile words."""
    text = Text(extractor="plain", version="1", text=TEXT, pages=(0, 30))

    def claim(id: str, about: str, quote: str, **said: object) -> Claim:
        fields = {"id": id, "about": about, "passage": locate("s.1", text, quote)}
        return Claim(**{**fields, "speaker": HOSTILE[0], **said})  # type: ignore[arg-type]

    claims = (
        claim("c.1", "a.1", "Six men were beaten."),
        claim("c.2", "p.teresh", "Teresh leads the yard.", said_on="2023~"),
        claim("c.3", "a.1", HOSTILE[11], stance="qualifies", translation=HOSTILE[1]),
        claim("c.4", "a.1", "Mirel Tovash stood near.", speaker="p.w"),
        claim("c.5", "a.1", HOSTILE[14], stance="denies", withdrawn="taken back"),
    )
    fields = {
        "id": "yard",
        "title": HOSTILE[0],
        "sources": {
            "s.1": Source(
                id="s.1", sha256=sha256(TEXT.encode()), name="=a.txt", media_type="text/plain",
                size=len(TEXT), title=HOSTILE[11], published="2023-06", retrieved="2024-01-08~",
                url="https://a.example/1", language="en",
            )
        },
        "texts": {"s.1": text},
        "parties": {
            p.id: p
            for p in (
                Party(id="p.state", kind="government", names=(Name(text="Sarvenia"),),
                      country="XS"),
                Party(
                    id="p.yard", kind="unit", names=(Name(text="The yard"),), country="XS",
                    part_of="p.state",
                ),
                Party(
                    id="p.teresh", kind="person",
                    names=(
                        Name(text="Ilvan Teresh"), Name(text="Илван Тереш", kind="transliteration"),
                        Name(text="Ilvan Old", kind="former"),
                    ),
                    country="XS", born="1974~", birthplace="Port Amel", sex="male",
                    nationalities=("XS",), family_of="p.brother",
                    identifiers=(
                        Identifier(kind="passport", value="X1", country="XS"),
                        Identifier(kind="national id", value="N2"),
                    ),
                    posts=(
                        Post(title="Commander", body="p.yard", start="2022-03", end="..",
                             claims=("c.2",)),
                        Post(title="Adviser", body="a private firm", end="2020"),
                    ),
                    commands=(Command(over="p.yard", start="2022/2023", basis="decree"),),
                ),
                Party(id="p.brother", kind="person", names=(Name(text="Oren Teresh"),)),
                Party(
                    id="p.w", kind="person", names=(Name(text="Mirel Tovash"),), protected=True,
                    pseudonym="W-1", born="1990",
                ),
                Party(
                    id="p.far", kind="unit", names=(Name(text="Far away"),),
                    posts=(Post(title="member", body="p.yard"), Post(title="x", body="nowhere")),
                ),
                Party(id="p.group", kind="group", names=(Name(text="Some men"),)),
                Party(id="p.club", kind="body", names=(Name(text="A club"),)),
            )
        },
        "allegations": {
            "a.1": Allegation(
                id="a.1", kind="act", act="torture", text="six men were beaten", date="2023-02",
                place="Dock 4",
                roles=(
                    Role(kind="commander", party="p.teresh", certainty="likely", basis="a decree"),
                    Role(kind="victim", words="six men"),
                ),
            )
        },
        "claims": {c.id: c for c in claims},
        "searches": {
            "h.1": Search(
                id="h.1", topic="listing", where="the Council's list", on="2024-03-01", by="A.R.",
                party="p.teresh", found="He is on it.", listed=True, claims=("c.2",),
                edition="of March",
            ),
            "h.2": Search(id="h.2", topic="listing", where="a list", on="2024", by="A. Reed"),
            "h.3": Search(
                id="h.3", topic="listing", where="a list", on="2024", by="A. Reed", found="Who?",
                listed=True,
            ),
            "h.4": Search(
                id="h.4", topic="listing", where="a list", on="2024", by="A. Reed",
                party="p.teresh", found="A namesake is on it.",
            ),
        },
    }  # fmt: skip
    return Case(**{**fields, **more})  # type: ignore[arg-type]


CASE = invented()
NAMES = ("Mirel Tovash", "Tovash Mirel")


@pytest.mark.parametrize("form", ["tables", "annotations", "ftm"])
def test_no_byte_of_any_form_holds_the_protected_name_or_words(form: Any) -> None:
    made = made_as(form, CASE, law=LAW, findings=(), on=DAY)
    assert made.files
    assert leaks_in(made.files.items(), [*NAMES, "stood near"]) == []
    assert not any(b"c.4" in data for data in made.files.values())
    assert leaks_in(made.files.items(), ["Six men were beaten"])  # and the search does find
    assert made_as(form, CASE, law=LAW, findings=(), on=DAY) == made


@pytest.mark.parametrize("form", ["tables", "annotations", "ftm"])
def test_a_protected_name_that_somebody_wrote_elsewhere_stops_the_export(form: Any) -> None:
    told = {
        "a.1": msgspec.structs.replace(CASE.allegations["a.1"], text="Mirel  TOVASH was beaten")
    }
    with pytest.raises(ProtectedName) as refused:
        made_as(form, invented(allegations=told), law=LAW, findings=(), on=DAY)
    assert "W-1" in str(refused.value) and "ovash" not in str(refused.value).casefold()


@pytest.mark.parametrize("form", ["tables", "annotations", "ftm"])
def test_the_family_name_alone_of_a_protected_person_stops_the_export(form: Any) -> None:
    def told(text: str) -> Case:
        fact = msgspec.structs.replace(CASE.allegations["a.1"], text=text)
        return invented(allegations={"a.1": fact})

    with pytest.raises(ProtectedName) as refused:
        made_as(form, told("TOVASH's brother was beaten"), law=LAW, findings=(), on=DAY)
    assert "W-1" in str(refused.value) and "ovash" not in str(refused.value).casefold()
    assert made_as(form, told("The men of Tovashen were beaten"), law=LAW, findings=(), on=DAY)


def test_a_family_name_that_an_open_party_bears_too_tells_nobody_apart() -> None:
    other = Party(id="p.o", kind="person", names=(Name(text="Ada Tovash"),))
    case = msgspec.structs.replace(CASE, parties={**CASE.parties, "p.o": other})
    assert surnames(CASE) == {"Tovash": "p.w"}
    assert surnames(case) == {}
    assert made_as("ftm", case, law=LAW, findings=(), on=DAY)


def test_annotations_are_a_collection_as_the_w3c_has_it() -> None:
    whole = annotations(Outgoing(CASE))
    items = whole["first"]["items"]

    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (whole["type"], whole["total"]) == ("AnnotationCollection", 4)
    assert (whole["first"]["type"], whole["first"]["startIndex"]) == ("AnnotationPage", 0)
    assert whole["gravamen:withheld"] == [CASE.version("c.4")]
    assert len({i["id"] for i in items}) == 4
    for item in items:
        quote, position, page = item["target"]["selector"]
        text = CASE.texts["s.1"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert text.text[position["start"] : position["end"]] == quote["exact"]
        assert page["type"] == "FragmentSelector" and page["value"] in ("page=1", "page=2")
        assert item["target"]["gravamen:textSha256"] == text.sha256
        assert item["target"]["scope"] == "https://a.example/1"


def test_the_body_of_an_annotation_says_whose_claim_it_is_and_about_what() -> None:
    items = annotations(Outgoing(CASE))["first"]["items"]
    translated = next(i for i in items if len(i["body"]) == 2)
    assert translated["body"][0]["value"] == HOSTILE[1]
    body = translated["body"][1]
    assert body["value"] == "Six men were beaten"
    assert body["gravamen:claim"] == "c.3" and body["gravamen:stance"] == "qualifies"
    assert body["gravamen:speaker"] == HOSTILE[0] and body["gravamen:mode"] == "reported"
    assert "gravamen:saidOn" not in body
    assert any(i["body"][-1].get("gravamen:withdrawn") == "taken back" for i in items)


def test_words_around_a_quote_are_left_out_of_an_annotation_beside_a_protected_name() -> None:
    items = annotations(Outgoing(CASE))["first"]["items"]
    beside = next(i for i in items if i["body"][-1]["gravamen:claim"] == "c.2")
    assert {*beside["target"]["selector"][0]} == {"type", "exact"}


# Names read in followthemoney/schema/*.yaml of github.com/opensanctions/followthemoney (Thing at
# 0bd54d823e03, LegalEntity 01faae31050e, Person 0259971f4f48, Position 615d50edcbff, Occupancy and
# Sanction 1148de6f0c5b, Interval and Identification 0092099bd337, Event 0b26585f1f04, Family
# 7f0cc2b615e0, Passport 2d9005a0edce) and of github.com/alephdata/followthemoney (Organization
# 0ba1e8b65c52, PublicBody, Membership and Documentation 0216c295586a, Interest 28ad60c0a9e6,
# UnknownLink 0ef6ecf4858f, Document 0109fdf84ecd), the inherited ones with them.
_THING = {
    "name", "alias", "previousName", "country", "summary", "notes", "description", "sourceUrl",
    "publisher", "keywords", "topics", "address", "proof", "retrievedAt",
}  # fmt: skip
_INTERVAL = {"startDate", "endDate", "date", "summary", "description", "recordId", "sourceUrl",
             "proof", "publisher", "retrievedAt"}  # fmt: skip
_INTEREST = _INTERVAL | {"role", "status"}
_LEGAL = _THING | {"legalForm", "status", "idNumber", "jurisdiction", "mainCountry"}
SCHEMATA: dict[str, set[str]] = {
    "LegalEntity": _LEGAL,
    "Organization": _LEGAL,
    "PublicBody": _LEGAL,
    "Person": _LEGAL
    | {"birthDate", "birthPlace", "nationality", "gender", "position", "passportNumber", "title"},
    "Position": _THING | {"organization", "inceptionDate", "dissolutionDate", "subnationalArea"},
    "Occupancy": _INTERVAL | {"holder", "post", "status", "declarationDate", "constituency"},
    "Membership": _INTEREST | {"member", "organization"},
    "UnknownLink": _INTEREST | {"subject", "object"},
    "Documentation": _INTEREST | {"document", "entity"},
    "Family": _INTERVAL | {"person", "relative", "relationship"},
    "Identification": _INTERVAL | {"holder", "type", "country", "number", "authority"},
    "Passport": _INTERVAL | {"holder", "type", "country", "number", "authority", "passportNumber"},
    "Event": _THING | _INTERVAL | {"location", "important", "organizer", "involved"},
    "Sanction": _INTERVAL
    | {
        "entity",
        "authority",
        "program",
        "provisions",
        "status",
        "reason",
        "country",
        "listingDate",
    },
    "Document": _THING
    | {"title", "author", "fileSize", "fileName", "mimeType", "language", "date", "publishedAt"},
}
REQUIRED = {
    "Occupancy": {"holder", "post"},
    "Membership": {"member", "organization"},
    "Documentation": {"document", "entity"},
    "Family": {"person", "relative"},
    "Identification": {"holder", "number"},
    "Passport": {"holder", "number"},
    "Sanction": {"entity"},
    **dict.fromkeys(
        ("LegalEntity", "Organization", "PublicBody", "Person", "Position", "Event"), {"name"}
    ),
}
ORGANIZATION = {"Organization", "PublicBody"}
LEGAL = ORGANIZATION | {"Person", "LegalEntity"}
THING = LEGAL | {"Position", "Event", "Document"}
RANGES = {
    "holder": LEGAL, "post": {"Position"}, "organization": ORGANIZATION, "member": LEGAL,
    "subject": THING, "object": THING, "document": {"Document"}, "entity": THING,
    "person": {"Person"}, "relative": {"Person"}, "involved": LEGAL, "proof": {"Document"},
}  # fmt: skip
GENDERS = {"male", "female", "other"}


def of(schema: str, found: Any) -> list[dict[str, Any]]:
    return [e["properties"] for e in found.entities if e["schema"] == schema]


def test_entities_use_the_names_of_the_model_and_refer_to_one_another() -> None:
    found = entities(Outgoing(CASE))
    schemas = {e["id"]: e["schema"] for e in found.entities}

    assert {*schemas.values()} == {*SCHEMATA}
    for entity in found.entities:
        schema, properties = entity["schema"], entity["properties"]
        assert {*entity} == {"id", "schema", "properties"}
        assert {*properties} <= SCHEMATA[schema], (schema, {*properties} - SCHEMATA[schema])
        assert {*properties} >= REQUIRED.get(schema, set()), (schema, properties)
        for name, values in properties.items():
            assert values and all(isinstance(v, str) and v for v in values)
            if name in RANGES:
                assert {schemas[v] for v in values} <= RANGES[name], (schema, name)
    assert {*of("Person", found)[0].get("gender", [])} <= GENDERS
    positions = [e["id"] for e in found.entities]
    assert len(positions) == len({*positions})


def test_a_person_has_names_dates_posts_and_numbers_as_the_record_has_them() -> None:
    found = entities(Outgoing(CASE))
    person = next(p for p in of("Person", found) if p["name"] == ["Ilvan Teresh"])
    assert person["alias"] == ["Илван Тереш"] and person["previousName"] == ["Ilvan Old"]
    assert "birthDate" not in person and person["notes"] == ["Born: 1974~"]
    assert (person["country"], person["position"]) == (["xs"], ["Commander", "Adviser"])
    first, second = of("Occupancy", found)
    assert (first["startDate"], first["status"]) == (["2022-03"], ["current"])
    assert (second["endDate"], second["status"]) == (["2020"], ["ended"])
    assert [p["name"] for p in of("Position", found)] == [["Commander"], ["Adviser"]]
    assert [p["number"] for p in of("Passport", found)] == [["X1"]]
    assert [p["number"] for p in of("Identification", found)] == [["N2"]]


def test_an_allegation_is_an_event_that_is_alleged_and_each_role_a_link() -> None:
    found = entities(Outgoing(CASE))
    [event] = of("Event", found)
    assert event["name"] == ["Alleged: six men were beaten"]
    assert event["summary"][0].startswith("Several dependent (1 origin)")
    assert (event["date"], event["location"]) == (["2023-02"], ["Dock 4"])
    links = {link["role"][0]: link for link in of("UnknownLink", found)}
    assert links["commander"]["status"] == ["likely"]
    assert links["authority over"]["description"] == ["decree", "From: 2022/2023"]
    assert "part of" in links and "topics" not in event


def test_only_a_listing_that_a_person_says_is_of_the_party_goes_out() -> None:
    found = entities(Outgoing(CASE))
    [sanction] = of("Sanction", found)
    assert sanction["reason"] == ["He is on it."] and sanction["status"] == [AS_FOUND]
    assert "the listing h.3, which names no party" in found.left_out
    assert "the search h.4: nobody says that it is this party" in found.left_out


def test_of_a_protected_party_only_the_pseudonym_goes_out() -> None:
    found = entities(Outgoing(CASE))
    assert {"name": ["W-1"]} in of("Person", found)
    assert b"1990" not in found.lines


def test_what_the_model_cannot_say_is_told() -> None:
    told = entities(Outgoing(CASE)).left_out
    assert "1 claim that is withheld" in told
    assert "the post 'x' of p.far in nowhere" in told
    assert any("six men" in words for words in told)


def test_ids_are_the_same_each_time_and_others_in_another_case() -> None:
    ids = [e["id"] for e in entities(Outgoing(CASE)).entities]
    assert [e["id"] for e in entities(Outgoing(CASE)).entities] == ids
    other = entities(Outgoing(invented(id="other"))).entities
    assert not {*ids} & {e["id"] for e in other}


def test_one_party_comes_with_all_whom_it_leads_to_and_no_others() -> None:
    found = entities(Outgoing(CASE, party="p.teresh"))
    names = {e["properties"]["name"][0] for e in found.entities if e["schema"] in LEGAL}
    assert names == {"Ilvan Teresh", "The yard", "Sarvenia", "Oren Teresh"}


def test_what_no_person_reviewed_says_so_and_what_was_rejected_is_left_out() -> None:
    case = invented(
        proposed_by={"a.1": "machine:reader 1", "c.1": "machine:reader 1"},
        judgements=(Judgement(target="c.3", verdict="rejected"),),
    )
    found = entities(Outgoing(case))
    assert UNREVIEWED in of("Event", found)[0]["notes"]
    assert ["c.3"] not in [d["recordId"] for d in of("Documentation", found)]
    items = annotations(Outgoing(case))["first"]["items"]
    assert items[0]["body"][-1]["gravamen:proposedBy"] == "machine:reader 1"


def run(*args: object) -> Any:
    return CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "case"
    assert run("import", COUNTY / "case.yaml", folder, "--by", "A. Clerk").exit_code == 0
    return folder


@pytest.mark.parametrize("form", ["tables", "annotations", "ftm"])
def test_the_worked_case_is_exported_without_its_protected_witness(
    form: str, opened: Path, tmp_path: Path
) -> None:
    to = tmp_path / "to"
    done = run("export", opened, to, "--as", form, "--on", "2024-03-05", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    files = sorted(to.iterdir())

    assert told["schema"] == "gravamen.export/1" and told["as"] == form
    assert sorted(told["files"]) == [str(p) for p in files]
    assert any("withheld" in words for words in told["left_out"])
    written = yaml.safe_load((COUNTY / "case.yaml").read_text(encoding="utf-8"))
    [witness] = [p for p in written["parties"] if p.get("protected")]
    hidden = [n["text"] for n in witness["names"]]
    hidden += [c["quote"] for c in written["claims"] if c["speaker"] == witness["id"]]
    assert leaks_in(((p.name, p.read_bytes()) for p in files), hidden) == []


def test_every_claim_of_the_worked_case_is_in_its_tables(opened: Path, tmp_path: Path) -> None:
    to = tmp_path / "to"
    assert run("export", opened, to, "--as", "tables", "--on", "2024-03-05").exit_code == 0
    ids = set()
    for name in ("evidence.csv", "adverse.csv"):
        with (to / name).open(encoding="utf-8-sig", newline="") as file:
            ids |= {cell for row in csv.reader(file) for cell in row}
    written = yaml.safe_load((COUNTY / "case.yaml").read_text(encoding="utf-8"))
    [witness] = [p["id"] for p in written["parties"] if p.get("protected")]
    claims = {c["id"] for c in written["claims"] if c["speaker"] != witness}
    assert claims and claims <= ids


def test_an_export_overwrites_nothing_and_a_wrong_call_is_told(
    opened: Path, tmp_path: Path
) -> None:
    to = tmp_path / "to"
    assert run("export", opened, to, "--as", "ftm").exit_code == 0
    again = run("export", opened, to, "--as", "ftm")
    assert again.exit_code == 2 and "is there already" in again.output
    unknown = run("export", opened, tmp_path / "b", "--as", "ftm", "--party", "p.no")
    assert unknown.exit_code == 2 and "no party 'p.no'" in unknown.output
    alone = run("export", opened, tmp_path / "c", "--party", "p.teresh")
    assert alone.exit_code == 2 and "give --as" in alone.output
    assert not (tmp_path / "b").exists() and not (tmp_path / "c").exists()
