"""Which rows /observations gives, in which order, and with which reasons."""

from typing import Any

from starlette.testclient import TestClient

from indicators.cells import ROW_COLUMNS
from tests.api import world
from tests.api.conftest import Ask


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [row["area_code"] for row in found]


def test_a_row_has_the_promised_columns_in_their_order(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.TOWN)
    assert tuple(row) == ROW_COLUMNS


def test_a_row_says_what_was_published(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.TOWN)
    made = next(
        made
        for made in world.share_cells([2025])
        if made["area"] == world.TOWN and made["indicator"] == "a_share_pct"
    )
    assert row["release"] == world.NEW
    assert row["area_name"] == "Alverby"
    assert row["area_type"] == "town"
    assert (row["period"], row["period_start"], row["period_end"]) == (
        "RY2025", "2024-04-01", "2025-03-31",
    )  # fmt: skip
    assert row["value"] == made["value"]
    assert row["numerator"] == made["numerator"]
    assert row["status"] == "ok"
    assert row["unit"] == "%"
    assert row["source"] == "a_table_2025"
    assert row["updated_release"] == world.NEW
    assert row["ci_level"] == 95


def test_a_snapshot_is_of_its_last_day_alone(rows: Ask) -> None:
    (row,) = rows(indicator="a_rate_10k", area=world.TOWN)
    assert row["period_start"] == row["period_end"] == "2025-03-31"


def test_whole_numbers_stay_whole(client: TestClient) -> None:
    text = client.get("/api/v1/observations?indicator=a_rate_10k&area=X06000001").text
    (row,) = client.get("/api/v1/observations?indicator=a_rate_10k&area=X06000001").json()["data"]
    assert isinstance(row["value"], int)
    assert isinstance(row["numerator"], int)
    assert f'"numerator":{row["numerator"]},' in text


def test_a_true_zero_is_not_missing(rows: Ask) -> None:
    (row,) = rows(indicator="a_rate_10k", area=world.ZERO)
    assert (row["value"], row["numerator"], row["status"]) == (0, 0, "ok")


def test_intervals_are_rounded_for_showing(client: TestClient) -> None:
    answer = client.get("/api/v1/observations?indicator=a_share_pct&area=authority").json()
    for row in answer["data"]:
        for name in ("ci_lower", "ci_upper"):
            assert row[name] is None or row[name] == round(row[name], 2)


def test_a_suppressed_value_hides_all_that_would_reveal_it(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.SUPPRESSED)
    assert row["status"] == "suppressed"
    assert row["source_symbol"] == "c"
    hidden = ("value", "numerator", "ci_lower", "ci_upper", "ci_level")
    assert {name: row[name] for name in hidden} == dict.fromkeys(hidden)


def test_a_cell_that_the_source_lacks_is_not_available(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.MISSING)
    assert (row["status"], row["value"], row["source"]) == ("not_available", None, "")
    assert row["unit"] == "%"


def test_an_area_keeps_its_own_figures_whatever_areas_are_asked_for_beside_it(rows: Ask) -> None:
    every = {row["area_code"]: row for row in rows(indicator="a_share_pct")}
    codes = list(every)
    place = codes.index(world.TOWN)
    # One area passed over before, and one without a cell after: the gaps cancel out.
    some = [codes[place - 2], world.TOWN, world.SUPPRESSED, world.MISSING, world.JOINT[0]]
    assert rows(indicator="a_share_pct", area=",".join(some)) == [every[code] for code in some]


def test_every_authority_of_the_time_has_a_row(rows: Ask) -> None:
    then = {area.code for area in world.places().authorities() if area.code not in world.BEGUN}
    assert set(codes(rows(indicator="a_share_pct", area="authority", period="RY2019"))) == then
    now = {area.code for area in world.places().authorities() if area.code != world.ENDED}
    assert set(codes(rows(indicator="a_share_pct", area="authority", period="RY2025"))) == now


def test_a_level_that_the_source_does_not_publish_has_no_rows(rows: Ask) -> None:
    assert rows(indicator="a_share_pct", area="subregion") == []
    assert rows(indicator="a_score", area="region,england") != []


def test_a_level_that_is_not_published_is_not_collected_if_the_area_was_named(rows: Ask) -> None:
    (row,) = rows(indicator="a_share_pct", area=world.SUBREGION)
    assert row["status"] == "not_collected"
    (row,) = rows(indicator="a_score", area=world.COUNTRY)
    assert row["status"] == "not_collected"


def test_rows_stand_by_indicator_period_level_code_and_breakdown(rows: Ask) -> None:
    found = rows(
        indicator="a_rate_10k,a_share_pct",
        period="RY2025,RY2024",
        area="region,england,within:england",
        sex="all",
    )
    order = {"a_share_pct": 0, "a_rate_10k": 1}
    levels = {"country": 0, "region": 1}
    keys = [
        (
            order[row["indicator"]], row["period_end"], levels.get(row["area_type"], 3),
            row["area_code"], row["sex"] != "_T", row["sex"],
        )
        for row in found
    ]  # fmt: skip
    assert keys == sorted(keys)


def test_without_a_breakdown_rows_are_of_all_together(rows: Ask) -> None:
    assert {row["sex"] for row in rows(indicator="a_rate_10k", area="england")} == {"_T"}


