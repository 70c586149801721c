"""Trends and rankings of the figures that ship are those that the pages on method work out."""

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows

ACCOMMODATION = "care_leaver_suitable_accom_19_21_pct"
PLACEMENTS = "cla_3plus_placements_pct"
OCCUPIED = "care_leaver_eet_19_21_pct"
LEEDS, ROTHERHAM, BARNET, RUTLAND = "E08000035", "E08000018", "E09000003", "E06000017"
CUMBERLAND, CUMBRIA, CITY_OF_LONDON = "E06000063", "E10000006", "E09000001"


def test_the_trend_of_the_page_on_method_is_the_one_of_the_service(shipped: TestClient) -> None:
    (row,) = rows(shipped, Paths.TRENDS, indicator=ACCOMMODATION, area=LEEDS, period="RY2025")
    assert (row["marker"], row["better_or_worse"]) == ("decreasing", "worse")
    assert (round(row["chi_square"], 2), round(row["slope"], 2)) == (16.33, -1.88)
    assert row["values"] == [88, 90, 87, 86, 81]


@pytest.mark.parametrize(
    ("indicator", "area", "reason", "chi_square"),
    [
        ("cin_rate_10k", LEEDS, "rests_on_one_point", 10.58),
        (PLACEMENTS, ROTHERHAM, "within_chance", 1.31),
    ],
)
def test_what_looks_like_a_trend_and_is_none_is_no_change(
    shipped: TestClient, indicator: str, area: str, reason: str, chi_square: float
) -> None:
    (row,) = rows(shipped, Paths.TRENDS, indicator=indicator, area=area, period="RY2025")
    assert (row["marker"], row["reason_code"]) == ("no_change", reason)
    assert round(row["chi_square"], 2) == chi_square


def test_a_new_authority_has_no_trend_over_the_figures_of_the_old_one(
    shipped: TestClient,
) -> None:
    found = rows(shipped, Paths.TRENDS, area=CUMBERLAND)
    assert {row["marker"] for row in found} == {None}
    assert {tuple(row["predecessors"]) for row in found} == {(CUMBRIA,)}
    (row,) = rows(shipped, Paths.TRENDS, indicator=PLACEMENTS, area=CUMBERLAND, period="RY2025")
    assert row["breaks"] == ["RY2024 boundary"]
    (old,) = rows(shipped, Paths.TRENDS, indicator=PLACEMENTS, area=CUMBRIA, period="RY2023")
    assert old["points_used"] == 5
    assert old["last_period"] == "RY2023"


def test_no_trend_is_given_without_a_valid_interval(shipped: TestClient) -> None:
    (row,) = rows(shipped, Paths.TRENDS, indicator="sw_agency_fte_pct", area=LEEDS)
    assert (row["marker"], row["reason_code"]) == (None, "no_interval")


def test_every_marker_rests_on_five_figures_and_on_no_break_between_them(
    shipped: TestClient,
) -> None:
    found = [row for row in rows(shipped, Paths.TRENDS) if row["marker"]]
    assert len(found) > 5000
    for row in found:
        assert row["points_used"] == len(row["periods"]) == len(row["values"]) == 5
        assert None not in row["values"]
        breaks = {told.partition(" ")[0] for told in row["breaks"] if "small" not in told}
        assert not breaks & set(row["periods"][1:])


def test_the_positions_of_the_page_on_method_are_those_of_the_service(
    shipped: TestClient,
) -> None:
    first, second = rows(
        shipped, Paths.RANKINGS, indicator=PLACEMENTS, area=f"{LEEDS},{BARNET}", period="RY2025"
    )
    assert (first["area_code"], first["rank"], first["ranked"], first["tied"]) == (
        BARNET, 57, 150, 20,
    )  # fmt: skip
    assert (first["letter"], first["rank_from"], first["rank_to"]) == ("B", 2, 146)
    assert (second["rank"], second["letter"], second["rank_from"]) == (122, "D", 47)
    assert [round(row["percentile"]) for row in (first, second)] == [44, 84]


def test_a_value_of_a_few_children_is_shown_and_has_no_rank(shipped: TestClient) -> None:
    (row,) = rows(shipped, Paths.RANKINGS, indicator=OCCUPIED, area=RUTLAND, period="RY2025")
    assert (row["value"], row["rank"], row["reason_code"]) == (76, None, "small_denominator")


def test_as_lait_the_ranking_is_that_of_the_page_on_method(shipped: TestClient) -> None:
    for indicator, expected in (
        (PLACEMENTS, {BARNET: (1, 58, 151, "B", 9.5), LEEDS: (-3, 123, 151, "D", 10.3)}),
        (OCCUPIED, {BARNET: (-5, 19, 152, "A", 58.1), LEEDS: (-5, 129, 152, "D", 54.6)}),
    ):
        found = rows(
            shipped, Paths.RANKINGS,
            indicator=indicator, area=f"{LEEDS},{BARNET}", period="RY2025", as_="lait",
        )  # fmt: skip
        assert {
            row["area_code"]: (
                row["change"], row["rank"], row["ranked"], row["letter"], row["neighbour_mean"]
            )
            for row in found
        } == expected  # fmt: skip


def test_the_smallest_authority_is_ranked_as_lait_and_not_by_our_rules(
    shipped: TestClient,
) -> None:
    query = {"indicator": PLACEMENTS, "period": "RY2025"}
    ours = {row["area_code"] for row in rows(shipped, Paths.RANKINGS, **query)}
    theirs = {row["area_code"] for row in rows(shipped, Paths.RANKINGS, **query, as_="lait")}
    assert CITY_OF_LONDON in theirs - ours
