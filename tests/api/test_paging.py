"""Pages of one answer: signed cursors, bound to one question and one release."""

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.signing import KEY_NAME, NO_KEY, signing_key
from tests.api import world
from tests.api.conftest import Ask, Clock, client_for

QUESTIONS = [
    "indicator=a_share_pct&period=all",
    "period=all&sex=all&order=-value",
    "period=all&order=-period,area&status=ok,suppressed",
    "area=region,england&last=2&fields=area_code,period,value",
    "period=all&last_with_data=2&flags=none&labels=both",
]


def pages_of(client: TestClient, address: str) -> list[dict[str, Any]]:
    """Return all pages, following `next` as it is given."""
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following is not None:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text[:300]
        found.append(answer.json())
        following = found[-1]["links"].get("next")
        assert "next_cursor" not in found[-1]["meta"]
        assert ('rel="next"' in answer.headers["link"]) == (following is not None)
        assert len(found) < 100
    return found


def posted_pages(client: TestClient, address: str, body: Any) -> list[dict[str, Any]]:
    """Return all pages of a body, sent again each time with the cursor of the page before."""
    found: list[dict[str, Any]] = []
    more: dict[str, str] = {}
    while len(found) < 100:
        answer = client.post(address, json={**body, **more})
        assert answer.status_code == 200, answer.text[:300]
        found.append(answer.json())
        assert "next" not in found[-1]["links"]
        assert 'rel="next"' not in answer.headers["link"]
        cursor = found[-1]["meta"].get("next_cursor")
        assert answer.headers.get("x-next-cursor") == cursor
        if cursor is None:
            break
        more = {"cursor": cursor}
    return found


def rows_of(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for page in pages for row in page["data"]]


@pytest.mark.parametrize("query", QUESTIONS)
@pytest.mark.parametrize("limit", [37, 100])
def test_pages_put_together_are_the_whole(client: TestClient, query: str, limit: int) -> None:
    whole = client.get(f"/api/v1/observations?{query}").json()["data"]
    pages = pages_of(client, f"/api/v1/observations?{query}&limit={limit}")
    assert rows_of(pages) == whole
    assert [page["meta"]["count"] for page in pages[:-1]] == [limit] * (len(pages) - 1)


def test_pages_of_a_body_put_together_are_the_whole(client: TestClient) -> None:
    body = {"any": [{"area": "region"}, {"area": "authority", "period": "all"}], "order": "value"}
    path = "/api/v1/observations/query"
    whole = client.post(path, json=body).json()["data"]
    assert rows_of(posted_pages(client, f"{path}?limit=150", body)) == whole
    assert rows_of(posted_pages(client, path, {**body, "limit": 150})) == whole


def test_pages_in_other_formats_follow_the_same_link(client: TestClient) -> None:
    whole = client.get("/api/v1/observations.csv?indicator=a_share_pct").text
    first = client.get("/api/v1/observations.csv?indicator=a_share_pct&limit=100")
    second = client.get(first.links["next"]["url"])
    assert first.text + second.text.partition("\r\n")[2] == whole
    assert "next" not in second.links


def test_the_rows_of_all_pages_are_counted_if_asked(client: TestClient, problem: Ask) -> None:
    address = "/api/v1/observations?indicator=a_share_pct&limit=10"
    whole = client.get("/api/v1/observations?indicator=a_share_pct").json()["meta"]["count"]
    assert "total" not in client.get(address).json()["meta"]
    pages = pages_of(client, f"{address}&count=true")
    assert {page["meta"]["total"] for page in pages} == {whole}
    assert problem(count="maybe")["parameter"] == "count"


def test_a_cursor_that_was_altered_is_refused(client: TestClient, problem: Ask) -> None:
    first = client.get("/api/v1/observations?limit=10").json()["links"]["next"]
    cursor = first.partition("cursor=")[2].partition("&")[0]
    content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    at = content.index(b",10,")
    forged = content[:at] + b",20," + content[at + 4 :]
    for altered in (
        base64.urlsafe_b64encode(forged).decode().rstrip("="),
        base64.urlsafe_b64encode(content[12:]).decode().rstrip("="),
        cursor[:-4],
        "é",
    ):
        told = problem(cursor=altered, limit="10")
        assert told["type"] == "/api/docs#cursor-mismatch"
    assert client.get(first).status_code == 200


