"""The worked case of the county, with its holders confirmed and its letters signed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from gravamen.case import Case
from gravamen.casefile import Adopted, CaseFile, Docketed, Entry, Signed, compile_case
from gravamen.cli import main
from gravamen.dates import Edtf, Moment
from gravamen.instruments.manifest import version_of
from gravamen.instruments.package import prepare
from gravamen.instruments.setting import made_of
from gravamen.law import load
from gravamen.law.authority import Law
from gravamen.proceedings import (
    Ballot,
    Holder,
    Moved,
    RoundOpened,
    Seconded,
    SignatureGiven,
    Voted,
)
from gravamen.sending.dispatchable import Dispatchable, Way, dispatchable, text_of
from gravamen.signing.key import Key, from_pem, new_key
from gravamen.signing.pades import sign_pdf

COUNTY = Path(__file__).resolve().parents[2] / "cases" / "alder-county"
DRAFTED, ON = "2024-03-05", date(2024, 3, 11)
STATE, TREASURY = "letter-us.state.secretary", "letter-us.treasury.secretary"
WITNESS = "Radomir Velz"


class Told(NamedTuple):
    """What a command answered: its exit code and all that it printed."""

    code: int
    words: str

    @property
    def line(self) -> str:
        """What was printed, on one line."""
        return " ".join(self.words.split())


def gravamen(*args: object) -> Told:
    """Run a command in this process; a traceback fails the test."""
    done = CliRunner().invoke(main, [str(a) for a in args])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Told(done.exit_code, done.output)


@cache
def law() -> Law:
    """The law data of the package."""
    return load()


def holder(office: str, **fields: object) -> Holder:
    """A holder of an office, confirmed a few days before the letters go."""
    fields = {
        "id": f"holder.{office}",
        "confirmed_by": "Ada Clerk",
        "confirmed_on": "2024-03-01",
        "source": "read on the website of the office",
        "name": "Mara Quill",
        "honorific": "The Honorable",
        "start": "2021-01-26",
        "address": ("Room 1", "1 Hill Street, Capital"),
        "email": f"{office}@office.example",
    } | fields
    return Holder(office=office, **fields)  # type: ignore[arg-type]  # the fields of a Holder


def opened(folder: Path, *holders: Holder) -> CaseFile:
    """The case of the county in a folder, its motion carried, with holders; nobody has signed."""
    record = compile_case(COUNTY / "case.yaml", folder, actor="person:Ada Clerk").casefile
    requester = record.case().requester
    assert requester is not None
    at = Moment("2024-03-04")
    ayes = tuple(Ballot(member=s.id, option="aye") for s in requester.signatories)
    known = holders or (
        holder("us.state.secretary"), holder("us.treasury.secretary", name="Odo Penn"),
    )  # fmt: skip
    steps: list[Entry] = [
        Adopted(step=Moved(id="step.moved-1", at=at, by=requester.signatories[0].name)),
        Adopted(step=Seconded(id="step.seconded-1", at=at, by=requester.signatories[1].name)),
        Adopted(step=Voted(id="step.vote-1", at=at, ballots=ayes, seats=5)),
        *(Docketed(noted=h) for h in known),
    ]
    record.append(*steps, actor="person:Ada Clerk")
    return record


@cache
def key(signatory: str) -> Key:
    """The key of a signatory, made anew for each run."""
    return from_pem(*new_key(signatory, at=datetime(2024, 1, 1, tzinfo=UTC)))


def sign(
    record: CaseFile,
    *instruments: str,
    count: int = 5,
    minimum: int | None = None,
    altered: Callable[[bytes], bytes] = bytes,
) -> None:
    """Open a round for letters and give signatures in it, each in the file with those before.

    Args:
        altered: what becomes of the drafted PDF before the round keeps it.
    """
    case = record.case()
    package = prepare(case, law(), on=date.fromisoformat(DRAFTED))
    for one in package.instruments:
        if one.id not in instruments:
            continue
        made = made_of(one, case=case)
        id, pdf = f"round.{one.id}", altered(made.pdf)
        acts: list[Entry] = [
            Signed(act=RoundOpened(
                id=id, at=Moment(DRAFTED), instrument=one.id, manifest=made.manifest.digest,
                file=record.put_blob(pdf), on=Edtf(DRAFTED), signatories=one.signatories,
                minimum=minimum, version=version_of(one), authorised_by="step.vote-1",
            ))
        ]  # fmt: skip
        for number, signatory in enumerate(one.signatories[:count], 1):
            when = datetime(2024, 3, number + 4, 12, tzinfo=UTC)
            pdf = sign_pdf(pdf, signatory=signatory, key=key(signatory.id), at=when)
            acts.append(
                Signed(act=SignatureGiven(
                    id=f"{id}.{signatory.id}", at=Moment(f"2024-03-0{number + 4}"), round=id,
                    signatory=signatory.id, how="pades", level="B-B", file=record.put_blob(pdf),
                    certificate=key(signatory.id).sha256,
                ))
            )  # fmt: skip
        record.append(*acts, actor="person:Ada Clerk")


def signed(folder: Path) -> CaseFile:
    """The case with both of its letters signed by all five."""
    record = opened(folder)
    sign(record, STATE, TREASURY)
    return record


def ready(
    record: CaseFile,
    instrument: str = STATE,
    *,
    case: Case | None = None,
    on: date = ON,
    **way: object,
) -> Dispatchable:
    """An instrument of a record as it would go by e-mail."""
    case = case or record.case()
    package = prepare(case, law(), on=on)
    text = text_of(case, package, instrument, on=on, blob=record.blob)
    fields = {"channel": "email"} | way
    return dispatchable(
        case, law(), text, Way(**fields), package=package, on=on, at=Moment(on.isoformat()),
        blob=record.blob,
    )  # fmt: skip


def ids(found: Dispatchable) -> set[str]:
    """The ids of the flags that hold an instrument back."""
    return {f.id for f in found.grave}
