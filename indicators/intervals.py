"""Intervals around proportions and rates, vectorised, at 95 and 99.8 per cent.

Wilson (1927) for proportions; for counts the exact Poisson limits below 10 and Byar's
approximation from 10 on. No interval where a part is missing: NaN in, NaN out.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from indicators.arithmetic import Numbers
from indicators.model import Indicator, IntervalMethod

LEVELS: Final = (95.0, 99.8)

_BYAR_FROM: Final = 10


def normal_quantile(level: float = 95.0) -> float:
    """Return z for a two-sided level in per cent: 1.959964 for 95."""
    return NormalDist().inv_cdf(0.5 + level / 200)


def wilson(
    numerator: ArrayLike, denominator: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return lower and upper limits of a proportion, as shares of 1."""
    top = np.asarray(numerator, dtype=np.float64)
    bottom = np.asarray(denominator, dtype=np.float64)
    z = normal_quantile(level)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where((bottom > 0) & (top >= 0) & (top <= bottom), bottom, np.nan)
        share = top / n
        spread = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
        centre = share + z**2 / (2 * n)
        scale = 1 + z**2 / n
    lower = np.where(top == 0, 0.0, (centre - spread) / scale)
    upper = np.where(top == bottom, 1.0, (centre + spread) / scale)
    known = ~np.isnan(n)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def poisson(count: ArrayLike, level: float = 95.0) -> tuple[Numbers, Numbers]:
    """Return lower and upper limits of the count that chance alone could have given."""
    observed = np.asarray(count, dtype=np.float64)
    known = np.isfinite(observed) & (observed >= 0)
    safe = np.where(known, observed, _BYAR_FROM)
    byar_lower, byar_upper = _byar(np.maximum(safe, _BYAR_FROM), normal_quantile(level))
    exact = np.array([_exact(n, level) for n in range(_BYAR_FROM)])
    small = np.rint(safe) < _BYAR_FROM
    place = np.where(small, np.rint(safe), 0).astype(int)
    lower = np.where(small, exact[place, 0], byar_lower)
    upper = np.where(small, exact[place, 1], byar_upper)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)


def _byar(count: Numbers, z: float) -> tuple[Numbers, Numbers]:
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return lower, upper


@lru_cache(maxsize=64)
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
