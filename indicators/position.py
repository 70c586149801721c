"""Where an authority stands among all: rank, percentile, quarter; docs/methods/position.md.

Shown only where a place means something: no rank for authorities so small that one child moves
them through the list, and none at all where many of the authorities are missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers
from indicators.model import Arithmetic, DirectionWord, Indicator

MIN_DENOMINATOR: Final = 30
"""Of fewer, one child moves a percentage by more than 3.3 points, about a quarter's width."""
MIN_EXPECTED: Final = 5
"""Counted, and not counted, if the authority were like all together (Cochran 1954)."""
MIN_AUTHORITIES: Final = 20
"""Five in each quarter, the fewest that a group statistic is given for without a flag."""
MIN_SHARE: Final = 0.5
"""Of the authorities that can be ranked; those missing are mostly missing for small counts."""


class Order(StrEnum):
    """What rank 1 means."""

    BEST_FIRST = "best_first"
    HIGHEST_FIRST = "highest_first"


class NoPosition(StrEnum):
    """Why an authority has no position."""

    NOT_RANKABLE = "not_rankable"
    NO_VALUE = "no_value"
    IS_A_COUNT = "is_a_count"
    SMALL_DENOMINATOR = "small_denominator"
    SMALL_EXPECTED_COUNT = "small_expected_count"
    TOO_FEW_AUTHORITIES = "too_few_authorities"


WORDS: Final[Mapping[NoPosition, str]] = {
    NoPosition.NOT_RANKABLE: "This authority stands in no ranking",
    NoPosition.NO_VALUE: "There is no value to rank",
    NoPosition.IS_A_COUNT: "A count grows with the size of an authority",
    NoPosition.SMALL_DENOMINATOR: f"The value is of fewer than {MIN_DENOMINATOR}",
    NoPosition.SMALL_EXPECTED_COUNT: (
        f"An authority of this size would count fewer than {MIN_EXPECTED} by the figures of all"
    ),
    NoPosition.TOO_FEW_AUTHORITIES: (
        f"Fewer than half of the authorities, or fewer than {MIN_AUTHORITIES}, can be ranked"
    ),
}


@dataclass(frozen=True)
class Field:
    """All authorities of one indicator and period, as columns; NaN where nothing is known."""

    is_rankable: NDArray[np.bool_]
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True)
class Position:
    """Where one authority stands, or the reason why it stands nowhere.

    `tied` counts the authorities that share the rank, itself among them. `percentile` is the
    share with a lower value, ties counting half. `quarter` 1 holds rank 1. `rank_from` and
    `rank_to` are the ranks that chance alone leaves open.
    """

    reason: NoPosition | None
    rank: int | None = None
    ranked: int | None = None
    tied: int | None = None
    percentile: float | None = None
    quarter: int | None = None
    band: str | None = None
    rank_from: int | None = None
    rank_to: int | None = None


_REASONS: Final = tuple(NoPosition)
_CODES: Final = {reason: code for code, reason in enumerate(_REASONS, 1)}


@dataclass(frozen=True)
class Positions:
    """The positions of a field, as columns; 0 (percentile NaN) where there is none."""

    order: Order
    ranked: int
    reason: NDArray[np.int8]
    rank: NDArray[np.int64]
    tied: NDArray[np.int64]
    percentile: Numbers
    quarter: NDArray[np.int64]
    rank_from: NDArray[np.int64]
    rank_to: NDArray[np.int64]

    def of(self, place: int) -> Position:
        """Return the position of one authority of the field."""
        code = int(self.reason[place])
        if code:
            return Position(_REASONS[code - 1])
        quarter = int(self.quarter[place])
        return Position(
            reason=None,
            rank=int(self.rank[place]),
            ranked=self.ranked,
            tied=int(self.tied[place]),
            percentile=float(self.percentile[place]),
            quarter=quarter,
            band="ABCD"[quarter - 1] if self.order is Order.BEST_FIRST else None,
            rank_from=int(self.rank_from[place]) or None,
            rank_to=int(self.rank_to[place]) or None,
        )


def order_of(indicator: Indicator) -> Order:
    """Return what rank 1 means: the best value, or the highest where neither way is good."""
    is_neither = indicator.direction.good is DirectionWord.NONE
    return Order.HIGHEST_FIRST if is_neither else Order.BEST_FIRST


