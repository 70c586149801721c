"""Signing off, accepting, sending back and withdrawing a version of a return.

An approver of the authority signs what the store holds, by its digest; a steward accepts just
that. Neither may be whoever did the step before.
"""

from typing import Final

import sqlalchemy as sa

from indicators.permissions import Action, require, require_other
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.occasions import Occasion
from indicators.store.return_tables import release_member
from indicators.store.returns import (
    ReturnEntry,
    ReturnError,
    ReturnState,
    Step,
    check_newest,
    check_step,
    data_digest,
    others_of,
    return_in,
    set_state,
    stored_rows,
)
from indicators.store.steps import reached

STATEMENT_VERSION: Final = "1"
STATEMENT: Final = (
    "I confirm on behalf of {authority} that this return holds the authority's own figures for "
    "{period} and no information about individual children."
)

_SHORTEST_REASON: Final = 10


class StaleSignOffError(ReturnError):
    """What was signed off is not what the store holds; it must be signed off again."""


def statement_for(store: Store, entry: ReturnEntry) -> str:
    """Return what an approver confirms by signing a return off."""
    name = store.places.area(entry.authority).name
    return STATEMENT.format(authority=name, period=entry.period)


def sign_off(store: Store, source: str, at: Occasion, *, digest: str = "") -> ReturnEntry:
    """Sign a version off for its authority, with the statement; binds it to its digest.

    Takes an approver of that authority who did not send it. With `digest`, only if the version
    still is what the approver looked at. Raises NotPermittedError or ReturnError.
    """
    with store.writing() as connection:
        entry = return_in(connection, source)
        require(at.actor, Action.SIGN_OFF, entry.authority)
        require_other(at.actor, entry.submitted_by, Action.SIGN_OFF)
        check_step(entry, Step.SIGN_OFF)
        check_newest(connection, entry, Step.SIGN_OFF)
        found = data_digest(stored_rows(connection, source))
        if found != entry.digest or digest not in ("", found):
            msg = f"{source} is not what was sent or looked at: send the return again and sign that"
            raise StaleSignOffError(msg)
        set_state(
            connection,
            entry,
            Step.SIGN_OFF,
            ReturnState.SIGNED_OFF,
            signed_off_by=at.actor.name,
            signed_off_at=at.moment,
            signed_digest=found,
        )
        note(connection, at, "sign a return off", source, f"statement {STATEMENT_VERSION}, {found}")
        reached("sign_off:written")
        return return_in(connection, source)


def accept(store: Store, source: str, at: Occasion) -> ReturnEntry:
    """Accept what was signed off, for the next release; older versions are superseded with it.

    Rows and digest are checked again. If they are not those that were signed, the sign-off is
    undone and StaleSignOffError raised. What a release pinned stays what that release has.
    """
    with store.writing() as connection:
        entry = return_in(connection, source)
        _check_reviewer(at, entry)
        check_step(entry, Step.ACCEPT)
        check_newest(connection, entry, Step.ACCEPT)
        is_signed = _is_as_signed(connection, entry)
        if is_signed:
            _supersede_others(connection, entry, at)
            reached("accept:superseded")
            state, step = ReturnState.ACCEPTED, Step.ACCEPT
            by = {"reviewed_by": at.actor.name, "reviewed_at": at.moment, "review_reason": ""}
        else:
            state, step = ReturnState.READY, Step.UNDO_SIGN_OFF
            by = dict.fromkeys(("signed_off_by", "signed_off_at", "signed_digest"), "")
        set_state(connection, entry, step, state, **by)
        note(connection, at, "accept a return" if is_signed else "undo a sign-off", source, "")
        changed = return_in(connection, source)
    if not is_signed:
        msg = f"{source} changed after it was signed off: it must be signed off again"
        raise StaleSignOffError(msg)
    return changed


def _check_reviewer(at: Occasion, entry: ReturnEntry) -> None:
    require(at.actor, Action.REVIEW, entry.authority)
    require_other(at.actor, entry.submitted_by, Action.REVIEW)
    require_other(at.actor, entry.signed_off_by, Action.REVIEW)


def _is_as_signed(connection: sa.Connection, entry: ReturnEntry) -> bool:
    rows = stored_rows(connection, entry.source)
    found = data_digest(rows)
    is_same = found == entry.signed_digest == entry.digest
    return is_same and len(rows) == entry.row_count


def _supersede_others(connection: sa.Connection, entry: ReturnEntry, at: Occasion) -> None:
    for other in others_of(connection, entry):
        is_older = other.version < entry.version and other.state in _IN_THE_RUNNING
        if is_older or other.state == ReturnState.ACCEPTED:
            set_state(connection, other, Step.SUPERSEDE, ReturnState.SUPERSEDED)
            note(connection, at, "supersede a return", other.source, f"by {entry.source}")


_IN_THE_RUNNING: Final = frozenset(
    {ReturnState.NEEDS_EXPLANATION, ReturnState.READY, ReturnState.SIGNED_OFF}
)


def send_back(store: Store, source: str, reason: str, at: Occasion) -> ReturnEntry:
    """Send back what was signed off, with the reason; the authority sends a new version."""
    with store.writing() as connection:
        entry = return_in(connection, source)
        _check_reviewer(at, entry)
        check_step(entry, Step.SEND_BACK)
        set_state(
            connection,
            entry,
            Step.SEND_BACK,
            ReturnState.RETURNED,
            reviewed_by=at.actor.name,
            reviewed_at=at.moment,
            review_reason=_checked_reason(reason),
        )
        note(connection, at, "send a return back", source, "")
        return return_in(connection, source)


def withdraw(store: Store, source: str, reason: str, at: Occasion) -> ReturnEntry:
    """Take a version back for its authority, unless a release has it."""
    with store.writing() as connection:
        entry = return_in(connection, source)
        require(at.actor, Action.WITHDRAW_RETURN, entry.authority)
        check_step(entry, Step.WITHDRAW)
        if is_pinned(connection, entry):
            msg = (
                f"{source} is in a release and cannot be withdrawn; "
                "send a corrected version, which replaces it in the next release"
            )
            raise ReturnError(msg)
        set_state(
            connection,
            entry,
            Step.WITHDRAW,
            ReturnState.WITHDRAWN,
            review_reason=_checked_reason(reason),
        )
        note(connection, at, "withdraw a return", source, f"was {entry.state}")
        return return_in(connection, source)


def is_pinned(connection: sa.Connection, entry: ReturnEntry) -> bool:
    """Say whether a release has a version, published or being made."""
    query = sa.select(sa.func.count()).where(release_member.c.source == entry.source)
    return entry.release is not None or bool(connection.scalar(query))


def _checked_reason(reason: str) -> str:
    text = " ".join(reason.split())
    if len(text) < _SHORTEST_REASON:
        msg = f"give the reason in at least {_SHORTEST_REASON} characters; the other side reads it"
        raise ReturnError(msg)
    return text
