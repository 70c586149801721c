"""Under a release: each resource there answers as it does with `release=`."""

import pytest
from starlette.testclient import TestClient

from api.resource import Resource
from api.resources import RESOURCES
from api.twins import has_twin, twin_path
from tests.api import world
from tests.api.conftest import Ask

OF_ALL_RELEASES = (
    "/v1/limits", "/v1/status", "/v1/releases", "/v1/catalogue", "/v1/feeds/", "/v1/datapackage",
)  # fmt: skip
"""How the paths begin of the releases themselves and of what is of all of them, or the latest."""
TWINNED = [resource for resource in RESOURCES if has_twin(resource)]


def filled(path: str, release: str) -> str:
    return f"/api{path.format(release=release, **world.IN_PATH)}"


def and_more(query: str, more: str) -> str:
    return f"?{query}&{more}" if query else f"?{more}"


def test_every_resource_of_a_release_is_found_under_it() -> None:
    public = {resource.path for resource in RESOURCES if resource.path.startswith("/v1/")}
    alone = public - {resource.path for resource in TWINNED}
    assert {path for path in alone if not path.startswith(OF_ALL_RELEASES)} == {"/v1/"}
    assert not [one.path for one in TWINNED if one.path.startswith(OF_ALL_RELEASES)]


@pytest.mark.parametrize("resource", TWINNED, ids=lambda resource: resource.path)
@pytest.mark.parametrize("release", [world.OLD, world.NEW])
def test_a_resource_under_a_release_has_the_very_bytes_and_tag_of_release(
    client: TestClient, resource: Resource, release: str
) -> None:
    path, example = str(twin_path(resource)), resource.example
    body = {"indicator": ["a_share_pct"]} if resource.method == "POST" else None
    for suffix in {"", *(f".{name}" for name in resource.formats if name in {"csv", "parquet"})}:
        address = f"{filled(path, release)}{suffix}?{example}"
        twin = client.request(resource.method, address, json=body)
        asked = and_more(example, f"release={release}")
        address = f"{filled(resource.path, release)}{suffix}{asked}"
        other = client.request(resource.method, address, json=body)
        assert twin.status_code == other.status_code
        assert twin.content == other.content
        assert twin.headers.get("etag") == other.headers.get("etag")
        assert twin.headers["cache-control"] == other.headers["cache-control"]
        if twin.status_code == 200:
            assert twin.headers["x-release"] == release


def test_under_latest_the_answer_names_the_address_that_lasts(client: TestClient) -> None:
    answer = client.get("/api/v1/releases/latest/observations.csv?indicator=a_share_pct")
    assert answer.text == client.get("/api/v1/observations.csv?indicator=a_share_pct").text
    assert "max-age=60" in answer.headers["cache-control"]
    lasting = client.get(answer.headers["content-location"])
    assert lasting.text == answer.text
    assert f"release={world.NEW}" in answer.headers["content-location"]


def test_what_is_not_modified_is_said_under_a_release_too(client: TestClient) -> None:
    address = f"/api/v1/releases/{world.OLD}/indicators"
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert client.head(address).headers["etag"] == tag


@pytest.mark.parametrize("name", ["release", "as_of"])
def test_a_release_cannot_be_chosen_twice(problem: Ask, name: str) -> None:
    told = problem(f"releases/{world.OLD}/observations", **{name: world.OLD})
    assert told["parameter"] == name
    assert "leave" in told["detail"]


def test_an_unknown_release_and_an_unknown_resource_are_not_found(problem: Ask) -> None:
    assert world.NEW in problem("releases/2025-12-10/areas", 404)["suggestions"]
    problem(f"releases/{world.OLD}/nothing", 404)
    problem(f"releases/{world.OLD}/releases", 404)


def test_the_description_tells_the_address_under_a_release(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    of_path = {path: next(iter(about.values())) for path, about in paths.items()}
    told = {path: about.get("x-path-under-a-release") for path, about in of_path.items()}
    assert told["/v1/observations"] == "/v1/releases/{release}/observations"
    assert {path for path, twin in told.items() if twin} == {one.path for one in TWINNED}
