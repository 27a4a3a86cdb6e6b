"""Outside: what stands in a signed file outside of its signatures, which no library minds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyhanko.sign.validation import EmbeddedPdfSignature

from gravamen.instruments.fault import Fault
from gravamen.signing.increments import Increment

_END = b"%%EOF"
LEFT_ASIDE = Fault(
    id="draft-left-aside",
    message="The file begins with the draft, but the rest of it does not build on that: its pages "
    "are others. Take the file from the one who sent it.",
)


def aliens(came: Iterable[Increment], signed: Mapping[int, str]) -> Iterator[Fault]:
    """Yield what was added that is no signature, though a later signature may cover it."""
    first = min(signed, default=None)
    for one in came:
        if not one.alien:
            continue
        what = ", ".join(one.other) or "nothing that can be seen"
        if one.signs:
            id, where = "changed-with-signature", f"with the signature in {one.signs}"
        elif first is not None and one.number < first:
            id, where = "changed-before-signature", "before the first signature"
        else:
            id, where = "changed-between-signatures", "beside the signatures"
        yield Fault(
            id=id,
            message=f"Increment {one.number} of the file, added {where}, changes what was "
            f"drafted: {what}.",
        )


def tail(
    data: bytes, embedded: Sequence[EmbeddedPdfSignature], came: Sequence[Increment]
) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """Return what follows the last signature or timestamp: a fault, or a note where it may stand.

    After a timestamp there may stand what its own certificate is checked with later on
    (ETSI EN 319 142-1, 5.4.3), and nothing else.
    """
    ends = [int(e.byte_range[2]) + int(e.byte_range[3]) for e in embedded]
    if not ends or (more := len(data) - max(ends)) <= 0:
        return (), ()
    last = max(e.signed_revision for e in embedded)
    later = [i for i in came if i.number > last]
    whole = data.endswith((_END, _END + b"\n")) and data.count(_END, max(ends)) == len(later)
    if later and whole and all(i.material and not i.alien for i in later):
        note = (
            f"{more} bytes follow the last signature or timestamp: certificates and lists for "
            "later checks. They change nothing on the pages, and nobody signed them."
        )
        return (), (note,)
    fault = Fault(
        id="bytes-after-signature",
        message=f"{more} bytes follow the last signature, which nobody signed. Take the file from "
        "the one who sent it.",
    )
    return (fault,), ()
