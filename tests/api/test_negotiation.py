"""Suffix, then `format=`, then the `Accept` header choose the format of an answer."""

from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import pytest
from starlette.testclient import TestClient

from api.asking import FIGURE_FORMATS
from api.formats import FORMATS
from api.negotiation import media_type_of, preferred
from api.resource import Resource
from api.resources import RESOURCES
from tests.api import world
from tests.api.live import serving

ROWS = "/api/v1/observations?indicator=a_share_pct"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FIGURES = tuple(name for name in FIGURE_FORMATS if name != "jsonstat")


def got(client: TestClient, accept: str, address: str = ROWS, **headers: str) -> Any:
    return client.get(address, headers={"Accept": accept, **headers})


@pytest.mark.parametrize("name", FIGURES)
def test_a_format_is_asked_for_by_its_media_type(client: TestClient, name: str) -> None:
    answer = got(client, media_type_of(name))
    by_suffix = client.get(f"/api/v1/observations.{name}?indicator=a_share_pct")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type_of(name))
    if name != "json":
        assert answer.content == by_suffix.content


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        (BROWSER, "json"),
        ("text/html", "json"),
        ("application/*", "json"),
        ("text/*", "csv"),
        ("text/csv, */*;q=0.1", "csv"),
        ("TEXT/CSV; charset=utf-8", "csv"),
        ("application/json;q=0.4, text/csv;q=0.5", "csv"),
        ("text/csv, application/json", "json"),
        ("text/csv;q=0, application/ndjson;q=0.001", "jsonl"),
        ("*/*, application/json;q=0, text/csv;q=0", "jsonl"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", None),
        ("application/json;q=2", "json"),
        ("text/csv," + "x" * 3_000, "json"),
    ],
)
def test_the_best_of_what_a_reader_accepts_is_given(accept: str, form: str | None) -> None:
    assert preferred(accept, FIGURES) == form


def test_suffix_and_parameter_come_before_the_header(client: TestClient) -> None:
    for address in (ROWS.replace("?", ".csv?"), f"{ROWS}&format=csv"):
        answer = got(client, "application/x-ndjson", address)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert "Accept," not in answer.headers["vary"]


def test_a_reader_who_accepts_nothing_that_there_is_gets_the_list(client: TestClient) -> None:
    answer = got(client, "image/png")
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == "/api/docs#not-acceptable"
    assert {media_type_of(name) for name in FIGURES} <= set(told["suggestions"])
    # A card is JSON alone, whatever lists of figures may be.
    card = got(client, "text/csv", "/api/v1/indicators/a_share_pct")
    assert (card.status_code, card.json()["suggestions"]) == (406, ["application/json"])


OWN_TYPE = [one for one in RESOURCES if one.media_types and one.path.startswith("/v1/")]


@pytest.mark.parametrize("resource", OWN_TYPE, ids=lambda resource: resource.path)
def test_what_has_a_type_of_its_own_is_given_to_a_reader_of_that_type(
    client: TestClient, resource: Resource
) -> None:
    address = f"/api{resource.path}"
    usual = client.get(address, headers={"Accept": "*/*"})
    for media_type in (*resource.media_types, "application/xml"):
        answer = got(client, media_type, address)
        assert (answer.status_code, answer.content) == (usual.status_code, usual.content)


@pytest.mark.parametrize("path", ["indicators", "areas", "comparisons", "groups?grouping=region"])
def test_every_list_is_negotiated(client: TestClient, path: str) -> None:
    name, _, query = path.partition("?")
    answer = got(client, "text/csv", f"/api/v1/{path}")
    assert answer.text == client.get(f"/api/v1/{name}.csv?{query}").text


def test_what_a_cache_must_know_is_said_where_the_header_chooses(client: TestClient) -> None:
    for accept in ("*/*", "text/csv", "image/png"):
        assert "Accept" in got(client, accept).headers["vary"].split(", ")


def test_each_format_has_a_tag_of_its_own_and_is_kept_apart(client: TestClient) -> None:
    first, csv = got(client, "*/*"), got(client, "text/csv")
    assert first.headers["etag"] != csv.headers["etag"]
    tag = csv.headers["etag"]
    assert got(client, "text/csv", **{"If-None-Match": tag}).status_code == 304
    assert got(client, "*/*", **{"If-None-Match": tag}).status_code == 200
    assert got(client, "*/*").content == first.content
    assert got(client, "text/csv").content == csv.content


def test_what_is_not_modified_bears_the_headers_of_what_is(client: TestClient) -> None:
    whole = got(client, "text/csv")
    unchanged = got(client, "text/csv", **{"If-None-Match": whole.headers["etag"]})
    for name in ("vary", "content-location", "etag", "cache-control"):
        assert unchanged.headers[name] == whole.headers[name]
    assert "/observations.csv?" in whole.headers["content-location"]


def test_the_lasting_address_has_the_format_that_was_negotiated(client: TestClient) -> None:
    answer = got(client, "text/csv")
    again = got(client, "*/*", answer.headers["content-location"])
    assert again.text == answer.text


def test_no_two_formats_share_a_media_type_but_a_cube_is_json_too() -> None:
    types = [media_type_of(name) for name in FORMATS if name != "jsonstat"]
    assert media_type_of("jsonstat") == media_type_of("json")
    assert len(set(types)) == len(types)


def test_pandas_reads_an_address_with_columns_words_and_missing_values(home: Path) -> None:
    query = (
        "indicator=a_share_pct&area=authority&last=2&labels=both&order=area,-period"
        "&fields=area_code,area_name,period,value,status"
    )
    with serving(home) as served:
        address = f"{served}/api/v1"
        found = pd.read_csv(f"{address}/observations.csv?{query}")
        marked = pd.read_csv(f"{address}/observations.csv?{query}&bom=1")
        wide = pd.read_csv(
            f"{address}/observations.csv?indicator=a_share_pct&area=authority&period=all"
            "&wide=period",
            dtype={"RY2019_status": str},
        )
        body = {"indicator": "a_share_pct", "any": [{"area": "england"}]}
        posted = httpx.post(f"{address}/observations/query", json=body).json()
    assert list(found) == [
        "area_code", "area_name", "period", "period_label", "value", "status", "status_label",
    ]  # fmt: skip
    pd.testing.assert_frame_equal(found, marked)
    assert found["value"].dtype == "float64"
    assert (found["value"].isna() == (found["status"] != "ok")).all()
    first = wide.set_index("area_code")
    assert first.loc[world.SUPPRESSED, "RY2025_status"] == "suppressed"
    assert first["RY2025"].isna()[world.SUPPRESSED]
    assert first["RY2025"].dtype == "float64"
    assert [row["area_code"] for row in posted["data"]] == [world.COUNTRY]
