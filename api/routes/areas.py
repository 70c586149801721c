"""The resources /areas and /areas/{code}."""

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json, send_rows
from api.area_cards import area_card, area_detail, last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import (
    choose_areas,
    narrow,
    resolve_area,
)
from api.asking import EVERY_FORMAT, JSON_ONLY, Asked, ask, parameters
from api.contract import API_PREFIX, AreaCard
from api.no_areas import why_no_areas
from api.parameters import DAY, Parameter, Query, one_of
from api.problems import ProblemError, bad_value, unknown_value
from reference.areas import Area, AreaKind

ON: Final = Parameter(
    "on",
    "A day: only areas that existed then, inspections as they stood then. Default: all areas, "
    "inspections at the end of the latest period.",
    "2025-03-31",
    is_list=False,
    form=DAY,
)
Q: Final = Parameter("q", "Words that the name contains.", "north", is_list=False)
KIND: Final = Parameter(
    "kind", f"Levels: {', '.join(AreaKind)}.", "authority", form=one_of(*AreaKind)
)

LIST: Final = parameters(AREA_PARAMETERS, q=Q, kind=KIND, on=ON)
ONE: Final = parameters(on=ON)


async def list_areas(request: Request) -> Response:
    """Answer with the cards of all areas, or of those that match."""
    asked = await ask(request, LIST)
    release, query = asked.release, asked.query
    on = _day(query)
    judged_on = on or last_day_shown(release)
    choice = narrow(release, query, choose_areas(release, query), judged_on)
    kinds = _kinds(query)
    words = (query.one("q") or "").casefold().split()
    rows = [
        area_card(release, area)
        for area in (release.areas[code] for code in choice.codes.tolist())
        if area.kind in kinds
        and (on is None or area.existed_on(on))
        and all(word in area.name.casefold() for word in words)
    ]
    judged = {"judged_on": judged_on.isoformat()} if "ofsted" in query else {}
    columns = tuple(AreaCard.__annotations__)
    warnings = list(why_no_areas(release, query, choice, judged_on))
    if not rows and not warnings:
        warnings = ["no area of this release meets all that was asked for"]
    return await send_rows(asked, rows, columns, EVERY_FORMAT, warnings, **judged)


async def one_area(request: Request) -> Response:
    """Answer with the full card of an area, by any of its codes, its number or name."""
    asked = await ask(request, ONE, JSON_ONLY)
    area = path_area(request, asked)
    on = _day(asked.query) or last_day_shown(asked.release)
    links = {
        "neighbours": f"{API_PREFIX}/areas/{area.code}/neighbours",
        "profile": f"{API_PREFIX}/profiles/{area.code}",
        "observations": f"{API_PREFIX}/observations?area={area.code}",
    }
    return send_json(asked, area_detail(asked.release, area, on), links=links)


def path_area(request: Request, asked: Asked, part: str = "code") -> Area:
    """Return the area that the path names; raises ProblemError 404 for none."""
    try:
        return resolve_area(asked.release, request.path_params[part], part)
    except ProblemError as error:
        raise ProblemError(
            404, "not-found", error.detail.removeprefix(f"{part}: "), suggestions=error.suggestions
        ) from None


def _day(query: Query) -> date | None:
    text = query.one("on")
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_value("on", f"'{text[:20]}' is not a day like 2025-03-31") from None


def _kinds(query: Query) -> set[AreaKind]:
    words = query.all("kind")
    for word in words:
        if word not in list(AreaKind):
            raise unknown_value("kind", word, AreaKind, "a level", f"use {', '.join(AreaKind)}")
    return {AreaKind(word) for word in words} or set(AreaKind)
