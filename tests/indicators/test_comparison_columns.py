"""Whole columns are judged as single figures are, with p-values that agree with the words."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from indicators.comparison import (
    METHOD_OWN_INTERVAL,
    METHOD_PROPORTIONS,
    METHOD_RATES,
    METHOD_STANDARDISED,
    standardised,
)
from indicators.comparison_columns import (
    NO_SIDE,
    SIDES,
    WHY_NOT,
    WHY_NOT_WORDS,
    Codes,
    Judged,
    WhyNot,
    for_many,
    judge_against_target,
    judge_against_value,
    judge_two,
    pooled_rest,
)
from indicators.model import Indicator
from tests.indicators.definitions import an_indicator
from tests.indicators.singly import against_group, against_value

PERCENTAGE = an_indicator()
RATE = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
SCORE = an_indicator(arithmetic="ratio", interval={"method": "none", "reason": "A mean score"})
BOTH = [PERCENTAGE, RATE]

RNG = np.random.default_rng(5)
SIZES = RNG.integers(15, 900, 400).astype(np.float64)
COUNTS = RNG.binomial(SIZES.astype(int), RNG.uniform(0, 0.3, 400)).astype(np.float64)
OWN = COUNTS, SIZES
OTHER = RNG.binomial(4000, RNG.uniform(0.05, 0.2, 400)).astype(np.float64), np.full(400, 4000.0)

JUDGES: list[Callable[[Indicator], Judged]] = [
    lambda indicator: judge_against_value(indicator, OWN, 0.12, 1.0),
    lambda indicator: judge_against_value(indicator, OWN, 0.12, 6.0),
    lambda indicator: judge_against_target(
        indicator, OWN, 0.12 * (indicator.arithmetic.multiplier or 1)
    ),
    lambda indicator: judge_two(indicator, OWN, OTHER),
]


def words(places: Codes) -> list[str | None]:
    return [None if place == NO_SIDE else SIDES[place].value for place in places]


@pytest.mark.parametrize("indicator", BOTH)
@pytest.mark.parametrize("judge", JUDGES)
def test_a_side_is_taken_exactly_where_p_is_below_one_in_twenty(
    judge: Callable[[Indicator], Judged], indicator: Indicator
) -> None:
    judged = judge(indicator)
    is_different = judged.side != SIDES.index("similar")
    assert (is_different == (judged.p < 0.05)).all()
    assert 0 < is_different.sum() < len(is_different)
    assert (np.sign(judged.z[is_different]) == judged.side[is_different] - 1).all()


@pytest.mark.parametrize("indicator", BOTH)
@pytest.mark.parametrize("judge", JUDGES)
def test_what_is_different_at_99_8_per_cent_is_so_at_95(
    judge: Callable[[Indicator], Judged], indicator: Indicator
) -> None:
    judged = judge(indicator)
    is_sure = judged.plain_998 != 1
    assert (judged.plain_95[is_sure] == judged.plain_998[is_sure]).all()
    assert 0 < is_sure.sum() < (judged.plain_95 != 1).sum()


@pytest.mark.parametrize("indicator", BOTH)
@pytest.mark.parametrize("judge", JUDGES)
def test_among_many_a_p_value_is_never_smaller_than_on_its_own(
    judge: Callable[[Indicator], Judged], indicator: Indicator
) -> None:
    judged = judge(indicator)
    assert (judged.p_for_many >= judged.p).all()
    is_exact_already = judged.method == METHOD_OWN_INTERVAL and indicator is RATE
    assert (judged.p_for_many > judged.p).any() != is_exact_already


@pytest.mark.parametrize("indicator", BOTH)
def test_a_column_is_judged_against_a_value_as_single_figures_are(indicator: Indicator) -> None:
    judged = judge_against_value(indicator, OWN, 0.12, 3.0)
    z = standardised(indicator, *OWN, 0.12)
    singles = [against_value(float(one), 3.0) for one in z]
    assert words(judged.side) == [single.side for single in singles]
    assert judged.z.tolist() == pytest.approx([single.z for single in singles])
    assert judged.method == METHOD_STANDARDISED


@pytest.mark.parametrize(
    ("indicator", "method"), [(PERCENTAGE, METHOD_PROPORTIONS), (RATE, METHOD_RATES)]
)
def test_a_column_is_judged_against_a_group_as_single_figures_are(
    indicator: Indicator, method: str
) -> None:
    judged = judge_two(indicator, OWN, OTHER)
    pairs = zip(zip(*OWN, strict=True), zip(*OTHER, strict=True), strict=True)
    singles = [against_group(indicator, own, other) for own, other in pairs]
    assert words(judged.side) == [single.side for single in singles]
    assert {judged.method} == {single.method for single in singles} == {method}


def test_ordinary_variation_changes_the_headline_and_leaves_the_plain_results_alone() -> None:
    narrow, wide = (judge_against_value(PERCENTAGE, OWN, 0.12, phi) for phi in (1.0, 9.0))
    assert (wide.side != 1).sum() < (narrow.side != 1).sum()
    assert wide.plain_95.tolist() == narrow.plain_95.tolist()
    assert wide.z * 3 == pytest.approx(narrow.z)


def test_a_target_is_met_or_missed_beyond_chance_by_the_own_interval() -> None:
    judged = judge_against_target(PERCENTAGE, ([62], [95]), 74.5)
    assert words(judged.side) == ["below"]
    assert words(judged.plain_998) == ["similar"]
    assert judged.method == METHOD_OWN_INTERVAL


def test_a_target_of_all_is_missed_by_one_child_and_met_by_everyone() -> None:
    judged = judge_against_target(PERCENTAGE, ([30, 29], [30, 30]), 100.0)
    assert words(judged.side) == ["similar", "below"]


def test_what_cannot_be_compared_has_a_reason_and_nothing_else_has() -> None:
    tops = np.array([3, math.nan, 3, 9, 3.0])
    bottoms = np.array([8, 8, 0, 8, 8.0])
    rest = np.array([30, 30, 30, 30, math.nan]), np.full(5, 80.0)
    judged = judge_two(PERCENTAGE, (tops, bottoms), rest)
    reasons = [None if place < 0 else WHY_NOT[place] for place in judged.why]
    assert reasons == [
        None,
        WhyNot.PARTS_UNKNOWN,
        WhyNot.PARTS_UNKNOWN,
        WhyNot.MORE_THAN_ALL,
        WhyNot.COMPARATOR_UNKNOWN,
    ]
    for places in (judged.side, judged.plain_95, judged.plain_998):
        assert (places == NO_SIDE).tolist() == [reason is not None for reason in reasons]
    for numbers in (judged.z, judged.p, judged.p_for_many):
        assert np.isnan(numbers).tolist() == [reason is not None for reason in reasons]
    assert set(WHY_NOT_WORDS) == set(WhyNot)


def test_a_published_value_of_nought_leaves_chance_without_size() -> None:
    judged = judge_against_value(RATE, ([0, 3], [900, 900]), 0.0, 1.0)
    assert [WHY_NOT[place] for place in judged.why] == [WhyNot.NO_VARIATION] * 2


def test_a_score_is_not_judged() -> None:
    judged = judge_two(SCORE, ([3], [8]), ([30], [80]))
    assert [WHY_NOT[place] for place in judged.why] == [WhyNot.NO_INTERVAL]
    assert words(judged.side) == [None]


def test_the_rest_of_a_group_leaves_out_the_authority_and_those_without_parts() -> None:
    tops, bottoms = np.array([1.0, 2, math.nan, 8]), np.array([10.0, 20, 30, 80])
    members = np.array([[1, 1, 1, 1], [0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 0, 1]], dtype=np.bool_)
    pooled, of, units = pooled_rest(tops, bottoms, members)
    assert pooled.tolist() == [10, 0, 3, 0]
    assert of.tolist() == [100, 0, 30, 0]
    assert units.tolist() == [2, 0, 2, 0]


def test_seen_together_a_difference_on_the_edge_does_not_remain_and_a_clear_one_does() -> None:
    side = np.array([[2, 0, 1, NO_SIDE]], dtype=np.int8)
    p = np.array([[0.001, 0.045, 0.6, math.nan]])
    assert words(for_many(side, p)[0]) == ["above", "similar", "similar", None]


def test_three_where_half_a_one_is_expected_is_not_as_sure_as_the_normal_curve_says() -> None:
    judged = judge_against_value(RATE, ([3], [5_000]), 0.0001, 1.0)
    assert judged.p[0] < 0.0005
    assert judged.p_for_many[0] > 0.01
