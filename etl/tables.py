"""The published tables we can read: one YAML file each, saying how its files look over time."""

import fnmatch
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from indicators.checked_files import Checked, Problem, read_checked
from indicators.model import Id, Part, Text
from indicators.snapshot import Source
from reference.periods import Period, PeriodError, parse_period

TABLES: Final = Path(__file__).parent / "tables"

Level = Literal["country", "region", "subregion", "authority"]


class TableError(Exception):
    """The registry of tables is faulty, or does not know a file; the message says what to do."""


class AreaColumns(Part):
    """How a row says which area it is about; names are canonical columns."""

    level: Id = Field(description="Column that tells the level of the row.")
    levels: Mapping[str, Level] = Field(
        description="Published spelling of a level (* stands for any text) to ours; "
        "rows of other levels are left out. A region row may turn out to be a subregion: "
        "its code decides."
    )
    code: Mapping[Level, Id] = Field(description="Column that holds the area code, by level.")
    name: Mapping[Level, Id] = Field(description="Column that holds the area name, by level.")
    number: str = Field(default="", description="Column of the three-digit authority number.")
    joined_by: str = Field(
        default="", description="What stands between the codes of authorities that return jointly."
    )


EES_AREAS: Final = AreaColumns(
    level="geographic_level",
    levels={"National": "country", "Regional": "region", "Local authority": "authority"},
    code={"country": "country_code", "region": "region_code", "authority": "new_la_code"},
    name={"country": "country_name", "region": "region_name", "authority": "la_name"},
    number="old_la_code",
)
"""The area columns of every table in the Explore Education Statistics standard."""

EES_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (name,)
    for name in (
        "time_period",
        "time_identifier",
        "geographic_level",
        "country_code",
        "country_name",
        "region_code",
        "region_name",
        "old_la_code",
        "new_la_code",
        "la_name",
    )
}


class PeriodRule(Part):
    """How a row (or the whole file) says which period it is about."""

    kind: Literal["RY", "AY", "FY", "CY", "SEP"] = Field(
        description="What kind of year the publisher's text stands for."
    )
    column: str = Field(default="", description="Canonical column with the period of each row.")
    sheet: str = Field(
        default="",
        description="For a workbook of one period: pattern whose first group is the period "
        "in the name of the sheet.",
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if bool(self.column) == bool(self.sheet):
            msg = "give exactly one of 'column' and 'sheet'"
            raise ValueError(msg)
        return self


class SheetRule(Part):
    """Where in a workbook the table stands."""

    name: Text = Field(description="Name of the sheet; * stands for any text.")
    header_within: int = Field(
        default=20, ge=1, description="The header is among this many first rows of the sheet."
    )


def _real_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        msg = f"expected a date like 2025-11-26, found '{text}'"
        raise ValueError(msg) from None
    return text


class Vintage(Part):
    """One publication of the table: which files belong to it and when it came out."""

    vintage: Id = Field(description="Ends the source id: table id + _ + vintage.")
    published_on: Annotated[str, AfterValidator(_real_date)]
    published_on_basis: Literal["confirmed", "not confirmed"] = "confirmed"
    designation: str = Field(default="", description="Where it differs from the table's.")
    note: str = ""


class Table(Part):
    """One published table: where it comes from, how to know it, what its columns are called."""

    id: Id
    title: Text
    publisher: Text
    publication: Text = Field(description="The release that the table is part of.")
    designation: Text
    licence: Text
    url: Text
    layout: Literal["ees", "fingertips", "outturn"]
    files: tuple[Text, ...] = Field(
        min_length=1, description="File names without .gz; * stands for any text, case ignored."
    )
    not_files: tuple[Text, ...] = Field(
        default=(), description="File names that look alike and hold something else."
    )
    columns: Mapping[Id, tuple[Text, ...]] = Field(
        description="Canonical column to its names over the years (case and runs of blanks "
        "ignored): the first name that the header has is the column, so put a name that came to "
        "mean another column last."
    )
    required: tuple[Id, ...] = Field(min_length=1, description="Columns no file may lack.")
    dimensions: tuple[Id, ...] = Field(
        default=(), description="Columns that, with period and area, make a row one row."
    )
    spellings: Mapping[Id, Mapping[str, str]] = Field(
        default_factory=dict,
        description="Column to older spelling to the one of the newest vintage.",
    )
    leave_out: Mapping[Id, tuple[str, ...]] = Field(
        default_factory=dict, description="Column to values whose rows are not figures of areas."
    )
    percent_columns: tuple[Id, ...] = Field(
        default=(), description="Percentages from 0 to 100; anything else is a fault."
    )
    areas: AreaColumns = EES_AREAS
    period: PeriodRule
    sheet: SheetRule | None = None
    vintages: Mapping[str, Vintage] = Field(
        min_length=1, description="Latest period in a file to the publication it belongs to."
    )
    note: str = ""

    @property
    def all_columns(self) -> Mapping[str, tuple[str, ...]]:
        """Every canonical column with its spellings, the layout's own ones included."""
        return {**(EES_COLUMNS if self.layout == "ees" else {}), **self.columns}

    @model_validator(mode="after")
    def _names_its_own_columns(self) -> Self:
        named = {
            "required": self.required,
            "dimensions": self.dimensions,
            "spellings": tuple(self.spellings),
            "leave_out": tuple(self.leave_out),
            "percent_columns": self.percent_columns,
            "areas": (self.areas.level, *self.areas.code.values(), *self.areas.name.values()),
            "period.column": (self.period.column,) if self.period.column else (),
        }
        for field, columns in named.items():
            for column in columns:
                if column not in self.all_columns:
                    msg = f"{field} names the column '{column}', which 'columns' does not have"
                    raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _vintages_are_periods(self) -> Self:
        for period in self.vintages:
            if not period.startswith(self.period.kind):
                msg = f"vintages: '{period}' is not a period of kind {self.period.kind}"
                raise ValueError(msg)
            parse_period(period)  # PeriodError is a ValueError that says what is wrong
        return self


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
