"""Is a figure going up or down, beyond chance? Five yearly points; docs/methods/trend.md.

The chi-square test for a linear trend (Cochran 1954, Armitage 1955) where the figures are
proportions with known parts; else a line weighted by the inverse square of the standard errors
that the intervals imply. The direction must stand when each point is left out in turn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers
from indicators.model import DirectionWord
from indicators.trend_points import POINTS, Chosen, PointTable, choose_points

CHI_SQUARE_LIMIT: Final = 9.549536
"""The 99.8 % point of chi-square with one degree of freedom: chance passes it 1 time in 500."""

_INTERVAL_IN_ERRORS: Final = 3.92
"""A 95 % interval is this many standard errors wide."""
_NOTHING: Final = 1e-9
"""A movement smaller than this part of the figures is the rounding of the computer."""


class Marker(StrEnum):
    """What five points say."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NO_CHANGE = "no_change"


class Why(StrEnum):
    """Why there is no marker, or (the last three) why the marker is no change."""

    TOO_FEW_POINTS = "too_few_points"
    NO_INTERVAL = "no_interval"
    OVERLAPPING_PERIODS = "overlapping_periods"
    NOT_YEARLY = "not_yearly"
    BREAK_INSIDE = "break_inside"
    ZERO_WIDTH_INTERVAL = "zero_width_interval"
    WITHIN_CHANCE = "within_chance"
    RESTS_ON_ONE_POINT = "rests_on_one_point"
    TOO_SMALL_TO_SHOW = "too_small_to_show"


WORDS: Final[Mapping[Why, str]] = {
    Why.TOO_FEW_POINTS: "Fewer than five yearly figures in the last seven years",
    Why.NO_INTERVAL: "The figures have no valid interval",
    Why.OVERLAPPING_PERIODS: "The periods overlap, so the figures share events",
    Why.NOT_YEARLY: "The figures are not a year or more apart",
    Why.BREAK_INSIDE: "Figures before and after a break cannot be compared",
    Why.ZERO_WIDTH_INTERVAL: "An interval has no width, so its figure has no known error",
    Why.WITHIN_CHANCE: "The movement is no more than chance explains",
    Why.RESTS_ON_ONE_POINT: "The movement goes away when a single year is left out",
    Why.TOO_SMALL_TO_SHOW: "The movement is too small to be seen in the figures as shown",
}


@dataclass(frozen=True)
class Trend:
    """The result for one series: a marker, or the reason why there is none.

    `slope` is per year on the scale of the indicator. `periods` are those of the points used,
    oldest first; a series without a marker has none of the numbers.
    """

    marker: Marker | None
    reason: Why | None
    chi_square: float | None = None
    slope: float | None = None
    is_robust: bool | None = None
    periods: tuple[str, ...] = ()

    @property
    def points_used(self) -> int:
        """How many points the marker rests on."""
        return len(self.periods)


def better_or_worse(marker: Marker | None, direction: DirectionWord) -> str | None:
    """Return `better` or `worse`; None without a movement or where neither way is good."""
    if marker in (None, Marker.NO_CHANGE) or direction is DirectionWord.NONE:
        return None
    is_up = marker is Marker.INCREASING
    return "better" if is_up == (direction is DirectionWord.HIGHER_IS_BETTER) else "worse"


