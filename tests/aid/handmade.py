"""Editions made by hand: rows as a reader would have typed them, with their checks."""

import hashlib
from collections.abc import Sequence
from contextlib import closing

import msgspec
from msgspec.structs import asdict

from gravamen.aid.account.lines import ROWS, connection
from gravamen.aid.files.check import CHECKS_FILE, check_rows
from gravamen.aid.line import Row
from gravamen.editions import Edition, Editions

_TYPES = {
    "row": "BIGINT", "year": "INTEGER", "amount": "DECIMAL(24, 6)", "constant": "DECIMAL(24, 6)",
    "trainees": "BIGINT", "humanitarian": "BOOLEAN", "share": "DECIMAL(9, 6)", "total": "BOOLEAN",
}  # fmt: skip
_COLUMNS = tuple(Row.__struct_fields__)


def keep(
    editions: Editions, rows: Sequence[Row], *, dataset: str, vintage: str, file: str | None = None
) -> Edition:
    """Keep an edition of these rows, as `gravamen aid import` would."""
    named = file or f"{dataset}_{vintage}.csv"
    content = msgspec.json.encode((named, vintage, rows))
    edition = Edition(
        subject="aid",
        dataset=dataset,
        vintage=vintage,
        file=named,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        rows=len(rows),
        columns=(),
        taken_in="2026-11-26T04:30:00Z",
        by="tests",
    )
    with editions.adding() as made, closing(connection()) as con:
        columns = ", ".join(f'"{c}" {_TYPES.get(c, "VARCHAR")}' for c in _COLUMNS)
        con.execute(f"create table complete ({columns})")
        con.executemany(
            f"insert into complete values ({', '.join('?' for _ in _COLUMNS)})",
            [[asdict(row)[c] for c in _COLUMNS] for row in rows],
        )
        con.execute(f"copy complete to '{made / ROWS}' (format parquet)")
        (made / CHECKS_FILE).write_bytes(msgspec.json.encode(check_rows(con)))
        editions.keep(edition, made)
    return edition
