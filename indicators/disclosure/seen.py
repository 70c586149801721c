"""What one cell of a release tells of the counts behind it, whether of this release or another."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indicators.arithmetic import round_half_up
from indicators.cells import Status
from indicators.disclosure.figures import Figure
from indicators.disclosure.policy import Policy, rounding_window
from indicators.disclosure.unknowns import NO_LIMIT, Unknowns

EXACT_MEAN_BELOW = 10
"""The count under a mean of fewer than this is taken as known: not every count makes that mean."""


@dataclass(frozen=True)
class Seen:
    """Figures that one cell is of, one or all of an area, and what the cell shows."""

    figures: tuple[Figure, ...]
    value: float
    numerator: float
    denominator: float
    status: Status
    area: str = ""


def column_of(unknowns: Unknowns, figure: Figure, side: int) -> int | None:
    """Return the unknown of a part of a figure; None for a population or where there is none."""
    part = figure.parts[side]
    if part.key is None or np.isnan(part.number):
        return None
    return unknowns.column(figure.unit, part.key, int(part.number))


def see_figure(unknowns: Unknowns, seen: Seen, policy: Policy) -> Iterator[int]:
    """Add what the cell of one authority tells; yield the counts that it shows."""
    (figure,) = seen.figures
    top, bottom = (column_of(unknowns, figure, side) for side in (0, 1))
    if seen.status is Status.SUPPRESSED:
        # Zeros are shown: what is hidden is at least one, wherever that is so.
        for column in (top, bottom):
            if column is not None and unknowns.truth[column] > 0:
                unknowns.bound(column, 1, NO_LIMIT)
    if bottom is not None and _see_denominator(unknowns, bottom, seen, policy):
        yield bottom
    if top is not None and _see_numerator(unknowns, top, seen, policy):
        yield top


def _see_denominator(unknowns: Unknowns, column: int, seen: Seen, policy: Policy) -> bool:
    (figure,) = seen.figures
    if figure.status is Status.NOT_APPLICABLE:
        unknowns.bound(column, 0, 0)
    if not np.isfinite(seen.denominator):
        return False
    low, high = policy.window(seen.denominator)
    if seen.status is Status.OK and figure.is_percentage:
        low = max(low, policy.percentage_min_base)
    return unknowns.bound(column, low, high)


def _see_numerator(unknowns: Unknowns, column: int, seen: Seen, policy: Policy) -> bool:
    (figure,) = seen.figures
    if seen.status is Status.LOW:
        most = _most_of_low(figure, seen.denominator) + policy.authorities_rounded_to
        unknowns.bound(column, policy.smallest_shown, most)
    if not np.isfinite(seen.numerator):
        return False
    if figure.numerator.is_score_sum:
        _see_mean(unknowns, figure, seen, policy)
        return True
    return unknowns.bound(column, *policy.window(seen.numerator))


def _see_mean(unknowns: Unknowns, figure: Figure, seen: Seen, policy: Policy) -> None:
    """Add what a mean tells of the sum of scores: all, or what rounding leaves of it."""
    top, bottom = (column_of(unknowns, figure, side) for side in (0, 1))
    if top is None or bottom is None:
        return
    if policy.authorities_rounded_to == 1:
        unknowns.bound(top, seen.numerator, seen.numerator)
        return
    if unknowns.truth[bottom] < EXACT_MEAN_BELOW:
        unknowns.bound(bottom, unknowns.truth[bottom], unknowns.truth[bottom])
    decimals = figure.indicator.decimals
    mean = round_half_up(figure.numerator.number / figure.denominator.number, decimals)
    half = 0.5 * 10.0**-decimals
    unit = figure.unit
    unknowns.row([(top, 1.0), (bottom, -(mean - half))], 0, NO_LIMIT, unit=unit)
    unknowns.row([(top, 1.0), (bottom, -(mean + half))], -NO_LIMIT, 0, unit=unit)


def _most_of_low(figure: Figure, denominator: float) -> float:
    """Return the most that a numerator can be whose value rounds to zero."""
    multiplier = figure.indicator.arithmetic.multiplier or 1.0
    return float(np.ceil(0.5 * 10.0**-figure.indicator.decimals * denominator / multiplier))


def see_total(unknowns: Unknowns, seen: Seen, policy: Policy, *, is_ours: bool) -> None:
    """Add what the cell of an area tells of the authorities in it."""
    step = policy.totals_rounded_to
    for side, shown in enumerate((seen.numerator, seen.denominator)):
        if np.isfinite(shown):
            see_sum(unknowns, seen, side, rounding_window(int(shown), step), is_ours=is_ours)
    if seen.status is Status.LOW and seen.figures[0].numerator.key is not None:
        most = _most_of_low(seen.figures[0], seen.denominator) + step
        see_sum(unknowns, seen, 0, (1, most), is_ours=is_ours)


def see_sum(
    unknowns: Unknowns, seen: Seen, side: int, window: tuple[float, float], *, is_ours: bool
) -> None:
    """Add that the sum over an area lies in a window; of populations nothing follows."""
    columns = [column_of(unknowns, figure, side) for figure in seen.figures]
    terms = [(column, 1.0) for column in columns if column is not None]
    like = seen.figures[0]
    key = like.parts[side].key
    if len(terms) == len(columns) and key is not None:
        _, collection, period = like.slot
        total = (collection, period, key, seen.area) if is_ours else None
        unknowns.row(terms, *window, total=total)
