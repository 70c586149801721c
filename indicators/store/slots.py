"""Rounds of collection, and a slot for each return that is expected: late and missing are states.

A slot holds only what a steward decided. How it stands follows from that, from what was sent, and
from the day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from indicators.draft import Decision
from indicators.measures import load_measures
from indicators.permissions import Action, require
from indicators.store.auditing import note
from indicators.store.connect import Store
from indicators.store.errors import StoreError
from indicators.store.occasions import Occasion
from indicators.store.return_tables import collection_round, return_slot
from indicators.store.returns import ReturnState
from reference.periods import Period, parse_period


class RoundError(StoreError):
    """A round or a slot cannot be dealt with as asked; the message says what to do."""


class SlotState(StrEnum):
    """How an expected return stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    SIGNED_OFF = "signed_off"
    ACCEPTED = "accepted"
    LATE = "late"
    EXTENDED = "extended"
    EXEMPT = "exempt"
    MISSING_IMPUTED = "missing_imputed"
    MISSING_EXCLUDED = "missing_excluded"


@dataclass(frozen=True)
class RoundEntry:
    """One collection and period, with its days as text; empty where none was set."""

    collection: str
    period: str
    opens_on: str
    due_on: str
    closes_on: str
    opened_by: str
    opened_at: str


@dataclass(frozen=True)
class SlotFacts:
    """What the state of a slot follows from; `states` are those of its versions."""

    due_on: str = ""
    extended_to: str = ""
    decision: str = ""
    states: frozenset[str] = frozenset()
    has_failed: bool = False


_DECIDED: Final = {
    Decision.EXEMPT: SlotState.EXEMPT,
    Decision.IMPUTED: SlotState.MISSING_IMPUTED,
    Decision.EXCLUDED: SlotState.MISSING_EXCLUDED,
}
_BY_RETURN: Final = (
    (ReturnState.ACCEPTED, SlotState.ACCEPTED),
    (ReturnState.SIGNED_OFF, SlotState.SIGNED_OFF),
    (ReturnState.READY, SlotState.SUBMITTED),
)
_BEGUN: Final = frozenset({ReturnState.NEEDS_EXPLANATION, ReturnState.RETURNED})


def slot_state(facts: SlotFacts, today: date) -> SlotState:
    """Return how an expected return stands on a day.

    A decision comes first, then the furthest version; without one that could be signed off it is
    late after the day it was due, or the day that was extended to.
    """
    for decision, decided in _DECIDED.items():
        if facts.decision == decision:
            return decided
    for state, reached_by in _BY_RETURN:
        if state in facts.states:
            return reached_by
    until = facts.extended_to or facts.due_on
    if until and today > date.fromisoformat(until):
        unreliable = facts.decision == Decision.UNRELIABLE
        return SlotState.MISSING_EXCLUDED if unreliable else SlotState.LATE
    if facts.extended_to:
        return SlotState.EXTENDED
    is_begun = facts.has_failed or bool(facts.states & _BEGUN)
    return SlotState.IN_PROGRESS if is_begun else SlotState.NOT_STARTED


def open_round(
    store: Store,
    collection: str,
    period: str,
    at: Occasion,
    *,
    opens_on: date | None = None,
    due_on: date | None = None,
    closes_on: date | None = None,
) -> int:
    """Open a collection for a period, with a slot for every authority; return how many.

    Slots are for the authorities that exist at the end of the period.
    """
    require(at.actor, Action.MANAGE_ROUNDS)
    scope = _checked_scope(collection, period)
    days = _checked_days(opens_on, due_on, closes_on)
    authorities = [area.code for area in store.places.authorities(scope.end)]
    with store.writing() as connection:
        if _round_in(connection, collection, scope.id) is not None:
            msg = f"{collection} {scope.id} is open already; `outcomes collection list` shows it"
            raise RoundError(msg)
        connection.execute(
            sa.insert(collection_round).values(
                collection=collection,
                period=scope.id,
                opened_by=at.actor.name,
                opened_at=at.moment,
                **days,
            )
        )
        rows = [
            {"authority": code, "collection": collection, "period": scope.id}
            for code in authorities
        ]
        connection.execute(sa.insert(return_slot), rows)
        detail = f"{len(rows)} slots, due {days['due_on'] or 'without a day'}"
        note(connection, at, "open a collection", f"{collection} {scope.id}", detail)
    return len(rows)


