"""Addresses and numbers that are spelt in odd ways."""

import pytest
from starlette.testclient import TestClient

from tests.api import world

MANY = "9" * 5_000


@pytest.mark.parametrize(
    "asked", ["observations?limit=", "observations?last=", "observations?last_with_data="]
)
@pytest.mark.parametrize("number", [MANY, "0", "000", "-1", "1.5", "²"])
def test_what_is_no_number_in_bounds_is_refused_in_words(
    client: TestClient, asked: str, number: str
) -> None:
    answer = client.get(f"/api/v1/{asked}{number}")
    assert answer.status_code == 400
    assert "is not a whole number from 1 to" in answer.json()["detail"]


def test_a_count_of_neighbours_is_refused_alike(client: TestClient) -> None:
    answer = client.get(f"/api/v1/areas/{world.TOWN}/neighbours?n={MANY}")
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["v1/areas", f"v1/areas/{world.TOWN}", "docs", "health/live"])
def test_an_address_with_a_slash_at_its_end_is_the_same_address(
    client: TestClient, path: str
) -> None:
    answer = client.get(f"/api/{path}/", headers={"Host": "elsewhere"}, follow_redirects=False)
    assert (answer.status_code, answer.headers.get("location")) == (200, None)
    assert answer.content == client.get(f"/api/{path}").content


@pytest.mark.parametrize("name", ["changes.csv", "citation.bib", "revisions.csv", "citation.ris"])
def test_the_lasting_address_of_a_part_of_the_latest_release_keeps_its_format(
    client: TestClient, name: str
) -> None:
    answer = client.get(f"/api/v1/releases/latest/{name}")
    assert answer.headers["content-location"] == f"/api/v1/releases/{world.NEW}/{name}"
    assert client.get(answer.headers["content-location"]).content == answer.content
