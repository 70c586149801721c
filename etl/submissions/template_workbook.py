"""The template as a workbook: read me, the table to fill in, live checks, and its id."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.submissions.code_lists import Scope, sent_scope
from etl.submissions.table import DATA_SHEET, TEMPLATE_SHEET
from etl.submissions.template_checks_sheet import write_checks
from etl.submissions.template_words import read_me
from etl.submissions.templates import Beside, current_template_id, template_keys
from etl.submissions.wire import COLUMNS, NOTE_LENGTH, PASSED_OVER, STATUSES
from etl.submissions.workbook_checks import Columns, checks_of, is_broken
from indicators.measure_sections import counted_how
from indicators.measures import TOTAL_TYPE, Key

READ_ME_SHEET: Final = "read me"
CHECKS_SHEET: Final = "checks"

_WIDTHS: Final = (11, 10, 11, 11, 17, 15, 26, 12, 8, 40, 12, 110)
_VALUE, _STATUS, _NOTE, _PRIOR, _HOW = 7, 8, 9, 10, 11
_TITLE_LENGTH: Final = 32
_MESSAGE_LENGTH: Final = 255


@dataclass(frozen=True)
class Looks:
    """The formats of a template; nothing is told by colour alone."""

    top: Format
    locked: Format
    words: Format
    value: Format
    text: Format
    heading: Format
    broken: Format
    empty: Format
    good: Format

    @classmethod
    def of(cls, book: Workbook) -> "Looks":
        """Make the formats in a workbook."""

        def make(**facts: Any) -> Format:
            return book.add_format({"valign": "top", **facts})

        border = {"border": 1, "border_color": "#808080"}
        return cls(
            top=make(bold=True, bg_color="#D9D9D9", text_wrap=True, bottom=1),
            locked=make(bg_color="#F2F2F2", font_color="#404040", num_format="@"),
            words=make(text_wrap=True),
            value=make(locked=False, num_format="0", **border),
            text=make(locked=False, num_format="@", text_wrap=True, **border),
            heading=make(bold=True, font_size=14),
            broken=book.add_format({"bold": True, "bg_color": "#FFC7CE", "font_color": "#7A0004"}),
            empty=book.add_format({"bg_color": "#FFF2CC"}),
            good=book.add_format({"font_color": "#1E5E20"}),
        )


def template_xlsx(scope: Scope, beside: Beside) -> bytes:
    """Return the template as a workbook: keys locked, values and statuses checked as typed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties(
        {
            "title": f"{scope.collection.title}, {scope.period.label}: {scope.authority.name}",
            "subject": "Template of a return of counts",
            # The same template is the same bytes, whenever it is made.
            "created": datetime.combine(scope.period.end, time()),
        }
    )
    looks = Looks.of(book)
    _write_read_me(book, scope, beside, looks)
    at = _write_data(book, scope, beside, looks)
    write_checks(_sheet(book, CHECKS_SHEET, scope), scope, at, looks)
    hidden = book.add_worksheet(TEMPLATE_SHEET)
    hidden.write_string(0, 0, current_template_id(scope))
    hidden.hide()
    book.close()
    return out.getvalue()


