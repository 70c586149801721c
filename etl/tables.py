"""The published tables we can read, one YAML file each, and how a file is matched with them."""

import fnmatch
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from etl.table_model import Level, Table
from indicators.checked_files import Checked, Problem, read_checked
from indicators.snapshot import Source
from reference.periods import Period, PeriodError, parse_period

__all__ = [
    "Level",
    "Table",
    "TableError",
    "canonical_columns",
    "has_file_name",
    "level_of",
    "load_tables",
    "period_id",
    "plain",
    "read_tables",
    "source_of",
]

TABLES: Final = Path(__file__).parent / "tables"


class TableError(Exception):
    """The registry of tables is faulty, or does not know a file; the message says what to do."""


def load_tables(folder: Path | None = None) -> tuple[Table, ...]:
    """Return every table, by id; raises TableError listing all problems of all files."""
    return _load(TABLES) if folder is None else _load.__wrapped__(folder)


@cache
def _load(folder: Path) -> tuple[Table, ...]:
    tables, problems = read_tables(folder)
    if problems:
        raise TableError("\n".join(str(problem) for problem in problems))
    return tuple(checked.model for checked in tables)


def read_tables(folder: Path = TABLES) -> tuple[list[Checked[Table]], list[Problem]]:
    """Read every file of a folder; returns what could be read, and every problem."""
    tables: list[Checked[Table]] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        checked, faults = read_checked(path, Table)
        problems += faults
        if checked is None:
            continue
        tables.append(checked)
        if checked.model.id != path.stem:
            message = f"'{checked.model.id}' is not the name of the file; expected '{path.stem}'"
            problems.append(checked.problem(("id",), message))
    return tables, problems


def has_file_name(table: Table, file_name: str) -> bool:
    """Return whether a file of this name (with or without .gz) belongs to the table."""
    name = file_name.casefold().removesuffix(".gz")

    def fits(patterns: tuple[str, ...]) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern.casefold()) for pattern in patterns)

    return fits(table.files) and not fits(table.not_files)


def plain(text: str) -> str:
    """Return text as headers and spellings are compared: case and runs of blanks ignored."""
    return " ".join(text.split()).casefold()


def canonical_columns(table: Table, header: tuple[str, ...]) -> Mapping[str, int]:
    """Map each canonical column that a header has to its place in it.

    Raises TableError if a required column is missing or one header name would serve twice.
    """
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(plain(name), place)
    found: dict[str, int] = {}
    for column, names in table.all_columns.items():
        known = [places[plain(name)] for name in names if plain(name) in places]
        if known:
            found[column] = known[0]
    missing = [column for column in table.required if column not in found]
    if missing:
        raise TableError(_lacks(table, missing))
    for column, place in found.items():
        same = [other for other, taken in found.items() if taken == place and other != column]
        if same:
            msg = f"the column '{header[place]}' would be both {column} and {same[0]} of {table.id}"
            raise TableError(msg)
    return found


def level_of(table: Table, spelling: str) -> Level | None:
    """Return the level a row is of, or None where rows of that level are left out."""
    for pattern, level in table.areas.levels.items():
        if fnmatch.fnmatchcase(plain(spelling), plain(pattern)):
            return level
    return None


def _lacks(table: Table, missing: list[str]) -> str:
    wanted = "; ".join(
        f"{column} (known as {' or '.join(table.all_columns[column])})" for column in missing
    )
    return (
        f"the header has no column for {wanted}; if the publisher renamed it, add the new name "
        f"to 'columns' in {table.id}.yaml"
    )


def period_id(table: Table, text: str) -> Period:
    """Read the publisher's period (`2025`, `202425`, `2023/24`, `2024-25`); raises TableError."""
    kind = table.period.kind
    found = re.fullmatch(_SHAPES[kind in _TWO_YEARS], text.strip())
    if found:
        first, second = found.group("first"), found.groupdict().get("second")
        try:
            return parse_period(f"{kind}{first}-{second}" if second else f"{kind}{first}")
        except PeriodError:
            pass
    expected = (
        "two years that follow on, like 2024/25" if kind in _TWO_YEARS else "a year like 2025"
    )
    msg = f"'{text}' is not a period of {table.id}; expected {expected}"
    raise TableError(msg)


_TWO_YEARS: Final = frozenset({"AY", "FY"})
_SHAPES: Final[Mapping[bool, str]] = {
    False: r"(?P<first>\d{4})",
    True: r"(?P<first>\d{4})[/-]?(?:\d{2})??(?P<second>\d{2})",
}


def source_of(table: Table, latest_period: str) -> Source:
    """Return the publication that a file belongs to, by the latest period in it.

    Raises TableError for a vintage that is not declared, with the line that would declare it.
    """
    vintage = table.vintages.get(latest_period)
    if vintage is None:
        raise TableError(_undeclared(table, latest_period))
    return Source(
        id=f"{table.id}_{vintage.vintage}",
        table=table.id,
        vintage=vintage.vintage,
        publisher=table.publisher,
        title=f"{table.publication}: {table.title}",
        published_on=vintage.published_on,
        published_on_basis=vintage.published_on_basis,
        designation=vintage.designation or table.designation,
        licence=table.licence,
        url=table.url,
    )


def _undeclared(table: Table, latest_period: str) -> str:
    name = re.sub(r"^[A-Z]+", "", latest_period).replace("-", "_")
    known = ", ".join(sorted(table.vintages))
    return (
        f"the latest period in the file is {latest_period}, and {table.id}.yaml declares "
        f"publications up to {known}; look up the day it was published and add under 'vintages' "
        f'the line:   {latest_period}: {{vintage: "{name}", published_on: YYYY-MM-DD}}'
    )
