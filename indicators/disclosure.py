"""Disclosure control: the only way from submitted counts into a release, and the proof of it.

The policy is data in `indicators/policies`. Published figures keep their publisher's symbols;
what a publisher hides is hidden here too, and what it shows is known to everyone.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from indicators.assembly import withheld
from indicators.cell_frames import IS_COMPUTED, as_cells, cells_digest, key_codes, stacked
from indicators.cells import BREAKDOWN_COLUMNS, CELL_COLUMNS, TOTAL, Flag, Status
from indicators.checked_files import read_checked
from indicators.draft import DraftRelease, Protection
from indicators.measures import Key, Measures, load_measures
from indicators.model import Counted, Indicator
from indicators.parts import Id, Part, Text
from indicators.provisional import (
    Figure,
    KnownElsewhere,
    Slot,
    authority_cells,
    figures_of,
    key_of,
    read_submitted,
)
from indicators.provisional_totals import TotalRules, total_cells
from reference.places import AreaKind

POLICY_FOLDER: Final = Path(__file__).parent / "policies"


class DisclosureError(Exception):
    """A release may not be published as it stands; the message says why and what to do."""


class Policy(Part):
    """A disclosure policy: which counts are hidden, and how totals are rounded."""

    id: Id
    title: Text
    smallest_shown: int = Field(ge=2)
    second_in_row: Literal["next_smallest"]
    totals_rounded_to: int = Field(ge=2)
    full_coverage_pct: float = Field(gt=0, le=100)
    least_coverage_pct: float = Field(gt=0, le=100)
    fewest_candidates: int = Field(ge=2)

    @property
    def total_rules(self) -> TotalRules:
        """What it says of totals."""
        return TotalRules(
            rounded_to=self.totals_rounded_to,
            full_coverage=self.full_coverage_pct / 100,
            least_coverage=self.least_coverage_pct / 100,
            fewest_candidates=self.fewest_candidates,
        )


def load_policy(policy_id: str) -> Policy:
    """Read a policy that ships; raises DisclosureError for another or for a faulty file."""
    known = sorted(path.stem for path in POLICY_FOLDER.glob("*.yaml"))
    if policy_id not in known:
        msg = f"'{policy_id}' is not a disclosure policy; use one of {', '.join(known)}"
        raise DisclosureError(msg)
    checked, problems = read_checked(POLICY_FOLDER / f"{policy_id}.yaml", Policy)
    if checked is None:
        raise DisclosureError("\n".join(map(str, problems)))
    return checked.model


def protect(
    draft: DraftRelease,
    policy: str = "first",
    *,
    measures: Measures | None = None,
) -> DraftRelease:
    """Turn submitted counts into provisional cells that give no small count away.

    The publisher's cell wins over a submission's. The draft that comes back holds no submitted
    count any more, and carries the proof that `verify` looks for.
    """
    rules = load_policy(policy)
    figures, hidden = _figures(draft, rules, measures or load_measures())
    held = _levels_held(draft)
    rows = [*authority_cells(figures), *total_cells(figures, draft.places, rules.total_rules, held)]
    cells = draft.cells
    if rows:
        fresh = as_cells(pd.DataFrame(rows, columns=list(CELL_COLUMNS)).assign(**_computed()))
        cells = stacked(
            [as_cells(draft.cells), withheld(_not_published(fresh, draft), draft.redactions)]
        )
    protected = replace(
        draft,
        cells=cells,
        submitted=draft.submitted.iloc[0:0],
        card=replace(draft.card, policy=rules.id),
    )
    proof = Protection(rules.id, cells_digest(protected.cells), hidden)
    return replace(protected, protection=proof)


def _computed() -> dict[str, bool]:
    return {IS_COMPUTED: True}


def verify(draft: DraftRelease) -> None:
    """Raise DisclosureError unless the release holds exactly what `protect` let out."""
    if len(draft.submitted):
        msg = "the release holds submitted counts; run `outcomes release draft` to protect them"
        raise DisclosureError(msg)
    provisional = provisional_cells(draft.cells)
    if draft.protection is None:
        if draft.card.has_submissions or len(provisional):
            msg = "the release has not been protected; run `outcomes release draft` again"
            raise DisclosureError(msg)
        return
    if cells_digest(draft.cells) != draft.protection.cells_digest:
        msg = "figures changed after they were protected; draft the release again"
        raise DisclosureError(msg)
    _check_small_counts(draft, provisional, load_policy(draft.protection.policy))


def _check_small_counts(draft: DraftRelease, cells: pd.DataFrame, policy: Policy) -> None:
    """Look once more for a small count of an authority, whatever the way it came here."""
    levels = {area.code: area.kind for area in draft.places.areas}
    counted = {i.id for i in draft.indicators if has_counted_denominator(i)}
    own = cells[cells["area"].map(levels) == AreaKind.AUTHORITY]
    is_small = own["numerator"].between(1, policy.smallest_shown - 1) | (
        own["denominator"].between(1, policy.smallest_shown - 1) & own["indicator"].isin(counted)
    )
    if is_small.any():
        msg = (
            f"{int(is_small.sum())} small counts would be published; "
            "the release is blocked: draft it again"
        )
        raise DisclosureError(msg)


def has_counted_denominator(indicator: Indicator) -> bool:
    """Say whether the denominator is a submitted count, and not a population."""
    fed = indicator.submission
    return fed is not None and isinstance(fed.denominator, Counted)


def provisional_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that came from submissions, their totals included."""
    flags = cells["flags"].astype("str")
    return cells[flags.str.contains(str(Flag.PROVISIONAL), regex=False)]


