"""Any two figures of each authority: the page of a pair that a reader puts together."""

import asyncio

from dashboard.client import ApiClient
from dashboard.page import Page
from dashboard.pages.pair import composed
from dashboard.state import State
from dashboard.views.pair_view import load_pair


async def page(client: ApiClient, state: State) -> Page:
    """Return the page of `x` and `y`; raises ApiError for two that cannot be read together."""
    view = await load_pair(client, state.changed(subject=""))
    return await asyncio.to_thread(composed, view)
