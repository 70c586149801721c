"""The resource /inequalities: parts of a figure against their own total."""

from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, choose_areas, narrow
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import COUNTRY_WORD, InequalityRow
from api.cost import refuse_work
from api.inequalities import inequality_rows
from api.no_areas import why_no_areas
from api.opened import OpenRelease
from api.part_choice import BY, PART_PERIOD, PartChoice, choose_parts
from api.rows import INDICATOR, NO_ROWS

KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter(f"`{COUNTRY_WORD}` alone; `authority` gives all authorities"),
    indicator=INDICATOR,
    period=PART_PERIOD,
    by=BY,
)
COLUMNS: Final = tuple(InequalityRow.__annotations__)


async def inequalities(request: Request) -> Response:
    """Answer with a row for each part, between its total and the largest gap."""
    asked = await ask(request, KNOWN)
    query = asked.query if "area" in asked.query else asked.query.with_values(area=COUNTRY_WORD)
    choice = choose_parts(asked.release, query)
    on = _latest_end(asked.release, choice)
    areas = narrow(asked.release, query, choose_areas(asked.release, query), on)
    most = choice.most_rows(len(areas.codes))
    refuse_work(asked, most, "indicator=, area=, period= and by=")
    rows = await aside_by_size(request, most, inequality_rows, asked.release, choice, areas)
    warnings = [*choice.warnings, *why_no_areas(asked.release, query, areas, on)]
    meta = {"judged_on": on.isoformat()} if on and "ofsted" in query else {}
    return await send_rows(
        asked,
        rows,
        COLUMNS,
        EVERY_FORMAT,
        warnings if rows or warnings else [NO_ROWS],
        crossed=sorted(choice.crossed),
        **meta,
    )


def _latest_end(release: OpenRelease, choice: PartChoice) -> date | None:
    periods = [
        *(divided.period for divided in choice.divided),
        *(period for *_, period in choice.siblings),
    ]
    return max((release.snapshot.periods[period].end for period in periods), default=None)
