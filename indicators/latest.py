"""Which period of an indicator is its latest (design, section 5): the same for all areas."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from indicators.cells import BREAKDOWN_COLUMNS, TOTAL, Flag, Status
from reference.periods import parse_period
from reference.places import AreaKind, PlaceSet

SHARE_OF_AUTHORITIES: Final = 0.9


def latest_periods(
    cells: Mapping[str, Sequence[Any]], places: PlaceSet
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return indicator to latest period, of published figures and of provisional ones too.

    The last period with a published figure for the country, or with figures for 90 % of the
    authorities of that day; where no period has either, the last with any figure.
    """
    published: dict[tuple[str, str], set[str]] = defaultdict(set)
    every: dict[tuple[str, str], set[str]] = defaultdict(set)
    breakdowns = zip(*(cells[column] for column in BREAKDOWN_COLUMNS), strict=True)
    for indicator, period, area, status, flags, codes in zip(
        cells["indicator"], cells["period"], cells["area"], cells["status"], cells["flags"],
        breakdowns, strict=True,
    ):
        if status != Status.OK or set(codes) != {TOTAL}:
            continue
        every[indicator, period].add(area)
        if Flag.PROVISIONAL not in flags.split(";"):
            published[indicator, period].add(area)
    indicators = dict.fromkeys(cells["indicator"])
    return (
        {i: p for i in indicators if (p := _latest(i, published, places) or _last(i, cells))},
        {i: p for i in indicators if (p := _latest(i, every, places) or _last(i, cells))},
    )


def _latest(
    indicator: str, held: Mapping[tuple[str, str], set[str]], places: PlaceSet
) -> str | None:
    periods = sorted((p for i, p in held if i == indicator), key=parse_period, reverse=True)
    full = (p for p in periods if _is_full(held[indicator, p], p, places))
    return next(full, periods[0] if periods else None)


def _is_full(areas: set[str], period: str, places: PlaceSet) -> bool:
    if places.country.code in areas:
        return True
    expected = {a.code for a in places.of_kind(AreaKind.AUTHORITY, parse_period(period).end)}
    return bool(expected) and len(areas & expected) >= SHARE_OF_AUTHORITIES * len(expected)


def _last(indicator: str, cells: Mapping[str, Sequence[Any]]) -> str:
    pairs = zip(cells["indicator"], cells["period"], strict=True)
    return max((p for i, p in pairs if i == indicator), key=parse_period)
