"""Rows as Arrow tables: the same columns, order and figures as the text formats."""

from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa

from api.blocks import Block
from api.opened import OpenRelease
from api.row_text import one_by_one
from api.shaped_columns import as_array, field_of, part_of
from indicators.cells import ROW_COLUMNS
from indicators.export_rows import ROW_NUMBERS

SCHEMA: Final = pa.schema(
    [
        pa.field(
            name,
            pa.float64()
            if name in ROW_NUMBERS
            else pa.int32()
            if name == "definition_version"
            else pa.list_(pa.string())
            if name == "flags"
            else pa.string(),
        )
        for name in ROW_COLUMNS
    ]
)


def row_tables(release: OpenRelease, blocks: Iterable[Block]) -> Iterator[pa.Table]:
    """Give each block as a table."""
    for block in blocks:
        yield row_table(release, block)


def row_table(release: OpenRelease, block: Block) -> pa.Table:
    """Return a block as a table."""
    tables = []
    for rows in one_by_one(block):
        part = part_of(release, rows)
        arrays = [as_array(field_of(part, one.name), one.type, len(rows)) for one in SCHEMA]
        tables.append(pa.table(arrays, schema=SCHEMA))
    return pa.concat_tables(tables).combine_chunks()
