"""What must be true of a release before it leaves, whatever the way its figures came."""

import pandas as pd

from indicators.cell_frames import cells_digest
from indicators.cells import Flag
from indicators.disclosure.errors import DisclosureError, SmallCountsError
from indicators.disclosure.figures import key_of
from indicators.disclosure.policy import Policy, is_unprotected, load_policy
from indicators.draft import DraftRelease
from indicators.measures import load_measures
from indicators.model import Counted
from reference.places import AreaKind


def verify(draft: DraftRelease) -> None:
    """Raise DisclosureError unless the release holds exactly what `protect` let out."""
    if len(draft.submitted):
        msg = "the release holds submitted counts; run `outcomes release draft` to protect them"
        raise DisclosureError(msg)
    if draft.protection is None:
        if draft.card.has_submissions or len(provisional_cells(draft.cells)):
            msg = "the release has not been protected; run `outcomes release draft` again"
            raise DisclosureError(msg)
        return
    if cells_digest(draft.cells) != draft.protection.cells_digest:
        msg = "figures changed after they were protected; draft the release again"
        raise DisclosureError(msg)
    check_small_counts(draft, load_policy(draft.protection.policy))


def check_small_counts(draft: DraftRelease, policy: Policy) -> None:
    """Look once more for a small count of an authority; raises SmallCountsError."""
    levels = {area.code: area.kind for area in draft.places.areas}
    cells = provisional_cells(draft.cells)
    own = cells[cells["area"].map(levels) == AreaKind.AUTHORITY]
    tops, bottoms = _counted(draft, policy)
    small = policy.smallest_shown - 1
    # A count of 6 may be shown as 5 where counts are rounded: smaller ones cannot.
    least = min(small, int(policy.rounds(policy.smallest_shown)) - 1)
    is_small = own["numerator"].between(1, least) & own["indicator"].isin(tops)
    is_small |= own["denominator"].between(1, least) & own["indicator"].isin(bottoms)
    if is_small.any():
        raise SmallCountsError(int(is_small.sum()))


def _counted(draft: DraftRelease, policy: Policy) -> tuple[set[str], set[str]]:
    """Return the indicators whose numerator, and whose denominator, is a count of people."""
    sides: tuple[set[str], set[str]] = (set(), set())
    measures = load_measures()
    for indicator in draft.indicators:
        fed = indicator.submission
        for held, part in zip(sides, (fed.numerator, fed.denominator) if fed else (), strict=False):
            if isinstance(part, Counted) and fed is not None:
                collection = measures.collection(fed.collection)
                if not is_unprotected(collection, key_of(part), policy):
                    held.add(indicator.id)
    return sides


def provisional_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells that came from submissions, their totals included."""
    flags = cells["flags"].astype("str")
    return cells[flags.str.contains(str(Flag.PROVISIONAL), regex=False)]
