"""Looked at together, differences that chance explains do not remain."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.significance import FALSE_DISCOVERY, adjusted_for_many, p_of, remains, z_of

NAN = math.nan


def test_p_values_are_those_of_the_normal_curve_on_both_sides() -> None:
    assert p_of([0, 1.959963985, -3.090232306]) == pytest.approx([1, 0.05, 0.002], abs=1e-9)
    assert z_of([1, 0.05, 0.002]) == pytest.approx([0, 1.959963985, 3.090232306], abs=1e-9)
    assert np.isnan(p_of([NAN])).all()
    assert np.isnan(z_of([NAN, -0.1, 1.1])).all()


def test_the_example_of_benjamini_and_hochberg_keeps_four_of_fifteen() -> None:
    """Their table of 1995, of fifteen tests after a heart attack."""
    p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
        0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
    ]  # fmt: skip
    assert remains(p).sum() == 4
    assert adjusted_for_many(p)[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])


def test_a_lone_test_needs_no_adjustment() -> None:
    assert adjusted_for_many([NAN, 0.03, NAN])[1] == 0.03


def test_a_test_that_was_not_made_does_not_count() -> None:
    with_gaps = adjusted_for_many([0.01, NAN, 0.04, NAN, 0.5])
    assert with_gaps[[0, 2, 4]].tolist() == adjusted_for_many([0.01, 0.04, 0.5]).tolist()
    assert np.isnan(with_gaps[[1, 3]]).all()


def test_each_row_is_a_page_of_its_own() -> None:
    pages = np.array([[0.01, 0.2], [0.04, 0.03], [NAN, NAN]])
    alone = [adjusted_for_many(page).tolist() for page in pages[:2]]
    assert adjusted_for_many(pages)[:2].tolist() == alone
    assert remains(pages).tolist() == [[True, False], [True, True], [False, False]]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_keeps_the_order_and_never_makes_a_difference_surer(p: list[float]) -> None:
    adjusted = adjusted_for_many(p)
    order = np.argsort(p, kind="stable")
    assert (np.diff(adjusted[order]) >= 0).all()
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert not remains(p)[np.array(p) > FALSE_DISCOVERY].any()