def test_a_breakdown_is_asked_for_by_its_code(rows: Ask) -> None:
    found = rows(indicator="a_rate_10k", area="england", sex="F,M")
    assert [row["sex"] for row in found] == ["F", "M"]
    assert [row["sex"] for row in rows(indicator="a_rate_10k", area="england", sex="all")] == [
        "_T", "F", "M",
    ]  # fmt: skip


def test_every_part_of_two_areas_comes_in_one_answer(rows: Ask) -> None:
    area = f"england,{world.REGION}"
    found = rows(indicator="a_rate_10k,a_share_pct", area=area, sex="all", age="all")
    assert [(row["indicator"], row["area_code"], row["sex"]) for row in found] == [
        ("a_share_pct", world.COUNTRY, "_T"),
        ("a_share_pct", world.REGION, "_T"),
        *(
            ("a_rate_10k", code, sex)
            for code in (world.COUNTRY, world.REGION)
            for sex in ("_T", "F", "M")
        ),
    ]


def test_a_breakdown_published_for_regions_only_has_no_rows_of_authorities(rows: Ask) -> None:
    assert rows(indicator="a_rate_10k", area="authority", sex="F") == []
    (row,) = rows(indicator="a_rate_10k", area=world.TOWN, sex="F")
    assert row["status"] == "not_collected"


def test_latest_is_of_each_indicator(rows: Ask) -> None:
    found = rows(area=world.TOWN)
    assert [(row["indicator"], row["period"]) for row in found] == [
        ("a_share_pct", "RY2025"),
        ("a_rate_10k", "RY2025"),
        ("a_score", "SEP2025"),
    ]


def test_a_range_of_periods_includes_both_ends(rows: Ask) -> None:
    found = rows(indicator="a_share_pct", area=world.TOWN, period="RY2020..RY2024")
    assert [row["period"] for row in found] == ["RY2023", "RY2024"]
    found = rows(indicator="a_share_pct", area=world.TOWN, period="RY2024..")
    assert [row["period"] for row in found] == ["RY2024", "RY2025"]
    found = rows(indicator="a_share_pct", area=world.TOWN, period="..RY2019")
    assert [row["period"] for row in found] == ["RY2019"]


def test_all_periods_are_asked_for_by_one_word(rows: Ask) -> None:
    found = rows(indicator="a_share_pct", area=world.TOWN, period="all")
    assert [row["period"] for row in found] == ["RY2019", "RY2023", "RY2024", "RY2025"]


def test_a_pair_without_figures_gives_one_warning_and_no_rows(client: TestClient) -> None:
    answer = client.get("/api/v1/observations?indicator=a_rate_10k&period=RY2019&area=authority")
    assert answer.json()["data"] == []
    assert answer.json()["meta"]["warnings"] == ["a_rate_10k has no figures for RY2019"]


def test_an_indicator_without_figures_gives_one_warning(client: TestClient) -> None:
    answer = client.get("/api/v1/observations?indicator=a_quiet_pct&area=england")
    assert answer.json()["meta"]["warnings"] == ["a_quiet_pct has no figures in this release"]


def test_a_pair_without_the_breakdown_gives_one_warning(client: TestClient) -> None:
    answer = client.get("/api/v1/observations?indicator=a_share_pct&sex=F&area=england")
    assert answer.json()["meta"]["warnings"] == [
        "a_share_pct has no figures for RY2025 with this breakdown"
    ]


def test_a_named_area_that_did_not_exist_gives_a_warning(client: TestClient) -> None:
    answer = client.get(f"/api/v1/observations?indicator=a_share_pct&area={world.ENDED}")
    assert answer.json()["data"] == []
    (warning,) = answer.json()["meta"]["warnings"]
    assert "Galdenshire" in warning


def test_a_joint_return_stands_with_both_authorities(rows: Ask) -> None:
    found = rows(indicator="a_share_pct", area=",".join(world.JOINT))
    assert [row["flags"] for row in found] == [["joint_return"], ["joint_return"]]
    assert found[0]["value"] == found[1]["value"] == 26.0


def test_more_than_a_hundred_thousand_rows_are_refused_with_the_files_to_take(
    client: TestClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr("api.routes.observations.MOST_ROWS", {"json": 100})
    answer = client.get("/api/v1/observations?indicator=a_share_pct&area=within:england")
    told = answer.json()
    assert answer.status_code == 400
    assert told["rows"] >= 153
    assert told["most_rows"] == 100
    assert "up to 154 rows; JSON is given for at most 100" in told["detail"]
    files, as_csv = told["suggestions"][:2], told["suggestions"][2]
    assert [file.rpartition("/")[2] for file in files] == [
        "observations.csv.gz",
        "observations.parquet",
    ]
    assert as_csv.startswith("/api/v1/observations.csv?")
    assert {client.get(address).status_code for address in told["suggestions"]} == {200}


def test_meta_counts_the_rows_and_names_release_licence_and_standing(client: TestClient) -> None:
    meta = client.get("/api/v1/observations?indicator=a_share_pct&area=england").json()["meta"]
    assert meta["count"] == 1
    assert meta["release"] == world.NEW
    assert meta["published_at"] == "2025-12-01T09:30:00+00:00"
    assert meta["licence"] == "A licence v1.0"
    assert "not an official statistics publication" in meta["not_official"]
