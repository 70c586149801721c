"""The resource /comparisons: whether a difference is more than chance."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, counts_machine_read
from api.aside import aside_by_size
from api.asking import EVERY_FORMAT, ask, parameters
from api.blocks import blocks
from api.comparators import WITH, Comparator, check_targets, read_comparators
from api.comparing import Cell, comparison_rows
from api.contract import COMPARISON_COLUMNS
from api.left_out import left_out_of_comparisons
from api.opened import OpenRelease
from api.period_choice import PERIOD
from api.problems import ProblemError
from api.rows import INDICATOR, Selection, choose_indicators, select

MOST_ROWS: Final = 20_000
"""All authorities in all indicators, against one comparator; made in about a second."""
DEFAULT_AREA: Final = "authority"

KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter(
        f"`{DEFAULT_AREA}`. At most {MOST_ROWS:,} comparisons are made at once (areas x indicators "
        "x periods x comparators); to ask for less, name one `period`, or fewer of `area`, "
        "`indicator` and `with`"
    ),
    indicator=INDICATOR,
    period=PERIOD,
    **{"with": WITH},
)


async def comparisons(request: Request) -> Response:
    """Answer with one row for each figure and comparator."""
    asked = await ask(request, KNOWN)
    release, query = asked.release, asked.query
    if "area" not in query:
        query = query.with_values(area=DEFAULT_AREA)
    machine_read = counts_machine_read(query)
    comparators = read_comparators(release, query.all("with"), machine_read=machine_read)
    check_targets(release, comparators, choose_indicators(release, query))
    selection = select(release, query)
    most = selection.most_rows * len(comparators)
    check_size(selection, comparators)
    judged_on = selection.latest_end or date.max
    rows = await aside_by_size(
        request,
        most,
        lambda: list(comparison_rows(release, cells_of(release, selection), comparators)),
    )
    warnings = list(selection.warnings_of(len(rows)))
    if selection.latest_end is not None:
        warnings += left_out_of_comparisons(
            release, comparators, judged_on, machine_read=machine_read
        )
    is_judged = any(comparator.token.startswith("ofsted") for comparator in comparators)
    shown = is_judged or selection.judged_on is not None
    meta = {"judged_on": judged_on.isoformat()} if shown else {}
    return await send_rows(asked, rows, COMPARISON_COLUMNS, EVERY_FORMAT, warnings, **meta)


def check_size(selection: Selection, comparators: Sequence[Comparator]) -> None:
    """Raise ProblemError for more comparisons than are made at once, before any is made."""
    count = selection.most_rows * len(comparators)
    if count <= MOST_ROWS:
        return
    made_of = (
        f"{len(selection.pairs)} pairs of indicator and period, {len(selection.areas.codes)} areas "
        f"and {len(comparators)} to compare with"
    )
    has_more = len({pair.period for pair in selection.pairs}) > 1
    raise ProblemError(
        400,
        "too-large",
        f"up to {count} comparisons ({made_of}); at most {MOST_ROWS} are made at once. "
        "Ask period by period, or name fewer of indicator=, area= and with=",
        parameter="period" if has_more else "area",
        more={"rows": count, "most_rows": MOST_ROWS},
    )


def cells_of(release: OpenRelease, selection: Selection) -> Iterator[Cell]:
    """Return the cells of a selection by their codes, pair by pair."""
    for block in blocks(release, selection):
        yield from zip(
            block.indicator.tolist(), block.period.tolist(), block.area.tolist(), strict=True
        )
