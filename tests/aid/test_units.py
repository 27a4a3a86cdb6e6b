"""Names of units: what is told apart, what matches, and that a changed digit never does."""

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gravamen.aid.units import Number, match, normal, vettable, why_not

PAIRS = Path(__file__).parent / "unit_pairs.txt"
# What the pairs of the file come to; a change of the word tables must not make it worse.
LEAST = {"match": (0.98, 0.98), "possible": (0.94, 0.94), "no": (0.96, 0.96)}
PIECES = (
    "Unit", "#", "No.", "877", "12", "3rd", "II", "A1556", "Army", "Navy", "Air Force", "Infantry",
    "OCC", "BN", "Battalion", "Brigade", "Bde", "Company", "Academy", "Sergeants", "HQ", "MOD",
    "Peacekeeping", "Special Forces", "Commando", "Torvela", "Port Amel", ",", "/", "-", "of",
    "J-3", "Batallón", "бригада", "كتيبة", "5-й", "C-130", "(2)", "Base 101", "\u0663",
)  # fmt: skip
names = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map(" ".join)


def pairs() -> list[tuple[str, str, str]]:
    lines = PAIRS.read_text("utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(verdict.strip(), one.strip(), other.strip()) for verdict, one, other in rows]


@pytest.mark.parametrize(
    "name",
    [
        "Army Unit", "ARMY UNIT", "N/A", "UNK", "GOVERNMENT", "Multiservice", "Multi Service", "",
        "   ", "Army", "Navy", "Air Force", "Army, Infantry Unit", "Battalion", "Artillery Brigade",
        "Not Reported", "Not Reported 15000", "Coast Guard", "Military Hospital", "J5", "Commander",
        "Navy (Open to all branches)", "National Police", "Polcie", "-", "???",
    ],
)  # fmt: skip
def test_a_name_that_tells_no_unit_from_another_is_not_vettable(name):
    assert not vettable(name)


@pytest.mark.parametrize(
    "name",
    [
        "Unit 877", "NAVY UNIT #600", "Unit # 877, OCC Battalion", "3rd Battalion", "5th Brigade",
        "Sergeants Academy", "NCO Academy", "Ministry of Defense", "General Staff", "Navy HQ",
        "Peacekeeping Brigade", "Coast Guard Brigade", "Torvela Air Base", "A1556", "BG 63",
        "ENGINEERING BATTALION, 6TH", "Presidential Guard", "в/ч 12345", "3rd Army", "49 ENGR",
    ],
)  # fmt: skip
def test_a_name_with_a_number_or_a_name_of_its_own_is_vettable(name):
    assert vettable(name)


@pytest.mark.parametrize(
    "name",
    [
        "United States Department of State", "USMA", "USAFA", "United States Central Command",
        "U.S. Naval War College", "U. S. Embassy Port Amel", "US Embassy",
        "Embassy of the United States in Torvela",
        "Office of Defense Cooperation, U.S. Embassy Georgia", "American Embassy", "DLIELC", "CHDS",
        "USMILGP, HONDURAS", "JUSMAG-Philippines", "PACOM J5", "US Coast Guard Institute",
    ],
)  # fmt: skip
def test_a_body_of_the_united_states_is_no_unit_of_a_foreign_force(name):
    assert why_not(name) == "a body of the United States"
    assert not vettable(name)


@pytest.mark.parametrize(
    "name",
    [
        "Chilean Navy Liaison, US Fleet Forces Command", "FUSNA (USMC EQUIVALENT)",
        "Armenian SNR To USCENTCOM", "Hqs, SOUTHCOM, AFP, Camp Navarro", "CENTCOM AFP",
        "U.S. Military Group (is a Bolivian Army Liaison NCO)", "Special Forces Regiment, SOCOM",
        "Prefectura (USCG equiv)", "MINUSMA 4", "Inter-American Defense Board",
        "Ministry of Defense - US contracted technical assistance",
        "Defense Attaché, Embassy of Chile in the United States",
    ],
)  # fmt: skip
def test_a_unit_that_deals_with_the_united_states_or_is_likened_to_theirs_is_not_theirs(name):
    assert vettable(name)


@pytest.mark.parametrize(
    "name",
    [
        "Parliament", "National Assembly", "Asamblea Legislativa", "Верховна Рада", "Milli Məclis",
        "Senate Defense Committee", "Ministry of Health", "Ministry of Education", "MFA",
        "MINISTRY OF AGRICULTURE & FISHERIES", "Ministerio de Salud", "Ministère de la Santé",
        "Министерство здравоохранения", "Mədəniyyət Nazirliyi", "وزارة الصحة",
        "Ministry of Justice", "University of Tehran", "Universidad de Torvela",
        "Arab Writers Union", "Observer Foundation",
        "Embassy of Chile", "Embajada de Chile", "Embassy of Algeria in the United States",
        "Supreme Court", "Prosecutor's Office", "Procuraduría General de Torvela",
        "Central Bank of Torvela", "Procurador-Geral da República", "Consular Agency of Torvela",
        "Islamabad Policy Research Institute", "Al Akhbar, Newspaper", "Nepal Television",
        "Academy of Sciences", "Red Crescent", "Mayor of Port Amel", "DEPT OF CIVIL AVIATION",
        "Kazakhstan Embassy, USA", "United Nations Development Programme", "Political Party",
        "Ministry of Social Security", "Secretaría de Turismo", "Department of Foreign Affairs",
        "Food and Drug Administration, Ministry of Health",
    ],
)  # fmt: skip
def test_a_plainly_civil_body_is_no_unit_of_a_security_force(name):
    assert why_not(name) == "a civil body"
    assert not vettable(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Interior University", "Military University", "Police Academy", "Naval Academy",
        "National Defense University", "University of the Air Force", "Military Supreme Court",
        "Ministry of Defense", "Ministry of the Interior", "Ministry of Emergency Situations",
        "Ministry of Justice, Prison Service", "Maritime Anti-Contraband Unit, Ministry of Finance",
        "Special Response Tactical Unit. Supreme Court of Justice", "Judicial Police",
        "Customs Department, Ministry of Finance", "State Border Service Brigade",
        "Presidential Guard",
        "Military Prosecutor's Office", "Embassy of Chile, Defense Attache", "Parliament Police",
        "Ministry of Government and Justice", "Ministry of Peace", "JAG Court of Appeals",
        "Audit Office, MKSF", "Study Center, University Department, KSF", "Municipal Police",
        "Coast Guard, Ministry of Transport", "Fisheries Enforcement, Ministry of Agriculture",
        "Office of the President", "SEMAR", "Wildlife Service", "Civil Defense Academy",
        "University Unit # 12", "Universidad de Infantería", "National Intelligence Agency",
        "Royal Hashemite Court",
        "Polytechnic School", "Birendra Hospital", "Center for Strategic Studies",
    ],
)  # fmt: skip
def test_a_name_that_has_a_word_of_a_force_or_is_not_sure_stays_vettable(name):
    assert why_not(name) is None
    assert vettable(name)


