"""Publishing: rows, snapshot and list of releases, all of them or none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import pandas as pd
import sqlalchemy as sa

from indicators.cell_frames import as_cells
from indicators.cells import Status
from indicators.draft import DraftRelease
from indicators.snapshot_writer import write_snapshot
from indicators.store import drafts, records, withholding
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.contents import contents_of, make_contents, standing_releases
from indicators.store.documents import store_documents
from indicators.store.history import Delta, cells_at, delta_between, write_delta
from indicators.store.members import give_pins_to
from indicators.store.occasions import Occasion
from indicators.store.reconciling import purge_later
from indicators.store.records import PUBLISHER
from indicators.store.steps import reached
from indicators.store.submitted import mark_published
from indicators.store.tables import release
from indicators.store.taken_back import cells_taken_back, keep_taken_back

PUBLISHER_REASON: Final = "a newer publication suppressed it"


Tell = Callable[[str], None]


def silent(_step: str) -> None:
    """Tell nobody of a step."""


@dataclass(frozen=True)
class Published:
    """A release that has just been published, inside the transaction."""

    id: str
    digest: str
    changed_cells: int
    withheld: int


@dataclass(frozen=True)
class Terms:
    """Under which name and date a release comes out; None means today's.

    `tell` is told each step that begins; `provenance` says what it amends and who prepared,
    approved and published it, as columns of the release.
    """

    at: Occasion
    release_id: str | None = None
    published_on: date | None = None
    tell: Tell = silent
    provenance: Mapping[str, str] = field(default_factory=dict)
    is_rehearsal: bool = False

    @property
    def day(self) -> str:
        """The day of publication that the release bears."""
        return (self.published_on or self.at.today).isoformat()


def publish(
    store: Store,
    connection: sa.Connection,
    drafted: DraftRelease,
    terms: Terms,
    held: pd.DataFrame,
) -> Published | None:
    """Write a release's rows and its snapshot; None if it would hold what is held already.

    `held` is what the newest standing release holds, as from cells_at.
    The caller commits, then settles the list. Raises UnprotectedError.
    """
    drafts.check_protection(drafted)
    reached("publish:begun")
    cells = as_cells(drafted.cells)
    newest, previous = newest_releases(connection)
    name = records.name_release(connection, terms.release_id, terms.at.today)
    sequence = 1 + (newest or 0)
    withheld, touched = _withhold(connection, store, cells, held)
    base = cells_at(connection, previous) if touched else held
    standing = base if newest == previous else cells_at(connection, newest)
    delta = delta_between(standing, base, cells, sequence)
    documents = store_documents(connection, drafted)
    if delta.is_empty and not touched and _same_documents(connection, previous, documents):
        return None
    terms.tell("storing the figures")
    _insert_release(connection, drafted, terms, name, sequence, previous, documents)
    write_delta(connection, delta)
    mark_published(connection, set(cells["source"].unique()), sequence)
    give_pins_to(connection, sequence)
    reached("publish:rows")
    if not withheld.empty:
        records_withheld(store, connection, withheld, sequence, terms)
    terms.tell("writing the files of the release")
    digest = _write_files(store, connection, drafted, delta, base)
    rewrite(store, connection, touched, except_for=sequence)
    reached("publish:rewritten")
    published = Published(name, digest, delta.changed_cells, len(withheld))
    detail = f"{published.changed_cells} cells changed, {published.withheld} withheld"
    note(connection, terms.at, "publish", name, detail)
    reached("publish:noted")
    return published


def _write_files(
    store: Store,
    connection: sa.Connection,
    drafted: DraftRelease,
    delta: Delta,
    base: pd.DataFrame,
) -> str:
    """Write the snapshot of a release whose rows are there; return its digest."""
    contents = make_contents(
        connection,
        _facts(connection, delta.sequence),
        places=drafted.places,
        indicators=drafted.indicators,
        sources=drafted.sources,
        cells=delta.state,
        previous=base,
    )
    digest = write_snapshot(store.snapshots, contents)
    reached("publish:snapshot")
    _set_digest(connection, delta.sequence, digest)
    return digest


def newest_releases(connection: sa.Connection) -> tuple[int | None, int | None]:
    """Return the newest release's number, and the newest that was not withdrawn."""
    newest = connection.scalar(sa.select(sa.func.max(release.c.sequence)))
    standing = standing_releases(connection)
    return newest, standing[-1].sequence if standing else None


