"""Telling: what `send` says of what went, what was held back, and what to do next."""

import shlex
from collections.abc import Sequence
from typing import Any

from gravamen.checks import Flag
from gravamen.checks.dispatch import BY
from gravamen.cli.going import NOT_DONE, Call, Done, Going, holding
from gravamen.cli.options import counted, say, show_json
from gravamen.cli.weighing import flag_json
from gravamen.proceedings import Dispatch
from gravamen.sending.dispatchable import GRAVE


def tell_held(call: Call, found: Sequence[Going], *, as_json: bool) -> None:
    """Say what holds the instruments back; nothing was done."""
    if as_json:
        show_json(_json(call, found, [Done(g.main.dispatch, _state(call, g)) for g in found]))
        return
    for going in found:
        _tell_flags(going, grave=True)
    stopped = [g for g in found if holding(call, g.main)]
    say(f"{counted(len(stopped), 'instrument')} of {len(found)} may not go. {NOT_DONE}")
    if call.given.sent_at:
        say("If it has gone all the same, record it with --despite REASON.")
    if any("duplicate-dispatch" in holding(call, g.main) for g in found):
        say("If it is to go again to the same address, say why with --again REASON.")


def _state(call: Call, going: Going) -> str:
    return "held" if holding(call, going.main) else "ready"


def tell_done(call: Call, found: Sequence[Going], done: Sequence[Done], *, as_json: bool) -> None:
    """Say what became of each."""
    if as_json:
        show_json(_json(call, found, done))
        return
    for going in found:
        _tell_flags(going, grave=call.given.dry_run or bool(call.given.despite))
        for line in (*going.main.left_out, *going.copies.left_out):
            say(line, indent="  ")
    for one in done:
        say(_told(call, one), hang="  ")
    if any(d.state == "ready" for d in done):
        stopped = sum(bool(holding(call, g.main)) for g in found)
        say(
            f"{counted(stopped, 'instrument')} would be held back. {NOT_DONE}"
            if stopped
            else f"Nothing holds them back. {NOT_DONE}"
        )
    if any(d.state == "written" for d in done):
        say(
            "Nothing is recorded as sent. Once it has gone: gravamen send "
            f"{shlex.quote(str(call.record.path))} INSTRUMENT --via {call.way.channel} --on "
            f"{call.day} --sent-at MOMENT --receipt NUMBER (or --evidence FILE"
            + (", or --message FILE: the e-mail as it went; its date and Message-ID may be those "
               "of your mail program)." if call.way.channel == "email" else ").")
        )  # fmt: skip


def _tell_flags(going: Going, *, grave: bool) -> None:
    """The flags of an instrument: those that block, the duplicate, and what to know besides."""
    for flag in going.main.flags:
        if flag.severity in GRAVE and not grave:
            continue
        if flag.severity in GRAVE or flag.id in (
            "duplicate-dispatch",
            "address-unconfirmed",
            "unsigned-signatory",
            "channel-closed",
        ):
            say(f"{_mark(flag)} {flag.id}, {flag.where}: {flag.message} {flag.hint}", hang="  ")


def _mark(flag: Flag) -> str:
    return "BLOCKS" if flag.severity in GRAVE else "NOTE  "


def _told(call: Call, done: Done) -> str:
    d = done.dispatch
    what = f"{d.instrument} to {d.office or d.to}, {d.address or 'no address'} ({BY[d.channel]})"
    match done.state:
        case "ready":
            return f"Would go: {what}; {counted(len(d.files), 'file')}: {', '.join(d.files)}."
        case "written":
            return f"Written: {what}: {done.path}"
        case "recorded":
            return f"Recorded as {d.id}: {what}."
        case "accepted":
            return f"Sent, recorded as {d.id}: {what}. The server: {done.words}"
        case "refused":
            return f"NOT SENT, not recorded: {what}. The server: {done.words}"
        case _:
            return _lost(call, d, done.words)


def _lost(call: Call, d: Dispatch, answer: str) -> str:
    """What to do where nobody knows whether the server took a message."""
    again = shlex.join(
        ["gravamen", "send", str(call.record.path), d.instrument, "--on", str(call.day),
         "--from", call.given.sender or "", "--exhibits", call.given.exhibits,
         "--sent-at", d.at, "--receipt", "WHAT THE LOG SAYS"]
    )  # fmt: skip
    return (
        f"NOT KNOWN, not recorded: {d.instrument} to {d.address}. No clear answer came after the "
        f"message had gone out ({answer}); it may have been sent or not. Look for {d.message_id} "
        f"in the log of the mail server before you send it again. If it was taken: {again}"
    )


def _json(call: Call, found: Sequence[Going], done: Sequence[Done]) -> dict[str, Any]:
    """The object that `send --json` prints (schema gravamen.send/1)."""
    by_id = {one.dispatch.id: going for going in found for one in going.all}
    return {
        "schema": "gravamen.send/1",
        "case": str(call.record.path),
        "on": str(call.day),
        "dispatches": [
            {
                "dispatch": one.dispatch.id,
                "instrument": one.dispatch.instrument,
                "office": one.dispatch.office,
                "channel": one.dispatch.channel,
                "address": one.dispatch.address,
                "at": one.dispatch.at,
                "state": one.state,
                "recorded": one.state in ("recorded", "accepted"),
                "answer": one.words or None,
                "files": dict(one.dispatch.files),
                "message": one.dispatch.message,
                "message_id": one.dispatch.message_id,
                "requests": list(one.dispatch.requests),
                "copy_of": one.dispatch.copy_of,
                "resends": one.dispatch.resends,
                "path": str(one.path) if one.path else None,
                "signed": by_id[one.dispatch.id].main.signed or None,
                "left_out": [
                    *by_id[one.dispatch.id].main.left_out,
                    *by_id[one.dispatch.id].copies.left_out,
                ],
                "flags": [flag_json(f) for f in by_id[one.dispatch.id].main.flags],
            }
            for one in done
        ],
    }
