"""Restoring a store from a backup, and what was taken back since with it.

Everything happens in one transaction and before anything is published: a figure that was withheld
after the backup was made is withheld again before any reader can see a release. All tokens are
revoked, because a token that was revoked since would be valid again.
"""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from indicators.assembly import redaction_keys
from indicators.cells import KEY_COLUMNS, Status
from indicators.permissions import Action, require
from indicators.store import schema, withholding
from indicators.store.auditing import HEADS_NAME, AuditHead, check_rows, note, read_heads
from indicators.store.backing_up import ABOUT_NAME, FORMAT, member_of, stored_tables
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.publishing import hide_everywhere
from indicators.store.reconciling import reconcile
from indicators.store.return_tables import token
from indicators.store.rows import insert_rows
from indicators.store.tables import audit, release
from indicators.store.taken_back import LEDGER_NAME, TakenBack, keep_taken_back, read_taken_back

_DAMAGED: Final = "this is not a whole backup of this service: take another copy of it"


@dataclass(frozen=True)
class RestoreOutcome:
    """What was restored: the rows, and what was taken back again."""

    rows: int
    cells_withheld: int
    releases_withdrawn: int


def restore(store: Store, path: Path, at: Occasion) -> RestoreOutcome:
    """Fill an empty store from a backup; raises StoreError, and then nothing is changed.

    The ledger of what was taken back is read from the store's own folder, where it outlives the
    database; copy it there first when the folder is new.
    """
    require(at.actor, Action.BACK_UP)
    try:
        with zipfile.ZipFile(path) as archive:
            return _restored(store, archive, path, at)
    except (zipfile.BadZipFile, KeyError, pa.ArrowInvalid, orjson.JSONDecodeError):
        raise StoreError(_DAMAGED) from None


def _restored(store: Store, archive: zipfile.ZipFile, path: Path, at: Occasion) -> RestoreOutcome:
    about = orjson.loads(archive.read(ABOUT_NAME))
    _check_fits(store, about)
    held = frozenset(_ledger(archive, store.home))
    since = [one for one in read_taken_back(store.home / LEDGER_NAME) if one not in held]
    heads = read_heads(store.home / HEADS_NAME)
    with store.writing() as connection:
        _check_empty(connection)
        rows = _insert(connection, archive, about["rows"])
        _check_log(connection, heads)
        connection.execute(
            sa.update(token).where(token.c.revoked_at == "").values(revoked_at=at.moment)
        )
        withdrawn = _withdraw(connection, since)
        cells = _withhold(store, connection, since, at)
        note(connection, at, "restore", path.name, f"backup of {about['taken_at']}")
        keep_taken_back(store.home, [one for one in held if one not in _held(store)])
    _start_heads_anew(store, len(heads))
    reconcile(store, at)
    return RestoreOutcome(rows, cells, withdrawn)


def _held(store: Store) -> frozenset[TakenBack]:
    return frozenset(read_taken_back(store.home / LEDGER_NAME))


def _check_fits(store: Store, about: dict[str, Any]) -> None:
    step = schema.status(store.engine).newest
    if about["format"] != FORMAT or about["step"] != step:
        msg = (
            f"the backup was made at step {about['step']} of the tables, this version is at "
            f"{step}: restore it with the version that made it, then upgrade"
        )
        raise StoreError(msg)
    if about["place_set"] != store.places.id:
        msg = f"the backup is of the place set '{about['place_set']}', not '{store.places.id}'"
        raise StoreError(msg)


def _check_empty(connection: sa.Connection) -> None:
    if connection.scalar(sa.select(sa.func.count()).select_from(release)):
        msg = "this store holds releases already: restore into an empty database"
        raise StoreError(msg)
    for table in reversed(stored_tables()):
        connection.execute(sa.delete(table))


def _ledger(archive: zipfile.ZipFile, folder: Path) -> tuple[TakenBack, ...]:
    copy = folder / f".{LEDGER_NAME}.restored"
    copy.write_bytes(archive.read(LEDGER_NAME))
    try:
        return read_taken_back(copy)
    finally:
        copy.unlink()


def _insert(connection: sa.Connection, archive: zipfile.ZipFile, counts: dict[str, int]) -> int:
    for table in stored_tables():
        written = 0
        for batch in _batches(archive, table):
            insert_rows(connection, table, tuple(batch.schema.names), _tuples(batch))
            written += batch.num_rows
        if written != counts[str(table.name)]:
            raise StoreError(_DAMAGED)
    return sum(counts.values())


def _batches(archive: zipfile.ZipFile, table: sa.Table) -> Iterator[pa.RecordBatch]:
    with archive.open(member_of(table)) as member:
        file: Any = member  # Arrow reads whatever reads like a file
        with pa.ipc.open_stream(file) as stream:
            yield from stream


def _tuples(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _check_log(connection: sa.Connection, heads: Sequence[AuditHead]) -> None:
    """Check the restored audit log by itself, and by the heads that are of its time."""
    rows = connection.execute(sa.select(audit).order_by(audit.c.id)).all()
    check_rows(rows, [head for head in heads if head.number <= len(rows)])


def _withdraw(connection: sa.Connection, since: Sequence[TakenBack]) -> int:
    lost = [one for one in since if one.release]
    return sum(
        connection.execute(
            sa.update(release)
            .where(release.c.id == one.release, release.c.withdrawn_on.is_(None))
            .values(
                withdrawn_on=one.at[:10],
                withdrawn_reason=one.reason,
                replacement=one.replacement or None,
            )
        ).rowcount
        for one in lost
    )


def _withhold(
    store: Store, connection: sa.Connection, since: Sequence[TakenBack], at: Occasion
) -> int:
    """Take out the cells that were withheld since; folders are written by reconcile afterwards."""
    standing = standing_releases(connection)
    found = 0
    for made_by, status, reason in dict.fromkeys(
        (one.made_by, one.status, one.reason) for one in since if one.indicator
    ):
        chosen = [
            one.redaction
            for one in since
            if one.indicator and (one.made_by, one.status, one.reason) == (made_by, status, reason)
        ]
        keys = redaction_keys(chosen)[list(KEY_COLUMNS)].drop_duplicates()
        known: pd.DataFrame = withholding.known_cells(connection, keys)
        if known.empty or not standing:
            continue
        hide_everywhere(connection, store, known, Status(status))
        withholding.record(
            connection,
            known,
            status=Status(status),
            made_by=made_by,
            reason=reason,
            sequence=standing[-1].sequence,
            at=at,
        )
        found += len(known)
    if found:
        # The digests of before name what was withheld; reconcile writes every folder anew.
        connection.execute(sa.update(release).values(digest=""))
    return found


def _start_heads_anew(store: Store, count: int) -> None:
    """Lay the heads of the log that was lost aside: the restored log goes on from its own end."""
    if count:
        aside = store.home / f"{HEADS_NAME}.before-restore"
        with aside.open("ab") as file:
            file.write((store.home / HEADS_NAME).read_bytes())
        (store.home / HEADS_NAME).unlink()
