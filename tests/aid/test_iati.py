"""IATI: activity files into rows, and the files that are refused."""

import csv
import gzip
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from gravamen.aid.files import iati
from gravamen.aid.files.dataset import AidError
from gravamen.aid.files.intake import ROWS_FILE, take_in
from gravamen.aid.files.printed import Printed
from gravamen.editions import Editions
from gravamen.law import load

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<iati-activities version="2.03" generated-datetime="2025-04-01T10:00:00Z">\n'
)
ACTIVITY = """<iati-activity default-currency="USD" xml:lang="en" hierarchy="1">
 <iati-identifier>{name}</iati-identifier>
 <reporting-org ref="{ref}" type="10"><narrative>Agency of Aid</narrative></reporting-org>
 <title><narrative xml:lang="fr">Eau</narrative><narrative>Water for Karabia</narrative></title>
 {where}
 <sector vocabulary="1" code="14030"><narrative>Basic water supply</narrative></sector>
 {body}
</iati-activity>
"""
TRANSACTION = """<transaction>
  <transaction-type code="{kind}"/>
  <transaction-date iso-date="{day}"/>
  <value value-date="2020-01-01"{currency}>{value}</value>
  {more}
 </transaction>"""
ONE = '<recipient-country code="AM"/>'


def transaction(**changes: str) -> str:
    given = {"kind": "3", "day": "2020-05-06", "currency": "", "value": "100", "more": ""}
    return TRANSACTION.format(**{**given, **changes})


def activity(
    body: str, *, where: str = ONE, ref: str = "US-GOV-1", name: str = "US-GOV-1-1"
) -> str:
    return ACTIVITY.format(body=body, where=where, ref=ref, name=name)


def written(folder: Path, *activities: str, head: str = HEAD) -> Path:
    file = folder / "activities.xml"
    file.write_text(head + "".join(activities) + "</iati-activities>\n", encoding="utf-8")
    return file


def flat(file: Path) -> list[dict[str, str]]:
    target = file.with_suffix(".csv")
    iati.flatten(file, target, file.name)
    with target.open(encoding="utf-8", newline="") as read:
        return list(csv.DictReader(read))


def refused(folder: Path, *activities: str, head: str = HEAD) -> str:
    with pytest.raises(AidError) as error:
        flat(written(folder, *activities, head=head))
    assert str(error.value).startswith("activities.xml: ")
    return str(error.value)


def test_a_transaction_is_a_row_with_its_line_agency_and_purpose(tmp_path: Path) -> None:
    (row,) = flat(written(tmp_path, activity(transaction(value=" 1234.50 "))))
    told = {k: v for k, v in row.items() if v}
    assert told == {
        "row": "9",
        "element": "transaction",
        "identifier": "US-GOV-1-1",
        "reporting_ref": "US-GOV-1",
        "reporting_type": "10",
        "reporting": "Agency of Aid",
        "hierarchy": "1",
        "title": "Water for Karabia",
        "type": "3",
        "start": "2020-05-06",
        "value": "1234.50",
        "currency": "USD",
        "country": "AM",
        "place": "Armenia",
        "sector": "Basic water supply (14030)",
        "recipient": "AM",
        "year": "2020",
        "kind": "disbursed",
        "amount": "1234.50",
        "donor": "US",
    }


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1", "received"),
        ("2", "committed"),
        ("3", "disbursed"),
        ("4", "spent"),
        ("5", "interest"),
        ("6", "repaid"),
        ("7", "reimbursed"),
        ("8", "equity-bought"),
        ("9", "equity-sold"),
        ("10", "guaranteed"),
        ("11", "incoming-commitment"),
        ("12", "pledged"),
        ("13", "incoming-pledge"),
    ],
)
def test_each_type_of_transaction_has_a_kind_of_its_own(
    tmp_path: Path, code: str, kind: str
) -> None:
    (row,) = flat(written(tmp_path, activity(transaction(kind=code))))
    assert row["kind"] == kind


def test_money_is_divided_among_countries_to_the_cent(tmp_path: Path) -> None:
    where = "".join(
        f'<recipient-country code="{c}" percentage="{p}"/>'
        for c, p in (("AM", "33.33"), ("AZ", "33.33"), ("GE", "33.34"))
    )
    found = flat(written(tmp_path, activity(transaction(value="100.01"), where=where)))
    assert [(r["recipient"], r["share"], r["amount"]) for r in found] == [
        ("AM", "33.33", "33.33"),
        ("AZ", "33.33", "33.33"),
        ("GE", "33.34", "33.35"),
    ]
    assert sum(Decimal(r["amount"]) for r in found) == Decimal("100.01")
    assert {r["row"] for r in found} == {"9"}


