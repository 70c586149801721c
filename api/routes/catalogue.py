"""The resource /catalogue: the releases as data portals and search engines read them."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api import dcat, schema_org
from api.answers import SHORT_LIVED
from api.aside import aside
from api.asking import JSON_ONLY, Asked, ask
from api.datasets import Holdings, dataset_of
from api.parameters import Parameter, described
from api.problems import being_replaced, unknown_value
from api.registry import Registry

JSON_LD: Final = "application/ld+json"
DCAT: Final = "dcat"
PROFILES: Final[Mapping[str, Callable[[Holdings], dict[str, Any]]]] = {
    DCAT: dcat.catalogue,
    "schema_org": schema_org.dataset,
}
PROFILE: Final = Parameter(
    "profile",
    "`dcat` (the default): all releases, for data portals. `schema_org`: the latest one, for "
    "search engines.",
    "schema_org",
    is_list=False,
)
KNOWN: Final = described((PROFILE,))


async def catalogue(request: Request) -> Response:
    """Answer with the catalogue as JSON-LD."""
    asked = await ask(request, KNOWN, JSON_ONLY)
    return await aside(request, _answer, asked, request.app.state.registry)


def _answer(asked: Asked, registry: Registry) -> Response:
    profile = asked.query.one(PROFILE.name) or DCAT
    if profile not in PROFILES:
        raise unknown_value(PROFILE.name, profile, PROFILES, "a profile of the catalogue")
    standing = (one for one in asked.state.releases if one.withdrawn is None)
    sets = [dataset_of(registry.home, release) for release in standing]
    if not sets or sets[-1] is None:
        raise being_replaced(f"release {asked.release.id} is being replaced at this moment")
    held = Holdings(asked.release, tuple(one for one in sets if one is not None))
    headers = {"Cache-Control": SHORT_LIVED, "X-Release": asked.release.id}
    if asked.etag:
        headers["ETag"] = f'"{asked.etag}"'
    content = orjson.dumps(_without_blanks(PROFILES[profile](held)))
    return Response(content, headers=headers, media_type=JSON_LD)


def _without_blanks(part: Any) -> Any:
    """Return JSON-LD without what is not known: null means other things there."""
    if isinstance(part, dict):
        kept = {name: _without_blanks(one) for name, one in part.items()}
        return {name: one for name, one in kept.items() if one not in (None, [], {})}
    if isinstance(part, list):
        return [_without_blanks(one) for one in part]
    return part
