"""The made-up country of the tests, and what its returns come to as rates and shares."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from etl.practice.made_up_country import MadeUpCountry
from etl.practice.packages import PROFILE, made_up_country
from indicators.measures import Key
from reference.areas import Area
from reference.periods import parse_period

Numbers = NDArray[np.float64]
YEARS = range(2018, 2026)


@lru_cache(maxsize=1)
def country() -> MadeUpCountry:
    return made_up_country(PROFILE)


def authorities(year: int) -> tuple[Area, ...]:
    return country().places.authorities(parse_period(f"RY{year}").end)


@lru_cache(maxsize=1)
def steady() -> tuple[Area, ...]:
    """Authorities that can be ranked and existed in all years."""
    return tuple(a for a in authorities(2025) if a.is_rankable and a.first_day is None)


def count(code: str, collection: str, measure: str, year: int) -> int:
    return country().counts(code, collection, year)[measure, "TOTAL", "ALL"]


def children(code: str, year: int) -> int:
    found = country().places.population_of(code, year - 1)
    assert found is not None
    return found


def rates(collection: str, measure: str) -> Numbers:
    """Rates per 10,000 children, by year and authority."""
    return np.array(
        [
            [
                10_000 * count(a.code, collection, measure, year) / children(a.code, year)
                for a in steady()
            ]
            for year in YEARS
        ]
    )


def national(collection: str, measure: str, year: int) -> float:
    """The rate per 10,000 children of the whole country."""
    codes = [area.code for area in authorities(year)]
    whole = sum(count(code, collection, measure, year) for code in codes)
    return 10_000 * whole / sum(children(code, year) for code in codes)


def share(collection: str, part: str, whole: str, year: int) -> float:
    """A national share."""
    sums = (
        sum(count(area.code, collection, measure, year) for area in authorities(year))
        for measure in (part, whole)
    )
    top, bottom = sums
    return top / bottom


def small(collection: str, key: Key) -> float:
    """In how many returns a count is small enough to be hidden, as a share."""
    found = [
        0 < country().counts(area.code, collection, year)[key] < 6
        for year in YEARS
        for area in authorities(year)
    ]
    return float(np.mean(found))


def rank_correlation(one: Numbers, other: Numbers) -> float:
    first, second = (np.argsort(np.argsort(values)) for values in (one, other))
    return float(np.corrcoef(first, second)[0, 1])


def deprivation() -> Numbers:
    found = [country().places.context_of("deprivation", area.code) for area in steady()]
    return np.array(found, dtype=float)
