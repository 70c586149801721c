"""A chart on a page: title, sentence, drawing, key, source, and what a reader can do with it."""

from dashboard.asking import csv_address
from dashboard.chart import Chart, KeyItem
from dashboard.components.figures import drawing
from dashboard.embedding import chart_address, embed_address
from dashboard.page import Node, link, node


def chart_card(chart: Chart) -> Node:
    """Return the figure; without any script its links still work."""
    return node(
        "Figure",
        node(
            "Figcaption",
            node("P", chart.title, className="chart-title"),
            node("P", chart.summary, className="chart-summary"),
        ),
        drawing(chart.svg, "chart-drawing"),
        _key(chart),
        node("P", chart.note, className="note") if chart.note else None,
        node("P", f"Source: {chart.source}", className="chart-source note"),
        _tools(chart),
        chart.table,
        className=f"chart chart-{chart.kind}",
        style={"maxWidth": f"{chart.width}px"} if chart.width else None,
    )


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


def _tools(chart: Chart) -> Node:
    csv = chart.csv_address or csv_address(chart.rows_address)
    table = link("Table", chart.table_address) if chart.table_address else None
    tools = [
        link("Picture (PNG)", chart_address(chart, "png"), download=""),
        link("SVG", chart_address(chart, "svg"), download=""),
        link("Numbers (CSV)", csv),
        link("API", chart.rows_address),
        table,
        link("Embed", embed_address(chart)),
    ]
    return node("Ul", *[node("Li", tool) for tool in tools if tool], className="chart-tools")
