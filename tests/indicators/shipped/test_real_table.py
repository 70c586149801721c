"""The table that really ships: small, whole, and what the published files give today."""

from pathlib import Path

import pandas as pd
import pytest

from indicators.assembly import Base, assemble
from indicators.catalogue import load_catalogue
from indicators.cell_frames import as_cells, cells_digest
from indicators.model import Indicator
from indicators.shipped.figures import SHIPPED_FILE, About, read_shipped
from indicators.snapshot import ReleaseCard
from indicators.totals import COMPUTED_SOURCE
from reference.places import AreaKind, PlaceSet
from reference.placesets import load_place_set
from tests.etl.readings import all_read

MOST_BYTES = 1_500_000
SHIP_AGAIN = "load the published files and run `outcomes release ship`"


@pytest.fixture(scope="module")
def england() -> PlaceSet:
    return load_place_set("england")


@pytest.fixture(scope="module")
def indicators() -> tuple[Indicator, ...]:
    return load_catalogue()


@pytest.fixture(scope="module")
def shipped(indicators: tuple[Indicator, ...]) -> tuple[About, pd.DataFrame]:
    return read_shipped(indicators)


def test_it_is_small() -> None:
    assert SHIPPED_FILE.stat().st_size <= MOST_BYTES


def test_unpacked_by_todays_definitions_it_is_what_was_packed(
    shipped: tuple[About, pd.DataFrame],
) -> None:
    about, cells = shipped
    assert cells_digest(cells) == about.cells_digest, SHIP_AGAIN


def test_every_indicator_of_the_catalogue_ships(
    shipped: tuple[About, pd.DataFrame], indicators: tuple[Indicator, ...]
) -> None:
    _, cells = shipped
    assert set(cells["indicator"]) == {indicator.id for indicator in indicators}, SHIP_AGAIN


def test_country_regions_and_authorities_ship_with_their_publications(
    shipped: tuple[About, pd.DataFrame], england: PlaceSet
) -> None:
    about, cells = shipped
    kinds = set(cells["area"].map({area.code: area.kind for area in england.areas}))
    assert {AreaKind.COUNTRY, AreaKind.REGION, AreaKind.AUTHORITY} <= kinds
    dated = {source.id: source.published_on for source in about.sources}
    assert all(len(dated[source]) == len("2025-11-20") for source in cells["source"].unique())


def test_it_is_what_reading_the_published_files_gives(
    shipped: tuple[About, pd.DataFrame],
    england: PlaceSet,
    indicators: tuple[Indicator, ...],
    published_dir: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    read = all_read(published_dir, england, tmp_path_factory)
    card = ReleaseCard(id="", place_set=england.id)
    drafted = assemble(Base(), [read], card=card, places=england, indicators=indicators)
    cells = drafted.cells[drafted.cells["source"] != COMPUTED_SOURCE]
    about, _ = shipped
    assert cells_digest(as_cells(cells)) == about.cells_digest, SHIP_AGAIN
