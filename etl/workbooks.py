"""Sheets of ODS and XLSX workbooks to tables of text, as calamine reads them."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, Final

import pyarrow as pa
import python_calamine as calamine

from etl.file_kinds import Limits, refused
from etl.findings import Place
from etl.raw_tables import RawTable, from_arrow

_MAX_CELLS: Final = 50_000_000


def read_sheets(name: str, content: bytes, limits: Limits) -> tuple[RawTable, ...]:
    """Return every sheet from its first row, columns named A, B, …; raises RefusedFileError."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return tuple(_sheet(name, book, sheet, limits) for sheet in book.sheet_names)
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise refused(
            "damaged_workbook",
            Place(name),
            f"a workbook that cannot be read ({error})",
            "ODS or XLSX",
            "open it, and save it again or as CSV",
        ) from None


def _sheet(name: str, book: calamine.CalamineWorkbook, title: str, limits: Limits) -> RawTable:
    sheet = book.get_sheet_by_name(title)
    if sheet.width > limits.columns or sheet.width * sheet.height > _MAX_CELLS:
        raise refused(
            "sheet_too_large",
            Place(name, sheet=title),
            f"{sheet.height:,} rows and {sheet.width:,} columns",
            f"at most {limits.columns:,} columns and {_MAX_CELLS:,} cells",
            "delete what lies outside the table",
        )
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    columns = tuple(
        from_arrow(pa.array([cell_text(row[place]) for row in rows], type=pa.string()))
        for place in range(width)
    )
    return RawTable(
        tuple(column_letters(place) for place in range(width)), columns, sheet=title, first_row=1
    )


def cell_text(value: Any) -> str:
    """Return what the cell holds as text: 190.0 is `190`, 379205.76 stays as it is."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _number_text(value: float) -> str:
    """Return a number without exponent and without a fraction that is none."""
    text = repr(value)
    if "e" in text:
        return f"{Decimal(text):f}"
    return text.removesuffix(".0") if isfinite(value) else ""


def column_letters(place: int) -> str:
    """Return the letters over a spreadsheet column: 0 is A, 26 is AA."""
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
