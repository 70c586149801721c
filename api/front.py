"""What every request passes before the routes: suffix, release, HEAD, headers, last resort."""

import logging
import re
from typing import Any, Final
from uuid import uuid4

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asking import (
    ETAG_KEY,
    HEAD_KEY,
    IN_PROCESS_KEY,
    PINNED_KEY,
    STATE_KEY,
    SUFFIX_KEY,
    TAG_KEY,
    UNACCEPTABLE_KEY,
)
from api.conditions import EnoughError
from api.contract import DATA_KIND_HEADER, PRACTICE
from api.formats import FORMATS, JSON
from api.negotiation import Offers, names_format, preferred
from api.problems import ProblemError, being_replaced, fault_of_ours, refuse_long
from api.registry import Registry, State
from api.sdmx.addresses import accept_of, form_of, is_sdmx
from api.sdmx.errors import error_response
from api.tags import DATA_PATH, FILES, RELEASES_PATH, Tags
from api.twins import without_release
from indicators.releases import ReleasesError

LOG: Final = logging.getLogger(__name__)

UNDER_RELEASES: Final = f"{RELEASES_PATH}/"
WITH_SLASH: Final = frozenset({"/", DATA_PATH})
"""All other addresses are the same without a slash at the end: a redirect would name the host that
the request named, whoever that is."""
PAGE_PATH: Final = "/docs"
NEGOTIATED_KEY: Final = "outcomes.negotiated"
NOTHING: Final = "-"
"""Stands for a format where none is accepted: no kept answer has it."""
_SUFFIX: Final = re.compile(rf"\.({'|'.join(FORMATS)})$")

