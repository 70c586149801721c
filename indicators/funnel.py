"""Funnel limits: how far from a benchmark chance alone takes an authority of a given size.

On the indicator's own scale, by denominator. The plain funnel allows for chance only, the widened
one for ordinary variation among authorities too, as the headline outcome does.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from indicators.arithmetic import Numbers
from indicators.intervals import BYAR_FROM, byar, exact_limits, normal_quantile, wilson_at
from indicators.model import Arithmetic, Indicator

_HALVINGS = 60


def plain_funnel(
    indicator: Indicator, benchmark: float, denominator: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return the limits that chance sets around a benchmark, itself on the indicator's scale.

    Percentages: the Wilson interval of the benchmark at that denominator. Rates: the lowest and
    highest rates whose own Poisson interval still holds the benchmark.
    """
    people = np.asarray(denominator, dtype=np.float64)
    multiplier = _multiplier(indicator)
    size = np.where(people > 0, people, np.nan)
    middle = benchmark / multiplier
    if indicator.arithmetic is Arithmetic.PERCENTAGE:
        lower, upper = wilson_at(middle * size, size, normal_quantile(level))
    else:
        few, many = _counts_that_hold(middle * size, level)
        lower, upper = few / size, many / size
    return lower * multiplier, upper * multiplier


def widened_funnel(
    indicator: Indicator,
    benchmark: float,
    denominator: ArrayLike,
    phi: float,
    level: float = 95.0,
) -> tuple[Numbers, Numbers]:
    """Return the limits outside which the standardised difference, widened by phi, is beyond z.

    A point outside those of 95 % is one that the headline outcome calls different, and no other.
    """
    people = np.asarray(denominator, dtype=np.float64)
    multiplier = _multiplier(indicator)
    middle = benchmark / multiplier
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(people > 0, people, np.nan)
        variance = middle * (1 - middle if is_share else 1.0) / size
    half = normal_quantile(level) * np.sqrt(phi * variance)
    upper = np.minimum(middle + half, 1.0) if is_share else middle + half
    return np.maximum(middle - half, 0.0) * multiplier, upper * multiplier


def _multiplier(indicator: Indicator) -> float:
    multiplier = indicator.arithmetic.multiplier
    if multiplier is None:
        msg = f"{indicator.id} has no funnel: its value does not follow from its parts"
        raise ValueError(msg)
    return multiplier


def _counts_that_hold(expected: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the smallest and largest counts, fractions allowed, whose interval holds `expected`.

    By halving: both limits of a count rise with the count.
    """
    most = 2 * expected + 20 * np.sqrt(expected) + 200
    fewest, largest = np.zeros_like(expected), most
    low, high = np.zeros_like(expected), most
    for _ in range(_HALVINGS):
        middle = (fewest + largest) / 2
        is_too_few = _limits(middle, level)[1] < expected
        fewest, largest = (
            np.where(is_too_few, middle, fewest),
            np.where(is_too_few, largest, middle),
        )
        middle = (low + high) / 2
        is_held = _limits(middle, level)[0] <= expected
        low, high = np.where(is_held, middle, low), np.where(is_held, high, middle)
    lost = np.isnan(expected)
    return np.where(lost, np.nan, fewest), np.where(lost, np.nan, low)


def _limits(count: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Return the limits of a count; between whole counts below ten they run straight."""
    knots, lower, upper = _knots(level)
    byar_lower, byar_upper = byar(np.maximum(count, BYAR_FROM), normal_quantile(level))
    is_small = count < BYAR_FROM
    return (
        np.where(is_small, np.interp(count, knots, lower), byar_lower),
        np.where(is_small, np.interp(count, knots, upper), byar_upper),
    )


@lru_cache(maxsize=8)
def _knots(level: float) -> tuple[Numbers, Numbers, Numbers]:
    first = byar(np.array([float(BYAR_FROM)]), normal_quantile(level))
    exact = exact_limits(level)
    lower, upper = (np.append(exact[:, side], first[side]) for side in (0, 1))
    return np.arange(BYAR_FROM + 1, dtype=np.float64), lower, upper
