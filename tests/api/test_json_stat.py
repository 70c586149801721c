"""Figures as JSON-stat: valid, complete, and read by pyjstat by their address."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonstat_validator import validate_jsonstat
from pyjstat import pyjstat
from starlette.testclient import TestClient

from api import contract
from indicators.row_words import FLAG_TEXTS, STATUS_TEXTS
from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.api.every_format import KEY
from tests.api.live import serving

Cube = dict[str, Any]

QUESTIONS = (
    "indicator=a_share_pct",
    "indicator=a_rate_10k&sex=all&period=all",
    "area=authority",
    "indicator=a_quiet_pct",
)
WITH_GAPS = "indicator=a_rate_10k&sex=all&period=all"
"""Only the country and regions are broken down: the cube has cells that are no rows."""


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home) as given:
        yield given


def cube_of(client: TestClient, question: str) -> Cube:
    answer = client.get(f"/api/v1/observations.jsonstat?{question}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "application/json"
    cube: Cube = answer.json()
    return cube


def place_of(cube: Cube, row: dict[str, Any]) -> int:
    """Return where a row stands, by the rules of JSON-stat: the last dimension runs fastest."""
    place = 0
    for name, size in zip(cube["id"], cube["size"], strict=True):
        place = place * size + cube["dimension"][name]["category"]["index"].index(row[name])
    return place


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_cube_is_valid_json_stat(client: TestClient, question: str) -> None:
    assert validate_jsonstat(cube_of(client, question))


def test_a_cube_is_valid_with_the_whole_address_of_the_service(home: Path) -> None:
    client = client_for(home, public_url="https://example.org")
    cube = cube_of(client, QUESTIONS[0])
    assert validate_jsonstat(cube)
    assert cube["href"].startswith("https://example.org/api/v1/observations.jsonstat?")
    assert cube["href"].endswith(f"release={world.NEW}")


def test_every_column_of_the_key_is_a_dimension_in_its_order(client: TestClient) -> None:
    cube = cube_of(client, QUESTIONS[0])
    assert cube["id"] == list(KEY)
    assert cube["role"] == {"time": ["period"], "geo": ["area_code"], "metric": ["indicator"]}
    assert cube["dimension"]["sex"]["category"]["index"] == ["_T"]


def test_a_row_without_a_value_has_its_status_and_a_cell_that_is_no_row_has_none(
    client: TestClient, rows: Ask
) -> None:
    cube = cube_of(client, WITH_GAPS)
    held = {
        place_of(cube, row): row for row in rows(indicator="a_rate_10k", sex="all", period="all")
    }
    without = {str(place): row["status"] for place, row in held.items() if row["status"] != "ok"}
    assert cube.get("status", {}) == without
    gaps = set(range(len(cube["value"]))) - set(held)
    assert gaps
    assert {cube["value"][place] for place in gaps} == {None}


def test_the_other_numbers_flags_and_symbols_of_a_row_stand_beside_its_value(
    client: TestClient, rows: Ask
) -> None:
    cube = cube_of(client, "indicator=a_share_pct&area=authority")
    more = cube["extension"]
    for row in rows(indicator="a_share_pct", area="authority"):
        place = place_of(cube, row)
        for name in ("numerator", "denominator", "ci_lower", "ci_upper"):
            assert more[name][place] == row[name]
        assert more["flags"].get(str(place), []) == row["flags"]
        assert more["source_symbol"].get(str(place), "") == row["source_symbol"]
    assert set(more["left_out"]) < set(contract.ROW_COLUMNS)


def test_codes_have_their_words(client: TestClient) -> None:
    cube = cube_of(client, WITH_GAPS)
    indicator = cube["dimension"]["indicator"]["category"]
    assert indicator["label"] == {"a_rate_10k": "A rate"}
    assert indicator["unit"] == {"a_rate_10k": {"label": "per 10,000", "decimals": 0}}
    assert cube["dimension"]["sex"]["category"]["label"]["M"] == "Boys"
    assert cube["dimension"]["period"]["category"]["label"]["RY2025"] == "31 March 2025"
    labels = cube["extension"]["status"]["label"]
    assert labels == {str(status): text for status, text in STATUS_TEXTS.items()}
    assert cube["extension"]["flag"]["label"] == {str(f): text for f, text in FLAG_TEXTS.items()}


def test_periods_of_snapshots_and_of_whole_years_together_are_named_as_years(
    client: TestClient,
) -> None:
    labels = cube_of(client, "period=RY2025")["dimension"]["period"]["category"]["label"]
    assert labels == {"RY2025": "year ending 31 March 2025"}


def test_a_cube_says_its_source_release_and_how_to_cite_it(client: TestClient) -> None:
    meta = client.get("/api/v1/observations").json()["meta"]
    cube = cube_of(client, QUESTIONS[0])
    assert cube["source"] == "A publisher"
    assert cube["updated"] == meta["published_at"]
    assert cube["note"][0] == meta["not_official"]
    assert cube["extension"]["meta"]["citation"] == meta["citation"]


def test_a_cube_of_too_many_cells_is_refused_with_the_way_out(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.json_stat.MOST_CELLS", 100)
    answer = client.get("/api/v1/observations.jsonstat?area=authority,region&period=all")
    problem = answer.json()
    assert (answer.status_code, problem["type"].rsplit("#", 1)[-1]) == (400, "too-large")
    assert "cells" in problem["detail"]
    assert any("observations.parquet" in address for address in problem["suggestions"])


def test_only_figures_are_had_as_a_cube(client: TestClient) -> None:
    answer = client.get("/api/v1/areas.jsonstat")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "format")


@pytest.mark.parametrize("question", QUESTIONS[:3])
def test_pyjstat_reads_a_cube_by_its_address(
    address: str, client: TestClient, question: str
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyjstat is older than pandas
        read = pyjstat.Dataset.read(f"{address}/api/v1/observations.jsonstat?{question}")
        frame = read.write("dataframe", naming="id")
    found = {
        tuple(row[name] for name in KEY): row["value"]
        for row in frame.to_dict("records")
        if row["value"] == row["value"] and row["value"] is not None
    }
    rows = client.get(f"/api/v1/observations?{question}").json()["data"]
    assert found == {
        tuple(row[name] for name in KEY): row["value"] for row in rows if row["status"] == "ok"
    }
