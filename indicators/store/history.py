"""Cells over releases: what a release holds, and what changes from one to the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from indicators.cell_frames import STORED_COLUMNS, differs, key_codes
from indicators.store.rows import (
    FIGURE_COLUMNS,
    PLACE_COLUMNS,
    as_tuples,
    breakdown_ids,
    insert_rows,
    portions,
    select_frame,
    temporary_keys,
    with_breakdowns,
)
from indicators.store.tables import cell, release

UPDATED: Final = "updated_release"

_ROWS_AT_ONCE: Final = 40_000

MEANING_COLUMNS: Final = (
    "value",
    "numerator",
    "denominator",
    "ci_lower",
    "ci_upper",
    "ci_level",
    "status",
    "flags",
    "source_symbol",
)
"""A cell counts as updated when one of these changes; a newer source that repeats it does not."""


def release_ids(connection: sa.Connection) -> dict[int, str]:
    """Return the sequence number of every release, withdrawn ones included, to its id."""
    rows = connection.execute(sa.select(release.c.sequence, release.c.id))
    return {row.sequence: row.id for row in rows}


def cells_at(connection: sa.Connection, sequence: int | None) -> pd.DataFrame:
    """Return what a release holds: STORED_COLUMNS and `updated_release`, a sequence number.

    `None` means no release: no rows.
    """
    at = -1 if sequence is None else sequence
    query = sa.select(
        *(cell.c[name] for name in (*PLACE_COLUMNS, *FIGURE_COLUMNS, UPDATED)),
    ).where(cell.c.from_release <= at, sa.or_(cell.c.to_release.is_(None), cell.c.to_release > at))
    rows = with_breakdowns(connection, select_frame(connection, query))
    return rows[[*STORED_COLUMNS, UPDATED]]


@dataclass(frozen=True)
class Delta:
    """What a release changes: cells that end with it, and those that begin (with `updated`)."""

    sequence: int
    ending: pd.DataFrame
    beginning: pd.DataFrame
    state: pd.DataFrame
    changed_cells: int

    @property
    def is_empty(self) -> bool:
        """Whether the release would hold what is held already."""
        return self.ending.empty and self.beginning.empty


def delta_between(
    standing: pd.DataFrame, base: pd.DataFrame, cells: pd.DataFrame, sequence: int
) -> Delta:
    """Compare a release's cells with the rows that stand open and with the release before.

    The two differ only when the newest release was withdrawn. `standing` and `base` are as
    from cells_at; `state` is `cells` with the release in which each last changed.
    """
    state = cells.assign(**{UPDATED: sequence})
    was = _matched(state, base)
    before = base.iloc[np.maximum(was, 0)] if len(base) else state
    same_meaning = (was >= 0) & ~differs(state, before, MEANING_COLUMNS)
    if len(base):
        state[UPDATED] = np.where(same_meaning, before[UPDATED].to_numpy(), sequence)
    stands = _matched(state, standing)
    stood = standing.iloc[np.maximum(stands, 0)] if len(standing) else state
    columns = (*FIGURE_COLUMNS, UPDATED)
    unchanged = (stands >= 0) & ~differs(state, stood, columns)
    ends = np.ones(len(standing), dtype=bool)
    ends[stands[unchanged]] = False
    gone = len(base) - int((was >= 0).sum())
    return Delta(
        sequence=sequence,
        ending=standing[ends],
        beginning=state[~unchanged],
        state=state,
        changed_cells=int((~same_meaning).sum()) + gone,
    )


def _matched(cells: pd.DataFrame, held: pd.DataFrame) -> NDArray[np.int64]:
    """Return the position in `held` of each cell, or -1."""
    if held.empty or cells.empty:
        return np.full(len(cells), -1, dtype=np.int64)
    wanted, codes = key_codes(cells, held)
    place = np.full(max(int(wanted.max()), int(codes.max())) + 1, -1, dtype=np.int64)
    place[codes] = np.arange(len(held))
    found: NDArray[np.int64] = place[wanted]
    return found


def write_delta(connection: sa.Connection, delta: Delta) -> None:
    """End and begin the rows of a release."""
    _end_rows(connection, delta)
    rows = delta.beginning.assign(breakdown=breakdown_ids(connection, delta.beginning))
    # In order of the primary key the index grows at its end only.
    rows = rows.assign(from_release=delta.sequence)
    columns = (*PLACE_COLUMNS, "from_release", *FIGURE_COLUMNS, UPDATED)
    for some in portions(rows, columns, _in_order(rows), _ROWS_AT_ONCE):
        insert_rows(connection, cell, columns, some)


def _in_order(rows: pd.DataFrame) -> NDArray[np.int64]:
    """Return the order of rows by PLACE_COLUMNS; each text is compared once, not in every row."""
    codes = [pd.factorize(rows[name], sort=True)[0] for name in reversed(PLACE_COLUMNS)]
    return np.lexsort(codes).astype(np.int64)


def _end_rows(connection: sa.Connection, delta: Delta) -> None:
    if delta.ending.empty:
        return
    rows = delta.ending.assign(breakdown=breakdown_ids(connection, delta.ending))
    ending = temporary_keys(connection)
    insert_rows(connection, ending, PLACE_COLUMNS, as_tuples(rows, PLACE_COLUMNS))
    same = [cell.c[name] == ending.c[name] for name in PLACE_COLUMNS]
    connection.execute(
        sa.update(cell).where(*same, cell.c.to_release.is_(None)).values(to_release=delta.sequence)
    )
    ending.drop(connection)
