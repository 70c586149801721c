"""The resource /boundaries: shapes of areas for maps, alone or with the figures of an indicator."""

from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import SHORT_LIVED, headers_of, links_of, meta_of
from api.area_cards import last_day_shown
from api.area_choice import choose_areas, narrow
from api.aside import aside
from api.asking import JSON_ONLY, Asked, ask, parameters
from api.blocks import blocks
from api.boundaries import (
    BOUNDARIES,
    KINDS,
    TILES,
    Shapes,
    boundaries_of,
    collection,
    feature_of,
    tiles_of,
)
from api.contract import BoundaryProperties, FigureProperties, Paths
from api.parameters import Parameter, Query
from api.period_choice import LATEST
from api.problems import ProblemError, bad_value, being_replaced, unknown_value
from api.registry import Registry
from api.row_table import row_table
from api.rows import PARAMETERS, choose_indicators, latest_end, select
from api.undrawn import MapFigures, figures_on_map, undrawn
from indicators.cells import BREAKDOWN_COLUMNS
from reference.areas import AreaKind
from reference.boundaries import DETAILS, LEVELS, WEB, BoundarySet, in_force

GEOJSON: Final = "application/geo+json"
KIND: Final = Parameter(
    "kind",
    "`boundaries` that were loaded, or `tiles`: a map on which every authority has the same room. "
    "Default: boundaries where there are any of the level, else tiles.",
    TILES,
    is_list=False,
)
LEVEL: Final = Parameter(
    "level", f"{', '.join(f'`{one}`' for one in LEVELS)}.", "authority", is_list=False
)
DETAIL: Final = Parameter(
    "detail", "`web`, light enough for a page (the default), or `full`.", WEB, is_list=False
)
AS_AT: Final = Parameter(
    "as_at", "Boundaries as they were on this day; default: the newest.", is_list=False
)
KNOWN: Final = parameters(PARAMETERS, kind=KIND, level=LEVEL, detail=DETAIL, as_at=AS_AT)
_OF_FIGURE: Final = tuple(
    name
    for name in FigureProperties.__annotations__
    if name not in BoundaryProperties.__annotations__
)


async def boundaries(request: Request) -> Response:
    """Answer with the shapes of areas as GeoJSON."""
    asked = await ask(request, KNOWN, JSON_ONLY)
    return await aside(request, _answer, asked, request.app.state.registry)


def _answer(asked: Asked, registry: Registry) -> Response:
    release, query = asked.release, asked.query
    shapes = _shapes(asked, registry)
    figures, warnings, on = _figures(asked)
    areas = narrow(release, query, choose_areas(release, query), on)
    features = [
        feature_of(release, area, shapes, figures.of(code, area.code))
        for code, area in ((code, release.areas[code]) for code in areas.codes.tolist())
        if area.code in shapes.geometries
    ]
    missing = undrawn(
        release,
        areas,
        shapes.geometries,
        figures.rows,
        level=shapes.note["level"],
        is_asked="area" in query,
    )
    warnings = (*asked.warnings, *warnings, *missing)
    if not features:
        warnings = (*warnings, "None of these areas has a shape of this level")
    meta = meta_of(release, len(features), warnings, boundaries=shapes.note)
    links = links_of(asked)
    headers = {**headers_of(asked), "Cache-Control": SHORT_LIVED}
    return Response(collection(features, meta, links), headers=headers, media_type=GEOJSON)


def _figures(asked: Asked) -> tuple[MapFigures, tuple[str, ...], date | None]:
    """Return the figures asked for, what a reader must know of them, and the day areas are of.

    Raises ProblemError unless they are of one indicator, period and breakdown: a map has room for
    one figure of an area.
    """
    if "indicator" not in asked.query:
        return MapFigures(), _without_indicator(asked.query), last_day_shown(asked.release)
    selection = select(asked.release, asked.query)
    pairs = selection.pairs
    indicators = choose_indicators(asked.release, asked.query)
    if len({*indicators}) > 1 or len(pairs) > 1 or any(len(pair.breakdowns) > 1 for pair in pairs):
        several = "a map shows one figure of an area: name one indicator, period and breakdown"
        raise bad_value("indicator", several)
    found: dict[str, dict[str, Any]] = {}
    for block in blocks(asked.release, selection):
        for row in row_table(asked.release, block).to_pylist():
            row["flags"] = ";".join(row["flags"])
            found[row["area_code"]] = {name: row.get(name) for name in _OF_FIGURE}
    periods = [asked.release.snapshot.index.periods[pair.period] for pair in pairs]
    period = ",".join(periods or asked.query.all("period") or (LATEST,))
    figures = figures_on_map(asked.release, _OF_FIGURE, found, indicators[0], period)
    on = latest_end(asked.release, [(pair.indicator, pair.period) for pair in pairs])
    return figures, selection.warnings, on


def _without_indicator(query: Query) -> tuple[str, ...]:
    """Say that what tells figures apart shows none as long as no indicator is named."""
    idle = [name for name in ("period", *BREAKDOWN_COLUMNS) if name in query]
    names = " and ".join(idle)
    return (f"{names}: no figures are shown; name one with indicator=",) if idle else ()


def _shapes(asked: Asked, registry: Registry) -> Shapes:
    """Return the shapes that a query means; raises ProblemError."""
    query = asked.query
    level = _one_of(query, LEVEL.name, LEVELS, AreaKind.AUTHORITY)
    detail = _one_of(query, DETAIL.name, DETAILS, WEB)
    held = _held(asked, level)
    kind = _one_of(query, KIND.name, KINDS, "")
    if not kind:
        is_tiled = held is None and level == AreaKind.AUTHORITY and AS_AT.name not in query
        kind = TILES if is_tiled else BOUNDARIES
    if kind == TILES:
        if level != AreaKind.AUTHORITY:
            raise unknown_value(LEVEL.name, level, (AreaKind.AUTHORITY,), "a level of the tile map")
        return tiles_of(asked.release)
    if held is None:
        raise _none_loaded(asked, level)
    try:
        return boundaries_of(registry.home, held, detail)
    except FileNotFoundError:
        raise being_replaced("the boundaries are being replaced at this moment") from None


def _held(asked: Asked, level: str) -> BoundarySet | None:
    on = asked.query.one(AS_AT.name)
    if on is not None:
        try:
            on = date.fromisoformat(on).isoformat()
        except ValueError:
            raise bad_value(AS_AT.name, f"'{on[:40]}' is not a date like 2023-12-31") from None
    return in_force(_of_place_set(asked), level, on)


def _of_place_set(asked: Asked) -> list[BoundarySet]:
    mine = asked.release.snapshot.card.place_set
    return [one for one in asked.state.boundaries if one.place_set == mine]


def _none_loaded(asked: Asked, level: str) -> ProblemError:
    days = [one.as_at for one in _of_place_set(asked) if one.level == level]
    if days:
        return bad_value(AS_AT.name, f"the first boundaries of this level are as at {min(days)}")
    tiles = f"{Paths.BOUNDARIES}?kind={TILES}"
    detail = f"no boundaries of level '{level}' were loaded here; the tile map is at {tiles}"
    return ProblemError(404, "not-found", detail, parameter="level", suggestions=[tiles])


def _one_of(query: Query, name: str, known: tuple[str, ...], default: str) -> str:
    given = query.one(name)
    if given is not None and given not in known:
        raise unknown_value(name, given, known, f"a {name}", f"use {', '.join(known)}")
    return given or default
