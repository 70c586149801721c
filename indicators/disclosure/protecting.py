"""Disclosure control: the only way from submitted counts into a release, and the proof of it.

Small counts are hidden; then an audit works out, as a reader could, what everything shown tells of
them, and more is hidden until nothing is given away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from indicators.assembly import withheld
from indicators.cell_frames import IS_COMPUTED, as_cells, cells_digest, key_codes, stacked
from indicators.cells import CELL_COLUMNS
from indicators.disclosure.audit import Audited, Auditor, Unsafe, audit
from indicators.disclosure.decided import decided_cells
from indicators.disclosure.errors import RecoverableError
from indicators.disclosure.grouping import check_decisions, groups_of
from indicators.disclosure.log import decisions_of
from indicators.disclosure.policy import STRICT, Policy, load_policy
from indicators.disclosure.primary import hidden_first, tied_to
from indicators.disclosure.programme import Room
from indicators.disclosure.reader import Group, Release, known_before, released, what_a_reader_knows
from indicators.disclosure.repair import repair
from indicators.disclosure.showing import Showing, authority_cells
from indicators.disclosure.totals import total_cells
from indicators.disclosure.unknowns import NO_LIMIT, System, Unknowns
from indicators.disclosure.verifying import check_small_counts
from indicators.draft import DraftRelease, Protection, Suppressed
from indicators.measures import Measures, load_measures

MOST_ROUNDS: Final = 10
LATE_ROUND: Final = 6
"""From this round on the totals around an unsafe count go as well."""


@dataclass(frozen=True)
class Outcome:
    """One group protected: what is shown, what is hidden and why, and what is left open of it."""

    group: Group
    release: Release
    showing: Showing
    rooms: Mapping[int, Room]
    before: Unknowns


def protect(
    draft: DraftRelease,
    policy: str = STRICT,
    *,
    measures: Measures | None = None,
) -> DraftRelease:
    """Turn submitted counts into provisional cells that give no small count away.

    The publisher's cell wins over a submission's. The draft that comes back holds no submitted
    count any more, and carries the proof that `verify` looks for. Raises DisclosureError.
    """
    rules = load_policy(policy)
    check_decisions(draft)
    outcomes = [
        protected_group(group, rules) for group in groups_of(draft, measures or load_measures())
    ]
    rows = [*(row for outcome in outcomes for row in _rows(outcome, rules)), *decided_cells(draft)]
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
    check_small_counts(protected, rules)
    log = _log(outcomes, rules)
    proof = Protection(rules.id, cells_digest(protected.cells), len(log), log)
    return replace(protected, protection=proof)


def protected_group(group: Group, policy: Policy) -> Outcome:
    """Hide what must be hidden of one collection and period; raises RecoverableError."""
    showing = _with_tied(group, Showing(policy, hidden_first(group, policy)))
    before = known_before(group, policy)
    rooms: dict[int, Room] = {}
    waiting = tuple(before.secrets.values())
    unsafe: tuple[Unsafe, ...] = ()
    for number in range(1, MOST_ROUNDS + 1):
        release = released(group, showing)
        known = what_a_reader_knows(before, release, policy)
        auditor = Auditor(System.of(known))
        found = audit(auditor, waiting)
        rooms |= found.rooms
        unsafe = _within_reach(before, known, found)
        if not unsafe:
            return Outcome(group, release, showing, rooms, before)
        more = repair(auditor, unsafe, is_late=number >= LATE_ROUND)
        if more.is_empty:
            break
        showing = _with_tied(group, showing.hiding(more.counts, more.totals))
        waiting = tuple(one.secret for one in unsafe)
    raise RecoverableError(len(unsafe), _places(unsafe))


def _within_reach(before: Unknowns, now: Unknowns, found: Audited) -> tuple[Unsafe, ...]:
    """Leave out what would be known even if everything of this release were hidden.

    That is what publishers and earlier releases tell, and that zeros are shown: two hidden parts
    of one each at least make a hidden whole of two at least.
    """
    if not found.unsafe:
        return ()
    bare = before.copy()
    for column, low in enumerate(now.low):
        if low == 1:
            bare.bound(column, 1, NO_LIMIT)
    open_anyway = audit(Auditor(System.of(bare)), (one.secret for one in found.unsafe)).rooms
    left = []
    for one in found.unsafe:
        most = open_anyway[one.secret.column]
        if one.room.low > max(most.low, one.secret.low) or one.room.high < min(
            most.high, one.secret.high
        ):
            left.append(one)
    return tuple(left)


def _places(unsafe: Sequence[Unsafe]) -> tuple[str, ...]:
    return tuple(f"{'/'.join(one.secret.unit)} {one.secret.key[0]}" for one in unsafe)


def _with_tied(group: Group, showing: Showing) -> Showing:
    """Hide sums of scores with the counts of those scored that have been hidden since."""
    return showing.hiding(tied_to(group, showing.counts))


def _rows(outcome: Outcome, policy: Policy) -> Iterator[dict[str, Any]]:
    yield from authority_cells(outcome.release.figures, policy)
    yield from total_cells(outcome.release.totals, policy)


def _computed() -> dict[str, bool]:
    return {IS_COMPUTED: True}


def _not_published(fresh: pd.DataFrame, draft: DraftRelease) -> pd.DataFrame:
    """Leave out provisional cells that the publisher has a cell for, symbols included."""
    ours, theirs = key_codes(fresh, draft.cells)
    return fresh[~np.isin(ours, theirs)].reset_index(drop=True)


def _log(outcomes: Sequence[Outcome], policy: Policy) -> tuple[Suppressed, ...]:
    return tuple(
        decision
        for outcome in outcomes
        for decision in decisions_of(
            outcome.group, outcome.release, outcome.showing, outcome.before, outcome.rooms
        )
    )
