"""What changed with a release, or against any earlier one: rows as tables, some or all."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.contract import ChangeRow
from api.opened import OpenRelease
from indicators.change_table import (
    NEWLY_SUPPRESSED,
    NUMBERS,
    ChangeSummary,
    open_changes,
    read_summary,
)
from indicators.revisions import find_sizes, largest_first
from indicators.snapshot_comparison import compare_snapshots

Array: TypeAlias = "pa.Array[Any]"
Wanted = Mapping[str, Collection[str]]
"""Columns of changes to the texts that are asked for; other columns are not narrowed."""

SIZES: Final = ("change", "relative_change")
COLUMNS: Final = tuple(ChangeRow.__annotations__)
SCHEMA: Final = pa.schema(
    [
        pa.field(name, pa.float64() if name in {*NUMBERS, *SIZES} else pa.string())
        for name in COLUMNS
    ]
)
_BATCH: Final = 5_000


@dataclass(frozen=True)
class ChangeList:
    """What differs in a release from an earlier one; `since` is blank for the first release."""

    release: OpenRelease
    since: str
    table: pa.Table


def own_changes(release: OpenRelease) -> ChangeList:
    """Return what differs from the release before, as the release itself holds it."""
    summary = summary_of(release)
    since = summary.since if summary else ""
    return ChangeList(release, since, open_changes(release.snapshot.folder))


def changes_against(
    release: OpenRelease, earlier: OpenRelease, between: Sequence[OpenRelease]
) -> ChangeList:
    """Return what differs from any earlier release, both as they stand now.

    `between` are the releases after the earlier one: their changes, and those of `release`, say
    which cells were withheld on the way, which neither side shows any more.
    """
    told = [open_changes(one.snapshot.folder) for one in (*between, release)]
    table = compare_snapshots(earlier.snapshot, release.snapshot, pa.concat_tables(told))
    return ChangeList(release, earlier.id, table)


def summary_of(release: OpenRelease) -> ChangeSummary | None:
    """Return the counts of a release; None where it was written before there were any."""
    key = "changes summary"
    if key not in release.kept:
        release.kept[key] = read_summary(release.snapshot.folder)
    found: ChangeSummary | None = release.kept[key]
    return found


def indicators_changed(changes: ChangeList) -> frozenset[str]:
    """Return the ids of all indicators of which any cell changed, withdrawn ones too."""
    return frozenset(coded(changes.table, "indicator").dictionary.to_pylist())


def changed_rows(changes: ChangeList, wanted: Wanted) -> NDArray[np.int64]:
    """Return where the changes that are asked for stand, in their order."""
    kept = np.ones(changes.table.num_rows, dtype=np.bool_)
    for name, texts in wanted.items():
        column = coded(changes.table, name)
        known = [text in texts for text in column.dictionary.to_pylist()]
        kept &= np.asarray(known, dtype=np.bool_)[column.indices.to_numpy()]
    return np.flatnonzero(kept)


def by_size(changes: ChangeList, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return some changes with the largest of each indicator first."""
    if not len(rows):
        return rows
    indicator = coded(changes.table, "indicator").indices.to_numpy()
    # A code tells indicators apart; their order is that in which they come.
    _, first, of_row = np.unique(indicator[rows], return_index=True, return_inverse=True)
    change, _ = sizes_of(changes.table.take(rows))
    return rows[largest_first(first[of_row], change)]


def change_tables(changes: ChangeList, rows: NDArray[np.int64]) -> Iterator[pa.Table]:
    """Give the changes at some places as tables of SCHEMA, part by part."""
    for start in range(0, len(rows), _BATCH):
        yield _shown(changes, changes.table.take(rows[start : start + _BATCH]))


def coded(table: pa.Table, name: str) -> Any:
    """Return a column as codes of its dictionary; the file holds it in one piece."""
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def sizes_of(changes: pa.Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the sizes of changes, in units and per cent; NaN where a number is missing."""
    old, new = (_told(changes, name) for name in NUMBERS)
    sizes = find_sizes(old, new)
    return sizes.change, sizes.relative


def _told(changes: pa.Table, name: str) -> NDArray[np.float64]:
    """Return numbers of changes; NaN for none.

    The file holds no number of what is newly suppressed; whatever wrote it, none is given.
    """
    numbers = changes.column(name).to_numpy()
    kind = coded(changes, "kind")
    hides = [text == NEWLY_SUPPRESSED for text in kind.dictionary.to_pylist()]
    hidden = np.asarray(hides, dtype=np.bool_)[kind.indices.to_numpy()]
    return np.where(hidden, np.nan, np.asarray(numbers, dtype=np.float64))


def _shown(changes: ChangeList, some: pa.Table) -> pa.Table:
    """Return changes with the columns of the contract."""
    count = some.num_rows
    names = {area.code: area.name for area in changes.release.areas}
    plain = {
        name: some.column(name).cast(pa.string()).combine_chunks()
        for name in some.column_names
        if name not in NUMBERS
    }
    codes = plain.pop("area")
    numbers = {name: _told(some, name) for name in NUMBERS}
    numbers |= dict(zip(SIZES, sizes_of(some), strict=True))
    columns: dict[str, Array] = {
        "release": pa.array([changes.release.id] * count, pa.string()),
        "since": pa.array([changes.since] * count, pa.string()),
        "area_code": codes,
        "area_name": pa.array(
            [names.get(str(code), "") for code in codes.to_pylist()], pa.string()
        ),
        **plain,
        **{
            name: pa.array(found, pa.float64(), from_pandas=True) for name, found in numbers.items()
        },
    }
    return pa.table([columns[name] for name in COLUMNS], schema=SCHEMA)
