"""The level of every quantity in every authority and year, from the recipe.

An authority's level is the national one and an effect of its own: a lasting part, which goes with
deprivation and with what moves several levels together, and a part that wears off over the years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from etl.practice.recipe import Level, Recipe
from etl.practice.streams import stream
from reference.areas import Area, AreaKind
from reference.places import PlaceSet

Numbers = NDArray[np.float64]

_FALLBACK: Final = 0.6
"""Correlation of one year with the next in the part of an effect that wears off."""
_LITTLE_KEPT: Final = 0.2
_MOST: Final = 0.9
_CLOSE: Final = 1e-12
_FEW_CHILDREN: Final = 50_000


@dataclass(frozen=True)
class Country:
    """Who is in the country: authorities by years, with children, and deprivation in units."""

    areas: tuple[Area, ...]
    years: tuple[int, ...]
    children: Numbers
    exists: NDArray[np.bool_]
    deprivation: Numbers

    def place_of(self, code: str) -> int:
        """Return the row of an authority; raises KeyError where it is not in the country."""
        for row, area in enumerate(self.areas):
            if area.code == code:
                return row
        raise KeyError(code)


def country_of(places: PlaceSet, first_year: int, last_year: int) -> Country:
    """Return the country of a place set, with every authority of any of the years."""
    years = tuple(range(first_year, last_year + 1))
    ends = [date(year, 3, 31) for year in years]
    areas = tuple(
        area
        for area in places.of_kind(AreaKind.AUTHORITY)
        if any(area.existed_on(end) for end in ends)
    )
    scores = np.array([_deprivation(places, area.code) for area in areas])
    return Country(
        areas=areas,
        years=years,
        children=np.array([_children(places, area.code, years) for area in areas]),
        exists=np.array([[area.existed_on(end) for end in ends] for area in areas]),
        deprivation=_in_units(scores),
    )


def _children(places: PlaceSet, code: str, years: tuple[int, ...]) -> list[float]:
    """Return the children at the mid-year before each year; the nearest known where none is."""
    found = [places.population_of(code, year - 1) for year in years]
    known = [year for year, count in zip(years, found, strict=True) if count]
    counts = [count for count in found if count]
    return (
        [float(n) for n in np.interp(years, known, counts)]
        if known
        else [float(_FEW_CHILDREN) for _ in years]
    )


def _deprivation(places: PlaceSet, code: str) -> float:
    """Return the score of an authority, or the mean of what it became; NaN if there is none."""
    own = places.context_of("deprivation", code)
    if own is not None:
        return own
    later = [places.context_of("deprivation", heir) for heir in places.successors_of(code)]
    known = [score for score in later if score is not None]
    return float(np.mean(known)) if known else float("nan")


def _in_units(scores: Numbers) -> Numbers:
    """Return scores in standard deviations from their mean; missing ones stand at the mean."""
    filled = np.where(np.isnan(scores), np.nanmean(scores), scores)
    return np.asarray((filled - filled.mean()) / filled.std())


@dataclass(frozen=True)
class _Effects:
    """Unit effects of one name: the lasting one by authority, the other by year as well."""

    lasting: Numbers
    passing: Numbers


def levels_of(country: Country, recipe: Recipe, profile: str) -> Mapping[str, Numbers]:
    """Return the level of every quantity, by authority and year of the country."""
    shared = {
        name: _drawn(country, (profile, recipe.version), f"together {name}", _FALLBACK)
        for name in recipe.factors
    }
    return {
        name: _levels(country, recipe, profile, name, level, shared)
        for name, level in recipe.every_level.items()
    }


def _levels(
    country: Country,
    recipe: Recipe,
    profile: str,
    name: str,
    level: Level,
    shared: Mapping[str, _Effects],
) -> Numbers:
    wears_off = min(level.persistence, _FALLBACK)
    own = _drawn(country, (profile, recipe.version), f"level {name}", wears_off)
    rest = np.sqrt(max(0.0, 1 - sum(load**2 for load in level.loads.values())))
    lasting = rest * own.lasting
    passing = rest * own.passing
    for factor, load in level.loads.items():
        lasting = lasting + load * shared[factor].lasting
        passing = passing + load * shared[factor].passing
    kept = max(0.0, (level.persistence - _FALLBACK) / (1 - _FALLBACK))
    rho = _lasting_correlation(level.deprivation, kept)
    lasting = rho * country.deprivation + np.sqrt(1 - rho**2) * lasting
    effect = level.spread * (np.sqrt(kept) * lasting[:, None] + np.sqrt(1 - kept) * passing)
    return _around(level, level.national_in(country.years), effect, _weights(country))


def _lasting_correlation(whole: float, kept: float) -> float:
    """Return the correlation that the lasting part needs for the whole effect to have its own."""
    if kept < _LITTLE_KEPT:
        return whole
    return max(-_MOST, min(_MOST, float(whole / np.sqrt(kept))))


def _drawn(country: Country, seed: tuple[str, str], name: str, wears_off: float) -> _Effects:
    """Draw effects from each authority's own stream; the lasting ones are clear of deprivation."""
    draws = np.array(
        [
            stream(*seed, area.code, name).standard_normal(1 + len(country.years))
            for area in country.areas
        ]
    )
    lasting = draws[:, 0] - draws[:, 0].mean()
    lasting = lasting - country.deprivation * (lasting @ country.deprivation) / len(lasting)
    passing = np.empty((len(draws), len(country.years)))
    passing[:, 0] = draws[:, 1]
    for year in range(1, passing.shape[1]):
        fresh = np.sqrt(1 - wears_off**2) * draws[:, 1 + year]
        passing[:, year] = wears_off * passing[:, year - 1] + fresh
    return _Effects(lasting / lasting.std(), passing)


def _weights(country: Country) -> Numbers:
    """Return each authority's share of the children of a year."""
    there = np.where(country.exists, country.children, 0.0)
    return np.asarray(there / there.sum(axis=0))


def _around(level: Level, national: Numbers, effect: Numbers, weights: Numbers) -> Numbers:
    """Return levels whose mean over the children of the country is the national one."""
    if level.scale == "log":
        ratio = np.exp(effect)
        return np.asarray(national * ratio / (weights * ratio).sum(axis=0))
    if level.scale == "plain":
        return np.asarray(national + effect - (weights * effect).sum(axis=0))
    middle = np.log(national / (1 - national))
    for _ in range(30):
        shares = 1 / (1 + np.exp(-(middle + effect)))
        miss = national - (weights * shares).sum(axis=0)
        if np.abs(miss).max() < _CLOSE:
            break
        middle = middle + miss / (weights * shares * (1 - shares)).sum(axis=0)
    return np.asarray(1 / (1 + np.exp(-(middle + effect))))
