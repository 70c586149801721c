"""What the page of a source shows: asked for in at most four calls, then only read."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import (
    AreaCard,
    IndicatorDetail,
    Meta,
    ObservationRow,
    ReadFrom,
    SourceCard,
    SourceKind,
    Status,
)
from dashboard.answers import ApiError, Library, Reply
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.words.outcomes import Measure
from dashboard.words.readings import is_whole

_NOT_FOUND: Final = 404


@dataclass(frozen=True)
class SourceView:
    """One source; with an indicator how that is read from it, with an area one figure of it."""

    state: State
    meta: Meta
    library: Library
    source: SourceCard
    indicator: IndicatorDetail | None = None
    period: str = ""
    figures: Reply[list[ObservationRow]] | None = None
    members: tuple[ObservationRow, ...] = ()
    """The authorities in the area, where this service computed its figure over them."""

    @property
    def row(self) -> ObservationRow | None:
        """The figure that is traced."""
        return self.figures.data[0] if self.figures and self.figures.data else None

    @property
    def area(self) -> AreaCard | None:
        """The area of that figure."""
        code = self.row["area_code"] if self.row else self.state.area
        return self.library.areas.get(code)

    @property
    def measure(self) -> Measure | None:
        """How values of the indicator are written."""
        return Measure.of(self.indicator) if self.indicator else None

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether the figure comes from another source than the one that the address names."""
        return bool(self.row and self.row["source"] not in {"", self.source["id"]})

    @property
    def entries(self) -> list[ReadFrom]:
        """What of the source's table the indicator is read from, for this area and period.

        Pages show figures that are not broken down; rows of breakdowns alone come only where the
        table has nothing else of the indicator.
        """
        every = self.indicator["read_from"] if self.indicator else []
        of_table = [
            entry
            for entry in every
            if entry["table"] == self.source["table"]
            and self.source["vintage"] not in entry["absent_from"]
        ]
        whole = [entry for entry in of_table if is_whole(entry)]
        return [entry for entry in whole if self._fits(entry)] or whole or of_table

    def _fits(self, entry: ReadFrom) -> bool:
        # Ids of one kind of period sort by time.
        period, kind = self.period, self.area["kind"] if self.area else ""
        levels = {*entry["levels"], *(["subregion"] if "region" in entry["levels"] else [])}
        return (
            (not kind or kind in levels)
            and not (period and entry["first_period"] and period < entry["first_period"])
            and not (period and entry["last_period"] and period > entry["last_period"])
        )


async def load_source(client: ApiClient, state: State) -> SourceView:
    """Ask for what the page shows; raises ApiError for what is not there."""
    if not state.indicator:
        release = await client.release(state.release)
        library = await client.library(release.meta)
        source = _named(state.subject, release.data["sources"], release.meta)
        return SourceView(state, release.meta, library, source)
    card = await client.indicator(state.indicator, state.release)
    library = await client.library(card.meta)
    source = await _source_of(client, state, card)
    period = state.period or card.data["latest"] or ""
    view = SourceView(state, card.meta, library, source, card.data, period)
    if not (state.area and period):
        return view
    figures = await client.observations(
        [card.data["id"]], [state.area], [period], card.meta["release"]
    )
    found = SourceView(state, card.meta, library, source, card.data, period, figures)
    is_whole = found.area is not None and found.area["kind"] != "authority"
    if source["kind"] != SourceKind.COMPUTED or not is_whole:
        return found
    return await _with_members(client, found)


async def _source_of(client: ApiClient, state: State, card: Reply[IndicatorDetail]) -> SourceCard:
    """Return the source; the release is asked only where it is none of the indicator's."""
    held = [source for source in card.data["sources"] if source["id"] == state.subject]
    if held:
        return held[0]
    release = await client.release(card.meta["release"])
    return _named(state.subject, release.data["sources"], card.meta)


def _named(id: str, sources: Sequence[SourceCard], meta: Meta) -> SourceCard:
    by_id = {source["id"]: source for source in sources}
    if id not in by_id:
        detail = f"'{id}' is not a source of release {meta['release']}"
        raise ApiError(_NOT_FOUND, "Not found", detail, difflib.get_close_matches(id, by_id))
    return by_id[id]


async def _with_members(client: ApiClient, view: SourceView) -> SourceView:
    """Add the figures of the authorities that a computed figure was worked out from."""
    assert view.indicator is not None  # noqa: S101 - the caller looked
    code = view.area["code"] if view.area else view.state.area
    rows = await client.observations(
        [view.indicator["id"]], [f"within:{code}"], [view.period], view.meta["release"]
    )
    kinds = {area["code"]: area["kind"] for area in view.library.areas.values()}
    members = tuple(row for row in rows.data if kinds.get(row["area_code"]) == "authority")
    return SourceView(**{**vars(view), "members": members})


def has_figure(row: ObservationRow) -> bool:
    """Say whether a row has a value."""
    return row["status"] == Status.OK
