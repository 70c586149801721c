"""Funnels say how far chance alone takes an authority of a given size from a benchmark."""

import numpy as np
import pytest

from indicators.comparison import Side
from indicators.comparison_columns import SIDES, judge_against_value
from indicators.funnel import plain_funnel, widened_funnel
from indicators.model import Indicator
from tests.indicators.definitions import an_indicator
from tests.indicators.published_vectors import (
    COUNTS_ABOUT_EXPECTED,
    FUNNELS,
    RATES_ABOUT_POOLED,
    SHARES_ABOUT_POOLED,
)

PERCENTAGE = an_indicator()
RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
SCORE = an_indicator(
    arithmetic="published_only", interval={"method": "none", "reason": "A mean score"}
)
SIZES = np.array([20.0, 95.0, 400.0, 3_000.0, 60_000.0])


def side_of(value: float, lower: float, upper: float) -> str:
    return "above" if value > upper else "below" if value < lower else "similar"


@pytest.mark.parametrize(("benchmark", "size", "limits"), FUNNELS)
def test_the_funnel_of_a_percentage_agrees_with_vectors_to_six_decimals(
    benchmark: float, size: int, limits: tuple[float, float, float, float]
) -> None:
    levels = (95.0, 99.8)
    found = [
        side[0] for level in levels for side in plain_funnel(PERCENTAGE, benchmark, [size], level)
    ]
    assert tuple(found) == pytest.approx(limits, abs=1.000001e-6)


@pytest.mark.parametrize(("top", "bottom", "at_95", "at_998"), SHARES_ABOUT_POOLED)
def test_percentages_lie_where_published_funnels_place_them(
    top: int, bottom: int, at_95: str, at_998: str
) -> None:
    everyone = sum(row[1] for row in SHARES_ABOUT_POOLED)
    pooled = 100 * sum(row[0] for row in SHARES_ABOUT_POOLED) / everyone
    for level, expected in ((95.0, at_95), (99.8, at_998)):
        (lower,), (upper,) = plain_funnel(PERCENTAGE, pooled, [bottom], level)
        assert side_of(100 * top / bottom, lower, upper) == expected


@pytest.mark.parametrize(("count", "people", "at_95", "at_998"), RATES_ABOUT_POOLED)
def test_rates_lie_where_published_funnels_place_them(
    count: int, people: int, at_95: str, at_998: str
) -> None:
    everyone = sum(row[1] for row in RATES_ABOUT_POOLED)
    pooled = 10_000 * sum(row[0] for row in RATES_ABOUT_POOLED) / everyone
    for level, expected in ((95.0, at_95), (99.8, at_998)):
        (lower,), (upper,) = plain_funnel(RATE, pooled, [people], level)
        assert side_of(10_000 * count / people, lower, upper) == expected


@pytest.mark.parametrize(("count", "expected", "at_95", "at_998"), COUNTS_ABOUT_EXPECTED)
def test_counts_lie_where_published_funnels_place_them(
    count: int, expected: float, at_95: str, at_998: str
) -> None:
    for level, side in ((95.0, at_95), (99.8, at_998)):
        (lower,), (upper,) = plain_funnel(RATE, expected, [10_000], level)
        assert side_of(count, lower, upper) == side


def test_a_rate_is_outside_its_plain_funnel_where_its_own_interval_leaves_the_value_out() -> None:
    counts = np.arange(0, 60, dtype=np.float64)
    for expected in (0.4, 3.0, 7.7, 12.0, 25.0):
        sizes = np.full(60, 10_000.0)
        judged = judge_against_value(RATE, (counts, sizes), expected / 10_000, 1.0)
        for level, sides in ((95.0, judged.plain_95), (99.8, judged.plain_998)):
            lower, upper = plain_funnel(RATE, expected, sizes, level)
            outside = np.where(counts > upper, 2, np.where(counts < lower, 0, 1))
            assert outside.tolist() == sides.tolist()


@pytest.mark.parametrize("phi", [1.0, 4.0])
@pytest.mark.parametrize("tested", [PERCENTAGE, RATE])
def test_a_point_is_outside_the_widened_funnel_exactly_where_the_headline_calls_it_different(
    tested: Indicator, phi: float
) -> None:
    scale = tested.arithmetic.multiplier or 1
    sizes = np.full(96, 95.0)
    counts = np.arange(96, dtype=np.float64)
    judged = judge_against_value(tested, (counts, sizes), 0.4, phi)
    lower, upper = widened_funnel(tested, 0.4 * scale, sizes, phi)
    values = counts / sizes * scale
    outside = np.where(values > upper, Side.ABOVE, np.where(values < lower, Side.BELOW, "similar"))
    assert outside.tolist() == [SIDES[place] for place in judged.side]
    assert len(set(outside)) == 3


@pytest.mark.parametrize("indicator", [PERCENTAGE, RATE])
def test_a_funnel_narrows_with_size_and_stays_where_values_can_be(indicator: Indicator) -> None:
    for lower, upper in (
        plain_funnel(indicator, 5.0, SIZES, 99.8),
        widened_funnel(indicator, 5.0, SIZES, 9.0, 99.8),
    ):
        assert (lower >= 0).all()
        assert (np.diff(lower) >= 0).all()
        assert (np.diff(upper) <= 0).all()
        assert (lower <= 5).all()
        assert (upper >= 5).all()
        assert indicator is RATE or (upper <= 100).all()


def test_without_a_size_there_is_no_funnel_and_without_parts_it_is_refused() -> None:
    for indicator in (PERCENTAGE, RATE):
        assert np.isnan(plain_funnel(indicator, 5.0, [0, np.nan])).all()
        assert np.isnan(widened_funnel(indicator, 5.0, [0, np.nan], 2.0)).all()
    with pytest.raises(ValueError, match="no funnel"):
        plain_funnel(SCORE, 5.0, [100])
