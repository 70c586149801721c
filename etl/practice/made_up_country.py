"""The made-up country: the counts of every authority, collection and year, drawn when asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from etl.practice.authority import Counts, MadeUp
from etl.practice.in_need import in_need
from etl.practice.leavers import leavers
from etl.practice.levels import Country, Numbers, country_of, levels_of
from etl.practice.looked_after import looked_after
from etl.practice.recipe import Recipe, load_recipe
from etl.practice.streams import Draws
from indicators.measures import Collection, Measures, load_measures
from indicators.practice import PRACTICE_PLACES
from reference.places import PlaceSet

_YEARS_OF: Final[Mapping[str, Callable[[MadeUp, Collection], Iterator[tuple[int, Counts]]]]] = {
    "CLA": looked_after,
    "CIN": in_need,
    "CL": leavers,
}


@dataclass(frozen=True)
class Outlier:
    """A level of one authority that is what it would hardly be, in one year or a span of years."""

    authority: str
    level: str
    value: float
    first_year: int
    last_year: int


@dataclass(frozen=True)
class MadeUpCountry:
    """All made-up counts of one profile; another profile is another country."""

    places: PlaceSet
    profile: str
    outliers: tuple[Outlier, ...] = ()
    measures: Measures = field(default_factory=load_measures)
    recipe: Recipe = field(default_factory=load_recipe)
    _kept: dict[tuple[str, str], Mapping[int, Counts]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        """Refuse any places but the made-up ones."""
        if self.places.id != PRACTICE_PLACES:
            msg = (
                f"figures are made up for the place set '{PRACTICE_PLACES}' only, "
                f"not for '{self.places.id}': no real place carries an invented figure"
            )
            raise ValueError(msg)

    def counts(self, authority: str, collection: str, year: int) -> Counts:
        """Return the counts of one return; raises KeyError for a year without the authority."""
        key = (authority, collection)
        if key not in self._kept:
            made = self._authority(authority)
            drawn = _YEARS_OF[collection](made, self.measures.collection(collection))
            self._kept[key] = dict(drawn)
        return dict(self._kept[key][year])

    @cached_property
    def country(self) -> Country:
        """Who is in the country over the years of the recipe."""
        return country_of(self.places, self.recipe.first_year, self.recipe.last_year)

    @cached_property
    def levels(self) -> Mapping[str, Numbers]:
        """The level of every quantity, by authority and year, without outliers."""
        return levels_of(self.country, self.recipe, self.profile)

    def _authority(self, code: str) -> MadeUp:
        row = self.country.place_of(code)
        years = self.country.years
        there = np.flatnonzero(self.country.exists[row])
        mine = {
            name: dict(zip(years, values[row].tolist(), strict=True))
            for name, values in self.levels.items()
        }
        for one in self.outliers:
            if one.authority == code:
                span = range(one.first_year, one.last_year + 1)
                mine[one.level] |= dict.fromkeys(span, one.value)
        return MadeUp(
            code=code,
            years=tuple(years[place] for place in there),
            children=dict(zip(years, self.country.children[row].tolist(), strict=True)),
            levels=mine,
            draws=Draws(self.profile, self.recipe.version, code),
            recipe=self.recipe,
        )
