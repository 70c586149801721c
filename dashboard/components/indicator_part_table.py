"""The table of one breakdown: a line for each part, the country and the chosen area beside it."""

from collections.abc import Iterable

from api.contract import InequalityRow
from dashboard.components.indicator_gaps import gap_cell, gap_column
from dashboard.components.indicator_part_lines import part_figure
from dashboard.components.table import Column, Row, table
from dashboard.components.text import hidden
from dashboard.page import Node, node
from dashboard.views.indicator_parts import Breakdown, Side
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
from dashboard.words.numbers import NO_VALUE, number, span, unit_heading
from dashboard.words.parts import column_words, part_title

LEAST_DECIMALS = 1
"""Of the limits of intervals: parts are small, and `0 to 0` would say nothing."""

_FEW = 2
"""Columns up to which a table is kept narrow, so that a figure stands near its part."""


def table_id(breakdown: Breakdown) -> str:
    """Return the id of the table of a breakdown."""
    return f"table-{breakdown.column.replace('_', '-')}"


def part_table(view: IndicatorView, breakdown: Breakdown) -> Node:
    """Return the parts with the figures of each area, the whole first."""
    by = column_words(breakdown.column)
    time = periods.label(breakdown.period, view.measure.measured)
    columns = [Column(f"Part ({unit_heading(view.measure.unit)})")]
    for side in breakdown.shown:
        columns += _columns(breakdown, side)
    whole: Row = [
        breakdown.whole_title,
        *_cells(breakdown, [side.whole for side in breakdown.shown], view),
    ]
    rows: list[Row] = [
        [
            part_title(code, title),
            *_cells(breakdown, [side.rows.get(code) for side in breakdown.shown], view),
        ]
        for code, title in breakdown.titles.items()
    ]
    caption = f"{view.indicator['short_title']} {by}, {time}"
    look = "parts-table" if len(columns) > _FEW else "parts-table narrow"
    return table(caption, columns, [whole], rows, look=look, is_headed=True, id=table_id(breakdown))


def _columns(breakdown: Breakdown, side: Side) -> list[Column]:
    of = hidden(f" of {side.area['name']}")
    name: Node = side.area["name"]
    if breakdown.has_gaps:
        under = node("Span", "and 95% interval", className="under")
        columns = [Column([name, " ", under], is_number=True), gap_column(of)]
    else:
        columns = [Column(name, is_number=True)]
        if breakdown.has_intervals:
            columns.append(Column(["95% interval", of], is_number=True))
    if breakdown.has_counts:
        columns.append(Column(["Counted", of], is_number=True))
    return columns


def _cells(
    breakdown: Breakdown, rows: Iterable[InequalityRow | None], view: IndicatorView
) -> list[Node]:
    """Return the cells of a line; beside a gap, the interval of a figure stands under it."""
    cells: list[Node] = []
    for row in rows:
        figure, interval = part_figure(row, view), _interval(row, view)
        if breakdown.has_gaps:
            has_one = row is not None and row["ci_lower"] is not None
            under = node("Span", interval, className="under") if has_one else None
            cells += [[figure, " ", under], gap_cell(row, view.measure)]
        else:
            cells += [figure, interval] if breakdown.has_intervals else [figure]
        if breakdown.has_counts:
            cells.append(_counted(row, of_own=not breakdown.shares_denominator))
    return cells


def _interval(row: InequalityRow | None, view: IndicatorView) -> str:
    limits = (row["ci_lower"], row["ci_upper"]) if row else (None, None)
    measure = view.measure
    return span(*limits, measure.unit, max(measure.decimals, LEAST_DECIMALS))


def _counted(row: InequalityRow | None, *, of_own: bool) -> str:
    if row is None or row["numerator"] is None:
        return NO_VALUE
    top = number(row["numerator"])
    is_share = of_own and row["denominator"] is not None
    return f"{top} of {number(row['denominator'])}" if is_share else top
