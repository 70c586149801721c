"""How every expected return stands today, from slots, versions and what was sent."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from indicators.permissions import OWN_ONLY, Actor
from indicators.store.connect import Store
from indicators.store.receiving import ReceiptState
from indicators.store.return_tables import collection_round, receipt, return_slot, submission
from indicators.store.slots import SlotFacts, SlotState, slot_state


@dataclass(frozen=True)
class SlotEntry:
    """One expected return: how it stands, until when it is due, and what was decided."""

    authority: str
    collection: str
    period: str
    state: SlotState
    due_on: str
    extended_to: str
    decision: str
    decision_reason: str
    decided_by: str


def list_slots(
    store: Store,
    actor: Actor,
    today: date,
    *,
    collection: str = "",
    period: str = "",
    authority: str = "",
) -> tuple[SlotEntry, ...]:
    """Return the slots and how they stand; whoever acts for one authority sees its own alone."""
    wanted = actor.authority if actor.role in OWN_ONLY else authority
    with store.reading() as connection:
        return slots_in(connection, today, collection=collection, period=period, authority=wanted)


def slots_in(
    connection: sa.Connection,
    today: date,
    *,
    collection: str = "",
    period: str = "",
    authority: str = "",
) -> tuple[SlotEntry, ...]:
    """Return the slots and how they stand, in order of period, collection and authority."""
    order = (return_slot.c[name] for name in ("period", "collection", "authority"))
    query = sa.select(return_slot).order_by(*order)
    named = {"collection": collection, "period": period, "authority": authority}
    for name, text in named.items():
        if text:
            query = query.where(return_slot.c[name] == text)
    due = {
        (row.collection, row.period): row.due_on
        for row in connection.execute(sa.select(collection_round))
    }
    states, failed = _states(connection), _failed(connection)
    return tuple(_slot(row, due, states, failed, today) for row in connection.execute(query))


_Scope = tuple[str, str, str]


def _slot(
    row: "sa.Row[Any]",
    due: dict[tuple[str, str], str],
    states: dict[_Scope, set[str]],
    failed: set[_Scope],
    today: date,
) -> SlotEntry:
    scope = (row.authority, row.collection, row.period)
    due_on = due.get(scope[1:], "")
    facts = SlotFacts(
        due_on, row.extended_to, row.decision, frozenset(states[scope]), scope in failed
    )
    return SlotEntry(
        *scope,
        slot_state(facts, today),
        due_on,
        row.extended_to,
        row.decision,
        row.decision_reason,
        row.decided_by,
    )


def _states(connection: sa.Connection) -> dict[_Scope, set[str]]:
    columns = (submission.c[name] for name in ("authority", "collection", "period", "state"))
    found: dict[_Scope, set[str]] = defaultdict(set)
    for authority, collection, period, state in connection.execute(sa.select(*columns)):
        found[authority, collection, period].add(state)
    return found


def _failed(connection: sa.Connection) -> set[_Scope]:
    columns = (receipt.c[name] for name in ("authority", "collection", "period"))
    query = sa.select(*columns).where(receipt.c.state == ReceiptState.FAILED.value)
    return {(row[0], row[1], row[2]) for row in connection.execute(query)}


def count_states(slots: Iterable[SlotEntry]) -> dict[SlotState, int]:
    """Return how many slots are in each state, those with none left out."""
    held = list(slots)
    counts = {state: sum(slot.state is state for slot in held) for state in SlotState}
    return {state: number for state, number in counts.items() if number}
