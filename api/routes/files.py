"""The resources of whole files: those of a release, each of them, and its data package."""

from typing import Any, Final
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import Response

from api.answers import FOR_EVER, PINNED, SHORT_LIVED, send_bytes, send_json
from api.asking import FORMAT, JSON_ONLY, ask, resolve, state_of
from api.file_sending import send_file
from api.opened import OpenRelease
from api.parameters import described
from api.problems import ProblemError, not_found
from api.registry import Registry, Release
from api.release_files import file_named, file_row, files_of
from indicators.export import DESCRIPTOR

KNOWN: Final = described((FORMAT,))


async def release_files(request: Request) -> Response:
    """Answer with the files of a release."""
    asked = await ask(request, KNOWN, JSON_ONLY, request.path_params["release"])
    rows = [file_row(asked.release, file) for file in files_of(asked.release).values()]
    return send_json(asked, rows)


async def release_file(request: Request) -> Response:
    """Answer with one file of a release."""
    registry: Registry = request.app.state.registry
    wanted = request.path_params["release"]
    listed, opened = await resolve(request, registry, wanted, None)
    caching = PINNED if wanted == listed.id else SHORT_LIVED
    return _file(request, opened, listed, caching)


async def file_by_digest(request: Request) -> Response:
    """Answer with one file of the snapshot that the address names by digest."""
    registry: Registry = request.app.state.registry
    digest = request.path_params["digest"]
    found = next(
        (r for r in state_of(request).releases if r.digest == digest and r.withdrawn is None), None
    )
    if found is None:
        raise not_found(
            digest, (), "the digest of a release; its releases say what replaced it", "digest"
        )
    opened = await registry.open_aside(found)
    return _file(request, opened, found, FOR_EVER)


async def datapackage(request: Request) -> Response:
    """Answer with the data package of the latest release, its paths as seen from this address."""
    asked = await ask(request, KNOWN, JSON_ONLY)
    file = file_named(asked.release, DESCRIPTOR)
    if file is None:
        detail = f"release {asked.release.id} was written before there were data packages"
        raise ProblemError(404, "not-found", f"{detail}; take its files", suggestions=["files"])
    content: dict[str, Any] = orjson.loads(file.path.read_bytes())
    for resource in content["resources"]:
        resource["path"] = f"files/{asked.release.digest}/{quote(resource['path'])}"
    content["created"] = asked.release.published_at
    return send_bytes(asked, orjson.dumps(content))


def _file(request: Request, opened: OpenRelease, listed: Release, caching: str) -> Response:
    """Answer with a file that the release really lists: no other path is ever opened."""
    name: str = request.path_params["name"]
    known = files_of(opened)
    if name not in known:
        raise not_found(name, known, f"a file of release {listed.id}", "name")
    etag = f"{listed.digest[:24]}.{quote(name, safe='')}"
    return send_file(request, known[name], etag, {"Cache-Control": caching, "X-Release": listed.id})
