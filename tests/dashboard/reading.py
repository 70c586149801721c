"""Pages as tests read them: rendered without a server, as nodes, text and HTML."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from dashboard.client import ApiClient
from dashboard.page import Node, Page
from dashboard.prerender import to_html
from dashboard.routing import render
from tests.dashboard.fake_api import COUNT, EMPTY, RATE, RELEASE, SCORE, SHARE, FakeApi
from tests.dashboard.fake_pairs import PAIR, UNTESTED

AUTHORITY = "X06000002"
SOURCE_PATHS = (
    "/sources/office_children_2025",
    f"/sources/office_children_2025?indicator={RATE}",
    f"/sources/office_children_2025?indicator={RATE}&period=RY2025&area={AUTHORITY}",
    f"/sources/computed?indicator={COUNT}&period=RY2025&area=X92000001",
    f"/sources/submission_cla_x06000002_ry2025_v1?indicator={RATE}",
)
PAIR_PATHS = (
    "/pairs",
    f"/pairs/{PAIR}",
    f"/pairs/{PAIR}?area={AUTHORITY}",
    f"/pairs/{UNTESTED}?area={AUTHORITY}",
    f"/pairs/{PAIR}?period=RY2023",
)
PATHS = (
    "/",
    "/indicators",
    "/indicators?q=placements&kind=performance",
    "/indicators?q=nothing",
    "/areas",
    f"/areas/{AUTHORITY}",
    f"/areas/{AUTHORITY}/returns",
    "/search?q=placements",
    "/methods",
    "/definitions",
    "/definitions?view=indicators",
    "/missing",
    "/sources",
    "/about",
    f"/indicators/{RATE}",
    f"/indicators/{RATE}?area={AUTHORITY}&compare=ofsted:leadership",
    f"/indicators/{RATE}?release={RELEASE}&period=RY2024",
    f"/indicators/{SHARE}",
    f"/indicators/{SHARE}?area={AUTHORITY}&sort=-value",
    f"/indicators/{SCORE}?area={AUTHORITY}&compare=area_type",
    f"/indicators/{EMPTY}",
    f"/indicators/{COUNT}",
    f"/indicators/{COUNT}?area={AUTHORITY}",
    *SOURCE_PATHS,
    *PAIR_PATHS,
    "/nowhere",
)


def rendered(address: str, fake: FakeApi | None = None) -> Page:
    """Return the page of an address over canned answers."""
    path, _, query = address.partition("?")
    client = ApiClient((fake or FakeApi()).client)
    with ThreadPoolExecutor(1) as beside:  # the thread of a browser test has a loop already
        return beside.submit(asyncio.run, render(client, path, query)).result()


def nodes_of(node: Node) -> Iterator[Mapping[str, Any]]:
    """Return every component of a page, parents first."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from nodes_of(child)
    elif isinstance(node, Mapping):
        yield node
        yield from nodes_of(node["props"].get("children"))


def text_of(node: Node) -> str:
    """Return the words of a page, drawings left out."""
    if isinstance(node, list | tuple):
        return " ".join(filter(None, map(text_of, node)))
    if isinstance(node, Mapping):
        return text_of(node["props"].get("children"))
    return "" if node is None else str(node)


def tables_of(page: Page) -> dict[str, list[list[str]]]:
    """Return the rows of each table by its caption, heads of rows included."""
    return {
        text_of(next(c for c in nodes_of(table) if c["type"] == "Caption")): [
            [text_of(cell) for cell in row["props"]["children"]]
            for body in nodes_of(table)
            if body["type"] == "Tbody"
            for row in nodes_of(body)
            if row["type"] == "Tr"
        ]
        for table in nodes_of(page.content)
        if table["type"] == "Table"
    }


def said_by(page: Page) -> str:
    """Return the words of a page, those of drawings and forms too."""
    plain = re.sub(r"<[^>]+>", " ", to_html(page.content))
    return re.sub(r"\s+", " ", unescape(plain))


def links_to(page: Page, path: str) -> list[str]:
    """Return the addresses of the links of a page that lead to a path, whatever their query."""
    found = re.findall(r'href="([^"]+)"', to_html(page.content))
    return [unescape(one) for one in found if urlsplit(one).path == path]


def links_of(address: str) -> list[str]:
    """Return where the links of a page over canned answers lead."""
    content = rendered(address).content
    return [found["props"]["href"] for found in nodes_of(content) if found["type"] == "A"]
