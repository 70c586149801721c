"""The resources /releases, /releases/{release}, its files, and the service document."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.answers import FOR_EVER, PINNED, SHORT_LIVED, meta_of, send_json, standing_of
from api.asking import ETAG_KEY, FORMAT, JSON_ONLY, ask, format_of, resolve, state_of
from api.comparators import NAMING_NO_GROUP, WITH
from api.conditions import is_match
from api.contract import API_PREFIX, COUNTRY_WORD, GROUPINGS, Paths
from api.disclosures import disclosure_card
from api.formats import FORMATS
from api.known_problems import known_problem_rows
from api.opened import OpenRelease
from api.parameters import described, read_query
from api.problems import ProblemError, not_found
from api.registry import Registry, Release, release_row
from api.revisions import changes_summary
from api.source_cards import source_cards

LIST: Final = described((FORMAT,))
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
    format_of(request, read_query(request.scope["query_string"], LIST), JSON_ONLY)
    state = state_of(request)
    rows = [release_row(release) for release in reversed(state.releases)]
    return await _of_state(request, rows, {"latest": f"{API_PREFIX}/releases/latest"})


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
    links = {name: f"{here}/{name}" for name in ("changes", "revisions", "files")}
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


async def begin(request: Request) -> Response:
    """Lead whoever asks for the API itself to the document of what there is."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}/v1/", 307)


async def service(request: Request) -> Response:
    """Answer with what there is and where to begin."""
    format_of(request, read_query(request.scope["query_string"], LIST), JSON_ONLY)
    comparators = (
        COUNTRY_WORD, "region", "neighbours", "type", *_GROUPING_TOKENS, *NAMING_NO_GROUP,
    )  # fmt: skip
    data = {
        "title": "Children's social care outcomes",
        "about": "Outcome and performance indicators of children's social care by authority: "
        "definitions, figures, comparisons, releases.",
        "not_official": standing_of(is_practice=state_of(request).is_practice),
        "formats": list(FORMATS),
        "groupings": list(GROUPINGS),
        "comparators": list(comparators),
        "comparators_note": WITH.text,
        "stability": "Names and columns stay; new ones may be added. Ignore what you do not know.",
    }
    links = {
        name.lower(): path
        for name, path in vars(Paths).items()
        if isinstance(path, str) and path.startswith("/api")
    }
    return await _of_state(request, data, links)


_GROUPING_TOKENS: Final = tuple(
    "ofsted:JUDGEMENT" if name == "ofsted" else name
    for name in GROUPINGS
    if name not in {"region", "area_type"}
)


async def _of_state(request: Request, data: Any, links: dict[str, str]) -> Response:
    """Answer with what is not of one release; the latest one stands in `meta`."""
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
