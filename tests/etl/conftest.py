"""What the tests of published files share: the real files, read once."""

from pathlib import Path

import pytest

from etl.published.loaded import PublishedReading
from reference.places import PlaceSet
from reference.placesets import load_place_set
from tests.etl.readings import all_read


@pytest.fixture(scope="session")
def england() -> PlaceSet:
    return load_place_set("england")


@pytest.fixture(scope="session")
def read(
    published_dir: Path, england: PlaceSet, tmp_path_factory: pytest.TempPathFactory
) -> PublishedReading:
    """Everything in both folders, read once, through the sandbox."""
    return all_read(published_dir, england, tmp_path_factory)
