"""The charts of groups by themselves, for pictures and for other pages."""

import asyncio
from typing import Final

from dashboard.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components.group_sentence import opening_sentence
from dashboard.components.group_strips import KIND, strips_chart
from dashboard.group_view import load_groups
from dashboard.state import State

STRIPS: Final = KIND


async def groups_strip(client: ApiClient, state: State) -> Chart:
    """Return the strips of groups; raises NoChart where no group has a figure."""
    view = await load_groups(client, state)
    if not view.shown:
        raise NoChart(opening_sentence(view))
    if view.is_count:
        raise NoChart("Authorities are counted here, so that there is nothing to spread.")
    return await asyncio.to_thread(strips_chart, view)
