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

_STEPS = 12


def plain_funnel(
    indicator: Indicator, benchmark: ArrayLike, denominator: ArrayLike, level: float = 95.0
) -> tuple[Numbers, Numbers]:
    """Return the limits that chance sets around a benchmark, itself on the indicator's scale.

    Percentages: the Wilson interval of the benchmark at that denominator. Rates: the lowest and
    highest rates whose own Poisson interval still holds the benchmark.
    """
    people = np.asarray(denominator, dtype=np.float64)
    multiplier = _multiplier(indicator)
    size = np.where(people > 0, people, np.nan)
    middle = np.asarray(benchmark, dtype=np.float64) / multiplier
    if indicator.arithmetic is Arithmetic.PERCENTAGE:
        lower, upper = wilson_at(middle * size, size, normal_quantile(level))
    else:
        few, many = _counts_that_hold(middle * size, level)
        lower, upper = few / size, many / size
    return lower * multiplier, upper * multiplier


def widened_funnel(
    indicator: Indicator,
    benchmark: ArrayLike,
    denominator: ArrayLike,
    phi: ArrayLike,
    level: float = 95.0,
) -> tuple[Numbers, Numbers]:
    """Return the limits outside which the standardised difference, widened by phi, is beyond z.

    A point outside those of 95 % is one that the headline outcome calls different, and no other.
    """
    people = np.asarray(denominator, dtype=np.float64)
    multiplier = _multiplier(indicator)
    middle = np.asarray(benchmark, dtype=np.float64) / multiplier
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(people > 0, people, np.nan)
        variance = middle * (1 - middle if is_share else 1.0) / size
    half = normal_quantile(level) * np.sqrt(np.asarray(phi, dtype=np.float64) * variance)
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

    Both limits of a count rise with the count, so each is turned round: between whole counts below
    ten they run straight, from there on they are Byar's.
    """
    counts, lower, upper = _knots(level)
    z = normal_quantile(level)
    fewest = np.where(
        expected <= upper[-1],
        np.interp(expected, upper, counts),
        _byar_turned_round(expected, z) - 1,
    )
    most = np.where(
        expected < lower[-1], np.interp(expected, lower, counts), _byar_turned_round(expected, -z)
    )
    lost = np.isnan(expected)
    return np.where(lost, np.nan, fewest), np.where(lost, np.nan, most)


def _byar_turned_round(limit: Numbers, z: float) -> Numbers:
    """Return the x for which x (1 - 1/(9x) + z/(3 root x))³ is the limit; for counts from ten on.

    With t the sixth root of x the equation is t² - t⁻⁴/9 + z/(3t) = cube root of the limit, which
    Newton's method solves: it is nearly a parabola.
    """
    goal = np.cbrt(np.maximum(limit, 1.0))
    t = np.sqrt(goal + 1.0)
    for _ in range(_STEPS):
        value = t**2 - t**-4 / 9 + z / (3 * t) - goal
        t = np.maximum(t - value / (2 * t + 4 * t**-5 / 9 - z / (3 * t**2)), 1.0)
    return np.asarray(t**6, dtype=np.float64)


@lru_cache(maxsize=8)
def _knots(level: float) -> tuple[Numbers, Numbers, Numbers]:
    first = byar(np.array([float(BYAR_FROM)]), normal_quantile(level))
    exact = exact_limits(level)
    lower, upper = (np.append(exact[:, side], first[side]) for side in (0, 1))
    return np.arange(BYAR_FROM + 1, dtype=np.float64), lower, upper
