"""Place sets that the tests of this layer look at."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from reference.places import PlaceSet
from reference.placesets import load_place_set

Lines = list[dict[str, str]]


@pytest.fixture(scope="session")
def england() -> PlaceSet:
    return load_place_set("england")


@pytest.fixture(scope="session")
def made_up() -> PlaceSet:
    return load_place_set("made_up")


@pytest.fixture(scope="session")
def published_table(published_dir: Path) -> Callable[[str], Lines]:
    """Read one joined-up table of the published files as text."""

    def read(name: str) -> Lines:
        path = published_dir / "reference" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return read
