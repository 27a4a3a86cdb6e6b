"""Values: the frozen struct that every type is made of, and its one codec (canonical JSON)."""

import hashlib
from typing import Any, dataclass_transform

import msgspec


class _KeywordOnly(msgspec.StructMeta):
    """Makes every subclass keyword-only: msgspec hands on the other options, but not this one."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **options: Any
    ) -> Any:
        return super().__new__(cls, name, bases, body, **{"kw_only": True, **options})


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Value(
    msgspec.Struct,
    frozen=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,  # a frozen value is in no cycle, and a large case is many values
    metaclass=_KeywordOnly,
):
    """A frozen, typed value; a change is a new value (`msgspec.structs.replace`)."""


class GravamenError(ValueError):
    """What the caller did wrong, in one sentence that names the thing and the next step."""


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of a value: keys sorted, no spaces, UTF-8.

    The same value gives the same bytes, so that a digest of them can stand for the value.
    """
    return msgspec.json.encode(value, order="sorted")


def digest(value: Any) -> str:
    """Return the SHA-256 (64 hex digits) of the canonical JSON of a value."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
