"""Returns: their versions, the states they go through, and who may see which.

A return is one authority's counts for one collection and period; each version of it has a source
id. What may follow on what is a table, and nothing changes a state past it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from indicators.permissions import OWN_ONLY, Actor
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.return_tables import submission, submission_value

CountRow = tuple[str, str, str, float | None, str]
"""Measure, breakdown type, breakdown, value and status, as digests are made of them."""


class ReturnError(StoreError):
    """A return cannot be dealt with as asked; the message says how it stands and what to do."""


class ReturnState(StrEnum):
    """How a version of a return stands."""

    NEEDS_EXPLANATION = "needs_explanation"
    READY = "ready"
    SIGNED_OFF = "signed_off"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What can be done to a version of a return."""

    EXPLAIN = "explained"
    SIGN_OFF = "signed off"
    UNDO_SIGN_OFF = "taken back to be signed off again"
    ACCEPT = "accepted"
    SEND_BACK = "sent back"
    SUPERSEDE = "superseded"
    WITHDRAW = "withdrawn"
    REOPEN = "sent again"


_WAITING: Final = frozenset({ReturnState.NEEDS_EXPLANATION, ReturnState.READY})
OPEN: Final = _WAITING | {ReturnState.SIGNED_OFF}
"""On its way: neither accepted yet, nor out of the running."""

CLOSED: Final = frozenset({ReturnState.RETURNED, ReturnState.SUPERSEDED, ReturnState.WITHDRAWN})
"""Out of the running, until exactly the same figures are sent again."""

TRANSITIONS: Final[Mapping[Step, tuple[frozenset[ReturnState], frozenset[ReturnState]]]] = {
    Step.EXPLAIN: (_WAITING, _WAITING),
    Step.SIGN_OFF: (frozenset({ReturnState.READY}), frozenset({ReturnState.SIGNED_OFF})),
    Step.UNDO_SIGN_OFF: (frozenset({ReturnState.SIGNED_OFF}), frozenset({ReturnState.READY})),
    Step.ACCEPT: (frozenset({ReturnState.SIGNED_OFF}), frozenset({ReturnState.ACCEPTED})),
    Step.SEND_BACK: (frozenset({ReturnState.SIGNED_OFF}), frozenset({ReturnState.RETURNED})),
    Step.SUPERSEDE: (OPEN | {ReturnState.ACCEPTED}, frozenset({ReturnState.SUPERSEDED})),
    Step.WITHDRAW: (
        OPEN | {ReturnState.ACCEPTED, ReturnState.RETURNED},
        frozenset({ReturnState.WITHDRAWN}),
    ),
    Step.REOPEN: (CLOSED, _WAITING),
}
"""For each step, the states it may start from and those it may end in."""


@dataclass(frozen=True)
class ReturnEntry:
    """One version of a return, without its figures; `source` is its id everywhere."""

    source: str
    authority: str
    collection: str
    period: str
    version: int
    digest: str
    state: str
    received_at: str
    release: int | None
    receipt: str
    channel: str
    submitted_by: str
    submission_reason: str
    replaces: str
    ruleset: str
    signed_off_by: str
    signed_off_at: str
    signed_digest: str
    reviewed_by: str
    reviewed_at: str
    review_reason: str
    row_count: int


def list_returns(
    store: Store,
    actor: Actor,
    *,
    authority: str = "",
    collection: str = "",
    period: str = "",
    state: str = "",
) -> tuple[ReturnEntry, ...]:
    """Return versions in order of authority, collection, period; no figure is in them.

    Whoever acts for one authority sees its own alone.
    """
    wanted = {
        "authority": actor.authority if actor.role in OWN_ONLY else authority,
        "collection": collection,
        "period": period,
        "state": state,
    }
    order = (submission.c[name] for name in ("authority", "collection", "period", "version"))
    query = sa.select(submission).order_by(*order)
    for name, text in wanted.items():
        if text:
            query = query.where(submission.c[name] == text)
    with store.reading() as connection:
        return tuple(map(as_entry, connection.execute(query)))


