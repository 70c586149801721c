"""Every number of the pages on intervals and comparison follows from the figures that ship."""

from functools import cache
from typing import Final

import numpy as np
import pytest

from indicators.arithmetic import Numbers
from indicators.comparison import overdispersion, winsorised_variance
from indicators.comparison_columns import (
    NO_SIDE,
    judge_against_target,
    judge_two,
    pooled_rest,
)
from indicators.differences import (
    newcombe_z,
    proportion_difference,
    rate_difference,
    rate_ratio_limits,
)
from indicators.funnel import plain_funnel, widened_funnel
from indicators.intervals import interval_of, mean
from indicators.significance import p_of
from tests.indicators.shipped_columns import catalogue, england
from tests.indicators.shipped_comparisons import (
    SIMILAR,
    YEAR,
    against_country,
    codes,
    country,
    distances,
    parts,
    parts_of,
    words_of,
)

WORKING: Final = "care_leaver_eet_19_21_pct"
STARTED: Final = "cla_started_rate_10k"
BEFORE = "RY2024"
BRISTOL, DERBY, RUTLAND = "E06000023", "E06000015", "E06000017"


@pytest.fixture(scope="module")
def intervals() -> str:
    return words_of("intervals.md")


@pytest.fixture(scope="module")
def comparison() -> str:
    return words_of("comparison.md")


@cache
def neighbours() -> tuple[Numbers, Numbers]:
    places = england()
    members = np.array(
        [
            [
                other in {row.neighbour for row in places.neighbours_of(code, "2025")}
                for other in codes()
            ]
            for code in codes()
        ]
    )
    top, bottom = (column[:-1] for column in parts(WORKING))
    return pooled_rest(top, bottom, members)[:2]


def limits(indicator: str, area: str, period: str, level: float, decimals: int = 1) -> str:
    one = catalogue()[indicator]
    lower, upper = interval_of(one, *parts_of(indicator, area, period), level)
    return f"{lower[0]:.{decimals}f} to {upper[0]:.{decimals}f}"


def test_the_interval_of_a_percentage(intervals: str) -> None:
    top, bottom = parts_of(WORKING, BRISTOL)
    assert (
        f"{top[0]:.0f} of {bottom[0]:.0f} young people, which is {100 * top[0] / bottom[0]:.1f} %"
        in (intervals)
    )
    assert f"**{limits(WORKING, BRISTOL, YEAR, 95.0)} %**" in intervals
    assert f"99.8 % is {limits(WORKING, BRISTOL, YEAR, 99.8)} %" in intervals


def test_the_intervals_of_everybody_and_of_nobody(intervals: str) -> None:
    same, unsuitable = "cla_same_placement_2yr_pct", "care_leaver_unsuitable_accom_19_21_pct"
    assert [part[0] for part in parts_of(same, RUTLAND)] == [9, 9]
    lower, _ = interval_of(catalogue()[same], *parts_of(same, RUTLAND))
    assert f"its interval is {lower[0]:.1f} to 100 %" in intervals
    assert [part[0] for part in parts_of(unsuitable, RUTLAND)] == [0, 25]
    _, upper = interval_of(catalogue()[unsuitable], *parts_of(unsuitable, RUTLAND))
    assert f"its interval is 0 to {upper[0]:.1f} %" in intervals


def test_the_intervals_of_rates_large_and_small(intervals: str) -> None:
    top, bottom = parts_of(STARTED, DERBY)
    rate = 10_000 * top[0] / bottom[0]
    assert f"{top[0]:.0f} children among {bottom[0]:,.0f}, which is {rate:.1f} per" in intervals
    assert f"**{limits(STARTED, DERBY, YEAR, 95.0)}**" in intervals
    assert f"99.8 % is {limits(STARTED, DERBY, YEAR, 99.8)}" in intervals
    few, people = parts_of(STARTED, RUTLAND, BEFORE)
    assert few[0] == 9
    assert f"among {people[0]:,.0f}: {90_000 / people[0]:.1f} per 10,000" in intervals
    assert f"with an interval of {limits(STARTED, RUTLAND, BEFORE, 95.0)}" in intervals


def test_the_interval_of_a_mean(intervals: str) -> None:
    values = [12, 15.5, 9, 22, 18.5, 14]
    middle = float(np.mean(values))
    lower, upper = mean([middle], [np.std(values, ddof=1)], [6])
    assert f"{middle:.2f}, and its interval is {lower[0]:.2f} to {upper[0]:.2f}" in intervals


def test_the_interval_of_the_difference_of_two_percentages(intervals: str, comparison: str) -> None:
    own, place = parts_of(WORKING, BRISTOL), codes().index(BRISTOL)
    rest = tuple(column[[place]] for column in neighbours())
    top, bottom = rest
    pooled = f"{top[0]:,.0f} of {bottom[0]:,.0f}"
    share = 100 * top[0] / bottom[0]
    lower, upper = proportion_difference(own, (top, bottom), 95.0)
    gap = 100 * (own[0][0] / own[1][0]) - share
    assert f"beside {share:.1f} % ({pooled})" in intervals
    assert f"{gap:.1f} percentage points more" in intervals
    assert f"**{100 * lower[0]:.1f} to {100 * upper[0]:.1f}** points" in intervals
    assert f"together have {pooled}, which is {share:.1f} %" in comparison
    assert (
        f"The difference is {gap:.1f} points, with an interval "
        f"from {100 * lower[0]:.1f} to {100 * upper[0]:.1f}"
    ) in comparison


