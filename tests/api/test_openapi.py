"""The description of the API is OpenAPI 3.1, complete, and every example in it is answered."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR
from starlette.testclient import TestClient

from api import contract
from api.formats import FORMATS
from api.openapi_answers import HEADERS, PROBLEMS
from api.openapi_files import BY_DIGEST, BY_RELEASE
from api.resource import Resource
from api.resources import RESOURCES
from tests.api import world
from tests.api.describing import (
    Described,
    address,
    faults,
    operations,
    validator_of,
    whole_address,
)
from tests.api.filling import filled

GIVEN = [one for one in RESOURCES if one.method == "GET" and not one.media_types]


@pytest.fixture(scope="module")
def described(client: TestClient) -> Described:
    found: Described = client.get("/api/openapi.json").json()
    return found


def test_the_description_is_valid_openapi(described: Described) -> None:
    assert described["openapi"].startswith("3.1")
    assert [error.message for error in OPENAPI_31_VALIDATOR.iter_errors(described)] == []


def test_every_resource_and_file_is_described_with_its_parameters_in_words(
    described: Described,
) -> None:
    resources = {resource.path for resource in RESOURCES}
    assert set(described["paths"]) == {*resources, BY_RELEASE, BY_DIGEST}
    for path, item in described["paths"].items():
        (operation,) = item.values()
        for parameter in operation["parameters"]:
            assert parameter["description"], (path, parameter["name"])
    assert described["servers"] == [{"url": "/api"}]
    rows = described["components"]["schemas"]["ObservationRow"]
    assert tuple(rows["properties"]) == contract.ROW_COLUMNS


def test_every_operation_has_a_name_of_its_own(described: Described) -> None:
    ids = [one["operationId"] for item in described["paths"].values() for one in item.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.path)
def test_every_format_of_a_resource_is_among_its_media_types(
    described: Described, resource: Resource
) -> None:
    operation = described["paths"][resource.path][resource.method.lower()]
    told = set(operation["responses"]["200"]["content"])
    media_types = {FORMATS[name].media_type for name in resource.formats}
    assert told == set(resource.media_types or media_types)


def test_every_list_is_written_with_commas(described: Described) -> None:
    lists = [
        one
        for item in described["paths"].values()
        for operation in item.values()
        for one in operation["parameters"]
        if one["schema"].get("type") == "array"
    ]
    assert len(lists) > 50
    assert {(one["style"], one["explode"]) for one in lists} == {("form", False)}


def test_every_reference_of_the_description_leads_somewhere(described: Described) -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if "$ref" in part else set()
            return own.union(*(references(inner) for inner in part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    found = references(described)
    assert len(found) > 30
    for reference in found:
        place: Any = described
        for name in reference.removeprefix("#/").split("/"):
            place = place[name]
    parts = described["components"]
    assert set(parts["responses"]) == {"Unchanged", *(name for name, _, _ in PROBLEMS.values())}
    assert set(parts["headers"]) == set(HEADERS)


@pytest.mark.parametrize(
    "resource", [one for one in RESOURCES if one.method == "GET"], ids=lambda one: one.path
)
def test_what_is_answered_to_another_method_and_to_a_tag_is_described(
    client: TestClient, described: Described, resource: Resource
) -> None:
    told = described["paths"][resource.path]["get"]["responses"]
    asked = filled(resource)
    assert client.delete(asked).status_code == 405
    assert "405" in told
    tag = client.get(asked).headers.get("etag", "none")
    again = client.get(asked, headers={"If-None-Match": tag})
    assert (again.status_code == 304) == ("304" in told)


def test_no_address_of_ours_leads_on_to_another(client: TestClient) -> None:
    answer = client.get("/api/v1", follow_redirects=False)
    assert answer.content == client.get("/api/v1/").content


def test_the_kind_of_every_file_and_its_refusals_are_described(
    client: TestClient, described: Described
) -> None:
    told = described["paths"][BY_RELEASE]["get"]["responses"]
    files = client.get(f"/api/v1/releases/{world.NEW}/files").json()["data"]
    kinds = {file["media_type"].partition(";")[0] for file in files}
    assert "application/vnd.apache.parquet" in kinds
    for status in ("200", "206"):
        assert kinds <= set(told[status]["content"])
    assert client.delete(f"/api/v1/releases/{world.NEW}/files/nothing").status_code == 405
    assert "405" in told


@pytest.mark.parametrize("resource", GIVEN, ids=lambda one: one.path)
def test_the_bytes_of_an_answer_hold_to_its_schema_and_nothing_beside(
    client: TestClient, described: Described, resource: Resource
) -> None:
    validator = validator_of(described, described["paths"][resource.path]["get"])
    for asked in {whole_address(resource), filled(resource)}:
        answer = client.get(asked)
        assert answer.status_code == 200, asked
        assert faults(validator, answer.json()) == []


@pytest.mark.parametrize("resource", GIVEN, ids=lambda one: one.path)
def test_the_answer_that_is_shown_is_one_of_that_schema(
    described: Described, resource: Resource
) -> None:
    operation = described["paths"][resource.path]["get"]
    shown = operation["responses"]["200"]["content"]["application/json"]["example"]
    assert faults(validator_of(described, operation), shown) == []
    assert len(json.dumps(shown)) < 12_000


@pytest.mark.parametrize("resource", GIVEN, ids=lambda one: one.path)
def test_every_header_that_is_promised_is_there(
    client: TestClient, described: Described, resource: Resource
) -> None:
    told = described["paths"][resource.path]["get"]["responses"]["200"].get("headers", {})
    headers = client.get(filled(resource)).headers
    for name, header in told.items():
        about = described["components"]["headers"][name] if "$ref" in header else header
        assert name in headers or not about["required"], name


def forms(operation: Described) -> list[tuple[str, Any]]:
    """Return the parameters of a query with the schema of one value."""
    return [
        (one["name"], one["schema"].get("items", one["schema"]))
        for one in operation["parameters"]
        if one["in"] == "query"
    ]


def asked_with(described: Described) -> Iterator[tuple[Described, str, str, Any]]:
    """Give operation, path, parameter and the schema of one value, for each there is."""
    for path, operation in operations(described):
        for name, form in forms(operation):
            yield operation, path, name, form


def test_every_example_of_a_parameter_is_answered_as_described(
    client: TestClient, described: Described
) -> None:
    asked = 0
    validators = {path: validator_of(described, one) for path, one in operations(described)}
    for operation, path, name, form in asked_with(described):
        for example in form.get("examples", []):
            answer = client.get(address(path, operation), params={name: example})
            assert answer.status_code == 200, (path, name, answer.text[:200])
            if answer.headers["content-type"] == "application/json":
                assert faults(validators[path], answer.json()) == [], (path, name)
            asked += 1
    assert asked > 100


def test_what_a_page_of_trying_fills_in_is_one_question_that_is_answered(
    client: TestClient, described: Described
) -> None:
    asked = 0
    for path, operation in operations(described):
        given = [
            one for one in operation["parameters"] if one["in"] == "query" and "example" in one
        ]
        query = {
            one["name"]: ",".join(one["example"])
            if one["schema"]["type"] == "array"
            else str(one["example"])
            for one in given
        }
        answer = client.get(address(path, operation), params=query)
        assert answer.status_code == 200, (path, query)
        asked += bool(query)
    assert asked > 8
    shown = described["paths"]["/v1/comparisons"]["get"]["parameters"]
    assert {"area", "period"} <= {one["name"] for one in shown if "example" in one}


GO_WITH: dict[str, dict[str, str]] = {
    "wide": {"format": "csv"},
    "bom": {"format": "csv"},
    "others": {"grouping": "neighbours", "of": world.TOWN},
    "count": {"by": "population:1"},
}
"""What must be given beside a parameter for it to mean anything; elsewhere it is left out."""


def beside(path: str, name: str) -> dict[str, str]:
    is_page = name == "count" and not path.endswith("/neighbours")
    return {} if is_page else GO_WITH.get(name, {})


def test_every_word_that_a_parameter_lists_is_taken_and_no_other_one(
    client: TestClient, described: Described
) -> None:
    asked = 0
    for operation, path, name, form in asked_with(described):
        here = address(path, operation)
        for word in form.get("enum", []):
            more = {} if name == "format" else beside(path, name)
            answer = client.get(here, params={**more, name: word})
            assert answer.status_code == 200, (path, name, word, answer.text[:300])
            asked += 1
        if "enum" in form:
            told = client.get(here, params={**beside(path, name), name: "no-such-word"})
            assert (told.status_code, told.json()["parameter"]) == (400, name), path
    assert asked > 200


def test_every_number_that_a_parameter_allows_is_taken_and_none_beyond(
    client: TestClient, described: Described
) -> None:
    asked = 0
    for operation, path, name, form in asked_with(described):
        if form["type"] != "integer":
            continue
        here, least, most = address(path, operation), form["minimum"], form["maximum"]
        for number, status in ((least, 200), (most, 200), (least - 1, 400), (most + 1, 400)):
            answer = client.get(here, params={**beside(path, name), name: number})
            assert answer.status_code == status, (path, name, number)
            asked += 1
    assert asked >= 12
