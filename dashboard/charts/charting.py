"""Which charts there are by themselves. To add one, name what makes it in CHARTS."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from dashboard.charts import group_charts, heat_charts, neighbour_pictures, profile_charts
from dashboard.charts.chart import Chart, NoChart
from dashboard.charts.indicator_charts import chart_of_indicator
from dashboard.client import ApiClient
from dashboard.components.gaps_chart import load_gaps_chart
from dashboard.components.multiples_chart import load_multiples_chart
from dashboard.components.need_chart import load_need_chart
from dashboard.components.pair_chart import load_pair_chart
from dashboard.state import State

__all__ = ["CHARTS", "ChartFunction", "NoChart"]

ChartFunction = Callable[[ApiClient, State], Awaitable[Chart]]
"""Makes a chart of a state whose `subject` is that of the path; raises ApiError, and
`NoChart` where there is nothing to draw."""

CHARTS: Final[Mapping[str, ChartFunction]] = {
    group_charts.STRIPS: group_charts.groups_strip,
    group_charts.CROSS: group_charts.groups_cross,
    heat_charts.HEAT: heat_charts.heat,
    "alike": neighbour_pictures.alike,
    "comparators": neighbour_pictures.comparators,
    "neighbour_map": neighbour_pictures.neighbour_map,
    "gaps": load_gaps_chart,
    "multiples": load_multiples_chart,
    "pair": load_pair_chart,
    "proportionality": load_need_chart,
    "scatter": load_pair_chart,
    profile_charts.INSPECTIONS: profile_charts.inspections_of_authority,
    profile_charts.SPINES: profile_charts.spines_of_authority,
    "map": partial(chart_of_indicator, "map"),
    "ranked": partial(chart_of_indicator, "ranked"),
    "distribution": partial(chart_of_indicator, "distribution"),
    "funnel": partial(chart_of_indicator, "funnel"),
    "trend": partial(chart_of_indicator, "trend"),
    "parts": partial(chart_of_indicator, "parts"),
}
