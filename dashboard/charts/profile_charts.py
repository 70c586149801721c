"""The charts of an authority's profile by themselves: its spines, and its inspections."""

from dashboard.charts.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components.authority_inspections import INSPECTIONS, inspections_chart
from dashboard.components.authority_picture import SPINES, spines_chart
from dashboard.report.profile import profile_of
from dashboard.state import State

__all__ = ["INSPECTIONS", "SPINES", "inspections_of_authority", "spines_of_authority"]


async def spines_of_authority(client: ApiClient, state: State) -> Chart:
    """Return where an authority stands in the indicators that the state leaves."""
    area = await client.area(state.subject, state.release)
    if area.data["last_day"]:
        reason = f"{area.data['name']} has ended; the latest figures are of later periods."
        raise NoChart(reason)
    return spines_chart(await profile_of(client, state, area))


async def inspections_of_authority(client: ApiClient, state: State) -> Chart:
    """Return the inspections of an authority as dated marks."""
    area = await client.area(state.subject, state.release)
    chart = inspections_chart(area.data, area.meta, state)
    if chart is None:
        reason = f"No inspection of {area.data['name']} is held."
        raise NoChart(reason)
    return chart
