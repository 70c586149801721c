"""What figures are compared with, as columns: a published figure, a group, the past, a target."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.comparators import NEIGHBOURS, Against, Comparator, Group
from api.figure_table import Codes, FigureTable, Marks, Numbers
from api.group_table import GroupTable, Kind, Members, group_table, pooled_values
from api.own_past import Before, figures_before

_ANY_DAY: Final = date.max
"""Of comparators that no day matters to."""


@dataclass(frozen=True)
class Groups:
    """The groups of some areas for one comparator, row by row of a table.

    Inspection judgements are read on a day of each row, so that an area may stand in one group in
    one row and in another in the next: `sets` has the groups by day and place, `days` the day of
    each row. `of` says by row and place which of the distinct `members` they are.
    """

    comparator: Comparator
    areas: tuple[int, ...]
    days: tuple[date, ...]
    sets: Mapping[date, tuple[Group, ...]]
    members: tuple[Members, ...]
    of: Codes
    is_member: Marks
    """By row and place whether the area is a member of its own group."""

    def at(self, row: int, place: int) -> Group:
        """Return the group of one figure."""
        return self.sets[self.days[row]][place]

    def by_row(self, find: Callable[[Group], bool | int | str | None]) -> NDArray[Any]:
        """Return something of every group by row and place."""
        found = {day: [find(group) for group in groups] for day, groups in self.sets.items()}
        return np.asarray([found[day] for day in self.days], dtype=object)

    def taken(self, rows: Sequence[int]) -> "Groups":
        """Return the groups of some rows."""
        days = tuple(self.days[row] for row in rows)
        places = list(rows)
        return replace(self, days=days, of=self.of[places], is_member=self.is_member[places])

    def spread(self, column: NDArray[Kind]) -> NDArray[Kind]:
        """Lay a column by row and group out by row and place."""
        return np.take_along_axis(column, self.of, axis=1)


@dataclass(frozen=True)
class Basis:
    """What the figures of a table are compared with, by row and place among the areas.

    `top` and `bottom` are the parts that a figure is tested against (`bottom` is 1 beside a share
    or a rate); `figure` is what is shown and `difference` taken from; `pooled` is the group taken
    together, the area left out, or the published figure of a whole, with its limits.
    """

    groups: Groups
    table: FigureTable
    statistics: GroupTable
    top: Numbers
    bottom: Numbers
    figure: Numbers
    pooled: Numbers
    pooled_lower: Numbers
    pooled_upper: Numbers
    uses_median: Marks
    before: Before | None = None
    others: Codes | None = None
    """How many returns with both parts a group has without the area itself."""


def groups_of_areas(
    table: FigureTable, comparator: Comparator, areas: Sequence[int], days: Sequence[date]
) -> Groups:
    """Find the group of each area on the day of each row, each distinct one once."""
    release = table.release
    held = days if comparator.is_dated else (_ANY_DAY,) * len(days)
    sets = {
        day: tuple(comparator.build(release, release.areas[area], day) for area in areas)
        for day in dict.fromkeys(held)
    }
    numbers: dict[Members, int] = {}
    of: dict[date, list[int]] = {}
    inside: dict[date, list[bool]] = {}
    for day, groups in sets.items():
        of[day] = []
        inside[day] = [a in group.members for a, group in zip(areas, groups, strict=True)]
        for area, group, is_in in zip(areas, groups, inside[day], strict=True):
            owner = None if is_in or group.whole is not None else area
            members = Members(group.members, owner, comparator.is_named)
            of[day].append(numbers.setdefault(members, len(numbers)))
    shape = (len(held), len(areas))
    return Groups(
        comparator=comparator,
        areas=tuple(areas),
        days=tuple(held),
        sets=sets,
        members=tuple(numbers),
        of=np.asarray([of[day] for day in held], dtype=np.int64).reshape(shape),
        is_member=np.asarray([inside[day] for day in held], dtype=np.bool_).reshape(shape),
    )


def find_basis(table: FigureTable, groups: Groups) -> Basis:
    """Return what each figure is compared with."""
    statistics = group_table(table, groups.members)
    against = groups.comparator.against
    if against is Against.GROUP:
        return _of_group(table, groups, statistics)
    shape = (len(table.pairs), len(groups.areas))
    nothing = np.full(shape, np.nan)
    if against is Against.TARGET:
        target = np.full(shape, groups.comparator.target)
        share = target / table.multiplier[:, None]
        return _plain(table, groups, statistics, (share, np.ones(shape)), target)
    if against is Against.PAST:
        before = figures_before(table, groups.areas)
        areas = list(groups.areas)
        known = before.has_before[:, None]
        parts = [
            np.where(known, part[:, areas], np.nan)
            for part in (before.earlier.numerator, before.earlier.denominator)
        ]
        figure = np.where(known, before.earlier.value[:, areas], np.nan)
        return _plain(table, groups, statistics, (parts[0], parts[1]), figure, before)
    share, figure, lower, upper = (nothing.copy() for _ in range(4))
    wholes = np.asarray([-1 if one.whole is None else one.whole for one in groups.sets[_ANY_DAY]])
    for whole in np.unique(wholes[wholes >= 0]).tolist():
        places = wholes == whole
        share[:, places] = table.share_of(whole)[:, None]
        for column, held in ((figure, table.value), (lower, table.ci_lower), (upper, table.ci_upper)):  # fmt: skip  # noqa: E501
            column[:, places] = held[:, [whole]]
    none = np.zeros(shape, dtype=np.bool_)
    return Basis(
        groups, table, statistics, share, np.ones(shape), figure, figure, lower, upper, none
    )


def _plain(
    table: FigureTable,
    groups: Groups,
    statistics: GroupTable,
    parts: tuple[Numbers, Numbers],
    figure: Numbers,
    before: Before | None = None,
) -> Basis:
    nothing = np.full(figure.shape, np.nan)
    none = np.zeros(figure.shape, dtype=np.bool_)
    return Basis(groups, table, statistics, *parts, figure, nothing, nothing, nothing, none, before)


def _of_group(table: FigureTable, groups: Groups, statistics: GroupTable) -> Basis:
    """Take each area's group together without the area, and show its median or that."""
    areas = list(groups.areas)
    tops, bottoms = (groups.spread(part) for part in statistics.parts[:2])
    counts = groups.spread(statistics.parts[2])
    own_top, own_bottom = table.numerator[:, areas], table.denominator[:, areas]
    is_member = groups.is_member
    is_counted = is_member & np.isfinite(own_top) & np.isfinite(own_bottom)
    count = counts - is_counted
    top = tops - np.where(is_counted, own_top, 0.0)
    bottom = bottoms - np.where(is_counted, own_bottom, 0.0)
    pooled, lower, upper = pooled_values(table, top, bottom, count)
    is_lost = np.isnan(pooled)
    is_median = (groups.comparator.word == NEIGHBOURS) | is_lost
    uses_median = is_median & ~table.is_counting[:, None]
    median = groups.spread(statistics.summaries.median)
    return Basis(
        groups=groups,
        table=table,
        statistics=statistics,
        top=np.where(is_lost, np.nan, top),
        bottom=np.where(is_lost, np.nan, bottom),
        figure=np.where(uses_median, median, pooled),
        pooled=pooled,
        pooled_lower=lower,
        pooled_upper=upper,
        uses_median=uses_median,
        others=count,
    )
