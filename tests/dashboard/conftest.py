"""The dashboard over canned answers, as an application, as a server and in a browser."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.app import create_dashboard
from dashboard.client import ApiClient
from reference.placesets import load_place_set
from tests.browser import chromium_options
from tests.dashboard.fake_api import FakeApi
from tests.dashboard.real import RealPages, serving_home

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is slow, not wrong


@pytest.fixture
def fake() -> FakeApi:
    """An API of canned answers."""
    return FakeApi()


@pytest.fixture
def client(fake: FakeApi) -> ApiClient:
    """The calls of the dashboard, to that API."""
    return ApiClient(fake.client)


def dashboard_server(fake: FakeApi, **more: str) -> FastAPI:
    """Return a server with the dashboard on it."""
    server = FastAPI(openapi_url=None)
    create_dashboard(server, fake.client, **more)
    return server


@contextmanager
def serving(fake: FakeApi) -> Iterator[str]:
    """Serve the dashboard over canned answers for as long as the block lasts."""
    config = uvicorn.Config(dashboard_server(fake), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of the dashboard as a server, over canned answers."""
    with serving(FakeApi()) as served:
        yield served


@pytest.fixture(scope="session")
def real(shipped_home: Path) -> RealPages:
    """Pages over the figures that ship."""
    return RealPages(shipped_home)


@pytest.fixture(scope="module")
def real_address(shipped_home: Path) -> Iterator[str]:
    """The address of the whole public process over the figures that ship."""
    with serving_home(shipped_home) as served:
        yield served


@pytest.fixture(scope="module")
def small_address() -> Iterator[str]:
    """The same with 30 authorities instead of 153: as varied, and soon checked."""
    places = load_place_set("made_up")
    kept = {area.code for area in places.authorities() if area.last_day is None}
    left_out = set(sorted(kept)[30:])
    small = replace(
        places,
        areas=tuple(area for area in places.areas if area.code not in left_out),
        hexagons=tuple(held for held in places.hexagons if held.area not in left_out),
        neighbours=tuple(
            held for held in places.neighbours if not {held.area, held.neighbour} & left_out
        ),
    )
    with serving(FakeApi(small)) as served:
        yield served


# Playwright keeps a loop running in its thread, which would be in the way of other modules' tests.
@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A Chromium."""
    options = {**chromium_options(), "executable_path": chromium_path}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A window of 1280 pixels that fails on errors and on requests to other hosts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    troubles = watch(page)
    yield page
    context.close()
    assert troubles == []


def watch(page: Page) -> list[str]:
    """Return a list that fills with errors and with requests to other hosts."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None,
    )
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else troubles.append(asked.url)
        ),
    )
    return troubles


def open_page(tab: Page, address: str) -> None:
    """Open a page and wait until Dash has painted it."""
    tab.goto(address)
    tab.wait_for_selector("[data-ready]:visible")
