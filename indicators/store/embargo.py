"""The folder of releases that wait for their moment: outside what readers see, its owner's only."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from indicators.lasting_files import sync_folder
from indicators.store import drafts
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.release_states import State, state_of
from indicators.store.steps import reached

FOLDER: Final = "embargoed"
OWNER_ONLY: Final = 0o700

_REHEARSAL: Final = "rehearsal.json"
_SECONDS: Final = "seconds"


def embargoed(store: Store) -> Store:
    """Return the store as one that prepares its folders where no reader looks."""
    aside = replace(store, folder=FOLDER)
    aside.snapshots.mkdir(mode=OWNER_ONLY, exist_ok=True)
    aside.snapshots.chmod(OWNER_ONLY)
    return aside


def keep_seconds(store: Store, seconds: float) -> None:
    """Write down how long preparing took, so that the next time begins early enough."""
    path = embargoed(store).snapshots / _REHEARSAL
    path.write_text(json.dumps({_SECONDS: round(seconds, 3)}), encoding="ascii")


def seconds_needed(store: Store, otherwise: float) -> float:
    """Return how long preparing took when it was rehearsed."""
    try:
        held = json.loads((store.home / FOLDER / _REHEARSAL).read_text(encoding="ascii"))
        return float(held[_SECONDS])
    except (OSError, ValueError, KeyError, TypeError):
        return otherwise


def bring_out(store: Store, connection: sa.Connection) -> None:
    """Move the folders that releases name from where they were prepared to where readers look.

    The caller holds the store: what the list does not name yet is nobody's to remove.
    """
    prepared = store.home / FOLDER
    store.snapshots.mkdir(exist_ok=True)
    for facts in standing_releases(connection):
        source, target = prepared / facts.digest, store.snapshots / facts.digest
        if source.is_dir() and not target.exists():
            os.rename(source, target)  # noqa: PTH104 - one step, never a copy
            reached("scheduled:moved")
    sync_folder(prepared)
    sync_folder(store.snapshots)


def sweep(store: Store) -> bool:
    """Remove what was prepared for a release that does not wait any more; say whether it was.

    A command that prepares one holds the store meanwhile, so it is looked at again under lock.
    """
    folder = store.home / FOLDER
    if not folder.is_dir():
        return False
    with store.reading() as connection:
        if _is_awaited(connection, folder):
            return False
    with store.writing() as connection:
        if not _is_awaited(connection, folder):
            shutil.rmtree(folder)
            return True
    return False


def _is_awaited(connection: sa.Connection, folder: Path) -> bool:
    """Say whether the folder holds what the scheduled release was rehearsed as."""
    facts = drafts.draft_facts(connection)
    if facts is None or state_of(facts) is not State.SCHEDULED or not facts.rehearsed_digest:
        return False
    return (folder / str(facts.rehearsed_digest)).is_dir()
