"""Calendar: in which time zone the days of an office begin, and which of them are working days.

The public holidays are those of the library `holidays`; the program holds no list of its own, and
nobody compared the library's with the law. Days on which an order closed the offices are no public
holidays by law, and count.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from gravamen.dates import instant
from gravamen.law.cited import Mark
from gravamen.values import GravamenError, Value

SATURDAY = 5


@lru_cache(maxsize=200_000)
def placed(moment: str) -> tuple[date, float]:
    """Return the day of a moment, and the time in seconds (POSIX) by which it is put in order.

    Where the day alone is known, it stands at the beginning of that day in UTC.
    """
    found = instant(moment)
    return found.day, found.first().timestamp()


class Calendar(Value):
    """How days are counted in a jurisdiction.

    Args:
        zone: the time zone (IANA) of the seat of its offices.
        name: whose working days they are, as people read it.
        country, subdivision, categories: of the library `holidays`; None where it holds none.
        mark: how surely zone and holidays are known to be those of the offices.
    """

    zone: str
    name: str
    country: str | None = None
    subdivision: str | None = None
    categories: tuple[str, ...] = ("public",)
    mark: Mark = "memory"

    @property
    def words(self) -> str:
        """Which days are working days, one phrase."""
        if self.country is None:
            return f"Mondays to Fridays; no public holidays of {self.name} are on file"
        return f"Mondays to Fridays without the public holidays of {self.name}"

    def is_working(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on a day; None on other days."""
        if self.country is None:
            return None
        return _holidays(self.country, self.subdivision, self.categories, day.year).get(day)

    def local_day(self, moment: str) -> date:
        """The day in the zone of the office; a moment without a time is that day as it stands."""
        found = instant(moment)
        return found.at.astimezone(ZoneInfo(self.zone)).date() if found.at else found.day


CALENDARS: Mapping[str, Calendar] = {
    "us": Calendar(
        zone="America/New_York", name="the United States (federal)", country="US",
    ),
    "us-ca": Calendar(
        zone="America/Los_Angeles", name="California", country="US", subdivision="CA"
    ),
    "uk": Calendar(
        zone="Europe/London", name="England and Wales", country="GB", subdivision="ENG"
    ),
    "eu": Calendar(zone="Europe/Brussels", name="the institutions of the European Union"),
    "ca": Calendar(
        zone="America/Toronto", name="Canada (federal)", country="CA",
        categories=("government", "public"),
    ),
    "au": Calendar(
        zone="Australia/Sydney", name="the Australian Capital Territory", country="AU",
        subdivision="ACT",
    ),
}  # fmt: skip


def calendar_of(jurisdiction: str) -> Calendar:
    """Return the calendar of a jurisdiction of the law data ("us", "uk").

    Raises:
        GravamenError: none is on file.
    """
    if jurisdiction not in CALENDARS:
        raise GravamenError(
            f"No calendar of {jurisdiction!r} is on file; there are: {', '.join(CALENDARS)}."
        )
    return CALENDARS[jurisdiction]


@lru_cache(maxsize=1000)
def _holidays(
    country: str, subdivision: str | None, categories: tuple[str, ...], year: int
) -> dict[date, str]:
    found = holidays.country_holidays(
        country, subdiv=subdivision, categories=categories, years=year
    )
    return {day: name for day, name in found.items() if day.year == year}


def nth_day(start: date, count: int, counts: Callable[[date], bool]) -> date:
    """Return the day on which as many days have passed, of those that count, after `start`.

    Raises:
        OverflowError: it lies beyond the calendar.
    """
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= counts(day)
    return day
