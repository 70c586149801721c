"""The figures of an indicator on a map: those of the observations, hidden where they are."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.mapping import FIGURE, asked, properties, refused


@pytest.mark.parametrize("kind", ["tiles", "boundaries"])
def test_figures_are_those_of_the_observations(mapped: TestClient, kind: str) -> None:
    found = properties(asked(mapped, kind=kind, **FIGURE))
    rows = mapped.get("/api/v1/observations", params={**FIGURE, "area": "authority"}).json()["data"]
    by_code = {row["area_code"]: row for row in rows}
    columns = ("release", "indicator", "period", "value", "numerator", "denominator", "ci_lower",
               "ci_upper", "status", "unit")  # fmt: skip
    assert set(found) <= set(by_code)
    for code, told in found.items():
        assert {name: told[name] for name in columns} == {
            name: by_code[code][name] for name in columns
        }
        assert told["flags"] == ";".join(by_code[code]["flags"])


def test_a_hidden_figure_is_hidden_on_the_map_too(mapped: TestClient) -> None:
    told = properties(asked(mapped, area=world.SUPPRESSED, **FIGURE))[world.SUPPRESSED]
    assert (told["value"], told["numerator"], told["status"]) == (None, None, "suppressed")


def test_an_area_that_did_not_exist_then_says_so_and_one_that_did_is_named_as_not_drawn(
    mapped: TestClient,
) -> None:
    found = asked(mapped, indicator="a_share_pct", period="RY2019")
    for code in world.BEGUN:
        told = properties(found)[code]
        assert (told["value"], told["status"], told["indicator"]) == (
            None, "not_applicable", "a_share_pct",
        )  # fmt: skip
        assert "did not exist" in told["status_reason"]
    assert all(told["status"] for told in properties(found).values())
    (warning,) = found["meta"]["warnings"]
    assert f"({world.ENDED})" in warning
    assert "not drawn" in warning


def test_a_map_of_the_latest_period_warns_of_nothing(mapped: TestClient) -> None:
    found = asked(mapped, **FIGURE)
    assert found["meta"]["warnings"] == []
    assert {told["status_reason"] for told in properties(found).values()} == {None}


def test_a_period_without_any_row_says_for_each_area_that_there_is_no_figure(
    mapped: TestClient,
) -> None:
    found = asked(mapped, indicator="a_rate_10k", period="RY2019")
    told = properties(found)
    assert {told[code]["status"] for code in world.BEGUN} == {"not_applicable"}
    others = set(told).difference(world.BEGUN)
    assert {told[code]["status"] for code in others} == {"not_available"}
    assert {told["period"] for told in properties(found).values()} == {"RY2019"}
    assert "no figures for RY2019" in found["meta"]["warnings"][0]


def test_areas_without_a_shape_are_named_where_they_were_asked_for(mapped: TestClient) -> None:
    regions = asked(mapped, kind="tiles", area="region")
    assert regions["features"] == []
    assert f"({world.REGION})" in regions["meta"]["warnings"][0]
    (warning,) = asked(mapped, area=f"{world.ENDED},{world.TOWN}")["meta"]["warnings"]
    assert "1 area is not drawn" in warning
    assert f"({world.ENDED})" in warning


@pytest.mark.parametrize(
    "query",
    [
        {"indicator": "a_share_pct,a_rate_10k"},
        {"indicator": "a_share_pct", "period": "all"},
        {"indicator": "a_rate_10k", "period": "RY2024", "sex": "all"},
    ],
)
def test_a_map_of_several_figures_is_refused(mapped: TestClient, query: dict[str, Any]) -> None:
    assert "one figure of an area" in refused(mapped, **query)["detail"]


def test_a_period_without_an_indicator_is_answered_with_a_warning(mapped: TestClient) -> None:
    warnings = asked(mapped, period="RY2025")["meta"]["warnings"]
    assert warnings == ["period: no figures are shown; name one with indicator="]
