"""What the figures of an indicator must be like; each rule with place, found, expected, advice."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from etl.findings import Finding, Place, Severity, quoted
from etl.published.canonical import CanonicalTable, Rows, findings_at
from etl.published.cells import CellRows
from etl.published.figures import Figures
from etl.published.located import LocatedTable
from etl.published.picked import PickedRows, measure, parts_read
from etl.published.value_checks import ENOUGH_TO_JUDGE, picked_findings, value_findings
from etl.raw_tables import Mask
from indicators.cells import SYMBOL_STATUS
from indicators.model import Arithmetic
from reference.places import PlaceSet

_SYMBOLS: Final = ", ".join(symbol for symbol in SYMBOL_STATUS if symbol)


def table_findings(table: CanonicalTable) -> Iterator[Finding]:
    """Check the percentages of a table over all its rows, read by an indicator or not."""
    for name in table.table.percent_columns:
        if name not in table.columns:
            continue
        figures = table.figures(name)
        number = figures.number
        if _looks_like_shares(figures):
            yield from findings_at(
                table,
                "wrong_scale",
                np.flatnonzero(figures.is_number & (number != 0))[:1],
                name,
                lambda row, number=number: f"no figure above 1, such as {number[row]:g}",  # type: ignore[misc]
                "percentages from 0 to 100",
                "multiply by 100, or fetch the file again",
            )
        with np.errstate(invalid="ignore"):
            outside = np.flatnonzero((number < 0) | (number > 100))
        yield from findings_at(
            table,
            "percentage_out_of_range",
            outside,
            name,
            lambda row, number=number: f"{number[row]:g}",  # type: ignore[misc]
            "a percentage from 0 to 100",
            "mend the figure, or ask the publisher",
        )


def _looks_like_shares(figures: Figures) -> bool:
    """Say whether a column of percentages holds shares of 1 throughout."""
    numbers = figures.number[figures.is_number]
    if len(numbers) < ENOUGH_TO_JUDGE or numbers.max() > 1:
        return False
    return bool(((numbers > 0) & (numbers < 1)).any())


def figure_findings(read: CellRows) -> Iterator[Finding]:
    """Check the figures that one indicator is read from."""
    source, rows = read.source, read.rows
    yield from _not_numbers(rows, source.value, measure(rows, source.value))
    for others, name in parts_read(rows, source):
        yield from _not_numbers(others, name, measure(others, name))
    yield from _wrong_parts(read)
    yield from value_findings(read)


def _not_numbers(rows: PickedRows, name: str, figures: Figures) -> Iterator[Finding]:
    if not name or not figures.is_bad.any():
        return
    table = rows.located.table
    column = table.columns[name]
    yield from findings_at(
        table,
        "text_for_a_number",
        _distinct(rows.file_rows[figures.is_bad]),
        name,
        lambda row: quoted(column[row]),
        f"a number or one of {_SYMBOLS}",
        "mend the figure, or use the symbol that says why there is none",
    )


def _distinct(rows: Rows) -> Rows:
    return np.unique(rows)


def _wrong_parts(read: CellRows) -> Iterator[Finding]:
    top, bottom = read.numerator.number, read.denominator.number
    with np.errstate(invalid="ignore"):
        is_negative = top < 0
        is_above = top > bottom
    yield from picked_findings(
        read,
        is_negative,
        "negative_count",
        read.source.numerator,
        lambda at: f"{top[at]:,g}",
        "a count of 0 or more",
        "mend the figure",
    )
    if read.indicator.arithmetic is Arithmetic.PERCENTAGE:
        yield from picked_findings(
            read,
            is_above,
            "numerator_above_denominator",
            read.source.numerator,
            lambda at: f"{top[at]:,g} of {bottom[at]:,g}",
            "a part no larger than the whole",
            "mend one of the two, or ask the publisher",
        )


def existing_rows(read: PickedRows, has_number: Mask) -> tuple[Mask, Mapping[str, int], Mask]:
    """Tell which rows to keep, why others go, and which are figures of an abolished authority.

    Files list every authority in every year with a symbol where it did not exist. Figures for
    the time before an authority began are the publisher's back-casts, left out; figures for
    the time after one ended are a fault.
    """
    located = read.located
    existed = located.existed[read.at]
    ended = np.array(
        [
            [_has_ended(area.last_day, period.start) for period in located.periods]
            for area in located.areas
        ],
        dtype=bool,
    ).reshape(len(located.areas), len(located.periods))[read.area, read.period]
    with_figures = ~existed & has_number
    counts = {
        "rows of authorities that did not exist in the period": int((~existed & ~has_number).sum()),
        "figures for a time before the authority began": int((with_figures & ~ended).sum()),
    }
    return existed, counts, with_figures & ended


def coverage_findings(located: LocatedTable, places: PlaceSet) -> tuple[Finding, ...]:
    """Warn of periods without a row for many authorities: the file may be cut off.

    A cell that a newer publication covers and lacks is withdrawn, so this must be said.
    """
    table = located.table.table
    if table.layout not in _COMPLETE_LAYOUTS or "authority" not in table.areas.levels.values():
        return ()
    held = np.zeros((len(located.periods), len(located.areas)), dtype=bool)
    held[located.period, located.area] = True
    codes = np.array([area.code for area in located.areas], dtype=object)
    short = []
    for place in np.flatnonzero(held.any(axis=1)):
        period = located.periods[place]
        expected = {area.code for area in places.authorities(period.end)}
        count = len(expected.intersection(codes[held[place]]))
        if count < _COMPLETE_SHARE * len(expected):
            short.append((period, count, len(expected)))
    if not short:
        return ()
    period, held_count, expected_count = max(short)
    more = f" and fewer than expected in {len(short) - 1} more periods" if len(short) > 1 else ""
    return (
        Finding(
            "few_authorities",
            Severity.WARNING,
            Place(located.table.file),
            f"rows of {held_count} authorities in {period.id}{more}",
            f"{expected_count} authorities, with a symbol where there is no figure",
            "check that the file is whole: figures it should have and lacks count as withdrawn",
        ),
    )


_COMPLETE_LAYOUTS: Final = frozenset({"ees", "outturn"})
_COMPLETE_SHARE: Final = 0.9


def _has_ended(last_day: object, start: object) -> bool:
    return last_day is not None and last_day < start  # type: ignore[operator]


def abolished_findings(read: PickedRows, wrong: Mask) -> tuple[Finding, ...]:
    """Say which rows hold figures of authorities that no longer existed."""
    located = read.located
    rows = read.file_rows[wrong]
    areas = {int(r): located.areas[a] for r, a in zip(rows, read.area[wrong], strict=True)}
    column = located.table.table.areas.code.get("authority", located.table.table.areas.level)
    return findings_at(
        located.table,
        "abolished_authority",
        rows,
        column,
        lambda row: f"figures of {areas[row].name} ({areas[row].code})",
        "authorities that existed in the period",
        "use the code of the authority that took its place, or mend the period",
    )


def repeated_rows(read: CellRows) -> tuple[Mask, tuple[Finding, ...]]:
    """Keep one of rows that say the same of one cell; find those that contradict each other."""
    key = read.rows.key
    distinct, first, group = np.unique(key, return_index=True, return_inverse=True)
    if len(distinct) == len(key):
        return np.ones(len(key), dtype=bool), ()
    differs = np.zeros(len(key), dtype=bool)
    for figures in (read.value, read.numerator, read.denominator):
        mine, theirs = figures.number, figures.number[first[group]]
        differs |= ~((mine == theirs) | (np.isnan(mine) & np.isnan(theirs)))
        differs |= figures.symbol != figures.symbol[first[group]]
    kept = np.zeros(len(key), dtype=bool)
    kept[first] = True
    table = read.rows.located.table
    at = np.flatnonzero(differs)
    rows = read.rows.file_rows
    earlier = {int(rows[a]): int(rows[first[group[a]]]) for a in at}
    findings = findings_at(
        table,
        "conflicting_duplicates",
        rows[at],
        read.source.value or read.source.numerator,
        lambda row: f"another figure than row {table.raw.row_number(earlier[row]):,} has",
        f"one row for each period, area and breakdown of {read.indicator.id}",
        "remove the wrong row",
        Severity.ERROR,
    )
    return kept, findings
