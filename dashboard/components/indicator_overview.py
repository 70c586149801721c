"""The first view of an indicator: map beside trend, then the chosen authority beside others."""

from dashboard.components.area_history import history_links
from dashboard.components.chart_card import chart_card
from dashboard.components.comments import said_section
from dashboard.components.indicator_beside import beside_others
from dashboard.components.indicator_change import chance_words, change_words
from dashboard.components.indicator_chart import linked_card
from dashboard.components.indicator_dates import breaks_in_words
from dashboard.components.indicator_family import family_line
from dashboard.components.indicator_map import map_chart
from dashboard.components.indicator_trend import trend_chart
from dashboard.components.text import between, bullets, section
from dashboard.page import Node, bootstrap, link, node
from dashboard.state import State, indicator_address, pair_address
from dashboard.views.indicator_view import IndicatorView, carried
from dashboard.views.indicator_views import ABOUT


def overview_view(view: IndicatorView) -> Node:
    """Return the view; of a figure of the country alone it says why there is no more."""
    return [
        _charts(view),
        None if view.is_country_only else beside_others(view),
        said_section(view),
        family_line(view),
        _read_beside(view),
    ]


def _read_beside(view: IndicatorView) -> Node:
    """Return the ways to the indicators and pairs without which this one can mislead."""
    kept = State(area=view.state.area, model=view.state.model, release=view.state.release)
    beside = [
        link(other["title"], indicator_address(other["indicator"], carried(view.state)))
        for other in view.indicator["read_with"]
        if other["title"]
    ]
    pairs = [
        link(pair["title"], pair_address(pair["id"], kept)) for pair in view.indicator["pairs"]
    ]
    if not beside and not pairs:
        return None
    return section(
        "beside-it",
        "Read beside it",
        bullets(beside) if beside else None,
        node("P", "On one chart with its other half: ", between(pairs, ", "), ".")
        if pairs
        else None,
        node("P", link("Why, and what else to know of it", view.to_view(ABOUT))),
    )


def _charts(view: IndicatorView) -> Node:
    trend = _trend(view)
    if view.is_country_only:
        return [trend, country_alone(view)]
    where = section("map-overview", "Where", linked_card(map_chart(view), "after-map"))
    return bootstrap(
        "Row",
        bootstrap("Col", where, xs=12, lg=5),
        bootstrap("Col", trend, xs=12, lg=7),
        class_name="g-4 overview-charts",
    )


def _trend(view: IndicatorView) -> Node:
    subject = view.shown_area
    chart = trend_chart(view, "small-trend", is_small=True)
    words = f"{subject['name']}: {change_words(view, subject)} {chance_words(view, subject)}"
    return section(
        "overview",
        "Over time",
        chart_card(chart) if chart else None,
        node("P", words),
        breaks_in_words(view) if view.break_note else None,
        history_links(view),
    )


def country_alone(view: IndicatorView) -> Node:
    """Return why there are no authorities to be shown."""
    name = view.library.country["name"]
    why = (
        f"This figure is published for {name} alone. So there is no map, no group, no comparison "
        "and no table of areas."
    )
    return section("authorities", "Authorities", node("P", why))
