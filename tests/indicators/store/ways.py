"""People with roles, and short ways for a release to go from a draft to published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from indicators.cell_frames import as_cells, cells_digest, stacked
from indicators.draft import DraftRelease, Protection
from indicators.model import Indicator
from indicators.permissions import Actor, Role
from indicators.store import (
    ReleaseOutcome,
    Store,
    approve_release,
    draft_release,
    freeze_release,
    protect_release,
    publish_draft,
    schedule_release,
)
from indicators.store.occasions import Occasion
from indicators.store.release_states import State
from tests.builders import a_cell, cells_of, vintage
from tests.indicators.store.accepting import accept_submission
from tests.indicators.store.published import ALVERBY, BRENNOWCOMBE, INDICATORS, NOW, on, publish

STEWARD = Actor("Stella Steward", Role.STEWARD)
PUBLISHER = Actor("Peter Publisher", Role.PUBLISHER)
OTHER_PUBLISHER = Actor("Paula Publisher", Role.PUBLISHER)
VIEWER = Actor("Vera Viewer", Role.VIEWER)
AUDITOR = Actor("Alan Auditor", Role.AUDITOR)

THEN = vintage(2024, a_cell(ALVERBY, "RY2024", 10))
NEXT = vintage(2025, a_cell(ALVERBY, "RY2025", 11))
LATER = NOW + timedelta(days=3)

Protect = Callable[[DraftRelease], DraftRelease]


RETURN = pd.DataFrame(
    [("CLA", "TOTAL", "ALL", 41.0, "ok"), ("CLA3", "TOTAL", "ALL", float("nan"), "missing")],
    columns=["measure", "breakdown_type", "breakdown", "value", "status"],
)


def send(store: Store, first: float = 41.0, authority: str = BRENNOWCOMBE) -> Any:
    values = RETURN.assign(value=[first, float("nan")])
    return accept_submission(
        store, values, authority=authority, collection="CLA", period="RY2026", now=NOW
    )


def stamped(drafted: DraftRelease, policy: str = "strict") -> DraftRelease:
    proof = Protection(policy=policy, cells_digest=cells_digest(drafted.cells))
    return replace(drafted, submitted=drafted.submitted.iloc[:0], protection=proof)


def stand_in(drafted: DraftRelease) -> DraftRelease:
    """Stand in for disclosure control: every count of a measure becomes a provisional value."""
    counts = drafted.submitted[drafted.submitted["value"].notna()]
    rows = [
        a_cell(
            row["authority"], row["period"], row["value"], source=row["source"], flags="provisional"
        )
        for row in counts.to_dict("records")
        if row["authority"] not in published_areas(drafted, row["period"])
    ]
    return stamped(replace(drafted, cells=stacked([drafted.cells, as_cells(cells_of(*rows))])))


def published_areas(drafted: DraftRelease, period: Any) -> set[str]:
    return set(drafted.cells.loc[drafted.cells["period"] == period, "area"])


def by(actor: Actor, now: datetime = NOW) -> Occasion:
    return Occasion(now, actor)


def prepare(store: Store, protect: Protect | None = None, now: datetime = NOW) -> None:
    """Freeze and protect the draft."""
    freeze_release(store, by(STEWARD, now))
    protect_release(store, by(STEWARD, now), protect=protect)


def approve(store: Store, protect: Protect | None = None, now: datetime = NOW) -> None:
    """Freeze, protect and approve the draft."""
    prepare(store, protect, now)
    approve_release(store, by(PUBLISHER, now))


def bring_out(
    store: Store,
    indicators: tuple[Indicator, ...],
    protect: Protect | None = None,
    **how: Any,
) -> ReleaseOutcome:
    """Draft a release with what was accepted and take it the whole way."""
    draft_release(store, indicators, now=NOW, release_id=how.get("release_id"))
    approve(store, protect)
    return publish_draft(store, now=NOW, actor=PUBLISHER)


def begun(store: Store) -> None:
    """Publish a release, and draft one with a return."""
    publish(store, THEN, release_id="then", published_on=on(2024))
    send(store)
    draft_release(store, INDICATORS, release_id="with", now=NOW)


def bring_to(store: Store, state: State) -> None:
    begun(store)
    if state is State.FROZEN:
        freeze_release(store, by(STEWARD))
    elif state is State.PROTECTED:
        prepare(store, stand_in)
    elif state in (State.APPROVED, State.SCHEDULED):
        approve(store, stand_in)
    if state is State.SCHEDULED:
        schedule_release(store, LATER, by(PUBLISHER))
