"""Every number of the page on exceptions follows from the figures that ship."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from tests.journeys.public import rows
from tests.tree import ROOT

IMMUNISATIONS = "cla_immunisations_pct"
OCCUPIED = "care_leaver_eet_19_21_pct"
LEEDS, CUMBERLAND = "E08000035", "E06000063"
COMPARATORS = "england,region,neighbours,neighbours:2021,type,own_past"

Found = Mapping[str, Any]


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "exceptions.md").read_text("utf-8").split())


@pytest.fixture(scope="module")
def profile(shipped: TestClient) -> dict[str, Found]:
    found = rows(shipped, Paths.PROFILE.format(code=LEEDS), **{"with": COMPARATORS})
    return {row["indicator"]: row for row in found}


def shown(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def test_the_example_is_what_the_service_lists(shipped: TestClient, page: str) -> None:
    found = rows(shipped, Paths.EXCEPTIONS, area=LEEDS)
    counts = Counter(row["with"] for row in found)
    tested = rows(shipped, Paths.COMPARISONS, area=LEEDS, **{"with": "neighbours,own_past"})
    able = Counter(row["with"] for row in tested if row["p"] is not None)
    assert f"Of the {able['neighbours']} indicators that can be compared" in page
    assert f"{counts['neighbours']} differ when all are looked at together" in page
    assert f"{counts['own_past']} of {able['own_past']} changed since" in page
    near, past = (row for row in found if row["indicator"] == IMMUNISATIONS)
    assert f"| {near['value']} % | {near['tested_against']} % together | {past['tested_against']} % |" in page  # fmt: skip  # noqa: E501
    assert f"a *median of {near['median']} %* for these neighbours" in page
    assert f"The {near['tested_against']} % is the figure of all their children" in page
    assert f"| difference | | {shown(near['difference'])} points | {shown(past['difference'])} points |" in page  # fmt: skip  # noqa: E501
    assert f"| size | | {shown(near['size'])} | {shown(past['size'])} |" in page
    assert f"| certainty | | {near['certainty']} | {past['certainty']} |" in page
    assert f"| place in the list | | {near['rank']}th | {past['rank']}rd |" in page


def test_the_size_is_the_difference_by_the_usual_spread(
    profile: dict[str, Found], page: str
) -> None:
    spine = profile[IMMUNISATIONS]["spine"]
    spread = (spine["q75"] - spine["q25"]) / 1.349
    assert f"the quartiles are {spine['q25']} and {spine['q75']} %" in page
    assert f"the spread is {spread:.1f} points, and −21 points are {shown(round(-21 / spread, 2))}" in page  # fmt: skip  # noqa: E501


def test_how_many_differences_remain_among_many_is_counted_over_all_authorities(
    shipped: TestClient, page: str
) -> None:
    found = rows(shipped, Paths.EXCEPTIONS, certainty="alone")
    counts = Counter((row["with"], row["certainty"] == "alone") for row in found)
    near, past = counts["neighbours", False], counts["own_past", False]
    assert f"{near:,} differences from neighbours remain among many and {counts['neighbours', True]} do not" in page  # fmt: skip  # noqa: E501
    assert f"{past:,} remain and {counts['own_past', True]} do not" in page
    assert 0.35 < counts["own_past", True] / (past + counts["own_past", True]) < 0.45


def test_a_conclusion_may_hang_on_the_comparator(profile: dict[str, Found], page: str) -> None:
    sentence = profile[OCCUPIED]["agreement"]["sentence"]
    assert sentence == "similar under 3 and worse under 2 of 5 comparators"
    assert sentence in page
    assert profile[IMMUNISATIONS]["agreement"]["sentence"] == "worse under all 5 comparators"
    assert profile[IMMUNISATIONS]["trend"]["marker"] == "decreasing"


def test_a_change_since_the_last_figure_of_a_predecessor_is_no_exception(
    shipped: TestClient,
) -> None:
    found = rows(shipped, Paths.PROFILE.format(code=CUMBERLAND), **{"with": "own_past"})
    first = [row for row in found if row["previous_value"] is None and row["status"] == "ok"]
    assert first
    assert {row["change"] for row in first} == {None}
    assert all(row["change_reason"] and not row["stands_out"] for row in first)
