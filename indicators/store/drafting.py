"""Drafting a release: published figures put together and kept, before anything is published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from indicators.assembly import Base, PublishedLoad, assemble
from indicators.cell_frames import STORED_COLUMNS, as_cells
from indicators.draft import DraftRelease
from indicators.model import Indicator
from indicators.permissions import OPERATOR, Action, Actor, require
from indicators.releases import REBUILT_HISTORY
from indicators.snapshot import ReleaseCard
from indicators.store import drafts, records
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.history import cells_at, delta_between
from indicators.store.occasions import Occasion
from indicators.store.publishing import Terms, newest_releases
from indicators.store.release_states import refuse_while_scheduled
from indicators.store.steps import reached
from indicators.store.submitted import count_accepted
from indicators.store.tables import release


@dataclass(frozen=True)
class ReleaseOutcome:
    """What came of it: `digest` is empty when nothing was published."""

    release_id: str
    digest: str
    changed_cells: int
    message: str


def draft_release(
    store: Store,
    indicators: tuple[Indicator, ...],
    *,
    release_id: str | None = None,
    note: str = "",
    now: datetime | None = None,
    actor: Actor = OPERATOR,
) -> ReleaseOutcome:
    """Make the draft of a release: published figures carried forward.

    Accepted returns come in when it is frozen; until then the draft says that it awaits them.
    """
    require(actor, Action.DRAFT)
    terms = Terms(Occasion(now or datetime.now(UTC), actor), release_id)
    with store.writing() as connection:
        refuse_while_scheduled(drafts.draft_facts(connection))
        return draft_afresh(connection, store, indicators, terms, note)


def draft_afresh(
    connection: sa.Connection,
    store: Store,
    indicators: tuple[Indicator, ...],
    terms: Terms,
    note: str,
    amends: str = "",
) -> ReleaseOutcome:
    """Make the draft anew on the newest release, with what was loaded into the one before."""
    card = card_of_draft(store, terms, "release", note)
    held = cells_at(connection, newest_releases(connection)[1])
    drafted = assembled(connection, store, [], indicators, card, held, onto_draft=True)
    waiting = count_accepted(connection)
    drafted = replace(drafted, card=replace(drafted.card, has_submissions=bool(waiting)))
    outcome = keep_draft(connection, drafted, terms, held, amends)
    if not waiting:
        return outcome
    told_of = f"{waiting} accepted returns come in when it is frozen: `outcomes release freeze`"
    return replace(outcome, message=f"draft kept, {outcome.changed_cells} cells changed; {told_of}")


def card_of_draft(store: Store, terms: Terms, kind: str, note: str) -> ReleaseCard:
    """Return what a draft says of itself."""
    return ReleaseCard(
        id=terms.release_id or "",
        place_set=store.places.id,
        kind=kind if terms.published_on is None else REBUILT_HISTORY,
        note=note,
    )


def assembled(
    connection: sa.Connection,
    store: Store,
    loads: Sequence[PublishedLoad],
    indicators: tuple[Indicator, ...],
    card: ReleaseCard,
    held: pd.DataFrame,
    *,
    onto_draft: bool,
) -> DraftRelease:
    """Assemble onto what is `held` by the newest release, or onto the draft if that is asked.

    Returns come in later, when the release is frozen.
    """
    newest, _ = newest_releases(connection)
    facts = drafts.draft_facts(connection) if onto_draft else None
    if facts is not None and facts.base != newest:
        drafts.drop_draft(connection)
        facts = None
    cells = held if facts is None else drafts.read_draft(connection, facts).cells
    base = Base(
        cells=as_cells(cells[list(STORED_COLUMNS)]),
        sources=records.read_sources(connection),
        ranges=records.read_ranges(connection, with_pending=onto_draft),
    )
    return assemble(
        base,
        loads,
        card=card,
        places=store.places,
        indicators=indicators,
        redactions=records.read_redactions(connection),
    )


def keep_draft(
    connection: sa.Connection,
    drafted: DraftRelease,
    terms: Terms,
    held: pd.DataFrame,
    amends: str = "",
) -> ReleaseOutcome:
    """Keep a draft and say how it differs from the newest release.

    What was said of the draft before, and is not said now, stays: its name, and what it amends.
    """
    newest, standing = newest_releases(connection)
    before = drafts.draft_facts(connection)
    same = before if before is not None and before.base == newest else None
    naming = drafts.Naming(
        release_id=terms.release_id or (same.release_id if same is not None else None),
        dated=terms.published_on.isoformat() if terms.published_on else None,
        amends=amends or (same.amends if same is not None else ""),
    )
    card = replace(
        drafted.card,
        note=drafted.card.note or (same.note if same is not None else ""),
        has_submissions=drafted.card.has_submissions or _awaits_returns(connection, same, standing),
    )
    drafts.save_draft(connection, replace(drafted, card=card), newest, terms.at, naming)
    changed = delta_between(held, held, as_cells(drafted.cells), 0).changed_cells
    note(connection, terms.at, "draft", naming.release_id or "", f"{changed} cells changed")
    reached("draft:noted")
    return ReleaseOutcome(
        release_id=naming.release_id or "",
        digest="",
        changed_cells=changed,
        message=f"draft kept, {changed} cells changed; publish it with `outcomes release publish`",
    )


def _awaits_returns(
    connection: sa.Connection, before: "sa.Row[Any] | None", standing: int | None
) -> bool:
    """Say whether returns belong into a draft: the draft or the release before has them."""
    if before is not None and before.has_submissions:
        return True
    query = sa.select(release.c.has_submissions).where(release.c.sequence == standing)
    return bool(connection.scalar(query))
