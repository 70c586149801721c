"""What a reader cannot see directly: counts as unknowns, with what is known of and between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from indicators.disclosure.figures import Slot
from indicators.disclosure.showing import TotalId
from indicators.measures import Key

NO_LIMIT: Final = float("inf")
_CLOSE: Final = 1e-6


@dataclass(frozen=True)
class Row:
    """A sum between unknowns that lies between two numbers.

    `unit` is the return it belongs to; a row over several returns has none. `total` names a
    total of this release, which could be hidden.
    """

    columns: tuple[int, ...]
    factors: tuple[float, ...]
    low: float
    high: float
    unit: Slot | None = None
    total: TotalId | None = None


@dataclass(frozen=True)
class Secret:
    """An unknown that must be left open: every whole number from `low` to `high` is possible."""

    column: int
    unit: Slot
    key: Key
    low: int
    high: int
    is_complement: bool = False


Name = tuple[Slot, Key, int]
"""A count of a return by its value: it is another unknown once the return says otherwise."""


@dataclass
class Unknowns:
    """A system of unknowns under construction; `copy` before adding what may change again."""

    names: dict[Name, int] = field(default_factory=dict)
    truth: list[int] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: dict[Row, None] = field(default_factory=dict)
    secrets: dict[int, Secret] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    """Shown by this release, so that hiding it would help."""
    public: set[int] = field(default_factory=set)
    """Known from elsewhere, so that hiding it would not."""
    scores: set[int] = field(default_factory=set)
    """Sums of scores, which are not counts of people."""

    def copy(self) -> "Unknowns":
        """Return a system that can grow by itself."""
        return Unknowns(
            self.names,
            self.truth,
            self.low.copy(),
            self.high.copy(),
            self.rows.copy(),
            self.secrets,
            self.shown.copy(),
            self.public.copy(),
            self.scores,
        )

    def column(self, unit: Slot, key: Key, value: int) -> int:
        """Return the number of an unknown; no count is below zero."""
        name = (unit, key, value)
        if name not in self.names:
            self.names[name] = len(self.truth)
            self.truth.append(value)
            self.low.append(0.0)
            self.high.append(NO_LIMIT)
        return self.names[name]

    def bound(self, column: int, low: float, high: float) -> bool:
        """Narrow an unknown to a range; a range without its value tells of another count."""
        if not low <= self.truth[column] <= high:
            return False
        self.low[column] = max(self.low[column], low)
        self.high[column] = min(self.high[column], high)
        return True

    def row(
        self,
        terms: Sequence[tuple[int, float]],
        low: float,
        high: float,
        *,
        unit: Slot | None = None,
        total: TotalId | None = None,
    ) -> None:
        """Add a sum, unless the true counts do not satisfy it: then it is not of them."""
        if low - _CLOSE <= sum(self.truth[c] * f for c, f in terms) <= high + _CLOSE:
            ordered = sorted(terms)
            columns, factors = tuple(c for c, _ in ordered), tuple(f for _, f in ordered)
            self.rows.setdefault(Row(columns, factors, low, high, unit, total))

    def keep_secret(self, secret: Secret) -> None:
        """Demand that an unknown stays open; of two demands the first stands."""
        self.secrets.setdefault(secret.column, secret)


def _rows_with(unknowns: Unknowns) -> Mapping[int, tuple[Row, ...]]:
    found: dict[int, tuple[Row, ...]] = {}
    for row in unknowns.rows:
        for column in row.columns if row.unit is not None else ():
            if column in unknowns.shown:
                found[column] = (*found.get(column, ()), row)
    return found


@dataclass(frozen=True)
class System:
    """Unknowns as arrays, and the rows that each is in; numbers that are known are left out."""

    unknowns: Unknowns
    truth: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    low: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    high: "np.ndarray[tuple[int], np.dtype[np.float64]]"
    rows: tuple[Row, ...]
    rows_of: tuple[tuple[int, ...], ...]
    """Open column to the numbers of its rows."""
    totals_of: tuple[tuple[int, ...], ...]
    """Column, shown or not, to the numbers of the totals that it is in."""
    rows_with: Mapping[int, tuple[Row, ...]]
    """Shown column to its rows within its return, also those in which everything is known."""

    @classmethod
    def of(cls, unknowns: Unknowns) -> "System":
        """Leave out rows in which everything is known."""
        low, high = np.array(unknowns.low), np.array(unknowns.high)
        is_open = (high > low).tolist()
        rows = tuple(row for row in unknowns.rows if any(is_open[c] for c in row.columns))
        rows_of: list[list[int]] = [[] for _ in unknowns.truth]
        totals_of: list[list[int]] = [[] for _ in unknowns.truth]
        for number, row in enumerate(rows):
            for column in row.columns:
                if is_open[column]:
                    rows_of[column].append(number)
                if row.unit is None:
                    totals_of[column].append(number)
        truth = np.array(unknowns.truth, dtype=np.float64)
        own = _rows_with(unknowns)
        in_rows, in_totals = tuple(map(tuple, rows_of)), tuple(map(tuple, totals_of))
        return cls(unknowns, truth, low, high, rows, in_rows, in_totals, own)

    def is_open(self, column: int) -> bool:
        """Say whether an unknown is not simply shown."""
        return bool(self.high[column] > self.low[column])

    def at_truth(self, row: Row) -> float:
        """Return what a row comes to with the true counts."""
        pairs = zip(row.columns, row.factors, strict=True)
        return float(sum(self.truth[c] * f for c, f in pairs))
