"""Numbers, periods, statuses and sentences in plain English."""

from typing import Any, cast

import pytest

from api.contract import FLAG_WORDS, STATUS_WORDS, ComparisonRow, Flag, Status
from dashboard.words import numbers, periods, statuses
from dashboard.words.agreement import agreement_words
from dashboard.words.differences import is_between
from dashboard.words.names import opening, with_article
from dashboard.words.outcomes import (
    Measure,
    change_sentence,
    compared_sentence,
    missing_sentence,
    reason_sentence,
    spread_sentence,
)

RATE = Measure("per 10,000", 0, "snapshot")
SHARE = Measure("%", 1, "during")
MONEY = Measure("£", 0, "during")


def compared(outcome: str, figure: float, **changes: Any) -> ComparisonRow:
    row = {
        "value": 53,
        "statistic_shown": "value",
        "comparator_value": figure,
        "median": None,
        "pooled": figure,
        "outcome": outcome,
        "outcome_adjusted_for_many": None,
        "reason": None,
    }
    return cast("ComparisonRow", row | changes)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (53, 0, "53"),
        (52.5, 0, "53"),
        (0.15, 1, "0.2"),
        (1067, 0, "1,067"),
        (-14.0, 0, "−14"),
        (-0.2, 0, "0"),
        (None, 0, "–"),
        (12, 1, "12.0"),
    ],
)
def test_numbers_are_rounded_half_up_and_marked_in_thousands(
    value: float | None, decimals: int, expected: str
) -> None:
    assert numbers.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (53, "per 10,000", 0, "53 per 10,000"),
        (53.14, "%", 1, "53.1%"),
        (1067, "£", 0, "£1,067"),
        (14.9, "score", 1, "14.9"),
        (10, "months", 0, "10 months"),
        (None, "%", 1, "–"),
    ],
)
def test_an_amount_has_its_unit_in_words(
    value: float | None, unit: str, decimals: int, expected: str
) -> None:
    assert numbers.amount(value, unit, decimals) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(2, "+2"), (-14, "−14"), (0, "0"), (0.3, "0"), (None, "–")]
)
def test_a_difference_says_its_sign(value: float | None, expected: str) -> None:
    assert numbers.signed(value, 0) == expected


def test_an_interval_needs_both_limits() -> None:
    assert numbers.span(50.96, 55.84, "%", 1) == "51.0% to 55.8%"
    assert numbers.span(None, 55.8, "%", 1) == "–"


def test_a_count_of_one_is_not_plural() -> None:
    assert numbers.plural(1, "authority", "authorities") == "1 authority"
    assert numbers.plural(1530, "figure") == "1,530 figures"


@pytest.mark.parametrize(
    ("period", "measured", "label", "when", "short"),
    [
        ("RY2025", "snapshot", "31 March 2025", "on 31 March 2025", "2025"),
        (
            "RY2025",
            "during",
            "year ending 31 March 2025",
            "in the year ending 31 March 2025",
            "2025",
        ),
        (
            "AY2024-25",
            "during",
            "academic year 2024-25",
            "in the academic year 2024-25",
            "2024-25",
        ),
        (
            "FY2024-25",
            "during",
            "financial year 2024-25",
            "in the financial year 2024-25",
            "2024-25",
        ),
        ("SEP2025", "snapshot", "30 September 2025", "on 30 September 2025", "2025"),
        (
            "RY2025Q3",
            "during",
            "quarter 3 of the year ending 31 March 2025",
            "in the quarter 3 of the year ending 31 March 2025",
            "2025Q3",
        ),
        ("someday", "during", "someday", "in someday", "someday"),
    ],
)
def test_periods_are_said_in_words(
    period: str, measured: str, label: str, when: str, short: str
) -> None:
    assert periods.label(period, measured) == label
    assert periods.when(period, measured) == when
    assert periods.short(period) == short


def test_days_are_written_out() -> None:
    assert periods.day("2025-11-20T09:30:00Z") == "20 November 2025"
    assert periods.day("") == ""
    assert periods.day("spring 2025") == "spring 2025"


def test_every_status_but_a_figure_has_its_word() -> None:
    assert statuses.status_word(Status.OK) == ""
    assert all(statuses.status_word(status) for status in Status if status != Status.OK)
    assert set(statuses.STATUS_MEANING) == set(Status)


def test_every_flag_has_its_words() -> None:
    assert set(FLAG_WORDS) == set(Flag)
    assert statuses.flag_words(["few_members", "revised"]) == "few members with data, revised"


def test_comparators_with_one_outcome_are_named_together() -> None:
    neighbours = compared("similar", 56, statistic_shown="median", median=56, pooled=55)
    sentence = compared_sentence(
        "Kent",
        53,
        "RY2025",
        RATE,
        [
            ("England", compared("lower", 67)),
            ("South East", compared("similar", 55)),
            ("its statistical neighbours", neighbours),
        ],
    )
    assert sentence == (
        "Kent, 53 per 10,000 on 31 March 2025, is lower than England (67), and similar to "
        "South East (55) and its statistical neighbours (median 56)."
    )


