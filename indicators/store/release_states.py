"""The states of a release in the making, and which step is possible from which."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from indicators.store.errors import StoreError


class State(StrEnum):
    """How far the draft has come; a published release is no draft any more."""

    DRAFT = "draft"
    FROZEN = "frozen"
    PROTECTED = "protected"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


class Step(StrEnum):
    """What may be done with the draft."""

    LOAD = "be added to"
    AMEND = "become an amendment"
    FREEZE = "be frozen"
    PROTECT = "be protected"
    APPROVE = "be approved"
    SCHEDULE = "be scheduled"
    PUBLISH = "be published"
    REOPEN = "be reopened"
    PREVIEW = "be previewed"


POSSIBLE: Final[Mapping[Step, frozenset[State]]] = {
    Step.LOAD: frozenset(State) - {State.SCHEDULED},
    Step.AMEND: frozenset(State) - {State.SCHEDULED},
    Step.FREEZE: frozenset({State.DRAFT}),
    Step.PROTECT: frozenset({State.FROZEN, State.PROTECTED}),
    Step.APPROVE: frozenset({State.PROTECTED}),
    Step.SCHEDULE: frozenset({State.APPROVED}),
    Step.PUBLISH: frozenset({State.APPROVED}),
    Step.REOPEN: frozenset(State) - {State.DRAFT},
    Step.PREVIEW: frozenset({State.PROTECTED, State.APPROVED, State.SCHEDULED}),
}
"""From which states each step may be taken; whatever is not here is refused."""

_NEXT: Final[Mapping[State, str]] = {
    State.DRAFT: "freeze it with `outcomes release freeze`",
    State.FROZEN: "protect it with `outcomes release protect`",
    State.PROTECTED: "have somebody else approve it with `outcomes release approve`",
    State.APPROVED: "publish it, or schedule it with `outcomes release schedule --at`",
    State.SCHEDULED: "wait for its moment, or take it back with `outcomes release reopen`",
}


def state_of(facts: "sa.Row[Any]") -> State:
    """Return the state of the draft; one kept before there were states is a draft."""
    return State(facts.state or State.DRAFT)


def next_step(facts: "sa.Row[Any]") -> str:
    """Say what comes next for the draft."""
    return _NEXT[state_of(facts)]


def check_step(facts: "sa.Row[Any]", step: Step) -> None:
    """Raise StoreError unless the draft may take this step now."""
    state = state_of(facts)
    if state in POSSIBLE[step]:
        return
    scheduled = f" for {facts.publish_at}" if state is State.SCHEDULED else ""
    msg = f"this release is {state}{scheduled} and cannot {step} now: {_NEXT[state]}"
    raise StoreError(msg)


def refuse_while_scheduled(facts: "sa.Row[Any] | None") -> None:
    """Raise StoreError while a release waits for its moment: nothing may come out before it."""
    if facts is not None and state_of(facts) is State.SCHEDULED:
        msg = (
            f"release {facts.release_id} is scheduled for {facts.publish_at} and no other release "
            "comes out before it: wait, or take it back with `outcomes release reopen`"
        )
        raise StoreError(msg)
