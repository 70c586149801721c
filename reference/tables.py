"""Read one packaged CSV table and check it against its declared shape."""

import csv
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from io import StringIO
from typing import NoReturn, TypeVar

T = TypeVar("T")


class TableError(ValueError):
    """A reference table does not have its declared shape; says where, what and what to do."""


@dataclass(frozen=True)
class Shape:
    """The declared shape of a table: its file (without .csv) and its columns in order."""

    table: str
    columns: tuple[str, ...]


class Row:
    """One line of a table, whose cells are read by kind; a misfit says file, line and column."""

    def __init__(self, place: str, columns: Sequence[str], cells: Sequence[str]) -> None:
        self._place = place
        self._cells = dict(zip(columns, cells, strict=True))

    def refuse(self, column: str, expected: str) -> NoReturn:
        """Raise TableError: what was found in a cell and what was expected instead."""
        found = self._cells[column][:60]
        msg = f"{self._place}, column {column}: found '{found}', expected {expected}"
        raise TableError(msg) from None

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        return self._cells[column] or self.refuse(column, "some text")

    def text_or_blank(self, column: str) -> str:
        """Return a cell that may be empty."""
        return self._cells[column]

    def text_or_none(self, column: str) -> str | None:
        """Return a cell, None for an empty one."""
        return self._cells[column] or None

    def words(self, column: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
        """Return the words of a cell that holds a list; each must be allowed, if any are named."""
        found = tuple(self._cells[column].split())
        if allowed and not set(found) <= set(allowed):
            self.refuse(column, f"only {', '.join(allowed)}")
        return found

    def pairs(self, column: str) -> dict[str, str]:
        """Return a cell like `leadership:good overall:good` as a mapping."""
        pairs = [word.partition(":") for word in self._cells[column].split()]
        if not all(name and sign and value for name, sign, value in pairs):
            self.refuse(column, "pairs like leadership:good separated by blanks")
        return {name: value for name, _, value in pairs}

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return a cell that must be one of the allowed words."""
        found = self._cells[column]
        return found if found in allowed else self.refuse(column, f"one of {', '.join(allowed)}")

    def is_yes(self, column: str) -> bool:
        """Return whether a cell says yes; anything but yes or no is refused."""
        return self.choice(column, ("yes", "no")) == "yes"

    def day(self, column: str) -> date:
        """Return a date written like 2019-03-31."""
        return self._read(column, date.fromisoformat, "a date like 2019-03-31")

    def day_or_none(self, column: str) -> date | None:
        """Return a date, None for an empty cell."""
        return self.day(column) if self._cells[column] else None

    def whole(self, column: str) -> int:
        """Return a whole number."""
        return self._read(column, int, "a whole number")

    def wholes_or_none(self, column: str) -> tuple[int | None, ...]:
        """Return a list of whole numbers separated by blanks, None where a dot stands."""
        return self._read(
            column,
            lambda text: tuple(None if word == "." else int(word) for word in text.split()),
            "whole numbers (or a dot for none) separated by blanks",
        )

    def number_or_none(self, column: str) -> float | None:
        """Return a number, None for an empty cell."""
        if not self._cells[column]:
            return None
        return self._read(column, float, "a number")

    def numbers(self, column: str) -> tuple[float, ...]:
        """Return a list of numbers separated by blanks."""
        return self._read(
            column, lambda text: tuple(float(word) for word in text.split()), "numbers"
        )

    def _read(self, column: str, read: Callable[[str], T], expected: str) -> T:
        try:
            return read(self._cells[column])
        except ValueError:
            self.refuse(column, expected)


def read_table(folder: Traversable, shape: Shape, build: Callable[[Row], T]) -> tuple[T, ...]:
    """Read `<table>.csv` of a folder and build one object of each line.

    Raises TableError when the file is missing or a header, line or cell is not as declared.
    """
    name = f"{shape.table}.csv"
    try:
        text = folder.joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError:
        msg = f"{name}: not found; every place set needs it, if only with its header line"
        raise TableError(msg) from None
    lines = csv.reader(StringIO(text))
    _check_header(name, next(lines, []), shape.columns)
    return tuple(
        build(_row(name, line, shape.columns, cells)) for line, cells in enumerate(lines, start=2)
    )


def table_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV text: LF line ends, None as an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def _check_header(name: str, found: Sequence[str], columns: Sequence[str]) -> None:
    if tuple(found) != tuple(columns):
        msg = f"{name} line 1: found columns {','.join(found)}, expected {','.join(columns)}"
        raise TableError(msg)


def _row(name: str, line: int, columns: Sequence[str], cells: Sequence[str]) -> Row:
    place = f"{name} line {line}"
    if len(cells) != len(columns):
        msg = f"{place}: found {len(cells)} cells, expected {len(columns)}; is a comma unquoted?"
        raise TableError(msg)
    return Row(place, columns, cells)
