"""Taking withheld figures out of history: every release that held one is written anew."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import sqlalchemy as sa

from indicators.cell_frames import NUMBER_COLUMNS, key_codes
from indicators.cells import BREAKDOWN_COLUMNS, KEY_COLUMNS, Flag, Status
from indicators.store.occasions import Occasion, next_number
from indicators.store.rows import (
    PLACE_COLUMNS,
    as_tuples,
    breakdown_ids,
    insert_rows,
    select_frame,
    temporary_keys,
    with_breakdowns,
)
from indicators.store.tables import cell, draft_cell, redaction, release
from indicators.totals import COMPUTED_SOURCE
from reference.places import AreaKind, PlaceSet


def newly_suppressed(cells: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Return the keys of suppressed cells that were not suppressed in the release before."""
    keys = list(KEY_COLUMNS)
    now = cells.loc[cells["status"] == Status.SUPPRESSED, keys]
    before = base.loc[base["status"] == Status.SUPPRESSED, keys]
    codes, known = key_codes(now, before)
    return now[~np.isin(codes, known)]


def in_history(connection: sa.Connection, keys: pd.DataFrame) -> pd.DataFrame:
    """Return those keys for which any release holds a number."""
    return _held(connection, keys, _holds_a_number(cell))


def parts_of_totals(connection: sa.Connection, keys: pd.DataFrame) -> pd.DataFrame:
    """Return those keys for which any release holds what a total is made of."""
    return _held(connection, keys, cell.c.numerator.is_not(None) & cell.c.denominator.is_not(None))


def provisional_cells(connection: sa.Connection, keys: pd.DataFrame) -> pd.DataFrame:
    """Return those keys for which any release has a figure out of a return."""
    return _held(connection, keys, cell.c.flags.contains(str(Flag.PROVISIONAL)))


def known_cells(connection: sa.Connection, keys: pd.DataFrame) -> pd.DataFrame:
    """Return those keys for which any release has a cell."""
    return _held(connection, keys, sa.true())


def _held(
    connection: sa.Connection, keys: pd.DataFrame, condition: sa.ColumnElement[bool]
) -> pd.DataFrame:
    if keys.empty:
        return keys
    wanted = _put_keys(connection, keys)
    query = (
        sa.select(*(cell.c[name] for name in PLACE_COLUMNS))
        .where(*_same(wanted), condition)
        .distinct()
    )
    rows = select_frame(connection, query)
    wanted.drop(connection)
    return with_breakdowns(connection, rows)[list(KEY_COLUMNS)]


def totals_over(keys: pd.DataFrame, places: PlaceSet) -> pd.DataFrame:
    """Return the totals that withheld cells of authorities are parts of.

    A total that we computed minus the other authorities would give the cell away.
    """
    found = [keys.iloc[:0]]
    for code, parts in keys.groupby("area"):
        area = places.area(str(code))
        if area.kind is AreaKind.AUTHORITY:
            wholes = (places.country.code, area.region, area.subregion)
            found += [parts.assign(area=whole) for whole in wholes if whole]
    return pd.concat(found).drop_duplicates(ignore_index=True)


def hide(connection: sa.Connection, keys: pd.DataFrame, status: Status) -> list[int]:
    """Take the numbers of cells out of all rows; return the releases those rows belong to."""
    return _hide(connection, keys, status, computed_only=False)


def hide_totals(connection: sa.Connection, keys: pd.DataFrame) -> list[int]:
    """Withdraw totals in the same way, but only where we computed them."""
    return _hide(connection, keys, Status.WITHDRAWN, computed_only=True)


def _hide(
    connection: sa.Connection, keys: pd.DataFrame, status: Status, *, computed_only: bool
) -> list[int]:
    if keys.empty:
        return []
    wanted = _put_keys(connection, keys)
    held = _where(cell, wanted, computed_only=computed_only)
    query = sa.select(cell.c.from_release, cell.c.to_release).where(*held).distinct()
    spans = [(row.from_release, row.to_release) for row in connection.execute(query)]
    nothing = dict.fromkeys(NUMBER_COLUMNS)
    for table in (cell, draft_cell):
        connection.execute(
            sa.update(table)
            .where(*_where(table, wanted, computed_only=computed_only))
            .values(status=str(status), flags="", source_symbol="", **nothing)
        )
    wanted.drop(connection)
    return _releases_in(connection, spans)


def _where(
    table: sa.Table, wanted: sa.Table, *, computed_only: bool
) -> list[sa.ColumnElement[bool]]:
    """Pick the rows of those keys that hold a number."""
    where = [*_same(wanted, table), _holds_a_number(table)]
    return [*where, table.c.source == COMPUTED_SOURCE] if computed_only else where


def _releases_in(connection: sa.Connection, spans: Sequence[tuple[int, int | None]]) -> list[int]:
    numbers = connection.scalars(sa.select(release.c.sequence)).all()
    return sorted(
        number
        for number in numbers
        if any(first <= number and (end is None or number < end) for first, end in spans)
    )


def record(
    connection: sa.Connection,
    keys: pd.DataFrame,
    *,
    status: Status,
    made_by: str,
    reason: str,
    sequence: int,
    at: Occasion,
) -> None:
    """Note which cells were withheld, with which release that is told, and why."""
    numbered = keys.assign(breakdown=breakdown_ids(connection, keys))
    first = next_number(connection, redaction.c.id)
    about = (str(status), reason, made_by, at.moment, sequence)
    rows = [
        (number, *place, *about)
        for number, place in enumerate(as_tuples(numbered, PLACE_COLUMNS), first)
    ]
    columns = ("id", *PLACE_COLUMNS, "status", "reason", "made_by", "made_at", "release")
    insert_rows(connection, redaction, columns, rows)


def _put_keys(connection: sa.Connection, keys: pd.DataFrame) -> sa.Table:
    wanted = temporary_keys(connection)
    rows = keys[["indicator", "period", "area"]].assign(
        breakdown=breakdown_ids(connection, keys[["indicator", *BREAKDOWN_COLUMNS]])
    )
    insert_rows(connection, wanted, PLACE_COLUMNS, as_tuples(rows, PLACE_COLUMNS))
    return wanted


def _same(wanted: sa.Table, table: sa.Table = cell) -> list[sa.ColumnElement[bool]]:
    return [table.c[name] == wanted.c[name] for name in PLACE_COLUMNS]


def _holds_a_number(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.or_(*(table.c[name].is_not(None) for name in NUMBER_COLUMNS))