@pytest.mark.parametrize("more", ["&area=region", "&order=value", "&fields=value", "&status=ok"])
def test_a_cursor_goes_with_its_own_question_alone(client: TestClient, more: str) -> None:
    first = client.get("/api/v1/observations?limit=10").json()["links"]["next"]
    answer = client.get(f"{first}{more}")
    assert (answer.status_code, answer.json()["type"]) == (400, "/api/docs#cursor-mismatch")


def test_pages_may_have_another_size_than_the_page_before(client: TestClient) -> None:
    query = "/api/v1/observations?indicator=a_share_pct"
    whole = client.get(query).json()["data"]
    first = client.get(f"{query}&limit=7").json()
    second = client.get(first["links"]["next"].replace("limit=7", "limit=11")).json()
    assert first["data"] + second["data"] == whole[:18]


def test_the_next_page_of_a_body_in_a_file_stands_in_a_header(client: TestClient) -> None:
    path, body = "/api/v1/observations/query.csv", {"indicator": "a_share_pct"}
    whole = client.post(path, json=body).text
    first = client.post(path, json={**body, "limit": 100})
    more = {"cursor": first.headers["x-next-cursor"], "limit": 100_000}
    second = client.post(path, json={**body, **more})
    assert first.text + second.text.partition("\r\n")[2] == whole
    assert "x-next-cursor" not in second.headers


def test_a_cursor_goes_with_its_own_body_alone(client: TestClient) -> None:
    path = "/api/v1/observations/query?limit=10"
    first = client.post(path, json={"area": "authority"}).json()["meta"]["next_cursor"]
    body = {"cursor": first}
    assert client.post(path, json={"area": "authority", **body}).status_code == 200
    answer = client.post(path, json={"area": "region", **body})
    assert answer.json()["type"] == "/api/docs#cursor-mismatch"


def test_pages_stay_with_the_release_of_the_first_when_another_is_published(
    tmp_path: Path,
) -> None:
    old = world.write_release(tmp_path, world.OLD, world.old_cells())
    world.list_releases(tmp_path, world.OLD, world.listed(world.OLD, old))
    clock = Clock()
    client = client_for(tmp_path, clock)
    query = "/api/v1/observations?period=all"
    whole = client.get(query).json()["data"]
    first = client.get(f"{query}&limit=200").json()
    new = world.write_release(tmp_path, world.NEW, world.new_cells())
    world.list_releases(
        tmp_path, world.NEW, world.listed(world.OLD, old), world.listed(world.NEW, new)
    )
    clock.now += 10
    assert client.get(query).json()["meta"]["release"] == world.NEW
    later = pages_of(client, first["links"]["next"])
    assert {page["meta"]["release"] for page in later} == {world.OLD}
    assert rows_of([first, *later]) == whole


def test_all_workers_of_a_home_read_the_cursors_of_each_other(tmp_path: Path) -> None:
    old = world.write_release(tmp_path, world.OLD, world.old_cells())
    world.list_releases(tmp_path, world.OLD, world.listed(world.OLD, old))
    following = client_for(tmp_path).get("/api/v1/observations?limit=5").json()["links"]["next"]
    assert client_for(tmp_path).get(following).status_code == 200
    key = tmp_path / KEY_NAME
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 32
    assert [path.name for path in tmp_path.iterdir() if KEY_NAME in path.name] == [KEY_NAME]


def test_a_cursor_of_another_home_is_refused(tmp_path: Path, client: TestClient) -> None:
    old = world.write_release(tmp_path, world.OLD, world.old_cells())
    world.list_releases(tmp_path, world.OLD, world.listed(world.OLD, old))
    other = client_for(tmp_path).get(f"/api/v1/observations?limit=5&release={world.OLD}")
    answer = client.get(other.json()["links"]["next"])
    assert answer.json()["type"] == "/api/docs#cursor-mismatch"


def test_a_home_that_cannot_be_written_to_has_cursors_without_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> int:
        raise PermissionError

    monkeypatch.setattr("api.signing.os.open", refuse)
    assert signing_key(tmp_path) == NO_KEY
    assert signing_key(tmp_path / "missing") == NO_KEY


def test_the_worker_that_comes_second_takes_the_key_of_the_first(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    signing_key.__globals__["_read"].cache_clear()
    assert signing_key(tmp_path) == key
    signing_key.__globals__["_make"](tmp_path / KEY_NAME)
    assert (tmp_path / KEY_NAME).read_bytes() == key
