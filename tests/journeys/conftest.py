"""What journeys share: the public process over the figures that ship."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.journeys.public import public_over


@pytest.fixture(scope="session")
def shipped(shipped_home: Path) -> Iterator[TestClient]:
    """The public process over the home of the figures that ship."""
    with public_over(shipped_home) as opened:
        yield opened
