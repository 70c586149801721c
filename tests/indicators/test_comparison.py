"""A difference is called one only when it is more than chance and ordinary variation."""

import math

import numpy as np
import pytest

from indicators.comparison import (
    METHOD_PROPORTIONS,
    METHOD_RATES,
    Side,
    can_test,
    outcome_word,
    overdispersion,
    standardised,
    why_not,
)
from indicators.model import DirectionWord
from tests.indicators.definitions import an_indicator
from tests.indicators.singly import against_group, against_value, newcombe, rate_ratio, summarise

PERCENTAGE = an_indicator()
RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
SCORE = an_indicator(arithmetic="ratio", interval={"method": "none", "reason": "A mean score"})


def test_the_difference_of_two_proportions_follows_newcombe() -> None:
    assert newcombe((56, 70), (48, 80)) == pytest.approx((0.052431, 0.333873), abs=1e-6)


def test_equal_rates_have_a_ratio_interval_around_one() -> None:
    lower, upper = rate_ratio((50, 10_000), (500, 100_000))
    assert lower < 1 < upper


def test_a_count_of_zero_still_has_a_rate_ratio() -> None:
    lower, upper = rate_ratio((0, 1_000), (40, 100_000))
    assert lower == 0
    assert math.isfinite(upper)


def test_a_group_without_events_is_far_below_an_authority_with_many() -> None:
    assert against_group(RATE, (40, 10_000), (0, 100_000)).side is Side.ABOVE
    assert against_group(RATE, (0, 10_000), (0, 100_000)).side is Side.SIMILAR


def test_proportions_and_rates_are_tested_by_their_own_methods() -> None:
    assert against_group(PERCENTAGE, (56, 70), (480, 800)).method == METHOD_PROPORTIONS
    assert against_group(RATE, (56, 7_000), (480, 80_000)).method == METHOD_RATES


def test_a_clear_difference_has_a_side_and_a_small_one_is_similar() -> None:
    assert against_group(PERCENTAGE, (56, 70), (480, 800)).side is Side.ABOVE
    assert against_group(PERCENTAGE, (43, 70), (480, 800)).side is Side.SIMILAR
    assert against_group(PERCENTAGE, (21, 70), (480, 800)).side is Side.BELOW


def test_unknown_parts_cannot_be_compared_and_say_so() -> None:
    verdict = against_group(PERCENTAGE, (math.nan, 70), (480, 800))
    assert verdict.side is None
    assert verdict.reason
    assert against_value(math.nan, 1.0).side is None


def test_a_share_of_more_than_all_cannot_be_compared() -> None:
    assert against_group(PERCENTAGE, (71, 70), (480, 800)).side is None
    assert against_group(PERCENTAGE, (56, 70), (801, 800)).side is None
    assert against_group(RATE, (71, 70), (480, 800)).side is Side.ABOVE


def test_a_standardised_difference_counts_standard_errors_from_the_benchmark() -> None:
    z = standardised(PERCENTAGE, np.array([60.0]), np.array([100.0]), 0.5)
    assert z[0] == pytest.approx(2.0)
    z = standardised(RATE, np.array([120.0]), np.array([10_000.0]), 0.01)
    assert z[0] == pytest.approx(2.0)


def test_a_benchmark_of_zero_gives_no_standardised_difference() -> None:
    assert np.isnan(standardised(RATE, np.array([3.0]), np.array([100.0]), 0.0)).all()


def test_ordinary_variation_among_authorities_widens_the_test() -> None:
    z = np.linspace(-6, 6, 150)
    phi = overdispersion(z)
    assert phi > 8
    assert against_value(3.0, 1.0).side is Side.ABOVE
    assert against_value(3.0, phi).side is Side.SIMILAR


def test_ordinary_variation_is_measured_as_large_as_it_is() -> None:
    usual = np.random.default_rng(2).normal(scale=3.0, size=20_000)
    assert overdispersion(usual) == pytest.approx(9.0, rel=0.03)
    assert (np.abs(usual) > 1.96 * math.sqrt(overdispersion(usual))).mean() == pytest.approx(
        0.05, abs=0.005
    )


def test_overdispersion_never_narrows_a_test() -> None:
    assert overdispersion(np.zeros(150)) == 1.0
    assert overdispersion(np.array([9.0, math.nan])) == 1.0


def test_one_extreme_authority_does_not_decide_what_is_ordinary() -> None:
    usual = np.random.default_rng(7).normal(size=150)
    assert overdispersion(np.append(usual, 80.0)) < 1.2


def test_words_follow_the_direction_and_stay_neutral_without_one() -> None:
    lower, higher, none = (
        DirectionWord.LOWER_IS_BETTER,
        DirectionWord.HIGHER_IS_BETTER,
        DirectionWord.NONE,
    )
    assert outcome_word(Side.ABOVE, lower) == "worse"
    assert outcome_word(Side.BELOW, lower) == "better"
    assert outcome_word(Side.ABOVE, higher) == "better"
    assert outcome_word(Side.BELOW, higher) == "worse"
    assert outcome_word(Side.ABOVE, none) == "higher"
    assert outcome_word(Side.BELOW, none) == "lower"
    assert outcome_word(Side.SIMILAR, lower) == "similar"
    assert outcome_word(None, lower) == "cannot_compare"


def test_a_score_is_never_tested_and_says_why() -> None:
    assert can_test(PERCENTAGE)
    assert not can_test(SCORE)
    assert "A mean score" in why_not(SCORE)


def test_fewer_than_three_values_are_not_summarised() -> None:
    assert summarise([1.0, 2.0], 1).median is None
    assert summarise([20.9, 21.0, 19.0, 30.0], 1).median == 21.0
