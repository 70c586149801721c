"""Rows of pairs: two figures of each authority, and the quadrant that they put it in."""

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from indicators.quadrants import spearman
from tests.api import world
from tests.api.conftest import Ask, client_for

CARD = "pairs/share_and_rate"
QUADRANTS = ("higher_higher", "higher_lower", "lower_higher", "lower_lower")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a release whose two figures are in no common order, with three far from all."""
    home = tmp_path_factory.mktemp("mixed")
    cells = world.new_cells()
    whole = next(made for made in cells if made["indicator"] == "a_rate_10k")
    usual = whole["numerator"] / whole["denominator"]
    for place, made in enumerate(cells):
        if made["area"] == world.COUNTRY or made["indicator"] == "a_score":
            continue
        top, bottom = made["numerator"], made["denominator"]
        if made["indicator"] == "a_rate_10k":
            most = 4 if made["area"] in {world.TOWN, world.ZERO} else 0.9 + 31 * place % 23 / 100
            top = round(usual * bottom * most)
        elif made["area"] in {world.TOWN, "X06000008"}:
            top = bottom
        if made["status"] == "ok":
            changed = world.cell(
                world.RATE if "10k" in made["indicator"] else world.SHARE,
                made["period"],
                made["area"],
                top,
                bottom,
            )
            kept = {name: made[name] for name in ("sex", "flags", "updated_release")}
            cells[place] = {**changed, **kept}
    digest = world.write_release(home, world.NEW, cells)
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)


def asked(client: TestClient, path: str = CARD, **query: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text[:300]
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


def card_of(client: TestClient, path: str = CARD, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text[:300]
    found: dict[str, Any] = answer.json()["meta"]["pair"]
    return found


def row_of(rows: Ask, area: str, path: str = CARD, **query: str) -> dict[str, Any]:
    (row,) = rows(path, area=area, **query)
    return dict(row)


def test_every_authority_that_existed_has_one_row(rows: Ask, client: TestClient) -> None:
    found = rows(CARD)
    codes = [row["area_code"] for row in found]
    assert codes == sorted(set(codes))
    assert world.ENDED not in codes
    assert {*world.BEGUN, world.MISSING, world.SUPPRESSED} <= set(codes)


def test_the_quadrant_follows_from_the_figures_and_the_lines_as_shown(mixed: TestClient) -> None:
    placed = [row for row in asked(mixed) if row["quadrant"]]
    assert len({row["quadrant"] for row in placed}) == 4
    for row in placed:
        sides = ("higher" if row[f"{s}_value"] > row[f"{s}_line"] else "lower" for s in "xy")
        assert row["quadrant"] == "_".join(sides)
        assert row["x_line_of"] == row["y_line_of"] == "country"
        assert row["reason"] is row["reason_code"] is None


def test_the_figures_are_those_of_observations_and_the_outcomes_those_of_comparisons(
    rows: Ask,
) -> None:
    row = row_of(rows, world.TOWN)
    for side, indicator in (("x", "a_share_pct"), ("y", "a_rate_10k")):
        (held,) = rows(indicator=indicator, area=world.TOWN)
        assert row[f"{side}_value"] == held["value"]
        assert row[f"{side}_period"] == held["period"]
        of_one = {"indicator": indicator, "area": world.TOWN, "with": "england"}
        (compared,) = rows("comparisons", **of_one)
        for name in ("outcome", "outcome_adjusted_for_many"):
            assert row[f"{side}_{name}"] == compared[name]
        assert row[f"{side}_line"] == compared["comparator_value"]


def test_beyond_chance_joins_both_outcomes(mixed: TestClient) -> None:
    words = {
        (True, True): "both",
        (True, False): "x_only",
        (False, True): "y_only",
        (False, False): "neither",
    }
    found = [row for row in asked(mixed) if row["beyond_chance"]]
    by_area = {row["area_code"]: row["beyond_chance"] for row in found}
    assert (by_area[world.TOWN], by_area[world.ZERO]) == ("both", "y_only")
    assert by_area["X06000008"] == "x_only"
    for row in found:
        x, y = (row[f"{side}_outcome_adjusted_for_many"] != "similar" for side in "xy")
        assert row["beyond_chance"] == words[(x, y)]


def test_a_suppressed_figure_is_listed_without_a_quadrant_and_without_a_number(rows: Ask) -> None:
    row = row_of(rows, world.SUPPRESSED)
    assert (row["quadrant"], row["reason_code"]) == (None, "no_x")
    assert (row["x_value"], row["x_status"], row["x_ci_lower"]) == (None, "suppressed", None)
    assert row["x_lies"] is row["beyond_chance"] is None
    assert row["reason"] == "There is no value: “Percentage” suppressed"
    assert row["y_value"] is not None


def test_a_missing_figure_is_listed_without_a_quadrant_and_with_the_reason(rows: Ask) -> None:
    row = row_of(rows, world.MISSING)
    assert (row["quadrant"], row["reason_code"], row["x_value"]) == (None, "no_x", None)
    assert "not available" in row["reason"]


def test_a_figure_of_nought_has_its_quadrant(rows: Ask) -> None:
    row = row_of(rows, world.ZERO)
    assert row["y_value"] == 0
    assert row["quadrant"].endswith("_lower")


def test_who_stands_in_no_ranking_stands_in_no_quadrant(rows: Ask) -> None:
    kept_out = {area.code for area in world.places().authorities() if not area.is_rankable}
    found = [row for row in rows(CARD) if row["area_code"] in kept_out]
    assert found
    assert {(row["quadrant"], row["reason_code"]) for row in found} == {(None, "not_rankable")}


def test_each_authority_that_counts_is_in_one_quadrant_or_on_a_line(
    client: TestClient, rows: Ask
) -> None:
    card = card_of(client)
    counts = [card[f"authorities_{quadrant}"] for quadrant in QUADRANTS]
    assert sum(counts) + card["authorities_on_a_line"] == card["authorities"]
    without = [row for row in rows(CARD) if (row["reason_code"] or "").startswith("no_")]
    assert card["authorities_left_out"] == len(without) == 2


def test_a_joint_return_counts_once(client: TestClient, rows: Ask) -> None:
    have_both = [
        row
        for row in rows(CARD)
        if row["x_value"] is not None and row["y_value"] is not None
        if row["reason_code"] != "not_rankable"
    ]
    assert {*world.JOINT} <= {row["area_code"] for row in have_both}
    assert card_of(client)["authorities"] == len(have_both) - 1
    assert row_of(rows, world.JOINT[1])["flags"] == ["joint_return"]


def test_the_correlation_is_over_those_that_count_whatever_areas_are_asked_for(
    mixed: TestClient,
) -> None:
    counted = [
        row
        for row in asked(mixed)
        if row["x_value"] is not None and row["y_value"] is not None
        if row["reason_code"] != "not_rankable" and row["area_code"] != world.JOINT[1]
    ]
    columns = (np.asarray([row[f"{s}_value"] for row in counted], np.float64) for s in "xy")
    card = card_of(mixed)
    assert card["correlation"] == pytest.approx(spearman(*columns), abs=0.006)
    assert card["correlation_lower"] < card["correlation"] < card["correlation_upper"]
    assert f"Over the {len(counted)} authorities" in card["sentence"]
    assert card_of(mixed, area=world.TOWN) == card


def test_neighbours_are_picked_by_the_selector_of_areas(rows: Ask) -> None:
    neighbours = {row["code"] for row in rows(f"areas/{world.TOWN}/neighbours")}
    found = rows(CARD, area=f"neighbours:{world.TOWN}")
    assert {row["area_code"] for row in found} == neighbours
    both = rows(CARD, area=f"{world.TOWN},neighbours:{world.TOWN}")
    assert {row["area_code"] for row in both} == {*neighbours, world.TOWN}


def test_other_narrowing_goes_as_everywhere(rows: Ask, client: TestClient) -> None:
    lying = {
        row["code"] for row in rows("areas", kind="authority") if row["region"] == world.REGION
    }
    found = {row["area_code"] for row in rows(CARD, region=world.REGION)}
    assert found <= lying
    assert found
    answer = client.get(f"/api/v1/{CARD}?ofsted=good").json()
    assert answer["meta"]["judged_on"] == "2025-03-31"


def test_an_area_that_is_no_authority_gives_no_rows_and_says_why(client: TestClient) -> None:
    answer = client.get(f"/api/v1/{CARD}?area=england").json()
    assert answer["data"] == []
    assert answer["meta"]["warnings"][0].startswith("Only authorities are read in pairs")
