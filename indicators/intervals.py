"""Intervals around proportions, rates and means, vectorised, at 95 and 99.8 per cent.

Wilson (1927) for proportions; for counts the exact Poisson limits below 10 and Byar's
approximation from 10 on; Student (1908) for means. No interval where a part is missing: NaN in,
NaN out, and `why_none` says why. Intervals of differences are in `indicators.differences`.
"""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers
from indicators.model import Indicator, IntervalMethod
from indicators.student_t import t_quantiles

LEVELS: Final = (95.0, 99.8)

BYAR_FROM: Final = 10
"""Counts from here on are large enough for Byar's approximation; below, the limits are exact."""


class Why(StrEnum):
    """Why there is no interval around a value."""

    NO_METHOD = "no_method"
    NUMERATOR_UNKNOWN = "numerator_unknown"
    DENOMINATOR_UNKNOWN = "denominator_unknown"
    DENOMINATOR_ZERO = "denominator_zero"
    NOT_A_COUNT = "not_a_count"
    MORE_THAN_ALL = "more_than_all"


WHYS: Final = tuple(Why)
WORDS: Final[Mapping[Why, str]] = {
    Why.NO_METHOD: "The indicator has no valid interval",
    Why.NUMERATOR_UNKNOWN: "The numerator is not known",
    Why.DENOMINATOR_UNKNOWN: "The denominator is not known",
    Why.DENOMINATOR_ZERO: "The denominator is zero",
    Why.NOT_A_COUNT: "The numerator is below zero, so it is not a count",
    Why.MORE_THAN_ALL: "The numerator is larger than the denominator, so this is not a share",
}


def normal_quantile(level: float = 95.0) -> float:
    """Return z for a two-sided level in per cent: 1.959964 for 95."""
    return NormalDist().inv_cdf(0.5 + level / 200)


def wilson(
    numerator: ArrayLike, denominator: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return lower and upper limits of a proportion, as shares of 1."""
    return wilson_at(numerator, denominator, normal_quantile(level))


def wilson_at(
    numerator: ArrayLike, denominator: ArrayLike, z: ArrayLike
) -> tuple[Numbers, Numbers]:
    """Return the limits that lie z standard errors away, z being one number or one for each."""
    top = np.asarray(numerator, dtype=np.float64)
    bottom = np.asarray(denominator, dtype=np.float64)
    away = np.asarray(z, dtype=np.float64)
    square = away**2
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where((bottom > 0) & (top >= 0) & (top <= bottom), bottom, np.nan)
        share = top / n
        spread = away * np.sqrt(share * (1 - share) / n + square / (4 * n**2))
        centre = share + square / (2 * n)
        scale = 1 + square / n
    lower = np.where(top == 0, 0.0, (centre - spread) / scale)
    upper = np.where(top == bottom, 1.0, (centre + spread) / scale)
    known = ~np.isnan(n)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def poisson(count: ArrayLike, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return lower and upper limits of the count that chance alone could have given."""
    observed = np.asarray(count, dtype=np.float64)
    known = np.isfinite(observed) & (observed >= 0)
    safe = np.where(known, observed, BYAR_FROM)
    byar_lower, byar_upper = byar(np.maximum(safe, BYAR_FROM), normal_quantile(level))
    exact = exact_limits(level)
    small = np.rint(safe) < BYAR_FROM
    place = np.where(small, np.rint(safe), 0).astype(int)
    lower = np.where(small, exact[place, 0], byar_lower)
    upper = np.where(small, exact[place, 1], byar_upper)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def byar(count: Numbers, z: float) -> tuple[Numbers, Numbers]:
    """Return the limits of a count by Byar's approximation (Breslow and Day 1987), from 10 on."""
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower, upper


@lru_cache(maxsize=8)
def exact_limits(level: float) -> Numbers:
    """Return the exact limits of the counts below 10: a row for each, lower and upper."""
    return np.array([_exact(n, level) for n in range(BYAR_FROM)])


def _exact(count: int, level: float) -> tuple[float, float]:
    """Solve for the means that make `count` or more, and `count` or fewer, just improbable."""
    tail = 0.5 - level / 200
    lower = 0.0 if count == 0 else _mean_where(lambda m: 1 - _at_most(count - 1, m) > tail)
    return lower, _mean_where(lambda m: _at_most(count, m) < tail)


def _at_most(count: int, mean: float) -> float:
    """Return the Poisson probability of `count` or fewer."""
    return math.exp(-mean) * sum(mean**n / math.factorial(n) for n in range(count + 1))


def _mean_where(is_above: Callable[[float], bool]) -> float:
    """Find by halving where a condition on the mean turns true; counts below 10 need < 64."""
    low, high = 0.0, 64.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if is_above(middle) else (middle, high)
    return (low + high) / 2


def rate(count: ArrayLike, population: ArrayLike, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return lower and upper limits of events per head; NaN without a population."""
    people = np.asarray(population, dtype=np.float64)
    lower, upper = poisson(count, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        heads = np.where(people > 0, people, np.nan)
        return lower / heads, upper / heads


def mean(
    average: ArrayLike, deviation: ArrayLike, count: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return the limits of a mean of `count` values, from their sample standard deviation.

    NaN of fewer than two values: one value does not say how much values vary.
    """
    middle = np.asarray(average, dtype=np.float64)
    spread = np.asarray(deviation, dtype=np.float64)
    values = np.asarray(count, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where((values >= 2) & (spread >= 0), values, np.nan)
        half = t_quantiles(n - 1, level) * spread / np.sqrt(n)
    return middle - half, middle + half


_METHODS: Final[
    Mapping[IntervalMethod, Callable[[ArrayLike, ArrayLike, float], tuple[Numbers, Numbers]]]
] = {IntervalMethod.WILSON: wilson, IntervalMethod.POISSON: rate}


def interval_of(
    indicator: Indicator, numerator: ArrayLike, denominator: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return the limits on the indicator's own scale, by its declared method.

    All NaN for `none` and for `published` (those limits come with the file).
    """
    method = _METHODS.get(indicator.interval.method)
    multiplier = indicator.arithmetic.multiplier
    if method is None or multiplier is None:
        nothing = np.full(np.shape(numerator), np.nan)
        return nothing, nothing
    lower, upper = method(numerator, denominator, level)
    return lower * multiplier, upper * multiplier


def why_none(
    indicator: Indicator, numerator: ArrayLike, denominator: ArrayLike
) -> NDArray[np.int64]:
    """Return the place in WHYS of why `interval_of` gives no interval; -1 where it gives one."""
    top = np.asarray(numerator, dtype=np.float64)
    bottom = np.asarray(denominator, dtype=np.float64)
    has_method = indicator.interval.method in _METHODS and indicator.arithmetic.multiplier
    is_share = indicator.interval.method is IntervalMethod.WILSON
    faults = {
        Why.NO_METHOD: np.full(np.broadcast(top, bottom).shape, not has_method),
        Why.NUMERATOR_UNKNOWN: ~np.isfinite(top),
        Why.DENOMINATOR_UNKNOWN: ~np.isfinite(bottom),
        Why.DENOMINATOR_ZERO: bottom <= 0,
        Why.NOT_A_COUNT: top < 0,
        Why.MORE_THAN_ALL: (top > bottom) & is_share,
    }
    places = [WHYS.index(why) for why in faults]
    return np.asarray(np.select(list(faults.values()), places, default=-1), dtype=np.int64)
