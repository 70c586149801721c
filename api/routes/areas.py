"""The resources /areas and /areas/{code}."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json, send_rows
from api.area_cards import area_card, area_detail, area_links, last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import choose_areas, narrow
from api.area_filters import AS_AT, ON, PARAMETERS, read_day, tests_of
from api.area_names import resolve_area
from api.asking import EVERY_FORMAT, JSON_ONLY, Asked, ask, parameters
from api.contract import AreaCard
from api.no_areas import why_no_areas
from api.problems import ProblemError
from reference.areas import Area

LIST: Final = parameters(AREA_PARAMETERS, PARAMETERS)
ONE: Final = parameters(as_at=AS_AT, on=ON)


async def list_areas(request: Request) -> Response:
    """Answer with the cards of all areas, or of those that match."""
    asked = await ask(request, LIST)
    release, query = asked.release, asked.query
    on = read_day(query)
    judged_on = on or last_day_shown(release)
    choice = narrow(release, query, choose_areas(release, query), judged_on)
    tests = tests_of(release, query, on)
    rows = [
        area_card(release, area, judged_on)
        for area in (release.areas[code] for code in choice.codes.tolist())
        if all(test(area) for test in tests)
    ]
    columns = tuple(AreaCard.__annotations__)
    warnings = list(why_no_areas(release, query, choice, judged_on))
    if not rows and not warnings:
        warnings = ["no area of this release meets all that was asked for"]
    judged = judged_on.isoformat()
    return await send_rows(asked, rows, columns, EVERY_FORMAT, warnings, judged_on=judged)


async def one_area(request: Request) -> Response:
    """Answer with the full card of an area, by any of its codes, its number or name."""
    asked = await ask(request, ONE, JSON_ONLY)
    area = path_area(request, asked)
    on = read_day(asked.query) or last_day_shown(asked.release)
    links = area_links(area.code)
    return send_json(asked, area_detail(asked.release, area, on), links=links)


def path_area(request: Request, asked: Asked, part: str = "code") -> Area:
    """Return the area that the path names; raises ProblemError 404 for none."""
    try:
        return resolve_area(asked.release, request.path_params[part], part)
    except ProblemError as error:
        raise ProblemError(
            404,
            "not-found",
            error.detail.removeprefix(f"{part}: "),
            parameter=part,
            suggestions=error.suggestions,
        ) from None
