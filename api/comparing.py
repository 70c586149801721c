"""Rows of comparisons: the figure, what it is compared with, and whether that is beyond chance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from api.bases import find_basis, groups_of_areas
from api.comparators import Against, Comparator
from api.contract import COMPARISON_COLUMNS
from api.figure_table import Codes, FigureTable, Marks, Numbers, Pair, read_table
from api.group_table import difference_shown
from api.judging import TOO_FEW, Judgement, family_of, judge_whole, judge_within
from api.opened import OpenRelease
from api.plain_columns import Nested, nested, with_decimals, with_digits, with_limits
from indicators.cells import STATUSES, Flag, flag_names
from indicators.comparison import FEW_MEMBERS, METHOD_NONE, TOO_FEW_MEMBERS, outcome_word
from indicators.comparison_columns import NO_SIDE, SIDES
from indicators.model import DirectionWord

VALUE, MEDIAN, POOLED, TARGET = "value", "median", "pooled", "target"
TEST_DECIMALS: Final = 4
P_DIGITS: Final = 4
RESULTS: Final = ("outcome", "outcome_adjusted_for_many", "reason")
SUMMARY: Final = ("mean", "median", "q25", "q75")
FUNNELS: Final = tuple(
    f"{kind}_{end}_{level}"
    for kind in ("funnel", "wide_funnel")
    for level in ("95", "998")
    for end in ("lower", "upper")
)

_GOODS: Final = tuple(DirectionWord)
_WORDS: Final = np.asarray(
    [[outcome_word(side, good) for side in (*SIDES, None)] for good in _GOODS], dtype=object
)
"""By direction and side, none last."""
_STATUS_WORDS: Final = np.asarray([str(status) for status in STATUSES], dtype=object)

Cell = tuple[int, int, int]
"""The codes of an indicator, a period and an area."""


def comparison_rows(
    release: OpenRelease,
    cells: Iterable[Cell],
    comparators: Sequence[Comparator],
) -> Iterator[dict[str, Any]]:
    """Give the rows of cells (indicator, period, area), one for each comparator in their order.

    Inspection judgements are read at the end of the latest period of each indicator among the
    cells, so that a series has the same group throughout, whatever else is asked for.
    """
    held = list(cells)
    if not held:
        return
    compared = compare_pairs(release, held, comparators)
    for indicator, period, area in held:
        for one in compared[indicator, period]:
            yield one.row((indicator, period), area)


def compare_pairs(
    release: OpenRelease,
    cells: Sequence[Cell],
    comparators: Sequence[Comparator],
) -> dict[Pair, "list[Compared]"]:
    """Compare the areas of all cells, family by family, and say for each pair where it stands."""
    areas = tuple(sorted({area for _, _, area in cells}))
    periods = release.snapshot.periods
    days: dict[int, date] = {}
    for indicator, period, _ in cells:
        days[indicator] = max(days.get(indicator, date.min), periods[period].end)
    families: dict[tuple[Pair, ...], list[Pair]] = {}
    for pair in dict.fromkeys((indicator, period) for indicator, period, _ in cells):
        families.setdefault(family_of(release, pair), []).append(pair)
    found: dict[Pair, list[Compared]] = {}
    for family, pairs in families.items():
        compared = compare(read_table(release, pairs), family, areas, comparators, days)
        found.update(dict.fromkeys(pairs, compared))
    return found


def compare(
    asked: FigureTable,
    family: Sequence[Pair],
    areas: Sequence[int],
    comparators: Sequence[Comparator],
    days: Mapping[int, date] | None = None,
) -> "list[Compared]":
    """Compare the figures of a table with every comparator, seen together with their family.

    `days` are those of judgements by indicator; of others it is the end of the period.
    """
    pairs = tuple(dict.fromkeys((*family, *asked.pairs)))
    table = asked if pairs == asked.pairs else read_table(asked.release, pairs)
    places = {pair: row for row, pair in enumerate(pairs)}
    rows = [places[pair] for pair in asked.pairs]
    periods = asked.release.snapshot.periods
    judged_on = [(days or {}).get(indicator, periods[period].end) for indicator, period in pairs]
    found = []
    for comparator in comparators:
        groups = groups_of_areas(table, comparator, areas, judged_on)
        basis = find_basis(asked, groups if table is asked else groups.taken(rows))
        found.append(
            Compared(
                judge_whole(basis) if table is asked else judge_within(table, groups, rows, basis)
            )
        )
    return found


@dataclass(frozen=True)
class Compared:
    """One comparator over a table: its columns by row and place, and rows of answers from them."""

    judgement: Judgement

    def row(self, pair: Pair, area: int) -> dict[str, Any]:
        """Return the row of one figure."""
        cells = self._cells[self._rows[pair]][self._places[area]]
        return dict(zip(COMPARISON_COLUMNS, cells, strict=True))

    def results(self, pair: Pair, areas: Iterable[int]) -> Iterator[tuple[str, str, str, str]]:
        """Give status, outcome, adjusted outcome and reason of some areas in one pair."""
        row, words = self._rows[pair], self._words
        status = _STATUS_WORDS[self.judgement.basis.table.status[row]]
        columns = [words[name][row] for name in RESULTS]
        for area in areas:
            place = self._places[area]
            yield status[area], *(column[place] for column in columns)

    @cached_property
    def _rows(self) -> dict[Pair, int]:
        return {pair: row for row, pair in enumerate(self.judgement.basis.table.pairs)}

    @cached_property
    def _places(self) -> dict[int, int]:
        return {area: place for place, area in enumerate(self.judgement.basis.groups.areas)}

    @cached_property
    def _cells(self) -> list[list[tuple[Any, ...]]]:
        """The cells of every row and place, in the order of the columns."""
        columns = self._named() | self._numbers() | self._of_groups() | self._words
        in_order = [columns[name] for name in COMPARISON_COLUMNS]
        return [list(zip(*of_row, strict=True)) for of_row in zip(*in_order, strict=True)]

    @cached_property
    def _has_group(self) -> Marks:
        """By row and place whether there is a group to compare with."""
        groups = self.judgement.basis.groups
        is_of_group = groups.comparator.against in {Against.WHOLE, Against.GROUP}
        held = groups.by_row(lambda one: one.reason is None or bool(one.members))
        return np.asarray(held, dtype=np.bool_) & is_of_group

    def _named(self) -> dict[str, Nested]:
        """Return what names a row: the figure, and whom it is compared with."""
        basis = self.judgement.basis
        table, groups = basis.table, basis.groups
        release, width, height = table.release, len(groups.areas), len(table.pairs)
        areas = [release.areas[area].code for area in groups.areas]
        periods = [release.snapshot.index.periods[period] for _, period in table.pairs]
        if basis.before is None:
            names: Nested = groups.by_row(lambda one: one.name).tolist()
        else:
            names = [[basis.before.period(row)] * width for row in range(height)]
        return {
            "release": [[release.id] * width] * height,
            "indicator": [[one.id] * width for one in table.indicators],
            "area_code": [areas] * height,
            "period": [[period] * width for period in periods],
            "status": _STATUS_WORDS[table.status[:, list(groups.areas)]].tolist(),
            "with": [[groups.comparator.token] * width] * height,
            "model": [[groups.comparator.model] * width] * height,
            "group": names,
        }

    def _numbers(self) -> dict[str, Nested]:
        """Return what has a number for every row and place."""
        basis, judged = self.judgement.basis, self.judgement.judged
        table, areas = basis.table, list(basis.groups.areas)
        value, figure = table.value[:, areas], basis.figure
        gap = np.where(table.is_counting[:, None], np.nan, difference_shown(table, value, figure))
        for cell in basis.before.reasons if basis.before else ():
            gap[cell] = np.nan  # nothing is taken from a figure that is of something else
        is_whole = basis.groups.comparator.against is Against.WHOLE
        phi = np.where((judged.side != NO_SIDE) & is_whole, table.phi[:, None], np.nan)
        funnels = (limit for pair in self.judgement.funnels() for limit in pair)
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
            **{
                name: with_limits(limit, decimals)
                for name, limit in zip(FUNNELS, funnels, strict=True)
            },
        }

    def _of_groups(self) -> dict[str, Nested]:
        """Return what the group of each place comes to; nothing where there is none."""
        statistics, groups = self.judgement.basis.statistics, self.judgement.basis.groups
        decimals, summaries = self.judgement.basis.table.decimals, statistics.summaries
        counts = {
            "members": statistics.members,
            "members_with_data": statistics.with_data,
            "units_counted": statistics.units,
        }
        missing, has_group = statistics.without_data, self._has_group.tolist()
        return {
            **{
                name: np.where(self._has_group, groups.spread(column), 0).tolist()
                for name, column in counts.items()
            },
            "coverage": nested(self._where_grouped(statistics.coverage)),
            **{
                name: with_decimals(self._where_grouped(getattr(summaries, name)), decimals)
                for name in SUMMARY
            },
            "without_data": [
                [
                    missing.get((row, group), []) if has_group[row][place] else []
                    for place, group in enumerate(of)
                ]
                for row, of in enumerate(groups.of.tolist())
            ],
        }

    def _where_grouped(self, column: Numbers) -> Numbers:
        return np.where(self._has_group, self.judgement.basis.groups.spread(column), np.nan)

    @cached_property
    def _words(self) -> dict[str, Nested]:
        """Return the words of every result, by which method it was found, or why there is none."""
        judgement, basis = self.judgement, self.judgement.basis
        table, judged = basis.table, judgement.judged
        goods = np.asarray([_GOODS.index(one.direction.good) for one in table.indicators])
        codes: dict[str, Codes] = {
            "outcome": judged.side.astype(np.int64),
            "outcome_adjusted_for_many": judgement.adjusted_side,
            "plain_95": judged.plain_95.astype(np.int64),
            "plain_998": judged.plain_998.astype(np.int64),
        }
        methods = np.asarray(judgement.methods, dtype=object)[:, None]
        units = basis.groups.spread(basis.statistics.units)
        few = self._has_group & (units < FEW_MEMBERS)
        own = table.flags[:, list(basis.groups.areas)]
        # NO_SIDE is the last word of each direction.
        return {
            **{name: _WORDS[goods[:, None], code].tolist() for name, code in codes.items()},
            "method": np.where(judged.side == NO_SIDE, METHOD_NONE, methods).tolist(),
            "statistic_shown": self._statistics_shown().tolist(),
            "reason": self._reasons(self._has_group & (units < TOO_FEW_MEMBERS)),
            "flags": [
                [_flags(*cell) for cell in zip(*of_row, strict=True)]
                for of_row in zip(own.tolist(), few.tolist(), strict=True)
            ],
        }

    def _statistics_shown(self) -> NDArray[Any]:
        basis = self.judgement.basis
        against = basis.groups.comparator.against
        plain = TARGET if against is Against.TARGET else VALUE
        is_grouped = self._has_group & (against is Against.GROUP)
        shown = np.where(basis.uses_median, MEDIAN, POOLED).astype(object)
        return np.where(is_grouped, shown, plain)

    def _reasons(self, is_too_few: Marks) -> Nested:
        """Return why nothing can be said, or that a group has too few to be summarised."""
        found = np.full(is_too_few.shape, None, dtype=object)
        untold = (self.judgement.judged.side == NO_SIDE) | is_too_few
        rows, places = (held.tolist() for held in np.nonzero(untold))
        for row, place in zip(rows, places, strict=True):
            few = TOO_FEW if is_too_few[row, place] else None
            found[row, place] = self.judgement.reason(row, place) or few
        reasons: Nested = found.tolist()
        return reasons


def _flags(own: int, few: bool) -> list[str]:
    names = flag_names(own)
    return sorted({*names, Flag.FEW_MEMBERS.value}) if few else list(names)
