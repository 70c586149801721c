"""The two figures of a pair for all authorities: lines, quadrants, who counts, how they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from api.figures import Figures, Number, figures_of, statistics
from api.free_pairs import CONTEXT, ContextFigures, context_figures
from api.opened import OpenRelease
from api.rankings import members_of
from indicators.arithmetic import round_half_up
from indicators.model import Pair
from indicators.quadrants import (
    Correlation,
    Lie,
    NoQuadrant,
    Quadrant,
    correlate,
    lies,
    once_each,
    quadrant_of,
    why_none,
)

COUNTRY, MEDIAN = "country", "median"
"""Whose figure parts higher from lower."""


Side = Figures | ContextFigures


@dataclass(frozen=True)
class Read:
    """One pair in its two periods: the figures of all authorities, by place in `members`."""

    release: OpenRelease
    pair: Pair
    figures: tuple[Side, Side]

    @cached_property
    def members(self) -> tuple[int, ...]:
        """The authorities that existed in either period, by code."""
        return tuple(sorted({member for side in self.figures for member in _members(side)}))

    @cached_property
    def values(self) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The figures of x and y as shown, NaN where there is none."""
        first, second = (figures.value[list(self.members)] for figures in self.figures)
        return first, second

    @cached_property
    def is_rankable(self) -> np.ndarray[Any, Any]:
        """Whether each is large enough to stand in a list of all."""
        return np.asarray([self.release.areas[m].is_rankable for m in self.members], dtype=np.bool_)

    @cached_property
    def lines(self) -> tuple[tuple[Number, str | None], ...]:
        """What parts higher from lower in x and in y, and whose figure that is."""
        return tuple(_line(figures, self.members) for figures in self.figures)

    @cached_property
    def lies(self) -> tuple[list[Lie | None], ...]:
        """How x and y lie of their lines."""
        ways = zip(self.values, self.lines, strict=True)
        return tuple(lies(values, line[0]) for values, line in ways)

    @cached_property
    def why_none(self) -> list[NoQuadrant | None]:
        """Why each authority has no quadrant, None where it has one."""
        return why_none(self.is_rankable, *self.values, [line for line, _ in self.lines])

    @cached_property
    def quadrants(self) -> list[Quadrant | None]:
        """The quadrant of each authority."""
        ways = zip(*self.lies, self.why_none, strict=True)
        return [None if why else quadrant_of(x, y) for x, y, why in ways]

    @cached_property
    def counted(self) -> list[int]:
        """The places that statistics count: rankable, with both figures, each return once."""
        known = self.is_rankable & np.isfinite(self.values[0]) & np.isfinite(self.values[1])
        places = np.flatnonzero(known).tolist()
        codes = [self.members[place] for place in places]
        units = [[int(figures.unit[code]) for code in codes] for figures in self.figures]
        return [places[kept] for kept in once_each(*units)]

    @cached_property
    def without_both(self) -> list[int]:
        """The places of those that can be ranked and lack a figure."""
        known = np.isfinite(self.values[0]) & np.isfinite(self.values[1])
        return np.flatnonzero(self.is_rankable & ~known).tolist()

    @cached_property
    def correlation(self) -> Correlation:
        """How far x and y go together over those that count."""
        x, y = (values[self.counted] for values in self.values)
        return correlate(x, y)


def read_pair(release: OpenRelease, pair: Pair, periods: tuple[int, int]) -> Read:
    """Return a pair in the periods of x and y."""
    ways = zip((pair.x, pair.y), periods, strict=True)
    first, second = (_side(release, id, period) for id, period in ways)
    return Read(release, pair, (first, second))


def _side(release: OpenRelease, id: str, period: int) -> Side:
    if id.startswith(CONTEXT):
        return context_figures(release, id)
    return figures_of(release, release.snapshot.indicator_codes[id], period)


def _members(side: Side) -> tuple[int, ...]:
    return side.members if isinstance(side, ContextFigures) else members_of(side)


def whole_pairs(release: OpenRelease) -> Mapping[str, Pair]:
    """Return the pairs of which a release has both indicators, by id."""
    known = release.snapshot.by_id
    every = release.snapshot.pairs
    return {id: pair for id, pair in every.items() if pair.x in known and pair.y in known}


def _line(figures: Side, members: Sequence[int]) -> tuple[Number, str | None]:
    release = figures.release
    ranked = [member for member in members if release.areas[member].is_rankable]
    if isinstance(figures, ContextFigures):
        known = [value for value in figures.value[ranked].tolist() if np.isfinite(value)]
        if not known:
            return None, None
        middle = round_half_up(float(np.median(known)), figures.variable.decimals)
        return figures.number(middle), MEDIAN
    country = release.snapshot.area_codes[release.snapshot.places.country.code]
    value = figures.number(float(figures.value[country]))
    if value is not None:
        return value, COUNTRY
    median = statistics(figures, ranked).summary.median
    return (None, None) if median is None else (figures.number(median), MEDIAN)
