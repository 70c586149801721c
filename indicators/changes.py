"""What differs between two releases, cell by cell; a suppressed cell never shows its old number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from indicators.cell_frames import key_codes, same_numbers
from indicators.cells import BREAKDOWN_COLUMNS, KEY_COLUMNS, Breakdown, Status
from indicators.change_table import ABSENT, NEWLY_SUPPRESSED, name_change
from indicators.snapshot import Change
from reference.periods import parse_period


@dataclass(frozen=True)
class RowOrder:
    """The order of rows in every answer: place of each indicator and of each area."""

    indicators: Mapping[str, int]
    areas: Mapping[str, int]

    def of(self, change: Change) -> tuple[Any, ...]:
        """Return the sort key of a change."""
        return (
            self.indicators.get(change.indicator, len(self.indicators)),
            change.indicator,
            parse_period(change.period),
            self.areas.get(change.area, len(self.areas)),
            change.area,
            change.breakdown.order,
        )


def changes_between(
    old: pd.DataFrame, new: pd.DataFrame, withheld: pd.DataFrame, order: RowOrder
) -> tuple[Change, ...]:
    """Return what changed from one release to the next.

    `withheld` has the keys of cells that were withheld with the new release; the older one no
    longer holds their numbers either, so comparing cannot find them.
    """
    pairs = _paired(old, new, withheld)
    kinds = {
        (before, after, hidden): name_change(before, after, hidden)
        for before, after, hidden in zip(pairs["old"], pairs["new"], pairs["withheld"], strict=True)
    }
    found = [
        _change(row, kind)
        for row in pairs.itertuples(index=False)
        if (kind := kinds[row.old, row.new, row.withheld]) is not None
    ]
    return tuple(sorted(found, key=order.of))


def _change(row: Any, kind: str) -> Change:
    hides = kind == NEWLY_SUPPRESSED
    return Change(
        indicator=row.indicator,
        period=row.period,
        area=row.area,
        breakdown=Breakdown(*(getattr(row, name) for name in BREAKDOWN_COLUMNS)),
        kind=kind,
        old_value=None if hides else _number(row.old_value),
        new_value=None if hides else _number(row.new_value),
        old_status=str(Status.OK) if row.withheld else row.old,
        new_status=row.new,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _paired(old: pd.DataFrame, new: pd.DataFrame, withheld: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each cell that differs: its key, and what it was and is."""
    codes = key_codes(old, new, withheld)
    size = 1 + max((int(c.max()) for c in codes if len(c)), default=-1)
    at_old, at_new, at_withheld = (_places(c, size) for c in codes)
    value_old, status_old = _picked(old, at_old)
    value_new, status_new = _picked(new, at_new)
    is_withheld = at_withheld >= 0
    touched = np.flatnonzero(
        (status_old != status_new) | ~same_numbers(value_old, value_new) | is_withheld
    )
    every = pd.concat([frame[list(KEY_COLUMNS)] for frame in (new, old, withheld)])
    start = np.select(
        [at_new >= 0, at_old >= 0],
        [at_new, at_old + len(new)],
        at_withheld + len(new) + len(old),
    )
    return every.iloc[start[touched]].assign(
        old=status_old[touched],
        new=status_new[touched],
        old_value=value_old[touched],
        new_value=value_new[touched],
        withheld=is_withheld[touched],
    )


def _places(codes: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    places = np.full(size, -1, dtype=np.int64)
    places[codes] = np.arange(len(codes))
    return places


def _picked(
    cells: pd.DataFrame, at: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return value and status by code; none and empty where there is no such cell."""
    value = np.full(len(at), np.nan)
    status = np.full(len(at), ABSENT, dtype=object)
    held = at >= 0
    value[held] = cells["value"].to_numpy(dtype=np.float64)[at[held]]
    status[held] = cells["status"].to_numpy(dtype=object)[at[held]]
    return value, status
