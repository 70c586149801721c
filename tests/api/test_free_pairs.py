"""Pairs of a reader's own choice: the rules of declared pairs, over context variables too."""

from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import Ask

CONTEXT = "context:deprivation"
BOTH = f"pairs/{CONTEXT}~a_rate_10k"


def card_of(client: TestClient, path: str, **query: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text[:300]
    found: dict[str, Any] = answer.json()["meta"]["pair"]
    return found


def test_two_indicators_of_ones_own_are_read_as_a_declared_pair_of_the_same_two(
    client: TestClient, rows: Ask
) -> None:
    free, declared = "pairs/a_share_pct~a_rate_10k", "pairs/share_and_rate"
    worded = {"id", "title", "reason", "caution", "source",
              "higher_higher", "higher_lower", "lower_higher", "lower_lower"}  # fmt: skip
    first, second = (card_of(client, path) for path in (free, declared))
    assert {name for name in first if first[name] != second[name]} <= worded
    assert [{**row, "pair": ""} for row in rows(free)] == [
        {**row, "pair": ""} for row in rows(declared)
    ]


def test_a_context_variable_has_its_date_its_median_and_no_test(
    client: TestClient, rows: Ask
) -> None:
    card, found = card_of(client, BOTH), rows(BOTH)
    assert (card["x"], card["x_line_of"], card["x_unit"]) == (CONTEXT, "median", "score")
    assert card["x_period"] == card["x_period_label"] != ""
    values = [r["x_value"] for r in found if r["x_value"] is not None
              and r["reason_code"] != "not_rankable"]  # fmt: skip
    assert values
    assert card["x_line"] == pytest.approx(float(np.median(values)), abs=0.06)
    assert {row["x_outcome"] for row in found} == {"cannot_compare"}
    assert {row["beyond_chance"] for row in found} == {None}
    held = rows(f"areas/{world.TOWN}")["context"]
    (own,) = [row for row in found if row["area_code"] == world.TOWN]
    assert own["x_value"] == next(one["value"] for one in held if one["id"] == "deprivation")


def test_two_context_variables_can_be_read_together(rows: Ask) -> None:
    found = rows(f"pairs/{CONTEXT}~context:density")
    assert found
    assert all(row["x_period"] and row["y_period"] for row in found)


def test_a_context_variable_goes_with_any_period_of_the_other(client: TestClient) -> None:
    cards = [card_of(client, BOTH, period=period) for period in ("latest", "RY2024")]
    assert cards[0]["x_period"] == cards[1]["x_period"]
    assert [card["y_period"] for card in cards] == ["RY2025", "RY2024"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("pairs/a_share_pct~a_share_pct", "twice"),
        ("pairs/a_share_pct~a_rate_10", "a_rate_10k"),
        ("pairs/context:depriv~a_rate_10k", CONTEXT),
        ("pairs/~", "not an indicator"),
    ],
)
def test_what_cannot_be_read_together_is_not_there_and_says_why(
    problem: Ask, path: str, said: str
) -> None:
    assert said in problem(path, status=404)["detail"]
