"""What changed with a release: its counts, and its rows as tables, some or all of them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.contract import ChangeRow, SourceKind
from api.opened import OpenRelease
from api.source_cards import kind_of
from indicators.change_table import (
    KINDS,
    NEWLY_SUPPRESSED,
    NUMBERS,
    ChangeSummary,
    open_changes,
    read_summary,
)

Array: TypeAlias = "pa.Array[Any]"
Wanted = Mapping[str, Collection[str]]
"""Columns of changes to the texts that are asked for; other columns are not narrowed."""

COLUMNS: Final = tuple(ChangeRow.__annotations__)
SCHEMA: Final = pa.schema(
    [pa.field(name, pa.float64() if name in NUMBERS else pa.string()) for name in COLUMNS]
)
_BATCH: Final = 5_000


def summary_of(release: OpenRelease) -> ChangeSummary | None:
    """Return the counts of a release; None where it was written before there were any."""
    key = "changes summary"
    if key not in release.kept:
        release.kept[key] = read_summary(release.snapshot.folder)
    found: ChangeSummary | None = release.kept[key]
    return found


def changes_summary(release: OpenRelease) -> dict[str, Any] | None:
    """Return the counts as the card of a release has them."""
    summary = summary_of(release)
    if summary is None:
        return None
    total: Counter[str] = Counter()
    for counts in summary.counts.values():
        total.update(counts)
    published = {
        source.id
        for source in release.snapshot.sources
        if kind_of(source) is SourceKind.PUBLICATION
    }
    return {
        "since": summary.since or None,
        "kinds": {kind: total[kind] for kind in KINDS},
        "indicators": [
            {"indicator": indicator, **{kind: counts.get(kind, 0) for kind in KINDS}}
            for indicator, counts in summary.counts.items()
        ],
        "new_indicators": list(summary.new_indicators),
        "new_sources": [source for source in summary.new_sources if source in published],
    }


def indicators_changed(release: OpenRelease) -> frozenset[str]:
    """Return the ids of all indicators of which any cell changed, withdrawn ones too."""
    return frozenset(_coded(_table(release), "indicator").dictionary.to_pylist())


def changed_rows(release: OpenRelease, wanted: Wanted) -> NDArray[np.int64]:
    """Return where the changes that are asked for stand, in their order."""
    table = _table(release)
    kept = np.ones(table.num_rows, dtype=np.bool_)
    for name, texts in wanted.items():
        column = _coded(table, name)
        known = [text in texts for text in column.dictionary.to_pylist()]
        kept &= np.asarray(known, dtype=np.bool_)[column.indices.to_numpy()]
    return np.flatnonzero(kept)


def change_tables(release: OpenRelease, rows: NDArray[np.int64]) -> Iterator[pa.Table]:
    """Give the changes at some places as tables of SCHEMA, part by part."""
    table = _table(release)
    for start in range(0, len(rows), _BATCH):
        yield _shown(release, table.take(rows[start : start + _BATCH]))


def _coded(table: pa.Table, name: str) -> Any:
    """Return a column as codes of its dictionary; the file holds it in one piece."""
    column = table.column(name)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _table(release: OpenRelease) -> pa.Table:
    return open_changes(release.snapshot.folder)


def _shown(release: OpenRelease, changes: pa.Table) -> pa.Table:
    """Return changes with the columns of the contract."""
    summary = summary_of(release)
    count = changes.num_rows
    names = {area.code: area.name for area in release.areas}
    plain = {
        name: changes.column(name).cast(pa.string()).combine_chunks()
        for name in changes.column_names
        if name not in NUMBERS
    }
    numbers = {name: changes.column(name).combine_chunks() for name in NUMBERS}
    codes = plain.pop("area")
    # The file holds no number of these; whatever wrote it, none is given.
    hidden = np.asarray([kind == NEWLY_SUPPRESSED for kind in plain["kind"].to_pylist()], bool)
    columns: dict[str, Array] = {
        "release": pa.array([release.id] * count, pa.string()),
        "since": pa.array([summary.since if summary else ""] * count, pa.string()),
        "area_code": codes,
        "area_name": pa.array(
            [names.get(str(code), "") for code in codes.to_pylist()], pa.string()
        ),
        **plain,
        **{name: _without(numbers[name], hidden) for name in NUMBERS},
    }
    return pa.table([columns[name] for name in COLUMNS], schema=SCHEMA)


def _without(numbers: Array, hidden: NDArray[np.bool_]) -> Array:
    if not hidden.any():
        return numbers
    kept = [
        None if is_hidden else n for n, is_hidden in zip(numbers.to_pylist(), hidden, strict=True)
    ]
    return pa.array(kept, pa.float64())
