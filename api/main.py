"""The API as an application, to be mounted at /api."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from api.aside import Pools
from api.cache import ByteCache
from api.deprecation import deprecating
from api.direct import Direct
from api.documents import read_vendor
from api.front import Front
from api.limiting import RateLimit, read_limit
from api.negotiation import offers_of
from api.openapi import openapi
from api.problems import ProblemError, answer_problem
from api.ready import Ready
from api.registry import Registry
from api.resource import Handler, Resource
from api.resources import RESOURCES, UNLISTED
from api.sdmx.errors import answer_routing_error
from api.settings import ApiSettings
from api.shelf import Shelf
from api.tags import fingerprint_of
from api.twins import twinned

MOUNTED_AT: Final = "/api"

_HERE: Final = Path(__file__).parent
_CODE: Final = {name: _HERE.parent / name for name in ("api", "indicators", "reference")}
"""The packages of ours on which the bytes of an answer depend."""
_WRITERS: Final = ("brotli", "orjson", "pyarrow", "xlsxwriter", "zstandard")
"""Those of others: another version of one may write the same answer in other bytes."""


def create_api(
    settings: ApiSettings,
    registry: Registry | None = None,
    resources: tuple[Resource, ...] = RESOURCES,
) -> "Api":
    """Return the API over the releases of a home folder, to be mounted at /api.

    Raises ValueError for a rate limit that cannot be read. Requests pass, from the outside in:
    what is ready, front (headers, HEAD, suffix, release), rate limit, byte cache, the short way,
    routes. All but the last stand before the layers of the framework, whose time they would take.
    """
    app = Api(title="Open indicator API", openapi_url=None, docs_url=None, redoc_url=None)
    app.router.redirect_slashes = False  # see api.front: redirects would name the host asked for
    app.state.registry = registry or Registry(
        settings.home, public_url=settings.public_url, kept_rows=settings.kept_rows
    )
    app.state.vendor = read_vendor()
    app.state.pools = Pools()
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
    app.middleware_stack = _without_last_resort(app.build_middleware_stack())
    limit = app.state.limit = read_limit(settings.rate_limit)
    shelf = Shelf(settings.cache_bytes)
    within: ASGIApp = ByteCache(Direct(app.answer, exact), shelf)
    counting = None if limit is None else RateLimit(within, limit)
    app.first = Front(
        counting or within,
        registry=app.state.registry,
        twinned=twinned(resources),
        offers=offers_of({one.path: one.formats for one in resources if not one.media_types}),
        # `/limits` is made of a setting too.
        made_by=f"{fingerprint_of(_CODE, _WRITERS)} {settings.rate_limit}",
    )
    if settings.cache_bytes:
        app.first = Ready(app.first, app.state.registry, shelf, counting)
    return app


class Api(FastAPI):
    """The application of the framework behind layers of ours."""

    first: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass on word of start and stop."""
        scope["app"] = self
        await (self.first if scope["type"] == "http" else self.answer)(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the framework: its layers, then the routes."""
        await super().__call__(scope, receive, send)


def _without_last_resort(layers: ASGIApp) -> ASGIApp:
    """Return the framework's layers without the first, which would answer before ours does."""
    if not isinstance(layers, ServerErrorMiddleware):
        msg = f"the framework's first layer is {type(layers).__name__}, not its last resort"
        raise TypeError(msg)
    return layers.app


def _handler(resource: Resource) -> Handler:
    told = resource.deprecated
    return deprecating(resource.handler, told) if told else resource.handler
