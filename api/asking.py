"""What a request asks for: the resource, its query and format, and the one release it is of."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.types import Scope

from api.contract import API_PREFIX
from api.formats import FORMATS, JSON, Of, formats_of
from api.negotiation import not_acceptable
from api.opened import OpenRelease
from api.parameters import (
    DAY,
    MOST_REMEMBERED,
    Parameter,
    Query,
    described,
    read_query,
    split_query,
)
from api.problems import SUFFIX, ProblemError, unknown_value
from api.registry import LATEST, Registry, Release, State, moment_of
from api.sdmx.addresses import is_sdmx, pinned

T = TypeVar("T")

RELEASE: Final = Parameter(
    "release", "A release id, or `latest` (the default).", "latest", is_list=False
)
AS_OF: Final = Parameter(
    "as_of", "The release that was the latest on this day.", is_list=False, form=DAY
)
FORMAT: Final = Parameter(
    "format",
    f"{', '.join(f'`{name}`' for name in FORMATS)}, as far as the resource has it; a suffix of "
    "the path does the same.",
    "csv",
    is_list=False,
)
SHARED: Final = described((RELEASE, AS_OF, FORMAT))
EVERY_FORMAT: Final = formats_of(Of.ROWS)
"""The formats of every list of rows."""
FIGURE_FORMATS: Final = formats_of(Of.ROWS, Of.FIGURES)
"""Those, and what only figures can be written as."""
CITATION_FORMATS: Final = formats_of(Of.CITATION)
JSON_ONLY: Final = (JSON,)

SUFFIX_KEY: Final = SUFFIX
STATE_KEY: Final = "outcomes.state"
UNACCEPTABLE_KEY: Final = "outcomes.unacceptable"
ETAG_KEY: Final = "outcomes.etag"
PINNED_KEY: Final = "outcomes.pinned"
HEAD_KEY: Final = "outcomes.is_head"
NOTE_KEY: Final = "outcomes.note"
TAG_KEY: Final = "outcomes.tag"
SERVICE_PATHS: Final = frozenset({"/v1/", "/v1/limits", "/v1/status"})
"""What is of the service and of no release."""
RELEASES_PATH: Final = f"{API_PREFIX}/releases/"

IN_PROCESS_KEY: Final = "outcomes.in_process"
"""Keys of the ASGI scope by which the layers before the routes pass on what they found."""


@dataclass(frozen=True)
class Asked:
    """One request, read; everything in the answer is of this one release."""

    path: str
    query: Query
    format: str
    release: OpenRelease
    listed: Release
    is_pinned: bool
    etag: str | None
    asked_as: str = ""
    """The query string as it came."""
    formats: tuple[str, ...] = ()
    """What else the answer can be written as."""
    state: State = field(default_factory=lambda: State(token=""), repr=False)
    """The releases as they stood when the request came in."""

    def url(self, format: str | None = None, **changes: str) -> str:
        """Return the address of this resource in a format, with parts of the query changed."""
        path, query = self._parts
        if changes:
            query = query_text(self.query.without("format").with_values(**changes))
        return address_of(path, query, format or self.format)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must know of any answer: a day to come reads what is the latest now."""
        day = self.query.one(AS_OF.name)
        if day is None or moment_of(day) <= datetime.now(UTC):
            return ()
        told = f"as_of={day} is yet to come: this is {self.release.id}, the latest release now"
        return (f"{told}; one published by then will be answered in its place",)

    def recall(self, what: str, make: Callable[[], T]) -> T:
        """Return what follows from the question alone, as it was made lately for the same one."""
        if self.etag is None or len(self.asked_as) > MOST_REMEMBERED:
            return make()
        asked = (self.state.token, self.etag, self.path, self.format, self.asked_as)
        return self.release.recall((what, *asked), make)

    @cached_property
    def pinned_url(self) -> str:
        """The address that will go on giving this very release."""
        return pinned_address(self.path, self.query, self.asked_as, self.format, self.release.id)

    @cached_property
    def _parts(self) -> tuple[str, str]:
        return _written(self.path, self.query, self.asked_as)


def address_of(path: str, query: str, format: str) -> str:
    """Return an address in a format; the path says it, as every program can write a path."""
    return f"{path}{query}" if format == JSON else f"{path}.{format}{query}"


def pinned_address(path: str, query: Query, asked_as: str, format: str, release: str) -> str:
    """Return the address of a resource, as it was asked for, of one very release."""
    place, text = _written(path, query, asked_as)
    id = quote(release)
    if place.startswith(RELEASES_PATH):
        _, slash, rest = place.removeprefix(RELEASES_PATH).partition("/")
        return address_of(f"{RELEASES_PATH}{id}{slash}{rest}", text, format)
    if "release" not in query and "as_of" not in query:
        return address_of(place, f"{text}{'&' if text else '?'}release={id}", format)
    pinned = query.without("format", "as_of").with_values(release=release)
    return address_of(place, query_text(pinned), format)


