"""The figures that ship, as the columns that trends and positions are worked out from."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from indicators.arithmetic import Numbers
from indicators.catalogue import load_catalogue
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from indicators.model import Indicator
from indicators.position import Field
from indicators.shipped.figures import read_shipped
from indicators.trend_points import Series
from reference.periods import Period, parse_period
from reference.places import PlaceSet
from reference.placesets import load_place_set

NUMBERS: Final = ("value", "numerator", "denominator", "ci_lower", "ci_upper")


@cache
def catalogue() -> Mapping[str, Indicator]:
    return {indicator.id: indicator for indicator in load_catalogue()}


@cache
def england() -> PlaceSet:
    return load_place_set("england")


@cache
def totals() -> Mapping[str, pd.DataFrame]:
    """Indicator to its cells that are not broken down."""
    _, cells = read_shipped(tuple(catalogue().values()))
    whole = cells[(cells[list(BREAKDOWN_COLUMNS)] == TOTAL).all(axis=1)]
    return {str(name): rows for name, rows in whole.groupby("indicator")}


def periods_of(indicator: str, until: str = "") -> tuple[Period, ...]:
    """The periods of an indicator's cells, oldest first, up to one if it is named."""
    found = sorted(map(parse_period, totals()[indicator]["period"].unique()))
    return tuple(p for p in found if not until or p.end <= parse_period(until).end)


def columns(
    indicator: str, areas: Sequence[str], periods: Sequence[Period]
) -> Mapping[str, Numbers]:
    """Each number with a row for each area and a column for each period."""
    cells = totals()[indicator]
    ids = [period.id for period in periods]
    return {
        name: cells.pivot(index="area", columns="period", values=name)
        .reindex(index=list(areas), columns=ids)
        .to_numpy(dtype=np.float64)
        for name in NUMBERS
    }


def held(indicator: str) -> frozenset[tuple[str, str]]:
    """The (area, period) pairs that have a cell."""
    cells = totals()[indicator]
    return frozenset(zip(cells["area"], cells["period"], strict=True))


def series(indicator: str, areas: Sequence[str], until: str = "") -> Series:
    periods = periods_of(indicator, until)
    found = columns(indicator, areas, periods)
    return Series(periods, *(found[name] for name in NUMBERS))


def authorities(period: Period) -> tuple[str, ...]:
    return tuple(area.code for area in england().authorities(period.end))


def field(indicator: str, period: Period, areas: Sequence[str]) -> Field:
    found = columns(indicator, areas, [period])
    rankable = np.array([england().area(code).is_rankable for code in areas])
    return Field(rankable, *(found[name][:, 0] for name in NUMBERS))
