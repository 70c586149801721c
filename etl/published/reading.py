"""Read published files and folders: the next one is parsed while this one becomes cells."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from etl.files import Limits
from etl.findings import Finding, Place, Severity, capped
from etl.progress import Progress
from etl.published.loaded import LoadReport, PublishedReading, Reconciliation
from etl.published.one_file import Opened, Reader, ReadFile, read_one
from etl.published.recognised import FoundFile, found_files
from etl.published.reconcile import reconciled, totals_by_source
from etl.published.screening import child_records
from etl.published.stacked import stacked
from etl.sandbox import Sandbox
from etl.tables import Table
from indicators.cell_frames import IS_COMPUTED
from indicators.cells import CELL_COLUMNS, KEY_COLUMNS
from indicators.model import Indicator
from indicators.snapshot import Source, TotalsCheck
from reference.periods import parse_period
from reference.places import PlaceSet

_FILE: Final = "file"
_COLUMNS: Final = [*CELL_COLUMNS, IS_COMPUTED]
_RECORDS: Final = "it seems to hold records about children"


def read_published(
    paths: Iterable[Path],
    places: PlaceSet,
    indicators: Sequence[Indicator],
    tables: Sequence[Table],
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> PublishedReading:
    """Read files and folders of published statistics.

    Files are parsed in the sandbox, the next one while this one is turned into cells. Cells of
    files that are refused are left out; with any stopping finding nothing should be stored.
    """
    began = time.perf_counter()
    reader = Reader.of(places, indicators, tables)
    files, refused = _screened(found_files(paths, tables))
    read: list[ReadFile] = []
    with Sandbox(limits) as sandbox:
        sandbox.start()
        for number, (found, opened) in enumerate(_opened_ahead(files, sandbox)):
            if progress:
                progress(number, len(files), found.path.name)
            read.append(read_one(found, opened, reader))
    if progress:
        progress(len(files), len(files), "")
    cells, conflicts = _together(read)
    findings = capped([*refused, *(f for one in read for f in one.findings), *conflicts])
    totals = reconciled(stacked([counts for one in read for counts in one.counts]), places)
    report = LoadReport(
        tuple(one.record for one in read),
        time.perf_counter() - began,
        totals,
    )
    sources = _sources(read, totals)
    return PublishedReading(cells, sources, _ranges(read), report=report, findings=findings)


def _screened(found: Iterable[FoundFile]) -> tuple[list[FoundFile], list[Finding]]:
    """Take out files that seem to hold records about children, before any of them is read."""
    files: list[FoundFile] = []
    refused: list[Finding] = []
    for file in found:
        findings = child_records(file.path)
        refused += findings
        files.append(replace(file, not_used=_RECORDS) if findings else file)
    return files, refused


def _opened_ahead(
    files: Sequence[FoundFile], sandbox: Sandbox
) -> Iterator[tuple[FoundFile, Opened | None]]:
    """Yield files in order while the next one is being parsed; None where one is not read.

    Never more than one ahead, so that memory holds two files and not all of them.
    """
    to_read = (found for found in files if not found.not_used)
    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead = deque(pool.submit(sandbox.read_path, f.path) for f in islice(to_read, 2))
        for found in files:
            if found.not_used:
                yield found, None
                continue
            yield found, ahead.popleft().result
            ahead.extend(pool.submit(sandbox.read_path, f.path) for f in islice(to_read, 1))


def _together(read: Sequence[ReadFile]) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Put cells of all files below each other; two files of a publication may say the same."""
    parts = [
        {**part, _FILE: np.full(len(part["value"]), number, dtype=np.int32)}
        for number, one in enumerate(read)
        for part in one.cells
    ]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS), ()
    together = stacked(parts)
    again = pd.Series(together.key([*KEY_COLUMNS, "source"])).duplicated().to_numpy()
    if not again.any():
        return together.frame(_COLUMNS), ()
    cells = together.frame([*_COLUMNS, _FILE])
    key = [*KEY_COLUMNS, "source"]
    differs = again & ~cells.duplicated([*key, "value", "numerator", "status", "source_symbol"])
    findings = tuple(
        Finding(
            "conflicting_duplicates",
            Severity.ERROR,
            Place(Path(read[row[_FILE]].record.path).name),
            f"another figure for {row['indicator']} in {row['period']} of {row['area']} than in "
            "an earlier file of the same publication",
            "each figure once in a publication",
            "load one of the files",
        )
        for row in cells[differs].to_dict("records")
    )
    return cells.loc[~again, _COLUMNS].reset_index(drop=True), findings


def _sources(read: Sequence[ReadFile], totals: Reconciliation) -> tuple[Source, ...]:
    """Return the publications read, each with its files and how its totals compare."""
    found: dict[str, Source] = {}
    for one in read:
        if one.source and one.record.is_used:
            before = found.get(one.source.id)
            files = (*(before.files if before else ()), *one.source.files)
            found[one.source.id] = replace(one.source, files=files)
    checks = totals_by_source(totals)
    return tuple(
        replace(found[key], totals=checks.get(key, TotalsCheck())) for key in sorted(found)
    )


def _ranges(read: Sequence[ReadFile]) -> Mapping[str, tuple[str, str]]:
    """Return first and last period of each source, over all its files."""
    spans: dict[str, tuple[str, str]] = {}
    for one in read:
        if one.source and one.record.is_used:
            first, last = spans.get(one.source.id, one.span)
            spans[one.source.id] = (
                min(first, one.span[0], key=parse_period),
                max(last, one.span[1], key=parse_period),
            )
    return spans