EXPOSED: Final = (
    "Link, ETag, Last-Modified, Content-Location, Content-Length, Content-Range, Accept-Ranges, "
    "Content-Disposition, Repr-Digest, X-Release, X-Warnings, X-Next-Cursor, X-Data-Kind, "
    "RateLimit, RateLimit-Policy, Retry-After, Deprecation, Sunset, Allow"
)
"""What a script of another host may read beside the few that browsers give it anyway."""
METHODS: Final = b"GET, HEAD, POST, OPTIONS"
"""POST only where a query has a body."""
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
        self,
        app: ASGIApp,
        registry: Registry,
        offers: Offers,
        made_by: str = "",
        twinned: frozenset[str] = frozenset(),
    ) -> None:
        self.app = app
        self.registry = registry
        self.offers = offers
        self.twinned = twinned
        self.tags = Tags(registry, made_by)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _preflight(send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        state = self._state()
        headers = _headers(state, is_page=path == PAGE_PATH)
        if is_sdmx(path):
            headers = (*headers, BY_ACCEPT)
        finish = _Finishing(send, is_head=scope["method"] == "HEAD", headers=headers)
        try:
            prepared = self._prepared(scope, state)
            finish.varies_by_accept = NEGOTIATED_KEY in prepared
            await self.app(prepared, receive, finish)
        except (EnoughError, ClientDisconnect):  # nobody waits for an answer
            return
        except ProblemError as told:
            await error_response(path, told)(scope, receive, finish)
        except Exception:
            id = str(uuid4())
            LOG.exception("request %s failed: %r", id, scope["path"])
            if finish.has_begun:
                raise
            await error_response(path, fault_of_ours(id))(scope, receive, finish)

    def _state(self) -> State | None:
        """Return the releases; None where their list cannot be read."""
        try:
            return self.registry.state()
        except ReleasesError as error:
            LOG.error("the list of releases cannot be read: %s", error)
            return None

    def _prepared(self, scope: Scope, state: State | None) -> Scope:
        """Return the request as the layers within read it; raises ProblemError."""
        root = scope.get("root_path", "")
        path = _tidy(scope["path"].removeprefix(root))
        query = scope["query_string"]
        refuse_long(path, query)
        prepared: dict[str, Any] = {**scope, "path": root + path}
        if scope["method"] == "HEAD":
            prepared |= {"method": "GET", HEAD_KEY: True}
        if not path.startswith(DATA_PATH) and not is_sdmx(path):
            return prepared
        if state is None:
            raise being_replaced("the list of releases cannot be read at this moment; try again")
        prepared[STATE_KEY] = state
        if path.startswith(UNDER_RELEASES):
            path, query = without_release(path, query, self.twinned) or (path, query)
            prepared |= {"path": root + path, "query_string": query}
        path, form = _form_of(scope, path)
        if form:
            prepared |= {"path": root + path, SUFFIX_KEY: form}
        elif not is_sdmx(path):
            prepared |= self._negotiated(path, query, scope)
        if prepared["method"] != "GET":
            return prepared
        tag = self.tags.of(state, path, prepared.get(SUFFIX_KEY, ""), query)
        prepared |= {
            "path": root + path,
            "query_string": query,
            TAG_KEY: tag,
            ETAG_KEY: tag.etag,
            PINNED_KEY: tag.is_pinned,
        }
        return prepared

    def _negotiated(self, path: str, query: bytes, scope: Scope) -> dict[str, Any]:
        """Return the suffix that the `Accept` header stands for, where the address has none."""
        offered = self.offers(path)
        if not offered or names_format(query):
            return {}
        accept = next((v for k, v in scope.get("headers", ()) if k == b"accept"), b"")
        format = preferred(accept.decode("latin-1").strip(), offered)
        if format is None:
            return {NEGOTIATED_KEY: True, UNACCEPTABLE_KEY: True, SUFFIX_KEY: NOTHING}
        return {NEGOTIATED_KEY: True} | ({} if format == JSON else {SUFFIX_KEY: format})


def _tidy(path: str) -> str:
    """Return a path without a slash at its end, where none belongs, and with one where it does."""
    if f"{path}/" == DATA_PATH:
        return DATA_PATH
    has_more = path.endswith("/") and path not in WITH_SLASH and not is_sdmx(path)
    return path.rstrip("/") if has_more else path


def _headers(state: State | None, *, is_page: bool) -> Headers:
    """Return what every answer bears; made-up figures are marked on whatever is answered."""
    common = COMMON_HEADERS if is_page else DATA_HEADERS
    return (*common, PRACTICE_HEADER) if state is not None and state.is_practice else common


def _form_of(scope: Scope, path: str) -> tuple[str, str]:
    """Return a path without its suffix, and the form it asks for, blank for the default."""
    if is_sdmx(path):
        return path, form_of(path, accept_of(scope))
    found = None if FILES in path else _SUFFIX.search(path)
    return (path[: found.start()], found[1]) if found else (path, "")


class _Finishing:
    """Sends on what the application sends, with the common headers and without a HEAD's body."""

    def __init__(self, send: Send, *, is_head: bool, headers: Headers) -> None:
        self._send = send
        self._is_head = is_head
        self._common = headers
        self.has_begun = False
        self.varies_by_accept = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = [*message.get("headers", ()), *self._common]
            if self.varies_by_accept:
                headers = _varied(headers)
            message = {**message, "headers": headers}
        elif self._is_head and message["type"] == "http.response.body":
            await self._send({"type": "http.response.body", "body": b""})
            if message.get("more_body"):
                raise EnoughError  # nobody waits for the rest, so it is not made
            return
        await self._send(message)


def _varied(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers that say that the answer depends on `Accept` too, in one line."""
    others = [value for name, value in headers if name == b"vary"]
    kept = [header for header in headers if header[0] != b"vary"]
    return [*kept, (b"vary", b", ".join((b"Accept", *others)))]


async def _preflight(send: Send) -> None:
    headers = [
        *COMMON_HEADERS,
        (b"access-control-allow-methods", METHODS),
        (b"access-control-allow-headers", b"*"),
        (b"access-control-max-age", b"86400"),
        (b"allow", METHODS),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