def test_the_country_of_a_transaction_counts_before_those_of_its_activity(tmp_path: Path) -> None:
    own = transaction(more='<recipient-country code="GE"/>')
    found = flat(written(tmp_path, activity(own + transaction(), where=ONE)))
    assert [r["recipient"] for r in found] == ["GE", "AM"]


def test_a_region_has_its_share_beside_a_country(tmp_path: Path) -> None:
    where = (
        '<recipient-country code="AM" percentage="40"/>'
        '<recipient-region code="619" vocabulary="1" percentage="60"/>'
        '<recipient-region code="143" vocabulary="2" percentage="60"/>'
    )
    found = flat(written(tmp_path, activity(transaction(), where=where)))
    assert [(r["recipient"], r["amount"], r["place"]) for r in found] == [
        ("AM", "40.00", "Armenia"),
        ("DAC-619", "60.00", "Central Asia, regional (DAC)"),
    ]


def test_a_region_without_a_share_only_says_where_the_country_lies(tmp_path: Path) -> None:
    where = ONE + '<recipient-region code="619"/>'
    assert [
        r["recipient"] for r in flat(written(tmp_path, activity(transaction(), where=where)))
    ] == ["AM"]


@pytest.mark.parametrize(
    "where",
    [
        (
            '<recipient-country code="AM" percentage="40"/>'
            '<recipient-country code="AZ" percentage="40"/>'
        ),
        '<recipient-country code="AM" percentage="40"/>',
        (
            '<recipient-country code="AM" percentage="70"/>'
            '<recipient-region code="619" percentage="40"/>'
        ),
        '<recipient-country code="AM"/><recipient-country code="AZ"/>',
        '<recipient-country code="AM"/><recipient-region code="619" percentage="40"/>',
    ],
)
def test_shares_that_do_not_give_the_whole_are_refused(tmp_path: Path, where: str) -> None:
    told = refused(tmp_path, activity(transaction(), where=where))
    assert "activities.xml: line 3, iati-activity: " in told
    assert "percent" in told


def test_shares_may_miss_the_whole_by_their_rounding(tmp_path: Path) -> None:
    where = "".join(
        f'<recipient-country code="{c}" percentage="33.3"/>' for c in ("AM", "AZ", "GE")
    )
    found = flat(written(tmp_path, activity(transaction(), where=where)))
    assert [r["amount"] for r in found] == ["33.30", "33.30", "33.30"]


def test_the_currency_of_a_value_counts_before_that_of_its_activity(tmp_path: Path) -> None:
    (row,) = flat(written(tmp_path, activity(transaction(currency=' currency="EUR"'))))
    assert row["currency"] == "EUR"


def test_money_back_is_less_than_nothing(tmp_path: Path) -> None:
    (row,) = flat(written(tmp_path, activity(transaction(value="-658171"))))
    assert row["amount"] == "-658171.00"


@pytest.mark.parametrize(
    ("kind", "goes_to"),
    [
        ("10", "government"),
        ("11", "government"),
        ("21", "non-government"),
        ("24", "non-government"),
        ("40", "multilateral"),
        ("70", "non-government"),
        ("80", ""),
        ("90", ""),
    ],
)
def test_the_receiver_says_to_whom_it_goes(tmp_path: Path, kind: str, goes_to: str) -> None:
    more = f'<receiver-org type="{kind}"><narrative>Somebody</narrative></receiver-org>'
    (row,) = flat(written(tmp_path, activity(transaction(more=more))))
    assert (row["receiver"], row["goes_to"]) == ("Somebody", goes_to)


@pytest.mark.parametrize(
    ("ref", "donor"),
    [
        ("US-GOV-11", "US"),
        ("US-1", "US"),
        ("GB-GOV-1", "GB"),
        ("XM-DAC-7-PPR", "NL"),
        ("XM-DAC-302-1", "US"),
        ("US-EIN-131685039", ""),
        ("GB-COH-213890", ""),
        ("XM-DAC-41114", ""),
        ("XI-IATI-EC", ""),
        ("QQ-GOV-1", ""),
    ],
)
def test_the_donor_is_the_state_whose_government_reports(
    tmp_path: Path, ref: str, donor: str
) -> None:
    (row,) = flat(written(tmp_path, activity(transaction(), ref=ref)))
    assert row["donor"] == donor


def test_the_donor_of_incoming_money_is_its_provider(tmp_path: Path) -> None:
    more = '<provider-org ref="GB-GOV-1"/>'
    found = flat(written(tmp_path, activity(transaction(kind="1", more=more) + transaction())))
    assert [r["donor"] for r in found] == ["GB", "US"]


def test_a_transaction_says_whether_it_is_humanitarian_else_its_activity(tmp_path: Path) -> None:
    body = transaction() + transaction().replace("<transaction>", '<transaction humanitarian="0">')
    marked = activity(body).replace("<iati-activity ", '<iati-activity humanitarian="1" ')
    assert [r["humanitarian"] for r in flat(written(tmp_path, marked))] == ["true", "false"]


