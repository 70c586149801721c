"""Questions sent as a body: the same rows as by a query, long lists, and `any`."""

from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.posted import MOST_BYTES
from tests.api import world
from tests.api.every_format import READERS

PATH = "/api/v1/observations/query"


def asked(client: TestClient, body: Any, suffix: str = "", **headers: str) -> Any:
    answer = client.post(f"{PATH}{suffix}", json=body, headers=headers)
    assert answer.status_code == 200, answer.text[:300]
    return answer


def refused(client: TestClient, body: Any, status: int = 400, address: str = PATH) -> Any:
    answer = client.post(address, json=body)
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def data_of(text: bytes) -> bytes:
    """Return the bytes of `data` as they came."""
    return text[text.index(b'"data":') : text.rindex(b',"links":')]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"indicator": "a_share_pct,a_rate_10k", "area": "region,england", "sex": "all"},
        {"indicator": ["a_share_pct"], "area": [world.TOWN, "england"], "period": "all"},
        {"area": "authority", "region": [world.REGION], "last": 2, "order": ["-value"]},
        {"area": "authority", "fields": ["area_code", "value", "status"], "labels": "both"},
        {"area": "authority", "deprivation": 1, "status": ["ok"], "last_with_data": 1},
        {"period": "all", "limit": 5, "count": True},
        {"release": world.OLD},
        {"as_of": "2025-06-01", "area": f"neighbours:{world.TOWN}"},
    ],
)
@pytest.mark.parametrize("form", ["json", "csv", "jsonl", "parquet", "arrow"])
def test_a_body_is_answered_to_the_bit_like_the_same_query(
    client: TestClient, body: dict[str, Any], form: str
) -> None:
    query = {
        name: ",".join(value)
        if isinstance(value, list)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
        for name, value in body.items()
    }
    by_query = client.get("/api/v1/observations", params=query | {"format": form})
    by_body = asked(client, body | {"format": form})
    assert by_query.status_code == 200
    assert by_body.headers["content-type"] == by_query.headers["content-type"]
    if form == "json":
        assert data_of(by_body.content) == data_of(by_query.content)
        meta = by_body.json()["meta"]
        assert meta.pop("question") == body | {"format": form}
        assert ("next_cursor" in meta) == ("next" in by_query.json()["links"])
        meta.pop("next_cursor", None)
        assert meta == by_query.json()["meta"]
    else:
        assert by_body.content == by_query.content


def test_the_format_is_named_in_body_address_suffix_or_header(client: TestClient) -> None:
    body = {"indicator": "a_share_pct"}
    texts = {
        asked(client, body | {"format": "csv"}).text,
        asked(client, body, ".csv").text,
        asked(client, body, "?format=csv").text,
        asked(client, body, accept="text/csv").text,
    }
    assert len(texts) == 1
    assert texts.pop() == client.get("/api/v1/observations.csv?indicator=a_share_pct").text


def test_any_of_several_choices_gives_each_row_once_in_the_usual_order(client: TestClient) -> None:
    choices = [
        {"area": "region", "indicator": "a_rate_10k"},
        {"area": f"{world.TOWN},england", "period": "all"},
        {"area": world.REGION, "indicator": "a_share_pct,a_rate_10k", "sex": "all"},
        {"area": world.SUBREGION, "indicator": "a_share_pct"},
    ]
    found = asked(client, {"any": choices}).json()["data"]
    expected = {
        orjson.dumps(row)
        for choice in choices
        for row in client.get("/api/v1/observations", params=choice).json()["data"]
    }
    assert {orjson.dumps(row) for row in found} == expected
    assert len(found) == len(expected)
    whole = client.get("/api/v1/observations?period=all&sex=all").json()["data"]
    assert [row for row in found if row["status"] != "not_collected"] == [
        row for row in whole if orjson.dumps(row) in expected
    ]


def test_what_stands_beside_any_holds_for_all_of_it(client: TestClient) -> None:
    beside = {"indicator": "a_share_pct", "period": "all", "status": "ok"}
    found = asked(client, {**beside, "any": [{"area": "england"}, {"area": world.TOWN}]}).json()
    query = beside | {"area": f"england,{world.TOWN}"}
    assert found["data"] == client.get("/api/v1/observations", params=query).json()["data"]


def test_any_may_be_shaped_and_sorted_in_every_format(client: TestClient) -> None:
    body = {
        "any": [{"area": "england"}, {"area": "region", "period": "all"}],
        "order": "-value", "fields": "area_code,period,value",
    }  # fmt: skip
    rows = asked(client, body).json()["data"]
    values = [row["value"] for row in rows if row["value"] is not None]
    assert values == sorted(values, reverse=True)
    assert [row["value"] for row in rows[: len(values)]] == values
    lines = asked(client, body, ".jsonl").content.splitlines()
    assert [orjson.loads(line) for line in lines] == rows


@pytest.mark.parametrize("form", READERS)
def test_any_gives_the_same_facts_in_every_format(client: TestClient, form: str) -> None:
    body = {
        "sex": "all",
        "any": [{"area": "region,england", "period": "all"}, {"area": world.JOINT[0], "last": 2}],
    }
    expected = READERS["json"](asked(client, body).content)
    assert len(expected) > 50
    assert READERS[form](asked(client, body, f".{form}").content) == expected


