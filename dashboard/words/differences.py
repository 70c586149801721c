"""Words about what differs and what cannot be compared, short enough for a line or a cell."""

from collections.abc import Sequence
from typing import Final

from api.contract import ComparisonRow, Outcome

_DIFFERENT: Final = (Outcome.BETTER, Outcome.WORSE, Outcome.HIGHER, Outcome.LOWER)
UNNAMED_REASON: Final = "reason below"
_SHORT_REASONS: Final = {
    "No valid interval": "no interval",
    "The numbers behind the value are not published": "parts not published",
    "The numbers behind the values are not published": "parts not published",
    "Fewer than three returns with data": "too few with data",
    "No spread to judge by": "no spread",
}


def is_different(outcome: str) -> bool:
    """Say whether an outcome tells of a difference, whichever way."""
    return outcome in _DIFFERENT


def is_between(row: ComparisonRow) -> bool:
    """Say whether a value lies between the median of a group and the group taken together.

    The test is against all members together, so that then the median does not explain the outcome;
    nor does a median that is equal to the value.
    """
    value, median, pooled = row["value"], row["median"], row["pooled"]
    if value is None or median is None or pooled is None:
        return False
    return (value - median) * (value - pooled) < 0 or (value == median != pooled)


def short_reason(reason: str | None) -> str:
    """Return why nothing can be compared in a word or three; the sentence stands elsewhere."""
    return _SHORT_REASONS.get((reason or "").partition(": ")[0], UNNAMED_REASON)


def in_brackets(extras: Sequence[str]) -> str:
    """Return what is to be added to a figure, in brackets; nothing where there is nothing."""
    said = "; ".join(filter(None, extras))
    return f" ({said})" if said else ""
