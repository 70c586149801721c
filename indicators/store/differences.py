"""How any two releases differ, or the draft and a release: as readers are told, from snapshots."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from indicators.cells import KEY_COLUMNS
from indicators.change_table import SCHEMA, as_changes, open_changes, read_changes
from indicators.changes import changes_between
from indicators.snapshot import Change, Snapshot, open_snapshot
from indicators.snapshot_comparison import compare_snapshots
from indicators.store import drafts
from indicators.store.connect import Store
from indicators.store.contents import ReleaseFacts, row_order, standing_releases
from indicators.store.documents import read_document
from indicators.store.history import cells_at
from indicators.store.occasions import Occasion
from indicators.store.previewing import check_may_see
from indicators.store.publishing import newest_releases
from indicators.store.stewarding import standing_release

DRAFT = "draft"
"""Names the draft where a release may be named."""


def diff_releases(
    store: Store, old: str, new: str, at: Occasion | None = None
) -> tuple[Change, ...]:
    """Return how two releases differ, in the order of rows; `new` may be `draft`.

    Published ones are compared as the API does it, so that both say the same. A draft with
    returns of authorities is told to those who may see it before it is published.
    """
    with store.reading() as connection:
        before = standing_release(connection, old)
        if new == DRAFT:
            facts = drafts.current_draft(connection, newest_releases(connection)[0])
            check_may_see(facts, at or Occasion(datetime.now(UTC)))
            return _draft_against(connection, before, facts)
        after = standing_release(connection, new)
        if after.previous == before.sequence:
            return read_changes(store.snapshots / after.digest)
        return as_changes(
            compare_snapshots(
                _opened(store, before),
                _opened(store, after),
                _told_after(store, connection, before, after),
            )
        )


def _opened(store: Store, facts: ReleaseFacts) -> Snapshot:
    return open_snapshot(store.snapshots / facts.digest)


def _told_after(
    store: Store, connection: sa.Connection, before: ReleaseFacts, after: ReleaseFacts
) -> pa.Table:
    """Return the changes of the releases after one, up to another."""
    told = [
        open_changes(store.snapshots / facts.digest)
        for facts in standing_releases(connection)
        if before.sequence < facts.sequence <= after.sequence
    ]
    return pa.concat_tables([SCHEMA.empty_table(), *told])


def _draft_against(
    connection: sa.Connection, before: ReleaseFacts, facts: "sa.Row[Any]"
) -> tuple[Change, ...]:
    order = row_order(
        read_document(connection, "catalogue", facts.catalogue),
        read_document(connection, "places", facts.places),
    )
    nothing = pd.DataFrame(columns=list(KEY_COLUMNS), dtype="str")
    cells = drafts.read_draft(connection, facts).cells
    return changes_between(cells_at(connection, before.sequence), cells, nothing, order)
