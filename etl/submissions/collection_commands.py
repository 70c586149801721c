"""The commands about collections and expected returns: each gives a text and an exit code."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from etl.settings import Settings
from etl.store_commands import Answer, on_store
from indicators.draft import Decision
from indicators.store import Store
from indicators.store.occasions import Occasion
from indicators.store.slot_lists import SlotEntry, count_states, list_slots
from indicators.store.slots import RoundError, SlotState, decide, extend, list_rounds, open_round
from reference.periods import parse_period

Scope = tuple[str, str, str]
"""Authority, collection and period, as they were typed."""

_NO_DECISION = "none"


def open_command(
    collection: str, period: str, days: Sequence[date | None], settings: Settings, token: str
) -> Answer:
    """Open a collection for a period."""
    opens_on, due_on, closes_on = days

    def opened(store: Store, at: Occasion) -> str:
        count = open_round(
            store,
            collection.upper(),
            period,
            at,
            opens_on=opens_on,
            due_on=due_on,
            closes_on=closes_on,
        )
        return f"open: {collection.upper()} {period}, {count:,} returns expected"

    return on_store(settings, opened, token=token)


def list_command(
    collection: str, period: str, authority: str, settings: Settings, token: str
) -> Answer:
    """Count how expected returns stand, and name them where the choice is narrow."""

    def listed(store: Store, at: Occasion) -> str:
        slots = list_slots(
            store,
            at.actor,
            at.today,
            collection=collection.upper(),
            period=period,
            authority=store.places.resolve(authority).code if authority else "",
        )
        lines = [*_rounds(store, slots), *(map(_line, slots) if period or authority else ())]
        return "\n".join(lines) or "no collection is open; `outcomes collection open` opens one"

    return on_store(settings, listed, token=token)


def _rounds(store: Store, slots: Sequence[SlotEntry]) -> Iterator[str]:
    for one in list_rounds(store):
        mine = [s for s in slots if (s.collection, s.period) == (one.collection, one.period)]
        if mine:
            states = count_states(mine).items()
            counted = ", ".join(f"{n:,} {state.replace('_', ' ')}" for state, n in states)
            due = f", due {one.due_on}" if one.due_on else ""
            yield f"{one.collection} {one.period}{due}: {counted}"


def _line(slot: SlotEntry) -> str:
    parts = [
        f"  {slot.authority}  {slot.collection} {slot.period}  {slot.state.replace('_', ' ')}",
        f"until {slot.extended_to}" if slot.extended_to else "",
        f"{slot.decision}: {slot.decision_reason}" if slot.decision else "",
    ]
    return "  ".join(part for part in parts if part)


def extend_command(scope: Scope, until: date, settings: Settings, token: str) -> Answer:
    """Give one authority until a later day."""

    def extended(store: Store, at: Occasion) -> str:
        known = _known(store, scope)
        extend(store, *known, until, at)
        return f"extended: {' '.join(known)} until {until.isoformat()}"

    return on_store(settings, extended, token=token)


def decide_command(
    scope: Scope, decision: str, reason: str, settings: Settings, token: str
) -> Answer:
    """Decide about a return that is missing or cannot be relied on."""

    def decided(store: Store, at: Occasion) -> str:
        known = _known(store, scope)
        decide(store, *known, _decision(decision), reason, at)
        return f"decided: {' '.join(known)} {decision}"

    return on_store(settings, decided, token=token)


def decide_missing_command(
    collection: str, period: str, decision: str, reason: str, settings: Settings, token: str
) -> Answer:
    """Decide the same about every return of a round that never came and is not decided about."""

    def decided(store: Store, at: Occasion) -> str:
        known = (collection.upper(), parse_period(period).id)
        chosen = _decision(decision)
        slots = list_slots(store, at.actor, at.today, collection=known[0], period=known[1])
        missing = [slot for slot in slots if slot.state in _NEVER_CAME and not slot.decision]
        for slot in missing:
            decide(store, slot.authority, *known, chosen, reason, at)
        return f"decided: {len(missing):,} returns of {' '.join(known)} {decision}"

    return on_store(settings, decided, token=token)


_NEVER_CAME: Final = frozenset({SlotState.NOT_STARTED, SlotState.LATE, SlotState.EXTENDED})


def _known(store: Store, scope: Scope) -> Scope:
    authority, collection, period = scope
    return store.places.resolve(authority).code, collection.upper(), parse_period(period).id


def _decision(text: str) -> Decision | None:
    if text == _NO_DECISION:
        return None
    try:
        return Decision(text)
    except ValueError:
        known = ", ".join(Decision)
        msg = f"'{text}' is not a decision; use one of {known}, or {_NO_DECISION}"
        raise RoundError(msg) from None
