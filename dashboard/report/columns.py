"""The columns of the profile in a workbook: for each line a number with its format, or a text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dashboard.components.authority_rows import trend_line
from dashboard.components.text import kind_short, stage_words
from dashboard.report.line import Beside, Line, Number
from dashboard.report.report import Report
from dashboard.words.counts import counts_authorities
from dashboard.words.numbers import unit_heading

NO_FIGURE: Final = "no figure"
"""What stands in the place of a comparator's number where there is none."""


@dataclass(frozen=True)
class Cell:
    """What stands in one cell: a number, else words."""

    words: str = ""
    number: Number = None
    format: str = ""
    is_strong: bool = False
    is_marked: bool = False
    """Whether it is told of something that differs: in bold, and shaded besides."""


@dataclass(frozen=True)
class Column:
    """One column: its head, how wide it is, what stands in it; the printed ones come first."""

    title: str
    width: float
    cell: Callable[[Line], Cell]
    is_printed: bool = True


def columns_of(report: Report) -> list[Column]:
    """Return the columns for the comparators that a report has."""
    first = report.profile.lines[0]
    columns = [
        Column("Stage", 16, lambda line: Cell(stage_words(line.stage))),
        Column("Kind", 11.5, lambda line: Cell(kind_short(line.kind))),
        Column("Indicator", 30, lambda line: Cell(line.short_title, is_strong=True)),
        Column("Period", 20.5, lambda line: Cell(line.period_words)),
        Column(report.name, 9.5, _own),
        Column("Unit", 10, _unit),
    ]
    if first.country:
        columns += _pair(first.country.name, lambda line: line.country)
    if first.region:
        columns += _pair(first.region.name, lambda line: line.region)
    models = next((line.neighbours for line in report.profile.lines if line.neighbours), ())
    near = [column for place, held in enumerate(models) for column in _near(held.model, place)]
    return [
        *columns,
        *(column for column in near if column.is_printed),
        Column("Trend", 22, _trend),
        *(column for column in near if not column.is_printed),
        *_details(),
    ]


def _details() -> list[Column]:
    """Return the columns that are there to work with, and not on paper."""
    return [
        Column("Why there is no figure", 40, _reason, is_printed=False),
        Column("Why it cannot be compared", 60, _cannot, is_printed=False),
        Column("95% from", 10, lambda line: _number(line, line.lower, 2), is_printed=False),
        Column("95% to", 10, lambda line: _number(line, line.upper, 2), is_printed=False),
        Column("Period before", 10, _past, is_printed=False),
        Column("Against the period before", 14, _past_outcome, is_printed=False),
        Column("On which comparators it rests", 44, lambda line: Cell(line.agreement), False),
        Column("To be known", 22, lambda line: Cell(line.flags), is_printed=False),
        Column("In the core set", 9, lambda line: Cell("Yes" if line.is_core else "No"), False),
        Column("Indicator id", 32, lambda line: Cell(line.indicator), is_printed=False),
        Column("Source id", 34, lambda line: Cell(line.source), is_printed=False),
    ]


def format_of(unit: str, decimals: int) -> str:
    """Return the format of a number: with the sign that belongs to it, which is no part of it."""
    plain = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    if unit == "%":
        return f'{plain}"%"'
    return f'"£"{plain}' if unit == "£" else plain


def _number(line: Line, value: Number, more: int = 0, *, is_strong: bool = False) -> Cell:
    if value is None:
        return Cell()
    decimals = max(line.decimals, more)
    return Cell(number=value, format=format_of(line.unit, decimals), is_strong=is_strong)


def _own(line: Line) -> Cell:
    if not line.has_value or counts_authorities(line.unit):
        return Cell(line.words, is_strong=True)
    return _number(line, line.value, is_strong=True)


def _unit(line: Line) -> Cell:
    return Cell("yes or no" if counts_authorities(line.unit) else unit_heading(line.unit))


def _pair(name: str, of: Callable[[Line], Beside | None]) -> list[Column]:
    return [
        Column(name, 9, lambda line: _figure(line, of(line))),
        Column(f"Against {name}", 10, lambda line: _outcome(of(line))),
    ]


def _near(model: str, place: int) -> list[Column]:
    def of(line: Line) -> Beside | None:
        return line.neighbours[place] if place < len(line.neighbours) else None

    is_first = place == 0
    return [
        Column(f"Neighbours {model}, median", 10, lambda line: _figure(line, of(line))),
        Column(f"Neighbours {model}, mean", 10, lambda line: _mean(line, of(line)), is_first),
        Column(f"Neighbours {model} with data", 10, lambda line: _count(of(line)), is_first),
        Column(f"Against neighbours {model}", 10.5, lambda line: _outcome(of(line))),
    ]


def _figure(line: Line, held: Beside | None) -> Cell:
    if held is None:
        return Cell()
    if counts_authorities(line.unit):
        return Cell(held.words)
    return Cell(NO_FIGURE) if held.figure is None else _number(line, held.figure)


def _mean(line: Line, held: Beside | None) -> Cell:
    if held is None or counts_authorities(line.unit):
        return Cell()
    return Cell(NO_FIGURE) if held.mean is None else _number(line, held.mean)


def _count(held: Beside | None) -> Cell:
    return Cell(held.count_words if held else "")


def _outcome(held: Beside | None) -> Cell:
    if held is None:
        return Cell()
    return Cell(held.outcome, is_strong=held.is_different, is_marked=held.is_different)


def _trend(line: Line) -> Cell:
    return Cell(trend_line(line) if line.has_value else "")


def _reason(line: Line) -> Cell:
    return Cell(line.reason)


def _cannot(line: Line) -> Cell:
    """Return each reason why it cannot be compared with somebody, once."""
    reasons = dict.fromkeys(held.reason for held in line.beside if held.reason)
    return Cell("; ".join(reasons))


def _past(line: Line) -> Cell:
    return Cell() if line.past is None else _figure(line, line.past)


def _past_outcome(line: Line) -> Cell:
    return _outcome(line.past)
