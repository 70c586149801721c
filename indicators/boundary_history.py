"""Whose figures a period has, where an authority was made from others or became others.

Figures of a predecessor are shown as they were published and are never added up, shared out or
turned into a figure of the area that followed: that would make a false zero, rank or change.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indicators.model import Indicator
from reference.periods import Measured, Period
from reference.places import Area, AreaChange, PlaceSet

NEARLY_THE_SAME: Final = "~"
"""How the place set marks a footprint that a change left almost as it was."""


class Whose(StrEnum):
    """Whose figures stand for an area in a period."""

    OWN = "own"
    PREDECESSORS = "predecessors"
    SUCCESSORS = "successors"


@dataclass(frozen=True)
class Standing:
    """Whose figures one period has; `areas` are the area itself or those that stand for it.

    `is_break`: what comes before is of another footprint. `small_change`: the footprint moved a
    little at this period, so the series goes on and the reader is told.
    """

    period: str
    whose: Whose
    areas: tuple[str, ...]
    is_break: bool = False
    small_change: AreaChange | None = None


@dataclass(frozen=True)
class BoundaryHistory:
    """The standings of an area, in the order of the periods, and the changes it came from."""

    area: str
    standings: tuple[Standing, ...]
    made_from: tuple[AreaChange, ...] = ()
    became: tuple[AreaChange, ...] = ()

    @property
    def is_own(self) -> NDArray[np.bool_]:
        """Which periods have figures of the area itself; only these may be ranked or changed."""
        return np.array([one.whose is Whose.OWN for one in self.standings], dtype=bool)

    @property
    def is_break(self) -> NDArray[np.bool_]:
        """Which periods cannot be compared with earlier ones (for trend_points.points_of)."""
        return np.array([one.is_break for one in self.standings], dtype=bool)


def find_history(
    places: PlaceSet,
    code: str,
    indicator: Indicator,
    periods: Sequence[Period],
    held: Container[tuple[str, str]] = (),
) -> BoundaryHistory:
    """Return whose figures each period (oldest first) has for an area and an indicator.

    `held` are the (area, period) pairs with a cell of the indicator. They decide only where a
    change falls inside a period: some publishers give that year to the old authority, some to
    the new. Raises UnknownAreaError.
    """
    area = places.area(code)
    standings: list[Standing] = []
    for period in periods:
        whose = _whose(places, area, period, indicator.measured, held)
        before = standings[-1].whose if standings else whose
        standings.append(
            Standing(
                period=period.id,
                whose=whose,
                areas=_areas(places, area, whose, period, indicator.measured),
                is_break=whose is not before,
                small_change=_small_change(places, code, period, standings, periods),
            )
        )
    return BoundaryHistory(
        area=code,
        standings=tuple(standings),
        made_from=tuple(c for c in places.changes if c.successor == code != c.predecessor),
        became=tuple(c for c in places.changes if c.predecessor == code != c.successor),
    )


def existed_during(area: Area, period: Period, measured: Measured) -> bool:
    """Say whether an area existed on any day that a figure of the period is about.

    Those are the areas that a ranking of the period may hold, if they have a figure: a year in
    which an authority was replaced belongs to the one that reported it.
    """
    first, last = period.bounds(measured)
    began = area.first_day is None or area.first_day <= last
    return began and (area.last_day is None or first <= area.last_day)


def _whose(
    places: PlaceSet,
    area: Area,
    period: Period,
    measured: Measured,
    held: Container[tuple[str, str]],
) -> Whose:
    first, last = period.bounds(measured)
    if area.first_day is not None and last < area.first_day:
        return Whose.PREDECESSORS
    if area.last_day is not None and area.last_day < first:
        return Whose.SUCCESSORS
    if (area.code, period.id) in held:
        return Whose.OWN
    if area.last_day is not None and area.last_day < last:
        return Whose.SUCCESSORS
    is_new = area.first_day is not None and first < area.first_day
    old = places.predecessors_of(area.code) if is_new else ()
    is_theirs = any((code, period.id) in held for code in old)
    return Whose.PREDECESSORS if is_theirs else Whose.OWN


def _areas(
    places: PlaceSet, area: Area, whose: Whose, period: Period, measured: Measured
) -> tuple[str, ...]:
    """Return the areas that stand for another, going back (or on) over several changes."""
    if whose is Whose.OWN:
        return (area.code,)
    is_back = whose is Whose.PREDECESSORS
    step = places.predecessors_of if is_back else places.successors_of
    found: dict[str, None] = {}
    waiting = list(step(area.code))
    while waiting:
        one = places.area(waiting.pop(0))
        if existed_during(one, period, measured):
            found[one.code] = None
        else:
            waiting.extend(step(one.code))
    return tuple(found)


def _small_change(
    places: PlaceSet,
    code: str,
    period: Period,
    earlier: Sequence[Standing],
    periods: Sequence[Period],
) -> AreaChange | None:
    """Return a small change of the footprint that falls between the period before and this."""
    if not earlier:
        return None
    before = periods[len(earlier) - 1]
    small = (
        c
        for c in places.changes
        if c.predecessor == code == c.successor and c.same_footprint == NEARLY_THE_SAME
    )
    return next((c for c in small if before.end < c.effective_on <= period.end), None)
