"""receive: what came back, captured, tied to what went out and read; a person decides."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import click
import msgspec

from gravamen import law as lawdata
from gravamen.case import Case, Judgement
from gravamen.casefile import CaseFile, Judged, Received
from gravamen.casefile.entries import Entry
from gravamen.cli.ink import record_ink
from gravamen.cli.options import (
    Day,
    actor_option,
    case_argument,
    examples,
    json_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.cli.replies import Done, reply_json, tell_failures, tell_replies
from gravamen.dates import instant
from gravamen.law.authority import Law
from gravamen.proceedings import Reply, ReplyKind, came_before
from gravamen.receiving import READER, Taken, take
from gravamen.receiving.decide import Given, decide
from gravamen.receiving.intake import bring_in, family, free_number
from gravamen.sources.capture import Captured
from gravamen.sources.source import Text
from gravamen.values import GravamenError

MACHINE = f"machine:{READER}"
_KINDS = [k for k in get_args(ReplyKind) if k != "unclear"]


class Call(NamedTuple):
    """What the caller asked for, besides files."""

    record: CaseFile
    law: Law
    given: Given
    accept: bool
    received: str | None
    noticed: str | None
    dispatch: str | None
    encoding: str | None
    actor: str


@click.command(
    "receive",
    epilog=examples(
        "gravamen receive out/case cases/alder-county/sources/ministry-answer.eml",
        "gravamen receive out/case --pen",
        "gravamen receive out/case --amend reply.1 --kind substantive --reference PO-2023-17",
    ),
)
@case_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--received", help="When it came: 2026-06-02, or with a time 2026-06-02T09:30Z.")
@click.option("--noticed", help="When somebody saw it, where that was later.")
@click.option("--dispatch", help="Id of the dispatch that it answers, where you know it.")
@click.option("--kind", type=click.Choice(_KINDS), help="What kind of reply it is.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="REQUEST=OUTCOME[:WORDS]",
    help="What it says to a request, and its words: 'r.visa=refused:we are unable to'. Repeatable.",
)
@click.option("--office", help="Id of the office that answers, where another was asked.")
@click.option("--referred-to", help="Id of the office, or words for whoever it refers to.")
@click.option("--reference", help="The number that the office gave the matter.")
@click.option("--promised", help="The day by which it says that it will answer.")
@click.option("--encoding", help="How its characters are coded, where it does not say: cp1251.")
@click.option("--accept", is_flag=True, help="Accept what was read, besides what you say.")
@click.option("--amend", metavar="REPLY", help="Say otherwise of a reply that is there: reply.1")
@click.option("--pen", is_flag=True, help="List what nobody decided, and what answers no dispatch.")
@click.option("--signature-of", metavar="ID", help="FILE is a page that this signatory signed.")
@click.option("--attested-by", help="Who saw it signed, for --signature-of.")
@click.option("--paper-date", type=Day(), help="The date written on it, for --signature-of.")
@click.option("--round", "round_id", help="The round of signatures, where several are open.")
@click.option("--typed", help="The 16 digits at its foot, where the code cannot be read.")
@click.option("--uncoded", metavar="REASON", help="Why pages without a code are of this version.")
@click.option("--block-shown", is_flag=True, help="Of some pages: the signed one is there.")
@actor_option
@json_option
def receive_command(
    case: Path,
    files: tuple[Path, ...],
    received: str | None,
    noticed: str | None,
    dispatch: str | None,
    kind: ReplyKind | None,
    answers: tuple[str, ...],
    office: str | None,
    referred_to: str | None,
    reference: str | None,
    promised: str | None,
    encoding: str | None,
    accept: bool,
    amend: str | None,
    pen: bool,
    actor: str | None,
    as_json: bool,
    **ink: Any,
) -> None:
    """Take into CASE what came back, and read what it says.

    FILES are mails (EML), PDF, DOCX, HTML, text, or pictures of letters. Each is kept unchanged as
    a source, tied to the dispatch that it answers where that is sure, and read: which kind of
    reply, what it says to each request, in which words. All of that is a proposal, and changes
    nothing in the docket until a person decides: with --accept, with --kind and what it says, or
    later with --amend or `gravamen judge`. The same file twice is recorded once.
    """
    for moment in filter(None, (received, noticed)):
        instant(moment)
    record = CaseFile.open(case)
    call = Call(
        record=record,
        law=lawdata.load(),
        given=Given(
            kind=kind,
            answers=answers,
            office=office,
            reference=reference,
            referred_to=referred_to,
            promised=promised,
        ),
        accept=accept,
        received=received,
        noticed=noticed,
        dispatch=dispatch,
        encoding=encoding,
        actor=person(actor),
    )
    _check_call(call, files, amend=amend, pen=pen, ink=ink)
    if ink["signature_of"]:
        _take_ink(call, files[0], ink, as_json=as_json)
        return
    if pen:
        _show(call, list(_penned(call)), as_json=as_json, pen=True)
        return
    if amend:
        _show(call, [_amend(call, amend)], as_json=as_json)
        return
    _take_all(call, files, as_json=as_json)


def _check_call(
    call: Call, files: Sequence[Path], *, amend: str | None, pen: bool, ink: dict[str, Any]
) -> None:
    if sum((bool(files), bool(amend), pen)) != 1:
        raise GravamenError("Give FILES that came, or --amend REPLY, or --pen; one of them.")
    says = call.given.decides or call.accept or call.dispatch
    if ink["signature_of"]:
        if len(files) != 1:
            raise GravamenError("--signature-of takes one FILE, the scan of the signed page.")
        if says or call.received or call.noticed:
            raise GravamenError("A signed page is no reply; leave out what is said of replies.")
    elif any(ink.values()):
        raise GravamenError(
            "--attested-by, --paper-date, --round, --typed, --uncoded and --block-shown go with "
            "--signature-of."
        )
    if pen and says:
        raise GravamenError("--pen lists only; say what a reply is with --amend REPLY.")
    if len(files) > 1 and call.given.decides:
        raise GravamenError("What you say of one reply is not said of several; give one FILE.")
    known = call.record.case().dispatches
    if call.dispatch is not None and call.dispatch not in known:
        raise GravamenError(
            f"There is no dispatch {call.dispatch!r}; there are: {', '.join(known) or 'none'}."
        )


def _take_ink(call: Call, file: Path, ink: dict[str, Any], *, as_json: bool) -> None:
    """Record that a signatory signed on paper; the scan is kept, bound to the page's digest."""
    if not ink["attested_by"] or not ink["paper_date"]:
        raise GravamenError(
            "--attested-by and --paper-date are missing: no program can tell whose hand signed, so "
            "say who saw it signed, and which date stands on the paper."
        )
    given = record_ink(
        call.record,
        file.read_bytes(),
        name=file.name,
        signatory=ink["signature_of"],
        attested_by=ink["attested_by"],
        paper_date=ink["paper_date"],
        round=ink["round_id"],
        typed=ink["typed"],
        uncoded=ink["uncoded"],
        block_shown=ink["block_shown"],
        actor=call.actor,
    )
    if as_json:
        show_json(
            {"schema": "gravamen.receive/1", "case": str(call.record.path), "signature": given}
        )
        return
    say(
        f"{given.signatory} signed in {given.round} on paper, attested by {given.attested_by}; the "
        f"scan is {given.scan}. Take back: gravamen judge {call.record.path} {given.id} --verdict "
        "rejected"
    )


