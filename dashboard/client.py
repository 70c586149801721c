"""Typed calls to the API: the only way in which the dashboard gets at a figure."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

import httpx
import orjson

from api.contract import (
    AreaCard,
    AreaDetail,
    CommentRow,
    ComparisonRow,
    FrameworkPlace,
    GroupingCard,
    GroupRow,
    IndicatorCard,
    IndicatorDetail,
    InequalityRow,
    Meta,
    NeighbourRow,
    ObservationRow,
    PairCard,
    PairRow,
    Paths,
    ProfileRow,
    ReleaseDetail,
    ReturnRow,
    TrendRow,
)
from dashboard.answers import ApiError, Library, Reply
from dashboard.asking import filled, joined, of_rows, with_query
from dashboard.holding import Brief, hold
from dashboard.views.standing import UNUSUAL_AGAINST, Standing, standing_of

_LIBRARIES_HELD: Final = 4
_NEIGHBOURS_HELD: Final = 1000
_CARDS_HELD: Final = 200
_STANDINGS_HELD: Final = 100
_ANSWERS_HELD: Final = 60


class ApiClient:
    """The calls that pages make.

    What says no figure (areas, indicators and their cards, groupings, an authority's neighbours) is
    asked for once per digest and then held, so that page updates pay only for figures; so is how
    all areas stand in an indicator, which is the same whatever the reader chooses.
    `public_address` stands before the addresses shown to readers, where the API is served by
    another host.
    """

    def __init__(self, http: httpx.AsyncClient, public_address: str = "") -> None:
        self._http = http
        self._public_address = public_address.rstrip("/")
        self._libraries: OrderedDict[str, Library] = OrderedDict()
        self._neighbours: OrderedDict[tuple[str, ...], Reply[list[NeighbourRow]]] = OrderedDict()
        self._cards: OrderedDict[tuple[str, str], Reply[IndicatorDetail]] = OrderedDict()
        self._comments: Brief[Reply[list[CommentRow]]] = Brief()
        self._answers: OrderedDict[tuple[str, str], Reply[Any]] = OrderedDict()
        self._standings: OrderedDict[tuple[str, ...], Standing] = OrderedDict()

    async def library(self, meta: Meta) -> Library:
        """Return the lists of the release that an answer came from."""
        held = self._libraries.get(meta["digest"])
        if held is None:
            held = await self._read_library(meta["release"])
            hold(self._libraries, meta["digest"], held, _LIBRARIES_HELD)
        return held

    async def _read_library(self, release: str) -> Library:
        areas: Reply[list[AreaCard]] = await self.get(Paths.AREAS, release=release)
        indicators: Reply[list[IndicatorCard]] = await self.get(Paths.INDICATORS, release=release)
        groupings: Reply[list[GroupingCard]] = await self.get(Paths.GROUPS, release=release)
        return Library(
            release=release,
            areas={area["code"]: area for area in areas.data},
            indicators={indicator["id"]: indicator for indicator in indicators.data},
            groupings=tuple(groupings.data),
        )

    async def release(self, release: str) -> Reply[ReleaseDetail]:
        """Return what a release is made of; blank for the latest."""
        return await self.get(filled(Paths.RELEASE, release=release or "latest"))

    async def framework(self, release: str) -> Reply[list[FrameworkPlace]]:
        """Return the outcomes and enablers of the framework with their indicators."""
        return await self.get(Paths.FRAMEWORK, release=release)

    async def indicator(self, id: str, release: str) -> Reply[IndicatorDetail]:
        """Return the full card of an indicator; raises ApiError 404 for an unknown one."""
        return await self.get(filled(Paths.INDICATOR, id=id), release=release)

    async def held_indicator(self, id: str, meta: Meta) -> Reply[IndicatorDetail]:
        """Return the full card of an indicator in the release that an answer came from."""
        key = (meta["digest"], id)
        held = self._cards.get(key)
        if held is None:
            held = await self.indicator(id, meta["release"])
            hold(self._cards, key, held, _CARDS_HELD)
        return held

    async def area(self, code: str, release: str) -> Reply[AreaDetail]:
        """Return the full card of an area; raises ApiError 404 for an unknown one."""
        return await self.get(filled(Paths.AREA, code=code), release=release)

    async def returns(self, code: str, release: str) -> Reply[list[ReturnRow]]:
        """Return the returns of an authority that a release holds."""
        return await self.get(filled(Paths.RETURNS, code=code), release=release)

    async def commentary(self, meta: Meta) -> Reply[list[CommentRow]]:
        """Return what authorities say of figures; a comment needs no new release to be read."""
        release = meta["release"]
        return await self._comments.get(
            release, lambda: self.get(Paths.COMMENTARY, release=release)
        )

    async def neighbours(self, code: str, model: str, meta: Meta) -> Reply[list[NeighbourRow]]:
        """Return the statistical neighbours of an authority; blank model for the newest."""
        key = (meta["digest"], code, model)
        held = self._neighbours.get(key)
        if held is None:
            path = filled(Paths.NEIGHBOURS, code=code)
            held = await self.get(path, model=model, release=meta["release"])
            hold(self._neighbours, key, held, _NEIGHBOURS_HELD)
        return held

    async def observations(
        self,
        indicators: Sequence[str],
        areas: Sequence[str],
        periods: Sequence[str],
        release: str,
        broken_down: Sequence[str] = (),
    ) -> Reply[list[ObservationRow]]:
        """Return the rows of indicators in areas and periods, with every part of some columns."""
        asked = of_rows(indicators, areas, periods, release, broken_down)
        return await self.get(Paths.OBSERVATIONS, **asked)

    def observations_address(
        self,
        indicators: Sequence[str],
        areas: Sequence[str],
        periods: Sequence[str],
        release: str,
        broken_down: Sequence[str] = (),
    ) -> str:
        """Return the address of such rows, for readers."""
        asked = of_rows(indicators, areas, periods, release, broken_down)
        return f"{self._public_address}{with_query(Paths.OBSERVATIONS, asked)}"

    async def inequalities(
        self, release: str, **asked: Sequence[str]
    ) -> Reply[list[InequalityRow]]:
        """Return parts against their totals: of `indicator`, `area`, `period`, by `by`."""
        return await self.get(Paths.INEQUALITIES, **joined(asked), release=release)

    def inequalities_address(self, release: str, **asked: Sequence[str]) -> str:
        """Return the address of such rows, for readers."""
        given = {**joined(asked), "release": release}
        return f"{self._public_address}{with_query(Paths.INEQUALITIES, given)}"

    async def comparisons(
        self, indicator: str, area: str, period: str, comparators: Sequence[str], release: str
    ) -> Reply[list[ComparisonRow]]:
        """Return how an authority compares, one row for each comparator, in their order."""
        return await self.get(
            Paths.COMPARISONS,
            indicator=indicator,
            area=area,
            period=period,
            **{"with": ",".join(comparators)},
            release=release,
        )

    async def standing(self, indicator: str, period: str, meta: Meta) -> Standing:
        """Return which way each area goes up to a period, and which authorities are unusual."""
        key = (meta["digest"], indicator, period)
        held = self._standings.get(key)
        if held is None:
            trends, compared = await asyncio.gather(
                self._trends(indicator, period, meta["release"]),
                self.comparisons(
                    indicator, "authority", period, [UNUSUAL_AGAINST], meta["release"]
                ),
            )
            held = standing_of(trends.data, trends.address, compared.data, compared.address)
            hold(self._standings, key, held, _STANDINGS_HELD)
        return held

    async def _trends(self, indicator: str, period: str, release: str) -> Reply[list[TrendRow]]:
        asked = {"indicator": indicator, "area": "england,region,authority", "period": period}
        return await self.get(Paths.TRENDS, **asked, release=release)

    async def groups(
        self, grouping: str, indicator: str, period: str, release: str
    ) -> Reply[list[GroupRow]]:
        """Return the groups with their statistics and members; blank period for the latest."""
        return await self.get(
            Paths.GROUPS, grouping=grouping, indicator=indicator, period=period, release=release
        )

    def groups_address(self, grouping: str, indicator: str, period: str, release: str) -> str:
        """Return the address of such groups, for readers."""
        asked = {"grouping": grouping, "indicator": indicator, "period": period, "release": release}
        return f"{self._public_address}{with_query(Paths.GROUPS, asked)}"

    def comparisons_address(self, area: str, comparators: Sequence[str], release: str) -> str:
        """Return the address of how an area compares in every indicator, for readers."""
        asked = with_query(
            Paths.COMPARISONS,
            {"area": area, "with": ",".join(comparators), "release": release},
        )
        return f"{self._public_address}{asked}"

    async def pairs(self, release: str) -> Reply[list[PairCard]]:
        """Return the pairs of indicators that are read together."""
        return await self.get(Paths.PAIRS, release=release)

    async def pair(self, id: str, period: str, release: str) -> Reply[list[PairRow]]:
        """Return the authorities of a pair; its card stands in `meta`. Blank for the latest."""
        return await self.get(filled(Paths.PAIR, pair=id), period=period, release=release)

    async def profile(
        self, code: str, comparators: Sequence[str], release: str
    ) -> Reply[list[ProfileRow]]:
        """Return every indicator of an area beside its comparators."""
        asked = {"with": ",".join(comparators), "release": release}
        return await self.get(filled(Paths.PROFILE, code=code), **asked)

    async def get(self, path: str, **parameters: str) -> Reply[Any]:
        """Ask for JSON; raises ApiError for anything but an answer."""
        answer = orjson.loads(await self.content(path, **parameters))
        return Reply(answer["meta"], answer["data"], self.address_of(path, **parameters))

    async def content(self, path: str, **parameters: str) -> bytes:
        """Ask for what has a shape of its own, such as GeoJSON; raises ApiError likewise."""
        response = await self._http.get(with_query(path, parameters))
        if response.status_code != httpx.codes.OK:
            raise _error(response)
        return response.content

    async def text(self, path: str, **parameters: str) -> str:
        """Ask for an answer that is no JSON; raises ApiError for anything but an answer."""
        response = await self._http.get(with_query(path, parameters))
        if response.status_code != httpx.codes.OK:
            raise _error(response)
        return response.text

    async def held_get(self, path: str, meta: Meta, **parameters: str) -> Reply[Any]:
        """Ask once in the release of `meta` for what all readers get alike; then it is held."""
        key = (meta["digest"], with_query(path, parameters))
        held = self._answers.get(key)
        if held is None:
            held = await self.get(path, **parameters, release=meta["release"])
            hold(self._answers, key, held, _ANSWERS_HELD)
        return held

    def address_of(self, path: str, **parameters: str) -> str:
        """Return the address of an answer, for readers."""
        return f"{self._public_address}{with_query(path, parameters)}"


def _error(response: httpx.Response) -> ApiError:
    try:
        problem = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        problem = {}
    return ApiError(
        response.status_code,
        problem.get("title", "The API gave no answer"),
        problem.get("detail", f"It answered with status {response.status_code}"),
        problem.get("suggestions", ()),
    )
