"""The points of Student's t are those of printed tables."""

import math

import numpy as np
import pytest

from indicators.intervals import normal_quantile
from indicators.student_t import t_quantile, t_quantiles

PRINTED = [
    (1, 12.706205, 318.308839),
    (2, 4.302653, 22.327125),
    (5, 2.570582, 5.893430),
    (10, 2.228139, 4.143700),
    (30, 2.042272, 3.385185),
    (120, 1.979930, 3.159539),
    (200, 1.971896, 3.131480),
    (201, 1.971837, 3.131272),
    (1000, 1.962339, 3.098402),
]


@pytest.mark.parametrize(("freedom", "at_95", "at_998"), PRINTED)
def test_points_agree_with_printed_tables(freedom: int, at_95: float, at_998: float) -> None:
    assert t_quantile(freedom, 95.0) == pytest.approx(at_95, abs=1e-6)
    assert t_quantile(freedom, 99.8) == pytest.approx(at_998, abs=1e-6)


def test_many_values_come_close_to_the_normal_curve() -> None:
    assert t_quantile(10_000_000) == pytest.approx(normal_quantile(), abs=1e-6)


def test_more_values_never_widen_an_interval() -> None:
    points = t_quantiles(np.arange(1, 400))
    assert (np.diff(points) < 0).all()


def test_without_a_degree_of_freedom_there_is_no_point() -> None:
    assert np.isnan(t_quantiles([0, -1, math.nan])).all()
