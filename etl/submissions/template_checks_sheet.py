"""The sheet of a template workbook that says what does not add up yet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from xlsxwriter.worksheet import Worksheet

from etl.submissions.code_lists import Scope
from etl.submissions.rules import load_rules
from etl.submissions.workbook_checks import (
    EMPTY,
    NOT_FILLED,
    OK,
    Columns,
    amount,
    as_text_count,
    checks_of,
    named,
    note_count,
    result,
    status_count,
    still_empty,
)
from indicators.measure_sections import section_of
from indicators.measures import Key

if TYPE_CHECKING:
    from etl.submissions.template_workbook import Looks

HEADER: Final = (
    "rule", "what must hold", "first", "comes to", "must be", "second", "comes to", "result",
)  # fmt: skip
_WIDTHS: Final = (7, 60, 34, 11, 10, 44, 11, 22)
_FIRST, _SECOND, _RESULT = 3, 6, 7

Line = tuple[tuple[str, ...], str, str, str, str]
"""Words of the row, formula of either side, formula of the result, and what that is at first."""


def write_checks(sheet: Worksheet, scope: Scope, at: Columns, looks: "Looks") -> None:
    """Write one row for each thing that must hold, with formulas over the sheet of counts."""
    sheet.write_row(0, 0, HEADER, looks.top)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = 0
    for row, line in enumerate((*_counts(scope, at), *_sums(scope, at)), 1):
        (rule, says, first, relation, second), left, right, words, at_first = line
        texts = {0: rule, 1: says, 2: first, 4: relation, 5: second}
        for column, text in texts.items():
            sheet.write_string(row, column, text, looks.words)
        start = int(at_first.split()[0]) if at_first.endswith(EMPTY) else 0
        sheet.write_formula(row, _FIRST, f"={left}", looks.words, start)
        sheet.write_formula(row, _SECOND, f"={right}", looks.words, 0)
        cell = words.replace("{left}", f"D{row + 1}").replace("{right}", f"G{row + 1}")
        sheet.write_formula(row, _RESULT, cell, looks.words, at_first)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _colour(sheet, row, looks)


def _colour(sheet: Worksheet, rows: int, looks: "Looks") -> None:
    for begins, look in ((OK, looks.good), ("differs", looks.broken), ("too large", looks.broken)):
        facts = {"type": "text", "criteria": "begins with", "value": begins, "format": look}
        sheet.conditional_format(1, _RESULT, rows, _RESULT, facts)
    for word in ("rows", EMPTY):
        facts = {"type": "text", "criteria": "containing", "value": word, "format": looks.empty}
        sheet.conditional_format(1, _RESULT, rows, _RESULT, facts)


def _counts(scope: Scope, at: Columns) -> Iterator[Line]:
    """Yield what is counted over the whole table: what is empty, and what cannot be read."""
    for section, keys in _required(scope).items():
        title = scope.collection.sections[section].title if section else scope.collection.title
        says = f"{title}: every required count has a value, or status z or x"
        words = f'=IF({{left}}=0,"{OK}",{{left}}&" {EMPTY}")'
        yield _none("S15", says, EMPTY, still_empty(keys, at), words, f"{len(keys)} {EMPTY}")
    everything = tuple(at.rows)
    words = f'=IF({{left}}=0,"{OK}","look at "&{{left}}&" rows")'
    for rule, says, first, formula in (
        ("C06", "Values are numbers, not text", "values typed as text", as_text_count),
        ("C07", "Each value has a status; z and x have no value", "rows", status_count),
        ("C09", "Status E, x and u have a note", "rows without a note", note_count),
    ):
        yield _none(rule, says, first, formula(everything, at), words, OK)


def _none(rule: str, says: str, first: str, left: str, words: str, at_first: str) -> Line:
    return (rule, says, first, "equals", "none"), left, "0", words, at_first


def _required(scope: Scope) -> dict[str, list[Key]]:
    grouped: dict[str, list[Key]] = {}
    for key in scope.collection.keys(scope.period, required_only=True):
        grouped.setdefault(section_of(scope.collection.sections, key[0]), []).append(key)
    return grouped


def _sums(scope: Scope, at: Columns) -> Iterator[Line]:
    for check in checks_of(scope.collection, scope.period):
        says = load_rules()[check.rule].says
        sides = (named(check.left), check.relation, named(check.right))
        yield (
            (check.rule, f"{says[:1].upper()}{says[1:]}", *sides),
            amount(check.left, at),
            amount(check.right, at),
            result(check, at, "{left}", "{right}"),
            NOT_FILLED,
        )
