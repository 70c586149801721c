"""What the overview and the list of indicators show of every indicator, held for all readers."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.contract import (
    COUNTRY_WORD,
    FrameworkPlace,
    ObservationRow,
    Paths,
    ReleaseDetail,
    StandingRow,
    TrendRow,
)
from dashboard.answers import Library, Reply
from dashboard.client import ApiClient

_OF_COUNTRY: Mapping[str, str] = {"area": COUNTRY_WORD, "period": "latest"}


@dataclass(frozen=True)
class CatalogueView:
    """A release, its framework, and of each indicator how the country and authorities stand."""

    release: Reply[ReleaseDetail]
    library: Library
    places: Sequence[FrameworkPlace]
    trends: Mapping[str, TrendRow]
    standings: Mapping[str, StandingRow]
    figures: Mapping[str, ObservationRow]
    addresses: Mapping[str, str]
    """`trends`, `standings` and `figures`: where the API gives the same."""

    @property
    def ends(self) -> list[str]:
        """The days on which the periods of the country's latest figures end, in order."""
        known = [row for row in self.figures.values() if row["value"] is not None]
        return sorted({row["period_end"] for row in known})


async def load_catalogue(client: ApiClient, release: str) -> CatalogueView:
    """Return it: one call, and four answers that are the same for all readers of a release."""
    opened = await client.release(release)
    library = await client.library(opened.meta)
    framework, trends, standings, figures = await asyncio.gather(
        client.held_get(Paths.FRAMEWORK, opened.meta),
        client.held_get(Paths.TRENDS, opened.meta, **_OF_COUNTRY),
        client.held_get(Paths.STANDINGS, opened.meta, area="authority", **{"with": COUNTRY_WORD}),
        client.held_get(Paths.OBSERVATIONS, opened.meta, **_OF_COUNTRY),
    )
    return CatalogueView(
        opened,
        library,
        framework.data,
        _by_indicator(trends.data),
        _by_indicator(standings.data),
        _by_indicator(figures.data),
        {"trends": trends.address, "standings": standings.address, "figures": figures.address},
    )


def _by_indicator(rows: Sequence[Any]) -> dict[str, Any]:
    return {row["indicator"]: row for row in rows}
