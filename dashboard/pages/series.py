"""The interactive chart of all periods: a part of an indicator's page, made when asked for."""

from typing import Any

from dash import dcc

from dashboard.client import ApiClient
from dashboard.components.figures import same_numbers
from dashboard.interactive import series_figure
from dashboard.state import read_state


async def series(client: ApiClient, id: str, query: str) -> Any:
    """Return the interactive chart of all periods; one call for the card, one for the rows."""
    state = read_state(query, id)
    card = await client.indicator(state.subject, state.release)
    library = await client.library(card.meta)
    chosen = library.areas.get(state.area)
    codes = [
        code
        for code in (state.area, library.country["code"], chosen["region"] if chosen else "")
        if code
    ]
    rows = await client.observations([id], codes, ["all"], card.meta["release"])
    figure = series_figure(rows.data, codes, card.data["short_title"], card.data["unit"])
    return [
        dcc.Graph(figure=figure, config={"displaylogo": False, "responsive": True}),
        same_numbers(rows.address, "all periods"),
    ]
