"""What the description of the API says in words, and the bodies that it shows."""

import pytest
from starlette.testclient import TestClient

from api.contract.columns import column_text
from api.openapi_answers import CHOSEN_ROW
from api.routes.comparisons import MOST_ROWS
from tests.api.describing import (
    Described,
    address,
    faults,
    operations,
    validator_of,
)
from tests.api.test_openapi import forms


@pytest.fixture(scope="module")
def described(client: TestClient) -> Described:
    found: Described = client.get("/api/openapi.json").json()
    return found


def test_every_day_is_written_as_a_day(client: TestClient, described: Described) -> None:
    asked = 0
    for path, operation in operations(described):
        for name, form in forms(operation):
            if form.get("format") == "date":
                told = client.get(address(path, operation), params={name: "31/03/2025"})
                assert (told.status_code, told.json()["parameter"]) == (400, name), path
                asked += 1
    assert asked >= 20


def test_the_description_says_what_every_type_and_column_means(described: Described) -> None:
    schemas = described["components"]["schemas"]
    for name, schema in schemas.items():
        assert schema["description"], name
        if name == CHOSEN_ROW:
            continue  # the columns of a row, or words of them
        for column, about in schema["properties"].items():
            assert about["description"] == column_text(name, column)
    row = schemas["InequalityRow"]["properties"]["outcome"]
    assert "rest of its total" in row["description"]


def test_the_description_says_what_is_meant_without_an_area_and_how_much_is_too_much(
    described: Described,
) -> None:
    paths = described["paths"]

    def about_area(path: str) -> str:
        given = paths[path]["get"]["parameters"]
        return str(next(one["description"] for one in given if one["name"] == "area"))

    assert "Default: `england` alone" in about_area("/v1/inequalities")
    assert f"At most {MOST_ROWS:,} comparisons" in about_area("/v1/comparisons")
    for path in ("/v1/comparisons", "/v1/trends", "/v1/rankings", "/v1/pairs/{pair}"):
        assert "Default: `authority`" in about_area(path)
    assert "Default: all" in about_area("/v1/observations")


def test_the_bodies_that_the_description_shows_are_answered(
    client: TestClient, described: Described
) -> None:
    asked = 0
    for path, operation in operations(described, "post"):
        validator = validator_of(described, operation)
        for body in operation["requestBody"]["content"].values():
            for name, example in body["examples"].items():
                answer = client.post(f"/api{path}", json=example["value"])
                assert answer.status_code == 200, (path, name, answer.text[:200])
                assert answer.json()["data"], name
                if "fields" not in example["value"]:
                    assert faults(validator, answer.json()) == [], name
                asked += 1
    assert asked >= 2
