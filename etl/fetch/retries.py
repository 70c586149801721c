"""When to try again and how long to wait before it."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from etl.fetch.faults import UNREACHABLE, FetchError, TryAgainError, unreadable
from etl.fetch.limits import Clock, FetchLimits

Result = TypeVar("Result")

_LATER = "try again later; nothing that was fetched before has changed"


def seconds_asked_for(retry_after: str, now: datetime) -> float | None:
    """Read a Retry-After header (seconds or a date); None if there is none that can be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None


def seconds_before(attempt: int, asked: float | None) -> float:
    """Return how long to wait before an attempt (the second is 2): 1, 2, 4 …, or as asked."""
    return max(asked or 0.0, float(2 ** (attempt - 2)))


def retrying(place: str, action: Callable[[], Result], limits: FetchLimits, clock: Clock) -> Result:
    """Do something until it works; raises FetchError when it has failed often enough."""
    for attempt in range(2, limits.attempts + 2):
        try:
            return action()
        except TryAgainError as error:
            if attempt > limits.attempts:
                raise _given_up(place, error, limits.attempts) from None
            wait = seconds_before(attempt, error.wait)
            if wait > limits.longest_wait:
                raise _asked_too_much(place, error, wait) from None
            clock.sleep(wait)
    raise AssertionError(place)


def _given_up(place: str, error: TryAgainError, attempts: int) -> FetchError:
    tries = f"{error.found} (tried {attempts} times)"
    advice = _LATER
    if error.rule == UNREACHABLE:
        advice = "check the connection, the proxy and the address, then try again"
    return unreadable(error.rule, place, tries, "an answer", advice)


def _asked_too_much(place: str, error: TryAgainError, wait: float) -> FetchError:
    found = f"{error.found}, asking to wait {wait / 60:.0f} minutes"
    return unreadable("asked_to_wait", place, found, "an answer now", _LATER)
