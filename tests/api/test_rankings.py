"""Rankings: an order of authorities, how sure it is, and why some have no place in it."""

from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from indicators.shown_numbers import INTERVAL_DECIMALS
from tests.api import world
from tests.api.conftest import Ask, client_for

TOO_SMALL = "X06000053"  # in every list and in no ranking
SHARE, RATE, SCORE = (one.id for one in (world.SHARE, world.RATE, world.SCORE))


def test_rows_come_by_rank_and_those_without_one_last(rows: Ask) -> None:
    found = rows("rankings", indicator=SHARE)
    ranks = [row["rank"] for row in found]
    ranked = [rank for rank in ranks if rank is not None]
    assert ranked == sorted(ranked)
    assert ranks == ranked + [None] * (len(ranks) - len(ranked))
    assert {row["ranked"] for row in found if row["rank"]} == {len(ranked)}
    assert 100 < len(ranked) < len(ranks)


def test_rank_1_is_the_best_value_and_equal_values_share_a_rank(rows: Ask) -> None:
    found = [row for row in rows("rankings", indicator=SHARE) if row["rank"]]
    values = [row["value"] for row in found]
    assert found[0]["value"] == min(values)  # of this share, less is better
    assert {row["rank_one"] for row in found} == {"best"}
    for row in found:
        assert row["rank"] == 1 + sum(value < row["value"] for value in values)
        assert row["tied"] == values.count(row["value"])


def test_a_position_has_a_percentile_a_quarter_and_the_ranks_that_chance_leaves_open(
    rows: Ask,
) -> None:
    for row in rows("rankings", indicator=SHARE):
        if row["rank"]:
            assert row["rank_from"] <= row["rank"] <= row["rank_to"]
            assert row["letter"] == "ABCD"[row["quarter"] - 1]
            assert 0 <= row["percentile"] <= 100


def test_where_no_way_is_good_rank_1_is_the_highest_and_there_are_no_letters(rows: Ask) -> None:
    found = [row for row in rows("rankings", indicator=RATE, period="RY2025") if row["rank"]]
    assert {(row["rank_one"], row["letter"]) for row in found} == {("highest", None)}
    assert found[0]["value"] == max(row["value"] for row in found)
    assert {row["quarter"] for row in found} == {1, 2, 3, 4}


def test_without_an_interval_nothing_is_said_of_open_ranks(rows: Ask) -> None:
    found = [row for row in rows("rankings", indicator=SCORE) if row["rank"]]
    assert {(row["rank_from"], row["rank_to"]) for row in found} == {(None, None)}


def test_area_narrows_the_rows_and_not_the_field(rows: Ask) -> None:
    every = {row["area_code"]: row for row in rows("rankings", indicator=SHARE)}
    (one,) = rows("rankings", indicator=SHARE, area=world.TOWN)
    assert one == every[world.TOWN]
    of_region = rows("rankings", indicator=SHARE, region=world.REGION)
    assert 0 < len(of_region) < len(every)
    assert all(row == every[row["area_code"]] for row in of_region)


def test_an_authority_without_a_figure_has_the_reason_and_no_rank(rows: Ask) -> None:
    (row,) = rows("rankings", indicator=SHARE, area=world.SUPPRESSED)
    assert (row["rank"], row["value"], row["status"]) == (None, None, "suppressed")
    assert (row["reason_code"], row["ranked"], row["percentile"]) == ("no_value", None, None)
    assert row["reason"]


def test_one_that_stands_in_no_ranking_is_shown_only_when_it_is_named(rows: Ask) -> None:
    assert TOO_SMALL not in {row["area_code"] for row in rows("rankings", indicator=SHARE)}
    (row,) = rows("rankings", indicator=SHARE, area=TOO_SMALL)
    assert (row["rank"], row["reason_code"], row["status"]) == (None, "not_rankable", "ok")


def test_a_ranking_holds_the_authorities_of_its_time(rows: Ask) -> None:
    before, after = (
        {row["area_code"] for row in rows("rankings", indicator=SHARE, period=period)}
        for period in ("RY2019", "RY2025")
    )
    assert world.ENDED in before
    assert not before & set(world.BEGUN)
    assert set(world.BEGUN) <= after
    assert world.ENDED not in after


def test_a_figure_of_before_an_authority_began_gives_it_no_rank(tmp_path: Path) -> None:
    cells = [*world.share_cells([2021]), world.cell(world.SHARE, "RY2021", world.BEGUN[0], 1, 99)]
    digest = world.write_release(
        tmp_path, world.NEW, [{**one, "updated_release": world.NEW} for one in cells]
    )
    world.list_releases(tmp_path, world.NEW, world.listed(world.NEW, digest))
    found = client_for(tmp_path).get("/api/v1/rankings?indicator=a_share_pct").json()["data"]
    ranked = {row["area_code"] for row in found if row["rank"]}
    assert world.ENDED in ranked
    assert world.BEGUN[0] not in ranked


def test_areas_that_are_no_authorities_are_in_no_ranking_and_that_is_said(
    client: TestClient,
) -> None:
    answer = client.get("/api/v1/rankings?indicator=a_share_pct&area=england").json()
    assert answer["data"] == []
    assert "authorities" in answer["meta"]["warnings"][0]


