"""Every resource that takes areas takes them in the same ways, and narrows them alike."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.area_choice import NARROWING, class_values
from api.contract import API_PREFIX
from api.resource import Resource
from api.resources import RESOURCES
from tests.api import world
from tests.api.conftest import Ask

TOWN_NAME = world.places().area(world.TOWN).name

SELECTORS = {
    "the word for the country": "england",
    "a level": "authority",
    "regions": "region",
    "subregions": "subregion",
    "what lies within": f"within:{world.REGION}",
    "neighbours": f"neighbours:{world.TOWN}",
    "neighbours of a model": f"neighbours:{world.TOWN}:2020",
    "a code": world.TOWN,
    "a dated code": world.ITS_OLD_CODE,
    "a number": "161",
    "a number with its word": "la:161",
    "neighbours of a number": "neighbours:la:161",
    "neighbours of a number in a model": "neighbours:la:161:2020",
    "within the country": f"within:{world.COUNTRY}",
    "a name": TOWN_NAME,
    "several": f"england,{world.TOWN},within:{world.REGION}",
}


def takes_areas(resource: Resource) -> bool:
    return "area" in resource.parameters and resource.method == "GET"


TAKERS = [resource for resource in RESOURCES if takes_areas(resource)]
BY_PATH = [
    "areas/{code}", "areas/{code}/neighbours", "areas/{code}/returns", "profiles/{code}",
]  # fmt: skip


def ask_for(client: TestClient, resource: Resource, **query: str) -> Any:
    more = {"grouping": "region"} if resource.path == "/v1/groups" else {}
    path = resource.path.format(**world.IN_PATH, release="latest")
    return client.get(f"/api{path}", params={**more, **query})


def test_these_are_all_the_resources_that_take_areas() -> None:
    assert {
        "/v1/observations", "/v1/comparisons", "/v1/rankings", "/v1/trends", "/v1/exceptions",
        "/v1/standings", "/v1/commentary", "/v1/inequalities", "/v1/groups", "/v1/pairs/{pair}",
        "/v1/releases/{release}/changes",
    } <= {resource.path for resource in TAKERS}  # fmt: skip


@pytest.mark.parametrize("resource", TAKERS, ids=lambda resource: resource.path)
@pytest.mark.parametrize("selector", SELECTORS.values(), ids=list(SELECTORS))
def test_every_resource_takes_every_selector(
    client: TestClient, resource: Resource, selector: str
) -> None:
    answer = ask_for(client, resource, area=selector)
    assert answer.status_code == 200, answer.text[:300]


@pytest.mark.parametrize("resource", TAKERS, ids=lambda resource: resource.path)
@pytest.mark.parametrize("name", NARROWING)
def test_every_resource_narrows_alike(client: TestClient, resource: Resource, name: str) -> None:
    answer = ask_for(client, resource, area="authority", **{name: _class(name)})
    assert answer.status_code == 200, answer.text[:300]
    assert ask_for(client, resource, **{name: "nonsense"}).status_code == 400


def _class(name: str) -> str:
    fixed = {"region": world.REGION, "area_type": "city", "ofsted": "good"}
    return fixed.get(name) or next(iter(class_values(world.places(), name)))


@pytest.mark.parametrize("resource", TAKERS, ids=lambda resource: resource.path)
def test_every_resource_refuses_an_unknown_area_with_what_was_likely_meant(
    client: TestClient, resource: Resource
) -> None:
    told = ask_for(client, resource, area="Alverbi").json()
    assert told["parameter"] == "area"
    assert any(TOWN_NAME in suggestion for suggestion in told["suggestions"])


@pytest.mark.parametrize("resource", TAKERS, ids=lambda resource: resource.path)
def test_a_group_is_chosen_by_its_own_parameter_and_the_refusal_says_so(
    client: TestClient, resource: Resource
) -> None:
    told = ask_for(client, resource, area="group:good").json()
    assert told["parameter"] == "area"
    assert set(told["suggestions"]) == set(NARROWING)


@pytest.mark.parametrize("path", BY_PATH)
@pytest.mark.parametrize("text", [world.RECODED, world.ITS_OLD_CODE, "161", "la:161", "Ivenderby"])
def test_a_path_names_an_area_in_any_way(client: TestClient, path: str, text: str) -> None:
    answer = client.get(f"{API_PREFIX}/{path.format(code=text)}")
    assert answer.status_code == 200, answer.text[:300]


def test_a_number_with_its_word_is_the_authority_of_that_number(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area="la:161")
    assert row["area_code"] == world.RECODED
    by_number = rows(indicator="a_share_pct", area="neighbours:la:161:2020")
    assert by_number == rows(indicator="a_share_pct", area=f"neighbours:{world.RECODED}:2020")


def test_only_the_authorities_asked_for_are_grouped(rows: Ask) -> None:
    inside = {area.code for area in world.places().within(world.REGION)}
    groups = rows("groups", grouping="area_type", area=f"within:{world.REGION}")
    assert {area["code"] for group in groups for area in group["areas"]} <= inside
    narrowed = rows("groups", grouping="area_type", region=world.REGION)
    assert narrowed == groups
    (whole,) = [g for g in rows("groups", grouping="region") if g["group"] == world.REGION]
    assert sum(group["members"] for group in groups) == whole["members"]


def test_a_part_of_a_region_has_no_published_figure(rows: Ask) -> None:
    query = {"grouping": "region", "indicator": "a_share_pct"}
    (part,) = rows("groups", **query, area=f"neighbours:{world.TOWN}", region=world.REGION)
    assert part["published_value"] is None
    (whole,) = [group for group in rows("groups", **query) if group["group"] == world.REGION]
    assert whole["published_value"] is not None
    assert part["members"] < whole["members"]


def test_changes_are_narrowed_to_classes_of_authorities(rows: Ask) -> None:
    path = "releases/latest/changes"
    region = world.places().area(world.TOWN).region or ""
    found = {row["area_code"] for row in rows(path, region=region)}
    assert world.TOWN in found
    inside = {area.code for area in world.places().within(region)}
    assert found == {row["area_code"] for row in rows(path)} & inside