def test_the_intervals_of_two_rates(intervals: str) -> None:
    now, past = parts_of(STARTED, DERBY), parts_of(STARTED, DERBY, BEFORE)
    rates = [10_000 * float(top[0] / bottom[0]) for top, bottom in (now, past)]
    assert f"beside {rates[1]:.1f} ({past[0][0]:.0f} of {past[1][0]:,.0f}) in 2024" in intervals
    assert f"the {now[0][0] + past[0][0]:.0f} children of both years" in intervals
    lower, upper = rate_ratio_limits(now, past)
    assert f"{rates[0] / rates[1]:.2f} times as many" in intervals
    assert f"**{lower[0]:.2f} to {upper[0]:.2f}**" in intervals
    least, most = (-10_000 * side[0] for side in reversed(rate_difference(now, past)))
    assert f"{rates[1] - rates[0]:.1f} fewer per 10,000" in intervals
    assert f"with an interval of {least:.1f} to {most:.1f} fewer" in intervals


def test_the_steps_of_the_comparison_with_the_country(comparison: str) -> None:
    top, bottom = (column[-1] for column in parts(WORKING))
    own, size = (float(part[0]) for part in parts_of(WORKING, BRISTOL))
    share = country(WORKING)
    assert f"{100 * share:.1f} %, which is {top:,.0f} of {bottom:,.0f}" in comparison
    error = np.sqrt(share * (1 - share) / size)
    assert f"by {100 * error:.2f} points" in comparison
    assert f"{100 * (own / size - share):.1f} points higher" in comparison
    z, phi = (own / size - share) / error, overdispersion(distances(WORKING))
    judged = against_country(WORKING, BRISTOL)
    assert f"**{z:.2f}** times that" in comparison
    assert f"{z:.2f} / √{phi:.2f} = **{judged.z[0]:.2f}**" in comparison
    assert f"the p-value is {judged.p[0]:.3f}" in comparison
    assert judged.side[0] == SIMILAR


def test_how_many_authorities_are_far_from_the_country(comparison: str) -> None:
    z = distances(WORKING)
    known = z[np.isfinite(z)]
    phi = overdispersion(z)
    far = int((np.abs(known) > 1.96).sum())
    unusual = int((np.abs(known) > 1.96 * np.sqrt(phi)).sum())
    assert f"{far} of the {len(known)} authorities with a figure" in comparison
    assert f"{unusual} of the {len(known)} authorities are unusual" in comparison
    assert 0.35 < far / len(known) < 0.45, "two authorities in five"
    assert f"/ {winsorised_variance():.6f}, and never below 1" in comparison
    assert f"phi would be {phi * winsorised_variance():.2f} here" in comparison
    one_in_ten = p_of(1.959964 * np.sqrt(winsorised_variance()))
    assert 0.095 < one_in_ten < 0.115


def test_how_many_authorities_differ_from_their_neighbours(comparison: str) -> None:
    top, bottom = (column[:-1] for column in parts(WORKING))
    sides = judge_two(catalogue()[WORKING], (top, bottom), neighbours()).side
    share = (sides[sides != NO_SIDE] != SIMILAR).mean()
    assert f"{100 * share:.0f} % differ from their neighbours" in comparison


def test_the_comparison_with_the_own_past(comparison: str) -> None:
    now, past = parts_of(WORKING, BRISTOL), parts_of(WORKING, BRISTOL, BEFORE)
    lower, upper = (-100 * side[0] for side in proportion_difference(now, past))
    before = 100 * past[0][0] / past[1][0]
    assert f"{past[0][0]:.0f} of {past[1][0]:.0f}, which is {before:.1f} %" in comparison
    assert f"{before - 100 * now[0][0] / now[1][0]:.1f} points less" in comparison
    assert f"from {lower:.1f} to {upper:.1f} less" in comparison
    assert newcombe_z(now, past)[0] < -1.96


def test_the_comparison_with_a_target(comparison: str) -> None:
    own = parts_of(WORKING, BRISTOL)
    below, above = (judge_against_target(catalogue()[WORKING], own, aim) for aim in (60, 70))
    assert f"**similar** (p = {below.p[0]:.2f})" in comparison
    assert f"**worse** (p = {above.p[0]:.3f})" in comparison
    assert (below.side[0], above.side[0]) == (SIMILAR, 0)


def test_the_funnel(comparison: str) -> None:
    one, size = catalogue()[WORKING], parts_of(WORKING, BRISTOL)[1]
    share, phi = 100 * country(WORKING), overdispersion(distances(WORKING))
    value = 100 * float(parts_of(WORKING, BRISTOL)[0][0] / size[0])
    for level in (95.0, 99.8):
        for words, (lower, upper) in (
            ("chance alone", plain_funnel(one, share, size, level)),
            ("with ordinary variation", widened_funnel(one, share, size, phi, level)),
        ):
            where = "inside" if lower[0] <= value <= upper[0] else "outside"
            row = f"| {words}, {level:g} % | {lower[0]:.1f} % | {upper[0]:.1f} % | {where} |"
            assert row in comparison
    judged = against_country(WORKING, BRISTOL)
    assert [judged.plain_95[0], judged.plain_998[0]] == [2, 2]
