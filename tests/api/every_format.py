"""Readers of every format of figures: bytes to facts, each a key, its value and its status.

A format joins the comparison when its reader stands in READERS.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine

from api.workbook_words import DATA
from api.workbooks import HEADER_ROW
from indicators.cells import BREAKDOWN_COLUMNS
from tests.api.sdmx import reading
from tests.api.sdmx.reading import as_observation

KEY = ("indicator", "period", "area_code", *BREAKDOWN_COLUMNS)

Fact = tuple[tuple[str, ...], float | None, str]
Facts = set[Fact]
Rows = Iterable[Mapping[str, Any]]


def facts_of(rows: Rows) -> Facts:
    """Return the facts of rows; blank stands for no value, as in text and sheets."""
    held = list(rows)
    facts = {
        (
            tuple(str(row[name]) for name in KEY),
            None if row["value"] in (None, "") else float(row["value"]),
            str(row["status"]),
        )
        for row in held
    }
    assert len(facts) == len(held), "a row stands twice"
    return facts


def from_json(content: bytes) -> Facts:
    return facts_of(json.loads(content)["data"])


def from_csv(content: bytes) -> Facts:
    return facts_of(csv.DictReader(io.StringIO(content.decode(), newline="")))


def from_jsonl(content: bytes) -> Facts:
    return facts_of(map(json.loads, content.decode().splitlines()))


def from_parquet(content: bytes) -> Facts:
    return facts_of(pq.read_table(io.BytesIO(content)).to_pylist())


def from_arrow(content: bytes) -> Facts:
    return facts_of(pa.ipc.open_stream(content).read_all().to_pylist())


def from_xlsx(content: bytes) -> Facts:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name(DATA).to_python(skip_empty_area=False)
    names = [str(name) for name in rows[HEADER_ROW - 1]]
    return facts_of(dict(zip(names, row, strict=True)) for row in rows[HEADER_ROW:])


def from_jsonstat(content: bytes) -> Facts:
    """Read a cube by JSON-stat's own rules: what has neither value nor status is no row."""
    cube = json.loads(content)
    assert cube["id"] == list(KEY)
    ids = [cube["dimension"][name]["category"]["index"] for name in cube["id"]]
    status = cube.get("status", {})
    return {
        (key, value, status.get(str(place), "ok"))
        for place, (key, value) in enumerate(zip(product(*ids), cube["value"], strict=True))
        if value is not None or str(place) in status
    }


def from_sdmx_generic(content: bytes) -> Facts:
    return facts_of(map(as_observation, reading.from_generic(content)))


def from_sdmx_specific(content: bytes) -> Facts:
    return facts_of(map(as_observation, reading.from_specific(content)))


READERS: dict[str, Callable[[bytes], Facts]] = {
    "json": from_json,
    "csv": from_csv,
    "jsonl": from_jsonl,
    "parquet": from_parquet,
    "arrow": from_arrow,
    "xlsx": from_xlsx,
    "jsonstat": from_jsonstat,
    "sdmx-generic": from_sdmx_generic,
    "sdmx-specific": from_sdmx_specific,
}
