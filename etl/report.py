"""What was read from published files, for people and for machines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import orjson
import pandas as pd

from etl.findings import Severity, as_json, as_text, printable
from etl.published.loaded import Difference, FileRecord, PublishedReading
from indicators.cells import Status
from reference.periods import parse_period
from reference.places import PlaceSet

_SHOWN: Final = 8


def report_text(reading: PublishedReading, places: PlaceSet) -> str:
    """Return the report as lines: files, figures, what was left out, totals, findings."""
    lines = [
        *_files(reading.report.files, reading),
        *_figures(reading),
        *_left_out(reading.report.files),
        *_reconciliation(reading, places),
        *_not_used(reading.report.files),
        *_findings(reading),
    ]
    return "\n".join(lines)


def _files(files: Sequence[FileRecord], reading: PublishedReading) -> Iterator[str]:
    used = [record for record in files if record.is_used]
    seconds = max(reading.report.seconds, 1e-3)
    rate = reading.report.rows / seconds
    yield (
        f"Files: {len(used):,} read of {len(files):,} found; {reading.report.rows:,} rows in "
        f"{seconds:.1f} seconds ({rate:,.0f} rows per second)"
    )
    for record in used:
        name = printable(Path(record.path).name)
        yield f"  {record.source}: {name}, {record.rows:,} rows, {record.cells:,} figures"


def _figures(reading: PublishedReading) -> Iterator[str]:
    cells = reading.cells
    if cells.empty:
        yield "Figures: none"
        return
    statuses = Counter(map(str, cells["status"]))
    listed = ", ".join(
        f"{statuses[status]:,} {status.replace('_', ' ')}" for status in Status if statuses[status]
    )
    yield f"Figures: {len(cells):,} ({listed})"
    for row in summary(cells):
        yield (
            f"  {row['indicator']}: {row['first_period']} to {row['last_period']}, "
            f"{row['areas']:,} areas, {row['cells']:,} figures, {row['ok']:,} with a value"
        )


def summary(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what was read of each indicator: periods, areas, figures."""
    rows = []
    for indicator, group in cells.groupby("indicator", sort=True):
        periods = sorted(set(group["period"]), key=parse_period)
        rows.append(
            {
                "indicator": str(indicator),
                "first_period": periods[0],
                "last_period": periods[-1],
                "periods": len(periods),
                "areas": int(group["area"].nunique()),
                "cells": len(group),
                "ok": int((group["status"] == Status.OK).sum()),
                "sources": sorted(set(group["source"])),
            }
        )
    return rows


def _left_out(files: Sequence[FileRecord]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for record in files:
        counts.update(record.passed_over)
    if counts:
        yield "Left out: " + ", ".join(f"{count:,} {reason}" for reason, count in counts.items())


def _reconciliation(reading: PublishedReading, places: PlaceSet) -> Iterator[str]:
    found = reading.report.reconciliation
    if not found.compared:
        return
    yield (
        f"Totals: {found.agreed:,} of {found.compared:,} published totals are what their "
        f"authorities add up to, within rounding; {len(found.differences):,} differ"
    )
    if found.hidden:
        yield (
            f"  {found.hidden:,} more cannot be checked: among the suppressed counts of their "
            "authorities some must be larger than 5"
        )
    for line, number in _grouped(found.differences, places).items():
        yield f"  {line} ({number:,} {'total' if number == 1 else 'totals'})"


def _grouped(differences: Sequence[Difference], places: PlaceSet) -> Mapping[str, int]:
    """Put differences of one indicator and period, with the same cause, on one line."""
    lines: Counter[str] = Counter()
    order = sorted(differences, key=lambda d: (d.indicator, parse_period(d.period)))
    country = {(d.source, d.indicator, d.period): d for d in order if d.area == places.country.code}
    for d in order:
        widest = country.get((d.source, d.indicator, d.period), d)
        names = ", ".join(places.area(code).name for code in widest.missing[:_SHOWN])
        more = len(widest.missing) - _SHOWN
        cause = f"no count of {names}" if names else "cause not known"
        cause += f" and {more} more" if more > 0 else ""
        lines[f"{d.indicator} {d.period}, {d.source}: {cause}"] += 1
    return lines


def _not_used(files: Sequence[FileRecord]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for record in files:
        if not record.is_used:
            reasons.setdefault(record.not_used, []).append(printable(Path(record.path).name))
    for reason, names in reasons.items():
        yield f"Not used ({reason}): {', '.join(names)}"


def _findings(reading: PublishedReading) -> Iterator[str]:
    stopping = sum(1 + f.more for f in reading.findings if f.stops)
    warnings = sum(1 + f.more for f in reading.findings if f.severity is Severity.WARNING)
    if reading.findings:
        yield as_text(reading.findings)
    if stopping:
        yield f"Refused: {stopping:,} to mend; nothing is stored while one is left"
    elif reading.cells.empty:
        yield "Nothing to load: no file holds figures of an indicator in the catalogue"
    elif warnings:
        yield f"Can be loaded, with {warnings:,} {'warning' if warnings == 1 else 'warnings'}"
    else:
        yield "Can be loaded; nothing to mend"


def report_data(reading: PublishedReading) -> dict[str, Any]:
    """Return the report as plain data."""
    report = reading.report
    statuses = Counter(map(str, reading.cells["status"])) if len(reading.cells) else Counter()
    return {
        "files": [asdict(record) for record in report.files],
        "rows": report.rows,
        "seconds": round(report.seconds, 3),
        "rows_per_second": round(report.rows / max(report.seconds, 1e-3)),
        "cells": len(reading.cells),
        "statuses": dict(sorted(statuses.items())),
        "indicators": summary(reading.cells) if len(reading.cells) else [],
        "sources": [asdict(source) for source in reading.sources],
        "ranges": {key: list(value) for key, value in reading.ranges.items()},
        "reconciliation": asdict(report.reconciliation),
        "findings": [as_json(finding) for finding in reading.findings],
        "exit_code": int(reading.exit_code),
    }


def report_json(reading: PublishedReading) -> str:
    """Return the report for `--format json`."""
    return orjson.dumps(report_data(reading), option=orjson.OPT_INDENT_2).decode()
