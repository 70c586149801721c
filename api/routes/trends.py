"""The resource /trends: which way a figure has been going, beyond chance."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import TrendRow
from api.cost import refuse_work
from api.parameters import Parameter, Query
from api.period_choice import ALL, LATEST
from api.problems import bad_value
from api.rows import INDICATOR, select
from api.trends import trend_rows

DEFAULT_AREA: Final = "authority"
LAST_PERIOD: Final = Parameter(
    "period",
    "The last period of the series: one period id, or `latest` (of each indicator; the default).",
    LATEST,
    is_list=False,
)
KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter(f"`{DEFAULT_AREA}`"),
    indicator=INDICATOR,
    period=LAST_PERIOD,
)
COLUMNS: Final = tuple(TrendRow.__annotations__)


async def trends(request: Request) -> Response:
    """Answer with one row for each indicator and area."""
    asked = await ask(request, KNOWN)
    query = asked.query
    _check_period(query)
    if "area" not in query:
        query = query.with_values(area=DEFAULT_AREA)
    selection = select(asked.release, query)
    refuse_work(asked, selection.most_rows, "indicator= and area=")
    rows = await aside_by_size(request, selection.most_rows, trend_rows, asked.release, selection)
    meta = {"judged_on": selection.judged_on.isoformat()} if selection.judged_on else {}
    warnings = selection.warnings_of(len(rows))
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings, **meta)


def _check_period(query: Query) -> None:
    period = query.one("period") or LATEST
    if period == ALL or "," in period or ".." in period:
        last = period.rpartition("..")[2].rpartition(",")[2]
        detail = f"'{period[:40]}' is several; a trend is given up to one, such as {LATEST}"
        raise bad_value("period", detail, [LATEST if last in {"", ALL} else last[:40]])
