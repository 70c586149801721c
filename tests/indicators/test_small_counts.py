"""Where few are expected, probabilities are added up exactly."""

import math

import numpy as np
import pytest

from indicators.arithmetic import Numbers
from indicators.small_counts import FEW_EXPECTED, binomial_p, hypergeometric_p, poisson_p


def column(*numbers: float) -> Numbers:
    return np.array(numbers, dtype=np.float64)


def test_poisson_probabilities_are_those_of_the_textbook() -> None:
    nought = math.exp(-2.5)  # half of it, on two sides
    six = [math.exp(-2.5) * 2.5**n / math.factorial(n) for n in range(7)]
    both = 2 * (1 - sum(six) + six[6] / 2)
    assert poisson_p(column(0, 6), column(2.5, 2.5)) == pytest.approx([nought, both], rel=1e-12)


def test_binomial_probabilities_are_those_of_the_textbook() -> None:
    chances = [math.comb(40, n) * 0.05**n * 0.95 ** (40 - n) for n in range(41)]
    six = 2 * (sum(chances[7:]) + chances[6] / 2)
    assert binomial_p(column(6), column(40), column(0.05)) == pytest.approx([six], rel=1e-12)


def test_those_counted_and_those_not_counted_tell_the_same() -> None:
    counts = np.arange(41, dtype=np.float64)
    every, share = np.full(41, 40.0), np.full(41, 0.07)
    counted = binomial_p(counts, every, share)
    assert binomial_p(40 - counts, every, 1 - share) == pytest.approx(counted, rel=1e-9)


def test_two_counts_given_their_sum_have_the_probabilities_of_drawing_without_return() -> None:
    chances = [math.comb(60, n) * math.comb(510, 70 - n) / math.comb(570, 70) for n in range(61)]
    more = 2 * (sum(chances[14:]) + chances[13] / 2)
    found = hypergeometric_p(column(13, 0), column(70, 70), column(47, 60), column(500, 500))
    assert found == pytest.approx([more, chances[0]], rel=1e-9)


def test_all_of_a_small_authority_is_as_rare_as_none_of_the_rest() -> None:
    all_of = hypergeometric_p(column(8), column(8), column(100), column(400))
    none_of = hypergeometric_p(column(0), column(8), column(300), column(400))
    assert all_of == pytest.approx(none_of, rel=1e-9)


def test_where_many_are_expected_nothing_is_added_up() -> None:
    many = column(FEW_EXPECTED + 1)
    assert np.isnan(poisson_p(many, many)).all()
    assert np.isnan(binomial_p(many, 2 * many, column(0.5))).all()
    assert np.isnan(hypergeometric_p(many, 2 * many, many, 2 * many)).all()


def test_what_is_unknown_or_impossible_has_no_probability() -> None:
    assert np.isnan(poisson_p(column(math.nan, 3, 3), column(2, math.nan, 0))).all()
    assert np.isnan(binomial_p(column(math.nan, 9), column(9, 8), column(0.1, 0.1))).all()
    assert np.isnan(hypergeometric_p(column(1), column(math.nan), column(1), column(9))).all()


def test_a_probability_never_leaves_nought_to_one() -> None:
    rng = np.random.default_rng(3)
    expected = rng.uniform(0, FEW_EXPECTED, 2000)
    found = poisson_p(rng.integers(0, 300, 2000).astype(float), expected)
    assert (found >= 0).all()
    assert (found <= 1).all()