def test_as_lait_everyone_with_a_value_is_ranked_by_its_rules(rows: Ask) -> None:
    found = rows("rankings", indicator=SHARE, **{"as": "lait"})
    with_value = [row for row in found if row["value"] is not None]
    assert TOO_SMALL in {row["area_code"] for row in with_value}
    values = [row["value"] for row in with_value]
    for row in with_value:
        assert row["rank"] == 1 + sum(value < row["value"] for value in values)
        assert (row["ranked"], row["rules"]) == (len(values), "lait")
        assert row["letter"] in {"A", "B", "C", "D"}
        assert (row["percentile"], row["quarter"], row["rank_from"]) == (None, None, None)


def test_as_lait_the_change_is_the_difference_of_the_last_two_values(rows: Ask) -> None:
    for two in ("RY2024,RY2025", "RY2023,RY2024", "RY2019,RY2023"):
        before, now = rows(indicator=SHARE, area=world.TOWN, period=two)
        query = {"indicator": SHARE, "area": world.TOWN, "period": now["period"]}
        (row,) = rows("rankings", **query, **{"as": "lait"})
        assert row["change"] == pytest.approx(now["value"] - before["value"])


def test_as_lait_the_neighbours_have_a_plain_mean(rows: Ask) -> None:
    (row,) = rows("rankings", indicator=SHARE, area=world.TOWN, **{"as": "lait"})
    shown = rows(indicator=SHARE, area=f"neighbours:{world.TOWN}")
    values = [one["value"] for one in shown if one["value"] is not None]
    assert row["neighbours_with_value"] == len(values)
    assert row["neighbour_mean"] == pytest.approx(sum(values) / len(values))


def test_as_lait_the_mean_of_neighbours_is_shown_rounded_as_limits_are(rows: Ask) -> None:
    for indicator, decimals in ((SHARE, world.SHARE.decimals), (RATE, world.RATE.decimals)):
        found = rows("rankings", indicator=indicator, period="all", **{"as": "lait"})
        means = [row["neighbour_mean"] for row in found if row["neighbour_mean"] is not None]
        assert means
        assert means == [round(mean, decimals + INTERVAL_DECIMALS) for mean in means]


def test_as_lait_nothing_is_ranked_where_no_way_is_good(rows: Ask) -> None:
    found = rows("rankings", indicator=RATE, period="RY2025", **{"as": "lait"})
    assert {(row["rank"], row["letter"], row["rank_one"]) for row in found} == {(None, None, None)}
    assert {row["reason_code"] for row in found} == {"no_direction"}


def test_our_own_rules_leave_the_columns_of_lait_empty(rows: Ask) -> None:
    row = rows("rankings", indicator=SHARE)[0]
    assert (row["rules"], row["change"], row["neighbour_mean"]) == ("own", None, None)
    assert row["neighbours_with_value"] is None


def test_rankings_come_by_indicator_and_period(rows: Ask) -> None:
    found = rows("rankings", indicator=f"{RATE},{SHARE}", period="RY2024,RY2025")
    heads = [(row["indicator"], row["period"]) for row in found]
    assert list(dict.fromkeys(heads)) == [
        (SHARE, "RY2024"), (SHARE, "RY2025"), (RATE, "RY2024"), (RATE, "RY2025"),
    ]  # fmt: skip


def test_more_rankings_than_are_made_at_once_are_refused(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.routes.rankings.MOST_RANKINGS", 2)
    told = client.get("/api/v1/rankings?period=all").json()
    assert (told["status"], told["parameter"]) == (400, "period")
    assert told["rankings"] > told["most_rankings"] == 2


@pytest.mark.parametrize(
    "query", ["as=them", "period=RY1901", "area=nowhere", "indicator=none", "sex=F", "as="]
)
def test_what_the_release_does_not_have_is_refused_as_elsewhere(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"/api/v1/rankings?{query}")
    assert answer.status_code == 400
    assert answer.json()["parameter"] == query.partition("=")[0]


def test_the_tables_of_rankings_hold_the_same_rows(client: TestClient) -> None:
    rows = client.get("/api/v1/rankings?indicator=a_share_pct").json()["data"]
    table = pq.read_table(
        BytesIO(client.get("/api/v1/rankings.parquet?indicator=a_share_pct").content)
    )
    assert table.column_names == list(rows[0])
    assert table.column("rank").to_pylist() == [row["rank"] for row in rows]
    assert table.column("area_code").to_pylist() == [row["area_code"] for row in rows]
    lines = client.get("/api/v1/rankings.csv?indicator=a_share_pct").text.splitlines()
    assert lines[0] == ",".join(rows[0])
    assert len(lines) == 1 + len(rows)


def test_a_ranking_may_be_kept_as_other_answers_are(client: TestClient) -> None:
    first = client.get("/api/v1/rankings?indicator=a_share_pct")
    assert first.headers["content-location"].endswith(f"release={world.NEW}")
    again = client.get(
        "/api/v1/rankings?indicator=a_share_pct",
        headers={"If-None-Match": first.headers["etag"]},
    )
    assert again.status_code == 304


def test_the_service_document_names_trends_and_rankings(client: TestClient) -> None:
    links = client.get("/api/v1/").json()["links"]
    assert links["trends"] == "/api/v1/trends"
    assert links["rankings"] == "/api/v1/rankings"
