"""Series of cells over the years up to a period, with the breaks that lie in them."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from api.blocks import Block, blocks
from api.columns import OK
from api.opened import OpenRelease
from api.rows import Selection
from indicators.boundary_history import BoundaryHistory, find_history
from indicators.cells import FLAGS, Flag
from indicators.snapshot import NUMBER_COLUMNS
from indicators.trend_points import WINDOW_YEARS, PointTable, Series, points_of, rows_of

DEFINITION, BOUNDARY, SMALL_CHANGE = "definition", "boundary", "small_change"
"""What a break is of; a small change of a boundary breaks nothing and is told."""

_BREAK: Final = 1 << FLAGS.index(Flag.BREAK)
_DIFFERS: Final = 1 << FLAGS.index(Flag.DEFINITION_DIFFERS)
_NO_CELL: Final = -1
_SERIES_COLUMNS: Final = ("value", "numerator", "denominator", "lower", "upper")

Kind = TypeVar("Kind", np.float64, np.int64)

Codes = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Strand:
    """The place of one indicator's series: a row for each area, a column for each period.

    Periods are oldest first; the last is the one asked for, and `status` is of that one.
    """

    indicator: int
    periods: tuple[int, ...]
    areas: Codes
    status: Codes

    @property
    def shape(self) -> tuple[int, int]:
        """How many areas and periods there are."""
        return len(self.areas), len(self.periods)


@dataclass(frozen=True)
class Held:
    """What the cells of a strand hold; `breaks` lists them by area, as answers do."""

    strand: Strand
    series: Series
    flags: Codes
    points: PointTable
    breaks: tuple[list[str], ...]
    predecessors: tuple[list[str], ...]


def read_series(release: OpenRelease, selection: Selection) -> list[Held]:
    """Return the series of every indicator and area with a place in the period asked for."""
    strands = [
        strand
        for block in blocks(release, selection)
        for strand in _strands_of_block(release, block)
    ]
    return read_strands(release, strands) if strands else []


def _strands_of_block(release: OpenRelease, block: Block) -> Iterator[Strand]:
    starts = np.flatnonzero(np.diff(block.indicator, prepend=-1)).tolist()
    for first, last in zip(starts, [*starts[1:], len(block)], strict=True):
        indicator, period = int(block.indicator[first]), int(block.period[first])
        yield Strand(
            indicator=indicator,
            periods=window_of(release, indicator, period),
            areas=block.area[first:last],
            status=block.status[first:last].astype(np.int64),
        )


def window_of(release: OpenRelease, indicator: int, last: int) -> tuple[int, ...]:
    """Return the periods of one kind, up to one of them, in which the points may lie."""
    periods = release.snapshot.periods
    end, kind = periods[last].end, periods[last].kind
    return tuple(
        sorted(
            period
            for period in release.held(indicator)
            if periods[period].kind is kind
            and periods[period].end <= end
            and periods[period].end.year > end.year - WINDOW_YEARS
        )
    )


def read_strands(release: OpenRelease, strands: Sequence[Strand]) -> list[Held]:
    """Read the cells of all strands, at least one, at once and share them out, in their order."""
    snapshot = release.snapshot
    wanted = np.concatenate([_keys(release, strand) for strand in strands])
    found = np.minimum(np.searchsorted(snapshot.keys, wanted), len(snapshot.keys) - 1)
    is_held = snapshot.keys[found] == wanted
    is_ok = is_held & (snapshot.columns["status"][found] == OK)
    numbers = [np.where(is_ok, snapshot.columns[name][found], np.nan) for name in NUMBER_COLUMNS]
    flags = np.where(is_held, snapshot.columns["flags"][found], 0).astype(np.int64)
    version = snapshot.columns["definition_version"][found].astype(np.int64)
    edition = np.where(is_held, 2 * version + ((flags & _DIFFERS) > 0), _NO_CELL)
    ends = np.cumsum([strand.shape[0] * strand.shape[1] for strand in strands]).tolist()
    parts = [slice(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    held: dict[int, Held] = {}
    for places in _counted_alike(release, strands):

        def laid_out(column: NDArray[Kind], places: Sequence[int] = places) -> NDArray[Kind]:
            cells = np.concatenate([column[parts[place]] for place in places])
            return cells.reshape(-1, strands[places[0]].shape[1])

        series = Series(
            tuple(snapshot.periods[code] for code in strands[places[0]].periods),
            *(laid_out(column) for column in numbers),
        )
        some = [strands[place] for place in places]
        found_of = _with_breaks(release, some, series, laid_out(flags), laid_out(edition))
        held.update(zip(places, found_of, strict=True))
    return [held[place] for place in range(len(strands))]


def _counted_alike(release: OpenRelease, strands: Sequence[Strand]) -> list[list[int]]:
    """Return the places of strands that one set of columns can hold: of the same periods and kind.

    A profile has a strand for each of a hundred indicators; worked on one by one, the calls would
    cost more than the numbers.
    """
    alike: dict[Hashable, list[int]] = {}
    for place, strand in enumerate(strands):
        one = release.snapshot.indicators[strand.indicator]
        kind = (one.arithmetic, one.measured, one.interval.method, one.decimals, one.breaks)
        alike.setdefault((strand.periods, *kind), []).append(place)
    return list(alike.values())


def _keys(release: OpenRelease, strand: Strand) -> Codes:
    index = release.snapshot.index
    first = strand.indicator * len(index.periods)
    periods = first + np.asarray(strand.periods, dtype=np.int64)
    keys = (periods * len(index.areas) + strand.areas[:, np.newaxis]) * len(index.breakdowns)
    return np.asarray(keys.ravel(), dtype=np.int64)


def _with_breaks(
    release: OpenRelease, strands: Sequence[Strand], series: Series, flags: Codes, edition: Codes
) -> Iterator[Held]:
    """Mark what cannot be compared with earlier periods, and say of which kind each break is.

    The strands are counted alike; their rows stand under one another.
    """
    indicator = release.snapshot.indicators[strands[0].indicator]
    points = points_of(indicator, series, ((flags & _BREAK) > 0) | _is_new_edition(edition))
    of_definition = np.diff(points.era, axis=1, prepend=0) > 0
    row = 0
    for strand in strands:
        rows = slice(row, row + len(strand.areas))
        row = rows.stop
        own = Series(series.periods, *(getattr(series, name)[rows] for name in _SERIES_COLUMNS))
        histories = [_history(release, strand, own, area) for area in strand.areas.tolist()]
        yield Held(
            strand=strand,
            series=own,
            flags=flags[rows],
            points=_with_boundaries(rows_of(points, rows), histories),
            breaks=tuple(
                _told(own, of_definition[rows][place], history)
                for place, history in enumerate(histories)
            ),
            predecessors=tuple(
                sorted({change.predecessor for change in history.made_from}) if history else []
                for history in histories
            ),
        )


def _with_boundaries(points: PointTable, histories: Sequence[BoundaryHistory | None]) -> PointTable:
    """Begin another era where the figures before are of another footprint."""
    if not any(histories):
        return points
    nowhere = np.zeros(points.era.shape[1], dtype=np.bool_)
    breaks = [nowhere if history is None else history.is_break for history in histories]
    return replace(points, era=points.era + np.cumsum(breaks, axis=1))


def _is_new_edition(edition: Codes) -> Marks:
    """Mark the cells whose definition is not that of the cell held before."""
    marks = np.zeros(edition.shape, dtype=np.bool_)
    before = edition[:, 0]
    for place in range(1, edition.shape[1]):
        now = edition[:, place]
        marks[:, place] = (now != before) & (now != _NO_CELL) & (before != _NO_CELL)
        before = np.where(now == _NO_CELL, before, now)
    return marks


def _history(
    release: OpenRelease, strand: Strand, series: Series, area: int
) -> BoundaryHistory | None:
    """Return whose figures the periods have; None for an area that no change concerns."""
    places = release.snapshot.places
    code = release.areas[area].code
    concerned: frozenset[str] = release.recall(
        "areas of changes",
        lambda: frozenset(c for one in places.changes for c in (one.predecessor, one.successor)),
    )
    if code not in concerned:
        return None
    kin = (code, *places.predecessors_of(code), *places.successors_of(code))
    codes = [release.snapshot.area_codes[one] for one in kin]
    held = {
        (one, period.id)
        for period, column in zip(series.periods, strand.periods, strict=True)
        for one, position in zip(
            kin, release.snapshot.positions(strand.indicator, column, codes), strict=True
        )
        if position >= 0
    }
    indicator = release.snapshot.indicators[strand.indicator]
    return find_history(places, code, indicator, series.periods, held)


def _told(series: Series, of_definition: Marks, history: BoundaryHistory | None) -> list[str]:
    """List the breaks after the first period, by time, each as `PERIOD KIND`."""
    told = []
    for place, period in enumerate(series.periods):
        if not place:
            continue
        if of_definition[place]:
            told.append(f"{period.id} {DEFINITION}")
        if history is not None and history.standings[place].is_break:
            told.append(f"{period.id} {BOUNDARY}")
        if history is not None and history.standings[place].small_change:
            told.append(f"{period.id} {SMALL_CHANGE}")
    return told
