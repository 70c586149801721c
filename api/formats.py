"""The formats of answers: names, media types, what each can be had of, and Arrow's own two."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from api.sdmx.addresses import GENERIC, MEDIA_TYPES, SPECIFIC


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
GROUP_ROWS: Final = 100_000
"""Rows of a group of a Parquet file, at least: enough to pack well, few enough to hold."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final[Mapping[str, Format]] = {
    form.name: form
    for form in (
        Format(JSON, "application/json"),
        Format("csv", "text/csv; charset=utf-8"),
        Format("jsonl", "application/x-ndjson"),
        Format("parquet", "application/vnd.apache.parquet", is_text=False),
        Format("arrow", "application/vnd.apache.arrow.stream", is_text=False),
        Format("xlsx", _XLSX, is_text=False),
        Format("jsonstat", "application/json", is_text=False, of=Of.FIGURES),
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


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    sink = BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def parquet_of(schema: pa.Schema, tables: Iterable[pa.Table]) -> bytes:
    """Return tables as one Parquet file, written as they come: only the file is held whole."""
    sink = BytesIO()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for table in _gathered(tables, GROUP_ROWS):
            writer.write_table(table)
    return sink.getvalue()


def _gathered(tables: Iterable[pa.Table], least: int) -> Iterator[pa.Table]:
    """Give the same rows in tables of so many or more, the last but for."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(one.num_rows for one in held) >= least:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


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
