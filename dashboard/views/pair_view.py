"""What the page of a pair shows: two calls, and lists that are held."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from api.contract import (
    AreaCard,
    AreaDetail,
    ContextCard,
    IndicatorDetail,
    Meta,
    PairCard,
    PairRow,
    Paths,
)
from dashboard.answers import ApiError, Library, Reply
from dashboard.asking import filled
from dashboard.charts.chart_source import source_words
from dashboard.client import ApiClient
from dashboard.state import State, address, pair_address
from dashboard.views.need_rates import need_rates
from dashboard.words.outcomes import Measure
from dashboard.words.pairs import CONTEXT, Side, is_context

_REFUSED = 502
SCATTER: Final = "/scatter"
APART: Final = "~"
"""What stands between two that a reader put together."""
DEFAULT_X: Final = f"{CONTEXT}deprivation"


@dataclass(frozen=True)
class PairView:
    """One pair in one year, with the chosen authority and its neighbours."""

    state: State
    meta: Meta
    library: Library
    card: PairCard
    rows: Reply[list[PairRow]]
    neighbours: frozenset[str]
    indicators: Mapping[str, IndicatorDetail]
    """The full cards of those of the two that are indicators."""

    variables: Sequence[ContextCard] = ()
    """The context variables that may be chosen, where a reader chooses."""

    @property
    def is_free(self) -> bool:
        """Whether a reader put the two together."""
        return APART in self.card["id"]

    @cached_property
    def x(self) -> Side:
        """The first figure: how it is written, when it was measured, what parts it."""
        card = self.card
        measure = Measure(card["x_unit"], card["x_decimals"], card["x_measured"])
        names = (card["x_short_title"], card["x_title"])
        return Side(
            *names, measure, card["x_period"], card["x_line"], self._whose(card["x_line_of"])
        )

    @cached_property
    def y(self) -> Side:
        """The second figure."""
        card = self.card
        measure = Measure(card["y_unit"], card["y_decimals"], card["y_measured"])
        names = (card["y_short_title"], card["y_title"])
        return Side(
            *names, measure, card["y_period"], card["y_line"], self._whose(card["y_line_of"])
        )

    def _whose(self, line_of: str | None) -> str:
        return self.library.country["name"] if line_of == "country" else "the median"

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen authority."""
        return self.library.areas.get(self.state.area) if self.state.area else None

    @property
    def chosen_row(self) -> PairRow | None:
        """Its row, if it has one in this year."""
        return next((row for row in self.rows.data if row["area_code"] == self.state.area), None)

    @property
    def measured(self) -> list[str]:
        """The ids of those of the two that are indicators."""
        return [id for id in (self.card["x"], self.card["y"]) if not is_context(id)]

    @property
    def periods(self) -> list[str]:
        """The periods of the first indicator in which the pair may be read, the newest first."""
        if not self.measured:
            return []
        first, last = (self.library.indicators[self.measured[place]] for place in (0, -1))
        held = first["periods"]
        if first["period_kind"] == last["period_kind"]:
            held = [period for period in held if period in last["periods"]]
        return list(reversed(held))

    @property
    def source(self) -> str:
        """Where both figures come from."""
        context = [v["source"] for v in self.variables if f"{CONTEXT}{v['id']}" in self._ids]
        return "; ".join(filter(None, [source_words(self.indicators.values()), *context]))

    @property
    def _ids(self) -> tuple[str, str]:
        return self.card["x"], self.card["y"]

    def place(self, **changes: str) -> str:
        """Return the address of this page with some choices replaced."""
        if self.is_free:
            x, y = self._ids
            kept = self.state.changed(**{"x": x, "y": y, "subject": "", **changes})
            return address(SCATTER, kept)
        return pair_address(self.card["id"], self.state, **changes)

    def address_of(self, code: str) -> str:
        """Return the address of this page with an authority chosen."""
        return self.place(area=code)


async def load_pair(client: ApiClient, state: State) -> PairView:
    """Ask for what the page shows; raises ApiError for a pair or area that is not there."""
    id = state.subject or APART.join((state.x or DEFAULT_X, state.y or await _usual(client, state)))
    rows = await client.pair(id, state.period, state.release)
    if "pair" not in rows.meta:
        raise ApiError(_REFUSED, "No card", "The API gave no card of the pair", ())
    library = await client.library(rows.meta)
    state = await _with_known_area(client, state, library, rows.meta)
    neighbours = await neighbours_of(client, state, library, rows.meta)
    card = rows.meta["pair"]
    ids = [id for id in (card["x"], card["y"]) if not is_context(id)]
    found = await asyncio.gather(*(client.held_indicator(id, rows.meta) for id in ids))
    details = {one.data["id"]: one.data for one in found}
    variables = await context_variables(client, library, rows.meta) if APART in id else ()
    return PairView(state, rows.meta, library, card, rows, neighbours, details, variables)


async def _usual(client: ApiClient, state: State) -> str:
    """Return what stands beside deprivation where nothing was chosen: the last of the rates."""
    meta = (await client.release(state.release)).meta
    held = need_rates(await client.library(meta))
    return held[-1]["id"] if held else ""


async def _with_known_area(client: ApiClient, state: State, library: Library, meta: Meta) -> State:
    """Return the state with the code that the chosen area has today."""
    if not state.area or state.area in library.areas:
        return state
    found = await client.area(state.area, meta["release"])
    return state.changed(area=found.data["code"])


async def neighbours_of(
    client: ApiClient, state: State, library: Library, meta: Meta
) -> frozenset[str]:
    """Return the neighbours of the chosen authority, none where none is chosen."""
    area = library.areas.get(state.area)
    if area is None or area["kind"] != "authority":
        return frozenset()
    near = await client.neighbours(area["code"], state.model, meta)
    return frozenset(row["code"] for row in near.data)


async def context_variables(
    client: ApiClient, library: Library, meta: Meta
) -> Sequence[ContextCard]:
    """Return the context variables of a release: every authority has the same."""
    first = next(iter(library.authorities), None)
    if first is None:
        return ()
    path = filled(Paths.AREA, code=first["code"])
    found: Reply[AreaDetail] = await client.held_get(path, meta)
    return found.data["context"]
