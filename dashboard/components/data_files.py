"""A selection as files: in which formats, how large about, and what a format cannot hold."""

from dataclasses import dataclass
from typing import Final

from api.contract import MOST_JSON_ROWS, Paths
from dashboard.client import ApiClient
from dashboard.components.table import Column, table
from dashboard.page import Node, link, node
from dashboard.views.selection import Selection
from dashboard.words.numbers import bytes_words, number

MOST_SHEET_ROWS: Final = 1_048_000
"""Rows of one sheet of a workbook, as the API publishes in /limits."""
MOST_CUBE_CELLS: Final = 1_000_000
"""Cells of a cube, likewise."""


@dataclass(frozen=True)
class Format:
    """One format: what it is for, and what a row weighs in it."""

    id: str
    title: str
    about: str
    base: int = 0
    """Bytes of a file without rows."""
    each: float = 0
    """Bytes of a row; 0 where files of as many rows differ too much to say."""
    words: float = 1
    """How many times as much a file weighs with words beside codes."""
    most_rows: int = 0
    is_table: bool = True
    """Whether it has rows and columns, which can have words and be laid out wide."""
    is_cube: bool = False


FORMATS: Final = (
    Format("csv", "CSV", "R, Python, Excel, any program", 300, 213, 2.25),
    Format(
        "xlsx",
        "Excel workbook",
        "Reading: with a cover, notes and all meanings",
        12_000,
        131,
        1.45,
        MOST_SHEET_ROWS,
    ),
    Format("json", "JSON", "Programs", 3_000, 588, 1.6, MOST_JSON_ROWS),
    Format("jsonl", "JSON Lines", "Programs, one row a line, any length", 0, 588, 1.6),
    Format("parquet", "Parquet", "pandas, R, DuckDB: the smallest", 12_000, 14, 1.2),
    Format("arrow", "Arrow", "pandas, R, DuckDB: the quickest to read", 5_000, 308, 1.5),
    Format("jsonstat", "JSON-stat", "Cubes for JSON-stat readers", is_table=False, is_cube=True),
    Format(
        "sdmx-generic",
        "SDMX-ML, generic",
        "Statistical software",
        2_000,
        1_150,
        is_table=False,
        is_cube=True,
    ),
    Format(
        "sdmx-specific",
        "SDMX-ML, structure-specific",
        "Statistical software",
        2_000,
        500,
        is_table=False,
        is_cube=True,
    ),
)
WIDE_FORMATS: Final = ("csv", "xlsx")


def file_address(client: ApiClient, selection: Selection, format: str = "csv") -> str:
    """Return the address of a selection as a file, as readers see it."""
    form = next(one for one in FORMATS if one.id == format)
    state = selection.state
    asked = {
        **selection.parameters,
        "labels": state.labels if form.is_table else "",
        "wide": state.wide if format in WIDE_FORMATS else "",
        "release": state.release,
    }
    return client.address_of(f"{Paths.OBSERVATIONS}.{format}", **asked)


def api_address(client: ApiClient, selection: Selection) -> str:
    """Return the address of a selection as the API answers without a format."""
    release = selection.state.release
    return client.address_of(Paths.OBSERVATIONS, **selection.parameters, release=release)


def files_table(client: ApiClient, selection: Selection, total: int) -> Node:
    """Return each format with its link, what it is for, and its size or why it has none."""
    rows = [
        (
            [
                _link(form, file_address(client, selection, form.id), total),
                node("Span", _about(form, selection), className="note"),
            ],
            _size(form, selection, total),
        )
        for form in FORMATS
    ]
    columns = [Column("Format, and what it is for"), Column("Size, about", is_number=True)]
    return [
        table("This selection as a file", columns, rows, is_headed=True, look="files"),
        node("P", _limits_words(total), className="note"),
    ]


def is_too_long(form: Format, total: int) -> bool:
    """Say whether a selection has more rows than a format is given for."""
    return bool(form.most_rows) and total > form.most_rows


def size_of(form: Format, total: int, labels: str = "") -> float | None:
    """Return about how many bytes a long file of so many rows has; None where none can say."""
    factor = form.words if labels == "both" else 1
    return form.base + form.each * total * factor if form.each else None


def _link(form: Format, address: str, total: int) -> Node:
    if is_too_long(form, total):
        return form.title
    return link(form.title, address, download="")


def _about(form: Format, selection: Selection) -> str:
    state = selection.state
    if state.wide and form.id in WIDE_FORMATS:
        return f"{form.about}; a column for each {state.wide}"
    return form.about


def _size(form: Format, selection: Selection, total: int) -> str:
    state = selection.state
    if is_too_long(form, total):
        return f"too long: it holds {number(form.most_rows)} rows"
    size = size_of(form, total, state.labels)
    if size is None or (state.wide and form.id in WIDE_FORMATS):
        return "depends on its shape"
    return bytes_words(size)


def _limits_words(total: int) -> str:
    said = (
        f"CSV, JSON Lines, Parquet and Arrow are given whatever their length; JSON up to "
        f"{number(MOST_JSON_ROWS)} rows, a workbook up to {number(MOST_SHEET_ROWS)}, and cubes "
        f"(JSON-stat, SDMX) up to {number(MOST_CUBE_CELLS)} cells, empty ones included."
    )
    if total > MOST_JSON_ROWS:
        return f"{said} For so many rows ({number(total)}) the whole release below is quicker."
    return said
