"""Consents, searches, arguments, law that was compared and rewordings in a written case."""

import re
from pathlib import Path
from typing import get_args

import pytest
from invented import ADA, NOW

from gravamen import law
from gravamen.casefile import CaseFile, CaseTextError, export_case, import_case, verify
from gravamen.submission import (
    Argument,
    Consent,
    Identity,
    LawReview,
    Rewording,
    Search,
    SearchTopic,
    Submitter,
    Use,
)
from gravamen.vocabulary import ArgumentTopic

MANUAL = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-case.md"
EDITION = law.load().edition_of("us.eo13818")
CASE = f"""\
schema: gravamen.case/1
id: yard
title: The yard
requester:
  name: Sarvenian Prison Watch
  kind: ngo
  about:
    mandate: It documents what happens in prisons.
    standing: Its volunteers spoke with the men.
    partners: [Port Amel Physicians]
    contact: [Edda Marn, "desk@watch.example"]
    interests: It is funded by its members.
sources:
  - {{id: s.report, file: sources/report.txt}}
parties:
  - {{id: p.velz, kind: person, names: [{{text: Velz}}]}}
  - {{id: p.w1, kind: person, names: [{{text: Mila Dern}}], protected: true, pseudonym: Witness 1}}
claims:
  - {{id: c.one, about: p.velz, source: s.report, quote: six men, speaker: an aide}}
consents:
  - id: k.w1
    of: p.w1
    uses: [sanctions-filing, court]
    identity: pseudonym
    on: 2024-02-01
    method: in writing, in Sarvenian, before counsel
    sources: [s.report]
    recipients: [the Department of the Treasury]
    risk: arrest of the family
    safety: no place and no day of the meeting is named
    review: 2025-02
searches:
  - {{id: h.list, topic: listing, where: the consolidated list, on: 2024-03-01,
     by: Ada, party: p.velz, edition: of 1 March 2024}}
  - {{id: h.press, topic: adverse, where: the press of Sarvenia, on: 2024-03, by: Ada,
     found: One paper says that he was abroad., claims: [c.one], answer: The decree says otherwise.,
     changes: He would not have been in command.}}
arguments:
  - {{id: g.one, topic: interest, text: Officers of the yard train with ours.,
     authorities: [us.eo13818], party: p.velz, claims: [c.one]}}
law_reviews:
  - of: us.eo13818
    by: Ada Marsh
    on: 2024-03-04
    against: 31 CFR 583.201, eCFR of 20 February 2024
    edition: "{EDITION}"
  - {{of: el.shra_act, by: Ada Marsh, on: 2024-03-04, against: the same, edition: 0123456789abcdef}}
rewordings:
  - {{id: w.one, instrument: letter-us.state.secretary, was: Guards beat them., now: null}}
  - {{id: w.two, instrument: motion, was: Guards beat them., now: They were beaten.,
     proposed_by: "machine:gravamen.compare/1"}}
judgements:
  - {{target: w.two, verdict: accepted, reason: read it}}
  - {{target: k.w1, verdict: accepted}}
"""


def _import(folder: Path, text: str) -> CaseFile:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "report.txt").write_text("Guards beat six men.\n")
    (folder / "case.yaml").write_text(text)
    return import_case(folder / "case.yaml", folder / "case", actor=ADA, now=NOW)


def _mistakes(folder: Path, *changes: tuple[str, str]) -> list[tuple[int, str]]:
    """The lines and messages of what is wrong with the case after some changes."""
    text = CASE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with pytest.raises(CaseTextError) as raised:
        _import(folder, text)
    return [(m.line, m.message) for m in raised.value.mistakes]


def _line(words: str) -> int:
    """The line of the case in which some words stand."""
    (line,) = [n for n, line in enumerate(CASE.splitlines(), 1) if words in line]
    return line


