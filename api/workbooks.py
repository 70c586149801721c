"""Workbooks that people and screen readers find their way in: a cover, notes, and the rows.

The layout is that of the Government Analysis Function for spreadsheets: one marked-up table on a
sheet, headed by its title and by what it holds; no merged cells, no blank rows. xlsxwriter makes
the book with one row of data; the others are poured in after, for it would keep them in memory.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa

from api.asking import Asked
from api.cost import MOST_SHEET_ROWS, refuse_beyond
from api.sheet_rows import SharedTexts, Survey, column_letters, shared_texts, sheet_rows, survey
from api.workbook_words import DATA, NOTES, Line, Note, Words, words_of

Book: TypeAlias = Any
"""xlsxwriter's workbook: it has no types."""
Sheet: TypeAlias = Any
Tables = Callable[[], Iterable[pa.Table]]
"""Gives the rows; called twice, so that they need not be kept."""

COVER: Final = "Cover"
HEADER_ROW: Final = 4
"""The row of the names of columns on the sheet of the data, from 1."""
NOTES_HEADER_ROW: Final = 3
DAY_FORMAT: Final = "yyyy-mm-dd"

_LEVEL: Final = 2
"""Of compression: level 6 takes four times as long for a file a fifth smaller."""
_MANY_CELLS: Final = 40_000_000
"""Beyond so many cells a sheet may be longer than plain ZIP can say."""
_STYLE: Final = "Table Style Light 1"
_DATA_SHEET: Final = "xl/worksheets/sheet3.xml"
_TEXTS: Final = "xl/sharedStrings.xml"
_WIDEST: Final = 60
_WIDE: Final = 110
"""Width of a column of sentences, in characters."""
_LINE_HEIGHT: Final = 16
_HEADING_MORE: Final = 8
_TITLE_HEIGHT: Final = _LINE_HEIGHT + _HEADING_MORE
_A4: Final = 9
_NOTHING: Final[Mapping[str, Sequence[str]]] = {}
_WHOLE: Final = ("http://", "https://")
_LONGEST_LINK: Final = 2_000
"""A longer address stays a text: Excel follows none that is much longer."""


def workbook(
    asked: Asked,
    told: Mapping[str, Any],
    schema: pa.Schema,
    tables: Tables,
    beside: Mapping[str, Sequence[str]] = _NOTHING,
) -> bytes:
    """Return rows as a workbook; raises ProblemError where there are more than a sheet holds.

    `beside` are distinct texts, by column, of rows whose shape has no place for these columns:
    cover and notes speak of them too.
    """
    found = survey(schema, tables())
    refuse_beyond(asked, found.rows, MOST_SHEET_ROWS, held_by="XLSX")
    known = replace(found, texts={**found.texts, **beside})
    words = words_of(asked, told, schema.names, known)
    empty = _empty_book(words, schema, found)
    return empty if not found.rows else _poured(empty, len(schema), found, tables)


def _empty_book(words: Words, schema: pa.Schema, found: Survey) -> bytes:
    """Return the book with one row that stands for the data, none where there is none."""
    import xlsxwriter  # only those who ask for a workbook wait for it

    out = BytesIO()
    book: Book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    cover, notes, data = (book.add_worksheet(name) for name in (COVER, NOTES, DATA))
    book.set_properties(
        {
            "title": words.title,
            "subject": words.subject,
            "author": words.author,
            "company": words.author,
            "created": datetime.fromisoformat(words.published_on).replace(tzinfo=UTC),
        }
    )
    looks = _looks(book)
    _write_data(book, data, words, schema, found, looks)
    _write_cover(cover, words.cover, looks)
    _write_notes(notes, words.notes, looks)
    book.close()
    return out.getvalue()


@dataclass(frozen=True)
class _Looks:
    title: Any
    cover_title: Any
    heading: Any
    wrapped: Any
    link: Any


def _looks(book: Book) -> _Looks:
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 15}),
        cover_title=book.add_format({"bold": True, "font_size": 15, "text_wrap": True}),
        heading=book.add_format({"bold": True, "font_size": 12}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        link=book.add_format({"font_color": "#0B3D91", "underline": 1, "text_wrap": True}),
    )


def _write_data(
    book: Book, sheet: Sheet, words: Words, schema: pa.Schema, found: Survey, looks: _Looks
) -> None:
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, words.title, looks.title)
    for row, line in enumerate(words.above, 1):
        sheet.write_string(row, 0, line)
    names = schema.names
    top = HEADER_ROW - 1
    for place, name in enumerate(names):
        sheet.set_column(place, place, _width(name, found.of(name)))
    sheet.freeze_panes(HEADER_ROW, 0)
    if not found.rows:  # a table needs a row
        sheet.write_row(top, 0, names, looks.heading)
        return
    _mark_table(sheet, top, top + 1, names, "data", looks)
    for place, name in enumerate(names):
        shown = DAY_FORMAT if name in found.days else _number_format(words.decimals.get(name))
        sheet.write_number(top + 1, place, 0, book.add_format({"num_format": shown}))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.repeat_rows(top)


