"""replies: how the terminal shows a reply: what it is taken for, in which words, what to do."""

import shlex
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from gravamen.cli.options import counted, say
from gravamen.proceedings import Answer, Reply, ReplyKind
from gravamen.receiving import Match, Taken

State = Literal["proposed", "decided", "known"]
_MOST_MATCHES = 3
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPELLED: dict[ReplyKind, str] = {
    "auto-ack": "an automatic acknowledgement",
    "ack": "an acknowledgement",
    "referral": "a referral",
    "interim": "an interim reply",
    "substantive": "an answer in substance",
    "refusal": "a refusal",
    "no-power": "that the office has no power",
    "clarification": "a question to us",
    "bounced": "a mail that came back undelivered",
    "misdirected": "from somebody whom it was not meant for",
    "unclear": "not clear",
}


class Done(NamedTuple):
    """What became of one file: the reply as it stands now, how it was read, what was done."""

    name: str
    reply: Reply
    taken: Taken | None
    state: State


def reply_json(done: Done) -> dict[str, Any]:
    """A reply with what was read and why."""
    taken = done.taken
    return {
        "file": done.name,
        "state": done.state,
        "reply": done.reply,
        "matches": taken.matches if taken else (),
        "shown_by": taken.shown_by if taken else None,
        "why": taken.why if taken else None,
        "passage": taken.passage if taken else None,
        "reasons": taken.reasons if taken else (),
        "notes": taken.notes if taken else (),
    }


def tell_replies(case: Path, done: Sequence[Done]) -> None:
    """Print what became of each file, and how to go on: after each, or once for several."""
    for one in done:
        _tell(case, one, alone=len(done) == 1)
    if len(done) > 1:
        folder, kinds = shlex.quote(str(case)), Counter(one.reply.reply for one in done)
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
        say(f"{counted(len(done), 'reply', 'replies')}: {told}.")
        say(f"accept those that are read right: gravamen judge {folder} ID... --verdict accepted")
        say(f"amend one: gravamen receive {folder} --amend ID --dispatch ID --kind KIND --answer …")
        say(f"take back: gravamen judge {folder} ID --verdict rejected")


def _tell(case: Path, done: Done, *, alone: bool) -> None:
    reply, taken = done.reply, done.taken
    if done.state == "known":
        say(f"{_seen(done.name)} is {reply.id} already, from the same bytes; nothing was recorded.")
        return
    say(f"{reply.id}: {_seen(done.name)}, {_SPELLED[reply.reply]}, {done.state}", hang="  ")
    noticed = f", noticed {reply.noticed}" if reply.noticed else ""
    say(f"received {reply.received}{noticed}", indent="  ")
    notes = [f"Look: {note}" for note in taken.notes] if taken else []
    for line in (*_threading(reply, taken), *_content(reply, taken), *notes):
        say(_seen(line), indent="  ", hang="    ")
    if alone:
        for line in _next(shlex.quote(str(case)), done):
            say(line, indent="  ", hang="    ")


def tell_failures(failed: Sequence[str], files: int) -> str:
    """The sentence about the files that could not be taken."""
    return (
        f"{counted(len(failed), 'file')} of {files} could not be taken; the others are recorded. "
        f"{' '.join(failed)}"
    )


def _threading(reply: Reply, taken: Taken | None) -> Iterator[str]:
    if reply.dispatch:
        how = reply.threaded_by or "hand"
        why = next((m.why for m in _matches(taken) if m.dispatch == reply.dispatch), "")
        by = "as you say" if how == "hand" else f"by {how.replace('-', ' ')}"
        yield f"answers {reply.dispatch}, {by}{f': {why}' if why else ''}"
        return
    yield "answers no dispatch that is sure; it is in the pen"
    for match in _matches(taken)[:_MOST_MATCHES]:
        yield f"perhaps {match.dispatch} ({match.score}): {match.why}"


def _matches(taken: Taken | None) -> tuple[Match, ...]:
    return taken.matches if taken else ()


def _content(reply: Reply, taken: Taken | None) -> Iterator[str]:
    if taken and taken.reply.reply == reply.reply:
        yield f"kind: {reply.reply}; {taken.why}"
    if taken and taken.passage and taken.reply.reply == reply.reply:
        yield f"“{_line(taken.passage.exact)}”"
    for label, value in (
        ("from", reply.office),
        ("refers to", reply.referred_to),
        ("their reference", reply.reference),
        ("promised by", reply.promised),
    ):
        if value:
            yield f"{label}: {value}"
    for answer in reply.answers:
        yield _answered(answer)


def _answered(answer: Answer) -> str:
    words = f": “{_line(answer.passage.exact)}”" if answer.passage else ""
    note = f" ({answer.note})" if answer.note else ""
    return f"{answer.request}: {answer.outcome.replace('-', ' ')}{words}{note}"


def _line(words: str) -> str:
    return " ".join(words.split())


def _seen(words: str) -> str:
    """Words of others without what would steer the terminal or turn the direction of reading."""
    return "".join(_plain(c) for c in words)


def _plain(character: str) -> str:
    if unicodedata.category(character) == "Cc":
        return " "
    return f"\\u{ord(character):04x}" if character in _TURNING else character


def _next(folder: str, done: Done) -> Iterator[str]:
    """The commands that accept, amend or reject it."""
    id = done.reply.id
    amend = f"gravamen receive {folder} --amend {id}"
    if done.reply.dispatch is None:
        yield f"say what it answers: {amend} --dispatch ID"
    if done.state == "proposed" and done.reply.reply == "unclear":
        kinds = ", ".join(k for k in get_args(ReplyKind) if k != "unclear")
        yield f"say what it is: {amend} --kind KIND, which is one of {kinds}"
    elif done.state == "proposed":
        yield f"accept: gravamen judge {folder} {id} --verdict accepted"
        yield f"amend: {amend} --kind KIND --answer REQUEST=OUTCOME"
    yield f"take back: gravamen judge {folder} {id} --verdict rejected"