def test_everything_beside_the_claims_is_compiled(tmp_path: Path) -> None:
    casefile = _import(tmp_path, CASE)
    case = casefile.case()
    assert case.requester is not None
    assert case.requester.about == Submitter(
        mandate="It documents what happens in prisons.",
        standing="Its volunteers spoke with the men.",
        partners=("Port Amel Physicians",),
        contact=("Edda Marn", "desk@watch.example"),
        interests="It is funded by its members.",
    )
    assert case.consents == {
        "k.w1": Consent(
            id="k.w1",
            of="p.w1",
            uses=("sanctions-filing", "court"),
            identity="pseudonym",
            on="2024-02-01",
            method="in writing, in Sarvenian, before counsel",
            sources=("s.report",),
            recipients=("the Department of the Treasury",),
            risk="arrest of the family",
            safety="no place and no day of the meeting is named",
            review="2025-02",
        )
    }
    assert list(case.searches) == ["h.list", "h.press"]
    assert case.searches["h.press"] == Search(
        id="h.press",
        topic="adverse",
        where="the press of Sarvenia",
        on="2024-03",
        by="Ada",
        found="One paper says that he was abroad.",
        claims=("c.one",),
        answer="The decree says otherwise.",
        changes="He would not have been in command.",
    )
    assert case.arguments["g.one"] == Argument(
        id="g.one",
        topic="interest",
        text="Officers of the yard train with ours.",
        authorities=("us.eo13818",),
        party="p.velz",
        claims=("c.one",),
    )
    assert case.law_reviews["us.eo13818"] == LawReview(
        of="us.eo13818",
        by="Ada Marsh",
        on="2024-03-04",
        against="31 CFR 583.201, eCFR of 20 February 2024",
        edition=EDITION,
    )
    assert case.rewordings["w.one"] == Rewording(
        id="w.one", instrument="letter-us.state.secretary", was="Guards beat them.", now=None
    )
    assert case.proposed_by == {"w.two": "machine:gravamen.compare/1"}
    assert case.reviewed("w.two")
    assert verify(tmp_path / "case").well


def test_a_review_of_an_edition_that_is_no_more_is_taken_and_kept(tmp_path: Path) -> None:
    case = _import(tmp_path, CASE).case()
    assert case.law_reviews["el.shra_act"].edition == "0123456789abcdef"
    assert case.editions_reviewed()["el.shra_act"] != law.load().edition_of("el.shra_act")


def test_written_out_and_compiled_again_it_is_the_same_case(tmp_path: Path) -> None:
    casefile = _import(tmp_path, CASE)
    written = export_case(casefile, tmp_path / "text")
    again = import_case(written, tmp_path / "again", actor=ADA, now=NOW)
    assert again.case() == casefile.case()


def test_a_reference_to_nothing_is_named_with_its_line_and_what_is_near(tmp_path: Path) -> None:
    found = _mistakes(
        tmp_path,
        ("of: p.w1", "of: p.w2"),
        ("sources: [s.report]", "sources: [s.reprot]"),
        ("by: Ada, party: p.velz", "by: Ada, party: p.vels"),
        ("abroad., claims: [c.one]", "abroad., claims: [c.oen]"),
        ("[us.eo13818], party: p.velz", "[us.eo13188], party: p.valz"),
        ("claims: [c.one]}\nlaw", "claims: [c.two]}\nlaw"),
        ("of: us.eo13818", "of: us.eo13813"),
        ("target: k.w1", "target: k.w7"),
    )
    argued, near_argued = _line("authorities: ["), "which is not among the authorities"
    tables = "elements, offices, clocks and programs"
    reviewed = f"{near_argued}, {tables} of the law data (did you mean"
    assert [line for line, _ in found] == [
        _line("of: p.w1"),
        _line("sources: [s.report]"),
        _line("by: Ada, party"),
        _line("abroad., claims"),
        argued,
        argued,
        argued,
        _line("of: us.eo13818"),
        _line("target: k.w1"),
    ]
    told = [message for _, message in found]
    for message, words in zip(
        told,
        (
            "k.w1 points to 'p.w2', which is not among the parties here (did you mean 'p.w1'?)",
            "k.w1 points to 's.reprot', which is not among the sources here (did you mean 's.re",
            "h.list points to 'p.vels', which is not among the parties here (did you mean 'p.velz",
            "h.press points to 'c.oen', which is not among the claims here (did you mean 'c.one'?",
            f"'authorities' of g.one is 'us.eo13188', {near_argued} of the law data (did you",
            "g.one points to 'c.two', which is not among the claims here",
            "g.one points to 'p.valz', which is not among the parties here (did you mean 'p.velz'",
            f"'of' of the law review us.eo13813 is 'us.eo13813', {reviewed}",
            "judgement points to 'k.w7', which is not among the things here (did you mean 'k.w1'?)",
        ),
        strict=True,
    ):
        assert message.startswith(words), message


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("uses: [sanctions-filing, court]", "uses: []", "uses:", "The consent k.w1 is for no use"),
        ("[sanctions-filing, court]", "[sanction-filing]", "uses:", "(did you mean 'sanctions-fil"),
        ("review: 2025-02", "review: 2023", "review: 2025", "is to be asked anew on 2023, before"),
        ("on: 2024-02-01", "on: 2024-02-31", "on: 2024-02-01", "is not a day of the calendar"),
        ("identity: pseudonym", "identity: hidden", "identity:", "cannot be 'hidden'; write one"),
        ("text: Officers of the yard train with ours.", 'text: " "', "g.one", "an empty 'text'"),
        ("topic: interest", "topic: intrest", "g.one", "(did you mean 'interest'?)"),
        ("standing: Its volunteers spoke with the men.", "standing: ' '", "standing:", "an empty"),
        ("standing: Its volunteers spoke with the men.", "x: y", "x: y", "'x' is no key of"),
        ("     found: One paper says that he was abroad., c", "     c", "id: h.press", "yet has"),
        ("now: They were beaten.", "now: Guards beat them.", "now: They", "w.two changes nothing"),
        ("was: Guards beat them., now: null", "was: x", "w.one", "lacks 'now'; write it."),
        ("edition: 0123456789abcdef", "edition: abc", "of: el.shra", "The edition 'abc' of the"),
        ("of: el.shra_act, by: Ada Marsh", "of: el.shra_act, by: 'machine:x/1'", "of: el.shra",
         "'machine:x/1' cannot review 'el.shra_act': a person decides."),
        ("of: el.shra_act", "of: us.eo13818", "of: el.shra_act", "'us.eo13818' is taken in line"),
        ("of: el.shra_act", "of: us.eo13818.shra", "of: el.shra_act",
         "is a prong, which is reviewed with its authority; write 'us.eo13818'."),
        ("of: el.shra_act", "id: el.shra_act", "of: el.shra_act", "lacks 'of'; write it."),
        ("of: el.shra_act", "of: el.shra_act, proposed_by: 'machine:x/1'", "of: el.shra_act",
         "'proposed_by' is no key of the law review el.shra_act"),
        ("id: g.one", "id: c.one", "id: g.one", "The id 'c.one' is taken in line"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, at: str, words: str
) -> None:
    found = _mistakes(tmp_path, (old, new))
    line = _line(old) if at == "x: y" else _line(at)
    assert any(words in message for _, message in found), found
    assert all(abs(at_line - line) <= 2 for at_line, _ in found), (line, found)
    assert not (tmp_path / "case").exists()


