"""How much is worked out for one answer, and how much is given as JSON: beyond that, refused."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.cost import MOST_COMPUTED_ROWS
from tests.api import world
from tests.api.conftest import client_for

WORKED_OUT = {
    "inequalities": "inequalities?area=authority&by=sex",
    "exceptions": "exceptions",
    "trends": "trends",
    "rankings": "rankings",
}
FILE = f"/api/v1/releases/{world.NEW}/files/observations.csv.gz"


@pytest.fixture
def client(home: Path) -> TestClient:
    """A client of a service that keeps no answers: others may have asked the same before."""
    return client_for(home, cache_bytes=0)


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
@pytest.mark.parametrize("name", WORKED_OUT)
def test_more_rows_than_are_worked_out_for_one_answer_are_refused_before_the_work(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str, form: str
) -> None:
    def at_work(*_: object) -> None:
        raise AssertionError("nothing is worked out")

    address = WORKED_OUT[name]
    module = address.partition("?")[0]
    monkeypatch.setattr("api.cost.MOST_COMPUTED_ROWS", 0)
    monkeypatch.setattr(f"api.routes.{module}.aside_by_size", at_work)
    joint = "&" if "?" in address else "?"
    answer = client.get(f"/api/v1/{address}{joint}format={form}")
    told = answer.json()
    assert (answer.status_code, told["type"]) == (400, "/api/docs#too-large")
    assert told["rows"] > told["most_rows"] == 0
    assert told["suggestions"][0] == FILE
    assert "area=" in told["detail"]


@pytest.mark.parametrize("name", ["exceptions", "trends", "rankings"])
def test_the_estimate_is_never_lower_than_the_rows_that_there_are(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    address = f"/api/v1/{WORKED_OUT[name]}"
    count = client.get(address).json()["meta"]["count"]
    assert count
    monkeypatch.setattr("api.cost.MOST_COMPUTED_ROWS", count - 1)
    assert client.get(f"{address}?release=latest").status_code == 400


def test_no_list_of_rows_is_longer_in_json_than_the_limits_say(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.answers.MOST_ROWS", {"json": 1})
    answer = client.get("/api/v1/areas")
    assert (answer.status_code, answer.json()["most_rows"]) == (400, 1)
    assert answer.json()["suggestions"][-1] == "/api/v1/areas.csv"
    assert client.get("/api/v1/areas.csv").status_code == 200


def test_the_limits_name_how_much_is_worked_out(client: TestClient) -> None:
    limits = {one["id"]: one for one in client.get("/api/v1/limits").json()["data"]["limits"]}
    assert limits["computed_rows"]["value"] == MOST_COMPUTED_ROWS
