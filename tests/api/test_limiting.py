"""How many requests one address may make: what counts, who is counted, and what is told."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from api.limiting import counted_address
from api.trends import trend_rows
from tests.api import world
from tests.api.conftest import client_for

ROWS = "/api/v1/observations?area=england"
FILE = f"/api/v1/releases/{world.NEW}/files/observations.csv.gz"

LATER = "Fri, 01 Jan 2100 00:00:00 GMT"

COUNTED: dict[str, tuple[str, str, dict[str, str]]] = {
    "a list of rows": ("GET", ROWS, {}),
    "its head, which takes as long to make": ("HEAD", ROWS, {}),
    "what a star finds unchanged once it was made": ("GET", ROWS, {"If-None-Match": "*"}),
    "what proves unchanged since once it was made": ("GET", ROWS, {"If-Modified-Since": LATER}),
    "a refusal to whoever names a time": ("GET", f"{ROWS}&a=b", {"If-Modified-Since": LATER}),
    "an answer in another form": ("GET", "/api/v1/areas.csv", {}),
    "a refusal": ("GET", "/api/v1/observations?area=nowhere", {}),
    "an address that is not there": ("GET", "/api/v1/nothing", {}),
    "the list of files": ("GET", f"/api/v1/releases/{world.NEW}/files", {}),
}
FREE: dict[str, tuple[str, str, dict[str, str]]] = {
    "the head of a file": ("HEAD", FILE, {}),
    "a file of a release": ("GET", FILE, {}),
    "a file by its digest": ("GET", "/api/v1/files/none/observations.csv.gz", {}),
    "health": ("GET", "/api/health/ready", {}),
    "the documents": ("GET", "/api/docs", {}),
    "the description": ("GET", "/api/openapi.json", {}),
    "the limits": ("GET", "/api/v1/limits", {}),
}  # fmt: skip


@pytest.mark.parametrize("sentence", COUNTED)
def test_what_counts_is_refused_when_there_is_nothing_left(home: Path, sentence: str) -> None:
    method, address, headers = COUNTED[sentence]
    client = client_for(home, rate_limit="1/hour")
    first = client.request(method, address, headers=headers)
    assert first.headers["ratelimit"].startswith('"default";r=0;t=')
    assert client.get(ROWS).status_code == 429


@pytest.mark.parametrize("sentence", FREE)
def test_what_is_free_leaves_the_limit_as_it_was(home: Path, sentence: str) -> None:
    method, address, headers = FREE[sentence]
    client = client_for(home, rate_limit="1/hour")
    for _ in range(3):
        assert client.request(method, address, headers=headers).status_code != 429
    assert client.get(ROWS).status_code == 200
    assert client.get(ROWS).status_code == 429


def test_whoever_holds_an_answer_may_go_on_asking_whether_it_changed(home: Path) -> None:
    client = client_for(home, rate_limit="1/hour")
    tag = client.get(ROWS).headers["etag"]
    assert client.get(ROWS, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(ROWS, headers={"If-None-Match": '"other"'}).status_code == 429


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", ["If-Modified-Since", "If-None-Match"])
def test_what_was_given_before_is_known_to_be_unchanged_and_free(
    home: Path, name: str, method: str
) -> None:
    client = client_for(home, rate_limit="1/hour")
    client.get(ROWS)
    headers = {name: LATER if name == "If-Modified-Since" else "*"}
    for _ in range(3):
        answer = client.request(method, ROWS, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert "ratelimit" not in answer.headers
    earlier = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert client.get(ROWS, headers=earlier).status_code == 429


def test_what_is_known_to_be_unchanged_is_told_as_if_it_had_been_made(home: Path) -> None:
    client = client_for(home)
    headers = {"If-Modified-Since": LATER}
    made = client.get(ROWS, headers=headers)
    known = client.head(ROWS, headers=headers)
    assert (made.status_code, known.status_code) == (304, 304)
    assert sorted(made.headers.raw) == sorted(known.headers.raw)


def test_a_request_is_counted_before_the_work_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home, rate_limit="2/hour")
    told: list[str | int] = []

    def while_it_is_made(*given: Any, **more: Any) -> Any:
        told.append(client.get("/api/v1/areas").headers["ratelimit"].split(";")[1])
        told.append(client.get("/api/v1/areas.csv").status_code)
        return trend_rows(*given, **more)

    monkeypatch.setattr("api.routes.trends.trend_rows", while_it_is_made)
    assert client.get("/api/v1/trends").headers["ratelimit"].split(";")[1] == "r=1"
    assert told == ["r=0", 429]


def test_every_counted_answer_says_what_is_left(home: Path) -> None:
    client = client_for(home, rate_limit="3/minute")
    for left in (2, 1, 0, 0):
        headers = client.get(ROWS).headers
        assert headers["ratelimit-policy"] == '"default";q=3;w=60'
        found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', headers["ratelimit"])
        assert found is not None
        assert int(found[1]) == left
        assert 1 <= int(found[2]) <= 60


def test_a_refusal_says_when_to_come_back_and_what_costs_nothing(home: Path) -> None:
    client = client_for(home, rate_limit="1/hour")
    client.get(ROWS)
    refused = client.get(ROWS)
    told = refused.json()
    assert (refused.status_code, told["type"]) == (429, "/api/docs#too-many-requests")
    assert int(refused.headers["retry-after"]) == told["retry_after"] > 0
    assert "whole files" in told["detail"]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::9", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("unknown", "unknown", True),
        ("no:address", "no:address", True),
    ],
)
def test_one_address_is_counted_as_one_and_so_is_one_network_of_ipv6(
    one: str, other: str, is_same: bool
) -> None:
    assert (counted_address(one) == counted_address(other)) == is_same


@contextmanager
def served(home: Path, trusted: str) -> Iterator[str]:
    """Serve a home as `outcomes up` does behind proxies; give the address."""
    from outcomes import proxy_options

    app = client_for(home, rate_limit="2/hour").app
    config = uvicorn.Config(app, port=0, log_level="error", **proxy_options(trusted))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.mark.parametrize(
    ("trusted", "statuses"),
    [
        ("", [200, 200, 429, 429]),
        ("127.0.0.1", [200, 200, 200, 200]),
        ("192.0.2.7", [200, 200, 429, 429]),
    ],
)
def test_who_asks_is_told_by_trusted_proxies_alone(
    home: Path, trusted: str, statuses: list[int]
) -> None:
    with served(home, trusted) as address:
        found = [
            httpx.get(f"{address}{ROWS}", headers={"X-Forwarded-For": f"198.51.100.{n}"})
            for n in range(4)
        ]
    assert [answer.status_code for answer in found] == statuses


def test_limits_of_another_setting_have_another_tag(home: Path) -> None:
    tags = [
        client_for(home, rate_limit=limit).get("/api/v1/limits").headers["etag"]
        for limit in ("10/minute", "20/minute", "20/minute")
    ]
    assert tags[0] != tags[1] == tags[2]
