"""Making releases: from files just read, from accepted submissions, or from the draft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

import pandas as pd
import sqlalchemy as sa

from indicators.assembly import Base, PublishedLoad, assemble
from indicators.cell_frames import STORED_COLUMNS, as_cells
from indicators.draft import DraftRelease
from indicators.model import Indicator
from indicators.releases import REBUILT_HISTORY
from indicators.snapshot import ReleaseCard
from indicators.store import drafts, records
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.errors import StoreError
from indicators.store.history import cells_at, delta_between
from indicators.store.occasions import Occasion
from indicators.store.publishing import Published, Tell, Terms, newest_releases, publish, silent
from indicators.store.reconciling import settle
from indicators.store.submitted import accepted_submissions
from indicators.vintages import ranges_of

Protect = Callable[[DraftRelease], DraftRelease]

NOTHING_CHANGED: Final = "nothing changed: these figures are published already"


@dataclass(frozen=True)
class ReleaseOutcome:
    """What came of it: `digest` is empty when nothing was published."""

    release_id: str
    digest: str
    changed_cells: int
    message: str


def publish_load(
    store: Store,
    load: PublishedLoad,
    indicators: tuple[Indicator, ...],
    *,
    release_id: str | None = None,
    published_on: date | None = None,
    draft: bool = False,
    note: str = "",
    kind: str = "release",
    protect: Protect | None = None,
    tell: Tell = silent,
    now: datetime | None = None,
) -> ReleaseOutcome:
    """Make a release of what was loaded and what is carried forward, and publish it.

    With `draft` it is kept for `release publish`. `published_on` marks history rebuilt from
    old publications. Loading the same files again changes nothing. Raises StoreError or
    AssemblyError; the store is then as it was.
    """
    terms = Terms(Occasion(now or datetime.now(UTC)), release_id, published_on, tell)
    card = _card(store, terms, kind, note)
    terms.tell("putting the release together")
    with store.writing() as connection:
        _check_date(connection, terms)
        if not draft:
            _refuse_if_pending(connection)
        held = cells_at(connection, newest_releases(connection)[1])
        drafted = _assembled(connection, store, [load], indicators, card, held, onto_draft=draft)
        drafted = protected(drafted, protect)
        records.store_sources(connection, load.sources)
        ranges = ranges_of(load, store.places)
        if draft:
            records.store_load(connection, ranges, len(load.cells), terms.at)
            return _kept(connection, drafted, terms, held)
        published = publish(store, connection, drafted, terms, held)
        if published is not None:
            drafts.drop_draft(connection)
            records.store_load(connection, ranges, len(load.cells), terms.at)
            records.give_loads_to(connection, newest_releases(connection)[0] or 0)
    return _told(store, published)


def draft_release(
    store: Store,
    indicators: tuple[Indicator, ...],
    *,
    release_id: str | None = None,
    note: str = "",
    protect: Protect | None = None,
    now: datetime | None = None,
) -> ReleaseOutcome:
    """Make the draft of a release with all accepted submissions; publishing is another step."""
    terms = Terms(Occasion(now or datetime.now(UTC)), release_id)
    card = _card(store, terms, "release", note)
    with store.writing() as connection:
        held = cells_at(connection, newest_releases(connection)[1])
        drafted = _assembled(
            connection, store, [], indicators, card, held, onto_draft=True, every_submission=True
        )
        return _kept(connection, protected(drafted, protect), terms, held)


def publish_draft(
    store: Store,
    *,
    release_id: str | None = None,
    published_on: date | None = None,
    now: datetime | None = None,
) -> ReleaseOutcome:
    """Publish the draft as it was kept; raises StoreError, StaleDraftError, UnprotectedError."""
    at = Occasion(now or datetime.now(UTC))
    with store.writing() as connection:
        newest, _ = newest_releases(connection)
        facts = drafts.current_draft(connection, newest)
        kept_date = date.fromisoformat(facts.published_on) if facts.published_on else None
        terms = Terms(at, release_id or facts.release_id, published_on or kept_date)
        _check_date(connection, terms)
        held = cells_at(connection, newest_releases(connection)[1])
        drafted = drafts.read_draft(connection, facts)
        if terms.published_on is not None:
            drafted = replace(drafted, card=replace(drafted.card, kind=REBUILT_HISTORY))
        published = publish(store, connection, drafted, terms, held)
        if published is not None:
            records.give_loads_to(connection, newest_releases(connection)[0] or 0)
        drafts.drop_draft(connection)
    return _told(store, published)


def discard_draft(store: Store) -> bool:
    """Give up the draft; say whether there was one."""
    with store.writing() as connection:
        return drafts.drop_draft(connection)


def protected(drafted: DraftRelease, protect: Protect | None) -> DraftRelease:
    """Let submitted counts into a draft through disclosure control; leave others as they are.

    `protect` holds provisional figures to the redactions of the draft.
    """
    if drafted.submitted.empty:
        return drafted
    if protect is None:
        from indicators.disclosure import protect as protect_by_policy

        protect = protect_by_policy
    return protect(drafted)


def _card(store: Store, terms: Terms, kind: str, note: str) -> ReleaseCard:
    return ReleaseCard(
        id=terms.release_id or "",
        place_set=store.places.id,
        kind=kind if terms.published_on is None else REBUILT_HISTORY,
        note=note,
    )


def _check_date(connection: sa.Connection, terms: Terms) -> None:
    """Refuse a date of publication in the future, or before that of a release already there."""
    if terms.published_on is None:
        return
    if terms.published_on > terms.at.today:
        msg = f"--published-on {terms.day} lies in the future; give the day it was published"
        raise StoreError(msg)
    later = [row for row in standing_releases(connection) if row.published_on > terms.day]
    if later:
        msg = (
            f"release {later[0].id} is of {later[0].published_on}, after {terms.day}: "
            "rebuild history oldest first, in a new store"
        )
        raise StoreError(msg)


def _refuse_if_pending(connection: sa.Connection) -> None:
    if records.has_pending_loads(connection):
        msg = (
            "the draft holds figures that are not published yet: publish it with "
            "`outcomes release publish`, or add these to it with --draft"
        )
        raise StoreError(msg)


def _assembled(
    connection: sa.Connection,
    store: Store,
    loads: Sequence[PublishedLoad],
    indicators: tuple[Indicator, ...],
    card: ReleaseCard,
    held: pd.DataFrame,
    *,
    onto_draft: bool,
    every_submission: bool = False,
) -> DraftRelease:
    """Assemble onto what is `held` by the newest release, or onto the draft if that is asked."""
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
    submitted, sources = accepted_submissions(connection, published_only=not every_submission)
    return assemble(
        base,
        loads,
        card=card,
        places=store.places,
        indicators=indicators,
        redactions=records.read_redactions(connection),
        submitted=submitted,
        submitted_sources=sources,
    )


def _kept(
    connection: sa.Connection, drafted: DraftRelease, terms: Terms, held: pd.DataFrame
) -> ReleaseOutcome:
    """Keep a draft and say how it differs from the newest release."""
    newest, _ = newest_releases(connection)
    dated = terms.published_on.isoformat() if terms.published_on else None
    drafts.save_draft(connection, drafted, newest, terms.at, dated, terms.release_id)
    changed = delta_between(held, held, as_cells(drafted.cells), 0).changed_cells
    note(connection, terms.at, "draft", terms.release_id or "", f"{changed} cells changed")
    return ReleaseOutcome(
        release_id=terms.release_id or "",
        digest="",
        changed_cells=changed,
        message=f"draft kept, {changed} cells changed; publish it with `outcomes release publish`",
    )


def _told(store: Store, published: Published | None) -> ReleaseOutcome:
    """Settle folders and list after the commit, and say what came of it."""
    settle(store)
    if published is None:
        return ReleaseOutcome("", "", 0, NOTHING_CHANGED)
    message = f"published release {published.id}: {published.changed_cells} cells changed"
    if published.withheld:
        message += f", {published.withheld} withheld from all earlier releases"
    return ReleaseOutcome(published.id, published.digest, published.changed_cells, message)
