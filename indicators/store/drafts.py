"""The draft: the one release that is being made, kept in the database until it is published."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from indicators.cell_frames import STORED_COLUMNS, as_cells, cells_digest
from indicators.cells import Flag
from indicators.draft import DraftRelease, Protection
from indicators.snapshot import ReleaseCard
from indicators.store.documents import read_document, store_documents
from indicators.store.errors import StaleDraftError, StoreError, UnprotectedError
from indicators.store.occasions import Occasion
from indicators.store.records import forget_pending_loads
from indicators.store.release_states import State, state_of
from indicators.store.return_tables import release_member, suppression_decision
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

IN_DRAFT: Final = 0
"""The release number of pins and decisions that belong to the draft."""

NO_DRAFT: Final = "there is no draft; make one with `outcomes release draft`"
_THE_DRAFT: Final = 1
_NO_BASE: Final = -1


@dataclass(frozen=True)
class Naming:
    """Under which name and date a draft is to come out, and what it amends; None: not said yet."""

    release_id: str | None = None
    dated: str | None = None
    amends: str = ""


def save_draft(
    connection: sa.Connection,
    drafted: DraftRelease,
    base: int | None,
    at: Occasion,
    naming: Naming,
) -> None:
    """Keep a draft instead of the one before; `base` is the newest release it builds on.

    It begins anew: whatever had been frozen, protected or approved is so no more. Submitted
    counts are not kept; `card.has_submissions` says that they are to come in.
    """
    _forget_pins(connection)
    connection.execute(sa.delete(draft))
    connection.execute(
        sa.insert(draft).values(
            id=_THE_DRAFT,
            release_id=naming.release_id,
            base=base,
            drafted_at=at.moment,
            kind=drafted.card.kind,
            published_on=naming.dated,
            policy=drafted.card.policy,
            method_version=drafted.card.method_version,
            note=drafted.card.note,
            has_submissions=drafted.card.has_submissions,
            protected_digest="",
            suppressed=0,
            state=State.DRAFT.value,
            amends=naming.amends,
            **store_documents(connection, drafted),
        )
    )
    _save_cells(connection, drafted)


def save_protected(connection: sa.Connection, drafted: DraftRelease, reason: str) -> None:
    """Keep what disclosure control let out, and its proof; `reason` is of another policy."""
    check_protection(drafted)
    protection = drafted.protection or Protection("", cells_digest(drafted.cells))
    change_draft(
        connection,
        state=State.PROTECTED.value,
        policy=protection.policy,
        policy_reason=reason,
        protected_digest=protection.cells_digest,
        suppressed=protection.suppressed,
        **NOT_APPROVED,
        **store_documents(connection, drafted),
    )
    _save_cells(connection, drafted)


NOT_APPROVED: Final = dict.fromkeys(
    ("approved_by", "approved_at", "scheduled_by", "publish_at", "rehearsed_digest"), ""
)
"""What is blank until somebody approves."""


def change_draft(connection: sa.Connection, **values: object) -> None:
    """Change columns of the draft."""
    connection.execute(sa.update(draft).values(**values))


def begin_again(connection: sa.Connection) -> None:
    """Take a draft back to its beginning: without pins, protected figures or approval."""
    drop_provisional(connection)
    _forget_pins(connection)
    nothing = ("policy", "policy_reason", "prepared_by", "manifest", "protected_digest")
    change_draft(
        connection,
        state=State.DRAFT.value,
        suppressed=0,
        **dict.fromkeys(nothing, ""),
        **NOT_APPROVED,
    )


def drop_provisional(connection: sa.Connection) -> None:
    """Take the figures of submissions out of the draft; the published ones are as they were."""
    is_provisional = draft_cell.c.flags.contains(str(Flag.PROVISIONAL))
    connection.execute(sa.delete(draft_cell).where(is_provisional))


def make_stale(connection: sa.Connection) -> bool:
    """Say of the draft that what it builds on is gone; say whether there was one."""
    if draft_facts(connection) is None:
        return False
    begin_again(connection)
    change_draft(connection, base=_NO_BASE)
    return True


def _forget_pins(connection: sa.Connection) -> None:
    for table in (release_member, suppression_decision):
        connection.execute(sa.delete(table).where(table.c.release == IN_DRAFT))


def _save_cells(connection: sa.Connection, drafted: DraftRelease) -> None:
    connection.execute(sa.delete(draft_cell))
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
        raise StoreError(NO_DRAFT)
    if facts.base != newest:
        msg = "a release was published after this draft was made; make the draft again"
        raise StaleDraftError(msg)
    return facts


def drop_draft(connection: sa.Connection) -> bool:
    """Give up the draft and what was loaded only into it; say whether there was one."""
    _forget_pins(connection)
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


def check_unchanged(drafted: DraftRelease, facts: "sa.Row[Any]") -> None:
    """Raise UnprotectedError unless a draft holds the figures that were protected and approved."""
    if state_of(facts) is State.DRAFT:
        return
    if cells_digest(drafted.cells) != facts.protected_digest:
        msg = "figures changed after they were protected; reopen the release and begin again"
        raise UnprotectedError(msg)


def is_unchanged(connection: sa.Connection) -> bool:
    """Say whether there is a protected draft that holds the figures that were protected."""
    facts = draft_facts(connection)
    if facts is None or not facts.protected_digest:
        return False
    return bool(cells_digest(read_draft(connection, facts).cells) == facts.protected_digest)


def keep_withheld(connection: sa.Connection) -> None:
    """Stand by a protected draft from which a redaction has just taken figures.

    Nothing is shown that was not; but what was approved is not what it is now. One that is
    scheduled stays so, and has to be rehearsed again whether its cells or older ones changed.
    """
    facts = draft_facts(connection)
    if facts is None:
        return
    digest = cells_digest(read_draft(connection, facts).cells)
    if state_of(facts) is State.SCHEDULED:
        change_draft(connection, protected_digest=digest, rehearsed_digest="")
    elif digest != facts.protected_digest:
        change_draft(
            connection, protected_digest=digest, state=State.PROTECTED.value, **NOT_APPROVED
        )
