"""From the rows of a table to the cells of one indicator, with values exactly as published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from etl.published.figures import Figures, Texts
from etl.published.picked import PickedRows, denominator_of, measure, numerator_of
from etl.published.stacked import Columns, coded, constant
from etl.raw_tables import Codes, Mask, TextColumn
from etl.tables import Table, plain
from indicators.arithmetic import Numbers, published_value, rounded
from indicators.cell_frames import IS_COMPUTED
from indicators.cells import BREAKDOWN_COLUMNS, SYMBOL_STATUS, Flag, Status
from indicators.intervals import interval_of
from indicators.model import Indicator, IntervalMethod
from indicators.source_rows import POPULATION, SourceRows
from reference.places import PlaceSet

LEVEL: Final = 95.0


@dataclass(frozen=True)
class CellRows:
    """The picked rows with their figures as published and the status that follows."""

    rows: PickedRows
    indicator: Indicator
    source: SourceRows
    value: Figures
    numerator: Figures
    denominator: Figures
    is_computed: bool

    @property
    def has_number(self) -> Mask:
        """Rows in which the value or its numerator is a number."""
        return self.value.is_number | self.numerator.is_number

    def taken(self, rows: Mask) -> "CellRows":
        """Return only some of the rows."""
        if rows.all():
            return self
        return replace(
            self,
            rows=self.rows.taken(rows),
            value=self.value.taken(rows),
            numerator=self.numerator.taken(rows),
            denominator=self.denominator.taken(rows),
        )


def cell_rows(
    rows: PickedRows,
    indicator: Indicator,
    source: SourceRows,
    places: PlaceSet,
    published_on: str,
) -> CellRows:
    """Read the measures of an indicator; the value is computed where the vintage has none."""
    has_value = bool(source.value) and source.value in rows.located.table.columns
    value, numerator = measure(rows, source.value), numerator_of(rows, source)
    denominator = denominator_of(rows, source, places, published_on)
    if source.is_complement:
        rest = rounded(100 - value.number, indicator.decimals)
        value = replace(value, number=rest)
        numerator = _the_rest(numerator, denominator)
    return CellRows(
        rows, indicator, source, value, numerator, denominator, is_computed=not has_value
    )


def _the_rest(part: Figures, whole: Figures) -> Figures:
    """Return the whole less a part; a missing one of the two is the reason for none."""
    return Figures(
        whole.number - part.number,
        np.where(part.symbol == "", whole.symbol, part.symbol),
        part.is_bad | whole.is_bad,
    )


def cell_columns(read: CellRows, source_id: str) -> Columns:
    """Return CELL_COLUMNS and whether values were computed, one row for each picked row."""
    rows = read.rows
    value, status, symbol = _outcome(read)
    is_ok = status == Status.OK
    numerator = np.where(is_ok, read.numerator.number, np.nan)
    denominator = np.where(is_ok | _is_harmless(read), read.denominator.number, np.nan)
    lower, upper = _holding(read, value, *_limits(read, numerator, denominator))
    lower, upper = np.where(is_ok, lower, np.nan), np.where(is_ok, upper, np.nan)
    return {
        **_key_columns(read),
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "ci_lower": lower,
        "ci_upper": upper,
        "ci_level": np.where(np.isnan(lower), np.nan, LEVEL),
        "status": coded(status),
        "flags": _flags(read, is_ok),
        "source_symbol": coded(symbol),
        "source": constant(source_id, len(rows)),
        "definition_version": np.full(len(rows), read.indicator.version, dtype=np.int64),
        IS_COMPUTED: np.full(len(rows), read.is_computed, dtype=bool),
    }


def count_columns(read: CellRows, source_id: str) -> Columns:
    """Return the numerators as they stand in the file, whatever became of the value.

    Totals are reconciled with these: a count is known although its rate is not, and rows of a
    time before an authority began are part of what the publisher added up.
    """
    return {
        "source": constant(source_id, len(read.rows)),
        **_key_columns(read),
        "count": read.numerator.number,
        "symbol": coded(read.numerator.symbol),
        "is_joint": read.rows.located.is_joint[read.rows.at],
    }


def _key_columns(read: CellRows) -> dict[str, TextColumn]:
    rows, located = read.rows, read.rows.located
    areas = tuple(area.code for area in located.areas)
    periods = tuple(period.id for period in located.periods)
    return {
        "indicator": constant(read.indicator.id, len(rows)),
        "period": TextColumn(rows.period.astype(np.int32), periods),
        "area": TextColumn(rows.area.astype(np.int32), areas),
        **_breakdown_columns(rows),
    }


def _breakdown_columns(rows: PickedRows) -> dict[str, TextColumn]:
    combined = rows.breakdown.astype(np.int32)
    return {
        name: _breakdown_column(combined, [codes[place] for codes in rows.breakdowns])
        for place, name in enumerate(BREAKDOWN_COLUMNS)
    }


def _breakdown_column(combined: Codes, of_each: list[str]) -> TextColumn:
    distinct = tuple(dict.fromkeys(of_each))
    if len(distinct) == 1:
        return constant(distinct[0], len(combined))
    place = np.array([distinct.index(code) for code in of_each], dtype=np.int32)
    return TextColumn(place[combined], distinct)


def _outcome(read: CellRows) -> tuple[Numbers, Texts, Texts]:
    """Return value, status and symbol of each row."""
    if not read.is_computed:
        status = _noted_status(read, _status_of(read.value))
        return read.value.number, status, read.value.symbol
    value = published_value(read.indicator, read.numerator.number, read.denominator.number)
    reason = np.where(read.numerator.is_number, read.denominator.symbol, read.numerator.symbol)
    has_parts = read.numerator.is_number & read.denominator.is_number
    status = np.where(has_parts, Status.NOT_APPLICABLE, _statuses(reason))
    return value, np.where(np.isnan(value), status, Status.OK), reason


def _status_of(figures: Figures) -> Texts:
    return np.where(figures.is_number, Status.OK, _statuses(figures.symbol))


def _statuses(symbols: Texts) -> Texts:
    known = {symbol: SYMBOL_STATUS[symbol.casefold()] for symbol in set(symbols)}
    return np.array([known[symbol] for symbol in symbols], dtype=object)


def _noted_status(read: CellRows, status: Texts) -> Texts:
    """Let the publisher's note decide the status of a blank value."""
    notes = read.rows.located.table.table.value_notes
    if notes is None:
        return status
    column = read.rows.column(notes.column)
    for words, noted in reversed(list(notes.statuses.items())):
        says = column.mapped(lambda text, words=words: plain(words) in plain(text), np.bool_)  # type: ignore[misc]
        status = np.where(says & (status != Status.OK) & (read.value.symbol == ""), noted, status)
    return status


