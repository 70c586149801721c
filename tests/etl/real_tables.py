"""The real published files, read plainly, for holding declarations against them."""

import csv
import fnmatch
import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from etl.tables import Table, TableError, canonical_columns, has_file_name, period_id, plain

Row = dict[str, str]


@dataclass(frozen=True)
class RealFile:
    """One published file with its rows under canonical names; `period` is of the whole file."""

    name: str
    columns: frozenset[str]
    rows: tuple[Row, ...]
    latest: str


def files_of(table: Table, folder: Path) -> tuple[RealFile, ...]:
    """Read every file below a folder that belongs to a table."""
    paths = sorted(path for path in folder.rglob("*") if has_file_name(table, path.name))
    return tuple(_read(table, path) for path in paths)


def _read(table: Table, path: Path) -> RealFile:
    lines, sheet_period = _workbook(table, path) if table.sheet else (_delimited(path), "")
    places = canonical_columns(table, tuple(lines[0]))
    rows = tuple(_row(table, line, places) for line in lines[1:])
    texts = {row[table.period.column] for row in rows} if table.period.column else {sheet_period}
    latest = max(period_id(table, text) for text in texts)
    name = path.relative_to(path.parent.parent).as_posix()
    return RealFile(name, frozenset(places), rows, latest.id)


def _row(table: Table, line: list[str], places: Mapping[str, int]) -> Row:
    row = {column: line[place].strip() for column, place in places.items()}
    for column, spellings in table.spellings.items():
        newest = {plain(older): newer for older, newer in spellings.items()}
        row[column] = newest.get(plain(row[column]), row[column])
    return row


def _delimited(path: Path) -> list[list[str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def _workbook(table: Table, path: Path) -> tuple[list[list[str]], str]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        if not table.sheet or not fnmatch.fnmatchcase(name, table.sheet.name):
            continue
        rows = [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        header = _header(table, rows)
        title = " ".join(cell for row in rows[:header] for cell in row)
        rule = table.period
        found = re.fullmatch(rule.sheet, name) if rule.sheet else re.search(rule.title, title)
        assert found, f"{path.name} does not say which period it is about"
        return rows[header:], found[1]
    raise AssertionError(f"{path.name} has no sheet {table.sheet}")


def _header(table: Table, rows: list[list[str]]) -> int:
    assert table.sheet
    for place, row in enumerate(rows[: table.sheet.header_within]):
        try:
            canonical_columns(table, tuple(row))
        except TableError:
            continue
        return place
    raise AssertionError("no header")