def _checked_scope(collection: str, period: str) -> Period:
    known = load_measures().collections
    if collection not in known:
        msg = f"'{collection}' is no collection; use one of {', '.join(known)}"
        raise RoundError(msg)
    scope = parse_period(period)
    if scope.kind not in known[collection].period_kinds:
        kinds = " or ".join(known[collection].period_kinds)
        msg = f"{collection} is not collected for {scope.id}; give a period of the kind {kinds}"
        raise RoundError(msg)
    return scope


def _checked_days(
    opens_on: date | None, due_on: date | None, closes_on: date | None
) -> dict[str, str]:
    given = [day for day in (opens_on, due_on, closes_on) if day is not None]
    if given != sorted(given):
        msg = "the days must follow each other: open, due, close"
        raise RoundError(msg)
    named = {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}
    return {name: day.isoformat() if day else "" for name, day in named.items()}


def _round_in(connection: sa.Connection, collection: str, period: str) -> RoundEntry | None:
    query = sa.select(collection_round).where(
        collection_round.c.collection == collection, collection_round.c.period == period
    )
    found = connection.execute(query).one_or_none()
    return None if found is None else RoundEntry(**found._mapping)


def list_rounds(store: Store) -> tuple[RoundEntry, ...]:
    """Return every round, by period and collection."""
    query = sa.select(collection_round).order_by(
        collection_round.c.period, collection_round.c.collection
    )
    with store.reading() as connection:
        return tuple(RoundEntry(**row._mapping) for row in connection.execute(query))


def list_extensions(store: Store) -> dict[tuple[str, str, str], str]:
    """Return until when whose return was extended: by authority, collection and period."""
    columns = ("authority", "collection", "period", "extended_to")
    query = sa.select(*(return_slot.c[name] for name in columns)).where(
        return_slot.c.extended_to != ""
    )
    with store.reading() as connection:
        return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def extend(
    store: Store, authority: str, collection: str, period: str, until: date, at: Occasion
) -> None:
    """Give one authority until a later day."""
    require(at.actor, Action.MANAGE_ROUNDS)
    with store.writing() as connection:
        found = _round_in(connection, collection, period)
        due = found.due_on if found is not None else ""
        if due and until <= date.fromisoformat(due):
            msg = f"{collection} {period} is due on {due}; an extension is to a later day"
            raise RoundError(msg)
        _update_slot(connection, (authority, collection, period), extended_to=until.isoformat())
        subject = f"{authority} {collection} {period}"
        note(connection, at, "extend a return", subject, until.isoformat())


def decide(
    store: Store,
    authority: str,
    collection: str,
    period: str,
    decision: Decision | None,
    reason: str,
    at: Occasion,
) -> None:
    """Decide about a return that is missing or cannot be relied on; None takes it back."""
    require(at.actor, Action.MANAGE_ROUNDS)
    text = " ".join(reason.split())
    if len(text) < _SHORTEST_REASON:
        msg = f"give the reason in at least {_SHORTEST_REASON} characters"
        raise RoundError(msg)
    with store.writing() as connection:
        _update_slot(
            connection,
            (authority, collection, period),
            decision=decision.value if decision else "",
            decision_reason=text,
            decided_by=at.actor.name,
            decided_at=at.moment,
        )
        subject = f"{authority} {collection} {period}"
        note(connection, at, "decide about a return", subject, decision or "no decision")


_SHORTEST_REASON: Final = 10


def _update_slot(connection: sa.Connection, scope: tuple[str, str, str], **columns: str) -> None:
    names = ("authority", "collection", "period")
    mine = (return_slot.c[name] == text for name, text in zip(names, scope, strict=True))
    changed = connection.execute(sa.update(return_slot).where(*mine).values(**columns))
    if changed.rowcount == 0:
        msg = (
            f"no return {scope[1]} {scope[2]} of {scope[0]} is expected; "
            "open the collection first (outcomes collection open)"
        )
        raise RoundError(msg)
