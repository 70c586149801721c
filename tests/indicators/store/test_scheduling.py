"""A scheduled release: nothing of it before its moment, all of it at its moment."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from indicators.draft import Redaction
from indicators.permissions import Actor, NotPermittedError, Role
from indicators.releases import read_releases
from indicators.snapshot import open_snapshot
from indicators.snapshot_writer import folder_digest
from indicators.store import (
    Store,
    StoreError,
    approve_release,
    draft_release,
    preview_release,
    publish_due,
    redact_cells,
    reopen_release,
    schedule_release,
    wait_and_publish,
    withdraw_release,
)
from indicators.store.scheduling import find_due
from indicators.store.tables import audit, draft
from tests.builders import a_cell, vintage
from tests.indicators.store.published import (
    ALVERBY,
    BRENNOWCOMBE,
    INDICATORS,
    NOW,
    figure,
    listed,
    on,
    opened,
    publish,
    value,
)
from tests.indicators.store.test_redaction import CANARY, THEN, holding
from tests.indicators.store.ways import (
    LATER,
    NEXT,
    PUBLISHER,
    STEWARD,
    VIEWER,
    approve,
    begun,
    by,
    send,
    stand_in,
)

SECOND, MILLISECOND = timedelta(seconds=1), timedelta(milliseconds=1)


class Hands:
    """A clock that only goes on while somebody sleeps."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.slept: list[datetime] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(self.now)
        self.now += timedelta(seconds=seconds)


def scheduled(store: Store) -> None:
    begun(store)
    approve(store, stand_in)
    schedule_release(store, LATER, by(PUBLISHER))


def public_bytes(home: Path) -> bytes:
    """All that readers may look at: the list and the snapshots."""
    files = [home / "releases.json", *(home / "snapshots").rglob("*")]
    return b"".join(file.read_bytes() for file in sorted(files) if file.is_file())


def check_whole(store: Store, *names: str) -> None:
    """The releases are these, and each folder is what its name says."""
    releases = read_releases(store.releases_file)
    assert releases is not None
    assert tuple(entry.id for entry in releases.releases) == names
    assert {p.name for p in store.snapshots.iterdir()} == {e.digest for e in releases.releases}
    for entry in releases.releases:
        assert folder_digest(store.snapshots / entry.digest) == entry.digest
        assert open_snapshot(store.snapshots / entry.digest).card.id == entry.id


def test_nothing_comes_out_when_a_release_is_scheduled(store: Store) -> None:
    begun(store)
    approve(store, stand_in)
    before = public_bytes(store.home)
    schedule_release(store, LATER, by(PUBLISHER))
    assert public_bytes(store.home) == before
    assert (store.home / "embargoed").stat().st_mode & 0o777 == 0o700
    with store.reading() as connection:
        row = connection.execute(sa.select(draft)).one()
    assert (store.home / "embargoed" / row.rehearsed_digest / "cells.arrow").is_file()


@pytest.mark.parametrize("early", [SECOND, MILLISECOND])
def test_just_before_the_moment_nothing_is_published(store: Store, early: timedelta) -> None:
    scheduled(store)
    before = public_bytes(store.home)
    hands = Hands(LATER - early)
    assert publish_due(store, hands, hands.sleep, is_early=False) is None
    assert public_bytes(store.home) == before
    seen: list[bytes] = []

    def look(seconds: float) -> None:
        seen.append(public_bytes(store.home))
        hands.sleep(seconds)

    outcome = publish_due(store, hands, look)
    assert seen
    assert set(seen) == {before}
    assert outcome is not None
    assert outcome.release_id == "with"
    assert hands.now >= LATER


def test_at_the_moment_exactly_what_was_rehearsed_is_published(store: Store) -> None:
    scheduled(store)
    with store.reading() as connection:
        rehearsed = connection.scalar(sa.select(draft.c.rehearsed_digest))
    hands = Hands(LATER)
    publish_due(store, hands, hands.sleep)
    check_whole(store, "then", "with")
    entry = listed(store).releases[-1]
    assert (entry.digest, entry.published_at) == (rehearsed, "2026-11-26T09:30:00Z")
    assert value(opened(store, "with"), BRENNOWCOMBE, "RY2026") == 41
    assert not (store.home / "embargoed").exists()
    assert publish_due(store, hands, hands.sleep) is None


def test_the_worker_waits_for_the_moment(store: Store) -> None:
    scheduled(store)
    hands = Hands(LATER - timedelta(minutes=2))
    assert wait_and_publish(store, hands, hands.sleep).release_id == "with"
    assert LATER <= hands.now < LATER + SECOND
    with pytest.raises(StoreError, match="no release is scheduled"):
        wait_and_publish(store, hands, hands.sleep)


def test_a_worker_that_was_down_publishes_at_once_and_says_when(store: Store) -> None:
    scheduled(store)
    hands = Hands(LATER + timedelta(hours=3))
    publish_due(store, hands, hands.sleep, is_early=False)
    assert hands.slept == []
    assert listed(store).releases[-1].published_at == "2026-11-26T12:30:00Z"


def test_work_begins_some_seconds_before_the_moment_and_not_minutes(store: Store) -> None:
    scheduled(store)
    due = find_due(store)
    assert due is not None
    assert timedelta(seconds=2) <= due.lead <= timedelta(seconds=45)
    hands = Hands(LATER - due.lead - SECOND)
    assert publish_due(store, hands, hands.sleep) is None


