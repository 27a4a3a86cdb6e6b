"""Countries: codes for what tables print, and what is refused rather than guessed."""

import csv
import lzma
from pathlib import Path

import pytest

from gravamen.aid import countries
from gravamen.aid.files.dataset import AidError

# Spellings of the United Nations, the World Bank, the State Department and ISO 3166-1.
STANDARD = {
    "Bolivia (Plurinational State of)": "BO",
    "Venezuela (Bolivarian Republic of)": "VE",
    "Venezuela, RB": "VE",
    "Iran (Islamic Republic of)": "IR",
    "Iran, Islamic Rep.": "IR",
    "Egypt, Arab Rep.": "EG",
    "Yemen, Rep.": "YE",
    "Korea, Rep.": "KR",
    "Korea, Dem. People's Rep.": "KP",
    "Democratic People’s Republic of Korea": "KP",
    "Congo, Dem. Rep.": "CD",
    "Congo, Rep.": "CG",
    "Lao PDR": "LA",
    "Lao People's Democratic Republic": "LA",
    "Micronesia (Federated States of)": "FM",
    "Micronesia, Fed. Sts.": "FM",
    "Hong Kong SAR, China": "HK",
    "Macao SAR, China": "MO",
    "China, Hong Kong Special Administrative Region": "HK",
    "Bahamas, The": "BS",
    "The Gambia": "GM",
    "Türkiye": "TR",
    "Turkey": "TR",
    "Czech Republic": "CZ",
    "Slovak Republic": "SK",
    "Kyrgyz Republic": "KG",
    "Syrian Arab Republic": "SY",
    "Russian Federation": "RU",
    "Republic of Moldova": "MD",
    "United Republic of Tanzania": "TZ",
    "United Kingdom of Great Britain and Northern Ireland": "GB",
    "United States of America": "US",
    "Netherlands (Kingdom of the)": "NL",
    "State of Palestine": "PS",
    "Occupied Palestinian Territory": "PS",
    "West Bank and Gaza": "PS",
    "Palestinian Authority": "PS",
    "Viet Nam": "VN",
    "Côte d’Ivoire": "CI",
    "COTE D'IVOIRE": "CI",
    "Curaçao": "CW",
    "Cabo Verde": "CV",
    "Sao Tome & Principe": "ST",
    "São Tomé and Príncipe": "ST",
    "St. Vincent and the Grenadines": "VC",
    "Virgin Islands (U.S.)": "VI",
    "British Virgin Islands": "VG",
    "Taiwan, Province of China": "TW",
    "Kosovo": "XK",
    "The former Yugoslav Republic of Macedonia": "MK",
    "Holy See": "VA",
    "Norway": "NO",
}
# Names that have words in common and are not one country.
APART = (
    ("Congo (Kinshasa)", "Congo (Brazzaville)"),
    ("Democratic Republic of the Congo", "Republic of the Congo"),
    ("North Korea", "South Korea"),
    ("Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"),
    ("Niger", "Nigeria"),
    ("Dominica", "Dominican Republic"),
    ("Sudan", "South Sudan", "Sudan (former)"),
    ("Vietnam", "Vietnam (former South)", "Democratic Republic of Vietnam"),
    ("Yemen", "Yemen (former P.D.R.)"),
    ("Germany", "Germany (former East)", "Berlin, West"),
    ("China", "Taiwan", "Hong Kong", "Macau", "China (Tibet)"),
    ("Serbia", "Montenegro", "Serbia and Montenegro", "Yugoslavia"),
    ("Samoa", "American Samoa"),
    ("Ireland", "Iceland"),
    ("Mauritius", "Mauritania"),
    ("Saint Martin", "Sint Maarten"),
)


@pytest.mark.parametrize(("name", "code"), STANDARD.items())
def test_a_standard_english_name_has_its_code(name: str, code: str) -> None:
    assert countries.code(name) == code


@pytest.mark.parametrize("names", APART)
def test_names_that_differ_in_country_never_meet(names: tuple[str, ...]) -> None:
    found = [countries.code(name) for name in names]
    assert None not in found
    assert len(set(found)) == len(names)


def test_every_code_leads_back_to_itself_from_its_name_and_its_other_codes() -> None:
    for own, place in countries.places().items():
        assert countries.code(own) == own
        assert countries.code(place.name) == own
        assert countries.named(own) == place.name
        assert {countries.code(c) for c in place.codes} <= {own}


def test_the_list_holds_every_code_of_iso_3166_1() -> None:
    states = [c for c in countries.places() if len(c) == 2]
    assert len(states) == 250  # the 249 of ISO 3166-1, and Kosovo
    assert {"NO", "XK", "TW", "PS", "SS"} <= set(states)
    assert all(len(countries.places()[c].codes[0]) == 3 for c in states)


@pytest.mark.parametrize(
    "name", ["Congo", "Republic of China", "Virgin Islands", "Karabia", "", "?"]
)
def test_a_name_that_could_be_two_countries_or_none_is_not_guessed(name: str) -> None:
    assert countries.code(name) is None


@pytest.mark.parametrize(
    ("printed", "name", "code"),
    [
        ("AZE", "Azerbaijan", "AZ"),
        ("AZE", None, "AZ"),
        ("AZE", "Azerbaijan (a new spelling)", "AZ"),
        ("CS-KM", "Kosovo", "XK"),
        ("SCG", "Serbia and Montenegro (former)", "CSXX"),
        ("YUF", "Yugoslavia (former)", "YUCS"),
        ("NULL", "Czechoslovakia (former)", "CSHH"),
        ("NULL", "Luxembourg", "LU"),
        ("", "Soviet Union (former)", "SUHH"),
        ("WLD", "World", "WLD"),
        ("TIB", "China (Tibet)", "TIB"),
        ("NULL", "", None),
        ("AZE", "Armenia", None),
        ("ZZZ", "Armenia", None),
        ("aze", None, None),
    ],
)
def test_a_code_with_its_name_is_read_and_a_contradiction_is_not(
    printed: str, name: str | None, code: str | None
) -> None:
    assert countries.code(printed, name) == code


