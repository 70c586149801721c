"""What stands out: the surest first, then the largest, and nothing that chance explains."""

import numpy as np

from indicators.exceptions import CERTAINTIES, NONE, Certainty, certainties, in_order, sizes

NAN = float("nan")


def test_certainty_is_read_from_the_page_and_only_alone_from_the_figure_itself() -> None:
    p = np.array([0.0001, 0.001, 0.01, 0.049, 0.05, NAN])
    adjusted = np.array([0.002, 0.05, 0.051, 0.3, 0.3, NAN])
    found = [CERTAINTIES[place] if place != NONE else None for place in certainties(p, adjusted)]
    alone = Certainty.ALONE
    assert found == [Certainty.CERTAIN, Certainty.AMONG_MANY, alone, alone, None, None]


def test_size_is_in_units_of_how_far_authorities_usually_are_apart() -> None:
    found = sizes(np.array([10.0, -10.0, 10.0, 10.0]), np.array([13.49, 13.49, 0.0, NAN]))
    assert np.round(found[:2], 6).tolist() == [1.0, -1.0]
    assert np.isnan(found[2:]).all()


def test_the_surest_come_first_and_among_them_the_largest_whichever_way() -> None:
    certainty = np.array([1, 0, NONE, 0, 0, 2])
    size = np.array([9.0, 0.5, 8.0, -2.0, NAN, 3.0])
    assert in_order(certainty, size).tolist() == [3, 1, 4, 0, 5]


def test_two_alike_keep_the_order_of_the_catalogue() -> None:
    assert in_order(np.array([0, 0, 0]), np.array([1.0, -1.0, 1.0])).tolist() == [0, 1, 2]
