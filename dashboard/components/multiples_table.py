"""The table twin of small multiples: each period in a column, and why a figure is missing."""

from api.contract import ObservationRow, Status
from dashboard.components.figures import same_numbers
from dashboard.components.table import Column, Row, sort_choice, table
from dashboard.components.text import between, section, tag
from dashboard.page import Node, link, node
from dashboard.views.multiples_view import CHANGE, INDICATORS, PARTS, MultiplesView, Series
from dashboard.words import periods
from dashboard.words.multiples import way_words
from dashboard.words.numbers import NO_VALUE
from dashboard.words.outcomes import join_words
from dashboard.words.statuses import status_word
from dashboard.words.trends import trend_reason

_HEADS = {INDICATORS: "Indicator", PARTS: "Part"}


def table_section(view: MultiplesView) -> Node:
    """Return the table with the numbers' addresses."""
    shown = _periods(view)
    columns = [
        _sortable(view, "name", _HEADS.get(view.mode, "Area"), is_number=False),
        *([] if view.mode == PARTS else [_sortable(view, CHANGE, "Trend", is_number=False)]),
        *(Column(periods.short(period), is_number=True) for period in shown[:-1]),
        *([_sortable(view, "value", periods.short(shown[-1]))] if shown else []),
    ]
    rows = [_row(view, one, shown) for one in view.series]
    return section(
        "table",
        "Table of all panels",
        node("P", _units(view)),
        table("Each figure over time", columns, rows, look="over-time", is_headed=True),
        _breaks(view),
        _predecessors(view),
        node(
            "P",
            "Sorted by trend, the steepest rise or fall a year comes first, whether or not it is "
            "more than chance.",
            className="note",
        )
        if view.state.sort.endswith(CHANGE)
        else None,
        same_numbers(view.rows_address, "the figures"),
        same_numbers(view.trends_address, "the trends") if view.trends_address else None,
    )


def _units(view: MultiplesView) -> str:
    if view.indicator is None:
        return "Each indicator in its own unit. Periods that end in the same year share a column."
    return _unit(view)


def _unit(view: MultiplesView) -> str:
    unit = view.series[0].measure.unit if view.series else ""
    said = {"%": "Per cent", "£": "Pounds", "score": "Points of a score"}.get(unit, unit)
    return f"{said[:1].upper()}{said[1:]}."


def _sortable(view: MultiplesView, sort: str, title: str, *, is_number: bool = True) -> Column:
    following, current = sort_choice(view.state.sort, sort)
    return Column(title, is_number, f"{view.place(sort=following)}#table", current)


def _periods(view: MultiplesView) -> list[str]:
    """Return the columns: the periods of one indicator, or the years of many."""
    if view.indicator is not None:
        return list(view.indicator["periods"])
    years = {periods.short(p): p for one in view.series for p in one.periods}
    return sorted(years, key=lambda short: short[:4])


def _row(view: MultiplesView, series: Series, shown: list[str]) -> Row:
    head: list[Node] = [link(series.name, series.address)]
    if series.key == view.state.area:
        head += [" ", tag("chosen", "chosen")]
    cells = [_cell(series, _row_of(series, period)) for period in shown]
    return (head, *([] if view.mode == PARTS else [_trend(series)]), *cells)


def _row_of(series: Series, column: str) -> ObservationRow | None:
    """Return the row of a period, by its id or by its short name among many indicators."""
    if column in series.rows:
        return series.rows[column]
    named = (row for period, row in series.rows.items() if periods.short(period) == column)
    return next(named, None)


def _cell(series: Series, row: ObservationRow | None) -> Node:
    if row is None:
        return NO_VALUE
    if row["status"] != Status.OK:
        return status_word(row["status"])
    said = series.measure.quantity(row["value"])
    return [said, " ", tag("break")] if row["period"] in series.breaks else said


def _trend(series: Series) -> Node:
    if series.trend is None:
        return NO_VALUE
    words = way_words(series.trend)
    if series.trend["marker"]:
        return words
    return [words, node("Span", trend_reason(series.trend), className="under note")]


def _predecessors(view: MultiplesView) -> Node:
    """Return which areas were made from others, whose figures are no part of their series."""
    areas = view.library.areas
    told = [
        f"{one.name} (from {join_words([areas[code]['name'] for code in held])})"
        for one in view.series
        if one.trend and (held := [c for c in one.trend["predecessors"] if c in areas])
    ]
    if not told:
        return None
    said = f"Made from other areas, whose figures are no part of theirs: {join_words(told)}."
    return node("P", said, className="note")


def _breaks(view: MultiplesView) -> Node:
    """Return what changed at each break of the indicators shown."""
    told = [
        f"{one['short_title']} from {periods.short(found['period'])}: {found['note']}"
        for one in view.details
        for found in one["breaks"]
    ]
    if not told:
        return None
    return node("P", "Breaks: ", between(told, " "), className="note")
