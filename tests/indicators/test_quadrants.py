"""Quadrants go by figures as shown; a rank correlation comes with n, interval and its limits."""

import math

import numpy as np
import pytest

from indicators.quadrants import (
    MIN_CORRELATED,
    Beyond,
    Correlation,
    Lie,
    NoCorrelation,
    NoQuadrant,
    Quadrant,
    beyond_chance,
    correlate,
    correlation_sentence,
    lies,
    mean_ranks,
    once_each,
    quadrant_of,
    rank_interval,
    spearman,
    why_none,
)

NAN = float("nan")
# An example known from textbooks: ten people, two scores; rho is -29/165.
FIRST = np.asarray([106, 100, 86, 101, 99, 103, 97, 113, 112, 110.0])
SECOND = np.asarray([7, 27, 2, 50, 28, 29, 20, 12, 6, 17.0])


def column(*values: float) -> np.ndarray:
    return np.asarray(values, dtype=np.float64)


def test_a_figure_equal_to_the_line_as_shown_is_neither_higher_nor_lower() -> None:
    assert lies(column(9.9, 10, 10.1, NAN), 10) == [Lie.LOWER, Lie.LEVEL, Lie.HIGHER, None]


def test_nothing_lies_anywhere_of_a_line_that_is_not_known() -> None:
    assert lies(column(1, 2), None) == lies(column(1, 2), NAN) == [None, None]


def test_the_quadrant_names_x_first() -> None:
    assert quadrant_of(Lie.HIGHER, Lie.LOWER) is Quadrant.HIGHER_LOWER
    assert quadrant_of(Lie.LOWER, Lie.HIGHER) is Quadrant.LOWER_HIGHER


@pytest.mark.parametrize("other", [None, Lie.LEVEL])
def test_one_missing_or_level_figure_leaves_no_quadrant(other: Lie | None) -> None:
    assert quadrant_of(other, Lie.HIGHER) is None
    assert quadrant_of(Lie.HIGHER, other) is None


def test_each_reason_for_no_quadrant_is_told_the_plainest_first() -> None:
    found = why_none(
        np.asarray([False, True, True, True, True, True]),
        column(NAN, NAN, 1, NAN, 5, 6),
        column(1, NAN, NAN, 1, 1, 1),
        (5, 2),
    )
    assert found == [
        NoQuadrant.NOT_RANKABLE,
        NoQuadrant.NEITHER,
        NoQuadrant.NO_Y,
        NoQuadrant.NO_X,
        NoQuadrant.ON_A_LINE,
        None,
    ]


def test_without_a_line_nobody_has_a_quadrant_and_the_reason_is_told() -> None:
    found = why_none(np.asarray([True, True]), column(1, 0), column(1, NAN), (None, 2))
    assert found == [NoQuadrant.NO_LINE, NoQuadrant.NO_Y]


def test_a_figure_of_nought_is_a_figure() -> None:
    assert why_none(np.asarray([True]), column(0), column(0), (5, 2)) == [None]


def test_two_tests_join_and_one_that_was_not_made_leaves_nothing_to_say() -> None:
    assert beyond_chance(x=True, y=True) is Beyond.BOTH
    assert beyond_chance(x=True, y=False) is Beyond.X_ONLY
    assert beyond_chance(x=False, y=True) is Beyond.Y_ONLY
    assert beyond_chance(x=False, y=False) is Beyond.NEITHER
    assert beyond_chance(x=None, y=True) is beyond_chance(x=False, y=None) is None


def test_a_return_counts_once_whether_it_is_joint_in_both_figures_or_in_one() -> None:
    assert once_each([0, 1, 1, 3], [0, 1, 1, 3]) == [0, 1, 3]
    assert once_each([0, 1, 1, 3], [0, 1, 2, 3]) == [0, 1, 3]
    assert once_each([], []) == []


def test_equal_figures_share_the_mean_of_their_ranks() -> None:
    assert mean_ranks(column(10, 30, 10, 20)).tolist() == [1.5, 4, 1.5, 3]


def test_the_rank_correlation_is_that_of_the_textbooks() -> None:
    assert spearman(FIRST, SECOND) == pytest.approx(-29 / 165, abs=1e-12)


def test_with_ties_it_is_the_correlation_of_the_ranks() -> None:
    x, y = column(1, 1, 2, 3, 3, 3), column(5, 4, 4, 6, 8, 8)
    expected = np.corrcoef(mean_ranks(x), mean_ranks(y))[0, 1]
    assert spearman(x, y) == pytest.approx(expected, abs=1e-12)


def test_the_interval_is_that_of_bonett_and_wright() -> None:
    lower, upper = rank_interval(0.5, 103)
    reach = 1.959963984540054 * math.sqrt(1.125 / 100)
    assert lower == pytest.approx(math.tanh(math.atanh(0.5) - reach), abs=1e-12)
    assert upper == pytest.approx(math.tanh(math.atanh(0.5) + reach), abs=1e-12)


def test_the_interval_holds_what_it_promises_when_nothing_goes_together() -> None:
    random = np.random.default_rng(7)
    inside = 0
    for _ in range(1000):
        found = correlate(random.normal(size=60), random.normal(size=60))
        inside += (found.lower or 0) <= 0 <= (found.upper or 0)
    assert 0.93 < inside / 1000 < 0.97


@pytest.mark.parametrize("sign", [1, -1])
def test_the_same_or_the_opposite_order_has_no_interval(sign: int) -> None:
    order = np.arange(30.0)
    found = correlate(order, sign * order)
    assert found.rho == pytest.approx(sign)
    assert (found.lower, found.upper) == (None, None)
    assert "interval" not in correlation_sentence("A", "B", found, 0)


def test_of_fewer_than_twenty_no_correlation_is_given_and_of_twenty_one_is() -> None:
    random = np.random.default_rng(1)
    x, y = random.normal(size=(2, MIN_CORRELATED))
    assert correlate(x, y).reason is None
    few = correlate([*x[:-1], NAN], y)
    assert few == Correlation(MIN_CORRELATED - 1, NoCorrelation.TOO_FEW)
    assert "Fewer than 20 authorities" in correlation_sentence("A", "B", few, 1)


def test_missing_figures_are_left_out_and_never_nought() -> None:
    x, y = np.random.default_rng(2).normal(size=(2, 40))
    with_gaps = correlate([*x, NAN, 1, NAN], [*y, 1, NAN, NAN])
    assert with_gaps == correlate(x, y)
    assert with_gaps.n == 40


def test_where_all_have_the_same_figure_nothing_goes_with_anything() -> None:
    found = correlate(np.zeros(30), np.arange(30.0))
    assert found == Correlation(30, NoCorrelation.NO_SPREAD)
    assert "the same figure" in correlation_sentence("A", "B", found, 0)


def test_the_sentence_gives_n_direction_interval_and_that_it_is_not_about_children() -> None:
    found = Correlation(92, None, -0.305, -0.48, -0.1)
    assert correlation_sentence("Moves", "Stays", found, 59) == (
        "Over the 92 authorities that have both figures, those that are higher in “Moves” tend to "
        "be lower in “Stays” (rank correlation −0.31, 95% interval −0.48 to −0.10). 59 others lack "
        "one of the figures or both, so it does not speak for all. This is about authorities, not "
        "about children or families, and does not say that one brings about the other."
    )


def test_an_interval_across_nought_is_not_called_a_tendency() -> None:
    said = correlation_sentence("A", "B", Correlation(150, None, 0.1, -0.06, 0.25), 0)
    assert "do not go together beyond chance" in said
    assert "tend" not in said
    assert "lack" not in said
