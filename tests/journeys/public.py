"""Reading as the public does: the whole public process over a home folder, without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.contract import Paths
from outcomes import public_app


@contextmanager
def public_over(home: Path) -> Iterator[TestClient]:
    """Give a client of the public process that serves the releases of a home folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("OUTCOMES_HOME", str(home))
        patched.setenv("OUTCOMES_RATE_LIMIT", "off")
        with TestClient(public_app(), raise_server_exceptions=False) as client:
            yield client


def rows(client: TestClient, path: str = Paths.OBSERVATIONS, **query: str) -> list[dict[str, Any]]:
    """Return the rows of an answer; `with_` stands for the parameter `with`."""
    parameters = {name.rstrip("_"): value for name, value in query.items()}
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found
