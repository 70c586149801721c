"""Statistics of many groups at once are those of each by itself, exactly."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import decimal_mean, decimal_quantile, shown
from indicators.group_columns import is_repeated, pooled_parts, summarise_groups

NAN = math.nan
TENTHS = st.integers(-500, 2_000).map(lambda whole: whole / 10)
BLOCK = st.lists(st.lists(st.one_of(TENTHS, st.just(NAN)), min_size=7, max_size=7), min_size=1, max_size=4)  # fmt: skip  # noqa: E501


@given(BLOCK, st.integers(0, 2))
def test_mean_median_and_quartiles_are_rounded_once_and_half_up(
    block: list[list[float]], decimals: int
) -> None:
    found = summarise_groups(np.array([block]), np.array([decimals]))
    for group, values in enumerate(block):
        known = [value for value in values if not math.isnan(value)]
        for name, share in (("q25", "0.25"), ("median", "0.5"), ("q75", "0.75")):
            expected = shown(decimal_quantile(known, share), decimals)
            assert_same(getattr(found, name)[0, group], expected, len(known))
        assert_same(found.mean[0, group], shown(decimal_mean(known), decimals), len(known))


def assert_same(value: float, expected: float | None, count: int) -> None:
    if count < 3:
        assert math.isnan(value)
    else:
        assert value == expected


def test_a_half_is_rounded_away_from_nought_as_publishers_do() -> None:
    found = summarise_groups(np.array([[[0.1, 0.2, 0.3, 0.2]], [[-0.1, -0.2, -0.3, -0.2]]]), np.array([1, 1]))  # fmt: skip  # noqa: E501
    assert found.q25.ravel().tolist() == [0.2, -0.2]  # 0.175 and -0.225 by type 7


def test_values_with_more_decimals_than_are_shown_are_taken_as_they_are() -> None:
    values = [115.2166797, 157.9759763, 152.9116402]
    found = summarise_groups(np.array([[values]]), np.array([0]))
    assert found.mean[0, 0] == shown(decimal_mean(values), 0) == 142
    assert found.median[0, 0] == 153


def test_only_returns_with_both_parts_are_pooled_and_missing_is_never_nought() -> None:
    top = np.array([[[1.0, NAN, 3.0], [NAN, NAN, NAN]]])
    bottom = np.array([[[10.0, 20.0, 30.0], [NAN, 5.0, NAN]]])
    tops, bottoms, count = pooled_parts(top, bottom)
    assert (tops[0, 0], bottoms[0, 0], count[0, 0]) == (4.0, 40.0, 2)
    assert count[0, 1] == 0


def test_of_members_in_one_return_the_first_counts_and_who_does_not_count_repeats_nobody() -> None:
    unit = np.array([[[4, 7, 4, 4, 9]]])
    counts = np.array([[[False, True, True, True, True]]])
    assert is_repeated(unit, counts)[0, 0].tolist() == [False, False, False, True, False]
