"""The newest publication wins cell by cell; what it lacks is carried forward or withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.cell_frames import (
    HELD_IN,
    IS_COMPUTED,
    NUMBER_COLUMNS,
    codes_together,
    stacked,
)
from indicators.cells import KEY_COLUMNS, Flag, Status
from indicators.snapshot import Source
from reference.periods import parse_period
from reference.places import PlaceSet

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

REVISED: Final = str(Flag.REVISED)


@dataclass(frozen=True)
class HeldRange:
    """The periods and levels that one publication covers for one indicator."""

    source: str
    indicator: str
    first_period: str
    last_period: str
    levels: tuple[str, ...]


class Readable(Protocol):
    """What this module reads of a load."""

    @property
    def cells(self) -> pd.DataFrame: ...  # noqa: D102

    @property
    def ranges(self) -> Mapping[str, tuple[str, str]]: ...  # noqa: D102

    @property
    def held_ranges(self) -> tuple[HeldRange, ...]: ...  # noqa: D102


def ranges_of(load: Readable, places: PlaceSet) -> tuple[HeldRange, ...]:
    """Return what a load covers: per source and indicator, the periods of its files.

    Only the levels that it has figures for: a file of authorities says nothing of the country.
    """
    if load.held_ranges:
        return load.held_ranges
    kinds = {area.code: str(area.kind) for area in places.areas}
    rows = load.cells[["source", "indicator", "period"]].assign(level=load.cells["area"].map(kinds))
    distinct = rows.drop_duplicates()
    found = []
    for (source, indicator), group in distinct.groupby(["source", "indicator"], sort=True):
        periods = sorted(set(group["period"]), key=parse_period)
        first, last = load.ranges.get(str(source), (periods[0], periods[-1]))
        levels = tuple(sorted(set(group["level"])))
        found.append(HeldRange(str(source), str(indicator), first, last, levels))
    return tuple(found)


def newest_cells(
    frames: Sequence[pd.DataFrame],
    sources: Mapping[str, Source],
    ranges: Iterable[HeldRange],
    places: PlaceSet,
) -> pd.DataFrame:
    """Merge frames of cells (STORED_COLUMNS): the release before first, then what was loaded.

    A publication loaded again replaces its own earlier cells.
    """
    every = stacked(frames)
    if every.empty:
        return every
    turn = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    # A rate that stayed stands twice: where it was published, and where only its count was.
    stayed = np.flatnonzero((every["source"] != every[HELD_IN]).to_numpy(dtype=bool))
    again = every.iloc[stayed]
    only_count = np.zeros(len(every) + len(again), dtype=bool)
    only_count[stayed] = True
    every = stacked([every, again.assign(**{HELD_IN: again["source"]})])
    turn = np.r_[turn, turn[stayed]]
    rank = _ranks(every[HELD_IN], sources)
    cell = codes_together(every[name] for name in KEY_COLUMNS)
    order = np.lexsort((turn, rank, cell))
    chain = _Chain.of(every, order, cell[order], only_count)
    chosen = chain.standing()
    result = every.iloc[order[chosen]].reset_index(drop=True)
    result[HELD_IN] = every[HELD_IN].iloc[order[chain.last]].to_numpy()
    result["flags"] = _with_revised(result["flags"], chain.revised(chosen))
    return _withdrawn(result, sources, ranges, places)


def _ranks(held_in: "pd.Series[str]", sources: Mapping[str, Source]) -> Places:
    """Return the place of each cell's publication in order of publication."""
    ordered = sorted(sources, key=lambda name: (sources[name].published_on, name))
    place = {name: rank for rank, name in enumerate(ordered)}
    return np.asarray(held_in.map(place), dtype=np.int64)


