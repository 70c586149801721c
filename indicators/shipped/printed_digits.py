"""Published rates and limits that their own parts give again, at the digits they are printed with.

Some publishers print a rate with five or more digits, and limits that follow from the count
before it was rounded. Kept as they are, these digits take most of the room of the table that
ships; kept as the number of digits and the distance of that count, they take almost none.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.arithmetic import value_from_parts
from indicators.intervals import poisson
from indicators.model import Indicator, IntervalMethod

Numbers = NDArray[np.float64]
Small = NDArray[np.int8]

NOT: Final = 127
"""In place of a number of digits or a distance: the figure is not had in this way."""

_DIGITS: Final = (5, 7, 6, 4, 8)
_DISTANCES: Final = (0, -2, -1, 1, 2)
"""Counts are rounded to 5, so the count behind a limit lies at most 2 away."""


def value_digits(one: Indicator, top: Numbers, bottom: Numbers, value: Numbers) -> Small:
    """Return with how many digits each value follows from its parts, or NOT."""
    found = np.full(len(value), NOT, dtype=np.int8)
    exact = value_from_parts(one.arithmetic, top, bottom)
    for digits in reversed(_DIGITS):
        found[np.round(exact, digits) == value] = digits
    return found


def values_again(one: Indicator, top: Numbers, bottom: Numbers, digits: Small) -> Numbers:
    """Return the values that were left out; NaN elsewhere."""
    exact = value_from_parts(one.arithmetic, top, bottom)
    return _rounded_to(digits, exact)


def limit_distances(
    one: Indicator, top: Numbers, bottom: Numbers, limits: tuple[Numbers, Numbers], digits: Small
) -> Small:
    """Return how far from the numerator the count lies that gives both limits, or NOT."""
    found = np.full(len(top), NOT, dtype=np.int8)
    if one.interval.method is not IntervalMethod.PUBLISHED:
        return found
    for distance in reversed(_DISTANCES):
        distances = np.full(len(top), distance, dtype=np.int8)
        lower, upper = limits_again(one, top, bottom, distances, digits)
        found[(lower == limits[0]) & (upper == limits[1])] = distance
    return found


def limits_again(
    one: Indicator, top: Numbers, bottom: Numbers, distances: Small, digits: Small
) -> tuple[Numbers, Numbers]:
    """Return the limits that were left out; NaN elsewhere."""
    multiplier = one.arithmetic.multiplier
    if one.interval.method is not IntervalMethod.PUBLISHED or multiplier is None:
        nothing = np.full(len(top), np.nan)
        return nothing, nothing
    count = np.where(distances == NOT, np.nan, top + distances)
    lower, upper = poisson(np.where(count >= 0, count, np.nan))
    with np.errstate(divide="ignore", invalid="ignore"):
        per_head = np.where(bottom > 0, multiplier / bottom, np.nan)
    return (
        _rounded_to(digits, lower * per_head),
        _rounded_to(digits, upper * per_head),
    )


def _rounded_to(digits: Small, exact: Numbers) -> Numbers:
    result = np.full(len(digits), np.nan)
    for places in _DIGITS:
        mine = digits == places
        if mine.any():
            result[mine] = np.round(exact[mine], places)
    return result
