"""What the page of gaps shows: the parts of a figure against their total, now and before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import AreaCard, IndicatorCard, IndicatorDetail, InequalityRow, Meta
from dashboard.answers import Library
from dashboard.client import ApiClient
from dashboard.state import State, address
from dashboard.views.indicator_parts import FAMILY, Beside, Breakdown, breakdowns_of, siblings_of
from dashboard.words.outcomes import Measure

GAPS: Final = "/gaps"
MOST_AREAS: Final = 12
_YEARS: Final = 4
"""How many periods are looked through for the newest that has parts, and the one before it."""


@dataclass(frozen=True)
class GapsView:
    """One indicator by one breakdown, for some areas."""

    state: State
    meta: Meta
    library: Library
    indicator: IndicatorDetail
    by: str
    areas: Sequence[AreaCard]
    """The areas shown, the chosen one first."""

    left_out: int
    now: Breakdown | None
    before: Breakdown | None
    rows: Sequence[InequalityRow]
    siblings: Sequence[IndicatorCard]
    rows_address: str

    @property
    def measure(self) -> Measure:
        """How the figures are written."""
        return Measure.of(self.indicator)

    @property
    def chosen(self) -> AreaCard | None:
        """The chosen area."""
        return self.library.areas.get(self.state.area) if self.state.area else None

    @property
    def is_family(self) -> bool:
        """Whether the same is shown for other groups, each an indicator of its own."""
        return self.by == FAMILY

    def of_family(self, area: str) -> list[InequalityRow]:
        """Return the newest row of the indicator and each sibling for an area."""
        held: dict[str, InequalityRow] = {}
        for row in self.rows:
            part = row["part"]
            if row["by"] != FAMILY or row["area_code"] != area or not part:
                continue
            if part not in held or row["period"] > held[part]["period"]:
                held[part] = row
        return list(held.values())

    def place(self, **changes: str) -> str:
        """Return the address of this page with some choices replaced."""
        return address(GAPS, self.state.changed(**changes))


async def load_gaps(client: ApiClient, state: State) -> GapsView:
    """Ask for what the page shows, in two calls; raises ApiError for what is not there."""
    meta = (await client.release(state.release)).meta
    library = await client.library(meta)
    state = await _with_known_area(client, state, library, meta)
    id = state.indicator or usual_indicator(library)
    indicator = (await client.held_indicator(id, meta)).data
    siblings = siblings_of(indicator, library)
    by = _by(state, indicator, siblings)
    periods = _periods(state, indicator)
    country = library.country["code"]
    asked = [
        *([state.area] if state.area else []),
        *(state.areas.split(",") if state.areas else []),
    ]
    wanted = list(dict.fromkeys([*asked, country]))
    if not by or not periods:
        return GapsView(
            state, meta, library, indicator, by, [library.areas[country]], 0, None, None, (),
            siblings, "",
        )  # fmt: skip
    found = await client.inequalities(
        meta["release"], indicator=[id], area=wanted, period=periods, by=[by]
    )
    codes = list(dict.fromkeys(row["area_code"] for row in found.data))
    codes.sort(key=lambda code: (code != state.area, code == country and bool(state.area)))
    areas = [library.areas[code] for code in codes if code in library.areas]
    shown = areas[:MOST_AREAS]
    beside = Beside(tuple(found.data))
    now = _newest(beside, indicator, by, periods, shown)
    earlier = [period for period in periods if now and period < now.period]
    return GapsView(
        state,
        meta,
        library,
        indicator,
        by,
        shown or [library.areas[country]],
        len(areas) - len(shown),
        now,
        _newest(beside, indicator, by, earlier, shown),
        found.data,
        siblings,
        found.address,
    )


async def _with_known_area(client: ApiClient, state: State, library: Library, meta: Meta) -> State:
    if not state.area or state.area in library.areas:
        return state
    found = await client.area(state.area, meta["release"])
    return state.changed(area=found.data["code"])


def usual_indicator(library: Library) -> str:
    """Return the indicator shown where none was chosen: the first core outcome with parts."""
    held = [card for card in library.indicators.values() if card["latest"]]
    parted = [card for card in held if card["breakdowns"]] or held
    core = [card for card in parted if card["is_core"] and card["kind"] == "outcome"]
    by_group = [card for card in core if "ethnicity" in card["breakdowns"]]
    return (by_group or core or parted)[0]["id"]


def _by(state: State, indicator: IndicatorDetail, siblings: Sequence[IndicatorCard]) -> str:
    """Return the breakdown asked for, if it is held, else the first that is."""
    held = [*indicator["breakdowns"], *([FAMILY] if siblings else [])]
    usual = "ethnicity" if "ethnicity" in held and not state.by else ""
    return state.by if state.by in held else usual or next(iter(held), "")


def _periods(state: State, indicator: IndicatorDetail) -> list[str]:
    """Return the period asked for, else the latest, and those before it, the newest first."""
    last = state.period or indicator["latest"] or ""
    held = [period for period in indicator["periods"] if period <= last]
    return list(reversed(held))[:_YEARS]


def _newest(
    beside: Beside,
    indicator: IndicatorDetail,
    by: str,
    periods: Sequence[str],
    areas: Sequence[AreaCard],
) -> Breakdown | None:
    """Return the parts in the first of some periods that has any."""
    found = (one for period in periods for one in breakdowns_of(beside, indicator, [period], areas))
    return next((one for one in found if one.column == by), None)
