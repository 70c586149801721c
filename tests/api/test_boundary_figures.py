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


def test_an_area_without_a_row_has_no_figure_and_no_status(mapped: TestClient) -> None:
    found = properties(asked(mapped, indicator="a_share_pct", period="RY2019"))
    told = found[world.BEGUN[0]]
    assert (told["value"], told["status"], told["indicator"]) == (None, None, "a_share_pct")


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
