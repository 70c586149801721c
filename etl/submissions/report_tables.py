"""Reports as tables to hand to a data team: CSV and a workbook."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from etl.submissions.report_parts import (
    CHANGE_COLUMNS,
    FINDING_COLUMNS,
    Report,
    change_rows,
    finding_rows,
)

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_FINDING_WIDTHS: Final = (10, 6, 18, 15, 22, 30, 10, 6, 12, 50, 50, 50, 14, 18)
_CHANGE_WIDTHS: Final = (18, 15, 28, 14, 14)


def report_csv(report: Report) -> bytes:
    """Return the findings as CSV; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FINDING_COLUMNS)
    writer.writerows([_plain(cell) for cell in row] for row in finding_rows(report))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def report_xlsx(report: Report) -> bytes:
    """Return a workbook: what the return is, its findings, and what changed.

    One header row on each sheet, no merged cells, nothing told by colour alone.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": report.headline})
    top = book.add_format({"bold": True, "bg_color": "#DDDDDD", "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    about = [
        ("return", report.headline),
        ("verdict", report.verdict),
        ("rules", report.ruleset),
        *((str(severity), f"{count:,}") for severity, count in report.counted.items()),
    ]
    formats = (top, plain)
    _write(book.add_worksheet("about"), ("what", "said"), (14, 90), about, formats)
    rows = finding_rows(report)
    _write(book.add_worksheet("findings"), FINDING_COLUMNS, _FINDING_WIDTHS, rows, formats)
    if report.differences is not None:
        changes = change_rows(report)
        _write(book.add_worksheet("changes"), CHANGE_COLUMNS, _CHANGE_WIDTHS, changes, formats)
    book.close()
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    header: tuple[str, ...],
    widths: tuple[int, ...],
    rows: Sequence[tuple[str, ...]],
    formats: tuple[xlsxwriter.format.Format, xlsxwriter.format.Format],
) -> None:
    top, plain = formats
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, name in enumerate(header):
        sheet.write_string(0, column, name.replace("_", " "), top)
    for place, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            sheet.write_string(place, column, text, plain)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(header) - 1)
