"""The points a trend may rest on: series as columns, and the latest five of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers, value_from_parts
from indicators.model import Arithmetic, Indicator, IntervalMethod
from reference.periods import Period, parse_period

POINTS: Final = 5
WINDOW_YEARS: Final = 7
"""The five points lie within so many years up to the latest period, known or not."""


@dataclass(frozen=True)
class Series:
    """Cells of one indicator: a row for each area, a column for each period, oldest first.

    NaN where nothing is known. `lower` and `upper` are 95 % limits as the cells hold them.
    """

    periods: tuple[Period, ...]
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True)
class PointTable:
    """Series of any indicators and areas, one a row, padded in front with NaN.

    `era` rises by 1 at each break. `value` is exact where the parts give it.
    """

    periods: tuple[tuple[str, ...], ...]
    years: Numbers
    start: Numbers
    end: Numbers
    era: Numbers
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    lower: Numbers
    upper: Numbers
    is_proportion: NDArray[np.bool_]
    decimals: Numbers


@dataclass(frozen=True)
class Chosen:
    """The latest five usable points of each row, oldest first; NaN where there are fewer."""

    places: NDArray[np.int64]
    years: Numbers
    start: Numbers
    end: Numbers
    era: Numbers
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    lower: Numbers
    upper: Numbers
    count: NDArray[np.int64]
    count_with_value: NDArray[np.int64]


_POINT_COLUMNS: Final = (
    "years", "start", "end", "era", "value", "numerator", "denominator", "lower", "upper",
)  # fmt: skip


def points_of(
    indicator: Indicator, series: Series, is_break: NDArray[np.bool_] | None = None
) -> PointTable:
    """Return the points of one indicator's series.

    `is_break` (a row for each area, or one for all) marks periods that cannot be compared with
    earlier ones, beside those that the definition declares.
    """
    shape = series.value.shape
    bounds = [period.bounds(indicator.measured) for period in series.periods]
    breaks = _declared_breaks(indicator, series.periods)
    if is_break is not None:
        breaks = breaks | is_break
    exact = value_from_parts(indicator.arithmetic, series.numerator, series.denominator)
    limits = indicator.interval.method is not IntervalMethod.NONE
    return PointTable(
        periods=(tuple(period.id for period in series.periods),) * shape[0],
        years=_spread([period.end.year for period in series.periods], shape),
        start=_spread([first.toordinal() for first, _ in bounds], shape),
        end=_spread([last.toordinal() for _, last in bounds], shape),
        era=_spread(np.cumsum(breaks, axis=-1), shape),
        value=np.where(np.isfinite(series.value) & np.isfinite(exact), exact, series.value),
        numerator=series.numerator,
        denominator=series.denominator,
        lower=series.lower if limits else np.full(shape, np.nan),
        upper=series.upper if limits else np.full(shape, np.nan),
        is_proportion=np.full(shape[0], _is_proportion(indicator)),
        decimals=np.full(shape[0], float(indicator.decimals)),
    )


def rows_of(table: PointTable, rows: slice) -> PointTable:
    """Return some of the rows, one after another."""
    return PointTable(
        periods=table.periods[rows],
        is_proportion=table.is_proportion[rows],
        decimals=table.decimals[rows],
        **{name: getattr(table, name)[rows] for name in _POINT_COLUMNS},
    )


def stacked(tables: Sequence[PointTable]) -> PointTable:
    """Put tables of several indicators under one another; at least one."""
    width = max(table.value.shape[1] for table in tables)

    def padded(name: str) -> Numbers:
        parts = [getattr(table, name) for table in tables]
        result = np.full((sum(map(len, parts)), width), np.nan)
        row = 0
        for part in parts:
            result[row : row + len(part), width - part.shape[1] :] = part
            row += len(part)
        return result

    blanks = [("",) * (width - table.value.shape[1]) for table in tables]
    return PointTable(
        periods=tuple(
            blank + row
            for blank, table in zip(blanks, tables, strict=True)
            for row in table.periods
        ),
        is_proportion=np.concatenate([table.is_proportion for table in tables]),
        decimals=np.concatenate([table.decimals for table in tables]),
        **{name: padded(name) for name in _POINT_COLUMNS},
    )


def choose_points(table: PointTable) -> Chosen:
    """Take from each row the latest five points with a value and an interval."""
    has_value = np.isfinite(table.value) & np.isfinite(table.years)
    if table.value.shape[1] < POINTS:
        table, has_value = _widened(table, has_value)
    with np.errstate(invalid="ignore"):
        last = np.nanmax(np.nan_to_num(table.years, nan=-np.inf), axis=1, keepdims=True)
        has_value &= table.years > last - WINDOW_YEARS
    is_usable = has_value & np.isfinite(table.lower) & np.isfinite(table.upper)
    # A stable order with the usable points last leaves them by time.
    places = np.argsort(is_usable, axis=1, kind="stable")[:, -POINTS:]
    taken = np.take_along_axis(is_usable, places, axis=1)
    columns = {
        name: np.where(taken, np.take_along_axis(getattr(table, name), places, axis=1), np.nan)
        for name in _POINT_COLUMNS
    }
    return Chosen(
        places=places,
        count=is_usable.sum(axis=1),
        count_with_value=has_value.sum(axis=1),
        **columns,
    )


def _widened(
    table: PointTable, has_value: NDArray[np.bool_]
) -> tuple[PointTable, NDArray[np.bool_]]:
    rows, width = table.value.shape
    empty = PointTable(
        periods=(),
        is_proportion=np.empty(0, dtype=bool),
        decimals=np.empty(0),
        **{name: np.empty((0, POINTS)) for name in _POINT_COLUMNS},
    )
    wider = stacked([table, empty])
    unknown = np.zeros((rows, POINTS - width), dtype=bool)
    return wider, np.hstack([unknown, has_value])


def _is_proportion(indicator: Indicator) -> bool:
    return (
        indicator.arithmetic is Arithmetic.PERCENTAGE
        and indicator.interval.method is IntervalMethod.WILSON
    )


def _declared_breaks(indicator: Indicator, periods: Sequence[Period]) -> NDArray[np.bool_]:
    """Mark the first period at or after each break that the definition declares."""
    ends = [period.end for period in periods]
    marks = np.zeros(len(periods), dtype=bool)
    for one in indicator.breaks:
        day = parse_period(one.period).end
        later = next((place for place, end in enumerate(ends) if end >= day), None)
        if later is not None:
            marks[later] = True
    return marks


def _spread(numbers: ArrayLike, shape: tuple[int, ...]) -> Numbers:
    result = np.empty(shape)
    result[:] = numbers
    return result
