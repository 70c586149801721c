"""The draft: the one release that is being made, kept in the database until it is published."""

from typing import Any, Final

import sqlalchemy as sa

from indicators.cell_frames import STORED_COLUMNS, as_cells
from indicators.cells import Flag
from indicators.draft import DraftRelease, Protection
from indicators.snapshot import ReleaseCard
from indicators.store.documents import read_document, store_documents
from indicators.store.errors import StaleDraftError, StoreError, UnprotectedError
from indicators.store.occasions import Occasion
from indicators.store.records import forget_pending_loads
from indicators.store.rows import (
    FIGURE_COLUMNS,
    PLACE_COLUMNS,
    as_tuples,
    breakdown_ids,
    insert_rows,
    select_frame,
    with_breakdowns,
)
from indicators.store.tables import draft, draft_cell

_THE_DRAFT: Final = 1


def save_draft(
    connection: sa.Connection,
    drafted: DraftRelease,
    base: int | None,
    at: Occasion,
    dated: str | None,
    release_id: str | None,
) -> None:
    """Keep a draft instead of the one before; `base` is the newest release it builds on."""
    check_protection(drafted)
    connection.execute(sa.delete(draft_cell))
    connection.execute(sa.delete(draft))
    protection = drafted.protection or Protection(policy="", cells_digest="")
    connection.execute(
        sa.insert(draft).values(
            id=_THE_DRAFT,
            release_id=release_id,
            base=base,
            drafted_at=at.moment,
            kind=drafted.card.kind,
            published_on=dated,
            policy=protection.policy or drafted.card.policy,
            method_version=drafted.card.method_version,
            note=drafted.card.note,
            has_submissions=has_submissions(drafted),
            protected_digest=protection.cells_digest,
            suppressed=protection.suppressed,
            **store_documents(connection, drafted),
        )
    )
    rows = as_cells(drafted.cells)
    rows = rows.assign(breakdown=breakdown_ids(connection, rows))
    columns = (*PLACE_COLUMNS, *FIGURE_COLUMNS)
    rows = rows.sort_values(list(PLACE_COLUMNS), kind="stable")
    insert_rows(connection, draft_cell, columns, as_tuples(rows, columns))


def draft_facts(connection: sa.Connection) -> "sa.Row[Any] | None":
    """Return the row of the draft, if there is one."""
    return connection.execute(sa.select(draft)).one_or_none()


def read_draft(connection: sa.Connection, facts: "sa.Row[Any]") -> DraftRelease:
    """Return the draft as it was handed over for keeping."""
    names = (*PLACE_COLUMNS, *FIGURE_COLUMNS)
    rows = select_frame(connection, sa.select(*(draft_cell.c[name] for name in names)))
    places = read_document(connection, "places", facts.places)
    protection = Protection(
        policy=facts.policy, cells_digest=facts.protected_digest, suppressed=facts.suppressed
    )
    return DraftRelease(
        card=ReleaseCard(
            id=facts.release_id or "",
            place_set=places.id,
            kind=facts.kind,
            policy=facts.policy,
            method_version=facts.method_version,
            note=facts.note,
            has_submissions=bool(facts.has_submissions),
        ),
        places=places,
        indicators=read_document(connection, "catalogue", facts.catalogue),
        sources=read_document(connection, "sources", facts.sources),
        cells=with_breakdowns(connection, rows)[list(STORED_COLUMNS)],
        protection=protection if facts.protected_digest else None,
    )


def current_draft(connection: sa.Connection, newest: int | None) -> "sa.Row[Any]":
    """Return the draft that may be published now; raises StoreError or StaleDraftError."""
    facts = draft_facts(connection)
    if facts is None:
        msg = "there is no draft; make one with `outcomes release draft`"
        raise StoreError(msg)
    if facts.base != newest:
        msg = "a release was published after this draft was made; make the draft again"
        raise StaleDraftError(msg)
    return facts


def drop_draft(connection: sa.Connection) -> bool:
    """Give up the draft and what was loaded only into it; say whether there was one."""
    connection.execute(sa.delete(draft_cell))
    forget_pending_loads(connection)
    return connection.execute(sa.delete(draft)).rowcount > 0


def has_submissions(drafted: DraftRelease) -> bool:
    """Say whether figures of a release come from authorities' returns."""
    return (
        drafted.card.has_submissions
        or not drafted.submitted.empty
        or bool(drafted.cells["flags"].str.contains(str(Flag.PROVISIONAL), regex=False).any())
    )


def check_protection(drafted: DraftRelease) -> None:
    """Refuse a release with submissions on which disclosure control has not run as it stands."""
    if not drafted.submitted.empty:
        msg = "this release holds submitted counts that have not been protected"
        raise UnprotectedError(msg)
    if not has_submissions(drafted):
        return
    if drafted.protection is None:
        msg = "this release holds submissions and disclosure control has not run on it"
        raise UnprotectedError(msg)
    # Imported here: most releases hold no submissions.
    from indicators.disclosure import DisclosureError, verify

    try:
        verify(drafted)
    except DisclosureError as error:
        raise UnprotectedError(str(error)) from error
