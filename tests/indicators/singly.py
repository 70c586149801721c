"""The comparisons of one pair, written apart from those of columns, to hold these against."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.arithmetic import decimal_mean, decimal_quantile, shown
from indicators.comparison import (
    METHOD_NONE,
    METHOD_PROPORTIONS,
    METHOD_RATES,
    METHOD_STANDARDISED,
    TOO_FEW_MEMBERS,
    Side,
    Summary,
)
from indicators.differences import proportion_difference, rate_ratio_limits
from indicators.intervals import normal_quantile
from indicators.model import Arithmetic, Indicator


@dataclass(frozen=True)
class Verdict:
    """The result of one test: `side` is None when no comparison is possible, with the reason."""

    side: Side | None
    method: str = METHOD_NONE
    z: float | None = None
    phi: float | None = None
    reason: str | None = None


def against_value(z: float, phi: float) -> Verdict:
    """Judge one area's standardised difference, widened by over-dispersion."""
    if not np.isfinite(z):
        return Verdict(None, reason="The numbers behind the value are not published")
    adjusted = z / np.sqrt(phi)
    return Verdict(
        side=_side(adjusted, normal_quantile()),
        method=METHOD_STANDARDISED,
        z=float(adjusted),
        phi=phi,
    )


def against_group(
    indicator: Indicator,
    own: tuple[float, float],
    group: tuple[float, float],
) -> Verdict:
    """Judge an area's (numerator, denominator) against the pooled rest of its group."""
    if not all(np.isfinite(part) for part in (*own, *group)) or min(own[1], group[1]) <= 0:
        return Verdict(None, reason="The numbers behind the values are not published")
    if indicator.arithmetic is Arithmetic.PERCENTAGE:
        if own[0] > own[1] or group[0] > group[1]:
            return Verdict(None, reason="The numerator is larger than the denominator")
        lower, upper = newcombe(own, group)
        return Verdict(_outside(lower, upper, 0.0), METHOD_PROPORTIONS)
    if own[0] + group[0] == 0:
        return Verdict(Side.SIMILAR, METHOD_RATES)
    lower, upper = rate_ratio(own, group)
    return Verdict(_outside(lower, upper, 1.0), METHOD_RATES)


def newcombe(
    one: tuple[float, float], other: tuple[float, float], level: float = 95.0
) -> tuple[float, float]:
    """Return the limits of p1 - p2 for one pair (columns: `proportion_difference`)."""
    lower, upper = proportion_difference(one, other, level)
    return float(lower), float(upper)


def rate_ratio(
    one: tuple[float, float], other: tuple[float, float], level: float = 95.0
) -> tuple[float, float]:
    """Return the limits of the ratio of two rates for one pair (columns: `rate_ratio_limits`)."""
    lower, upper = rate_ratio_limits(one, other, level)
    return float(lower), float(upper)


def summarise(values: Sequence[float], decimals: int) -> Summary:
    """Summarise values as shown; nothing of fewer than three, for they would name members."""
    if len(values) < TOO_FEW_MEMBERS:
        return Summary(None, None, None, None)
    return Summary(
        mean=shown(decimal_mean(values), decimals),
        median=shown(decimal_quantile(values, "0.5"), decimals),
        q25=shown(decimal_quantile(values, "0.25"), decimals),
        q75=shown(decimal_quantile(values, "0.75"), decimals),
    )


def _side(z: float, limit: float) -> Side:
    if abs(z) <= limit:
        return Side.SIMILAR
    return Side.ABOVE if z > 0 else Side.BELOW


def _outside(lower: float, upper: float, neutral: float) -> Side:
    if lower <= neutral <= upper:
        return Side.SIMILAR
    return Side.ABOVE if lower > neutral else Side.BELOW
