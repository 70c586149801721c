"""Amending a release: the draft of one that corrects it, and says so; the older one stays."""

from dataclasses import replace

import sqlalchemy as sa

from indicators.model import Indicator
from indicators.permissions import Action, require
from indicators.store import drafts
from indicators.store.auditing import note as note_in_audit
from indicators.store.connect import Store
from indicators.store.contents import standing_releases
from indicators.store.drafting import ReleaseOutcome, draft_afresh
from indicators.store.errors import StoreError
from indicators.store.history import release_ids
from indicators.store.occasions import Occasion
from indicators.store.publishing import Terms
from indicators.store.records import find_release
from indicators.store.release_states import Step, check_step
from indicators.store.steps import reached
from indicators.store.tables import release


def amend_release(
    store: Store, release_id: str, note: str, indicators: tuple[Indicator, ...], at: Occasion
) -> ReleaseOutcome:
    """Make the draft that corrects a release, named after it; publishing is another step.

    Only the newest release is amended: those before it are part of it. Raises StoreError.
    """
    require(at.actor, Action.AMEND)
    if not note.strip():
        msg = "give the note: what was wrong and what is put right; readers are told it"
        raise StoreError(msg)
    with store.writing() as connection:
        facts = drafts.draft_facts(connection)
        if facts is not None:
            check_step(facts, Step.AMEND)
        _check_newest(connection, release_id)
        terms = Terms(at, _name(connection, release_id))
        outcome = draft_afresh(connection, store, indicators, terms, note.strip(), release_id)
        note_in_audit(connection, at, "amend", release_id, f"as {outcome.release_id}")
        reached("amend:noted")
    reached("amend:committed")
    told = f"amendment {outcome.release_id} of {release_id}: {outcome.message}"
    return replace(outcome, message=told)


def _check_newest(connection: sa.Connection, release_id: str) -> None:
    find_release(connection, release_id)
    standing = standing_releases(connection)
    if not standing or standing[-1].id != release_id:
        newest = f"it is {standing[-1].id}" if standing else "there is none"
        msg = (
            f"only the newest release that stands can be amended, {newest}: what is wrong in "
            f"{release_id} is put right there, or withheld with `outcomes release redact`"
        )
        raise StoreError(msg)


def _name(connection: sa.Connection, release_id: str) -> str:
    """Return the id of an amendment: that of the release first published, `.1`, `.2` ..."""
    amends = {row.id: row.amends for row in connection.execute(sa.select(release))}
    root = release_id
    while amends[root]:
        root = amends[root]
    taken = set(release_ids(connection).values())
    count = 1
    while (name := f"{root}.{count}") in taken:
        count += 1
    return name
