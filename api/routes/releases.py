"""The resources /releases and /releases/{release}."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json
from api.asking import JSON_ONLY, ask, state_of
from api.atom import ATOM
from api.contract import API_PREFIX, Paths
from api.disclosures import disclosure_card
from api.known_problems import known_problem_rows
from api.of_service import PARAMETERS, check_query, send_of_service
from api.registry import release_row
from api.revisions import changes_summary
from api.source_cards import source_cards

LIST: Final = PARAMETERS
ONE: Final = LIST


async def list_releases(request: Request) -> Response:
    """Answer with all releases, the newest first."""
    check_query(request)
    state = state_of(request)
    rows = [release_row(release) for release in reversed(state.releases)]
    links = {"latest": f"{API_PREFIX}/releases/latest", "feed": Paths.RELEASES_FEED}
    answer = await send_of_service(request, rows, links)
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
    links = {name: f"{here}/{name}" for name in ("changes", "revisions", "files", "citation")}
    beside = zip(("previous", "next"), asked.state.beside[asked.release.id], strict=True)
    links |= {rel: f"{API_PREFIX}/releases/{id}" for rel, id in beside if id}
    return send_json(asked, detail, links=links)
