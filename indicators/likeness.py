"""How alike authorities are in context: one standardised distance; docs/methods/neighbours.md.

Not the official model of statistical neighbours, whose distances are not published, but a plain
one that anybody can repeat: so many standard deviations apart, on average over what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.arithmetic import Numbers

LOG: Final = "log"
"""The scale on which twice as much is the same difference at every size."""


def on_scale(values: ArrayLike, scale: str) -> Numbers:
    """Return values on the scale on which they are compared; NaN where a log has no value."""
    numbers = np.asarray(values, dtype=np.float64)
    if scale != LOG:
        return numbers
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(numbers > 0, np.log(numbers), np.nan)


def standardised(values: ArrayLike, counts: ArrayLike) -> Numbers:
    """Return how many standard deviations each value is above the mean of those that count.

    All get a place on the scale, but only those that count set its mean and its width. Where they
    do not differ at all, nobody differs from another.
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[np.asarray(counts, dtype=np.bool_) & np.isfinite(numbers)]
    if not len(known):
        return np.full(numbers.shape, np.nan)
    width = known.std()
    return (numbers - known.mean()) / width if width > 0 else numbers * 0.0


@dataclass(frozen=True)
class Likeness:
    """Authorities (rows) by variables (columns), standardised; NaN where nothing is known.

    `weights` are by variable, 0 for one that is shown and does not count in the distance.
    `counts` says which authorities set mean, width and pairs, and can be somebody's nearest.
    """

    places: Numbers
    weights: Numbers
    counts: NDArray[np.bool_]

    def distances_from(self, one: int) -> Numbers:
        """Return the distance of every authority from one, itself at 0; NaN where not known."""
        return _distances(self.places, self.places[one], self.weights)

    def contributions(self, one: int, other: int) -> Numbers:
        """Return the per cent of the squared distance of a pair that each variable makes."""
        squares = _weighted(self.places[other] - self.places[one], self.weights)
        total = squares.sum()
        return squares / total * 100 if total > 0 else np.full(len(squares), np.nan)

    def nearest(self, one: int) -> Sequence[int]:
        """Return those that count by their distance from one, itself and the unknown left out.

        Equal distances keep the order of the authorities.
        """
        distance = self.distances_from(one)
        can_be = self.counts & np.isfinite(distance)
        can_be[one] = False
        ordered = np.argsort(distance, kind="stable")
        return [int(place) for place in ordered if can_be[place]]

    def percentile(self, distance: float) -> float:
        """Return the per cent of all pairs that are nearer, equal ones counting half."""
        return percentile_in(self.pairs, distance)

    def difference_percentile(self, variable: int, difference: float) -> float:
        """Return the per cent of all pairs that differ less in one variable, equal ones half."""
        return percentile_in(self._differences[variable], abs(difference))

    @cached_property
    def pairs(self) -> Numbers:
        """The distances of all pairs of authorities that count, the nearest first."""
        held = self.places[self.counts]
        first, second = np.triu_indices(len(held), 1)
        return _sorted(_distances(held[first], held[second], self.weights))

    @cached_property
    def _differences(self) -> Sequence[Numbers]:
        first, second = np.triu_indices(int(self.counts.sum()), 1)
        return [_sorted(abs(v[first] - v[second])) for v in self.places[self.counts].T]


def percentile_in(ordered: Numbers, value: float) -> float:
    """Return the per cent of ordered numbers below a value, equal ones counting half."""
    if not len(ordered) or not np.isfinite(value):
        return float("nan")
    low, high = value - _SAME, value + _SAME
    below = np.searchsorted(ordered, low, side="left")
    up_to = np.searchsorted(ordered, high, side="right")
    return float((below + up_to) / 2 / len(ordered) * 100)


_SAME: Final = 1e-12
"""Distances nearer than this are equal: the same pair seen from its two ends."""


def _distances(places: Numbers, one: Numbers, weights: Numbers) -> Numbers:
    """Return the root of the weighted mean of squared differences from one."""
    total = weights.sum()
    if total <= 0:
        return np.full(len(places), np.nan)
    return np.asarray(np.sqrt(_weighted(places - one, weights).sum(axis=-1) / total))


def _weighted(differences: Numbers, weights: Numbers) -> Numbers:
    """Return weighted squares; an unknown one that does not count is 0, another stays unknown."""
    return np.where(weights > 0, weights * differences**2, 0.0)


def _sorted(numbers: Numbers) -> Numbers:
    return np.sort(numbers[np.isfinite(numbers)])
