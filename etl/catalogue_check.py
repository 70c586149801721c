"""Whether every definition names tables, columns, rows and levels that the tables have."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from etl.table_model import Table
from etl.tables import TABLES, plain, read_tables
from indicators.catalogue import DEFINITIONS, Entry, Field, read_definitions
from indicators.checked_files import Problem, suggestion
from indicators.source_rows import POPULATION, SourceRows

_COLUMN_FIELDS: Final = ("value", "numerator", "ci_lower", "ci_upper")
_PICKING_FIELDS: Final = ("rows", "numerator_rows", "denominator_rows", "counted_where")


def check_catalogue(
    definitions: Path | None = None, tables: Path | None = None
) -> tuple[Problem, ...]:
    """Return every problem of definitions and tables, alone and together; none is good."""
    entries, problems = read_definitions(DEFINITIONS if definitions is None else definitions)
    read, faults = read_tables(TABLES if tables is None else tables)
    by_id = {checked.model.id: checked.model for checked in read}
    problems = [*problems, *faults]
    for entry in entries:
        problems += source_problems(entry, by_id)
    return tuple(sorted(problems))


def source_problems(entry: Entry, tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Yield what in the sources of one definition the tables cannot give."""
    for place, source in enumerate(entry.model.sources):
        where: Field = ("sources", place)
        table = tables.get(source.table)
        if table is None:
            message = f"no table '{source.table}'{suggestion(source.table, tables)}"
            yield entry.problem((*where, "table"), message)
            continue
        for field, message in (
            *_unknown_columns(source, table),
            *_older_spellings(source, table),
            *_unpicked_dimensions(source, table),
            *_unpublished_levels(source, table),
            *_unknown_vintages(source, table),
        ):
            yield entry.problem((*where, *field), message)
        if table.period.kind != entry.model.period_kind:
            message = f"{table.id} is published by {table.period.kind}"
            yield entry.problem(("period_kind",), message)


Fault = tuple[Field, str]


def _unknown_columns(source: SourceRows, table: Table) -> Iterator[Fault]:
    named: list[Fault] = [((field,), getattr(source, field)) for field in _COLUMN_FIELDS]
    named += [(("denominator",), column) for column in source.denominator_columns]
    named += [(("rows", column), column) for column in source.rows]
    for part in _PICKING_FIELDS[1:]:
        named += [((part, column), column) for column in getattr(source, part)]
    named += [(("breakdowns", k, "column"), item.column) for k, item in source.breakdowns.items()]
    for field, column in named:
        if column and column not in table.all_columns:
            known = (
                [*table.all_columns, POPULATION]
                if field == ("denominator",)
                else [*table.all_columns]
            )
            yield field, f"{table.id} has no column '{column}'{suggestion(column, known)}"


def _older_spellings(source: SourceRows, table: Table) -> Iterator[Fault]:
    for part in _PICKING_FIELDS:
        for column, spellings in getattr(source, part).items():
            newest = {plain(k): v for k, v in table.spellings.get(column, {}).items()}
            for spelling in spellings:
                if plain(spelling) in newest:
                    message = (
                        f"'{spelling}' is an older spelling of {table.id}; "
                        f"write '{newest[plain(spelling)]}'"
                    )
                    yield (part, column), message


def _unpicked_dimensions(source: SourceRows, table: Table) -> Iterator[Fault]:
    picked = {*source.rows, *(item.column for item in source.breakdowns.values())}
    for column in table.dimensions:
        if column not in picked:
            message = (
                f"rows of {table.id} differ in '{column}'; pick its spellings under 'rows', "
                "or read a breakdown from it"
            )
            yield ("rows",), message


def _unpublished_levels(source: SourceRows, table: Table) -> Iterator[Fault]:
    published = _with_subregions(table.areas.levels.values())
    for level in source.levels:
        if level not in published:
            yield ("levels",), f"{table.id} has no rows of level '{level}'; give 'levels'"


def _unknown_vintages(source: SourceRows, table: Table) -> Iterator[Fault]:
    known = {vintage.vintage for vintage in table.vintages.values()}
    for vintage in source.absent_from:
        if vintage not in known:
            message = f"{table.id} has no vintage '{vintage}'{suggestion(vintage, known)}"
            yield ("absent_from",), message


def _with_subregions(levels: Iterable[str]) -> set[str]:
    """Return the levels; where there are regions, some may turn out to be subregions."""
    found = set(levels)
    return {*found, "subregion"} if "region" in found else found
