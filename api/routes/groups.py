"""The resource /groups: groupings, groups with their members, and what each group comes to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_cards import last_day_shown
from api.area_choice import (
    MACHINE_READ,
    NARROWING,
    area_parameter,
    choose_areas,
    counts_machine_read,
    narrow,
)
from api.aside import aside
from api.asking import EVERY_FORMAT, Asked, ask, parameters
from api.chosen_groups import OF, WITH_OTHERS, about_chosen, read_groupings
from api.contract import GroupingCard, GroupRow
from api.crossed_groups import ACROSS, Part, parts_of, read_across
from api.figures import Figures, figures_of
from api.group_tests import spread_and_test
from api.groupings import Grouping, NamedGroup, group_row, groupings_of, groups_of
from api.left_out import left_out, there_on
from api.opened import OpenRelease
from api.parameters import DAY, Parameter, Query
from api.period_choice import LATEST, choose_periods
from api.problems import bad_value
from api.rows import choose_indicators

GROUPING: Final = Parameter(
    "grouping",
    "How to group: a token of the list that this resource gives without parameters, `neighbours` "
    "or `neighbours:MODEL` (of the authority `of=`), or `areas:CODE,CODE,…`, a list of your own. "
    "With `indicator` alone: every grouping of the list.",
    "region",
)
AS_AT: Final = Parameter(
    "as_at",
    "The day on which inspection judgements are read, like `2025-03-31`. Default: the end of the "
    "period shown.",
    is_list=False,
    form=DAY,
)
INDICATOR: Final = Parameter(
    "indicator", "One indicator id: adds the statistics of each group.", is_list=False
)
AREA: Final = area_parameter(
    "all authorities; only the authorities among these are grouped, and narrowed likewise"
)
PERIOD: Final = Parameter("period", "One period id, or `latest` (the default).", LATEST, False)

KNOWN: Final = parameters(
    grouping=GROUPING,
    indicator=INDICATOR,
    period=PERIOD,
    as_at=AS_AT,
    of=OF,
    others=WITH_OTHERS,
    across=ACROSS,
    machine_read=MACHINE_READ,
    **{AREA.name: AREA, **NARROWING},
)


SOME_OF_ALL: Final = (AREA.name, *NARROWING)
ONLY_FOR_GROUPS: Final = ("as_at", "of", "others", "across", *SOME_OF_ALL)
"""Given alone, these are a mistake or ask for groups; they never ask for the list."""


async def groups(request: Request) -> Response:
    """Answer with the groupings, or with the groups of some of them."""
    asked = await ask(request, KNOWN)
    machine_read = counts_machine_read(asked.query)
    if not any(name in asked.query for name in ("grouping", "indicator", *ONLY_FOR_GROUPS)):
        cards = [grouping.as_card() for grouping in groupings_of(asked.release).values()]
        columns = tuple(GroupingCard.__annotations__)
        links = {card["grouping"]: asked.url(grouping=card["grouping"]) for card in cards}
        return await send_rows(asked, cards, columns, EVERY_FORMAT, links=links)
    groupings = read_groupings(asked.release, asked.query)
    across, groupings = read_across(asked.release, asked.query, groupings)
    rows, warnings = await aside(request, _rows, asked, groupings, across, machine_read)
    columns = tuple(GroupRow.__annotations__)
    judged = {row["as_at"] for row in rows if row["as_at"]}
    meta = {"judged_on": max(judged)} if judged else {}
    return await send_rows(asked, rows, columns, EVERY_FORMAT, warnings, **meta)


def _rows(
    asked: Asked, groupings: list[Grouping], across: Grouping | None, machine_read: bool
) -> tuple[list[dict[str, Any]], list[str]]:
    release = asked.release
    figures, warnings = _figures(asked)
    end = release.snapshot.periods[figures.period].end if figures else last_day_shown(release)
    judged_on = _as_at(asked, [*groupings, *([across] if across else [])]) or end
    warnings += _beyond(release, judged_on)
    there, is_some = _chosen(asked, there_on(release, end, figures), end)

    def grouped(grouping: Grouping) -> list[NamedGroup]:
        on = judged_on if grouping.judgement else end
        groups = groups_of(release, grouping, there, on, machine_read=machine_read)
        return _of_some(groups) if is_some else groups

    def left(grouping: Grouping, groups: Sequence[NamedGroup]) -> Iterator[str]:
        on = judged_on if grouping.judgement else end
        return left_out(release, grouping, groups, there, on)

    parts = parts_of(across, grouped(across) if across else [], there)
    rows: list[dict[str, Any]] = []
    for grouping in groupings:
        groups = grouped(grouping)
        is_judged = grouping.judgement or (across and across.judgement)
        as_at = judged_on if is_judged else None
        for part in parts:
            rows += _rows_of(release, grouping, part, groups, as_at, figures)
        warnings += about_chosen(release, grouping)
        warnings += left(grouping, groups) if grouping.chosen is None else ()
    if across is not None:
        warnings += left(across, grouped(across))
    return rows, warnings


def _rows_of(
    release: OpenRelease,
    grouping: Grouping,
    part: Part,
    every: Sequence[NamedGroup],
    as_at: date | None,
    figures: Figures | None,
) -> Iterator[dict[str, Any]]:
    """Give the row of each group that has members in a part, with the test within that part."""
    groups = part.groups(every)
    for group, tested in zip(groups, spread_and_test(figures, grouping, groups), strict=True):
        yield group_row(release, grouping, group, as_at, figures) | tested | part.fields()


def _chosen(asked: Asked, there: Sequence[int], on: date) -> tuple[tuple[int, ...], bool]:
    """Return the authorities that are grouped, and whether the query leaves any out."""
    if not any(name in asked.query for name in SOME_OF_ALL):
        return tuple(there), False
    chosen = narrow(asked.release, asked.query, choose_areas(asked.release, asked.query), on)
    return tuple(code for code in there if code in set(chosen.codes.tolist())), True


def _of_some(groups: Iterable[NamedGroup]) -> list[NamedGroup]:
    """Return the groups that have members; what is published of a whole is not of a part."""
    return [replace(group, whole=None) for group in groups if group.members]


def _as_at(asked: Asked, groupings: list[Grouping]) -> date | None:
    """Return the day of the reader's choice; raises ProblemError where no judgement is read."""
    text = asked.query.one("as_at")
    if text is None:
        return None
    if not any(grouping.judgement for grouping in groupings):
        raise bad_value("as_at", "goes with groupings by inspection, such as grouping=ofsted")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_value("as_at", f"'{text[:20]}' is not a day; write it like 2025-03-31") from None


def _beyond(release: OpenRelease, judged_on: date) -> Iterator[str]:
    """Say so if a day lies after the last report of an inspection that is known."""
    held = release.snapshot.places.inspections_by_area.values()
    last = max((report.published_on for of in held for report in of), default=date.max)
    if judged_on > last:
        yield f"judgements are known up to {last}, and not yet those of {judged_on}"


def _figures(asked: Asked) -> tuple[Figures | None, list[str]]:
    if "indicator" not in asked.query:
        return None, []
    _check_one(asked.query)
    indicators = choose_indicators(asked.release, asked.query)
    choice = choose_periods(asked.release, asked.query, indicators)
    if len(choice.pairs) > 1:
        raise bad_value("period", "groups are of one period; give one id")
    if not choice.pairs:
        return None, choice.warnings
    return figures_of(asked.release, *choice.pairs[0]), choice.warnings


def _check_one(query: Query) -> None:
    given = [part.strip() for part in (query.one("indicator") or "").split(",")]
    if len(given) > 1:
        detail = "groups are of one indicator; give one id, and ask again for the next"
        raise bad_value("indicator", detail, [part for part in given if part][:3])
