"""Comparisons with the past, a target and a reader's own list; what remains among many."""

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from indicators.comparison import outcome_word
from indicators.comparison_columns import SIDES, judge_against_target
from indicators.funnel import plain_funnel, widened_funnel
from indicators.significance import adjusted_for_many
from tests.api import world
from tests.api.conftest import Ask
from tests.indicators.singly import against_group

GOOD = world.SHARE.direction.good
OTHERS = ("X06000008", "X06000009", "X06000010")


def compare(rows: Ask, token: str, area: str = world.TOWN, **more: str) -> dict[str, Any]:
    asked = {"indicator": "a_share_pct", "area": area, **more}
    (row,) = rows("comparisons", **asked, **{"with": token})
    found: dict[str, Any] = row
    return found


def parts(rows: Ask, period: str = "latest", **asked: str) -> list[tuple[float, float]]:
    found = rows(indicator="a_share_pct", period=period, **asked)
    return [(row["numerator"], row["denominator"]) for row in found if row["status"] == "ok"]


def test_the_own_past_is_the_period_before_of_the_same_kind(rows: Ask) -> None:
    row = compare(rows, "own_past")
    (now,), (then,) = (parts(rows, period, area=world.TOWN) for period in ("RY2025", "RY2024"))
    (before,) = rows(indicator="a_share_pct", area=world.TOWN, period="RY2024")
    assert (row["group"], row["comparator_value"]) == ("RY2024", before["value"])
    assert row["difference"] == round(row["value"] - before["value"], 1)
    assert row["outcome"] == outcome_word(against_group(world.SHARE, now, then).side, GOOD)
    assert (row["statistic_shown"], row["members"], row["pooled"]) == ("value", 0, None)
    assert row["method"] == "newcombe_difference"


def test_without_a_figure_before_the_reason_is_told(rows: Ask) -> None:
    first = compare(rows, "own_past", period="RY2019")
    assert (first["outcome"], first["group"]) == ("cannot_compare", None)
    assert first["reason"] == "No earlier period is held"
    begun = compare(rows, "own_past", world.BEGUN[0], period="RY2023")
    assert begun["outcome"] == "cannot_compare"
    assert "the figures of RY2019 are those of" in begun["reason"]
    hidden = compare(rows, "own_past", world.SUPPRESSED)
    assert hidden["reason"].endswith("has no value: suppressed")


def test_a_target_is_a_number_of_the_reader_on_the_scale_of_the_indicator(rows: Ask) -> None:
    row = compare(rows, "target:15.5")
    (own,) = parts(rows, area=world.TOWN)
    judged = judge_against_target(world.SHARE, ([own[0]], [own[1]]), 15.5)
    assert row["outcome"] == outcome_word(SIDES[judged.side[0]], GOOD)
    assert (row["statistic_shown"], row["comparator_value"]) == ("target", 15.5)
    assert row["difference"] == pytest.approx(row["value"] - 15.5)
    assert row["method"] == "own_interval"
    assert row["p"] == pytest.approx(float(judged.p[0]), abs=1e-6)


@pytest.mark.parametrize("token", ["target:", "target:many", "target:nan", "target:inf"])
def test_a_target_that_is_no_number_is_refused(problem: Ask, token: str) -> None:
    told = problem("comparisons", indicator="a_share_pct", **{"with": token})
    assert told["parameter"] == "with"
    assert "is not a number" in told["detail"]


@pytest.mark.parametrize("path", ["comparisons", "exceptions", f"profiles/{world.TOWN}"])
def test_a_target_is_of_one_indicator_for_units_differ(problem: Ask, path: str) -> None:
    told = problem(path, **{"with": "target:20"})
    assert told["parameter"] == "indicator"
    assert "in the unit of one indicator" in told["detail"]


def test_without_the_area_itself_a_list_may_be_too_short(rows: Ask) -> None:
    row = compare(rows, f"areas:{world.TOWN},{','.join(OTHERS[:2])}")
    assert (row["members"], row["outcome"], row["pooled"]) == (3, "cannot_compare", None)
    assert row["reason"].startswith("Fewer than three others with data")


def test_an_own_list_is_a_group_of_the_areas_that_the_reader_names(rows: Ask) -> None:
    row = compare(rows, f"areas:{','.join(OTHERS)}")
    top, bottom = (sum(column) for column in zip(*parts(rows, area=",".join(OTHERS)), strict=True))
    (own,) = parts(rows, area=world.TOWN)
    verdict = against_group(world.SHARE, own, (top, bottom))
    assert row["with"] == f"areas:{','.join(OTHERS)}"
    assert (row["group"], row["members"]) == ("own list", 3)
    assert row["pooled"] == row["comparator_value"] == round(100 * top / bottom, 1)
    assert row["outcome"] == outcome_word(verdict.side, GOOD)
    assert row["flags"] == ["few_members"]


