"""Pairs of the figures that ship say what the page on method says of them."""

from collections import Counter

from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows
from tests.tree import ROOT

ENTERING = Paths.PAIR.format(pair="entering_care_and_repeat_plans")
KENT, LEEDS, LIVERPOOL, RUTLAND = "E10000016", "E08000035", "E08000012", "E06000017"
CUMBERLAND, CUMBRIA, CITY_OF_LONDON = "E06000063", "E10000006", "E09000001"


def test_the_example_of_the_page_on_method_is_the_one_of_the_service(shipped: TestClient) -> None:
    found = {row["area_code"]: row for row in rows(shipped, ENTERING, period="RY2025")}
    told = [
        (found[code]["x_value"], found[code]["y_value"], found[code]["quadrant"],
         found[code]["beyond_chance"])
        for code in (LIVERPOOL, KENT, LEEDS)
    ]  # fmt: skip
    assert told == [
        (42, 16.0, "higher_lower", "neither"),
        (91, 24.3, "higher_lower", "x_only"),
        (26, 23.0, None, "neither"),
    ]
    assert found[LIVERPOOL]["x_outcome"] == "higher"
    assert found[LIVERPOOL]["y_outcome"] == "better"
    assert found[LEEDS]["reason_code"] == "on_a_line"
    assert found[CITY_OF_LONDON]["reason_code"] == "not_rankable"
    assert CUMBERLAND in found
    assert CUMBRIA not in found


def test_few_differ_in_both_by_more_than_chance_as_the_page_says(shipped: TestClient) -> None:
    page = " ".join((ROOT / "docs" / "methods" / "pairs.md").read_text("utf-8").split())
    beyond = Counter(row["beyond_chance"] for row in rows(shipped, ENTERING, period="RY2025"))
    one = beyond["x_only"] + beyond["y_only"]
    assert (
        f"But {beyond['both']} differ from England in both by more than chance, {one} in one"
        in page
    )
    assert f"and {beyond['neither']} in neither" in page


def test_every_pair_of_the_figures_that_ship_can_be_read(shipped: TestClient) -> None:
    cards = rows(shipped, Paths.PAIRS)
    assert len(cards) >= 12
    for card in cards:
        assert card["no_correlation"] is None, card["id"]
        assert card["x_line_of"] == card["y_line_of"] == "country"
        assert card["authorities"] + card["authorities_left_out"] >= 149


def test_a_suppressed_figure_shows_no_number_in_any_pair(shipped: TestClient) -> None:
    for card in rows(shipped, Paths.PAIRS):
        for row in rows(shipped, Paths.PAIR.format(pair=card["id"])):
            for side in "xy":
                if row[f"{side}_status"] != "ok":
                    numbers = ("value", "ci_lower", "ci_upper", "lies")
                    assert {row[f"{side}_{name}"] for name in numbers} == {None}
                    assert row["quadrant"] is None


def test_the_page_of_a_pair_opens_with_the_chosen_authority(shipped: TestClient) -> None:
    path = "/pairs/moves_and_long_term_stability"
    text = shipped.get(f"{path}?area={RUTLAND}").text
    assert "Rutland stands in no quadrant. There is no value: " in text
    assert "suppressed" in text
    assert shipped.get(f"{path}?period=RY2024").status_code == 200