def _take_all(call: Call, files: Sequence[Path], *, as_json: bool) -> None:
    """Take the files one by one; one that cannot be taken holds up none of the others."""
    done: list[Done] = []
    failed: list[str] = []
    for number, path in enumerate(files, 1):
        if len(files) > 1:
            click.echo(f"{number}/{len(files)} {path}", err=True)
        try:
            done.append(_take(call, path))
        except GravamenError as error:
            failed.append(str(error))
    if failed and not done:
        raise GravamenError(" ".join(failed))
    _show(call, done, as_json=as_json, failed=failed)
    if failed:
        raise GravamenError(tell_failures(failed, len(files)))


def _take(call: Call, path: Path) -> Done:
    state, since = call.record.case(), call.record.head
    number = free_number({*state.sources, *state.replies})
    captured = bring_in(
        path, id=f"s.reply-{number}", retrieved=today().isoformat(), encoding=call.encoding
    )
    same = [s for s in state.sources.values() if s.sha256 == captured.source.sha256]
    for reply in state.replies.values():
        if any(s.id == reply.source for s in same):
            return Done(path.name, reply, None, "known")
    new = not same
    if same:
        captured = _kept(call.record, state, same[0].id)
    taken = _taken(call, state, captured, id=f"reply.{number}", received=call.received)
    _in_order(state, taken.reply)
    entries: list[tuple[str, Entry]] = [(MACHINE, Received(reply=taken.reply))]
    texts = {one.source.id: one.text for one in family(captured)}
    decided = list(_decisions(call, state, taken.reply, texts, amending=False))
    with call.record.unchanged(since), call.record.all_or_none():
        if new:
            entries[:0] = [(call.actor, call.record.keep(one)) for one in family(captured)]
        call.record.append_as([*entries, *((call.actor, entry) for entry in decided)])
    now = call.record.case().replies[taken.reply.id]
    return Done(path.name, now, taken, "decided" if decided else "proposed")


