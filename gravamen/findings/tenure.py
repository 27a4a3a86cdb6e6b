"""Tenure: whether a post's dates cover an act's, and by how much or why not."""

from datetime import date

from gravamen.dates import span, spell
from gravamen.findings.standing import Evidence, Station, overlapping, told


def tenure(proof: Evidence, station: Station, when: str | None) -> Evidence:
    """Return what a post makes of an act's date: the post's proof where its dates cover it.

    Args:
        proof: what the claims make of the post.
        when: the act's date; None where nobody dated it.
    """
    if when and overlapping(station.start, station.end, when) == "yes":
        return proof
    return proof._replace(state="missing")


def tenure_gap(station: Station, when: str | None, *, who: str, body: str) -> str:
    """Return the sentence that says by how much a proven post misses an act, or what is unclear.

    Args:
        who, body: the names of the holder and of the body.
    """
    post = f"{who}'s post as {station.title}, {body},"
    if when is None:
        return (
            "The act is not dated, so that nothing shows whether it fell within "
            f"{post.rstrip(',')}; a source with its date would close this."
        )
    if overlapping(station.start, station.end, when) == "no":
        return _missed(post, station, when)
    return _unclear(post, station, when, who, body)


def _missed(post: str, station: Station, when: str) -> str:
    """Say by how much an act misses a post."""
    act = span(when)
    begun = span(station.start).first if station.start not in (None, "", "..") else None
    if begun and act.last and act.last < begun:
        return (
            f"{post} began on or after {_day(begun)}, {_days(act.last, begun)} after the act "
            f"({told(when)}); who held it on that day is to be found, or a source that dates "
            "either otherwise."
        )
    ended = span(station.end).last if station.end not in (None, "", "..") else None
    if ended and act.first and act.first > ended:
        return (
            f"{post} ended by {_day(ended)}, {_days(ended, act.first)} before the act "
            f"({told(when)}); who held it on that day is to be found, or a source that dates "
            "either otherwise."
        )
    return f"{post} did not cover the act ({told(when)})."


def _unclear(post: str, station: Station, when: str, who: str, body: str) -> str:
    """Say which date is missing or too wide for the post to be known to cover the act."""
    title = f"the post of {station.title}, {body}"
    if station.start is None and station.end is None:
        return (
            f"No dated source for when {who} held {title}; an appointment decree or an official "
            "page captured with its date would close this."
        )
    if station.start is None:
        return (
            f"Nothing says when {post} began; an appointment decree or an official page captured "
            "before the act would close this."
        )
    if station.end is None:
        return (
            f"{post} began {_placed(station.start)}, and nothing says whether it lasted until the "
            f"act ({told(when)}); a dated page or report from after the act, or the decree that "
            "ended it, would close this."
        )
    ends = "is still held" if station.end == ".." else f"ended {_placed(station.end)}"
    began = (
        "began at an unknown time" if station.start == ".." else f"began {_placed(station.start)}"
    )
    return (
        f"The act is dated {told(when)} and {post} {began} and {ends}; a source with the day "
        "would close this."
    )


def _placed(edtf: str) -> str:
    """A date after its preposition: "on 4 May 2020", "in May 2020"."""
    exact = len(edtf) == 10 and edtf[4] == edtf[7] == "-"
    return f"{'on' if exact else 'in'} {told(edtf)}"


def _day(day: date) -> str:
    return spell(day.isoformat())


def _days(earlier: date, later: date) -> str:
    days = (later - earlier).days
    return f"{days:,} day{'' if days == 1 else 's'}"
