"""A browser, and the whole public process over the figures that ship."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dashboard.conftest import browser, tab
from tests.dashboard.real import serving_home

__all__ = ["browser", "tab"]


@pytest.fixture(scope="module")
def base(shipped_home: Path) -> Iterator[str]:
    """The address of the service."""
    with serving_home(shipped_home) as served:
        yield served
