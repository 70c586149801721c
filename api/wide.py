"""Wide tables: one column of values for each period, indicator or area, with the reasons kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.asking import Asked
from api.blocks import Block
from api.cost import MOST_CELLS, refuse_beyond
from api.opened import OpenRelease
from api.row_filters import concatenated, key_of
from api.row_text import one_by_one
from api.shaped_columns import Coded, Numbers, column_of, part_of
from api.shaping import FLAGS, NAMED, STATUS, Shape
from indicators.cells import STATUSES


@dataclass(frozen=True)
class WideTable:
    """Headings, and columns of plain values under them: text, numbers, None for no value."""

    names: tuple[str, ...]
    columns: tuple[list[Any], ...]
    is_number: tuple[bool, ...]
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the columns of the same rows hold that have no place in a wide table, once each."""

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """Give the rows."""
        return zip(*self.columns, strict=True)

    def as_arrow(self) -> pa.Table:
        """Return the table with its types."""
        arrays = [
            pa.array([None if v is None else float(v) for v in values], pa.float64())
            if is_number
            else pa.array(values, pa.string())
            for values, is_number in zip(self.columns, self.is_number, strict=True)
        ]
        return pa.table(arrays, names=list(self.names))


def wide_table(asked: Asked, shape: Shape, found: Sequence[Block]) -> WideTable:
    """Lay rows out wide; raises ProblemError for more cells than can be held at once."""
    release, by = asked.release, shape.wide or "period"
    block = concatenated(found)
    if block is None:
        names = tuple(column.name for column in shape.columns)
        return WideTable(names, tuple([] for _ in names), tuple(False for _ in names))
    across: NDArray[np.int64] = getattr(block, by)
    rest = _without(release, block, by)
    headings, column = np.unique(across, return_inverse=True)
    _, first, row = np.unique(rest, return_index=True, return_inverse=True)
    refuse_beyond(asked, len(first) * len(headings), MOST_CELLS, "cells", "a wide table")
    left = _left_columns(release, block, shape, first)
    values: list[list[Any]] = [[None] * len(first) for _ in headings]
    reasons: list[list[Any]] = [[""] * len(first) for _ in headings]
    flags: list[list[Any]] = [[""] * len(first) for _ in headings]
    plain, flagged = _values(release, block, "value"), _flags(release, block)
    for place, (down, over) in enumerate(zip(row.tolist(), column.tolist(), strict=True)):
        values[over][down] = plain[place]
        reasons[over][down] = str(STATUSES[block.status[place]])
        flags[over][down] = flagged[place]
    indicators = np.unique(block.indicator).tolist()
    heads = _headings(release, shape, by, headings.tolist(), indicators)
    told = {f"{head}{STATUS}": texts for head, texts in zip(heads, reasons, strict=True)}
    told |= {f"{h}{FLAGS}": texts for h, texts in zip(heads, flags, strict=True) if any(texts)}
    return WideTable(
        names=(*(c.name for c in shape.columns), *heads, *told),
        columns=(*left, *values, *told.values()),
        is_number=(*[False] * len(left), *[True] * len(heads), *[False] * len(told)),
        beside=_beside(release, block, flagged),
    )


def _beside(
    release: OpenRelease, block: Block, flagged: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """Return the distinct indicators, flags and sources of rows."""
    held = {
        "indicator": _values(release, block, "indicator"),
        "flags": flagged,
        "source": _values(release, block, "source"),
    }
    return {name: tuple(dict.fromkeys(filter(None, texts))) for name, texts in held.items()}


def _without(release: OpenRelease, block: Block, by: str) -> NDArray[np.int64]:
    """Return what makes rows of a wide table one row, sorted as the rows are."""
    same = np.zeros(len(block), dtype=np.int64)
    parts = {name: getattr(block, name) for name in ("indicator", "period", "area", "breakdown")}
    parts[by] = same
    return key_of(release, Block(**parts, position=block.position, status=block.status))


def _left_columns(
    release: OpenRelease, block: Block, shape: Shape, first: NDArray[np.int64]
) -> list[list[Any]]:
    """Return the columns that say what a row is about, from the first of its figures."""
    columns: list[list[Any]] = [[] for _ in shape.columns]
    for rows in one_by_one(block):
        part = part_of(release, rows)
        for kept, column in zip(columns, shape.columns, strict=True):
            kept += _plain(column_of(part, column), len(rows))
    return [[column[place] for place in first.tolist()] for column in columns]


def _values(release: OpenRelease, block: Block, name: str) -> list[Any]:
    """Return what each row has in a column."""
    return [
        value
        for rows in one_by_one(block)
        for value in _plain(column_of(part_of(release, rows), NAMED[name]), len(rows))
    ]


def _flags(release: OpenRelease, block: Block) -> list[str]:
    """Return the flags of each row as a CSV has them."""
    return [";".join(flags) for flags in _values(release, block, "flags")]


def _plain(column: Coded | Numbers, count: int) -> list[Any]:
    if isinstance(column, Coded):
        if column.codes is None:
            return [column.values[0]] * count
        return [column.values[code] for code in column.codes.tolist()]
    return [
        None if number != number else int(number) if column.is_whole and number % 1 == 0 else number
        for number in column.numbers.tolist()
    ]


def _headings(
    release: OpenRelease, shape: Shape, by: str, codes: Sequence[int], indicators: Sequence[int]
) -> tuple[str, ...]:
    """Return what stands over each column of values: ids, or words that no two share."""
    ids = [_ID_OF[by](release, code) for code in codes]
    if not shape.is_in_words:
        return tuple(ids)
    words = _words(release, by, codes, indicators)
    return tuple(
        word if words.count(word) == 1 else f"{word} ({id})"
        for word, id in zip(words, ids, strict=True)
    )


def _words(
    release: OpenRelease, by: str, codes: Sequence[int], indicators: Sequence[int]
) -> list[str]:
    """Return titles, names, or periods: as days where every indicator is counted on a day."""
    snapshot = release.snapshot
    if by == "indicator":
        return [snapshot.indicators[code].title for code in codes]
    if by == "area":
        return [release.areas[code].name for code in codes]
    measured = {snapshot.indicators[code].measured for code in indicators}
    how = measured.pop() if len(measured) == 1 else "during"
    return [snapshot.periods[code].label_for(how) for code in codes]


Name = Callable[[OpenRelease, int], str]

_ID_OF: Final[Mapping[str, Name]] = {
    "period": lambda release, code: release.snapshot.index.periods[code],
    "indicator": lambda release, code: release.snapshot.indicators[code].id,
    "area": lambda release, code: release.areas[code].code,
}
