"""Which page a path is. To add a page, write a module in dashboard/pages and name it in ROUTES."""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from dashboard.answers import ApiError
from dashboard.client import ApiClient
from dashboard.page import Page
from dashboard.pages import (
    about,
    accessibility,
    authorities,
    authority,
    compare,
    data,
    definitions,
    gaps,
    heat,
    indicator,
    indicators,
    method,
    methods,
    missing,
    neighbours,
    overview,
    own,
    pair,
    pairs,
    problem,
    proportionality,
    release,
    releases,
    report,
    returns,
    scatter,
    search,
    source,
    sources,
    trends,
)
from dashboard.pinning import pinned
from dashboard.state import State, read_state

PageFunction = Callable[[ApiClient, State], Awaitable[Page]]
_OK: Final = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Route:
    """One kind of page; `{subject}` in the pattern is one part of a path, handed to the page."""

    pattern: str
    page: PageFunction

    def subject(self, path: str) -> str | None:
        """Return the subject that a path names, blank for a page without; None if it differs."""
        pattern = re.escape(self.pattern).replace(r"\{subject\}", "([^/]+)")
        found = re.fullmatch(pattern, path)
        return None if found is None else "".join(found.groups())


ROUTES: Final = (
    Route("/", overview.page),
    Route("/indicators", indicators.page),
    Route("/indicators/{subject}", indicator.page),
    Route("/compare", compare.page),
    Route("/heat", heat.page),
    Route("/areas", authorities.page),
    Route("/areas/{subject}", authority.page),
    Route("/areas/{subject}/neighbours", neighbours.page),
    Route("/areas/{subject}/returns", returns.page),
    Route("/areas/{subject}/report.pdf", report.page),
    Route("/areas/{subject}/report.xlsx", report.page),
    Route("/sources/{subject}", source.page),
    Route("/pairs", pairs.page),
    Route("/pairs/{subject}", pair.page),
    Route("/own", own.page),
    Route("/data", data.page),
    Route("/gaps", gaps.page),
    Route("/scatter", scatter.page),
    Route("/trends", trends.page),
    Route("/proportionality", proportionality.page),
    Route("/releases", releases.page),
    Route("/releases/{subject}", release.page),
    Route("/search", search.page),
    Route("/methods", methods.page),
    Route("/methods/{subject}", method.page),
    Route("/definitions", definitions.page),
    Route("/missing", missing.page),
    Route("/sources", sources.page),
    Route("/accessibility", accessibility.page),
    Route("/about", about.page),
)


async def render(client: ApiClient, path: str, query: str) -> Page:
    """Return the page of an address; a page that explains itself where there is none."""
    plain = path.rstrip("/") or "/"
    for route in ROUTES:
        subject = route.subject(plain)
        if subject is not None:
            return await _guarded(route.page, client, read_state(query, unquote(subject)), plain)
    return problem.not_found()


async def _guarded(page: PageFunction, client: ApiClient, state: State, path: str) -> Page:
    try:
        made = await page(client, state)
    except ApiError as error:
        return problem.refused(error, path)
    except Exception:  # a reader gets a page, whatever happens; the log gets the rest
        _log.exception("page failed: %s", page.__module__)
        return problem.failed()
    if not state.release or made.status != _OK:
        return made
    return replace(made, content=pinned(made.content, state.release))