def find_trends(table: PointTable) -> tuple[Trend, ...]:
    """Judge every row of a table of points, by its latest five."""
    if not len(table.value):
        return ()
    chosen = choose_points(table)
    years = chosen.years - chosen.years[:, :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = (chosen.upper - chosen.lower) / _INTERVAL_IN_ERRORS
        weighted, slope = weighted_line(years, chosen.value, errors)
        counted = proportion_chi_square(years, chosen.numerator, chosen.denominator)
        chi_square = np.where(table.is_proportion, counted, weighted)
        is_robust = keeps_its_direction(years, chosen.value, errors)
    missing = _why_no_marker(table, chosen)
    span = years[:, -1] - years[:, 0]
    is_seen = np.abs(slope) * span >= 0.5 * 10.0**-table.decimals
    return tuple(
        Trend(None, missing[row])
        if missing[row]
        else _judged(
            float(chi_square[row]),
            float(slope[row]),
            bool(is_robust[row]),
            bool(is_seen[row]),
            tuple(table.periods[row][place] for place in chosen.places[row]),
        )
        for row in range(len(slope))
    )


def _judged(
    chi_square: float, slope: float, is_robust: bool, is_seen: bool, periods: tuple[str, ...]
) -> Trend:
    marker, reason = Marker.NO_CHANGE, None
    if chi_square <= CHI_SQUARE_LIMIT:
        reason = Why.WITHIN_CHANCE
    elif not is_robust:
        reason = Why.RESTS_ON_ONE_POINT
    elif not is_seen:
        reason = Why.TOO_SMALL_TO_SHOW
    else:
        marker = Marker.INCREASING if slope > 0 else Marker.DECREASING
    return Trend(marker, reason, chi_square, slope, is_robust, periods)


def _why_no_marker(table: PointTable, chosen: Chosen) -> Sequence[Why | None]:
    """Return for each row the first reason that applies; None where there is a marker."""
    is_full = chosen.count >= POINTS
    gaps = np.diff(chosen.years, axis=1)
    with np.errstate(invalid="ignore"):
        tests: tuple[tuple[Why, ArrayLike], ...] = (
            (Why.NO_INTERVAL, ~is_full & (chosen.count_with_value >= POINTS)),
            (Why.TOO_FEW_POINTS, ~is_full),
            (Why.OVERLAPPING_PERIODS, (chosen.start[:, 1:] <= chosen.end[:, :-1]).any(axis=1)),
            (Why.NOT_YEARLY, (gaps < 1).any(axis=1)),
            (Why.BREAK_INSIDE, chosen.era[:, 0] != chosen.era[:, -1]),
            (Why.ZERO_WIDTH_INTERVAL, (chosen.upper <= chosen.lower).any(axis=1)),
        )
    reasons: list[Why | None] = [None] * len(table.value)
    for why, applies in reversed(tests):
        for row in np.flatnonzero(applies):
            reasons[row] = why
    return reasons


def proportion_chi_square(years: Numbers, numerator: Numbers, denominator: Numbers) -> Numbers:
    """Return the chi-square for a linear trend in proportions, for each row (Armitage 1955).

    0 where every count is nought or every count is full: nothing moves.
    """
    n, cases = denominator.sum(axis=1), numerator.sum(axis=1)
    time_n = (years * denominator).sum(axis=1)
    time_cases = (years * numerator).sum(axis=1)
    spread = n * (years**2 * denominator).sum(axis=1) - time_n**2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = n * (n * time_cases - cases * time_n) ** 2 / (cases * (n - cases) * spread)
    return np.where((cases == 0) | (cases == n), 0.0, found)


def weighted_line(years: Numbers, value: Numbers, errors: Numbers) -> tuple[Numbers, Numbers]:
    """Return chi-square and slope per year of a line weighted by 1/error², for each row."""
    weights = errors**-2.0
    # Differences from the first figure keep equal figures exactly equal.
    moved = value - value[:, :1]
    total, top, bottom = _sums(weights, years, moved)
    with np.errstate(divide="ignore", invalid="ignore"):
        return top**2 / (total * bottom), top / bottom


def keeps_its_direction(years: Numbers, value: Numbers, errors: Numbers) -> NDArray[np.bool_]:
    """Say whether the slope keeps its sign when each point is left out in turn.

    A slope of nought is no direction, whichever way the other slopes go: a single unusual year
    makes no trend, up or down.
    """
    points = years.shape[1]
    kept = np.vstack([np.ones((1, points)), 1 - np.eye(points)])
    weights = (errors**-2.0)[:, None, :] * kept
    moved = (value - value[:, :1])[:, None, :]
    _, top, bottom = _sums(weights, years[:, None, :], moved)
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = top / bottom
        reach = np.abs(slopes) * (years[:, -1:] - years[:, :1])
        smallest = _NOTHING * np.abs(value).max(axis=1, keepdims=True)
        signs = np.where(reach > smallest, np.sign(slopes), 0.0)
    agree = (signs[:, :1] != 0) & (signs == signs[:, :1])
    return np.asarray(agree.all(axis=1), dtype=np.bool_)


def _sums(weights: Numbers, years: Numbers, moved: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the sum of weights, and top and bottom of the weighted least-squares slope."""
    total = weights.sum(axis=-1)
    with_years = (weights * years).sum(axis=-1)
    top = total * (weights * years * moved).sum(axis=-1) - with_years * (weights * moved).sum(
        axis=-1
    )
    bottom = total * (weights * years**2).sum(axis=-1) - with_years**2
    return total, top, bottom
