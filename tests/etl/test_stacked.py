"""Parts put below each other say what they said, and are looked up by their codes."""

import numpy as np
import pandas as pd
import pytest

from etl.published.reconcile import steps_of
from etl.published.stacked import Columns, coded, constant, stacked

FIRST: Columns = {
    "area": coded(np.array(["b", "a", "b"], dtype=object)),
    "value": np.array([1.0, 2.0, 3.0]),
}
SECOND: Columns = {"area": constant("c", 2), "value": np.array([4.0, np.nan])}


def test_texts_and_numbers_of_all_parts_stand_below_each_other_in_order() -> None:
    frame = stacked([FIRST, SECOND]).frame(["area", "value"])
    assert frame["area"].tolist() == ["b", "a", "b", "c", "c"]
    assert frame["area"].dtype == pd.Series(["a"]).dtype
    assert frame["value"].tolist()[:4] == [1, 2, 3, 4]
    assert np.isnan(frame["value"][4])


def test_equal_combinations_have_the_same_number() -> None:
    together = stacked([FIRST, {**SECOND, "area": constant("b", 2)}])
    assert together.key(["area"]).tolist() == [0, 1, 0, 0, 0]


def test_what_a_text_stands_for_is_given_to_each_row() -> None:
    found = stacked([FIRST]).looked_up("area", {"a": 10, "b": 20}, np.int64)
    assert found.tolist() == [20, 10, 20]


def test_nothing_stacked_is_empty() -> None:
    assert len(stacked([])) == 0


@pytest.mark.parametrize(
    ("numbers", "step"),
    [
        ([10, 20, 400], 10), ([10, 25], 5), ([3, 4], 1), ([0.5, 1.2], 0.1), ([0.25], 0.01),
        ([0.123], 0.01), ([0, 0], 10),
    ],
)  # fmt: skip
def test_the_step_of_rounding_is_the_coarsest_that_all_numbers_are_multiples_of(
    numbers: list[float], step: float
) -> None:
    group = np.zeros(len(numbers) + 1, dtype=np.int64)
    held = np.array([*numbers, np.nan])
    assert set(steps_of(group, held, np.ones(len(held), dtype=bool))) == {step}


def test_rows_that_do_not_count_leave_the_step_alone() -> None:
    steps = steps_of(np.zeros(2, np.int64), np.array([10.0, 3.0]), np.array([True, False]))
    assert steps.tolist() == [10, 10]
