"""JSON: a docket as `gravamen docket --json` prints it (schema gravamen.docket/1)."""

from typing import Any

import msgspec

from gravamen.docket.line import DOCKET_SCHEMA, Docket


def docket_json(docket: Docket) -> dict[str, Any]:
    """Return a docket as plain data: every key of every line is there, null where it is empty."""
    return {"schema": DOCKET_SCHEMA, **msgspec.to_builtins(docket)}
