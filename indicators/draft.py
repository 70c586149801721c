"""A release before it is published: its figures, and submitted counts still to be protected."""

from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from indicators.cell_frames import cells_digest
from indicators.cells import Breakdown, Status
from indicators.model import Indicator
from indicators.snapshot import ReleaseCard, Source
from reference.places import PlaceSet

__all__ = [
    "SUBMITTED_COLUMNS",
    "Decision",
    "DraftRelease",
    "EarlierRelease",
    "Protection",
    "Redaction",
    "SlotDecision",
    "Suppressed",
    "cells_digest",
]

SUBMITTED_COLUMNS = (
    "source",
    "authority",
    "collection",
    "period",
    "measure",
    "breakdown_type",
    "breakdown",
    "value",
    "status",
)
"""One submitted base count a row; `value` is a float (NaN = none), `status` a submission status."""


@dataclass(frozen=True)
class Suppressed:
    """Why one count or total is hidden, and what a reader can still know: at least this range.

    A count has `authority` and what it counts; a total cell has `indicator` and `area`.
    """

    collection: str
    period: str
    reason: str
    policy: str
    because: str
    authority: str = ""
    measure: str = ""
    breakdown_type: str = ""
    breakdown: str = ""
    indicator: str = ""
    area: str = ""
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Protection:
    """Proof that disclosure control ran: its policy, and the digest of what it let out.

    `cells_digest` is `cells_digest(draft.cells)` of the protected draft; `decisions` are for
    the log that few may read, and are not kept with the draft.
    """

    policy: str
    cells_digest: str
    suppressed: int = 0
    decisions: tuple[Suppressed, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class EarlierRelease:
    """What an earlier release that still stands shows of submissions, and the counts behind it.

    `cells` has STORED_COLUMNS, `submitted` SUBMITTED_COLUMNS: the returns it was made from.
    """

    policy: str
    cells: pd.DataFrame
    submitted: pd.DataFrame


@dataclass(frozen=True)
class Redaction:
    """One cell that a steward or its publisher withheld after it had been published."""

    indicator: str
    period: str
    area: str
    breakdown: Breakdown = field(default_factory=Breakdown)
    status: Status = Status.SUPPRESSED
    reason: str = ""


class Decision(StrEnum):
    """What was decided about an expected return that is not there, or cannot be relied on."""

    EXCLUDED = "excluded"
    UNRELIABLE = "unreliable"
    IMPUTED = "imputed"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class SlotDecision:
    """A steward's decision about one expected return.

    `imputed`: the last accepted counts, at most two years old, stand in `submitted` under this
    period and go into totals only, flagged; the authority's own figures are not available.
    `unreliable`: its counts are in `submitted` and are neither shown nor in any total.
    """

    authority: str
    collection: str
    period: str
    decision: Decision


@dataclass(frozen=True)
class DraftRelease:
    """All that a release will hold.

    `cells` has CELL_COLUMNS: published and carried-forward figures and, once protected, the
    provisional ones. `submitted` has SUBMITTED_COLUMNS and is empty once protected.
    """

    card: ReleaseCard
    places: PlaceSet
    indicators: tuple[Indicator, ...]
    sources: tuple[Source, ...]
    cells: pd.DataFrame
    submitted: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(SUBMITTED_COLUMNS))
    )
    protection: Protection | None = None
    redactions: tuple[Redaction, ...] = ()
    """Already applied to `cells`; provisional figures are held to them when they are made."""
    decisions: tuple[SlotDecision, ...] = ()
    earlier: tuple[EarlierRelease, ...] = ()
    """What readers hold already; disclosure control reckons with it."""
