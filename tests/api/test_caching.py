"""Tags, caches and headers: what may be kept, for how long, and when it must go."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.front import in_process
from api.question import question_of
from api.shelf import Shelf, Stored
from tests.api import world
from tests.api.conftest import Clock, client_for

ROWS = "/api/v1/observations?indicator=a_share_pct&area=authority"
PINNED = f"{ROWS}&release={world.NEW}"


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    etag = client.get(ROWS).headers["etag"]
    for tag in (etag, f"W/{etag}", f'"other", {etag}', "*", etag.replace("-gzip", "")):
        again = client.get(ROWS, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert "max-age" in again.headers["cache-control"]


def test_a_changed_question_has_another_tag(client: TestClient) -> None:
    tags = {
        client.get(address).headers["etag"]
        for address in (ROWS, f"{ROWS}&period=RY2024", f"{ROWS}&release={world.OLD}")
    }
    assert len(tags) == 3


def test_each_format_and_encoding_has_its_own_tag(client: TestClient) -> None:
    tags = {
        client.get(address, headers={"Accept-Encoding": encoding}).headers["etag"]
        for address in (ROWS, ROWS.replace("observations", "observations.csv"))
        for encoding in ("identity", "gzip", "br")
    }
    assert len(tags) == 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("order=area&order=-period", "order=-period&order=area"),
        ("fields=area_code&fields=value", "fields=value&fields=area_code"),
        ("indicator=a_share_pct&area=england", "area=england&indicator=a_share_pct"),
    ],
)
def test_a_tag_stands_for_the_same_bytes_however_a_question_is_spelt(
    client: TestClient, one: str, other: str
) -> None:
    answers = [client.get(f"/api/v1/observations?period=all&{spelt}") for spelt in (one, other)]
    assert answers[0].content != answers[1].content  # its own address at least is another
    assert answers[0].headers["etag"] != answers[1].headers["etag"]


def test_the_order_of_parameters_makes_no_other_rows(client: TestClient) -> None:
    one = client.get("/api/v1/observations?indicator=a_share_pct&area=england")
    other = client.get("/api/v1/observations?area=england&indicator=a_share_pct")
    assert one.json()["data"] == other.json()["data"]


def test_a_sign_that_was_written_as_text_is_no_other_parameter(client: TestClient) -> None:
    words = client.get("/api/v1/areas?q=galdenshire%26kind=authority")
    parameters = client.get("/api/v1/areas?q=galdenshire&kind=authority")
    assert words.headers["etag"] != parameters.headers["etag"]
    assert (len(words.json()["data"]), len(parameters.json()["data"])) == (0, 3)


def test_latest_is_kept_shortly_and_names_its_pinned_twin(client: TestClient) -> None:
    answer = client.get(ROWS)
    assert answer.headers["cache-control"] == "public, max-age=60, must-revalidate"
    twin = answer.headers["content-location"]
    assert f"release={world.NEW}" in twin
    assert client.get(twin).json()["data"] == answer.json()["data"]


def test_a_pinned_answer_is_kept_a_day_and_never_called_immutable(client: TestClient) -> None:
    answer = client.get(PINNED)
    assert answer.headers["cache-control"] == "public, max-age=86400, must-revalidate"
    assert "content-location" not in answer.headers


def test_anybody_may_read_from_a_page_of_theirs(client: TestClient) -> None:
    answer = client.get(ROWS, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert client.options(ROWS).status_code == 204


@pytest.mark.parametrize("path", ["/api/v1/observations", "/api/v1/nothing", "/api/health/live"])
def test_every_answer_says_that_it_is_data_and_not_a_page(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")


def test_other_methods_are_refused_as_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/observations")
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_vary_header_is_there_once(client: TestClient) -> None:
    assert client.get(ROWS).headers["vary"] == "Accept, Accept-Encoding"


def test_the_cache_drops_what_was_unused_longest_when_it_is_full() -> None:
    shelf = Shelf(most_bytes=100)
    for name in "abcdefghijkl":
        shelf.put(("t", name), Stored([], {"": b"x" * 10}))
    assert shelf.used_bytes == 100
    assert shelf.get(("t", "a")) is None
    assert shelf.get(("t", "l")) is not None
    shelf.put(("t", "l"), Stored([], {"": b"x" * 12}))
    assert shelf.used_bytes <= 100


def test_an_answer_larger_than_its_share_of_the_cache_is_not_kept() -> None:
    shelf = Shelf(most_bytes=100)
    shelf.put(("t", "a"), Stored([], {"": b"x" * 50}))
    assert shelf.used_bytes == 0


def test_a_second_request_is_answered_from_the_cache(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home)
    first = client.get(ROWS)
    monkeypatch.setattr("api.routes.observations.question_of", None)  # nothing can be made any more
    assert client.get(ROWS).content == first.content
    assert client.get(f"{ROWS}&period=RY2024").status_code == 500


def test_without_a_cache_every_answer_is_made_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home, cache_bytes=0)
    client.get(ROWS)
    monkeypatch.setattr("api.routes.observations.question_of", None)
    assert client.get(ROWS).status_code == 500


def test_calls_of_our_own_process_pass_the_cache_by(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home)
    client.get(ROWS)
    monkeypatch.setattr("api.routes.observations.question_of", None)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=in_process(client.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as inside:
            return await inside.get(ROWS)

    assert asyncio.run(ask()).status_code == 500


def test_many_who_wait_for_one_answer_have_it_made_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(home)
    client.get("/api/health/ready")
    made = []

    def counted(*arguments: Any) -> Any:
        made.append(1)
        return question_of(*arguments)

    monkeypatch.setattr("api.routes.observations.question_of", counted)
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)  # made beside the event loop

    async def ask_often() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as reader:
            return await asyncio.gather(*(reader.get(ROWS) for _ in range(20)))

    answers = asyncio.run(ask_often())
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(made) == 1


def test_a_redaction_empties_the_cache_and_changes_the_tag(tmp_path: Path) -> None:
    clock = Clock()
    every = world.new_cells()
    place = next(
        place
        for place, made in enumerate(every)
        if (made["indicator"], made["period"], made["area"])
        == ("a_share_pct", "RY2025", world.COUNTRY)
    )
    every[place] = {**every[place], "value": 98.7, "numerator": 987654.0}
    first = world.write_release(tmp_path, world.NEW, every)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, first))
    client = client_for(tmp_path, clock)
    addresses = (f"{ROWS.split('&')[0]}&area=england", f"{PINNED.split('&')[0]}&area=england&release={world.NEW}")  # fmt: skip  # noqa: E501
    before = {address: client.get(address) for address in addresses}
    assert all("987654" in answer.text for answer in before.values())

    every[place] = world.without_value(world.SHARE, "RY2025", world.COUNTRY, "suppressed", "c") | {
        "updated_release": world.NEW
    }
    second = world.write_release(tmp_path, world.NEW, every)
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, second))
    shutil.rmtree(tmp_path / "snapshots" / first)
    clock.now += 1.5

    for address, old in before.items():
        again = client.get(address, headers={"If-None-Match": old.headers["etag"]})
        assert again.status_code == 200
        assert "987654" not in again.text
        assert again.json()["data"][0]["status"] == "suppressed"
        assert again.headers["etag"] != old.headers["etag"]


@pytest.mark.parametrize(
    "address",
    [
        ROWS,
        "/api/v1/areas",
        f"/api/v1/areas/{world.TOWN}",
        "/api/v1/areas?q=high%20fells&format=csv",
        "/api/v1/observations.csv?area=authority&indicator=a_share_pct&indicator=a_rate_10k",
        f"/api/v1/observations?area={world.TOWN}&as_of={world.NEW}",
        f"/api/v1/observations?area={world.TOWN}&release={world.NEW}",
        "/api/v1/releases",
        f"/api/v1/releases/{world.NEW}",
        "/api/v1/",
    ],
)
@pytest.mark.parametrize("tag", ["", "*"])
def test_not_modified_names_the_lasting_address_as_the_answer_does(
    client: TestClient, address: str, tag: str
) -> None:
    whole = client.get(address)
    again = client.get(address, headers={"If-None-Match": tag or whole.headers["etag"]})
    assert (whole.status_code, again.status_code) == (200, 304)
    assert again.headers.get("content-location") == whole.headers.get("content-location")