def test_a_name_with_a_comma_is_one_thing_in_a_list(client: TestClient) -> None:
    name = world.places().area(world.JOINT[0]).name
    assert "," in name
    (row,) = asked(client, {"indicator": "a_share_pct", "area": [name]}).json()["data"]
    assert row["area_code"] == world.JOINT[0]


def test_more_areas_than_an_address_can_name_are_asked_for_by_a_body(client: TestClient) -> None:
    names = [f"{area.code}" for area in world.places().authorities()] * 12
    assert sum(map(len, names)) > 16_000
    found = asked(client, {"indicator": "a_share_pct", "area": names}).json()["data"]
    now = client.get("/api/v1/observations?indicator=a_share_pct&area=authority").json()["data"]
    assert found == now


@pytest.mark.parametrize(
    ("body", "pointer", "suggestion"),
    [
        ({"indicatr": "a_share_pct"}, "/indicatr", "indicator"),
        ({"any": [{"area": "england"}, {"are": "england"}]}, "/any/1/are", "area"),
        ({"any": [{"area": "Alverbi"}]}, "/any/0/area", "Alverby"),
        ({"area": "england", "any": [{"period": "RY1999"}]}, "/any/0/period", "RY2019"),
        ({"area": "Alverbi", "any": [{"period": "RY2025"}]}, "/area", "Alverby"),
        ({"fields": ["valu"]}, "/fields", "value"),
        ({"status": "supressed"}, "/status", "suppressed"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_was_likely_meant(
    client: TestClient, body: Any, pointer: str, suggestion: str
) -> None:
    told = refused(client, body)
    assert told["errors"][0]["pointer"] == pointer
    assert any(found.startswith(suggestion) for found in told["suggestions"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"any": [{"fields": "value"}]}, "/any/0/fields"),
        ({"any": [{"area": "england", "limit": 2}]}, "/any/0/limit"),
        ({"period": "all", "any": [{"period": "RY2025"}]}, "/any/0/period"),
    ],
)
def test_what_belongs_to_the_whole_answer_or_elsewhere_is_not_taken_in_a_choice(
    client: TestClient, body: Any, pointer: str
) -> None:
    assert refused(client, body)["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([], ""),
        ("text", ""),
        ({"area": None}, "/area"),
        ({"area": {"code": world.TOWN}}, "/area"),
        ({"area": []}, "/area"),
        ({"area": ["england", 1.5]}, "/area/1"),
        ({"area": [["england"]]}, "/area/0"),
        ({"limit": [1]}, "/limit"),
        ({"any": []}, "/any"),
        ({"any": {}}, "/any"),
        ({"any": ["england"]}, "/any/0"),
        ({"any": [{"area": ""}]}, "/any/0/area"),
    ],
)
def test_a_malformed_body_is_refused_with_the_place(
    client: TestClient, body: Any, pointer: str
) -> None:
    told = refused(client, body, 422)
    assert (told["type"], told["errors"][0]["pointer"]) == ("/api/docs#malformed", pointer)


def test_a_body_that_is_not_json_is_refused(client: TestClient) -> None:
    for content in (b"", b"{", b"indicator=a_share_pct", b"\xff"):
        answer = client.post(PATH, content=content)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "")


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    told = refused(client, {"area": ["x" * 100] * (MOST_BYTES // 100)}, 413)
    assert told["most_bytes"] == MOST_BYTES


def test_address_and_body_may_not_say_different_things(client: TestClient) -> None:
    told = refused(client, {"limit": 5}, address=f"{PATH}?limit=6")
    assert told["parameter"] == "limit"
    assert refused(client, {}, address=f"{PATH}?area=england")["parameter"] == "area"
    assert client.post(f"{PATH}?limit=5", json={"limit": 5}).json()["meta"]["count"] == 5


def test_an_answer_to_a_body_is_not_kept_by_caches(client: TestClient) -> None:
    answer = asked(client, {"area": "england"})
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert "content-location" not in answer.headers
    assert answer.headers["x-release"] == world.NEW


def test_the_address_answers_a_body_alone_and_a_page_of_elsewhere_may_send_one(
    client: TestClient,
) -> None:
    answer = client.get(PATH)
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    asks = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    before = client.options(PATH, headers=asks)
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert before.headers["access-control-allow-headers"] == "*"
    assert asked(client, {"area": "england"}).headers["access-control-allow-origin"] == "*"


def test_a_question_of_too_many_rows_in_one_body_is_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.question.MOST_SORTED_ROWS", 100)
    told = refused(client, {"any": [{"area": "authority"}, {"area": "england"}]})
    assert told["type"].endswith("too-large")


def test_a_body_under_a_release_is_of_that_release(client: TestClient) -> None:
    address = f"/api/v1/releases/{world.OLD}/observations/query.csv"
    answer = client.post(address, json={"indicator": "a_share_pct"})
    assert answer.headers["x-release"] == world.OLD
    by_query = f"/api/v1/observations.csv?indicator=a_share_pct&release={world.OLD}"
    assert answer.text == client.get(by_query).text
