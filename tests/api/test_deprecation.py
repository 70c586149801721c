"""What is to go says so in headers, with the day until which it stays and what replaces it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.deprecation import Deprecated
from api.main import create_api
from api.resources import RESOURCES
from tests.api import world
from tests.api.conftest import client_for, settings_for
from tests.indicators.definitions import an_indicator

RETIRED = an_indicator(
    "an_old_pct",
    order=8,
    retired={
        "deprecated_on": "2026-01-31",
        "reason": "Counted twice",
        "sunset_on": "2027-06-30",
        "superseded_by": "a_share_pct",
    },
)
SOON = an_indicator(
    "another_old_pct", order=9, retired={"deprecated_on": "2025-07-01", "reason": "Not read"}
)
FIRST, LAST = "@1769817600", "Wed, 30 Jun 2027 00:00:00 GMT"


@pytest.fixture(scope="module")
def retiring(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    home = tmp_path_factory.mktemp("retiring")
    cells = [*world.new_cells(), world.cell(RETIRED, "RY2025", world.TOWN, 1, 10)]
    cells = [{**made, "updated_release": world.NEW} for made in cells]
    digest = world.write_release(home, world.NEW, cells, (*world.INDICATORS, RETIRED, SOON))
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


@pytest.mark.parametrize(
    "path",
    [
        "indicators/an_old_pct",
        "indicators/an_old_pct/availability.csv",
        "indicators/an_old_pct/versions",
        "observations?indicator=an_old_pct",
        "observations.csv?indicator=a_share_pct,an_old_pct",
        "observations.parquet?indicator=an_old_pct",
        "trends?indicator=an_old_pct",
        f"releases/{world.NEW}/observations?indicator=an_old_pct",
    ],
)
def test_an_answer_that_names_a_deprecated_indicator_says_so(
    retiring: TestClient, path: str
) -> None:
    for _ in range(2):  # made, and from memory
        headers = retiring.get(f"/api/v1/{path}").headers
        assert (headers["deprecation"], headers["sunset"]) == (FIRST, LAST)
        links = headers["link"]
        assert '</api/v1/indicators/an_old_pct>; rel="deprecation"' in links
        assert '</api/v1/indicators/a_share_pct>; rel="successor-version"' in links
        assert 'rel="canonical"' in links


@pytest.mark.parametrize("path", ["observations", "indicators/a_share_pct", "indicators", "areas"])
def test_other_answers_do_not(retiring: TestClient, path: str) -> None:
    headers = retiring.get(f"/api/v1/{path}").headers
    assert "deprecation" not in headers
    assert "sunset" not in headers


def test_of_several_the_earliest_days_are_said(retiring: TestClient) -> None:
    headers = retiring.get("/api/v1/observations?indicator=an_old_pct,another_old_pct").headers
    assert (headers["deprecation"], headers["sunset"]) == ("@1751328000", LAST)
    alone = retiring.get("/api/v1/indicators/another_old_pct").headers
    assert "sunset" not in alone
    assert 'successor-version"; type' not in alone["link"]


def test_the_card_and_the_filter_say_it_too(retiring: TestClient) -> None:
    card = retiring.get("/api/v1/indicators/an_old_pct").json()["data"]
    assert (card["indicator_status"], card["superseded_by"]) == ("superseded", "a_share_pct")
    assert (card["deprecated_on"], card["sunset_on"]) == ("2026-01-31", "2027-06-30")
    assert card["deprecation_reason"] == "Counted twice"
    found = retiring.get("/api/v1/indicators?status=superseded,deprecated").json()["data"]
    assert [row["id"] for row in found] == ["an_old_pct", "another_old_pct"]


def test_a_deprecated_resource_says_so_in_headers_limits_and_description(home: Path) -> None:
    told = Deprecated(date(2026, 1, 31), date(2027, 6, 30), "/api/v1/indicators")
    marked = tuple(
        replace(one, deprecated=told) if one.path in {"/v1/framework", "/v1/areas/{code}"} else one
        for one in RESOURCES
    )
    client = TestClient(create_api(settings_for(home), resources=marked))
    for path in ("/v1/framework", f"/v1/areas/{world.TOWN}"):
        answer = client.get(path)
        assert (answer.headers["deprecation"], answer.headers["sunset"]) == (FIRST, LAST)
        assert '</api/v1/indicators>; rel="successor-version"' in answer.headers["link"]
        assert '</api/v1/limits>; rel="deprecation"' in answer.headers["link"]
    assert "deprecation" not in client.get("/v1/areas").headers
    listed = client.get("/v1/limits").json()["data"]["deprecated"]
    assert {one["path"]: one["sunset_on"] for one in listed} == {
        "/api/v1/framework": "2027-06-30", "/api/v1/areas/{code}": "2027-06-30",
    }  # fmt: skip
    paths = client.get("/openapi.json").json()["paths"]
    assert paths["/v1/framework"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/v1/areas"]["get"]


def test_nothing_of_ours_goes_with_less_than_twelve_months_of_notice() -> None:
    for resource in RESOURCES:
        told = resource.deprecated
        if told is not None and told.sunset is not None:
            assert told.sunset >= told.on.replace(year=told.on.year + 1)
