"""What journeys share: the public process over the figures that ship."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from outcomes import app
from tests.journeys.public import public_over
from tests.once import made_once


def prepare(folder: Path) -> None:
    """Load the figures that ship into a home in this folder."""
    environment = {"OUTCOMES_HOME": str(folder / "home")}
    result = CliRunner().invoke(app, ["prepare"], env=environment)
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which only the figures that ship were loaded; nobody changes it."""
    return made_once(tmp_path_factory, "shipped", prepare) / "home"


@pytest.fixture(scope="session")
def shipped(shipped_home: Path) -> Iterator[TestClient]:
    """The public process over that home."""
    with public_over(shipped_home) as opened:
        yield opened
