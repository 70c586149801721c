"""The resources /dimensions, /dimensions/{dimension} and /neighbour-models."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.aside import aside
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import API_PREFIX, DimensionCard, NeighbourModelRow
from api.dimensions import CODE_COLUMNS, DIMENSIONS, code_rows, dimension_cards
from api.neighbour_models import neighbour_model_rows
from api.problems import not_found
from api.routes import observations

KNOWN: Final = parameters()
CARD_COLUMNS: Final = tuple(DimensionCard.__annotations__)
MODEL_COLUMNS: Final = tuple(NeighbourModelRow.__annotations__)


async def list_dimensions(request: Request) -> Response:
    """Answer with what columns of a row hold codes."""
    asked = await ask(request, KNOWN)
    rows = await aside(request, dimension_cards, asked.release, observations.KNOWN)
    links = {row["id"]: f"{API_PREFIX}/dimensions/{row['id']}" for row in rows}
    return await send_rows(asked, rows, CARD_COLUMNS, EVERY_FORMAT, links=links)


async def one_dimension(request: Request) -> Response:
    """Answer with the codes of a dimension."""
    asked = await ask(request, KNOWN)
    wanted = request.path_params["dimension"]
    dimension = DIMENSIONS.get(wanted)
    if dimension is None:
        raise not_found(wanted, DIMENSIONS, "a dimension", "dimension")
    rows = await aside(request, code_rows, asked.release, dimension)
    return await send_rows(asked, rows, CODE_COLUMNS, EVERY_FORMAT, about=dimension.about)


async def neighbour_models(request: Request) -> Response:
    """Answer with the models of statistical neighbours."""
    asked = await ask(request, KNOWN)
    rows = neighbour_model_rows(asked.release)
    return await send_rows(asked, rows, MODEL_COLUMNS, EVERY_FORMAT)
