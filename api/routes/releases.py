"""The resources /releases, /releases/{release}, and its files."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from api.answers import FOR_EVER, PINNED, SHORT_LIVED, send_json
from api.asking import JSON_ONLY, ask, resolve, state_of
from api.conditions import is_match
from api.contract import API_PREFIX
from api.disclosures import disclosure_card
from api.formats import FORMATS
from api.known_problems import known_problem_rows
from api.of_service import PARAMETERS, check_query, send_of_service
from api.opened import OpenRelease
from api.problems import not_found
from api.registry import Registry, Release, release_row
from api.revisions import changes_summary
from api.source_cards import source_cards

LIST: Final = PARAMETERS
ONE: Final = LIST

MEDIA_TYPES: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": FORMATS["parquet"].media_type,
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}
"""By suffix; anything else is plain bytes, and nothing is ever shown as a page."""


async def list_releases(request: Request) -> Response:
    """Answer with all releases, the newest first."""
    check_query(request)
    state = state_of(request)
    rows = [release_row(release) for release in reversed(state.releases)]
    return await send_of_service(request, rows, {"latest": f"{API_PREFIX}/releases/latest"})


async def one_release(request: Request) -> Response:
    """Answer with what a release says of itself and what it was made from."""
    asked = await ask(request, ONE, JSON_ONLY, request.path_params["release"])
    snapshot = asked.release.snapshot
    detail = {
        **release_row(asked.listed),
        "sources": source_cards(asked.release),
        "changes": changes_summary(asked.release),
        "known_problems": known_problem_rows(snapshot.places),
        "disclosure": disclosure_card(asked.release),
        "place_set": snapshot.card.place_set,
        "method_version": snapshot.card.method_version,
        "has_submissions": snapshot.card.has_submissions,
        "rows": snapshot.index.row_count,
        "indicators": len(snapshot.indicators),
        "periods": list(snapshot.index.periods),
    }
    here = f"{API_PREFIX}/releases/{asked.release.id}"
    links = {name: f"{here}/{name}" for name in ("changes", "revisions", "files", "citation")}
    beside = zip(("previous", "next"), asked.state.beside[asked.release.id], strict=True)
    links |= {rel: f"{API_PREFIX}/releases/{id}" for rel, id in beside if id}
    return send_json(asked, detail, links=links)


async def release_files(request: Request) -> Response:
    """Answer with the files of a release."""
    asked = await ask(request, ONE, JSON_ONLY, request.path_params["release"])
    rows = [_file_row(asked.release, path) for path in _files(asked.release)]
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
        raise not_found(digest, (), "the digest of a release; its releases say what replaced it")
    opened = await registry.open_aside(found)
    return _file(request, opened, found, FOR_EVER)


def _files(release: OpenRelease) -> list[Path]:
    folder = release.snapshot.folder / "files"
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _file_row(release: OpenRelease, path: Path) -> dict[str, Any]:
    name = path.relative_to(release.snapshot.folder / "files").as_posix()
    return {
        "name": name,
        "bytes": path.stat().st_size,
        "media_type": MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
        "url": f"{API_PREFIX}/releases/{quote(release.id)}/files/{quote(name)}",
        "lasting_url": f"{API_PREFIX}/files/{release.digest}/{quote(name)}",
    }


def _file(request: Request, opened: OpenRelease, listed: Release, caching: str) -> Response:
    """Answer with a file that the release really lists: no other path is ever opened."""
    name: str = request.path_params["name"]
    folder = opened.snapshot.folder / "files"
    known = {path.relative_to(folder).as_posix(): path for path in _files(opened)}
    if name not in known:
        raise not_found(name, known, f"a file of release {listed.id}")
    path = known[name]
    etag = f"{listed.digest[:24]}.{quote(name, safe='')}"
    headers = {"Cache-Control": caching, "ETag": f'"{etag}"', "X-Release": listed.id}
    if is_match(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    media_type = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
    return FileResponse(path, media_type=media_type, filename=path.name, headers=headers)
