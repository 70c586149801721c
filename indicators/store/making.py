"""Making releases: from files just read, or from the draft."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import sqlalchemy as sa

from indicators.assembly import PublishedLoad
from indicators.model import Indicator
from indicators.permissions import OPERATOR, Action, Actor, require
from indicators.releases import REBUILT_HISTORY
from indicators.store import drafts, records
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.drafting import ReleaseOutcome, assembled, card_of_draft, keep_draft
from indicators.store.errors import StoreError, UnprotectedError
from indicators.store.history import cells_at
from indicators.store.occasions import Occasion
from indicators.store.publishing import Published, Tell, Terms, newest_releases, publish, silent
from indicators.store.reconciling import settle
from indicators.store.release_states import (
    State,
    Step,
    check_step,
    next_step,
    refuse_while_scheduled,
    state_of,
)
from indicators.store.steps import reached
from indicators.vintages import ranges_of

NOTHING_CHANGED: Final = "nothing changed: these figures are published already"


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
    tell: Tell = silent,
    now: datetime | None = None,
    actor: Actor = OPERATOR,
) -> ReleaseOutcome:
    """Make a release of what was loaded and what is carried forward, and publish it.

    With `draft` it is kept for `release publish`. `published_on` marks history rebuilt from
    old publications. Loading the same files again changes nothing. Raises StoreError or
    AssemblyError; the store is then as it was.
    """
    terms = Terms(Occasion(now or datetime.now(UTC), actor), release_id, published_on, tell)
    require(actor, Action.LOAD_STATISTICS)
    card = card_of_draft(store, terms, kind, note)
    terms.tell("putting the release together")
    with store.writing() as connection:
        _check_date(connection, terms)
        _check_draft(connection, is_added_to=draft)
        held = cells_at(connection, newest_releases(connection)[1])
        drafted = assembled(connection, store, [load], indicators, card, held, onto_draft=draft)
        reached("load:assembled")
        records.store_sources(connection, load.sources)
        ranges = ranges_of(load, store.places)
        if draft:
            outcome = keep_draft(connection, drafted, terms, held)
            records.store_load(connection, ranges, len(load.cells), terms.at)
            return outcome
        require(actor, Action.PUBLISH_STATISTICS)
        _refuse_if_returns_stand(connection)
        published = publish(store, connection, drafted, terms, held)
        if published is not None:
            drafts.drop_draft(connection)
            records.store_load(connection, ranges, len(load.cells), terms.at)
            records.give_loads_to(connection, newest_releases(connection)[0] or 0)
            reached("load:noted")
    return told(store, published)


def publish_draft(
    store: Store,
    *,
    release_id: str | None = None,
    published_on: date | None = None,
    now: datetime | None = None,
    actor: Actor = OPERATOR,
) -> ReleaseOutcome:
    """Publish the draft as it was kept; raises StoreError, StaleDraftError, UnprotectedError."""
    at = Occasion(now or datetime.now(UTC), actor)
    with store.writing() as connection:
        newest, _ = newest_releases(connection)
        facts = drafts.current_draft(connection, newest)
        _check_may_publish(facts, actor)
        kept_date = date.fromisoformat(facts.published_on) if facts.published_on else None
        terms = Terms(at, release_id or facts.release_id, published_on or kept_date)
        _check_date(connection, terms)
        published = publish_kept(store, connection, facts, terms)
    return told(store, published)


def publish_kept(
    store: Store, connection: sa.Connection, facts: "sa.Row[Any]", terms: Terms
) -> Published | None:
    """Publish what the draft holds inside a transaction; None if it is published already."""
    held = cells_at(connection, newest_releases(connection)[1])
    drafted = drafts.read_draft(connection, facts)
    drafts.check_unchanged(drafted, facts)
    if terms.published_on is not None:
        drafted = replace(drafted, card=replace(drafted.card, kind=REBUILT_HISTORY))
    names = ("amends", "policy_reason", "prepared_by", "approved_by")
    provenance = {name: getattr(facts, name) for name in names}
    provenance["published_by"] = terms.at.actor.name
    terms = replace(terms, provenance=provenance)
    published = publish(store, connection, drafted, terms, held)
    if published is not None:
        records.give_loads_to(connection, newest_releases(connection)[0] or 0)
    drafts.drop_draft(connection)
    return published


def discard_draft(store: Store) -> bool:
    """Give up the draft; say whether there was one."""
    with store.writing() as connection:
        refuse_while_scheduled(drafts.draft_facts(connection))
        return drafts.drop_draft(connection)


def _check_may_publish(facts: "sa.Row[Any]", actor: Actor) -> None:
    """Let published statistics alone go the short way, and everything else once it is approved."""
    state = state_of(facts)
    if facts.has_submissions:
        require(actor, Action.PUBLISH)
        if state in (State.DRAFT, State.FROZEN, State.PROTECTED):
            msg = (
                f"this release holds returns of authorities and is only {state}, not approved: "
                f"{next_step(facts)}"
            )
            raise UnprotectedError(msg)
    else:
        require(actor, Action.PUBLISH_STATISTICS)
    if state is not State.DRAFT:
        check_step(facts, Step.PUBLISH)


def _check_draft(connection: sa.Connection, *, is_added_to: bool) -> None:
    """Refuse to load past a draft in which others have put figures or work."""
    facts = drafts.draft_facts(connection)
    refuse_while_scheduled(facts)
    if is_added_to or facts is None:
        return
    if records.has_pending_loads(connection):
        msg = (
            "the draft holds figures that are not published yet: publish it with "
            "`outcomes release publish`, or add these to it with --draft"
        )
        raise StoreError(msg)
    if state_of(facts) is not State.DRAFT:
        msg = (
            f"a release is in the making ({state_of(facts)}) and would be lost: "
            f"{next_step(facts)}, or take it back with `outcomes release reopen`"
        )
        raise StoreError(msg)


def _refuse_if_returns_stand(connection: sa.Connection) -> None:
    """Refuse the short way where the release before holds returns, which this one must hold too."""
    standing = standing_releases(connection)
    if standing and standing[-1].has_submissions:
        msg = (
            f"release {standing[-1].id} holds returns of authorities, which take the whole way: "
            "load with --draft, then `outcomes release freeze`, protect, approve and publish"
        )
        raise UnprotectedError(msg)


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


def told(store: Store, published: Published | None) -> ReleaseOutcome:
    """Settle folders and list after the commit, and say what came of it."""
    reached("publish:committed")
    settle(store)
    return outcome_of(published)


def outcome_of(published: Published | None) -> ReleaseOutcome:
    """Say what came of publishing."""
    if published is None:
        return ReleaseOutcome("", "", 0, NOTHING_CHANGED)
    message = f"published release {published.id}: {published.changed_cells} cells changed"
    if published.withheld:
        message += f", {published.withheld} withheld from all earlier releases"
    return ReleaseOutcome(published.id, published.digest, published.changed_cells, message)
