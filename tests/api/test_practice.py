"""Whatever the API answers about made-up figures says so; about others it does not."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import client_for

RELEASE = "practice-2025-12-01"
QUESTIONS = (
    "/api/v1/",
    "/api/v1/framework",
    "/api/v1/indicators",
    "/api/v1/indicators/a_share_pct",
    "/api/v1/areas",
    f"/api/v1/areas/{world.TOWN}",
    f"/api/v1/areas/{world.TOWN}/neighbours",
    "/api/v1/observations?indicator=a_share_pct&area=authority",
    f"/api/v1/comparisons?indicator=a_share_pct&area={world.TOWN}&with=england",
    f"/api/v1/profiles/{world.TOWN}",
    "/api/v1/trends?indicator=a_share_pct&area=authority",
    "/api/v1/rankings?indicator=a_share_pct",
    f"/api/v1/exceptions?area={world.TOWN}",
    "/api/v1/pairs",
    "/api/v1/groups",
    "/api/v1/releases",
    "/api/v1/releases/latest",
    "/api/v1/releases/latest/files",
    "/api/v1/releases/latest/changes",
)
OTHERS = (
    "/api/health/live",
    "/api/health/ready",
    "/api/docs",
    "/api/openapi.json",
    "/api/v1/observations?indicator=none_such",
    "/api/v1/nowhere",
)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of an API over a release of made-up figures."""
    home: Path = tmp_path_factory.mktemp("practice")
    cells = [{**cell, "updated_release": RELEASE} for cell in world.new_cells()]
    digest = world.write_release(home, RELEASE, cells)
    dates = {"published_at": "2025-12-01T09:30:00+00:00", "published_on": "2025-12-01"}
    entry = world.listed(RELEASE, digest, **dates)
    world.list_releases(home, RELEASE, entry, is_practice=True)
    return client_for(home)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_marked_in_header_and_meta(practice: TestClient, question: str) -> None:
    answer = practice.get(question)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["X-Data-Kind"] == "practice"
    assert answer.json()["meta"]["is_practice"] is True
    assert "made up" in answer.json()["meta"]["not_official"]


@pytest.mark.parametrize("question", OTHERS)
def test_so_is_what_is_no_answer_about_figures(practice: TestClient, question: str) -> None:
    assert practice.get(question).headers["X-Data-Kind"] == "practice"


@pytest.mark.parametrize("question", [*QUESTIONS, *OTHERS])
def test_other_releases_bear_no_mark(client: TestClient, question: str) -> None:
    answer = client.get(question)
    assert "X-Data-Kind" not in answer.headers
    if question in QUESTIONS:
        assert answer.json()["meta"]["is_practice"] is False


def test_a_second_answer_from_the_cache_is_marked_as_well(practice: TestClient) -> None:
    first, second = (practice.get(QUESTIONS[7]) for _ in range(2))
    assert first.headers["X-Data-Kind"] == second.headers["X-Data-Kind"] == "practice"
    unchanged = practice.get(QUESTIONS[7], headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    assert unchanged.headers["X-Data-Kind"] == "practice"


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_table_says_so_in_its_name_and_in_every_row(practice: TestClient, format: str) -> None:
    answer = practice.get(f"/api/v1/observations.{format}?indicator=a_share_pct&area=authority")
    assert answer.status_code == 200
    assert RELEASE in answer.headers["Content-Disposition"]
    lines = answer.text.splitlines()[1 if format == "csv" else 0 :]
    assert lines
    assert all(RELEASE in line[:40] for line in lines)


def test_the_description_and_the_documents_say_so(practice: TestClient, client: TestClient) -> None:
    assert practice.get("/api/openapi.json").json()["info"]["title"].startswith("PRACTICE")
    assert "made up" in practice.get("/api/docs").text
    assert "PRACTICE" not in client.get("/api/openapi.json").json()["info"]["title"]
    assert "made up" not in client.get("/api/docs").text
