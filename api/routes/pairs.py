"""The resources /pairs and /pairs/{pair}: indicators that mislead when either is read alone."""

from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_cards import last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, choose_areas, narrow
from api.aside import aside
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import PairCard, PairRow
from api.free_pairs import APART, CONTEXT, NO_PERIOD, free_pair
from api.no_areas import why_no_areas
from api.opened import OpenRelease
from api.pair_figures import Read, read_pair, whole_pairs
from api.pair_periods import ONE_YEAR, choose_pair_periods
from api.pairs import pair_card, pair_rows
from api.parameters import Parameter, Query
from api.problems import not_found, unknown_value
from indicators.model import Pair

DEFAULT_AREA: Final = "authority"
ONLY_AUTHORITIES: Final = (
    "Only authorities are read in pairs, and area= names none that has a place"
)

INDICATOR: Final = Parameter("indicator", "Only pairs in which one of these indicators is.")
LIST: Final = parameters(indicator=INDICATOR, period=ONE_YEAR)
KNOWN: Final = parameters(
    AREA_PARAMETERS, area=area_parameter(f"`{DEFAULT_AREA}`"), period=ONE_YEAR
)
CARD_COLUMNS: Final = tuple(PairCard.__annotations__)
ROW_COLUMNS: Final = tuple(PairRow.__annotations__)


async def pairs(request: Request) -> Response:
    """Answer with the cards of all pairs, or of those of some indicators."""
    asked = await ask(request, LIST)
    release, query = asked.release, asked.query
    _check_indicators(release, query)
    wanted = set(query.all("indicator"))
    held = [
        pair for pair in whole_pairs(release).values() if not wanted or wanted & {pair.x, pair.y}
    ]
    cards, warnings = await aside(request, _cards, release, query, held)
    return await send_rows(asked, cards, CARD_COLUMNS, EVERY_FORMAT, warnings)


async def one_pair(request: Request) -> Response:
    """Answer with one row for each authority; the card of the pair stands in `meta`."""
    asked = await ask(request, KNOWN)
    release, query = asked.release, asked.query
    pair = _named(release, request.path_params["pair"])
    if "area" not in query:
        query = query.with_values(area=DEFAULT_AREA)
    read, warning = _read(release, query, pair)
    on = _end(read) if read else None
    areas = narrow(release, query, choose_areas(release, query), on)
    warnings = [*([warning] if warning else []), *why_no_areas(release, query, areas, on)]
    rows: list[dict[str, Any]] = []
    if read is not None:
        chosen = set(areas.codes.tolist())
        codes = {release.areas[code].code for code in chosen.intersection(read.members)}
        every = await aside(request, pair_rows, read)
        rows = [row for row in every if row["area_code"] in codes]
    if not rows and not warnings:
        warnings = [ONLY_AUTHORITIES]
    meta = {"judged_on": on.isoformat()} if on and "ofsted" in query else {}
    card = pair_card(release, pair, read)
    return await send_rows(asked, rows, ROW_COLUMNS, EVERY_FORMAT, warnings, **meta, pair=card)


def _named(release: OpenRelease, id: str) -> Pair:
    """Return the pair of an id; raises ProblemError 404 for one that the release has not."""
    known = whole_pairs(release)
    if APART in id:
        return free_pair(release, id)
    if id not in known:
        raise not_found(id, known, "a pair of this release", "pair")
    return known[id]


def _check_indicators(release: OpenRelease, query: Query) -> None:
    known = release.snapshot.indicator_codes
    for id in query.all("indicator"):
        if id not in known:
            raise unknown_value("indicator", id, known, "an indicator of this release")


def _cards(
    release: OpenRelease, query: Query, held: list[Pair]
) -> tuple[list[dict[str, Any]], list[str]]:
    cards, warnings = [], []
    for pair in held:
        read, warning = _read(release, query, pair)
        cards.append(pair_card(release, pair, read))
        warnings += [warning] if warning else []
    return cards, warnings


def _read(release: OpenRelease, query: Query, pair: Pair) -> tuple[Read | None, str]:
    """Return a pair in the year asked for, or the reason why it cannot be read."""
    codes = release.snapshot.indicator_codes
    measured = [codes[id] for id in (pair.x, pair.y) if not id.startswith(CONTEXT)]
    if not measured:
        return read_pair(release, pair, (NO_PERIOD, NO_PERIOD)), ""
    # A context variable has one date alone and goes with any period of the other.
    periods = choose_pair_periods(release, query, measured[0], measured[-1])
    if periods.x is None or periods.y is None:
        return None, periods.warning
    return read_pair(release, pair, (periods.x, periods.y)), ""


def _end(read: Read) -> date:
    periods = read.release.snapshot.periods
    ends = [periods[side.period].end for side in read.figures if side.period != NO_PERIOD]
    return max(ends, default=last_day_shown(read.release))
