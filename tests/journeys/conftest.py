"""What journeys share: the public process over the figures that ship."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from outcomes import app
from tests.journeys.public import public_over


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The public process over a home in which only the figures that ship were loaded."""
    home = tmp_path_factory.mktemp("shipped") / "home"
    result = CliRunner().invoke(app, ["prepare"], env={"OUTCOMES_HOME": str(home)})
    assert result.exit_code == 0, result.output
    with public_over(home) as opened:
        yield opened
