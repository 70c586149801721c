"""The made-up releases behind a client; the clock that the registry looks at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.front import ApiFirst
from api.main import create_api
from api.registry import Registry
from api.settings import ApiSettings
from tests.api import said, world

Ask = Callable[..., Any]


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def settings_for(home: Path, **changes: Any) -> ApiSettings:
    return ApiSettings(home=home, **{"rate_limit": "off", **changes})


def client_for(home: Path, clock: Clock | None = None, **changes: Any) -> TestClient:
    settings = settings_for(home, **changes)
    registry = Registry(home, clock=clock) if clock else None
    api = create_api(settings, registry)
    app = Starlette(routes=[Mount("/api", api)])
    app.add_middleware(ApiFirst, api=api, path="/api")
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with an old and a new release; nobody changes it."""
    folder = tmp_path_factory.mktemp("home")
    old = world.write_release(folder, world.OLD, world.old_cells())
    told: dict[str, Any] = {"returns": (said.RETURN,), "disclosure": said.DISCLOSURE}
    new = world.write_release(folder, world.NEW, world.new_cells(), **world.new_changes(), **told)
    world.list_releases(
        folder, world.NEW, world.listed(world.OLD, old), world.listed(world.NEW, new)
    )
    said.write_comments(folder, *said.COMMENTS)
    return folder


@pytest.fixture(scope="session")
def client(home: Path) -> TestClient:
    """A client of the API as it is mounted in the service."""
    return client_for(home)


@pytest.fixture(scope="session")
def rows(client: TestClient) -> Ask:
    """Ask for rows: `rows(indicator=…, area=…)` is the data of /observations."""

    def ask(path: str = "observations", **query: str) -> Any:
        answer = client.get(f"/api/v1/{path}", params=query)
        assert answer.status_code == 200, answer.text[:300]
        return answer.json()["data"]

    return ask


@pytest.fixture(scope="session")
def problem(client: TestClient) -> Ask:
    """Ask for what is refused, and return the problem."""

    def ask(path: str = "observations", status: int = 400, **query: str) -> Any:
        answer = client.get(f"/api/v1/{path}", params=query)
        assert answer.status_code == status, answer.text[:300]
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.json()

    return ask


@pytest.fixture(scope="session")
def mapped_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same home folder with boundaries of authorities and regions."""
    from tests.api.mapping import copy_with_boundaries  # heavy, and only for tests of maps

    folder = tmp_path_factory.mktemp("mapped") / "home"
    return copy_with_boundaries(home, folder, tmp_path_factory.mktemp("shapes"))


@pytest.fixture(scope="session")
def mapped(mapped_home: Path) -> TestClient:
    """A client of the API with boundaries."""
    return client_for(mapped_home)
