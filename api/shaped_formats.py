"""How rows in a shape or order of the reader's become each format."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import pyarrow as pa

from api.asking import Asked
from api.blocks import Block
from api.citing import cited
from api.formats import arrow_stream
from api.opened import OpenRelease
from api.row_formats import TABLE_WRITERS, Told, cut
from api.row_text import CSV, JSON_LINES, csv_line
from api.shaped_rows import schema_of, shaped_lines, shaped_table
from api.shaping import Shape
from api.wide import wide_table

LINE_END: Final = "\r\n"
MARK: Final = "\ufeff"
"""What begins a text in UTF-8, so that Excel reads it as such."""

PART_ROWS: Final = 50_000
"""Rows of one part: put back from another order, they cost the more the smaller the parts."""

Stream = Callable[[OpenRelease, Shape, Iterable[Block]], Iterator[bytes]]


def shaped_stream(
    format: str, release: OpenRelease, shape: Shape, found: Iterable[Block]
) -> Iterator[bytes]:
    """Give an answer part by part; `format` is one of SHAPED."""
    return SHAPED[format](release, shape, cut(found, PART_ROWS))


def shaped_bytes(asked: Asked, told: Told, shape: Shape, found: Sequence[Block]) -> bytes:
    """Return a whole answer in a format other than JSON."""
    if shape.wide:
        return _wide(asked, told, shape, found)
    if asked.format in SHAPED:
        return b"".join(SHAPED[asked.format](asked.release, shape, found))
    tables = [shaped_table(asked.release, block, shape.columns) for block in found]
    table = pa.concat_tables(tables) if tables else schema_of(shape.columns).empty_table()
    return TABLE_WRITERS[asked.format](asked, told, table)


def header_line(names: Iterable[str], shape: Shape) -> bytes:
    """Return the first line of a CSV."""
    return f"{MARK if shape.has_mark else ''}{csv_line(names)}{LINE_END}".encode()


def _wide(asked: Asked, told: Told, shape: Shape, found: Sequence[Block]) -> bytes:
    table = wide_table(asked, shape, found)
    if asked.format == "xlsx":
        from api.workbooks import workbook  # it looks resources up, whose routes come here

        arrow = table.as_arrow()
        return workbook(asked, told, arrow.schema, lambda: (arrow,), table.beside)
    lines = "".join(f"{csv_line(row)}{LINE_END}" for row in table.rows())
    return header_line(table.names, shape) + lines.encode()


def _csv_parts(release: OpenRelease, shape: Shape, found: Iterable[Block]) -> Iterator[bytes]:
    yield header_line((column.name for column in shape.columns), shape)
    for block in found:
        yield b"".join(shaped_lines(release, block, shape.columns, CSV))


def _jsonl_parts(release: OpenRelease, shape: Shape, found: Iterable[Block]) -> Iterator[bytes]:
    for block in found:
        yield b"".join(shaped_lines(release, block, shape.columns, JSON_LINES))


def _arrow_parts(release: OpenRelease, shape: Shape, found: Iterable[Block]) -> Iterator[bytes]:
    tables = (shaped_table(release, block, shape.columns) for block in found)
    return arrow_stream(cited(schema_of(shape.columns), release), tables)


SHAPED: Final[Mapping[str, Stream]] = {
    "csv": _csv_parts,
    "jsonl": _jsonl_parts,
    "arrow": _arrow_parts,
}
