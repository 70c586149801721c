import pytest

from etl.crosscheck.declared import Case, Measure
from etl.crosscheck.pairs import LACKING, Outcome, paired
from tests.etl.crosscheck.made_up_lait import (
    COUNT,
    FIRST,
    SECOND,
    check_of,
    long_row,
    our_cell,
    ours,
    theirs,
)

OTHERS = (long_row("1", SECOND), our_cell(1.0, SECOND))
"""A pair that makes the period one for which both have figures."""


def outcome_of(figure: str, value: float | None) -> tuple[str, str]:
    pairs = paired(theirs(long_row(figure), OTHERS[0]), ours(our_cell(value), OTHERS[1])).set_index(
        "area"
    )
    return str(pairs.at[FIRST, "outcome"]), str(pairs.at[FIRST, "case"])


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("85", 85.0),
        ("85", 85.5),
        ("85", 84.5),
        ("84.849999999999994", 84.85),
        ("9.3699999999999992", 9.374),
        ("0", 0.0),
    ],
)
def test_figures_within_half_a_unit_of_the_digits_they_show_are_equal(
    figure: str, value: float
) -> None:
    assert outcome_of(figure, value) == (Outcome.EQUAL, "")


@pytest.mark.parametrize(("figure", "value"), [("85", 84.49), ("85.1", 85.16), ("0", 1.0)])
def test_figures_further_apart_differ(figure: str, value: float) -> None:
    assert outcome_of(figure, value) == (Outcome.DIFFERENT, Case.DIFFERS)


def test_a_number_that_only_one_of_the_two_shows_is_a_difference() -> None:
    assert outcome_of("85", None) == (Outcome.DIFFERENT, Case.ONLY_THEY_SHOW)
    assert outcome_of("-", 85.0) == (Outcome.DIFFERENT, Case.ONLY_WE_SHOW)


def test_where_neither_shows_a_number_there_is_no_pair() -> None:
    assert list(paired(theirs(long_row("-")), ours(our_cell(None)))["area"]) == []


def test_a_row_that_we_lack_is_a_difference_where_we_have_the_period() -> None:
    pairs = paired(theirs(long_row("85"), OTHERS[0]), ours(OTHERS[1])).set_index("area")
    assert pairs.at[FIRST, "outcome"] == Outcome.DIFFERENT
    assert pairs.at[FIRST, "status"] == LACKING


def test_figures_of_a_period_that_only_one_of_the_two_has_are_no_differences() -> None:
    pairs = paired(
        theirs(long_row("85", label="2016"), long_row("-", label="2013")),
        ours(our_cell(85.0, period="RY2013"), our_cell(None, period="RY2016")),
    ).set_index("period")
    assert pairs["outcome"].to_dict() == {
        "RY2013": Outcome.ONLY_OURS,
        "RY2016": Outcome.ONLY_THEIRS,
    }


def test_a_measure_may_be_a_part_of_a_figure() -> None:
    check = check_of(COUNT)
    counted = our_cell(85.2, numerator=123.0)
    pairs = paired(
        theirs(long_row("123", measure="CINnum"), check=check), ours(counted, check=check)
    )
    assert list(pairs["outcome"]) == [Outcome.EQUAL]


def test_only_totals_are_compared_unless_a_measure_names_a_breakdown() -> None:
    cells = our_cell(10.0), our_cell(20.0, sex="F")
    assert list(ours(*cells)["ours"]) == [10.0]
    girls = Measure(measure="CIN", indicator="cin_rate_10k", breakdown={"sex": "F"})
    assert list(ours(*cells, check=check_of(girls))["ours"]) == [20.0]
