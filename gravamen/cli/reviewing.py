"""law review: what a case leans on in the law, and that a person compared it with the law."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from gravamen import law as lawdata
from gravamen.case import Judgement
from gravamen.casefile import CaseFile, Judged, LawReviewed
from gravamen.casefile.leaning import Leaning, leaning
from gravamen.cli.options import (
    Day,
    case_argument,
    counted,
    example,
    json_option,
    person,
    say,
    show_json,
    today,
)
from gravamen.dates import Edtf, spell
from gravamen.law.authority import Law
from gravamen.law.review import unchecked, unchecked_words
from gravamen.submission import LawReview
from gravamen.values import GravamenError


@click.command(
    "review",
    epilog=example(
        "gravamen law review out/case us.eo13818",
        "--against '31 CFR 583.201, eCFR of 20 February 2024' --by 'Ada Marsh, counsel' --yes",
    ),
)
@case_argument
@click.argument("ids", nargs=-1)
@click.option("--against", help="The text you compared it with, and of which date.")
@click.option(
    "--by",
    "actor",
    default=None,
    envvar="GRAVAMEN_ACTOR",
    help="Who compared, with the capacity, as an attestation prints it: 'Ada Marl, counsel' "
    "(default: your login name, or GRAVAMEN_ACTOR).",
)
@click.option(
    "--on",
    type=Day(),
    default=None,
    help="The day on which you compared; in a list, the day to ask the law for (default: today).",
)
@click.option("--regime", help="List what a file under these laws leans on: us, uk, eu, ca or au.")
@click.option("--yes", is_flag=True, help="Record without asking.")
@json_option
def review_command(
    case: Path,
    ids: tuple[str, ...],
    against: str | None,
    actor: str | None,
    on: date | None,
    regime: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Record in CASE that you compared values of the law data with the law itself.

    IDS are those of authorities, elements, offices, clocks or programs of assistance; a prong goes
    with its authority. You are shown what each value says and what is unchecked in it, and asked
    first; what you decline exits 2. Without IDS, what CASE leans on and nobody compared is listed.
    """
    record, book, day = CaseFile.open(case), lawdata.load(), on or today()
    if not ids:
        _list(record, book, on=day, regime=regime, as_json=as_json, against=against)
        return
    if regime:
        raise GravamenError("--regime narrows the list; leave it out where you give IDS.")
    if not against:
        raise GravamenError(
            "--against is missing; give the text that you compared with, and of which date: "
            "--against '31 CFR 583.201, eCFR of 20 February 2024'."
        )
    reviews = tuple(
        LawReview(
            of=id,
            by=person(actor).removeprefix("person:"),
            on=Edtf(day.isoformat()),
            against=against,
            edition=_edition(book, id),
        )
        for id in dict.fromkeys(ids)
    )
    if not as_json:
        for review in reviews:
            _show(book, review)
    if not yes:
        _ask(reviews, as_json)
    record.append(
        *(LawReviewed(review=r) for r in reviews),
        *(Judged(judgement=j) for j in _accepted(record, reviews)),
        actor=person(actor),
    )
    if as_json:
        show_json({"schema": "gravamen.law-review/1", "reviews": reviews})
        return
    say(
        f"Recorded in {case}: {counted(len(reviews), 'value')} compared with {against} by "
        f"{reviews[0].by}, as the attestation of a dossier prints it. A value that changes in a "
        "later edition of the law data has to be compared again."
    )
    if yes:
        points = sum(len(unchecked(book, review.of)) for review in reviews)
        say(
            f"--yes was given, so nobody was asked: {counted(points, 'unchecked point')} in "
            f"{counted(len(reviews), 'value')} {'counts' if points == 1 else 'count'} as compared "
            "now. Read them above, and reject what was not: gravamen judge "
            f"{case} {reviews[0].of} --verdict rejected"
        )


