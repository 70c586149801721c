"""Which period each row is about: its own text, or the name or title of the sheet tells."""

import re
from collections.abc import Mapping
from typing import Final

import numpy as np

from etl.findings import Finding, Severity, quoted
from etl.published.canonical import CanonicalTable, findings_at
from etl.raw_tables import Codes
from etl.tables import Table, TableError, period_id
from reference.periods import Period, parse_period

_EARLIEST: Final = 1990
_YEARS_AHEAD: Final = 3
"""Years outside these bounds are slips of the keyboard and not publications to come."""

PeriodRows = tuple[Codes, tuple[Period, ...], tuple[Finding, ...]]


def periods_of(table: CanonicalTable) -> PeriodRows:
    """Return each row's period (-1 where it cannot be read), and what is wrong."""
    rule = table.table.period
    if not rule.column:
        return _period_of_sheet(table)
    column = table.columns[rule.column]
    readings = [_period_or_fault(table.table, text) for text in column.texts]
    faults = {text: r for text, r in zip(column.texts, readings, strict=True) if isinstance(r, str)}
    periods = tuple(r for r in readings if isinstance(r, Period))
    places = {period: place for place, period in enumerate(dict.fromkeys(periods))}
    codes = np.array([places.get(r, -1) for r in readings], dtype=np.int32)  # type: ignore[arg-type]
    held = codes[column.codes]
    bad = np.flatnonzero(held < 0)
    findings = findings_at(
        table,
        "impossible_period",
        bad,
        rule.column,
        lambda row: quoted(column[row]),
        _expected(faults),
        "mend the period, or remove the row",
    )
    return held, tuple(places), findings


def _expected(faults: Mapping[str, str]) -> str:
    return next(iter(faults.values()), "")


def _period_or_fault(table: Table, text: str) -> Period | str:
    """Return the period, or what was expected in its place."""
    newest = max(map(parse_period, table.vintages))
    try:
        period = period_id(table, text)
    except TableError as error:
        return str(error).rpartition("expected ")[2]
    if not _EARLIEST <= period.start.year <= newest.start.year + _YEARS_AHEAD:
        return f"a period from {_EARLIEST} to a little after {newest.id}"
    return period


def _period_of_sheet(table: CanonicalTable) -> PeriodRows:
    rule = table.table.period
    found = (
        re.fullmatch(rule.sheet, table.raw.sheet)
        if rule.sheet
        else re.search(rule.title, table.raw.title, re.IGNORECASE)
    )
    everywhere = np.zeros(table.raw.height, dtype=np.int32)
    where = "name" if rule.sheet else "title"
    reading = _period_or_fault(table.table, found.group(1)) if found else f"a year in the {where}"
    if isinstance(reading, Period):
        return everywhere, (reading,), ()
    finding = Finding(
        "impossible_period",
        Severity.ERROR,
        table.place(0),
        f"the sheet {table.raw.sheet}",
        reading,
        f"write the {where} of the sheet as the publisher does",
    )
    return everywhere - 1, (), (finding,)
