"""What every request passes before the routes: suffix, release, HEAD, headers, last resort."""

import logging
import re
from hashlib import blake2b
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asking import ETAG_KEY, IN_PROCESS_KEY, PINNED_KEY, STATE_KEY, SUFFIX_KEY
from api.contract import DATA_KIND_HEADER, PRACTICE
from api.formats import FORMATS
from api.parameters import MOST_REMEMBERED, split_query
from api.problems import ProblemError
from api.registry import LATEST, Registry, State
from api.sdmx.addresses import accept_of, form_of, is_sdmx
from api.twins import without_release
from indicators.releases import ReleasesError

LOG: Final = logging.getLogger(__name__)

DATA_PATH: Final = "/v1/"
RELEASES_PATH: Final = "/v1/releases"
UNDER_RELEASES: Final = f"{RELEASES_PATH}/"
COMMENTS_PATH: Final = "/v1/commentary"
"""Changes without a new release."""
VERSIONS: Final = "/versions"
"""Ends the path of a history, which is of several releases."""
FILES: Final = "/files"
PAGE_PATH: Final = "/docs"
MOST_TAGS: Final = 5_000
_SUFFIX: Final = re.compile(rf"\.({'|'.join(FORMATS)})$")

EXPOSED: Final = (
    "Link, ETag, Content-Location, X-Release, RateLimit, RateLimit-Policy, Retry-After, "
    "Content-Disposition, X-Data-Kind"
)
Headers = tuple[tuple[bytes, bytes], ...]

