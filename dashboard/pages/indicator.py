"""One indicator: a sentence and the choices, then one of its views."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from api.contract import IndicatorDetail
from dashboard.answers import Reply
from dashboard.client import ApiClient
from dashboard.components.indicator_about import about_view
from dashboard.components.indicator_breakdowns import broken_down
from dashboard.components.indicator_choices import choices
from dashboard.components.indicator_distribution import distribution_view
from dashboard.components.indicator_family import family_line
from dashboard.components.indicator_funnel import funnel_view
from dashboard.components.indicator_groups import groups_view
from dashboard.components.indicator_head import head, views_nav, views_of
from dashboard.components.indicator_map import map_view
from dashboard.components.indicator_notes import notes
from dashboard.components.indicator_overview import country_alone, overview_view
from dashboard.components.indicator_ranked import ranked_view
from dashboard.components.indicator_sentence import opening_sentence
from dashboard.components.indicator_table_view import table_view
from dashboard.components.indicator_tables import view_source_link
from dashboard.components.indicator_trend_view import trend_view
from dashboard.components.sources import release_section, source_line
from dashboard.components.text import lead, section
from dashboard.page import Node, Page, link, node
from dashboard.state import State
from dashboard.views.indicator_load import load_view
from dashboard.views.indicator_view import IndicatorView
from dashboard.views.indicator_views import (
    ABOUT,
    DISTRIBUTION,
    FUNNEL,
    GROUPS,
    MAP,
    OVERVIEW,
    PARTS,
    RANKED,
    TABLE,
    TREND,
    VIEWS,
)
from dashboard.words import periods


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of an indicator; raises ApiError for what the API refuses."""
    view = await load_view(client, state)
    if not isinstance(view, IndicatorView):
        return _empty(view, state)
    # Some 20 ms of work: in a thread, other requests are answered meanwhile.
    return await asyncio.to_thread(_composed, view)


def _composed(view: IndicatorView) -> Page:
    sentence = opening_sentence(view)
    return Page(
        title=_title(view),
        description=sentence,
        content=[
            *head(view.indicator, view.library, view.state),
            lead(sentence),
            source_line(
                view.indicator,
                periods.label(view.indicator["latest"] or "", view.measure.measured),
                _own_source(view),
            ),
            choices(view),
            views_nav(view),
            _shown(view),
            release_section(view.meta),
        ],
    )


def _parts(view: IndicatorView) -> Node:
    return [family_line(view), broken_down(view)]


_SHOWN: Final[Mapping[str, Callable[[IndicatorView], Node]]] = {
    OVERVIEW: overview_view,
    MAP: map_view,
    RANKED: ranked_view,
    DISTRIBUTION: distribution_view,
    FUNNEL: funnel_view,
    TREND: trend_view,
    GROUPS: groups_view,
    PARTS: _parts,
    TABLE: table_view,
    ABOUT: about_view,
}


def _shown(view: IndicatorView) -> Node:
    """Return the view; one that these figures do not allow says so and leads to the first."""
    if view.name in {one.name for one in views_of(view)}:
        return _SHOWN[view.name](view)
    if view.is_country_only:
        return country_alone(view)
    (asked,) = (one for one in VIEWS if one.name == view.name)
    why = _NO_PARTS if view.name == PARTS else _NO_ORDER
    way = link("See the overview", view.to_view(OVERVIEW))
    return section(asked.ids[0], asked.words, node("P", why, " ", way, "."))


_NO_PARTS = "This figure is held in no parts, and no other indicator is of its kind."
_NO_ORDER = (
    "Here an authority is counted or it is not, so that authorities have no order and no spread."
)


def _own_source(view: IndicatorView) -> Node:
    """Return the way to where the figure of the opening sentence comes from."""
    row = view.row_of((view.chosen or view.library.country)["code"])
    return view_source_link(view, row, "Where this figure comes from") if row else None


def _title(view: IndicatorView) -> str:
    name = f"{view.chosen['name']}: " if view.chosen else ""
    return f"{name}{view.indicator['title']}"


def _empty(card: Reply[IndicatorDetail], state: State) -> Page:
    indicator = card.data
    sentence = f"No figures of this indicator are held yet: {indicator['title']}."
    return Page(
        indicator["title"],
        sentence,
        [
            *head(indicator, None, state),
            lead(sentence),
            notes(indicator, state),
            release_section(card.meta),
        ],
    )
