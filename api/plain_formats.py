"""How rows of plain values become each format but JSON: one place to add one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import orjson
import pyarrow as pa

from api.asking import Asked
from api.citing import cited
from api.formats import arrow_bytes, parquet_bytes
from api.row_text import csv_line

Array: TypeAlias = "pa.Array[Any]"
Rows = Sequence[Mapping[str, Any]]
Told = Mapping[str, Any]
"""The `meta` of the answer: formats that have room for it say it too."""
Write = Callable[[Asked, Told, Rows, Sequence[str]], bytes]


def _csv(_: Asked, __: Told, rows: Rows, columns: Sequence[str]) -> bytes:
    lines = [csv_line(columns), *(csv_line(row[name] for name in columns) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode()


def _jsonl(_: Asked, __: Told, rows: Rows, columns: Sequence[str]) -> bytes:
    return b"".join(orjson.dumps(dict(row)) + b"\n" for row in rows)


def _parquet(asked: Asked, _: Told, rows: Rows, columns: Sequence[str]) -> bytes:
    return parquet_bytes(_table(asked, rows, columns))


def _arrow(asked: Asked, _: Told, rows: Rows, columns: Sequence[str]) -> bytes:
    return arrow_bytes(_table(asked, rows, columns))


def _xlsx(asked: Asked, told: Told, rows: Rows, columns: Sequence[str]) -> bytes:
    from api.workbooks import workbook  # it looks resources up, whose routes come here

    table = _table(asked, rows, columns)
    return workbook(asked, told, table.schema, lambda: (table,))


PLAIN: Final[Mapping[str, Write]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "arrow": _arrow,
    "xlsx": _xlsx,
}


def _table(asked: Asked, rows: Rows, columns: Sequence[str]) -> pa.Table:
    table = pa.table({name: _column([row[name] for row in rows]) for name in columns})
    return table.cast(cited(table.schema, asked.release))


def _column(values: Sequence[Any]) -> Array:
    """Build a column; what is neither plain nor a list of texts becomes JSON text."""
    kinds = {type(value) for value in values} - {type(None)}
    if kinds <= {int, float} and kinds:
        return pa.array([None if v is None else float(v) for v in values], pa.float64())
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {list} and all(isinstance(i, str) for v in values if v for i in v):
        return pa.array(values, pa.list_(pa.string()))
    if kinds == {list} and all(isinstance(i, int | float) for v in values for i in v or ()):
        return pa.array(values, pa.list_(pa.float64()))
    texts = [v if v is None or isinstance(v, str) else orjson.dumps(v).decode() for v in values]
    return pa.array(texts, pa.string())
