"""The tail of chi-square is that of printed tables."""

import math

import numpy as np
import pytest

from indicators.chi_square import chi_square_tail
from indicators.significance import p_of

PRINTED = [
    (1, 3.841459, 0.05),
    (2, 5.991465, 0.05),
    (3, 7.814728, 0.05),
    (4, 9.487729, 0.05),
    (5, 11.070498, 0.05),
    (8, 15.507313, 0.05),
    (30, 43.772972, 0.05),
    (1, 10.827566, 0.001),
    (8, 26.124482, 0.001),
]


@pytest.mark.parametrize(("freedom", "point", "tail"), PRINTED)
def test_points_of_printed_tables_have_their_tail(freedom: int, point: float, tail: float) -> None:
    assert chi_square_tail(point, freedom) == pytest.approx(tail, rel=1e-6)


def test_one_degree_of_freedom_is_the_square_of_a_normal_distance() -> None:
    for z in (0.1, 1.0, 1.959964, 6.0):
        assert chi_square_tail(z * z, 1) == pytest.approx(float(p_of(z)), rel=1e-12)


@pytest.mark.parametrize("freedom", range(1, 12))
def test_the_tail_falls_from_one_and_stays_exact_far_out(freedom: int) -> None:
    points = np.arange(0.0, 300.0, 0.5)
    tails = [chi_square_tail(point, freedom) for point in points]
    assert tails[0] == 1
    assert (np.diff(tails) < 0).all()
    # The tail less two degrees of freedom differs by one known term, however far out.
    term = math.exp(freedom / 2 * math.log(150) - 150 - math.lgamma(freedom / 2 + 1))
    wider = chi_square_tail(300, freedom + 2)
    assert wider - chi_square_tail(300, freedom) == pytest.approx(term, rel=1e-9)


def test_nothing_is_made_of_nothing() -> None:
    assert all(math.isnan(chi_square_tail(math.nan, freedom)) for freedom in (1, 2, 3))
    with pytest.raises(ValueError, match="degree of freedom"):
        chi_square_tail(1.0, 0)
