"""Expected returns: a slot for every authority, and how it stands on a day."""

from datetime import date

import pytest

from indicators.draft import Decision
from indicators.permissions import NotPermittedError
from indicators.store import Store
from indicators.store.reviewing import accept, sign_off
from indicators.store.slot_lists import list_slots
from indicators.store.slots import SlotFacts, SlotState, decide, extend, open_round, slot_state
from tests.indicators.store.accepting import STEWARD, approver, submitter
from tests.indicators.store.made_up_returns import NOW, ONE, on, sent


def test_a_round_makes_a_slot_for_every_authority_and_follows_its_return(store: Store) -> None:
    count = open_round(store, "CLA", "RY2025", on(STEWARD), due_on=date(2025, 8, 1))
    assert count == len(store.places.authorities(date(2025, 3, 31)))
    assert mine(store) is SlotState.LATE
    extend(store, ONE, "CLA", "RY2025", date(2025, 10, 1), on(STEWARD))
    assert mine(store) is SlotState.EXTENDED
    source = sent(store)
    assert mine(store) is SlotState.SUBMITTED
    sign_off(store, source, on(approver(ONE)))
    accept(store, source, on(STEWARD))
    assert mine(store) is SlotState.ACCEPTED
    reason = "attack on its computers"
    decide(store, ONE, "CLA", "RY2025", Decision.IMPUTED, reason, on(STEWARD))
    assert mine(store) is SlotState.MISSING_IMPUTED
    with pytest.raises(NotPermittedError):
        decide(store, ONE, "CLA", "RY2025", Decision.EXEMPT, reason, on(approver(ONE)))


def mine(store: Store) -> SlotState:
    [slot] = list_slots(store, submitter(ONE), NOW.date())
    return slot.state


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (SlotFacts(), SlotState.NOT_STARTED),
        (SlotFacts(has_failed=True), SlotState.IN_PROGRESS),
        (SlotFacts(states=frozenset({"needs_explanation"})), SlotState.IN_PROGRESS),
        (SlotFacts(due_on="2025-09-01"), SlotState.NOT_STARTED),
        (SlotFacts(due_on="2025-08-31"), SlotState.LATE),
        (SlotFacts(due_on="2025-08-31", states=frozenset({"ready"})), SlotState.SUBMITTED),
        (SlotFacts(decision="exempt", states=frozenset({"accepted"})), SlotState.EXEMPT),
        (SlotFacts(due_on="2025-08-31", decision="unreliable"), SlotState.MISSING_EXCLUDED),
    ],
)
def test_the_state_of_a_slot_follows_from_facts_and_the_day(
    facts: SlotFacts, state: SlotState
) -> None:
    assert slot_state(facts, NOW.date()) is state
