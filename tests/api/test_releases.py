"""Releases: which one a question is answered from, and that it is the same from end to end."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.registry import Registry, read_state
from tests.api import world
from tests.api.conftest import Ask, Clock, client_for

COUNTRY_ROW = "/api/v1/observations?indicator=a_share_pct&area=england"


def test_both_releases_answer_by_their_id(rows: Ask) -> None:
    (old,) = rows(indicator="a_share_pct", area=world.TOWN, release=world.OLD)
    (new,) = rows(indicator="a_share_pct", area=world.TOWN, release=world.NEW)
    assert (old["release"], old["period"]) == (world.OLD, "RY2024")
    assert (new["release"], new["period"]) == (world.NEW, "RY2025")
    assert rows(indicator="a_share_pct", area=world.TOWN, release="latest") == [new]
    assert rows(indicator="a_share_pct", area=world.TOWN) == [new]


@pytest.mark.parametrize(
    ("day", "release"),
    [("2025-01-10", world.OLD), ("2025-11-30", world.OLD), ("2025-12-01", world.NEW),
     ("2025-12-01T09:29:59", world.OLD), ("2030-01-01", world.NEW)],
)  # fmt: skip
def test_as_of_reads_by_our_time_of_publication(rows: Ask, day: str, release: str) -> None:
    (row,) = rows(indicator="a_share_pct", area="england", as_of=day)
    assert row["release"] == release


@pytest.mark.parametrize("resource", ["observations", "areas", "boundaries.geojson", "rankings"])
def test_an_as_of_to_come_is_answered_with_a_warning(client: TestClient, resource: str) -> None:
    query = {"indicator": "a_share_pct"} if resource != "areas" else {}
    path = f"/api/v1/{resource}"
    meta = client.get(path, params={**query, "as_of": "2999-01-31"}).json()["meta"]
    assert meta["release"] == world.NEW
    assert "2999-01-31 is yet to come" in meta["warnings"][0]
    now = client.get(path, params={**query, "as_of": "2026-01-31"}).json()["meta"]
    assert not any("to come" in text for text in now["warnings"])


@pytest.mark.parametrize("text", ["2025-12-01T09:30:00Z", "2025-12-01T11:00:00+00:00"])
def test_as_of_may_be_a_moment_with_its_zone(rows: Ask, text: str) -> None:
    (row,) = rows(indicator="a_share_pct", area="england", as_of=text)
    assert row["release"] == world.NEW


@pytest.mark.parametrize(
    "text",
    ["20261126", "2026-W48-4", "2026-W48", "2026-11", "20261126T093000", "2026-11-26 09:30",
     "2026-02-30", "2026-11-26T25:00", "2026-11-26T09", "1.12.2025", "２０２６-11-26"],
)  # fmt: skip
def test_an_as_of_in_another_form_is_refused_with_the_form(problem: Ask, text: str) -> None:
    told = problem(as_of=text)
    assert told["parameter"] == "as_of"
    assert "YYYY-MM-DD" in told["detail"]


def test_rebuilt_history_counts_from_the_day_it_stands_for(home: Path, tmp_path: Path) -> None:
    state = json.loads((home / "releases.json").read_bytes())
    old = {**state["releases"][0], "kind": "rebuilt_history", "published_on": "2024-11-20",
           "published_at": "2026-01-05T10:00:00+00:00"}  # fmt: skip
    listed = {**state, "releases": [state["releases"][1], old]}
    (tmp_path / "releases.json").write_text(json.dumps(listed), "utf-8")
    found = read_state(tmp_path / "releases.json")
    assert found.find(None, "2025-06-01").id == world.OLD
    assert found.find(None, "2026-02-01").id == world.NEW


def test_before_the_first_release_there_is_nothing_to_read(problem: Ask) -> None:
    told = problem(as_of="2024-12-31")
    assert told["parameter"] == "as_of"
    assert "2025-01-10" in told["detail"]


@pytest.mark.parametrize("query", [{"as_of": "soon"}, {"as_of": "2025-06-01", "release": "latest"}])
def test_an_as_of_that_cannot_be_read_is_refused(problem: Ask, query: dict[str, str]) -> None:
    assert problem(**query)["parameter"] == "as_of"


def test_an_unknown_release_is_not_found_with_what_was_likely_meant(problem: Ask) -> None:
    assert world.NEW in problem(status=404, release="2025-12-10")["suggestions"]
    assert world.NEW in problem("releases/2025-12-10", 404)["suggestions"]


def test_a_withdrawn_release_says_why_and_what_replaces_it(home: Path, tmp_path: Path) -> None:
    state = json.loads((home / "releases.json").read_bytes())
    told = {"reason": "A file was read twice", "replacement": world.NEW}
    state["releases"][0]["withdrawn"] = told
    (tmp_path / "releases.json").write_text(json.dumps(state), "utf-8")
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    client = client_for(tmp_path)
    for path in (f"observations?release={world.OLD}", f"releases/{world.OLD}"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 410
        assert "A file was read twice" in answer.json()["detail"]
        assert answer.json()["suggestions"] == [world.NEW]
        assert answer.json()["withdrawn"] == told
    assert client.get("/api/v1/observations?as_of=2025-06-01").status_code == 400
    listed = client.get("/api/v1/releases").json()["data"]
    assert [row["withdrawn"] for row in listed] == [None, told]


def test_releases_are_listed_the_newest_first(client: TestClient) -> None:
    listed = client.get("/api/v1/releases").json()["data"]
    assert [row["id"] for row in listed] == [world.NEW, world.OLD]


def test_a_release_says_what_it_was_made_from(client: TestClient) -> None:
    detail = client.get("/api/v1/releases/latest").json()["data"]
    assert detail["id"] == world.NEW
    assert [source["id"] for source in detail["sources"]] == ["a_table_2024", "a_table_2025"]


def test_a_change_of_the_list_is_noticed_within_two_seconds(home: Path, tmp_path: Path) -> None:
    clock = Clock()
    state = json.loads((home / "releases.json").read_bytes())
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    world.list_releases(tmp_path, world.OLD, state["releases"][0])
    client = client_for(tmp_path, clock)
    assert client.get(COUNTRY_ROW).json()["meta"]["release"] == world.OLD
    world.list_releases(tmp_path, world.NEW, *state["releases"])
    clock.now += 2
    assert client.get(COUNTRY_ROW).json()["meta"]["release"] == world.NEW


def test_each_answer_is_of_one_release_while_others_are_published(
    home: Path, tmp_path: Path
) -> None:
    state = json.loads((home / "releases.json").read_bytes())
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    world.list_releases(tmp_path, world.OLD, *state["releases"])
    clock = Clock()
    client = client_for(tmp_path, clock)
    address = "/api/v1/observations?indicator=a_share_pct,a_rate_10k&period=all"

    async def publish_and_read() -> list[dict[str, Any]]:
        transport = httpx.ASGITransport(app=client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as reader:
            reading = []
            for turn in range(30):
                world.list_releases(tmp_path, (world.OLD, world.NEW)[turn % 2], *state["releases"])
                clock.now += 1.1
                reading += [asyncio.create_task(reader.get(address)) for _ in range(3)]
                await asyncio.sleep(0)
            return [answer.json() for answer in await asyncio.gather(*reading)]

    answers = asyncio.run(publish_and_read())
    digests = {row["id"]: row["digest"] for row in state["releases"]}
    assert {answer["meta"]["release"] for answer in answers} == {world.OLD, world.NEW}
    for answer in answers:
        assert answer["meta"]["digest"] == digests[answer["meta"]["release"]]
        assert {row["release"] for row in answer["data"]} == {answer["meta"]["release"]}


def test_pages_never_mix_releases(home: Path, tmp_path: Path) -> None:
    state = json.loads((home / "releases.json").read_bytes())
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    world.list_releases(tmp_path, world.OLD, state["releases"][0])
    clock = Clock()
    client = client_for(tmp_path, clock)
    whole = client.get("/api/v1/observations?indicator=a_share_pct&area=authority").json()["data"]
    address = "/api/v1/observations?indicator=a_share_pct&area=authority&limit=60"
    pages = []
    while address:
        answer = client.get(address)
        pages.append(answer.json()["data"])
        address = answer.json()["links"].get("next", "")
        assert (f'<{address}>; rel="next"' in answer.headers["link"]) == bool(address)
        world.list_releases(tmp_path, world.NEW, *state["releases"])
        clock.now += 2
    assert [len(page) for page in pages] == [60, 60, 33]
    assert [row for page in pages for row in page] == whole


def test_a_cursor_goes_with_its_own_query_alone(client: TestClient, problem: Ask) -> None:
    link = client.get("/api/v1/observations?area=authority&limit=5").json()["links"]["next"]
    answer = client.get(link.replace("area=authority", "area=region"))
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("cursor-mismatch")
    assert problem(cursor="nonsense", limit="5")["parameter"] == "cursor"
    assert problem(cursor="nonsense")["parameter"] == "limit"


def test_a_cursor_of_a_release_that_has_changed_is_refused(tmp_path: Path) -> None:
    clock = Clock()
    first = world.write_release(tmp_path, world.NEW, world.new_cells())
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, first))
    client = client_for(tmp_path, clock)
    link = client.get("/api/v1/observations?area=authority&limit=5").json()["links"]["next"]
    second = world.write_release(tmp_path, world.NEW, world.new_cells()[1:])
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, second))
    clock.now += 2
    assert client.get(link).status_code == 400


def test_before_anything_is_published_the_service_says_so(tmp_path: Path) -> None:
    client = client_for(tmp_path)
    assert client.get("/api/v1/observations").status_code == 503
    assert client.get("/api/health/live").status_code == 200
    assert client.get("/api/health/ready").status_code == 503
    assert client.get("/api/v1/").status_code == 200
    assert client.get("/api/v1/releases").json()["data"] == []
    assert client.get("/api/openapi.json").status_code == 200


def test_the_service_is_ready_once_the_latest_release_is_open(client: TestClient) -> None:
    assert client.get("/api/health/ready").json() == {"status": "ready", "release": world.NEW}


def test_a_snapshot_that_is_missing_is_told_as_unavailable(tmp_path: Path) -> None:
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, "0" * 64))
    client = client_for(tmp_path)
    answer = client.get("/api/v1/observations")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert client.get("/api/health/ready").status_code == 503


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 9, "releases": []}', "{"])
def test_a_list_of_releases_that_cannot_be_read_stops_no_process(tmp_path: Path, text: str) -> None:
    (tmp_path / "releases.json").write_text(text, "utf-8")
    client = client_for(tmp_path)
    assert client.get("/api/health/live").status_code == 200
    assert client.get("/api/health/ready").status_code == 503
    assert client.get("/api/v1/observations").status_code == 503


def test_few_releases_are_held_open_at_a_time(home: Path) -> None:
    registry = Registry(home, keep_open=1)
    for release in registry.state().releases:
        registry.open(release)
    assert len(registry._open) == 1


def test_files_of_a_release_are_listed_and_sent(tmp_path: Path) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    (tmp_path / "snapshots" / digest / "files" / "notes.csv").write_text("a,b\r\n", "utf-8")
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    listed = client.get(f"/api/v1/releases/{world.NEW}/files").json()["data"]
    (row,) = (row for row in listed if row["name"] == "notes.csv")
    assert row["bytes"] == 5
    pinned, lasting = client.get(row["url"]), client.get(row["lasting_url"])
    assert pinned.text == lasting.text == "a,b\r\n"
    assert "immutable" not in pinned.headers["cache-control"]
    assert "immutable" in lasting.headers["cache-control"]
    assert digest in row["lasting_url"]
    again = client.get(row["url"], headers={"If-None-Match": pinned.headers["etag"]})
    assert again.status_code == 304
    short = client.get(f"/api/v1/releases/latest/files/{row['name']}")
    assert "max-age=60" in short.headers["cache-control"]


@pytest.mark.parametrize(
    "name", ["nothing.csv", "../release.json", "..%2Frelease.json", "/etc/hosts"]
)
def test_only_files_that_are_listed_are_sent(tmp_path: Path, name: str) -> None:
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    assert client.get(f"/api/v1/releases/latest/files/{name}").status_code == 404
    assert client.get(f"/api/v1/files/{digest}/{name}").status_code == 404
    assert client.get(f"/api/v1/files/{'1' * 64}/{name}").status_code == 404


def test_the_registry_sees_a_replacement_of_the_same_size_and_second(tmp_path: Path) -> None:
    clock = Clock()
    registry = Registry(tmp_path, clock=clock)
    world.list_releases(tmp_path, "a", world.listed("a", "1" * 64))
    stat = (tmp_path / "releases.json").stat()
    assert registry.state().latest == "a"
    world.list_releases(tmp_path, "b", world.listed("b", "1" * 64))
    os.utime(tmp_path / "releases.json", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    clock.now += 1
    assert registry.state().latest == "b"
