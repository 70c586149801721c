"""What every answer of the dashboard gets on its way out."""

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from dashboard.asgi import DashboardMiddleware


async def _untyped(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as Dash does when a page changes: JSON that does not say so."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b'{"words":"' + b"word " * 2000 + b'"}'})


async def _answer(method: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=DashboardMiddleware(_untyped, "default-src 'self'"))
    async with httpx.AsyncClient(transport=transport, base_url="http://page") as client:
        return await client.request(method, "/", headers={"accept-encoding": "gzip"})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_a_change_of_page_travels_compressed() -> None:
    answer = await _answer("POST")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < 500


@pytest.mark.anyio
async def test_a_head_has_the_headers_and_no_body() -> None:
    answer = await _answer("HEAD")
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.content == b""
