"""Period ids are read into what they mean, and nothing else is."""

from datetime import date

import pytest

from reference.periods import PeriodError, PeriodKind, parse_period


@pytest.mark.parametrize(
    ("period_id", "kind", "start", "end", "label"),
    [
        ("RY2025", "RY", date(2024, 4, 1), date(2025, 3, 31), "year ending 31 March 2025"),
        ("AY2024-25", "AY", date(2024, 9, 1), date(2025, 8, 31), "academic year 2024-25"),
        ("FY1999-00", "FY", date(1999, 4, 1), date(2000, 3, 31), "financial year 1999-00"),
        ("CY2024", "CY", date(2024, 1, 1), date(2024, 12, 31), "calendar year 2024"),
        ("SEP2025", "SEP", date(2024, 10, 1), date(2025, 9, 30), "year ending 30 September 2025"),
        ("RY2025Q1", "RYQ", date(2024, 4, 1), date(2024, 6, 30),
         "quarter 1 of the year ending 31 March 2025"),
        ("RY2025Q3", "RYQ", date(2024, 10, 1), date(2024, 12, 31),
         "quarter 3 of the year ending 31 March 2025"),
        ("RY2025Q4", "RYQ", date(2025, 1, 1), date(2025, 3, 31),
         "quarter 4 of the year ending 31 March 2025"),
    ],
)  # fmt: skip
def test_an_id_names_its_first_and_last_day(
    period_id: str, kind: str, start: date, end: date, label: str
) -> None:
    period = parse_period(period_id)
    assert (period.id, period.kind, period.start, period.end) == (period_id, kind, start, end)
    assert period.label == label
    assert PeriodKind(kind) is period.kind


def test_a_snapshot_is_taken_on_the_last_day_alone() -> None:
    period = parse_period("RY2025")
    assert period.bounds("snapshot") == (date(2025, 3, 31), date(2025, 3, 31))
    assert period.bounds("during") == (date(2024, 4, 1), date(2025, 3, 31))
    assert period.label_for("snapshot") == "31 March 2025"
    assert period.label_for("during") == "year ending 31 March 2025"


@pytest.mark.parametrize(
    "text",
    ["", "2025", "ry2025", "RY25", "RY2025Q5", "RY2025Q0", "AY202425", "SEP 2025", "RY2025 ", "CY"],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(PeriodError, match="is not a period; use one like RY2025"):
        parse_period(text)


@pytest.mark.parametrize("text", ["AY2024-26", "FY2024-24"])
def test_two_years_that_do_not_follow_on_are_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="does not follow 2024"):
        parse_period(text)


def test_periods_are_in_order_of_their_end() -> None:
    ids = ["SEP2024", "RY2024", "RY2025", "AY2023-24"]
    assert sorted(ids, key=parse_period) == ["RY2024", "AY2023-24", "SEP2024", "RY2025"]
