"""Rows of trends: which way each series goes, or why nobody can say."""

from typing import Any, Final

import numpy as np

from api.opened import OpenRelease
from api.rows import Selection
from api.series import Held, read_series
from indicators.arithmetic import Numbers, plain_number
from indicators.cells import STATUSES, flag_names
from indicators.export_rows import shown_type
from indicators.model import Indicator
from indicators.trend import WORDS, Trend, better_or_worse, find_trends
from indicators.trend_points import stacked

RESULT_DECIMALS: Final = 6


def trend_rows(release: OpenRelease, selection: Selection) -> list[dict[str, Any]]:
    """Return a row for each indicator and area with a place in the period asked for."""
    held = read_series(release, selection)
    if not held:
        return []
    trends = iter(find_trends(stacked([one.points for one in held])))
    return [
        _row(release, one, place, next(trends))
        for one in held
        for place in range(len(one.strand.areas))
    ]


def _row(release: OpenRelease, held: Held, place: int, trend: Trend) -> dict[str, Any]:
    strand = held.strand
    indicator = release.snapshot.indicators[strand.indicator]
    area = release.areas[strand.areas[place]]
    ids = [period.id for period in held.series.periods]
    used = [ids.index(period) for period in trend.periods]
    flags = int(np.bitwise_or.reduce(held.flags[place][[*used, -1]]))
    values: Numbers = held.series.value[place]
    return {
        "release": release.id,
        "indicator": indicator.id,
        "area_code": area.code,
        "area_name": area.name,
        "area_type": shown_type(area),
        "period": ids[-1],
        "value": _number(values[-1], indicator.decimals),
        "status": str(STATUSES[strand.status[place]]),
        "unit": indicator.unit,
        **trend_fields(indicator, trend),
        **points_used(indicator, held, place, trend),
        "breaks": held.breaks[place],
        "predecessors": held.predecessors[place],
        "flags": list(flag_names(flags)),
    }


def trend_fields(indicator: Indicator, trend: Trend) -> dict[str, Any]:
    """Return what one series says, as fields of an answer."""
    return {
        "marker": None if trend.marker is None else trend.marker.value,
        "better_or_worse": better_or_worse(trend.marker, indicator.direction.good),
        "reason_code": None if trend.reason is None else trend.reason.value,
        "reason": None if trend.reason is None else WORDS[trend.reason],
        "chi_square": _rounded(trend.chi_square),
        "slope": _rounded(trend.slope),
        "is_robust": trend.is_robust,
        "points_used": trend.points_used,
        "first_period": trend.periods[0] if trend.periods else None,
        "last_period": trend.periods[-1] if trend.periods else None,
    }


def points_used(indicator: Indicator, held: Held, place: int, trend: Trend) -> dict[str, list[Any]]:
    """Return the periods that a trend rests on, and the values shown in them."""
    ids = [period.id for period in held.series.periods]
    values = held.series.value[place]
    used = (values[ids.index(period)] for period in trend.periods)
    return {
        "periods": list(trend.periods),
        "values": [_number(value, indicator.decimals) for value in used],
    }


def _number(value: float, decimals: int) -> float | int | None:
    if np.isnan(value):
        return None
    number: float | int = plain_number(float(value), decimals)
    return number


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, RESULT_DECIMALS)
