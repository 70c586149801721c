"""Rows between data frames and the database, in bulk."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import sqlalchemy as sa
from numpy.typing import NDArray

from indicators.cell_frames import IS_COMPUTED, NUMBER_COLUMNS, STORED_COLUMNS, codes_together
from indicators.cells import BREAKDOWN_COLUMNS
from indicators.store.tables import breakdown, cell

PLACE_COLUMNS: Final = ("indicator", "period", "area", "breakdown")
"""The key of a cell in the database, where a combination of breakdowns is one number."""

FIGURE_COLUMNS: Final = tuple(
    name for name in STORED_COLUMNS if name not in {*PLACE_COLUMNS, *BREAKDOWN_COLUMNS}
)


def insert_rows(
    connection: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Iterable[Any]
) -> None:
    """Insert tuples as fast as the database takes them: COPY, or one prepared statement."""
    names = ", ".join(f'"{name}"' for name in columns)
    cursor: Any = connection.connection.cursor()  # drivers take more than their shared interface
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608 - our names
        cursor.executemany(statement, rows)
        return
    name = f'"{table.schema}"."{table.name}"' if table.schema else f'"{table.name}"'
    with cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def select_frame(connection: sa.Connection, query: sa.Select[Any]) -> pd.DataFrame:
    """Run a query of plain columns; text comes as text, numbers as floats with NaN for none.

    Past the result objects of SQLAlchemy, which would take longer than the query, and past its
    translation of schemas: not for tables of the restricted one.
    """
    compiled = query.compile(
        dialect=connection.dialect, compile_kwargs={"render_postcompile": True}
    )
    names = [column.name for column in query.selected_columns]
    cursor = connection.connection.cursor()
    cursor.execute(str(compiled), _parameters(compiled))
    columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
    cursor.close()
    return pd.DataFrame(
        {name: _column(name, values) for name, values in zip(names, columns, strict=True)}
    )


def _parameters(compiled: sa.Compiled) -> Any:
    names = getattr(compiled, "positiontup", None)
    return compiled.params if names is None else [compiled.params[name] for name in names]


def _column(name: str, values: Sequence[Any]) -> "pd.Series[Any]":
    if name in NUMBER_COLUMNS:
        return pd.Series(np.array(values, dtype=np.float64))
    if name == IS_COMPUTED:
        return pd.Series(np.array(values, dtype=bool))
    if name in {"breakdown", "definition_version", "updated_release", "from_release"}:
        return pd.Series(np.array(values, dtype=np.int64))
    return pd.Series(values, dtype="str")


def breakdown_ids(connection: sa.Connection, cells: pd.DataFrame) -> "pd.Series[Any]":
    """Return the number of each cell's combination of breakdowns, new ones being added."""
    if cells.empty:
        return pd.Series([], dtype=np.int64)
    codes = codes_together(cells[name] for name in BREAKDOWN_COLUMNS)
    first = np.unique(codes, return_index=True)[1]
    distinct = cells[list(BREAKDOWN_COLUMNS)].iloc[first]
    held = {
        tuple(row[1:]): row[0]
        for row in connection.execute(
            sa.select(breakdown.c.id, *(breakdown.c[name] for name in BREAKDOWN_COLUMNS))
        )
    }
    new = [row for row in distinct.itertuples(index=False, name=None) if row not in held]
    numbered = {row: number for number, row in enumerate(sorted(new), len(held))}
    insert_rows(
        connection,
        breakdown,
        ("id", *BREAKDOWN_COLUMNS),
        [(number, *row) for row, number in numbered.items()],
    )
    known = {**held, **numbered}
    by_code = np.array(
        [known[row] for row in distinct.itertuples(index=False, name=None)], dtype=np.int64
    )
    return pd.Series(by_code[codes], index=cells.index)


def with_breakdowns(connection: sa.Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """Replace the number of a combination of breakdowns by its codes."""
    held = connection.execute(
        sa.select(*(breakdown.c[name] for name in BREAKDOWN_COLUMNS)).order_by(breakdown.c.id)
    ).all()
    codes = rows["breakdown"].to_numpy()
    named = {
        name: pd.Series(np.array([row[place] for row in held], dtype=object)[codes], dtype="str")
        if held
        else pd.Series([], dtype="str")
        for place, name in enumerate(BREAKDOWN_COLUMNS)
    }
    return rows.drop(columns="breakdown").assign(**named)


def as_tuples(frame: pd.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return rows of plain Python values; NaN becomes None."""
    every = np.arange(len(frame))
    return [row for rows in portions(frame, columns, every, len(frame) or 1) for row in rows]


def portions(
    frame: pd.DataFrame, columns: Sequence[str], order: NDArray[np.int64], size: int
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows in an order, so many at a time, as plain Python values; NaN becomes None.

    All rows of a large release as Python objects at one time would take some 200 MB.
    """
    values_of = [_values_of(name, frame[name]) for name in columns]
    for start in range(0, len(order), size):
        at = order[start : start + size]
        yield list(zip(*(values(at) for values in values_of), strict=True))


def _values_of(name: str, column: "pd.Series[Any]") -> Callable[[NDArray[np.int64]], list[Any]]:
    """Return what gives the Python values of some rows; each distinct text is made once."""
    if name in NUMBER_COLUMNS:
        numbers = column.to_numpy(dtype=np.float64)
        return lambda at: [None if value != value else value for value in numbers[at].tolist()]
    if pd.api.types.is_numeric_dtype(column.dtype):
        plain = column.to_numpy()
        return lambda at: list(plain[at].tolist())
    codes, distinct = pd.factorize(column)
    known = list(distinct)
    return lambda at: [known[code] for code in codes[at].tolist()]


def temporary_keys(connection: sa.Connection) -> sa.Table:
    """Make a table of keys of cells that only this connection sees; drop it after use."""
    columns: list[Any] = [
        sa.Column(name, cell.c[name].type, primary_key=True, autoincrement=False)
        for name in PLACE_COLUMNS
    ]
    table = sa.Table("keys", sa.MetaData(), *columns, prefixes=["TEMPORARY"])
    table.create(connection)
    return table
