"""Folders and the list of releases follow the database, whatever went wrong before."""

import shutil
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from indicators.releases import ReleaseEntry, ReleaseList, ReleasesError, read_releases
from indicators.releases import write_releases as write_list
from indicators.snapshot_writer import write_snapshot
from indicators.store.auditing import keep_head, note
from indicators.store.connect import Store
from indicators.store.contents import contents_of, standing_releases
from indicators.store.embargo import sweep
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.published_comments import write_commentary
from indicators.store.steps import reached
from indicators.store.tables import release, store_meta

_PURGE: Final = "purge_due"


@dataclass(frozen=True)
class Mended:
    """What had to be put right: releases whose snapshot was built again, and the list."""

    rebuilt: tuple[str, ...] = ()
    list_written: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was amiss."""
        return bool(self.rebuilt) or self.list_written


def reconcile(store: Store, at: Occasion) -> Mended:
    """Make folders and list what the database says; a missing snapshot is built again.

    The bytes are the same as before unless a library that writes files has changed since: then
    the release has a new digest, and the audit says so.
    """
    with store.reading() as connection:
        missing = [row.id for row in standing_releases(connection) if not _has_folder(store, row)]
    rebuilt = []
    if missing:
        with store.writing() as connection:
            rebuilt = [
                row.id
                for row in standing_releases(connection)
                if not _has_folder(store, row) and _rebuild(store, connection, row, at)
            ]
    return Mended(rebuilt=tuple(rebuilt), list_written=settle(store))


def check_home(store: Store) -> None:
    """Raise StoreError for a home folder that was published from another database.

    Its releases are not ours to remove.
    """
    held = _held_list(store)
    with store.reading() as connection:
        known = {entry.id for entry in listed_releases(store, connection).releases}
    strange = [entry.id for entry in held.releases if entry.id not in known] if held else []
    if strange:
        msg = (
            f"{store.home} holds release '{strange[0]}', which this database does not know: "
            "check OUTCOMES_DATABASE_URL and OUTCOMES_HOME, or use an empty home folder"
        )
        raise StoreError(msg)


def _has_folder(store: Store, row: "sa.Row[Any]") -> bool:
    return bool(row.digest) and (store.snapshots / row.digest).is_dir()


def _rebuild(store: Store, connection: sa.Connection, row: "sa.Row[Any]", at: Occasion) -> bool:
    digest = write_snapshot(store.snapshots, contents_of(connection, row))
    if digest != row.digest:
        connection.execute(
            sa.update(release).where(release.c.sequence == row.sequence).values(digest=digest)
        )
    if row.digest not in {"", digest}:
        note(connection, at, "rebuild", row.id, f"digest was {row.digest}, is {digest}")
    return True


def settle(store: Store) -> bool:
    """Write the list of releases, remove folders it does not name, purge what was withheld.

    Comments go first: what tells of a withheld figure is gone before anything else. Returns
    whether the list had to be written.
    """
    write_commentary(store)
    sweep(store)
    with store.reading() as connection:
        wanted = listed_releases(store, connection)
        due = _purge_is_due(connection)
    if not due and _held_list(store) == wanted and not _strays(store, wanted):
        return False
    # One writer at a time: nobody can be between a folder and the row that names it.
    with store.writing() as connection:
        wanted = listed_releases(store, connection)
        written = _held_list(store) != wanted
        if written:
            write_list(store.releases_file, wanted)
            reached("settle:list")
            keep_head(store, connection)
        for folder in _strays(store, wanted):
            shutil.rmtree(store.snapshots / folder)
        reached("settle:strays")
    if due:
        _purge(store)
        reached("settle:purged")
    return written


def listed_releases(store: Store, connection: sa.Connection) -> ReleaseList:
    """Return the list of releases as the database has it."""
    rows = connection.execute(sa.select(release).order_by(release.c.sequence)).all()
    standing = [row.id for row in rows if row.withdrawn_on is None]
    amended_by = {row.amends: row.id for row in rows if row.withdrawn_on is None and row.amends}
    return ReleaseList(
        place_set=store.places.id,
        latest=standing[-1] if standing else None,
        releases=tuple(_entry(row, amended_by.get(row.id, "")) for row in rows),
        is_practice=store.is_practice,
    )


def _entry(row: "sa.Row[Any]", amended_by: str) -> ReleaseEntry:
    withdrawn = None
    if row.withdrawn_on is not None:
        withdrawn = {"reason": row.withdrawn_reason, "withdrawn_on": row.withdrawn_on}
        if row.replacement:
            withdrawn["replacement"] = row.replacement
    return ReleaseEntry(
        id=row.id,
        kind=row.kind,
        published_at=row.published_at,
        published_on=row.published_on,
        digest=row.digest if withdrawn is None else "",
        policy=row.policy,
        note=row.note,
        withdrawn=withdrawn,
        amends=row.amends,
        amended_by=amended_by,
    )


def _held_list(store: Store) -> ReleaseList | None:
    try:
        return read_releases(store.releases_file)
    except ReleasesError:
        return None


def _strays(store: Store, wanted: ReleaseList) -> list[str]:
    """Return the folders that no release names: left by a stop half way, or withheld."""
    named = {entry.digest for entry in wanted.releases}
    if not store.snapshots.is_dir():
        return []
    return sorted(path.name for path in store.snapshots.iterdir() if path.name not in named)


def purge_later(connection: sa.Connection) -> None:
    """Note that the database file itself still holds withheld figures in unused places."""
    held = connection.scalar(sa.select(store_meta.c.value).where(store_meta.c.name == _PURGE))
    if held is None:
        connection.execute(sa.insert(store_meta).values(name=_PURGE, value="yes"))


def _purge_is_due(connection: sa.Connection) -> bool:
    query = sa.select(store_meta.c.value).where(store_meta.c.name == _PURGE)
    return connection.scalar(query) is not None


def _purge(store: Store) -> None:
    """Write the database file anew without anything that was deleted or changed."""
    with store.outside_transactions() as connection:
        if store.is_sqlite:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM FULL cell, draft_cell")
    with store.writing() as connection:
        connection.execute(sa.delete(store_meta).where(store_meta.c.name == _PURGE))
