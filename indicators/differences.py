"""Intervals of the difference between two proportions or two rates, and of the ratio of rates.

Vectorised over pairs (numerator, denominator) of columns; NaN where a part is missing.
"""

import numpy as np
from numpy.typing import ArrayLike

from indicators.arithmetic import Numbers
from indicators.intervals import normal_quantile, rate, wilson_at

Parts = tuple[ArrayLike, ArrayLike]
"""Numerator and denominator: numbers or columns of them."""

_MOST_ERRORS = 40.0
"""Nothing is further from no difference, in standard errors, than a computer can tell from it."""
_HALVINGS = 34


def proportion_difference(one: Parts, other: Parts, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return the limits of p1 - p2 from two Wilson intervals (Newcombe 1998, method 10)."""
    return _newcombe_at(one, other, normal_quantile(level))


def _newcombe_at(one: Parts, other: Parts, z: ArrayLike) -> tuple[Numbers, Numbers]:
    first, second = _quotient(one), _quotient(other)
    return _joined(first, wilson_at(*one, z), second, wilson_at(*other, z))


def newcombe_z(one: Parts, other: Parts) -> Numbers:
    """Return the z at which the interval of p1 - p2 just touches nought, with the sign of p1 - p2.

    Above 1.96 the 95 % interval leaves nought out, and not otherwise. Found by halving: Newcombe's
    limits move outwards with z, and there is no formula for where they touch.
    """
    first, second = _quotient(one), _quotient(other)
    is_more = first >= second
    low = np.zeros(np.broadcast(first, second).shape)
    high = np.full(low.shape, _MOST_ERRORS)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        lower, upper = _newcombe_at(one, other, middle)
        is_beyond = np.where(is_more, lower > 0, upper < 0)
        low, high = np.where(is_beyond, middle, low), np.where(is_beyond, high, middle)
    z = np.where(first == second, 0.0, np.where(is_more, low, -low))
    known = np.isfinite(wilson_at(*one, 1.0)[0]) & np.isfinite(wilson_at(*other, 1.0)[0])
    return np.where(known, z, np.nan)


def rate_difference(one: Parts, other: Parts, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return the limits of rate 1 - rate 2, events per head, from the two Poisson intervals.

    The limits are joined as Newcombe joins those of proportions (Zou and Donner 2008).
    """
    limits, other_limits = rate(*one, level), rate(*other, level)
    return _joined(_quotient(one), limits, _quotient(other), other_limits)


def rate_ratio_limits(one: Parts, other: Parts, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return the limits of the ratio of two rates.

    Given the sum of two Poisson counts, the first is binomial (Przyborowski and Wilenski 1940):
    Wilson limits of its share become limits of the ratio, and a count of nought needs no special
    case. NaN where neither has an event.
    """
    top, bottom = _numbers(one)
    other_top, other_bottom = _numbers(other)
    low, high = wilson_at(top, top + other_top, normal_quantile(level))
    with np.errstate(divide="ignore", invalid="ignore"):
        exposure = np.where((bottom > 0) & (other_bottom > 0), other_bottom / bottom, np.nan)
        return _odds(low) * exposure, _odds(high) * exposure


def rate_ratio_z(one: Parts, other: Parts) -> Numbers:
    """Return the z at which the interval of the ratio just touches 1; positive above 1.

    The closed form of the Wilson interval's own test: how far the first count lies from its share
    of both, in the standard errors of that share. Nought where neither has an event.
    """
    top, bottom = _numbers(one)
    other_top, other_bottom = _numbers(other)
    events = top + other_top
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(
            (bottom > 0) & (other_bottom > 0), bottom / (bottom + other_bottom), np.nan
        )
        z = (top - events * expected) / np.sqrt(events * expected * (1 - expected))
    return np.where((events == 0) & np.isfinite(expected), 0.0, z)


def _joined(
    one: Numbers, limits: tuple[Numbers, Numbers], other: Numbers, others: tuple[Numbers, Numbers]
) -> tuple[Numbers, Numbers]:
    """Join two intervals into that of the difference: by squares, as independent errors add up."""
    (low, high), (other_low, other_high) = limits, others
    difference = one - other
    lower = difference - np.hypot(one - low, other_high - other)
    upper = difference + np.hypot(high - one, other - other_low)
    return lower, upper


def _odds(share: Numbers) -> Numbers:
    odds: Numbers = np.where(share < 1, share / (1 - share), np.where(share == 1, np.inf, np.nan))
    return odds


def _numbers(parts: Parts) -> tuple[Numbers, Numbers]:
    top, bottom = parts
    return np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)


def _quotient(parts: Parts) -> Numbers:
    top, bottom = _numbers(parts)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)
