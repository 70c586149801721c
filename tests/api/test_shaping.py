"""Chosen columns, words for codes, and wide tables, in every format that is a table."""

import csv
import io

import orjson
import pytest
from starlette.testclient import TestClient

from api.asking import FIGURE_FORMATS
from api.contract import ROW_COLUMNS
from api.shaping import LABELLED, TABULAR
from tests.api import world
from tests.api.conftest import Ask
from tests.api.test_formats import READERS

ALL = "period=all&sex=all"


def table(client: TestClient, **query: str) -> list[dict[str, str]]:
    answer = client.get("/api/v1/observations.csv", params=query)
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_fields_are_the_columns_in_the_order_asked(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.TOWN, fields="value,area_name,status")
    assert list(row) == ["value", "area_name", "status"]
    (whole,) = rows(indicator="a_share_pct", area=world.TOWN)
    assert row == {name: whole[name] for name in row}


@pytest.mark.parametrize("name", TABULAR)
def test_every_table_has_the_columns_asked_for(client: TestClient, name: str) -> None:
    if name == "xlsx":
        return  # read in full below
    query = "fields=status,value,flags,ci_lower,area_code,definition_version&area=authority"
    whole = client.get("/api/v1/observations?area=authority").json()["data"]
    content = client.get(f"/api/v1/observations.{name}?{query}").content
    found = READERS[name](content) if name in READERS else orjson.loads(content)["data"]
    assert list(found[0]) == query[7:].partition("&")[0].split(",")
    wanted = list(found[0])
    if name == "csv":
        assert [row["area_code"] for row in found] == [row["area_code"] for row in whole]
        return
    assert found == [{column: row[column] for column in wanted} for row in whole]


def test_a_line_with_every_field_is_the_usual_line(client: TestClient) -> None:
    for form in ("csv", "jsonl"):
        usual = client.get(f"/api/v1/observations.{form}?{ALL}").text
        shaped = client.get(f"/api/v1/observations.{form}?{ALL}&fields={','.join(ROW_COLUMNS)}")
        by_area = client.get(f"/api/v1/observations.{form}?{ALL}&order=-area").text
        assert shaped.text == usual
        assert sorted(by_area.splitlines()) == sorted(usual.splitlines())


def test_an_unknown_field_is_refused_with_what_was_likely_meant(problem: Ask) -> None:
    told = problem(fields="area_cod")
    assert (told["parameter"], told["suggestions"][0]) == ("fields", "area_code")


def test_labels_stand_after_their_codes(rows: Ask) -> None:
    (row,) = rows(indicator="a_rate_10k", area="england", sex="M", labels="both")
    names = list(row)
    for name in LABELLED:
        assert names[names.index(name) + 1] == f"{name}_label"
    assert [name for name in names if not name.endswith("_label")] == list(ROW_COLUMNS)
    assert (row["indicator"], row["indicator_label"]) == ("a_rate_10k", "A rate")
    assert (row["period"], row["period_label"]) == ("RY2025", "31 March 2025")
    assert (row["sex"], row["sex_label"], row["age_label"]) == ("M", "Boys", "All")
    assert (row["status_label"], row["unit_label"]) == ("figure", "per 10,000")
    assert row["source_label"] == "A publisher: A title (2025)"


def test_labels_stand_in_the_place_of_codes(rows: Ask) -> None:
    query = {"indicator": "a_share_pct", "area": world.JOINT[0]}
    (row,) = rows(**query, labels="label")
    assert tuple(row) == ROW_COLUMNS
    assert (row["indicator"], row["period"]) == ("A share, by hand", "year ending 31 March 2025")
    assert (row["unit"], row["flags"]) == ("per cent", ["joint return of two authorities"])
    assert row["area_code"] == world.JOINT[0]


