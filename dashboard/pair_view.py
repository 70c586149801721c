"""What the page of a pair shows: two calls, and lists that are held."""

from dataclasses import dataclass
from functools import cached_property

from api.contract import AreaCard, Meta, PairCard, PairRow
from dashboard.answers import ApiError, Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State, pair_address
from dashboard.words.outcomes import Measure
from dashboard.words.pairs import Side

_REFUSED = 502


@dataclass(frozen=True)
class PairView:
    """One pair in one year, with the chosen authority and its neighbours."""

    state: State
    meta: Meta
    library: Library
    card: PairCard
    rows: Reply[list[PairRow]]
    neighbours: frozenset[str]

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
    def periods(self) -> list[str]:
        """The periods of x in which the pair may be read, the newest first."""
        x, y = (self.library.indicators[self.card[side]] for side in ("x", "y"))
        held = x["periods"]
        if x["period_kind"] == y["period_kind"]:
            held = [period for period in held if period in y["periods"]]
        return list(reversed(held))

    def address_of(self, code: str) -> str:
        """Return the address of this page with an authority chosen."""
        return pair_address(self.card["id"], self.state, area=code)


async def load_pair(client: ApiClient, state: State) -> PairView:
    """Ask for what the page shows; raises ApiError for a pair or area that is not there."""
    rows = await client.pair(state.subject, state.period, state.release)
    if "pair" not in rows.meta:
        raise ApiError(_REFUSED, "No card", "The API gave no card of the pair", ())
    library = await client.library(rows.meta)
    neighbours: frozenset[str] = frozenset()
    if state.area:
        area = library.areas.get(state.area)
        if area is None:
            found = await client.area(state.area, rows.meta["release"])
            area = library.areas[found.data["code"]]
            state = state.changed(area=area["code"])
        if area["kind"] == "authority":
            near = await client.neighbours(state.area, state.model, rows.meta)
            neighbours = frozenset(row["code"] for row in near.data)
    return PairView(state, rows.meta, library, rows.meta["pair"], rows, neighbours)
