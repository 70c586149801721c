"""The recipe of made-up returns, read from `recipe.yaml`."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from indicators.checked_files import read_checked
from indicators.parts import Part, Text

_FILE: Final = Path(__file__).parent / "recipe.yaml"

_RARE: Final = 0.005
_SPREAD, _RARE_SPREAD = 0.35, 1.1
"""What is rarely found is found very unevenly."""

Share = Annotated[float, Field(ge=0, le=1)]
Correlation = Annotated[float, Field(ge=-1, le=1)]


class Level(Part):
    """How one level lies over the country: see the head of the file for each word."""

    scale: Literal["log", "logit", "plain"]
    national: Mapping[int, float] = Field(min_length=1)
    spread: float = Field(ge=0)
    persistence: Share
    deprivation: Correlation
    loads: Mapping[str, Correlation]

    def national_in(self, years: Sequence[int]) -> NDArray[np.float64]:
        """Return the national level of each year, on lines between those that are given."""
        known = sorted(self.national)
        return np.interp(years, known, [self.national[year] for year in known])


class Recipe(Part):
    """All that made-up returns are drawn from."""

    version: Text
    first_year: int
    last_year: int
    factors: tuple[Text, ...]
    levels: Mapping[str, Level]
    parts: Mapping[str, tuple[Share, ...]]
    factors_found: Mapping[str, Share]

    @property
    def every_level(self) -> Mapping[str, Level]:
        """The levels that are named and one for each factor found at assessment."""
        found = {
            code: Level(
                scale="logit",
                national={self.first_year: share},
                spread=_RARE_SPREAD if share < _RARE else _SPREAD,
                persistence=0.8,
                deprivation=0,
                loads={},
            )
            for code, share in self.factors_found.items()
        }
        return {**self.levels, **{f"factor {code}": level for code, level in found.items()}}


@lru_cache(maxsize=1)
def load_recipe() -> Recipe:
    """Read the recipe that ships; raises ValueError with the faults of the file."""
    checked, problems = read_checked(_FILE, Recipe)
    if checked is None:
        raise ValueError("\n".join(map(str, problems)))
    return checked.model
