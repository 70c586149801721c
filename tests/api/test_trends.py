"""Trends: a word only where five yearly figures of one thing and one area allow it."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Ask, client_for
from tests.indicators.definitions import an_indicator

NORTH = world.BEGUN[0]
YEARS = range(2018, 2026)
BROKEN = an_indicator(
    "a_broken_pct", order=5, breaks=[{"period": "RY2023", "note": "Counted in another way"}]
)
FLAGGED = an_indicator("a_flagged_pct", order=6)
REDEFINED = an_indicator("a_redefined_pct", order=7, version=2)
BETTER = an_indicator(
    "a_better_pct",
    order=8,
    direction={"good": "higher_is_better", "reason": "More is good", "source": "A source"},
)

NEITHER = an_indicator(
    "a_neither_pct",
    order=9,
    direction={"good": "none", "reason": "Neither is good", "source": "A source"},
)


def copied(indicator: Any, change: Callable[[world.Cell], dict[str, Any]]) -> list[world.Cell]:
    """The cells of the share under another indicator, each changed."""
    return [
        {**made, "indicator": indicator.id, **change(made)} for made in world.share_cells(YEARS)
    ]


def cells() -> list[world.Cell]:
    made = [
        *world.share_cells(YEARS),
        # The county's last year, given to an authority that began on the day after.
        world.cell(world.SHARE, "RY2021", NORTH, 100, 1000),
        *world.rate_cells(YEARS),
        # Withheld, and yet a number stands in the cell: none of it may count.
        *(
            world.cell(
                NEITHER,
                f"RY{year}",
                world.SUPPRESSED,
                90 + 60 * (year - 2020),
                1000,
                status="suppressed",
            )
            for year in range(2021, 2026)
        ),
        *world.score_cells(),
        *copied(BROKEN, lambda _: {}),
        *copied(FLAGGED, lambda one: {"flags": "break" if one["period"] == "RY2022" else ""}),
        *copied(REDEFINED, lambda one: {"definition_version": 1 + (one["period"] > "RY2022")}),
        *copied(
            BETTER,
            lambda one: {"flags": "estimated" if one["period"] in {"RY2020", "RY2023"} else ""},
        ),
        *(one for one in copied(NEITHER, lambda _: {}) if one["area"] != world.SUPPRESSED),
    ]
    return [{**one, "updated_release": world.NEW} for one in made]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("years")
    every = (*world.INDICATORS, BROKEN, FLAGGED, REDEFINED, BETTER, NEITHER)
    digest = world.write_release(folder, world.NEW, cells(), every)
    world.list_releases(folder, world.NEW, world.listed(world.NEW, digest))
    return client_for(folder)


@pytest.fixture(scope="module")
def trend(client: TestClient) -> Ask:
    """Ask for the one trend of an indicator and area."""

    def ask(indicator: str, area: str = world.COUNTRY, **query: str) -> Any:
        query = {"indicator": indicator, "area": area, **query}
        answer = client.get("/api/v1/trends", params=query)
        assert answer.status_code == 200, answer.text[:300]
        (row,) = answer.json()["data"]
        return row

    return ask


def test_a_movement_beyond_chance_has_a_word_and_the_numbers_it_rests_on(trend: Ask) -> None:
    row = trend("a_share_pct")
    assert (row["marker"], row["reason_code"], row["is_robust"]) == ("increasing", None, True)
    assert row["chi_square"] > 9.549536
    assert row["slope"] == pytest.approx(0.3, abs=0.01)
    assert row["periods"] == [f"RY{year}" for year in range(2021, 2026)]
    assert (row["first_period"], row["last_period"], row["points_used"]) == ("RY2021", "RY2025", 5)


def test_the_values_of_a_trend_are_those_of_the_observations(
    client: TestClient, trend: Ask
) -> None:
    query = {"indicator": "a_share_pct", "area": world.COUNTRY, "period": "RY2021..RY2025"}
    shown = client.get("/api/v1/observations", params=query).json()["data"]
    row = trend("a_share_pct")
    assert row["values"] == [one["value"] for one in shown]
    assert (row["value"], row["status"]) == (shown[-1]["value"], "ok")


def test_better_or_worse_goes_by_the_direction_and_is_left_out_without_one(trend: Ask) -> None:
    words = [trend(id)["better_or_worse"] for id in (world.SHARE.id, BETTER.id, NEITHER.id)]
    assert words == ["worse", "better", None]
    assert trend(NEITHER.id)["marker"] == "increasing"


def test_a_movement_within_chance_is_no_change_with_the_reason(trend: Ask) -> None:
    row = trend("a_share_pct", world.TOWN)
    assert (row["marker"], row["reason_code"]) == ("no_change", "within_chance")
    assert row["better_or_worse"] is None
    assert row["points_used"] == 5


def test_a_trend_ends_in_the_period_asked_for(trend: Ask) -> None:
    row = trend("a_share_pct", period="RY2024")
    assert (row["period"], row["last_period"], row["first_period"]) == (
        "RY2024", "RY2024", "RY2020",
    )  # fmt: skip


def test_fewer_than_five_figures_make_no_trend(trend: Ask) -> None:
    row = trend("a_share_pct", period="RY2021")
    assert (row["marker"], row["reason_code"], row["points_used"]) == (None, "too_few_points", 0)
    assert (row["periods"], row["values"], row["slope"], row["chi_square"]) == ([], [], None, None)
    assert row["reason"]


@pytest.mark.parametrize(
    ("indicator", "told"),
    [
        (BROKEN.id, "RY2023 definition"),
        (FLAGGED.id, "RY2022 definition"),
        (REDEFINED.id, "RY2023 definition"),
    ],
)
def test_no_trend_runs_across_a_break_and_the_break_is_told(
    trend: Ask, indicator: str, told: str
) -> None:
    row = trend(indicator)
    assert (row["marker"], row["reason_code"], row["breaks"]) == (None, "break_inside", [told])


def test_figures_of_before_an_authority_began_make_no_trend_with_its_own(trend: Ask) -> None:
    row = trend("a_share_pct", NORTH)
    assert (row["marker"], row["reason_code"]) == (None, "break_inside")
    assert row["breaks"] == ["RY2022 boundary"]
    assert row["predecessors"] == [world.ENDED]


def test_the_figures_of_a_predecessor_are_no_points_of_its_successor(trend: Ask) -> None:
    row = trend("a_better_pct", NORTH)
    assert (row["marker"], row["reason_code"], row["values"]) == (None, "too_few_points", [])
    assert (row["breaks"], row["predecessors"]) == (["RY2022 boundary"], [world.ENDED])


def test_an_authority_that_ended_is_answered_for_the_time_it_existed(
    client: TestClient, trend: Ask
) -> None:
    assert trend("a_share_pct", world.ENDED, period="RY2021")["status"] == "ok"
    answer = client.get(f"/api/v1/trends?indicator=a_share_pct&area={world.ENDED}").json()
    assert answer["data"] == []
    assert "did not exist" in answer["meta"]["warnings"][0]


def test_withheld_figures_are_neither_points_nor_shown(trend: Ask) -> None:
    for indicator in (world.SHARE.id, NEITHER.id):
        row = trend(indicator, world.SUPPRESSED)
        assert (row["value"], row["status"]) == (None, "suppressed")
        assert (row["reason_code"], row["values"], row["slope"]) == ("too_few_points", [], None)


def test_the_flags_are_those_of_the_figures_used(trend: Ask) -> None:
    assert trend("a_share_pct", world.JOINT[0])["flags"] == ["joint_return"]
    assert trend("a_share_pct", world.TOWN)["flags"] == []
    assert trend("a_better_pct", world.TOWN)["flags"] == ["estimated"]


def test_there_is_a_row_for_each_indicator_and_area_in_their_order(client: TestClient) -> None:
    query = f"area={world.TOWN},{world.COUNTRY}&indicator=a_rate_10k,a_share_pct"
    rows = client.get(f"/api/v1/trends?{query}").json()["data"]
    assert [(row["indicator"], row["area_code"]) for row in rows] == [
        ("a_share_pct", world.COUNTRY), ("a_share_pct", world.TOWN),
        ("a_rate_10k", world.COUNTRY), ("a_rate_10k", world.TOWN),
    ]  # fmt: skip


def test_many_trends_at_once_are_those_of_each_alone(client: TestClient, trend: Ask) -> None:
    together = client.get(f"/api/v1/trends?area={world.TOWN},{world.COUNTRY},{NORTH}").json()
    assert len(together["data"]) > 12
    for row in together["data"]:
        assert row == trend(row["indicator"], row["area_code"])


@pytest.mark.parametrize("period", ["all", "RY2020..RY2024", "RY2023,RY2024", "RY2020.."])
def test_a_trend_up_to_several_periods_is_refused(client: TestClient, period: str) -> None:
    answer = client.get("/api/v1/trends", params={"period": period})
    told = answer.json()
    assert (answer.status_code, told["parameter"]) == (400, "period")
    again = client.get("/api/v1/trends", params={"period": told["suggestions"][0]})
    assert again.status_code == 200


@pytest.mark.parametrize("query", ["period=RY1901", "area=nowhere", "indicator=none", "sex=F"])
def test_what_the_release_does_not_have_is_refused_as_elsewhere(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"/api/v1/trends?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]


def test_the_tables_of_trends_hold_the_same_rows(client: TestClient) -> None:
    rows = client.get("/api/v1/trends?indicator=a_share_pct").json()["data"]
    table = pq.read_table(
        BytesIO(client.get("/api/v1/trends.parquet?indicator=a_share_pct").content)
    )
    assert table.column_names == list(rows[0])
    assert table.column("values").to_pylist() == [row["values"] for row in rows]
    lines = client.get("/api/v1/trends.csv?indicator=a_share_pct").text.splitlines()
    assert lines[0] == ",".join(rows[0])
    assert len(lines) == 1 + len(rows)
    for row, line in zip(rows, csv.DictReader(StringIO("\n".join(lines))), strict=True):
        assert line["periods"] == ";".join(row["periods"])
        assert line["values"] == ";".join(map(str, row["values"]))
    assert len(client.get("/api/v1/trends.jsonl?indicator=a_share_pct").text.splitlines()) == len(
        rows
    )


def test_a_trend_may_be_kept_as_other_answers_are(client: TestClient) -> None:
    first = client.get(f"/api/v1/trends?area={world.TOWN}")
    assert first.headers["content-location"].endswith(f"release={world.NEW}")
    again = client.get(
        f"/api/v1/trends?area={world.TOWN}", headers={"If-None-Match": first.headers["etag"]}
    )
    assert again.status_code == 304
