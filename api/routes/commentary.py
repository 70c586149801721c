"""The resource /commentary: what authorities say of their figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import send_rows
from api.area_cards import last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import area_parameter, choose_areas, narrow
from api.asking import EVERY_FORMAT, ask, parameters, state_of
from api.no_areas import why_no_areas
from api.opened import OpenRelease
from api.parameters import Parameter, Query, one_of
from api.period_choice import ALL, PERIOD, choose_periods
from api.problems import unknown_value
from api.rows import INDICATOR, choose_indicators
from indicators.comment_rows import COMMENT_COLUMNS, comment_rows, comments_held
from indicators.commentary import Comment, CommentKind

KIND: Final = Parameter(
    "kind",
    f"What a comment is: {', '.join(f'`{kind}`' for kind in CommentKind)}.",
    "going_well",
    form=one_of(*CommentKind),
)
PERIODS: Final = replace(
    PERIOD,
    text="Period ids such as `RY2025` or `AY2024-25`, ranges such as `RY2020..RY2025`, `latest` "
    "(of each indicator) or `all` (the default).",
)
KNOWN: Final = parameters(
    AREA_PARAMETERS,
    area=area_parameter("all"),
    indicator=INDICATOR,
    period=PERIODS,
    kind=KIND,
)


async def commentary(request: Request) -> Response:
    """Answer with the comments on figures that a release has, in the order of its figures."""
    asked = replace(await ask(request, KNOWN), is_pinned=False)
    release, query = asked.release, asked.query
    state = state_of(request)
    held = release.recall(
        ("comments", state.token), lambda: comments_held(release.snapshot, state.comments)
    )
    chosen, warnings = _chosen(release, query, held)
    if not chosen and not warnings:
        warnings = ["no authority has said anything of these figures yet"]
    rows = comment_rows(release.snapshot, release.id, chosen)
    return await send_rows(asked, rows, COMMENT_COLUMNS, EVERY_FORMAT, warnings)


def _chosen(
    release: OpenRelease, query: Query, comments: Sequence[Comment]
) -> tuple[list[Comment], list[str]]:
    """Return the comments that a query means, and what its reader must know."""
    kinds = _kinds(query)
    on = last_day_shown(release)
    choice = narrow(release, query, choose_areas(release, query), on)
    areas = {release.areas[code].code for code in choice.codes.tolist()}
    pairs = _pairs(release, query)
    chosen = [
        comment
        for comment in comments
        if comment.area in areas
        and comment.kind in kinds
        and (comment.indicator, comment.period) in pairs
    ]
    return chosen, list(why_no_areas(release, query, choice, on))


def _pairs(release: OpenRelease, query: Query) -> set[tuple[str, str]]:
    """Return the pairs of indicator and period that are meant."""
    found = choose_periods(release, query, choose_indicators(release, query), ALL)
    snapshot = release.snapshot
    return {
        (snapshot.indicators[indicator].id, snapshot.index.periods[period])
        for indicator, period in found.pairs
    }


def _kinds(query: Query) -> set[CommentKind]:
    words = query.all("kind")
    for word in words:
        if word not in list(CommentKind):
            advice = f"use {', '.join(CommentKind)}"
            raise unknown_value("kind", word, CommentKind, "a kind of comment", advice)
    return {CommentKind(word) for word in words} or set(CommentKind)
