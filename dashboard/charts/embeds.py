"""Charts as small documents for other people's pages: `/embed/{kind}/{subject}`."""

import asyncio
from html import escape
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.charts.chart import Chart
from dashboard.charts.one_chart import Reason, one_chart
from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_body
from dashboard.page import node
from dashboard.practice import PracticeWatch
from dashboard.prerender import to_html
from dashboard.state import State, address
from dashboard.svg.picture import size_of
from dashboard.words.citing import PRACTICE, SITE, release_words

_KEPT: Final = {"Cache-Control": "no-cache"}
# A link of a chart opens beside the page that holds it, never inside the frame.
_DOCUMENT: Final = Template("""<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<base target="_blank">
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${theme}">
${canonical}</head>
<body class="embedded">
${practice}<main>
${content}
</main>
</body>
</html>
""")


class Embeds:
    """Writes the documents."""

    def __init__(self, client: ApiClient, watch: PracticeWatch, files: dict[str, str]) -> None:
        self._client = client
        self._watch = watch
        self._files = files

    async def answer(self, request: Request) -> Response:
        """Answer with the document of a chart, or with one that says why there is none."""
        made = await one_chart(self._client, request.path_params["place"], request.url.query)
        is_practice = await self._watch.is_practice()
        written = await asyncio.to_thread(self._written, made, is_practice)
        status = made.status if isinstance(made, Reason) else 200
        return HTMLResponse(written, status_code=status, headers=_KEPT)

    def _written(self, made: Chart | Reason, is_practice: bool) -> str:
        if isinstance(made, Reason):
            title, content = "No chart here", _reason(made)
            canonical = ""
        else:
            title, content, canonical = made.title, _content(made), _canonical(made)
            is_practice = is_practice or made.meta["is_practice"]
        mark = "PRACTICE: " if is_practice else ""
        return _DOCUMENT.substitute(
            title=escape(f"{mark}{title} – {SITE}"),
            canonical=canonical,
            practice=_practice() if is_practice else "",
            content=content,
            icon=self._files["icon"],
            theme=self._files["theme"],
        )


def _content(chart: Chart) -> str:
    heading = node("H1", chart.title, className="chart-title")
    words = f"See it in its place: {SITE}" if chart.page_address else SITE
    foot = node(
        "P",
        node(
            "A", words, href=chart.page_address or address("/", State(release=chart.state.release))
        ),
        f", {release_words(chart.meta)} {chart.meta['attribution']}",
        className="note",
    )
    return to_html(
        node(
            "Figure",
            *chart_body(chart, heading),
            foot,
            className=f"chart chart-{chart.kind}",
            style=_widths(chart),
        )
    )


def _widths(chart: Chart) -> dict[str, str]:
    """Return how wide a chart is at most, and how wide its drawing is by itself."""
    natural = {"--natural": f"{size_of(chart.svg)[0]:g}px"}
    return {"maxWidth": f"{chart.width}px", **natural} if chart.width else natural


def _canonical(chart: Chart) -> str:
    if not chart.page_address:
        return ""
    return f'<link rel="canonical" href="{escape(chart.page_address)}">\n'


def _reason(reason: Reason) -> str:
    return to_html(
        [
            node("H1", "There is no chart here", className="chart-title"),
            node("P", reason.words),
            node("P", node("A", SITE, href="/")),
        ]
    )


def _practice() -> str:
    return f'<p class="practice-banner" role="note">{escape(PRACTICE)}</p>\n'
