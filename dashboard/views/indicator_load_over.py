"""Asking for an indicator over time, and for what is known of it beyond its card."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from api.contract import ComparisonRow, IndicatorDetail, Meta, ObservationRow, Paths
from dashboard.answers import Library, Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.views.indicator_series import Over
from dashboard.views.indicator_view import About, highlighted_in
from dashboard.words.counts import counts_authorities


async def load_over(
    client: ApiClient,
    card: Reply[IndicatorDetail],
    library: Library,
    state: State,
    needs: frozenset[str],
) -> Over:
    """Ask for the figures of all periods that a view needs."""
    indicator, meta = card.data, card.meta
    rows, neighbours, spread, inspections = await asyncio.gather(
        _rows(client, indicator, library, state, meta, is_needed="series" in needs),
        _neighbours(client, indicator, state, meta, is_needed="neighbours over time" in needs),
        _spread(client, indicator, library, meta, is_needed="band" in needs),
        _inspections(client, library, state, meta, is_needed="inspections" in needs),
    )
    return Over(
        rows=rows.data if rows else (),
        address=rows.address if rows else "",
        neighbours=neighbours.data if neighbours else (),
        spread=spread.data if spread else (),
        spread_address=spread.address if spread else "",
        inspections=inspections,
    )


async def _rows(
    client: ApiClient,
    indicator: IndicatorDetail,
    library: Library,
    state: State,
    meta: Meta,
    *,
    is_needed: bool,
) -> Reply[list[ObservationRow]] | None:
    if not is_needed:
        return None
    codes = codes_over_time(indicator, library, state)
    return await client.observations([indicator["id"]], codes, ["all"], meta["release"])


def codes_over_time(indicator: IndicatorDetail, library: Library, state: State) -> list[str]:
    """Return the codes of the areas whose figures are shown over time.

    Whether one authority is counted has no place on the axis of how many are.
    """
    chosen = library.areas.get(state.area)
    country = library.country["code"]
    if counts_authorities(indicator["unit"]) or chosen is None:
        own: list[str] = []
    else:
        kin = chosen["successors"] if chosen["last_day"] else chosen["predecessors"]
        own = [chosen["code"], *kin]
    region = (chosen["region"] or "") if chosen else ""
    further = [area["code"] for area in highlighted_in(state, library)]
    if counts_authorities(indicator["unit"]):
        further = [code for code in further if library.areas[code]["kind"] != "authority"]
    return list(dict.fromkeys(filter(None, [*own, country, region, *further])))


async def _neighbours(
    client: ApiClient, indicator: IndicatorDetail, state: State, meta: Meta, *, is_needed: bool
) -> Reply[list[ComparisonRow]] | None:
    """Return how an authority stands beside its neighbours, the same for all who choose it."""
    if not is_needed or not state.area or counts_authorities(indicator["unit"]):
        return None
    return await client.held_get(
        Paths.COMPARISONS,
        meta,
        indicator=indicator["id"],
        area=state.area,
        period="all",
        **{"with": f"neighbours:{state.model}" if state.model else "neighbours"},
    )


async def _spread(
    client: ApiClient, indicator: IndicatorDetail, library: Library, meta: Meta, *, is_needed: bool
) -> Reply[list[ComparisonRow]] | None:
    """Return a comparison with the country, whose quartiles are the same for every authority."""
    steady = (area for area in library.authorities if not area["first_day"])
    any_one = next(steady, None)
    is_counted = counts_authorities(indicator["unit"])
    if not is_needed or any_one is None or is_counted or "authority" not in indicator["levels"]:
        return None
    return await client.held_get(
        Paths.COMPARISONS,
        meta,
        indicator=indicator["id"],
        area=any_one["code"],
        period="all",
        **{"with": "england"},
    )


async def _inspections(
    client: ApiClient, library: Library, state: State, meta: Meta, *, is_needed: bool
) -> Sequence[Mapping[str, Any]]:
    chosen = library.areas.get(state.area)
    if not is_needed or chosen is None or chosen["kind"] != "authority":
        return ()
    path = filled(Paths.AREA, code=chosen["code"])
    found: Reply[Any] = await client.held_get(path, meta)
    inspections: Sequence[Mapping[str, Any]] = found.data["inspections"]
    return inspections


async def load_about(client: ApiClient, id: str, meta: Meta, needs: frozenset[str]) -> About:
    """Ask for the versions of the definition, and for problems that the release names."""
    if "about" not in needs:
        return About()
    versions, release = await asyncio.gather(
        client.held_get(filled(Paths.VERSIONS, id=id), meta),
        client.release(meta["release"]),
    )
    return About(versions.data, release.data["known_problems"])