def _edition(book: Law, id: str) -> str:
    """The edition of what can be reviewed by this id."""
    for authority in book.authorities.values():
        if any(id == prong.id for prong in authority.prongs):
            raise GravamenError(
                f"{id} is a prong, which is reviewed with its authority; give {authority.id}."
            )
    return book.edition_of(id)


def _accepted(record: CaseFile, reviews: tuple[LawReview, ...]) -> Iterator[Judgement]:
    """That a review stands again where an earlier one of the same value was rejected."""
    case = record.case()
    for review in reviews:
        if not case.stands(review.of):
            reason = f"compared anew, with {review.against}"
            yield Judgement(target=review.of, verdict="accepted", reason=reason)


def _show(book: Law, review: LawReview) -> None:
    click.echo(lawdata.describe(book, review.of), nl=False)
    say(f"Edition of this value: {review.edition}", indent="  ")
    left = unchecked_words(book, review.of)
    points = f"this clears {counted(len(left), 'point')}" if left else "nothing"
    say(f"Unchecked in it: {points}.", indent="  ")
    program = book.programs.get(review.of)
    if program and program.holds_of:
        say(
            f"The laws that bear on it are those of {program.holds_of}; this review leaves them as "
            f"they are. Compare them with: gravamen law review CASE {program.holds_of}",
            indent="  ",
        )
    for line, words in left:
        say(line, indent="    ", hang="      ")
        if words:
            say(f"“{words}”", indent="      ", hang="      ")
    say()


def _ask(reviews: tuple[LawReview, ...], as_json: bool) -> None:
    """Go on only where a person says yes."""
    if as_json:
        raise GravamenError("law review --json does not ask; give --yes to record.")
    what, whole = "this value", reviews[0]
    if len(reviews) > 1:
        what = f"these {len(reviews)} values"
    try:
        sure = click.confirm(
            f"Record that {whole.by} compared all of {what} with {whole.against} on "
            f"{spell(whole.on)}, and that they agree?"
        )
    except click.Abort:
        click.echo()
        sure = False
    if not sure:
        raise GravamenError("Nothing was recorded. Say yes when asked, or give --yes.")


def _list(
    record: CaseFile,
    book: Law,
    *,
    on: date,
    regime: str | None,
    as_json: bool,
    against: str | None,
) -> None:
    """Print what the case leans on and nobody compared, and what was compared."""
    if against:
        raise GravamenError("--against is given and no IDS; name what you compared with it.")
    known = sorted({a.jurisdiction for a in book.authorities.values()})
    if regime is not None and regime not in known:
        raise GravamenError(
            f"The law data hold no laws of {regime!r}; give one of {', '.join(known)}."
        )
    found = leaning(record.case(), book, on=on, regime=regime)
    if as_json:
        show_json({"schema": "gravamen.law-leaning/1", "leans_on": found})
        return
    left = [one for one in found if one.open]
    for one in left:
        say(f"{one.id} (edition {one.edition}){_told(one)}", hang="    ")
        for line in one.unchecked:
            say(line, indent="  ", hang="    ")
    compared = [one for one in found if one.review and not one.stale]
    for one in compared:
        say(f"{one.id}:{_told(one)}", hang="    ")
    sound = len(found) - len(left) - len(compared)
    say(
        f"The case leans on {counted(len(found), 'value')} of the law: {len(left)} to compare, "
        f"{len(compared)} compared, {sound} with nothing unchecked."
    )
    if left:
        say(
            f"Next: gravamen law review {record.path} {' '.join(one.id for one in left)} --against "
            "'the text and its date' --by 'name, capacity'; name together only what you compared "
            "with the same text.",
            hang="    ",
        )


def _told(one: Leaning) -> str:
    """Who compared a value, when and with what."""
    if one.review is None:
        return ""
    review = one.review
    told = f" compared by {review.by} on {spell(review.on)} with {review.against}"
    return f"{told}, in the edition {review.edition}: compare it again" if one.stale else told
