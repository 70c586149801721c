"""Which rows a query keeps by status, flags and how recent they are, and how it sorts them."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.row_choice import MOST_RECENT
from tests.api import world
from tests.api.conftest import Ask, client_for

SHARES = {"indicator": "a_share_pct"}


def periods(found: list[dict[str, Any]]) -> list[str]:
    return sorted({row["period"] for row in found})


def test_last_means_the_last_periods_that_have_any_row(rows: Ask) -> None:
    assert periods(rows(**SHARES, last="1")) == ["RY2025"]
    assert periods(rows(**SHARES, last="2")) == ["RY2024", "RY2025"]
    assert periods(rows(**SHARES, last="99")) == ["RY2019", "RY2023", "RY2024", "RY2025"]


def test_last_counts_for_each_indicator_its_own_periods(rows: Ask) -> None:
    found = rows(indicator="a_share_pct,a_score", area=world.TOWN, last="2")
    assert [(row["indicator"], row["period"]) for row in found] == [
        ("a_share_pct", "RY2024"), ("a_share_pct", "RY2025"), ("a_score", "SEP2025"),
    ]  # fmt: skip


def test_last_counts_within_the_periods_that_are_named(rows: Ask) -> None:
    assert periods(rows(**SHARES, last="1", period="RY2019..RY2024")) == ["RY2024"]
    assert periods(rows(**SHARES, last="2", period="RY2019,RY2023,RY2025")) == ["RY2023", "RY2025"]
    assert periods(rows(**SHARES, last="2", period="..RY2023")) == ["RY2019", "RY2023"]


def test_last_with_latest_means_up_to_the_latest(rows: Ask) -> None:
    assert periods(rows(**SHARES, last="2", period="latest")) == ["RY2024", "RY2025"]
    assert periods(rows(**SHARES, last="2", period="latest", release=world.OLD)) == [
        "RY2019", "RY2024",
    ]  # fmt: skip


def test_a_row_of_the_last_periods_keeps_its_reason(rows: Ask) -> None:
    found = rows(**SHARES, area=world.SUPPRESSED, last="2")
    assert [row["status"] for row in found] == ["suppressed", "suppressed"]


def test_last_with_data_gives_each_area_its_own_last_figures(rows: Ask) -> None:
    areas = f"{world.ENDED},{world.TOWN},{world.BEGUN[0]}"
    found = rows(**SHARES, area=areas, last_with_data="1")
    assert {row["area_code"]: row["period"] for row in found} == {
        world.TOWN: "RY2025", world.BEGUN[0]: "RY2025", world.ENDED: "RY2019",
    }  # fmt: skip
    assert {row["status"] for row in found} == {"ok"}


def test_last_with_data_counts_for_each_breakdown(rows: Ask) -> None:
    found = rows(indicator="a_rate_10k", area="england", sex="all", last_with_data="1")
    assert [(row["sex"], row["period"]) for row in found] == [
        ("_T", "RY2025"), ("F", "RY2025"), ("M", "RY2025"),
    ]  # fmt: skip


def test_last_with_data_agrees_with_counting_by_hand(rows: Ask) -> None:
    every = rows(indicator="a_share_pct,a_rate_10k", period="all", sex="all")
    for count in (1, 2, 3):
        by_series: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in every:
            if row["status"] == "ok":
                series = (row["indicator"], row["area_code"], row["sex"])
                by_series.setdefault(series, []).append(row)
        expected = [row for row in every if row in _last(by_series, row, count)]
        query = {"indicator": "a_share_pct,a_rate_10k", "sex": "all"}
        assert rows(**query, last_with_data=str(count)) == expected


def _last(by_series: Any, row: dict[str, Any], count: int) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = by_series.get((row["indicator"], row["area_code"], row["sex"]), [])
    return sorted(held, key=lambda one: str(one["period_end"]))[-count:]


def test_an_area_without_any_figure_is_named(client: TestClient) -> None:
    query = f"indicator=a_share_pct&area={world.TOWN},{world.MISSING}&last_with_data=1"
    answer = client.get(f"/api/v1/observations?{query}").json()
    assert [row["area_code"] for row in answer["data"]] == [world.TOWN]
    name = world.places().area(world.MISSING).name
    assert answer["meta"]["warnings"] == [f"last_with_data: no figure is held for {name}"]


def test_last_and_last_with_data_go_together(rows: Ask) -> None:
    both = {**SHARES, "area": f"{world.ENDED},{world.TOWN}", "last_with_data": "5"}
    assert len(rows(**both)) == 5
    assert [(row["area_code"], row["period"]) for row in rows(**both, last="1")] == [
        (world.TOWN, "RY2025")
    ]


@pytest.mark.parametrize("name", ["last", "last_with_data"])
@pytest.mark.parametrize("text", ["0", "-1", "all", "1.5", str(MOST_RECENT + 1)])
def test_how_many_of_the_last_is_a_number(problem: Ask, name: str, text: str) -> None:
    told = problem(**{name: text})
    assert told["parameter"] == name
    assert "from 1 to" in told["detail"]


def test_rows_are_kept_by_status(rows: Ask) -> None:
    found = rows(**SHARES, period="all", status="suppressed,not_available")
    assert {row["status"] for row in found} == {"suppressed", "not_available"}
    every = rows(**SHARES, period="all")
    assert found == [row for row in every if row["status"] in {"suppressed", "not_available"}]


def test_rows_are_kept_by_flags_or_for_having_none(rows: Ask) -> None:
    found = rows(**SHARES, flags="joint_return,revised")
    assert [row["area_code"] for row in found] == list(world.JOINT)
    unflagged = rows(**SHARES, flags="none")
    assert unflagged == [row for row in rows(**SHARES) if not row["flags"]]
    assert len(rows(**SHARES, flags="none,joint_return")) == len(rows(**SHARES))


def test_a_status_that_no_row_has_gives_none_and_says_so(client: TestClient) -> None:
    answer = client.get("/api/v1/observations?indicator=a_share_pct&status=withdrawn").json()
    assert answer["data"] == []
    assert answer["meta"]["warnings"]


@pytest.mark.parametrize(
    ("name", "text", "meant"),
    [
        ("status", "supressed", "suppressed"),
        ("flags", "provisionl", "provisional"),
        ("order", "vlaue", "value"),
    ],
)
def test_a_misspelt_word_is_refused_with_what_was_likely_meant(
    client: TestClient, name: str, text: str, meant: str
) -> None:
    answer = client.get("/api/v1/observations", params={name: text})
    told = answer.json()
    assert (answer.status_code, told["parameter"]) == (400, name)
    assert meant in told["suggestions"]


def test_rows_are_sorted_by_value_those_without_one_last_either_way(rows: Ask) -> None:
    usual = rows(**SHARES, area="authority")
    for word, sign in (("value", 1), ("-value", -1)):
        found = rows(**SHARES, area="authority", order=word)
        # Python sorts in place of equals, as the key does.
        assert found == sorted(
            usual, key=lambda row: (row["value"] is None, sign * (row["value"] or 0))
        )


def test_the_place_of_a_row_tells_nothing_of_a_value_that_is_hidden(tmp_path: Path) -> None:
    canary = 99.87
    cells = [
        made | {"value": canary, "status": "suppressed"} if made["area"] == world.TOWN else made
        for made in world.share_cells([2025])
    ]
    digest = world.write_release(
        tmp_path, world.NEW, [made | {"updated_release": world.NEW} for made in cells]
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    client = client_for(tmp_path)
    for more in ("order=-value", "order=value", "wide=period&format=csv", "last_with_data=1"):
        answer = client.get(f"/api/v1/observations?area=authority&{more}")
        assert answer.status_code == 200
        assert str(canary) not in answer.text
    for order in ("value", "-value"):
        rows = client.get(f"/api/v1/observations?area=authority&order={order}").json()["data"]
        without = [row["area_code"] for row in rows if row["value"] is None]
        assert [row["area_code"] for row in rows[-len(without) :]] == sorted(without)
        assert world.TOWN in without


def test_rows_are_sorted_by_several_things_in_turn(rows: Ask) -> None:
    query = {"indicator": "a_share_pct,a_rate_10k", "period": "all", "area": "region,england"}
    found = rows(**query, order="-period,value")
    expected = sorted(rows(**query), key=lambda row: row["value"])
    assert found == sorted(expected, key=lambda row: str(row["period_end"]), reverse=True)


def test_areas_are_sorted_both_ways(rows: Ask) -> None:
    query = {**SHARES, "area": "region", "period": "all"}
    forward = [row["area_code"] for row in rows(**query, order="area")]
    assert forward == sorted(forward)
    assert [row["area_code"] for row in rows(**query, order="-area")] == forward[::-1]


def test_the_order_of_keys_is_the_usual_one(rows: Ask) -> None:
    assert rows(**SHARES, order="key") == rows(**SHARES)
    assert rows(**SHARES, order="area,key,value") == rows(**SHARES, order="area")


def test_one_thing_is_sorted_by_once(problem: Ask) -> None:
    assert problem(order="value,-value")["parameter"] == "order"


def test_more_rows_than_can_be_sorted_at_once_are_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.question.MOST_SORTED_ROWS", 100)
    answer = client.get("/api/v1/observations.csv?period=all&order=value")
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("too-large")
    assert "order of yours" in answer.json()["detail"]
