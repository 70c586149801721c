"""Differences of proportions and rates have intervals, and the z at which these touch nothing."""

import math

import numpy as np
import pytest

from indicators.differences import (
    newcombe_z,
    proportion_difference,
    rate_difference,
    rate_ratio_limits,
    rate_ratio_z,
)
from indicators.intervals import normal_quantile, rate

RNG = np.random.default_rng(11)
SIZES = RNG.integers(5, 400, 3000), RNG.integers(50, 4000, 3000)
SHARES = RNG.uniform(0, 1, 3000) ** 2
COUNTS = tuple(RNG.binomial(size, SHARES).astype(float) for size in SIZES)
ONE, OTHER = (COUNTS[0], SIZES[0]), (COUNTS[1], SIZES[1])


def test_the_difference_of_two_proportions_follows_newcombe() -> None:
    lower, upper = proportion_difference(([56], [70]), ([48], [80]))
    assert (lower[0], upper[0]) == pytest.approx((0.052431, 0.333873), abs=1e-6)


def test_newcombe_printed_the_interval_of_nought_and_of_nearly_nothing() -> None:
    """His table of 1998: 0/10 - 0/20 and 9/10 - 3/10, method 10."""
    lower, upper = proportion_difference(([0, 9], [10, 10]), ([0, 3], [20, 10]))
    assert lower == pytest.approx([-0.1611, 0.1705], abs=5e-5)
    assert upper == pytest.approx([0.2775, 0.8090], abs=5e-5)


@pytest.mark.parametrize("level", [95.0, 99.8])
def test_the_z_of_two_proportions_passes_a_level_exactly_where_its_interval_leaves_nought_out(
    level: float,
) -> None:
    lower, upper = proportion_difference(ONE, OTHER, level)
    is_outside = (lower > 0) | (upper < 0)
    assert (is_outside == (np.abs(newcombe_z(ONE, OTHER)) > normal_quantile(level))).all()
    assert is_outside.any()
    assert not is_outside.all()


@pytest.mark.parametrize("level", [95.0, 99.8])
def test_the_z_of_two_rates_passes_a_level_exactly_where_their_ratio_leaves_one_out(
    level: float,
) -> None:
    lower, upper = rate_ratio_limits(ONE, OTHER, level)
    is_outside = (lower > 1) | (upper < 1)
    assert (is_outside == (np.abs(rate_ratio_z(ONE, OTHER)) > normal_quantile(level))).all()
    assert is_outside.any()


def test_the_other_way_round_a_difference_has_the_other_sign() -> None:
    assert newcombe_z(OTHER, ONE) == pytest.approx(-newcombe_z(ONE, OTHER), abs=1e-12)
    assert rate_ratio_z(OTHER, ONE) == pytest.approx(-rate_ratio_z(ONE, OTHER), abs=1e-9)


def test_equal_values_do_not_differ_at_all() -> None:
    assert newcombe_z(([0, 5, 8], [9, 10, 8]), ([0, 50, 80], [90, 100, 80])).tolist() == [0, 0, 0]
    assert rate_ratio_z(([0, 5], [9, 10]), ([0, 50], [90, 100])).tolist() == [0, 0]


def test_a_count_of_nought_has_a_ratio_of_nought_with_a_finite_upper_limit() -> None:
    lower, upper = rate_ratio_limits(([0], [1_000]), ([40], [100_000]))
    assert lower[0] == 0
    assert 0 < upper[0] < math.inf


def test_beside_a_group_without_events_a_ratio_has_no_upper_limit() -> None:
    lower, upper = rate_ratio_limits(([40], [1_000]), ([0], [100_000]))
    assert lower[0] > 1
    assert upper[0] == math.inf


def test_two_noughts_have_no_ratio_but_a_difference_around_nought() -> None:
    assert np.isnan(rate_ratio_limits(([0], [1_000]), ([0], [100_000]))).all()
    lower, upper = rate_difference(([0], [1_000]), ([0], [100_000]))
    assert lower[0] < 0 < upper[0]


def test_beside_a_very_large_population_a_difference_of_rates_has_the_own_interval() -> None:
    own_lower, own_upper = rate([57], [61_250])
    lower, upper = rate_difference(([57], [61_250]), ([1_000_000_000], [1_000_000_000_000]))
    assert (lower[0], upper[0]) == pytest.approx(
        (own_lower[0] - 0.001, own_upper[0] - 0.001), abs=1e-7
    )


@pytest.mark.parametrize("function", [newcombe_z, rate_ratio_z])
@pytest.mark.parametrize("fault", [(math.nan, 9), (3, math.nan), (3, 0)])
def test_an_unknown_part_leaves_no_z(function: object, fault: tuple[float, float]) -> None:
    assert callable(function)
    good, bad = (np.array([3.0]), np.array([9.0])), tuple(np.array([part]) for part in fault)
    assert np.isnan(function(good, bad)).all()
    assert np.isnan(function(bad, good)).all()