COMMON_HEADERS: Final[Headers] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", EXPOSED.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
DATA_HEADERS: Final[Headers] = (
    *COMMON_HEADERS,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""Pages have a policy of their own."""

BY_ACCEPT: Final = (b"vary", b"Accept")
"""SDMX chooses its format by what a client accepts."""
PRACTICE_HEADER: Final = (DATA_KIND_HEADER.lower().encode(), PRACTICE.encode())


def in_process(app: ASGIApp) -> ASGIApp:
    """Mark requests as our own: no byte cache, no limit. No request from outside can say so."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, IN_PROCESS_KEY: True}, receive, send)

    return marked


class ApiFirst:
    """Hands what lies under a path to the API before a server routes it; the rest goes on."""

    def __init__(self, app: ASGIApp, api: ASGIApp, path: str) -> None:
        self.app = app
        self.api = api
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        root = f"{scope.get('root_path', '')}{self.path}"
        if scope["type"] == "http" and f"{scope['path']}/".startswith(f"{root}/"):
            path = f"{root}/" if scope["path"] == root else scope["path"]
            await self.api({**scope, "path": path, "root_path": root}, receive, send)
        else:
            await self.app(scope, receive, send)


class Front:
    """Prepares each request and finishes each answer."""

    def __init__(
        self, app: ASGIApp, registry: Registry, twinned: frozenset[str] = frozenset()
    ) -> None:
        self.app = app
        self.registry = registry
        self.twinned = twinned
        self.tags = Tags()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if scope["method"] == "OPTIONS":
            await _preflight(send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        headers = self._headers(is_page=path == PAGE_PATH)
        if is_sdmx(path):
            headers = (*headers, BY_ACCEPT)
        finish = _Finishing(send, is_head=is_head, headers=headers)
        try:
            await self.app(self._prepared(self._pinned(scope)), receive, finish)
        except ProblemError as told:
            await told.response()(scope, receive, finish)
        except Exception:
            LOG.exception("a request failed: %r", scope["path"])
            if finish.has_begun:
                raise
            problem = ProblemError(500, "error", "this request failed on our side; our log has it")
            await problem.response()(scope, receive, finish)

    def _headers(self, *, is_page: bool) -> Headers:
        """Return what every answer bears; made-up figures are marked on whatever is answered."""
        common = COMMON_HEADERS if is_page else DATA_HEADERS
        try:
            is_practice = self.registry.state().is_practice
        except ReleasesError:
            return common
        return (*common, PRACTICE_HEADER) if is_practice else common

    def _pinned(self, scope: Scope) -> Scope:
        """Return a request under a release as one with `release=`; raises ProblemError."""
        root = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        if not path.startswith(UNDER_RELEASES):
            return scope
        changed = without_release(path, scope["query_string"], self.twinned)
        if changed is None:
            return scope
        return {**scope, "path": root + changed[0], "query_string": changed[1]}

    def _prepared(self, scope: Scope) -> Scope:
        root = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        prepared: dict[str, Any] = {**scope}
        if scope["method"] == "HEAD":
            prepared["method"] = "GET"
        is_of_sdmx = is_sdmx(path)
        is_of_data = is_of_sdmx or path.startswith(DATA_PATH)
        if not is_of_data or prepared["method"] != "GET":
            return prepared
        found = None if is_of_sdmx or FILES in path else _SUFFIX.search(path)
        if found:
            path = path[: found.start()]
            prepared["path"] = root + path
            prepared[SUFFIX_KEY] = found[1]
        try:
            state = self.registry.state()
        except ReleasesError:
            LOG.exception("the list of releases cannot be read")
            return prepared
        suffix = found[1] if found else ""
        if is_of_sdmx:
            suffix = form_of(path, accept_of(scope))
        prepared[STATE_KEY] = state
        prepared[ETAG_KEY], prepared[PINNED_KEY] = self.tags.of(
            state, path, suffix, scope["query_string"]
        )
        return prepared


class Tags:
    """The tags of the questions asked lately, for as long as the releases are the same."""

    def __init__(self) -> None:
        self.token = ""
        self.held: dict[tuple[str, str, bytes], tuple[str | None, bool]] = {}

    def of(self, state: State, path: str, suffix: str, query: bytes) -> tuple[str | None, bool]:
        """Return the tag of an answer, and whether the question names its release."""
        if state.token != self.token or len(self.held) >= MOST_TAGS:
            self.token = state.token
            self.held = {}
        key = (path, suffix, query)
        found = self.held.get(key)
        if found is None:
            pairs = split_query(query)
            names_release = dict(pairs).get("release", LATEST) != LATEST
            is_pinned = names_release and path != COMMENTS_PATH and not path.endswith(VERSIONS)
            found = (etag_of(state, path, suffix, pairs), is_pinned)
            if len(path) + len(query) <= MOST_REMEMBERED:
                self.held[key] = found
        return found


def etag_of(state: State, path: str, suffix: str, pairs: list[tuple[str, str]]) -> str | None:
    """Return the tag of an answer: what it is made from, so it is known before it is made.

    None where the query cannot be answered from one known release, and for files, which have
    tags of their own.
    """
    if FILES in path:
        return None
    given = dict(pairs)
    try:
        release = state.find(given.get("release"), given.get("as_of"))
    except ProblemError:
        return None
    made_from = f"{release.id} {release.digest} {release.published_at} {state.public_url}"
    if is_of_state(path) or "cursor" in given:
        made_from += state.token
    content = repr((VERSION, made_from, path, suffix, sorted(pairs)))
    return blake2b(content.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def is_of_state(path: str) -> bool:
    """Say whether an answer depends on other releases than the one it is of."""
    is_listed = path in {DATA_PATH, COMMENTS_PATH} or path.endswith(VERSIONS)
    return is_listed or path.startswith(RELEASES_PATH)


VERSION: Final = "4"
"""Rises when the same query to the same release gives other bytes than before."""


class _Finishing:
    """Sends on what the application sends, with the common headers and without a HEAD's body."""

    def __init__(self, send: Send, *, is_head: bool, headers: Headers) -> None:
        self._send = send
        self._is_head = is_head
        self._common = headers
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = [*message.get("headers", ()), *self._common]
            message = {**message, "headers": headers}
        elif self._is_head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


async def _preflight(send: Send) -> None:
    headers = [
        *COMMON_HEADERS,
        (b"access-control-allow-methods", b"GET, HEAD"),
        (b"access-control-allow-headers", b"*"),
        (b"access-control-max-age", b"86400"),
        (b"allow", b"GET, HEAD, OPTIONS"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
