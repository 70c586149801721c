"""The history of a definition: what changed with which release, and where its series breaks."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Clock, client_for
from tests.indicators.definitions import an_indicator

FIRST, SECOND, THIRD, FOURTH = "2025-01-10", "2025-06-01", "2025-09-01", "2025-12-01"
PLAIN = an_indicator("a_share_pct")
REWORDED = an_indicator("a_share_pct", definition="A share of all children.")
REDEFINED = an_indicator(
    "a_share_pct", definition="A share of all children.", version=2, denominator="Families",
    breaks=[{"period": "RY2025", "note": "Families are counted"}],
)  # fmt: skip
OTHER = an_indicator("another_pct", order=2)
STEPS = {
    FIRST: (PLAIN, OTHER),
    SECOND: (REWORDED, OTHER),
    THIRD: (REDEFINED, OTHER),
    FOURTH: (REDEFINED,),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    listed = []
    for id, indicators in STEPS.items():
        cells = [world.cell(PLAIN, "RY2024", world.TOWN, 10, 100, updated_release=id)]
        listed.append(world.listed(id, world.write_release(folder, id, cells, indicators)))
    world.list_releases(folder, FOURTH, *listed)
    return folder


@pytest.fixture(scope="module")
def history(home: Path) -> TestClient:
    return client_for(home)


def events(client: TestClient, id: str, query: str = "") -> list[tuple[Any, ...]]:
    rows = client.get(f"/api/v1/indicators/{id}/versions{query}").json()["data"]
    return [(row["event"], row["release"], row["definition_version"]) for row in rows]


def test_each_change_stands_with_the_release_that_first_had_it(history: TestClient) -> None:
    assert events(history, "a_share_pct") == [
        ("first_held", FIRST, 1),
        ("reworded", SECOND, 1),
        ("redefined", THIRD, 2),
        ("break", FOURTH, 2),
    ]


def test_what_changed_is_named_with_what_it_was(history: TestClient) -> None:
    rows = history.get("/api/v1/indicators/a_share_pct/versions").json()["data"]
    first, reworded, redefined, broken = rows
    assert (first["changed"], first["was"]) == ([], {})
    assert reworded["was"] == {"definition": "A share of children."}
    assert redefined["changed"] == ["denominator"]
    assert (redefined["was"], redefined["denominator"]) == ({"denominator": "Children"}, "Families")
    assert (broken["period"], broken["note"]) == ("RY2025", "Families are counted")
    assert broken["definition"] is None


def test_an_indicator_that_is_gone_keeps_its_history(history: TestClient) -> None:
    assert events(history, "another_pct") == [("first_held", FIRST, 1), ("removed", FOURTH, 1)]
    assert history.get("/api/v1/indicators/another_pct").status_code == 404
    answer = history.get("/api/v1/indicators/anothr_pct/versions")
    assert (answer.status_code, answer.json()["suggestions"][0]) == (404, "another_pct")


def test_a_release_knows_the_history_up_to_itself(history: TestClient) -> None:
    assert events(history, "a_share_pct", f"?release={SECOND}") == [
        ("first_held", FIRST, 1),
        ("reworded", SECOND, 1),
    ]
    twin = history.get(f"/api/v1/releases/{SECOND}/indicators/a_share_pct/versions")
    assert len(twin.json()["data"]) == 2
    assert "max-age=60" in twin.headers["cache-control"]


def test_a_release_that_is_withdrawn_drops_out_of_the_history(home: Path, tmp_path: Path) -> None:
    (tmp_path / "snapshots").symlink_to(home / "snapshots")
    folders = {path.name for path in (home / "snapshots").iterdir()}
    digests = {
        id: next(d for d in folders if f'"{id}"' in release_text(home, d)) for id in STEPS
    }  # by what each release says of itself
    listed = [world.listed(id, digest) for id, digest in digests.items()]
    clock = Clock()
    world.list_releases(tmp_path, FOURTH, *listed)
    client = client_for(tmp_path, clock)
    tag = client.get("/api/v1/indicators/a_share_pct/versions").headers["etag"]
    listed[1]["withdrawn"] = {"reason": "Wrong", "replacement": THIRD}
    world.list_releases(tmp_path, FOURTH, *listed)
    clock.now += 2
    again = client.get("/api/v1/indicators/a_share_pct/versions", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert [row["release"] for row in again.json()["data"]] == [FIRST, THIRD, FOURTH]
    assert again.json()["data"][1]["changed"] == ["definition", "denominator"]


def release_text(home: Path, digest: str) -> str:
    return (home / "snapshots" / digest / "release.json").read_text("utf-8")
