"""How surely a value's own interval leaves a given number out.

The p-value is that of the interval a reader sees: it is below 0.05 exactly where the number lies
outside the 95 % interval, and below 0.002 where it lies outside that of 99.8 %.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from indicators.arithmetic import Numbers
from indicators.intervals import BYAR_FROM, normal_quantile, wilson_at
from indicators.model import Arithmetic
from indicators.significance import p_of


def own_interval_p(
    arithmetic: Arithmetic, numerator: ArrayLike, denominator: ArrayLike, number: ArrayLike
) -> Numbers:
    """Return the p-value of a number, as a share of 1 or events per head; NaN without interval."""
    top = np.asarray(numerator, dtype=np.float64)
    bottom = np.asarray(denominator, dtype=np.float64)
    given = np.asarray(number, dtype=np.float64)
    if arithmetic is Arithmetic.PERCENTAGE:
        return _wilson_p(*np.broadcast_arrays(top, bottom, given))
    with np.errstate(invalid="ignore"):
        expected = np.where(bottom > 0, given * bottom, np.nan)
    return _poisson_p(*np.broadcast_arrays(top, expected))


def published_interval_p(
    value: Numbers, lower: Numbers, upper: Numbers, number: ArrayLike
) -> Numbers:
    """Return the p-value of a number by an interval that came with the figures, at 95 %.

    On either side the limit is 1.96 standard errors away, which gives the error of that side: so
    the p-value is below 0.05 exactly where the number lies outside the interval.
    """
    given = np.asarray(number, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(given < value, value - lower, upper - value) / normal_quantile()
        z = np.where(given == value, 0.0, (value - given) / reach)
    return np.where(np.isfinite(value) & np.isfinite(given), p_of(z), np.nan)


def _wilson_p(top: Numbers, bottom: Numbers, given: Numbers) -> Numbers:
    """Invert Wilson's interval: the distance in the standard errors of the given share."""
    known = np.isfinite(wilson_at(top, bottom, 1.0)[0]) & (given >= 0) & (given <= 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = top / bottom - given
        z = np.where(distance == 0, 0.0, distance / np.sqrt(given * (1 - given) / bottom))
    return np.where(known, p_of(z), np.nan)


def _poisson_p(count: Numbers, expected: Numbers) -> Numbers:
    """Invert the interval of a count: exact below ten, Byar's from there."""
    known = np.isfinite(count) & (count >= 0) & (expected >= 0)
    seen, mean = np.where(known, count, 0.0), np.where(known, expected, 0.0)
    exact = 2 * _tail(np.rint(seen), mean)
    p = np.where(np.rint(seen) < BYAR_FROM, exact, p_of(_byar_z(np.maximum(seen, BYAR_FROM), mean)))
    return np.where(known, np.clip(p, 0.0, 1.0), np.nan)


def _tail(count: Numbers, mean: Numbers) -> Numbers:
    """Return the probability of the count or further from the mean, for counts below ten."""
    is_above = count > mean
    last = np.where(is_above, count - 1, count)
    at_most = np.zeros_like(mean)
    for number in range(BYAR_FROM):
        at_most += np.where(number <= last, mean**number / math.factorial(number), 0.0)
    at_most *= np.exp(-mean)
    return np.where(is_above, 1 - at_most, at_most)


def _byar_z(count: Numbers, mean: Numbers) -> Numbers:
    """Return the z at which Byar's limit meets the mean; nought where it starts beyond."""
    above = count + 1
    down = 3 * np.sqrt(count) * (1 - 1 / (9 * count) - np.cbrt(mean / count))
    up = 3 * np.sqrt(above) * (np.cbrt(mean / above) - 1 + 1 / (9 * above))
    return np.maximum(np.where(count > mean, down, up), 0.0)
