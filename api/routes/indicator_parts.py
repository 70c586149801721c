"""The resources /indicators/{id}/availability and /indicators/{id}/versions."""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.aside import aside
from api.asking import EVERY_FORMAT, Asked, ask, parameters, state_of
from api.availability import COLUMNS as AVAILABILITY_COLUMNS
from api.availability import PARTS, PERIODS, availability
from api.contract import API_PREFIX
from api.definition_history import COLUMNS as VERSION_COLUMNS
from api.definition_history import History, histories, standing
from api.problems import not_found
from api.registry import Registry

AVAILABILITY: Final = parameters(AREA_PARAMETERS, {PERIODS.name: PERIODS}, PARTS)
VERSIONS: Final = parameters()


async def indicator_availability(request: Request) -> Response:
    """Answer with the figures there are of an indicator, counted."""
    asked = await ask(request, AVAILABILITY)
    wanted = request.path_params["id"]
    known = asked.release.snapshot.indicator_codes
    if wanted not in known:
        raise not_found(wanted, known, "an indicator", "id")
    rows, warnings = await aside(request, availability, asked.release, known[wanted], asked.query)
    links = {"indicator": f"{API_PREFIX}/indicators/{wanted}"}
    return await send_rows(asked, rows, AVAILABILITY_COLUMNS, EVERY_FORMAT, warnings, links=links)


async def indicator_versions(request: Request) -> Response:
    """Answer with the history of a definition in the releases up to the one asked for."""
    asked = replace(await ask(request, VERSIONS), is_pinned=False)
    wanted = request.path_params["id"]
    found = await aside(request, _histories, request, asked)
    if wanted not in found:
        raise not_found(wanted, found, "an indicator of any release", "id")
    links = {"indicator": f"{API_PREFIX}/indicators/{wanted}"}
    return await send_rows(asked, list(found[wanted]), VERSION_COLUMNS, EVERY_FORMAT, links=links)


def _histories(request: Request, asked: Asked) -> History:
    registry: Registry = request.app.state.registry
    state = state_of(request)
    return asked.release.recall(
        ("histories", state.token),
        lambda: histories(registry.home, standing(state, asked.listed)),
    )