def content_location(scope: Scope, state: State) -> str | None:
    """Return the lasting address of what a request of figures asks for, before it is read.

    None where the request names its release, as its own address lasts, and for lists of releases.
    """
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    is_of_sdmx = is_sdmx(path)
    is_ours = is_of_sdmx or path.startswith("/v1/")
    if scope.get(PINNED_KEY) or not is_ours or path in SERVICE_PATHS:
        return None
    path = f"{API_PREFIX}{path.removeprefix('/v1')}"
    if f"{path}/".startswith(RELEASES_PATH):
        return None
    given: dict[str, tuple[str, ...]] = {}
    for name, value in split_query(scope["query_string"]):
        given[name] = (*given.get(name, ()), value.strip())
    query = Query(given)
    try:
        release = state.find(query.one("release"), query.one("as_of"))
    except ProblemError:
        return None
    if is_of_sdmx:
        return pinned(scope, release.id)
    format = scope.get(SUFFIX_KEY) or query.one("format") or JSON
    asked_as = scope["query_string"].decode("latin-1")
    return pinned_address(path, query, asked_as, format, release.id)


def _written(path: str, query: Query, asked_as: str) -> tuple[str, str]:
    """Write path and query as links have them; the path says the format, not the query."""
    path = path if _PLAIN.fullmatch(path) else quote(path)
    if "format" in query or not _PLAIN.fullmatch(asked_as):
        return path, query_text(query.without("format"))
    return path, f"?{asked_as}" if asked_as else ""


async def ask(
    request: Request,
    parameters: Mapping[str, Parameter],
    formats: Collection[str] = EVERY_FORMAT,
    release: str | None = None,
) -> Asked:
    """Read a request; raises ProblemError for what the resource or release does not have."""
    text = request.scope["query_string"]
    query = read_query(text, parameters)
    return await asked_of(request, query, formats, text.decode("latin-1"), release)


async def asked_of(
    request: Request,
    query: Query,
    formats: Collection[str],
    asked_as: str,
    release: str | None = None,
) -> Asked:
    """Find what a query needs, its format and its release; raises ProblemError.

    `asked_as` is how links write the query.
    """
    format = format_of(request, query, formats)
    registry: Registry = request.app.state.registry
    wanted = release or query.one("release")
    listed, opened = await resolve(request, registry, wanted, query.one("as_of"))
    return Asked(
        path=resource_path(request),
        query=query,
        format=format,
        release=opened,
        listed=listed,
        is_pinned=wanted not in {None, LATEST},
        etag=request.scope.get(ETAG_KEY),
        asked_as=asked_as,
        formats=tuple(formats),
        state=state_of(request),
    )


async def resolve(
    request: Request, registry: Registry, release: str | None, as_of: str | None
) -> tuple[Release, OpenRelease]:
    """Return the release of a request, open; once more if it was replaced at this moment."""
    listed = state_of(request).find(release, as_of)
    try:
        return listed, await registry.open_aside(listed)
    except ProblemError:
        listed = registry.state(look_now=True).find(release, as_of)
        return listed, await registry.open_aside(listed)


def state_of(request: Request) -> State:
    """Return the releases as they stood when the request came in."""
    state: State | None = request.scope.get(STATE_KEY)
    if state is None:
        registry: Registry = request.app.state.registry
        state = registry.state()
    return state


def format_of(request: Request, query: Query, formats: Collection[str]) -> str:
    """Return the format asked for by suffix or parameter; what `Accept` asks for is a suffix."""
    if request.scope.get(UNACCEPTABLE_KEY):
        raise not_acceptable(formats)
    suffix: str | None = request.scope.get(SUFFIX_KEY)
    given = query.one("format")
    if suffix and given and suffix != given:
        detail = f"format: the path says {suffix} and the parameter {given}; give one of them"
        raise ProblemError(400, "bad-value", detail, parameter="format", suggestions=[suffix])
    format = suffix or given or JSON
    if format not in formats:
        advice = f"use {', '.join(formats)}"
        raise unknown_value("format", format, formats, "a format of this resource", advice)
    return format


def resource_path(request: Request) -> str:
    """Return the public path of the resource, wherever the application is mounted."""
    path: str = request.scope["path"]
    root: str = request.scope.get("root_path", "")
    return f"{API_PREFIX.removesuffix('/v1')}{path.removeprefix(root)}"


_PLAIN: Final = re.compile(r"[\w.,:=&/-]*", re.ASCII)


def query_text(query: Query) -> str:
    """Return a query with its question mark, written for use in a link; nothing for no query."""
    text = query.canonical()
    if not text:
        return ""
    if _PLAIN.fullmatch(text):
        return f"?{text}"
    parts = (f"{name}={quote(','.join(v), safe=',:')}" for name, v in query.items())
    return f"?{'&'.join(parts)}"


def parameters(*groups: Mapping[str, Parameter], **more: Parameter) -> dict[str, Any]:
    """Return the parameters of a resource: its own, and those that every resource has."""
    merged: dict[str, Any] = {}
    for group in (*groups, more, SHARED):
        merged.update(group)
    return merged