def _is_harmless(read: CellRows) -> Mask:
    """Say where a denominator tells nothing of a figure that is not shown: it is a population."""
    return np.full(len(read.rows), read.source.denominator == POPULATION, dtype=bool)


def _limits(read: CellRows, numerator: Numbers, denominator: Numbers) -> tuple[Numbers, Numbers]:
    if read.indicator.interval.method is not IntervalMethod.PUBLISHED:
        return interval_of(read.indicator, numerator, denominator, LEVEL)
    lower, upper = (_limit(read, name) for name in (read.source.ci_lower, read.source.ci_upper))
    is_whole = ~np.isnan(lower) & ~np.isnan(upper)
    return np.where(is_whole, lower, np.nan), np.where(is_whole, upper, np.nan)


def _holding(
    read: CellRows, value: Numbers, lower: Numbers, upper: Numbers
) -> tuple[Numbers, Numbers]:
    """Leave out an interval that its own published value lies outside of, beyond its rounding.

    The counts beside it were rounded, or are not all those that the publisher divided by.
    """
    half_unit = 0.5 * 10.0**-read.indicator.decimals + 1e-9
    with np.errstate(invalid="ignore"):
        is_outside = (value < lower - half_unit) | (value > upper + half_unit)
    return np.where(is_outside, np.nan, lower), np.where(is_outside, np.nan, upper)


def _limit(read: CellRows, name: str) -> Numbers:
    table: Table = read.rows.located.table.table
    if name not in read.rows.located.table.columns:
        return np.full(len(read.rows), np.nan)
    is_none = read.rows.column(name).matches(table.no_limit)
    return np.where(is_none, np.nan, measure(read.rows, name).number)


def _flags(read: CellRows, is_ok: Mask) -> TextColumn:
    """Return the sorted, `;`-joined flags of each row."""
    rows, located = read.rows, read.rows.located
    breaks = {b.period for b in read.indicator.breaks}
    is_break = np.array([period.id in breaks for period in located.periods], dtype=bool)
    marks: dict[str, Mask] = {
        str(Flag(flag)): np.ones(len(rows), dtype=bool) for flag in read.source.flags
    }
    marks[str(Flag.JOINT_RETURN)] = located.is_joint[rows.at]
    marks[str(Flag.BREAK)] = is_break[rows.period]
    notes = located.table.table.value_notes
    for words, flag in (notes.flags if notes else {}).items():
        column = rows.column(notes.column)  # type: ignore[union-attr]
        says = column.mapped(lambda text, words=words: plain(words) in plain(text), np.bool_)  # type: ignore[misc]
        marks[str(flag)] = marks.get(str(flag), False) | (says & is_ok)
    return joined_flags(marks, len(rows))


def joined_flags(marks: Mapping[str, Mask], count: int) -> TextColumn:
    """Join the names of the flags that each row has."""
    names = sorted(marks)
    bits = np.zeros(count, dtype=np.int64)
    for place, name in enumerate(names):
        bits |= marks[name].astype(np.int64) << place
    distinct, codes = np.unique(bits, return_inverse=True)
    texts = (
        ";".join(n for place, n in enumerate(names) if int(code) >> place & 1) for code in distinct
    )
    return TextColumn(codes.astype(np.int32), tuple(texts))
