"""The view of an indicator over time: the change, the chart and its table, what cuts lines."""

from api.contract import ObservationRow, Status
from dashboard.components.area_history import history_links
from dashboard.components.chart_card import chart_card
from dashboard.components.figures import same_numbers
from dashboard.components.indicator_change import chance_words, change_sources, change_words
from dashboard.components.indicator_dates import breaks_in_words, inspections_in_words
from dashboard.components.indicator_tables import view_source_link
from dashboard.components.indicator_trend import (
    FROM_DATA,
    PERIODS_TABLE,
    has_own_line,
    shown_periods,
    trend_areas,
    trend_chart,
)
from dashboard.components.table import Column, table
from dashboard.components.text import hidden, section
from dashboard.interactive import SERIES_BUTTON, SERIES_PLACE
from dashboard.page import Node, link, node
from dashboard.state import indicator_address
from dashboard.views.indicator_view import IndicatorView
from dashboard.words import periods
from dashboard.words.counts import figure_words
from dashboard.words.numbers import NO_VALUE, unit_heading
from dashboard.words.statuses import flag_words, status_word


def trend_view(view: IndicatorView) -> Node:
    """Return the view; an indicator of one period says that nothing earlier is held."""
    shown = shown_periods(view)
    chart = trend_chart(view)
    return section(
        "change",
        "Change over time",
        _change(view),
        _axis(view) if chart else None,
        chart_card(chart) if chart else None,
        breaks_in_words(view),
        inspections_in_words(view, shown) if has_own_line(view) else None,
        history_links(view),
        _table(view, shown) if chart else None,
        change_sources(view) if view.previous else None,
        same_numbers(view.standing.trends_address, "the trends"),
        _interactive(view) if chart else None,
    )


def _change(view: IndicatorView) -> Node:
    subject = view.shown_area
    words = f"{subject['name']}: {change_words(view, subject)} {chance_words(view, subject)}"
    return [
        node("P", words),
        node("P", _TWO_VALUES, className="note") if view.previous and not view.break_note else None,
    ]


_TWO_VALUES = "Two values do not make a trend, and small numbers vary from year to year."


def _axis(view: IndicatorView) -> Node:
    """Return the choice of where the upright axis begins."""
    ways = (("", "from zero"), (FROM_DATA, "from the lowest figure"))
    links = [
        node(
            "Li",
            link(
                words,
                indicator_address(view.indicator["id"], view.state, axis=axis, subject=""),
                aria_current="true" if view.state.axis == axis else None,
            ),
        )
        for axis, words in ways
    ]
    return node(
        "Nav",
        node("Span", "Axis:", id="axis-label"),
        node("Ul", *links),
        className="switch",
        aria_labelledby="axis-label",
    )


def _table(view: IndicatorView, shown: list[str]) -> Node:
    """Return the table twin: a line for each period, a column for each area."""
    areas = trend_areas(view)
    unit = unit_heading(view.measure.unit)
    medians = view.over.median_of if view.is_there and has_own_line(view) else {}
    columns = [Column("Period", is_short=True)]
    columns += [Column(area["name"], is_number=True) for area in areas]
    columns += [Column("Median of neighbours", is_number=True)] if medians else []
    rows = []
    for period in reversed(shown):
        cells: list[Node] = [_cell(view, view.over.row_of(area["code"], period)) for area in areas]
        cells += [view.measure.quantity(medians.get(period))] if medians else []
        rows.append([periods.short(period), *cells])
    caption = f"{view.indicator['short_title']} ({unit}) in all periods held"
    return table(caption, columns, rows, id=PERIODS_TABLE, look="wrapped-heads")


def _cell(view: IndicatorView, row: ObservationRow | None) -> Node:
    if row is None:
        return NO_VALUE
    if row["status"] != Status.OK:
        return status_word(row["status"])
    is_authority = view.kind_of(row) == "authority"
    figure = figure_words(row, view.measure, is_authority=is_authority)
    where = hidden(f", source of {row['area_name']} {periods.short(row['period'])}")
    flags = flag_words(row["flags"])
    notes = node("Span", flags, className="note") if flags else None
    return [view_source_link(view, row, [figure, where]) or figure, notes]


def _interactive(view: IndicatorView) -> Node:
    return [
        node(
            "Button",
            "Interactive chart of all periods",
            id=SERIES_BUTTON,
            type="button",
            className="btn btn-outline-primary needs-script",
            data_live="true",
        ),
        node("Div", id=SERIES_PLACE, className="series", data_live="true"),
    ]
