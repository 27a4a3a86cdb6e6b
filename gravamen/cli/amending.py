"""adopt amend: an amendment as changes of single sentences, told or taken from an edited DOCX."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from gravamen import law as lawdata
from gravamen.adoption import bounds, zone_of
from gravamen.case import Case
from gravamen.cli.adopting import Step, adopt_command, step_options
from gravamen.cli.options import example
from gravamen.cli.roll_call import named
from gravamen.dates import Moment, instant
from gravamen.instruments import manifest as manifests
from gravamen.instruments.amending import changed
from gravamen.instruments.comparison import Row, beginning, compare
from gravamen.instruments.package import motion_on, words_version
from gravamen.proceedings import Amended, Change
from gravamen.sentences import Instrument
from gravamen.values import GravamenError

LARGEST_FILE = 64 * 1024 * 1024


@adopt_command.command(
    "amend",
    epilog=example(
        "gravamen adopt amend out/case --member 'Adaeze Okonjo'",
        "--at 2024-03-12T10:30-07:00 --strike s3",
    ),
)
@step_options
@click.option("--member", required=True, help="Id or name of the member who moved it.")
@click.option("--at", required=True, help="When it was: 2026-05-12T10:20-07:00, or the day alone.")
@click.option("--change", multiple=True, help="Other words for a sentence: s12='new words'.")
@click.option("--strike", multiple=True, help="Id of a sentence to strike out.")
@click.option(
    "--insert-after", multiple=True, help="A new clause after a sentence: s12='the words'."
)
@click.option(
    "--rests-on",
    multiple=True,
    help="On which claims the new words for, or after, a sentence rest: s12=c.1,c.2.",
)
@click.option(
    "--from",
    "from_file",
    type=click.Path(path_type=Path),
    help="Take the changes from the motion's DOCX as it was edited.",
)
@click.option("--accepted", is_flag=True, help="The movers took it over; no vote is needed.")
@click.option(
    "--within-posting",
    metavar="REASON",
    help="Why it is within the item that was posted, where a check asks.",
)
def amend_command(
    step: Step,
    member: str,
    at: str,
    change: tuple[str, ...],
    strike: tuple[str, ...],
    insert_after: tuple[str, ...],
    rests_on: tuple[str, ...],
    from_file: Path | None,
    accepted: bool,
    within_posting: str | None,
) -> None:
    """Record an amendment: what it changes, sentence by sentence, and which claims that touches.

    It is part of the motion once a vote on it carried (`adopt vote --question ID`), or at once
    where the movers accepted it. A changed sentence that alleges something keeps its claims only
    where its quotes still stand in it; else say with --rests-on what it rests on.
    """
    drafted = motion_on(_until(step.case, at), lawdata.load(), on=instant(at).day)
    if drafted is None:
        raise GravamenError("This body adopts no motion; there is nothing to amend.")
    motion = drafted.motion
    resting = dict(_resting(step.case, rests_on))
    changes = [
        *(_changed(motion, *_split("--change", c), resting) for c in change),
        *(_changed(motion, id, None, resting) for id in strike),
        *(_inserted(motion, *_split("--insert-after", c), resting) for c in insert_after),
        *(_edited(motion, from_file, resting) if from_file else ()),
    ]
    _refuse_unfit(changes, resting)
    changes = _in_order(changes)
    after = motion
    for one in changes:
        after = _made(step.case, after, one)
    step.put(
        Amended(
            id=step.next_id("amended"),
            at=Moment(at),
            by=named(step.case, member),
            changes=tuple(changes),
            accepted=accepted,
            before=drafted.version,
            after=words_version(after),
            within_posting=within_posting,
        )
    )


def _until(case: Case, at: str) -> Case:
    """A case with the steps of before a moment alone, whatever came later on that day."""
    moment, zone = bounds(at, zone_of(case)), zone_of(case)
    before = {id: s for id, s in case.steps.items() if bounds(s.at, zone).first < moment.first}
    return msgspec.structs.replace(case, steps=before)


def _split(option: str, given: str) -> tuple[str, str]:
    id, sign, words = given.partition("=")
    if not sign or not id.strip() or not words.strip():
        raise GravamenError(f"{option} {given!r} is not understood; write it as s12='the words'.")
    return id.strip(), words.strip()


def _resting(case: Case, given: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in given:
        id, claims = _split("--rests-on", one)
        found = tuple(c.strip() for c in claims.split(","))
        for claim in found:
            if claim not in case.claims or not case.stands(claim):
                raise GravamenError(f"The case has no claim {claim!r} that {id} could rest on.")
        yield id, found


def _changed(
    motion: Instrument, id: str, now: str | None, resting: dict[str, tuple[str, ...]]
) -> Change:
    sentence = next((s for s in motion.sentences() if s.id == id), None)
    if sentence is None:
        raise _no_sentence(motion, id)
    if now == sentence.text:
        raise GravamenError(f"{id} reads so already; leave it out.")
    return Change(
        sentence=id,
        was=sentence.text,
        now=now,
        claims=tuple(dict.fromkeys(b.claim for b in sentence.bindings)),
        rests_on=resting.get(id, ()) if now is not None else (),
    )


def _inserted(
    motion: Instrument, id: str, words: str, resting: dict[str, tuple[str, ...]]
) -> Change:
    sentence = next((s for s in motion.sentences() if s.id == id), None)
    if sentence is None:
        raise _no_sentence(motion, id)
    return Change(now=words, after=id, follows=sentence.text, rests_on=resting.get(id, ()))


def _no_sentence(motion: Instrument, id: str) -> GravamenError:
    ids = [s.id for s in motion.sentences()]
    return GravamenError(
        f"The motion has no sentence {id!r}; it has {ids[0] if ids else 'none'} to "
        f"{ids[-1] if ids else 'none'} (gravamen verify FILE lists them with their words)."
    )


def _edited(
    motion: Instrument, file: Path, resting: dict[str, tuple[str, ...]]
) -> Iterator[Change]:
    """The changes that an edited DOCX of the motion holds."""
    if not file.is_file():
        raise GravamenError(f"There is no file {file}; name the DOCX of the motion as edited.")
    if file.stat().st_size > LARGEST_FILE:
        raise GravamenError(f"{file} is larger than {LARGEST_FILE // 2**20} MiB; no DOCX here is.")
    data = file.read_bytes()
    inside, _ = beginning(data, name=file.name)
    if inside is None:
        raise GravamenError(f"{file} carries no manifest; edit the DOCX that was drafted here.")
    manifest, drafted = manifests.read(inside)
    if drafted.kind != "motion" or words_version(drafted) != words_version(motion):
        raise GravamenError(
            f"{file} was not drafted from the motion as it stands on that day; draft the motion, "
            "and edit that DOCX."
        )
    for row in compare(data, manifest, drafted, name=file.name).rows:
        yield from _row(motion, row, resting)


def _row(motion: Instrument, row: Row, resting: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    if row.sentence and row.state == "changed":
        yield _changed(motion, row.sentence, row.now, resting)
    elif row.sentence and row.state == "missing":
        yield _changed(motion, row.sentence, None, resting)
    elif row.state == "new" and row.now:
        anchor = row.place.removeprefix("after ")
        if not any(s.id == anchor for s in motion.sentences()):
            raise GravamenError(
                f"New words stand {row.place or 'around the sentences'}, where no clause can be "
                f"inserted (“{row.now[:60]}”); write them after a sentence of the motion."
            )
        yield _inserted(motion, anchor, row.now, resting)


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """Changes as they can be made: new clauses first, while the words that they follow stand, and
    each after the one before it at the same place."""
    last: dict[str | None, str] = {}
    new = []
    for change in changes:
        if change.was is None:
            follows = last.get(change.after, change.follows)
            new.append(msgspec.structs.replace(change, follows=follows))
            last[change.after] = change.now or ""
    return [*new, *(c for c in changes if c.was is not None)]


def _refuse_unfit(changes: Sequence[Change], resting: dict[str, tuple[str, ...]]) -> None:
    if not changes:
        raise GravamenError(
            "An amendment changes something; give --change, --strike, --insert-after or --from."
        )
    ids = [c.sentence for c in changes if c.sentence]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        raise GravamenError(f"{twice} is changed twice in one amendment; say it once.")
    unused = [id for id in resting if id not in ids and id not in [c.after for c in changes]]
    if unused:
        raise GravamenError(f"--rests-on names {unused[0]}, which is not changed or inserted at.")


def _made(case: Case, motion: Instrument, change: Change) -> Instrument:
    """The motion with a change; one that cannot be made is refused."""
    after = changed(case, motion, change)
    if after == motion:
        words = change.was or change.follows or ""
        raise GravamenError(f"The change of “{words[:60]}” cannot be made after the ones before.")
    return after


COMMANDS = (adopt_command,)
