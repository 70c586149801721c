"""A file under the names of its table: canonical columns, spellings of the newest vintage."""

import difflib
import fnmatch
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.files import FileContent, RefusedFileError
from etl.findings import SHOWN_PER_RULE, Finding, Place, Severity, quoted
from etl.published.figures import Figures, figures_of
from etl.raw_tables import RawTable, TextColumn
from etl.tables import Table, canonical_columns, plain

Rows = NDArray[np.int64]

_RUNNABLE: Final = re.compile(r"\s*(?:[=@\t\r]|[+-](?![\d.\s]*$)\S|.*<\s*[a-zA-Z/!])", re.DOTALL)
_MAY_RUN: Final = re.compile(r"^\s*[=@\t\r+-]|<|\t|\r", re.MULTILINE)
"""Found in the texts of a column if any of them could be runnable; quick to look for."""
_DASHES: Final = re.compile(r"\s*[+-]+\s*")


@dataclass(frozen=True)
class CanonicalTable:
    """The rows of one file, by canonical column; `header` has the file's own column names.

    `spellings` has, by canonical column, today's spelling of a category to the file's own.
    """

    file: str
    table: Table
    raw: RawTable
    columns: Mapping[str, TextColumn]
    header: Mapping[str, str]
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _figures: dict[str, Figures] = field(default_factory=dict, repr=False, compare=False)

    def figures(self, name: str) -> Figures:
        """Return the numbers and symbols of a column, read once for all that ask."""
        if name not in self._figures:
            is_duration = name in self.table.year_month_columns
            self._figures[name] = figures_of(self.columns[name], is_years_months=is_duration)
        return self._figures[name]

    def place(self, row: int, column: str = "") -> Place:
        """Return where a row (and canonical column) stands in the file."""
        name = self.header.get(column, column)
        return Place(self.file, self.raw.row_number(row), name, self.raw.sheet)

    def taken(self, rows: NDArray[np.bool_]) -> "CanonicalTable":
        """Return the table with only some rows, their numbers kept."""
        if rows.all():
            return self
        columns = {name: column.taken(rows) for name, column in self.columns.items()}
        taken = self.raw.taken(rows)
        return CanonicalTable(self.file, self.table, taken, columns, self.header, self.spellings)


def findings_at(
    table: CanonicalTable,
    rule: str,
    rows: Sequence[int] | Rows,
    column: str,
    found: Callable[[int], str],
    expected: str,
    advice: str,
    severity: Severity = Severity.ERROR,
) -> tuple[Finding, ...]:
    """Return findings for the first rows; the last of them counts the others."""
    shown = [int(row) for row in rows[:SHOWN_PER_RULE]]
    left_out = len(rows) - len(shown)
    return tuple(
        Finding(
            rule,
            severity,
            table.place(row, column),
            found(row),
            expected,
            advice,
            left_out if number == len(shown) - 1 else 0,
        )
        for number, row in enumerate(shown)
    )


def canonical_table(file: str, table: Table, content: FileContent) -> CanonicalTable:
    """Name the columns of a file as its table does; raises RefusedFileError."""
    raw = _with_header(file, table, content)
    missing = tuple(_missing_columns(file, table, raw))
    if missing:
        raise RefusedFileError(*missing)
    places = canonical_columns(table, raw.names)
    if raw.height == 0:
        raise RefusedFileError(
            Finding(
                "no_rows",
                Severity.ERROR,
                Place(file, sheet=raw.sheet),
                "a header and no rows",
                "rows of figures",
                "fetch the file again",
            )
        )
    columns = {
        name: _cleaned(raw.columns[place], table.spellings.get(name, {}))
        for name, place in places.items()
    }
    header = {name: raw.names[place] for name, place in places.items()}
    own = {
        name: renamed
        for name, spellings in table.spellings.items()
        if name in places and (renamed := _renamed(raw.columns[places[name]], spellings))
    }
    return CanonicalTable(file, table, raw, columns, header, own)


def _renamed(column: TextColumn, spellings: Mapping[str, str]) -> Mapping[str, str]:
    """Return today's spelling to the file's own, for those of a column that differ."""
    newest = {plain(old): new for old, new in spellings.items()}
    return {newest[plain(text)]: text for text in column.texts if plain(text) in newest}


