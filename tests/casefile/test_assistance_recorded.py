"""Lines of assistance and vettings in the record: kept, superseded, judged, erased, written out."""

import re
from pathlib import Path

import msgspec
import pytest
from invented import ADA, FLOW, NOW, READER, VETTING, assistance, party, small_case

from gravamen.case import Judgement
from gravamen.casefile import (
    Attributed,
    CaseFile,
    CaseTextError,
    Chosen,
    Entry,
    Judged,
    Named,
    RecordError,
    Vetted,
    export_case,
    import_case,
    verify,
)
from gravamen.casefile.entries import id_of
from gravamen.claims import Claim
from gravamen.flows import Flow, Vetting
from gravamen.sources import locate
from gravamen.values import canonical

MANUAL = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-case.md"
change = msgspec.structs.replace
IDS = ("f.xs.imet.2018", "v.velz")


def recorded(folder: Path) -> CaseFile:
    casefile = small_case(folder)
    casefile.append(*assistance(), actor=ADA, now=NOW)
    return casefile


def about(casefile: CaseFile, thing: str = FLOW.id) -> Claim:
    text = casefile.case().texts["s.report"]
    return Claim(
        id="c.flow",
        about=thing,
        passage=locate("s.report", text, "six men"),
        speaker="the report, as extracted",
        mode="document",
    )


def test_both_are_there_when_the_case_is_opened_again(tmp_path: Path) -> None:
    casefile = recorded(tmp_path / "case")
    case = CaseFile.open(tmp_path / "case").case()
    assert (case.flows, case.vettings) == ({FLOW.id: FLOW}, {VETTING.id: VETTING})
    kinds = [happened.header.kind for happened in casefile.entries()][7:]
    assert kinds == ["chosen", "vetted"]
    assert verify(tmp_path / "case").well


def test_recording_an_id_again_supersedes_what_stood_there(tmp_path: Path) -> None:
    casefile = recorded(tmp_path / "case")
    casefile.append(
        Chosen(flow=change(FLOW, amount=None)),
        Vetted(vetting=change(VETTING, same="open")),
        actor=ADA,
    )
    case = casefile.case()
    assert case.flows[FLOW.id].amount is None
    assert case.vettings[VETTING.id].same == "open"


def test_a_claim_about_a_flow_changes_with_the_flow(tmp_path: Path) -> None:
    casefile = recorded(tmp_path / "case")
    casefile.append(Attributed(claim=about(casefile)), actor=ADA)
    before = casefile.case().version("c.flow")
    casefile.append(Chosen(flow=change(FLOW, trainees=21)), actor=ADA)
    assert casefile.case().version("c.flow") != before
    assert [c.id for c in casefile.case().claims_about(FLOW.id)] == ["c.flow"]


