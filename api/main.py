"""The API as an application, to be mounted at /api."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Route

from api.aside import make_pool
from api.cache import ByteCache
from api.deprecation import deprecating
from api.direct import Direct
from api.documents import read_vendor
from api.front import Front
from api.limiting import RateLimit, read_limit
from api.negotiation import offers_of
from api.openapi import openapi
from api.problems import ProblemError, answer_problem
from api.registry import Registry
from api.resource import Handler, Resource
from api.resources import RESOURCES, UNLISTED
from api.sdmx.errors import answer_routing_error
from api.settings import ApiSettings
from api.tags import fingerprint_of
from api.twins import twinned

MOUNTED_AT: Final = "/api"

_HERE: Final = Path(__file__).parent
_CODE: Final = {name: _HERE.parent / name for name in ("api", "indicators", "reference")}
"""The packages of ours on which the bytes of an answer depend."""


def create_api(
    settings: ApiSettings,
    registry: Registry | None = None,
    resources: tuple[Resource, ...] = RESOURCES,
) -> FastAPI:
    """Return the API over the releases of a home folder, to be mounted at /api.

    Raises ValueError for a rate limit that cannot be read. Requests pass, from the outside in:
    front (headers, HEAD, suffix, release), rate limit, byte cache, routes.
    """
    app = FastAPI(title="Open indicator API", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.registry = registry or Registry(settings.home, public_url=settings.public_url)
    app.state.vendor = read_vendor()
    app.state.heavy = make_pool()
    app.state.described = {}
    handlers = {resource.path: _handler(resource) for resource in resources}
    app.state.resources = resources
    routes = [(one.path, handlers[one.path], one.method) for one in resources]
    unlisted = [(path, handler, "GET") for path, handler in (*UNLISTED, ("/openapi.json", openapi))]
    for path, handler, method in (*routes, *unlisted):
        # Plain routes: queries are read by api.parameters, which knows what each resource has.
        app.router.routes.append(Route(path, handler, methods=[method]))
    app.add_exception_handler(ProblemError, answer_problem)
    app.add_exception_handler(HTTPException, answer_routing_error)
    exact = {
        one.path: handlers[one.path] for one in resources if not one.in_path and one.method == "GET"
    }
    app.add_middleware(Direct, handlers=exact)
    app.add_middleware(ByteCache, most_bytes=settings.cache_bytes)
    limit = app.state.limit = read_limit(settings.rate_limit)
    if limit is not None:
        app.add_middleware(RateLimit, limit=limit)
    front = {
        "registry": app.state.registry,
        "twinned": twinned(resources),
        "offers": offers_of({one.path: one.formats for one in resources if not one.media_types}),
    }
    app.add_middleware(Front, **front, made_by=fingerprint_of(_CODE))
    return app


def _handler(resource: Resource) -> Handler:
    told = resource.deprecated
    return deprecating(resource.handler, told) if told else resource.handler
