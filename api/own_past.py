"""The figures of the period before, and whether they can be compared with those of this one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from api.figure_table import FigureTable, Marks, read_table
from api.figures import row_of
from api.opened import OpenRelease
from api.own_change import why_no_change
from api.series import SMALL_CHANGE, Held, Strand, read_strands, window_of
from indicators.trend_points import WINDOW_YEARS


@dataclass(frozen=True)
class Before:
    """The figures before those of a table for some areas, by its rows and their places.

    `earlier` has a row for each row of the table; where no period was before, the row is of the
    period itself and `has_before` is False. `reasons` say why two figures cannot be compared.
    """

    table: FigureTable
    earlier: FigureTable
    has_before: Marks
    areas: tuple[int, ...]
    reasons: dict[tuple[int, int], str]

    def period(self, row: int) -> str | None:
        """Return the id of the period before, None where there is none."""
        index = self.earlier.release.snapshot.index
        return index.periods[int(self.earlier.periods[row])] if self.has_before[row] else None

    def reason(self, row: int, place: int) -> str | None:
        """Return why a figure has none before it that it can be compared with."""
        if not self.has_before[row]:
            return "No earlier period is held"
        area, broken = self.areas[place], self.reasons.get((row, place))
        if broken is None and self.table.is_ok[row, area] and self.earlier.is_ok[row, area]:
            return None
        return why_no_change(row_of(self.table, row), row_of(self.earlier, row), area) or broken


def period_before(release: OpenRelease, indicator: int, period: int) -> int | None:
    """Return the last period before of the same kind that the release holds."""
    periods = release.snapshot.periods
    kind = periods[period].kind
    earlier = [p for p in release.held(indicator) if p < period and periods[p].kind is kind]
    return max(earlier, default=None)


def figures_before(table: FigureTable, areas: Sequence[int]) -> Before:
    """Return the figures of the period before each row for some areas."""
    return table.once(("before", tuple(areas)), lambda: _figures_before(table, areas))


def series_up_to(table: FigureTable, areas: Sequence[int]) -> list[Held]:
    """Return for each row the series of some areas up to its period."""
    return table.once(("series", tuple(areas)), lambda: _series_up_to(table, areas))


def _figures_before(table: FigureTable, areas: Sequence[int]) -> Before:
    release = table.release
    before = [period_before(release, *pair) for pair in table.pairs]
    pairs = [
        (indicator, period if earlier is None else earlier)
        for (indicator, period), earlier in zip(table.pairs, before, strict=True)
    ]
    has_before = np.asarray([earlier is not None for earlier in before], dtype=np.bool_)
    return Before(
        table=table,
        earlier=read_table(release, pairs),
        has_before=has_before,
        areas=tuple(areas),
        reasons=dict(_reasons(table, before, areas)),
    )


def _series_up_to(table: FigureTable, areas: Sequence[int]) -> list[Held]:
    release, codes = table.release, np.asarray(areas, dtype=np.int64)
    strands = [
        Strand(indicator, window_of(release, indicator, period), codes, table.status[row, codes])
        for row, (indicator, period) in enumerate(table.pairs)
    ]
    return read_strands(release, strands) if strands else []


def _reasons(
    table: FigureTable, before: Sequence[int | None], areas: Sequence[int]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Give for each row and place the break or overlap that lies between the two periods."""
    for row, held in enumerate(series_up_to(table, areas)):
        periods = held.strand.periods
        if before[row] is None:
            continue
        if len(periods) < 2 or periods[-2] != before[row]:
            yield from (((row, place), _TOO_LONG_AGO) for place in range(len(areas)))
            continue
        points = held.points
        overlaps = points.start[:, -1] <= points.end[:, -2]
        breaks = points.era[:, -1] != points.era[:, -2]
        for place in np.flatnonzero(overlaps | breaks).tolist():
            told = [one for one in held.breaks[place] if one.startswith(held.series.periods[-1].id)]
            yield (row, place), _break_words(told) if breaks[place] else _OVERLAP


def _break_words(breaks: Sequence[str]) -> str:
    kinds = [told.partition(" ")[2] for told in breaks if not told.endswith(SMALL_CHANGE)]
    of = " and ".join(dict.fromkeys(kinds)) or "definition"
    return f"A break of {of} lies between the two figures"


_OVERLAP: Final = "The two periods overlap, so the figures share events"
_TOO_LONG_AGO: Final = f"The figure before is more than {WINDOW_YEARS} years old"