def test_a_name_that_is_nobodys_says_so_before_all_else():
    assert why_not("Army Unit") == "names no unit"
    assert why_not("") == "names no unit"
    assert why_not("University") == "names no unit"


def test_a_name_is_taken_apart_into_numbers_with_what_they_are_of():
    unit = normal("Unit # 877, OCC Battalion")

    assert unit.numbers == {Number(value="877", role="unit")}
    assert unit.of("combat") == {"battalion"}
    assert unit.of("special") == {"occ"}
    assert len(unit.parts) == 2
    assert normal("2nd Bn, 31st Inf Reg").numbers == {
        Number(value="2", role="battalion"),
        Number(value="31", role="regiment"),
    }
    assert normal("Air Combat Command No.4, Melgar").numbers == {Number(value="4", role="command")}


def test_units_with_different_numbers_never_match():
    found = match("Air Force Unit # 843", "Air Force Unit # 411")

    assert found.verdict == "no"
    assert found.why == ("The numbers differ: unit 411 and unit 843.",)


def test_an_abbreviation_matches_the_word_it_is_short_for():
    found = match("Unit # 877, OCC Battalion", "Unit #877, OCC BN")

    assert found.verdict == "match"
    assert found.why == ("Same number: unit 877.", "Same words: battalion, occ.")


