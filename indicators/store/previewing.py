"""Looking at a release before it is published: by few, for a short time, and always noted."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from indicators.export import export_release as copy_files
from indicators.permissions import Action, NotPermittedError, Role, require
from indicators.store import drafts
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.embargo import embargoed
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.publishing import Terms, newest_releases
from indicators.store.reconciling import settle
from indicators.store.release_states import State, Step, check_step, state_of
from indicators.store.scheduling import rehearse
from indicators.store.steps import reached

WINDOW: Final = timedelta(hours=24)
"""How long before the moment a pre-release viewer may look."""

MARK: Final = "NOT-FOR-PUBLICATION.txt"


def check_may_see(facts: "sa.Row[Any]", at: Occasion) -> None:
    """Raise NotPermittedError unless an actor may see the draft before it is published.

    A draft of published statistics alone may also be seen by whoever drafts it.
    """
    if not facts.has_submissions and at.actor.may(Action.DRAFT):
        return
    require(at.actor, Action.READ_EMBARGOED)
    if at.actor.role is not Role.VIEWER:
        return
    moment = facts.publish_at if state_of(facts) is State.SCHEDULED else ""
    if not moment or at.now < datetime.fromisoformat(moment) - WINDOW:
        hours = int(WINDOW.total_seconds() // 3600)
        when = f"it is scheduled for {moment}" if moment else "it is not scheduled yet"
        msg = f"a pre-release viewer may look {hours} hours before the moment; {when}"
        raise NotPermittedError(msg)


def preview_release(store: Store, folder: Path, at: Occasion) -> tuple[Path, ...]:
    """Write the files of a release that is not published yet into a folder; return their paths.

    A file beside them says until when they are not for publication; the audit says who got
    them. Raises StoreError or NotPermittedError.
    """
    require(at.actor, Action.READ_EMBARGOED)
    _check_empty(folder)
    with store.writing() as connection:
        facts = _previewed(connection, at)
        # Committed before anything is given out: the audit never knows less than happened.
        note(connection, at, "preview", facts.release_id or "", f"state {facts.state}")
        reached("preview:noted")
    with store.writing() as connection:
        facts = _previewed(connection, at)
        terms = Terms(at, facts.release_id)
        prepared = embargoed(store).snapshots / facts.rehearsed_digest
        if not facts.rehearsed_digest or not prepared.is_dir():
            published = rehearse(store, connection, facts, terms)
            prepared = embargoed(store).snapshots / published.digest
        paths = _copied(prepared, folder, facts)
    settle(store)
    return paths


def _previewed(connection: sa.Connection, at: Occasion) -> "sa.Row[Any]":
    facts = drafts.current_draft(connection, newest_releases(connection)[0])
    check_may_see(facts, at)
    check_step(facts, Step.PREVIEW)
    return facts


def _check_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        msg = f"{folder} holds files already; name an empty folder, or one that is not there yet"
        raise StoreError(msg)


def _copied(prepared: Path, folder: Path, facts: "sa.Row[Any]") -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        paths = copy_files(prepared, folder)
        mark = folder / MARK
        mark.write_text(_words(facts), encoding="utf-8")
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return (mark, *paths)


def _words(facts: "sa.Row[Any]") -> str:
    before = facts.publish_at or "it is published (no moment is set yet)"
    name = facts.release_id or "without a name yet"
    return (
        f"Release {name}: not for publication before {before}.\n"
        "These files are for checking and briefing by those who were given them. Do not pass "
        "them on, do not quote them, and delete them if the release is taken back.\n"
    )
