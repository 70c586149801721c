"""The figures of rows as columns of numbers and codes, hidden where their status hides them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from api.blocks import Block
from api.opened import OpenRelease
from indicators.cells import STATUSES, Status
from indicators.export_rows import INTERVAL_DECIMALS, NOISE_DECIMALS

OK: Final = STATUSES.index(Status.OK)
HIDDEN_COLUMNS: Final = ("value", "numerator", "ci_lower", "ci_upper")
"""What is null whenever a cell has a status other than ok."""

END_COLUMNS: Final = (
    "definition_version", "ci_level", "status", "flags", "symbol", "source", "updated_release",
)  # fmt: skip


@dataclass(frozen=True)
class End:
    """What a row says beside its key and numbers; codes as in the cells, -1 for none."""

    version: int
    level: float | None
    status: int
    flags: int = 0
    symbol: int = -1
    source: int = -1
    updated: int = -1


@dataclass(frozen=True)
class Ends:
    """The few ends that the rows of an indicator really have, and which row has which.

    After the ends of cells come those of rows without a cell, one for each status.
    """

    first_row: int
    codes: NDArray[np.int64]
    ends: tuple[End, ...]
    cells: int

    def of(self, block: Block) -> NDArray[np.int64]:
        """Return the code of each row's end; the block must be of this indicator alone."""
        places = block.position - self.first_row
        if block.all_held:
            return self.codes[places]
        without_cell = self.cells + block.status.astype(np.int64)
        if not self.cells:
            return without_cell
        return np.where(block.is_held, self.codes[np.maximum(places, 0)], without_cell)


class Columns:
    """The numbers of a block that is of one indicator."""

    def __init__(self, release: OpenRelease, block: Block) -> None:
        self._release = release
        self._block = block
        self._cells = release.snapshot.columns
        self._code = int(block.indicator[0])
        self._indicator = release.snapshot.indicators[self._code]
        self._rows = _rows(block)
        is_hidden = block.status != OK
        self._hidden = is_hidden if np.count_nonzero(is_hidden) else None

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a column of numbers, NaN where there is none or it is hidden."""
        numbers: NDArray[np.float64] = self._cells[name][self._rows]
        if not _is_clean(self._release, self._code, name):
            numbers = np.round(numbers, NOISE_DECIMALS)
        if self._hidden is not None and name in HIDDEN_COLUMNS:
            return np.where(self._hidden, np.nan, numbers)
        if self._block.all_held:
            return numbers
        return np.where(self._block.is_held, numbers, np.nan)

    def limits(self, name: str) -> NDArray[np.float64]:
        """Return the limits of intervals, rounded for showing."""
        scale = 10.0 ** (self._indicator.decimals + INTERVAL_DECIMALS)
        limits: NDArray[np.float64] = np.rint(self._cells[name][self._rows] * scale) / scale
        return limits if self._hidden is None else np.where(self._hidden, np.nan, limits)


def _rows(block: Block) -> NDArray[np.int64] | slice:
    """Return positions that follow on as a slice: what is read then needs no copy.

    Only where every row has its cell: a row without one may stand in for a cell passed over.
    """
    position = block.position
    first, last = int(position[0]), int(position[-1])
    if last - first == len(position) - 1 and block.all_held:
        return slice(first, last + 1)
    return position


def ends_of(release: OpenRelease, indicator: int) -> Ends:
    """Return the ends of an indicator's rows; made once and kept with the release."""
    key = ("ends", indicator)
    found: Ends | None = release.kept.get(key)
    if found is None:
        found = release.kept[key] = _ends(release, indicator)
    return found


def _ends(release: OpenRelease, indicator: int) -> Ends:
    rows = release.snapshot.rows_of(indicator)
    columns = [release.snapshot.columns[name][rows] for name in END_COLUMNS]
    codes = np.zeros(rows.stop - rows.start, dtype=np.int64)
    for column in columns:
        distinct, places = np.unique(column, return_inverse=True)
        codes = codes * max(1, len(distinct)) + places
    _, first, codes = np.unique(codes, return_index=True, return_inverse=True)
    held = [_end(*(column[place].item() for column in columns)) for place in first]
    version = release.snapshot.indicators[indicator].version
    missing = [End(version, None, status) for status in range(len(STATUSES))]
    return Ends(
        first_row=rows.start,
        codes=codes,
        ends=(*held, *missing),
        cells=len(held),
    )


def _end(
    version: int, level: float, status: int, flags: int, symbol: int, source: int, updated: int
) -> End:
    shown = round(level, 3) if status == OK and level == level else None
    return End(version, shown, status, flags, symbol, source, updated)


def _is_clean(release: OpenRelease, indicator: int, name: str) -> bool:
    """Say whether no number of an indicator's column carries binary noise; looked at once."""
    key = ("is_clean", indicator, name)
    found: bool | None = release.kept.get(key)
    if found is None:
        numbers = release.snapshot.columns[name][release.snapshot.rows_of(indicator)]
        found = bool(np.array_equal(np.round(numbers, NOISE_DECIMALS), numbers, equal_nan=True))
        release.kept[key] = found
    return found