def test_words_that_may_mean_the_same_are_possible_and_say_so():
    found = match("Navy SOF Unit #641", "Navy Commando Unit # 641")

    assert found.verdict == "possible"
    assert (
        "One says commando, the other special operations; these may be words for one thing, or "
        "for two." in found.why
    )


def test_no_number_beside_a_number_is_possible():
    found = match("Navy Commando Unit", "Navy Commando Unit #641")

    assert found.verdict == "possible"
    assert "Only 'Navy Commando Unit #641' says: unit 641." in found.why


def test_a_name_that_cannot_be_told_apart_matches_nothing_not_even_itself():
    assert match("Army Unit", "Army Unit").verdict == "no"
    assert match("Army Unit", "Army Unit # 877").why == (
        "'Army Unit' names no unit that can be told from another.",
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Army Unit # 951", "Air Force Unit # 951"),
        ("5th Infantry Brigade", "5th Infantry Battalion"),
        ("5th Infantry Brigade", "5th Artillery Brigade"),
        ("MOD Legal Department", "MFA Legal Department"),
        ("2nd Infantry BN, 3rd Armored Brigade", "2nd Armored BN, 3rd Infantry Brigade"),
    ],
)  # fmt: skip
def test_another_service_size_or_task_is_another_unit(one, other):
    assert match(one, other).verdict == "no"


def test_the_pairs_that_a_reader_judged_come_out_as_judged():
    rows = pairs()
    got = [(judged, match(one, other).verdict) for judged, one, other in rows]

    assert len(rows) >= 150
    for verdict, (precision, recall) in LEAST.items():
        right = got.count((verdict, verdict))
        said = sum(found == verdict for _, found in got)
        meant = sum(judged == verdict for judged, _ in got)
        assert right / said >= precision, verdict
        assert right / meant >= recall, verdict


def test_no_pair_that_a_reader_held_apart_is_a_match():
    wrong = [
        (a, b) for judged, a, b in pairs() if judged != "match" and match(a, b).verdict == "match"
    ]

    assert wrong == []


@given(names, names)
@settings(max_examples=300, deadline=None)
def test_the_order_of_two_names_does_not_matter(one, other):
    assert match(one, other) == match(other, one)


@given(names)
@settings(max_examples=300, deadline=None)
def test_a_name_that_can_be_told_apart_matches_itself(name):
    assume(vettable(name))

    assert match(name, name).verdict == "match"
    assert match(name, name).apart == 0


def test_a_number_that_stands_twice_is_no_match_for_one_that_stands_once():
    assert match("12 # 12 II", "02 # 12 II").verdict != "match"
    assert match("Torvela 3 (4), 3 (3)", "Torvela 3 (4), 3 (4)").why[-1] == (
        "A number stands more often in one than in the other."
    )


@given(names, st.data())
@settings(max_examples=500, deadline=None)
def test_a_changed_digit_never_matches(name, data):
    places = [at for at, char in enumerate(name) if char in "0123456789"]
    assume(places)
    at = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != name[at]]))

    assert match(name, name[:at] + digit + name[at + 1 :]).verdict != "match"


@pytest.mark.parametrize(("_", "one", "other"), pairs())
def test_a_changed_digit_never_matches_in_names_as_they_are_printed(_, one, other):
    for name in (one, other):
        for at, char in enumerate(name):
            if char.isascii() and char.isdigit():
                changed = f"{name[:at]}{(int(char) + 3) % 10}{name[at + 1 :]}"
                assert match(name, changed).verdict != "match", changed


@given(st.text(max_size=60), st.text(max_size=60))
@example("9" * 5000, "#")
@example("&amp;amp;amp;lt;", "\u0660\u0661")
@settings(max_examples=300, deadline=None)
def test_whatever_is_printed_is_taken_apart_and_compared(one, other):
    assert match(one, other).verdict in ("match", "possible", "no")
    assert normal(one).printed == one
    assert vettable(one) == (why_not(one) is None)
