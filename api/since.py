"""The parameter `since`: with which earlier release a release is compared."""

from typing import Final

from starlette.requests import Request

from api.aside import aside_by_size
from api.asking import Asked, resolve, state_of
from api.changes import ChangeList, changes_against, own_changes, summary_of
from api.parameters import Parameter
from api.problems import bad_value, unknown_value
from api.registry import Registry, Release

SINCE: Final = Parameter(
    "since",
    "An earlier release, with which this one is compared. Default: the release before.",
    is_list=False,
)


async def change_list(request: Request, asked: Asked) -> ChangeList:
    """Return what differs in a release from the one before, or from the one that is named.

    Raises ProblemError for a release that is unknown, withdrawn or not an earlier one.
    """
    given = asked.query.one("since")
    summary = summary_of(asked.release)
    if given is None or (summary is not None and summary.since == given):
        return own_changes(asked.release)
    earlier = _earlier(request, asked)
    place = _find(given, earlier, asked)
    registry: Registry = request.app.state.registry
    _, opened = await resolve(request, registry, given, None)
    between = [
        (await resolve(request, registry, one.id, None))[1]
        for one in earlier[place + 1 :]
        if one.withdrawn is None
    ]
    cells = len(asked.release.snapshot.columns["status"])
    return await aside_by_size(request, cells, changes_against, asked.release, opened, between)


def _earlier(request: Request, asked: Asked) -> list[Release]:
    """Return the releases that were made before the one asked for, oldest first."""
    releases = state_of(request).releases
    ids = [release.id for release in releases]
    return list(releases[: ids.index(asked.release.id)])


def _find(given: str, earlier: list[Release], asked: Asked) -> int:
    """Return the place of the release named among the earlier ones; withdrawn ones are there."""
    id = asked.release.id
    ids = [release.id for release in earlier]
    if not ids:
        raise bad_value("since", f"release {id} has no release before it; leave it out")
    if given not in ids:
        standing = [release.id for release in earlier if release.withdrawn is None]
        advice = f"use {', '.join(standing[-5:])}"
        raise unknown_value("since", given, standing, f"a release before {id}", advice)
    return ids.index(given)
