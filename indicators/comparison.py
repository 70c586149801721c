"""Is a difference more than chance? The method of design section 6, over columns.

Against a published country or region value: a two-sided standardised difference at 95 % with
multiplicative over-dispersion (Spiegelhalter 2005), so that the words mean "unusual among
authorities, beyond chance and ordinary variation". Against a group: the group's pooled value
with the authority left out, by Newcombe's interval of the difference of two proportions, or by
the interval of the ratio of two rates.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers
from indicators.model import Arithmetic, DirectionWord, Indicator, IntervalMethod

WINSORISED_SHARE: Final = 0.10
FEW_MEMBERS: Final = 5
TOO_FEW_MEMBERS: Final = 3
METHOD_STANDARDISED: Final = "standardised_difference_overdispersed"
METHOD_PROPORTIONS: Final = "newcombe_difference"
METHOD_RATES: Final = "rate_ratio"
METHOD_OWN_INTERVAL: Final = "own_interval"
METHOD_NONE: Final = "none"


class Side(StrEnum):
    """Where a value lies of what it is compared with, once chance is allowed for."""

    ABOVE = "above"
    SIMILAR = "similar"
    BELOW = "below"


@dataclass(frozen=True)
class Summary:
    """Values of a group as shown: rounded once, half up; None below three members with data."""

    mean: float | None
    median: float | None
    q25: float | None
    q75: float | None


def can_test(indicator: Indicator) -> bool:
    """Say whether the indicator's arithmetic and interval allow a test at all."""
    return indicator.interval.method is not IntervalMethod.NONE and indicator.arithmetic in (
        Arithmetic.PERCENTAGE,
        Arithmetic.RATE_PER_10000,
    )


def why_not(indicator: Indicator) -> str:
    """Return the sentence for an indicator whose differences cannot be tested."""
    reason = indicator.interval.reason or "its parts are not published"
    return f"No valid interval: {reason}"


def standardised(
    indicator: Indicator, numerator: Numbers, denominator: Numbers, benchmark: ArrayLike
) -> Numbers:
    """Return each area's distance from a benchmark in standard errors under the benchmark.

    `benchmark` is a share of 1 (percentages) or events per head (rates).
    """
    is_share = indicator.arithmetic is Arithmetic.PERCENTAGE
    return standardised_at(is_share, numerator, denominator, benchmark)


def standardised_at(
    is_share: ArrayLike, numerator: Numbers, denominator: Numbers, benchmark: ArrayLike
) -> Numbers:
    """Return the same for columns of several indicators, each a share of 1 or a rate."""
    given = np.asarray(benchmark, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = given * denominator
        variance = expected * np.where(is_share, 1 - given, 1.0)
        z = (numerator - expected) / np.sqrt(variance)
    return np.where(np.isfinite(z), z, np.nan)


def overdispersion(z: Numbers) -> float:
    """Return phi: the mean square of 10 % winsorised z, never below 1 (ordinary chance).

    Drawing in the tenth at either end makes the mean square smaller even where nobody is unusual:
    to 0.678 for a normal curve. It is divided by that, so that phi is the variance among usual
    authorities and a test widened by it has one false alarm in twenty.
    """
    return float(overdispersions(np.atleast_2d(z))[0])


def overdispersions(z: Numbers) -> Numbers:
    """Return phi for each row of z; NaN is no authority, and of fewer than three phi is 1."""
    ordered = np.sort(np.where(np.isfinite(z), z, np.nan), axis=1)  # NaN comes last
    known = np.isfinite(ordered)
    count = known.sum(axis=1)
    low = _quantiles(ordered, count, WINSORISED_SHARE)
    high = _quantiles(ordered, count, 1 - WINSORISED_SHARE)
    with np.errstate(invalid="ignore"):
        drawn_in = np.clip(ordered, low[:, None], high[:, None]) ** 2
    squares = np.where(known, drawn_in, 0.0).sum(axis=1) / np.maximum(count, 1)
    return np.where(count < TOO_FEW_MEMBERS, 1.0, np.maximum(1.0, squares / winsorised_variance()))


def _quantiles(ordered: Numbers, count: NDArray[np.int64], share: float) -> Numbers:
    """Return one quantile of each row (type 7); the first `count` of a row are its values."""
    place = share * np.maximum(count - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    low = np.take_along_axis(ordered, below[:, None], axis=1)[:, 0]
    high = np.take_along_axis(ordered, above[:, None], axis=1)[:, 0]
    return np.asarray(low + (high - low) * (place - below), dtype=np.float64)


@lru_cache(maxsize=1)
def winsorised_variance() -> float:
    """Return what winsorising leaves of the variance of a normal curve."""
    normal = NormalDist()
    edge = normal.inv_cdf(1 - WINSORISED_SHARE)
    inside = 1 - 2 * WINSORISED_SHARE - 2 * edge * normal.pdf(edge)
    return inside + 2 * WINSORISED_SHARE * edge**2


def outcome_word(side: Side | None, direction: DirectionWord) -> str:
    """Return better, similar, worse, or higher, similar, lower; or cannot_compare."""
    if side is None:
        return "cannot_compare"
    if side is Side.SIMILAR:
        return "similar"
    if direction is DirectionWord.NONE:
        return "higher" if side is Side.ABOVE else "lower"
    is_good = (side is Side.ABOVE) == (direction is DirectionWord.HIGHER_IS_BETTER)
    return "better" if is_good else "worse"
