"""The one entrance to SDMX: data, availability and structures, and every error in its words."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import PINNED, SHORT_LIVED
from api.aside import aside, aside_by_size
from api.asking import ETAG_KEY, resolve, state_of
from api.citing import citing_links
from api.contract import API_PREFIX
from api.opened import OpenRelease
from api.parameters import Parameter, Query, read_query
from api.problems import ProblemError
from api.registry import LATEST
from api.sdmx.addresses import (
    DATA,
    JSON,
    MEDIA_TYPES,
    STRUCTURE,
    accept_of,
    acceptable,
    form_of,
    parts_of,
    pinned,
)
from api.sdmx.availability import constraint
from api.sdmx.data_json import json_message
from api.sdmx.data_messages import FORMS, DataForm, data_message
from api.sdmx.data_queries import END, SHARED, START, DataQuery, read_asking, read_data_query
from api.sdmx.data_queries import PARAMETERS as DATA_PARAMETERS
from api.sdmx.errors import NOT_IMPLEMENTED, SdmxError, from_problem, nothing, syntax, unknown
from api.sdmx.names import DIMENSIONS, FLOW, TIME
from api.sdmx.structure_queries import Found, find_structures, graph_of, with_references
from api.sdmx.structures import message
from api.streams import Stream

AVAILABLE: Final = "availableconstraint"
NOT_HERE: Final = frozenset({"metadata", "schema", "registration"})
"""Resources of the standard beside structures and data that this service does not have."""
WHOLE_ROWS: Final = 5_000
"""Up to so many rows an answer is made as a whole, and kept; longer ones go part by part."""

STRUCTURE_PARAMETERS: Final[Mapping[str, Parameter]] = {
    "references": Parameter(
        "references",
        "`none` (the default), `parents`, `parentsandsiblings`, `children`, `descendants`, `all`, "
        "or a kind of structure.",
        "all",
        is_list=False,
    ),
    "detail": Parameter(
        "detail",
        "`full` (the default), `allstubs`, `referencestubs`, `allcompletestubs`, "
        "`referencecompletestubs` or `referencepartial`.",
        "allstubs",
        is_list=False,
    ),
    **SHARED,
}
AVAILABLE_PARAMETERS: Final[Mapping[str, Parameter]] = {
    "mode": Parameter(
        "mode",
        "`exact` (the default): the codes of the figures under the key; `available`: those that "
        "could be chosen for a dimension, were it left open.",
        "exact",
        is_list=False,
    ),
    "references": STRUCTURE_PARAMETERS["references"],
    START.name: START,
    END.name: END,
    **SHARED,
}


async def sdmx(request: Request) -> Response:
    """Answer a request of SDMX."""
    try:
        return await _answer(request)
    except SdmxError as error:
        return error.response()
    except ProblemError as problem:
        return from_problem(problem).response()


async def _answer(request: Request) -> Response:
    path = _path(request)
    resource, *rest = parts_of(path)
    form = form_of(path, accept_of(request.scope))
    if resource in NOT_HERE:
        raise SdmxError(NOT_IMPLEMENTED, f"this service has no resource {resource}")
    if not form:
        raise SdmxError(140, f"Accept: ask for one of {', '.join(acceptable(path))}", 406)
    known = {DATA: DATA_PARAMETERS, AVAILABLE: AVAILABLE_PARAMETERS}
    query = read_query(request.scope["query_string"], known.get(resource, STRUCTURE_PARAMETERS))
    listed, release = await resolve(
        request, request.app.state.registry, query.one("release"), query.one("as_of")
    )
    headers = _headers(request, query, release)
    if resource == DATA:
        found = read_data_query(release, state_of(request), tuple(rest), query)
        if form == JSON:
            return await _data_json(request, found, headers)
        return await _data(request, found, FORMS[form], headers)
    make = _available if resource == AVAILABLE else _structures
    body = await aside(request, make, release, (resource, *rest), query)
    return _sent(headers, body, f"structures-{listed.id}.xml", MEDIA_TYPES[STRUCTURE])


async def _data(
    request: Request, found: DataQuery, form: DataForm, headers: dict[str, str]
) -> Response:
    """Answer with data: as a whole if there are few, else part by part."""
    shape = replace(found.shape, is_flat=True) if form.is_flat else found.shape
    rows = found.rows()
    first = await aside(request, next, rows, None)
    if first is None:
        raise nothing("the release holds no figures for this key in this time")
    parts = data_message(form, found.release, chain([first], rows), shape)
    name = f"{FLOW}-{found.release.id}.{form.extension}"
    if found.selection.most_rows <= WHOLE_ROWS:
        return _sent(headers, await aside(request, b"".join, parts), name, form.media_type)
    return Stream(parts, headers=_named(headers, name), media_type=form.media_type)


async def _data_json(request: Request, found: DataQuery, headers: dict[str, str]) -> Response:
    """Answer with data as JSON, which is made as a whole."""

    def make() -> bytes:
        rows = found.rows()
        first = next(rows, None)
        if first is None:
            raise nothing("the release holds no figures for this key in this time")
        return json_message(found.release, chain([first], rows), found.shape)

    name, most = f"{FLOW}-{found.release.id}.json", found.selection.most_rows
    return _sent(headers, await aside_by_size(request, most, make), name, MEDIA_TYPES[JSON])


def _structures(release: OpenRelease, path: tuple[str, ...], query: Query) -> bytes:
    return _message(release, find_structures(release, path, query))


def _available(release: OpenRelease, path: tuple[str, ...], query: Query) -> bytes:
    """Return the constraint of a key: `FLOW/KEY/PROVIDER/COMPONENT`."""
    _, *rest = path
    component = rest[3] if len(rest) > 3 else "all"
    if len(rest) > 4:
        raise syntax(f"write {AVAILABLE}/FLOW/KEY/PROVIDER/COMPONENT")
    mode = query.one("mode") or "exact"
    if mode not in {"exact", "available"}:
        raise syntax(f"mode: '{mode[:40]}' is neither exact nor available")
    asking = read_asking(release, tuple(rest[:3]), query)
    wanted = _components(component)
    made, count = constraint(release, asking, wanted, is_exact=mode == "exact")
    if not count:
        raise nothing("the release holds no figures for this key in this time")
    graph = {**graph_of(release), made.key: made}
    return _message(release, with_references(graph, [made], query))


def _components(text: str) -> tuple[str, ...]:
    known = (*(one.id for one in DIMENSIONS), TIME)
    if text == "all":
        return known
    wanted = tuple(text.split("+"))
    for name in wanted:
        if name not in known:
            raise unknown("component", name, known)
    return wanted


def _message(release: OpenRelease, found: Found) -> bytes:
    return message(release, found.full, found.stubs)


def _headers(request: Request, query: Query, release: OpenRelease) -> dict[str, str]:
    """Return the headers of an answer of one release, as /api/v1 has them."""
    address = pinned(request.scope, release.id)
    is_pinned = query.one("release") not in {None, LATEST}
    links = (f'<{address}>; rel="canonical"', f'<{API_PREFIX}/>; rel="service-doc"')
    headers = {
        "Cache-Control": PINNED if is_pinned else SHORT_LIVED,
        "Link": ", ".join((*links, *citing_links(release))),
        "X-Release": release.id,
    }
    if etag := request.scope.get(ETAG_KEY):
        headers["ETag"] = f'"{etag}"'
    if not is_pinned:
        headers["Content-Location"] = address
    return headers


def _named(headers: dict[str, str], name: str) -> dict[str, str]:
    return {**headers, "Content-Disposition": f'inline; filename="{name}"'}


def _sent(headers: dict[str, str], body: bytes, name: str, media_type: str) -> Response:
    return Response(body, headers=_named(headers, name), media_type=media_type)


def _path(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))
