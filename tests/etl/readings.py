"""What is read from the real published files, and looking figures up in it."""

import pickle
from pathlib import Path

import pandas as pd
import pytest

from etl.published.loaded import PublishedReading
from etl.published.reading import read_published
from etl.tables import load_tables
from indicators.catalogue import load_catalogue
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL
from reference.places import PlaceSet
from tests.once import made_once


def is_whole(cells: pd.DataFrame) -> "pd.Series[bool]":
    """Tell the cells that are not broken down."""
    whole: pd.Series[bool] = (cells[list(BREAKDOWN_COLUMNS)] == TOTAL).all(axis=1)
    return whole


def newest(read: PublishedReading, indicator: str, period: str) -> pd.DataFrame:
    """Return the totals of an indicator in the newest publication, by area."""
    cells = read.cells
    held = cells[(cells["indicator"] == indicator) & (cells["period"] == period)]
    held = held[is_whole(held)]
    dates = {source.id: source.published_on for source in read.sources}
    last = max(held["source"], key=lambda source: dates[source])
    found: pd.DataFrame = held[held["source"] == last].set_index("area")
    return found


def of_source(read: PublishedReading, source: str, indicator: str) -> pd.DataFrame:
    cells = read.cells
    return cells[(cells["source"] == source) & (cells["indicator"] == indicator)]


def all_read(
    published_dir: Path, england: PlaceSet, factory: pytest.TempPathFactory
) -> PublishedReading:
    """Read everything in both folders of real files, through the sandbox, once in a run."""

    def keep(folder: Path) -> None:
        folders = [published_dir / part for part in ("published", "reconstructed")]
        found = read_published(folders, england, load_catalogue(), load_tables())
        (folder / "reading").write_bytes(pickle.dumps(found))

    kept = made_once(factory, "reading", keep) / "reading"
    found: PublishedReading = pickle.loads(kept.read_bytes())  # noqa: S301 - written above
    return found
