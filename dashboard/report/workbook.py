"""The report as a workbook for a board: numbers as numbers, every text as text."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, Final, TypeAlias

from dashboard.report.columns import Cell, columns_of
from dashboard.report.line import Line as ProfileLine
from dashboard.report.profile import KINDS, STAGES
from dashboard.report.report import PRACTICE, Report
from dashboard.report.sheets import Line, Sheet, more_sheets, read_first

Book: TypeAlias = Any
"""xlsxwriter's workbook: it has no types."""
Page: TypeAlias = Any

PROFILE: Final = "Profile"
HEADER_ROW: Final = 3
"""The row of the names of columns, from 1, on every sheet that holds a table."""
_INK: Final = "#14202B"
_BRAND: Final = "#12395B"
_WASH: Final = "#E4EEF6"
_RULE: Final = "#C3CCD4"
_FONT: Final = "Arial"
_A4: Final = 9
_WIDE: Final = 100
_LINE_HEIGHT: Final = 15.0
_LETTERS: Final = 115
"""Letters that fit a line of the widest column."""
_LONGEST: Final = 240
"""Letters of a header or footer; a program refuses a file with more than 255."""


def as_xlsx(report: Report) -> bytes:
    """Return the report as a workbook; the same report gives the same bytes."""
    import xlsxwriter  # only those who ask for a workbook wait for it

    out = BytesIO()
    book: Book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {
            "title": report.title,
            "subject": f"Release {report.release}",
            "author": "CSC Outcomes",
            "comments": PRACTICE if report.is_practice else "",
            "created": datetime.fromisoformat(report.profile.meta["published_at"]).astimezone(UTC),
        }
    )
    looks = Looks(book)
    _write_cover(book, read_first(report), report, looks)
    _write_profile(book, report, looks)
    for sheet in more_sheets(report):
        _write_sheet(book, sheet, report, looks)
    book.close()
    return out.getvalue()


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        plain = {"font_name": _FONT, "font_size": 10, "font_color": _INK, "valign": "top"}
        self._plain = plain
        self.title = self.of(bold=True, font_size=15, font_color=_BRAND)
        self.heading = self.of(bold=True, font_size=12, font_color=_BRAND)
        self.note = self.of(font_color="#46535F")
        self.text = self.of(text_wrap=True)
        self.warning = self.of(bold=True, bg_color="#FFD866", border=1)
        self.head = self.of(
            bold=True, font_color="#FFFFFF", bg_color=_BRAND, text_wrap=True, valign="vcenter",
            border=1, border_color=_RULE,
        )  # fmt: skip

    def of(self, **more: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(more.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**self._plain, **more})
        return self._made[key]


def _begin(book: Book, name: str, title: str, note: str, report: Report, looks: Looks) -> Page:
    """Return a new sheet with its title, and with the release on every page of paper."""
    sheet: Page = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, looks.title)
    sheet.write_string(1, 0, f"{PRACTICE} {note}" if report.is_practice else note, looks.note)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    practice = "PRACTICE  " if report.is_practice else ""
    said = f"&L{practice}{_plain(report.name)}&RRelease {_plain(report.release)}"
    sheet.set_header(said[:_LONGEST])
    sheet.set_footer(
        f"&LPublished {report.published}. Not an official statistics publication.&RPage &P of &N"
    )
    return sheet


def _plain(text: str) -> str:
    """Return a text in which an ampersand is no command of headers."""
    return text[:80].replace("&", "&&")


def _write_cover(book: Book, lines: Sequence[Line], report: Report, looks: Looks) -> None:
    sheet = _begin(book, "Read first", report.title, report.scope, report, looks)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDE)
    if report.is_practice:
        sheet.write_string(1, 0, PRACTICE, looks.warning)
    for row, (what, said) in enumerate(lines, HEADER_ROW - 1):
        sheet.write_string(row, 0, what, looks.of(bold=True, text_wrap=True))
        sheet.write_string(row, 1, said, looks.text)
        sheet.set_row(row, _LINE_HEIGHT * (1 + len(said) // _LETTERS))


def _write_profile(book: Book, report: Report, looks: Looks) -> None:
    columns = columns_of(report)
    note = f"{report.sentence} Release {report.release}, published {report.published}."
    sheet = _begin(book, PROFILE, report.title, note, report, looks)
    top = HEADER_ROW - 1
    sheet.set_row(top, 45)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.title, looks.head)
    before = ""
    for row, line in enumerate(_ordered(report.lines), top + 1):
        is_first = line.stage != before
        before = line.stage
        for place, column in enumerate(columns):
            _write(sheet, row, place, column.cell(line), looks, is_first=is_first)
    last = top + len(report.lines)
    sheet.freeze_panes(HEADER_ROW, 3)
    sheet.autofilter(top, 0, last, len(columns) - 1)
    sheet.repeat_rows(top)
    printed = [place for place, column in enumerate(columns) if column.is_printed]
    sheet.print_area(0, 0, last, max(printed))


def _ordered(lines: Sequence[ProfileLine]) -> list[ProfileLine]:
    """Return lines by stage, and in each outcomes before performance before context."""
    return sorted(lines, key=lambda line: (STAGES.index(line.stage), KINDS.index(line.kind)))


def _write(sheet: Page, row: int, place: int, cell: Cell, looks: Looks, *, is_first: bool) -> None:
    look: dict[str, Any] = {"bottom": 1, "bottom_color": _RULE}
    if is_first:
        look |= {"top": 2, "top_color": _BRAND}
    if cell.is_strong:
        look |= {"bold": True}
    if cell.is_marked:
        look |= {"bg_color": _WASH}
    if cell.number is None:
        sheet.write_string(
            row, place, cell.words, looks.of(text_wrap=True, align="left", indent=1, **look)
        )
    else:
        sheet.write_number(row, place, cell.number, looks.of(num_format=cell.format, **look))


def _write_sheet(book: Book, held: Sheet, report: Report, looks: Looks) -> None:
    sheet = _begin(book, held.name, f"{report.name}: {held.title}", held.note, report, looks)
    top = HEADER_ROW - 1
    for place, (title, width) in enumerate(held.columns):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, title, looks.head)
    for row, values in enumerate(held.rows, top + 1):
        for place, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(row, place, value, looks.of(num_format="d mmm yyyy"))
            else:
                sheet.write_string(row, place, value, looks.text)
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, top + max(1, len(held.rows)), len(held.columns) - 1)
