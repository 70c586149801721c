"""The description of the API as OpenAPI 3.1, made from the list of resources and the contract."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from pydantic import TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from api.answers import SHORT_LIVED
from api.area_cards import classes_of
from api.asking import resolve, state_of
from api.contract import Meta, Problem
from api.contract.columns import FURTHER, column_text
from api.dimensions import DIMENSIONS
from api.formats import FORMATS, JSON
from api.framework import place_ids
from api.openapi_bodies import BODY_STATUSES, request_body
from api.opened import OpenRelease
from api.parameters import Parameter
from api.problems import PROBLEM_TYPE, ProblemError
from api.resource import Resource
from api.resources import RESOURCES
from api.sdmx.addresses import example_key
from api.twins import PINNED_PATH, twin_path
from indicators.export_rows import shown_type

REF: Final = "#/components/schemas/{model}"
TITLE: Final = "Children's social care outcomes: open indicator API"
PINNED: Final = "x-path-under-a-release"
PRACTICE_TITLE: Final = "PRACTICE – "
PROBLEM_STATUSES: Final = {
    "400": "The query cannot be answered as asked; the problem names the parameter.",
    "404": "There is no such resource or release.",
    "406": "The `Accept` header names no format that the resource has.",
    "410": "The release was withdrawn; the problem says why and what replaces it.",
    "429": "Too many requests from one address.",
}
MORE_STATUSES: Final = {
    "406": "None of the media types asked for is given.",
    "501": "The standard has it and this service does not.",
}
"""Of resources that follow a standard."""


async def openapi(request: Request) -> Response:
    """Answer with the description."""
    root = request.scope.get("root_path", "")
    try:
        _, release = await resolve(request, request.app.state.registry, None, None)
        examples = examples_of(release)
    except ProblemError:
        examples = {}
    headers = {"Cache-Control": SHORT_LIVED}
    is_practice = state_of(request).is_practice
    resources = request.app.state.resources
    content = orjson.dumps(describe(root, examples, resources, is_practice=is_practice))
    return Response(content, headers=headers, media_type="application/json")


def examples_of(release: OpenRelease) -> dict[str, str]:
    """Return examples that the release really holds, by the name of the parameter."""
    snapshot = release.snapshot
    places = snapshot.places
    authority, other = places.authorities()[:2]
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
        "as_of": release.published_at[:10],
    }


def describe(
    root: str,
    examples: Mapping[str, str],
    resources: Sequence[Resource] = RESOURCES,
    *,
    is_practice: bool = False,
) -> dict[str, Any]:
    """Return the description of the API as mounted at a path."""
    schemas: dict[str, Any] = {}
    paths = {
        resource.path: {resource.method.lower(): _operation(resource, schemas, examples)}
        for resource in resources
    }
    for shape in (Meta, Problem):
        _schema(shape, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{PRACTICE_TITLE if is_practice else ''}{TITLE}",
            "version": "1",
            "description": "Figures, definitions, comparisons and releases. Every answer says "
            "which release it is from; `release=` gives that release again, and so does the same "
            f"address under `{PINNED_PATH}` (each operation has it as `{PINNED}`).",
        },
        "tags": [{"name": part} for part in dict.fromkeys(r.part for r in resources)],
        "servers": [{"url": root or "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(
    resource: Resource, schemas: dict[str, Any], examples: Mapping[str, str]
) -> dict[str, Any]:
    name = re.sub(r"\W+", "_", resource.path.removeprefix("/v1")).strip("_") or "service"
    problems = PROBLEM_STATUSES if resource.parameters else {}
    body: dict[str, Any] = {}
    if resource.body:
        problems = problems | BODY_STATUSES
        body = {"requestBody": request_body(resource.body, examples)}
    if resource.error_type:
        problems = {**problems, **MORE_STATUSES}
    return {
        "operationId": name,
        "tags": [resource.part],
        "summary": resource.summary,
        **({PINNED: twin} if (twin := twin_path(resource)) else {}),
        **({"deprecated": True} if resource.deprecated else {}),
        "parameters": [
            *(
                _path_parameter(part, text, {**examples, **resource.path_examples})
                for part, text in resource.in_path.items()
            ),
            *(_query_parameter(p, resource, examples) for p in resource.parameters.values()),
        ],
        **body,
        "responses": {
            "200": {"description": "The answer.", "content": _content(resource, schemas)},
            **{status: _error(resource, text) for status, text in problems.items()},
        },
    }


def _path_parameter(name: str, text: str, examples: Mapping[str, str]) -> dict[str, Any]:
    example = {"example": examples[name]} if examples.get(name) else {}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text,
        "schema": {"type": "string"},
        **example,
    }


def _query_parameter(
    parameter: Parameter, resource: Resource, examples: Mapping[str, str]
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    example = parameter.example or examples.get(parameter.name)
    if parameter.name == "format":
        schema["enum"] = list(resource.formats)
        example = resource.formats[-1]
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.text
        + (" Commas or repetition: any of them." if parameter.is_list else ""),
        "schema": {"type": "array", "items": schema} if parameter.is_list else schema,
    }
    if parameter.is_list:
        described |= {"style": "form", "explode": False}
    if example:
        # Not as `example`: Swagger UI would fill in every one of them, and ask with all at once.
        schema["examples"] = [example]
    return described


def _content(resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    if resource.media_types:
        return {
            name: {"schema": _of_document(name, resource, schemas)} for name in resource.media_types
        }
    content: dict[str, Any] = {"application/json": {"schema": _envelope(resource, schemas)}}
    for name in resource.formats:
        media_type = FORMATS[name].media_type
        if media_type in content and name != JSON:  # another kind of JSON
            other = {"type": "object", "description": f"With `format={name}`."}
            content[media_type] = {"schema": {"anyOf": [content[media_type]["schema"], other]}}
        elif name != JSON:
            content[media_type] = {"schema": {"type": "string"}}
    return content


def _of_document(media_type: str, resource: Resource, schemas: dict[str, Any]) -> Mapping[str, Any]:
    """Return the schema of an answer that is no envelope but a document of its own."""
    if resource.answer is not None:
        return _schema(resource.answer, schemas)
    return {"type": "object" if media_type.endswith("json") else "string"}


def _envelope(resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    if not resource.path.startswith("/v1"):
        return {"type": "object"}
    item = {"type": "object"} if resource.answer is None else _schema(resource.answer, schemas)
    is_list = resource.is_list and resource.answer is not None
    return {
        "type": "object",
        "required": ["meta", "data", "links"],
        "properties": {
            "meta": {"$ref": REF.format(model="Meta")},
            "data": {"type": "array", "items": item} if is_list else item,
            "links": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }


def _schema(shape: Any, schemas: dict[str, Any]) -> Mapping[str, Any]:
    """Return the schema of a shape of the contract, its parts put among the components."""
    schema = TypeAdapter(shape).json_schema(ref_template=REF, mode="serialization")
    for part in schema.pop("$defs", {}).values():
        schemas[part["title"]] = _with_columns(part)
    if "title" not in schema or schema.get("type") != "object":
        return schema
    schemas[schema["title"]] = _with_columns(schema)
    return {"$ref": REF.format(model=schema["title"])}


def _with_columns(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type with what each of its columns means."""
    properties = {
        name: {**column, "description": column_text(schema["title"], name)}
        for name, column in schema["properties"].items()
    }
    further = FURTHER.get(schema["title"])
    more = {"additionalProperties": _NUMBERS | {"description": further}} if further else {}
    return {**schema, "properties": properties, **more}


_NUMBERS: Final = {"anyOf": [{"type": "number"}, {"type": "null"}]}


def _error(resource: Resource, text: str) -> dict[str, Any]:
    if not resource.error_type:
        return _problem(text)
    content = {resource.error_type: {"schema": {"type": "string"}}}
    return {"description": text, "content": content}


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": REF.format(model="Problem")}
    return {"description": text, "content": {PROBLEM_TYPE: {"schema": schema}}}
