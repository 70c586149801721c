"""The description of the API as OpenAPI 3.1, made from the list of resources and the contract."""

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.answers import SHORT_LIVED
from api.area_cards import classes_of
from api.asking import resolve, state_of
from api.citing import citation_of
from api.contract import Meta, Problem
from api.dimensions import DIMENSIONS
from api.framework import place_ids
from api.openapi_answers import responses, schema_of, shared_headers, shared_responses
from api.openapi_bodies import request_body
from api.openapi_examples import example_answers
from api.openapi_files import file_paths
from api.openapi_parameters import parameters_of
from api.opened import OpenRelease
from api.problems import ProblemError
from api.resource import Resource
from api.resources import RESOURCES
from api.sdmx.addresses import example_key
from api.twins import PINNED_PATH, twin_path
from indicators.export_rows import shown_type

TITLE: Final = "Children's social care outcomes: open indicator API"
PINNED: Final = "x-path-under-a-release"
VERSION: Final = "1"
"""Of the contract: rises, with the path, when something that it promises changes or goes."""
PRACTICE_TITLE: Final = "PRACTICE – "


async def openapi(request: Request) -> Response:
    """Answer with the description; made once for the releases as they stand."""
    root = request.scope.get("root_path", "")
    key = (state_of(request).token, root)
    kept: dict[Any, bytes] = request.app.state.described
    content = kept.get(key)
    if content is None:
        content = orjson.dumps(await _described(request, root))
        kept.clear()
        kept[key] = content
    etag = blake2b(content, digest_size=12).hexdigest()
    headers = {"Cache-Control": SHORT_LIVED, "ETag": f'"{etag}"'}
    return Response(content, headers=headers, media_type="application/json")


async def _described(request: Request, root: str) -> dict[str, Any]:
    is_practice = state_of(request).is_practice
    resources = request.app.state.resources
    try:
        _, release = await resolve(request, request.app.state.registry, None, None)
    except ProblemError:
        return describe(root, {}, resources, is_practice=is_practice)
    examples = examples_of(release)
    answers = await example_answers(request.app, resources, examples)
    licence = citation_of(release).licence
    return describe(root, examples, resources, answers, licence=licence, is_practice=is_practice)


def examples_of(release: OpenRelease) -> dict[str, str]:
    """Return examples that the release really holds, by the name of the parameter."""
    snapshot = release.snapshot
    places = snapshot.places
    authority, other = places.authorities()[:2]
    files = sorted(path.name for path in (snapshot.folder / "files").glob("*"))
    figures = next((name for name in files if name.endswith(".parquet")), "".join(files[:1]))
    indicator = next((i.id for i in snapshot.indicators if i.id in snapshot.index.latest), "")
    return {
        "indicator": indicator,
        "id": indicator,
        "dimension": next(iter(DIMENSIONS)),
        "place": next(iter(place_ids(release)), ""),
        "pair": next(iter(snapshot.pairs), ""),
        "code": authority.code,
        "other": other.code,
        "to": other.code,
        "region": authority.region or "",
        "area_type": shown_type(authority),
        "ofsted": f"{places.default_judgement}:{next(iter(places.grades), '')}",
        **classes_of(places, authority.code),
        "model": places.default_neighbour_model,
        "key": example_key(indicator, places.country.code),
        "release": release.id,
        "digest": release.digest,
        "name": figures,
        "as_of": release.published_at[:10],
    }


def describe(
    root: str,
    examples: Mapping[str, str],
    resources: Sequence[Resource] = RESOURCES,
    answers: Mapping[str, Any] | None = None,
    *,
    licence: str = "",
    is_practice: bool = False,
) -> dict[str, Any]:
    """Return the description of the API as mounted at a path.

    `examples` are values of parameters by name, `answers` short answers by the path of a resource.
    """
    schemas: dict[str, Any] = {}
    told = answers or {}
    paths = {
        resource.path: {
            resource.method.lower(): _operation(
                resource, schemas, examples, told.get(resource.path)
            )
        }
        for resource in resources
    }
    for shape in (Meta, Problem):
        schema_of(shape, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{PRACTICE_TITLE if is_practice else ''}{TITLE}",
            "version": VERSION,
            "description": "Figures, definitions, comparisons and releases. Every answer says "
            "which release it is from; `release=` gives that release again, and so does the same "
            f"address under `{PINNED_PATH}` (each operation has it as `{PINNED}`). Each address "
            "answers HEAD too, and a suffix such as `.csv` does the same as `format=`. Names and "
            "columns stay and new ones may be added: ignore what you do not know.",
            **({"license": {"name": licence}} if licence else {}),
        },
        "tags": [{"name": part} for part in dict.fromkeys(r.part for r in resources)],
        "servers": [{"url": root or "/"}],
        "security": [],
        "paths": {**paths, **file_paths(examples)},
        "components": {
            "schemas": schemas,
            "headers": shared_headers(),
            "responses": shared_responses(),
        },
    }


def _operation(
    resource: Resource, schemas: dict[str, Any], examples: Mapping[str, str], answer: Any
) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", resource.path.removeprefix("/v1")).strip("_") or "service"
    body = {"requestBody": request_body(resource.body, examples)} if resource.body else {}
    return {
        "operationId": name,
        "tags": [resource.part],
        "summary": resource.summary,
        **({PINNED: twin} if (twin := twin_path(resource)) else {}),
        **({"deprecated": True} if resource.deprecated else {}),
        "parameters": list(parameters_of(resource, examples)),
        **body,
        "responses": responses(resource, schemas, answer),
    }
