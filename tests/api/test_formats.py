"""The same rows in every format: the same columns, order and figures."""

import csv
import gzip
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from api.row_text import csv_line
from indicators.cells import ROW_COLUMNS
from indicators.export_rows import csv_text
from tests.api import world

EVERYTHING = "period=all&sex=all"
NUMBERS = {"value", "numerator", "denominator", "ci_lower", "ci_upper", "ci_level"}

Rows = list[dict[str, Any]]


def as_json(client: TestClient, path: str) -> Rows:
    rows: Rows = client.get(path).json()["data"]
    return rows


def from_csv(content: bytes) -> Rows:
    return [
        {name: _typed(name, text) for name, text in row.items()}
        for row in csv.DictReader(io.StringIO(content.decode(), newline=""))
    ]


def _typed(name: str, text: str) -> Any:
    if name == "flags":
        return text.split(";") if text else []
    if name in NUMBERS:
        return float(text) if text else None
    return int(text) if name == "definition_version" else text


def from_jsonl(content: bytes) -> Rows:
    return [json.loads(line) for line in content.decode().splitlines()]


def from_parquet(content: bytes) -> Rows:
    rows: Rows = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def from_arrow(content: bytes) -> Rows:
    rows: Rows = pa.ipc.open_stream(content).read_all().to_pylist()
    return rows


READERS = {"csv": from_csv, "jsonl": from_jsonl, "parquet": from_parquet, "arrow": from_arrow}


@pytest.mark.parametrize("name", READERS)
def test_every_format_holds_the_same_rows_in_the_same_order(client: TestClient, name: str) -> None:
    content = client.get(f"/api/v1/observations.{name}?{EVERYTHING}").content
    found = READERS[name](content)
    assert found == as_json(client, f"/api/v1/observations?{EVERYTHING}")
    assert len(found) > 1000


@pytest.mark.parametrize("name", READERS)
def test_a_long_answer_that_is_streamed_is_the_same_as_a_short_one(
    client: TestClient, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/api/v1/observations.{name}?{EVERYTHING}"
    whole = READERS[name](client.get(address).content)
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)
    monkeypatch.setattr("api.row_formats.STREAM_ROWS", 100)
    monkeypatch.setattr("api.blocks.BLOCK_ROWS", 500)
    in_parts = client.get(f"{address}&release=latest")
    assert READERS[name](in_parts.content) == whole


@pytest.mark.parametrize("name", READERS)
def test_an_answer_without_rows_still_has_its_columns(client: TestClient, name: str) -> None:
    content = client.get(f"/api/v1/observations.{name}?indicator=a_quiet_pct").content
    assert READERS[name](content) == []
    if name == "csv":
        assert content.decode() == ",".join(ROW_COLUMNS) + "\r\n"
    if name == "parquet":
        assert tuple(pq.read_table(io.BytesIO(content)).column_names) == ROW_COLUMNS


def test_suffix_and_parameter_give_the_same(client: TestClient) -> None:
    one = client.get("/api/v1/observations.csv?indicator=a_share_pct")
    other = client.get("/api/v1/observations?indicator=a_share_pct&format=csv")
    assert one.content == other.content
    assert one.headers["content-type"] == "text/csv; charset=utf-8"


def test_suffix_and_parameter_may_not_disagree(client: TestClient) -> None:
    answer = client.get("/api/v1/observations.csv?format=parquet")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "format")


def test_a_suffix_that_is_no_format_is_no_resource(client: TestClient) -> None:
    assert client.get("/api/v1/observations.xls").status_code == 404


def test_a_resource_without_a_table_says_which_formats_it_has(client: TestClient) -> None:
    answer = client.get("/api/v1/indicators/a_share_pct.csv")
    assert (answer.status_code, answer.json()["parameter"]) == (400, "format")


@pytest.mark.parametrize("path", ["indicators", "areas", "comparisons", "groups?grouping=region"])
def test_lists_are_tables_too(client: TestClient, path: str) -> None:
    name, _, query = path.partition("?")
    rows = as_json(client, f"/api/v1/{path}")
    table = list(
        csv.DictReader(io.StringIO(client.get(f"/api/v1/{name}.csv?{query}").text, newline=""))
    )
    assert len(table) == len(rows)
    assert list(table[0]) == list(rows[0])
    parquet = from_parquet(client.get(f"/api/v1/{name}.parquet?{query}").content)
    assert [row[next(iter(row))] for row in parquet] == [row[next(iter(row))] for row in rows]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_field_of_a_table_is_run_by_a_spreadsheet(text: str) -> None:
    assert csv_text(text).lstrip('"').startswith("'")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ([50, None, -1.5], "50;;-1.5"),
        (["RY2021", "RY2022"], "RY2021;RY2022"),
        ([], ""),
        ([{"a": 1}], '"[{""a"":1}]"'),
        ([[1], [2]], '"[[1],[2]]"'),
    ],
)
def test_lists_of_plain_values_are_joined_and_others_are_json(field: Any, text: str) -> None:
    assert csv_line([field, "end"]) == f"{text},end"


def test_fields_with_commas_quotes_or_line_ends_are_quoted() -> None:
    assert csv_text('a "b", c') == '"a ""b"", c"'
    assert csv_text("plain") == "plain"


def test_a_name_with_a_comma_stays_one_field(client: TestClient) -> None:
    content = client.get("/api/v1/observations.csv?indicator=a_share_pct&area=X06000004").content
    (row,) = from_csv(content)
    assert row["area_name"] == "Dunmar, Port of"


def test_links_lead_to_the_same_rows_in_other_formats(client: TestClient) -> None:
    links = client.get(f"/api/v1/observations?area={world.TOWN}").json()["links"]
    for name, reader in READERS.items():
        assert len(reader(client.get(links[name]).content)) == 3


def test_the_file_of_a_release_holds_the_same_lines_as_the_service(client: TestClient) -> None:
    packed = client.get(f"/api/v1/releases/{world.NEW}/files/observations.csv.gz").content
    file_lines = gzip.decompress(packed).decode().split("\r\n")
    address = f"/api/v1/observations.csv?{EVERYTHING}&release={world.NEW}"
    lines = client.get(address).text.split("\r\n")
    assert file_lines[0] == lines[0]
    held = [line for line in lines[1:-1] if not line.endswith(",,")]  # rows without a cell
    assert set(held) <= set(file_lines)
    assert len(held) > 1000
