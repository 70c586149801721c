"""`outcomes watch`: the worker's loop over the watched folder, what waits and what is due."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from etl.settings import Settings
from etl.store_commands import Answer, on_store
from etl.submissions.aids import Aids, aids_for
from etl.submissions.pipeline import process_pending
from etl.watching import (
    Dropped,
    Watched,
    deal_with,
    left_over,
    parts_seen,
    unknown_folders,
    whole_files,
)
from indicators.store import Store, StoreError
from indicators.store.occasions import Occasion
from indicators.store.scheduling import publish_due

EVERY_SECONDS: Final = 1.0
_TURNS_BETWEEN_TRIES: Final = 60
"""What could not be finished is tried again at the start, and then once a minute."""

Say = Callable[[str], object]
PublishDue = Callable[[Store], object]
"""Publishes the release whose moment has come, if there is one."""


def publish_if_due(store: Store) -> object:
    """Publish the scheduled release if its moment is near or past."""
    return publish_due(store, lambda: datetime.now(UTC))


def watch_command(
    folder: Path,
    once: bool,
    settings: Settings,
    say: Say,
    *,
    publish: PublishDue = publish_if_due,
    sleep: Callable[[float], object] = time.sleep,
) -> Answer:
    """Watch a folder until stopped; with `once`, do what is there and stop."""

    def watched(store: Store, _at: Occasion) -> str:
        state = Watched(folder.absolute(), settings.scanner)
        (state.root / "inbox").mkdir(parents=True, exist_ok=True)
        for path in unknown_folders(state, store):
            say(f"{path.relative_to(state.root)}: no authority and collection; left as it is")
        while True:
            state = tick(store, state, say, publish)
            if once:
                return ""
            sleep(EVERY_SECONDS)

    try:
        return on_store(settings, watched)
    except KeyboardInterrupt:
        return "stopped", 0


def tick(store: Store, state: Watched, say: Say, publish: PublishDue) -> Watched:
    """Do once what is to be done: the folder, what other channels stored, what is due."""
    is_try = state.turn % _TURNS_BETWEEN_TRIES == 0
    old = [(dropped, True) for dropped in left_over(state, store)] if is_try else []
    waiting = [*old, *((dropped, False) for dropped in whole_files(state, store))]
    with aids_for(store) as aids:
        for dropped, is_left_over in waiting:
            _guarded(_dealt(store, state, dropped, aids, is_left_over=is_left_over), say)
            # A release does not wait until everything that came in has been dealt with.
            _guarded(_due(store, publish), say)
    _guarded(_pending(store), say)
    _guarded(_due(store, publish), say)
    return replace(state, parts=parts_seen(state), turn=state.turn + 1)


def _dealt(
    store: Store, state: Watched, dropped: Dropped, aids: Aids, *, is_left_over: bool
) -> Iterator[str]:
    yield deal_with(state, store, dropped, _now(), aids, is_left_over=is_left_over)


def _pending(store: Store) -> Iterator[str]:
    for done in process_pending(store, _now()):
        yield f"{done.receipt.id}: {done.receipt.state} ({done.receipt.source})"


def _due(store: Store, publish: PublishDue) -> Iterator[str]:
    if publish(store):
        yield "published: the release that was due"


def _guarded(lines: Iterator[str], say: Say) -> None:
    """Say what happened; what cannot be done now is said too, and tried again later."""
    try:
        for line in lines:
            say(line)
    except (StoreError, OSError) as error:
        say(f"not done: {error}")


def _now() -> Occasion:
    return Occasion(datetime.now(UTC))