BUDGET = """<budget type="{kind}"><period-start iso-date="2021-07-01"/>
 <period-end iso-date="2022-06-30"/><value value-date="2021-07-01">500</value></budget>"""


def test_a_budget_belongs_to_the_year_in_which_it_begins(tmp_path: Path) -> None:
    (row,) = flat(written(tmp_path, activity(BUDGET.format(kind="1"))))
    assert (row["kind"], row["year"], row["end"], row["amount"]) == (
        "budgeted",
        "2021",
        "2022-06-30",
        "500.00",
    )


def test_a_budget_that_was_revised_does_not_count_twice(tmp_path: Path) -> None:
    both = BUDGET.format(kind="1") + BUDGET.format(kind="2")
    original, revised = flat(written(tmp_path, activity(both)))
    assert original["amount"] == ""
    assert original["value"] == "500"
    assert original["fault"] == f"replaced by the revised budget on line {revised['row']}"
    assert revised["amount"] == "500.00"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (transaction(kind="14"), "the type of transaction '14' is none of the standard"),
        (transaction(kind="D"), "the type of transaction 'D' is none of the standard"),
        (transaction(kind=""), "it has no transaction-type with 'code'"),
        (transaction(day="2020-02-30"), "its transaction-date '2020-02-30' is no day"),
        (transaction(day="06/05/2020"), "is no day"),
        (transaction(day="2999-01-01"), "is no day"),
        (transaction(value="1,000"), "its value '1,000' is no number"),
        (transaction(value="NaN"), "its value 'NaN' is no number"),
        (transaction(value="9" * 30), "is no number below"),
        (transaction(value=""), "its value '' is no number"),
        (transaction(currency=' currency="XQX"'), "'XQX' is no code of ISO 4217"),
        (transaction(more='<recipient-country code="QX"/>'), "the country 'QX' is no code"),
        (transaction(more='<recipient-country code="WLD"/>'), "the country 'WLD' is no code"),
        (transaction(more='<recipient-region code="1"/>'), "the region '1' is none"),
        (transaction(more='<receiver-org type="12"/>'), "the type of organisation '12'"),
        (transaction(more='<sector vocabulary="77" code="1"/>'), "the vocabulary of sectors '77'"),
        (transaction(more="<recipent-country/>"), "'recipent-country' is no element"),
        ("<transation/>", "'transation' is no element"),
        (BUDGET.format(kind="3"), "the type or status of budget '3'"),
    ],
)
def test_what_the_standard_does_not_have_is_refused_with_its_line(
    tmp_path: Path, body: str, told: str
) -> None:
    message = refused(tmp_path, activity(body))
    assert told in message
    assert "activities.xml: line " in message


def test_a_value_without_any_currency_is_refused(tmp_path: Path) -> None:
    bare = activity(transaction()).replace(' default-currency="USD"', "")
    assert "line 12, value: the currency of its value is not known" in refused(tmp_path, bare)


def test_a_transaction_that_goes_nowhere_is_refused(tmp_path: Path) -> None:
    assert "names no recipient country" in refused(tmp_path, activity(transaction(), where=""))


def test_an_activity_that_stands_twice_is_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, activity(transaction()), activity(transaction()))
    assert "The activity 'US-GOV-1-1' stands there a second time, after line 3" in told


def test_elements_of_other_namespaces_may_stand_anywhere(tmp_path: Path) -> None:
    other = '<x:note xmlns:x="urn:x">n</x:note>'
    found = flat(written(tmp_path, other, activity(transaction(more=other) + other), other))
    assert len(found) == 1


@pytest.mark.parametrize("stray", ["<iati-activty/>", "<transaction/>"])
def test_a_stray_element_beside_the_activities_is_refused(tmp_path: Path, stray: str) -> None:
    assert "is no element of an IATI activity file" in refused(tmp_path, stray, activity(""))
    assert "is no element of an IATI activity file" in refused(tmp_path, activity(""), stray)


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03"])
def test_the_versions_of_the_second_standard_are_read(tmp_path: Path, version: str) -> None:
    head = HEAD.replace("2.03", version)
    assert len(flat(written(tmp_path, activity(transaction()), head=head))) == 1


@pytest.mark.parametrize("version", ["1.05", "2.0", "3.0", ""])
def test_another_version_is_refused(tmp_path: Path, version: str) -> None:
    told = refused(tmp_path, activity(""), head=HEAD.replace("2.03", version))
    assert f"IATI version {version!r} is not read; 2.01, 2.02, 2.03 are" in told


def test_an_organisation_file_and_another_xml_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "activities.xml"
    file.write_text("<iati-organisations version='2.03'/>")
    with pytest.raises(AidError, match="This is an IATI organisation file"):
        flat(file)
    file.write_text("<html/>")
    with pytest.raises(AidError, match="This is no IATI activity file: it begins with 'html'"):
        flat(file)
    file.write_text("country,amount\n")
    with pytest.raises(AidError, match="This is no IATI activity file"):
        flat(file)


