"""What `adopt` prints: the life of a motion, the rule on notice, the roll call, what is next."""

from collections.abc import Iterator
from pathlib import Path

from gravamen.adoption import Adoption, Tally
from gravamen.cli.options import say
from gravamen.dates import spell
from gravamen.instruments.amending import told
from gravamen.proceedings import AdoptionStep, Amended, Posted, Voted

_RESULTS = {True: "carried", False: "did not carry", None: "cannot be said to have carried"}
_SIDES = ("ayes", "noes", "abstentions", "absent", "recused", "not_recorded")


def tell_result(step: AdoptionStep, found: Adoption, case: Path) -> None:
    """Print what was recorded, what follows from it, and how to take it back."""
    say(f"Recorded in {case}: {step.id}. The motion is {found.state}.")
    if isinstance(step, Posted):
        for posting in found.postings:
            if posting.step.id == step.id:
                say(posting.told, indent="  ")
    if isinstance(step, Amended):
        for change in step.changes:
            say(told(change), indent="  ", hang="    ")
    if isinstance(step, Voted):
        for vote in found.votes:
            if vote.step.id == step.id:
                _tell_vote(vote, found)
    for line in next_steps(found, case):
        say(f"Next: {line}", hang="  ")
    say(
        f"To take it back: gravamen judge {case} {step.id} --verdict rejected. To correct it, "
        f"record it again with --id {step.id}."
    )


def show_standing(found: Adoption, case: Path) -> None:
    """Print where a motion stands: its life, the rules, the votes, what is not in order."""
    since = f" since {spell(found.since[:10])}" if found.since else ""
    say(f"On {spell(found.on.isoformat())} the motion is {found.state}{since}.")
    number = f", recorded as {found.number}" if found.number else ""
    if found.item or number:
        say(f"Item {found.item or 'without a number'}{number}.")
    say()
    for event in found.life:
        say(f"{event.at}  {event.words}  [{event.id}]", hang="    ")
    if not found.life:
        say("Nothing that the body did with it is on record.")
    for posting in found.postings:
        say()
        say(f"Notice: {posting.told}", hang="  ")
        if posting.missing:
            say(f"Not on record: {'; '.join(posting.missing)}.", indent="  ")
    for amendment in found.amendments:
        say()
        say(f"Amendment {amendment.step.id}: {amendment.state}.")
        for change in amendment.step.changes:
            say(told(change), indent="  ", hang="    ")
    for vote in found.votes:
        say()
        _tell_vote(vote, found)
    say() if found.notes else None
    for note in found.notes:
        say(f"Note: {note}", hang="  ")
    for line in next_steps(found, case):
        say(f"Next: {line}", hang="  ")


def next_steps(found: Adoption, case: Path) -> Iterator[str]:
    """What to do next, a sentence each, with the command."""
    match found.state:
        case "drafted":
            yield f"post it on an agenda: gravamen adopt post {case} --help"
        case "posted":
            yield f"when it is moved: gravamen adopt move {case} --member … --at …"
        case "moved" | "seconded" | "amended":
            yield f"call the roll: gravamen adopt vote {case} --at … --aye … --no …"
        case "carried":
            yield f"have the clerk record it: gravamen adopt record {case} --at … --number …"
            yield "draft it anew, so that it bears its vote, and sign and send its letters."
        case "failed":
            yield "nothing goes out in the name of the body."
        case "recorded":
            yield "sign and send its letters."
        case "withdrawn" | "tabled" | "referred":
            yield f"if it comes back, post it again: gravamen adopt post {case} --help"
    back = found.rules.report_back
    if back is not None and found.adopted:
        yield f"report to the body within {back.months} months ({back.cite})."


def _tell_vote(vote: Tally, found: Adoption) -> None:
    on = "the motion" if vote.step.question == "motion" else vote.step.question
    say(f"Vote {vote.step.id} on {on}, {vote.step.at}: {_RESULTS[vote.carried]}.")
    for side in _SIDES:
        members = [found.name(m) for m in getattr(vote, side)]
        if members:
            say(f"{side.replace('_', ' ')} {len(members)}: {', '.join(members)}", indent="  ",
                hang="    ")  # fmt: skip
    if vote.quorum_needed is not None:
        of = f" of {vote.seats} seats" if vote.seats else ""
        say(f"Took part: {vote.present}{of}; a quorum is {vote.quorum_needed}.", indent="  ")
    say(vote.why, indent="  ", hang="  ")
    for words, members_ in (
        ("no member of the body on the day, not counted", vote.strangers),
        ("twice in the roll call", vote.doubled),
    ):
        if members_:
            say(f"{', '.join(found.name(m) for m in members_)}: {words}", indent="  ")
