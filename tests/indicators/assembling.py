"""Assembling releases in tests: publications together, or one onto the other."""

import pandas as pd

from indicators.assembly import Base, PublishedLoad, assemble, known_sources
from indicators.draft import DraftRelease
from indicators.snapshot import ReleaseCard
from indicators.vintages import ranges_of
from reference.places import PlaceSet
from tests.builders import Row, a_cell
from tests.indicators.definitions import an_indicator

ALVERBY, BRENNOWCOMBE, COUNTRY = "X06000001", "X06000002", "X92000001"
INDICATORS = (an_indicator(), an_indicator("another_pct", order=2))
CARD = ReleaseCard(id="", place_set="made_up")


class Assembler:
    """Loads one publication after the other, each onto what came of those before."""

    def __init__(self, places: PlaceSet) -> None:
        self.places = places

    def together(self, *loads: PublishedLoad, base: Base | None = None) -> DraftRelease:
        return assemble(base or Base(), loads, card=CARD, places=self.places, indicators=INDICATORS)

    def base(self, *loads: PublishedLoad) -> Base:
        base = Base()
        for load in loads:
            drafted = self.together(load, base=base)
            sources = known_sources(base.sources, load.sources)
            base = Base(
                cells=drafted.cells,
                sources=tuple(sources.values()),
                ranges=(*base.ranges, *ranges_of(load, self.places)),
            )
        return base

    def one_by_one(self, *loads: PublishedLoad) -> pd.DataFrame:
        return self.base(*loads).cells


def cell(cells: pd.DataFrame, area: str = ALVERBY, period: str = "RY2024") -> Row:
    found = cells[(cells["area"] == area) & (cells["period"] == period)]
    assert len(found) == 1, f"{len(found)} cells"
    return {str(name): value for name, value in found.iloc[0].items()}


def computed(area: str, period: str, value: float, count: float) -> Row:
    """A rate that a file without rates has from its count alone."""
    return a_cell(area, period, value, numerator=count, denominator=1000, is_computed=True)


def published(area: str, period: str, value: float, count: float) -> Row:
    return a_cell(area, period, value, numerator=count, denominator=900)
