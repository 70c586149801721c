"""The resource /profiles/{code}: all a page about one area needs, in one call."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_json
from api.area_cards import area_links, last_day_shown
from api.area_choice import MACHINE_READ, counts_machine_read
from api.aside import aside
from api.asking import JSON_ONLY, ask, parameters
from api.comparators import DEFAULT, NEIGHBOURS, WITH, check_targets, read_comparators
from api.parameters import Parameter, Query
from api.problems import bad_value
from api.profiles import profile_rows
from api.routes.areas import path_area
from api.rows import INDICATOR, choose_indicators

MODEL: Final = Parameter("model", "A model of neighbours; default: the newest.", is_list=False)
KNOWN: Final = parameters(
    indicator=INDICATOR, model=MODEL, machine_read=MACHINE_READ, **{"with": WITH}
)


async def profile(request: Request) -> Response:
    """Answer with every indicator's latest figure of an area beside its comparators."""
    asked = await ask(request, KNOWN, JSON_ONLY)
    release = asked.release
    area = path_area(request, asked)
    comparators = read_comparators(
        release, _tokens(asked.query), machine_read=counts_machine_read(asked.query)
    )
    indicators = choose_indicators(release, asked.query)
    check_targets(release, comparators, indicators)
    rows = await aside(
        request,
        profile_rows,
        release,
        release.snapshot.area_codes[area.code],
        indicators,
        comparators,
    )
    links = area_links(area.code)
    return send_json(asked, rows, links=links, judged_on=last_day_shown(release).isoformat())


def _tokens(query: Query) -> tuple[str, ...]:
    """Return what to compare with; `model` says which neighbours the default means."""
    model, given = query.one("model"), query.all("with")
    if model is None:
        return given or DEFAULT
    if given:
        raise bad_value("model", f"with `with`, write {NEIGHBOURS}:{model} there")
    return tuple(f"{NEIGHBOURS}:{model}" if token == NEIGHBOURS else token for token in DEFAULT)
