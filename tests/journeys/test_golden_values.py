"""The table that ships gives readers the figures that others print, by the API alone."""

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.golden import (
    AUTHORITIES,
    BESIDE,
    COUNTED,
    ENGLAND,
    GOLDEN,
    KENT,
    MANCHESTER,
    NOTHING,
    Golden,
    agrees,
)
from tests.journeys.public import rows

each = pytest.mark.parametrize("one", GOLDEN, ids=lambda one: one.indicator)
AREAS = ",".join((ENGLAND, KENT, MANCHESTER))


def values(shipped: TestClient, indicator: str) -> tuple[set[str], dict[str, object]]:
    found = rows(shipped, indicator=indicator, area=AREAS, period="latest")
    return {row["period"] for row in found}, {row["area_code"]: row["value"] for row in found}


@each
def test_figures_are_those_that_are_printed(shipped: TestClient, one: Golden) -> None:
    periods, found = values(shipped, one.indicator)
    assert periods == {one.period}
    printed = {area: figure for area, figure in one.own.items() if area in found}
    assert {a: found[a] for a, figure in printed.items() if not agrees(found[a], figure)} == {}
    assert ENGLAND in printed


@each
def test_medians_of_neighbours_are_those_that_are_printed(shipped: TestClient, one: Golden) -> None:
    if set(one.neighbours.values()) <= set(NOTHING):
        return
    found = rows(
        shipped,
        Paths.COMPARISONS,
        indicator=one.indicator,
        area=",".join(AUTHORITIES),
        period="latest",
        with_="neighbours",
    )
    medians = {row["area_code"]: row["median"] for row in found}
    wrong = {
        a: medians[a] for a, figure in one.neighbours.items() if not agrees(medians[a], figure)
    }
    assert wrong == {}


@pytest.mark.parametrize("indicator", COUNTED)
def test_judgements_of_neighbours_are_counted_and_never_a_mean_or_median(
    shipped: TestClient, indicator: str
) -> None:
    england, *counts = COUNTED[indicator]
    assert values(shipped, indicator)[1][ENGLAND] == england
    found = rows(
        shipped,
        Paths.COMPARISONS,
        indicator=indicator,
        area=",".join(AUTHORITIES),
        period="latest",
        with_="neighbours",
    )
    by_area = {row["area_code"]: row for row in found}
    assert [by_area[area]["pooled"] for area in AUTHORITIES] == counts
    for row in found:
        assert row["statistic_shown"] == "pooled"
        assert {row[name] for name in ("mean", "median", "q25", "q75", "difference")} == {None}
        assert row["outcome"] == "cannot_compare"


def test_the_judgement_of_an_authority_is_one_of_the_four(shipped: TestClient) -> None:
    held = {name: values(shipped, name)[1] for name in COUNTED}
    assert [held[name][KENT] for name in COUNTED] == [1, 0, 0, 0]
    assert [held[name][MANCHESTER] for name in COUNTED] == [0, 1, 0, 0]


@pytest.mark.parametrize("indicator", BESIDE)
def test_figures_that_the_same_files_hold_are_right_too(
    shipped: TestClient, indicator: str
) -> None:
    _, found = values(shipped, indicator)
    printed = dict(zip((ENGLAND, KENT, MANCHESTER), BESIDE[indicator], strict=True))
    held = {area: found[area] for area in printed if area in found}
    assert {a: v for a, v in held.items() if not agrees(v, printed[a])} == {}
    assert ENGLAND in held


def test_a_part_published_for_the_country_alone_is_not_collected_of_an_authority(
    shipped: TestClient,
) -> None:
    query = {"indicator": "cla_sdq_concern_pct", "period": "RY2024", "sex": "F"}
    country, kent = (rows(shipped, area=area, **query)[0] for area in (ENGLAND, KENT))
    assert (country["status"], kent["status"]) == ("ok", "not_collected")
