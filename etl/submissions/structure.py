"""Rules about the shape of the table: its columns, rows and keys (S05 to S10, S13 to S15)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from etl.findings import Finding, Place, Severity, printable, quoted
from etl.submissions.manifest import Manifest
from etl.submissions.rules import finding
from etl.submissions.table import Sheet, other_delimiter
from etl.submissions.wire import COLUMNS, PASSED_OVER, WireRow, template_id, whole_number
from indicators.checked_files import suggestion
from indicators.measure_sections import changed_since
from indicators.measures import Collection, Key
from reference.periods import Period

FORMULA_SIGNS: Final = ("=", "+", "@", "\t", "\r")
MOST_COLUMNS: Final = 100
_SHOWN_MEASURES: Final = 8
_MARKUP: Final = re.compile(r"<[A-Za-z!/?]")
_OURS: Final[Mapping[str, str]] = {ours: wire for wire, ours in COLUMNS.items()}


def simple(name: str) -> str:
    """Reduce a column name to what counts: case and blanks make no difference."""
    return "_".join(name.replace("\ufeff", "").lower().split())


def check_columns(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """Yield S05 for missing and repeated columns, S06 for unknown ones, S10 without any row."""
    names = [simple(name) for name in sheet.header]
    top = replace(place, row=1)
    if len(names) > MOST_COLUMNS:
        what, expected = f"{len(names):,} columns", f"{len(COLUMNS)} columns"
        yield finding("S05", top, what=what, expected=expected)
        return
    delimiter = other_delimiter(sheet.header)
    if delimiter:
        what, expected = f"one column; cells seem to be separated by {delimiter}", "commas"
        yield finding("S05", top, what=what, expected=expected)
        return
    for column in COLUMNS:
        if names.count(column) != 1:
            what = f"{column} twice" if column in names else f"no column {column}"
            at = replace(top, column=column)
            yield finding("S05", at, what=what, expected=f"one column {column}")
    for name in dict.fromkeys(names):
        if name not in COLUMNS and name not in PASSED_OVER:
            hint = suggestion(name, [column for column in COLUMNS if column not in names])
            yield _strange_column(top, name, hint, has_words=_has_words(sheet, names, name))
    if not sheet.rows:
        yield finding("S10", place)


def _strange_column(place: Place, name: str, hint: str, *, has_words: bool) -> Finding:
    """Return S06; words in such a column stop a return, for a file is kept as it was sent."""
    advice = "take it out, for its words would be kept with the file" if has_words else _IGNORED
    severity = Severity.ERROR if has_words else None
    return finding("S06", place, column=quoted(name), hint=hint, advice=advice, severity=severity)


def _has_words(sheet: Sheet, names: Sequence[str], name: str) -> bool:
    places = [place for place, known in enumerate(names) if known == name]
    cells = (row[place].strip() for _, row in sheet.rows for place in places if place < len(row))
    return any(cell and whole_number(cell) is None for cell in cells)


_IGNORED: Final = "it was ignored"


def check_widths(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """Yield S07 for each row with more or fewer cells than the header."""
    width = len(sheet.header)
    for row, cells in sheet.rows:
        if len(cells) != width:
            what, expected = f"{len(cells)} cells", f"{width} cells, as in the header"
            yield finding("S07", replace(place, row=row), what=what, expected=expected)


def check_plain_text(place: Place, sheet: Sheet) -> Iterator[Finding]:
    """Yield S08 for formulas and markup, told by how a cell begins and what is in it."""
    if sheet.has_formulas:
        yield finding("S08", place, what="is worked out by a formula")
    for row, cells in sheet.rows:
        for name, cell in zip(sheet.header, cells, strict=False):
            what = _not_plain(cell)
            if what:
                yield finding("S08", replace(place, row=row, column=simple(name)), what=what)


def _not_plain(cell: str) -> str:
    if cell.startswith(FORMULA_SIGNS):
        return f"starts with {cell[0]!r}"
    return "holds markup" if _MARKUP.search(cell) else ""


def wire_rows(sheet: Sheet) -> tuple[WireRow, ...]:
    """Return the rows of a table whose columns and widths are sound.

    A row of a template that was not filled in at all is not sent.
    """
    names = [simple(name) for name in sheet.header]
    places = {ours: names.index(wire) for ours, wire in _OURS.items()}
    rows = (
        WireRow(row=row, **{ours: cells[place].strip() for ours, place in places.items()})
        for row, cells in sheet.rows
    )
    return tuple(row for row in rows if row.value or row.status or row.note)


def check_keys(place: Place, rows: Iterable[WireRow]) -> Iterator[Finding]:
    """Yield S09 for each count that is given again, saying whether the values differ."""
    first: dict[tuple[str, ...], WireRow] = {}
    for row in rows:
        earlier = first.setdefault((*row.scope, *row.key), row)
        if earlier is not row:
            differs = "" if earlier.value == row.value else ", with another value"
            yield finding(
                "S09",
                replace(place, row=row.row),
                measure=quoted(row.measure),
                breakdown=quoted(row.breakdown),
                first=earlier.row,
                differs=differs,
            )


def check_scope(
    place: Place, rows: Sequence[WireRow], manifest: Manifest | None
) -> Iterator[Finding]:
    """Yield S13 for rows of another authority, collection or period than the package's."""
    first = rows[0]
    source = f"row {first.row} says" if manifest is None else "the manifest says"
    said = {
        "authority": first.authority if manifest is None else manifest.la_code,
        "collection": first.collection if manifest is None else manifest.collection,
        "period_end": first.period_end if manifest is None else manifest.period_end,
        "period_kind": first.period_kind,
    }
    for row in rows:
        for column, expected in said.items():
            found = getattr(row, column)
            if found != expected:
                at = replace(place, row=row.row, column=_OURS[column])
                yield finding(
                    "S13", at, what=quoted(found), expected=quoted(expected), source=source
                )


