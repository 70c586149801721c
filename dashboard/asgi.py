"""What every answer of the dashboard gets on its way out: compression, safe headers, HEAD."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from dashboard.charts.embedding import EMBEDS
from dashboard.origin import note_origin

_OK: Final = 200
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def content_policy(script_hashes: tuple[str, ...]) -> str:
    """Return the Content-Security-Policy: our own host only, and the hashed inline scripts.

    Styles may be inline because Dash's components and the interactive chart write them.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


EMBEDDED_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)
"""For a chart by itself, which may stand in any page and runs no script."""


class _Typed:
    """Names the type of Dash's answers, which it leaves out: only known text is compressed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == _OK:
                MutableHeaders(scope=message).setdefault("Content-Type", "application/json")
            await send(message)

        await self._app(scope, receive, send_on)


class DashboardMiddleware:
    """Wraps the pages and Dash's own routes; the API under `/api` passes untouched."""

    def __init__(self, app: ASGIApp, policy: str, public_url: str = "") -> None:
        self._api = app
        typed = _Typed(app)
        self._pages = CompressMiddleware(typed, minimum_size=500, brotli_quality=4, zstd=False)
        self._policy = policy
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path == "/api" or path.startswith("/api/"):
            await self._api(scope, receive, send)
            return
        policy = EMBEDDED_POLICY if path.startswith(EMBEDS) else self._policy
        note_origin(scope, self._public_url)
        is_head = scope["method"] == "HEAD"
        if is_head:  # Dash and FastAPI only know GET
            scope = {**scope, "method": "GET"}

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = policy
            elif is_head and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {**message, "body": b""}
            await send(message)

        await self._pages(scope, receive, send_on)
