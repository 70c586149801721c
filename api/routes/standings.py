"""The resource /standings: how many areas differ from what they are compared with."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, counts_machine_read
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.comparators import check_targets, read_comparators, with_parameter
from api.contract import COUNTRY_WORD, StandingRow
from api.parameters import Parameter
from api.period_choice import PERIOD
from api.routes.comparisons import DEFAULT_AREA, MOST_ROWS, cells_of, check_size
from api.rows import INDICATOR, choose_indicators, select
from api.standings import standing_rows

DEFAULT_WITH: Final = (COUNTRY_WORD,)
WITH: Final[Parameter] = with_parameter(DEFAULT_WITH)
KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter(
        f"`{DEFAULT_AREA}`. The comparisons that are counted are at most {MOST_ROWS:,}, as in "
        "/comparisons"
    ),
    indicator=INDICATOR,
    period=PERIOD,
    **{"with": WITH},
)
COLUMNS: Final = tuple(StandingRow.__annotations__)


async def standings(request: Request) -> Response:
    """Answer with one row for each indicator, period and comparator."""
    asked = await ask(request, KNOWN)
    release, query = asked.release, asked.query
    if "area" not in query:
        query = query.with_values(area=DEFAULT_AREA)
    tokens = query.all("with") or DEFAULT_WITH
    comparators = read_comparators(release, tokens, machine_read=counts_machine_read(query))
    check_targets(release, comparators, choose_indicators(release, query))
    selection = select(release, query)
    check_size(selection, comparators)
    most = selection.most_rows * len(comparators)
    rows = await aside_by_size(
        request, most, lambda: standing_rows(release, cells_of(release, selection), comparators)
    )
    warnings = selection.warnings_of(len(rows))
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings)