def test_a_machine_proposes_lines_and_a_person_decides_about_units(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(Chosen(flow=FLOW), actor=READER)
    assert not casefile.case().reviewed(FLOW.id)
    casefile.append(Judged(judgement=Judgement(target=FLOW.id, verdict="rejected")), actor=ADA)
    assert not casefile.case().stands(FLOW.id)
    with pytest.raises(RecordError, match="a person decides whether a unit is the one that is"):
        casefile.append(Vetted(vetting=VETTING), actor=READER)


@pytest.mark.parametrize("entry", assistance(), ids=lambda e: type(e).__name__)
def test_each_is_erased_with_all_its_versions(tmp_path: Path, entry: Entry) -> None:
    casefile = recorded(tmp_path / "case")
    casefile.append(entry, actor=ADA, now=NOW)
    id = id_of(entry)
    assert id is not None
    done = casefile.erase(id, actor=ADA, reason="asked for", now=NOW)
    assert done.erased.entries == (8 + IDS.index(id), 10)
    assert canonical(entry) not in (tmp_path / "case" / "ledger.jsonl").read_bytes()
    written = export_case(casefile, tmp_path / "text")
    assert import_case(written, tmp_path / "again", actor=ADA).case() == casefile.case()


def test_the_words_of_an_erased_vetting_are_found_elsewhere(tmp_path: Path) -> None:
    casefile = recorded(tmp_path / "case")
    casefile.append(Vetted(vetting=change(VETTING, id="v.again", why="Otherwise.")), actor=ADA)
    remains = casefile.erase("v.velz", actor=ADA, reason="asked for").remains
    assert "entry 10 (vetted v.again)" in remains


def test_what_means_nothing_or_points_nowhere_is_refused(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    for entry, words in (
        (Chosen(flow=change(FLOW, source="s.none")), "in the extract 's.none', which is not there"),
        (Chosen(flow=change(FLOW, source="p.velz")), "in the extract 'p.velz', which is not there"),
        (Chosen(flow=change(FLOW, sha256="b")), "is no SHA-256"),
        (Chosen(flow=change(FLOW, country="Sarvenia")), "is no code of a state"),
        (Chosen(flow=change(FLOW, rows=0)), "a figure stands in at least one"),
        (Chosen(flow=change(FLOW, trainees=-1)), "count from 0"),
        (Chosen(flow=change(FLOW, unnamed_rows=5)), "5 rows without a unit among 4"),
        (Chosen(flow=change(FLOW, program=" ")), "has an empty 'program'"),
        (Chosen(flow=change(FLOW, id="p.velz")), "of something of another kind"),
        (Vetted(vetting=change(VETTING, unit="p.none")), "about 'p.none', which is not there"),
        (Vetted(vetting=change(VETTING, unit="c.0")), "about 'c.0', which is not there"),
        (Vetted(vetting=change(VETTING, why="")), "has an empty 'why'; write it"),
        (Vetted(vetting=change(VETTING, on="2024-02-30")), "not a day of the calendar"),
    ):
        with pytest.raises(RecordError, match=words):
            casefile.append(Named(party=party("p.new")), entry, actor=ADA)
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == before


WRITTEN = """\
schema: gravamen.case/1
id: yard
title: The yard
sources:
  - {id: s.rows, file: rows.txt}
parties:
  - {id: p.unit, kind: unit, names: [{text: Third Guard Battalion}], country: XS}
claims:
  - {id: c.f, about: f.imet, source: s.rows, quote: 4 trainees, speaker: the report, mode: document}
flows:
  - {id: f.imet, country: XS, dataset: fmtr, file: t.csv, sha256: DIGEST, vintage: 2018_2019,
     at: 7-9, source: s.rows, rows: 3, kind: cost, year: 2018, trainees: 4, amount: 120294.5}
vettings:
  - {id: v.unit, unit: p.unit, name: "Guard BN # 3", file: t.csv, sha256: DIGEST,
     vintage: 2018_2019, at: "9", same: open, why: The numbers agree and the place is not given.}
""".replace("DIGEST", "c" * 64)


def _compiled(folder: Path, text: str) -> CaseFile:
    (folder / "rows.txt").write_text("IMET-1: 4 trainees.\n")
    (folder / "case.yaml").write_text(text)
    return import_case(folder / "case.yaml", folder / "case", actor=ADA, now=NOW)


def test_a_written_case_has_both_and_comes_back_from_its_text(tmp_path: Path) -> None:
    casefile = _compiled(tmp_path, WRITTEN)
    case = casefile.case()
    assert (case.flows["f.imet"].vintage, case.flows["f.imet"].amount) == ("2018_2019", 120294.5)
    assert case.vettings["v.unit"].at == "9"
    written = export_case(casefile, tmp_path / "text")
    assert import_case(written, tmp_path / "again", actor=ADA).case() == case


def test_the_manual_names_every_key_and_its_example_compiles(tmp_path: Path) -> None:
    page = MANUAL.read_text("utf-8")
    for kind in (Flow, Vetting):
        lacking = {*kind.__struct_fields__} - {"id"} - {*re.findall(r"`(\w+)", page)}
        assert lacking == set(), kind
    (example,) = [y for y in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "flows:" in y]
    rest = """\
schema: gravamen.case/1
id: example
title: An example
sources: [{id: s.aid.fmtr.xs, file: rows.txt}]
parties: [{id: p.battalion, kind: unit, names: [{text: Third Battalion}], country: XS}]
"""
    case = _compiled(tmp_path, rest + example).case()
    assert (case.flows["f.xs.2018.fmf"].amount, list(case.vettings)) == (120294, ["v.battalion"])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("about: f.imet", "about: f.imte", "not among the allegations, parties or flows here (did"),
        ("source: s.rows, rows", "source: s.row, rows", "f.imet points to 's.row', which is not"),
        ("unit: p.unit", "unit: p.unti", "v.unit points to 'p.unti', which is not among the part"),
        ("rows: 3", "rows: 0", "a figure stands in at least one"),
        ("same: open", "same: maybe", "cannot be 'maybe'"),
        ("same: open", "same: open, proposed_by: 'machine:x/1'", "'proposed_by' is no key"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_written_one_is_named(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert WRITTEN.count(old) == 1
    with pytest.raises(CaseTextError) as raised:
        _compiled(tmp_path, WRITTEN.replace(old, new))
    assert any(words in m.message for m in raised.value.mistakes), raised.value
