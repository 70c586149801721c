"""The charts of an indicator by themselves, for pictures and for other pages."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from dashboard.charts.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components.indicator_breakdowns import parts_chart
from dashboard.components.indicator_distribution import distribution_chart
from dashboard.components.indicator_funnel import funnel_chart, why_none
from dashboard.components.indicator_head import views_of
from dashboard.components.indicator_map import map_chart
from dashboard.components.indicator_ranked import ranked_chart
from dashboard.components.indicator_trend import trend_chart
from dashboard.state import State
from dashboard.views.indicator_load import load_view
from dashboard.views.indicator_view import IndicatorView
from dashboard.views.indicator_views import DISTRIBUTION, FUNNEL, MAP, PARTS, RANKED, TREND

_MADE: Final[Mapping[str, Callable[[IndicatorView], Chart | None]]] = {
    MAP: map_chart,
    RANKED: ranked_chart,
    DISTRIBUTION: distribution_chart,
    FUNNEL: funnel_chart,
    TREND: trend_chart,
    PARTS: parts_chart,
}
"""The kind of a chart is the name of the view that shows it."""


async def chart_of_indicator(kind: str, client: ApiClient, state: State) -> Chart:
    """Return a chart of an indicator; raises NoChart with the reason where there is none."""
    view = await load_view(client, state.changed(view=kind))
    if not isinstance(view, IndicatorView):
        raise NoChart("No figures of this indicator are held yet.")
    if kind not in {one.name for one in views_of(view)}:
        raise NoChart(_why_not(view))
    made = await asyncio.to_thread(_MADE[kind], view)
    if made is None:
        raise NoChart(_why_empty(view, kind))
    return made


def _why_not(view: IndicatorView) -> str:
    if view.is_country_only:
        name = view.library.country["name"]
        return f"This figure is published for {name} alone, and there is no such chart of it."
    return "Here an authority is counted or it is not, or the figure is held in no parts."


def _why_empty(view: IndicatorView, kind: str) -> str:
    if kind == FUNNEL:
        return f"There is no funnel of this figure. {why_none(view)}"
    if kind == TREND:
        return "Figures of no more than one period are held."
    return "No figure of this kind is held of the period."
