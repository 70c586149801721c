"""Intervals hold to published test values, at zero and full counts too."""

import math

import numpy as np
import pytest

from indicators.intervals import (
    WHYS,
    WORDS,
    Why,
    interval_of,
    mean,
    normal_quantile,
    poisson,
    rate,
    why_none,
    wilson,
)
from indicators.model import Indicator
from tests.indicators.definitions import an_indicator
from tests.indicators.published_vectors import COUNTS, MEANS, PROPORTIONS, RATES

RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
SCORE = an_indicator(arithmetic="ratio", interval={"method": "none", "reason": "A mean score"})
Limits = tuple[float, float, float, float]


def six_decimals(limits: Limits) -> object:
    return pytest.approx(limits, abs=1.000001e-6)


def test_the_quantile_of_95_per_cent_is_the_textbook_one() -> None:
    assert normal_quantile(95.0) == pytest.approx(1.959963985, abs=1e-9)
    assert normal_quantile(99.8) == pytest.approx(3.090232306, abs=1e-9)


@pytest.mark.parametrize(("top", "bottom", "value", "limits"), PROPORTIONS)
def test_wilson_limits_agree_with_published_vectors_to_six_decimals(
    top: int, bottom: int, value: float, limits: Limits
) -> None:
    found = [100 * side[0] for level in (95.0, 99.8) for side in wilson([top], [bottom], level)]
    assert tuple(found) == six_decimals(limits)
    assert found[0] <= value <= found[1]


@pytest.mark.parametrize(("count", "people", "value", "limits"), RATES)
def test_limits_of_a_rate_agree_with_published_vectors_to_six_decimals(
    count: int, people: int, value: float, limits: Limits
) -> None:
    found = [10_000 * side[0] for level in (95.0, 99.8) for side in rate([count], [people], level)]
    assert tuple(found) == six_decimals(limits)
    assert found[0] <= value <= found[1]


@pytest.mark.parametrize(("count", "limits"), COUNTS)
def test_limits_of_a_count_agree_with_published_vectors_to_six_decimals(
    count: int, limits: Limits
) -> None:
    found = [side[0] for level in (95.0, 99.8) for side in poisson([count], level)]
    assert tuple(found) == six_decimals(limits)


@pytest.mark.parametrize(("values", "average", "deviation", "limits"), MEANS)
def test_limits_of_a_mean_agree_with_published_vectors_to_six_decimals(
    values: tuple[float, ...], average: float, deviation: float, limits: Limits
) -> None:
    own, spread = float(np.mean(values)), float(np.std(values, ddof=1))
    assert (own, spread) == pytest.approx((average, deviation), abs=1e-6)
    levels = (95.0, 99.8)
    found = [side[0] for level in levels for side in mean([own], [spread], [len(values)], level)]
    assert tuple(found) == six_decimals(limits)


def test_limits_of_a_count_always_enclose_it() -> None:
    counts = np.arange(0, 400)
    low, high = poisson(counts)
    assert (low <= counts).all()
    assert (counts < high).all()


def test_nought_and_all_have_an_interval_that_ends_there() -> None:
    low, high = wilson([0, 25], [25, 25])
    assert low[0] == 0
    assert high[1] == 1
    assert 0 < high[0] < 0.2
    assert 0.8 < low[1] < 1


@pytest.mark.parametrize("interval", [wilson, rate])
def test_99_8_per_cent_is_wider_than_95_wherever_a_limit_can_move(interval: object) -> None:
    assert callable(interval)
    tops, bottoms = np.arange(1, 100), np.full(99, 100)
    (low, high), (lowest, highest) = interval(tops, bottoms), interval(tops, bottoms, 99.8)
    assert (lowest < low).all()
    assert (high < highest).all()


def test_there_is_no_interval_where_a_part_is_unknown() -> None:
    assert np.isnan(wilson([math.nan, 3, 5], [10, math.nan, 4])).all()
    assert np.isnan(rate([math.nan, 3], [10, 0])).all()
    assert np.isnan(mean([4.0, 4.0, math.nan], [1.0, math.nan, 1.0], [1, 9, 9])).all()


def test_where_there_is_no_interval_there_is_a_reason_and_only_there() -> None:
    tops = [3, math.nan, 3, 3, -1, 5, math.nan]
    bottoms = [9, 9, math.nan, 0, 9, 4, math.nan]
    places = why_none(an_indicator(), tops, bottoms)
    assert (np.isnan(interval_of(an_indicator(), tops, bottoms)[0]) == (places >= 0)).all()
    assert [WHYS[place] for place in places[1:]] == [
        Why.NUMERATOR_UNKNOWN,
        Why.DENOMINATOR_UNKNOWN,
        Why.DENOMINATOR_ZERO,
        Why.NOT_A_COUNT,
        Why.MORE_THAN_ALL,
        Why.NUMERATOR_UNKNOWN,
    ]
    assert set(WORDS) == set(Why)


def test_more_events_than_people_are_no_fault_of_a_rate() -> None:
    assert why_none(RATE, [5], [4]).tolist() == [-1]
    assert np.isfinite(interval_of(RATE, [5], [4])).all()


def test_an_interval_is_on_the_scale_of_its_indicator(percentage: Indicator) -> None:
    low, high = interval_of(percentage, [62], [95])
    assert (low[0], high[0]) == pytest.approx((55.264645, 74.075270), abs=1e-6)


def test_an_indicator_without_a_method_has_no_interval_and_says_so() -> None:
    assert np.isnan(interval_of(SCORE, [62], [95])).all()
    assert [WHYS[place] for place in why_none(SCORE, [62], [95])] == [Why.NO_METHOD]


@pytest.fixture
def percentage() -> Indicator:
    return an_indicator()
