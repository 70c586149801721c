"""The calls that the page of an indicator makes: at most four once the rest is held."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from api.contract import ComparisonRow, GroupRow, IndicatorDetail, Meta, ObservationRow, Status
from dashboard.answers import ApiError, Library, Reply
from dashboard.client import ApiClient
from dashboard.indicator_parts import load_beside
from dashboard.indicator_view import (
    COMPARATOR_OF_GROUPING,
    LEVELS,
    OWN_PAST,
    TYPE,
    IndicatorView,
)
from dashboard.state import State


async def load_view(client: ApiClient, state: State) -> IndicatorView | Reply[IndicatorDetail]:
    """Ask for what the page shows; only the indicator's card where no figures of it are held.

    Raises ApiError for what the API refuses, such as an unknown indicator, period or authority.
    """
    groups = await _groups(client, state)
    library = await client.library(groups.meta)
    card = await client.held_indicator(state.subject, groups.meta)
    indicator, release = card.data, card.meta["release"]
    period = state.period or indicator["latest"]
    if period is None:
        return card
    if state.area == library.country["code"]:
        state = state.changed(area="")  # the country is on the page without being chosen
    previous = _before(period, indicator["periods"])
    rows, beside, comparisons, neighbours, standing, comments = await asyncio.gather(
        client.observations(
            [indicator["id"]], LEVELS, list(filter(None, [previous, period])), release
        ),
        load_beside(client, card, library, state.area, [period, *([previous] if previous else [])]),
        _compared_at_once(client, indicator["id"], period, state, library, release),
        _neighbours(client, state, card.meta),
        client.standing(indicator["id"], period, card.meta),
        client.commentary(card.meta),
    )
    # The API knows areas by older codes and numbers, groupings and periods by other words; pages
    # go on with the one id of each that its answers give.
    if comparisons and comparisons.data:
        state = state.changed(area=comparisons.data[0]["area_code"])
    state = state.changed(compare=groups.data[0]["grouping"]) if groups.data else state
    if rows.data and period not in indicator["periods"]:
        period = rows.data[-1]["period"]
    # The first call did not know yet which release and period it would be answered from.
    address = client.groups_address(state.compare, indicator["id"], period, release)
    view = IndicatorView(
        state=state,
        meta=card.meta,
        library=library,
        indicator=indicator,
        period=period,
        previous=previous,
        rows=rows,
        groups=replace(groups, address=address),
        comparisons=comparisons,
        neighbours=neighbours,
        standing=standing,
        beside=beside,
        comments=comments.data,
    )
    return await _completed(client, view)


async def _groups(client: ApiClient, state: State) -> Reply[list[GroupRow]]:
    """Return the groups: the call that says which release is shown.

    Raises ApiError 404 for an unknown indicator, which to this call is a fault of its query.
    """
    try:
        return await client.groups(state.compare, state.subject, state.period, state.release)
    except ApiError:
        await client.indicator(state.subject, state.release)
        raise


async def _completed(client: ApiClient, view: IndicatorView) -> IndicatorView:
    """Add what depends on whether an authority that has ended was there in the period."""
    if view.ended_on:
        return replace(view, last_held=await _last_held(client, view))
    if view.chosen is None or view.comparisons is not None:
        return view
    late = await _compared(
        client,
        view.indicator["id"],
        view.period,
        view.state,
        view.library,
        view.meta["release"],
    )
    return replace(view, comparisons=late)


async def _last_held(client: ApiClient, view: IndicatorView) -> ObservationRow | None:
    id, release = view.indicator["id"], view.meta["release"]
    rows = await client.observations([id], [view.state.area], ["all"], release)
    held = (row for row in rows.data if row["status"] == Status.OK)
    return max(held, key=lambda row: row["period_end"], default=None)


def _before(period: str, periods: Sequence[str]) -> str | None:
    place = list(periods).index(period) if period in periods else 0
    return periods[place - 1] if place > 0 else None


async def _compared_at_once(
    client: ApiClient, id: str, period: str, state: State, library: Library, release: str
) -> Reply[list[ComparisonRow]] | None:
    """Compare beside the other calls; not one that has a last day, until it is known to count."""
    chosen = library.areas.get(state.area)
    if chosen and chosen["last_day"]:
        return None
    return await _compared(client, id, period, state, library, release)


async def _compared(
    client: ApiClient, id: str, period: str, state: State, library: Library, release: str
) -> Reply[list[ComparisonRow]] | None:
    if not state.area:
        return None
    chosen = library.areas.get(state.area)
    if chosen and chosen["kind"] != "authority":
        return await client.comparisons(id, state.area, period, ["england"], release)
    neighbours = f"neighbours:{state.model}" if state.model else "neighbours"
    own = COMPARATOR_OF_GROUPING.get(state.compare, state.compare)
    comparators = list(dict.fromkeys(["england", "region", neighbours, own, TYPE, OWN_PAST]))
    return await client.comparisons(id, state.area, period, comparators, release)


async def _neighbours(client: ApiClient, state: State, meta: Meta) -> frozenset[str]:
    if not state.area:
        return frozenset()
    found = await client.neighbours(state.area, state.model, meta)
    return frozenset(row["code"] for row in found.data)
