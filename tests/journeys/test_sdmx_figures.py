"""SDMX over the figures that ship: one key is one figure, and every figure is there."""

import io
import re
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from fastapi.testclient import TestClient
from pyarrow import csv

from indicators.cells import BREAKDOWN_COLUMNS
from tests.api.sdmx.reading import KEY, find, parsed

ROOT = "/api/sdmx/2.1"
SDMX_ID = re.compile(r"[A-Za-z0-9_@$-]+")
NAMES = {
    "INDICATOR": "indicator",
    "REF_AREA": "area_code",
    **{name.upper(): name for name in BREAKDOWN_COLUMNS},
    "PERIOD_ID": "period",
    "OBS_VALUE": "value",
    "STATUS": "status",
    "NUMERATOR": "numerator",
    "DENOMINATOR": "denominator",
    "CI_LOWER": "ci_lower",
    "CI_UPPER": "ci_upper",
    "SOURCE": "source",
}


def read(content: bytes) -> pa.Table:
    """Return a table of texts: what is compared is what is written."""
    names = content[: content.index(b"\r\n")].decode().split(",")
    options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return csv.read_csv(io.BytesIO(content), convert_options=options)


def counted(table: pa.Table, names: tuple[str, ...]) -> int:
    return table.group_by(list(names)).aggregate([]).num_rows


@pytest.fixture(scope="module")
def table(shipped: TestClient) -> pa.Table:
    answer = shipped.get(f"{ROOT}/data/CSC_INDICATORS", headers={"Accept": "text/csv"})
    assert answer.status_code == 200
    return read(answer.content)


def test_one_key_and_time_are_one_figure(table: pa.Table) -> None:
    assert table.num_rows > 250_000
    assert counted(table, (*KEY, "TIME_PERIOD")) == table.num_rows


def test_every_figure_of_observations_is_there_and_the_same(
    shipped: TestClient, table: pa.Table
) -> None:
    parts = "&".join(f"{name}=all" for name in BREAKDOWN_COLUMNS)
    observed = read(shipped.get(f"/api/v1/observations.csv?period=all&{parts}").content)
    names = ["indicator", "area_code", "period", *BREAKDOWN_COLUMNS]
    order: Any = [(name, "ascending") for name in names]
    ours = table.select(list(NAMES)).rename_columns(list(NAMES.values())).sort_by(order)
    assert ours.equals(observed.select(list(NAMES.values())).sort_by(order))


def test_no_value_is_given_where_the_status_says_that_there_is_none(table: pa.Table) -> None:
    withheld = table.filter(pc.field("STATUS") != "ok")
    assert withheld.num_rows > 10_000
    for name in ("OBS_VALUE", "NUMERATOR", "CI_LOWER", "CI_UPPER"):
        assert set(withheld[name].unique().to_pylist()) == {""}


def test_every_id_of_the_figures_that_ship_is_one_that_sdmx_allows(shipped: TestClient) -> None:
    tree = parsed(shipped.get(f"{ROOT}/structure?references=all").content)
    ids = {str(id) for id in find(tree, "//@id")}
    assert len(ids) > 400
    assert {id for id in ids if not SDMX_ID.fullmatch(id)} == set()
