"""Asking for SDMX: data as rows, structures as trees, errors as code and text."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api import world
from tests.api.conftest import client_for
from tests.api.sdmx.reading import BREAKDOWNS, GENERIC, READERS, Row, find, parsed
from tests.indicators.definitions import an_indicator

ROOT = "/api/sdmx/2.1"
FLOW = "CSC_INDICATORS"
Ask = Callable[..., Any]

KINDS_OF_2025 = ("RY2025", "FY2024-25", "AY2024-25", "CY2025", "SEP2025")
QUARTERS = ("RY2025Q1", "RY2025Q2", "RY2025Q3", "RY2025Q4")
MANY = an_indicator("a_much_measured_pct", order=1, title="One of many kinds of period")


def key(indicator: str = "", area: str = "", freq: str = "", kind: str = "", **parts: str) -> str:
    """Return a key of the parts that are given; all of the others."""
    breakdowns = [parts.get(name.lower(), "") for name in BREAKDOWNS]
    return ".".join((freq, indicator, area, *breakdowns, kind))


def ask_of(client: TestClient) -> Ask:
    def ask(text: str = "all", accept: str = GENERIC, **query: str) -> list[Row]:
        answer = client.get(f"{ROOT}/data/{FLOW}/{text}", params=query, headers={"Accept": accept})
        assert answer.status_code == 200, answer.text[-300:]
        assert answer.headers["content-type"] == accept
        return READERS[accept](answer.content)

    return ask


@pytest.fixture(scope="session")
def data(client: TestClient) -> Ask:
    """Ask for data: `data(key, accept, startPeriod=…)` are rows."""
    return ask_of(client)


@pytest.fixture(scope="session")
def structure(client: TestClient) -> Ask:
    """Ask for structures: `structure("codelist/all", references=…)` is a tree."""

    def ask(path: str = "dataflow", **query: str) -> Any:
        answer = client.get(f"{ROOT}/{path}", params=query)
        assert answer.status_code == 200, answer.text[-300:]
        return parsed(answer.content)

    return ask


@pytest.fixture(scope="session")
def refused(client: TestClient) -> Ask:
    """Ask for what is refused: status, code and text of the error."""

    def ask(path: str, accept: str = "*/*", **query: str) -> tuple[int, str, str]:
        answer = client.get(f"{ROOT}/{path}", params=query, headers={"Accept": accept})
        assert answer.headers["content-type"] == "application/xml"
        tree = parsed(answer.content)
        (message,) = find(tree, "/mes:Error/mes:ErrorMessage")
        return answer.status_code, message.get("code"), message.xpath("string()")

    return ask


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a release with one indicator in every kind of period, five in the same year."""
    home: Path = tmp_path_factory.mktemp("many")
    cells = [
        world.cell(MANY, period, world.TOWN, 10.0 + place, 1000.0, updated_release=world.NEW)
        for place, period in enumerate((*KINDS_OF_2025, *QUARTERS, "RY2024"))
    ]
    digest = world.write_release(home, world.NEW, cells, (MANY,))
    world.list_releases(home, world.NEW, world.listed(world.NEW, digest))
    return client_for(home)
