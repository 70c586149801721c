"""Looking figures up in what was read from the published files."""

import pandas as pd

from etl.published.loaded import PublishedReading
from indicators.cells import BREAKDOWN_COLUMNS, TOTAL


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