def test_a_person_may_write_a_code_or_a_name_in_any_case() -> None:
    assert countries.found("az") == countries.found("aze") == countries.found("AZERBAIJAN ") == "AZ"


def test_a_country_that_is_not_known_is_told_with_those_near_it() -> None:
    with pytest.raises(AidError, match=r"'Azerbajan' in our list. Near it: Azerbaijan \(AZ\)"):
        countries.found("Azerbajan")
    with pytest.raises(AidError) as error:
        countries.found("Congo")
    assert "Congo (Kinshasa) (CD)" in str(error.value)
    assert "Congo (Brazzaville) (CG)" in str(error.value)


def test_a_code_that_is_not_ours_has_no_name() -> None:
    with pytest.raises(AidError, match="There is no country with the code 'QX'"):
        countries.named("QX")


def test_a_region_is_told_from_a_country() -> None:
    assert countries.region("WLD") and countries.region("DAC-298") and countries.region("UN-002")
    assert not countries.region("AZ") and not countries.region("DAC-1") and not countries.region("")


def test_every_country_of_the_training_reports_has_a_code(shared_data: Path) -> None:
    with lzma.open(shared_data / "aid/fmtr/training_rows.csv.xz", "rt", encoding="utf-8") as file:
        names = {row["country"] for row in csv.DictReader(file)}
    assert len(names) == 243
    assert [name for name in names if countries.code(name) is None] == []


def test_every_country_of_the_spending_tables_has_one_code_by_code_and_by_name(
    shared_data: Path,
) -> None:
    files = sorted((shared_data / "aid/foreignassistance").glob("*.csv"))
    assert len(files) == 4
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = csv.reader(file)
            next(cells)
            pairs = {(row[0], row[1]) for row in cells}
        for code, name in pairs:
            assert countries.code(code, name) == countries.code(name) is not None


def test_a_code_that_iso_leaves_to_its_users_stands_for_a_place_of_the_table():
    assert countries.code("XV") == "XV" == countries.named("XV") == countries.found("XV")
    assert countries.code("QV") is None
    assert countries.code("XK") == "XK"
    assert countries.named("XK") == "Kosovo"


def test_a_state_that_is_no_more_and_what_followed_it_know_each_other() -> None:
    assert countries.kin("SDF") == ("SD", "SS")
    assert countries.kin("SS") == countries.kin("SD") == ("SDF",)
    assert countries.kin("RS") == ("CSXX", "YUCS")
    assert countries.kin("CSXX") == ("YUCS", "ME", "RS", "XK")
    assert countries.kin("FR") == countries.kin("WLD") == countries.kin("XV") == ()
    followed = [c for place in countries.places().values() for c in place.followed_by]
    assert len(followed) > 30
    assert [c for c in followed if c not in countries.places()] == []


def test_every_state_that_is_no_more_says_under_what_codes_its_place_is_printed_now() -> None:
    former = [c for c in countries.places() if len(c) == 4] + ["SDF", "XBW", "XIC", "XVS"]
    assert [c for c in former if not countries.places()[c].followed_by] == []


@pytest.mark.parametrize(
    ("name", "printed_near"),
    [
        ("Nagorno-Karabakh", "Armenia (AM) and Azerbaijan (AZ)"),
        ("artsakh", "Armenia (AM) and Azerbaijan (AZ)"),
        ("Kashmir", "India (IN) and Pakistan (PK)"),
        ("Northern Cyprus", "Cyprus (CY)"),
        ("Republic of China", "China (CN) and Taiwan (TW)"),
        ("Abkhazia", "Georgia (GE)"),
    ],
)
def test_a_name_that_no_table_prints_is_told_with_what_they_print_near_it(
    name: str, printed_near: str
) -> None:
    assert countries.code(name) is None
    with pytest.raises(AidError) as error:
        countries.found(name)
    assert f"print no country {name!r}. Near it they print {printed_near};" in str(error.value)
    assert "says nothing of whose a territory is" in str(error.value)


def test_no_table_that_was_read_prints_what_is_said_to_be_unprinted(shared_data: Path) -> None:
    printed = set()
    for path in sorted((shared_data / "aid/foreignassistance").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            printed |= {row[1].casefold() for row in csv.reader(file)}
    with lzma.open(shared_data / "aid/fmtr/training_rows.csv.xz", "rt", encoding="utf-8") as file:
        printed |= {row["country"].casefold() for row in csv.DictReader(file)}
    unprinted = [name for known in countries._table().unprinted for name in known.names]
    assert len(unprinted) > 20
    assert [n for n in unprinted if any(n.casefold() in name for name in printed)] == []
    assert [name for name in unprinted if countries.code(name)] == []


def test_a_name_is_another_than_ours_where_more_than_its_spelling_differs() -> None:
    printed = ("South Sudan", "Sudan, Republic of South", "SSD", "Sudan, Government of Southern")
    assert countries.otherwise("SS", printed) == ("Sudan, Government of Southern",)
    assert countries.otherwise("SUHH", ("Soviet Union (former)",)) == ()
    assert countries.otherwise("EH", ("Western (Spanish) Sahara",)) == ("Western (Spanish) Sahara",)
    assert countries.otherwise("XV", ("XV",)) == ()