def _write_cover(sheet: Sheet, lines: Sequence[Line], looks: _Looks) -> None:
    sheet.set_column(0, 0, _WIDE)
    for row, line in enumerate(lines):
        sheet.set_row(row, _height(line.text, is_heading=line.is_heading))
        if line.sheet:
            sheet.write_url(row, 0, f"internal:'{line.sheet}'!A1", looks.link, line.text)
        elif line.url.startswith(_WHOLE) and len(line.url) <= _LONGEST_LINK:
            sheet.write_url(row, 0, line.url, looks.link, line.text)
        else:
            look = (
                (looks.heading if row else looks.cover_title) if line.is_heading else looks.wrapped
            )
            sheet.write_string(row, 0, line.text, look)
    _print_wide(sheet)


def _write_notes(sheet: Sheet, notes: Sequence[Note], looks: _Looks) -> None:
    for place, width in enumerate((18, 34, _WIDE)):
        sheet.set_column(place, place, width)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.write_string(0, 0, "Notes", looks.title)
    sheet.write_string(1, 0, "This sheet holds one table: warnings first, then what things mean.")
    top = NOTES_HEADER_ROW - 1
    _mark_table(sheet, top, top + len(notes), ("About", "Name", "Meaning"), "notes", looks)
    for row, note in enumerate(notes, top + 1):
        sheet.set_row(row, _height(note.meaning))
        for place, text in enumerate((note.about, note.name or "(this answer)", note.meaning)):
            sheet.write_string(row, place, text, looks.wrapped)
    sheet.freeze_panes(NOTES_HEADER_ROW, 0)
    sheet.repeat_rows(top)
    _print_wide(sheet)


def _height(text: str, *, is_heading: bool = False) -> int:
    """Return the height of a row of wrapped text: not every program finds it by itself."""
    most = _WIDE // 2 if is_heading else _WIDE
    return _LINE_HEIGHT * (1 + len(text) // most) + (_HEADING_MORE if is_heading else 0)


def _print_wide(sheet: Sheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _mark_table(
    sheet: Sheet, top: int, bottom: int, names: Sequence[str], name: str, looks: _Looks
) -> None:
    columns = [{"header": column, "header_format": looks.heading} for column in names]
    options = {"name": name, "columns": columns, "style": _STYLE}
    sheet.add_table(top, 0, bottom, len(names) - 1, options)


def _number_format(decimals: int | None) -> str:
    if decimals is None:
        return "General"
    return f"0.{'0' * decimals}" if decimals else "0"


def _width(name: str, texts: Sequence[str]) -> int:
    longest = max(map(len, texts), default=0)
    return min(max(longest, len(name) + 3), _WIDEST) + 1


def _poured(empty: bytes, width: int, found: Survey, tables: Tables) -> bytes:
    """Return the book with all rows in the place of the one that stands for them."""
    out = BytesIO()
    with (
        ZipFile(BytesIO(empty)) as book,
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as full,
    ):
        texts = shared_texts(found, _count_of(book.read(_TEXTS)))
        last = f"{column_letters(width - 1)}{HEADER_ROW + found.rows}"
        for name in (name for name in book.namelist() if name != _TEXTS):
            parts: Iterable[bytes] = (book.read(name),)
            if name == _DATA_SHEET:
                parts = _full_sheet(book.read(name), last, texts, tables, found.days)
            elif name.startswith("xl/tables/"):
                parts = (_full_table(book.read(name), last),)
            is_long = name == _DATA_SHEET and found.rows * width > _MANY_CELLS
            with full.open(name, "w", force_zip64=is_long) as part:
                part.writelines(parts)
        with full.open(_TEXTS, "w") as part:
            part.write(_full_texts(book.read(_TEXTS), texts))
    return out.getvalue()


def _full_sheet(
    sheet: bytes, last: str, texts: SharedTexts, tables: Tables, days: Collection[str]
) -> Iterator[bytes]:
    """Give the sheet of the data, its one row replaced by all of them."""
    begin, row, end = re.split(rb'(<row r="%d".*?</row>)' % (HEADER_ROW + 1), sheet, maxsplit=1)
    styles = [int(style or 0) for style in re.findall(rb'<c r="\w+"(?: s="(\d+)")?>', row)]
    yield re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:%b"' % last.encode(), begin)
    yield from sheet_rows(tables(), HEADER_ROW + 1, texts, styles, days)
    yield end


def _full_table(table: bytes, last: str) -> bytes:
    """Return the mark-up of a table, that of the data up to its real end."""
    if b'name="data"' not in table:
        return table
    return re.sub(rb'ref="(\w+):\w+"', rb'ref="\g<1>:%b"' % last.encode(), table)


def _count_of(texts: bytes) -> int:
    found = re.search(rb'uniqueCount="(\d+)"', texts)
    return int(found[1]) if found else 0


def _full_texts(held: bytes, texts: SharedTexts) -> bytes:
    """Return the list of texts with those of the data, and how many there are now."""
    cells = re.search(rb' count="(\d+)"', held)
    used = (int(cells[1]) if cells else 0) + texts.used
    unique = texts.first + len(texts.places)
    counted = re.sub(
        rb' count="\d+" uniqueCount="\d+"', b' count="%d" uniqueCount="%d"' % (used, unique), held
    )
    return counted.replace(b"</sst>", texts.xml() + b"</sst>")
