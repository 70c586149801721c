"""The heat table by itself, for pictures and for other pages."""

import asyncio
from typing import Final

from dashboard.charts.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components.heat_chart import KIND, MOST_ROWS, heat_chart
from dashboard.state import State
from dashboard.views.heat_view import load_heat

HEAT: Final = KIND


async def heat(client: ApiClient, state: State) -> Chart:
    """Return the heat table; raises NoChart where there is nothing in it, or far too much."""
    view = await load_heat(client, state)
    if not view.rows.data:
        raise NoChart("No authority is left that all filters let through.")
    if not view.shown_areas:
        raise NoChart("No figure differs beyond chance, so that there is nothing to show.")
    if len(view.shown_areas) > MOST_ROWS:
        count = len(view.shown_areas)
        raise NoChart(
            f"{count} authorities are too many for a picture: choose {MOST_ROWS} or fewer."
        )
    return await asyncio.to_thread(heat_chart, view, is_drawn=True)
