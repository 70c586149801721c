"""A backup: one file with every table of the store, from one moment, for either database.

It holds what is not protected, so it is readable by its owner only and belongs where the database
belongs. Snapshots are not in it: a restored store writes them again, to the same bytes.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pyarrow as pa
import sqlalchemy as sa

from indicators.lasting_files import open_private, sync_folder
from indicators.permissions import Action, require
from indicators.store import schema
from indicators.store.auditing import HEADS_NAME, note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.return_tables import RESTRICTED_TABLES
from indicators.store.tables import metadata
from indicators.store.taken_back import LEDGER_NAME

FORMAT: Final = 1
ABOUT_NAME: Final = "about.json"
_ROWS: Final = 50_000
_TYPES: Final[Mapping[type[sa.types.TypeEngine[Any]], pa.DataType]] = {
    sa.Boolean: pa.bool_(),
    sa.Integer: pa.int64(),
    sa.Double: pa.float64(),
    sa.LargeBinary: pa.binary(),
    sa.Text: pa.string(),
}


@dataclass(frozen=True)
class BackupOutcome:
    """What was written: the file, its fingerprint, and how many rows it holds."""

    path: Path
    sha256: str
    rows: int


def back_up(store: Store, path: Path, at: Occasion) -> BackupOutcome:
    """Write a backup of the whole store; raises StoreError if the file is there already."""
    require(at.actor, Action.BACK_UP)
    if path.exists():
        msg = f"{path} is there already: give another name, a backup is never written over"
        raise StoreError(msg)
    with store.writing() as connection:
        note(connection, at, "back up", path.name, "")
    partial = path.with_name(f".{path.name}.part")
    with open_private(partial) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = _write(store, archive, at)
    _make_last(partial, path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return BackupOutcome(path, digest, rows)


def _make_last(partial: Path, path: Path) -> None:
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def _write(store: Store, archive: zipfile.ZipFile, at: Occasion) -> int:
    counts = {}
    with store.reading() as connection:
        for table in stored_tables():
            with archive.open(member_of(table), "w", force_zip64=True) as member:
                counts[str(table.name)] = _write_table(connection, table, member)
    for name in (HEADS_NAME, LEDGER_NAME):
        held = store.home / name
        archive.writestr(name, held.read_bytes() if held.exists() else b"")
    about = {
        "format": FORMAT,
        "step": schema.status(store.engine).current,
        "place_set": store.places.id,
        "taken_at": at.moment,
        "rows": counts,
    }
    archive.writestr(ABOUT_NAME, orjson.dumps(about, option=orjson.OPT_INDENT_2))
    return sum(counts.values())


def stored_tables() -> tuple[sa.Table, ...]:
    """Return every table, those that others refer to first."""
    assert RESTRICTED_TABLES  # noqa: S101 - their module must be loaded for metadata to be whole
    return tuple(metadata.sorted_tables)


def member_of(table: sa.Table) -> str:
    """Return the name of a table's file in a backup."""
    return f"tables/{table.name}.arrow"


def _write_table(connection: sa.Connection, table: sa.Table, member: Any) -> int:
    shape = pa.schema([(column.name, _type(column)) for column in table.c])
    count = 0
    with pa.ipc.new_stream(member, shape) as stream:
        for batch in _batches(connection, table, shape):
            stream.write_batch(batch)
            count += batch.num_rows
    return count


def _type(column: "sa.Column[Any]") -> pa.DataType:
    return next(kind for ours, kind in _TYPES.items() if isinstance(column.type, ours))


def _batches(
    connection: sa.Connection, table: sa.Table, shape: pa.Schema
) -> Iterator[pa.RecordBatch]:
    result = connection.execution_options(yield_per=_ROWS).execute(sa.select(table))
    for rows in result.partitions():
        columns = zip(*rows, strict=True)
        arrays = [pa.array(list(c), type=f.type) for c, f in zip(columns, shape, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=shape)