def test_a_label_is_a_field_too(rows: Ask) -> None:
    query = {"indicator": "a_share_pct", "area": world.SUPPRESSED}
    (row,) = rows(**query, fields="status_label,area_name")
    assert list(row) == ["status_label", "area_name"]
    assert row["status_label"] == "suppressed"
    (row,) = rows(**query, fields="status_label,status", labels="both")
    assert list(row) == ["status_label", "status"]


def test_a_kind_of_label_that_there_is_not_is_refused(problem: Ask) -> None:
    assert problem(labels="labels")["suggestions"] == ["label"]


def test_a_wide_table_has_a_column_for_each_period_and_keeps_the_reasons(
    client: TestClient, rows: Ask
) -> None:
    areas = f"{world.TOWN},{world.SUPPRESSED},{world.MISSING},{world.ENDED}"
    query = {"indicator": "a_share_pct", "area": areas, "period": "all"}
    found = table(client, wide="period", **query)
    periods = ["RY2019", "RY2023", "RY2024", "RY2025"]
    names = list(found[0])
    assert names[-8:] == [*periods, *(f"{period}_status" for period in periods)]
    assert [row["area_code"] for row in found] == [
        world.TOWN, world.SUPPRESSED, world.MISSING, world.ENDED,
    ]  # fmt: skip
    cells = {
        (row["area_code"], period): (row[period], row[f"{period}_status"])
        for row in found
        for period in periods
        if row[f"{period}_status"]
    }
    long = rows(**query)
    assert cells == {
        (row["area_code"], row["period"]): (_text(row["value"]), row["status"]) for row in long
    }
    assert found[3]["RY2025_status"] == ""


def _text(value: float | None) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("by", "key", "other"),
    [("indicator", "indicator", "area_code"), ("area", "area_code", "indicator")],
)
def test_a_wide_table_has_a_column_for_each_indicator_or_area(
    client: TestClient, rows: Ask, by: str, key: str, other: str
) -> None:
    query = {"indicator": "a_share_pct,a_rate_10k", "area": "region,england", "period": "RY2025"}
    found = table(client, wide=by, **query)
    long = rows(**query)
    heads = list(dict.fromkeys(row[key] for row in long))
    assert [name for name in found[0] if f"{name}_status" in found[0]] == heads
    for row in long:
        (line,) = (line for line in found if line[other] == row[other])
        assert (line[row[key]], line[f"{row[key]}_status"]) == (str(row["value"]), row["status"])


def test_a_wide_table_has_the_columns_and_words_asked_for(client: TestClient) -> None:
    query = {"indicator": "a_rate_10k", "area": "region", "last": "2", "wide": "period"}
    plain = table(client, **query, fields="area_name")
    assert list(plain[0])[:3] == ["area_name", "RY2024", "RY2025"]
    in_words = table(client, **query, fields="area_name", labels="label")
    assert list(in_words[0])[:3] == ["area_name", "31 March 2024", "31 March 2025"]


def test_a_wide_table_of_nothing_has_its_head(client: TestClient) -> None:
    answer = client.get(
        "/api/v1/observations.csv?wide=period&indicator=a_share_pct&status=withdrawn"
    )
    assert answer.text.startswith("release,indicator,area_code,")
    assert answer.text.count("\r\n") == 1


@pytest.mark.parametrize(
    ("parameter", "query"),
    [
        ("wide", {"wide": "period"}),
        ("wide", {"wide": "sex", "format": "csv"}),
        ("fields", {"wide": "period", "format": "csv", "fields": "value"}),
        ("order", {"wide": "period", "format": "csv", "order": "value"}),
        ("limit", {"wide": "period", "format": "csv", "limit": "10"}),
        ("bom", {"bom": "1"}),
        ("bom", {"bom": "maybe", "format": "csv"}),
    ],
)
def test_a_shape_that_cannot_be_is_refused(
    problem: Ask, parameter: str, query: dict[str, str]
) -> None:
    assert problem(**query)["parameter"] == parameter


