"""The files as their publishers gave them give the values that others print."""

import pytest

from etl.published.loaded import PublishedReading
from indicators.arithmetic import decimal_quantile, round_half_up
from indicators.catalogue import load_catalogue
from indicators.cells import Status
from reference.places import PlaceSet
from tests.etl.readings import newest
from tests.golden import BESIDE, ENGLAND, GOLDEN, KENT, MANCHESTER, NOTHING, Golden, agrees

each = pytest.mark.parametrize("one", GOLDEN, ids=lambda one: one.indicator)

COMPUTED = {"csc_share_of_la_spend_pct"}
"""England's figure is in no file: it is computed over those that responded, at release."""


def shown(value: float) -> float | None:
    return None if value != value else value


@each
def test_values_are_those_that_are_printed(read: PublishedReading, one: Golden) -> None:
    values = newest(read, one.indicator, one.period)["value"]
    printed = {
        area: figure
        for area, figure in one.own.items()
        if figure != "-" and not (area == ENGLAND and one.indicator in COMPUTED)
    }
    found = {area: shown(values[area]) for area in printed}
    assert {a: v for a, v in found.items() if not agrees(v, printed[a])} == {}


@each
def test_medians_of_neighbours_are_those_that_are_printed(
    read: PublishedReading, england: PlaceSet, one: Golden
) -> None:
    cells = newest(read, one.indicator, one.period)
    decimals = next(i.decimals for i in load_catalogue() if i.id == one.indicator)
    for area, printed in one.neighbours.items():
        if printed in NOTHING:
            continue
        values = [
            round_half_up(cells["value"][neighbour.neighbour], decimals)
            for neighbour in england.neighbours_of(area, "2025")
            if cells["status"].get(neighbour.neighbour) == Status.OK
        ]
        assert agrees(decimal_quantile(values, "0.5"), printed)


@pytest.mark.parametrize("indicator", BESIDE)
def test_figures_beside_those_of_the_dashboard_are_right(
    read: PublishedReading, indicator: str
) -> None:
    last = max(
        read.cells.loc[read.cells["indicator"] == indicator, "period"],
        key=lambda period: period[2:],
    )
    values = newest(read, indicator, last)["value"]
    printed = dict(zip((ENGLAND, KENT, MANCHESTER), BESIDE[indicator], strict=True))
    found = {area: shown(values[area]) for area, figure in printed.items() if figure != "-"}
    assert {a: v for a, v in found.items() if not agrees(v, printed[a])} == {}
