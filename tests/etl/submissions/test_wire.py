"""The wire format: ten columns, periods, digest."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.submissions.wire import (
    COLUMNS,
    canonical_digest,
    read_period,
    template_id,
    whole_number,
    write_period,
)
from reference.periods import PeriodError, parse_period
from tests.etl.submissions.returns import rows_of


def test_the_ten_columns_stand_in_the_order_of_the_standard() -> None:
    assert list(COLUMNS) == [
        "la_code",
        "collection",
        "period_type",
        "period_end",
        "measure",
        "breakdown_type",
        "breakdown",
        "value",
        "status",
        "note",
    ]


@pytest.mark.parametrize(
    ("period", "kind", "end"),
    [
        ("RY2025", "FYE", "2025-03-31"),
        ("RY2025Q1", "QTR", "2024-06-30"),
        ("RY2025Q3", "QTR", "2024-12-31"),
        ("RY2025Q4", "QTR", "2025-03-31"),
    ],
)
def test_a_period_is_sent_by_kind_and_last_day(period: str, kind: str, end: str) -> None:
    assert write_period(parse_period(period)) == (kind, end)
    assert read_period(kind, end).id == period


def test_a_period_of_another_kind_cannot_be_sent() -> None:
    with pytest.raises(PeriodError):
        write_period(parse_period("AY2024-25"))


@given(st.permutations(rows_of("CL")))
def test_the_digest_does_not_depend_on_order_or_notes(rows: list) -> None:  # type: ignore[type-arg]
    noted = [replace(row, note="a note", value=f"00{row.value}") for row in rows]
    assert canonical_digest(noted) == canonical_digest(rows_of("CL"))


def test_the_digest_changes_with_any_value() -> None:
    rows = rows_of("CL")
    other = [replace(rows[0], value=str((rows[0].number or 0) + 1)), *rows[1:]]
    assert canonical_digest(other) != canonical_digest(rows)


def test_a_template_of_another_version_has_another_id() -> None:
    assert template_id("1", "a", "b", "c") != template_id("2", "a", "b", "c")


@given(st.text(max_size=12))
def test_only_plain_digits_are_whole_numbers(text: str) -> None:
    number = whole_number(text)
    assert number is None or (number >= 0 and set(text) <= set("0123456789"))
