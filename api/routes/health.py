"""Whether the process lives and whether it can answer."""

from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.registry import Registry
from indicators.releases import ReleasesError
from indicators.snapshot import SnapshotError


async def live(_: Request) -> Response:
    """Answer 200 as long as the process runs."""
    return _answer(200, {"status": "live"})


async def ready(request: Request) -> Response:
    """Answer 200 once the latest release is open; opens it if need be."""
    registry: Registry = request.app.state.registry
    try:
        is_ready = await run_in_threadpool(registry.warm)
    except (ReleasesError, SnapshotError) as error:
        return _answer(503, {"status": "not ready", "reason": str(error)})
    if not is_ready:
        return _answer(503, {"status": "not ready", "reason": "no release has been published yet"})
    return _answer(200, {"status": "ready", "release": registry.state().latest})


def _answer(status: int, content: dict[str, Any]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(content), status, headers, "application/json")
