"""Addresses of a chart by itself: as a picture, and as a page to put into another page."""

from urllib.parse import quote

from dashboard.chart import Chart
from dashboard.state import address

PICTURES: str = "/charts/"
EMBEDS: str = "/embed/"


def chart_address(chart: Chart, format: str) -> str:
    """Return the address of the picture of a chart, as `png` or `svg`."""
    return address(f"{PICTURES}{_place(chart)}.{format}", chart.state.changed(subject=""))


def embed_address(chart: Chart) -> str:
    """Return the address of the page that holds the chart alone."""
    return address(f"{EMBEDS}{_place(chart)}", chart.state.changed(subject=""))


def _place(chart: Chart) -> str:
    parts = [chart.kind, *([chart.subject] if chart.subject else [])]
    return "/".join(quote(part, safe="") for part in parts)
