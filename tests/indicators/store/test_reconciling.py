"""Whatever breaks off half way, readers see one release or the other, and the next start mends."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from indicators.lasting_files import replace_file
from indicators.releases import read_releases
from indicators.snapshot import open_snapshot
from indicators.snapshot_writer import folder_digest
from indicators.store import BusyError, Store, StoreError, make_engine, open_store
from indicators.store.tables import audit, release
from reference.places import PlaceSet
from tests.builders import a_cell, vintage
from tests.indicators.store.conftest import Opener
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    folder_of,
    listed,
    on,
    opened,
    publish,
    value,
)

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10), a_cell(BRENNOWCOMBE, "RY2024", 20))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2024"), a_cell(BRENNOWCOMBE, "RY2024", 21))


class KilledError(RuntimeError):
    """The process is killed here."""


def killed(*_args: object, **_named: object) -> Any:
    raise KilledError


def killed_once_replaced(path: Path, content: bytes) -> None:
    """The list is in place, and nothing after it was done."""
    replace_file(path, content)
    raise KilledError


@contextmanager
def killed_at(name: str) -> Iterator[None]:
    instead = killed_once_replaced if name.endswith(".replace_file") else killed
    with mock.patch(name, instead):
        yield


@contextmanager
def killed_at_commit(store: Store) -> Iterator[None]:
    sa.event.listen(store.engine, "commit", killed)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "commit", killed)


BEFORE_THE_COMMIT = [
    "indicators.store.publishing.write_delta",
    "indicators.store.withholding.insert_rows",
    "indicators.store.publishing.make_contents",
    "indicators.store.publishing.write_snapshot",
    "indicators.snapshot_writer._sync",
    "indicators.snapshot_writer.write_files",
    "indicators.store.publishing.rewrite",
    "indicators.store.publishing.mark_published",
]
AFTER_THE_COMMIT = [
    "indicators.store.making.settle",
    "indicators.store.reconciling.write_list",
    "indicators.releases.replace_file",
    "indicators.store.reconciling.shutil.rmtree",
    "indicators.store.reconciling._purge",
]


def check_readers_see(store: Store, *names: str) -> None:
    """Every release that the list names opens whole, and its folder is what its name says."""
    releases = read_releases(store.releases_file)
    assert releases is not None
    assert tuple(entry.id for entry in releases.releases) == names
    for entry in releases.releases:
        folder = store.snapshots / entry.digest
        assert folder_digest(folder) == entry.digest
        assert open_snapshot(folder).card.id == entry.id


@pytest.mark.parametrize("step", BEFORE_THE_COMMIT)
def test_a_stop_before_the_commit_leaves_everything_as_it_was(
    store: Store, reopen: Opener, step: str
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    with killed_at(step), pytest.raises(KilledError):
        publish(store, NEXT, release_id="next")
    check_readers_see(store, "then")
    again = reopen()
    check_readers_see(again, "then")
    assert value(opened(again, "then"), ALVERBY, "RY2024") == 10
    assert [path.name for path in again.snapshots.iterdir()] == [listed(again).releases[0].digest]
    assert publish(again, NEXT, release_id="next").release_id == "next"
    check_readers_see(again, "then", "next")


def test_a_stop_at_the_commit_leaves_everything_as_it_was(store: Store, reopen: Opener) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    with killed_at_commit(store), pytest.raises(KilledError):
        publish(store, NEXT, release_id="next")
    check_readers_see(store, "then")
    check_readers_see(reopen(), "then")


@pytest.mark.parametrize("step", AFTER_THE_COMMIT)
def test_a_stop_after_the_commit_is_finished_at_the_next_start(
    store: Store, reopen: Opener, step: str
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    with killed_at(step), pytest.raises(KilledError):
        publish(store, NEXT, release_id="next")
    again = reopen()
    check_readers_see(again, "then", "next")
    named = {entry.digest for entry in listed(again).releases}
    assert {path.name for path in again.snapshots.iterdir()} == named
    assert not list(again.home.glob("outcomes.sqlite-wal*")) or _is_small(again.home)


def _is_small(home: Path) -> bool:
    """The write-ahead log was emptied: nothing withheld waits in it."""
    return (home / "outcomes.sqlite-wal").stat().st_size < 100_000


def lost_folder(store: Store) -> None:
    shutil.rmtree(folder_of(store, "then"))


def lost_list(store: Store) -> None:
    store.releases_file.unlink()


def damaged_list(store: Store) -> None:
    store.releases_file.write_text('{"place_set": "made_up", "rele')


def all_snapshots_lost(store: Store) -> None:
    shutil.rmtree(store.snapshots)


@pytest.mark.parametrize("damage", [lost_folder, lost_list, damaged_list, all_snapshots_lost])
def test_what_was_lost_is_made_again_to_the_same_bytes(
    store: Store, reopen: Opener, damage: Callable[[Store], None]
) -> None:
    publish(store, THEN, release_id="then", published_on=on(2024))
    publish(store, NEXT, release_id="next")
    before = listed(store)
    damage(store)
    again = reopen()
    assert listed(again) == before
    check_readers_see(again, "then", "next")


def test_a_stray_folder_is_removed(store: Store, reopen: Opener) -> None:
    publish(store, THEN, release_id="then")
    (store.snapshots / ".draft-abc").mkdir()
    (store.snapshots / ("0" * 64)).mkdir()
    again = reopen()
    assert {path.name for path in again.snapshots.iterdir()} == {listed(again).releases[0].digest}


def test_a_snapshot_that_another_version_wrote_differently_gets_its_new_digest(
    store: Store, reopen: Opener
) -> None:
    publish(store, THEN, release_id="then")
    digest = listed(store).releases[0].digest
    with store.writing() as connection:
        connection.execute(sa.update(release).values(digest="f" * 64))
    again = reopen()
    assert listed(again).releases[0].digest == digest
    with again.reading() as connection:
        actions = connection.scalars(sa.select(audit.c.action)).all()
    assert "rebuild" in actions


def test_a_home_that_another_database_published_is_left_alone(
    tmp_path: Path, places: PlaceSet
) -> None:
    home = tmp_path / "home"
    store = open_store("", home, places)
    publish(store, THEN, release_id="then")
    store.close()
    with pytest.raises(StoreError, match="holds release 'then', which this database does not know"):
        open_store(f"sqlite:///{tmp_path / 'other.sqlite'}", home, places)
    check_readers_see(store, "then")


def test_opening_a_store_in_order_writes_nothing(store: Store, reopen: Opener) -> None:
    publish(store, THEN, release_id="then")
    before = store.releases_file.stat()
    reopen()
    after = store.releases_file.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_command_that_finds_another_writing_is_told_so(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indicators.store.connect.BUSY_MILLISECONDS", 10)
    other = Store(make_engine("", sqlite_store.home), sqlite_store.home, sqlite_store.places)
    with sqlite_store.writing(), pytest.raises(BusyError, match="another command is writing"):
        publish(other, THEN, release_id="then")
    publish(other, THEN, release_id="then")
    other.close()
    check_readers_see(sqlite_store, "then")
