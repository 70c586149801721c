"""The formats of answers: names, media types, and how rows become each of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, Final, TypeAlias

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from api.row_text import csv_line
from api.sdmx.addresses import GENERIC, MEDIA_TYPES, SPECIFIC

Array: TypeAlias = "pa.Array[Any]"


class Of(StrEnum):
    """What a format can be had of."""

    ROWS = "rows"
    FIGURES = "figures"
    CITATION = "citation"


@dataclass(frozen=True)
class Format:
    """One format of an answer."""

    name: str
    media_type: str
    is_text: bool = True
    of: Of = Of.ROWS
    extension: str = ""
    """Of a file, where it is not the name."""


JSON: Final = "json"
FORMATS: Final[Mapping[str, Format]] = {
    form.name: form
    for form in (
        Format(JSON, "application/json"),
        Format("csv", "text/csv; charset=utf-8"),
        Format("jsonl", "application/x-ndjson"),
        Format("parquet", "application/vnd.apache.parquet", is_text=False),
        Format("arrow", "application/vnd.apache.arrow.stream", is_text=False),
        Format(GENERIC, MEDIA_TYPES[GENERIC], of=Of.FIGURES, extension="xml"),
        Format(SPECIFIC, MEDIA_TYPES[SPECIFIC], of=Of.FIGURES, extension="xml"),
        Format("bib", "application/x-bibtex; charset=utf-8", of=Of.CITATION),
        Format("cff", "application/yaml; charset=utf-8", of=Of.CITATION),
        Format("ris", "application/x-research-info-systems; charset=utf-8", of=Of.CITATION),
    )
}


def formats_of(*kinds: Of) -> tuple[str, ...]:
    """Return the names of the formats that may be had of something, JSON first."""
    return tuple(name for name, form in FORMATS.items() if name == JSON or form.of in kinds)


def plain_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], format: str) -> bytes:
    """Return rows of plain values as bytes of a tabular format other than JSON."""
    if format == "csv":
        lines = [csv_line(columns), *(csv_line(row[name] for name in columns) for row in rows)]
        return ("\r\n".join(lines) + "\r\n").encode()
    if format == "jsonl":
        return b"".join(orjson.dumps(dict(row)) + b"\n" for row in rows)
    table = pa.table({name: _column([row[name] for row in rows]) for name in columns})
    return parquet_bytes(table) if format == "parquet" else arrow_bytes(table)


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    sink = BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def arrow_bytes(table: pa.Table) -> bytes:
    """Return a table as an Arrow stream."""
    return b"".join(arrow_stream(table.schema, [table]))


def arrow_stream(schema: pa.Schema, tables: Iterable[pa.Table]) -> Iterator[bytes]:
    """Give an Arrow stream part by part."""
    sink = BytesIO()
    with pa.ipc.new_stream(sink, schema) as writer:
        for table in tables:
            writer.write_table(table)
            yield _drained(sink)
    yield _drained(sink)


def _drained(sink: BytesIO) -> bytes:
    written = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return written


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
