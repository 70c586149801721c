"""What tables and definitions say of published files is so, in every release that we have."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from etl.tables import Table, level_of, load_tables, plain, source_of
from indicators.catalogue import load_catalogue
from indicators.model import Indicator
from indicators.source_rows import POPULATION, SourceRows
from tests.etl.real_tables import RealFile, Row, files_of

pytestmark = pytest.mark.unmeasured

TABLES = {table.id: table for table in load_tables()}
READ = [(one, source) for one in load_catalogue() for source in one.sources]

each_table = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.id)
each_source = pytest.mark.parametrize(
    ("one", "source"), READ, ids=[f"{one.id}-{source.table}" for one, source in READ]
)
Files = Mapping[str, tuple[RealFile, ...]]


@pytest.fixture(scope="module")
def files(published_dir: Path) -> Files:
    """Every real file, by table."""
    folders = [published_dir / part for part in ("published", "reconstructed")]
    return {
        table.id: tuple(file for folder in folders for file in files_of(table, folder))
        for table in TABLES.values()
    }


def files_with(source: SourceRows, files: Files) -> list[RealFile]:
    """The files in which a definition expects its rows."""
    table = TABLES[source.table]
    return [
        file
        for file in files[table.id]
        if source_of(table, file.latest).vintage not in source.absent_from
    ]


def picked(
    rows: Sequence[Row], spellings: Mapping[str, Sequence[str]], table: Table
) -> Iterator[Row]:
    """The rows of areas that a filter picks."""
    wanted = {column: {plain(text) for text in texts} for column, texts in spellings.items()}
    for row in rows:
        left_out = any(row[column] in texts for column, texts in table.leave_out.items())
        fits = all(plain(row[column]) in texts for column, texts in wanted.items())
        if fits and not left_out and level_of(table, row[table.areas.level]):
            yield row


def area_of(row: Row, table: Table) -> str:
    """What tells the area of a row: its code, without one its name, for the country its level."""
    level = level_of(table, row[table.areas.level])
    assert level
    columns = (table.areas.code.get(level), table.areas.name.get(level))
    return next((row[column] for column in columns if column in row), level)


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@each_table
def test_there_are_real_files_of_every_table(table: Table, files: Files) -> None:
    assert files[table.id]


@each_table
def test_every_release_that_we_have_is_declared(table: Table, files: Files) -> None:
    for file in files[table.id]:
        assert source_of(table, file.latest).published_on, file.name


@each_table
def test_every_column_and_older_spelling_occurs_in_some_release(table: Table, files: Files) -> None:
    found = {column for file in files[table.id] for column in file.columns}
    areas = table.areas
    assert {*table.columns, areas.level, *areas.code.values(), *areas.name.values()} <= found
    for column, spellings in table.spellings.items():
        values = {plain(row[column]) for file in files[table.id] for row in file.rows}
        assert {plain(newer) for newer in spellings.values()} <= values


@each_table
def test_percentages_are_from_0_to_100(table: Table, files: Files) -> None:
    for file in files[table.id]:
        for column in set(table.percent_columns) & file.columns:
            values = [number(row[column]) for row in file.rows]
            assert all(0 <= value <= 100 for value in values if value is not None), column


@each_table
def test_no_two_rows_of_a_release_tell_different_things_of_one_cell(
    table: Table, files: Files
) -> None:
    for file in files[table.id]:
        distinct = {tuple(_without_parent(row).items()) for row in picked(file.rows, {}, table)}
        keys = Counter(_key(dict(row), table) for row in distinct)
        assert [key for key, times in keys.items() if times > 1] == []


def _without_parent(row: Row) -> Row:
    return {column: text for column, text in row.items() if column != "parent_code"}


def _key(row: Row, table: Table) -> tuple[str, ...]:
    own = [row[column] for column in table.dimensions]
    return (row.get("time_period", ""), area_of(row, table), *own)


@each_source
def test_every_column_read_is_in_every_release_or_may_be_missing(
    one: Indicator, source: SourceRows, files: Files
) -> None:
    may_be_missing = set() if not source.numerator else {source.value}
    for file in files_with(source, files):
        assert set(source.columns) - file.columns <= may_be_missing, (one.id, file.name)


@each_source
def test_every_spelling_picks_rows_in_every_release(
    one: Indicator, source: SourceRows, files: Files
) -> None:
    for file in files_with(source, files):
        for column, spellings in source.rows.items():
            values = {plain(row[column]) for row in file.rows}
            assert {plain(text) for text in spellings} <= values, (one.id, file.name, column)
        for name, breakdown in source.breakdowns.items():
            values = {row[breakdown.column] for row in file.rows}
            assert set(breakdown.codes) <= values, (one.id, file.name, name)


@each_source
def test_every_level_that_is_promised_has_rows(
    one: Indicator, source: SourceRows, files: Files
) -> None:
    table = TABLES[source.table]
    rows = [row for file in files[table.id] for row in picked(file.rows, source.rows, table)]
    levels = {level_of(table, row[table.areas.level]) for row in rows}
    assert levels == set(source.levels) - {"subregion"}, one.id


@each_source
def test_numerator_over_denominator_is_the_published_value(
    one: Indicator, source: SourceRows, files: Files
) -> None:
    """Where a release prints all three; counts may be rounded to 5, values to their decimals."""
    table = TABLES[source.table]
    if not source.value or not source.numerator or source.denominator == POPULATION:
        assert not source.denominator_rows or source.value or source.numerator_rows
        return
    file = files_with(source, files)[-1]
    gaps = [gap for gap in _gaps(one, source, table, file) if gap is not None]
    assert len(gaps) > (100 if "authority" in source.levels else 5)
    assert sum(gap <= 0 for gap in gaps) / len(gaps) > 0.99


def _gaps(
    one: Indicator, source: SourceRows, table: Table, file: RealFile
) -> Iterator[float | None]:
    """By how much the computed value is further from the printed one than rounding explains."""
    multiplier = one.arithmetic.multiplier
    assert multiplier
    below = {
        (area_of(row, table), row["time_period"], *_codes(row, source)): row
        for row in picked(file.rows, {**source.rows, **source.denominator_rows}, table)
    }
    for row in picked(file.rows, source.rows, table):
        other = below[area_of(row, table), row["time_period"], *_codes(row, source)]
        bottoms = [number(other[column]) for column in source.denominator_columns]
        top, value = number(row[source.numerator]), number(row[source.value])
        if top is None or value is None or None in bottoms or not sum(filter(None, bottoms)):
            continue
        bottom = sum(filter(None, bottoms))
        printed = len(row[source.value].partition(".")[2])
        # Both counts may be off by 5; below the line that moves a value by 5 times itself.
        rounding = multiplier * 5.1 / bottom * (1.0 + top / bottom)
        allowed = 0.5 * 10 ** -min(printed, one.decimals) + rounding
        yield abs(top * multiplier / bottom - value) - allowed


def _codes(row: Row, source: SourceRows) -> tuple[str, ...]:
    """What a row is part of; parts share the row that the denominator is picked as."""
    columns = [item.column for item in source.breakdowns.values()]
    return tuple(row[column] for column in columns if column not in source.denominator_rows)
