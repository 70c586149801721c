"""Every number of the page on pairs follows from the figures that ship."""

import math
from functools import cache

import numpy as np
import pytest

from indicators.quadrants import (
    MIN_CORRELATED,
    Correlation,
    Lie,
    Quadrant,
    correlate,
    lies,
    quadrant_of,
    rank_interval,
)
from reference.periods import parse_period
from tests.indicators.shipped_columns import authorities, catalogue, columns, england
from tests.tree import ROOT

YEAR = parse_period("RY2025")
ENTERING, REPEAT = "cla_started_rate_10k", "cpp_repeat_pct"
MOVES, SETTLED, LONG = "cla_3plus_placements_pct", "cla_same_placement_2yr_pct", "cpp_2yr_plus_pct"
ALONE = "cla_started_uasc_rate_10k"
QUADRANTS = {
    "Liverpool": Quadrant.HIGHER_LOWER,
    "Kent": Quadrant.HIGHER_LOWER,
    "Leeds": None,
}


@pytest.fixture(scope="module")
def page() -> str:
    return " ".join((ROOT / "docs" / "methods" / "pairs.md").read_text("utf-8").split())


def figure(indicator: str, area: str, column: str = "value") -> float:
    return float(columns(indicator, [england().resolve(area).code], [YEAR])[column][0, 0])


@cache
def ranked(indicator: str) -> np.ndarray:
    """The figures of the authorities that can be ranked, in the order of all authorities."""
    areas = [code for code in authorities(YEAR) if england().area(code).is_rankable]
    return columns(indicator, areas, [YEAR])["value"][:, 0]


def found(x: str, y: str) -> Correlation:
    return correlate(ranked(x), ranked(y))


def placed(x: str, y: str) -> list[Quadrant | None]:
    """The quadrants of those that have both figures."""
    both = np.isfinite(ranked(x)) & np.isfinite(ranked(y))
    ways = (lies(ranked(id)[both], figure(id, "England")) for id in (x, y))
    return [quadrant_of(*lie) for lie in zip(*ways, strict=True)]


def test_the_table_of_the_example_is_what_was_published(page: str) -> None:
    for area in ("England", *QUADRANTS):
        row = f"| {area} | {figure(ENTERING, area):.0f} | {figure(REPEAT, area):.1f} % |"
        assert row in page


def test_the_quadrants_of_the_example_are_those_of_the_rule(page: str) -> None:
    for area, expected in QUADRANTS.items():
        x, y = (lies([figure(i, area)], figure(i, "England"))[0] for i in (ENTERING, REPEAT))
        assert quadrant_of(x, y) is expected
    assert lies([figure(ENTERING, "Leeds")], figure(ENTERING, "England")) == [Lie.LEVEL]
    counts = [placed(ENTERING, REPEAT).count(one) for one in (*Quadrant, None)]
    assert (
        f"Of the {sum(counts)} authorities that count, {counts[0]} are higher in both, {counts[1]} "
        f"higher and then lower, {counts[2]} lower and then higher, {counts[3]} lower in both, and "
        f"{counts[4]} are on a line."
    ) in page


def test_most_who_entered_care_in_the_example_had_arrived_alone(page: str) -> None:
    every, alone = (figure(id, "Kent", "numerator") for id in (ENTERING, ALONE))
    assert f"of the {every:,.0f} children who entered care in Kent, {alone:,.0f} were" in page


def test_the_steps_of_the_interval_are_those_of_the_rule(page: str) -> None:
    one = found(ENTERING, REPEAT)
    assert one.rho is not None
    error = math.sqrt((1 + one.rho**2 / 2) / (one.n - 3))
    middle = math.atanh(one.rho)
    said = (
        f"n is {one.n} and rho {one.rho:.2f}: atanh(rho) is {middle:.3f}, the standard error "
        f"{error:.3f}, and the 95 % interval goes from {one.lower:.2f} to {one.upper:.2f}."
    )
    assert said in page


def test_the_interval_of_the_fewest_is_as_told(page: str) -> None:
    lower, upper = rank_interval(0.30, MIN_CORRELATED)
    assert lower is not None
    told = f"with {MIN_CORRELATED}, the interval of 0.30 would go from −{-lower:.2f} to {upper:.2f}"
    assert told in page


def test_whole_per_cents_leave_many_on_a_line(page: str) -> None:
    held = placed(MOVES, SETTLED)
    assert f"{held.count(None)} of the {len(held)} authorities in the pair of three or more" in page


def test_those_left_out_for_small_counts_are_counted(page: str) -> None:
    one = found(LONG, REPEAT)
    left_out = len(ranked(LONG)) - one.n
    assert f"{one.n} authorities have both figures and {left_out} are left out" in page
    assert {catalogue()[id].period_kind for id in (LONG, REPEAT)} == {"RY"}
