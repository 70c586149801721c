"""What changed with a release, as files of its snapshot: a mapped table, and its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
from pydantic import TypeAdapter

from indicators.cells import BREAKDOWN_COLUMNS, Breakdown, Status
from indicators.snapshot import Change

NEW: Final = "new"
REVISED: Final = "revised"
NEWLY_SUPPRESSED: Final = "newly_suppressed"
NO_LONGER_SUPPRESSED: Final = "no_longer_suppressed"
WITHDRAWN: Final = "withdrawn"

ABSENT: Final = ""
"""Stands for the status of a cell that a release does not have."""

KINDS: Final = (NEW, REVISED, NEWLY_SUPPRESSED, NO_LONGER_SUPPRESSED, WITHDRAWN)

TABLE: Final = "changes.arrow"
SUMMARY: Final = "changes_summary.json"
_OLDER: Final = "changes.json"
"""Where snapshots had their changes at first, one object for each."""

_PLAIN: Final = ("indicator", "period", "area", "kind", "old_status", "new_status")
NUMBERS: Final = ("old_value", "new_value")
COLUMNS: Final = (*_PLAIN[:3], *BREAKDOWN_COLUMNS, "kind", *NUMBERS, *_PLAIN[4:])

SCHEMA: Final = pa.schema(
    [
        pa.field(name, pa.float64() if name in NUMBERS else pa.dictionary(pa.int32(), pa.string()))
        for name in COLUMNS
    ]
)


@dataclass(frozen=True)
class ChangeSummary:
    """How many cells changed, by indicator and kind, and what is new against `since`.

    `since` is the release before, blank for the first release. Indicators and sources are ids.
    """

    since: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    new_indicators: tuple[str, ...] = ()
    new_sources: tuple[str, ...] = ()


FIRST: Final = ChangeSummary()
_SUMMARY: Final = TypeAdapter(ChangeSummary)
_OLDER_CHANGES: Final = TypeAdapter(tuple[Change, ...])


def name_change(before: str, after: str, withheld: bool) -> str | None:
    """Name a change of status (or, with the same status `ok`, of value); None for no change.

    `withheld` cells lost their number in every release: their statuses no longer differ.
    """
    if after in {ABSENT, Status.WITHDRAWN}:
        return None if before in {ABSENT, Status.WITHDRAWN} else WITHDRAWN
    if withheld or (after == Status.SUPPRESSED and before != ABSENT):
        return NEWLY_SUPPRESSED
    if before == ABSENT:
        return NEW
    return NO_LONGER_SUPPRESSED if before == Status.SUPPRESSED else REVISED


def count_changes(changes: Iterable[Change]) -> Mapping[str, Mapping[str, int]]:
    """Return how many cells of each indicator changed, by kind, in the order of the changes."""
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        counts.setdefault(change.indicator, Counter())[change.kind] += 1
    return {indicator: dict(sorted(found.items())) for indicator, found in counts.items()}


def write_changes(folder: Path, changes: Sequence[Change], summary: ChangeSummary) -> None:
    """Write both files into the folder of a snapshot; the same changes give the same bytes."""
    table = _table(changes)
    with pa.OSFile(str(folder / TABLE), "wb") as sink, pa.ipc.new_file(sink, SCHEMA) as writer:
        writer.write_table(table)
    (folder / SUMMARY).write_bytes(_SUMMARY.dump_json(summary))


def open_changes(folder: Path) -> pa.Table:
    """Return the changes of a snapshot as a table of COLUMNS, mapped from disk."""
    path = folder / TABLE
    if path.exists():
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    return _table(_OLDER_CHANGES.validate_python(orjson.loads((folder / _OLDER).read_bytes())))


def read_changes(folder: Path) -> tuple[Change, ...]:
    """Return the changes of a snapshot as objects; there can be very many."""
    return as_changes(open_changes(folder))


def as_changes(table: pa.Table) -> tuple[Change, ...]:
    """Return the rows of a table of COLUMNS as objects."""
    rows = table.to_pylist()
    plain = [one.name for one in fields(Change) if one.name != "breakdown"]
    return tuple(
        Change(
            breakdown=Breakdown(*(row[name] for name in BREAKDOWN_COLUMNS)),
            **{name: row[name] for name in plain},
        )
        for row in rows
    )


def read_summary(folder: Path) -> ChangeSummary | None:
    """Return the counts of a snapshot; None for one that was written before there were any."""
    path = folder / SUMMARY
    return _SUMMARY.validate_json(path.read_bytes()) if path.exists() else None


def _table(changes: Sequence[Change]) -> pa.Table:
    columns: dict[str, Any] = {
        name: [getattr(change, name) for change in changes] for name in (*_PLAIN, *NUMBERS)
    }
    columns |= {
        name: [getattr(change.breakdown, name) for change in changes] for name in BREAKDOWN_COLUMNS
    }
    return pa.table(
        [
            pa.array(columns[name], pa.float64()) if name in NUMBERS else _coded(columns[name])
            for name in COLUMNS
        ],
        schema=SCHEMA,
    )


def _coded(texts: Sequence[str]) -> Any:
    """Return texts as codes of the distinct ones, in order of first appearance."""
    return pa.array(texts, pa.string()).dictionary_encode()
