"""From numerator and denominator to value, and rounding as publishers do: half up, in decimal."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.model import Arithmetic, Indicator

Numbers = NDArray[np.float64]


def as_decimal(value: float) -> Decimal:
    """Return the decimal that a reader sees for a float: 22.6 is 22.6, not 22.60000000000000142."""
    return Decimal(repr(float(value)))


def round_half_up(value: float, decimals: int) -> float:
    """Round half away from zero, as the publishers do; 20.95 to one decimal is 21.0."""
    step = Decimal(1).scaleb(-decimals)
    return float(as_decimal(value).quantize(step, rounding=ROUND_HALF_UP))


def rounded(values: ArrayLike, decimals: int) -> Numbers:
    """Round each number half up; NaN stays NaN.

    Numbers far from a half are rounded in binary, which cannot err there; the others, whose
    shortest decimal decides, by round_half_up.
    """
    numbers = np.asarray(values, dtype=np.float64)
    scale = 10.0**decimals
    scaled = np.abs(numbers) * scale
    with np.errstate(invalid="ignore"):
        whole = np.floor(scaled)
        rest = scaled - whole
        is_close = (np.abs(rest - 0.5) < _CLOSE) | (scaled > _EXACT)
        results = np.copysign((whole + (rest > 0.5)) / scale, numbers)
    results = np.where(np.isfinite(numbers), results + 0.0, numbers)
    for place in np.flatnonzero(is_close & np.isfinite(numbers)):
        results.flat[place] = round_half_up(float(numbers.flat[place]), decimals)
    return np.asarray(results, dtype=np.float64)


_CLOSE: Final = 1e-6
"""Nearer to a half than this, the error of a division or product could decide; it is far less."""
_EXACT: Final = 2.0**40
"""Above this a scaled number has too few binary digits left after the point."""


def value_from_parts(
    arithmetic: Arithmetic, numerator: ArrayLike, denominator: ArrayLike
) -> Numbers:
    """Return numerator over denominator times the multiplier, unrounded.

    NaN where a part is missing or the denominator is 0. The division is made on the parts
    multiplied first, so that 1 in 8 per cent is exactly 12.5. A count is its numerator.
    """
    multiplier = arithmetic.multiplier
    top = np.asarray(numerator, dtype=np.float64)
    if arithmetic is Arithmetic.COUNT:
        return top
    bottom = np.asarray(denominator, dtype=np.float64)
    if multiplier is None:
        return np.full(np.broadcast(top, bottom).shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top * multiplier / bottom, np.nan)


def published_value(indicator: Indicator, numerator: ArrayLike, denominator: ArrayLike) -> Numbers:
    """Return the value rounded half up to the indicator's decimals."""
    return rounded(
        value_from_parts(indicator.arithmetic, numerator, denominator), indicator.decimals
    )


def decimal_mean(values: Sequence[float]) -> Decimal | None:
    """Return the exact mean of values as shown; None of no values."""
    return sum(map(as_decimal, values), Decimal(0)) / len(values) if values else None


def decimal_quantile(values: Sequence[float], share: str) -> Decimal | None:
    """Return the quantile between neighbouring ranks (type 7), exactly; None of no values.

    `share` is text such as "0.25", so that no binary fraction comes in.
    """
    if not values:
        return None
    ordered = sorted(map(as_decimal, values))
    place = Decimal(share) * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def shown(value: Decimal | None, decimals: int) -> float | None:
    """Round once, half up, for showing; None stays None."""
    step = Decimal(1).scaleb(-decimals)
    return None if value is None else float(value.quantize(step, rounding=ROUND_HALF_UP))


def plain_number(value: float, decimals: int) -> Any:
    """Return an int where no decimals are shown and none are there, else the float."""
    return int(value) if decimals == 0 and float(value).is_integer() else value
