"""All authorities in order with their intervals, and how they lie: the views of a ranking."""

from collections.abc import Sequence
from typing import Final

from api.contract import ObservationRow, Status
from dashboard.charts.chart import Chart
from dashboard.components.indicator_chart import (
    chart_of,
    country_line,
    dot_of,
    linked_card,
    median_line,
    period_words,
    ranked_rows,
    who_key,
)
from dashboard.components.indicator_unusual import unusual
from dashboard.components.text import section, sentence_case
from dashboard.page import Node, link, node
from dashboard.svg.ranked import ranked
from dashboard.views.indicator_view import IndicatorView
from dashboard.words.numbers import plural, span

_ORDERS: Final = {
    "higher_is_better": "Highest first: here higher is better.",
    "lower_is_better": "Highest first, which here is worst first: lower is better.",
}


def ranked_view(view: IndicatorView) -> Node:
    """Return the chart of all authorities, with what their order does and does not say."""
    title = "Authorities with their intervals" if view.has_intervals else "Authorities in order"
    chart = ranked_chart(view)
    if chart is None:
        return section("authorities", title, node("P", "No authority has a figure to be ranked."))
    return section(
        "authorities",
        title,
        node(
            "Div",
            linked_card(chart, "after-ranked"),
            node(
                "Div",
                node("P", _order(view)),
                node("P", about_intervals(view)),
                unusual(view),
                node("P", link("How figures are compared", "/methods/comparison")),
                className="beside-chart",
            ),
            className="chart-and-words",
        ),
    )


def ranked_chart(view: IndicatorView) -> Chart | None:
    """Return the chart; None where no authority has a figure."""
    rows = ranked_rows(view)
    if not rows:
        return None
    title = f"{view.indicator['short_title']}, {period_words(view)}"
    intervals = "each with its 95% interval" if view.has_intervals else "without intervals"
    svg = ranked(
        "ranked",
        f"Ranked: {title}",
        f"{plural(len(rows), 'authority', 'authorities')} by value, highest first, {intervals}. "
        "Each is a link.",
        [dot_of(view, row) for row in rows],
        [*country_line(view), *median_line(view)],
        view.measure.unit,
    )
    return chart_of(
        view,
        "ranked",
        f"{title}: authorities in order of value",
        _sentence(view, rows),
        svg,
        key=who_key(view),
    )


def _sentence(view: IndicatorView, rows: Sequence[ObservationRow]) -> str:
    measure = view.measure
    values = [row["value"] for row in rows if row["value"] is not None]
    spread = (
        f"From {measure.quantity(min(values))} to {measure.amount(max(values))} in "
        f"{plural(len(values), 'authority', 'authorities')}."
    )
    own = view.row_of(view.state.area) if view.chosen and view.is_there else None
    if own is None or own["status"] != Status.OK:
        return spread
    interval = span(own["ci_lower"], own["ci_upper"], measure.unit, measure.decimals)
    sure = f" (95% interval {interval})" if own["ci_lower"] is not None else ""
    return f"{spread} {own['area_name']}: {measure.quantity(own['value'])}{sure}."


def _order(view: IndicatorView) -> str:
    """Return what the order says by the direction of the indicator."""
    no_way = "Highest first, which is neither best nor worst first: no way is said to be good."
    return _ORDERS.get(view.indicator["direction"], no_way)


def about_intervals(view: IndicatorView) -> str:
    """Return what the lines through the dots are, or why there are none."""
    if view.has_intervals:
        return (
            "The line through a dot is its 95% interval: where lines overlap, the order of two "
            "authorities means little."
        )
    reason = sentence_case(view.indicator["interval_reason"].rstrip("."))
    why = f" {reason}." if reason else ""
    return (
        "The dots have no intervals, because no interval is valid for this indicator, so that "
        f"nothing says how much of their order is chance.{why}"
    )
