"""What is said beside the claims is recorded, judged and erased; old records still open."""

import shutil
from pathlib import Path

import msgspec
import pytest
from invented import (
    ADA,
    ARGUMENT,
    CONSENT,
    NOW,
    READER,
    REPORT,
    REVIEW,
    REWORDING,
    SEARCH,
    party,
    small_case,
    submission,
)

from gravamen.case import Case, Judgement, Requester
from gravamen.casefile import (
    Argued,
    CaseFile,
    Consented,
    Drafted,
    Entry,
    Judged,
    LawReviewed,
    Named,
    Opened,
    RecordError,
    Reworded,
    Searched,
    export_case,
    import_case,
    verify,
)
from gravamen.casefile.blobs import Blobs
from gravamen.casefile.chain import unseal
from gravamen.casefile.entries import id_of
from gravamen.submission import Submitter
from gravamen.values import canonical

OLD = Path(__file__).parent / "recorded-by-0.1"
IDS = ("k.velz", "h.list", "g.interest", "us.eo13818", "w.1")
change = msgspec.structs.replace


def submitted(folder: Path) -> CaseFile:
    casefile = small_case(folder)
    casefile.append(*submission(), actor=ADA, now=NOW)
    return casefile


def beside(case: Case) -> dict[str, object]:
    """Everything that is said beside the claims, by id."""
    tables = (case.consents, case.searches, case.arguments, case.law_reviews, case.rewordings)
    return {id: thing for table in tables for id, thing in table.items()}


def test_each_kind_is_there_when_the_case_is_opened_again(tmp_path: Path) -> None:
    casefile = submitted(tmp_path / "case")
    case = CaseFile.open(tmp_path / "case").case()
    assert (case.consents, case.searches, case.arguments) == (
        {"k.velz": CONSENT},
        {"h.list": SEARCH},
        {"g.interest": ARGUMENT},
    )
    assert (case.law_reviews, case.rewordings) == ({"us.eo13818": REVIEW}, {"w.1": REWORDING})
    kinds = [happened.header.kind for happened in casefile.entries()][7:]
    assert kinds == ["consented", "searched", "argued", "lawreviewed", "reworded"]
    assert verify(tmp_path / "case").well


def test_recording_an_id_again_supersedes_what_stood_there(tmp_path: Path) -> None:
    casefile = submitted(tmp_path / "case")
    later = (
        Consented(consent=change(CONSENT, withdrawn="2024-03-05")),
        Searched(search=change(SEARCH, found=None, claims=())),
        Argued(argument=change(ARGUMENT, text="Another reason.")),
        LawReviewed(review=change(REVIEW, edition="f" * 16)),
        Reworded(rewording=change(REWORDING, now=None)),
    )
    casefile.append(*later, actor=ADA)
    case = CaseFile.open(tmp_path / "case").case()
    assert case.consents["k.velz"].withdrawn == "2024-03-05"
    assert case.searches["h.list"].found is None
    assert case.arguments["g.interest"].text == "Another reason."
    assert case.editions_reviewed() == {"us.eo13818": "f" * 16}
    assert case.rewordings["w.1"].now is None
    assert tuple(beside(case)) == IDS


@pytest.mark.parametrize("id", IDS)
def test_a_judgement_decides_about_each_kind(tmp_path: Path, id: str) -> None:
    casefile = submitted(tmp_path / "case")
    assert casefile.case().stands(id)
    casefile.append(Judged(judgement=Judgement(target=id, verdict="rejected")), actor=ADA)
    assert not casefile.case().stands(id)
    assert (id == "us.eo13818") == (casefile.case().editions_reviewed() == {})


