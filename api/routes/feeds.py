"""The resources /feeds/…: what came out and what was changed, for whoever reads feeds."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.answers import SHORT_LIVED
from api.area_cards import last_day_shown
from api.area_choice import PARAMETERS as AREA_PARAMETERS
from api.area_choice import choose_areas, narrow
from api.aside import aside
from api.asking import JSON_ONLY, Asked, ask, query_text, state_of
from api.atom import ATOM, Entry, Feed, feed_bytes, lasting_id, newest_first
from api.changes import Wanted
from api.contract import Paths
from api.feeds import MOST_ENTRIES, release_entry, revision_entry
from api.opened import OpenRelease
from api.parameters import described
from api.registry import Registry, Release
from api.rows import INDICATOR, choose_indicators
from indicators.citation import cite

RELEASES: Final = described(())
REVISIONS: Final = described((INDICATOR, *AREA_PARAMETERS.values()))


async def releases_feed(request: Request) -> Response:
    """Answer with the releases as they came out, and those withdrawn."""
    asked = await ask(request, RELEASES, JSON_ONLY)
    registry: Registry = request.app.state.registry
    return await aside(request, _releases, asked, registry, state_of(request).releases)


async def revisions_feed(request: Request) -> Response:
    """Answer with what each release changed, for some indicators or areas."""
    asked = await ask(request, REVISIONS, JSON_ONLY)
    registry: Registry = request.app.state.registry
    standing = tuple(one for one in state_of(request).releases if one.withdrawn is None)
    return await aside(request, _revisions, asked, registry, standing)


def _releases(asked: Asked, registry: Registry, releases: tuple[Release, ...]) -> Response:
    place_set = asked.release.snapshot.card.place_set
    entries = (
        release_entry(registry.home, place_set, release) for release in releases[-MOST_ENTRIES:]
    )
    title = f"{cite(asked.release.snapshot).title}: releases"
    id = lasting_id(place_set, "releases")
    feed = _feed(asked.release, Paths.RELEASES_FEED, title, id, newest_first(entries))
    return _answer(asked, feed)


def _revisions(asked: Asked, registry: Registry, releases: tuple[Release, ...]) -> Response:
    release = asked.release
    query = query_text(asked.query)
    wanted = _wanted(asked)
    found = (
        revision_entry(registry.home, release, one, wanted, query)
        for one in releases[-MOST_ENTRIES:]
    )
    entries = newest_first(entry for entry in found if entry is not None)
    title = f"{cite(release.snapshot).title}: changes of figures{_of(asked)}"
    id = lasting_id(release.snapshot.card.place_set, "revisions", query)
    feed = _feed(release, f"{Paths.REVISIONS_FEED}{query}", title, id, entries)
    return _answer(asked, feed)


def _wanted(asked: Asked) -> Wanted:
    """Return what columns of changes may hold; raises ProblemError for anything unknown."""
    release, query = asked.release, asked.query
    wanted: dict[str, set[str]] = {}
    if INDICATOR.name in query:
        known = release.snapshot.indicators
        wanted["indicator"] = {known[code].id for code in choose_indicators(release, query)}
    if any(name in query for name in AREA_PARAMETERS):
        chosen = narrow(release, query, choose_areas(release, query), last_day_shown(release))
        codes = chosen.codes.tolist()
        wanted["area"] = {release.areas[code].code for code in codes}
    return wanted


def _of(asked: Asked) -> str:
    given = [", ".join(values) for _, values in asked.query.items()]
    return f" of {'; '.join(given)}" if given else ""


def _feed(release: OpenRelease, path: str, title: str, id: str, entries: tuple[Entry, ...]) -> Feed:
    citation = cite(release.snapshot)
    return Feed(
        id=id,
        title=title,
        subtitle="What came out and what was changed; the figures are in the service.",
        author=citation.author,
        rights=f"{citation.licence}. {citation.attribution}".strip(". "),
        base=release.public_url,
        links={"self": path, "alternate": Paths.RELEASES},
        entries=entries,
    )


def _answer(asked: Asked, feed: Feed) -> Response:
    headers = {"Cache-Control": SHORT_LIVED, "X-Release": asked.release.id}
    if asked.etag:
        headers["ETag"] = f'"{asked.etag}"'
    return Response(feed_bytes(feed), headers=headers, media_type=ATOM)
