"""The points of Student's t distribution, for intervals around means of few values."""

import math
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from indicators.arithmetic import Numbers

_SERIES_UP_TO: Final = 200
"""Degrees of freedom up to which the finite series is solved; above, an expansion is exact enough:
its error there is below one in a thousand million."""


def t_quantiles(freedom: ArrayLike, level: float = 95.0) -> Numbers:
    """Return t for two-sided levels in per cent, by degrees of freedom; NaN below 1."""
    degrees = np.asarray(freedom, dtype=np.float64)
    result = np.full(degrees.shape, np.nan)
    for one in np.unique(degrees[degrees >= 1]):
        result[degrees == one] = t_quantile(int(one), level)
    return result


@lru_cache(maxsize=4096)
def t_quantile(freedom: int, level: float = 95.0) -> float:
    """Return t for a two-sided level in per cent: 2.570582 for 95 and 5 degrees of freedom."""
    z = NormalDist().inv_cdf(0.5 + level / 200)
    if freedom > _SERIES_UP_TO:
        return _expansion(z, freedom)
    low, high = z, 2 * z
    while _inside(high, freedom) < level / 100:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, freedom) < level / 100 else (low, middle)
    return (low + high) / 2


def _inside(t: float, freedom: int) -> float:
    """Return the probability between -t and t (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    sine, square = math.sin(angle), math.cos(angle) * math.cos(angle)
    if freedom % 2 == 0:
        return sine * _series(square, 1, freedom)
    if freedom == 1:
        return 2 * angle / math.pi
    return 2 / math.pi * (angle + sine * math.cos(angle) * _series(square, 2, freedom))


def _series(square: float, first: int, freedom: int) -> float:
    """Return 1 + a s + a b s^2 ..., the factors being first/(first + 1), and so on by twos."""
    term = total = 1.0
    for place in range(first, freedom - 2, 2):
        term *= square * place / (place + 1)
        total += term
    return total


def _expansion(z: float, freedom: int) -> float:
    """Return t as a normal point and its corrections (Abramowitz and Stegun 1964, 26.7.5)."""
    corrections: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    total, share = z, 1.0
    for part in corrections:
        share /= freedom
        total += part * share
    return total
