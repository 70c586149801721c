"""The resource /groups: groupings, groups with their members, and what each group comes to."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_cards import last_day_shown
from api.area_choice import MACHINE_READ, counts_machine_read
from api.aside import aside
from api.asking import EVERY_FORMAT, Asked, ask, parameters
from api.contract import GroupingCard, GroupRow
from api.figures import Figures, figures_of
from api.groupings import Grouping, group_row, groupings_of, groups_of, read_grouping
from api.left_out import left_out, there_on
from api.parameters import Parameter
from api.period_choice import LATEST, choose_periods
from api.problems import bad_value
from api.rows import choose_indicators

GROUPING: Final = Parameter(
    "grouping",
    "How to group: a token of the list that this resource gives without parameters. With "
    "`indicator` alone: every grouping.",
    "region",
)
INDICATOR: Final = Parameter(
    "indicator", "One indicator id: adds the statistics of each group.", is_list=False
)
PERIOD: Final = Parameter("period", "One period id, or `latest` (the default).", LATEST, False)

KNOWN: Final = parameters(
    grouping=GROUPING, indicator=INDICATOR, period=PERIOD, machine_read=MACHINE_READ
)


async def groups(request: Request) -> Response:
    """Answer with the groupings, or with the groups of some of them."""
    asked = await ask(request, KNOWN)
    wanted = asked.query.all("grouping")
    if not wanted and "indicator" not in asked.query:
        cards = [grouping.as_card() for grouping in groupings_of(asked.release).values()]
        return await send_rows(asked, cards, tuple(GroupingCard.__annotations__), EVERY_FORMAT)
    groupings = [read_grouping(asked.release, token) for token in wanted] or list(
        groupings_of(asked.release).values()
    )
    rows, warnings = await aside(request, _rows, asked, groupings)
    columns = tuple(GroupRow.__annotations__)
    judged = {row["as_at"] for row in rows if row["as_at"]}
    meta = {"judged_on": max(judged)} if judged else {}
    return await send_rows(asked, rows, columns, EVERY_FORMAT, warnings, **meta)


def _rows(asked: Asked, groupings: list[Grouping]) -> tuple[list[dict[str, Any]], list[str]]:
    release = asked.release
    figures, warnings = _figures(asked)
    on = release.snapshot.periods[figures.period].end if figures else last_day_shown(release)
    machine_read = counts_machine_read(asked.query)
    there = there_on(release, on, figures)
    rows: list[dict[str, Any]] = []
    for grouping in groupings:
        as_at = on if grouping.judgement else None
        groups = groups_of(release, grouping, there, on, machine_read=machine_read)
        rows += [group_row(release, grouping, group, as_at, figures) for group in groups]
        warnings += left_out(release, grouping, groups, there, on)
    return rows, warnings


def _figures(asked: Asked) -> tuple[Figures | None, list[str]]:
    if "indicator" not in asked.query:
        return None, []
    indicators = choose_indicators(asked.release, asked.query)
    choice = choose_periods(asked.release, asked.query, indicators)
    if len(choice.pairs) > 1:
        raise bad_value("period", "groups are of one period; give one id")
    if not choice.pairs:
        return None, choice.warnings
    return figures_of(asked.release, *choice.pairs[0]), choice.warnings
