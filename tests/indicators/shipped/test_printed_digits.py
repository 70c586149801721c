"""What follows from a figure's parts at the digits it is printed with takes no room."""

import numpy as np

from indicators.shipped.printed_digits import (
    NOT,
    limit_distances,
    limits_again,
    value_digits,
    values_again,
)
from tests.indicators.definitions import an_indicator

PRINTED = np.array([184.67617, 115.2166797, 101.1, np.nan])
TOP = np.array([215.0, 107429.0, 7.0, 3.0])
BOTTOM = np.array([11642.0, 9324084.0, 999.0, 0.0])
LIMITS = (
    np.array([159.21032, 114.5287223, 1.0, np.nan]),
    np.array([209.24906, 115.9077445, 2.0, np.nan]),
)


INJURIES = an_indicator(arithmetic="rate_per_10000", interval={"method": "published"})


def test_a_rate_follows_from_its_parts_at_the_digits_it_was_printed_with() -> None:
    digits = value_digits(INJURIES, TOP, BOTTOM, PRINTED)
    assert digits.tolist() == [5, 7, NOT, NOT]
    again = values_again(INJURIES, TOP, BOTTOM, digits)
    assert again[:2].tolist() == PRINTED[:2].tolist()
    assert np.isnan(again[2:]).all()


def test_limits_follow_from_the_count_before_it_was_rounded_to_five() -> None:
    digits = value_digits(INJURIES, TOP, BOTTOM, PRINTED)
    distances = limit_distances(INJURIES, TOP, BOTTOM, LIMITS, digits)
    assert distances.tolist() == [-2, 0, NOT, NOT]
    lower, upper = limits_again(INJURIES, TOP, BOTTOM, distances, digits)
    assert (lower[0], upper[1]) == (159.21032, 115.9077445)
    assert np.isnan(lower[2:]).all()


def test_limits_of_our_own_methods_are_left_to_the_packing() -> None:
    other = an_indicator(arithmetic="rate_per_10000", interval={"method": "poisson"})
    digits = np.array([5, 7, NOT, NOT], dtype=np.int8)
    assert set(limit_distances(other, TOP, BOTTOM, LIMITS, digits).tolist()) == {NOT}