def check_template(
    place: Place, carried: str, collection: Collection, period: Period, rows: Sequence[WireRow]
) -> Iterator[Finding]:
    """Yield S14 if the return was made from a template of another version or scope."""
    authority, code, _, period_end = rows[0].scope
    current = template_id(collection.version, authority, code, period_end)
    if carried and carried != current:
        changed = _changed(collection, carried, period, rows)
        told = f"; {len(changed)} measures have changed: {', '.join(changed)}" if changed else ""
        yield finding("S14", place, basis=(carried,), version=collection.version, changed=told)


def _changed(
    collection: Collection, carried: str, period: Period, rows: Sequence[WireRow]
) -> tuple[str, ...]:
    """Return what changed since a template: by its version where its id tells, else by its rows."""
    authority, code, _, period_end = rows[0].scope
    for edition in collection.changes:
        if template_id(edition.version, authority, code, period_end) == carried:
            return changed_since(collection.changes, edition.version)[:_SHOWN_MEASURES]
    return _changed_measures(collection, period, rows)


def _changed_measures(
    collection: Collection, period: Period, rows: Iterable[WireRow]
) -> tuple[str, ...]:
    """Return measures that the template lacked or that are collected no more."""
    sent = dict.fromkeys(row.measure for row in rows)
    wanted = dict.fromkeys(measure for measure, _, _ in collection.keys(period))
    lost = [printable(measure) for measure in sent if measure not in wanted]
    return (*(measure for measure in wanted if measure not in sent), *lost)[:_SHOWN_MEASURES]


def check_complete(
    place: Place, rows: Iterable[WireRow], collection: Collection, period: Period
) -> Iterator[Finding]:
    """Yield one S15 for all required counts that are missing."""
    sent = {row.key for row in rows}
    missing: list[Key] = [
        key for key in collection.keys(period, required_only=True) if key not in sent
    ]
    if missing:
        measure, _, breakdown = missing[0]
        yield finding("S15", place, count=len(missing), measure=measure, breakdown=breakdown)
