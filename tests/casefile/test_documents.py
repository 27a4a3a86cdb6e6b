"""Documents: what was drafted is made again from the record and compared."""

from datetime import date
from pathlib import Path

from gravamen import law
from gravamen.case import Judgement
from gravamen.casefile import CaseFile, Drafted, Judged, import_case
from gravamen.casefile.documents import documents
from gravamen.instruments.package import prepare, write_all

CASE = Path(__file__).parents[2] / "cases" / "alder-county" / "case.yaml"
DAY = date(2024, 3, 5)


def drafted(tmp_path: Path) -> CaseFile:
    record = import_case(CASE, tmp_path / "case", actor="person:Ada")
    case = record.case()
    package = prepare(case, law.load(), on=DAY)
    files = write_all(package, tmp_path, case)
    record.append(
        *(
            Drafted(instrument=i.id, on=DAY.isoformat(), draft=i.draft, files=files[i.id].digests())
            for i in package.instruments
        ),
        actor="person:Ada",
    )
    return record


def test_what_was_drafted_follows_from_the_record_to_the_last_quote(tmp_path):
    record = drafted(tmp_path)

    found = documents(record, law.load())

    assert [d.instrument for d in found if d.why] == []
    motion = next(d for d in found if d.instrument == "motion")
    case = record.case()
    quotes = [b for s in motion.sentences for b in s.claims if not b.withheld]
    assert quotes
    assert [b for b in quotes if case.texts[b.source].text[b.start : b.end] != b.quote] == []
    assert [b for b in quotes if case.sources[b.source].sha256 != b.source_sha256] == []


def test_a_document_that_rests_on_a_claim_rejected_since_no_longer_follows(tmp_path):
    record = drafted(tmp_path)
    record.append(
        Judged(judgement=Judgement(target="c.ordered.w1", verdict="rejected")), actor="person:Ada"
    )

    changed = {d.instrument for d in documents(record, law.load()) if d.why}

    assert {"motion", "letter-us.treasury.secretary"} <= changed


def test_a_case_from_which_nothing_was_drafted_has_no_documents(tmp_path):
    assert documents(import_case(CASE, tmp_path / "case", actor="person:Ada"), law.load()) == ()
