"""What differs between two releases, read from their snapshots: any two, without a database.

Both sides are read as they stand now. A figure that was withheld since is withheld in both, so
its old number cannot come back by comparing an older release.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from indicators.cells import BREAKDOWN_COLUMNS, STATUSES, Breakdown, Status
from indicators.change_table import (
    ABSENT,
    COLUMNS,
    KINDS,
    NEWLY_SUPPRESSED,
    SCHEMA,
    name_change,
)
from indicators.snapshot import Snapshot
from reference.periods import parse_period

Codes = NDArray[np.int64]
Marks = NDArray[np.bool_]

_OK: Final = STATUSES.index(Status.OK)
_SUPPRESSED: Final = STATUSES.index(Status.SUPPRESSED)
_NAMES: Final = (*map(str, STATUSES), ABSENT)
_ABSENT: Final = len(STATUSES)
_UNKNOWN: Final = -1


@dataclass(frozen=True)
class Side:
    """The cells of one release: sorted keys of the joint index, status and value."""

    keys: Codes
    status: Codes
    value: NDArray[np.float64]

    def at(self, keys: Codes) -> tuple[Codes, NDArray[np.float64]]:
        """Return status and value under some keys; `_ABSENT` and NaN where there is no cell."""
        if not len(self.keys):
            return np.full(len(keys), _ABSENT), np.full(len(keys), np.nan)
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        is_held = self.keys[found] == keys
        status = np.where(is_held, self.status[found], _ABSENT)
        return status, np.where(is_held & (status == _OK), self.value[found], np.nan)


_NOTHING: Final = Side(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float64))


@dataclass(frozen=True)
class Joint:
    """What two releases name, in the order of rows of the newer one; their codes differ."""

    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    areas: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...]

    @classmethod
    def of(cls, old: Snapshot, new: Snapshot) -> "Joint":
        """Join the names of two snapshots."""
        periods = {*old.index.periods, *new.index.periods}
        breakdowns = {*old.index.breakdowns, *new.index.breakdowns}
        return cls(
            indicators=_with_others(tuple(new.indicator_codes), old.indicator_codes),
            periods=tuple(sorted(periods, key=parse_period)),
            areas=_with_others(new.index.areas, old.index.areas),
            breakdowns=tuple(sorted(breakdowns, key=lambda one: one.order)),
        )

    @cached_property
    def sizes(self) -> tuple[int, int, int]:
        """How many periods, areas and breakdowns a key counts in."""
        return len(self.periods), len(self.areas), len(self.breakdowns)

    def keys(self, indicator: Codes, *others: Codes) -> Codes:
        """Pack codes of this index into keys that sort in the order of rows."""
        key = indicator
        for codes, size in zip(others, self.sizes, strict=True):
            key = key * size + codes
        return key

    def side(self, snapshot: Snapshot) -> Side:
        """Return the cells of a snapshot under the keys of this index."""
        if not snapshot.index.row_count:
            return _NOTHING
        columns = snapshot.columns
        parts = (
            (self.indicators, tuple(snapshot.indicator_codes), "indicator"),
            (self.periods, snapshot.index.periods, "period"),
            (self.areas, snapshot.index.areas, "area"),
            (self.breakdowns, snapshot.index.breakdowns, "breakdown"),
        )
        keys = self.keys(*(_places(mine, own)[columns[name]] for mine, own, name in parts))
        order = np.argsort(keys, kind="stable")
        status = columns["status"][order].astype(np.int64)
        return Side(keys[order], status, columns["value"][order])

    def keys_of(self, changes: pa.Table) -> Codes:
        """Return the sorted keys of some changes; those that neither release names are left out."""
        if not changes.num_rows:
            return np.empty(0, dtype=np.int64)
        changes = changes.unify_dictionaries()
        codes = [_coded(changes, name, known) for name, known in self._plain]
        texts = [changes.column(name).to_pylist() for name in BREAKDOWN_COLUMNS]
        place = {one: code for code, one in enumerate(self.breakdowns)}
        found = [place.get(Breakdown(*row), _UNKNOWN) for row in zip(*texts, strict=True)]
        codes.append(np.asarray(found, dtype=np.int64))
        is_known = np.all([one != _UNKNOWN for one in codes], axis=0)
        return np.unique(self.keys(*codes)[is_known])

    @property
    def _plain(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            ("indicator", self.indicators),
            ("period", self.periods),
            ("area", self.areas),
        )

    def columns_of(self, keys: Codes) -> dict[str, Any]:
        """Return the columns that name the cells of some keys, as codes of their texts."""
        rest = keys
        codes: list[Codes] = []
        for size in reversed(self.sizes):
            rest, code = np.divmod(rest, size)
            codes.append(code)
        breakdown, area, period = codes
        found = {
            name: _texts(code, known)
            for (name, known), code in zip(self._plain, (rest, period, area), strict=True)
        }
        for name in BREAKDOWN_COLUMNS:
            words = [getattr(one, name) for one in self.breakdowns]
            distinct = list(dict.fromkeys(words))
            by_breakdown = np.asarray([distinct.index(word) for word in words], dtype=np.int64)
            found[name] = _texts(by_breakdown[breakdown], distinct)
        return found


def compare_snapshots(old: Snapshot, new: Snapshot, withheld: pa.Table) -> pa.Table:
    """Return what changed from one release to a later one, in the order of rows.

    `withheld` are changes of the releases after `old`, up to `new`: those that say
    `newly_suppressed` tell of cells that both sides hide by now, so that comparing cannot find
    them. A cell that `new` shows again, or that `old` never had, is not one of them.
    """
    joint = Joint.of(old, new)
    before, after = joint.side(old), joint.side(new)
    hidden = joint.keys_of(_newly_suppressed(withheld))
    keys = np.union1d(before.keys, after.keys)
    old_status, old_value = before.at(keys)
    new_status, new_value = after.at(keys)
    is_hidden = (
        np.isin(keys, hidden, assume_unique=True)
        & (new_status == _SUPPRESSED)
        & (old_status != _ABSENT)
    )
    is_same = (old_value == new_value) | (np.isnan(old_value) & np.isnan(new_value))
    touched = np.flatnonzero((old_status != new_status) | ~is_same | is_hidden)
    kinds = _kinds(old_status[touched], new_status[touched], is_hidden[touched])
    kept = kinds < len(KINDS)
    rows, kinds = touched[kept], kinds[kept]
    tells = kinds != KINDS.index(NEWLY_SUPPRESSED)
    columns = joint.columns_of(keys[rows]) | {
        "kind": _texts(kinds, KINDS),
        "old_value": _numbers(old_value[rows], tells),
        "new_value": _numbers(new_value[rows], tells),
        "old_status": _texts(_told(old_status, is_hidden)[rows], _NAMES),
        "new_status": _texts(new_status[rows], _NAMES),
    }
    return pa.table([columns[name] for name in COLUMNS], schema=SCHEMA)


def _newly_suppressed(changes: pa.Table) -> pa.Table:
    kinds = changes.column("kind").cast(pa.string()).to_pylist()
    return changes.take(np.flatnonzero([kind == NEWLY_SUPPRESSED for kind in kinds]))


def _told(old_status: Codes, is_hidden: Marks) -> Codes:
    """Return the old statuses; a cell that both sides hide by now had a figure."""
    return np.where(is_hidden & (old_status == _SUPPRESSED), _OK, old_status)


def _kinds(before: Codes, after: Codes, hidden: Marks) -> Codes:
    """Return the place in KINDS of each change; one past the end where there is none."""
    width = len(_NAMES)
    packed = (before * width + after) * 2 + hidden
    distinct, of_row = np.unique(packed, return_inverse=True)
    named = []
    for code in distinct.tolist():
        pair, is_hidden = divmod(code, 2)
        kind = name_change(_NAMES[pair // width], _NAMES[pair % width], bool(is_hidden))
        named.append(len(KINDS) if kind is None else KINDS.index(kind))
    return np.asarray(named, dtype=np.int64)[of_row]


def _with_others(first: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    return (*first, *sorted(set(more) - set(first)))


def _places(joint: Sequence[Any], own: Sequence[Any]) -> Codes:
    """Return the place in the joint names of each name of a snapshot."""
    place = {name: code for code, name in enumerate(joint)}
    return np.asarray([place[name] for name in own], dtype=np.int64)


def _coded(table: pa.Table, name: str, known: Sequence[str]) -> Codes:
    """Return the place of each text of a column among those known."""
    place = {text: code for code, text in enumerate(known)}
    column: Any = table.column(name).combine_chunks()
    texts = column.dictionary.to_pylist()
    found = np.asarray([place.get(text, _UNKNOWN) for text in texts], dtype=np.int64)
    codes: Codes = found[column.indices.to_numpy()]
    return codes


def _texts(codes: Codes, texts: Sequence[str]) -> Any:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int32), pa.array(texts, pa.string()))


def _numbers(values: NDArray[np.float64], tells: Marks) -> Any:
    return pa.array(values, pa.float64(), mask=np.isnan(values) | ~tells)