def test_while_a_release_is_scheduled_no_other_is_published(store: Store) -> None:
    scheduled(store)
    acts: tuple[Callable[[], object], ...] = (
        lambda: publish(store, NEXT),
        lambda: publish(store, NEXT, draft=True),
        lambda: draft_release(store, INDICATORS, now=NOW),
    )
    for act in acts:
        with pytest.raises(StoreError, match=r"with is scheduled for 2026-11-26T09:30:00Z"):
            act()
    assert listed(store).latest == "then"


def test_reopening_takes_what_was_prepared_away(store: Store) -> None:
    scheduled(store)
    reopen_release(store, by(PUBLISHER))
    assert not (store.home / "embargoed").exists()
    hands = Hands(LATER)
    assert publish_due(store, hands, hands.sleep) is None
    approve(store, stand_in)
    schedule_release(store, LATER, by(PUBLISHER))


def test_a_release_that_is_withdrawn_takes_the_scheduled_one_with_it(store: Store) -> None:
    scheduled(store)
    withdraw_release(store, "then", "wrong", now=NOW)
    assert not (store.home / "embargoed").exists()
    hands = Hands(LATER)
    assert publish_due(store, hands, hands.sleep) is None


def test_a_moment_in_the_past_and_a_release_without_news_are_refused(store: Store) -> None:
    publish(store, NEXT, release_id="next")
    publish(store, NEXT, draft=True)
    approve(store)
    with pytest.raises(StoreError, match="not in the future"):
        schedule_release(store, NOW, by(PUBLISHER))
    with pytest.raises(StoreError, match="nothing changed"):
        schedule_release(store, LATER, by(PUBLISHER))


def test_a_cell_withheld_meanwhile_is_gone_from_what_waits(sqlite_store: Store) -> None:
    publish(sqlite_store, THEN, release_id="then", published_on=on(2024))
    send(sqlite_store, authority="X06000003")
    draft_release(sqlite_store, INDICATORS, release_id="with", now=NOW)
    approve(sqlite_store, stand_in)
    schedule_release(sqlite_store, LATER, by(PUBLISHER))
    assert any(name.startswith("embargoed") for name in holding(sqlite_store.home, CANARY))
    redaction = Redaction("an_indicator_pct", "RY2024", ALVERBY)
    redact_cells(sqlite_store, [redaction], "a reason", now=NOW)
    assert holding(sqlite_store.home, CANARY) == []
    hands = Hands(LATER)
    publish_due(sqlite_store, hands, hands.sleep)
    check_whole(sqlite_store, "then", "with")
    assert (figure(opened(sqlite_store, "with"), ALVERBY, "RY2024") or {})["status"] == "suppressed"
    with sqlite_store.reading() as connection:
        assert "publish otherwise" not in connection.scalars(sa.select(audit.c.action)).all()


def test_a_redaction_after_approval_asks_for_another_approval(store: Store) -> None:
    publish(store, vintage(2024, a_cell(ALVERBY, "RY2024", 10)), release_id="then")
    send(store)
    draft_release(store, INDICATORS, now=NOW)
    approve(store, stand_in)
    redaction = Redaction("an_indicator_pct", "RY2024", ALVERBY)
    redact_cells(store, [redaction], "a reason", now=NOW)
    with store.reading() as connection:
        assert connection.scalar(sa.select(draft.c.state)) == "protected"
    approve_release(store, by(PUBLISHER))


def test_a_preview_is_marked_noted_and_for_few(store: Store, tmp_path: Path) -> None:
    scheduled(store)
    hour = timedelta(hours=1)
    with pytest.raises(NotPermittedError, match="24 hours before"):
        preview_release(store, tmp_path / "a", by(VIEWER, LATER - 25 * hour))
    with pytest.raises(NotPermittedError):
        preview_release(store, tmp_path / "a", by(Actor("Sam", Role.SUBMITTER, ALVERBY)))
    assert not (tmp_path / "a").exists()
    paths = preview_release(store, tmp_path / "a", by(VIEWER, LATER - 23 * hour))
    assert "not for publication before 2026-11-26T09:30:00Z" in paths[0].read_text()
    assert {"observations.csv.gz", "NOT-FOR-PUBLICATION.txt"} <= {path.name for path in paths}
    with pytest.raises(StoreError, match="holds files already"):
        preview_release(store, tmp_path / "a", by(STEWARD))
    with store.reading() as connection:
        rows = connection.execute(sa.select(audit).where(audit.c.action == "preview")).all()
    assert [(row.actor, row.subject) for row in rows] == [(VIEWER.name, "with")]
    assert listed(store).latest == "then"


def test_readers_see_the_old_release_or_the_new_one_and_never_a_mixture(store: Store) -> None:
    scheduled(store)
    seen: set[tuple[str, str]] = set()
    faults: list[str] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            latest = listed(store).latest or ""
            entry = {one.id: one for one in listed(store).releases}[latest]
            folder = store.snapshots / entry.digest
            if folder_digest(folder) != entry.digest:
                faults.append(entry.digest)
            seen.add((open_snapshot(folder).card.id, latest))

    reader = threading.Thread(target=read)
    reader.start()
    hands = Hands(LATER)
    publish_due(store, hands, hands.sleep)
    stop.set()
    reader.join()
    assert faults == []
    assert seen <= {("then", "then"), ("with", "with")}
