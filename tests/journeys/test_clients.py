"""Programs of others, unmodified, over a live server: the nine are here or named where they are."""

import ast
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import urlopen, urlretrieve

import duckdb
import httpx
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.api.live import serving
from tests.tree import ROOT

QUERY = "indicator=cla_31mar_rate_10k&area=authority,region,subregion,england&period=RY2024..RY2025"
KEY = ("indicator", "area_code", "period")
Facts = set[tuple[Any, ...]]

CLIENTS: dict[str, tuple[str, ...]] = {
    "pandas": ("tests/journeys/test_clients.py::test_pandas_reads_the_same_facts_by_address",),
    "pyarrow": ("tests/journeys/test_clients.py::test_pyarrow_reads_the_same_facts",),
    "DuckDB": ("tests/journeys/test_clients.py::test_duckdb_reads_the_same_facts_from_files",),
    "geopandas": ("tests/api/test_boundaries.py::test_geopandas_makes_a_map_by_one_address",),
    "frictionless": ("tests/api/test_files.py::test_frictionless_reads_the_package_by_address",),
    "csvw": ("tests/api/test_files.py::test_csvw_reads_every_table_by_address",),
    "pyjstat": ("tests/api/test_json_stat.py::test_pyjstat_reads_a_cube_by_its_address",),
    "sdmx1": (
        "tests/api/sdmx/test_clients.py::test_sdmx1_reads_data_by_a_key_of_text",
        "tests/api/sdmx/test_clients.py::test_sdmx1_has_the_labels_of_codes_and_what_lies_in_what",
    ),
    "rsdmx": ("tests/api/sdmx/test_clients.py::test_rsdmx_reads_data_by_provider_and_by_address",),
}
"""Each client with the tests in which it reads a live server over loopback."""
NOT_INSTALLED: dict[str, str] = {
    "Power Query": "runs in Excel and Power BI alone; test_recipes.py asks its addresses",
    "QGIS": "is a desktop program; geopandas reads the same address by the same library",
    "readr": "is no package of .ci/run; base R reads the same address in test_recipes.py",
}
"""Clients of the recipes that no test starts, each with why and what is tested in its place."""


def test_each_client_of_the_nine_has_its_test() -> None:
    assert len(CLIENTS) == 9
    for client, nodes in CLIENTS.items():
        for node in nodes:
            file, _, name = node.partition("::")
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            names = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
            assert name in names, f"{client} is tested nowhere: {node}"
    assert all(NOT_INSTALLED.values())


@pytest.fixture(scope="module")
def address(shipped_home: Path) -> Iterator[str]:
    with serving(shipped_home) as served:
        yield f"{served}/api/v1"


@pytest.fixture(scope="module")
def facts(address: str) -> Facts:
    """What the API says in its own JSON: key, value and status of every row."""
    rows = httpx.get(f"{address}/observations?{QUERY}", timeout=60).raise_for_status().json()
    found = {(*(row[name] for name in KEY), row["value"], row["status"]) for row in rows["data"]}
    assert len(found) == rows["meta"]["count"] > 300
    assert any(value is None for *_, value, _ in found)
    return found


def facts_of(frame: pd.DataFrame) -> Facts:
    columns = [frame[name].astype(object) for name in (*KEY, "value", "status")]
    rows = zip(*columns, strict=True)
    return {tuple(None if pd.isna(cell) else cell for cell in row) for row in rows}


READ: dict[str, Callable[[str], pd.DataFrame]] = {
    "csv": pd.read_csv,
    "parquet": pd.read_parquet,
    "jsonl": lambda url: pd.read_json(url, lines=True),
    "json": lambda url: pd.DataFrame(httpx.get(url, timeout=60).json()["data"]),
}


@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl", "json"])
def test_pandas_reads_the_same_facts_by_address(address: str, facts: Facts, form: str) -> None:
    suffix = "" if form == "json" else f".{form}"
    frame = READ[form](f"{address}/observations{suffix}?{QUERY}")
    assert facts_of(frame) == facts


@pytest.mark.parametrize("form", ["arrow", "parquet"])
def test_pyarrow_reads_the_same_facts(address: str, facts: Facts, form: str) -> None:
    with urlopen(f"{address}/observations.{form}?{QUERY}") as stream:  # noqa: S310 - loopback
        body = BytesIO(stream.read())
    table = pa.ipc.open_stream(body).read_all() if form == "arrow" else pq.read_table(body)
    assert table.schema.field("value").type == pa.float64()
    rows = table.to_pylist()
    assert {(*(row[name] for name in KEY), row["value"], row["status"]) for row in rows} == facts


@pytest.mark.parametrize(
    "name", ["observations.parquet", "observations.csv.gz", "observations.csv"]
)
def test_duckdb_reads_the_same_facts_from_files(
    address: str, facts: Facts, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    urlretrieve(f"{address}/releases/latest/files/{name}", file)  # noqa: S310 - loopback
    breakdowns = "sex, age, ethnicity, need, placement, reason, role, school_phase"
    relation = duckdb.sql(
        f"SELECT indicator, area_code, period, value, status FROM '{file}' "
        "WHERE indicator = 'cla_31mar_rate_10k' AND period IN ('RY2024', 'RY2025') "
        f"AND list_distinct([{breakdowns}]) = ['_T']"
    )
    assert relation is not None
    found = relation.fetchall()
    held = {(*key, value if status == "ok" else None, status) for *key, value, status in found}
    assert len(held) > 300
    # The file has the cells of the release; the API also has a row for each that it lacks.
    missing = {row for row in facts if row[-1] == "not_available"}
    assert held == facts - (missing - held)


def test_httpx_reads_all_pages_of_one_release(address: str, facts: Facts) -> None:
    host = address.removesuffix("/api/v1")
    page: str | None = f"/api/v1/observations?{QUERY}&limit=100"
    rows, releases = [], set()
    while page:
        answer = httpx.get(f"{host}{page}", timeout=60).raise_for_status()
        linked = answer.links.get("next", {}).get("url")
        assert linked == answer.json()["links"].get("next")
        rows += answer.json()["data"]
        releases.add(answer.headers["x-release"])
        page = linked
    assert len(rows) == len(facts)
    assert len(releases) == 1
    assert facts_of(pd.DataFrame(rows)) == facts
