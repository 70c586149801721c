"""What figures are compared with, as columns: a published figure, a group, the past, a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from api.comparators import NEIGHBOURS, Against, Comparator, Group
from api.figure_table import Codes, FigureTable, Marks, Numbers
from api.group_table import GroupTable, Members, group_table, pooled_values
from api.own_past import Before, figures_before


@dataclass(frozen=True)
class Groups:
    """The groups of some areas for one comparator; `of` says by place which group an area has."""

    comparator: Comparator
    areas: tuple[int, ...]
    by_place: tuple[Group, ...]
    members: tuple[Members, ...]
    of: Codes

    @cached_property
    def whole(self) -> Codes:
        """By place the area that stands for the whole, -1 where there is none."""
        wholes = [-1 if group.whole is None else group.whole for group in self.by_place]
        return np.asarray(wholes, dtype=np.int64)


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
    table: FigureTable, comparator: Comparator, areas: Sequence[int], judged_on: date
) -> Groups:
    """Find the group of each area, each distinct one once."""
    release = table.release
    found = tuple(comparator.build(release, release.areas[area], judged_on) for area in areas)
    places: dict[Members, int] = {}
    of = []
    for area, group in zip(areas, found, strict=True):
        owner = None if area in group.members or group.whole is not None else area
        members = Members(group.members, owner, comparator.is_named)
        of.append(places.setdefault(members, len(places)))
    return Groups(comparator, tuple(areas), found, tuple(places), np.asarray(of, dtype=np.int64))


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
    for whole in np.unique(groups.whole[groups.whole >= 0]).tolist():
        places = groups.whole == whole
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
    tops, bottoms = (part[:, groups.of] for part in statistics.parts[:2])
    counts = statistics.parts[2][:, groups.of]
    own_top, own_bottom = table.numerator[:, areas], table.denominator[:, areas]
    is_member = np.asarray(
        [area in group.members for area, group in zip(areas, groups.by_place, strict=True)]
    )
    is_counted = is_member & np.isfinite(own_top) & np.isfinite(own_bottom)
    count = counts - is_counted
    top = tops - np.where(is_counted, own_top, 0.0)
    bottom = bottoms - np.where(is_counted, own_bottom, 0.0)
    pooled, lower, upper = pooled_values(table, top, bottom, count)
    is_lost = np.isnan(pooled)
    is_median = (groups.comparator.word == NEIGHBOURS) | is_lost
    uses_median = is_median & ~table.is_counting[:, None]
    median = statistics.summaries.median[:, groups.of]
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
