"""How large a revision is, and how large those of an indicator are."""

import numpy as np
import pytest

from indicators.revisions import find_sizes, find_spread, largest_first

NAN = np.nan


@pytest.mark.parametrize(
    ("old", "new", "change", "relative"),
    [
        (10, 12, 2, 20.0),
        (12, 10, -2, -16.7),
        (330.3, 332.4, 2.1, 0.6),
        (0, 3, 3, NAN),
        (0, 0, 0, NAN),
        (-10, -8, 2, 20.0),
        (NAN, 3, NAN, NAN),
        (3, NAN, NAN, NAN),
        (0.7, 0.8, 0.1, 14.3),
        (80, 80.1, 0.1, 0.1),
        (200, 200.1, 0.1, 0.1),
    ],
)
def test_a_size_is_new_minus_old_as_shown(
    old: float, new: float, change: float, relative: float
) -> None:
    found = find_sizes([old], [new])
    assert np.array_equal([found.change[0], found.relative[0]], [change, relative], equal_nan=True)


def test_a_size_has_no_binary_noise() -> None:
    assert repr(float(find_sizes([300.2], [300.3]).change[0])) == "0.1"
    assert repr(float(find_sizes([1.1], [1.1]).change[0])) == "0.0"


def test_median_and_largest_do_not_look_at_the_sign() -> None:
    found = find_spread([-5, 1, 2, NAN], 0)
    assert (found.count, found.median, found.largest) == (3, 2, 5)


def test_the_median_is_rounded_half_up_to_the_decimals_of_the_indicator() -> None:
    assert find_spread([0.1, 0.2], 1).median == 0.2
    assert find_spread([1, 2], 0).median == 2


def test_without_a_size_there_is_neither_median_nor_largest() -> None:
    found = find_spread([NAN, NAN], 1)
    assert (found.count, found.median, found.largest) == (0, None, None)


def test_the_largest_of_each_indicator_comes_first_and_what_has_no_size_last() -> None:
    order = largest_first([0, 0, 0, 1, 1], [1, NAN, -3, 0.5, 100])
    assert order.tolist() == [2, 0, 1, 4, 3]


def test_equal_sizes_keep_their_order() -> None:
    assert largest_first([0, 0, 0], [2, -2, 2]).tolist() == [0, 1, 2]
