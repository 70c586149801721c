"""A part of a figure against its own total: gap, interval, word, and when there is none."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from indicators.comparison_columns import NO_SIDE
from indicators.differences import proportion_difference
from indicators.inequalities import Parts, shares_denominator
from indicators.model import Indicator
from indicators.no_gap import WORDS, NoGap
from tests.indicators.made_up_parts import (
    NAN,
    NONE,
    RATE,
    SHARE,
    SIMILAR,
    gaps,
    largest,
    parts_of,
    reasons,
    sides,
)

# ---- the gap and its interval


@pytest.mark.parametrize("indicator", [SHARE, RATE])
def test_the_gap_is_the_part_less_its_total_on_the_scale_of_the_indicator(
    indicator: Indicator,
) -> None:
    found = gaps(parts_of([[60, 20]], [[200, 100]], indicator=indicator), indicator)
    scale = indicator.arithmetic.multiplier or 1.0
    assert found.difference[0] == pytest.approx(
        [scale * (0.3 - 80 / 300), scale * (0.2 - 80 / 300)]
    )
    assert found.ratio[0] == pytest.approx([0.3 / (80 / 300), 0.2 / (80 / 300)])
    assert (found.lower < found.difference).all()
    assert (found.difference < found.upper).all()


def test_the_interval_is_that_of_part_against_rest_times_the_share_of_the_rest() -> None:
    found = gaps(parts_of([[60, 20, 5]], [[200, 100, 60]]))
    lower, upper = proportion_difference((60.0, 200.0), (25.0, 160.0))
    assert found.lower[0, 0] == pytest.approx(100 * float(lower) * 160 / 360)
    assert found.upper[0, 0] == pytest.approx(100 * float(upper) * 160 / 360)


def test_a_part_differs_from_its_total_exactly_where_the_interval_leaves_nought_out() -> None:
    drawn = np.random.default_rng(4)
    bottom = drawn.integers(30, 400, (500, 3)).astype(float)
    top = drawn.binomial(bottom.astype(int), drawn.uniform(0.05, 0.6, (500, 3))).astype(float)
    found = gaps(parts_of(top.tolist(), bottom.tolist()))
    leaves_out = (found.lower > 0) | (found.upper < 0)
    assert ((found.side != SIMILAR) == leaves_out).all()
    assert leaves_out.any()
    assert not leaves_out.all()


def test_of_two_parts_one_is_above_exactly_where_the_other_is_below() -> None:
    found = gaps(parts_of([[120, 60]], [[300, 300]]))
    assert sides(found.side) == ["above", "below"]
    assert found.difference[0, 0] == pytest.approx(-found.difference[0, 1])


def test_nought_and_full_counts_have_a_gap() -> None:
    found = gaps(parts_of([[0, 60], [100, 10], [0, 0]], [[100, 100]] * 3))
    assert sides(found.side) == ["below", "above", "above", "below", "similar", "similar"]
    assert np.isnan(found.ratio[2]).all()  # nothing is how many times nothing
    assert found.difference[2] == pytest.approx([0, 0])


# ---- no gap


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(NoGap)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (parts_of([[60, NAN]], [[200, NAN]], ([80], [300])), ["rest_withheld", "part_missing"]),
        (parts_of([[60, 20]], [[200, 100]], ([NAN], [NAN])), ["total_missing"] * 2),
        (parts_of([[300, 0]], [[1000, 5]]), ["nothing_else", "few"]),
        (parts_of([[10, 20]], [[29, 300]]), ["few", "few"]),
        (parts_of([[10, 20]], [[30, 300]]), [None, None]),
        (parts_of([[70, 20]], [[200, 100]], ([60], [300])), ["not_inside", None]),
        (parts_of([[60, 20]], [[200, NAN]], ([80], [300])), [None, "counts_unknown"]),
    ],
)  # fmt: skip
def test_no_gap_where_it_would_say_nothing_true(parts: Parts, expected: list[str | None]) -> None:
    found = gaps(parts)
    assert reasons(found.why) == expected
    missing = found.why >= 0
    for column in (found.difference, found.lower, found.upper, found.ratio):
        assert np.isnan(column[missing]).all()
    assert (found.side[missing] == NO_SIDE).all()
    assert (found.remaining[missing] == NO_SIDE).all()


def test_without_a_valid_interval_nothing_is_called_different() -> None:
    found = gaps(parts_of([[60, 20]], [[200, 100]]), NONE)
    assert reasons(found.why) == ["no_interval"] * 2


def test_few_events_to_be_expected_make_no_gap_of_a_rate() -> None:
    parts = parts_of([[3, 200]], [[20_000, 900_000]], indicator=RATE)
    assert reasons(gaps(parts, RATE).why) == ["few"] * 2
    assert sides(gaps(parts_of([[10, 200]], [[60_000, 900_000]]), RATE).side) == ["similar"] * 2


def test_nothing_is_said_where_all_the_rest_is_withheld_and_it_is_where_some_is_shown() -> None:
    one = parts_of([[60, NAN, 0]], [[200, NAN, 0]], ([80], [300]))
    assert reasons(gaps(one).why)[0] == "rest_withheld"  # the third part holds nobody
    two = parts_of([[60, NAN, NAN]], [[200, NAN, NAN]], ([80], [300]))
    assert reasons(gaps(two).why)[0] == "rest_withheld"
    some = parts_of([[60, NAN, 30]], [[200, NAN, 90]], ([95], [320]))
    assert reasons(gaps(some).why) == [None, "part_missing", None]


def test_what_is_said_of_a_part_follows_from_that_part_and_its_total_alone() -> None:
    """So that nothing beside it, withheld or not, can be worked out of it."""
    one = gaps(parts_of([[60, NAN, 30]], [[200, NAN, 90]], ([95], [320])))
    other = gaps(parts_of([[60, NAN, 2]], [[200, NAN, 80]], ([95], [320])))
    for name in ("difference", "lower", "upper", "ratio", "side"):
        assert getattr(one, name)[0, 0] == getattr(other, name)[0, 0]


def test_parts_counted_over_the_denominator_of_the_total_have_no_gap_to_it() -> None:
    bottom = np.array([[5000.0, 5000.0], [1200.0, NAN]])
    assert shares_denominator(bottom, np.array([[5000.0], [1200.0]]))
    assert shares_denominator(bottom, np.array([[5020.0], [1205.0]]))  # another estimate
    assert not shares_denominator(np.array([[2600.0, 2400.0]]), np.array([[5000.0]]))
    parts = parts_of([[60, 20]], [[5000, 5000]], ([80], [5000]))
    assert reasons(gaps(parts, is_shared=True).why) == ["shares_denominator"] * 2


# ---- a total that was revised after its parts were published


def revised(total: tuple[list[float], list[float]], **more: Any) -> Parts:
    plain = parts_of([[683, 400]], [[1000, 600]], total, **more)
    return replace(plain, is_other_edition=np.ones((1, 2), dtype=np.bool_))


def test_parts_older_than_a_revised_total_are_compared_with_all_of_them_added_up() -> None:
    same = gaps(parts_of([[683, 400]], [[1000, 600]]))
    later = gaps(revised(([1081], [1597])))
    assert later.difference == pytest.approx(same.difference)
    assert later.lower == pytest.approx(same.lower)


def test_older_parts_that_do_not_come_to_the_revised_total_have_no_gap() -> None:
    assert reasons(gaps(revised(([1105], [1600]))).why) == ["other_edition"] * 2
    unknown = revised(([1083], [1600]))
    unknown = replace(unknown, top=np.array([[683, NAN]]), is_ok=np.array([[True, False]]))
    assert reasons(gaps(unknown).why) == ["other_edition", "part_missing"]


# ---- the largest gap, and many parts together


def test_the_largest_gap_is_between_the_highest_and_the_lowest_part() -> None:
    found = largest(parts_of([[60, 20, 45]], [[200, 100, 100]]))
    assert (found.highest[0], found.lowest[0]) == (2, 1)
    lower, upper = proportion_difference((45.0, 100.0), (20.0, 100.0))
    assert found.gaps.difference[0] == pytest.approx(25)
    assert found.gaps.lower[0] == pytest.approx(100 * float(lower))
    assert found.gaps.upper[0] == pytest.approx(100 * float(upper))
    assert found.gaps.ratio[0] == pytest.approx(45 / 20)


def test_those_of_whom_nothing_is_recorded_are_no_end_of_the_largest_gap() -> None:
    parts = parts_of([[60, 20, 90]], [[200, 100, 100]])
    parts = replace(parts, is_group=np.array([True, True, False]))
    found = largest(parts)
    assert (found.highest[0], found.lowest[0]) == (0, 1)


def test_no_largest_gap_of_parts_that_hold_one_another_or_of_fewer_than_two() -> None:
    overlapping = parts_of([[60, 40, 100]], [[200, 100, 300]], ([200], [500]))
    assert reasons(largest(overlapping).gaps.why) == ["overlapping_parts"]
    one = parts_of([[60, NAN, 5]], [[200, NAN, 20]], ([70], [300]))
    assert reasons(largest(one).gaps.why) == ["too_few_parts"]
    shared = parts_of([[60, 20]], [[5000, 5000]], ([80], [5000]))
    assert reasons(largest(shared, is_shared=True).gaps.why) == ["shares_denominator"]


def test_equal_parts_have_a_largest_gap_of_nought() -> None:
    found = largest(parts_of([[20, 20, 20]], [[100, 100, 100]]))
    assert found.highest[0] != found.lowest[0]
    assert found.gaps.difference[0] == 0
    assert sides(found.gaps.side) == ["similar"]


def test_a_difference_just_beyond_chance_does_not_remain_among_many_parts() -> None:
    alike = [[30.0] * 9 + [44.0]]
    found = gaps(parts_of(alike, [[100.0] * 10]))
    assert sides(found.side)[-1] == "above"
    assert sides(found.remaining)[-1] == "similar"
    assert sides(gaps(parts_of([[30, 44]], [[100, 100]])).remaining) == ["below", "above"]
