"""What the measurements come to, and whether it is what was promised."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.api.contests import Contest


@dataclass(frozen=True)
class Goal:
    """One promise: what was found, its spread, and the least or most that it may be."""

    request: str
    against: str
    found: float
    least: float
    most: float
    wanted: float
    is_at_least: bool = True
    unit: str = "×"
    is_promise: bool = True
    """Whether it counts; else it is only told."""

    @property
    def is_met(self) -> bool:
        """Whether the promise is kept."""
        if not self.is_promise:
            return True
        return self.found >= self.wanted if self.is_at_least else self.found <= self.wanted

    @property
    def words(self) -> str:
        """The promise in words."""
        if not self.is_promise:
            return "told, not promised"
        return f"at {'least' if self.is_at_least else 'most'} {self.wanted:g} {self.unit}".rstrip()


def ratio_goal(contest: Contest, other: str, wanted: float) -> Goal:
    """Say how many times we answer while the other answers once."""
    return least_goal(contest.name, other, contest.ratios(other), wanted)


def least_goal(request: str, against: str, found: Sequence[float], wanted: float) -> Goal:
    """Say of a ratio that it is to be large; `found` has one for each round."""
    return Goal(request, against, *_spread(found), wanted)


def told(request: str, against: str, found: Sequence[float], unit: str = "×") -> Goal:
    """Tell a figure that nothing is promised of; `found` has one for each round."""
    return Goal(request, against, *_spread(found), wanted=1, unit=unit, is_promise=False)


def most_goal(
    request: str, against: str, found: Sequence[float], wanted: float, unit: str = "×"
) -> Goal:
    """Say of a figure that it is to be small; `found` has one for each round."""
    return Goal(request, against, *_spread(found), wanted, is_at_least=False, unit=unit)


def _spread(found: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(found), min(found), max(found)
