"""The resource /exceptions: what stands out of an authority, by size and certainty."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_cards import last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, choose_areas, counts_machine_read, narrow
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.comparators import DEFAULT_OF_EXCEPTIONS, check_targets, read_comparators, with_parameter
from api.contract import ExceptionRow
from api.cost import refuse_work
from api.exceptions import exception_rows
from api.no_areas import why_no_areas
from api.parameters import Parameter, one_of
from api.problems import unknown_value
from api.rows import INDICATOR, choose_indicators
from indicators.exceptions import Certainty
from reference.areas import AreaKind

CERTAINTY: Final = Parameter(
    "certainty",
    f"The last certainty to list: {', '.join(f'`{one}`' for one in Certainty)}. Default: "
    f"`{Certainty.AMONG_MANY}`; `{Certainty.ALONE}` adds what differs only when looked at alone.",
    Certainty.ALONE.value,
    is_list=False,
    form=one_of(*Certainty),
)
KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter("`authority`"),
    indicator=INDICATOR,
    certainty=CERTAINTY,
    **{"with": with_parameter(DEFAULT_OF_EXCEPTIONS)},
)
COLUMNS: Final = tuple(ExceptionRow.__annotations__)


async def exceptions(request: Request) -> Response:
    """Answer with what stands out of each authority; of all of them where none is named."""
    asked = await ask(request, KNOWN)
    release, query = asked.release, asked.query
    word = query.one("certainty") or Certainty.AMONG_MANY.value
    if word not in list(Certainty):
        advice = f"use {', '.join(Certainty)}"
        raise unknown_value("certainty", word, Certainty, "a certainty", advice)
    tokens = query.all("with") or DEFAULT_OF_EXCEPTIONS
    comparators = read_comparators(release, tokens, machine_read=counts_machine_read(query))
    on = last_day_shown(release)
    choice = narrow(release, query, choose_areas(release, query), on)
    areas = [
        code
        for code in choice.codes.tolist()
        if release.areas[code].kind is AreaKind.AUTHORITY and release.areas[code].existed_on(on)
    ]
    indicators = choose_indicators(release, query)
    check_targets(release, comparators, indicators)
    most = len(areas) * len(indicators) * len(comparators)
    refuse_work(asked, most, "indicator=, area= and with=")
    rows = await aside_by_size(
        request, most, exception_rows, release, areas, indicators, comparators, Certainty(word)
    )
    warnings = list(why_no_areas(release, query, choice, on))
    if not areas and not warnings:
        warnings = [f"none of these is an authority that existed on {on}; nothing stands out of it"]
    elif not rows:
        warnings += ["nothing stands out: no figure differs by more than chance explains"]
    return await send_rows(asked, rows, COLUMNS, EVERY_FORMAT, warnings, judged_on=on.isoformat())
