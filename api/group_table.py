"""What groups of areas come to, for all rows of a figure table at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from api.figure_table import JOINT, Codes, FigureTable, Marks, Numbers
from api.opened import OpenRelease
from indicators.arithmetic import rounded
from indicators.cells import STATUSES, Flag
from indicators.comparison import FEW_MEMBERS, TOO_FEW_MEMBERS
from indicators.group_columns import (
    GroupSummaries,
    is_repeated,
    pooled_parts,
    summarise_groups,
)
from indicators.intervals import interval_of, rate
from indicators.model import IntervalMethod

Kind = TypeVar("Kind", np.float64, np.int64, np.bool_)

COVERAGE_DECIMALS: Final = 4
_NOISE_DECIMALS: Final = 9


@dataclass(frozen=True)
class Members:
    """The members of a group by area code.

    `owner` is the area that the group is of, where it is not itself a member, as with its
    neighbours: a member in its return has its own figure, and no statistic counts it.
    `is_named` says that all stand in the group whether or not they existed then.
    """

    codes: tuple[int, ...]
    owner: int | None = None
    is_named: bool = False


@dataclass(frozen=True)
class GroupTable:
    """Groups by row of a figure table; `place` are their members, -1 where a group is smaller.

    `counts` marks who is a member in a row, `has_data` who of them has a figure, and `is_unit`
    one of these for each return.
    """

    table: FigureTable
    groups: tuple[Members, ...]
    place: Codes
    counts: Marks
    has_data: Marks
    is_unit: Marks
    in_own_return: Marks

    @cached_property
    def members(self) -> Codes:
        """How many members there are, by row and group."""
        return np.asarray(self.counts.sum(axis=2))

    @cached_property
    def with_data(self) -> Codes:
        """How many of them have a figure."""
        return np.asarray(self.has_data.sum(axis=2))

    @cached_property
    def units(self) -> Codes:
        """How many returns these figures are of."""
        return np.asarray(self.is_unit.sum(axis=2))

    @cached_property
    def summaries(self) -> GroupSummaries:
        """Mean, median and quartiles; none of authorities that are counted or not."""
        values = np.where(self.is_unit, self._of(self.table.value), np.nan)
        is_none = self.table.is_counting[:, None, None]
        return summarise_groups(np.where(is_none, np.nan, values), self.table.decimals)

    @cached_property
    def parts(self) -> tuple[Numbers, Numbers, Codes]:
        """The sums of both parts over the returns that have them, and how many those are."""
        top, bottom = (
            np.where(self.is_unit, self._of(part), np.nan)
            for part in (self.table.numerator, self.table.denominator)
        )
        return pooled_parts(top, bottom)

    @cached_property
    def coverage(self) -> Numbers:
        """The share of the members' children who live where there is a value.

        The children of an authority that had ended are those of its successors, counted once.
        Shares of members where the number of children of one is not known.
        """
        heads = self._of(self._heads)
        counts, covered = self.counts, self.has_data
        ended = counts & ~self._of(self.table.release.existed[self.table.periods])
        if np.any(ended):
            counts, covered = self._footprints(ended)
        unknown: Marks = np.asarray(np.any(counts & ~np.isfinite(heads), axis=2), dtype=np.bool_)
        weights = np.where(unknown[:, :, None], 1.0, np.nan_to_num(heads))
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = (weights * covered).sum(axis=2) / (weights * counts).sum(axis=2)
        return np.asarray(np.round(shares, COVERAGE_DECIMALS), dtype=np.float64)

    def flags(self, row: int, group: int) -> tuple[str, ...]:
        """Return the flags of a group: that few returns are in it."""
        return (Flag.FEW_MEMBERS.value,) if self.units[row, group] < FEW_MEMBERS else ()

    @cached_property
    def without_data(self) -> dict[tuple[int, int], list[str]]:
        """By row and group the members without a figure as `CODE status`, where there are any.

        Those in the return of the owner come last, as `CODE joint_return`.
        """
        areas, status = self.table.release.areas, self.table.status
        found: dict[tuple[int, int], list[str]] = {}
        for marks, is_own in (
            (self.counts & ~self.has_data & ~self.in_own_return, False),
            (self.in_own_return, True),
        ):
            rows, groups, members = (places.tolist() for places in np.nonzero(marks))
            for row, group, member in zip(rows, groups, members, strict=True):
                place = self.place[group, member]
                why = Flag.JOINT_RETURN if is_own else STATUSES[status[row, place]]
                found.setdefault((row, group), []).append(f"{areas[place].code} {why}")
        return found

    @cached_property
    def _heads(self) -> Numbers:
        """The children of every area at the mid-year that the rates of a row use."""
        release = self.table.release
        years = [release.snapshot.periods[period].end.year - 1 for period in self.table.periods]
        return np.stack([heads_of(release, year) for year in years])

    def _of(self, columns: NDArray[Kind]) -> NDArray[Kind]:
        """Lay columns by row and area out by row, group and member."""
        return np.asarray(columns[:, self.place])

    def _footprints(self, ended: Marks) -> tuple[Marks, Marks]:
        """Put the successors among the members in the place of those that had ended."""
        release = self.table.release
        codes, places = release.snapshot.area_codes, release.snapshot.places
        counts, covered = self.counts.copy(), self.has_data.copy()
        rows, groups, members = (places.tolist() for places in np.nonzero(ended))
        for row, group, member in zip(rows, groups, members, strict=True):
            area = release.areas[self.place[group, member]].code
            after = [codes[code] for code in places.successors_of(area)]
            is_after = np.isin(self.place[group], after) & ~ended[row, group, :]
            among: Marks = counts[row, group, :] & is_after
            if np.any(among):
                counts[row, group, member] = False
                covered[row, group] |= among & self.has_data[row, group, member]
                covered[row, group, member] = False
        return counts, covered


def heads_of(release: OpenRelease, year: int) -> Numbers:
    """Return the children of each area at a mid-year; NaN where they are not known."""
    places = release.snapshot.places
    return release.recall(
        ("heads", year),
        lambda: np.asarray(
            [places.population_of(area.code, year) for area in release.areas], dtype=np.float64
        ),
    )


def group_table(table: FigureTable, groups: Sequence[Members]) -> GroupTable:
    """Lay groups out over a figure table."""
    width = max((len(group.codes) for group in groups), default=0)
    place = np.full((len(groups), max(width, 1)), -1, dtype=np.int64)
    for number, group in enumerate(groups):
        place[number, : len(group.codes)] = group.codes
    is_named = np.asarray([group.is_named for group in groups], dtype=np.bool_)
    counts = (place >= 0) & (is_named[:, None] | table.is_there[:, place])
    has_data = counts & table.is_ok[:, place]
    unit = table.unit[:, place]
    in_own_return = has_data & _shared_with_owner(table, groups, unit)
    has_data = has_data & ~in_own_return
    is_unit = has_data
    if (table.flags & JOINT).any():
        is_unit = has_data & ~is_repeated(unit, has_data)
    return GroupTable(table, tuple(groups), place, counts, has_data, is_unit, in_own_return)


def pooled_values(
    table: FigureTable, top: Numbers, bottom: Numbers, count: Codes
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the values that sums of parts come to, by row, with the limits of their intervals.

    NaN of fewer than three returns, and where values do not follow from sums.
    """
    adds_up = table.where(lambda one: one.arithmetic.adds_up)[:, None]
    is_enough = adds_up & (count >= TOO_FEW_MEMBERS)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(bottom > 0, top * table.multiplier[:, None] / bottom, np.nan)
    value = np.where(is_enough, np.where(table.is_counting[:, None], top, quotient), np.nan)
    shown, lower, upper = (np.full(value.shape, np.nan) for _ in range(3))
    for decimals in np.unique(table.decimals).tolist():
        rows = table.decimals == decimals
        shown[rows] = rounded(value[rows], decimals)
    for method in IntervalMethod:
        rows = table.where(lambda one, method=method: one.interval.method is method)  # type: ignore[misc]
        for multiplier in np.unique(table.multiplier[rows]).tolist():
            some = rows & (table.multiplier == multiplier)
            if some.any():
                like = table.indicators[int(np.flatnonzero(some)[0])]
                limits = (
                    [limit * multiplier for limit in rate(top[some], bottom[some])]
                    if method is IntervalMethod.PUBLISHED
                    else interval_of(like, top[some], bottom[some])
                )
                lower[some], upper[some] = limits
    is_known = np.isfinite(value)
    return shown, np.where(is_known, lower, np.nan), np.where(is_known, upper, np.nan)


def difference_shown(table: FigureTable, value: Numbers, other: Numbers) -> Numbers:
    """Return the difference of two figures as both are shown, rounded once, half up."""
    gap = np.round(value - other, _NOISE_DECIMALS)
    shown = np.full(gap.shape, np.nan)
    for decimals in np.unique(table.decimals).tolist():
        rows = table.decimals == decimals
        shown[rows] = rounded(gap[rows], decimals)
    return shown


def _shared_with_owner(table: FigureTable, groups: Sequence[Members], unit: Codes) -> Marks:
    """Mark the members in the return of the area that a group is of, without being in it."""
    owner = np.asarray([-1 if one.owner is None else one.owner for one in groups], dtype=np.int64)
    is_joint = (owner >= 0) & ((table.flags[:, owner] & JOINT) > 0)
    return np.asarray(is_joint[:, :, None] & (unit == table.unit[:, owner][:, :, None]))
