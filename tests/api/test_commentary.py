"""Comments beside figures: which are answered, in every format, and how soon they change."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indicators.commentary import FILE_NAME
from tests.api import said, world
from tests.api.conftest import Ask, Clock, client_for

PATH = "/api/v1/commentary"


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """The same releases in a folder that a test may change."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "snapshots").symlink_to(home / "snapshots")
    shutil.copy(home / "releases.json", folder)
    return folder


def test_comments_are_answered_beside_the_figures_of_the_release(rows: Ask) -> None:
    found = rows("commentary", area=world.TOWN)
    assert [row["comment_id"] for row in found] == ["c02", "c01"]
    good = found[1]
    assert (good["release"], good["period"], good["sex"]) == (world.NEW, "RY2025", "_T")
    assert (good["comment_kind"], good["author_role"]) == ("going_well", "approver")
    assert (good["written_on"], good["checked_on"]) == ("2025-12-02", "2025-12-05")


def test_a_comment_on_a_figure_that_a_release_has_not_is_not_told_of(
    rows: Ask, client: TestClient
) -> None:
    assert {row["comment_id"] for row in rows("commentary")} == {"c01", "c02"}
    old = rows("commentary", release=world.OLD)
    assert [row["comment_id"] for row in old] == ["c02"]
    assert "c03" not in client.get(PATH).text


def test_comments_are_narrowed_by_area_indicator_period_and_kind(rows: Ask) -> None:
    assert [r["comment_id"] for r in rows("commentary", kind="concern")] == ["c02"]
    assert [r["comment_id"] for r in rows("commentary", period="latest")] == ["c01"]
    assert [r["comment_id"] for r in rows("commentary", period="RY2024..RY2025")] == ["c02", "c01"]
    assert rows("commentary", area=world.SUPPRESSED) == []
    assert rows("commentary", indicator="a_rate_10k") == []
    region = world.places().area(world.TOWN).region
    assert len(rows("commentary", area=f"within:{region}")) == 2
    assert rows("commentary", area=f"within:{world.OTHER_REGION}") == []


def test_what_a_query_gets_wrong_is_named(problem: Ask) -> None:
    assert problem("commentary", kind="good")["parameter"] == "kind"
    assert problem("commentary", period="RY1875")["parameter"] == "period"
    assert problem("commentary", colour="red")["parameter"] == "colour"


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "arrow"])
def test_comments_come_in_every_format(client: TestClient, format: str) -> None:
    answer = client.get(f"{PATH}.{format}")
    assert answer.status_code == 200
    assert b"c01" in answer.content


def test_no_comment_is_run_by_a_spreadsheet(client: TestClient) -> None:
    lines = client.get(f"{PATH}.csv").text.splitlines()
    assert any("'=SUM(A1)" in line for line in lines)


def test_a_new_comment_is_answered_within_two_seconds_without_a_new_release(
    own_home: Path,
) -> None:
    clock = Clock()
    client = client_for(own_home, clock)
    before = client.get(PATH)
    assert before.json()["data"] == []
    figures = client.get("/api/v1/observations")
    said.write_comments(own_home, said.GOOD)
    clock.now += 1.0
    tag = {"If-None-Match": before.headers["etag"]}
    after = client.get(PATH, headers=tag)
    assert (after.status_code, len(after.json()["data"])) == (200, 1)
    assert client.get(PATH, headers={"If-None-Match": after.headers["etag"]}).status_code == 304
    still = client.get("/api/v1/observations")
    assert still.headers["etag"] == figures.headers["etag"]


def test_comments_of_a_named_release_are_not_cached_for_a_day(own_home: Path) -> None:
    said.write_comments(own_home, said.GOOD)
    client = client_for(own_home)
    for query in ("", f"?release={world.NEW}"):
        answer = client.get(f"{PATH}{query}")
        assert "max-age=60" in answer.headers["cache-control"]
        again = client.get(f"{PATH}{query}", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert "max-age=60" in again.headers["cache-control"]


def test_a_comment_that_was_taken_back_is_gone(own_home: Path) -> None:
    clock = Clock()
    said.write_comments(own_home, said.GOOD, said.CONCERN)
    client = client_for(own_home, clock)
    assert len(client.get(PATH).json()["data"]) == 2
    said.write_comments(own_home, said.CONCERN)
    clock.now += 1.0
    assert said.GOOD.text not in client.get(PATH).text


@pytest.mark.parametrize("body", ["{", json.dumps({"format": 9, "place_set": "made_up"})])
def test_figures_are_answered_when_the_comments_cannot_be_read(own_home: Path, body: str) -> None:
    (own_home / FILE_NAME).write_text(body, "utf-8")
    client = client_for(own_home)
    assert client.get("/api/v1/observations?area=england").status_code == 200
    assert client.get(PATH).json()["data"] == []


def test_a_comment_is_data_and_never_markup(own_home: Path) -> None:
    said.write_comments(own_home, replace(said.GOOD, text="A & B did well “here”, all year round"))
    answer = client_for(own_home).get(PATH)
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["data"][0]["text"].startswith("A & B")
