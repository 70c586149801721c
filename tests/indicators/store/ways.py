"""People with roles, and short ways for a release to go from a draft to published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd

from indicators.cell_frames import as_cells, cells_digest, stacked
from indicators.draft import DraftRelease, Protection
from indicators.model import Indicator
from indicators.permissions import Actor, Role
from indicators.store import (
    ReleaseOutcome,
    Store,
    accept_submission,
    approve_release,
    draft_release,
    freeze_release,
    protect_release,
    publish_draft,
)
from indicators.store.occasions import Occasion
from tests.builders import a_cell, cells_of
from tests.indicators.store.published import BRENNOWCOMBE, NOW

STEWARD = Actor("Stella Steward", Role.STEWARD)
PUBLISHER = Actor("Peter Publisher", Role.PUBLISHER)
OTHER_PUBLISHER = Actor("Paula Publisher", Role.PUBLISHER)
VIEWER = Actor("Vera Viewer", Role.VIEWER)
AUDITOR = Actor("Alan Auditor", Role.AUDITOR)

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


def stamped(drafted: DraftRelease, policy: str = "first") -> DraftRelease:
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
