"""Between frozen and published: disclosure control, approval by somebody else, and the way back."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any, Final

import sqlalchemy as sa

from indicators.assembly import known_sources
from indicators.draft import DraftRelease
from indicators.permissions import Action, Actor, require, require_other
from indicators.store import drafts, records
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.earlier import earlier_releases
from indicators.store.errors import StoreError, UnprotectedError
from indicators.store.freezing import SUBMISSIONS_POLICY
from indicators.store.members import decisions_of, pinned, pinned_counts
from indicators.store.occasions import Occasion
from indicators.store.publishing import newest_releases
from indicators.store.reconciling import settle
from indicators.store.release_states import State, Step, check_step
from indicators.store.return_tables import suppression_decision
from indicators.store.steps import reached

Protect = Callable[[DraftRelease], DraftRelease]

NAMES_JOINED_BY: Final = "; "


def protect_release(
    store: Store,
    at: Occasion,
    *,
    policy: str = "",
    reason: str = "",
    protect: Protect | None = None,
) -> str:
    """Let the pinned counts through disclosure control; only what it lets out is kept.

    Without a `policy` the one for submissions applies; another takes a publisher and a reason,
    which readers are told. Raises StoreError, UnprotectedError or NotPermittedError.
    """
    chosen = policy or SUBMISSIONS_POLICY
    _check_may_protect(at.actor, chosen, reason)
    with store.writing() as connection:
        facts = drafts.current_draft(connection, newest_releases(connection)[0])
        check_step(facts, Step.PROTECT)
        drafted = _with_counts(connection, facts)
        if facts.has_submissions:
            drafted = _protected(drafted, protect or _by_policy(chosen))
        reached("protect:protected")
        drafts.save_protected(connection, drafted, reason.strip())
        _keep_decisions(connection, drafted)
        drafts.change_draft(connection, prepared_by=_joined(facts.prepared_by, at.actor.name))
        hidden = drafted.protection.suppressed if drafted.protection else 0
        applied = drafted.protection.policy if drafted.protection else ""
        note(connection, at, "protect", facts.release_id or "", f"policy {applied or 'none'}")
        reached("protect:noted")
    reached("protect:committed")
    under = f"under the policy {applied}, {hidden} counts hidden" if applied else "nothing to hide"
    return f"protected, {under}; have somebody else approve it with `outcomes release approve`"


def _check_may_protect(actor: Actor, policy: str, reason: str) -> None:
    if policy == SUBMISSIONS_POLICY:
        require(actor, Action.PROTECT)
        return
    require(actor, Action.CHOOSE_POLICY)
    if not reason.strip():
        msg = f"give the reason for the policy {policy}; readers are told it"
        raise StoreError(msg)


def _with_counts(connection: sa.Connection, facts: "sa.Row[Any]") -> DraftRelease:
    """Return the draft with the counts that it pinned, as disclosure control takes it."""
    drafts.drop_provisional(connection)
    drafted = drafts.read_draft(connection, facts)
    members = pinned(connection)
    sources = known_sources(drafted.sources, records.read_sources(connection))
    return replace(
        drafted,
        sources=tuple(sources[name] for name in sorted(sources)),
        submitted=pinned_counts(connection, members),
        decisions=decisions_of(members),
        redactions=records.read_redactions(connection),
        earlier=earlier_releases(connection),
        protection=None,
    )


def _by_policy(policy: str) -> Protect:
    # Imported here: most releases hold no submissions.
    from indicators.disclosure import protect

    return partial(protect, policy=policy)


def _protected(drafted: DraftRelease, protect: Protect) -> DraftRelease:
    from indicators.disclosure import DisclosureError

    try:
        return protect(drafted)
    except DisclosureError as error:
        raise UnprotectedError(str(error)) from error


def _keep_decisions(connection: sa.Connection, drafted: DraftRelease) -> None:
    """Keep why each count is hidden with the draft, where disclosure control says so."""
    decisions = drafted.protection.decisions if drafted.protection else ()
    connection.execute(
        sa.delete(suppression_decision).where(suppression_decision.c.release == drafts.IN_DRAFT)
    )
    rows = [
        {"release": drafts.IN_DRAFT, "place": place, **asdict(decision)}
        for place, decision in enumerate(decisions, 1)
    ]
    if rows:
        connection.execute(sa.insert(suppression_decision), rows)


def _joined(names: str, name: str) -> str:
    """Add somebody to those who prepared a release."""
    held = names.split(NAMES_JOINED_BY) if names else []
    return NAMES_JOINED_BY.join(held if name in held else [*held, name])


def approve_release(store: Store, at: Occasion) -> str:
    """Approve exactly the figures that were protected; it takes somebody who did not prepare them.

    Raises StoreError, UnprotectedError or NotPermittedError.
    """
    require(at.actor, Action.APPROVE)
    with store.writing() as connection:
        facts = drafts.current_draft(connection, newest_releases(connection)[0])
        check_step(facts, Step.APPROVE)
        for name in facts.prepared_by.split(NAMES_JOINED_BY):
            require_other(at.actor, name, Action.APPROVE)
        drafted = drafts.read_draft(connection, facts)
        drafts.check_unchanged(drafted, facts)
        drafts.check_protection(drafted)
        drafts.change_draft(
            connection,
            state=State.APPROVED.value,
            approved_by=at.actor.name,
            approved_at=at.moment,
        )
        digest = facts.protected_digest
        note(connection, at, "approve", facts.release_id or "", f"figures {digest}")
        reached("approve:noted")
    reached("approve:committed")
    return (
        f"approved figures {digest[:12]}; publish with `outcomes release publish`, "
        "or schedule with `outcomes release schedule --at`"
    )


def reopen_release(store: Store, at: Occasion) -> str:
    """Take the release in the making back to a draft; approval and schedule are gone.

    Raises StoreError or NotPermittedError.
    """
    require(at.actor, Action.REOPEN)
    with store.writing() as connection:
        facts = drafts.draft_facts(connection)
        if facts is None:
            raise StoreError(drafts.NO_DRAFT)
        check_step(facts, Step.REOPEN)
        drafts.begin_again(connection)
        note(connection, at, "reopen", facts.release_id or "", f"was {facts.state}")
        reached("reopen:noted")
    reached("reopen:committed")
    settle(store)
    return "a draft again: nothing of it is pinned, protected, approved or scheduled any more"
