"""Intervals hold to published test values, at zero and full counts too."""

import math

import numpy as np
import pytest

from indicators.intervals import interval_of, normal_quantile, poisson, rate, wilson
from indicators.model import Indicator
from tests.indicators.definitions import an_indicator

PROPORTIONS = [
    (0, 250, 95.0, 0.0, 1.513330),
    (0, 250, 99.8, 0.0, 3.679273),
    (1, 10, 95.0, 1.787621, 40.415003),
    (9, 12, 99.8, 33.040529, 94.802299),
    (62, 95, 95.0, 55.264645, 74.075270),
    (10000, 10000, 95.0, 99.961600, 100.0),
]
RATES = [
    (0, 1000, 95.0, 0.0, 36.888795),
    (0, 1000, 99.8, 0.0, 69.077553),
    (1, 5200, 95.0, 0.048688, 10.714699),
    (9, 43100, 99.8, 0.569008, 5.256931),
    (10, 43100, 95.0, 1.110777, 4.267160),
    (83840, 11900000, 95.0, 69.977679, 70.932320),
]


def test_the_quantile_of_95_per_cent_is_the_textbook_one() -> None:
    assert normal_quantile(95.0) == pytest.approx(1.959963985, abs=1e-9)
    assert normal_quantile(99.8) == pytest.approx(3.090232306, abs=1e-9)


@pytest.mark.parametrize(("top", "bottom", "level", "lower", "upper"), PROPORTIONS)
def test_wilson_limits_agree_with_published_vectors_to_six_decimals(
    top: int, bottom: int, level: float, lower: float, upper: float
) -> None:
    low, high = wilson([top], [bottom], level)
    assert low[0] * 100 == pytest.approx(lower, abs=1e-6)
    assert high[0] * 100 == pytest.approx(upper, abs=1e-6)


@pytest.mark.parametrize(("count", "people", "level", "lower", "upper"), RATES)
def test_poisson_limits_agree_with_published_vectors_to_six_decimals(
    count: int, people: int, level: float, lower: float, upper: float
) -> None:
    low, high = rate([count], [people], level)
    assert low[0] * 10_000 == pytest.approx(lower, abs=1e-6)
    assert high[0] * 10_000 == pytest.approx(upper, abs=1e-6)


def test_limits_of_a_count_always_enclose_it() -> None:
    counts = np.arange(0, 400)
    low, high = poisson(counts)
    assert (low <= counts).all()
    assert (counts < high).all()


def test_there_is_no_interval_where_a_part_is_unknown() -> None:
    assert np.isnan(wilson([math.nan, 3, 5], [10, math.nan, 4])).all()
    assert np.isnan(rate([math.nan, 3], [10, 0])).all()


def test_an_interval_is_on_the_scale_of_its_indicator(percentage: Indicator) -> None:
    low, high = interval_of(percentage, [62], [95])
    assert (low[0], high[0]) == pytest.approx((55.264645, 74.075270), abs=1e-6)


def test_an_indicator_without_a_method_has_no_interval() -> None:
    score = an_indicator(arithmetic="ratio", interval={"method": "none", "reason": "A mean score"})
    assert np.isnan(interval_of(score, [62], [95])).all()


@pytest.fixture
def percentage() -> Indicator:
    return an_indicator()