def test_commas_part_the_areas_of_a_list_and_the_comparators_after_it(rows: Ask) -> None:
    asked = {"indicator": "a_share_pct", "area": world.TOWN}
    tokens = f"england,areas:{','.join(OTHERS)},region"
    found = rows("comparisons", **asked, **{"with": tokens})
    assert [row["with"] for row in found] == ["england", f"areas:{','.join(OTHERS)}", "region"]


def test_a_list_takes_names_and_numbers_and_each_area_once(rows: Ask, client: TestClient) -> None:
    card = client.get(f"/api/v1/areas/{OTHERS[0]}").json()["data"]
    row = compare(rows, f"areas:{card['name']},{OTHERS[1]},{card['number']},{OTHERS[2]}")
    assert row["with"] == f"areas:{','.join(OTHERS)}"


def test_an_area_in_its_own_list_is_left_out_of_what_it_is_tested_against(rows: Ask) -> None:
    within = compare(rows, f"areas:{world.TOWN},{','.join(OTHERS)}")
    without = compare(rows, f"areas:{','.join(OTHERS)}")
    assert (within["members"], without["members"]) == (4, 3)
    assert (within["pooled"], within["outcome"]) == (without["pooled"], without["outcome"])


def test_a_member_in_the_own_return_of_an_area_outside_the_list_is_not_counted(rows: Ask) -> None:
    row = compare(rows, f"areas:{world.JOINT[1]},{','.join(OTHERS)}", world.JOINT[0])
    assert (row["members"], row["units_counted"]) == (4, 3)
    assert row["without_data"] == [f"{world.JOINT[1]} joint_return"]


@pytest.mark.parametrize(
    ("token", "words"),
    [("areas:", "lists nobody"), (f"areas:{world.REGION}", "name authorities"),
     ("areas:X0600000", "is not")],
)  # fmt: skip
def test_a_list_of_anything_but_authorities_is_refused(
    problem: Ask, token: str, words: str
) -> None:
    told = problem("comparisons", indicator="a_share_pct", **{"with": token})
    assert told["parameter"] == "with"
    assert words in told["detail"]


def test_what_remains_among_many_does_not_hang_on_what_else_was_asked_for(rows: Ask) -> None:
    asked = {"area": "authority", "with": "england"}
    every = rows("comparisons", **asked)
    alone = rows("comparisons", **asked, indicator="a_share_pct")
    assert [row for row in every if row["indicator"] == "a_share_pct"] == alone


def test_the_indicators_of_an_area_are_adjusted_together_against_each_comparator(
    rows: Ask,
) -> None:
    for token in ("england", "type"):
        found = rows("comparisons", area=world.TOWN, **{"with": token})
        tested = [row for row in found if row["p"] is not None]
        assert len(tested) == 2
        expected = adjusted_for_many(np.asarray([row["p"] for row in tested]))
        for row, adjusted in zip(tested, expected, strict=True):
            # The exact p of few events may be larger than that of the curve, never smaller.
            assert row["p_adjusted"] >= float(adjusted) - 1e-5
            kept = row["outcome"] if row["p_adjusted"] <= 0.05 else "similar"
            assert row["outcome_adjusted_for_many"] == kept
    (score,) = rows("comparisons", area=world.TOWN, indicator="a_score", **{"with": "england"})
    assert (score["outcome_adjusted_for_many"], score["p_adjusted"]) == ("cannot_compare", None)


def test_plain_results_and_funnels_stand_beside_the_headline(rows: Ask) -> None:
    row = compare(rows, "england")
    ((_, size),) = parts(rows, area=world.TOWN)
    ((top, bottom),) = parts(rows, area="england")
    figure = 100 * top / bottom
    lower, upper = row["ci_lower"], row["ci_upper"]
    assert (row["plain_95"] == "similar") == (lower <= figure <= upper)
    for level, ending in ((95.0, "95"), (99.8, "998")):
        for kind, (low, high) in (
            ("funnel", plain_funnel(world.SHARE, figure, size, level)),
            ("wide_funnel", widened_funnel(world.SHARE, figure, size, row["phi"], level)),
        ):
            assert row[f"{kind}_lower_{ending}"] == pytest.approx(float(low), abs=0.06)
            assert row[f"{kind}_upper_{ending}"] == pytest.approx(float(high), abs=0.06)
    inside = row["wide_funnel_lower_95"] <= row["value"] <= row["wide_funnel_upper_95"]
    assert (row["outcome"] == "similar") == inside


def test_a_group_has_a_funnel_by_chance_alone_and_a_target_none(rows: Ask) -> None:
    group, target = compare(rows, "type"), compare(rows, "target:20")
    assert group["funnel_lower_95"] < group["pooled"] < group["funnel_upper_95"]
    assert group["wide_funnel_lower_95"] is group["phi"] is None
    assert target["funnel_lower_95"] is None
