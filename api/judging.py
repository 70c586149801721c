"""Whether the figures of a page differ from what they are compared with, all of them at once."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Final

import numpy as np

from api.bases import Basis, Groups, find_basis
from api.comparators import Against
from api.figure_table import Codes, FigureTable, Marks, Numbers, Pair
from api.opened import OpenRelease
from api.period_choice import latest_code
from indicators.cells import STATUSES
from indicators.comparison import TOO_FEW_MEMBERS, Side, why_not
from indicators.comparison_columns import (
    NO_SIDE,
    SIDES,
    WHY_NOT,
    WHY_NOT_WORDS,
    Judged,
    WhyNot,
    judge_against_target,
    judge_against_value,
    judge_two,
)
from indicators.funnel import plain_funnel, widened_funnel
from indicators.intervals import LEVELS
from indicators.model import Indicator, IntervalMethod
from indicators.own_interval import published_interval_p
from indicators.significance import FALSE_DISCOVERY, adjusted_for_many

MOST_REMEMBERED: Final = 16
"""Results of whole families that are kept with a release; each has about a megabyte."""
MOST_OF_ONE: Final = 1500
"""The same of one area alone, as pages ask for it; each has about ten kilobytes."""
TOO_FEW: Final = "Fewer than three returns with data"
TOO_FEW_OTHERS: Final = "Fewer than three others with data, the area itself left out"

_RESULTS: Final = tuple(field.name for field in fields(Judged) if field.name != "method")
_CODES: Final = {"side": np.int8, "plain_95": np.int8, "plain_998": np.int8, "why": np.int8}


_Results = tuple[tuple[str, ...], Judged, Numbers]


@dataclass(frozen=True)
class Judgement:
    """The results of one comparator by row and place: `judged` as columns, methods by row.

    `adjusted` is the p-value of each result among those of its area's whole page.
    """

    basis: Basis
    methods: tuple[str, ...]
    judged: Judged
    adjusted: Numbers

    @cached_property
    def adjusted_side(self) -> Codes:
        """The side that remains when all indicators of an area are seen together."""
        side = self.judged.side.astype(np.int64)
        with np.errstate(invalid="ignore"):
            is_lost = ~(self.adjusted <= FALSE_DISCOVERY) & (side != NO_SIDE)
        return np.where(is_lost, SIDES.index(Side.SIMILAR), side)

    def funnels(self) -> tuple[tuple[Numbers, Numbers], ...]:
        """Return lower and upper limits of the funnels: by chance at 95 and 99.8 %, then widened.

        On the scale of the indicators, about what is tested against; NaN without a test. The
        widened ones only about the figure of a whole.
        """
        return tuple(self._funnels())

    def _funnels(self) -> Iterator[tuple[Numbers, Numbers]]:
        basis, table = self.basis, self.basis.table
        with np.errstate(divide="ignore", invalid="ignore"):
            benchmark = basis.top / basis.bottom * table.multiplier[:, None]
        is_two_sided = basis.groups.comparator.against in {Against.WHOLE, Against.GROUP}
        is_judged = (self.judged.side != NO_SIDE) & is_two_sided
        size = np.where(is_judged, table.denominator[:, list(basis.groups.areas)], np.nan)
        is_whole = basis.groups.comparator.against is Against.WHOLE
        for is_wide in (False, True):
            for level in LEVELS:
                limits = np.full(size.shape, np.nan), np.full(size.shape, np.nan)
                for rows, like in _counted_alike(table) if is_whole or not is_wide else ():
                    found = (
                        widened_funnel(
                            like, benchmark[rows], size[rows], table.phi[rows, None], level
                        )
                        if is_wide
                        else plain_funnel(like, benchmark[rows], size[rows], level)
                    )
                    for column, limit in zip(limits, found, strict=True):
                        column[rows] = limit
                yield limits

    def reason(self, row: int, place: int) -> str | None:
        """Return why a figure cannot be compared, in words; None where it can be."""
        if self.judged.side[row, place] != NO_SIDE:
            return None
        basis, table = self.basis, self.basis.table
        release, area = table.release, basis.groups.areas[place]
        group = basis.groups.at(row, place)
        if group.reason is not None and not group.members:
            return group.reason
        if not table.is_ok[row, area]:
            status = STATUSES[int(table.status[row, area])].replace("_", " ")
            return f"{release.areas[area].name} has no value: {status}"
        if not table.is_testable[row]:
            return why_not(table.indicators[row])
        if basis.before is not None and (told := basis.before.reason(row, place)) is not None:
            return told
        if basis.groups.comparator.against is Against.WHOLE:
            return self._whole_reason(row, place, group.whole)
        return self._too_few(row, place) or self._why(row, place)

    def _too_few(self, row: int, place: int) -> str | None:
        others = self.basis.others
        if others is None:
            return None
        if self.has_too_few(row, place):
            return TOO_FEW
        return TOO_FEW_OTHERS if 0 < others[row, place] < TOO_FEW_MEMBERS else None

    def has_too_few(self, row: int, place: int) -> bool:
        """Say whether a group has fewer than three returns with data."""
        units = self.basis.statistics.units[row, self.basis.groups.of[row, place]]
        return bool(units < TOO_FEW_MEMBERS)

    def _whole_reason(self, row: int, place: int, whole: int | None) -> str:
        table = self.basis.table
        if whole is None:
            return self.basis.groups.at(row, place).reason or self._why(row, place)
        name = table.release.areas[whole].name
        if not np.isfinite(self.basis.top[row, place]):
            return f"{name} has no value in this period"
        if self.judged.why[row, place] == WHY_NOT.index(WhyNot.NO_VARIATION):
            figure = f"{table.value[row, whole]:.{table.indicators[row].decimals}f}"
            return f"No spread to judge by: {name}'s figure is {figure}"
        return self._why(row, place)

    def _why(self, row: int, place: int) -> str:
        return WHY_NOT_WORDS[WHY_NOT[int(self.judged.why[row, place])]]


def judge(basis: Basis) -> Judgement:
    """Judge every figure of a basis, and each area's page as a whole."""
    table, areas = basis.table, list(basis.groups.areas)
    shape = basis.figure.shape
    results = {
        name: np.full(shape, NO_SIDE if name in _CODES else np.nan, _CODES.get(name, np.float64))
        for name in _RESULTS
    }
    methods = [""] * len(table.pairs)
    is_barred = _barred(basis)
    own_p = _published_p(basis)
    for rows, like in _counted_alike(table):
        own = table.numerator[rows][:, areas], table.denominator[rows][:, areas]
        other = basis.top[rows], basis.bottom[rows]
        against = basis.groups.comparator.against
        if against is Against.WHOLE:
            judged = judge_against_value(like, own, other[0], table.phi[rows, None], own_p[rows])
        elif against is Against.TARGET:
            target = basis.groups.comparator.target
            judged = judge_against_target(like, own, 0.0 if target is None else target, own_p[rows])
        else:
            judged = judge_two(like, own, other)
        for name, column in results.items():
            column[rows] = getattr(judged, name)
        for row in rows.tolist():
            methods[row] = judged.method
    for name, column in results.items():
        if name != "why":
            column[is_barred] = NO_SIDE if name in _CODES else np.nan
    found = Judged(method="", **results)
    adjusted = adjusted_for_many(found.p_for_many.T).T
    return Judgement(basis, tuple(methods), found, adjusted)


