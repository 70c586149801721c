"""What publishers' own cells of the same authorities and periods tell of submitted counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Status
from indicators.disclosure.figures import CountId, Figure
from indicators.disclosure.policy import rounding_window
from indicators.disclosure.seen import Seen, column_of, see_sum
from indicators.disclosure.unknowns import Unknowns
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet

ROUNDED_TO = 10
"""Publishers of these statistics round totals to this; one that is exact is taken as exact."""


@dataclass(frozen=True)
class PublishedCell:
    """The numbers of one cell of a publisher."""

    value: float
    numerator: float
    denominator: float
    status: Status


@dataclass(frozen=True)
class Published:
    """The publishers' cells of one period, by indicator and area."""

    cells: Mapping[tuple[str, str], PublishedCell] = field(default_factory=dict)
    members: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Area above authorities to the authorities in it."""

    def has(self, indicator: str, area: str) -> bool:
        """Say whether the publisher has a cell, which then stands instead of ours."""
        return (indicator, area) in self.cells


def published_in(
    cells: pd.DataFrame, indicators: Iterable[str], period: str, places: PlaceSet
) -> Published:
    """Return the publishers' cells of indicators in a period, not broken down."""
    wanted = cells[cells["indicator"].isin(list(indicators)) & (cells["period"] == period)]
    wanted = wanted[(wanted[list(BREAKDOWN_COLUMNS)] == TOTAL).all(axis=1)]
    columns = ("indicator", "area", "value", "numerator", "denominator", "status")
    held = {
        (str(indicator), str(area)): PublishedCell(value, top, bottom, Status(status))
        for indicator, area, value, top, bottom, status in zip(
            *(wanted[name] for name in columns), strict=True
        )
    }
    end = parse_period(period).end
    above = [area for area in places.areas if area.kind is not AreaKind.AUTHORITY]
    named = {area for _, area in held}
    members = {
        area.code: frozenset(one.code for one in places.within(area.code, on=end))
        for area in above
        if area.code in named
    }
    return Published(held, members)


def hidden_by_publishers(published: Published, figures: Sequence[Figure]) -> list[CountId]:
    """Return the counts whose own figure a publisher hides."""
    return [
        (figure.unit, figure.numerator.key)
        for figure in figures
        if figure.numerator.key is not None
        and (cell := published.cells.get((figure.indicator.id, figure.authority)))
        and cell.status is Status.SUPPRESSED
    ]


def see_published(unknowns: Unknowns, published: Published, figures: Sequence[Figure]) -> None:
    """Add what publishers show; a number that is not of the same count tells nothing."""
    by_indicator: dict[str, list[Figure]] = {}
    for figure in figures:
        cell = published.cells.get((figure.indicator.id, figure.authority))
        if cell is not None:
            _see_cell(unknowns, figure, cell)
        if figure.status is Status.OK:
            by_indicator.setdefault(figure.indicator.id, []).append(figure)
    for (indicator, area), cell in published.cells.items():
        if area in published.members:
            _see_total(unknowns, published, area, by_indicator.get(indicator, []), cell)


def _see_cell(unknowns: Unknowns, figure: Figure, cell: PublishedCell) -> None:
    for side, shown in enumerate((cell.numerator, cell.denominator)):
        column = column_of(unknowns, figure, side)
        if column is not None and shown == unknowns.truth[column]:
            unknowns.bound(column, shown, shown)
            unknowns.public.add(column)
    if np.isnan(cell.numerator):
        _see_value(unknowns, figure, cell)


def _see_value(unknowns: Unknowns, figure: Figure, cell: PublishedCell) -> None:
    """Add what a value tells of its numerator where the denominator is known, a population too."""
    top = column_of(unknowns, figure, 0)
    multiplier = figure.indicator.arithmetic.multiplier
    if top is None or multiplier is None or not np.isfinite(cell.value):
        return
    bottom = cell.denominator if np.isfinite(cell.denominator) else np.nan
    if figure.denominator.key is None:
        bottom = figure.denominator.number
    if np.isfinite(bottom):
        half = 0.5 * 10.0**-figure.indicator.decimals
        least = np.ceil(max((cell.value - half), 0) * bottom / multiplier)
        most = np.floor((cell.value + half) * bottom / multiplier)
        if unknowns.bound(top, float(least), float(most)):
            unknowns.public.add(top)


def _see_total(
    unknowns: Unknowns,
    published: Published,
    area: str,
    figures: Sequence[Figure],
    cell: PublishedCell,
) -> None:
    """Add a publisher's total where we hold the count of every authority in it."""
    inside = tuple(figure for figure in figures if figure.authority in published.members[area])
    if {figure.authority for figure in inside} != published.members[area]:
        return
    units = tuple({figure.unit: figure for figure in inside}.values())
    seen = Seen(units, cell.value, cell.numerator, cell.denominator, cell.status, area)
    for side, shown in enumerate((cell.numerator, cell.denominator)):
        if np.isfinite(shown):
            exact = sum(figure.parts[side].number for figure in units)
            window = (shown, shown) if exact == shown else rounding_window(int(shown), ROUNDED_TO)
            see_sum(unknowns, seen, side, window, is_ours=False)
