"""The dashboard: pages for people, on Dash, served by the same process as the API."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import unquote

import dash_bootstrap_components  # noqa: F401 - Dash serves the scripts of what is imported
import httpx
from dash import Dash, Input, Output, State, dcc, html, no_update
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard.asgi import DashboardMiddleware, content_policy
from dashboard.charts.embedding import EMBEDS, PICTURES
from dashboard.charts.embeds import Embeds
from dashboard.charts.pictures import Pictures
from dashboard.client import ApiClient
from dashboard.discovery import Discovery
from dashboard.interactive import SERIES_BUTTON, SERIES_PLACE
from dashboard.linked_data import LinkedData
from dashboard.page import Node, Page, node
from dashboard.pages.series import series
from dashboard.practice import PracticeWatch
from dashboard.prerender import condense
from dashboard.reports import REPORTS, Reports
from dashboard.routing import render
from dashboard.shell import SITE, Shell, build_shell, marked, title_of
from dashboard.static import ASSETS_PATH, SUITES_PATH, BrowserFiles

_log = logging.getLogger(__name__)
Answer = Callable[[Request], Awaitable[Response]]


def create_dashboard(
    server: FastAPI, client: httpx.AsyncClient, public_api: str = "", public_url: str = ""
) -> Dash:
    """Put the dashboard on a server whose API is mounted already, and return the Dash app.

    `client` reaches the API, in process or over the network. `public_api` stands before the API
    addresses that pages show, such as https://api.example.org, where the API has another host;
    `public_url` is the address of the pages themselves, where it is known.
    """
    api = ApiClient(client, public_api)
    files = BrowserFiles()
    shells: list[Shell] = []
    watch = PracticeWatch(client)
    show = _page_answer(api, watch, shells, LinkedData(client))
    discovery = Discovery(api, watch, public_url)
    # Files, and "/", must be ours before they are Dash's; other pages come after Dash's own paths.
    server.add_route(f"{ASSETS_PATH}{{name}}", files.asset, include_in_schema=False)
    server.add_route(f"{SUITES_PATH}{{address:path}}", files.suite, include_in_schema=False)
    pictures = Pictures(api, watch, public_url)
    server.add_route(f"{PICTURES}{{place:path}}", pictures.answer, include_in_schema=False)
    embeds = Embeds(api, watch, files.addresses())
    server.add_route(f"{EMBEDS}{{place:path}}", embeds.answer, include_in_schema=False)
    reports = Reports(api, watch, show, public_url)
    server.add_route(REPORTS, reports.answer, include_in_schema=False)
    server.add_route("/robots.txt", discovery.robots, include_in_schema=False)
    server.add_route("/sitemap.xml", discovery.sitemap, include_in_schema=False)
    server.add_route("/", show, include_in_schema=False)
    app = _create_dash(server)
    _add_callbacks(app, api, watch)
    server.add_route("/{path:path}", show, include_in_schema=False)
    shell = build_shell(app, files.addresses())
    files.hold_suites(app, shell.document.template)
    shells.append(shell)
    server.add_middleware(
        DashboardMiddleware, policy=content_policy(shell.script_hashes), public_url=public_url
    )
    return app


def _create_dash(server: FastAPI) -> Dash:
    app = Dash(
        "dashboard",
        server=server,  # type: ignore[arg-type]  # FastAPI is one of its backends
        title=SITE,
        update_title="",
        include_assets_files=False,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        on_error=_log_error,
    )
    app.layout = html.Div([dcc.Location(id="address", refresh=False), html.Div(id="page")])
    return app


def _add_callbacks(app: Dash, api: ApiClient, watch: PracticeWatch) -> None:
    @app.callback(
        Output("page", "children"), Input("address", "pathname"), Input("address", "search")
    )
    async def show_page(path: str | None, query: str | None) -> Node:
        if path is None:
            return no_update
        page = marked(await render(api, path, query or ""), is_practice=await watch.is_practice())
        return await asyncio.to_thread(painted, page, path, query or "")

    @app.callback(
        Output(SERIES_PLACE, "children"),
        Input(SERIES_BUTTON, "n_clicks"),
        State("address", "pathname"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    async def show_series(clicks: int | None, path: str, query: str | None) -> Any:
        if not clicks:
            return no_update
        return await series(api, unquote(path.rpartition("/")[2]), query or "")


def painted(page: Page, path: str, query: str) -> Node:
    """Return a page as Dash paints it; the script puts it in the place of the first HTML."""
    code, name = page.area or (None, None)
    return node(
        "Div",
        condense(page.content),
        id="ready",
        data_ready="true",
        data_title=title_of(page),
        data_path=path,
        data_view=f"{path}{query}",
        data_sentence=page.description,
        data_redirect=page.redirect or None,
        data_own=code,
        data_called=name,
    )


def _page_answer(
    api: ApiClient, watch: PracticeWatch, shells: list[Shell], linked: LinkedData
) -> Answer:
    async def show(request: Request) -> Response:
        path = request.url.path
        page = await render(api, path, request.url.query)
        is_practice = await watch.is_practice()
        page = marked(page, is_practice=is_practice)
        if page.redirect:
            return RedirectResponse(page.redirect, status_code=303)
        data = await linked.beside(path)
        fill = partial(shells[0].fill, is_practice=is_practice, linked_data=data)
        return HTMLResponse(
            await asyncio.to_thread(fill, page, unquote(path)),
            status_code=page.status,
            headers={"Cache-Control": "no-cache"},
        )

    return show


def _log_error(error: Exception) -> None:
    """Log what a callback raised and raise it again: Dash alone would say nothing."""
    _log.error("callback failed", exc_info=error)
    raise error
