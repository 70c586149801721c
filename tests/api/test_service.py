"""What the service tells of itself: its parts, how to begin, its limits, promises and state."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.contract import MOST_JSON_ROWS
from api.cost import MOST_ROWS
from api.problems import BEYOND_A_LIMIT, KINDS
from api.resources import RESOURCES
from tests.api import world
from tests.api.conftest import client_for


def test_the_service_document_lists_every_resource_by_part(client: TestClient) -> None:
    card = client.get("/api/v1/").json()["data"]
    listed = {one["path"]: one for part in card["parts"] for one in part["resources"]}
    assert set(listed) == {f"/api{resource.path}" for resource in RESOURCES}
    rows = listed["/api/v1/observations"]
    assert rows["path_under_a_release"] == "/api/v1/releases/{release}/observations"
    assert {"csv", "json"} <= set(rows["takes_formats"])
    assert "indicator" in rows["parameters"]
    assert listed["/api/v1/limits"]["path_under_a_release"] is None
    assert len({part["part"] for part in card["parts"]}) == len(card["parts"])


def test_every_step_of_how_to_begin_is_answered(client: TestClient) -> None:
    steps = client.get("/api/v1/").json()["data"]["begin"]
    assert len(steps) >= 5
    for step in steps:
        answer = client.get(step["get"])
        assert answer.status_code == 200, step
        is_json = answer.headers["content-type"] == "application/json"
        assert answer.json()["data"] if is_json else answer.text.count("\n") > 1, step


def test_limits_say_what_is_allowed_what_the_problem_is_and_what_to_do(home: Path) -> None:
    card = client_for(home, rate_limit="100/minute").get("/api/v1/limits").json()["data"]
    limits = {one["id"]: one for one in card["limits"]}
    assert limits["requests"]["value"] == 100
    assert card["window_seconds"] == 60
    assert limits["json_rows"]["value"] == MOST_JSON_ROWS
    assert limits["sheet_rows"]["value"] == MOST_ROWS["xlsx"]
    assert {one["problem"] for one in limits.values()} <= set(KINDS)
    assert all(one["instead"] and one["applies_to"] for one in limits.values())
    assert card["notice_months"] >= 12
    assert card["deprecated"] == []
    assert any("304" in words for words in card["not_counted"])


def test_without_a_limit_of_requests_the_limits_say_so(client: TestClient) -> None:
    card = client.get("/api/v1/limits").json()["data"]
    assert (card["limits"][0]["value"], card["window_seconds"]) == (None, None)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        (f"observations?area={'x' * 17_000}", 414, "address-too-long"),
        ("rankings?limit=1", 400, "unknown-parameter"),
    ],
)
def test_a_problem_beyond_a_limit_leads_to_the_limits(
    client: TestClient, path: str, status: int, kind: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["type"]) == (status, f"/api/docs#{kind}")
    leads = answer.json().get("limits")
    assert leads == ("/api/v1/limits" if kind in BEYOND_A_LIMIT else None)


def test_too_many_requests_lead_to_the_limits_which_are_never_counted(home: Path) -> None:
    client = client_for(home, rate_limit="2/hour", cache_bytes=0)
    answers = [client.get("/api/v1/framework") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert client.get(answers[-1].json()["limits"]).status_code == 200


def test_the_status_says_which_release_is_the_latest(client: TestClient, tmp_path: Path) -> None:
    card = client.get("/api/v1/status").json()["data"]
    assert (card["latest_release"], card["releases_held"]) == (world.NEW, 2)
    assert (card["data_kind"], card["api_version"]) == ("published", "1")
    empty = client_for(tmp_path).get("/api/v1/status")
    assert empty.status_code == 200
    assert (empty.json()["data"]["latest_release"], empty.json()["data"]["releases_held"]) == (
        None, 0,
    )  # fmt: skip


def test_the_status_of_a_practice_service_says_so(home: Path, tmp_path: Path) -> None:
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    digest = next((home / "snapshots").iterdir()).name
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest), is_practice=True)
    assert client_for(tmp_path).get("/api/v1/status").json()["data"]["data_kind"] == "practice"


@pytest.mark.parametrize("path", ["", "limits", "status", "releases"])
def test_what_is_of_the_service_has_no_lasting_address(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    tag = answer.headers["etag"]
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert "content-location" not in {*answer.headers, *again.headers}


@pytest.mark.parametrize("path", ["", "limits", "status"])
def test_what_is_of_the_service_takes_no_release(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}?release=latest")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "release")


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        (f"profiles/{world.TOWN}", {"area", "neighbours", "comparisons", "trends", "rankings"}),
        (f"areas/{world.TOWN}", {"profile", "observations", "commentary", "returns"}),
        (f"observations?indicator=a_share_pct&area={world.TOWN}", {"indicator", "area"}),
        ("rankings?indicator=a_share_pct", {"indicator"}),
        (f"commentary?area={world.TOWN}", {"area"}),
        (f"releases/{world.NEW}", {"changes", "revisions", "files", "citation", "previous"}),
        (f"releases/{world.OLD}", {"next"}),
        ("groups", {"region", "ofsted:leadership"}),
        (f"groups?release={world.OLD}", {"region"}),
    ],
)
def test_an_answer_leads_to_what_belongs_to_it(
    client: TestClient, path: str, leads_to: set[str]
) -> None:
    links = client.get(f"/api/v1/{path}").json()["links"]
    assert leads_to <= set(links)
    for name in leads_to:
        assert client.get(links[name]).status_code == 200, links[name]


def test_the_members_of_a_group_are_linked_for_a_release(client: TestClient) -> None:
    links = client.get(f"/api/v1/groups?release={world.OLD}").json()["links"]
    answer = client.get(links["region"]).json()
    assert answer["meta"]["release"] == world.OLD
    assert all(group["areas"] for group in answer["data"])
