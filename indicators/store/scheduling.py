"""Publishing at a set moment: rehearsed beforehand, never before it, at most seconds after."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from indicators.permissions import Action, Actor, Role, require
from indicators.releases import write_releases
from indicators.store import drafts, records
from indicators.store.auditing import keep_head, note
from indicators.store.connect import Store
from indicators.store.drafting import ReleaseOutcome
from indicators.store.embargo import bring_out, embargoed, keep_seconds, seconds_needed
from indicators.store.errors import StoreError
from indicators.store.making import NOTHING_CHANGED, outcome_of, publish_kept
from indicators.store.occasions import Occasion
from indicators.store.publishing import Published, Terms, newest_releases
from indicators.store.reconciling import listed_releases, settle
from indicators.store.release_states import State, Step, check_step, state_of
from indicators.store.steps import reached

Clock = Callable[[], datetime]
Sleep = Callable[[float], None]

NOTHING_SCHEDULED: Final = (
    "no release is scheduled; `outcomes release schedule --at` sets the moment of one"
)
NOT_REHEARSED_SECONDS: Final = 20.0
LONGEST_LEAD: Final = timedelta(seconds=45)
"""Others wait while a release is prepared, and give up after a minute."""

_LEAST_LEAD: Final = timedelta(seconds=2)
_LONGEST_NAP: Final = 0.5


@dataclass(frozen=True)
class Due:
    """The scheduled release: its name, its moment, and how long before it work begins."""

    release_id: str
    moment: datetime
    lead: timedelta


def schedule_release(store: Store, moment: datetime, at: Occasion) -> str:
    """Set the moment at which the approved release comes out, and rehearse all of it now.

    What was rehearsed lies outside what readers see. Raises StoreError or NotPermittedError.
    """
    require(at.actor, Action.SCHEDULE)
    if moment <= at.now:
        msg = f"{_written(moment)} is not in the future; `outcomes release publish` publishes now"
        raise StoreError(msg)
    with store.writing() as connection:
        facts = drafts.current_draft(connection, newest_releases(connection)[0])
        check_step(facts, Step.SCHEDULE)
        if facts.published_on:
            msg = "history rebuilt bears its own date and is published at once, not scheduled"
            raise StoreError(msg)
        name = records.name_release(connection, facts.release_id, moment.date())
        drafts.change_draft(
            connection,
            release_id=name,
            state=State.SCHEDULED.value,
            scheduled_by=at.actor.name,
            publish_at=_written(moment),
        )
        _rehearse_and_keep(store, connection)
        note(connection, at, "schedule", name, f"for {_written(moment)}")
        reached("schedule:noted")
    reached("schedule:committed")
    return f"release {name} is scheduled for {_written(moment)}; rehearsed, and nothing shown yet"


def rehearse_again(store: Store) -> bool:
    """Prepare the scheduled release anew after something of it changed; say whether there is one.

    Whatever was prepared before must be gone already: `settle` sees to that.
    """
    with store.writing() as connection:
        facts = drafts.draft_facts(connection)
        if facts is None or state_of(facts) is not State.SCHEDULED:
            return False
        _rehearse_and_keep(store, connection)
    reached("rehearse:committed")
    return True


def _rehearse_and_keep(store: Store, connection: sa.Connection) -> None:
    facts = drafts.current_draft(connection, newest_releases(connection)[0])
    began = time.monotonic()
    published = rehearse(store, connection, facts, _terms(facts, _moment(facts)))
    keep_seconds(store, time.monotonic() - began)
    drafts.change_draft(connection, rehearsed_digest=published.digest)
    reached("rehearse:kept")


def rehearse(
    store: Store, connection: sa.Connection, facts: "sa.Row[Any]", terms: Terms
) -> Published:
    """Publish with everything that belongs to it, into the embargoed folder, and undo the rows.

    Raises StoreError where there would be nothing new.
    """
    with _undone(connection):
        aside = replace(terms, is_rehearsal=True)
        published = publish_kept(embargoed(store), connection, facts, aside)
    reached("rehearse:undone")
    if published is None:
        raise StoreError(NOTHING_CHANGED)
    return published


@contextmanager
def _undone(connection: sa.Connection) -> Iterator[None]:
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


def find_due(store: Store) -> Due | None:
    """Return the scheduled release, if there is one."""
    with store.reading() as connection:
        facts = drafts.draft_facts(connection)
    if facts is None or state_of(facts) is not State.SCHEDULED:
        return None
    needed = timedelta(seconds=2 * seconds_needed(store, NOT_REHEARSED_SECONDS))
    return Due(facts.release_id, _moment(facts), min(_LEAST_LEAD + needed, LONGEST_LEAD))


def publish_due(
    store: Store, clock: Clock, sleep: Sleep = time.sleep, *, is_early: bool = True
) -> ReleaseOutcome | None:
    """Publish the scheduled release at its moment; None while that is not near.

    Meant to be called every second. With `is_early` it begins some seconds before the moment,
    prepares everything and waits; without, it begins at the moment. Permission was given when
    the release was scheduled, and the audit names who did. Raises StoreError or UnprotectedError;
    readers then see what they saw before.
    """
    due = find_due(store)
    if due is None or clock() < due.moment - (due.lead if is_early else timedelta()):
        return None
    with store.writing() as connection:
        facts = drafts.draft_facts(connection)
        if facts is None or state_of(facts) is not State.SCHEDULED or _moment(facts) != due.moment:
            return None
        terms = _terms(facts, max(due.moment, clock()))
        published = publish_kept(embargoed(store), connection, facts, terms)
        _note_difference(connection, facts, published, terms.at)
        reached("scheduled:prepared")
        _wait(due.moment, clock, sleep)
        bring_out(store, connection)
        listed = listed_releases(store, connection)
        reached("scheduled:brought_out")
    reached("scheduled:committed")
    write_releases(store.releases_file, listed)
    reached("scheduled:listed")
    with store.reading() as connection:
        keep_head(store, connection)
    settle(store)
    return outcome_of(published)


def wait_and_publish(store: Store, clock: Clock, sleep: Sleep = time.sleep) -> ReleaseOutcome:
    """Wait for the moment of the scheduled release and publish it; raises StoreError."""
    while find_due(store) is not None:
        outcome = publish_due(store, clock, sleep)
        if outcome is not None:
            return outcome
        sleep(_LONGEST_NAP)
    raise StoreError(NOTHING_SCHEDULED)


def _note_difference(
    connection: sa.Connection, facts: "sa.Row[Any]", published: Published | None, at: Occasion
) -> None:
    """Say in the audit if what comes out is not byte for byte what was rehearsed."""
    digest = published.digest if published is not None else ""
    if digest != facts.rehearsed_digest:
        detail = f"rehearsed as {facts.rehearsed_digest}, is {digest}"
        note(connection, at, "publish otherwise", facts.release_id, detail)


def _wait(moment: datetime, clock: Clock, sleep: Sleep) -> None:
    while (left := (moment - clock()).total_seconds()) > 0:
        sleep(min(left, _LONGEST_NAP))


def _terms(facts: "sa.Row[Any]", moment: datetime) -> Terms:
    """Return the terms on which the scheduled release comes out: as whoever scheduled it."""
    scheduler = Actor(facts.scheduled_by, Role.PUBLISHER)
    require(scheduler, Action.PUBLISH)
    return Terms(Occasion(moment, scheduler), facts.release_id)


def _moment(facts: "sa.Row[Any]") -> datetime:
    return datetime.fromisoformat(facts.publish_at)


def _written(moment: datetime) -> str:
    return Occasion(moment.astimezone(UTC)).moment