def test_what_a_machine_proposes_waits_for_a_person(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    casefile.append(*(e for e in submission() if not isinstance(e, LawReviewed)), actor=READER)
    assert not casefile.case().reviewed("w.1")
    casefile.append(Judged(judgement=Judgement(target="w.1", verdict="accepted")), actor=ADA)
    assert casefile.case().reviewed("w.1")
    assert set(casefile.case().proposed_by) == {*IDS, "c.1", "c.2"} - {"us.eo13818"}
    changed = Reworded(rewording=change(REWORDING, now="Otherwise."))
    with pytest.raises(RecordError, match=r"recorded or judged 'w\.1'"):
        casefile.append(changed, actor=READER)


@pytest.mark.parametrize("entry", submission(), ids=lambda e: type(e).__name__)
def test_each_kind_is_erased_with_all_its_versions(tmp_path: Path, entry: Entry) -> None:
    casefile = submitted(tmp_path / "case")
    casefile.append(entry, actor=ADA, now=NOW)
    id = id_of(entry)
    assert id is not None
    done = casefile.erase(id, actor=ADA, reason="asked for", now=NOW)
    assert done.erased.entries == (8 + IDS.index(id), 13)
    case = CaseFile.open(tmp_path / "case").case()
    assert tuple(beside(case)) == tuple(i for i in IDS if i != id)
    ledger = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    assert canonical(entry) not in ledger
    assert verify(tmp_path / "case").well
    written = export_case(casefile, tmp_path / "text")
    assert import_case(written, tmp_path / "again", actor=ADA).case() == casefile.case()


def test_what_still_names_or_repeats_the_erased_is_said(tmp_path: Path) -> None:
    casefile = submitted(tmp_path / "case")
    named = casefile.erase("p.velz", actor=ADA, reason="asked for").remains
    assert {
        "entry 8 (consented k.velz)",
        "entry 9 (searched h.list)",
        "entry 10 (argued g.interest)",
    } < set(named)
    assert "entry 11 (lawreviewed us.eo13818)" not in named
    again = Reworded(rewording=change(REWORDING, id="w.2", was=ARGUMENT.text, now=REWORDING.now))
    casefile.append(again, actor=ADA)
    argued = casefile.erase("g.interest", actor=ADA, reason="asked for").remains
    assert argued == ("entry 14 (reworded w.2)",)
    said = Reworded(rewording=change(REWORDING, id="w.3", was=SEARCH.found or "", now="No."))
    casefile.append(said, actor=ADA)
    searched = casefile.erase("h.list", actor=ADA, reason="asked for").remains
    assert searched == ("entry 16 (reworded w.3)",)
    reworded = casefile.erase("w.1", actor=ADA, reason="asked for").remains
    assert reworded == ("entry 14 (reworded w.2)",)


def test_what_means_nothing_or_points_nowhere_is_refused(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    before = (tmp_path / "case" / "ledger.jsonl").read_bytes()
    for entry, words in (
        (Consented(consent=change(CONSENT, of="p.none")), "k.velz is of 'p.none', which is not"),
        (Consented(consent=change(CONSENT, sources=("s.x",))), "k.velz is of 's.x', which is not"),
        (Searched(search=change(SEARCH, party="p.none")), "h.list is about 'p.none', which is not"),
        (Searched(search=change(SEARCH, claims=("c.x",))), "h.list is about 'c.x', which is not"),
        (Argued(argument=change(ARGUMENT, party="p.x")), "g.interest is about 'p.x', which is not"),
        (Argued(argument=change(ARGUMENT, claims=("c.x",))), "is about 'c.x', which is not there"),
        (Argued(argument=change(ARGUMENT, text=" ")), "has an empty 'text'; write it"),
        (Argued(argument=change(ARGUMENT, id="p.velz")), "of something of another kind"),
        (LawReviewed(review=change(REVIEW, of="c.0")), "of something of another kind"),
        (LawReviewed(review=change(REVIEW, by=READER)), "a person compares a value with the law"),
        (LawReviewed(review=change(REVIEW, on="2024-02-30")), "not a day of the calendar"),
        (Reworded(rewording=change(REWORDING, now="")), "has an empty 'now'"),
    ):
        with pytest.raises(RecordError, match=words):
            casefile.append(Named(party=party("p.new")), entry, actor=ADA)
    with pytest.raises(RecordError, match="cannot review 'us.eo13818': a person compares"):
        casefile.append(LawReviewed(review=REVIEW), actor=READER)
    about = Submitter(mandate="We count.", standing=" ")
    opened = Opened(id="yard", title="x", requester=Requester(name="Board", about=about))
    with pytest.raises(RecordError, match="about the requester has an empty 'standing'; write it"):
        casefile.append(opened, actor=ADA)
    assert (tmp_path / "case" / "ledger.jsonl").read_bytes() == before


def test_a_draft_of_a_dossier_says_of_whom_and_for_whose_law(tmp_path: Path) -> None:
    casefile = small_case(tmp_path / "case")
    drafted = Drafted(instrument="dossier", on="2024-03-05", party="p.velz", regime="uk")
    casefile.append(drafted, actor=ADA)
    assert [h.entry for h in CaseFile.open(tmp_path / "case").entries()][-1] == drafted
    assert beside(casefile.case()) == {}
    done = casefile.erase("entry:8", actor=ADA, reason="asked for")
    assert done.erased.entries == (8,)


def test_a_record_of_before_there_were_dossiers_opens_and_verifies(tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(OLD, case)
    (case / "lock").touch()
    (case / "blobs").mkdir()
    Blobs(case / "blobs").put(REPORT.encode())
    before = (case / "ledger.jsonl").read_bytes()
    assert verify(case).well
    casefile = CaseFile.open(case)
    state = casefile.case()
    assert (state.requester is not None, beside(state)) == (True, {})
    assert list(state.claims) == ["c.0", "c.1"]
    for happened, line in zip(casefile.entries(), before.splitlines(), strict=True):
        body = unseal(line).body
        assert body == (canonical(happened.entry) if happened.entry else None)
    casefile.append(*submission(), actor=ADA)
    assert (case / "ledger.jsonl").read_bytes().startswith(before)
    assert verify(case).well