def find_positions(indicator: Indicator, field: Field) -> Positions:
    """Return the positions of all authorities of a field, in its order."""
    reason = why_none(indicator, field)
    has_one = reason == 0
    value, lower, upper = field.value[has_one], field.lower[has_one], field.upper[has_one]
    sign = 1.0 if indicator.direction.good is DirectionWord.LOWER_IS_BETTER else -1.0
    ahead, equal = count_ahead(sign * value)
    below = ahead if sign > 0 else len(value) - ahead - equal
    first, last = possible_ranks(*((lower, upper) if sign > 0 else (-upper, -lower)))
    is_open = np.isfinite(lower + upper)

    def spread(numbers: ArrayLike) -> NDArray[np.int64]:
        result = np.zeros(len(reason), dtype=np.int64)
        result[has_one] = numbers
        return result

    percentile = np.full(len(reason), np.nan)
    percentile[has_one] = 100 * (below + (equal - 1) / 2) / max(len(value) - 1, 1)
    return Positions(
        order=order_of(indicator),
        ranked=len(value),
        reason=reason,
        rank=spread(ahead + 1),
        tied=spread(equal),
        percentile=percentile,
        quarter=spread(quarters(ahead, equal)),
        rank_from=spread(np.where(is_open, np.minimum(first, ahead + 1), 0)),
        rank_to=spread(np.where(is_open, np.maximum(last, ahead + 1), 0)),
    )


def why_none(indicator: Indicator, field: Field) -> NDArray[np.int8]:
    """Return for each authority the code of why it has no position; 0 where it has one."""
    has_value = field.is_rankable & np.isfinite(field.value)
    is_count = indicator.arithmetic is Arithmetic.COUNT
    with np.errstate(invalid="ignore"):
        tests = (
            (
                NoPosition.SMALL_EXPECTED_COUNT,
                expected_counts(indicator, field, has_value) < MIN_EXPECTED,
            ),
            (NoPosition.SMALL_DENOMINATOR, field.denominator < MIN_DENOMINATOR),
            (NoPosition.IS_A_COUNT, is_count),
            (NoPosition.NO_VALUE, ~np.isfinite(field.value)),
            (NoPosition.NOT_RANKABLE, ~field.is_rankable),
        )
    reason = np.zeros(len(field.value), dtype=np.int8)
    for why, applies in tests:
        reason[applies] = _CODES[why]
    fewest = max(MIN_AUTHORITIES, MIN_SHARE * int(field.is_rankable.sum()))
    if np.count_nonzero(reason == 0) < fewest:
        reason[reason == 0] = _CODES[NoPosition.TOO_FEW_AUTHORITIES]
    return reason


def expected_counts(indicator: Indicator, field: Field, counts: NDArray[np.bool_]) -> Numbers:
    """Return the smaller of the counts expected in and outside of the numerator.

    Expected is what the authority would count at the pooled value of all that count; not its
    own count, for that would take the lowest values out of the list and leave the highest in.
    NaN where the parts are unknown or are no counts of anything.
    """
    nothing = np.full(len(field.value), np.nan)
    known = counts & np.isfinite(field.numerator) & np.isfinite(field.denominator)
    if indicator.arithmetic not in (Arithmetic.PERCENTAGE, Arithmetic.RATE_PER_10000):
        return nothing
    total = field.denominator[known].sum()
    if total <= 0:
        return nothing
    pooled = field.numerator[known].sum() / total
    if indicator.arithmetic is Arithmetic.PERCENTAGE:
        pooled = min(pooled, 1 - pooled)
    return np.asarray(field.denominator * pooled, dtype=np.float64)


def count_ahead(keys: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many keys are smaller than each, and how many equal it (itself included)."""
    numbers = np.asarray(keys, dtype=np.float64)
    ordered = np.sort(numbers)
    ahead = np.searchsorted(ordered, numbers, side="left")
    return ahead, np.searchsorted(ordered, numbers, side="right") - ahead


def quarters(ahead: NDArray[np.int64], equal: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return 1 to 4 by the middle of the ranks that equal values share.

    Equal values stay together, and the same values give mirrored quarters when the other way
    is good, but for a middle that falls exactly on the half, which is in quarter 2.
    """
    twice_middle, n = 2 * ahead + equal, len(ahead)
    return 1 + (2 * twice_middle >= n) + (twice_middle > n) + (2 * twice_middle > 3 * n)


def possible_ranks(lower: Numbers, upper: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and last rank that the intervals leave open, smallest values first.

    An authority is certainly ahead of another only if its whole interval is. One without an
    interval is certainly nowhere.
    """
    ends, starts = (np.sort(limits[np.isfinite(limits)]) for limits in (upper, lower))
    certainly_ahead = np.searchsorted(ends, lower, side="left")
    certainly_behind = len(starts) - np.searchsorted(starts, upper, side="right")
    return 1 + certainly_ahead, len(lower) - certainly_behind
