"""Rules about codes, values and statuses: C01 and C03 to C12."""

from datetime import date
from pathlib import Path

import pytest

from etl.practice.packages import table_bytes
from etl.submissions.calendar import Calendar, Window
from etl.submissions.check import CheckedReturn, Setting, check_package
from etl.submissions.manifest import build_manifest
from etl.submissions.wire import WireRow
from tests.etl.submissions.returns import (
    TODAY,
    changed,
    checked_rows,
    is_measure,
    places,
    rows_of,
    rules_of,
    the_finding,
    written,
)


def everywhere(_: WireRow) -> bool:
    return True


def test_an_unknown_authority_is_refused(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, authority="X06999999")
    assert the_finding(checked_rows(tmp_path, rows), "C01").place.column == "la_code"


def test_a_name_instead_of_the_code_is_told_the_code(tmp_path: Path) -> None:
    name = places().area("X06000001").name
    rows = changed(rows_of(), everywhere, authority=name)
    assert "X06000001" in the_finding(checked_rows(tmp_path, rows), "C01").advice


def test_a_region_cannot_send_a_return(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, authority="X12000001")
    assert "region" in the_finding(checked_rows(tmp_path, rows), "C01").found


def test_an_abolished_authority_is_told_its_successors(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, authority="X10000022")
    advice = the_finding(checked_rows(tmp_path, rows), "C01").advice
    assert "X06000062" in advice
    assert "X06000063" in advice


def test_an_authority_before_its_time_is_told_its_predecessor(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, authority="X06000062", period_end="2020-03-31")
    assert "X10000022" in the_finding(checked_rows(tmp_path, rows), "C01").advice


def test_an_earlier_code_of_the_same_authority_is_accepted(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, authority="X10000023")
    assert "C01" not in rules_of(checked_rows(tmp_path, rows))


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        ("FYE", "2025-03-30"),
        ("FYE", "31/03/2025"),
        ("FYE", "2031-03-31"),
        ("FYE", "1999-03-31"),
        ("QTR", "2025-01-31"),
        ("QTR", "2024-12-31"),
        ("CAL", "2024-12-31"),
        ("FYE", "2025-02-30"),
    ],
)
def test_an_impossible_period_is_refused(tmp_path: Path, kind: str, end: str) -> None:
    rows = changed(rows_of(), everywhere, period_kind=kind, period_end=end)
    assert "C03" in rules_of(checked_rows(tmp_path, rows))


def test_a_closed_collection_says_when_it_closed(tmp_path: Path) -> None:
    window = Window(
        collection="CLA",
        period="RY2025",
        opens_on=date(2025, 4, 1),
        due_on=date(2025, 6, 30),
        closes_on=date(2025, 8, 1),
    )
    result = in_calendar(tmp_path, rows_of(), window)
    assert "closed on 2025-08-01" in the_finding(result, "C03").found


def test_a_collection_that_is_not_open_yet_says_when_it_opens(tmp_path: Path) -> None:
    window = open_window().model_copy(update={"opens_on": date(2025, 10, 1)})
    found = the_finding(in_calendar(tmp_path, rows_of(), window), "C03")
    assert "2025-10-01" in found.expected


def test_an_open_collection_takes_a_return(tmp_path: Path) -> None:
    assert in_calendar(tmp_path, rows_of(), open_window()).findings == ()


def open_window() -> Window:
    return Window(
        collection="CLA",
        period="RY2025",
        opens_on=date(2025, 4, 1),
        due_on=date(2025, 6, 30),
        closes_on=date(2025, 12, 1),
    )


def in_calendar(folder: Path, rows: list[WireRow], window: Window) -> CheckedReturn:
    calendar = Calendar(windows=(window,), first_period_end=date(2013, 3, 31))
    table = table_bytes(rows)
    package = written(folder, table, build_manifest("data.csv", table, rows, "2025.1"))
    return check_package(package, Setting(places(), TODAY, calendar=calendar))


def test_an_unknown_collection_is_suggested_a_known_one(tmp_path: Path) -> None:
    rows = changed(rows_of(), everywhere, collection="CLAA")
    assert "did you mean 'CLA'" in the_finding(checked_rows(tmp_path, rows), "C04").advice


