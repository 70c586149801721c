"""How large revisions are: of each figure, and of an indicator taken together.

Only a figure that has a number before and after has a size. What was suppressed or withdrawn, or
is new, has none: a size beside a number would give the other number away.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers, rounded

RELATIVE_DECIMALS: Final = 1
"""A relative change is a percentage with one decimal."""

_EXACT: Final = 6
"""Values have fewer decimals than this, so that rounding to it takes away binary noise alone."""


@dataclass(frozen=True)
class Sizes:
    """New minus old, and that per cent of the old; NaN where there is no such number."""

    change: Numbers
    relative: Numbers


@dataclass(frozen=True)
class Spread:
    """How large the revisions of one indicator are, regardless of their sign; None of none."""

    count: int
    median: float | None
    largest: float | None


def find_sizes(old: ArrayLike, new: ArrayLike) -> Sizes:
    """Return the sizes of changes from values as shown; NaN stands for no number.

    The percentage is of the old value without its sign, so that a change upwards is always
    positive. There is none where the old value is 0.
    """
    before = np.asarray(old, dtype=np.float64)
    change = np.round(np.asarray(new, dtype=np.float64) - before, _EXACT) + 0.0
    base = np.abs(before)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(base > 0, 100 * change / base, np.nan)
    return Sizes(change, rounded(relative, RELATIVE_DECIMALS))


def find_spread(change: ArrayLike, decimals: int) -> Spread:
    """Return median and largest of the changes that have a size, rounded once to `decimals`."""
    sizes = np.asarray(change, dtype=np.float64)
    known = np.abs(sizes[np.isfinite(sizes)])
    if not len(known):
        return Spread(0, None, None)
    found = np.round([np.median(known), np.max(known)], _EXACT)
    median, largest = rounded(found, decimals).tolist()
    return Spread(len(known), median, largest)


def largest_first(indicator: ArrayLike, change: ArrayLike) -> NDArray[np.int64]:
    """Return an order of rows: indicators as they come, the largest change of each first.

    Sizes are compared in the unit of the indicator, so never between two indicators. Rows without
    a size stand last, in their order.
    """
    sizes = np.abs(np.asarray(change, dtype=np.float64))
    keys = np.where(np.isfinite(sizes), -sizes, np.inf)
    return np.lexsort((keys, np.asarray(indicator))).astype(np.int64)
