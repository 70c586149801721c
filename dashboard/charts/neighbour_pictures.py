"""The charts of neighbours by themselves, for pictures and for other pages."""

from api.contract import OWN_MODEL, Paths
from dashboard.charts.chart import Chart, NoChart
from dashboard.client import ApiClient
from dashboard.components.comparator_words import held_sentence
from dashboard.components.neighbour_charts import alike_chart, map_chart
from dashboard.components.neighbour_comparators import comparators_chart
from dashboard.components.neighbour_words import alike_sentence
from dashboard.state import State
from dashboard.views.comparator_view import load_comparators
from dashboard.views.neighbour_view import NeighbourView, load_neighbours


async def alike(client: ApiClient, state: State) -> Chart:
    """Return how alike an authority and its neighbours are."""
    view = await _loaded(client, state)
    if not view.has_likeness:
        raise NoChart(alike_sentence(view))
    return alike_chart(view)


async def neighbour_map(client: ApiClient, state: State) -> Chart:
    """Return where the neighbours of an authority lie."""
    view = await _loaded(client, state)
    models = await client.held_get(Paths.NEIGHBOUR_MODELS, view.reply.meta)
    official = {model["model"]: model for model in models.data if model["model"] != OWN_MODEL}
    return map_chart(view, official.get(view.model))


async def _loaded(client: ApiClient, state: State) -> NeighbourView:
    view = await load_neighbours(client, state)
    if not view.shown:
        raise NoChart(f"No list names neighbours of {view.name}.")
    return view


async def comparators(client: ApiClient, state: State) -> Chart:
    """Return a figure of an authority under every comparator."""
    if not state.indicator:
        raise NoChart("Choose an indicator to compare with others.")
    held = await load_comparators(client, await load_neighbours(client, state))
    if not held.rows:
        raise NoChart(held_sentence(held))
    return comparators_chart(held)
