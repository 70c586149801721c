"""What the page of a release shows: what it changed, of everything or of a choice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.contract import (
    BREAKDOWN_COLUMNS,
    ChangeRow,
    Meta,
    ObservationRow,
    Paths,
    ReleaseDetail,
    ReleaseRow,
    RevisionRow,
)
from dashboard.answers import Library, Reply
from dashboard.asking import filled
from dashboard.client import ApiClient
from dashboard.state import State
from dashboard.words.changes import KINDS
from dashboard.words.outcomes import Measure

Key = tuple[str, ...]
KEY: Final = ("indicator", "area_code", "period", *BREAKDOWN_COLUMNS)
_UNKNOWN: Final = Measure("", 1, "during")


@dataclass(frozen=True)
class ReleaseView:
    """One release beside an earlier one."""

    state: State
    meta: Meta
    release: ReleaseDetail
    library: Library
    releases: Sequence[ReleaseRow] = ()
    """All releases, the newest first; none where one figure is looked at."""
    earlier: ReleaseDetail | None = None
    """The release that it is compared with, where all figures are."""
    revisions: Sequence[Mapping[str, Any]] = ()
    """Counts and sizes by indicator, as /revisions gives them."""
    cells: Reply[list[ChangeRow]] | None = None
    """The figures of a choice that differ."""
    sources: Mapping[tuple[str, Key], str] | None = None
    """Release and key of a figure to its source, where indicator and area are chosen."""

    @property
    def id(self) -> str:
        """The id of the release."""
        return self.release["id"]

    @property
    def since(self) -> str:
        """The id of the release that it is compared with, blank for none."""
        changes = self.release["changes"]
        return self.state.against or (changes["since"] if changes else None) or ""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many figures differ, by kind."""
        if self.cells is not None:
            return Counter(row["kind"] for row in self.rows)
        return {kind: sum(row[kind] for row in self.revisions) for kind in KINDS}

    @property
    def rows(self) -> list[ChangeRow]:
        """The figures of the choice that differ, what needs a second look first."""
        held = self.cells.data if self.cells else []
        kinds, period = list(KINDS), self.state.period
        kept = [row for row in held if period in {"", row["period"]}]
        return sorted(kept, key=lambda row: (kinds.index(row["kind"]), -abs(row["change"] or 0)))

    def measure(self, indicator: str) -> Measure:
        """Return how values of an indicator are written."""
        card = self.library.indicators.get(indicator)
        return Measure.of(card) if card else _UNKNOWN

    def title(self, indicator: str) -> str:
        """Return the short title of an indicator, its id where the release has it no more."""
        card = self.library.indicators.get(indicator)
        return card["short_title"] if card else indicator


async def load_release(client: ApiClient, state: State) -> ReleaseView:
    """Ask for what differs; raises ApiError for what there is not."""
    found = await client.release(state.subject)
    release, meta = found.data, found.meta
    library = await client.library(meta)
    view = ReleaseView(state, meta, release, library)
    if not view.since:
        return ReleaseView(state, meta, release, library, await _releases(client))
    if state.indicator and state.area:
        cells = await _cells(client, view)
        sources = await _sources(client, view) if cells.data else {}
        return ReleaseView(state, meta, release, library, cells=cells, sources=sources)
    releases = await _releases(client)
    if state.indicator or state.area:
        cells = await _cells(client, view)
        return ReleaseView(state, meta, release, library, releases, cells=cells)
    earlier = await client.release(view.since)
    revisions = await _revisions(client, view)
    return ReleaseView(state, meta, release, library, releases, earlier.data, revisions)


async def _releases(client: ApiClient) -> list[ReleaseRow]:
    found: Reply[list[ReleaseRow]] = await client.get(Paths.RELEASES)
    return found.data


async def _revisions(client: ApiClient, view: ReleaseView) -> Sequence[Mapping[str, Any]]:
    changes = view.release["changes"]
    if changes and changes["since"] == view.since:
        return changes["indicators"]
    path = filled(Paths.RELEASE_REVISIONS, release=view.id)
    found: Reply[list[RevisionRow]] = await client.get(path, since=view.since)
    return [{**row} for row in found.data]


async def _cells(client: ApiClient, view: ReleaseView) -> Reply[list[ChangeRow]]:
    return await client.get(filled(Paths.RELEASE_CHANGES, release=view.id), **asked(view))


def asked(view: ReleaseView) -> dict[str, str]:
    """Return what is asked of the changes of a release; blank for what is not chosen."""
    state = view.state
    return {
        "since": state.against,
        "indicator": state.indicator,
        "area": state.area,
        "kind": state.kind,
    }


async def _sources(client: ApiClient, view: ReleaseView) -> dict[tuple[str, Key], str]:
    """Return where the figures of one indicator and area come from, in both releases."""
    held: dict[tuple[str, Key], str] = {}
    for release in (view.id, view.since):
        found: Reply[list[ObservationRow]] = await client.get(
            Paths.OBSERVATIONS,
            indicator=view.state.indicator,
            area=view.state.area,
            period=view.state.period or "all",
            **dict.fromkeys(BREAKDOWN_COLUMNS, "all"),
            release=release,
        )
        for row in found.data:
            held[release, key_of({**row})] = row["source"]
    return held


def key_of(row: Mapping[str, Any]) -> Key:
    """Return the key of a figure."""
    return tuple(row[name] for name in KEY)