def test_an_unknown_measure_is_suggested_a_known_one(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN", "ALL"), measure="CLA_OPNE")
    assert "did you mean 'CLA_OPEN'" in the_finding(checked_rows(tmp_path, rows), "C04").advice


@pytest.mark.parametrize("breakdown", [("sex", "M"), ("placement", "TENT"), ("ethnic", "ALL")])
def test_a_breakdown_that_a_measure_cannot_have_is_refused(
    tmp_path: Path, breakdown: tuple[str, str]
) -> None:
    rows = changed(
        rows_of(),
        is_measure("CLA_PL", "FOSTER"),
        breakdown_type=breakdown[0],
        breakdown=breakdown[1],
    )
    assert "C05" in rules_of(checked_rows(tmp_path, rows))


def test_an_optional_breakdown_that_adds_up_is_taken(tmp_path: Path) -> None:
    rows = [row for row in rows_of() if (row.measure, row.breakdown_type) != ("CLA_OPEN", "sex")]
    total = next(row for row in rows if is_measure("CLA_OPEN", "ALL")(row))
    parts = [
        WireRow(0, *total.scope, "CLA_OPEN", "sex", code, value, "A", "")
        for code, value in (("F", "0"), ("M", total.value), ("U", "0"))
    ]
    assert checked_rows(tmp_path, [*rows, *parts]).findings == ()


@pytest.mark.parametrize("value", ["12.5", "45%", "1,234", "many", "1e3", "٣", "12345678901"])
def test_a_value_that_is_no_whole_number_is_refused(tmp_path: Path, value: str) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN", "ALL"), value=value)
    found = the_finding(checked_rows(tmp_path, rows), "C06")
    assert found.place.column == "value"


def test_zero_is_a_value(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_START_UASC"), value="0")
    assert "C06" not in rules_of(checked_rows(tmp_path, rows))


@pytest.mark.parametrize(
    ("value", "status"), [("5", "x"), ("", "A"), ("", "u"), ("", "E"), ("7", "Q"), ("7", "")]
)
def test_value_and_status_must_agree(tmp_path: Path, value: str, status: str) -> None:
    where = is_measure("CLA_DIST_NK")
    rows = changed(rows_of(), where, value=value, status=status, note="a reason")
    assert "C07" in rules_of(checked_rows(tmp_path, rows))


@pytest.mark.parametrize("symbol", ["c", "low", ":", "-", "~", "..", "NULL", "N/A", "-100"])
def test_a_hidden_count_is_refused(tmp_path: Path, symbol: str) -> None:
    rows = changed(rows_of(), is_measure("CLA_DIST_NK"), value=symbol)
    assert "C08" in rules_of(checked_rows(tmp_path, rows))


def test_a_symbol_as_status_is_refused(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_DIST_NK"), value="", status="c")
    assert "C08" in rules_of(checked_rows(tmp_path, rows))


@pytest.mark.parametrize(("value", "status"), [("7", "E"), ("", "x"), ("7", "u")])
def test_an_estimated_missing_or_unreliable_count_needs_a_note(
    tmp_path: Path, value: str, status: str
) -> None:
    where = is_measure("CLA_GT20_OUT")
    bare = changed(rows_of(), where, value=value, status=status)
    assert "C09" in rules_of(checked_rows(tmp_path, bare))
    noted = changed(bare, where, note="The extract failed")
    assert "C09" not in rules_of(checked_rows(tmp_path, noted))


def test_not_applicable_is_refused_where_a_count_always_applies(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_DIST_NK"), value="", status="z")
    assert "C10" in rules_of(checked_rows(tmp_path, rows))


def test_not_applicable_is_taken_where_a_count_may_not_apply(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN_PRIOR"), value="", status="z")
    assert checked_rows(tmp_path, rows).findings == ()


def test_provisional_values_after_the_return_was_due_are_queried(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN", "ALL"), status="P")
    result = in_calendar(tmp_path, rows, open_window())
    assert rules_of(result) == {"C11"}
    assert result.sent is not None


def test_provisional_values_before_the_return_is_due_are_not_queried(tmp_path: Path) -> None:
    rows = changed(rows_of(), is_measure("CLA_OPEN", "ALL"), status="P")
    assert checked_rows(tmp_path, rows).findings == ()


def test_more_children_than_live_there_is_a_warning(tmp_path: Path) -> None:
    population = places().population_of("X06000001", 2024) or 0
    rows = changed(rows_of(), is_measure("CLA_ANY"), value=str(population + 1))
    assert "C12" in rules_of(checked_rows(tmp_path, rows))
    rows = changed(rows_of(), is_measure("CLA_ANY"), value=str(population))
    assert "C12" not in rules_of(checked_rows(tmp_path, rows))
