"""What the tests of published files share: the real files, read once."""

from pathlib import Path

import pytest

from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from reference.places import PlaceSet
from reference.placesets import load_place_set


@pytest.fixture(scope="session")
def england() -> PlaceSet:
    return load_place_set("england")


@pytest.fixture(scope="session")
def read(published_dir: Path, england: PlaceSet) -> PublishedReading:
    """Everything in both folders, read once, through the sandbox."""
    folders = [published_dir / part for part in ("published", "reconstructed")]
    return read_published(folders, england, load_catalogue(), load_tables())