@dataclass(frozen=True)
class _Chain:
    """Figures for the same cell stand together, oldest publication first."""

    first: Places
    last: Places
    value: NDArray[np.float64]
    numerator: NDArray[np.float64]
    source: Places
    is_ok: Flags
    is_computed: Flags
    was_revised: Flags

    @classmethod
    def of(cls, cells: pd.DataFrame, order: Places, codes: Places, only_count: Flags) -> "_Chain":
        """Chain cells in an order in which equal codes are neighbours."""
        starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
        is_ok = (cells["status"] == str(Status.OK)).to_numpy(dtype=bool)
        flags: pd.Series[str] = cells["flags"]
        was_revised = flags.str.contains(REVISED, regex=False).to_numpy(dtype=bool)
        return cls(
            first=starts,
            last=np.r_[starts[1:], len(codes)] - 1,
            value=cells["value"].to_numpy(dtype=np.float64)[order],
            numerator=cells["numerator"].to_numpy(dtype=np.float64)[order],
            source=pd.factorize(cells["source"])[0][order],
            is_ok=is_ok[order],
            is_computed=(cells[IS_COMPUTED].to_numpy(dtype=bool) | only_count)[order],
            was_revised=(was_revised & is_ok)[order],
        )

    def standing(self) -> Places:
        """Return the row of each cell's figure.

        That of the newest publication; but where that gives only a count, and the same count as
        before, the rate that was published with it stays.
        """
        chosen = self.last.copy()
        at = self.last.copy()
        looking = self.is_computed[at] & self.is_ok[at]
        while looking.any():
            before = np.maximum(at - 1, 0)
            same_count = self.numerator[before] == self.numerator[self.last]
            looking &= (at > self.first) & same_count & self.is_ok[before]
            at = np.where(looking, before, at)
            found = looking & ~self.is_computed[at]
            chosen[found] = at[found]
            looking &= ~found
        return chosen

    def revised(self, chosen: Places) -> Flags:
        """Tell which chosen figures differ from what an earlier publication gave."""
        lengths = self.last - self.first + 1
        if (lengths == 1).all():
            return self.was_revised[self.last]
        of_row = np.repeat(chosen, lengths)
        row = np.arange(len(self.value))
        comparable = (row < of_row) & self.is_ok & self.is_ok[of_row]
        same_value = self.value == self.value[of_row]
        only_rounded = self.is_computed & (self.numerator == self.numerator[of_row])
        other_source = self.source != self.source[of_row]
        changed = comparable & ~same_value & ~only_rounded & other_source
        was_revised = self.was_revised & (row <= of_row) & same_value
        result: Flags = np.logical_or.reduceat(changed | was_revised, self.first)
        return result


def _with_revised(flags: "pd.Series[str]", revised: Flags) -> "pd.Series[str]":
    """Set the flag `revised` where told and take it off everywhere else."""

    def text(given: str, is_revised: bool) -> str:
        others = {flag for flag in given.split(";") if flag and flag != REVISED}
        return ";".join(sorted(others | ({REVISED} if is_revised else set())))

    codes, known = pd.factorize(flags)
    texts = np.array([[text(given, False), text(given, True)] for given in known], dtype=object)
    return pd.Series(texts[codes, revised.astype(int)], dtype="str")


def _withdrawn(
    cells: pd.DataFrame,
    sources: Mapping[str, Source],
    ranges: Iterable[HeldRange],
    places: PlaceSet,
) -> pd.DataFrame:
    """Withdraw cells that a newer publication of their table covers and lacks."""
    kinds = {area.code: str(area.kind) for area in places.areas}
    asked = pd.DataFrame(
        {
            "held_in": cells[HELD_IN],
            "indicator": cells["indicator"],
            "period": cells["period"],
            "level": cells["area"].map(kinds),
        }
    )
    codes = codes_together(asked[name] for name in asked)
    distinct = asked.iloc[np.unique(codes, return_index=True)[1]]
    covered = _Coverage.of(ranges, sources)
    newer = [covered.newer(*row) for row in distinct.itertuples(index=False, name=None)]
    by_cell = np.array(newer, dtype=object)[codes]
    gone = by_cell != ""
    if not gone.any():
        return cells
    cells = cells.copy()
    cells.loc[gone, list(NUMBER_COLUMNS)] = np.nan
    cells.loc[gone, ["flags", "source_symbol"]] = ""
    cells.loc[gone, "status"] = str(Status.WITHDRAWN)
    cells.loc[gone, IS_COMPUTED] = False
    cells.loc[gone, "source"] = by_cell[gone]
    cells.loc[gone, HELD_IN] = by_cell[gone]
    return cells


@dataclass(frozen=True)
class _Coverage:
    """Which publications of a table cover an indicator, newest first."""

    sources: Mapping[str, Source]
    held: Mapping[tuple[str, str], list[tuple[str, str, date, date, tuple[str, ...]]]]

    @classmethod
    def of(cls, ranges: Iterable[HeldRange], sources: Mapping[str, Source]) -> "_Coverage":
        held: dict[tuple[str, str], list[Any]] = {}
        for one in ranges:
            source = sources[one.source]
            first, last = parse_period(one.first_period).end, parse_period(one.last_period).end
            entry = (source.published_on, one.source, first, last, one.levels)
            held.setdefault((source.table, one.indicator), []).append(entry)
        return cls(sources, {key: sorted(rows, reverse=True) for key, rows in held.items()})

    def newer(self, held_in: str, indicator: str, period: str, level: str) -> str:
        """Return the newest publication that should have had the cell, or nothing."""
        mine = self.sources[held_in]
        end = parse_period(period).end
        for published_on, source, first, last, levels in self.held.get((mine.table, indicator), ()):
            if (published_on, source) <= (mine.published_on, held_in):
                return ""
            if first <= end <= last and level in levels:
                return source
        return ""