def _figures(
    draft: DraftRelease, policy: Policy, measures: Measures
) -> tuple[tuple[Figure, ...], int]:
    if not len(draft.submitted):
        return (), 0
    protected = figures_of(
        read_submitted(draft.submitted),
        draft.indicators,
        draft.places,
        measures,
        _known_elsewhere(draft),
        policy.smallest_shown,
    )
    return protected.figures, protected.hidden


def _known_elsewhere(draft: DraftRelease) -> Mapping[Slot, KnownElsewhere]:
    """Return what publishers show and hide of the counts of each return."""
    slots = set(
        zip(*(draft.submitted[name] for name in ("authority", "collection", "period")), strict=True)
    )
    public: dict[Slot, set[Key]] = defaultdict(set)
    hidden: dict[Slot, set[Key]] = defaultdict(set)
    fed = {i.id: i.submission for i in draft.indicators if i.submission is not None}
    is_total = (draft.cells[list(BREAKDOWN_COLUMNS)] == TOTAL).all(axis=1)
    cells = draft.cells[draft.cells["indicator"].isin(list(fed)) & is_total]
    columns = ("indicator", "period", "area", "status", "numerator")
    for name, period, area, status, top in zip(*(cells[c] for c in columns), strict=True):
        submission = fed[name]
        slot = (area, submission.collection, period)
        if slot in slots and status == Status.SUPPRESSED:
            hidden[slot].add(key_of(submission.numerator))
        elif slot in slots and status == Status.OK and np.isfinite(top):
            public[slot].add(key_of(submission.numerator))
    return {
        slot: KnownElsewhere(frozenset(public[slot] - hidden[slot]), frozenset(hidden[slot]))
        for slot in slots
    }


def _not_published(fresh: pd.DataFrame, draft: DraftRelease) -> pd.DataFrame:
    """Leave out provisional cells that the publisher has a cell for, symbols included."""
    ours, theirs = key_codes(fresh, draft.cells)
    return fresh[~np.isin(ours, theirs)].reset_index(drop=True)


def _levels_held(draft: DraftRelease) -> set[tuple[str, str, str]]:
    """Return the indicators, periods and levels above authorities that have figures already."""
    levels = {area.code: str(area.kind) for area in draft.places.areas}
    kinds = draft.cells["area"].map(levels)
    above = draft.cells[kinds != str(AreaKind.AUTHORITY)]
    return set(zip(above["indicator"], above["period"], above["area"].map(levels), strict=True))
