"""Writing a release as a snapshot folder whose name is the digest of its content."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from indicators.cell_frames import codes_together
from indicators.cells import (
    BREAKDOWN_COLUMNS,
    FLAGS,
    STATUSES,
    Breakdown,
    Flag,
    Status,
    flag_bits,
)
from indicators.change_table import FIRST, ChangeSummary, write_changes
from indicators.export import FOLDER as FILES
from indicators.export import write_files
from indicators.latest import latest_periods
from indicators.model import Indicator
from indicators.snapshot import (
    CARD,
    CATALOGUE,
    CODE_COLUMNS,
    FORMAT,
    INDEX,
    NUMBER_COLUMNS,
    PLACES,
    SOURCES,
    Change,
    ReleaseCard,
    Snapshot,
    SnapshotIndex,
    Source,
    cell_key,
)
from indicators.told_beside import Disclosure, ReleasedReturn, write_told_beside
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet

_LEVEL_ORDER = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.SUBREGION, AreaKind.AUTHORITY)


@dataclass(frozen=True)
class ReleaseContents:
    """All that a snapshot is made of.

    `cells` maps each of CELL_COLUMNS and `updated_release` to a sequence of the same length:
    numbers as floats (NaN = none), `definition_version` as integers, the rest as text.
    """

    card: ReleaseCard
    places: PlaceSet
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    cells: Mapping[str, Sequence[Any]]
    changes: tuple[Change, ...] = ()
    summary: ChangeSummary = FIRST
    returns: tuple[ReleasedReturn, ...] = ()
    disclosure: Disclosure | None = None


def write_snapshot(root: Path, contents: ReleaseContents) -> str:
    """Write and fsync `root/<digest>/`; return the digest. Same content, same bytes."""
    return write_coded(root, contents, *_coded(contents))


def write_coded(
    root: Path,
    contents: ReleaseContents,
    index: SnapshotIndex,
    columns: Mapping[str, NDArray[Any]],
    for_people: Callable[[Path, Snapshot], None] | None = None,
) -> str:
    """Write what is coded and sorted already, whatever cells `contents` has; as `write_snapshot`.

    `columns` are `key`, CODE_COLUMNS in their types and NUMBER_COLUMNS, in the order of `key`.
    `for_people` writes the files that people take away, where not all of them are wanted.
    """
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        snapshot = _write_parts(draft, contents, index, columns)
        (for_people or write_files)(draft / FILES, snapshot)
        for part in draft.rglob("*"):
            _sync(part)
        digest = folder_digest(draft)
        final = root / digest
        if final.exists():
            shutil.rmtree(draft)
        else:
            draft.chmod(0o755)
            draft.rename(final)
        _sync(root)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return digest


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 over the names and SHA-256 of all files below a folder."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            part = hashlib.file_digest(file, "sha256").hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()}\0{part}\n".encode())
    return total.hexdigest()


def _write_parts(
    folder: Path,
    contents: ReleaseContents,
    index: SnapshotIndex,
    columns: Mapping[str, NDArray[Any]],
) -> Snapshot:
    _write_json(folder / "release.json", CARD, contents.card)
    _write_json(folder / "index.json", INDEX, index)
    _write_json(folder / "places.json", PLACES, contents.places)
    _write_json(folder / "catalogue.json", CATALOGUE, contents.indicators)
    _write_json(folder / "sources.json", SOURCES, contents.sources)
    write_changes(folder, contents.changes, contents.summary)
    write_told_beside(folder, contents.returns, contents.disclosure)
    arrays: dict[str, Any] = dict(columns)
    table = pa.table(arrays)
    path = folder / "cells.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return Snapshot(
        folder=folder,
        digest="",
        card=contents.card,
        places=contents.places,
        indicators=contents.indicators,
        sources=contents.sources,
        index=index,
        columns=columns,
        returns=contents.returns,
        disclosure=contents.disclosure,
    )


def _write_json(path: Path, shape: TypeAdapter[Any], content: object) -> None:
    path.write_bytes(shape.dump_json(content))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _coded(contents: ReleaseContents) -> tuple[SnapshotIndex, Mapping[str, NDArray[Any]]]:
    """Turn text into positions in sorted lists, and sort the rows by key."""
    cells = contents.cells
    breakdown_of, breakdowns = _breakdowns(cells)
    period_of, periods = _distinct(cells["period"])
    symbol_of, symbols = _distinct(cells["source_symbol"])
    updated_of, updated = _distinct(cells["updated_release"])
    status_of, statuses = _distinct(cells["status"])
    flags_of, flags = _distinct(cells["flags"])
    latest, latest_provisional = latest_periods(cells, contents.places)
    index = SnapshotIndex(
        format=FORMAT,
        periods=tuple(sorted(periods, key=parse_period)),
        areas=area_order(contents.places),
        breakdowns=tuple(sorted({Breakdown(), *breakdowns}, key=lambda b: b.order)),
        symbols=tuple(sorted({"", *symbols})),
        releases=tuple(sorted(updated)),
        statuses=STATUSES,
        flags=FLAGS,
        latest=latest,
        latest_provisional=latest_provisional,
        row_count=len(cells["indicator"]),
    )
    bits = [flag_bits(Flag(flag) for flag in text.split(";") if flag) for text in flags]
    coded: dict[str, Any] = {
        "indicator": _named(cells["indicator"], [i.id for i in contents.indicators]),
        "period": _renumbered(period_of, periods, index.periods),
        "area": _named(cells["area"], index.areas),
        "breakdown": _renumbered(breakdown_of, breakdowns, index.breakdowns),
        "status": _renumbered(status_of, [Status(s) for s in statuses], STATUSES),
        "flags": np.array(bits, dtype=np.int64)[flags_of],
        "symbol": _renumbered(symbol_of, symbols, index.symbols),
        "source": _named(cells["source"], [source.id for source in contents.sources]),
        "updated_release": _renumbered(updated_of, updated, index.releases),
        "definition_version": cells["definition_version"],
        "ci_level": cells["ci_level"],
    }
    columns: dict[str, NDArray[Any]] = {
        name: np.asarray(coded[name], dtype=kind) for name, kind in CODE_COLUMNS.items()
    }
    for name in NUMBER_COLUMNS:
        columns[name] = np.asarray(cells[name], dtype=np.float64)
    key = cell_key(
        columns["indicator"], columns["period"], columns["area"], columns["breakdown"], index
    )
    order = np.argsort(key, kind="stable")
    if len(key) and (np.diff(key[order]) == 0).any():
        msg = "two figures for one cell: the release was assembled wrongly"
        raise ValueError(msg)
    return index, {"key": key[order], **{name: col[order] for name, col in columns.items()}}


def _distinct(values: Sequence[Any]) -> tuple[NDArray[np.int64], list[str]]:
    """Return for each value the place of its text among the distinct ones, and those."""
    codes, texts = pd.factorize(pd.Series(values, dtype="str"))
    return codes.astype(np.int64), [str(text) for text in texts]


def _named(values: Sequence[Any], known: Sequence[str]) -> NDArray[np.int64]:
    codes, texts = _distinct(values)
    return _renumbered(codes, texts, known)


def _renumbered(
    codes: NDArray[np.int64], found: Sequence[Any], known: Sequence[Any]
) -> NDArray[np.int64]:
    """Turn places among what was found into places among what is known."""
    place = {value: position for position, value in enumerate(known)}
    return np.array([place[value] for value in found], dtype=np.int64)[codes]


def _breakdowns(cells: Mapping[str, Sequence[Any]]) -> tuple[NDArray[np.int64], list[Breakdown]]:
    columns = [pd.Series(cells[name], dtype="str") for name in BREAKDOWN_COLUMNS]
    codes = codes_together(columns)
    first = np.unique(codes, return_index=True)[1]
    rows = zip(*(column.iloc[first] for column in columns), strict=True)
    return codes, [Breakdown(*map(str, row)) for row in rows]


def area_order(places: PlaceSet) -> tuple[str, ...]:
    """Return the codes of all areas in the order of rows: the country, regions, authorities."""
    ordered = sorted(places.areas, key=lambda area: (_LEVEL_ORDER.index(area.kind), area.code))
    return tuple(area.code for area in ordered)
