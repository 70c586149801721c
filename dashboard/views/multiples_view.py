"""What small multiples show: many areas in one indicator, one area in many, or the parts of one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.contract import (
    COUNTRY_WORD,
    AreaCard,
    IndicatorDetail,
    Meta,
    ObservationRow,
    Status,
    TrendRow,
)
from dashboard.answers import Library
from dashboard.state import State, address
from dashboard.words.outcomes import Measure

TRENDS: Final = "/trends"
AREAS, INDICATORS, PARTS = "areas", "indicators", "parts"
MOST: Final = 40
"""Panels that are shown at most."""
CHANGE: Final = "change"
_YEAR: Final = re.compile(r"\d{4}")
_BREAKS_NOTHING: Final = "small_change"


@dataclass(frozen=True)
class Series:
    """One panel: the figures of one area, indicator or part, with the country's."""

    key: str
    name: str
    address: str
    measure: Measure
    periods: Sequence[str]
    rows: Mapping[str, ObservationRow]
    beside: Mapping[str, ObservationRow]
    breaks: frozenset[str]
    """Periods from which on figures cannot be compared with those before."""

    trend: TrendRow | None = None

    @property
    def last(self) -> ObservationRow | None:
        """The last row that has a figure."""
        held = [self.rows[p] for p in self.periods if p in self.rows]
        return next((row for row in reversed(held) if row["status"] == Status.OK), None)

    @property
    def value(self) -> float | int | None:
        """The figure of the last period, None where there is none."""
        row = self.rows.get(self.periods[-1]) if self.periods else None
        return row["value"] if row and row["status"] == Status.OK else None


@dataclass(frozen=True)
class MultiplesView:
    """All series, in the order asked for."""

    state: State
    meta: Meta
    library: Library
    mode: str
    series: Sequence[Series]
    left_out: int
    """How many more there are than are shown."""

    details: Sequence[IndicatorDetail]
    """The full cards of the indicators shown."""

    area: AreaCard
    """The one area whose indicators or parts are shown; the chosen one otherwise."""

    rows_address: str
    trends_address: str
    selector: str = ""
    """The areas that are shown, as the API is asked for them."""

    @property
    def indicator(self) -> IndicatorDetail | None:
        """The one indicator that is shown, None where there are many."""
        return self.details[0] if self.details and self.mode != INDICATORS else None

    @property
    def has_country(self) -> bool:
        """Whether the country stands beside any series."""
        return any(one.beside for one in self.series)

    @property
    def is_country_only(self) -> bool:
        """Whether the country is shown because none of the areas chosen has any figure."""
        code = self.library.country["code"]
        only = [one.key for one in self.series] == [code]
        return self.mode == AREAS and only and COUNTRY_WORD not in self.selector.split(",")

    @property
    def from_zero(self) -> bool:
        """Whether axes begin at nought."""
        return self.state.axis == "zero"

    def place(self, **changes: str) -> str:
        """Return the address of this page with some choices replaced."""
        return address(TRENDS, self.state.changed(**changes))


def ordered(series: Sequence[Series], sort: str) -> list[Series]:
    """Return series by name, value or change; those without what is sorted by come last."""
    column = sort.removeprefix("-")
    if column == "name":
        return sorted(series, key=lambda one: one.name, reverse=sort.startswith("-"))
    if column not in {"value", CHANGE}:
        return list(series)
    numbers = {one.key: _number(one, column) for one in series}
    known = [one for one in series if numbers[one.key] is not None]
    known.sort(key=lambda one: numbers[one.key] or 0.0, reverse=sort.startswith("-"))
    return [*known, *(one for one in series if numbers[one.key] is None)]


def _number(series: Series, column: str) -> float | None:
    if column == "value":
        return None if series.value is None else float(series.value)
    return series.trend["slope"] if series.trend else None


def breaks_of(indicator: IndicatorDetail, trend: TrendRow | None) -> frozenset[str]:
    """Return the periods before which a series is cut: of its definition or its boundary."""
    own = [one["period"] for one in indicator["breaks"]]
    told = [words.split(" ") for words in (trend["breaks"] if trend else [])]
    return frozenset([*own, *(words[0] for words in told if words[-1] != _BREAKS_NOTHING)])


def times_of(periods: Sequence[str]) -> dict[str, float]:
    """Return where each period stands in time: by its year, or its place where years repeat."""
    years = [int(found[0]) if (found := _YEAR.search(period)) else 0 for period in periods]
    if len(set(years)) < len(years):
        return {period: float(place) for place, period in enumerate(periods)}
    return dict(zip(periods, map(float, years), strict=True))


def by_period(
    rows: Sequence[ObservationRow], indicator: str, area: str
) -> dict[str, ObservationRow]:
    """Return the rows of one series by their periods."""
    return {r["period"]: r for r in rows if r["indicator"] == indicator and r["area_code"] == area}
