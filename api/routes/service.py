"""The resources of the service itself: /, /limits and /status."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.asking import state_of
from api.contract import Paths
from api.of_service import PARAMETERS, check_query, latest_release, send_of_service
from api.published_limits import limits_card
from api.service_cards import service_card, status_card

KNOWN = PARAMETERS


async def begin(request: Request) -> Response:
    """Lead whoever asks for the API itself to the document of what there is."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/v1/", 307)


async def service(request: Request) -> Response:
    """Answer with what there is and where to begin."""
    check_query(request)
    release = await latest_release(request)
    data = service_card(state_of(request), release, request.app.state.resources)
    links = {
        name.lower(): path
        for name, path in vars(Paths).items()
        if isinstance(path, str) and path.startswith("/api")
    }
    return await send_of_service(request, data, links)


async def limits(request: Request) -> Response:
    """Answer with what the service allows and promises."""
    check_query(request)
    data = limits_card(request.app.state.limit, request.app.state.resources)
    links = {"docs": Paths.DOCS, "service": Paths.SERVICE, "status": Paths.STATUS}
    return await send_of_service(request, data, links)


async def status(request: Request) -> Response:
    """Answer with what the service holds at this moment."""
    check_query(request)
    links = {"releases": Paths.RELEASES, "ready": Paths.READY, "limits": Paths.LIMITS}
    return await send_of_service(request, status_card(state_of(request)), links)
