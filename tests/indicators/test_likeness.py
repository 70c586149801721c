"""How alike authorities are: standardised, weighted, unknown where a value is missing."""

import numpy as np
import pytest

from indicators.likeness import Likeness, on_scale, percentile_in, standardised

NAN = float("nan")


def likeness(
    places: list[list[float]],
    weights: list[float] | None = None,
    counts: list[bool] | None = None,
) -> Likeness:
    table = np.array(places, dtype=float)
    chosen = np.ones(table.shape[1]) if weights is None else np.array(weights, dtype=float)
    return Likeness(table, chosen, np.array(counts or [True] * len(table)))


def test_what_counts_has_mean_0_and_standard_deviation_1() -> None:
    found = standardised([2.0, 4.0, 9.0, 1000.0], [True, True, True, False])
    assert found[:3].mean() == pytest.approx(0)
    assert found[:3].std() == pytest.approx(1)


def test_those_that_do_not_count_set_neither_mean_nor_width_and_still_have_a_place() -> None:
    without = standardised([2.0, 4.0, 9.0], [True, True, True])
    found = standardised([2.0, 4.0, 9.0, 1000.0], [True, True, True, False])
    assert found[:3].tolist() == without.tolist()
    assert found[3] > 100


def test_a_missing_value_is_never_a_place_at_the_mean_or_at_zero() -> None:
    found = standardised([1.0, NAN, 3.0], [True, True, True])
    assert found.tolist()[::2] == [-1.0, 1.0]
    assert np.isnan(found[1])
    assert np.isnan(standardised([NAN, NAN], [True, True])).all()


def test_where_nobody_differs_nobody_is_apart() -> None:
    assert standardised([7.0, 7.0, NAN], [True, True, True]).tolist()[:2] == [0.0, 0.0]


def test_on_the_log_scale_twice_as_much_is_the_same_at_every_size() -> None:
    small, twice, large, twice_large = on_scale([10, 20, 5_000, 10_000], "log")
    assert twice - small == pytest.approx(twice_large - large)
    assert on_scale([10, 20], "plain").tolist() == [10, 20]


def test_nothing_has_no_logarithm_and_so_no_place() -> None:
    assert np.isnan(on_scale([0, -1], "log")).all()


def test_the_distance_is_the_root_of_the_weighted_mean_of_squares() -> None:
    pair = [[0.0, 0.0], [3.0, 4.0]]
    assert likeness(pair).distances_from(0)[1] == pytest.approx(np.sqrt(12.5))
    assert likeness(pair, [3, 1]).distances_from(0)[1] == pytest.approx(np.sqrt((27 + 16) / 4))


def test_weights_count_only_beside_each_other() -> None:
    pair = [[0.0, 0.0], [3.0, 4.0]]
    one, ten = likeness(pair, [1, 2]), likeness(pair, [10, 20])
    assert one.distances_from(0)[1] == pytest.approx(ten.distances_from(0)[1])


def test_a_distance_is_the_same_from_both_ends_and_0_to_itself() -> None:
    found = likeness([[0.1, 0.7], [1.3, -2.2], [0.4, 0.0]])
    assert found.distances_from(0)[1] == found.distances_from(1)[0]
    assert found.distances_from(2)[2] == 0


def test_a_pair_that_lacks_a_value_that_counts_has_no_distance() -> None:
    found = likeness([[0.0, NAN], [1.0, 1.0], [2.0, 2.0]])
    assert np.isnan(found.distances_from(0)[1:]).all()
    assert np.isnan(found.distances_from(1)[0])
    assert found.distances_from(1)[2] > 0


def test_a_value_that_does_not_count_is_not_missed() -> None:
    found = likeness([[0.0, NAN], [1.0, 1.0]], [1, 0])
    assert found.distances_from(0)[1] == 1
    assert found.contributions(0, 1).tolist() == [100, 0]


def test_without_anything_that_counts_there_is_no_distance() -> None:
    assert np.isnan(likeness([[0.0], [1.0]], [0]).distances_from(0)).all()
    assert np.isnan(
        Likeness(np.empty((2, 0)), np.empty(0), np.ones(2, bool)).distances_from(0)
    ).all()


def test_contributions_add_up_to_a_hundred() -> None:
    shares = likeness([[0.0, 0.0], [3.0, 4.0]], [1, 2]).contributions(0, 1)
    assert shares.sum() == pytest.approx(100)
    assert shares[0] == pytest.approx(100 * 9 / 41)
    assert np.isnan(likeness([[1.0], [1.0]]).contributions(0, 1)).all()


def test_the_nearest_stand_by_distance_without_oneself_the_unknown_and_those_left_out() -> None:
    found = likeness([[0.0], [0.1], [5.0], [NAN], [1.0]], counts=[True, False, True, True, True])
    assert found.nearest(0) == [4, 2]
    assert found.nearest(1) == [0, 4, 2]  # one that is left out still has its own
    assert found.nearest(3) == []


def test_equal_distances_keep_the_order_of_the_authorities() -> None:
    assert likeness([[0.0], [1.0], [-1.0], [1.0]]).nearest(0) == [1, 2, 3]


def test_a_percentile_is_among_all_pairs_that_count_equal_ones_half() -> None:
    found = likeness([[0.0], [1.0], [3.0], [NAN]], counts=[True, True, True, True])
    assert found.pairs.tolist() == [1, 2, 3]  # the unknown one makes no pair
    assert found.percentile(1) == pytest.approx(100 / 6)
    assert found.percentile(2) == pytest.approx(50)
    assert found.percentile(9) == 100
    assert found.difference_percentile(0, -3) == pytest.approx(500 / 6)


def test_without_pairs_or_a_distance_there_is_no_percentile() -> None:
    assert np.isnan(percentile_in(np.array([]), 1.0))
    assert np.isnan(percentile_in(np.array([1.0]), NAN))


def test_the_nearest_of_one_need_not_have_it_as_their_nearest() -> None:
    found = likeness([[0.0], [1.0], [1.5]])
    assert found.nearest(0)[0] == 1
    assert found.nearest(1)[0] == 2
