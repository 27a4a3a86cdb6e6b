"""Examined: what is to be said of each signature in a file, and of the file as a whole."""

from typing import Literal

from gravamen.instruments.fault import Fault
from gravamen.signing.certificates import Chain, Holder
from gravamen.values import Value

Covers = Literal["file", "revision", "part"]


class Examined(Value):
    """A signature that a file holds, and what is to be said of it.

    Args:
        field: the whole name of its field; `signatory` whose field that is, by the manifest.
        signed_at: the time that the signer claims; `timestamped_at` that which an authority saw.
        level: "B-B", "B-T" with a timestamp.
        intact: the bytes that it covers are those that were signed, by the key of `holder`.
        chain: whether somebody who is trusted stands for the certificate, when it signed;
            "unknown": no root was given.
        covers: the whole file, all of it until later increments, or only a part.
        added: what came after it, in words, the signatures of others first.
        faults: why it does not hold as it stands.
        notes: what limits the answer, a sentence each.
    """

    field: str
    signatory: str | None = None
    name: str | None = None
    capacity: str | None = None
    signed_at: str | None = None
    timestamped_at: str | None = None
    timestamped_by: str | None = None
    level: Literal["B-B", "B-T"] = "B-B"
    holder: Holder | None = None
    intact: bool = False
    chain: Chain = "unknown"
    covers: Covers = "part"
    added: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.faults


class Stamped(Value):
    """A timestamp over the whole file as it was then, which is nobody's signature."""

    field: str
    at: str | None = None
    holder: Holder | None = None
    intact: bool = False
    covers: Covers = "part"
    faults: tuple[Fault, ...] = ()


class Examination(Value):
    """All that the signatures of a file say.

    Args:
        empty: the ids of the signatories whose field nobody signed.
        faults: of the file as a whole; those of a signature stand with it.
    """

    signatures: tuple[Examined, ...] = ()
    timestamps: tuple[Stamped, ...] = ()
    empty: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def all_faults(self) -> tuple[Fault, ...]:
        """The faults of the file and of each signature and timestamp."""
        signed = (f for one in self.signatures for f in one.faults)
        stamped = (f for one in self.timestamps for f in one.faults)
        return (*self.faults, *signed, *stamped)
