"""Rounding and values, as publishers make them."""

import math
from decimal import Decimal

import numpy as np
import pytest

from indicators.arithmetic import (
    decimal_mean,
    decimal_quantile,
    plain_number,
    round_half_up,
    rounded,
    shown,
    value_from_parts,
)
from indicators.model import Arithmetic


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(20.95, 1, 21.0), (2.675, 2, 2.68), (0.5, 0, 1.0), (1.5, 0, 2.0), (66.49, 0, 66.0)],
)
def test_a_half_is_rounded_up_in_decimal_not_to_even(
    value: float, decimals: int, expected: float
) -> None:
    assert round_half_up(value, decimals) == expected


def test_rounding_keeps_missing_values_missing() -> None:
    assert np.array_equal(rounded([1.25, math.nan], 1), [1.3, math.nan], equal_nan=True)


def test_one_in_eight_is_exactly_twelve_and_a_half_per_cent() -> None:
    assert value_from_parts(Arithmetic.PERCENTAGE, [1], [8])[0] == 12.5


def test_a_rate_is_per_ten_thousand_children() -> None:
    england = value_from_parts(Arithmetic.RATE_PER_10000, [81770], [12183016])[0]
    assert round_half_up(england, 0) == 67


def test_pounds_per_head_come_from_thousands_of_pounds() -> None:
    assert value_from_parts(Arithmetic.THOUSANDS_PER_HEAD, [379205.76], [355390])[0] == (
        pytest.approx(1067.0130, abs=1e-3)
    )


def test_a_denominator_of_zero_or_a_missing_part_gives_no_value() -> None:
    values = value_from_parts(Arithmetic.PERCENTAGE, [1, math.nan, 1], [0, 5, math.nan])
    assert np.isnan(values).all()


def test_a_value_that_only_the_publisher_can_work_out_is_never_made_from_parts() -> None:
    assert np.isnan(value_from_parts(Arithmetic.PUBLISHED_ONLY, [1], [2])).all()


def test_a_median_of_two_middle_values_is_exact_and_rounded_once() -> None:
    assert shown(decimal_quantile([20.9, 21.0, 19.0, 30.0], "0.5"), 1) == 21.0


def test_quartiles_lie_between_neighbouring_ranks() -> None:
    assert decimal_quantile([1, 2, 3, 4], "0.25") == Decimal("1.75")


def test_nothing_has_no_mean_and_no_quantile() -> None:
    assert decimal_mean([]) is None
    assert decimal_quantile([], "0.5") is None
    assert shown(None, 1) is None


def test_a_whole_value_without_decimals_is_written_as_an_integer() -> None:
    assert repr(plain_number(67.0, 0)) == "67"
    assert repr(plain_number(67.0, 1)) == "67.0"
    assert repr(plain_number(73.21, 0)) == "73.21"


def test_many_numbers_round_as_each_alone_does() -> None:
    chance = np.random.default_rng(7)
    counts, wholes = chance.integers(0, 900, 20_000), chance.integers(1, 1_000, 20_000)
    for decimals in (0, 1, 2):
        shares = counts * 100.0 / wholes
        halves = np.round(chance.normal(0, 90, 20_000), decimals + 1)
        for numbers in (shares, halves):
            alone = [round_half_up(float(number), decimals) for number in numbers]
            assert rounded(numbers, decimals).tolist() == alone
