"""Answers that are ready: sent before anything is looked at, and never when they must not be."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api import ready
from api.counting import LEAST_SWEPT, Counts
from api.front import ApiFirst
from api.main import Api, create_api
from api.ready import Ready
from api.registry import Registry
from tests.api import world
from tests.api.conftest import Clock, settings_for

ROWS = "/api/v1/observations?indicator=a_share_pct&area=authority"
PLAIN = {"Accept-Encoding": "identity"}


def served(home: Path, clock: Clock | None = None, **changes: Any) -> tuple[TestClient, Api]:
    registry = Registry(home, clock=clock) if clock else None
    api = create_api(settings_for(home, **changes), registry)
    app = ApiFirst(Starlette(), api, "/api")
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False), api


def ready_of(api: Api) -> Ready:
    assert isinstance(api.first, Ready)
    return api.first


async def nothing(*_: object) -> None:
    raise AssertionError("nothing within is asked")


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
def test_the_same_request_again_asks_nothing_within(home: Path, encoding: str) -> None:
    client, api = served(home)
    headers = {"Accept-Encoding": encoding}
    first = client.get(ROWS, headers=headers)
    ready_of(api).app = nothing
    again = client.get(ROWS, headers=headers)
    assert (again.status_code, again.content) == (200, first.content)
    assert sorted(again.headers.raw) == sorted(first.headers.raw)
    with pytest.raises(AssertionError):
        TestClient(client.app, base_url="http://127.0.0.1").get(f"{ROWS}&period=RY2024")


def test_whoever_holds_the_answer_is_told_so_from_what_is_ready(home: Path) -> None:
    client, api = served(home)
    held = {**PLAIN, "If-None-Match": client.get(ROWS, headers=PLAIN).headers["etag"]}
    first = client.get(ROWS, headers=held)
    ready_of(api).app = nothing
    again = client.get(ROWS, headers=held)
    assert (first.status_code, again.status_code, again.content) == (304, 304, b"")
    assert sorted(again.headers.raw) == sorted(first.headers.raw)


@pytest.mark.parametrize(
    "other",
    [
        {"Accept": "text/csv"},
        {"Accept-Encoding": "gzip"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_other_wishes_have_another_answer(home: Path, other: dict[str, str]) -> None:
    client, _ = served(home)
    alone, _ = served(home)
    for _ in range(2):
        client.get(ROWS, headers=PLAIN)
    for _ in range(2):
        mine, fresh = (one.get(ROWS, headers={**PLAIN, **other}) for one in (client, alone))
        assert (mine.status_code, mine.content) == (fresh.status_code, fresh.content)
        assert mine.headers.get("etag") == fresh.headers.get("etag")
        assert client.get(ROWS, headers=PLAIN).status_code == 200


def test_a_ready_answer_is_counted_and_refused_like_any_other(home: Path) -> None:
    client, _ = served(home, rate_limit="3/hour")
    told = [client.get(ROWS, headers=PLAIN).headers["ratelimit"] for _ in range(3)]
    assert [text.split(";")[1] for text in told] == ["r=2", "r=1", "r=0"]
    refused = client.get(ROWS, headers=PLAIN)
    assert (refused.status_code, refused.headers["ratelimit"].split(";")[1]) == (429, "r=0")


def test_what_is_ready_but_unchanged_is_not_counted(home: Path) -> None:
    client, _ = served(home, rate_limit="2/hour")
    held = {**PLAIN, "If-None-Match": client.get(ROWS, headers=PLAIN).headers["etag"]}
    for _ in range(4):
        answer = client.get(ROWS, headers=held)
        assert answer.status_code == 304
        assert "ratelimit" not in answer.headers
    assert client.get(ROWS, headers=PLAIN).status_code == 200
    assert client.get(ROWS, headers=held).status_code == 304


def test_an_answer_that_the_cache_let_go_is_made_anew(home: Path) -> None:
    client, api = served(home)
    first = client.get(ROWS, headers=PLAIN)
    ready_of(api).shelf.follow("another token")
    again = client.get(ROWS, headers=PLAIN)
    assert (again.status_code, again.content) == (200, first.content)


def test_nothing_is_ready_without_a_cache(home: Path) -> None:
    _, api = served(home, cache_bytes=0)
    assert not isinstance(api.first, Ready)


def test_only_finished_answers_are_ready(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)
    client, api = served(home)
    for address in ("/api/v1/nothing", f"{ROWS}&period=never", "/api/v1/observations.csv"):
        for _ in range(2):
            client.get(address)
    client.head(ROWS)
    assert ready_of(api).held == {}


def test_however_much_is_asked_memory_is_bounded(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "MOST_READY", 8)
    client, api = served(home, cache_bytes=60_000)
    mine = ready_of(api)
    for number in range(40):
        address = f"/api/v1/observations?area={world.TOWN}&period=RY20{number % 7 + 19}..RY2025"
        for encoding in ("identity", "gzip"):
            client.get(address, headers={"Accept-Encoding": encoding, "Accept": f"*/*;q={number}"})
        assert len(mine.held) <= 8
        held = {
            id(body): len(body)
            for stored, _ in mine.shelf.held.values()
            for body in stored.bodies.values()
        }
        assert sum(held.values()) <= mine.shelf.used_bytes <= 60_000
    assert mine.shelf.held
    long = client.get(f"{ROWS}&period={','.join(['RY2025'] * 300)}")
    assert long.status_code == 200
    assert all(len(same[2]) < 1_000 for same in mine.held)


def test_a_withheld_figure_is_ready_no_more(tmp_path: Path) -> None:
    clock = Clock()
    every = world.new_cells()
    first = world.write_release(tmp_path, world.NEW, every)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, first))
    client, api = served(tmp_path, clock)
    before = [client.get(ROWS, headers=PLAIN) for _ in range(3)]
    assert len(ready_of(api).held) == 1
    place = next(
        place
        for place, made in enumerate(every)
        if (made["indicator"], made["period"], made["area"])
        == ("a_share_pct", "RY2025", world.TOWN)
    )
    every[place] = world.without_value(world.SHARE, "RY2025", world.TOWN, "suppressed", "c")
    every[place] |= {"updated_release": world.NEW}
    second = world.write_release(tmp_path, world.NEW, every)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, second))
    shutil.rmtree(tmp_path / "snapshots" / first)
    clock.now += 1.5
    after = [client.get(ROWS, headers=PLAIN) for _ in range(2)]
    assert len({answer.content for answer in before}) == len({a.content for a in after}) == 1
    (row,) = (row for row in after[0].json()["data"] if row["area_code"] == world.TOWN)
    assert (row["value"], row["status"]) == (None, "suppressed")


def test_counts_begin_again_when_their_window_has_ended() -> None:
    clock = Clock()
    counts = Counts(60, clock)
    assert [counts.add("a") for _ in range(3)] == [1, 2, 3]
    clock.now = 59
    assert (counts.used("a"), counts.left("a"), counts.used("b"), counts.left("b")) == (3, 1, 0, 0)
    clock.now = 60
    assert (counts.used("a"), counts.left("a")) == (0, 0)
    assert counts.add("a") == 1
    assert counts.left("a") == 60


def test_addresses_that_ask_no_more_are_forgotten() -> None:
    clock = Clock()
    counts = Counts(60, clock)
    for number in range(LEAST_SWEPT):
        counts.add(str(number))
    clock.now = 61
    counts.add("another")
    assert list(counts._held) == ["another"]
