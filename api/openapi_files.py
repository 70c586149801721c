"""How the description of the API tells of files: bytes as they are, whole or in part."""

from collections.abc import Mapping
from typing import Any, Final

from api.openapi_answers import ANSWER_REF, header, problems
from api.openapi_parameters import path_parameter
from api.release_files import BY_NAME, MEDIA_TYPES, PLAIN_BYTES
from api.resource import RELEASES

BY_RELEASE: Final = "/v1/releases/{release}/files/{name}"
BY_DIGEST: Final = "/v1/files/{digest}/{name}"
REFUSED: Final = ("404", "405", "406", "410", "414", "416", "500", "503")
_NAME: Final = "The name of a file, as `/releases/{release}/files` lists it."
_RANGE: Final = {
    "name": "Range",
    "in": "header",
    "required": False,
    "description": "Which part is wanted.",
    "schema": {"type": "string", "examples": ["bytes=0-99"]},
}
_SCHEMA: Final = {"schema": {"description": "The bytes of the file."}}
_KINDS: Final = (*MEDIA_TYPES.values(), *BY_NAME.values(), PLAIN_BYTES, "*/*")
_BYTES: Final = dict.fromkeys((kind.partition(";")[0] for kind in _KINDS), _SCHEMA)
"""A file is of the kind that its name says."""


def file_paths(examples: Mapping[str, str]) -> dict[str, Any]:
    """Return the operations that give files."""
    by_digest = _operation(
        "file_by_digest",
        "A file by the digest of its snapshot: it never changes, and is gone once it was withheld.",
        [path_parameter("digest", "The digest of a release.", examples)],
        examples,
    )
    by_release = _operation(
        "file_of_release",
        "A file of a release; not counted as a request.",
        [path_parameter("release", "A release id, or `latest`.", examples)],
        examples,
    )
    return {BY_RELEASE: by_release, BY_DIGEST: by_digest}


def _operation(
    id: str, summary: str, place: list[dict[str, Any]], examples: Mapping[str, str]
) -> dict[str, Any]:
    headers = (
        "Cache-Control", "ETag", "X-Release", "Accept-Ranges", "Content-Disposition", "Repr-Digest"
    )  # fmt: skip
    whole = {name: header(name, is_required=name != "X-Release") for name in headers}
    part = {**whole, "Content-Range": header("Content-Range")}
    return {
        "get": {
            "operationId": id,
            "tags": [RELEASES],
            "summary": summary,
            "parameters": [*place, path_parameter("name", _NAME, examples), _RANGE],
            "responses": {
                "200": {"description": "The file.", "headers": whole, "content": _BYTES},
                "206": {"description": "A part of it.", "headers": part, "content": _BYTES},
                "304": {"$ref": ANSWER_REF.format(name="Unchanged")},
                **problems(REFUSED),
            },
        }
    }
