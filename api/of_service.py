"""Answers that are of the service and not of one release; the latest one stands in `meta`."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.answers import SHORT_LIVED, meta_of, standing_of
from api.asking import ETAG_KEY, FORMAT, JSON_ONLY, format_of, resolve, state_of
from api.opened import OpenRelease
from api.parameters import described, read_query
from api.problems import ProblemError

PARAMETERS = described((FORMAT,))


def check_query(request: Request) -> None:
    """Raise ProblemError for a query that such an answer does not take."""
    format_of(request, read_query(request.scope["query_string"], PARAMETERS), JSON_ONLY)


async def latest_release(request: Request) -> OpenRelease | None:
    """Return the latest release, open; None before the first and while it is replaced."""
    try:
        return (await resolve(request, request.app.state.registry, None, None))[1]
    except ProblemError:
        return None


async def send_of_service(request: Request, data: Any, links: dict[str, str]) -> Response:
    """Answer with data that is of no one release."""
    count = len(data) if isinstance(data, list) else 1
    try:
        _, opened = await resolve(request, request.app.state.registry, None, None)
        meta = meta_of(opened, count)
    except ProblemError as problem:
        is_practice = state_of(request).is_practice
        meta = {
            **_no_release(is_practice=is_practice),
            "count": count,
            "warnings": [problem.detail],
        }
    headers = {"Cache-Control": SHORT_LIVED}
    if etag := request.scope.get(ETAG_KEY):
        headers["ETag"] = f'"{etag}"'
    content = {"meta": meta, "data": data, "links": links}
    return Response(orjson.dumps(content), headers=headers, media_type="application/json")


def _no_release(*, is_practice: bool) -> dict[str, Any]:
    """Return what an answer says where there is no release to say it of."""
    blank = dict.fromkeys(("release", "published_at", "digest", "licence", "attribution"), "")
    standing = standing_of(is_practice=is_practice)
    return {**blank, "not_official": standing, "is_practice": is_practice, "citation": None}
