"""How the description of the API tells of answers: statuses, headers, media types and shapes."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from api.contract.columns import FURTHER, column_text
from api.formats import FORMATS, JSON
from api.openapi_bodies import BODY_STATUSES
from api.problems import PROBLEM_TYPE
from api.resource import Resource
from api.shaping import LABEL, LABELLED
from api.warning_headers import WARNINGS

REF: Final = "#/components/schemas/{model}"
HEADER_REF: Final = "#/components/headers/{name}"
ANSWER_REF: Final = "#/components/responses/{name}"
PUBLIC: Final = "/v1/"

# Name -> what it says, an example, and whether every answer of 200 of a release has it.
HEADERS: Final[Mapping[str, tuple[str, str, bool]]] = {
    "ETag": (
        "The tag of this answer in this form and encoding; send it back as `If-None-Match`.",
        '"d41d8cd98f00b204e9800998-zstd"',
        True,
    ),
    "Last-Modified": (
        "When the release was published, or what it holds was last withheld or withdrawn.",
        "Fri, 20 Nov 2026 09:30:00 GMT",
        True,
    ),
    "Cache-Control": (
        "How long it may be kept: a day where the question names its release, else a minute.",
        "public, max-age=86400, must-revalidate",
        True,
    ),
    "Vary": ("Which headers of a request change the answer.", "Accept, Accept-Encoding", True),
    "X-Release": ("The release that the answer is of.", "2026-11-20", True),
    WARNINGS: (
        "What a reader must know of an answer in a format that cannot say it, as JSON does in "
        "`meta.warnings`: a list of strings (RFC 8941), shortened. Absent where there is nothing.",
        '"a share has no figures in this release"',
        False,
    ),
    "Link": (
        "Lasting address, other versions and forms, next page, licence, citation, card, service.",
        '</api/v1/areas?release=2026-11-20>; rel="canonical"',
        True,
    ),
    "Content-Location": (
        "The address that goes on giving this very answer, where the question names no release.",
        "/api/v1/areas?release=2026-11-20",
        False,
    ),
    "Content-Encoding": ("`zstd`, `br` or `gzip`, if the request takes it.", "zstd", False),
    "Content-Disposition": (
        "The name under which a browser saves it; of formats other than JSON.",
        'inline; filename="areas-2026-11-20.csv"',
        False,
    ),
    "RateLimit-Policy": (
        "How many requests one address may make, in how many seconds.",
        '"default";q=60000;w=60',
        False,
    ),
    "RateLimit": ("How many are left, and for how many seconds.", '"default";r=59999;t=60', False),
    "X-Data-Kind": ("`practice` on answers about made-up figures; absent else.", "practice", False),
    "Retry-After": ("Seconds after which to try again.", "2", True),
    "Allow": ("The methods that the address answers.", "GET, HEAD, OPTIONS", True),
    "Accept-Ranges": ("That parts of the file can be asked for.", "bytes", False),
    "Content-Range": ("Which part of the file this is.", "bytes 0-99/1234", False),
    "Repr-Digest": (
        "The SHA-256 of the whole file (RFC 9530), in base 64.",
        "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
        False,
    ),
}

PROBLEMS: Final[Mapping[str, tuple[str, str, str]]] = {
    "400": (
        "BadQuery",
        "The query cannot be answered as asked; the problem names the parameter, and what was "
        "likely meant.",
        "",
    ),
    "404": ("NotFound", "There is no such resource or release.", ""),
    "405": ("OtherMethod", "The address answers other methods.", "Allow"),
    "406": ("NotAcceptable", "There is no format or encoding that the request takes.", ""),
    "410": (
        "Withdrawn",
        "The release was withdrawn; the problem says why and what replaces it.",
        "",
    ),
    "414": ("TooLong", "The address is longer than is read.", ""),
    "416": ("NoSuchRange", "The file has no bytes in the range.", ""),
    "429": ("TooMany", "Too many requests from one address.", "Retry-After"),
    "500": ("Fault", "A fault on our side; `instance` is its id in our log.", ""),
    "503": (
        "Unavailable",
        "There is no release yet, or it is being replaced at this moment.",
        "Retry-After",
    ),
}
"""Status -> the name of the answer, what it means, a header of its own."""

OF_QUESTIONS: Final = ("400", "404", "405", "406", "410", "414", "429", "500", "503")
"""What a question to a release can be refused with."""
OF_HEALTH: Final = ("405", "406", "414", "500")


def responses(resource: Resource, schemas: dict[str, Any], example: Any) -> dict[str, Any]:
    """Return every answer that a resource can give, by status."""
    ok: dict[str, Any] = {"description": "The answer.", "content": _content(resource, schemas)}
    if example is not None and JSON_TYPE in ok["content"]:
        ok["content"][JSON_TYPE]["example"] = example
    if resource.error_type:
        content = {resource.error_type: {"schema": {"type": "string"}}}
        texts = {status: PROBLEMS[status][1] for status in OF_QUESTIONS} | OF_A_STANDARD
        refused = {s: {"description": text, "content": content} for s, text in texts.items()}
        return {"200": ok, "304": _UNCHANGED, **refused}
    if not resource.path.startswith(PUBLIC):
        health = {"503": {**ok, "description": "Not yet; `reason` says why."}}
        return {"200": ok, **health, **problems(OF_HEALTH)}
    is_kept = bool(resource.parameters) and resource.method == "GET"
    is_whole = is_kept and "release" in {*resource.parameters, *resource.in_path}
    names = [name for name in HEADERS if name not in _ONLY_ELSEWHERE]
    ok["headers"] = {name: header(name, is_required=is_whole) for name in names}
    unchanged = {"304": _UNCHANGED} if resource.method == "GET" else {}
    bodies = {status: problem(text) for status, text in BODY_STATUSES.items()}
    refused = problems(OF_QUESTIONS) | (bodies if resource.body else {})
    return {"200": ok, **unchanged, **refused}


JSON_TYPE: Final = "application/json"
OF_A_STANDARD: Final = {
    "413": "The answer would be too large; ask for less.",
    "501": "The standard has it and this service does not.",
}
"""Further refusals of what follows a standard, in the words of that standard."""
_UNCHANGED: Final = {"$ref": ANSWER_REF.format(name="Unchanged")}
_TEXT: Final = {"description": "Text."}
_BINARY: Final = {"type": "string", "format": "binary"}
_ONLY_ELSEWHERE: Final = (
    "Retry-After", "Allow", "Accept-Ranges", "Content-Range", "Repr-Digest"
)  # fmt: skip


def problems(statuses: tuple[str, ...]) -> dict[str, Any]:
    """Return references to problems that several operations share."""
    return {status: {"$ref": ANSWER_REF.format(name=PROBLEMS[status][0])} for status in statuses}


def shared_responses() -> dict[str, Any]:
    """Return the answers that several operations share, by name."""
    kept = ("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Location")
    unchanged = {
        "description": "The reader holds this answer already; it is not counted as a request.",
        "headers": {name: header(name, is_required=name == "ETag") for name in kept},
    }
    told = {name: problem(text, own) for name, text, own in PROBLEMS.values()}
    return {"Unchanged": unchanged, **told}


def problem(text: str, own_header: str = "") -> dict[str, Any]:
    """Return the description of a refusal."""
    told: dict[str, Any] = {
        "description": text,
        "content": {PROBLEM_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}},
    }
    if own_header:
        told["headers"] = {own_header: header(own_header)}
    return told


def header(name: str, *, is_required: bool = True) -> dict[str, Any]:
    """Return a header as the components have it, or one that need not be there."""
    if is_required or not HEADERS[name][2]:
        return {"$ref": HEADER_REF.format(name=name)}
    return {**shared_headers()[name], "required": False}


def shared_headers() -> dict[str, Any]:
    """Return every header by name."""
    return {
        name: {
            "description": text,
            "required": is_required,
            "schema": {"type": "string"},
            "example": example,
        }
        for name, (text, example, is_required) in HEADERS.items()
    }


def _content(resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    if resource.media_types:
        return {
            name: {"schema": _of_document(name, resource, schemas)} for name in resource.media_types
        }
    content: dict[str, Any] = {JSON_TYPE: {"schema": _envelope(resource, schemas)}}
    for name in resource.formats:
        media_type = FORMATS[name].media_type
        if media_type not in content:
            content[media_type] = {"schema": _TEXT if FORMATS[name].is_text else _BINARY}
        elif name != JSON:  # another kind of JSON
            other = {"type": "object", "description": f"With `format={name}`.", "required": ["id"]}
            content[media_type] = {"schema": {"anyOf": [content[media_type]["schema"], other]}}
    return content


def _of_document(media_type: str, resource: Resource, schemas: dict[str, Any]) -> Mapping[str, Any]:
    """Return the schema of an answer that is no envelope but a document of its own."""
    if resource.answer is not None:
        return _item(resource, schemas)
    return {"type": "object" if media_type.endswith("json") else "string"}


def _envelope(resource: Resource, schemas: dict[str, Any]) -> Mapping[str, Any]:
    if not resource.path.startswith(PUBLIC):
        return _HEALTH
    item = _item(resource, schemas)
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


_HEALTH: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["status"],
    "properties": {
        "status": {"type": "string", "enum": ["live", "ready", "not ready"]},
        "release": {"type": "string"},
        "reason": {"type": "string"},
    },
}


def _item(resource: Resource, schemas: dict[str, Any]) -> Mapping[str, Any]:
    """Return the schema of one item of `data`."""
    if resource.answer is None:
        return {"type": "object"}
    whole = schema_of(resource.answer, schemas)
    if FIELDS not in {*resource.parameters, *resource.body}:
        return whole
    schemas[CHOSEN_ROW] = _chosen_row(schemas[whole["$ref"].rsplit("/", 1)[-1]])
    return {"anyOf": [whole, {"$ref": REF.format(model=CHOSEN_ROW)}]}


def _chosen_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a row of chosen columns, and of words beside codes or in their place."""
    word = {"type": ["string", "array", "null"], "items": {"type": "string"}}
    labels = {
        f"{name}{LABEL}": {**word, "description": f"The words of `{name}`."} for name in LABELLED
    }
    return {
        "title": CHOSEN_ROW,
        "type": "object",
        "description": "One row with the columns of `fields`, and with words for `labels`.",
        "properties": {**row["properties"], **labels},
    }


FIELDS: Final = "fields"
CHOSEN_ROW: Final = "ChosenColumnsRow"


def schema_of(shape: Any, schemas: dict[str, Any]) -> Mapping[str, Any]:
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
