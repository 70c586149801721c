"""What is wrong with a question sent as a body: all of it is told, each with its place."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.test_posted import PATH, refused


def pointers(told: Any) -> list[str]:
    return [part["pointer"] for part in told["errors"]]


def test_all_that_is_wrong_with_a_body_is_told_at_once(client: TestClient) -> None:
    told = refused(client, {"indicatr": "x", "area": [], "perod": 1, "any": [{"are": "x"}, 5]})
    assert pointers(told) == ["/indicatr", "/area", "/perod", "/any/0/are", "/any/1"]
    told = refused(client, {"area": "Alverbi", "indicator": "a_sare_pct", "status": "okk"})
    assert set(pointers(told)) == {"/area", "/indicator", "/status"}
    choices = [{"area": "Alverbi"}, {"period": "RY1999", "indicator": "x"}, {"area": "england"}]
    told = refused(client, {"status": "okk", "any": choices, "fields": "valu"})
    found = ["/any/0/area", "/any/1/indicator", "/any/1/period", "/fields", "/status"]
    assert sorted(pointers(told)) == found


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"count": "perhaps"}, 400, "/count"),
        ({"limit": 5, "cursor": "abc"}, 400, "/cursor"),
        ({"limit": 0}, 400, "/limit"),
        ({"release": "zz"}, 404, "/release"),
        ({"as_of": "zz"}, 400, "/as_of"),
        ({"format": "zz"}, 400, "/format"),
        ({"cursor": "abc"}, 400, ""),
    ],
)
def test_a_fault_in_paging_release_or_format_has_its_place_too(
    client: TestClient, body: Any, status: int, pointer: str
) -> None:
    assert pointers(refused(client, body, status)) == [pointer]


def test_a_name_that_stands_twice_is_refused(client: TestClient) -> None:
    for content in ('{"area": "england", "area": "x"}', '{"any": [{"area": "x", "area": "y"}]}'):
        told = client.post(PATH, content=content)
        assert told.status_code == 422
        assert "'area' stands more than once" in told.json()["detail"]
    deep = b'{"area":' + b"[" * 1000 + b"]" * 1000 + b"}"
    assert client.post(PATH, content=deep).status_code == 422


def test_a_parameter_of_the_body_in_the_address_is_told_where_it_belongs(
    client: TestClient,
) -> None:
    told = refused(client, {}, address=f"{PATH}?area=england")
    assert "put it in the body" in told["detail"]
    assert told["errors"][0]["parameter"] == "area"


def test_a_body_that_is_compressed_is_refused_in_words(client: TestClient) -> None:
    answer = client.post(PATH, content=b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["type"]) == (415, "/api/docs#unsupported-media-type")
    assert "read uncompressed" in answer.json()["detail"]
