"""Addresses of a chart by itself: as a picture, and as a page to put into another page."""

import re
from dataclasses import replace
from html import escape
from typing import Final
from urllib.parse import quote

from dashboard.charts.chart import Chart
from dashboard.state import address

PICTURES: Final = "/charts/"
EMBEDS: Final = "/embed/"
FRAME_WIDTH: Final = 720
"""The widest that the frame of an embedded chart is, in pixels, where its drawing says nothing."""
_AROUND: Final = 300
"""What title, sentence, key and source of a chart take in a frame, in pixels, well measured."""


def chart_address(chart: Chart, format: str) -> str:
    """Return the address of the picture of a chart, as `png` or `svg`."""
    return address(f"{PICTURES}{_place(chart)}.{format}", chart.state.changed(subject=""))


def embed_address(chart: Chart) -> str:
    """Return the address of the page that holds the chart alone."""
    return address(f"{EMBEDS}{_place(chart)}", chart.state.changed(subject=""))


def pinned_address(chart: Chart) -> str:
    """Return the address at which the same figures stay: of the page, or of the chart alone."""
    if not chart.page_address:
        return embed_address(
            replace(chart, state=chart.state.changed(release=chart.meta["release"]))
        )
    path, _, query = chart.page_address.partition("?")
    if "release=" in query:
        return chart.page_address
    return f"{path}?{query}{'&' if query else ''}release={quote(chart.meta['release'])}"


def frame_size(chart: Chart) -> tuple[int, int]:
    """Return how wide at most and how high the frame of an embedded chart is, in pixels."""
    wide = chart.width or FRAME_WIDTH
    found = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', chart.svg)
    drawn = wide * float(found[2]) / float(found[1]) if found else wide / 2
    return wide, round(drawn) + _AROUND + 26 * len(chart.key)


def frame_code(chart: Chart, origin: str = "") -> str:
    """Return the HTML that puts a chart into another page; `origin` is where this one is."""
    wide, high = frame_size(chart)
    return (
        f'<iframe src="{escape(origin + embed_address(chart))}" title="{escape(chart.title)}" '
        f'width="100%" height="{high}" style="border:0;max-width:{wide}px" loading="lazy">'
        "</iframe>"
    )


def _place(chart: Chart) -> str:
    parts = [chart.kind, *([chart.subject] if chart.subject else [])]
    return "/".join(quote(part, safe="") for part in parts)
