"""A made file in the shape of ForeignAssistance.gov's complete transaction file, of any size.

    python bench/peers/aid_made.py FILE [MEGABYTES]

Its 56 columns, its quoted commas and line ends, NULLs, negative amounts and redactions are those
of the published file; activities, partners and amounts are invented by chance from a fixed seed, so
that the same size gives the same bytes. An activity has transactions in several years, as there.
"""

import csv
import io
import random
import sys
from pathlib import Path

HEADER = (
    "Country ID", "Country Code", "Country Name", "Region ID", "Region Name", "Income Group ID",
    "Income Group Name", "Income Group Acronym", "Managing Agency ID", "Managing Agency Acronym",
    "Managing Agency Name", "Managing Sub-agency or Bureau ID",
    "Managing Sub-agency or Bureau Acronym", "Managing Sub-agency or Bureau Name",
    "Implementing Partner Category ID", "Implementing Partner Category Name",
    "Implementing Partner Sub-category ID", "Implementing Partner Sub-category Name",
    "Implementing Partner ID", "Implementing Partner Name", "International Category ID",
    "International Category Name", "International Sector Code", "International Sector Name",
    "International Purpose Code", "International Purpose Name", "US Category ID",
    "US Category Name", "US Sector ID", "US Sector Name", "Funding Account ID",
    "Funding Account Name", "Funding Agency ID", "Funding Agency Name", "Funding Agency Acronym",
    "Foreign Assistance Objective ID", "Foreign Assistance Objective Name", "Aid Type Group ID",
    "Aid Type Group Name", "Activity ID", "Submission ID", "Activity Name", "Activity Description",
    "Activity Project Number", "Activity Start Date", "Activity End Date", "Transaction Type ID",
    "Transaction Type Name", "Fiscal Year", "Transaction Date", "Current Dollar Amount",
    "Constant Dollar Amount", "aid_type_id", "aid_type_name", "activity_budget_amount",
    "submission_activity_id",
)  # fmt: skip
PLACES = (
    ("31", "AZE", "Azerbaijan", "2", "Europe and Eurasia"),
    ("51", "ARM", "Armenia", "2", "Europe and Eurasia"),
    ("818", "EGY", "Egypt", "3", "Middle East and North Africa"),
    ("170", "COL", "Colombia", "6", "Western Hemisphere"),
    ("566", "NGA", "Nigeria", "5", "Sub-Saharan Africa"),
    ("804", "UKR", "Ukraine", "2", "Europe and Eurasia"),
    ("231", "ETH", "Ethiopia", "5", "Sub-Saharan Africa"),
    ("608", "PHL", "Philippines", "1", "East Asia and Oceania"),
    ("998", "WLD", "World", "7", "World"),
)
AGENCIES = (
    ("1", "USAID", "U.S. Agency for International Development"),
    ("2", "STATE", "Department of State"),
    ("3", "DOD", "Department of Defense"),
)
ACCOUNTS = (
    ("072x1037", "Economic Support Fund", "1", "Economic"),
    ("072x1035", "International Disaster Assistance", "1", "Economic"),
    ("011x1082", "Foreign Military Financing Program", "2", "Military"),
    ("011x1081", "International Military Education and Training", "2", "Military"),
    ("019x1022", "International Narcotics Control and Law Enforcement", "1", "Economic"),
    ("072x1021", "Development Assistance", "1", "Economic"),
)
PARTNERS = (
    ("1", "Government", "2", "Government - United States"),
    ("2", "NGO", "6", "NGO - International"),
    ("3", "Multilateral", "9", "Multilateral - United Nations"),
    ("4", "Enterprises", "4", "Enterprises - United States"),
)
SECTORS = (
    ("5", "Humanitarian", "720", "Emergency Response", "72010", "Material relief assistance"),
    ("1", "Agriculture", "311", "Agriculture", "31120", "Agricultural development"),
    ("4", "Governance", "152", "Conflict, Peace, and Security", "15210", "Security system reform"),
)
TEXT = (
    "district water supply training of teachers rural roads clinic seed harvest border guard "
    "course officers maintenance of vehicles civil society support, phase two; legal aid school "
    "repair vaccine cold chain advisory services technical assistance regional office grant"
)
WORDS = TEXT.split()
ROWS_PER_ACTIVITY = 40
POOL = 4000  # activities that are made before they are used; then others are made


def make(file: Path, megabytes: int) -> int:
    """Write the file; return how many records it holds, the header not counted."""
    chance, rows, size = random.Random(7), 0, 0
    with file.open("wb") as out:
        out.write(_line(HEADER))
        while size < megabytes * 1_000_000:
            pool = [_activity(chance, rows + n) for n in range(POOL)]
            for _ in range(ROWS_PER_ACTIVITY):
                block = b"".join(_record(chance, activity) for activity in pool)
                size += out.write(block)
                rows += POOL
                if size >= megabytes * 1_000_000:
                    break
    return rows


def _activity(chance: random.Random, number: int) -> tuple[bytes, bytes]:
    """The part of a record before the transaction, and the part after it."""
    place, agency = chance.choice(PLACES), chance.choice(AGENCIES)
    account, partner, sector = (chance.choice(c) for c in (ACCOUNTS, PARTNERS, SECTORS))
    title = " ".join(chance.choices(WORDS, k=chance.randint(3, 9))).capitalize()
    text = " ".join(chance.choices(WORDS, k=chance.randint(20, 90)))
    if number % 11 == 0:
        text = text[:80] + "\n" + text[80:] + ' so-called "phase three"'
    name = "Redacted" if number % 37 == 0 else f"Invented Partner {number % 997}, Inc."
    head = (
        *place, "3", "Upper Middle Income Country", "UMIC", *agency, "999", "not applicable",
        "not applicable", *partner, str(number % 997), name, *sector, "3", "Invented Category",
        "31", "Invented Sector", account[0], account[1], *(agency[0], agency[2], agency[1]),
        *account[2:], "3", "Project-Type", str(100_000 + number), "7", title, text,
        f"AID-{number:08d}", "NULL" if number % 3 else "2011-10-01", "2027-09-30",
    )  # fmt: skip
    tail = ("10", "Project-type interventions", "NULL", str(900_000 + number))
    return _line(head)[:-1] + b",", b"," + _line(tail)


def _record(chance: random.Random, activity: tuple[bytes, bytes]) -> bytes:
    year = chance.randint(2002, 2025)
    amount = round(chance.lognormvariate(10, 2.5)) * (-1 if chance.random() < 0.12 else 1)
    kind = b"2,Obligations" if chance.random() < 0.4 else b"3,Disbursements"
    told = b"%b,%d,01MAR%d,%d,%d" % (kind, year, year, amount, amount + amount // 5)
    return activity[0] + told + activity[1]


def _line(cells: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    print(f"{make(target, int(sys.argv[2]) if len(sys.argv) > 2 else 300):,} records in {target}")
