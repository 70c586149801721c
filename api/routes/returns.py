"""The resource /areas/{code}/returns: what became of what an authority sent."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import ReturnRow
from api.opened import OpenRelease
from api.routes.areas import path_area
from api.source_cards import source_cards
from indicators.hidden_figures import FigureCounts, counts_by_source
from indicators.told_beside import ReleasedReturn
from reference.areas import Area

KNOWN: Final = parameters()
COLUMNS: Final = tuple(ReturnRow.__annotations__)
_NONE: Final = FigureCounts()


async def returns(request: Request) -> Response:
    """Answer with the returns of an authority that a release holds; never with a later one."""
    asked = await ask(request, KNOWN)
    area = path_area(request, asked)
    cards = {card["id"]: card for card in _cards(asked.release)}
    rows = [
        _row(asked.release, area, one, cards.get(one.source, {}))
        for one in asked.release.snapshot.returns
        if one.authority == area.code
    ]
    warnings = [] if rows else [f"this release holds no return of {area.name}"]
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings)


def _row(
    release: OpenRelease, area: Area, one: ReleasedReturn, card: Mapping[str, Any]
) -> dict[str, Any]:
    counts = release.recall("counts by source", lambda: counts_by_source(release.snapshot))
    figures = counts.get(one.source, _NONE)
    return {
        "release": release.id,
        "area_code": area.code,
        "area_name": area.name,
        "collection": one.collection,
        "period": one.period,
        "version": one.version,
        "source": one.source,
        "received_on": one.received_on,
        "signed_off_on": one.signed_off_on,
        "signed_off_by_role": one.signed_off_by_role,
        "accepted_on": one.accepted_on,
        "accepted_by_role": one.accepted_by_role,
        "rows_received": one.rows_received,
        "figures_shown": figures.shown,
        "figures_hidden": figures.hidden,
        "figures_other": figures.other,
        "title": card.get("title", ""),
        "indicators": card.get("indicators", []),
    }


def _cards(release: OpenRelease) -> list[dict[str, Any]]:
    return release.recall("source cards", lambda: source_cards(release))