ATTACKS = {
    "another file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "another host": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    "a billion laughs": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_document_type_is_refused_before_anything_is_read(tmp_path: Path, attack: str) -> None:
    line, rest = HEAD.split("\n", 1)
    told = refused(tmp_path, activity(""), head=f"{line}\n{ATTACKS[attack]}\n{rest}")
    assert "activities.xml: line 2: It declares a document type" in told


def test_a_file_that_is_cut_short_is_refused_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, activity(transaction()), activity(transaction(), name="US-GOV-1-2"))
    whole = file.read_bytes()
    for end in (len(whole) - 20, len(whole) // 2, 130):
        file.write_bytes(whole[:end])
        with pytest.raises(AidError, match=r"activities.xml: line \d+: .* cut short"):
            flat(file)


def test_elements_without_end_are_refused(tmp_path: Path) -> None:
    deep = activity("<description>" * 3000)
    assert "cut short or is no XML" in refused(tmp_path, deep)


def test_a_file_in_another_declared_encoding_is_read(tmp_path: Path) -> None:
    file = tmp_path / "activities.xml"
    text = HEAD + activity(transaction()).replace("Agency of Aid", "Agência") + "</iati-activities>"
    file.write_bytes(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert flat(file)[0]["reporting"] == "Agência"


def test_the_day_on_which_a_file_was_made_is_its_vintage(tmp_path: Path) -> None:
    assert iati.generated(written(tmp_path)) == "2025-04-01"
    assert iati.generated(written(tmp_path, head='<iati-activities version="2.03">')) is None


def test_many_activities_are_read_in_little_memory(tmp_path: Path) -> None:
    one = activity(transaction() * 20, name="US-GOV-1-{}")
    file = written(tmp_path, *(one.replace("{}", str(n)) for n in range(300)))
    target = tmp_path / "rows.csv"
    iati.flatten(file, target, file.name)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 300 * 20
    # The number of a row is the line of its transaction, also far down the file.
    last = int(lines[-1].split(",")[0])
    assert file.read_text().splitlines()[last - 1].strip().endswith("<transaction>")


def test_rows_are_typed_without_a_further_look_at_the_file(tmp_path: Path) -> None:
    where = (
        '<recipient-country code="AM" percentage="12.5"/>'
        '<recipient-region code="619" percentage="87.5"/>'
    )
    file = written(tmp_path, activity(transaction(), where=where))
    target = tmp_path / "flat.csv"
    iati.flatten(file, target, file.name)
    con = duckdb.connect()
    con.execute(
        f"create view printed as select * replace (row::bigint as row) "
        f"from read_csv('{target}', all_varchar=true, header=true, nullstr='\\N')"
    )
    iati.DATASET.typed(
        Printed(con, load(), vintage="2025-04-01", file="activities.xml", headings={})
    )
    found = con.execute(
        "select row, country, vintage, year, period, kind, amount, share, donor, humanitarian "
        "from rows order by country"
    ).fetchall()
    assert found == [
        (9, "AM", "2025-04-01", 2020, "calendar-year", "disbursed", Decimal("12.50"),
         Decimal("12.500000"), "US", None),
        (9, "DAC-619", "2025-04-01", 2020, "calendar-year", "disbursed", Decimal("87.50"),
         Decimal("87.500000"), "US", None),
    ]  # fmt: skip


def test_a_packed_activity_file_is_taken_in_under_the_day_it_was_made(tmp_path: Path) -> None:
    file = written(tmp_path, activity(transaction() + transaction(kind="2")))
    packed = tmp_path / "activities.xml.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    editions, at = Editions(tmp_path / "data"), datetime(2026, 11, 26, tzinfo=UTC)
    edition = take_in(packed, editions, load(), at=at).edition
    assert edition.id.startswith("aid/iati/2025-04-01/")
    assert edition.rows == 2
    path = editions.path(edition) / ROWS_FILE
    found = duckdb.sql(f"select row, kind, place, trainees from '{path}' order by row").fetchall()
    assert found == [(9, "disbursed", "Armenia", None), (14, "committed", "Armenia", None)]


def test_an_error_in_a_packed_file_names_the_file_as_it_came(tmp_path: Path) -> None:
    file = written(tmp_path, activity(transaction(kind="99")))
    packed = tmp_path / "activities.xml.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    editions, at = Editions(tmp_path / "data"), datetime(2026, 11, 26, tzinfo=UTC)
    with pytest.raises(AidError, match=r"^activities.xml.gz: line 9, transaction: "):
        take_in(packed, editions, load(), at=at)
    assert editions.all("aid") == ()
