"""Looking after releases: list, withdraw, and withhold single cells in all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from indicators.assembly import redaction_keys
from indicators.cells import KEY_COLUMNS
from indicators.draft import Redaction
from indicators.export import export_release as copy_files
from indicators.permissions import OPERATOR, Action, Actor, require
from indicators.releases import ReleaseEntry
from indicators.store import drafts, records, withholding
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.documents import read_document
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.publishing import hide_everywhere, newest_releases, rewrite
from indicators.store.reconciling import listed_releases, settle
from indicators.store.records import STEWARD
from indicators.store.same_counts import same_counts
from indicators.store.scheduling import rehearse_again
from indicators.store.steps import reached
from indicators.store.still_standing import (
    Standing,
    standing_in_words,
    still_standing,
    withheld_counts,
)
from indicators.store.tables import release
from indicators.store.taken_back import TakenBack, cells_taken_back, keep_taken_back


@dataclass(frozen=True)
class RedactionOutcome:
    """What withholding did: how many cells, and which releases were written anew."""

    cells: int
    releases: tuple[str, ...]
    message: str
    standing: tuple[Standing, ...] = ()
    """Where the counts can still be read, as nothing that is published is withheld unasked."""


def list_releases(store: Store) -> tuple[ReleaseEntry, ...]:
    """Return all releases, oldest first, withdrawn ones included."""
    with store.reading() as connection:
        return listed_releases(store, connection).releases


def standing_release(connection: sa.Connection, name: str) -> "sa.Row[Any]":
    """Return a release that was not withdrawn; raises StoreError."""
    facts = records.find_release(connection, name)
    if facts.withdrawn_on is not None:
        msg = f"release '{name}' was withdrawn: {facts.withdrawn_reason}"
        raise StoreError(msg)
    return facts


def withdraw_release(
    store: Store,
    release_id: str,
    reason: str,
    *,
    replacement: str | None = None,
    now: datetime | None = None,
    actor: Actor = OPERATOR,
) -> bool:
    """Take a whole release back: its figures go, its id and the reason stay.

    The next release builds on the newest one that stands; a draft that was made on this one has
    to be made again, scheduled or not, and whether there was one is returned. Raises StoreError.
    """
    require(actor, Action.WITHDRAW_RELEASE)
    at = Occasion(now or datetime.now(UTC), actor)
    if not reason.strip():
        msg = "give the reason; whoever asks for the release is told it"
        raise StoreError(msg)
    with store.writing() as connection:
        facts = standing_release(connection, release_id)
        if replacement is not None:
            standing_release(connection, replacement)
        connection.execute(
            sa.update(release)
            .where(release.c.sequence == facts.sequence)
            .values(
                withdrawn_on=at.today.isoformat(),
                withdrawn_reason=reason.strip(),
                replacement=replacement,
            )
        )
        lost = TakenBack(reason.strip(), at.moment, release_id, replacement or "")
        keep_taken_back(store.home, [lost])
        had_draft = drafts.make_stale(connection)
        note(connection, at, "withdraw", release_id, reason.strip())
        reached("withdraw:noted")
    settle(store)
    return had_draft


def redact_cells(
    store: Store,
    redactions: Sequence[Redaction],
    reason: str,
    *,
    now: datetime | None = None,
    actor: Actor = OPERATOR,
) -> RedactionOutcome:
    """Withhold cells in every release that holds them and in all to come.

    Numbers go from the database, from every snapshot and from its files, and with them the
    totals that we computed from them; snapshots get new digests. A release that waits for its
    moment is prepared anew without them; an approved one has to be approved again. Raises
    StoreError, and then nothing is changed.
    """
    require(actor, Action.REDACT)
    at = Occasion(now or datetime.now(UTC), actor)
    if not reason.strip():
        msg = "give the reason; it is kept with the redaction"
        raise StoreError(msg)
    with store.writing() as connection:
        _, standing = newest_releases(connection)
        if standing is None:
            msg = "there is no release to withhold anything from"
            raise StoreError(msg)
        was_whole = drafts.is_unchanged(connection)
        catalogue = standing_releases(connection)[-1].catalogue
        indicators = read_document(connection, "catalogue", catalogue)
        every = (*redactions, *same_counts(connection, redactions, indicators))
        counts = withheld_counts(connection, every)
        touched = _withhold(store, connection, every, reason.strip(), standing, at)
        changed = rewrite(store, connection, [standing, *touched])
        shown = still_standing(connection, counts)
        if was_whole:
            drafts.keep_withheld(connection)
        note(connection, at, "redact", f"{len(every)} cells", reason.strip())
        reached("redact:noted")
    settle(store)
    reached("redact:settled")
    rehearse_again(store)
    return RedactionOutcome(
        cells=len(redactions),
        releases=tuple(changed),
        message=(
            f"withheld {len(redactions)} cells, and {len(every) - len(redactions)} figures out of "
            "returns that are made of the same counts; releases written anew: "
            f"{', '.join(changed)}\n{standing_in_words(counts, shown)}"
        ),
        standing=shown,
    )


def _withhold(
    store: Store,
    connection: sa.Connection,
    redactions: Sequence[Redaction],
    reason: str,
    standing: int,
    at: Occasion,
) -> list[int]:
    """Take the cells out of every release; return the releases that held one."""
    touched: list[int] = []
    for status in sorted({redaction.status for redaction in redactions}):
        chosen = [one for one in redactions if one.status == status]
        keys = redaction_keys(chosen)[list(KEY_COLUMNS)].drop_duplicates()
        _check_held(connection, keys)
        told = cells_taken_back(keys, status, made_by=STEWARD, reason=reason, at=at.moment)
        keep_taken_back(store.home, told)
        touched += hide_everywhere(connection, store, keys, status)
        withholding.record(
            connection,
            keys,
            status=status,
            made_by=STEWARD,
            reason=reason,
            sequence=standing,
            at=at,
        )
    return touched


def _check_held(connection: sa.Connection, keys: pd.DataFrame) -> None:
    """Refuse keys that no release knows: a slip of the pen must not pass for done."""
    known = withholding.known_cells(connection, keys)
    if len(known) < len(keys):
        both = pd.concat([keys, known]).drop_duplicates(keep=False)
        row = both.iloc[0]
        msg = (
            f"no release has a cell {row['indicator']}, {row['period']}, {row['area']} "
            "with these breakdowns; nothing was withheld"
        )
        raise StoreError(msg)


def export_release(store: Store, folder: Path, release_id: str | None = None) -> tuple[Path, ...]:
    """Copy the files of a release (default: the latest) into a folder; return their paths."""
    return copy_files(store.snapshots / release_to_read(store, release_id).digest, folder)


def release_to_read(store: Store, release_id: str | None) -> "sa.Row[Any]":
    """Return the release of an id, or the latest; raises StoreError."""
    with store.reading() as connection:
        if release_id is not None:
            return standing_release(connection, release_id)
        standing = standing_releases(connection)
    if not standing:
        msg = "there is no release yet; load some figures first"
        raise StoreError(msg)
    return standing[-1]
