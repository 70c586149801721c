"""The interactive chart of all periods: a part of an indicator's page, made when asked for."""

from collections.abc import Sequence
from typing import Any

from dash import dcc

from api.contract import IndicatorDetail, ObservationRow
from dashboard.client import ApiClient
from dashboard.components.area_history import before_and_after, kin_of
from dashboard.components.figures import same_numbers
from dashboard.components.sources import figure_source_link
from dashboard.interactive import series_figure
from dashboard.page import Node, node
from dashboard.state import read_state
from dashboard.words import periods
from dashboard.words.counts import counts_authorities
from dashboard.words.history import kin_name


async def series(client: ApiClient, id: str, query: str) -> Any:
    """Return the interactive chart of all periods; one call for the card, one for the rows."""
    state = read_state(query, id)
    card = await client.indicator(state.subject, state.release)
    library = await client.library(card.meta)
    chosen = library.areas.get(state.area)
    # Whether one authority is counted has no place on the axis of how many are.
    own = "" if counts_authorities(card.data["unit"]) else state.area
    region = chosen["region"] if chosen else ""
    codes = [code for code in (own, library.country["code"], region) if code]
    kin = kin_of(chosen, library) if chosen and own else []
    asked = [*codes, *(area["code"] for area in kin)]
    rows = await client.observations([id], asked, ["all"], card.meta["release"])
    figure = series_figure(
        rows.data,
        codes,
        card.data["short_title"],
        card.data["unit"],
        kin={area["code"]: kin_name(area) for area in kin},
        breaks=[one["period"] for one in card.data["breaks"]],
    )
    return [
        dcc.Graph(figure=figure, config={"displaylogo": False, "responsive": True}),
        before_and_after(rows.data, card.data, chosen, kin) if chosen and kin else None,
        same_numbers(rows.address, "all periods"),
        _sources(rows.data, card.data, state.release),
    ]


def _sources(rows: Sequence[ObservationRow], card: IndicatorDetail, release: str) -> Node:
    """Return the way to each source of the chart, with the periods that come from it."""
    vintages = {source["id"]: source["vintage"].replace("_", "-") for source in card["sources"]}
    held: dict[str, list[ObservationRow]] = {}
    for row in sorted(rows, key=lambda row: row["period_end"]):
        if row["source"]:
            held.setdefault(row["source"], []).append(row)
    links: list[Node] = []
    for source, of in held.items():
        links += [", "] if links else []
        links.append(_way(source, of, vintages.get(source, ""), release))
    return node("P", "Sources: ", *links, ".", className="same-numbers") if links else None


def _way(source: str, rows: Sequence[ObservationRow], vintage: str, release: str) -> Node:
    last = rows[-1]
    first, end = periods.short(rows[0]["period"]), periods.short(last["period"])
    span = end if first == end else f"{first} to {end}"
    words = f"{span} (vintage {vintage})" if vintage else f"{span} (computed)"
    return figure_source_link(
        source, last["indicator"], last["area_code"], last["period"], release, words
    )
