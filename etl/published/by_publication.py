"""One load for each day on which something was published, so that history can be rebuilt."""

from collections.abc import Iterator
from datetime import date

from etl.published.loaded import PublishedReading
from indicators.assembly import PublishedLoad


def loads_by_day(reading: PublishedReading) -> Iterator[tuple[date, PublishedLoad]]:
    """Yield the publications of each day together, oldest day first."""
    days = sorted({source.published_on for source in reading.sources})
    for day in days:
        sources = tuple(source for source in reading.sources if source.published_on == day)
        ids = {source.id for source in sources}
        cells = reading.cells[reading.cells["source"].isin(ids)].reset_index(drop=True)
        ranges = {key: span for key, span in reading.ranges.items() if key in ids}
        if len(cells):
            yield date.fromisoformat(day), PublishedLoad(cells, sources, ranges)
