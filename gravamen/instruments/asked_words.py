"""The words of an ask: what an office is asked to do, against whom, and by which cite."""

import re
from collections.abc import Callable

from gravamen.case import Case
from gravamen.instruments.asks import Ask
from gravamen.law.authority import Law
from gravamen.parties import Party, Post, with_article
from gravamen.requests import Request
from gravamen.vocabulary import Measure

_NOUNS: dict[Measure, str] = {
    "visa-ban": "a bar on entry",
    "suspend-assistance": "the suspension of assistance",
    "arms-embargo": "an end to arms transfers",
    "investigation": "an investigation",
    "determination": "a determination",
    "start-clock": "the start of a period in law",
}


def ask_words(ask: Ask, case: Case, law: Law, day: Callable[[str], str]) -> str:
    """What the office is asked to do, after "to": the power's words, and whom they concern."""
    if ask.open:
        return f"{ask.words} (to be named)"
    named = [target_words(case.parties[t], case, day) for t in ask.targets]
    if not named:
        return ask.words
    if "following" in ask.words:
        one = _of_one(ask, case.parties[ask.targets[0]], named[0]) if len(named) == 1 else None
        return one or f"{ask.words}: {'; '.join(named)}"
    missing = [
        n for t, n in zip(ask.targets, named, strict=True) if not _told(ask, case.parties[t])
    ]
    return f"{ask.words}, as regards {' and '.join(missing)}" if missing else ask.words


def _of_one(ask: Ask, party: Party, name: str) -> str | None:
    """What is asked against one party alone, without a list; None where the words need it."""
    name = name if party.kind == "person" else with_article(name)
    for many, more in _LISTS.items():
        if ask.words.endswith(many):
            return f"{ask.words.removesuffix(many)}{name}{more}"
    return None


# How the words of a power end that takes a list, and what stands behind a single name instead.
_LISTS = {
    "the following persons": "",
    "the following units": "",
    "the following officials and the members of their immediate families": (
        ", and the members of the immediate family"
    ),
}
_VERB = re.compile(r"(?P<gerund>[a-z]+ing\b)|(?:that|the|an?|for|its|their|no|all|any)\b|[^a-z]")


def as_asked(request: Request) -> str:
    """What a request wants, after "to": in its own words where these begin with a verb."""
    words = " ".join(request.passage.exact.split()).rstrip(" .;,") if request.passage else ""
    if words and not _VERB.match(words):
        return words
    about = f", as regards {request.target_words}" if request.target_words else ""
    return f"act on its request for {_NOUNS.get(request.measure, request.measure)}{about}"


def cited(ask: Ask, words: str) -> str:
    """The words of an ask with their cite, unless they name it already."""
    return words if ask.cite in words else f"{words} ({ask.cite})"


def _told(ask: Ask, party: Party) -> bool:
    """Whether the power's own words name the party already."""
    return any(name.text in ask.words for name in party.names)


def target_words(party: Party, case: Case, day: Callable[[str], str]) -> str:
    """A party as a request names it: name, post, body, dates."""
    if party.kind == "government":
        return f"the Government of {party.name}"
    posts = []
    for post in shown_posts(case, party):
        body = case.parties[post.body].name if post.body in case.parties else post.body
        posts.append(f"{post.title}, {body}{_when(post.start, post.end, day)}")
    return party.name + (f" ({'; '.join(posts)})" if posts else "")


def shown_posts(case: Case, party: Party) -> tuple[Post, ...]:
    """The posts of a party that some standing claim proves; only these are printed."""
    return tuple(
        post
        for n, post in enumerate(party.posts, 1)
        if any(c in case.claims and case.stands(c) for c in post.claims)
        or any(f"post:{party.id}/{n}" in c.serves for c in case.claims_about(party.id))
    )


def _when(start: str | None, end: str | None, day: Callable[[str], str]) -> str:
    if start and end and end != "..":
        return f", {day(start)} to {day(end)}"
    if start:
        return f", since {day(start)}" if end == ".." else f", from {day(start)}"
    return f", until {day(end)}" if end and end != ".." else ""