def _sheet(book: Workbook, name: str, scope: Scope) -> Worksheet:
    """Add a sheet that prints well: landscape, as wide as the page, its header on every page."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{scope.authority.code} {scope.collection.title}&R{scope.period.label}")
    sheet.set_footer("&L&A&R&P of &N")
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    return sheet


def _write_read_me(book: Workbook, scope: Scope, beside: Beside, looks: Looks) -> None:
    sheet = _sheet(book, READ_ME_SHEET, scope)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for row, (label, text) in enumerate(read_me(scope, beside)):
        sheet.write_string(row, 0, label, looks.words if text else looks.heading)
        if text:
            sheet.write_string(row, 1, text, looks.words)


def _write_data(book: Workbook, scope: Scope, beside: Beside, looks: Looks) -> Columns:
    sheet = _sheet(book, DATA_SHEET, scope)
    sheet.write_row(0, 0, [*COLUMNS, *PASSED_OVER], looks.top)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    keys = template_keys(scope)
    for row, key in enumerate(keys, 1):
        _write_row(sheet, row, key, scope, beside, looks)
    sheet.freeze_panes(1, _VALUE)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(keys), len(_WIDTHS) - 1)
    sheet.set_selection(1, _VALUE, 1, _VALUE)
    sheet.activate()
    _add_validation(sheet, len(keys))
    at = Columns({key: row for row, key in enumerate(keys, 2)})
    _add_marks(sheet, scope, at, looks)
    return at


def _write_row(
    sheet: Worksheet, row: int, key: Key, scope: Scope, beside: Beside, looks: Looks
) -> None:
    for column, text in enumerate((*sent_scope(scope), *key)):
        sheet.write_string(row, column, text, looks.locked)
    sheet.write_blank(row, _VALUE, None, looks.value)
    sheet.write_blank(row, _STATUS, None, looks.text)
    sheet.write_blank(row, _NOTE, None, looks.text)
    sheet.write_string(row, _PRIOR, beside.prior.get(key, ""), looks.locked)
    sheet.write_string(row, _HOW, how_counted(scope, key), looks.words)
    title = scope.collection.title_of(key)
    sheet.data_validation(
        row, _VALUE, row, _VALUE,
        {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "input_title": _short(key)[:_TITLE_LENGTH],
            "input_message": title[:_MESSAGE_LENGTH],
            "error_title": "Whole numbers only",
            "error_message": "A count is a whole number, 0 or more; empty for status z or x.",
        },
    )  # fmt: skip


def how_counted(scope: Scope, key: Key) -> str:
    """Return what a row of the template counts, and whether it may be left out."""
    measure = scope.collection.measures[key[0]]
    need = measure.is_required and measure.breakdowns.get(key[1], "required") == "required"
    # Where there is a total, its row says how the measure is counted; its parts need not repeat it.
    is_part = measure.has_total and key[1] != TOTAL_TYPE
    words = "" if is_part else counted_how(scope.collection.sections, key[0])
    return " ".join(
        filter(None, ("" if need else "Optional.", f"{scope.collection.title_of(key)}.", words))
    )


def _short(key: Key) -> str:
    return key[0] if key[1] == TOTAL_TYPE else f"{key[0]} {key[2]}"


def _add_validation(sheet: Worksheet, rows: int) -> None:
    sheet.data_validation(
        1, _STATUS, rows, _STATUS,
        {
            "validate": "list",
            "source": list(STATUSES),
            "input_title": "Status",
            "input_message": ", ".join(f"{code} {word}" for code, word in STATUSES.items()),
            "error_title": "Not a status",
            "error_message": f"Use one of {', '.join(STATUSES)}.",
        },
    )  # fmt: skip
    sheet.data_validation(
        1, _NOTE, rows, _NOTE,
        {
            "validate": "length", "criteria": "<=", "value": NOTE_LENGTH,
            "input_title": "Note",
            "input_message": "Why, for status E, x and u. Nothing about one child.",
            "error_title": "Too long",
            "error_message": f"At most {NOTE_LENGTH} characters, and nothing about a child.",
        },
    )  # fmt: skip


def _add_marks(sheet: Worksheet, scope: Scope, at: Columns, looks: Looks) -> None:
    """Mark cells of a check that does not hold, and required values that are still empty."""
    here = Columns(at.rows, sheet="")
    for check in checks_of(scope.collection, scope.period):
        cells = [span.replace("$", "") for span in here.ranges(check.keys)]
        _mark(sheet, cells, is_broken(check, here), looks.broken)
    required = scope.collection.keys(scope.period, required_only=True)
    for span in here.ranges(required):
        cell = span.replace("$", "")
        row = cell.partition(":")[0].removeprefix(here.value)
        empty = f'=AND($H{row}="",$I{row}<>"z",$I{row}<>"x")'
        _mark(sheet, [cell], empty, looks.empty)


def _mark(sheet: Worksheet, cells: Sequence[str], criteria: str, look: Format) -> None:
    facts: dict[str, Any] = {"type": "formula", "criteria": criteria, "format": look}
    if len(cells) > 1:
        facts["multi_range"] = " ".join(cells)
    sheet.conditional_format(cells[0], facts)
