"""The resource /rankings: where authorities stand among all, and how sure that is."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.contract import RankingRow
from api.cost import refuse_work
from api.opened import OpenRelease
from api.parameters import Parameter, Query, one_of
from api.period_choice import PERIOD
from api.problems import ProblemError, unknown_value
from api.rankings import LAIT_RULES, OWN_RULES, ranking_rows
from api.rows import INDICATOR, Selection, select

MOST_RANKINGS: Final = 200
"""Pairs of indicator and period; each is a ranking of all authorities."""
DEFAULT_AREA: Final = "authority"
ONLY_AUTHORITIES: Final = "Only authorities are ranked, and area= names none that has a place"

AS: Final = Parameter(
    "as",
    "`lait`: change, rank, band and neighbour mean by the rules of the Local Authority "
    "Interactive Tool. Default: our own rules.",
    LAIT_RULES,
    is_list=False,
    form=one_of(LAIT_RULES),
)
KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter(f"`{DEFAULT_AREA}`"),
    indicator=INDICATOR,
    period=PERIOD,
    **{"as": AS},
)
COLUMNS: Final = tuple(RankingRow.__annotations__)


async def rankings(request: Request) -> Response:
    """Answer with one row for each authority of each ranking, by rank."""
    asked = await ask(request, KNOWN)
    query, rules = asked.query, _rules(asked.query)
    if "area" not in query:
        query = query.with_values(area=DEFAULT_AREA)
    selection = select(asked.release, query)
    _check_size(selection)
    refuse_work(asked, selection.most_rows, "indicator=, area= and period=")
    rows = await aside_by_size(request, selection.most_rows, _rows, asked.release, selection, rules)
    meta = {"judged_on": selection.judged_on.isoformat()} if selection.judged_on else {}
    warnings = selection.warnings or (() if rows else (ONLY_AUTHORITIES,))
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings, **meta)


def _rules(query: Query) -> str:
    given = query.one("as")
    if given not in {None, LAIT_RULES}:
        advice = f"write as={LAIT_RULES} or leave it out"
        raise unknown_value("as", given or "", (LAIT_RULES,), "a set of rules", advice)
    return OWN_RULES if given is None else LAIT_RULES


def _rows(release: OpenRelease, selection: Selection, rules: str) -> list[dict[str, Any]]:
    return [
        row
        for pair in selection.pairs
        for row in ranking_rows(release, pair.indicator, pair.period, selection.areas, rules)
    ]


def _check_size(selection: Selection) -> None:
    """Raise ProblemError for more rankings than are made at once, before any is made."""
    count = len(selection.pairs)
    if count > MOST_RANKINGS:
        raise ProblemError(
            400,
            "too-large",
            f"{count} rankings (pairs of indicator and period); at most {MOST_RANKINGS} are made "
            "at once. Ask period by period, or name fewer of indicator=",
            parameter="period",
            more={"rankings": count, "most_rankings": MOST_RANKINGS},
        )
