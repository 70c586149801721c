"""One open release with what questions to it need: who existed when, which levels are there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from indicators.cells import STATUSES, Status
from indicators.snapshot import Snapshot
from reference.places import Area, AreaKind

KINDS = tuple(AreaKind)
NO_CELL = frozenset({Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.NOT_COLLECTED})
"""Statuses that a source also gives to an area that did not exist."""

MOST_RECENT: Final = 5_000

T = TypeVar("T")

_FIRST_DAY, _LAST_DAY = 0, 10**7

Held = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class OpenRelease:
    """A snapshot under the id of its release; derived tables are made once and kept."""

    id: str
    published_at: str
    snapshot: Snapshot
    published_on: str = ""
    """The date that it is cited by; of rebuilt history the one it is dated."""

    public_url: str = ""
    """What stands before the path of an address that is cited."""

    most_kept_rows: int = 0
    """Rows whose text may be kept, in each format of text."""

    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What others derive once from this release and keep with it, such as text fragments."""

    recent: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What answers were made of lately; emptied when it has grown to MOST_RECENT."""

    def recall(self, key: Any, make: Callable[[], T]) -> T:
        """Return what was made for a key lately, or make it."""
        found: T | None = self.recent.get(key)
        if found is None:
            found = make()
            if len(self.recent) >= MOST_RECENT:
                self.recent.clear()
            self.recent[key] = found
        return found

    def let_go(self) -> None:
        """Drop everything derived, which refers back: the file is unmapped with the last answer."""
        self.kept.clear()
        self.recent.clear()

    @property
    def digest(self) -> str:
        """The digest of the snapshot."""
        return self.snapshot.digest

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """Areas by their code in the cells."""
        by_code = self.snapshot.places.by_code
        return tuple(by_code[code] for code in self.snapshot.index.areas)

    @cached_property
    def kinds(self) -> NDArray[np.int8]:
        """Position in KINDS by area."""
        return np.asarray([KINDS.index(area.kind) for area in self.areas], dtype=np.int8)

    @cached_property
    def authorities(self) -> NDArray[np.int64]:
        """The codes of all authorities that ever existed."""
        return self.of_kind(AreaKind.AUTHORITY)

    def of_kind(self, kind: AreaKind) -> NDArray[np.int64]:
        """Return the codes of all areas of a level that ever existed."""
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> Mapping[AreaKind, NDArray[np.int64]]:
        return {kind: np.flatnonzero(self.kinds == place) for place, kind in enumerate(KINDS)}

    @cached_property
    def existed(self) -> NDArray[np.bool_]:
        """Whether an area existed at the end of a period, by period and area."""
        ends = np.asarray([period.end.toordinal() for period in self.snapshot.periods])
        first = [a.first_day.toordinal() if a.first_day else _FIRST_DAY for a in self.areas]
        last = [a.last_day.toordinal() if a.last_day else _LAST_DAY for a in self.areas]
        ends = ends.reshape(-1, 1)
        return np.asarray((np.asarray(first) <= ends) & (ends <= np.asarray(last)))

    @cached_property
    def has_content(self) -> NDArray[np.bool_]:
        """By status code: whether a cell of that status says that the area was there."""
        return np.asarray([status not in NO_CELL for status in STATUSES])

    def held(self, indicator: int) -> Held:
        """Return the periods of an indicator, each with the breakdowns it has cells for."""
        return self._tables(indicator)[0]

    def level_held(self, indicator: int, breakdown: int) -> NDArray[np.bool_]:
        """Say for each of KINDS whether the release has a cell of the indicator there."""
        levels = self._tables(indicator)[1]
        return levels.get(breakdown, _NOWHERE)

    def level_declared(self, indicator: int) -> NDArray[np.bool_]:
        """Say for each of KINDS whether a source of the indicator publishes it."""
        declared = {
            level for rows in self.snapshot.indicators[indicator].sources for level in rows.levels
        }
        return np.asarray([kind in declared for kind in KINDS])

    def _tables(self, indicator: int) -> tuple[Held, Mapping[int, NDArray[np.bool_]]]:
        key = ("held", indicator)
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = self._derive(indicator)
        tables: tuple[Held, Mapping[int, NDArray[np.bool_]]] = found
        return tables

    def _derive(self, indicator: int) -> tuple[Held, Mapping[int, NDArray[np.bool_]]]:
        snapshot = self.snapshot
        rows = snapshot.rows_of(indicator)
        breakdown = snapshot.columns["breakdown"][rows].astype(np.int64)
        period = snapshot.columns["period"][rows].astype(np.int64)
        kind = self.kinds[snapshot.columns["area"][rows]] if len(period) else breakdown
        width = len(snapshot.index.breakdowns)
        held: dict[int, set[int]] = {}
        for pair in np.unique(period * width + breakdown).tolist():
            held.setdefault(pair // width, set()).add(pair % width)
        levels: dict[int, NDArray[np.bool_]] = {}
        for pair in np.unique(breakdown * len(KINDS) + kind).tolist():
            flags = levels.setdefault(pair // len(KINDS), np.zeros(len(KINDS), dtype=np.bool_))
            flags[pair % len(KINDS)] = True
        return {code: frozenset(found) for code, found in held.items()}, levels


_NOWHERE = np.zeros(len(KINDS), dtype=np.bool_)
