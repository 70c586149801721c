"""How the rows of figures become each format: one place to add a format, whole or part by part."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pyarrow as pa

from api.asking import Asked
from api.blocks import Block
from api.citing import cited
from api.formats import arrow_stream, parquet_bytes, parquet_of
from api.json_stat import json_stat
from api.opened import OpenRelease
from api.row_table import SCHEMA, row_tables
from api.row_text import CSV, JSON_LINES, csv_line, row_pieces
from api.sdmx.addresses import GENERIC, SPECIFIC
from api.sdmx.data_messages import FORMS, of_blocks
from api.weaving import joined
from indicators.cells import ROW_COLUMNS

KEPT_ROWS: Final = 50_000
"""Up to so many rows are kept for a workbook, which reads them twice; more are made twice."""
STREAM_ROWS: Final = 2_000
"""Rows of one part of a streamed answer."""

Told = Mapping[str, Any]
"""The `meta` of the answer: formats that have room for it say it too."""
Write = Callable[[Asked, Told, Sequence[Block]], bytes]
WriteTable = Callable[[Asked, Told, pa.Table], bytes]
Stream = Callable[[OpenRelease, Iterable[Block]], Iterator[bytes]]


def stream_of(format: str, release: OpenRelease, found: Iterable[Block]) -> Iterator[bytes]:
    """Give an answer part by part, so that memory stays flat; `format` is one of STREAMED."""
    return STREAMED[format](release, cut(found, STREAM_ROWS))


def cut(found: Iterable[Block], most_rows: int) -> Iterator[Block]:
    """Give the same rows in blocks of so many at most."""
    for block in found:
        for first in range(0, len(block), most_rows):
            yield block.part(first, first + most_rows)


def _csv_parts(release: OpenRelease, found: Iterable[Block]) -> Iterator[bytes]:
    yield f"{csv_line(ROW_COLUMNS)}\r\n".encode()
    for block in found:
        yield joined(row_pieces(release, block, CSV))


def _jsonl_parts(release: OpenRelease, found: Iterable[Block]) -> Iterator[bytes]:
    for block in found:
        yield joined(row_pieces(release, block, JSON_LINES))


def _arrow_parts(release: OpenRelease, found: Iterable[Block]) -> Iterator[bytes]:
    return arrow_stream(cited(SCHEMA, release), row_tables(release, found))


def _parquet(asked: Asked, _: Told, found: Sequence[Block]) -> bytes:
    return parquet_of(cited(SCHEMA, asked.release), row_tables(asked.release, found))


def _table_parquet(asked: Asked, _: Told, table: pa.Table) -> bytes:
    return parquet_bytes(table.cast(cited(table.schema, asked.release)))


def _table_xlsx(asked: Asked, told: Told, table: pa.Table) -> bytes:
    from api.workbooks import workbook  # it looks resources up, whose routes come here

    return workbook(asked, told, table.schema, lambda: (table,))


def _xlsx(asked: Asked, told: Told, found: Sequence[Block]) -> bytes:
    from api.workbooks import workbook  # it looks resources up, whose routes come here

    if sum(map(len, found)) <= KEPT_ROWS:
        tables = list(row_tables(asked.release, found))
        return workbook(asked, told, SCHEMA, lambda: tables)
    return workbook(asked, told, SCHEMA, lambda: row_tables(asked.release, found))


def _whole(stream: Stream) -> Write:
    """Return a way to write at once what can be written part by part."""

    def write(asked: Asked, _: Told, found: Sequence[Block]) -> bytes:
        return b"".join(stream(asked.release, found))

    return write


STREAMED: Final[Mapping[str, Stream]] = {
    "csv": _csv_parts,
    "jsonl": _jsonl_parts,
    "arrow": _arrow_parts,
    **{name: partial(of_blocks, FORMS[name]) for name in (GENERIC, SPECIFIC)},
}
QUICK: Final = frozenset({"csv", "jsonl"})
"""Those whose parts are made in less than a thousandth of a second."""
WRITTEN: Final[Mapping[str, Write]] = {
    **{name: _whole(stream) for name, stream in STREAMED.items()},
    "parquet": _parquet,
    "xlsx": _xlsx,
    "jsonstat": json_stat,
}
"""Every format but JSON, which is an envelope around rows."""

TABLE_WRITERS: Final[Mapping[str, WriteTable]] = {
    "parquet": _table_parquet,
    "xlsx": _table_xlsx,
}
"""Formats written from a table of any columns, such as `fields=` and `wide=` make, not by lines."""
