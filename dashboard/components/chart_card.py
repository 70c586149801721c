"""A chart on a page: title, sentence, drawing, key, source, and what a reader can do with it."""

from typing import Final

from dashboard.charts.chart import Chart, KeyItem
from dashboard.components.chart_share import share
from dashboard.components.figures import drawing
from dashboard.page import Node, node

_SCROLLED: Final = frozenset({"groups_cross", "heat", "spines"})
"""Kinds that are tables: in a narrow frame they are moved to and fro, see share.css."""


def chart_card(chart: Chart) -> Node:
    """Return the figure; without any script its links still work."""
    return node(
        "Figure",
        *chart_body(chart, node("P", chart.title, className="chart-title")),
        share(chart),
        chart.table,
        className=f"chart chart-{chart.kind}",
        style={"maxWidth": f"{chart.width}px"} if chart.width else None,
    )


def chart_body(chart: Chart, heading: Node) -> list[Node]:
    """Return what belongs to a chart wherever it stands, under a heading that says its title."""
    return [
        node("Figcaption", heading, node("P", chart.summary, className="chart-summary")),
        drawn(chart),
        _key(chart),
        node("P", chart.note, className="note") if chart.note else None,
        node("P", f"Source: {chart.source}", className="chart-source note"),
    ]


def drawn(chart: Chart) -> Node:
    """Return the drawing; several stand side by side as there is room."""
    if not chart.panels:
        name = f"Drawing: {chart.title}" if chart.kind in _SCROLLED else ""
        return drawing(chart.svg, "chart-drawing", scrolled_as=name)
    panels = [node("Li", drawing(panel)) for panel in chart.panels]
    return node("Ul", *panels, className="chart-panels")


def _key(chart: Chart) -> Node:
    if not chart.key:
        return None
    return node(
        "Div",
        node("P", chart.key_title, className="key-title") if chart.key_title else None,
        node("Ul", *[_key_item(item) for item in chart.key], className="key"),
        className="chart-key",
    )


def _key_item(item: KeyItem) -> Node:
    return node("Li", drawing(item.symbol, "key-drawing"), node("Span", item.words))
