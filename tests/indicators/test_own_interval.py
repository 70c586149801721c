"""The p-value of a number agrees with the interval that a reader sees."""

import math

import numpy as np
import pytest

from indicators.intervals import rate, wilson
from indicators.model import Arithmetic
from indicators.own_interval import own_interval_p
from tests.indicators.published_vectors import BESIDE_A_BENCHMARK

LEVELS = [(95.0, 0.05), (99.8, 0.002)]
SHARE, PER_HEAD = Arithmetic.PERCENTAGE, Arithmetic.RATE_PER_10000


@pytest.mark.parametrize(("level", "chance"), LEVELS)
def test_a_share_is_improbable_exactly_where_wilson_leaves_it_out(
    level: float, chance: float
) -> None:
    tops, shares = np.meshgrid(np.arange(31), np.linspace(0, 1, 101))
    lower, upper = wilson(tops, np.full(tops.shape, 30), level)
    is_out = (shares < lower) | (shares > upper)
    p = own_interval_p(SHARE, tops, 30, shares)
    assert ((p < chance) == is_out).all()
    assert is_out.any()


@pytest.mark.parametrize(("level", "chance"), LEVELS)
def test_a_rate_is_improbable_exactly_where_the_poisson_limits_leave_it_out(
    level: float, chance: float
) -> None:
    counts, expected = np.meshgrid(np.arange(40), np.linspace(0, 80, 161))
    lower, upper = rate(counts, np.full(counts.shape, 1000), level)
    is_out = (expected / 1000 < lower) | (expected / 1000 > upper)
    p = own_interval_p(PER_HEAD, counts, 1000, expected / 1000)
    assert ((p < chance) == is_out).all()
    assert is_out.any()


@pytest.mark.parametrize(("benchmark", "at_95", "at_998"), BESIDE_A_BENCHMARK)
def test_62_of_95_lies_of_a_benchmark_where_published_comparisons_place_it(
    benchmark: float, at_95: str, at_998: str
) -> None:
    p = float(own_interval_p(SHARE, 62, 95, benchmark / 100))
    side = "above" if benchmark / 100 < 62 / 95 else "below"
    assert (side if p < 0.05 else "similar", side if p < 0.002 else "similar") == (at_95, at_998)


def test_everyone_and_nobody_are_compared_with_all_and_nothing() -> None:
    assert own_interval_p(SHARE, [30, 29, 0, 1], 30, [1, 1, 0, 0]).tolist() == [1, 0, 1, 0]
    assert own_interval_p(PER_HEAD, [0, 1], 30, 0.0).tolist() == [1, 0]


def test_what_has_no_interval_has_no_p_value() -> None:
    assert np.isnan(
        own_interval_p(SHARE, [math.nan, 3, 9, 3], [9, 0, 8, 9], [0.5, 0.5, 0.5, 2])
    ).all()
    assert np.isnan(own_interval_p(PER_HEAD, [math.nan, 3], [9, 0], 0.5)).all()
