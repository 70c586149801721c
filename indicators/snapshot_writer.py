"""Writing a release as a snapshot folder whose name is the digest of its content."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import TypeAdapter

from indicators.cells import (
    BREAKDOWN_COLUMNS,
    FLAGS,
    STATUSES,
    Breakdown,
    Flag,
    Status,
    flag_bits,
)
from indicators.latest import latest_periods
from indicators.model import Indicator
from indicators.snapshot import (
    CARD,
    CATALOGUE,
    CHANGES,
    CODE_COLUMNS,
    FORMAT,
    INDEX,
    NUMBER_COLUMNS,
    PLACES,
    SOURCES,
    Change,
    ReleaseCard,
    SnapshotIndex,
    Source,
    cell_key,
)
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


def write_snapshot(root: Path, contents: ReleaseContents) -> str:
    """Write and fsync `root/<digest>/`; return the digest. The same content gives the same bytes."""
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        _write_parts(draft, contents)
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


def _write_parts(folder: Path, contents: ReleaseContents) -> None:
    index, columns = _coded(contents)
    _write_json(folder / "release.json", CARD, contents.card)
    _write_json(folder / "index.json", INDEX, index)
    _write_json(folder / "places.json", PLACES, contents.places)
    _write_json(folder / "catalogue.json", CATALOGUE, contents.indicators)
    _write_json(folder / "sources.json", SOURCES, contents.sources)
    _write_json(folder / "changes.json", CHANGES, contents.changes)
    table = pa.table(dict(columns))
    path = folder / "cells.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    for part in folder.iterdir():
        _sync(part)


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
    breakdown_rows = [
        Breakdown(*codes)
        for codes in zip(*(cells[column] for column in BREAKDOWN_COLUMNS), strict=True)
    ]
    indicator_ids = tuple(indicator.id for indicator in contents.indicators)
    source_ids = tuple(source.id for source in contents.sources)
    latest, latest_provisional = latest_periods(cells, contents.places)
    index = SnapshotIndex(
        format=FORMAT,
        periods=tuple(sorted(set(cells["period"]), key=parse_period)),
        areas=area_order(contents.places),
        breakdowns=tuple(sorted({Breakdown(), *breakdown_rows}, key=lambda b: b.order)),
        symbols=tuple(sorted({"", *cells["source_symbol"]})),
        releases=tuple(sorted(set(cells["updated_release"]))),
        statuses=STATUSES,
        flags=FLAGS,
        latest=latest,
        latest_provisional=latest_provisional,
        row_count=len(cells["indicator"]),
    )
    coded = {
        "indicator": _positions(cells["indicator"], indicator_ids),
        "period": _positions(cells["period"], index.periods),
        "area": _positions(cells["area"], index.areas),
        "breakdown": _positions(breakdown_rows, index.breakdowns),
        "status": _positions([Status(s) for s in cells["status"]], STATUSES),
        "flags": [flag_bits(Flag(f) for f in text.split(";") if f) for text in cells["flags"]],
        "symbol": _positions(cells["source_symbol"], index.symbols),
        "source": _positions(cells["source"], source_ids),
        "updated_release": _positions(cells["updated_release"], index.releases),
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


def _positions(values: Sequence[Any], known: Sequence[Any]) -> list[int]:
    place = {value: position for position, value in enumerate(known)}
    return [place[value] for value in values]


def area_order(places: PlaceSet) -> tuple[str, ...]:
    """Return the codes of all areas in the order of rows: the country, regions, authorities."""
    ordered = sorted(places.areas, key=lambda area: (_LEVEL_ORDER.index(area.kind), area.code))
    return tuple(area.code for area in ordered)