def as_entry(row: "sa.Row[Any]") -> ReturnEntry:
    """Return a row of submissions as an entry."""
    return ReturnEntry(**row._mapping)


def find_return(store: Store, source: str, actor: Actor) -> ReturnEntry:
    """Return one version; raises ReturnError, also to those whose authority it is not."""
    with store.reading() as connection:
        entry = return_in(connection, source)
    if actor.role in OWN_ONLY and actor.authority != entry.authority:
        raise _unknown(source)
    return entry


def return_in(connection: sa.Connection, source: str) -> ReturnEntry:
    """Return one version; raises ReturnError when there is none of that id."""
    query = sa.select(submission).where(submission.c.source == source)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise _unknown(source)
    return as_entry(found)


def _unknown(source: str) -> ReturnError:
    return ReturnError(f"there is no return '{source}'; `outcomes submission list` names them")


def versions_of(
    connection: sa.Connection, authority: str, collection: str, period: str
) -> tuple[ReturnEntry, ...]:
    """Return every version of one return, oldest first."""
    query = (
        sa.select(submission)
        .where(
            submission.c.authority == authority,
            submission.c.collection == collection,
            submission.c.period == period,
        )
        .order_by(submission.c.version)
    )
    return tuple(map(as_entry, connection.execute(query)))


def others_of(connection: sa.Connection, entry: ReturnEntry) -> tuple[ReturnEntry, ...]:
    """Return the other versions of the same return."""
    held = versions_of(connection, entry.authority, entry.collection, entry.period)
    return tuple(other for other in held if other.source != entry.source)


def check_step(entry: ReturnEntry, step: Step) -> None:
    """Raise ReturnError unless a version may take this step as it stands."""
    allowed = TRANSITIONS[step][0]
    if entry.state in allowed:
        return
    wanted = " or ".join(state.replace("_", " ") for state in ReturnState if state in allowed)
    stands = entry.state.replace("_", " ")
    msg = f"{entry.source} is {stands}; only a return that is {wanted} can be {step}"
    raise ReturnError(msg)


def check_newest(connection: sa.Connection, entry: ReturnEntry, step: Step) -> None:
    """Raise ReturnError if a newer version is on its way: that one is meant."""
    newer = [
        other
        for other in others_of(connection, entry)
        if other.version > entry.version and other.state in OPEN
    ]
    if newer:
        msg = (
            f"{newer[-1].source} is newer, so {entry.source} cannot be {step}; "
            "deal with the newer one, or have it withdrawn"
        )
        raise ReturnError(msg)


def set_state(
    connection: sa.Connection, entry: ReturnEntry, step: Step, to: ReturnState, **columns: str
) -> None:
    """Take a step; raises ReturnError for one that the table does not allow."""
    check_step(entry, step)
    if to not in TRANSITIONS[step][1]:
        msg = f"a return that is {step} cannot become {to}"
        raise ReturnError(msg)
    connection.execute(
        sa.update(submission)
        .where(submission.c.source == entry.source)
        .values(state=to.value, **columns)
    )


def data_digest(rows: Iterable[CountRow]) -> str:
    """Return the SHA-256 of what a return counts, whatever the order; notes make no difference."""
    # A whole number and the same one as a float are one value.
    plain = ((m, t, b, None if v is None else float(v), s) for m, t, b, v, s in rows)
    ordered = sorted(plain, key=lambda row: row[:3])
    return hashlib.sha256(repr(ordered).encode()).hexdigest()


def stored_rows(connection: sa.Connection, source: str) -> list[CountRow]:
    """Return the counts of a version as they lie in the store, in order of their key."""
    columns = ("measure", "breakdown_type", "breakdown", "value", "status")
    query = sa.select(*(submission_value.c[name] for name in columns)).where(
        submission_value.c.source == source
    )
    found = (
        (str(m), str(t), str(b), None if v is None else float(v), str(s))
        for m, t, b, v, s in connection.execute(query)
    )
    return sorted(found, key=lambda row: row[:3])
