"""The template workbook: what is locked, what it checks by itself, and that it loads when saved."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from etl.findings import Place
from etl.submissions.arithmetic import check_bounds, check_scores, check_sums, with_numbers
from etl.submissions.code_lists import Scope
from etl.submissions.template_workbook import template_xlsx
from etl.submissions.templates import Beside, template_keys
from etl.submissions.wire import COLUMNS, PASSED_OVER, STATUSES
from etl.submissions.workbook_checks import checks_of
from indicators.measures import Key, load_measures
from tests.etl.submissions.formulas import Evaluator
from tests.etl.submissions.returns import (
    AUTHORITY,
    PERIOD,
    checked_text,
    places,
    rows_of,
)

COLLECTIONS = ["CLA", "CL", "CIN"]


def scope_of(collection: str) -> Scope:
    held = load_measures().collection(collection)
    return Scope(places().area(AUTHORITY), held, PERIOD)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def template(collection: str = "CLA", beside: Beside | None = None) -> Workbook:
    return opened(template_xlsx(scope_of(collection), beside or Beside()))


def counts_of(collection: str) -> dict[Key, int]:
    return {row.key: int(row.value) for row in rows_of(collection)}


def filled(book: Workbook, counts: Mapping[Key, int | str]) -> Workbook:
    for row in book["data"].iter_rows(min_row=2):
        key = (str(row[4].value), str(row[5].value), str(row[6].value))
        if key in counts:
            row[7].value, row[8].value = counts[key], "A"
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def results(book: Workbook) -> Iterator[tuple[str, str]]:
    worked_out = Evaluator(book)
    sheet = book["checks"]
    for row in range(2, sheet.max_row + 1):
        yield str(sheet.cell(row, 1).value), str(worked_out.cell("checks", f"H{row}"))


def broken(book: Workbook) -> set[str]:
    return {rule for rule, words in results(book) if words.startswith(("differs", "too large"))}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_check_of_a_sound_return_is_ok(collection: str) -> None:
    book = filled(template(collection), counts_of(collection))
    told = dict.fromkeys(words for _, words in results(book))
    # Optional breakdowns that were not sent cannot be compared with their totals.
    assert set(told) <= {"OK", "not filled in"}
    open_rules = {rule for rule, words in results(book) if words == "not filled in"}
    assert open_rules <= {"A10"}


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_an_empty_template_says_what_is_empty_and_nothing_is_wrong(collection: str) -> None:
    book = template(collection)
    required = list(scope_of(collection).collection.keys(PERIOD, required_only=True))
    told = [words for _, words in results(book)]
    empty = [int(words.split()[0]) for words in told if words.endswith("still empty")]
    assert sum(empty) == len(required)
    assert broken(book) == set()


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_a_cell_shows_before_anything_is_worked_out_is_what_it_comes_to(
    collection: str,
) -> None:
    content = template_xlsx(scope_of(collection), Beside())
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["checks"]
    first = [str(kept.cell(row, 8).value) for row in range(2, kept.max_row + 1)]
    assert first == [words for _, words in results(opened(content))]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_workbook_finds_what_the_rules_find(collection: str) -> None:
    """Each count in turn is made far too large and then 0: the same sums and limits break."""
    held = load_measures().collection(collection)
    sound = counts_of(collection)
    book, rows = template(collection), rows_of(collection)
    for key in sound:
        for wrong in (999_999, 0):
            counts = {**sound, key: wrong}
            one = replace(next(row for row in rows if row.key == key), value=str(wrong))
            numbers = with_numbers([one if row.key == key else row for row in rows])
            place = Place("data")
            found = (
                *check_sums(place, numbers, held),
                *check_bounds(place, numbers, held),
                *check_scores(place, numbers, held),
            )
            by_rules = {one.rule for one in found}
            by_book = broken(filled(book, counts))
            # Where scores are impossible the rules say so once, the workbook of each limit.
            assert by_book - {"A14"} == by_rules - {"A14"}, (key, wrong)
            assert by_rules <= by_book, (key, wrong)


def marks(book: Workbook) -> list[tuple[str, str]]:
    """The cells and the formula of each mark of the sheet of counts."""
    return [
        (str(cells.sqref), rule.formula[0])
        for cells in book["data"].conditional_formatting
        for rule in cells.rules
    ]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_cells_of_a_sum_that_does_not_hold_are_marked_and_no_others(collection: str) -> None:
    sound = counts_of(collection)
    [check, *_] = [c for c in checks_of(scope_of(collection).collection, PERIOD) if c.needs_all]
    key = check.keys[0]
    for counts, expected in ((sound, False), ({**sound, key: sound[key] + 1}, True)):
        book = filled(template(collection), counts)
        worked_out = Evaluator(book)
        shown = [cells for cells, formula in marks(book) if worked_out.formula("data", formula)]
        row = template_keys(scope_of(collection)).index(key) + 2
        cells = {cell for cells in shown for cell in re.findall(r"H\d+", cells)}
        assert (f"H{row}" in cells) is expected
        assert bool(shown) is expected


def test_a_text_in_a_value_and_a_missing_status_or_note_are_counted() -> None:
    counts: dict[Key, int | str] = {**counts_of("CL"), ("CL_EET", "clage", "17_18"): "12"}
    book = filled(template("CL"), counts)
    sheet = book["data"]
    sheet["I5"].value = None
    sheet["I6"].value = "z"
    sheet["H7"].value, sheet["I7"].value = None, "A"
    sheet["I8"].value = "E"
    sheet["H9"].value, sheet["I9"].value = None, "x"
    told = {rule: words for rule, words in results(book) if rule in ("C06", "C07", "C09")}
    assert told == {
        "C06": "look at 1 rows",
        "C07": "look at 3 rows",
        "C09": "look at 2 rows",
    }


def test_a_required_count_with_a_reason_is_no_longer_empty() -> None:
    book = template("CL")
    book["data"]["I2"].value = "x"
    words = [words for rule, words in results(book) if rule == "S15"]
    assert words[0] == "1 still empty"


def test_sheets_stand_in_order_with_fixed_headers_and_no_merged_cells() -> None:
    book = template()
    assert book.sheetnames == ["read me", "data", "checks", "template"]
    assert book["template"].sheet_state == "hidden"
    assert book.active is not None
    assert book.active.title == "data"
    data, checks = book["data"], book["checks"]
    assert [cell.value for cell in data[1]] == [*COLUMNS, *PASSED_OVER]
    assert (data.freeze_panes, checks.freeze_panes) == ("H2", "A2")
    assert (data.print_title_rows, checks.print_title_rows) == ("$1:$1", "$1:$1")
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []
    assert all(sheet.protection.sheet for sheet in book if sheet.title != "template")


def test_only_value_status_and_note_can_be_typed_into() -> None:
    sheet = template()["data"]
    unlocked = {
        cell.column_letter
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {"H", "I", "J"}


def test_the_statuses_can_be_chosen_and_each_value_says_what_it_counts() -> None:
    held = template("CL")["data"].data_validations.dataValidation
    [listed] = [rule for rule in held if rule.type == "list"]
    assert listed.formula1 == f'"{",".join(STATUSES)}"'
    whole = [rule for rule in held if rule.type == "whole"]
    assert len(whole) == len(template_keys(scope_of("CL")))
    assert whole[0].prompt == "Care leavers (17 to 18)"


def test_a_workbook_holds_neither_macros_nor_links() -> None:
    content = template_xlsx(scope_of("CLA"), Beside())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = " ".join(book.namelist()).lower()
        text = b"".join(book.read(name) for name in book.namelist()).decode("utf-8", "replace")
    assert "vba" not in names
    assert "externallink" not in names
    assert "http://schemas" in text
    assert 'TargetMode="External"' not in text


def test_the_same_template_is_the_same_bytes() -> None:
    assert template_xlsx(scope_of("CIN"), Beside()) == template_xlsx(scope_of("CIN"), Beside())


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_filled_and_saved_workbook_is_a_sound_return(tmp_path: Path, collection: str) -> None:
    prior: dict[Key, str] = dict.fromkeys(template_keys(scope_of(collection)), "c")
    book = filled(template(collection, Beside(prior, "2025-01-01")), counts_of(collection))
    result = checked_text(tmp_path, saved(book), "my return.xlsx")
    assert result.findings == ()
    assert result.sent is not None
    assert len(result.sent.rows) == len(counts_of(collection))


def test_a_formula_typed_over_a_count_is_still_refused(tmp_path: Path) -> None:
    book = filled(template(), counts_of("CLA"))
    book["data"]["H2"].value = "=1+1"
    result = checked_text(tmp_path, saved(book), "data.xlsx")
    assert [found.rule for found in result.findings if found.rule == "S08"] == ["S08"]


def read_me_text(beside: Beside) -> str:
    sheet = template("CLA", beside)["read me"]
    rows: list[list[Any]] = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    return "\n".join(" | ".join(map(str, row)) for row in rows)


def test_the_first_sheet_says_what_to_do_by_when_and_what_must_not_be_in_it() -> None:
    text = read_me_text(Beside({}, "2025-01-01", date(2025, 6, 30)))
    for words in ("30 June 2025", "release 2025-01-01", "true count", "date of birth", AUTHORITY):
        assert words in text
    assert "Due" not in read_me_text(Beside())
    assert all(f"{code} | {meaning}" in text for code, meaning in STATUSES.items())
