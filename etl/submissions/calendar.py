"""When collections open, are due and close; read from `calendar.yaml`, open unless it says not."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from indicators.checked_files import read_checked
from indicators.parts import Part, Text
from reference.periods import Period

_FILE: Final = Path(__file__).parent / "calendar.yaml"


class Window(Part):
    """The days of one collection and period."""

    collection: Text
    period: Text
    opens_on: date
    due_on: date
    closes_on: date


class Calendar(Part):
    """Every window that is settled, and the end of the earliest period that can be sent."""

    windows: tuple[Window, ...] = ()
    first_period_end: date

    def window(self, collection: str, period: Period) -> Window | None:
        """Return the window of a collection and period, if one is settled."""
        wanted = (collection, period.id)
        return next((w for w in self.windows if (w.collection, w.period) == wanted), None)


@dataclass(frozen=True)
class Closed:
    """Why a return cannot be sent today, and what to do."""

    found: str
    expected: str
    advice: str


def closed(
    calendar: Calendar, collection: str, kinds: tuple[str, ...], period: Period, today: date
) -> Closed | None:
    """Return why a period is not open for a collection on a day; None if it is."""
    if period.kind not in kinds:
        return Closed(f"{period.label}", f"a period that {collection} is collected for", _CHECK)
    if period.end < calendar.first_period_end:
        earliest = f"a period that ended on {calendar.first_period_end.isoformat()} or later"
        return Closed(period.label, earliest, _CHECK)
    if period.end >= today:
        opens = period.end + timedelta(days=1)
        return Closed(
            f"{period.label}, which has not ended",
            f"a period that ended before {today.isoformat()}",
            f"check period_end, or send the return from {opens.isoformat()} on",
        )
    return _outside(calendar.window(collection, period), today)


_CHECK: Final = "check period_type and period_end"


def _outside(window: Window | None, today: date) -> Closed | None:
    if window is None or window.opens_on <= today <= window.closes_on:
        return None
    named = f"{window.collection} {window.period}"
    if today < window.opens_on:
        opens = window.opens_on.isoformat()
        return Closed(f"{named}, which is not open yet", f"a day from {opens} on", "send it then")
    return Closed(
        f"{named}, which closed on {window.closes_on.isoformat()}",
        "a collection that is open",
        "ask for it to be reopened",
    )


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """Read the calendar that ships; raises ValueError with the faults of the file."""
    checked, problems = read_checked(_FILE, Calendar)
    if checked is None:
        raise ValueError("\n".join(map(str, problems)))
    return checked.model
