"""The API as an application, to be mounted at /api."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import Route

from api.aside import make_pool
from api.cache import ByteCache
from api.direct import Direct
from api.documents import read_vendor
from api.front import Front
from api.limiting import RateLimit, read_limit
from api.openapi import openapi
from api.problems import ProblemError, answer_http_error, answer_problem
from api.registry import Registry
from api.resources import RESOURCES, UNLISTED
from api.settings import ApiSettings
from api.tags import fingerprint_of
from api.twins import twinned

MOUNTED_AT: Final = "/api"

_HERE: Final = Path(__file__).parent
_CODE: Final = {name: _HERE.parent / name for name in ("api", "indicators", "reference")}
"""The packages of ours on which the bytes of an answer depend."""


def create_api(settings: ApiSettings, registry: Registry | None = None) -> FastAPI:
    """Return the API over the releases of a home folder, to be mounted at /api.

    Raises ValueError for a rate limit that cannot be read. Requests pass, from the outside in:
    front (headers, HEAD, suffix, release), rate limit, byte cache, routes.
    """
    app = FastAPI(title="Open indicator API", openapi_url=None, docs_url=None, redoc_url=None)
    app.state.registry = registry or Registry(settings.home, public_url=settings.public_url)
    app.state.vendor = read_vendor()
    app.state.heavy = make_pool()
    routes = [(resource.path, resource.handler) for resource in RESOURCES]
    for path, handler in (*routes, *UNLISTED, ("/openapi.json", openapi)):
        # Plain routes: queries are read by api.parameters, which knows what each resource has.
        app.router.routes.append(Route(path, handler, methods=["GET"]))
    app.add_exception_handler(ProblemError, answer_problem)
    app.add_exception_handler(HTTPException, answer_http_error)
    exact = {resource.path: resource.handler for resource in RESOURCES if not resource.in_path}
    app.add_middleware(Direct, handlers=exact)
    app.add_middleware(ByteCache, most_bytes=settings.cache_bytes)
    limit = read_limit(settings.rate_limit)
    if limit is not None:
        app.add_middleware(RateLimit, limit=limit)
    front = {"registry": app.state.registry, "twinned": twinned(RESOURCES)}
    app.add_middleware(Front, **front, made_by=fingerprint_of(_CODE))
    return app
