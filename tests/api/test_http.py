"""What HTTP promises of every answer, as tables of sentences: see docs/http.md."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.conditions import EnoughError
from api.resource import Resource
from api.resources import RESOURCES
from api.streams import Stream
from tests.api import world
from tests.api.conftest import Clock, client_for
from tests.api.filling import filled

ROWS = "/api/v1/observations?indicator=a_share_pct&area=authority"
PINNED = f"{ROWS}&release={world.NEW}"
PUBLIC = [one for one in RESOURCES if one.path.startswith("/v1/") and one.method == "GET"]
OF_A_RELEASE = [one for one in PUBLIC if "release" in {*one.parameters, *one.in_path}]

Held = dict[str, str]
"""What a reader holds: the headers of an answer it had before."""


def later(text: str, **by: float) -> str:
    return format_datetime(parsedate_to_datetime(text) + timedelta(**by), usegmt=True)


CONDITIONS: dict[str, tuple[int, Callable[[Held], Held]]] = {
    "the tag of the answer is unchanged": (
        304, lambda had: {"If-None-Match": had["etag"]}),
    "a weak tag is compared as if it were strong": (
        304, lambda had: {"If-None-Match": f"W/{had['etag']}"}),
    "one of a list of tags is enough": (
        304, lambda had: {"If-None-Match": f'"one", W/"two", {had["etag"]}'}),
    "a star is any answer that there is": (
        304, lambda had: {"If-None-Match": "*"}),
    "another tag is changed": (
        200, lambda had: {"If-None-Match": '"other"'}),
    "a tag without quotes is no tag": (
        200, lambda had: {"If-None-Match": had["etag"].strip('"')}),
    "the tag of an encoding that the reader does not take is changed": (
        200, lambda had: {"If-None-Match": had["etag"], "Accept-Encoding": "identity"}),
    "the time of the answer is unchanged": (
        304, lambda had: {"If-Modified-Since": had["last-modified"]}),
    "a later time is unchanged": (
        304, lambda had: {"If-Modified-Since": later(had["last-modified"], days=1)}),
    "an earlier time is changed": (
        200, lambda had: {"If-Modified-Since": later(had["last-modified"], seconds=-1)}),
    "what is no time is as if not given": (
        200, lambda had: {"If-Modified-Since": "yesterday"}),
    "tags win over time, unchanged": (
        304, lambda had: {"If-None-Match": had["etag"],
                          "If-Modified-Since": later(had["last-modified"], days=-1)}),
    "tags win over time, changed": (
        200, lambda had: {"If-None-Match": '"other"',
                          "If-Modified-Since": had["last-modified"]}),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CONDITIONS)
@pytest.mark.parametrize(
    "address",
    [
        ROWS,
        PINNED,
        ROWS.replace("?", ".parquet?"),
        "/api/v1/releases",
        "/api/v1/",
        f"/api/v1/releases/{world.NEW}",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_reader_already_holds(
    client: TestClient, method: str, address: str, sentence: str
) -> None:
    status, asked = CONDITIONS[sentence]
    had = client.get(address)
    headers = asked(dict(had.headers))
    if "encoding" in sentence and "-" not in had.headers["etag"]:
        status = 304  # nothing was compressed here, so the reader does take it
    again = client.request(method, address, headers=headers)
    assert again.status_code == status
    assert (len(again.content) > 0) == (status == 200 and method == "GET")
    if status == 304:
        for name in ("etag", "cache-control", "vary", "last-modified", "content-location"):
            assert again.headers.get(name) == had.headers.get(name), name
        assert "content-length" not in again.headers


def test_a_streamed_answer_is_not_sent_again_either(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)
    client = client_for(home)
    address = "/api/v1/observations.csv?period=all&area=authority"
    had = client.get(address)
    assert "content-length" not in had.headers
    for held in ({"If-None-Match": "*"}, {"If-Modified-Since": had.headers["last-modified"]}):
        again = client.get(address, headers=held)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == had.headers["etag"]
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == had.headers["etag"]


def test_what_is_read_part_by_part_is_closed_when_only_its_head_is_wanted() -> None:
    closed = []

    async def parts() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"a part"
        finally:
            closed.append(True)

    async def wants_no_more(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise EnoughError

    async def waits() -> Any:
        await asyncio.sleep(60)

    scope = {"type": "http", "method": "HEAD", "asgi": {"spec_version": "2.3"}}
    with pytest.raises(EnoughError):
        asyncio.run(Stream(parts())(scope, waits, wants_no_more))
    assert closed == [True]


def test_a_reader_who_breaks_off_a_body_is_gone_and_no_fault_of_ours(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Any] = []
    events = [
        {"type": "http.request", "body": b'{"area": ', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Any:
        return events.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/api/v1/observations/query", "root_path": "",
        "query_string": b"", "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1), "scheme": "http", "server": ("127.0.0.1", 80),
        "raw_path": b"/api/v1/observations/query", "http_version": "1.1",
    }  # fmt: skip
    app: Any = client.app
    asyncio.run(app(scope, receive, send))
    assert events == []
    assert sent == []
    assert caplog.records == []


def test_a_problem_is_told_whatever_the_reader_holds(client: TestClient) -> None:
    for held in ({"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}):
        assert client.get("/api/v1/observations?area=nowhere", headers=held).status_code == 400
        assert client.get("/api/v1/nothing", headers=held).status_code == 404


def test_last_modified_is_the_publication_of_the_release(tmp_path: Path) -> None:
    future = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    digest = world.write_release(tmp_path, world.NEW, world.new_cells())
    listed = world.listed(world.NEW, digest) | {"published_at": f"{future:%Y-%m-%dT%H:%M:%SZ}"}
    world.list_releases(tmp_path, world.NEW, listed)
    told = client_for(tmp_path).get(PINNED).headers["last-modified"]
    assert parsedate_to_datetime(told) == future


def test_a_withdrawal_makes_the_latest_answer_newer_not_older(tmp_path: Path) -> None:
    clock = Clock()
    old = world.listed(world.OLD, world.write_release(tmp_path, world.OLD, world.old_cells()))
    new = world.listed(world.NEW, world.write_release(tmp_path, world.NEW, world.new_cells()))
    world.list_releases(tmp_path, world.NEW, old, new)
    client = client_for(tmp_path, clock)
    had = client.get(ROWS).headers["last-modified"]
    withdrawn = {"reason": "it was wrong", "withdrawn_on": "2025-12-02"}
    world.list_releases(tmp_path, world.OLD, old, new | {"withdrawn": withdrawn})
    moved = parsedate_to_datetime(had).timestamp() + 5
    os.utime(tmp_path / "releases.json", (moved, moved))
    clock.now += 2
    again = client.get(ROWS, headers={"If-Modified-Since": had})
    assert (again.status_code, again.headers["x-release"]) == (200, world.OLD)


@pytest.mark.parametrize("resource", PUBLIC, ids=lambda one: one.path)
def test_head_says_what_get_says_without_a_body(client: TestClient, resource: Resource) -> None:
    for form in resource.formats:
        address = filled(resource, form)
        head, get = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (get.status_code, b""), address
        assert dict(head.headers) == dict(get.headers), address
        assert head.headers.get("content-length") != "0"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/observations?area=nowhere"])
def test_head_of_a_problem_has_no_body_either(client: TestClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize("resource", OF_A_RELEASE, ids=lambda one: one.path)
def test_each_form_of_an_answer_has_a_tag_a_time_and_its_rules(
    client: TestClient, resource: Resource
) -> None:
    tags = set()
    for form in resource.formats:
        headers = client.get(filled(resource, form), headers={"Accept-Encoding": "gzip"}).headers
        tags.add(headers["etag"])
        assert not headers["etag"].startswith("W/")
        assert parsedate_to_datetime(headers["last-modified"]) <= datetime.now(UTC)
        assert headers["cache-control"].startswith("public, max-age=")
        assert "immutable" not in headers["cache-control"]
        assert [name.strip() for name in headers["vary"].split(",")].count("Accept-Encoding") == 1
    assert len(tags) == len(resource.formats)


EVERYWHERE: dict[str, str] = {
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-resource-policy": "cross-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", ROWS),
        ("HEAD", ROWS),
        ("GET", "/api/v1/observations?area=nowhere"),
        ("GET", "/api/v1/nothing"),
        ("DELETE", "/api/v1/areas"),
        ("GET", "/api/health/live"),
        ("GET", f"/api/v1/releases/{world.NEW}/files/nothing"),
    ],
)
def test_every_answer_may_be_read_by_any_page_and_is_never_shown_as_one(
    client: TestClient, method: str, address: str
) -> None:
    headers = client.request(method, address).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "set-cookie" not in headers
    assert "access-control-allow-credentials" not in headers


def test_a_browser_may_ask_before_it_asks(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    answer = client.options(ROWS, headers=asked)
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "*"
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_every_header_of_ours_may_be_read_by_a_script_of_another_host(client: TestClient) -> None:
    headers = client_headers(client)
    safe = {"cache-control", "content-type", "content-language", "expires", "pragma", "vary"}
    exposed = {name.strip().lower() for name in headers.pop("exposed").split(",")}
    ours = {name for name in headers if not name.startswith(("access-control-", "x-content-"))}
    ours -= {*EVERYWHERE, *safe, "content-encoding"}
    assert ours <= exposed


def client_headers(client: TestClient) -> dict[str, Any]:
    headers = dict(client.get(ROWS.replace("?", ".csv?")).headers)
    return {**headers, "exposed": headers["access-control-expose-headers"]}