@pytest.mark.parametrize("form", [name for name in FIGURE_FORMATS if name not in TABULAR])
@pytest.mark.parametrize("name", ["fields", "labels", "wide", "order", "bom"])
def test_a_format_with_a_shape_of_its_own_is_not_shaped(problem: Ask, form: str, name: str) -> None:
    words = {"fields": "value", "labels": "both", "wide": "period", "order": "value", "bom": "1"}
    told = problem(format=form, **{name: words[name]})
    assert told["parameter"] == name
    assert "format=csv" in told["suggestions"]


def test_more_cells_than_fit_in_a_wide_table_are_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.wide.MOST_CELLS", 100)
    answer = client.get("/api/v1/observations.csv?period=all&wide=period")
    assert answer.json()["type"].endswith("too-large")
    assert answer.json()["cells"] > answer.json()["most_cells"] == 100


def test_excel_is_told_of_the_letters_of_a_csv(client: TestClient) -> None:
    query = "indicator=a_share_pct&area=england"
    plain = client.get(f"/api/v1/observations.csv?{query}").content
    assert client.get(f"/api/v1/observations.csv?{query}&bom=1").content == b"\xef\xbb\xbf" + plain


@pytest.mark.parametrize("form", ["csv", "jsonl", "arrow"])
@pytest.mark.parametrize("shape", ["fields=value,period,area_code", "order=-value", "labels=both"])
def test_a_shape_is_the_same_part_by_part(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, form: str, shape: str
) -> None:
    address = f"/api/v1/observations.{form}?{ALL}&{shape}"
    whole = READERS[form](client.get(address).content)
    monkeypatch.setattr("api.routes.observations.INLINE_ROWS", 10)
    monkeypatch.setattr("api.shaped_formats.PART_ROWS", 7)
    assert READERS[form](client.get(f"{address}&release={world.NEW}").content) == whole


@pytest.mark.parametrize(("by", "key"), [("period", "period"), ("area", "area_code")])
def test_a_wide_table_has_the_flags_of_those_columns_in_which_any_row_has_one(
    client: TestClient, rows: Ask, by: str, key: str
) -> None:
    query = {"indicator": "a_share_pct", "area": f"{world.JOINT[0]},{world.TOWN}", "period": "all"}
    long = rows(**query)
    heads = sorted({row[key] for row in long})
    flagged = [head for head in heads if any(r["flags"] for r in long if r[key] == head)]
    assert flagged
    found = table(client, wide=by, **query)
    told = [*(f"{head}_status" for head in heads), *(f"{head}_flags" for head in flagged)]
    assert list(found[0])[-len(told) :] == told
    other = "area_code" if by == "period" else "period"
    for row in long:
        (line,) = (line for line in found if line[other] == row[other])
        assert line.get(f"{row[key]}_flags", "") == ";".join(row["flags"])


def test_a_wide_table_without_flags_has_no_column_of_flags(client: TestClient) -> None:
    found = table(client, indicator="a_share_pct", area=world.TOWN, period="RY2019", wide="period")
    assert not [name for name in found[0] if name.endswith("_flags")]


def test_every_switch_reads_the_same_words(client: TestClient) -> None:
    addresses = {
        "count": "/api/v1/observations?indicator=a_share_pct&limit=1",
        "bom": "/api/v1/observations.csv?indicator=a_share_pct&limit=1",
        "core": "/api/v1/indicators?kind=outcome",
    }
    for name, address in addresses.items():
        for words in (("1", "true", "yes", "True"), ("0", "false", "no", "NO")):
            found = [client.get(f"{address}&{name}={word}") for word in words]
            assert {answer.status_code for answer in found} == {200}
            texts = [
                answer.text.replace(f"{name}={word}", "")
                for answer, word in zip(found, words, strict=True)
            ]
            assert len(set(texts)) == 1, name
        told = client.get(f"{address}&{name}=maybe").json()
        assert told["parameter"] == name
        assert "is neither yes nor no" in told["detail"]
        assert told["suggestions"] == ["true", "false"]
