"""Totals over submitted figures: what they are sums of, and their cells, rounded."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from indicators.arithmetic import published_value, round_half_up
from indicators.cells import Flag, Status
from indicators.disclosure.figures import Figure, Part
from indicators.disclosure.policy import Policy
from indicators.disclosure.showing import (
    LOW_SYMBOL,
    SUPPRESSED_SYMBOL,
    Showing,
    cell_rest,
)
from indicators.intervals import interval_of
from indicators.totals import COMPUTED_SOURCE, coverage
from reference.periods import parse_period
from reference.places import Area, AreaKind, PlaceSet

LEVELS: Final = (AreaKind.COUNTRY, AreaKind.REGION, AreaKind.SUBREGION)
Level = tuple[str, str, str]
"""Indicator, period and kind of area."""


@dataclass(frozen=True)
class Total:
    """One indicator over those of an area that answered; `share` of its children they look after.

    `units` holds a joint return once.
    """

    area: Area
    units: tuple[Figure, ...]
    share: float

    @property
    def like(self) -> Figure:
        """Any of its figures, for what all of them share."""
        return self.units[0]

    def sum_of(self, side: int) -> float:
        """Return the exact sum of numerators (0) or denominators (1)."""
        return float(sum(figure.parts[side].number for figure in self.units))

    def shown_sum(self, side: int, policy: Policy) -> float:
        """Return the sum as it is shown; a population is public and not rounded."""
        if self.like.parts[side].key is None:
            return self.sum_of(side)
        step = policy.totals_rounded_to
        return round_half_up(self.sum_of(side) / step, 0) * step


def totals_of(figures: Sequence[Figure], places: PlaceSet, held: set[Level]) -> tuple[Total, ...]:
    """Return the totals of country, regions and subregions where no level of them is `held`.

    `held` names levels with figures already. Responders count in numerator and denominator.
    """
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.status is Status.OK:
            grouped[figure.indicator.id, figure.period].append(figure)
    return tuple(
        total
        for (indicator, period), inside in grouped.items()
        for kind in LEVELS
        if (indicator, period, str(kind)) not in held
        for total in _of_kind(inside, period, kind, places)
    )


def _of_kind(
    figures: Sequence[Figure], period: str, kind: AreaKind, places: PlaceSet
) -> Iterator[Total]:
    end = parse_period(period).end
    by_authority = {figure.authority: figure for figure in figures}
    for whole in places.of_kind(kind, on=end):
        members = {area.code for area in places.within(whole.code, on=end)}
        inside = sorted(members & by_authority.keys())
        if inside:
            share = coverage(places, whole, period, set(inside))
            # A joint return is counted once.
            units = {by_authority[code].unit: by_authority[code] for code in reversed(inside)}
            yield Total(whole, tuple(units.values())[::-1], share)


@dataclass(frozen=True)
class ShownTotal:
    """A total as it is shown: numbers in the order of NUMBERS, and why any is missing."""

    total: Total
    numbers: tuple[float, ...]
    status: Status
    symbol: str = ""


def shown_total(total: Total, showing: Showing) -> ShownTotal:
    """Return a total as it is shown, with no number that must stay hidden."""
    policy = showing.policy
    if total.share < policy.least_coverage_pct / 100:
        return ShownTotal(total, (np.nan,) * 5, Status.NOT_AVAILABLE)
    top, bottom = (total.shown_sum(side, policy) for side in (0, 1))
    hides = [_hides(total, part, showing) for part in total.like.parts]
    if any(hides):
        left = (np.nan, np.nan, np.nan if hides[1] else bottom, np.nan, np.nan)
        return ShownTotal(total, left, Status.SUPPRESSED, SUPPRESSED_SYMBOL)
    indicator = total.like.indicator
    value = float(published_value(indicator, [top], [bottom])[0])
    if not np.isfinite(value):
        return ShownTotal(total, (np.nan,) * 5, Status.NOT_APPLICABLE)
    if value == 0 and total.sum_of(0) > 0:
        return ShownTotal(total, (np.nan, np.nan, bottom, np.nan, np.nan), Status.LOW, LOW_SYMBOL)
    lower, upper = interval_of(indicator, [top], [bottom])
    return ShownTotal(total, (value, top, bottom, float(lower[0]), float(upper[0])), Status.OK)


def _hides(total: Total, part: Part, showing: Showing) -> bool:
    return showing.hides_total(total.like, part, total.area.code)


def total_cells(totals: Sequence[ShownTotal], policy: Policy) -> Iterator[dict[str, Any]]:
    """Yield the cells of country, regions and subregions."""
    for shown in totals:
        total = shown.total
        yield {
            "indicator": total.like.indicator.id,
            "period": total.like.period,
            "area": total.area.code,
            **cell_rest(shown.numbers, shown.status, _flags(total, policy), shown.symbol),
            "source": COMPUTED_SOURCE,
            "definition_version": total.like.indicator.version,
        }


def _flags(total: Total, policy: Policy) -> list[Flag]:
    flags = [Flag.PROVISIONAL]
    if policy.least_coverage_pct / 100 <= total.share < policy.full_coverage_pct / 100:
        flags.append(Flag.PARTIAL_COVERAGE)
    if any(figure.is_imputed for figure in total.units):
        flags.append(Flag.IMPUTED)
    return flags
