"""Spread within groups and between them, and whether groups differ at all."""

import statistics

import numpy as np
import pytest

from indicators.group_spread import (
    GroupTest,
    NoTest,
    Spread,
    judge_groups,
    rank_statistic,
    sentence_of,
    spread_of,
)
from tests.indicators.definitions import an_indicator

SHARE = an_indicator("a_share_pct")
COUNT = an_indicator("a_number_n", arithmetic="count", unit="authorities", decimals=0)
NAN = float("nan")

# Hollander and Wolfe (1973), half-times of mucociliary clearance: a worked example in print.
CLEARANCE = ([2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0])


def judged(*groups: list[float]) -> GroupTest:
    values = [value for group in groups for value in group]
    codes = [place for place, group in enumerate(groups) for _ in group]
    return judge_groups(SHARE, values, codes, len(groups))


def many(middle: float) -> list[float]:
    """Ten values around a middle."""
    return [middle + step for step in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)]


def test_the_statistic_is_that_of_a_worked_example_in_print() -> None:
    values = np.concatenate([np.asarray(group) for group in CLEARANCE])
    codes = np.repeat(np.arange(3), [len(group) for group in CLEARANCE])
    statistic, _ = rank_statistic(values, codes)
    assert round(statistic, 4) == 0.7714


def test_equal_values_share_their_ranks() -> None:
    # By hand: ranks 1.5 1.5 4 | 4 4 6; means 7/3 and 14/3; between 49/6, total 15.
    statistic, _ = rank_statistic(np.array([1, 1, 2, 2, 2, 3.0]), np.array([0, 0, 0, 1, 1, 1]))
    assert statistic == pytest.approx(5 * (49 / 6) / 15)


def test_groups_far_apart_differ_and_nearly_all_variation_lies_between_them() -> None:
    test = judged(many(10), many(30), many(50))
    assert (test.differ, test.groups, test.authorities) == (True, 3, 30)
    assert test.share_between is not None
    assert 0.85 < test.share_between < 1


def test_groups_alike_do_not_differ_and_the_share_is_never_below_nought() -> None:
    test = judged(many(10), many(10), many(10))
    assert (test.differ, test.share_between, test.statistic) == (False, 0.0, 0.0)


def test_a_test_that_finds_something_always_leaves_a_share_to_the_groups() -> None:
    drawn = np.random.default_rng(3)
    for _ in range(200):
        codes = drawn.integers(0, 5, 60)
        test = judge_groups(SHARE, drawn.lognormal(2, 1, 60) + codes, codes, 5)
        assert not test.differ or (test.share_between or 0) > 0


def test_one_extreme_authority_decides_nothing() -> None:
    plain = judged(many(10), many(12), many(14))
    extreme = judged(many(10), many(12), [*many(14)[:-1], 1e6])
    assert extreme.statistic == plain.statistic
    assert extreme.share_between == plain.share_between


def test_a_missing_value_counts_nowhere_and_is_not_nought() -> None:
    test = judged([*many(10), NAN], many(30), [NAN])
    assert (test.groups, test.authorities) == (2, 20)
    assert test.statistic == judged(many(10), many(30)).statistic


def test_nought_is_a_value() -> None:
    assert judged([0.0] * 10, many(30)).authorities == 20


def test_a_group_of_fewer_than_three_is_left_out_and_the_others_are_tested() -> None:
    test = judged(many(10), [30.0, 31.0], many(30))
    assert test.is_tested == (True, False, True)
    assert (test.groups, test.authorities) == (2, 20)


def test_authorities_in_no_group_are_not_counted() -> None:
    values = [*many(10), *many(30), 99.0, 98.0]
    codes = [0] * 10 + [1] * 10 + [-1, -1]
    assert judge_groups(SHARE, values, codes, 2) == judged(many(10), many(30))


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([many(10)], NoTest.ONE_GROUP),
        ([], NoTest.TOO_FEW_GROUPS),
        ([many(10), [1.0, 2.0]], NoTest.TOO_FEW_GROUPS),
        ([many(10), [NAN] * 10], NoTest.TOO_FEW_GROUPS),
        ([[1.0, 2.0, 3.0], many(10)], NoTest.TOO_FEW_AUTHORITIES),
        ([[*many(1), *[NAN] * 21], many(2)], NoTest.TOO_FEW_AUTHORITIES),
        ([[7.0] * 10, [7.0] * 10], NoTest.ALL_EQUAL),
    ],
)
def test_where_nobody_can_say_the_reason_is_given(
    groups: list[list[float]], reason: NoTest
) -> None:
    test = judged(*groups)
    assert (test.reason, test.differ, test.p, test.method) == (reason, None, None, "none")
    assert test.is_tested == (False,) * len(groups)
    assert sentence_of(test).startswith("Nobody can say whether groups differ here: ")


def test_whether_authorities_are_counted_is_not_tested() -> None:
    test = judge_groups(COUNT, [1.0, 0.0] * 20, [0] * 20 + [1] * 20, 2)
    assert test.reason is NoTest.IS_A_COUNT


def test_the_sentence_says_how_many_how_sure_and_how_much() -> None:
    assert sentence_of(judged(many(10), many(14))) == (
        "Authorities in these groups differ by more than chance and ordinary variation "
        "(20 authorities in 2 groups, p = 0.031): 20% of the variation in the order of "
        "authorities lies between the groups, the rest within them."
    )
    assert sentence_of(judged(many(10), many(11))) == (
        "These groups do not differ by more than chance and ordinary variation among "
        "authorities explain (20 authorities in 2 groups, p = 0.495)."
    )


def test_a_small_share_and_a_small_p_are_not_written_as_nought() -> None:
    shown = GroupTest(None, (True, True), 2, 900, 12.0, 0.0000004, 0.004)
    assert "p < 0.001): less than 1% of" in sentence_of(shown)


def test_spread_is_rounded_once_with_one_more_decimal_than_the_values() -> None:
    values = [12.0, 15.0, 15.0, 18.0, 27.0]
    assert spread_of(values, 0) == Spread(round(statistics.stdev(values), 1), 3.0)
    assert spread_of([0.25, 0.35, 0.5], 1) == Spread(0.13, 0.13), "0.125 half up"


def test_fewer_than_three_have_no_spread_and_three_equal_ones_have_none_to_show() -> None:
    assert spread_of([], 1) == spread_of([3.0, 4.0], 1) == Spread(None, None)
    assert spread_of([3.0, 3.0, 3.0], 1) == Spread(0.0, 0.0)