def _published_p(basis: Basis) -> Numbers:
    """Return by the publisher's own interval, where a figure has one, how surely it differs."""
    table, areas = basis.table, list(basis.groups.areas)
    is_published = table.where(lambda one: one.interval.method is IntervalMethod.PUBLISHED)
    value, lower, upper = (
        column[:, areas] for column in (table.value, table.ci_lower, table.ci_upper)
    )
    found = published_interval_p(value, lower, upper, basis.figure)
    return np.where(is_published[:, None], found, np.nan)


def judge_within(
    table: FigureTable, groups: Groups, rows: Sequence[int], basis: Basis
) -> Judgement:
    """Return the results of some rows of a table, seen together with all of it.

    `basis` is that of these rows alone.
    """
    methods, judged, adjusted = _remembered(table, groups, lambda: find_basis(table, groups))
    places = list(rows)
    taken = Judged("", **{name: getattr(judged, name)[places] for name in _RESULTS})
    return Judgement(basis, tuple(methods[row] for row in places), taken, adjusted[places])


def judge_whole(basis: Basis) -> Judgement:
    """Return the results of a basis that holds the whole family."""
    return Judgement(basis, *_remembered(basis.table, basis.groups, lambda: basis))


def _remembered(table: FigureTable, groups: Groups, basis: Callable[[], Basis]) -> _Results:
    """Return the results of a whole family, remembered for a while.

    Who asks for one indicator of an area often asks for the next, and many ask for one area.
    """
    is_of_one = len(groups.areas) == 1
    shelf = "judgements of one area" if is_of_one else "judgements"
    remembered: OrderedDict[Any, _Results] = table.release.kept.setdefault(shelf, OrderedDict())
    key = (groups.comparator.token, groups.areas, groups.days, groups.members, table.pairs)
    found = remembered.get(key)
    if found is None:
        whole = judge(basis())
        found = remembered[key] = (whole.methods, whole.judged, whole.adjusted)
        if len(remembered) > (MOST_OF_ONE if is_of_one else MOST_REMEMBERED):
            with suppress(KeyError):  # another thread may just have dropped it
                remembered.popitem(last=False)
    return found


def family_of(release: OpenRelease, pair: Pair) -> tuple[Pair, ...]:
    """Return the indicators that are seen together with one: its page, whatever was asked for.

    All at their latest, where the period is the latest of the indicator; else all that the
    release holds in that period.
    """
    indicator, period = pair
    indicators = release.snapshot.indicators
    if latest_code(release, indicators[indicator].id) == period:
        every = range(len(indicators))
        return release.recall(("family", "latest"), lambda: tuple(latest_pairs(release, every)))
    return release.recall(
        ("family", period),
        lambda: tuple(
            (code, period) for code in range(len(indicators)) if period in release.held(code)
        ),
    )


def latest_pairs(release: OpenRelease, indicators: Iterable[int]) -> Iterator[Pair]:
    """Give each indicator with its latest period, where it has one."""
    for indicator in indicators:
        period = latest_code(release, release.snapshot.indicators[indicator].id)
        if period is not None:
            yield indicator, period


def _barred(basis: Basis) -> Marks:
    """Mark what is not tested although it could be: too few returns, a break, no value shown."""
    table, groups = basis.table, basis.groups
    barred = ~table.is_ok[:, list(groups.areas)]
    if groups.comparator.against is Against.GROUP:
        barred |= groups.spread(basis.statistics.units) < TOO_FEW_MEMBERS
    if basis.before is not None:
        barred |= ~basis.before.earlier.is_ok[:, list(groups.areas)]
        for row, place in basis.before.reasons:
            barred[row, place] = True
    return barred


def _counted_alike(table: FigureTable) -> Iterator[tuple[Codes, Indicator]]:
    """Give the rows that can be tested, shares and rates apart, each with one of their kind."""
    for is_share in (True, False):
        rows = np.flatnonzero(table.is_testable & (table.is_share == is_share))
        if len(rows):
            yield rows, table.indicators[int(rows[0])]