def test_the_outcome_adjusted_for_many_is_the_one_that_is_said() -> None:
    row = compared("worse", 10.0, outcome_adjusted_for_many="similar")
    assert "similar to England" in compared_sentence(
        "Kent", 12.5, "RY2025", SHARE, [("England", row)]
    )


def test_the_reason_is_given_where_nothing_can_be_compared() -> None:
    row = compared("cannot_compare", 14.9, reason="No valid interval: the spread is not published")
    assert compared_sentence("Kent", 15.7, "RY2025", SHARE, [("England", row)]) == (
        "Kent, 15.7% in the year ending 31 March 2025. It cannot be compared with England "
        "(14.9%). No valid interval: the spread is not published."
    )


def test_a_median_on_the_other_side_of_what_is_tested_is_explained() -> None:
    row = compared("higher", 56, statistic_shown="median", median=56, pooled=50)
    assert "its neighbours (median 56, all together 50)" in compared_sentence(
        "Kent", 53, "RY2025", RATE, [("its neighbours", row)]
    )


def test_a_missing_figure_has_its_reason_in_the_sentence() -> None:
    assert missing_sentence("Vale", "suppressed", "RY2025", SHARE) == (
        "Vale has no figure in the year ending 31 March 2025: hidden, because the number of "
        "children behind it is small."
    )


def test_without_an_authority_the_spread_is_said() -> None:
    assert spread_sentence("England", 67, "ok", "RY2025", RATE, [27, 184, 60], 4, 5) == (
        "England: 67 per 10,000 on 31 March 2025. 4 of 5 authorities have a figure; of those large "
        "enough to rank, from 27 to 184."
    )
    assert spread_sentence("England", None, "not_available", "RY2025", RATE, [], 0, 5) == (
        "England has no figure on 31 March 2025: not available from the publisher. No "
        "authority has a figure."
    )


@pytest.mark.parametrize(
    ("value", "previous", "measure", "expected"),
    [
        (53, 55, RATE, "2 per 10,000 lower than on 31 March 2024 (55)."),
        (
            12.5,
            11.5,
            SHARE,
            "1.0 percentage points higher than in the year ending 31 March 2024 (11.5%).",
        ),
        (1067, 1000, MONEY, "£67 higher than in the year ending 31 March 2024 (£1,000)."),
        (53, 53.2, RATE, "The same as on 31 March 2024 (53)."),
        (None, 53, RATE, "No change can be given: there is no figure for the latest period."),
        (53, None, RATE, "No change can be given: there is no figure on 31 March 2024."),
    ],
)
def test_a_change_is_said_plainly(
    value: float | None, previous: float | None, measure: Measure, expected: str
) -> None:
    assert change_sentence(value, previous, "RY2024", measure) == expected


def test_no_change_is_said_across_a_break() -> None:
    sentence = change_sentence(53, 55, "RY2024", RATE, "counted anew.")
    assert sentence == "Not comparable with the figure on 31 March 2024: counted anew."
    assert change_sentence(53, None, None, RATE) == "No earlier period is held."


@pytest.mark.parametrize(
    "name",
    ["South East", "North", "West Midlands", "East of Landia", "City of Oldport", "Isle of Reeds"],
)
def test_some_names_take_an_article(name: str) -> None:
    assert with_article(name) == f"the {name}"
    assert opening(name) == f"The {name}"


@pytest.mark.parametrize("name", ["Kent", "North Fells", "Port, City of", "West Highland"])
def test_most_names_take_none(name: str) -> None:
    assert with_article(name) == opening(name) == name


def test_a_reason_after_a_colon_is_a_sentence_of_its_own_where_it_begins_like_one() -> None:
    assert reason_sentence("No valid interval: Full-time posts.") == (
        "No valid interval. Full-time posts."
    )
    assert reason_sentence("It has no value: suppressed") == "It has no value: suppressed."


def test_every_missing_figure_has_a_reason_that_needs_no_looking_up() -> None:
    assert set(statuses.STATUS_REASONS) == set(STATUS_WORDS) - {Status.OK}
    assert statuses.status_reason(Status.OK) == ""


def test_one_conclusion_under_all_comparators_is_said_as_such() -> None:
    alike = {"worse": ["A", "B", "C"], "cannot_compare": ["D"]}
    assert agreement_words(alike) == "Worse under all 3 comparators."
    assert agreement_words({"worse": ["A"], "cannot_compare": ["B", "C"]}) == ""
    assert agreement_words({}) == ""


def test_a_value_between_median_and_all_together_is_known() -> None:
    row: Any = {"value": 26.8, "median": 19.3, "pooled": 31.7}
    assert is_between(row)
    assert not is_between(row | {"pooled": 21.0})
    assert not is_between(row | {"pooled": None})
    assert is_between(row | {"value": 19.3})
    assert not is_between(row | {"value": 19.3, "pooled": 19.3})