def _withhold(
    connection: sa.Connection, store: Store, cells: pd.DataFrame, base: pd.DataFrame
) -> tuple[pd.DataFrame, list[int]]:
    """Hide what this release suppresses in all earlier ones; return the keys and the releases."""
    candidates = withholding.newly_suppressed(cells, base)
    keys = withholding.in_history(connection, candidates)
    return keys, hide_everywhere(connection, store, keys, Status.SUPPRESSED)


def hide_everywhere(
    connection: sa.Connection, store: Store, keys: pd.DataFrame, status: Status
) -> list[int]:
    """Hide cells and the computed totals that would reveal them; return the releases touched."""
    parts = withholding.parts_of_totals(connection, keys)
    touched = withholding.hide(connection, keys, status)
    totals = withholding.totals_over(parts, store.places)
    touched += withholding.hide_totals(connection, totals)
    if touched:
        purge_later(connection)
    return sorted(set(touched))


def records_withheld(
    store: Store, connection: sa.Connection, keys: pd.DataFrame, sequence: int, terms: Terms
) -> None:
    """Note that the publisher suppressed cells with a release.

    What is kept beside the database cannot be undone, and so is no part of a rehearsal.
    """
    at = terms.at
    if not terms.is_rehearsal:
        told = cells_taken_back(
            keys, Status.SUPPRESSED, made_by=PUBLISHER, reason=PUBLISHER_REASON, at=at.moment
        )
        keep_taken_back(store.home, told)
    withholding.record(
        connection,
        keys,
        status=Status.SUPPRESSED,
        made_by=PUBLISHER,
        reason=PUBLISHER_REASON,
        sequence=sequence,
        at=at,
    )


def rewrite(
    store: Store, connection: sa.Connection, touched: list[int], *, except_for: int | None = None
) -> list[str]:
    """Write the snapshots of releases anew whose cells, or whose changes, were touched."""
    changed = []
    for facts in standing_releases(connection):
        is_touched = facts.sequence in touched or facts.previous in touched
        if not is_touched or facts.sequence == except_for:
            continue
        digest = write_snapshot(store.snapshots, contents_of(connection, facts))
        if digest != facts.digest:
            _set_digest(connection, facts.sequence, digest)
            changed.append(facts.id)
    return changed


def _insert_release(
    connection: sa.Connection,
    drafted: DraftRelease,
    terms: Terms,
    name: str,
    sequence: int,
    previous: int | None,
    documents: dict[str, str],
) -> None:
    card = replace(drafted.card, id=name)
    connection.execute(
        sa.insert(release).values(
            sequence=sequence,
            id=card.id,
            kind=card.kind,
            published_at=terms.at.moment,
            published_on=terms.day,
            digest="",
            policy=drafted.protection.policy if drafted.protection else card.policy,
            method_version=card.method_version,
            note=card.note,
            has_submissions=drafts.has_submissions(drafted),
            previous=previous,
            **documents,
            **terms.provenance,
        )
    )


def _facts(connection: sa.Connection, sequence: int) -> "sa.Row[Any]":
    return connection.execute(sa.select(release).where(release.c.sequence == sequence)).one()


def _set_digest(connection: sa.Connection, sequence: int, digest: str) -> None:
    connection.execute(
        sa.update(release).where(release.c.sequence == sequence).values(digest=digest)
    )


def _same_documents(
    connection: sa.Connection, previous: int | None, documents: dict[str, str]
) -> bool:
    """Say whether places and definitions are those of the release before."""
    if previous is None:
        return False
    held = _facts(connection, previous)
    return all(getattr(held, name) == documents[name] for name in ("places", "catalogue"))
