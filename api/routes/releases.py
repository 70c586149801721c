"""The resources /releases, /releases/{release}, and the service document."""

from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.answers import SHORT_LIVED, meta_of, send_json, standing_of
from api.asking import ETAG_KEY, FORMAT, JSON_ONLY, ask, format_of, resolve, state_of
from api.atom import ATOM
from api.comparators import NAMING_NO_GROUP, WITH
from api.contract import API_PREFIX, COUNTRY_WORD, GROUPINGS, Paths
from api.disclosures import disclosure_card
from api.formats import FORMATS
from api.known_problems import known_problem_rows
from api.parameters import described, read_query
from api.problems import ProblemError
from api.registry import release_row
from api.revisions import changes_summary
from api.source_cards import source_cards

LIST: Final = described((FORMAT,))
ONE: Final = LIST


async def list_releases(request: Request) -> Response:
    """Answer with all releases, the newest first."""
    format_of(request, read_query(request.scope["query_string"], LIST), JSON_ONLY)
    state = state_of(request)
    rows = [release_row(release) for release in reversed(state.releases)]
    links = {"latest": f"{API_PREFIX}/releases/latest", "feed": Paths.RELEASES_FEED}
    answer = await _of_state(request, rows, links)
    answer.headers["Link"] = f'<{Paths.RELEASES_FEED}>; rel="alternate"; type="{ATOM}"'
    return answer


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
