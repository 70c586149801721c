"""The figures of one indicator in one period for every area, ready for statistics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.columns import OK
from api.figure_table import FigureTable, read_table
from api.group_table import Members, group_table, pooled_values
from api.opened import OpenRelease
from indicators.arithmetic import plain_number
from indicators.cells import STATUSES, flag_names
from indicators.comparison import Summary
from indicators.model import Arithmetic, Indicator
from indicators.shown_numbers import shown_limits

SUMMARY: Final = ("mean", "median", "q25", "q75")

Number = float | int | None


@dataclass(frozen=True)
class Figures:
    """Columns by area code: numbers are NaN unless the status is ok."""

    release: OpenRelease
    indicator: Indicator
    period: int
    status: NDArray[np.int64]
    flags: NDArray[np.int64]
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    ci_lower: NDArray[np.float64]
    ci_upper: NDArray[np.float64]
    unit: NDArray[np.int64]
    """The area that stands for the return: two authorities that return jointly share one."""

    source: NDArray[np.int64]
    """The code of the source of each figure, -1 where there is no cell."""

    table: FigureTable
    """The same as a table of one row."""

    @property
    def is_ok(self) -> NDArray[np.bool_]:
        """Whether an area has a value."""
        return np.asarray(self.status == OK)

    @cached_property
    def is_there(self) -> NDArray[np.bool_]:
        """Whether an area counts: it existed on the last day of the period or has a figure in it.

        A figure that is withheld is one too: the rule by which /observations gives rows.
        """
        release = self.release
        return np.asarray(release.existed[self.period] | release.has_content[self.status])

    @cached_property
    def authorities(self) -> tuple[int, ...]:
        """The authorities that count."""
        codes = self.release.authorities
        return tuple(codes[self.is_there[codes]].tolist())

    def number(self, value: float) -> Number:
        """Return a value for an answer: None for NaN, whole where there are no decimals."""
        if np.isnan(value):
            return None
        number: Number = plain_number(float(value), self.indicator.decimals)
        return number

    def limit(self, value: float) -> float | None:
        """Return a limit of an interval, rounded for showing."""
        if not np.isfinite(value):
            return None
        return float(shown_limits(np.asarray(value), self.indicator.decimals))

    def flag_list(self, area: int) -> list[str]:
        """Return the flags of an area's figure."""
        return list(flag_names(int(self.flags[area])))

    @property
    def counts_authorities(self) -> bool:
        """Whether an authority is counted or not, and a group is how many of it are."""
        return self.indicator.arithmetic is Arithmetic.COUNT

    def source_id(self, area: int) -> str:
        """Return the id of the source of an area's figure, blank where there is no cell."""
        code = int(self.source[area])
        return "" if code < 0 else self.release.snapshot.source_ids[code]

    def status_name(self, area: int) -> str:
        """Return the status of an area's figure."""
        return str(STATUSES[int(self.status[area])])


@dataclass(frozen=True)
class Pooled:
    """A group taken together: the sums of its parts and what they come to."""

    numerator: float = float("nan")
    denominator: float = float("nan")
    value: Number = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Statistics:
    """What a group of areas comes to, from those with a value; joint returns count once."""

    members: int
    with_data: int
    units: int
    coverage: float | None
    summary: Summary
    flags: tuple[str, ...]
    without_data: tuple[str, ...]


def figures_of(release: OpenRelease, indicator: int, period: int) -> Figures:
    """Return the figures of an indicator in a period, not broken down."""
    key = ("figures", indicator, period)
    return release.recall(key, lambda: row_of(read_table(release, [(indicator, period)]), 0))


def row_of(table: FigureTable, row: int) -> Figures:
    """Return one row of a table as the figures of its indicator and period."""
    return Figures(
        release=table.release,
        indicator=table.indicators[row],
        period=int(table.periods[row]),
        status=table.status[row],
        flags=table.flags[row],
        value=table.value[row],
        numerator=table.numerator[row],
        denominator=table.denominator[row],
        ci_lower=table.ci_lower[row],
        ci_upper=table.ci_upper[row],
        unit=table.unit[row],
        source=table.source[row],
        table=table if len(table.pairs) == 1 else table.taken([row]),
    )


def statistics(figures: Figures, members: Sequence[int], owner: int | None = None) -> Statistics:
    """Return the statistics of a group of areas that count; `owner` has them as neighbours."""
    key = ("statistics", figures.indicator.id, figures.period, tuple(members), owner)
    return figures.release.recall(key, lambda: _statistics(figures, members, owner))


def pooled(figures: Figures, members: Sequence[int], owner: int | None = None) -> Pooled:
    """Return a group taken together; nothing of fewer than three returns."""
    table = group_table(figures.table, [Members(tuple(members), owner, is_named=True)])
    top, bottom, count = table.parts
    value, lower, upper = (one[0, 0] for one in pooled_values(figures.table, top, bottom, count))
    if np.isnan(value):
        return Pooled()
    return Pooled(
        numerator=float(top[0, 0]),
        denominator=float(bottom[0, 0]),
        value=figures.number(value),
        lower=figures.limit(lower),
        upper=figures.limit(upper),
    )


def summary_fields(figures: Figures, summary: Summary) -> dict[str, Number]:
    """Return a summary as fields of an answer."""
    held = {name: getattr(summary, name) for name in SUMMARY}
    return {name: None if v is None else figures.number(v) for name, v in held.items()}


def units_of(figures: Figures, members: Iterable[int]) -> list[int]:
    """Return the members with a value, one for each return."""
    is_ok = figures.is_ok
    first: dict[int, int] = {}
    for member in members:
        if is_ok[member]:
            first.setdefault(int(figures.unit[member]), member)
    return list(first.values())


def _statistics(figures: Figures, members: Sequence[int], owner: int | None) -> Statistics:
    table = group_table(figures.table, [Members(tuple(members), owner, is_named=True)])
    coverage, summaries = float(table.coverage[0, 0]), table.summaries
    found = {name: float(getattr(summaries, name)[0, 0]) for name in SUMMARY}
    return Statistics(
        members=int(table.members[0, 0]),
        with_data=int(table.with_data[0, 0]),
        units=int(table.units[0, 0]),
        coverage=None if np.isnan(coverage) else coverage,
        summary=Summary(**{name: None if np.isnan(v) else v for name, v in found.items()}),
        flags=table.flags(0, 0),
        without_data=tuple(table.without_data.get((0, 0), ())),
    )
