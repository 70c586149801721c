"""Spread within groups and the test of a grouping, in every row that it concerns."""

import io
import statistics
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from indicators.group_spread import judge_groups
from tests.api import world
from tests.api.conftest import Ask

SHARED = (
    "groups_differ", "test_method", "test_statistic", "test_p", "share_between", "groups_tested",
    "authorities_tested", "test_reason_code", "sentence", "caution",
)  # fmt: skip


def values_of(row: dict[str, Any]) -> list[float]:
    """The values of a group, each return once."""
    found = {area["code"]: area["value"] for area in row["areas"] if area["status"] == "ok"}
    if set(world.JOINT) <= set(found):
        del found[world.JOINT[0]]
    return list(found.values())


def test_the_spread_is_of_the_values_that_mean_and_quartiles_are_of(rows: Ask) -> None:
    for row in rows("groups", grouping="region", indicator="a_share_pct"):
        values = values_of(row)
        assert len(values) == row["units_counted"] >= 3
        assert row["sd"] == pytest.approx(statistics.stdev(values), abs=0.005001)
        lower, _, upper = statistics.quantiles(values, n=4, method="inclusive")
        assert row["iqr"] == pytest.approx(upper - lower, abs=0.005001)


def test_every_row_of_a_grouping_repeats_its_test(rows: Ask) -> None:
    found = rows("groups", indicator="a_share_pct")
    for grouping in {row["grouping"] for row in found}:
        said = {tuple(r[name] for name in SHARED) for r in found if r["grouping"] == grouping}
        assert len(said) == 1


def test_the_test_is_of_authorities_that_can_be_ranked_each_return_once(rows: Ask) -> None:
    found = rows("groups", grouping="area_type", indicator="a_share_pct")
    tiny = {area.code for area in world.places().areas if not area.is_rankable}
    values, codes, named = [], [], set()
    for place, row in enumerate(found):
        for area in row["areas"]:
            if area["status"] != "ok" or area["code"] == world.JOINT[0]:
                continue
            if area["code"] in tiny:
                named.add(f"{area['code']} not_rankable")
                continue
            values.append(area["value"])
            codes.append(place)
    test = judge_groups(world.SHARE, values, codes, len(found))
    assert found[0]["authorities_tested"] == test.authorities == len(values)
    assert found[0]["test_statistic"] == pytest.approx(test.statistic, rel=1e-5)
    assert found[0]["test_p"] == pytest.approx(test.p, rel=1e-5)
    assert {told for row in found for told in row["left_out_of_test"]} == named
    assert len(named) == len(tiny) > 0


def test_a_return_of_two_authorities_in_two_groups_is_not_tested(rows: Ask) -> None:
    listed = ",".join((world.JOINT[0], world.TOWN, world.ZERO, "X06000008", "X06000009"))
    found = rows("groups", grouping=f"areas:{listed}", others="include", indicator="a_share_pct")
    assert [
        [told for told in row["left_out_of_test"] if told.endswith("joint_return")]
        for row in found
    ] == [[f"{code} joint_return"] for code in world.JOINT]  # fmt: skip
    assert found[0]["units_counted"] == 5
    counted = sum(row["units_counted"] - len(row["left_out_of_test"]) for row in found)
    assert found[0]["authorities_tested"] == counted


def test_where_nothing_is_tested_nobody_is_left_out(rows: Ask) -> None:
    (row,) = rows("groups", grouping=f"areas:{world.TOWN}", indicator="a_share_pct")
    assert (row["is_tested"], row["left_out_of_test"]) == (False, [])
    assert row["sentence"].startswith("Nobody can say")


def test_without_an_indicator_there_is_no_test(rows: Ask) -> None:
    for row in rows("groups", grouping="region,ofsted"):
        assert {row[name] for name in (*SHARED, "sd", "iqr", "is_tested")} == {None}
        assert row["left_out_of_test"] == []


def test_groups_by_grade_carry_a_caution_and_leave_out_those_without_a_judgement(
    rows: Ask,
) -> None:
    found = rows("groups", grouping="ofsted,region", indicator="a_share_pct")
    for row in found:
        assert bool(row["caution"]) == row["grouping"].startswith("ofsted")
        if row["group"] == "none":
            assert row["is_tested"] is False
            assert all(told.endswith(" no_judgement") for told in row["left_out_of_test"])


@pytest.mark.parametrize(
    ("on", "expected"), [({}, "2025-03-31"), ({"as_at": "2022-06-30"}, "2022-06-30")]
)
def test_judgements_are_read_on_the_day_that_the_reader_chooses(
    client: TestClient, on: dict[str, str], expected: str
) -> None:
    query = {"grouping": "ofsted,region", "indicator": "a_share_pct", **on}
    answer = client.get("/api/v1/groups", params=query).json()
    assert answer["meta"]["judged_on"] == expected
    days = {row["as_at"] for row in answer["data"] if row["grouping"] == "ofsted:leadership"}
    assert days == {expected}
    assert {row["as_at"] for row in answer["data"] if row["grouping"] == "region"} == {None}


def test_another_day_gives_other_groups_of_the_same_figures(rows: Ask) -> None:
    now = rows("groups", grouping="ofsted", indicator="a_share_pct")
    then = rows("groups", grouping="ofsted", indicator="a_share_pct", as_at="2019-01-01")
    members = [{area["code"]: r["group"] for r in found for area in r["areas"]} for found in
               (now, then)]  # fmt: skip
    assert members[0].keys() == members[1].keys()
    assert members[0] != members[1]


def test_a_day_after_the_last_report_that_is_known_gives_a_warning(client: TestClient) -> None:
    said = [
        client.get(f"/api/v1/groups?grouping=ofsted&as_at={day}").json()["meta"]["warnings"]
        for day in ("2024-01-01", "2099-01-01")
    ]
    assert [any("judgements are known up to" in one for one in found) for found in said] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"grouping": "region", "as_at": "2024-01-01"}, "as_at"),
        ({"grouping": "ofsted", "as_at": "last year"}, "as_at"),
        ({"grouping": "ofsted", "as_at": "2024-02-30"}, "as_at"),
    ],
)
def test_a_day_that_cannot_be_read_or_is_of_no_use_is_refused(
    problem: Ask, query: dict[str, str], parameter: str
) -> None:
    assert problem("groups", **query)["parameter"] == parameter


def test_the_flat_table_keeps_the_test(client: TestClient) -> None:
    answer = client.get("/api/v1/groups.csv?grouping=region&indicator=a_share_pct")
    head, first, *_ = answer.text.splitlines()
    columns = head.split(",")
    assert columns[columns.index("areas") + 1 :] == [
        "sd", "iqr", "is_tested", *SHARED, "left_out_of_test",
        "across", "across_group", "across_label",
    ]  # fmt: skip
    assert "authorities in 9 groups" in first


@pytest.mark.parametrize("format", ["parquet", "arrow"])
def test_the_typed_tables_keep_the_test(client: TestClient, format: str) -> None:
    query = f"grouping=region&indicator=a_share_pct&format={format}"
    answer = client.get(f"/api/v1/groups?{query}")
    read = pq.read_table if format == "parquet" else lambda b: pa.ipc.open_stream(b).read_all()
    table = read(io.BytesIO(answer.content))
    told = client.get("/api/v1/groups?grouping=region&indicator=a_share_pct").json()["data"]
    for name in ("sd", "groups_differ", "test_p", "share_between", "sentence", "left_out_of_test"):
        assert table.column(name).to_pylist() == [row[name] for row in told]
