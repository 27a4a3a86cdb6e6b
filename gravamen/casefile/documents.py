"""Documents: what was drafted from a case, set again from its record and compared."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from gravamen.casefile.entries import Drafted
from gravamen.casefile.following_up import followed_up_again
from gravamen.casefile.ledger import CaseFile
from gravamen.instruments.manifest import Stated
from gravamen.instruments.package import Wanted, prepare
from gravamen.instruments.setting import Made, made_of
from gravamen.law.authority import Law
from gravamen.sentences import Instrument
from gravamen.values import GravamenError, Value


class Document(Value):
    """An instrument as the record gives it today, beside the digests of what was drafted.

    Args:
        on: the day for which it was drafted.
        sentences: each with its kind and its claims, their exact words and the source's digest.
        why: why it does not follow from the record any more; None where every byte is the same.
    """

    instrument: str
    on: str
    sentences: tuple[Stated, ...] = ()
    why: str | None = None


def documents(casefile: CaseFile, law: Law) -> tuple[Document, ...]:
    """Return the documents last drafted from a case, each made again and compared by digest."""
    drafted = _last_drafted(casefile)
    if not drafted:
        return ()
    made = _again(casefile, law, drafted)
    return tuple(_document(casefile, made.get((d.on, d.instrument)), d) for d in drafted.values())


def drafted_again(casefile: CaseFile, law: Law) -> Iterator[Made]:
    """Yield the documents last drafted from a case, as its record gives them today; those that
    cannot be set any more are left out."""
    drafted = _last_drafted(casefile)
    made = _again(casefile, law, drafted)
    for one in drafted.values():
        instrument = made.get((one.on, one.instrument))
        if instrument is None:
            continue
        try:
            yield made_of(instrument, case=casefile.case())
        except GravamenError:
            continue


def instruments_again(casefile: CaseFile, law: Law) -> tuple[Instrument, ...]:
    """Return the instruments last drafted from a case, as its record writes them today, not set."""
    drafted = _last_drafted(casefile)
    made = _again(casefile, law, drafted)
    wanted = ((d.on, d.instrument) for d in drafted.values())
    return tuple(made[key] for key in wanted if key in made)


def _last_drafted(casefile: CaseFile) -> dict[str, Drafted]:
    drafted: dict[str, Drafted] = {}
    for happened in casefile.entries():
        if isinstance(happened.entry, Drafted):
            drafted[happened.entry.instrument] = happened.entry
    return drafted


def _again(
    casefile: CaseFile, law: Law, drafted: Mapping[str, Drafted]
) -> dict[tuple[str, str], Instrument]:
    case = casefile.case()
    made = {
        (on, i.id): i
        for on, wanted in _wanted(d for d in drafted.values() if d.dispatch is None)
        for i in prepare(case, law, on=date.fromisoformat(on), dossiers=wanted).instruments
    }
    return made | followed_up_again(casefile, law, drafted.values())


def _wanted(drafted: Iterable[Drafted]) -> Iterator[tuple[str, tuple[Wanted, ...]]]:
    """For each day the dossiers that were drafted, and once none for motion and letters."""
    days: dict[str, dict[Wanted, None]] = {}
    plain: dict[str, None] = {}
    for one in drafted:
        if one.party and one.regime:
            days.setdefault(one.on, {})[Wanted(party=one.party, regime=one.regime)] = None
        else:
            plain[one.on] = None
    yield from ((on, ()) for on in plain)
    yield from ((on, tuple(wanted)) for on, wanted in days.items())


def drafted_files(casefile: CaseFile) -> frozenset[str]:
    """Return the SHA-256 of every file that was ever drafted from a case, as its record says."""
    return frozenset(
        digest
        for happened in casefile.entries()
        if isinstance(happened.entry, Drafted)
        for digest in happened.entry.files.values()
    )


def _document(casefile: CaseFile, made: Instrument | None, drafted: Drafted) -> Document:
    if made is None:
        why = "the record asks for no such document any more"
        return Document(instrument=drafted.instrument, on=drafted.on, why=why)
    try:
        again = made_of(made, case=casefile.case())
    except GravamenError as error:
        return Document(
            instrument=drafted.instrument, on=drafted.on, why=f"it cannot be set: {error}"
        )
    same = again.digests() == dict(drafted.files)
    return Document(
        instrument=drafted.instrument,
        on=drafted.on,
        sentences=again.manifest.sentences,
        why=None
        if same
        else "the record, the law data or the program changed since it was drafted; draft it again",
    )
