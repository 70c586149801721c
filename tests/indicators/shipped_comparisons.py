"""Figures that ship, set against the country: what the pages on comparison are worked out from."""

from functools import cache
from pathlib import Path

import numpy as np

from indicators.arithmetic import Numbers
from indicators.comparison import can_test, overdispersion, standardised
from indicators.comparison_columns import NO_SIDE, SIDES, Judged, for_many, judge_against_value
from indicators.model import Indicator
from reference.periods import parse_period
from tests.indicators.shipped_columns import catalogue, columns, england, totals
from tests.tree import ROOT

YEAR = "RY2025"
SIMILAR = SIDES.index("similar")


def words_of(name: str) -> str:
    return " ".join(Path(ROOT / "docs" / "methods" / name).read_text("utf-8").split())


@cache
def codes() -> tuple[str, ...]:
    return tuple(area.code for area in england().authorities(parse_period(YEAR).end))


@cache
def parts(indicator: str, period: str = YEAR) -> tuple[Numbers, Numbers]:
    """Numerators and denominators of the authorities and, last, of the country."""
    areas = (*codes(), england().country.code)
    found = columns(indicator, areas, [parse_period(period)])
    return found["numerator"][:, 0], found["denominator"][:, 0]


def parts_of(indicator: str, area: str, period: str = YEAR) -> tuple[Numbers, Numbers]:
    place = codes().index(area)
    top, bottom = parts(indicator, period)
    return top[[place]], bottom[[place]]


def country(indicator: str) -> float:
    top, bottom = (column[-1] for column in parts(indicator))
    if np.isfinite(top):
        return float(top / bottom)
    found = columns(indicator, [england().country.code], [parse_period(YEAR)])
    return float(found["value"][0, 0] / (catalogue()[indicator].arithmetic.multiplier or 1))


def distances(indicator: str) -> Numbers:
    top, bottom = (column[:-1] for column in parts(indicator))
    return standardised(catalogue()[indicator], top, bottom, country(indicator))


def against_country(indicator: str, area: str) -> Judged:
    phi = overdispersion(distances(indicator))
    one = catalogue()[indicator]
    return judge_against_value(one, parts_of(indicator, area), country(indicator), phi)


@cache
def page_of(area: str) -> tuple[tuple[Indicator, Judged], ...]:
    tested = (one for one in catalogue().values() if can_test(one))
    with_country = (
        one
        for one in tested
        if ((totals()[one.id]["area"] == england().country.code)
            & (totals()[one.id]["period"] == YEAR)
            & (totals()[one.id]["status"] == "ok")).any()
    )  # fmt: skip
    judged = ((one, against_country(one.id, area)) for one in with_country)
    return tuple((one, result) for one, result in judged if result.side[0] != NO_SIDE)


def remains(area: str, indicator: str) -> bool:
    page = page_of(area)
    place = next(place for place, (one, _) in enumerate(page) if one.id == indicator)
    side = np.array([result.side[0] for _, result in page])
    found = for_many(side, np.array([result.p_for_many[0] for _, result in page]))
    return bool(found[place] != SIMILAR)
