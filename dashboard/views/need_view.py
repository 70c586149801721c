"""How much authorities do beside the need they meet: rates, each against deprivation."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import AreaCard, ComparisonRow, IndicatorDetail, Meta, PairCard, PairRow, Paths
from dashboard.answers import Library, Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.state import State, address
from dashboard.views.need_rates import need_rates
from dashboard.views.pair_view import APART, DEFAULT_X, context_variables, neighbours_of
from dashboard.words.outcomes import Measure

PROPORTIONALITY: Final = "/proportionality"
DEPRIVATION: Final = "deprivation"


@dataclass(frozen=True)
class Level:
    """One rate against deprivation, with how the chosen authority lies among those as deprived."""

    indicator: IndicatorDetail
    pair: PairCard
    rows: Reply[list[PairRow]]
    compared: ComparisonRow | None

    @property
    def measure(self) -> Measure:
        """How the rate is written."""
        return Measure.of(self.indicator)

    def row_of(self, code: str) -> PairRow | None:
        """Return the row of an authority."""
        return next((row for row in self.rows.data if row["area_code"] == code), None)


@dataclass(frozen=True)
class NeedView:
    """All levels in one release, with the chosen authority and its neighbours."""

    state: State
    meta: Meta
    library: Library
    levels: Sequence[Level]
    neighbours: frozenset[str]
    fifths: Mapping[str, str]
    """The fifths of deprivation by their codes."""

    context_source: str
    compared_address: str
    """The address of how the chosen authority compares, blank where none is chosen."""

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen authority."""
        return self.library.areas.get(self.state.area) if self.state.area else None

    @property
    def fifth(self) -> str:
        """The code of the fifth of deprivation that the chosen authority is in, blank for none."""
        return self.chosen["classes"].get(DEPRIVATION, "") if self.chosen else ""

    @property
    def fifth_name(self) -> str:
        """The same in words, inside a sentence: `middle fifth`."""
        words = self.fifths.get(self.fifth, "")
        return f"{words[:1].lower()}{words[1:]}"

    def in_fifth(self, level: Level) -> list[PairRow]:
        """Return the authorities of that fifth which have both figures."""
        areas = self.library.areas
        return [
            row
            for row in level.rows.data
            if row["area_code"] in areas
            and areas[row["area_code"]]["classes"].get(DEPRIVATION) == self.fifth != ""
            and row["y_value"] is not None
            and row["x_value"] is not None
        ]

    def place(self, **changes: str) -> str:
        """Return the address of this page with some choices replaced."""
        return address(PROPORTIONALITY, self.state.changed(**changes))


async def load_need(client: ApiClient, state: State) -> NeedView:
    """Ask for what the page shows: what all readers get alike is held."""
    meta = (await client.release(state.release)).meta
    library = await client.library(meta)
    if state.area and state.area not in library.areas:
        found = await client.area(state.area, meta["release"])
        state = state.changed(area=found.data["code"])
    ids = [card["id"] for card in need_rates(library)]
    variables = await context_variables(client, library, meta)
    groups = await client.held_get(Paths.GROUPS, meta, grouping=DEPRIVATION)
    compared, pairs, cards, neighbours = await asyncio.gather(
        _compared(client, state, library, meta, ids),
        asyncio.gather(*(_pair(client, id, meta) for id in ids)),
        asyncio.gather(*(client.held_indicator(id, meta) for id in ids)),
        neighbours_of(client, state, library, meta),
    )
    by_id = {row["indicator"]: row for row in compared.data} if compared else {}
    return NeedView(
        state,
        meta,
        library,
        [
            Level(card.data, rows.meta["pair"], rows, by_id.get(id))
            for id, card, rows in zip(ids, cards, pairs, strict=True)
        ],
        neighbours,
        {group["group"]: group["label"] for group in groups.data},
        next((v["source"] for v in variables if v["id"] == DEPRIVATION), ""),
        compared.address if compared else "",
    )


async def _pair(client: ApiClient, id: str, meta: Meta) -> Reply[list[PairRow]]:
    path = filled(Paths.PAIR, pair=APART.join((DEFAULT_X, id)))
    return await client.held_get(path, meta)


async def _compared(
    client: ApiClient, state: State, library: Library, meta: Meta, ids: Sequence[str]
) -> Reply[list[ComparisonRow]] | None:
    area = library.areas.get(state.area)
    if area is None or area["kind"] != "authority" or area["last_day"]:
        return None
    return await client.comparisons(",".join(ids), area["code"], "", [DEPRIVATION], meta["release"])
