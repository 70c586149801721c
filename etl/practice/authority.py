"""One made-up authority: its children, its levels and its draws, and how stocks follow flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from etl.practice.recipe import Recipe
from etl.practice.streams import Draws
from indicators.measures import ALL, TOTAL_TYPE, Collection, Key

Counts = dict[Key, int]

_FEWEST_LEAVE: Final = 0.10
_MOST_LEAVE: Final = 0.75
_AT_ONCE: Final = 0.35
"""How much of a difference from its target a stock makes up within a year."""
_USUAL_YEARS: Final = 4


@dataclass(frozen=True)
class MadeUp:
    """One authority over the years that it existed: levels by name and year."""

    code: str
    years: tuple[int, ...]
    children: Mapping[int, float]
    levels: Mapping[str, Mapping[int, float]]
    draws: Draws
    recipe: Recipe

    def level(self, name: str, year: int) -> float:
        """Return a level of the recipe."""
        return self.levels[name][year]

    def expected(self, name: str, year: int) -> float:
        """Return the count that a rate per 10,000 children comes to."""
        return self.levels[name][year] * self.children[year] / 10_000

    def usual(self, name: str, year: int) -> float:
        """Return what a rate comes to in a year that is, for this authority, like the last few."""
        years = range(max(year - _USUAL_YEARS + 1, self.recipe.first_year), year + 1)
        national = self.recipe.levels[name].national_in(years)
        ratios = [self.levels[name][y] / n for y, n in zip(years, national, strict=True)]
        lasting = float(sum(ratios) / len(ratios))
        return float(national[-1]) * lasting * self.children[year] / 10_000

    def drift(self, name: str, year: int) -> float:
        """Return by how much a stock would grow in a year if it went with the country."""
        before, now = self.recipe.levels[name].national_in((year - 1, year))
        return self.expected(name, year) * float((now - before) / now)

    def share(self, name: str, year: int, whole: int) -> int:
        """Draw how many of a whole belong to the part of that name."""
        return self.draws.part(name, whole, self.levels[name][year])

    def parts(self, name: str) -> tuple[float, ...]:
        """Return fixed shares of the recipe."""
        return self.recipe.parts[name]


@dataclass(frozen=True)
class Flow:
    """A stock at the beginning and end of a year, and who came and went between."""

    prior: int
    started: int
    ended: int
    held: int


def flow(draws: Draws, name: str, prior: int, started: int, usual: float, target: float) -> Flow:
    """Let the usual number go, and of those beyond the target a part: the rest go later."""
    there = prior + started
    leaving = usual + _AT_ONCE * (there - usual - target)
    share = min(max(leaving / there, _FEWEST_LEAVE), _MOST_LEAVE) if there else 0.0
    ended = draws.part(f"{name} ended", there, share)
    return Flow(prior, started, ended, there - ended)


def restated(draws: Draws, name: str, count: int) -> int:
    """Return a count as it is known a year later: a few were recorded late, or by mistake."""
    late, mistaken = (draws.part(f"{name} {why}", count, 0.003) for why in ("late", "mistaken"))
    return count + late - mistaken


def totals(counts: Mapping[str, int]) -> Counts:
    """Return counts under the keys of their totals."""
    return {(name, TOTAL_TYPE, ALL): count for name, count in counts.items()}


def listed(collection: Collection, measure: str, list_id: str, counts: list[int]) -> Counts:
    """Return counts under the codes of a list, in its order."""
    codes = collection.code_lists[list_id].codes
    return {(measure, list_id, code): n for code, n in zip(codes, counts, strict=True)}
