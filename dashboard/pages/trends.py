"""Small multiples: which way many areas, indicators or parts have been going, side by side."""

import asyncio

from dashboard.client import ApiClient
from dashboard.components.chart_card import chart_card
from dashboard.components.multiples_chart import (
    last_words,
    multiples_chart,
    summary_of,
    title_of,
)
from dashboard.components.multiples_choices import choices, views
from dashboard.components.multiples_table import table_section
from dashboard.components.sources import release_section
from dashboard.components.text import breadcrumbs, heading, lead
from dashboard.page import Node, Page, link, node
from dashboard.state import State, address
from dashboard.views.multiples_load import load_multiples
from dashboard.views.multiples_view import INDICATORS, MOST, PARTS, MultiplesView
from dashboard.words.multiples import lower_first, named_sentence, way_words
from dashboard.words.names import opening
from dashboard.words.parts import column_words


async def page(client: ApiClient, state: State) -> Page:
    """Return the page; raises ApiError for an indicator or area that is not there."""
    view = await load_multiples(client, state.changed(subject=""))
    return await asyncio.to_thread(_composed, view)


def _composed(view: MultiplesView) -> Page:
    sentence = _sentence(view) if view.series else _nothing(view)
    return Page(
        title=f"Trends: {title_of(view)}",
        description=sentence,
        content=[
            breadcrumbs(("Overview", "/")),
            heading(_title(view), caption="Trends, side by side"),
            lead(sentence),
            views(view),
            choices(view),
            _chart(view) if view.series else None,
            table_section(view) if view.series else None,
            _ways_on(view),
            release_section(view.meta),
        ],
    )


def _sentence(view: MultiplesView) -> str:
    """Return what goes which way, beginning with the chosen area where it is among them."""
    if view.is_country_only:
        country = view.library.country["name"]
        return f"This figure is published for {country} alone, and not for smaller areas."
    # Names of indicators have commas of their own.
    marks = ("“", "”") if view.mode == INDICATORS else ("", "")
    trends = {one.name.join(marks): dict(one.trend) for one in view.series if one.trend is not None}
    if not trends or view.mode == PARTS:
        return summary_of(view)
    said = named_sentence(trends)
    chosen = next((one for one in view.series if one.key == view.state.area), None)
    if chosen is None or len(view.series) == 1:
        return said
    others = {name: trend for name, trend in trends.items() if name != chosen.name}
    told = ", ".join(filter(None, [last_words(chosen), way_words(chosen.trend)]))
    own = f"{opening(chosen.name)}: {told}."
    return f"{own} The others: {lower_first(named_sentence(others))}" if others else own


def _title(view: MultiplesView) -> str:
    if view.mode == INDICATORS or view.indicator is None:
        return f"{view.area['name']}: indicators over time"
    title = view.indicator["short_title"]
    if view.mode == PARTS:
        return (
            f"{title} {column_words(view.state.by)}, {view.area['name']}"
            if view.state.by
            else title
        )
    return f"{title} over time"


def _nothing(view: MultiplesView) -> str:
    if view.mode == PARTS:
        return "No parts of this figure are held for this area. Choose another indicator or area."
    if view.mode == INDICATORS:
        return "None of these indicators is held. Choose a stage or the core set."
    return "No areas are among those chosen. Choose the regions, or neighbours of an authority."


def _chart(view: MultiplesView) -> Node:
    more = (
        f"The first {MOST} are shown; {view.left_out} more are left out. Choose fewer, or another "
        "order."
        if view.left_out
        else ""
    )
    title = node("H2", "Panels", id="chart", className="visually-hidden")
    notice = node("P", more, className="note") if more else None
    return node(
        "Section", title, notice, chart_card(multiples_chart(view)), aria_labelledby="chart"
    )


def _ways_on(view: MultiplesView) -> Node:
    """Return the way from parts to their gaps, and from an indicator to the rest of it."""
    indicator, state = view.indicator, view.state
    if indicator is None:
        return None
    kept = State(indicator=indicator["id"], area=state.area, by=state.by, release=state.release)
    page = link(indicator["title"], f"/indicators/{indicator['id']}")
    gaps = [" · ", link("Gaps between its parts", address("/gaps", kept))]
    return node("P", "More: ", page, gaps if indicator["breakdowns"] else None)
