"""Rows of comparisons: the figure, what it is compared with, and whether that is beyond chance."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np

from api.bases import find_basis, groups_of_areas
from api.comparators import Against, Comparator
from api.contract import COMPARISON_COLUMNS
from api.figure_table import FigureTable, Pair, read_table
from api.group_table import difference_shown
from api.judging import TOO_FEW, Judgement, family_of, judge
from api.opened import OpenRelease
from api.plain_columns import Nested, nested, with_decimals, with_digits, with_limits
from indicators.cells import STATUSES, flag_names
from indicators.comparison import METHOD_NONE, outcome_word
from indicators.comparison_columns import NO_SIDE, SIDES

VALUE, MEDIAN, POOLED, TARGET = "value", "median", "pooled", "target"
TEST_DECIMALS: Final = 4
P_DIGITS: Final = 4
SUMMARY: Final = ("mean", "median", "q25", "q75")
NO_GROUP: Final = {
    **dict.fromkeys(("members", "members_with_data", "units_counted"), 0),
    **dict.fromkeys(("coverage", *SUMMARY)),
}
FUNNELS: Final = tuple(
    f"{kind}_{end}_{level}"
    for kind in ("funnel", "wide_funnel")
    for level in ("95", "998")
    for end in ("lower", "upper")
)

Cell = tuple[int, int, int]
"""The codes of an indicator, a period and an area."""


def comparison_rows(
    release: OpenRelease,
    cells: Iterable[Cell],
    comparators: Sequence[Comparator],
    judged_on: date,
) -> Iterator[dict[str, Any]]:
    """Give the rows of cells (indicator, period, area), one for each comparator in their order."""
    held = list(cells)
    if not held:
        return
    compared = _compared(release, held, comparators, judged_on)
    for indicator, period, area in held:
        for one in compared[indicator, period]:
            yield one.row((indicator, period), area)


def _compared(
    release: OpenRelease,
    cells: Sequence[Cell],
    comparators: Sequence[Comparator],
    judged_on: date,
) -> dict[Pair, "list[Compared]"]:
    """Compare the areas of all cells, family by family, and say for each pair where it stands."""
    areas = tuple(sorted({area for _, _, area in cells}))
    families: dict[tuple[Pair, ...], list[Pair]] = {}
    for pair in dict.fromkeys((indicator, period) for indicator, period, _ in cells):
        families.setdefault(family_of(release, pair), []).append(pair)
    found: dict[Pair, list[Compared]] = {}
    for family, pairs in families.items():
        compared = compare(read_table(release, pairs), family, areas, comparators, judged_on)
        found.update(dict.fromkeys(pairs, compared))
    return found


def compare(
    asked: FigureTable,
    family: Sequence[Pair],
    areas: Sequence[int],
    comparators: Sequence[Comparator],
    judged_on: date,
) -> "list[Compared]":
    """Compare the figures of a table with every comparator, seen together with their family."""
    pairs = tuple(dict.fromkeys((*family, *asked.pairs)))
    table = asked if pairs == asked.pairs else read_table(asked.release, pairs)
    places = {pair: row for row, pair in enumerate(pairs)}
    rows = [places[pair] for pair in asked.pairs]
    found = []
    for comparator in comparators:
        groups = groups_of_areas(table, comparator, areas, judged_on)
        judgement = judge(find_basis(table, groups))
        if table is not asked:
            judgement = judgement.taken(rows, find_basis(asked, groups))
        found.append(Compared(judgement))
    return found


@dataclass(frozen=True)
class Compared:
    """One comparator over a table: rows of answers come from its columns."""

    judgement: Judgement

    def row(self, pair: Pair, area: int) -> dict[str, Any]:
        """Return the row of one figure."""
        row, place = self._rows[pair], self._places[area]
        basis, table = self.judgement.basis, self.judgement.basis.table
        comparator, release = basis.groups.comparator, table.release
        by_area = {name: column[row][place] for name, column in self._by_area.items()}
        group = int(basis.groups.of[place])
        has_group = self._has_group(place)
        flags = set(flag_names(int(table.flags[row, area])))
        found = {
            "release": release.id,
            "indicator": table.indicators[row].id,
            "area_code": release.areas[area].code,
            "period": release.snapshot.index.periods[pair[1]],
            "status": str(STATUSES[int(table.status[row, area])]),
            "with": comparator.token,
            "model": comparator.model,
            "statistic_shown": self._statistic(row, place),
            **(
                {name: column[row][group] for name, column in self._by_group.items()}
                if has_group
                else NO_GROUP
            ),
            **by_area,
            **self._outcomes(row, place),
            "reason": self.judgement.reason(row, place) or self._few(row, place),
            "flags": sorted(flags.union(basis.statistics.flags(row, group) if has_group else ())),
            "group": self._group_name(row, place),
            "without_data": basis.statistics.without_data(row, group) if has_group else [],
        }
        return {name: found[name] for name in COMPARISON_COLUMNS}

    @cached_property
    def _rows(self) -> dict[Pair, int]:
        return {pair: row for row, pair in enumerate(self.judgement.basis.table.pairs)}

    @cached_property
    def _places(self) -> dict[int, int]:
        return {area: place for place, area in enumerate(self.judgement.basis.groups.areas)}

    @cached_property
    def _by_area(self) -> dict[str, Nested]:
        """The columns that have a number for every row and area."""
        basis, judged = self.judgement.basis, self.judgement.judged
        table, areas = basis.table, list(basis.groups.areas)
        value, figure = table.value[:, areas], basis.figure
        gap = np.where(table.is_counting[:, None], np.nan, difference_shown(table, value, figure))
        is_whole = basis.groups.comparator.against is Against.WHOLE
        phi = np.where((judged.side != NO_SIDE) & is_whole, table.phi[:, None], np.nan)
        limits = dict(zip(FUNNELS, (one for pair in self.judgement.funnels() for one in pair), strict=True))  # fmt: skip  # noqa: E501
        decimals = table.decimals
        return {
            "value": with_decimals(value, decimals),
            "ci_lower": with_limits(table.ci_lower[:, areas], decimals),
            "ci_upper": with_limits(table.ci_upper[:, areas], decimals),
            "comparator_value": with_decimals(figure, decimals),
            "difference": with_decimals(gap, decimals),
            "pooled": with_decimals(basis.pooled, decimals),
            "pooled_ci_lower": with_limits(basis.pooled_lower, decimals),
            "pooled_ci_upper": with_limits(basis.pooled_upper, decimals),
            "phi": nested(phi, TEST_DECIMALS),
            "z": nested(judged.z, TEST_DECIMALS),
            "p": with_digits(judged.p, P_DIGITS),
            "p_adjusted": with_digits(self.judgement.adjusted, P_DIGITS),
            **{name: with_limits(limit, decimals) for name, limit in limits.items()},
        }

    @cached_property
    def _by_group(self) -> dict[str, Nested]:
        """The columns that have a number for every row and group."""
        statistics = self.judgement.basis.statistics
        decimals, summaries = self.judgement.basis.table.decimals, statistics.summaries
        return {
            "members": statistics.members.tolist(),
            "members_with_data": statistics.with_data.tolist(),
            "units_counted": statistics.units.tolist(),
            "coverage": nested(statistics.coverage),
            **{name: with_decimals(getattr(summaries, name), decimals) for name in SUMMARY},
        }

    def _outcomes(self, row: int, place: int) -> dict[str, str]:
        """Return the words of a result and of what remains among many, by the method's name."""
        judgement = self.judgement
        good = judgement.basis.table.indicators[row].direction.good
        side = int(judgement.judged.side[row, place])
        codes = {
            "outcome": side,
            "outcome_adjusted_for_many": int(judgement.adjusted_side[row, place]),
            "plain_95": int(judgement.judged.plain_95[row, place]),
            "plain_998": int(judgement.judged.plain_998[row, place]),
        }
        words = {
            name: outcome_word(None if code == NO_SIDE else SIDES[code], good)
            for name, code in codes.items()
        }
        return words | {"method": METHOD_NONE if side == NO_SIDE else judgement.methods[row]}

    def _has_group(self, place: int) -> bool:
        groups = self.judgement.basis.groups
        group = groups.by_place[place]
        is_of_group = groups.comparator.against in {Against.WHOLE, Against.GROUP}
        return is_of_group and (group.reason is None or bool(group.members))

    def _statistic(self, row: int, place: int) -> str:
        basis = self.judgement.basis
        if basis.groups.comparator.against is Against.TARGET:
            return TARGET
        if basis.groups.comparator.against is not Against.GROUP or not self._has_group(place):
            return VALUE
        return MEDIAN if basis.uses_median[row, place] else POOLED

    def _group_name(self, row: int, place: int) -> str | None:
        basis = self.judgement.basis
        return basis.before.period(row) if basis.before else basis.groups.by_place[place].name

    def _few(self, row: int, place: int) -> str | None:
        return (
            TOO_FEW if self._has_group(place) and self.judgement.has_too_few(row, place) else None
        )
