"""Templates: the table of a return with its keys filled in and its values left open."""

import csv
import io
from typing import Final

import xlsxwriter

from etl.submissions.code_lists import Scope, sent_scope
from etl.submissions.table import TEMPLATE_SHEET
from etl.submissions.wire import COLUMNS, NOTE_LENGTH, STATUSES, template_id
from indicators.measures import Key

_WIDTHS: Final = (12, 11, 12, 12, 18, 16, 28, 12, 9, 40)
_DATA_SHEET: Final = "data"


def template_keys(scope: Scope) -> tuple[Key, ...]:
    """Return the keys of the rows of a template, in the order of the measures."""
    return tuple(scope.collection.keys(scope.period))


def current_template_id(scope: Scope) -> str:
    """Return the id of the current template of an authority, collection and period."""
    authority, collection, _, period_end = sent_scope(scope)
    return template_id(scope.collection.version, authority, collection, period_end)


def template_csv(scope: Scope) -> bytes:
    """Return the template as CSV: the ten columns, values and notes empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for key in template_keys(scope):
        writer.writerow((*sent_scope(scope), *key, "", "", ""))
    return out.getvalue().encode()


def template_xlsx(scope: Scope) -> bytes:
    """Return the template as a workbook: keys locked, values and statuses checked as typed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": f"{scope.collection.title}, {scope.period.label}"})
    sheet = book.add_worksheet(_DATA_SHEET)
    locked = book.add_format({"bg_color": "#EEEEEE", "num_format": "@"})
    top = book.add_format({"bold": True, "bg_color": "#DDDDDD"})
    open_number = book.add_format({"locked": False, "num_format": "0"})
    open_text = book.add_format({"locked": False, "num_format": "@"})
    sheet.write_row(0, 0, list(COLUMNS), top)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    keys = template_keys(scope)
    for row, key in enumerate(keys, 1):
        for column, text in enumerate((*sent_scope(scope), *key)):
            sheet.write_string(row, column, text, locked)
        sheet.write_comment(row, 4, scope.collection.title_of(key), {"visible": False})
        sheet.write_blank(row, 7, None, open_number)
        sheet.write_blank(row, 8, None, open_text)
        sheet.write_blank(row, 9, None, open_text)
    _add_validation(sheet, len(keys))
    sheet.freeze_panes(1, 7)
    sheet.protect("", {"format_columns": True, "sort": True, "autofilter": True})
    hidden = book.add_worksheet(TEMPLATE_SHEET)
    hidden.write_string(0, 0, current_template_id(scope))
    hidden.hide()
    book.close()
    return out.getvalue()


def _add_validation(sheet: xlsxwriter.worksheet.Worksheet, rows: int) -> None:
    sheet.data_validation(
        1, 7, rows, 7,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "error_title": "Whole numbers only",
            "error_message": "A count is a whole number, 0 or more; empty for status z or x.",
        },
    )  # fmt: skip
    sheet.data_validation(
        1, 8, rows, 8,
        {
            "validate": "list",
            "source": list(STATUSES),
            "input_title": "Status",
            "input_message": ", ".join(f"{code} {word}" for code, word in STATUSES.items()),
        },
    )  # fmt: skip
    sheet.data_validation(
        1, 9, rows, 9,
        {"validate": "length", "criteria": "<=", "value": NOTE_LENGTH,
         "error_message": f"At most {NOTE_LENGTH} characters, and nothing about a child."},
    )  # fmt: skip
