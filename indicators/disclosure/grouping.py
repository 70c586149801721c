"""A draft's submitted counts by collection and period, with all that bears on them."""

from collections.abc import Iterator, Sequence

import pandas as pd

from indicators.cells import Status
from indicators.disclosure.earlier import Earlier, earlier_cells
from indicators.disclosure.errors import DisclosureError
from indicators.disclosure.figures import (
    Figure,
    fed_by,
    figures_of,
    read_submitted,
)
from indicators.disclosure.policy import known_policies, load_policy
from indicators.disclosure.published import published_in
from indicators.disclosure.reader import Group
from indicators.disclosure.seen import Seen
from indicators.disclosure.totals import Level, totals_of
from indicators.draft import DraftRelease, EarlierRelease
from indicators.measures import Measures
from reference.places import AreaKind, PlaceSet

BEFORE_POLICIES_HAD_NAMES = "dfe-csc-2025"
"""Releases made before hid what this policy hides; it is read for any whose name is not known."""


def groups_of(draft: DraftRelease, measures: Measures) -> Iterator[Group]:
    """Yield the returns of each collection and period with their figures, totals and the rest."""
    submitted = draft.submitted
    fed = fed_by(draft.indicators)
    levels = _levels_held(draft)
    pairs = sorted(set(zip(submitted["collection"], submitted["period"], strict=True)))
    for collection, period in pairs:
        inside = (submitted["collection"] == collection) & (submitted["period"] == period)
        returns = read_submitted(submitted[inside], draft.decisions)
        figures = figures_of(returns, draft.indicators, draft.places, measures)
        names = [indicator.id for indicator in fed.get(collection, ())]
        yield Group(
            collection=measures.collection(collection),
            period=period,
            returns=returns,
            figures=figures,
            totals=totals_of(figures, draft.places, levels),
            published=published_in(draft.cells, names, period, draft.places),
            earlier=tuple(
                _earlier(one, collection, period, draft, measures) for one in draft.earlier
            ),
        )


def _levels_held(draft: DraftRelease) -> set[Level]:
    """Return the indicators, periods and levels above authorities that have figures already."""
    levels = {area.code: str(area.kind) for area in draft.places.areas}
    kinds = draft.cells["area"].map(levels)
    above = draft.cells[kinds != str(AreaKind.AUTHORITY)]
    return set(zip(above["indicator"], above["period"], above["area"].map(levels), strict=True))


def _earlier(
    one: EarlierRelease, collection: str, period: str, draft: DraftRelease, measures: Measures
) -> Earlier:
    submitted = one.submitted
    inside = (submitted["collection"] == collection) & (submitted["period"] == period)
    returns = read_submitted(submitted[inside])
    figures = figures_of(returns, draft.indicators, draft.places, measures)
    cells = {
        (str(indicator), str(area)): (value, top, bottom, Status(status))
        for indicator, area, value, top, bottom, status in _numbers(one.cells, period)
    }
    name = one.policy if one.policy in known_policies() else BEFORE_POLICIES_HAD_NAMES
    totals = _totals(figures, cells, period, draft.places)
    return Earlier(load_policy(name), returns, earlier_cells(figures, cells), totals)


def _numbers(
    cells: pd.DataFrame, period: str
) -> Iterator[tuple[str, str, float, float, float, str]]:
    columns = ("indicator", "area", "value", "numerator", "denominator", "status")
    wanted = cells[cells["period"] == period]
    yield from zip(*(wanted[name] for name in columns), strict=True)


def _totals(
    figures: Sequence[Figure],
    cells: dict[tuple[str, str], tuple[float, float, float, Status]],
    period: str,
    places: PlaceSet,
) -> tuple[Seen, ...]:
    """Return the earlier totals with the figures in them; those nobody answered for have none."""
    return tuple(
        Seen(total.units, *cell, total.area.code)
        for total in totals_of(figures, places, set())
        if (cell := cells.get((total.like.indicator.id, total.area.code))) is not None
    )


def check_decisions(draft: DraftRelease) -> None:
    """Refuse decisions about returns that are not expected in any collection."""
    known = set(fed_by(draft.indicators))
    strange = {one.collection for one in draft.decisions} - known
    if strange:
        msg = f"a decision is about collection '{min(strange)}', which feeds no indicator"
        raise DisclosureError(msg)