def test_a_review_without_its_edition_is_told_the_present_one_and_where_to_see_it(
    tmp_path: Path,
) -> None:
    ((line, message),) = _mistakes(tmp_path, (f'\n    edition: "{EDITION}"', ""))
    assert line == _line("of: us.eo13818")
    assert message == (
        "the law review us.eo13818 lacks 'edition'; write the edition that was compared with the "
        f"law; that of today is '{EDITION}' (`gravamen law show us.eo13818` prints the value and "
        "its edition)."
    )


def test_a_review_of_nothing_without_its_edition_gets_no_edition_told(tmp_path: Path) -> None:
    of, lacking = _mistakes(
        tmp_path, ("of: us.eo13818", "of: us.none"), (f'\n    edition: "{EDITION}"', "")
    )
    assert of[1].startswith("'of' of the law review us.none is 'us.none', which is not among")
    assert lacking[1].endswith(
        "compared with the law (`gravamen law show ID` prints the value and its edition)."
    )


def test_the_manual_names_every_key_and_its_example_compiles(tmp_path: Path) -> None:
    page = MANUAL.read_text("utf-8")
    for kind in (Submitter, Consent, Search, Argument, LawReview, Rewording):
        lacking = {*kind.__struct_fields__} - {"id"} - {*re.findall(r"`(\w+)`", page)}
        assert lacking == set(), kind
    for words in (Use, Identity, SearchTopic, ArgumentTopic):
        assert [w for w in get_args(words) if f"`{w}`" not in page] == []
    (example,) = [y for y in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "consents:" in y]
    rest = """\
schema: gravamen.case/1
id: example
title: An example
sources:
  - {id: s.statement, file: sources/report.txt}
parties:
  - {id: p.teresh, kind: person, names: [{text: Ilvan Teresh}]}
  - {id: p.w1, kind: person, names: [{text: Mila Dern}], protected: true, pseudonym: Witness 1}
claims:
  - {id: c.abroad, about: p.teresh, source: s.statement, quote: six men, speaker: p.w1}
  - {id: c.training, about: p.teresh, source: s.statement, quote: six men, speaker: p.w1}
"""
    case = _import(tmp_path, rest + example).case()
    assert list(case.searches) == ["h.list", "h.press"]
    assert case.requester is not None and case.requester.about is not None
