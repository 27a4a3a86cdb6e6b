"""The case that the labelled replies answer, and each reply as a captured file."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import yaml

from gravamen import law as lawdata
from gravamen.case import Case
from gravamen.parties import Name, Party
from gravamen.proceedings import Dispatch
from gravamen.receiving import Taken, take
from gravamen.requests import Request
from gravamen.sources import Captured, capture

FOLDER = Path(__file__).parent / "replies"
RECEIVED = "2026-06-01"
_READ: dict[str, Taken] = {}
LAW = lawdata.load()
_OFFICES = {
    "state": ("us.state.secretary", "secretary@state.example"),
    "treasury": ("us.treasury.secretary", "secretary@treasury.example"),
    "sfrc": ("us.senate.foreign_relations", "chair@foreign.senate.example"),
    "fcdo": ("uk.fcdo.secretary", "foreign.secretary@fcdo.example"),
    "eu": ("eu.high_representative", "cabinet@eeas.example"),
    "ca": ("ca.foreign_minister", "minister@foreign.ca.example"),
    "au": ("au.foreign_minister", "minister@foreign.au.example"),
}
_REQUESTS = {
    "state": (
        ("r.visa", "visa-ban", "us.sfops.7031c", "p.teresh"),
        ("r.aid", "suspend-assistance", "us.leahy.state", "p.battalion"),
    ),
    "treasury": (
        ("r.freeze", "sanctions", "us.eo13818", "p.teresh"),
        ("r.unit", "sanctions", "us.eo13818", "p.battalion"),
    ),
    "sfrc": (("r.clock", "start-clock", "us.glomag.act", "p.teresh"),),
    "fcdo": (("r.uk", "sanctions", "uk.ghr2020", "p.teresh"),),
    "eu": (("r.eu", "sanctions", "eu.ghrsr", "p.teresh"),),
    "ca": (("r.ca", "sanctions", "ca.jvcfoa", "p.teresh"),),
    "au": (("r.au", "sanctions", "au.thematic.hr", "p.teresh"),),
}


def answered() -> Case:
    """A case whose seven letters went out on 12 May 2026 and none of which was answered."""
    people = (
        Party(id="p.teresh", kind="person", names=(Name(text="Ilvan Teresh"),), country="XS"),
        Party(id="p.battalion", kind="unit", names=(Name(text="4th Guard Battalion"),)),
    )
    return Case(
        id="sarvenia",
        title="Beatings at Lower Quay",
        parties={p.id: p for p in people},
        requests={
            id: Request(
                id=id,
                measure=measure,  # type: ignore[arg-type]  # the words stand above
                authority=law,
                target=target,
                addressees=(_OFFICES[key][0],),
            )
            for key, requests in _REQUESTS.items()
            for id, measure, law, target in requests
        },
        dispatches={
            f"d.{key}": Dispatch(
                id=f"d.{key}",
                at="2026-05-12T17:00:00Z",  # type: ignore[arg-type]  # a Moment is a str
                instrument=f"letter-{office}",
                channel="email",
                address=address,
                office=office,
                message_id=f"<letter-{key}@alder.example>",
                reference=f"ALDER-{key.upper()}-1",
                manifest=f"{n:x}" * 64,
                requests=tuple(r[0] for r in _REQUESTS[key]),
            )
            for n, (key, (office, address)) in enumerate(_OFFICES.items(), 1)
        },
    )


def labelled(half: str) -> list[dict[str, Any]]:
    """The replies of one half, "build" or "held", each with what a person made of it."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{half}.yaml").read_text("utf-8"))
    return found


def written(row: dict[str, Any]) -> Captured:
    """A labelled reply as a file that came: a mail that answers ours, or a text."""
    if row.get("paper"):
        return capture(row["text"].encode(), id="s.reply-1", name="letter.txt")
    mail = EmailMessage()
    dispatch = answered().dispatches[row["to"]]
    headers = {"From": dispatch.address, "In-Reply-To": dispatch.message_id} | row["headers"]
    for name, value in headers.items():
        mail[name] = value
    mail["Date"] = "Mon, 01 Jun 2026 09:00:00 +0000"
    mail["Message-ID"] = f"<{row['id']}@office.example>"
    mail.set_content(row["text"])
    return capture(mail.as_bytes(), id="s.reply-1", name="reply.eml")


def read_row(row: dict[str, Any]) -> Taken:
    """What is proposed for a labelled reply whose dispatch is known."""
    if row["id"] not in _READ:
        _READ[row["id"]] = _take(row)
    return _READ[row["id"]]


def _take(row: dict[str, Any]) -> Taken:
    return take(
        answered(),
        LAW,
        written(row),
        id="reply.1",
        today=date(2026, 6, 1),
        received=RECEIVED,
        dispatch=row["to"],
    )


def differences(row: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Where the proposal differs from the label: what was expected, and what came."""
    reply, expect = read_row(row).reply, row["expect"]
    wrong = {}
    for field in ("referred_to", "reference", "promised"):
        wanted = str(expect[field]) if expect.get(field) else None
        if getattr(reply, field) != wanted:
            wrong[field] = (wanted, getattr(reply, field))
    if reply.reply != expect["kind"]:
        wrong["kind"] = (expect["kind"], reply.reply)
    said = {a.request: a.outcome for a in reply.answers if a.outcome != "not-addressed"}
    if said != expect.get("answers", {}):
        wrong["answers"] = (expect.get("answers", {}), said)
    return wrong
