"""Rows in the shape that a reader wants, as lines of text and as Arrow tables."""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pyarrow as pa

from api.blocks import Block
from api.opened import OpenRelease
from api.row_filters import key_of, taken
from api.row_table import SCHEMA
from api.row_text import Dialect, number_token, number_tokens, one_by_one
from api.shaped_columns import ColumnOfRows, Numbers, as_array, column_of, part_of
from api.shaping import Column


def shaped_lines(
    release: OpenRelease, block: Block, columns: Sequence[Column], dialect: Dialect
) -> list[bytes]:
    """Return one line for each row, in the order of the block."""
    lines: list[bytes] = []
    by_key, places = _by_key(release, block)
    for rows in one_by_one(by_key):
        part, count = part_of(release, rows), len(rows)
        pieces: list[Any] = [repeat(dialect.begin.encode(), count)]
        for place, column in enumerate(columns):
            key = f"{',' if place else ''}{dialect.key(column.name)}".encode()
            pieces += _tokens(column_of(part, column), key, dialect, count)
        pieces.append(repeat(dialect.end.encode(), count))
        lines += map(b"".join, zip(*pieces, strict=True))
    return lines if places is None else [lines[place] for place in places]


def shaped_table(release: OpenRelease, block: Block, columns: Sequence[Column]) -> pa.Table:
    """Return the rows of a block as a table, in its order."""
    schema = schema_of(columns)
    by_key, places = _by_key(release, block)
    tables = []
    for rows in one_by_one(by_key):
        part = part_of(release, rows)
        arrays = [
            as_array(column_of(part, column), field.type, len(rows))
            for column, field in zip(columns, schema, strict=True)
        ]
        tables.append(pa.table(arrays, schema=schema))
    table = pa.concat_tables(tables)
    return table if places is None else table.take(pa.array(places))


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """Return the types of columns; words are text."""
    return pa.schema([pa.field(column.name, _type(column)) for column in columns])


def _type(column: Column) -> pa.DataType:
    if column.is_label and column.field != "flags":
        return pa.string()
    kind: pa.DataType = SCHEMA.field(column.field).type
    return kind


def _by_key(release: OpenRelease, block: Block) -> tuple[Block, list[int] | None]:
    """Return the rows in the order of their keys, and where each row went; None for in place.

    Only so are the rows of one indicator together and their cells read in one go.
    """
    keys = key_of(release, block)
    if bool(np.all(keys[1:] > keys[:-1])):
        return block, None
    order = np.argsort(keys)
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return taken(block, order), places.tolist()


def _tokens(column: ColumnOfRows, key: bytes, dialect: Dialect, count: int) -> list[Any]:
    """Return what each row has of a column, in pieces that follow on."""
    if isinstance(column, Numbers):
        tokens = number_tokens(column.numbers, dialect.null.encode(), whole=column.is_whole)
        return [repeat(key, count), tokens]
    texts = [key + _text(value, dialect).encode() for value in column.values]
    if column.codes is None:
        return [repeat(texts[0], count)]
    return [[texts[code] for code in column.codes.tolist()]]


def _text(value: Any, dialect: Dialect) -> str:
    if value is None:
        return dialect.null
    if isinstance(value, str):
        return dialect.text(value)
    return dialect.flags(value) if isinstance(value, list) else number_token(value)
