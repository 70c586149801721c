"""The table of a package as numbered rows of text: CSV and JSON directly, workbooks sandboxed."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Final

from etl.file_kinds import Limits, RefusedFileError
from etl.findings import Finding, Place
from etl.raw_tables import RawTable
from etl.sandbox import Sandbox
from etl.submissions.json_table import is_json, json_table
from etl.submissions.package import MAX_BYTES, MAX_UNPACKED_BYTES, Package
from etl.submissions.privacy import screen_table
from etl.submissions.rules import finding
from etl.submissions.wire import COLUMNS
from etl.submissions.workbook_parts import has_formulas

TEMPLATE_SHEET: Final = "template"
"""The hidden sheet of a template, whose first cell holds the template's id."""

DATA_SHEET: Final = "data"
"""The sheet of counts; what other sheets of a workbook hold is not read."""

_OTHER_DELIMITERS: Final = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_WORKBOOK_LIMITS: Final = Limits(
    packed_bytes=MAX_BYTES, unpacked_bytes=MAX_UNPACKED_BYTES, seconds=20
)


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it, each with the number an editor or spreadsheet shows."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    template_id: str = ""
    has_formulas: bool = False


def workbook_reader() -> Sandbox:
    """Return what opens workbooks, to be shared by many; it starts with the first workbook."""
    return Sandbox(_WORKBOOK_LIMITS)


def read_table(package: Package, reader: Sandbox | None = None) -> Sheet:
    """Return the table of a package; raises RefusedFileError.

    Without a `reader` each workbook is opened by one of its own.
    """
    if package.is_workbook:
        with nullcontext(reader) if reader is not None else workbook_reader() as sandbox:
            return _from_workbook(package, sandbox)
    text = _decoded(package.table_place, package.table)
    if is_json(package.table):
        return Sheet(*json_table(package.table_place, text))
    lines = list(_csv_rows(package.table_place, text))
    if not lines:
        raise RefusedFileError(finding("S10", package.table_place))
    return Sheet(tuple(lines[0][1]), tuple((row, tuple(cells)) for row, cells in lines[1:]))


def _decoded(place: Place, content: bytes) -> str:
    body = content.removeprefix(b"\xef\xbb\xbf")
    nul = body.find(b"\0")
    if nul >= 0:
        raise RefusedFileError(_unreadable(place, body, nul, "a NUL character"))
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedFileError(
            _unreadable(place, body, error.start, "a character that cannot be read")
        ) from None


def _unreadable(place: Place, body: bytes, offset: int, what: str) -> Finding:
    return finding("S04", Place(place.file, body.count(b"\n", 0, offset) + 1), what=what)


def _csv_rows(place: Place, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not blank, with the number of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            what = "quotation marks that do not come in pairs, or an endless cell"
            expected = "cells between commas"
            at = Place(place.file, row)
            raise RefusedFileError(finding("S07", at, what=what, expected=expected)) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield row, cells
        row = reader.line_num + 1


def other_delimiter(header: Sequence[str]) -> str:
    """Return what separates the columns where it is not commas, else nothing."""
    found = (word for sign, word in _OTHER_DELIMITERS.items() if sign in header[0])
    return next(found, "") if len(header) == 1 else ""


def _from_workbook(package: Package, sandbox: Sandbox) -> Sheet:
    place = package.table_place
    name = package.table_name if package.table_name.endswith(".xlsx") else "data.xlsx"
    try:
        content, _ = sandbox.read_bytes(name, package.table)
    except RefusedFileError as error:
        first = error.findings[0]
        advice = first.advice or "save the workbook again"
        raise RefusedFileError(finding("S01", place, what=first.found, advice=advice)) from None
    for table in content.tables:
        screen_table(place, package.table, list(_rows(table)))
    filled = {table.sheet: table for table in content.tables if table.height}
    hidden = filled.pop(TEMPLATE_SHEET, None)
    if not filled:
        raise RefusedFileError(finding("S10", place))
    table = _data_sheet(tuple(filled.values()))
    has_formulas = _has_formulas(place, package.table, table.sheet)
    return _sheet(table, _template_id(hidden), has_formulas)


def _data_sheet(tables: Sequence[RawTable]) -> RawTable:
    """Pick the sheet of counts: by its name, else by its columns, else the first."""
    named = (table for table in tables if table.sheet.strip().lower() == DATA_SHEET)
    alike = (table for table in tables if _has_our_columns(table))
    return next(named, None) or next(alike, tables[0])


def _has_our_columns(table: RawTable) -> bool:
    top = next((cells for cells in _rows(table) if any(cells)), ())
    return len({cell.lower() for cell in top} & COLUMNS.keys()) >= len(COLUMNS) // 2


def _sheet(table: RawTable, template: str, has_formulas: bool) -> Sheet:
    rows = [(table.row_number(place), cells) for place, cells in enumerate(_rows(table))]
    filled = [(row, cells) for row, cells in rows if any(cells)]
    header = filled[0][1] if filled else ()
    width = max((place + 1 for place, cell in enumerate(header) if cell), default=0)
    return Sheet(
        header[:width],
        tuple((row, cells[:width]) for row, cells in filled[1:]),
        template,
        has_formulas,
    )


def _rows(table: RawTable) -> Iterator[tuple[str, ...]]:
    for place in range(table.height):
        yield tuple(_plain(text) for text in table.row(place))


def _plain(text: str) -> str:
    """Write a midnight as its day: spreadsheets keep no days."""
    return text.strip().removesuffix("T00:00:00")


def _template_id(hidden: RawTable | None) -> str:
    return "" if hidden is None or not hidden.height else hidden.row(0)[0].strip()


def _has_formulas(place: Place, content: bytes, sheet: str) -> bool:
    """Say whether any cell of the sheet of counts is worked out rather than written."""
    try:
        return has_formulas(content, sheet)
    except (zipfile.BadZipFile, KeyError):
        what, advice = "a damaged workbook", "save the workbook again"
        raise RefusedFileError(finding("S01", place, what=what, advice=advice)) from None
