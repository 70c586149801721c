"""The figures of rows as columns of numbers and codes, hidden where their status hides them."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.blocks import Block
from api.opened import OpenRelease
from indicators.cells import STATUSES, Status
from indicators.shown_numbers import shown_limits, without_noise
from indicators.snapshot import Snapshot

OK: Final = STATUSES.index(Status.OK)
HIDDEN_COLUMNS: Final = ("value", "numerator", "ci_lower", "ci_upper")
"""What is null whenever a cell has a status other than ok."""

PLAIN_NUMBERS: Final = ("value", "numerator", "denominator")
LIMITS: Final = ("ci_lower", "ci_upper")

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


class EndTable:
    """The few ends that the rows of a release really have, and which cell has which.

    An indicator is read when it is first asked for. Its ends follow on: first those of rows
    without a cell, one for each status, then those of its cells.
    """

    def __init__(self, release: OpenRelease) -> None:
        self._release = release
        self._reading = Lock()
        self._codes = np.empty(len(release.snapshot.keys), dtype=np.int32)
        self._first = np.full(len(release.snapshot.indicators), -1, dtype=np.int64)
        self._last = self._first.copy()
        self.ends: list[tuple[int, End]] = []
        """Each with the code of its indicator; only ever grows."""

    def of(self, block: Block) -> NDArray[np.int64]:
        """Return the place of each row's end among `ends`; the rows may be of any indicators."""
        first = self._first[block.indicator]
        if np.count_nonzero(first < 0):
            for indicator in np.unique(block.indicator).tolist():
                self.span(indicator)
            first = self._first[block.indicator]
        if block.all_held:
            return self._codes[block.position].astype(np.int64)
        without_cell = first + block.status
        if not len(self._codes):
            return without_cell
        return np.where(block.is_held, self._codes[block.position], without_cell)

    def span(self, indicator: int) -> tuple[int, int]:
        """Return where the ends of an indicator begin and end among `ends`."""
        if self._first[indicator] < 0:
            with self._reading:
                if self._first[indicator] < 0:
                    self._read(indicator)
        return int(self._first[indicator]), int(self._last[indicator])

    def _read(self, indicator: int) -> None:
        rows = self._release.snapshot.rows_of(indicator)
        version = self._release.snapshot.indicators[indicator].version
        codes, held = _ends_of_cells(self._release.snapshot, rows)
        first = len(self.ends)
        missing = [End(version, None, status) for status in range(len(STATUSES))]
        self.ends += [(indicator, end) for end in (*missing, *held)]
        self._codes[rows] = codes + (first + len(missing))
        self._last[indicator] = len(self.ends)
        self._first[indicator] = first  # last: whoever sees it finds the rest


@dataclass(frozen=True)
class Ends:
    """The ends of one indicator alone."""

    table: EndTable
    first: int
    ends: tuple[End, ...]

    def of(self, block: Block) -> NDArray[np.int64]:
        """Return the code of each row's end; the block must be of this indicator alone."""
        return self.table.of(block) - self.first


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
            numbers = without_noise(numbers)
        if self._hidden is not None and name in HIDDEN_COLUMNS:
            return np.where(self._hidden, np.nan, numbers)
        if self._block.all_held:
            return numbers
        return np.where(self._block.is_held, numbers, np.nan)

    def limits(self, name: str) -> NDArray[np.float64]:
        """Return the limits of intervals, rounded for showing."""
        limits = shown_limits(self._cells[name][self._rows], self._indicator.decimals)
        return limits if self._hidden is None else np.where(self._hidden, np.nan, limits)


def numbers_of(release: OpenRelease, block: Block) -> Mapping[str, NDArray[np.float64]]:
    """Return the numbers of rows of any indicators by column, as `Columns` gives those of one."""
    if block.indicator[0] == block.indicator[-1]:
        columns = Columns(release, block)
        plain = {name: columns.numbers(name) for name in PLAIN_NUMBERS}
        return plain | {name: columns.limits(name) for name in LIMITS}
    cells = release.snapshot.columns
    is_shown = block.status == OK
    found: dict[str, NDArray[np.float64]] = {}
    for name in PLAIN_NUMBERS:
        is_there = is_shown if name in HIDDEN_COLUMNS else block.is_held
        # Rounding leaves alone what carries no noise.
        numbers = without_noise(cells[name][block.position])
        found[name] = np.where(is_there, numbers, np.nan)
    decimals = _decimals(release)[block.indicator]
    for name in LIMITS:
        limits = shown_limits(cells[name][block.position], decimals)
        found[name] = np.where(is_shown, limits, np.nan)
    return found


def _decimals(release: OpenRelease) -> NDArray[np.int64]:
    """Return the decimals of the values of each indicator."""
    return release.recall(
        "decimals", lambda: np.asarray([one.decimals for one in release.snapshot.indicators])
    )


def _rows(block: Block) -> NDArray[np.int64] | slice:
    """Return positions that follow on as a slice: what is read then needs no copy.

    Only where every row has its cell: a row without one may stand in for a cell passed over.
    """
    position = block.position
    first, last = int(position[0]), int(position[-1])
    if last - first == len(position) - 1 and block.all_held:
        return slice(first, last + 1)
    return position


def end_table(release: OpenRelease) -> EndTable:
    """Return the ends of a release's rows; made once and kept with it."""
    found: EndTable | None = release.kept.get("ends")
    if found is None:
        found = release.kept.setdefault("ends", EndTable(release))
    return found


def ends_of(release: OpenRelease, indicator: int) -> Ends:
    """Return the ends of an indicator's rows."""
    table = end_table(release)
    first, last = table.span(indicator)
    return Ends(table, first, tuple(end for _, end in table.ends[first:last]))


def _ends_of_cells(snapshot: Snapshot, rows: slice) -> tuple[NDArray[np.int64], list[End]]:
    """Return for each cell the place of its end among the distinct ones, and those.

    All columns are packed into one number, so that few steps over the cells are enough.
    """
    columns = [_whole_numbers(snapshot.columns[name][rows]) for name in END_COLUMNS]
    packed = np.zeros(rows.stop - rows.start, dtype=np.int64)
    for column in columns:
        # Renumbered, the product of so few values fits; hashing costs less than sorting.
        codes, count = _numbered(column)
        packed = packed * count + codes
    codes, _ = _numbered(packed)
    first = np.full(int(codes.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    cells = (first + rows.start).tolist()
    held = [_end(*(snapshot.columns[name][cell].item() for name in END_COLUMNS)) for cell in cells]
    return codes, held


def _numbered(column: NDArray[Any]) -> tuple[NDArray[np.int64], int]:
    found = pa.array(column).dictionary_encode()
    return found.indices.to_numpy().astype(np.int64), max(1, len(found.dictionary))


def _whole_numbers(column: NDArray[Any]) -> NDArray[Any]:
    """Return the bits of a column of numbers, so that NaN is like NaN."""
    return column.view(np.int32) if column.dtype == np.float32 else column


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
        found = bool(np.array_equal(without_noise(numbers), numbers, equal_nan=True))
        release.kept[key] = found
    return found
