"""Hooks: which laws bear on a line of assistance on a day, how each stands, and its group."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from gravamen.aid import countries
from gravamen.aid.line import Group, Hook, HookState, Line
from gravamen.dates import spell
from gravamen.law import Law, in_force, waiver_state
from gravamen.law.assistance import Hold, Program
from gravamen.law.authority import Authority, Prong
from gravamen.law.cited import SURE, Mark
from gravamen.law.scope import concerns
from gravamen.law.waivers import State, WaiverState, phrase

DONOR = "US"  # whose laws on assistance the law data hold
# Whole names of purposes of the humanitarian sector, as the OECD (codes 720 to 740, also with older
# names) and the United States print them; in small letters. Some are from memory.
_HUMANITARIAN = frozenset(
    [
        "humanitarian", "humanitarian aid", "humanitarian assistance",
        "humanitarian assistance - general", "emergency response", "emergency food aid",
        "emergency food assistance", "emergency assistance", "emergency/distress relief",
        "material relief assistance and services", "basic health care services in emergencies",
        "education in emergencies", "relief co-ordination and support services",
        "relief coordination and support services",
        "relief co-ordination; protection and support services",
        "relief co-ordination, protection and support services",
        "immediate post-emergency reconstruction and rehabilitation",
        "reconstruction relief and rehabilitation", "reconstruction relief & rehabilitation",
        "disaster prevention and preparedness", "disaster prevention & preparedness",
        "multi-hazard response preparedness", "disaster readiness",
        "protection, assistance and solutions",
    ]
)  # fmt: skip
# How the law data name what a law leaves alone where a line is humanitarian.
_AID = "humanitarian assistance"
_SURENESS: tuple[Mark, ...] = ("memory", "inferred", "secondary", "sourced", "checked")
_ASKED: tuple[HookState, ...] = ("open", "waived", "unknown")


class Standing(NamedTuple):
    """How a law stands towards a line: the state, why, how a bar of it stands, how surely."""

    state: HookState
    why: str
    waiver: str | None
    mark: Mark


def program_of(line: Line, law: Law) -> Program | None:
    """Return the program of a line, by its code or account; None where neither tells."""
    for words in (line.program, line.account):
        if words and (found := law.program_of(words)):
            return found[0]
    return None


def hooks(line: Line, law: Law, on: date) -> tuple[Hook, ...]:
    """Return the laws that bear on a line on a day, in the order of its program in the law data.

    A law that is not in force on the day, or does not concern the country, is left out; so is a
    law on states, where the line is for a region. Where the day lies before the start of a law, and
    that start or what bound before it was not read, the law is told as unread. Of a line that
    another state's agency gives no law is told, and none of one for a state that is no more or
    whose program is not known.
    """
    program = program_of(line, law)
    if program is None or not _ours(line) or _gone(line):
        return ()
    line = replace(line, humanitarian=_relief(line, program))
    return tuple(
        hook for hold in law.holds(program) if (hook := _hook(line, hold, law, on)) is not None
    )


def grouped(line: Line, found: Sequence[Hook], law: Law) -> tuple[Group, str]:
    """Return the group of a line and why it stands there, one sentence.

    Humanitarian lines, and those that every law leaves alone, stand outside; else one bar that
    stands makes a line barred, one law that can be asked makes it asked, and one that wants a unit
    which no row names makes it not vettable. A law of which two readings are held is named beside.
    """
    if (other := _other_donor(line)) is not None:
        return other
    program = program_of(line, law)
    if why := _humanitarian(line, program):
        return "outside", why
    if _gone(line):
        return "hook-unclear", "The state is no more."
    if program is None or not (program.holds or program.holds_of):
        return "hook-unclear", _untold(line, program)
    states = {hook.state for hook in found}
    if not found and _stateless(line):
        return "hook-unclear", (
            f"It is for {countries.named(line.country)}, which has no government that a law in the "
            "data could name."
        )
    if states <= {"carved-out"}:
        return "outside", _left_alone(program, found, law)
    if "barred" in states:
        return "already-barred", _barred(found, law)
    if states & set(_ASKED):
        return "asked-now", _askable(found, law)
    if "needs-unit" in states:
        return "not-vettable", _sentence(f"{_unnamed(found, law)}{_argued(found, law)}.")
    return "hook-unclear", _sentence(f"{_argued(found, law).removeprefix('; ')}.")


def _hook(line: Line, hold: Hold, law: Law, on: date) -> Hook | None:
    authority = law.authority(hold.authority)
    if not concerns(authority, line.country):
        return None
    if authority.reaches == ("state",) and _stateless(line):
        return None
    there = in_force(authority, on)
    standing = (_standing if there else _before)(line, hold, authority, on)
    if standing is None:
        return None
    return Hook(
        authority=authority.id,
        state=standing.state,
        why=standing.why,
        cite=hold.cite,
        decides=law.decider(authority),
        shows=tuple(_shown(prong, authority, law, on) for prong in authority.prongs),
        exceptions=tuple(rule.text for rule in authority.exceptions),
        waiver=standing.waiver,
        mark=standing.mark,
    )


def _standing(line: Line, hold: Hold, authority: Authority, on: date) -> Standing | None:
    """How a law that concerns the country stands towards the line; None where it is repealed."""
    told = waiver_state(authority, on) if authority.waiver else None
    waiver = told.sentence if told else None
    bar = _bar(authority, told)
    if bar == "no-bar":
        return None
    if left := _left_out(line, hold, authority):
        return left._replace(waiver=waiver)
    if hold.how == "argued":
        return Standing("argued", hold.why, waiver, hold.mark)
    if told and (bar == "barred" or bar == "waived" or bar == "unknown"):
        return Standing(bar, hold.why, waiver, _least(hold.mark, told))
    if "unit" in authority.reaches:
        return Standing(*_unit(line, hold), waiver, hold.mark)
    return Standing("open", hold.why, waiver, hold.mark)


def _before(line: Line, hold: Hold, authority: Authority, on: date) -> Standing | None:
    """How a law stands that is not in force: unread before its start, where that start or what
    bound before it was not read; else not at all."""
    unread = authority.earlier or authority.effective_mark not in SURE
    if on >= authority.effective_from or not unread:
        return None
    if left := _left_out(line, hold, authority):
        return left
    start = spell(authority.effective_from.isoformat())
    sure = " as far as is known" if authority.effective_mark not in SURE else ""
    before = authority.earlier
    why = (
        f"It is in force since {start}{sure}. "
        f"{before.text if before else 'Whether it bound before that day was not read.'}"
    )
    return Standing("unread", why, None, before.mark if before else authority.effective_mark)


def _left_out(line: Line, hold: Hold, authority: Authority) -> Standing | None:
    """How a law that is in the data leaves the line alone; None where it does not."""
    if hold.how == "carved-out":
        return Standing("carved-out", hold.why, None, hold.mark)
    if reason := _not_to_government(line, authority):
        return Standing("carved-out", reason, None, (authority.assistance or authority).mark)
    reach = authority.assistance
    if reach and line.humanitarian and _AID in (*reach.outside, *reach.outside_unchecked):
        why = (
            "The line is humanitarian, and the law is said to leave humanitarian assistance alone."
        )
        return Standing("carved-out", why, None, "memory")
    return None


def _bar(authority: Authority, told: WaiverState | None) -> State | None:
    """How a bar stands that binds by itself; None for a law that binds once its test is met."""
    if told is None or authority.waiver is None or not authority.waiver.steps:
        return None
    return told.state


def _unit(line: Line, hold: Hold) -> tuple[HookState, str]:
    if line.unnamed is not None and line.unnamed.rows >= line.rows:
        return "needs-unit", f"{hold.why} No row of the line names a unit of a security force."
    return "open", hold.why


def _not_to_government(line: Line, authority: Authority) -> str | None:
    """Why a law on what goes to a government, or to units of its forces, leaves the line alone;
    None where it does not."""
    reach, units = authority.assistance, authority.reaches == ("unit",)
    if line.recipient in (None, "government") or not (units or (reach and reach.to_government)):
        return None
    to = {
        "non-government": "a recipient outside the government",
        "multilateral": "an international organization",
    }.get(line.recipient, line.recipient)
    whom = "units of the security forces" if units else "the government"
    return f"It reaches assistance to {whom}; the file says that the line goes to {to}."


def _least(mark: Mark, told: WaiverState) -> Mark:
    """The least sure of a hold and of the steps on which the state of a bar rests."""
    marks = (mark, *(m for step in told.steps for m in (step.mark, step.until_mark)))
    return min(marks, key=_SURENESS.index)


def _shown(prong: Prong, authority: Authority, law: Law, on: date) -> str:
    """What a prong asks to be shown, as one sentence of questions; with what bears on an exception,
    or on the end of a waiver that is or may be in effect."""
    wanted = _tests(prong.all_of, law)
    if prong.any_of:
        wanted += ["one of:", *_tests(prong.any_of, law)]
    bars = authority.waiver is not None and bool(authority.waiver.steps)
    if prong.also and not bars:
        wanted += ["Against an exception:", *_tests(prong.also, law)]
    if prong.also and bars and waiver_state(authority, on).state in ("waived", "unknown"):
        wanted += ["To ask for the end of a waiver:", *_tests(prong.also, law)]
    return " ".join(wanted)


def _tests(elements: Sequence[str], law: Law) -> list[str]:
    return [law.element(id).test for id in elements]


def _stateless(line: Line) -> bool:
    """Whether the line is for a region, or for a state that is no more."""
    return len(line.country) != len("US")


def _gone(line: Line) -> bool:
    """Whether the line is for a state that is no more (ISO 3166-3 codes have four letters)."""
    return len(line.country) == len("YUCS")


def _ours(line: Line) -> bool:
    return line.donor in (None, DONOR)


def _other_donor(line: Line) -> tuple[Group, str] | None:
    if line.donor is None or _ours(line):
        return None
    return "outside", (
        "The laws in the data are those of the United States; this is given by an agency of "
        f"{countries.named(line.donor)}."
    )


def _humanitarian(line: Line, program: Program | None) -> str | None:
    apart = "such assistance is shown apart, and nothing asks to stop it"
    if line.humanitarian:
        return f"The file marks it as humanitarian; {apart}."
    if program is not None and program.nature == "humanitarian":
        return f"{program.name} is humanitarian; {apart}."
    if _relief(line, program):
        return f"Its purpose, {line.purpose!r}, is humanitarian; {apart}."
    return None


def _relief(line: Line, program: Program | None) -> bool:
    """Whether a line is humanitarian as its file says; where that does not tell, by its purposes,
    of which each must be the whole name of one of the humanitarian sector. No program of security
    is so by its purpose."""
    security = program is not None and program.nature == "security"
    if line.humanitarian is not None or not line.purpose or security:
        return bool(line.humanitarian)
    purposes = [re.sub(r"\s*\(\d+\)$", "", words.strip()) for words in line.purpose.split(";")]
    return all(" ".join(words.split()).casefold() in _HUMANITARIAN for words in purposes)


def _untold(line: Line, program: Program | None) -> str:
    """Why no law can be told for a line."""
    if program is not None:
        return program.unclear or f"No law in the data bears on {program.name}."
    if line.account:
        return f"The law data do not know the account {line.account!r}."
    if line.program:
        return f"The law data do not know the program {line.program!r}."
    return "The file gives a sum and names neither program nor account."


def _left_alone(program: Program, found: Sequence[Hook], law: Law) -> str:
    if not found:
        return (
            f"No law in the data that bears on {program.name} concerns the country and is in force "
            "that day."
        )
    named, n = _named(found, ["carved-out"], law)
    return _sentence(f"{named} {'leaves' if n == 1 else 'leave'} it alone{_surely(found)}.")


def _askable(found: Sequence[Hook], law: Law) -> str:
    parts = []
    named, n = _named(found, ["open"], law)
    if n:
        parts.append(f"an office can be asked to withhold it under {named}")
    named, n = _named(found, ["waived"], law)
    if n:
        verb = "is" if n == 1 else "are"
        parts.append(f"{named} {verb} waived on that day, and an office can be asked to end that")
    named, n = _named(found, ["unknown"], law)
    if n:
        parts.append(f"whether {named} {'is' if n == 1 else 'are'} waived on that day is not known")
    if any(hook.state == "needs-unit" for hook in found):
        parts.append(_unnamed(found, law))
    return _sentence(f"{'; '.join(parts)}{_argued(found, law)}.")


def _unnamed(found: Sequence[Hook], law: Law) -> str:
    named, n = _named(found, ["needs-unit"], law)
    return (
        f"{named} {'reaches' if n == 1 else 'reach'} units of security forces, and no row of the "
        "line names one that can be told from others"
    )


def _barred(found: Sequence[Hook], law: Law) -> str:
    named, n = _named(found, ["barred"], law)
    known = _surely([hook for hook in found if hook.state == "barred"])
    return _sentence(f"{named} {'bars' if n == 1 else 'bar'} it on that day{known}.")


def _surely(found: Sequence[Hook]) -> str:
    """The remark on laws of which some rest on what nobody checked."""
    surely = all(hook.mark in SURE for hook in found)
    return "" if surely else ", as far as the sources on file show; this is unchecked"


def _argued(found: Sequence[Hook], law: Law) -> str:
    """The end of a sentence on laws of which two readings are held, or what bound was not read."""
    told = ""
    named, n = _named(found, ["argued"], law)
    if n:
        verb, does = ("reaches", "it does") if n == 1 else ("reach", "they do")
        told += (
            f"; whether {named} {verb} it is argued: by one reading {does}, by another {does} not"
        )
    named, n = _named(found, ["unread"], law)
    if n:
        which = "or a law before it" if n == 1 else "or laws before them"
        told += f"; whether {named}, {which}, bound on that day was not read"
    return told


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _named(found: Sequence[Hook], states: Sequence[HookState], law: Law) -> tuple[str, int]:
    """The laws of some states, and how many: "section 502B and the State Leahy law"."""
    names = list(_phrases(found, states, law))
    *most, last = names or [""]
    return (f"{', '.join(most)} and {last}" if most else last), len(names)


def _phrases(found: Sequence[Hook], states: Sequence[HookState], law: Law) -> Iterator[str]:
    for hook in found:
        if hook.state in states:
            yield phrase(law.authority(hook.authority))
