"""The charts of groups by themselves, for pictures and for other pages."""

import asyncio
from typing import Final

from dashboard.charts.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components import group_crossed, group_strips
from dashboard.components.group_sentence import opening_sentence
from dashboard.state import State
from dashboard.views.group_view import GroupView, load_groups

STRIPS: Final = group_strips.KIND
CROSS: Final = group_crossed.KIND


async def groups_strip(client: ApiClient, state: State) -> Chart:
    """Return the strips of groups; raises NoChart where no group has a figure."""
    view = await _with_figures(client, state)
    return await asyncio.to_thread(group_strips.strips_chart, view)


async def groups_cross(client: ApiClient, state: State) -> Chart:
    """Return two groupings crossed; raises NoChart where no second one is chosen."""
    view = await _with_figures(client, state)
    if view.crossed is None:
        raise NoChart("No second grouping is chosen: name one with across=.")
    return await asyncio.to_thread(group_crossed.cross_chart, view)


async def _with_figures(client: ApiClient, state: State) -> GroupView:
    view = await load_groups(client, state)
    if not view.shown:
        raise NoChart(opening_sentence(view))
    if view.is_count:
        raise NoChart("Authorities are counted here, so that there is nothing to spread.")
    return view
