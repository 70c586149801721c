"""One published file to cells: recognise, name, locate, pick, check; all or nothing."""

import difflib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.files import FileContent, RefusedFileError
from etl.findings import Finding, Place, Severity, quoted
from etl.published.canonical import CanonicalTable, canonical_table, runnable_texts
from etl.published.cells import cell_columns, cell_rows, count_columns
from etl.published.checks import (
    abolished_findings,
    coverage_findings,
    existing_rows,
    figure_findings,
    repeated_rows,
    table_findings,
)
from etl.published.loaded import FileRecord
from etl.published.located import LocatedTable, located_table
from etl.published.picked import picked_rows
from etl.published.recognised import FoundFile, by_columns
from etl.published.stacked import Columns
from etl.tables import Table, TableError, plain, source_of
from indicators.model import Indicator
from indicators.snapshot import Source, SourceFile
from indicators.source_rows import SourceRows
from reference.places import PlaceSet

Opened = Callable[[], tuple[FileContent, tuple[Finding, ...]]]
"""Gives what is in a file, once it is parsed; raises RefusedFileError."""


@dataclass(frozen=True)
class ReadFile:
    """What one file gave."""

    record: FileRecord
    cells: tuple[Columns, ...] = ()
    counts: tuple[Columns, ...] = ()
    source: Source | None = None
    span: tuple[str, str] = ("", "")
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Reader:
    """What files are read against."""

    places: PlaceSet
    indicators: Sequence[Indicator]
    tables: Sequence[Table]
    wanted: Mapping[str, tuple[tuple[Indicator, SourceRows], ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, places: PlaceSet, indicators: Sequence[Indicator], tables: Sequence[Table]
    ) -> "Reader":
        """Make a reader that knows which indicators each table feeds."""
        wanted = {
            table.id: tuple(
                (indicator, source)
                for indicator in indicators
                for source in indicator.sources
                if source.table == table.id
            )
            for table in tables
        }
        return cls(places, indicators, tables, wanted)


def read_one(found: FoundFile, opened: Opened | None, reader: Reader) -> ReadFile:
    """Read one file; what stops it becomes findings."""
    record = FileRecord(str(found.path), found.table.id if found.table else "")
    if opened is None:
        return ReadFile(replace(record, not_used=found.not_used))
    if found.table and not reader.wanted[found.table.id]:
        return ReadFile(replace(record, not_used="no indicator is read from its table"))
    try:
        content, warnings = opened()
        table, reason = found.table, ""
        if table is None:
            table, reason = by_columns(found.path, content, reader.tables)
        if table is None:
            return ReadFile(replace(record, not_used=reason))
        read = _read_table(found, table, content, reader)
    except RefusedFileError as error:
        return ReadFile(replace(record, not_used="refused"), findings=error.findings)
    if found.table is None and not read.cells and not read.findings:
        return ReadFile(
            replace(record, not_used="no row in it is one that an indicator is read from")
        )
    return replace(read, findings=(*warnings, *read.findings))


def _read_table(found: FoundFile, table: Table, content: FileContent, reader: Reader) -> ReadFile:
    canonical = canonical_table(found.path.name, table, content)
    located, findings = located_table(canonical, reader.places)
    findings = (*findings, *runnable_texts(canonical), *table_findings(canonical))
    source, source_findings = _source(located)
    if source is not None:
        source = replace(source, files=(_source_file(canonical, content, located),))
    findings += source_findings
    record = FileRecord(
        str(found.path), table.id, source.id if source else "", content_rows(content, located)
    )
    if source is None or located.span is None:
        return ReadFile(replace(record, not_used="refused"), findings=findings)
    findings += coverage_findings(located, reader.places)
    made: list[IndicatorCells] = []
    passed_over = Counter(located.passed_over)
    for indicator, rows in reader.wanted[table.id]:
        if source.vintage in rows.absent_from:
            continue
        one = _indicator_cells(located, indicator, rows, source, reader.places)
        made.append(one)
        passed_over.update(one.left_out)
        findings += one.findings
    findings = without_echoes(findings)
    if any(finding.stops for finding in findings):
        return ReadFile(replace(record, not_used="refused"), findings=findings)
    cells = tuple(one.cells for one in made if one.rows)
    counts = tuple(one.counts for one in made if one.counts)
    left_out = {reason: count for reason, count in passed_over.items() if count}
    record = replace(record, cells=sum(one.rows for one in made), passed_over=left_out)
    first, last = located.span
    return ReadFile(record, cells, counts, source, (first.id, last.id), findings)


def without_echoes(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Drop what only repeats another finding: a column on the wrong scale is said once."""
    scaled = {f.place.column: f for f in reversed(findings) if f.rule == "wrong_scale"}
    echoes = ("wrong_scale", "percentage_out_of_range")
    kept = (f for f in findings if f.rule not in echoes or scaled.get(f.place.column, f) is f)
    return tuple(dict.fromkeys(kept))


def _source_file(
    canonical: CanonicalTable, content: FileContent, located: LocatedTable
) -> SourceFile:
    """Return what the release keeps of a file, so that a figure can be found in it."""
    return SourceFile(
        canonical.file,
        content.sha256,
        content_rows(content, located),
        dict(canonical.header),
        canonical.spellings,
    )


def content_rows(content: FileContent, located: LocatedTable) -> int:
    """Return how many rows a file has: all of a CSV, those of the table in a workbook."""
    return content.tables[0].height if content.kind == "csv" else located.table.raw.height


def _source(located: LocatedTable) -> tuple[Source | None, tuple[Finding, ...]]:
    """Return the publication a file belongs to, by the latest period in it."""
    table, span = located.table.table, located.span
    place = Place(located.table.file)
    if span is None:
        return None, (
            Finding(
                "no_rows",
                Severity.ERROR,
                place,
                "no row of an area and period that are known",
                "rows of figures",
                "check that this is the file you meant",
            ),
        )
    try:
        return source_of(table, span[1].id), ()
    except TableError as error:
        return None, (
            Finding(
                "undeclared_vintage",
                Severity.ERROR,
                place,
                f"figures up to {span[1].id}",
                f"a publication declared in {table.id}.yaml",
                str(error),
            ),
        )


@dataclass(frozen=True)
class IndicatorCells:
    """What one file gives one indicator."""

    cells: Columns = field(default_factory=dict)
    counts: Columns = field(default_factory=dict)
    rows: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def _indicator_cells(
    located: LocatedTable,
    indicator: Indicator,
    source_rows: SourceRows,
    source: Source,
    places: PlaceSet,
) -> IndicatorCells:
    picked = picked_rows(located, source_rows)
    missing = _lacking_columns(located, indicator, source_rows)
    if not len(picked) or missing:
        faults = missing or (_nothing_picked(located, indicator, source_rows),)
        return IndicatorCells(findings=faults)
    unspelt = _no_parts(located, indicator, source_rows)
    every = cell_rows(picked, indicator, source_rows, places, source.published_on)
    kept, left_out, wrong = existing_rows(picked, every.has_number)
    read = every.taken(kept)
    once, conflicts = repeated_rows(read)
    faults = abolished_findings(picked, wrong)
    findings = (*unspelt, *faults, *figure_findings(read), *conflicts)
    counts = count_columns(every, source.id) if source_rows.numerator else {}
    read = read.taken(once)
    cells = cell_columns(read, source.id)
    return IndicatorCells(cells, counts, len(read.rows), left_out, findings)


def _lacking_columns(
    located: LocatedTable, indicator: Indicator, source: SourceRows
) -> tuple[Finding, ...]:
    """Say that an indicator has neither a value nor the parts of one in this file."""
    held = located.table.columns
    counted = tuple(source.counted_where)
    if source.value in held or any(n in held for n in (source.numerator, *counted) if n):
        return ()
    return (
        Finding(
            "missing_column",
            Severity.ERROR,
            Place(located.table.file),
            f"no column for {indicator.id}",
            " or ".join(n for n in (source.value, source.numerator, *counted) if n),
            "fetch the file again, or correct the sources of the indicator",
        ),
    )


def _nothing_picked(located: LocatedTable, indicator: Indicator, source: SourceRows) -> Finding:
    """Warn that the categories of an indicator are not in a file; they may have been reworded."""
    for name, spellings in source.rows.items():
        if not _has_any(located, name, spellings):
            return _no_such_rows(located, indicator, name, spellings)
    return Finding(
        "no_such_rows",
        Severity.WARNING,
        Place(located.table.file),
        f"no rows for {indicator.id}",
        "rows of its categories, levels and periods",
        "",
    )


def _no_parts(
    located: LocatedTable, indicator: Indicator, source: SourceRows
) -> tuple[Finding, ...]:
    """Warn where the rows of a numerator or denominator are not in a file under their words."""
    return tuple(
        _no_such_rows(located, indicator, name, spellings)
        for part in (source.numerator_rows, source.denominator_rows)
        for name, spellings in part.items()
        if not _has_any(located, name, spellings)
    )


def _has_any(located: LocatedTable, name: str, spellings: Sequence[str]) -> bool:
    wanted = {plain(spelling) for spelling in spellings}
    return any(plain(text) in wanted for text in located.table.columns[name].texts)


def _no_such_rows(
    located: LocatedTable, indicator: Indicator, name: str, spellings: Sequence[str]
) -> Finding:
    close = difflib.get_close_matches(spellings[0], located.table.columns[name].texts, 1, 0.5)
    hint = f"is it {quoted(close[0])} now? then add that" if close else "if reworded, add it"
    return Finding(
        "no_such_rows",
        Severity.WARNING,
        Place(located.table.file, 0, name),
        f"no rows for {indicator.id}",
        " or ".join(map(quoted, spellings)),
        f"{hint} under 'spellings' in etl/tables/{located.table.table.id}.yaml, or mend "
        f"indicators/definitions/{indicator.id}.yaml",
    )
