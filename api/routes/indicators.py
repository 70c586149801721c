"""The resources /indicators, /indicators/{id} and /framework."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json, send_rows
from api.asking import EVERY_FORMAT, JSON_ONLY, ask, parameters, state_of
from api.contract import API_PREFIX, FrameworkPlace, IndicatorCard
from api.framework import framework, one_place, place_ids
from api.indicator_cards import indicator_card, indicator_detail, indicator_links
from api.indicator_filters import PARAMETERS, choose
from api.indicator_search import suggested_words
from api.opened import OpenRelease
from api.parameters import Query
from api.problems import not_found

PLACE_COLUMNS: Final = tuple(FrameworkPlace.__annotations__)
COLUMNS: Final = tuple(IndicatorCard.__annotations__)
LIST: Final = parameters(PARAMETERS)
ONE: Final = parameters()


async def list_indicators(request: Request) -> Response:
    """Answer with the cards of all indicators, or of those that match."""
    asked = await ask(request, LIST)
    release, query = asked.release, asked.query
    rows = [indicator_card(release, code) for code in choose(release, state_of(request), query)]
    warnings, more = ([], {}) if rows else _none_found(release, query)
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings, **more)


def _none_found(release: OpenRelease, query: Query) -> tuple[list[str], dict[str, Any]]:
    """Return what to tell whoever finds no indicator: words that are close, if any."""
    near = suggested_words(release, query)
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return [f"no indicator of this release meets all that was asked for{meant}"], (
        {"suggestions": near} if near else {}
    )


async def one_indicator(request: Request) -> Response:
    """Answer with the full card of an indicator."""
    asked = await ask(request, ONE, JSON_ONLY)
    wanted = request.path_params["id"]
    code = asked.release.snapshot.indicator_codes.get(wanted)
    if code is None:
        raise not_found(wanted, asked.release.snapshot.indicator_codes, "an indicator", "id")
    links = indicator_links(wanted)
    return send_json(asked, indicator_detail(asked.release, code), links=links)


async def framework_places(request: Request) -> Response:
    """Answer with the outcomes and enablers of the framework and their indicators."""
    asked = await ask(request, ONE)
    places = framework(asked.release)
    links = {place["id"]: f"{API_PREFIX}/framework/{place['id']}" for place in places}
    return await send_rows(asked, places, PLACE_COLUMNS, EVERY_FORMAT, links=links)


async def framework_place(request: Request) -> Response:
    """Answer with one place of the framework."""
    asked = await ask(request, ONE, JSON_ONLY)
    wanted = request.path_params["place"]
    found = one_place(asked.release, wanted)
    if found is None:
        raise not_found(wanted, place_ids(asked.release), "a place of the framework", "place")
    key = "framework" if found["kind"] not in {"outcome", "enabler"} else found["kind"]
    links = {"indicators": f"{API_PREFIX}/indicators?{key}={wanted}"}
    return send_json(asked, found, links=links)
