"""A quick look whether an embedded store needs anything done before its releases are served.

Kept apart from the store and light, because it runs at every start.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from indicators.releases import ReleaseList, ReleasesError, read_releases

NEWEST_STEP: Final = "0003"
"""The newest migration of the store."""


def latest_if_prepared(home: Path, place_set: str) -> str | None:
    """Return the id of the latest release if database, list and folders agree, else None.

    None means: let `prepare` look closely. Only for the database inside the home folder.
    """
    try:
        held = read_releases(home / "releases.json")
        if held is None or held.latest is None or held.place_set != place_set:
            return None
        return held.latest if _agrees(home, held) else None
    except (ReleasesError, OSError, sqlite3.Error):
        return None


def _agrees(home: Path, held: ReleaseList) -> bool:
    named = {entry.digest for entry in held.releases if entry.withdrawn is None}
    if {path.name for path in (home / "snapshots").iterdir()} != named:
        return False
    address = (home / "outcomes.sqlite").resolve().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        (step,) = connection.execute("SELECT version_num FROM store_version").fetchone()
        facts = dict(connection.execute("SELECT name, value FROM store_meta"))
        rows = connection.execute(
            "SELECT id, CASE WHEN withdrawn_on IS NULL THEN digest ELSE '' END"
            ' FROM "release" ORDER BY sequence'
        ).fetchall()
    return (
        step == NEWEST_STEP
        and facts == _facts_of(held)
        and rows == [(entry.id, entry.digest) for entry in held.releases]
    )


def _facts_of(held: ReleaseList) -> dict[str, str]:
    """Return what the database says of itself when nothing is left to be done."""
    practice = {"practice": "yes"} if held.is_practice else {}
    return {"place_set": held.place_set, **practice}