def _amend(call: Call, id: str) -> Done:
    """Decide about a reply that is there; with --dispatch alone it is read again as its answer."""
    state = call.record.case()
    reply = state.replies.get(id)
    if reply is None:
        known = ", ".join(state.replies) or "none"
        raise GravamenError(f"There is no reply {id!r}; there are: {known}.")
    taken = None
    entries: list[tuple[str, Entry]] = []
    if call.dispatch or call.received or call.noticed:
        came = call.received or reply.received
        undecided = id in state.proposed_by and state.verdict(id) is None
        captured = _kept(call.record, state, reply.source)
        taken = _taken(call, state, captured, id=id, received=came, before=reply)
        if undecided:
            reply = taken.reply
            entries.append((MACHINE, Received(reply=reply)))
        else:
            reply = _moved(reply, taken.reply)
            entries.append((call.actor, Received(reply=reply)))
        _in_order(state, reply)
    texts = {
        s.id: state.texts[s.id]
        for s in state.sources.values()
        if s.id in state.texts and (s.id == reply.source or s.id.startswith(f"{reply.source}."))
    }
    entries += [(call.actor, e) for e in _decisions(call, state, reply, texts, amending=True)]
    if not entries:
        raise GravamenError(f"Say what is otherwise in {id}: --kind, --answer, --dispatch, ….")
    call.record.append_as(entries)
    after = call.record.case()
    return Done(
        after.sources[reply.source].name,
        after.replies[id],
        taken,
        "decided" if after.reviewed(id) else "proposed",
    )


def _in_order(state: Case, reply: Reply) -> None:
    """Refuse a reply that would have come before its letter went."""
    sent = state.dispatches.get(reply.dispatch or "")
    if sent and came_before(reply, sent):
        raise GravamenError(
            f"It would have come on {reply.received}, before {sent.id} went ({sent.at}), which it "
            "is to answer; say when it came (--received), or which letter it answers (--dispatch)."
        )


def _moved(reply: Reply, other: Reply) -> Reply:
    """A reply that a person decided, with another dispatch or time; what it says stays."""
    return msgspec.structs.replace(
        reply,
        received=other.received,
        noticed=other.noticed,
        dispatch=other.dispatch,
        threaded_by=other.threaded_by,
    )


def _decisions(
    call: Call, state: Case, reply: Reply, texts: Mapping[str, Text], *, amending: bool
) -> Iterator[Entry]:
    """What a person decides in the same go: the reply as the person has it, and that it stands."""
    if call.given.decides:
        whole = amending or call.accept
        yield Received(reply=decide(state, call.law, reply, call.given, texts, whole=whole))
    elif call.accept and reply.reply == "unclear":
        raise GravamenError(
            f"Nothing in {reply.id} shows what kind of reply it is, so there is "
            f"nothing to accept; read it, and say which: --kind {', '.join(_KINDS)}."
        )
    elif not call.accept:
        return
    if not call.given.decides or not state.stands(reply.id):
        yield Judged(judgement=Judgement(target=reply.id, verdict="accepted"))


def _taken(
    call: Call,
    state: Case,
    captured: Captured,
    *,
    id: str,
    received: str | None,
    before: Reply | None = None,
) -> Taken:
    return take(
        state,
        call.law,
        captured,
        id=id,
        today=today(),
        received=received,
        noticed=call.noticed or (before.noticed if before else None),
        dispatch=call.dispatch or (before.dispatch if before else None),
    )


def _kept(record: CaseFile, state: Case, source: str) -> Captured:
    """A source of the record as it was captured, with what lay in it."""
    text = state.texts.get(source)
    if text is None:
        raise GravamenError(f"The words of {source} were erased; nothing can be read in it.")
    return Captured(
        source=state.sources[source],
        text=text,
        data=record.blob(state.sources[source].sha256),
        children=tuple(
            _kept(record, state, s.id)
            for s in state.sources.values()
            if s.parent == source and s.id in state.texts
        ),
    )


def _penned(call: Call) -> Iterator[Done]:
    """The replies that nobody decided about, and those of which nobody knows what they answer."""
    state = call.record.case()
    for reply in state.replies.values():
        decided = state.reviewed(reply.id)
        if not state.stands(reply.id) or (decided and reply.dispatch):
            continue
        name = state.sources[reply.source].name if reply.source in state.sources else reply.source
        taken = None
        if reply.source in state.texts:
            captured = _kept(call.record, state, reply.source)
            taken = _taken(
                call, state, captured, id=reply.id, received=reply.received, before=reply
            )
        yield Done(name, reply, taken, "decided" if decided else "proposed")


def _show(
    call: Call,
    done: Sequence[Done],
    *,
    as_json: bool,
    failed: Sequence[str] = (),
    pen: bool = False,
) -> None:
    if as_json:
        show_json(
            {
                "schema": "gravamen.receive/1",
                "case": str(call.record.path),
                "replies": [reply_json(one) for one in done],
                "failed": failed,
            }
        )
        return
    tell_replies(call.record.path, done)
    if pen and not done:
        say("The pen is empty: every reply is decided, and answers a dispatch.")


COMMANDS = (receive_command,)
