"""The dashboard over the figures that ship: as pages, and as a server for a browser."""

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.main import create_api
from api.settings import ApiSettings
from dashboard.charts.chart import Chart
from dashboard.charts.charting import CHARTS
from dashboard.client import ApiClient
from dashboard.page import Page
from dashboard.routing import render
from dashboard.state import State, read_state
from outcomes import public_app


class RealPages:
    """Renders pages without a server, over an API without a network."""

    def __init__(self, home: Path) -> None:
        server = FastAPI(openapi_url=None)
        server.mount("/api", create_api(ApiSettings(home=home, rate_limit="off")))
        self._transport = httpx.ASGITransport(app=server)
        self.asked: list[str] = []
        """What the last page asked the API for."""

    def page(self, address: str) -> Page:
        """Return the page of an address."""
        path, _, query = address.partition("?")
        with ThreadPoolExecutor(1) as beside:  # a browser test has a loop in its own thread
            return beside.submit(asyncio.run, self._render(path, query)).result()

    def chart(self, kind: str, query: str, subject: str = "") -> Chart:
        """Return a chart by itself; raises NoChart where there is none."""
        with ThreadPoolExecutor(1) as beside:
            made = self._draw(kind, read_state(query, subject))
            return beside.submit(asyncio.run, made).result()

    async def _draw(self, kind: str, state: State) -> Chart:
        async with self._client() as http:
            return await CHARTS[kind](ApiClient(http), state)

    def _client(self) -> httpx.AsyncClient:
        hooks = {"request": [self._note]}
        return httpx.AsyncClient(
            transport=self._transport, base_url="http://in-process", event_hooks=hooks
        )

    async def _render(self, path: str, query: str) -> Page:
        self.asked.clear()
        async with self._client() as http:
            return await render(ApiClient(http), path, query)

    def answer(self, address: str) -> httpx.Response:
        """Return what the API answers at an address."""
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(asyncio.run, self._answer(address)).result()

    async def _answer(self, address: str) -> httpx.Response:
        http = httpx.AsyncClient(transport=self._transport, base_url="http://in-process")
        async with http:
            return await http.get(address)

    async def _note(self, request: httpx.Request) -> None:
        self.asked.append(str(request.url))


@contextmanager
def serving_home(home: Path) -> Iterator[str]:
    """Serve the whole public process over a home for as long as the block lasts."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("OUTCOMES_HOME", str(home))
        patched.setenv("OUTCOMES_RATE_LIMIT", "off")
        server = uvicorn.Server(uvicorn.Config(public_app(), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
