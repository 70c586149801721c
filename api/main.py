"""The API as an application, to be mounted at /api."""

from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException

from api.front import Front
from api.problems import ProblemError, answer_http_error, answer_problem
from api.registry import Registry
from api.routes.areas import list_areas, neighbours, one_area
from api.routes.comparisons import comparisons
from api.routes.indicators import framework_places, list_indicators, one_indicator
from api.routes.observations import observations
from api.settings import ApiSettings

MOUNTED_AT: Final = "/api"


def create_api(settings: ApiSettings, registry: Registry | None = None) -> FastAPI:
    """Return the API over the releases of a home folder; mount it at /api."""
    app = FastAPI(
        title="Children's social care outcomes",
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.registry = registry or Registry(settings.home)
    for path, handler in (
        ("/v1/observations", observations),
        ("/v1/comparisons", comparisons),
        ("/v1/indicators", list_indicators),
        ("/v1/indicators/{id}", one_indicator),
        ("/v1/framework", framework_places),
        ("/v1/areas", list_areas),
        ("/v1/areas/{code}", one_area),
        ("/v1/areas/{code}/neighbours", neighbours),
    ):
        app.add_route(path, handler)
    app.add_exception_handler(ProblemError, answer_problem)
    app.add_exception_handler(HTTPException, answer_http_error)
    app.add_middleware(Front, registry=app.state.registry)
    return app