def _cleaned(column: TextColumn, spellings: Mapping[str, str]) -> TextColumn:
    if not spellings and column.has_only_single_blanks:
        return column
    return column.cleaned(_cleaner(spellings))


def _cleaner(spellings: Mapping[str, str]) -> Callable[[str], str]:
    """Return how a text is brought to its newest spelling, blanks around and inside reduced."""
    newest = {plain(old): new for old, new in spellings.items()}
    if not newest:
        return lambda text: " ".join(text.split())
    return lambda text: newest.get(plain(text), " ".join(text.split()))


def _with_header(file: str, table: Table, content: FileContent) -> RawTable:
    if content.kind == "csv":
        return content.tables[0]
    rule = table.sheet
    within = rule.header_within if rule else 1
    pattern = rule.name if rule else "*"
    sheets = [s for s in content.tables if fnmatch.fnmatchcase(plain(s.sheet), plain(pattern))]
    headed = [(raw, row) for raw in sheets for row in _header_rows(table, raw, within)]
    if not headed:
        found = ", ".join(quoted(sheet.sheet) for sheet in content.tables[:10])
        raise RefusedFileError(
            Finding(
                "no_such_sheet",
                Severity.ERROR,
                Place(file),
                f"the sheets {found or 'none'}",
                f"a sheet named like {pattern} with the columns of {table.id}",
                "check that this is the file you meant",
            )
        )
    raw, row = headed[0]
    below = raw.with_header(row)
    is_filled = np.zeros(below.height, dtype=bool)
    for column in below.columns:
        is_filled |= column.mapped(bool, np.bool_)
    return below.taken(is_filled)


def _header_rows(table: Table, raw: RawTable, within: int) -> list[int]:
    """Return the rows among the first few that name at least half of the required columns."""
    known = {plain(name) for column in table.required for name in table.all_columns[column]}
    rows = range(min(within, raw.height))
    counts = {row: len(known & {plain(text) for text in raw.row(row)}) for row in rows}
    enough = max(2, len(table.required) // 2)
    best = max(counts.values(), default=0)
    return [row for row, count in counts.items() if count == best >= enough]


def needed_columns(table: Table) -> tuple[str, ...]:
    """Return the columns without which rows of a table cannot be told apart and placed."""
    areas, period = table.areas, table.period
    codes = areas.name.values() if areas.names_may_do else areas.code.values()
    placing = (areas.level, *codes, *((period.column,) if period.column else ()))
    return tuple(dict.fromkeys((*placing, *table.required, *table.dimensions)))


def _missing_columns(file: str, table: Table, raw: RawTable) -> Iterator[Finding]:
    """Say which required columns the header lacks, and which of its names come closest."""
    by_plain = {plain(name): name for name in raw.names}
    taken = {plain(n) for names in table.all_columns.values() for n in names}
    free = [name for name in by_plain if name not in taken]
    for column in needed_columns(table):
        names = table.all_columns[column]
        if any(plain(name) in by_plain for name in names):
            continue
        close = [m for n in names for m in difflib.get_close_matches(plain(n), free, 1, 0.6)]
        hint = f"is it {quoted(by_plain[close[0]])} now? then " if close else "if it was renamed, "
        yield Finding(
            "missing_column",
            Severity.ERROR,
            Place(file, raw.first_row - 1, sheet=raw.sheet),
            f"no column {column}",
            "a column named " + " or ".join(names),
            f"{hint}add the name to 'columns' in etl/tables/{table.id}.yaml",
        )


def runnable_texts(table: CanonicalTable) -> tuple[Finding, ...]:
    """Find texts that a spreadsheet would run as a formula or a browser as markup."""
    for name, column in zip(table.raw.names, table.raw.columns, strict=True):
        if not _MAY_RUN.search("\n".join(column.texts)):
            continue
        hits = column.mapped(is_runnable, np.bool_)
        if hits.any():
            return findings_at(
                table,
                "formula_or_markup",
                np.flatnonzero(hits),
                name,
                lambda row, column=column: quoted(column[row]),  # type: ignore[misc]
                "plain text or a number",
                "a spreadsheet or browser could run this; check where the file comes from",
            )
    return ()


def is_runnable(text: str) -> bool:
    """Say whether a text begins like a formula (and is no number or dash) or holds a tag."""
    return bool(text) and bool(_RUNNABLE.match(text)) and not _DASHES.fullmatch(text)
