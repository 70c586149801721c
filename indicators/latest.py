"""Which period of an indicator is its latest (design, section 5): the same for all areas."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet

SHARE_OF_AUTHORITIES: Final = 0.9

_PLACE: Final = ["indicator", "period", "area"]


def latest_periods(
    cells: Mapping[str, Sequence[Any]], places: PlaceSet
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return indicator to latest period, of published figures and of provisional ones too.

    The last period with a published figure for the country, or with figures for 90 % of the
    authorities of that day; where no period has either, the last with any figure.
    """
    every = pd.DataFrame({name: pd.Series(cells[name], dtype="str") for name in _PLACE})
    flags = pd.Series(cells["flags"], dtype="str")
    shown = pd.Series(cells["status"], dtype="str") == str(Status.OK)
    for name in BREAKDOWN_COLUMNS:
        shown &= pd.Series(cells[name], dtype="str") == TOTAL
    published = shown & ~flags.str.contains(str(Flag.PROVISIONAL), regex=False)
    last = _last_of_all(every)
    return _latest(every[published], last, places), _latest(every[shown], last, places)


def _last_of_all(every: pd.DataFrame) -> dict[str, str]:
    """Return the last period of each indicator in which it has any cell."""
    last: dict[str, str] = {}
    pairs = every[["indicator", "period"]].drop_duplicates()
    for indicator, period in pairs.itertuples(index=False, name=None):
        held = last.setdefault(indicator, period)
        last[indicator] = max(held, period, key=parse_period)
    return last


def _latest(shown: pd.DataFrame, last: Mapping[str, str], places: PlaceSet) -> dict[str, str]:
    held: dict[str, dict[str, set[str]]] = {}
    for (indicator, period), areas in shown.groupby(["indicator", "period"])["area"]:
        held.setdefault(str(indicator), {})[str(period)] = set(areas)
    return {
        indicator: _latest_full(held.get(indicator, {}), places) or any_period
        for indicator, any_period in sorted(last.items())
    }


def _latest_full(areas: Mapping[str, set[str]], places: PlaceSet) -> str | None:
    """Return the last period that is full, else the last with any figure, else None."""
    periods = sorted(areas, key=parse_period, reverse=True)
    full = (period for period in periods if _is_full(areas[period], period, places))
    return next(full, periods[0] if periods else None)


def _is_full(areas: set[str], period: str, places: PlaceSet) -> bool:
    if places.country.code in areas:
        return True
    expected = {a.code for a in places.of_kind(AreaKind.AUTHORITY, parse_period(period).end)}
    return bool(expected) and len(areas & expected) >= SHARE_OF_AUTHORITIES * len(expected)
