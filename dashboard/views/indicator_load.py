"""Asking for what the page of an indicator shows: the card, then all that its view needs."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from api.contract import (
    ComparisonRow,
    GroupRow,
    IndicatorDetail,
    Meta,
    NeighbourRow,
    ObservationRow,
    Paths,
    Status,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient
from dashboard.state import DEFAULT_COMPARE, State
from dashboard.views.boundaries import Outlines, has_boundaries, load_outlines
from dashboard.views.indicator_load_over import load_about, load_over
from dashboard.views.indicator_parts import Beside, load_beside
from dashboard.views.indicator_view import (
    BOUNDARIES,
    COMPARATOR_OF_GROUPING,
    LEVELS,
    OWN_PAST,
    TYPE,
    IndicatorView,
)
from dashboard.views.indicator_views import needs_of
from dashboard.views.standing import Standing

_SAID_WITHOUT_GROUPS: Final = frozenset({DEFAULT_COMPARE, *COMPARATOR_OF_GROUPING})
"""Groupings of which the sentence can name the group of an authority without their rows."""


async def load_view(client: ApiClient, state: State) -> IndicatorView | Reply[IndicatorDetail]:
    """Ask for what the page shows; only the indicator's card where no figures of it are held.

    Raises ApiError for what the API refuses, such as an unknown indicator, period or authority.
    """
    # The first call says which release is shown; all others are answered from that one.
    card = await client.indicator(state.subject, state.release)
    library = await client.library(card.meta)
    period = state.period or card.data["latest"]
    if period is None:
        return card
    if state.area == library.country["code"]:
        state = state.changed(area="")  # the country is on the page without being chosen
    view = await _gathered(client, card, library, period, state)
    return await _completed(client, view)


async def _gathered(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    period: str,
    state: State,
) -> IndicatorView:
    indicator, meta = card.data, card.meta
    compared = None
    if state.area and state.area not in library.areas:
        # The API knows areas by older codes and numbers too; pages go on with the one code.
        compared = await _compared(client, indicator["id"], period, state, library, meta)
        state = _with_code(state, compared)
    previous = _before(period, indicator["periods"])
    shown = [period, *filter(None, [previous])]
    id = indicator["id"]
    figures = asyncio.gather(
        _rows(client, id, [*filter(None, [previous]), period], meta),
        _groups(client, id, period, state, library, meta),
        _compared_at_once(client, id, period, state, library, meta, compared),
        _neighbours(client, state, meta),
        client.commentary(meta),
    )
    of_view = _of_view(client, card, library, state, shown)
    (rows, groups, others, neighbours, comments), needed = await asyncio.gather(figures, of_view)
    if rows.data and period not in indicator["periods"]:
        period = rows.data[-1]["period"]
    return IndicatorView(
        state=state.changed(compare=groups.data[0]["grouping"]) if groups.data else state,
        meta=meta,
        library=library,
        indicator=indicator,
        period=period,
        previous=previous,
        rows=rows,
        groups=groups,
        comparisons=others,
        neighbours=neighbours,
        comments=comments.data,
        **needed,
    )


async def _of_view(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    state: State,
    periods: Sequence[str],
) -> dict[str, Any]:
    """Return what the view needs beyond the figures of the shown period, the first of some."""
    id, meta, needs = card.data["id"], card.meta, needs_of(state.view)
    beside, standing, over, about, (is_loaded, outlines) = await asyncio.gather(
        _beside(client, card, library, state, periods, needs),
        _standing(client, id, periods[0], meta, needs),
        load_over(client, card, library, state, needs),
        load_about(client, id, meta, needs),
        _on_ground(client, state, meta, needs),
    )
    return {
        "beside": beside,
        "standing": standing,
        "over": over,
        "about": about,
        "outlines": outlines,
        "has_boundaries": is_loaded,
    }


async def _rows(
    client: ApiClient, id: str, periods: Sequence[str], meta: Meta
) -> Reply[list[ObservationRow]]:
    """Return the figures of all areas, which are the same whomever a reader chooses."""
    asked = {"indicator": id, "area": ",".join(LEVELS), "period": ",".join(periods)}
    return await client.held_get(Paths.OBSERVATIONS, meta, **asked)


async def _groups(
    client: ApiClient, id: str, period: str, state: State, library: Library, meta: Meta
) -> Reply[list[GroupRow]]:
    """Return the groups where the view shows them, or the sentence needs the name of one."""
    listed = {card["grouping"] for card in library.groupings}
    is_named = bool(state.area) and state.compare not in _SAID_WITHOUT_GROUPS
    if not is_named and "groups" not in needs_of(state.view) and state.compare in listed:
        return Reply(meta, [], "")
    asked = {"grouping": state.compare, "indicator": id, "period": period}
    return await client.held_get(Paths.GROUPS, meta, **asked)


async def _beside(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    state: State,
    periods: Sequence[str],
    needs: frozenset[str],
) -> Beside:
    is_asked = needs & {"parts", "family"}
    if not is_asked:
        return Beside()
    return await load_beside(
        client, card, library, state.area, periods, with_parts="parts" in needs
    )


async def _standing(
    client: ApiClient, id: str, period: str, meta: Meta, needs: frozenset[str]
) -> Standing:
    return await client.standing(id, period, meta) if "standing" in needs else Standing()


async def _on_ground(
    client: ApiClient, state: State, meta: Meta, needs: frozenset[str]
) -> tuple[bool, Outlines | None]:
    """Return whether outlines are loaded, and these themselves only where they are asked for."""
    if "boundaries" not in needs:
        return False, None
    if state.map != BOUNDARIES:
        return await has_boundaries(client, meta), None
    outlines = await load_outlines(client, meta)
    return outlines is not None, outlines


async def _completed(client: ApiClient, view: IndicatorView) -> IndicatorView:
    """Add what depends on whether an authority that has ended was there in the period."""
    if view.ended_on:
        return replace(view, last_held=await _last_held(client, view))
    if view.chosen is None or view.comparisons is not None:
        return view
    id, period = view.indicator["id"], view.period
    late = await _compared(client, id, period, view.state, view.library, view.meta)
    return replace(view, comparisons=late)


async def _last_held(client: ApiClient, view: IndicatorView) -> ObservationRow | None:
    id, release = view.indicator["id"], view.meta["release"]
    rows = await client.observations([id], [view.state.area], ["all"], release)
    held = (row for row in rows.data if row["status"] == Status.OK)
    return max(held, key=lambda row: row["period_end"], default=None)


def _before(period: str, periods: Sequence[str]) -> str | None:
    place = list(periods).index(period) if period in periods else 0
    return periods[place - 1] if place > 0 else None


def _with_code(state: State, compared: Reply[list[ComparisonRow]] | None) -> State:
    """Return the state with the one code of an area that the API knows by another word."""
    found = compared.data if compared else []
    return state.changed(area=found[0]["area_code"]) if found else state


async def _compared_at_once(
    client: ApiClient,
    id: str,
    period: str,
    state: State,
    library: Library,
    meta: Meta,
    held: Reply[list[ComparisonRow]] | None = None,
) -> Reply[list[ComparisonRow]] | None:
    """Compare beside the other calls; not one that has a last day, until it is known to count."""
    chosen = library.areas.get(state.area)
    if held is not None or (chosen and chosen["last_day"]):
        return held
    return await _compared(client, id, period, state, library, meta)


async def _compared(
    client: ApiClient, id: str, period: str, state: State, library: Library, meta: Meta
) -> Reply[list[ComparisonRow]] | None:
    if not state.area:
        return None
    chosen, release = library.areas.get(state.area), meta["release"]
    if chosen and chosen["kind"] != "authority":
        return await client.comparisons(id, state.area, period, ["england"], release)
    neighbours = f"neighbours:{state.model}" if state.model else "neighbours"
    own = COMPARATOR_OF_GROUPING.get(state.compare, state.compare)
    comparators = list(dict.fromkeys(["england", "region", neighbours, own, TYPE, OWN_PAST]))
    return await client.comparisons(id, state.area, period, comparators, release)


async def _neighbours(client: ApiClient, state: State, meta: Meta) -> frozenset[str]:
    if not state.area:
        return frozenset()
    found: Reply[list[NeighbourRow]] = await client.neighbours(state.area, state.model, meta)
    return frozenset(row["code"] for row in found.data)
